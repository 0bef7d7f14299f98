"""Notes: saved when left, hidden, after a pause, before another is shown; never lost, never overwritten."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.ui.panels.note_field import NoteField

Edit = tuple[object, str]


@pytest.fixture
def note(qtbot: QtBot) -> NoteField:
    made = NoteField("Note", "hint")
    qtbot.addWidget(made)
    made.show_note("first", "old")
    made.show()
    made.setFocus()
    return made


@pytest.fixture
def edits(note: NoteField) -> list[Edit]:
    heard: list[Edit] = []
    note.edited.connect(lambda about, text: heard.append((about, text)))
    return heard


def test_showing_saves_nothing(note: NoteField, edits: list[Edit]) -> None:
    note.commit()
    note.show_note("second", "other")
    note.hide()
    assert edits == []


def test_it_saves_when_it_is_hidden(note: NoteField, edits: list[Edit], qtbot: QtBot) -> None:
    qtbot.keyClicks(note, "new ")
    note.hide()
    assert edits == [("first", "new old")]


def test_it_saves_when_it_is_left(note: NoteField, edits: list[Edit], qtbot: QtBot) -> None:
    other = NoteField("Other", "")
    qtbot.addWidget(other)
    qtbot.keyClicks(note, "x")
    note.clearFocus()
    note.commit()
    assert edits == [("first", "xold")]


def test_it_saves_after_a_pause(note: NoteField, edits: list[Edit], qtbot: QtBot) -> None:
    note._timer.setInterval(20)
    qtbot.keyClicks(note, "x")
    assert edits == []
    qtbot.waitUntil(lambda: bool(edits))
    assert edits == [("first", "xold")]


def test_what_was_typed_is_saved_before_another_note_is_shown(
    note: NoteField, edits: list[Edit], qtbot: QtBot
) -> None:
    qtbot.keyClicks(note, "x")
    note.show_note("second", "other")
    assert edits == [("first", "xold")]
    assert note.toPlainText() == "other"


def test_an_answer_does_not_take_away_what_is_being_typed(
    note: NoteField, edits: list[Edit], qtbot: QtBot
) -> None:
    qtbot.keyClicks(note, "x")
    note.show_note("first", "from elsewhere")
    assert note.toPlainText() == "xold"
    note.commit()
    assert edits == [("first", "xold")]


def test_a_change_from_elsewhere_is_shown(note: NoteField, edits: list[Edit]) -> None:
    note.show_note("first", "undone")
    assert (note.toPlainText(), edits) == ("undone", [])


@pytest.mark.parametrize("text", ["a\u00a0b", "a\u2028b", "\ufeffa", "😀 <b>x</b>", "שלום"])
def test_a_note_that_the_field_cannot_hold_exactly_is_left_alone(
    note: NoteField, edits: list[Edit], text: str
) -> None:
    note.show_note("odd", text)
    note.commit()
    note.show_note("odd", text)
    note.hide()
    assert edits == []


def test_tab_leaves_the_field(note: NoteField) -> None:
    assert note.tabChangesFocus()
    assert note.accessibleName() == "Note"
    assert note.focusPolicy() & Qt.FocusPolicy.TabFocus
