"""What holds for every test: no display, no network, no dialogs, no warnings, one handle per project."""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Before Qt is loaded: no display, and nobody's own settings.
_HOME = Path(tempfile.mkdtemp(prefix="annotator-tests-"))
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
    os.environ[_name] = str(_HOME / _name.split("_")[1].lower())

import pytest  # noqa: E402
from hypothesis import settings  # noqa: E402
from PySide6.QtCore import QSettings  # noqa: E402
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMenu, QWidget  # noqa: E402

settings.register_profile("checks", deadline=None, print_blob=True)
settings.load_profile("checks")

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.0.0.1", "::1", "localhost")
_broken: list[str] = []
"""What the audit hook has seen and nobody has answered for yet."""


def _watch(event: str, args: tuple[Any, ...]) -> None:
    if event == "open" and _is_open_project(args[0]):
        _broken.append(
            f"{args[0]} was opened while a project was connected to it: closing that drops SQLite's lock"
        )
    elif event == "socket.connect" and _is_outside(args[1]):
        raise PermissionError(f"a test called the network: {args[1]!r}")
    elif event == "socket.getaddrinfo" and args[0] not in (None, "", *LOOPBACK):
        raise PermissionError(f"a test asked for the address of {args[0]!r}")


def _is_outside(address: object) -> bool:
    return isinstance(address, tuple) and address[0] not in LOOPBACK


def _is_open_project(name: object) -> bool:
    """Tell if SQLite (which opens files behind Python's back) holds this file in this process."""
    if not isinstance(name, str | bytes | os.PathLike) or not os.fsdecode(name).endswith(".annot"):
        return False
    target = os.path.realpath(os.fsdecode(name))
    return any(_points_to(number, target) for number in range(256))


def _points_to(handle: int, target: str) -> bool:
    try:
        return os.readlink(f"/proc/self/fd/{handle}") == target  # noqa: PTH115 (no other audit events)
    except OSError:
        return False


sys.addaudithook(_watch)


@pytest.fixture
def may_open_project() -> Iterator[None]:
    """For the few tests whose subject is another program that opens a connected project."""
    yield
    _broken.clear()


@pytest.fixture(autouse=True)
def _no_second_handle() -> Iterator[None]:
    _broken.clear()
    yield
    seen, _broken[:] = list(_broken), []
    assert not seen, "\n".join(seen)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(f"{record.name}: {record.levelname}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_logged_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a logged warning; a test that asks for `caplog` looks at them itself."""
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    yield
    logging.getLogger().removeHandler(collector)
    if "caplog" not in request.fixturenames:
        assert not collector.seen, "\n".join(collector.seen)


@pytest.fixture(autouse=True)
def _own_settings() -> None:
    """Give every test settings of its own."""
    place = tempfile.mkdtemp(dir=_HOME)  # pytest looks through all its folders to name the next
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, place)


@pytest.fixture(autouse=True)
def _no_dialogs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail where a dialog would wait for a person; tests replace `problems.tell` and `ask`."""
    met: list[str] = []

    def _meet(*args: object, **_: object) -> Any:
        words = [str(arg) for arg in args if isinstance(arg, str)]
        titles = [arg.windowTitle() for arg in args if isinstance(arg, QWidget)]
        met.append("a dialog would have waited for a person: " + " ".join(titles + words))
        return 0

    for kind in (QDialog, QMenu):
        monkeypatch.setattr(kind, "exec", _meet)
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, lambda *args, **_: (_meet(*args), ("", ""))[1])
    for name in ("getText", "getItem", "getInt"):
        monkeypatch.setattr(QInputDialog, name, lambda *args, **_: (_meet(*args), ("", False))[1])
    yield
    assert not met, "\n".join(met)


@pytest.fixture
def repository() -> Path:
    """Return the top folder of the checkout."""
    return ROOT
