"""Programs that are started many times and killed: what they import is read once, each start is a fork of it.

A fork is a process of its own as any other: `kill -9` ends it wherever it is, and closes what it had open.
Windows has no forks, and those of macOS may not open a window: there each start is a new process.
"""

from __future__ import annotations

import ast
import os
import runpy
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from signal import Signals
from typing import IO, Protocol

_BYTES = 65_536


@dataclass
class Run:
    """One start; its output ends when it ends."""

    stdout: IO[str]
    _end: Callable[[], bool]
    """Ends it and waits until nothing of it is left; tells whether it was running until then."""
    is_over: bool = False

    def kill(self) -> None:
        """End it wherever it is, and wait until nothing of it is left."""
        self.is_over = True
        assert self._end(), "it ended before it was killed"


class Forks(Protocol):
    """A program that is started as often as asked, one start after the other."""

    def start(self, *args: str | Path, errors: IO[str] | None = None) -> AbstractContextManager[Run]:
        """Start it with these arguments; it is killed at the latest when this is left."""


@contextmanager
def forks(program: Path, *, can_fork: bool = sys.platform == "linux") -> Iterator[Forks]:
    """Read what a program imports, in a process of its own, and give what starts it."""
    if not can_fork:
        yield _Anew(program)
        return
    ours, theirs = socket.socketpair()
    call = [sys.executable, __file__, str(theirs.fileno()), str(program)]
    with ours, subprocess.Popen(call, pass_fds=[theirs.fileno()], stdout=subprocess.DEVNULL) as server:
        theirs.close()
        try:
            with ours.makefile(encoding="utf-8") as answers:
                yield _Forked(ours, answers)
        finally:
            ours.shutdown(socket.SHUT_WR)  # the server reads that this is the end
    assert server.returncode == 0


@contextmanager
def forks_of(source: str, folder: Path, *, can_fork: bool = sys.platform == "linux") -> Iterator[Forks]:
    """Give what starts a program that is written out here, kept in a folder of the test's."""
    program = folder / "worker.py"
    program.write_text(source, encoding="utf-8")
    with forks(program, can_fork=can_fork) as found:
        yield found


@dataclass
class _Forked:
    """Asks for forks of a program whose imports are read."""

    door: socket.socket
    answers: IO[str]

    @contextmanager
    def start(self, *args: str | Path, errors: IO[str] | None = None) -> Iterator[Run]:
        reader, writer = os.pipe()
        try:
            told = "\0".join(map(str, args)).encode()
            socket.send_fds(self.door, [told], [writer, (errors or sys.__stderr__).fileno()])  # type: ignore[union-attr]
        finally:
            os.close(writer)
        pid = int(self.answers.readline())
        with os.fdopen(reader, encoding="utf-8") as stdout:
            yield from _until_killed(Run(stdout, partial(self._end, pid)))

    def _end(self, pid: int) -> bool:
        os.kill(pid, Signals["SIGKILL"])
        return self.answers.readline() == "killed\n"


@dataclass
class _Anew:
    """Starts a program anew each time."""

    program: Path

    @contextmanager
    def start(self, *args: str | Path, errors: IO[str] | None = None) -> Iterator[Run]:
        call = [sys.executable, str(self.program), *map(str, args)]
        with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8") as process:
            assert process.stdout is not None
            yield from _until_killed(Run(process.stdout, partial(self._end, process)))

    def _end(self, process: subprocess.Popen[str]) -> bool:
        is_running = process.poll() is None
        process.kill()
        process.wait()
        return is_running


def _until_killed(run: Run) -> Iterator[Run]:
    try:
        yield run
    finally:
        if not run.is_over:
            run.kill()


def _serve(door: socket.socket, program: Path) -> None:
    tree = ast.parse(program.read_text(encoding="utf-8"))
    imports = [one for one in tree.body if isinstance(one, ast.Import | ast.ImportFrom)]
    exec(compile(ast.Module(imports, []), str(program), "exec"), {})
    while True:
        told, handles, _, _ = socket.recv_fds(door, _BYTES, 2)
        if not handles:
            return
        pid = os.fork()
        if pid == 0:
            door.close()
            _run(program, told.decode().split("\0"), handles)
        for one in handles:
            os.close(one)
        door.sendall(f"{pid}\n".encode())
        _, status = os.waitpid(pid, 0)
        door.sendall(b"killed\n" if os.WIFSIGNALED(status) else b"by itself\n")


def _run(program: Path, args: Sequence[str], handles: Sequence[int]) -> None:
    """Be the program, in place of the server."""
    for number, one in enumerate(handles, 1):
        os.dup2(one, number)
        os.close(one)
    sys.argv = [str(program), *args]
    try:
        runpy.run_path(str(program), run_name="__main__")
    except BaseException:  # noqa: BLE001 - nothing may go on as the server
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(1)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])), Path(sys.argv[2]))
