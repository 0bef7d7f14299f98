"""What a screen reader finds, asked in process."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from annotator.model.scheme import Label, Scheme
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


def test_the_spans_under_the_caret_are_spoken(show: Show, maker, access: accessibility.Access) -> None:
    source, claim = maker.span("SOURCE", "Ana Ruiz"), maker.span("CLAIM", "the plan would go on")
    maker.span("PERSON", "Ana Ruiz")
    maker.frame("STANCE", "deny", holder_mention=source, target=claim)
    maker.guess("CLAIM", "The plan is late", reason="words before a full stop")
    view = show(maker.content())
    found = QAccessible.queryAccessibleInterface(view)
    assert found is not None

    def spoken(words: str) -> str:
        view.caret = maker.at(words).start
        return found.text(QAccessible.Text.Description)

    assert spoken("firm") == "no label"
    assert sorted(spoken("Ruiz").split("; ")) == ["person", "source"]
    assert spoken("would") == "claim, deny"
    assert spoken("is late") == "suggested claim, likely: words before a full stop"
    view.caret = maker.at("would").start
    view.choose(claim.id)
    assert found.text(QAccessible.Text.Description) == "claim, deny, chosen"


def test_labels_are_spoken_by_their_titles(qtbot: QtBot, maker) -> None:
    maker.span("GPE", "Ana Ruiz")
    view = ArticleView()
    qtbot.addWidget(view)
    label = Label("GPE", "span", title="Place with a government")
    view.set_content(maker.content(), Scheme("s", "S", (label,)))
    view.caret = maker.at("Ruiz").start
    assert accessibility.spoken(view) == "place with a government"


def test_what_changes_under_the_caret_is_announced_once(
    view: ArticleView, maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    events: list[str] = []
    monkeypatch.setattr(accessibility.QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        accessibility.QAccessible, "updateAccessibility", lambda event: events.append(type(event).__name__)
    )
    monkeypatch.setattr(accessibility, "announce", lambda _, message: said.append(message))
    teller = accessibility.Teller(view)
    view.caret_moved.connect(teller.tell_caret)
    view.selection_changed.connect(teller.tell_selection)
    for words in ("firm", "told", "would", "go on", "late"):
        view.caret = maker.at(words).start
    assert said == ["no label", "claim", "no label"]
    view.select(maker.at("late"))
    assert events.count("QAccessibleTextSelectionEvent") >= 1
    assert events.count("QAccessibleTextCursorEvent") >= 5


def test_the_focus_is_seen(view: ArticleView, qtbot: QtBot) -> None:
    other = QLabel("another place")
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    qtbot.addWidget(other)
    other.setParent(view)
    other.move(0, 0)
    other.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    with_focus = view.viewport().grab().toImage()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert view.viewport().grab().toImage() != with_focus


@pytest.mark.parametrize("points", [13.0, 26.0, 40.0])
def test_nothing_is_cut_at_any_size_of_the_text(show: Show, maker, points: float) -> None:
    maker.span("SOURCE", "Deputy Mayor Ana Ruiz")
    maker.span("CLAIM", "the plan would go on")
    maker.span("CLAIM", "it can be finished in time")
    view = show(maker.content(), 640, 500)
    view.set_text_size(points)
    page, width = view.page, view.viewport().width()
    for section in range(len(page.column.heights)):
        laid = page.column.laid(section)
        for line in laid.lines:
            assert line.line.naturalTextWidth() <= page.column.setting.column + 1
            assert all(tag.left >= 0 and page.left + tag.left + tag.width <= width for tag in line.tags)
        assert laid.lines[-1].bottom <= laid.height + 1
    assert page.left + page.column.setting.column <= width
