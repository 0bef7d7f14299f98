"""What a key means depends on what is chosen: proposals, corrections, hints, suggestions."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from annotator.model.records import Frame, Span
from annotator.ui.picker import Picker

CONTROL = Qt.KeyboardModifier.ControlModifier
QUOTATION = "“Every quotation has an owner"


def chosen_frame(desk) -> Frame:
    return next(one for one in desk.content.frames if one.id == desk.session.chosen)


def roles(desk) -> dict[str, str]:
    spans = {one.id: desk.words(one) for one in desk.content.spans}
    return {end.role: spans.get(end.end, "") for end in chosen_frame(desk).roles}


def label(desk, words: str, key: str) -> Span:
    before = desk.content
    desk.drag(words)
    desk.press(key)
    return desk.new(before)[0][0]


@pytest.mark.parametrize("place", ["has an owner", "Benko told", "told a meeting"])
def test_a_key_makes_the_whole_attribution_from_nothing(desk, place: str) -> None:
    desk.reject_all()
    before = desk.content
    desk.go(place)
    desk.press("a")
    assert roles(desk) == {
        "claim": "“Every quotation has an owner, and we want to see who it is,”",
        "source": "Benko",
        "cue": "told",
    }
    assert "source “Benko” and cue “told”" in desk.said[-1]
    desk.press("z", CONTROL)
    assert desk.new(before) == ([], [])


def test_a_wrong_source_and_cue_are_corrected_by_their_keys(desk) -> None:
    desk.reject_all()
    desk.go("has an owner")
    desk.press("a")
    frame = desk.session.chosen
    desk.drag("Benko told")
    desk.press("s")
    desk.drag("meeting")
    desk.press("u")
    assert desk.session.chosen == frame
    assert (roles(desk)["source"], roles(desk)["cue"]) == ("Benko told", "meeting")
    assert len(chosen_frame(desk).roles) == 3


def test_claim_then_source_make_an_attribution_in_one_step(desk) -> None:
    desk.reject_all()
    desk.go(QUOTATION, into=3)
    desk.press("c")
    before = desk.content
    desk.go("Benko told")
    desk.press("s")
    assert roles(desk)["source"] == "Benko"
    desk.go("told a meeting")
    desk.press("u")
    assert roles(desk) == {
        "claim": "“Every quotation has an owner, and we want to see who it is,”",
        "source": "Benko",
        "cue": "told",
    }
    desk.press("z", CONTROL)
    desk.press("z", CONTROL)
    assert desk.new(before) == ([], [])


def test_a_claim_far_from_the_chosen_frame_is_one_of_its_own(desk) -> None:
    desk.reject_all()
    desk.go("has an owner")
    desk.press("a")
    frame = chosen_frame(desk)
    desk.go("“I give it two weeks", into=3)
    desk.press("c")
    assert next(one for one in desk.content.frames if one.id == frame.id) == frame
    assert desk.session.chosen not in (None, frame.id)


def test_labels_on_suggested_words_accept_the_suggestion(desk) -> None:
    suggested = next(one for one in desk.content.suggested_frames if one.state == "open")
    desk.go(QUOTATION, into=3)
    desk.press("c")
    desk.go("Benko told")
    desk.press("s")
    after = {one.id: one.state for one in desk.content.suggested_frames}
    assert after[suggested.id] == "accepted"
    assert set(roles(desk)) == {"claim", "source", "cue"}


def test_a_source_is_never_a_mark_alone(desk) -> None:
    desk.reject_all()
    desk.window.view.caret = desk.text.index("it is,”") + len("it is,")
    before = desk.content
    desk.press("s")
    assert [desk.words(one) for one in desk.new(before)[0]] == ["Benko"]


def test_letters_stand_on_what_may_be_linked(desk) -> None:
    desk.reject_all()
    source = label(desk, "the town library", "s")
    desk.press(Qt.Key.Key_Escape)
    desk.go("has an owner")
    desk.press("a")
    frame = desk.session.chosen
    desk.press("r")
    view = desk.window.view
    letter = view.page.hints[source.id]
    assert view.is_seen(source.id)
    assert "letter" in desk.window.status.hint.text()
    desk.press(letter)
    assert not view.page.hints
    assert source.id in next(one for one in desk.content.frames if one.id == frame).ends("source")


def test_other_keys_take_the_letters_away(desk) -> None:
    desk.reject_all()
    label(desk, "the town library", "s")
    desk.press(Qt.Key.Key_Escape)
    desk.go("has an owner")
    desk.press("a")
    frame = chosen_frame(desk)
    desk.press("r")
    assert desk.window.view.page.hints
    desk.press(Qt.Key.Key_Escape)
    assert not desk.window.view.page.hints
    assert chosen_frame(desk) == frame


def test_what_is_out_of_view_is_linked_from_a_list(desk) -> None:
    desk.reject_all()
    source = label(desk, "its annual report", "s")
    desk.press(Qt.Key.Key_Escape)
    desk.go("has an owner")
    desk.press("a")
    frame = desk.session.chosen
    desk.window.view.reveal(0)
    desk.press("r")
    popup = desk.window.view.findChild(Picker)
    if popup is None:
        desk.press(" ")
        popup = desk.window.view.findChild(Picker)
    rows = [popup.list.item(row) for row in range(popup.list.count())]
    letter = next(one.data(Qt.ItemDataRole.UserRole).letter for one in rows if "annual" in one.text())
    desk.qtbot.keyClick(popup.field, letter)
    desk.settle()
    assert source.id in next(one for one in desk.content.frames if one.id == frame).ends("source")


def test_the_caret_goes_with_the_suggestions(desk) -> None:
    desk.press(Qt.Key.Key_Tab)
    first = desk.window.view.caret
    desk.press(Qt.Key.Key_Return)
    assert desk.window.view.caret > first
