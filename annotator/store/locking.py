"""The lock file beside an open project: who has it open, where, since when."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import socket
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from annotator.model.disk import unwritten
from annotator.model.errors import NotSaved, ProjectInUse
from annotator.model.said import say


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a project: user and machine, the process and when it opened the project."""

    user: str
    host: str
    pid: int
    started: int
    """When the process started, as the system counts; 0 where the system does not say."""
    since: int
    """Microseconds since 1970."""

    @property
    def who(self) -> str:
        """User and machine, as a person reads them."""
        return f"{self.user} on {self.host}"

    @property
    def when(self) -> str:
        """Local time of opening."""
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(self.since / 1_000_000))


def lock_path(path: Path) -> Path:
    """Return where the lock file of a project lies."""
    return path.with_name(path.name + ".lock")


def has_lock(path: str) -> bool:
    """Tell whether there is a lock file of a project."""
    return os.path.lexists(f"{path}.lock")


def here() -> Holder:
    """Return this process as a holder, from now."""
    pid = os.getpid()
    return Holder(_user(), socket.gethostname(), pid, _started(pid), time.time_ns() // 1000)


def write_lock(path: Path) -> None:
    """Say that this process has the project open; takes the place of a stale lock file.

    Raises NotSaved when it cannot be written: without it this very process could open the file anew
    and so drop SQLite's lock.
    """
    lock = lock_path(path)
    aside = lock.with_name(f"{lock.name}.{os.getpid()}")
    try:
        aside.write_text(json.dumps(asdict(here())), encoding="utf-8")
        aside.replace(lock)
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise NotSaved(
            "The lock file of {name} could not be written: {reason}.",
            name=path.name,
            reason=unwritten(error),
        ) from error


def hold_folder(path: Path) -> int | None:
    """Return a handle on a project's folder, by which it is found under any name; None where it has none."""
    if os.unlink not in os.supports_dir_fd:
        return None  # there nobody can rename the folder of an open file
    try:
        return os.open(path.parent, os.O_RDONLY)
    except OSError:
        return None


def remove_lock(path: Path, folder: int | None = None) -> None:
    """Take the lock file away; one that stays is stale as soon as this process ends.

    By the handle on its `folder`, which is let go, also where that was renamed meanwhile.
    """
    lock = lock_path(path)
    with contextlib.suppress(OSError):
        if folder is None:
            lock.unlink(missing_ok=True)
        else:
            os.unlink(lock.name, dir_fd=folder)
    if folder is not None:
        os.close(folder)


def read_lock(path: Path) -> Holder | None:
    """Return who the lock file names; None when there is none, or when it says nothing."""
    try:
        data = json.loads(lock_path(path).read_text(encoding="utf-8"))
        return Holder(
            str(data["user"]), str(data["host"]), int(data["pid"]), int(data["started"]), int(data["since"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_here(holder: Holder) -> bool:
    """Tell whether a holder is on this machine."""
    return holder.host == socket.gethostname()


def is_stale(holder: Holder) -> bool:
    """Tell whether the process that a lock file names is surely gone; on another machine nobody can."""
    if not is_here(holder):
        return False
    if holder.pid == os.getpid() and holder.started == _started(holder.pid):
        return False
    return not _runs(holder.pid) or _started(holder.pid) != holder.started


def in_use(path: Path, holder: Holder | None) -> ProjectInUse:
    """Return the refusal to open a project that someone has open."""
    if holder is None:
        return ProjectInUse(
            say("{name} is open in another program. Close it there first.", name=path.name), "", ""
        )
    text = f"{path.name} is open since {holder.when} by {holder.who}."
    if is_here(holder):
        text += " Close it there first, or work on a copy."
    else:
        text += (
            f" Close it there first, or work on a copy. If it is surely not open there, "
            f"delete the file {lock_path(path).name} beside it and open again."
        )
    return ProjectInUse(text, holder.who, holder.when)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "somebody"


def _runs(pid: int) -> bool:
    if sys.platform == "win32":
        return _runs_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _runs_on_windows(pid: int) -> bool:
    # os.kill would end the process there.
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  # there is nothing to load elsewhere

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, 0, pid)
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)
    return False


def _started(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
        return int(stat.rpartition(")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return 0
