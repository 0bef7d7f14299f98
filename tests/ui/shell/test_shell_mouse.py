"""What keys do, done by mouse in the real window: label bar, an edge, a link, the menu."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from annotator.model.records import Frame, Span
from annotator.model.scheme import Label
from annotator.ui import looking
from annotator.ui.picker import Picker

WORDS = "a reader can learn it in a minute"
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def place(desk, start: int, end: int, share: float = 0.5) -> QPointF:
    view = desk.window.view
    view.reveal(start)
    rect = view.page.rects(view.page.units.token_at(start)._replace(start=start, end=end))[0]
    return QPointF(rect.left() + rect.width() * share, rect.center().y())


def drag(desk, start: QPointF, end: QPointF, keys=Qt.KeyboardModifier.NoModifier) -> None:
    viewport = desk.window.view.viewport()
    for kind, at, button, held in (
        (QEvent.Type.MouseButtonPress, start, LEFT, LEFT),
        (QEvent.Type.MouseMove, (start + end) / 2, NONE, LEFT),
        (QEvent.Type.MouseMove, end, NONE, LEFT),
        (QEvent.Type.MouseButtonRelease, end, LEFT, NONE),
    ):
        where = QPointF(viewport.mapToGlobal(at.toPoint()))
        QApplication.sendEvent(viewport, QMouseEvent(kind, at, where, button, held, keys))
    desk.settle()


def labelled(desk, label: str, words: str) -> Span:
    return next(one for one in desk.content.spans if one.label == label and desk.words(one) == words)


def press(desk, name: str) -> None:
    """Press a button of the label bar with the mouse."""
    found = desk.window.label_bar.findChildren(QToolButton)
    button = next(one for one in found if name in (one.text(), one.accessibleName()))
    desk.qtbot.mouseClick(button, LEFT)
    desk.settle()


@pytest.fixture
def claim(desk) -> Span:
    """A claim that was made with the label bar."""
    desk.drag(WORDS)
    assert desk.window.label_bar.isVisible()
    press(desk, "Claim")
    assert not desk.window.label_bar.isVisible()
    return labelled(desk, "CLAIM", WORDS)


def test_the_label_bar_stands_beside_the_words_and_not_on_them(desk) -> None:
    desk.drag(WORDS)
    view, bar = desk.window.view, desk.window.label_bar
    assert view.rect().contains(bar.geometry())
    words = [view.viewport().mapTo(view, rect.toRect().center()) for rect in view.page.rects(view.selection)]
    assert not any(bar.geometry().contains(one) for one in words)
    names = [one.accessibleName() or one.text() for one in bar.findChildren(QToolButton)]
    assert {"Claim", "Source", "Cue", "Entity…"} <= set(names)
    assert all(names)


def test_all_buttons_of_the_label_bar_are_seen_in_a_wide_window(desk) -> None:
    desk.window.resize(1900, 900)
    desk.drag(WORDS)
    bar = desk.window.label_bar
    shown = [one for one in bar.findChildren(QToolButton) if one.isVisible()]
    assert "Add the selection to the chosen span" in [one.accessibleName() for one in shown]
    assert all(bar.rect().contains(one.geometry()) for one in shown)
    assert max(one.y() for one in shown) < shown[0].geometry().bottom(), "all in one line"


def test_the_label_bar_above_large_words_leaves_them_free(desk) -> None:
    view, bar = desk.window.view, desk.window.label_bar
    desk.window.settings.text_size = 26
    desk.settle()
    desk.drag("weeks")
    (words,) = [rect.toRect() for rect in view.page.rects(view.selection)]
    view.resize(view.width(), words.bottom() + bar.height())  # there is no room below
    (words,) = [rect.toRect() for rect in view.page.rects(view.selection)]
    bar.show_at(words.bottomRight())
    at = bar.geometry().translated(-view.viewport().mapTo(view, QPoint(0, 0)))
    assert at.top() < words.top()
    assert not at.intersects(words)


def test_the_edge_of_the_chosen_span_is_dragged_and_taken_back(desk, claim: Span) -> None:
    desk.session.choose(claim.id)
    end = claim.end
    last = place(desk, end - len("minute"), end, 1.0)
    drag(desk, last, place(desk, end - len("a minute"), end - len("minute") - 1))
    shorter = next(one for one in desk.content.spans if one.id == claim.id)
    assert claim.start == shorter.start < shorter.end < end
    desk.do("undo")
    assert claim in desk.content.spans


def test_a_source_is_dragged_onto_a_claim(desk, claim: Span) -> None:
    desk.drag("editor Karol Benko")
    desk.window.session.choose(None)
    press(desk, "Source")
    source = labelled(desk, "SOURCE", "editor Karol Benko")
    before = desk.content
    drag(
        desk, place(desk, source.start + 8, source.start + 12), place(desk, claim.start + 2, claim.start + 8),
        Qt.KeyboardModifier.ControlModifier,
    )  # fmt: skip
    _, frames = desk.new(before)
    joined = [one for one in frames if isinstance(one, Frame) and claim.id in one.ends("claim")]
    assert [one.ends("source") for one in joined] == [(source.id,)]


def test_the_right_button_opens_the_menu_of_what_lies_there(desk, claim: Span) -> None:
    desk.session.choose(None)
    viewport = desk.window.view.viewport()
    at = place(desk, claim.start + 2, claim.start + 8).toPoint()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, viewport.mapToGlobal(at))
    QApplication.sendEvent(viewport, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert desk.session.chosen == claim.id
    names = [one.text() for one in menu.actions()]
    assert any("Delete" in one for one in names)
    assert not any("Accept" in one or "Reject" in one for one in names)
    menu.close()


def test_the_menu_key_opens_it_at_the_caret(desk) -> None:
    view = desk.window.view
    view.caret = desk.text.index(WORDS)
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(reason, QPoint(0, 0), QPoint(0, 0)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    place_ = view.viewport().mapToGlobal(view.caret_rect().bottomLeft())
    assert menu.y() == place_.y()
    menu.close()


def bar_names(desk) -> list[str]:
    found = desk.window.label_bar.findChildren(QToolButton)
    return [one.text() or one.accessibleName() for one in found if one.isVisible()]


def test_the_bar_offers_the_entity_labels_that_were_put_last(desk) -> None:
    desk.drag(WORDS)
    first = bar_names(desk)
    assert "Person" in first
    assert "Law" not in first
    desk.window.labelling.put("LAW")
    desk.settle()
    desk.drag("editor Karol Benko")
    second = bar_names(desk)
    assert "Law" in second
    assert len(second) == len(first)
    press(desk, "Law")
    assert labelled(desk, "LAW", "editor Karol Benko")


def crowded(desk, count: int) -> None:
    """Give the scheme many labels more."""
    labels = tuple(Label(f"KIND_{at}", "span", f"A rather long kind {at}") for at in range(count))
    whole = desk.session.scheme
    desk.window.actions_.set_scheme(replace(whole, labels=(*whole.labels, *labels)))
    desk.window.label_bar.set_labels(replace(whole, labels=(*whole.labels, *labels)), desk.window.looks.theme)


def test_the_bar_of_a_large_scheme_fits_the_view_with_large_text(desk) -> None:
    crowded(desk, 40)
    desk.window.settings.choose("window_size", 200)
    desk.window.resize(1280, 720)
    desk.drag(WORDS)
    view, bar = desk.window.view, desk.window.label_bar
    assert view.rect().contains(bar.geometry())
    shown = [one for one in bar.findChildren(QToolButton) if one.isVisible()]
    assert all(bar.rect().contains(one.geometry()) for one in shown)
    assert all(one.width() >= one.sizeHint().width() for one in shown)
    more = next(one for one in shown if one.accessibleName() == "Label picker")
    desk.qtbot.mouseClick(more, LEFT)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, Picker)
    popup.close()


def test_a_card_brings_its_frame_to_sight(desk) -> None:
    desk.session.open_article(desk.session.order[1])
    desk.settle()
    view, cards = desk.window.view, desk.window.inspector.article.frames
    last = cards.cards[-1]
    ends = [end.end for end in desk.content.record(last.id).roles]
    assert not any(view.is_seen(one) for one in ends)
    cards.scrollToBottom()
    place = cards.visualRect(cards.model().index(len(cards.cards) - 1, 0)).center()
    desk.qtbot.mouseClick(cards.viewport(), LEFT, pos=place)
    desk.settle()
    assert desk.session.chosen == last.id
    assert any(view.is_seen(one) for one in ends)
    assert view.caret == looking.place_of(desk.content, desk.content.record(last.id))


def test_a_question_brings_what_it_asks_about_to_sight(desk) -> None:
    desk.session.open_article(desk.session.order[1])
    desk.settle()
    desk.window.panels.show("checks")
    questions = desk.window.checks.questions
    desk.qtbot.waitUntil(lambda: bool(questions.questions))
    asked = desk.content.record(questions.questions[0].warning.records[0])
    parts = [end.end for end in asked.roles]
    assert not any(desk.window.view.is_seen(one) for one in parts)
    place = questions.list.visualRect(questions.list.model().index(0, 0)).center()
    desk.qtbot.mouseClick(questions.list.viewport(), LEFT, pos=place)
    desk.settle()
    assert desk.session.chosen == asked.id
    assert any(desk.window.view.is_seen(one) for one in parts)
