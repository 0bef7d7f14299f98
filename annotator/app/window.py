"""Runs the window: the application around it, what happens to mistakes, and a clean end."""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSize, QSocketNotifier, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from annotator import __version__
from annotator.app.collector import Collector
from annotator.model.project_file import is_project
from annotator.ui import problems
from annotator.ui.article_view import accessibility
from annotator.ui.icons import program_icon
from annotator.ui.main_window import MainWindow
from annotator.ui.session import Session
from annotator.ui.settings import Settings

MOST_REPORTS = 3
"""After that many mistakes in one run the program only writes them down: a dialog each would be no help."""

_ENDING = [one for one in signal.Signals if one.name in ("SIGINT", "SIGTERM", "SIGHUP")]
"""What asks the program to end; Windows has no SIGHUP."""

_FRAME = QSize(8, 40)
"""Room for what the desktop puts around a window."""


def application() -> QApplication:
    """Return the application, named for window managers and for its settings."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(["annotator"])
    app.setApplicationName("annotator")
    app.setApplicationDisplayName("annotator")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("annotator")
    app.setWindowIcon(program_icon())
    return app


def fit(window: QWidget) -> None:
    """Make a window no larger than its screen, with the frame that comes around it, however small that is."""
    room = window.screen().availableSize() - _FRAME
    window.setMinimumSize(window.minimumSize().boundedTo(room))
    window.resize(window.size().boundedTo(room))


def run_window(paths: Sequence[Path] = (), *, sample: bool = False) -> int:
    """Show the window on files until it is closed; `sample` opens the sample where no project ever was."""
    app = application()
    paths = [one.absolute() for one in paths]
    settings = Settings()
    session = Session()
    # Held until the end: Qt keeps no reference to what makes the view readable for screen readers.
    access = accessibility.install()
    window = MainWindow(session, settings)
    mistakes = Mistakes(window)
    sys.excepthook, threading.excepthook = mistakes.caught, mistakes.caught_in_thread
    if _opened(paths) or (not paths and _is_first(settings, sample=sample)):
        window.early_keys.hold()
    fit(window)
    window.show()
    QTimer.singleShot(0, lambda: _begin(window, settings, paths, sample))
    with (
        closing(Ending(window)),
        closing(Collector(window, lambda: session.proposer.is_awaited)) as collector,
    ):
        session.project_changed.connect(collector.settle)  # by then all that a project needs is loaded
        code = app.exec()
    del access
    sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
    return code


def _begin(window: MainWindow, settings: Settings, paths: Sequence[Path], sample: bool) -> None:
    """Open what was asked for, once the window is on the screen."""
    if opened := _opened(paths):
        window.session.open_project(opened)
        paths = [one for one in paths if one != opened]
    if paths:
        window.files.take(paths)
    elif opened is None and _is_first(settings, sample=sample):
        window.files.sample()


def _opened(paths: Sequence[Path]) -> Path | None:
    """Return the project among files; one that is not there is taken for one, and will be named."""
    return next((one for one in paths if is_project(one) or not one.exists()), None)


def _is_first(settings: Settings, *, sample: bool) -> bool:
    """Tell whether the sample is to be opened, because no project ever was."""
    return sample and not settings.recent


class Mistakes:
    """The top-level hook: a mistake of the program is written down, told, and does not end it."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self._told = 0
        self._is_telling = False

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Take an exception that nobody caught, on the window's thread."""
        if issubclass(kind, KeyboardInterrupt):
            self._parent.close()
            return
        sys.__excepthook__(kind, error, trace)
        write_down(error)
        # One at a time: painting goes on behind the dialog, and may be what fails.
        if not self._is_telling and self._told < MOST_REPORTS:
            self._is_telling, self._told = True, self._told + 1
            try:
                problems.report(self._parent, error)
            finally:
                self._is_telling = False

    def caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        """Take an exception that nobody caught on another thread, where nothing can be shown."""
        if args.exc_value is not None:
            sys.__excepthook__(args.exc_type, args.exc_value, args.exc_traceback)
            write_down(args.exc_value)


def write_down(error: BaseException) -> None:
    """Add a report to the file of reports beside the settings; a full disk is no further mistake."""
    place = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation))
    try:
        place.mkdir(parents=True, exist_ok=True)
        with (place / "reports.log").open("a", encoding="utf-8") as file:
            file.write(problems.report_text(error) + "\n\n")
    except OSError as failure:
        print(f"The report could not be written down: {failure}", file=sys.stderr)


class Ending:
    """Closes the window, and with it the project, when the system, the terminal or Ctrl+C says so."""

    def __init__(self, window: QWidget) -> None:
        self._ends = socket.socketpair()
        self._ends[1].setblocking(False)
        # A signal writes a byte, the byte wakes Qt, and Python then gets to run its handler.
        signal.set_wakeup_fd(self._ends[1].fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._ends[0].fileno(), QSocketNotifier.Type.Read, window)
        self._notifier.activated.connect(lambda *_: self._ends[0].recv(64))
        # Started so that it outlives its terminal (nohup), it ignores that one, and goes on to.
        ending = [one for one in _ENDING if signal.getsignal(one) is not signal.SIG_IGN]
        self._before = {one: signal.signal(one, lambda *_: window.close()) for one in ending}

    def close(self) -> None:
        """Give the signals back."""
        for one, handler in self._before.items():
            signal.signal(one, handler)
        signal.set_wakeup_fd(-1)
        self._notifier.setEnabled(False)
        for end in self._ends:
            end.close()
