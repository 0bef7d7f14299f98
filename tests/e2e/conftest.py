"""Starts the real program, with real arguments, in a process of its own; also on a screen of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from shared_data import DATA

PROGRAM = (sys.executable, "-m", "annotator.app")
OBSERVED = Path(__file__).with_name("observed_program.py")
PATIENCE = 60.0
"""Seconds until a story gives up waiting; never a measure of speed."""
STILL = 0.4
"""Seconds in which what moves is seen to move."""


@dataclass(frozen=True)
class Ended:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


@pytest.fixture(scope="session")
def program() -> Callable[..., Ended]:
    """Return what runs one command of the program in a folder."""

    def _run(folder: Path, *args: str | Path, **environment: str) -> Ended:
        done = subprocess.run(
            [*PROGRAM, *map(str, args)],
            cwd=folder, env=os.environ | environment, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        return Ended(done.returncode, done.stdout, done.stderr)

    return _run


@pytest.fixture
def annotator(program: Callable[..., Ended], tmp_path: Path) -> Callable[..., Ended]:
    """Return what runs one command of the program in an empty folder."""
    return partial(program, tmp_path)


@pytest.fixture
def shared() -> Path:
    """Return the folder of real articles that lies beside some checkouts."""
    if not DATA.is_dir():
        pytest.skip("the folder of real articles is not here")
    return DATA


class Program:
    """The real program, running; answers questions, hears nothing but the screen."""

    def __init__(self, args: Sequence[str], environment: dict[str, str], errors: Path) -> None:
        self.errors = errors
        self._file = errors.open("a", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, str(OBSERVED), *args],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._file,
            encoding="utf-8", bufsize=1,
        )  # fmt: skip
        self.saved: list[str] = []
        self.patience = PATIENCE

    def ask(self, expression: str) -> Any:
        """Return the value of an expression about `window` and `session`."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(expression.replace("\n", " ") + "\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            kind, _, rest = line.strip().partition(" ")
            if kind == "answer":
                return json.loads(rest)
            self.saved.append(rest)
        raise AssertionError(f"the program ended: {self.errors.read_text(encoding='utf-8')}")

    def until(self, expression: str) -> Any:
        """Wait until an expression holds, and return its value."""
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            value = self.ask(expression)
            if value and not (isinstance(value, dict) and "error" in value):
                return value
            time.sleep(0.05)
        picture = self.errors.with_name("screen.png")
        self.ask(f"app.primaryScreen().grabWindow(0).save({str(picture)!r})")
        last = self.ask(expression)
        raise AssertionError(f"never held: {expression}; last: {last!r}; the screen is in {picture}")

    def steady(self, expression: str) -> Any:
        """Wait until an expression holds and gives the same twice, as a place does once nothing moves."""
        end = time.monotonic() + self.patience
        value = self.until(expression)
        while time.monotonic() < end:
            time.sleep(STILL)
            before, value = value, self.until(expression)
            if value == before:
                return value
        raise AssertionError(f"never the same twice: {expression}; last: {value!r}")

    def suggested(self) -> None:
        """Wait until nobody has more to suggest for any article: what is asked then is not changed by it."""
        self.until(
            "session.content.article.id in session.proposer.looked_at"
            " and not session.proposer._is_busy and not session.is_saving"
        )

    def ended(self) -> int:
        """Wait until the program ends, and return its exit code; fail when it complained."""
        assert self.process.stdin is not None
        code = self.process.wait(PATIENCE)
        self.process.stdin.close()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self._file.close()
        assert self.errors.read_text(encoding="utf-8") == ""
        return code

    def kill(self) -> None:
        """End it whatever it does."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()
        self._file.close()


@dataclass
class Desk:
    """A screen with a window manager, and hands on its keys and mouse."""

    display: str
    home: Path
    running: list[Program] = field(default_factory=list)

    def start(self, *args: str | Path) -> Program:
        """Start the program as a person does, and wait for its window."""
        environment = os.environ | {
            "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / "config"), "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_RUNTIME_DIR": str(self.home), "LIBGL_ALWAYS_SOFTWARE": "1",
        }  # fmt: skip
        environment.pop("WAYLAND_DISPLAY", None)
        program = Program([str(arg) for arg in args], environment, self.home / "errors.txt")
        self.running.append(program)
        program.until("window.isVisible() and window.isActiveWindow()")
        return program

    def press(self, *keys: str) -> None:
        """Press keys one after the other, named as xdotool does: `ctrl+z`, `Return`, `a`."""
        self._do("key", "--delay", "20", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", "15", text)

    def click(self, place: Sequence[int], button: int = 1, times: int = 1) -> None:
        """Click at a place of the screen."""
        self.move(place)
        self._do("click", "--repeat", str(times), "--delay", "60", str(button))

    def move(self, place: Sequence[int]) -> None:
        """Move the mouse to a place of the screen."""
        self._do("mousemove", "--sync", str(place[0]), str(place[1]))

    def drag(self, start: Sequence[int], end: Sequence[int]) -> None:
        """Press at one place, move in small steps, let go at another."""
        self.move(start)
        self._do("mousedown", "1")
        for step in range(1, 9):
            self._do(
                "mousemove",
                *(str(round(a + (b - a) * step / 8)) for a, b in zip(start, end, strict=True)),
            )
            time.sleep(0.02)
        self._do("mouseup", "1")

    def _do(self, *args: str) -> None:
        # `mousemove --sync` never returns when the mouse is there already, so nobody waits for it for long.
        call = ["xdotool", *[arg for arg in args if arg != "--sync"]]
        subprocess.run(call, env=os.environ | {"DISPLAY": self.display}, check=True, timeout=PATIENCE)


def wait_for_manager(display: str) -> None:
    """Wait until windows are looked after: one that comes earlier may never get the keys."""
    call, environment = ["xdotool", "get_num_desktops"], os.environ | {"DISPLAY": display}
    end = time.monotonic() + PATIENCE
    while subprocess.run(call, env=environment, capture_output=True, check=False).returncode != 0:
        assert time.monotonic() < end, "the window manager does not start"
        time.sleep(0.05)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return a screen of its own; skip where there is none to be had."""
    missing = [name for name in ("Xvfb", "openbox", "xdotool") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"no screen of its own: {', '.join(missing)} missing")
    reader, writer = os.pipe()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    # Without "-noreset" the server throws out who is just coming when its only client leaves.
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=(writer,), **quiet,
    )  # fmt: skip
    os.close(writer)
    with os.fdopen(reader) as told:
        display = f":{told.readline().strip()}"
    manager = subprocess.Popen(["openbox"], env=os.environ | {"DISPLAY": display}, **quiet)
    found = Desk(display, tmp_path)
    try:
        wait_for_manager(display)
        yield found
    finally:
        for program in found.running:
            program.kill()
        for process in (manager, server):
            process.terminate()
            process.wait()
