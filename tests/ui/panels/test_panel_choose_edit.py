"""Choosing by typing: filter, arrows, Enter; a new name where that is allowed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.model.ids import Id
from annotator.ui.panels.choose_edit import Choice, ChooseEdit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""Offscreen, a list that opens cannot be raised and cannot grab the keyboard."""

MINISTER = Id(b"m" * 16)
MINISTRY = Id(b"n" * 16)
MAYOR = Id(b"o" * 16)
CHOICES = [
    Choice(MINISTER, "Elena Brandt", "the minister; Brandt"),
    Choice(MINISTRY, "Environment Ministry"),
    Choice(MAYOR, "Petra Oswald", "mayor"),
]


class Heard:
    """What the line told."""

    def __init__(self, edit: ChooseEdit) -> None:
        self.picked: list[object] = []
        self.named: list[str] = []
        edit.picked.connect(self.picked.append)
        edit.named.connect(self.named.append)


def make(qtbot: QtBot, *, new: bool = False) -> tuple[ChooseEdit, Heard]:
    edit = ChooseEdit("actor", "Who is it?", new=new)
    qtbot.addWidget(edit)
    edit.set_choices(CHOICES)
    edit.show()
    edit.setFocus()
    return edit, Heard(edit)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("elena brandt", MINISTER), ("ministry", MINISTRY), ("mayor", MAYOR), ("the minister", MINISTER)],
)
def test_enter_takes_what_fits(qtbot: QtBot, typed: str, value: Id) -> None:
    edit, heard = make(qtbot)
    edit.setText(typed)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert (heard.picked, heard.named, edit.text()) == ([value], [], "")


def test_enter_on_what_fits_nothing_does_nothing(qtbot: QtBot) -> None:
    edit, heard = make(qtbot)
    edit.setText("nobody")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert (heard.picked, heard.named) == ([], [])


def test_a_new_name_is_told_where_it_is_allowed(qtbot: QtBot) -> None:
    edit, heard = make(qtbot, new=True)
    edit.setText("  Reuters ")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert (heard.picked, heard.named, edit.text()) == ([], ["Reuters"], "")


def test_shift_enter_makes_a_name_that_another_one_holds(qtbot: QtBot) -> None:
    edit, heard = make(qtbot, new=True)
    edit.setText("Brandt")
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert (heard.picked, heard.named) == ([], ["Brandt"])


def test_the_same_name_comes_before_one_that_holds_it(qtbot: QtBot) -> None:
    edit, heard = make(qtbot)
    edit.set_choices([Choice(MINISTRY, "A friend of Ada"), Choice(MAYOR, "Adam"), Choice(MINISTER, "Ada")])
    for typed, value in (("ada", MINISTER), ("ad", MAYOR), ("friend", MINISTRY)):
        edit.setText(typed)
        qtbot.keyClick(edit, Qt.Key.Key_Return)
        assert heard.picked[-1] == value


def test_an_exact_name_is_never_made_twice(qtbot: QtBot) -> None:
    edit, heard = make(qtbot, new=True)
    edit.setText("ELENA BRANDT")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert (heard.picked, heard.named) == ([MINISTER], [])


def test_down_opens_the_list_and_enter_takes_from_it(qtbot: QtBot) -> None:
    edit, heard = make(qtbot)
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    popup = edit.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert popup.model().rowCount() == len(CHOICES)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(heard.picked))
    assert heard.picked == [MINISTER]
    assert edit.text() == ""


def test_the_list_can_be_clicked(qtbot: QtBot) -> None:
    edit, heard = make(qtbot, new=True)
    qtbot.keyClicks(edit, "min")
    popup = edit.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert popup.model().rowCount() == 2
    place = popup.visualRect(popup.model().index(1, 0)).center()
    qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: bool(heard.picked))
    assert heard.picked == [MINISTRY]
    assert heard.named == []


def test_a_click_on_the_empty_line_shows_all(qtbot: QtBot) -> None:
    edit, _ = make(qtbot)
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(edit.completer().popup().isVisible)


def test_escape_empties_the_line(qtbot: QtBot) -> None:
    edit, heard = make(qtbot)
    edit.setText("nobody")
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert (edit.text(), heard.picked) == ("", [])


def test_two_things_of_one_name_are_told_apart(qtbot: QtBot) -> None:
    edit, heard = make(qtbot)
    edit.set_choices([Choice(MINISTER, "he"), Choice(MAYOR, "he")])
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    popup = edit.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    for _ in range(2):
        qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(heard.picked))
    assert heard.picked == [MAYOR]


def test_a_long_name_is_cut_in_the_list(qtbot: QtBot) -> None:
    edit, _ = make(qtbot)
    edit.set_choices([Choice(MINISTER, "<img src=x> " * 1000)])
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    shown = edit.completer().popup().model().index(0, 0).data()
    assert shown.startswith("<img src=x>")
    assert len(shown) < 100
