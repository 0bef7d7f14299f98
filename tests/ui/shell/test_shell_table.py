"""The keys of the article, one by one, pressed in the real window: each does what the sheet of keys says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.ui.key_sheet import KeySheet
from annotator.ui.picker import Picker
from annotator.ui.stancing import TARGET

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def here(desk) -> str:
    token = desk.window.view.page.caret.token
    return desk.text[token.start : token.end]


def selected(desk) -> str:
    found = desk.window.view.selection
    return desk.text[found.start : found.end] if found is not None else ""


@pytest.mark.parametrize(
    ("key", "modifier", "expected"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, "opens"),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, "The"),
        (Qt.Key.Key_Right, CONTROL, "It"),
        (Qt.Key.Key_Down, CONTROL, "Nobody"),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, "Start"),
    ],
)
def test_the_caret_goes_by_words_sentences_and_paragraphs(desk, key, modifier, expected: str) -> None:
    desk.go("library opens at nine")
    desk.press(key, modifier)
    assert here(desk) == expected


def test_up_undoes_down(desk) -> None:
    desk.go("library opens at nine")
    before = desk.window.view.caret
    desk.press(Qt.Key.Key_Down)
    assert desk.window.view.caret > before
    desk.press(Qt.Key.Key_Up)
    assert desk.window.view.caret == before


def test_shift_selects_words_and_alt_characters(desk) -> None:
    desk.go("library opens at nine")
    desk.press(Qt.Key.Key_Right, SHIFT)
    assert selected(desk) == "library opens"
    desk.press(Qt.Key.Key_Escape)
    assert selected(desk) == ""
    desk.press(Qt.Key.Key_Right, ALT | SHIFT)
    assert selected(desk) == "o"


def test_brackets_grow_and_shrink(desk) -> None:
    desk.go("owner, and we want")
    steps = []
    for _ in range(4):
        desk.press("]")
        steps.append(selected(desk))
    assert steps[0] == "owner"
    assert steps[1] == "“Every quotation has an owner, and we want to see who it is,”"
    assert steps[2].startswith("“Every")
    assert steps[2].endswith("on Monday.")
    assert len(steps[3]) > len(steps[2])
    for before in reversed(steps[:3]):
        desk.press("[")
        assert selected(desk) == before


def test_edge_keys_move_the_edges_of_a_selection(desk) -> None:
    desk.go("library opens at nine")
    desk.press("]")
    for key, expected in ((">", "library opens"), (",", "The library opens"), (".", "library opens")):
        desk.press(key)
        assert selected(desk) == expected
    desk.press("<")
    assert selected(desk) == "library"


def test_space_opens_the_labels_and_typing_filters_them(desk) -> None:
    before = desk.content
    desk.go("Olga Simek", into=0)
    desk.press(Qt.Key.Key_Space)
    popup = next(one for one in desk.window.view.findChildren(Picker) if one.isVisible())
    desk.qtbot.keyClicks(popup.field, "pers")
    assert [popup.list.item(row).text() for row in range(popup.list.count())] == ["Person"]
    desk.qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    desk.settle()
    assert [(one.label, desk.words(one)) for one in desk.new(before)[0]] == [("PERSON", "Olga Simek")]


def test_the_label_decides_what_is_taken_at_the_caret(desk) -> None:
    before = desk.content
    desk.go("March 18, 2024", into=0)
    for key in "ed":
        desk.press(key)
    assert [desk.words(one) for one in desk.new(before)[0]] == ["March 18, 2024"]


def test_zero_records_that_there_is_nothing(desk) -> None:
    before = len(desk.content.nothing_here)
    desk.go("The library opens")
    desk.press("0")
    assert len(desk.content.nothing_here) == before + 1
    assert "Recorded: nothing in this paragraph." in desk.said


def test_an_entity_put_while_a_frame_is_chosen_is_no_part_of_it(desk) -> None:
    desk.drag("readers would have the patience")
    desk.press("a")
    frame = next(one for one in desk.content.frames if one.id == desk.session.chosen)
    desk.go("Olga Simek", into=0)
    for key in "ep":
        desk.press(key)
    assert frame in desk.content.frames


def test_finding_commands_and_keys_open_and_close(desk) -> None:
    desk.press("f", CONTROL)
    assert desk.window.find_bar.isVisible()
    desk.window.view.setFocus()
    desk.press("f", CONTROL | SHIFT)
    assert desk.window.find_all.isVisible()
    desk.window.view.setFocus()
    desk.press("k", CONTROL)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, Picker)
    popup.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, "?"])
def test_two_keys_show_all_keys(desk, key) -> None:
    desk.press(key)
    sheet = desk.window.findChild(KeySheet)
    assert sheet.isVisible()
    sheet.close()


def test_the_status_bar_says_what_keys_do_for_what_is_chosen(desk) -> None:
    hint = desk.window.hinting
    desk.session.choose(None)
    assert "a attribution" in hint.text()
    assert "j" in {part.split(" ")[0] for part in hint.text().split("   ")}
    desk.press(Qt.Key.Key_Tab)
    assert "Enter accepts" in hint.text()
    desk.press(Qt.Key.Key_Return)
    frame = desk.content.frames[0]
    desk.session.choose(frame.id)
    assert "s another source" in hint.text()
    assert "t stance" in hint.text()


def test_a_claim_in_the_next_paragraph_is_not_put_into_the_chosen_attribution(desk) -> None:
    desk.reject_all()
    desk.go("The long ones come")
    desk.press("a")
    (frame,) = (one for one in desk.content.frames if one.id == desk.session.chosen)
    assert frame.ends("claim")
    before = desk.content
    desk.go("When there is nothing")
    desk.press("c")
    (claim,), frames = desk.new(before)
    assert (claim.label, frames) == ("CLAIM", [])
    assert desk.content.record(frame.id) == frame


def test_nobody_is_not_said_to_answer_somebody_else(desk) -> None:
    desk.reject_all()
    desk.go("I give it two weeks")
    desk.press("a")
    desk.go("Press 1 for support")
    desk.press("a")
    frame = desk.content.record(desk.session.chosen)
    assert not frame.ends("source")
    desk.press("t")
    (own,) = frame.ends("claim")
    assert desk.window.view.page.hints.get(own) == TARGET
    assert "two weeks" not in desk.window.status.hint.text()
    assert "Stance of" not in desk.window.status.hint.text()
