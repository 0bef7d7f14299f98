"""The real window, off the screen: keys pressed in it and counted, steps tried and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import ArticleContent
from annotator.ui.main_window import MainWindow
from annotator.ui.picker import Picker
from annotator.ui.session import Session
from annotator.ui.settings import Settings

_ENDLESS = 1 << 30
Plan = Callable[[], bool]
Press = tuple[str, bool]
"""A key, and whether it only moves the caret."""
_SPECIAL = {"Tab": Qt.Key.Key_Tab, "Enter": Qt.Key.Key_Return, "Space": Qt.Key.Key_Space}


class NotMade(Exception):
    """No way that was tried makes what is wanted."""


@dataclass(frozen=True, slots=True)
class Count:
    """What a piece of work took: presses, those of them that only move the caret, modifiers held."""

    presses: int = 0
    travel: int = 0
    held: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.presses + other.presses, self.travel + other.travel, self.held + other.held)

    def __sub__(self, other: Count) -> Count:
        return Count(self.presses - other.presses, self.travel - other.travel, self.held - other.held)


class Desk:
    """A window with a project open, and what a person presses in it."""

    def __init__(self, app: QApplication, project: Path) -> None:
        self.app = app
        session = Session()
        session.proposer.is_automatic = False
        settings = Settings(project.with_suffix(".ini"))
        settings.choose("enter", "next")  # the article is left when all of it is made
        self.window = MainWindow(session, settings)
        self.window.resize(1280, 800)
        self.window.show()
        self.count = Count()
        self.steps = 0
        self.pressed: list[Press] = []
        self.most = _ENDLESS
        self._tick = QTimer(interval=50)
        self._tick.start()
        session.changed.connect(self._on_changed)
        session.open_project(project)
        self.until(lambda: session.content is not None)
        self.settle()

    def _on_changed(self, changes: Changes) -> None:
        """Count what undo can take back: an operation that changes nothing is no step."""
        self.steps += bool(changes.changes or changes.many)

    @property
    def session(self) -> Session:
        """The session of the window."""
        return self.window.session

    @property
    def content(self) -> ArticleContent:
        """The open article."""
        assert self.session.content is not None
        return self.session.content

    @property
    def caret(self) -> int:
        """Where the caret is."""
        return self.window.view.caret

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let the window work until something holds."""
        while not is_so():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def settle(self) -> None:
        """Wait until everything asked so far is saved and shown."""
        for _ in range(2):
            done: list[None] = []
            self.session.ask(lambda _: None, done.append)
            self.until(lambda done=done: bool(done))  # type: ignore[misc]
        assert not self.session.is_saving

    def press(self, keys: Iterable[str], *, travels: bool = False) -> None:
        """Press keys one after another, as "Ctrl+Right" or "a", and wait for what each of them does."""
        for key in keys:
            if self.count.presses >= self.most:
                raise NotMade
            before = self.steps
            self.count += self.send(key) + Count(0, int(travels))
            self.pressed.append((key, travels))
            if not travels or self.session.is_saving or before != self.steps:
                self.settle()

    def send(self, key: str) -> Count:
        """Do what is written as one press; return what it takes."""
        popup, place = self.popup, self.window.view
        if popup is None:
            place.setFocus()
        return Count(1, 0, self._click(popup.field if popup is not None else place, key))

    def go_to_start(self) -> None:
        """Go to the start of the article."""
        self.press(("Home",), travels=True)

    @property
    def popup(self) -> Picker | None:
        """The list that popped up."""
        found = self.app.activePopupWidget()
        return found if isinstance(found, Picker) else None

    def let_go(self) -> None:
        """Close what popped up, and wait for no key."""
        popup = self.app.activePopupWidget()
        if popup is not None:
            popup.close()
        self.window.prompt.stop()
        self.settle()

    def replay(self, presses: Iterable[Press]) -> None:
        """Press what was tried before."""
        for key, travels in presses:
            self.press((key,), travels=travels)

    def attempt(self, plan: Plan, most: int) -> tuple[Press, ...] | None:
        """Try a plan and take it back; return its presses, None when it fails or needs more than `most`."""
        with self.tried():
            before, bound = len(self.pressed), self.most
            self.most = min(bound, self.count.presses + most)
            try:
                is_made = plan()
            except NotMade:
                return None
            finally:
                self.most = bound
            return tuple(self.pressed[before:]) if is_made else None

    def _click(self, place: QWidget, key: str) -> int:
        """Send one press; return how many modifiers are held for it."""
        name = key.rpartition("+")[2] or "+"
        if name in _SPECIAL and name == key:
            QTest.keyClick(place, _SPECIAL[key])
            return 0
        if len(key) == 1:
            QTest.keyClicks(place, key)
            return int(key in '<>+?"')
        combination = QKeySequence(key)[0]  # type: ignore[index]  # the stubs know no index
        QTest.keyClick(place, combination.key(), combination.keyboardModifiers())
        return key.count("+")

    def open(self, article: Id) -> None:
        """Open an article, uncounted."""
        self.session.open_article(article)
        self.until(lambda: self.content.article.id == article)
        self.settle()
        self.put(0, None)

    def put(self, caret: int, chosen: Id | None) -> None:
        """Put caret and choice somewhere, uncounted."""
        self.window.prompt.stop()
        self.window.view.select(None)
        self.session.choose(chosen)
        self.window.view.caret = caret

    def put_caret(self, caret: int) -> None:
        """Put the caret somewhere, uncounted."""
        self.window.view.caret = caret

    @contextmanager
    def tried(self) -> Iterator[None]:
        """Take back whatever is done meanwhile, and count none of it."""
        caret, chosen, count, steps = self.caret, self.session.chosen, self.count, self.steps
        pressed, article = len(self.pressed), self.content.article.id
        try:
            yield
        finally:
            self.window.prompt.stop()
            if self.popup is not None:
                self.popup.close()
            self.settle()
            for _ in range(self.steps - steps):
                self.session.undo()
            self.settle()
            if self.content.article.id != article:  # a Tab went on to the suggestions of another one
                self.open(article)
            self.put(caret, chosen)
            self.count, self.steps = count, steps
            del self.pressed[pressed:]

    def close(self) -> None:
        """Close the window; everything is saved."""
        self.window.close()
        self.until(lambda: not self.window.isVisible())
        self.session.stop()
