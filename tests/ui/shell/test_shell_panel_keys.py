"""By key from the text into each panel and back, and through what is selected as it stands there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget


def focus() -> QWidget | None:
    return QApplication.focusWidget()


def key(desk, pressed: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the window has its keys."""
    desk.qtbot.keyClick(focus(), pressed, modifiers)
    desk.settle()


def choose_claim(desk) -> None:
    content = desk.content
    desk.session.choose(next(one.id for one in content.spans if one.label == "CLAIM"))
    desk.settle()


@pytest.fixture
def awake(desk):
    desk.session.open_article(desk.session.order[1])
    desk.settle()
    desk.window.activateWindow()
    desk.window.view.setFocus()
    desk.settle()
    return desk


def test_keys_go_through_all_panels_in_sight_and_back_to_the_text(awake) -> None:
    window = awake.window
    awake.do("checks_panel")
    stops = [window.inspector, window.checks, window.articles, window.view]
    for place in stops:
        key(awake, Qt.Key.Key_F7)
        assert place is focus() or place.isAncestorOf(focus())
    for place in (*stops[2::-1], window.view):
        key(awake, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
        assert place is focus() or place.isAncestorOf(focus())


def test_without_a_panel_the_inspector_comes(awake) -> None:
    for name in ("list_panel", "inspector_panel"):
        awake.do(name)
    key(awake, Qt.Key.Key_F7)
    assert awake.window.inspector.isAncestorOf(focus())


def test_the_inspector_is_entered_at_what_is_selected(awake) -> None:
    pages = awake.window.inspector
    key(awake, Qt.Key.Key_F7)
    assert focus() is pages.article.frames
    pages.show_above()
    awake.window.view.setFocus()
    key(awake, Qt.Key.Key_F7)
    assert focus() is pages.above.filter
    choose_claim(awake)
    awake.window.view.setFocus()
    key(awake, Qt.Key.Key_F7)
    assert focus() is pages.selected.span.label


@pytest.mark.parametrize("label", ["CLAIM", "SOURCE", "ATTRIBUTION"])
def test_tab_goes_through_what_is_selected_from_top_to_bottom(awake, label: str) -> None:
    page = awake.window.inspector.selected
    content = awake.content
    for one in ("CUE", label):  # what was shown before leaves its widgets
        records = [*content.spans, *content.frames]
        awake.session.choose(next(record.id for record in records if record.label == one))
        awake.window.inspector.show_selected()
        awake.settle()
    editor = page.frame if label == "ATTRIBUTION" else page.span
    heights = []
    while focus() is not editor.delete:
        heights.append(focus().mapTo(editor, QPoint(0, 0)).y())
        key(awake, Qt.Key.Key_Tab)
        assert editor.isAncestorOf(focus())
    assert len(heights) > 4
    assert heights == sorted(heights)


def test_a_note_is_seen_while_it_is_written(awake) -> None:
    window = awake.window
    window.resize(900, 520)
    choose_claim(awake)
    awake.do("note")
    awake.settle()
    note = window.inspector.selected.span.note
    assert focus() is note
    seen = note.visibleRegion().boundingRect()
    assert seen.height() > QRect(note.rect()).height() - 3


def test_escape_leads_from_a_panel_back_to_the_text(awake) -> None:
    window = awake.window
    choose_claim(awake)
    awake.do("note")
    chosen = awake.session.chosen
    for place in (focus(), window.articles.view, window.inspector.above.filter):
        window.inspector.show_above()
        window.inspector.show_selected()
        place.setFocus()
        key(awake, Qt.Key.Key_Escape)
        assert focus() is window.view
    assert awake.session.chosen == chosen


def test_the_toolbar_leaves_the_keys_to_the_text(awake) -> None:
    awake.window.articles.view.setFocus()
    awake.do("next_suggestion")
    assert focus() is awake.window.view


def test_the_menu_of_going_has_what_keys_jump_to(awake) -> None:
    menu = awake.window.menuBar().findChild(QMenu, "go")
    awake.window.actions_.fill_menu(menu, "go")
    names = [one.objectName() for one in menu.actions() if not one.isSeparator()]
    jumps = ("open", "quotation", "cue", "name", "panel", "article")
    assert {f"{way}_{what}" for what in jumps for way in ("next", "previous")} <= set(names)
