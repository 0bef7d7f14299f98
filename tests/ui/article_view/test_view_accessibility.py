"""What a screen reader finds, asked in process."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from annotator.ui.article_view import accessibility
from annotator.ui.article_view.view import ArticleView

Show = Callable[..., ArticleView]


@pytest.fixture(scope="module")
def access(qapp: QApplication) -> accessibility.Access:
    return accessibility.install()


@pytest.fixture
def view(show: Show, maker, access: accessibility.Access) -> Iterator[ArticleView]:
    maker.span("CLAIM", "the plan would go on")
    return show(maker.content())


def test_it_is_text_that_can_be_read_and_not_written(view: ArticleView, maker) -> None:
    found = QAccessible.queryAccessibleInterface(view)
    assert found is not None
    assert found.text(QAccessible.Text.Name) == "A"
    assert found.state().readOnly
    words = found.textInterface()
    assert words is not None
    assert words.characterCount() == len(maker.text)
    assert words.text(0, 5) == "Mayor"


def test_caret_and_selection_are_told_and_set(view: ArticleView, maker) -> None:
    found = QAccessible.queryAccessibleInterface(view)
    words = found.textInterface() if found else None
    assert words is not None
    view.caret = maker.at("told").start
    assert words.cursorPosition() == maker.at("told").start
    words.setCursorPosition(maker.at("Ana").start)
    assert view.caret == maker.at("Ana").start
    words.setSelection(0, 3, 9)
    assert view.selection == (3, 9)
    words.removeSelection(0)
    assert view.selection is None
    words.addSelection(1, 4)
    assert view.selection == (1, 4)
    assert words.selectionCount() == 0


def test_places_are_told(view: ArticleView, maker) -> None:
    words = accessibility.ArticleText(view)
    start = maker.at("plan would").start
    rect = words.characterRect(start)
    assert words.offsetAtPoint(rect.center()) == start
    words.scrollToSubstring(start, start + 4)
    assert words.characterRect(start) == rect


def test_other_questions_are_refused_without_a_crash(view: ArticleView, qtbot: QtBot) -> None:
    found = QAccessible.queryAccessibleInterface(view)
    assert found is not None
    assert found.actionInterface() is None
    assert found.valueInterface() is None
    label = QLabel("x")
    qtbot.addWidget(label)
    assert QAccessible.queryAccessibleInterface(label) is not None


def test_views_come_and_go(access: accessibility.Access, qtbot: QtBot) -> None:
    for _ in range(20):
        view = ArticleView()
        assert QAccessible.queryAccessibleInterface(view) is not None
        view.move_caret("token", 1)
        view.deleteLater()
        del view
        QApplication.sendPostedEvents(None, 52)  # deferred deletes
        QApplication.processEvents()
    accessibility.announce(ArticleView(), "nothing listens")
