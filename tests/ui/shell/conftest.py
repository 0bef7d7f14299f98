"""A real window on a real project: the sample, and ways to press, click, wait and look."""

from __future__ import annotations

import shutil
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.model.records import ArticleContent, Frame, Span
from annotator.services.project import Project
from annotator.services.sample import build_sample
from annotator.services.suggesting import SuggestionPlan
from annotator.ui import problems
from annotator.ui.main_window import MainWindow
from annotator.ui.session import Session
from annotator.ui.settings import Settings
from annotator.ui.turns import Turns

PLAIN = Qt.KeyboardModifier.NoModifier


@dataclass
class Told:
    """What a person was told and asked; `answers` are given in order."""

    told: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    mistakes: list[BaseException] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    found = Told()

    def ask(
        parent: QWidget | None, question: str, answers: Sequence[str], *, is_consent: bool = False
    ) -> int:
        found.asked.append(question)
        if found.answers:
            return found.answers.pop(0)
        # Raised while Qt closes a window, an error would end the whole run without a word.
        found.mistakes.append(AssertionError(f"nobody answers: {question}"))
        return len(answers) - 1

    monkeypatch.setattr(problems, "tell", lambda parent, text: found.told.append(text))
    monkeypatch.setattr(problems, "ask", ask)

    def report(parent: QWidget | None, error: BaseException) -> None:
        traceback.print_exception(error)
        found.mistakes.append(error)

    monkeypatch.setattr(problems, "report", report)
    yield found
    assert not found.mistakes, found.mistakes


@pytest.fixture(scope="session")
def _sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.annot"
    build_sample(path)
    return path


@pytest.fixture
def sample(_sample: Path, tmp_path: Path) -> Path:
    path = tmp_path / "sample.annot"
    shutil.copyfile(_sample, path)
    return path


@dataclass
class Desk:
    """A window and what a person does with it."""

    qtbot: QtBot
    window: MainWindow
    said: list[str] = field(default_factory=list)

    @property
    def session(self) -> Session:
        return self.window.session

    @property
    def content(self) -> ArticleContent:
        assert self.session.content is not None
        return self.session.content

    @property
    def text(self) -> str:
        return self.content.article.text

    def open(self, path: Path) -> None:
        self.session.open_project(path)
        self.qtbot.waitUntil(lambda: self.session.content is not None)
        self.settle()

    def settle(self) -> None:
        """Wait until everything asked so far, what that led to, and keys that wait for it, are answered."""
        for _ in range(4):
            done: list[None] = []
            self.session._store.call(lambda: None, done.append, lambda _: None)
            self.qtbot.waitUntil(lambda done=done: bool(done) and self._is_at_rest())

    def _is_at_rest(self) -> bool:
        is_shown = all(one.is_at_rest for one in self.window.findChildren(Turns))
        return is_shown and not self.session.is_saving and not self.window.early_keys.is_holding

    def press(
        self, key: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        self.qtbot.keyClick(self.window.view, key, modifier)
        self.settle()

    def go(self, words: str, into: int = 1) -> None:
        """Put the caret in the first of these words, in the open article."""
        self.window.view.caret = self.text.index(words) + into

    def do(self, action: str) -> None:
        self.window.actions_[action].trigger()
        self.settle()

    def reject_all(self) -> None:
        """Let no suggestion be in the way, in the open article."""
        ids = [one.id for one in (*self.content.suggested_frames, *self.content.suggested_spans)]
        self.session.do(lambda project: project.reject(ids))
        self.settle()

    def suggest(self, plan: SuggestionPlan) -> None:
        """Let these suggestions wait, as if a suggester had just made them."""
        self.session.do(lambda project: project.write_suggestions(plan, undoable=False))
        self.settle()

    def words(self, span: Span) -> str:
        return " … ".join(self.text[piece.start : piece.end] for piece in span.fragments)

    def new(self, before: ArticleContent) -> tuple[list[Span], list[Frame]]:
        """Return what was added to the open article since."""
        spans = [one for one in self.content.spans if one not in before.spans]
        old = {one.id for one in before.frames}
        return spans, [one for one in self.content.frames if one.id not in old]

    def drag(self, words: str) -> None:
        """Select words with the mouse, as they stand on the screen."""
        view = self.window.view
        start = self.text.index(words)
        view.caret = start
        view.reveal(start)
        first = QPoint(view.caret_rect().left() + 2, view.caret_rect().center().y())
        view.caret = start + len(words) - 1
        last = QPoint(view.caret_rect().right() - 2, view.caret_rect().center().y())
        view.select(None)
        kinds = QMouseEvent.Type
        for kind, place, button, held in (
            (kinds.MouseButtonPress, first, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton),
            (kinds.MouseMove, last, Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton),
            (kinds.MouseButtonRelease, last, Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton),
        ):
            self._mouse(kind, place, button, held)

    def _mouse(
        self, kind: QMouseEvent.Type, place: QPoint, button: Qt.MouseButton, held: Qt.MouseButton
    ) -> None:
        viewport = self.window.view.viewport()
        at, globally = QPointF(place), QPointF(viewport.mapToGlobal(place))
        event = QMouseEvent(kind, at, globally, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(viewport, event)

    def close(self) -> None:
        self.window.close()
        self.qtbot.waitUntil(lambda: not self.window.isVisible())


Opener = Callable[[], Desk]


@pytest.fixture
def open_desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Opener]:
    """Make windows that share one settings file, as one start of the program after another does."""
    desks: list[Desk] = []

    def _open() -> Desk:
        session = Session()
        session.proposer.is_automatic = False
        desk = Desk(qtbot, MainWindow(session, Settings(tmp_path / "settings.ini")))
        session.warned.connect(desk.said.append)
        qtbot.addWidget(desk.window)
        desk.window.show()
        qtbot.waitExposed(desk.window)
        desks.append(desk)
        return desk

    yield _open
    for desk in desks:
        desk.session.unsaved.clear()
        desk.session.stop()


@pytest.fixture
def desk(open_desk: Opener, sample: Path) -> Desk:
    """Return a window with the sample open, its first article in view."""
    desk = open_desk()
    desk.open(sample)
    return desk


@pytest.fixture
def outside(sample: Path) -> Callable[[Callable[[Project], object]], object]:
    """Return a way to look into the project file once no window has it open."""

    def _look(query: Callable[[Project], object]) -> object:
        project = Project.open(sample)
        try:
            return query(project)
        finally:
            project.close()

    return _look
