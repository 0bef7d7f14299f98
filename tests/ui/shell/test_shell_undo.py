"""What is at hand: undo goes to what it brought back, suggestions and sentences give way as they should."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from annotator.model.records import RoleEnd
from annotator.ui import looking, status
from annotator.ui.picker import Picker
from annotator.ui.prompt import NEXT


def waiting(desk: Any) -> list[Any]:
    return looking.suggestions(desk.content, desk.session.scheme)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Backspace])
def test_a_decision_that_is_taken_back_is_the_one_at_hand_again(desk: Any, key: Qt.Key) -> None:
    desk.press(Qt.Key.Key_Tab)
    first = desk.session.chosen
    desk.press(key)
    second = desk.session.chosen
    assert second not in (first, None)
    desk.press(Qt.Key.Key_End)
    desk.do("undo")
    assert desk.session.chosen == first
    assert desk.window.view.caret == looking.place_of(desk.content, desk.content.record(first))
    desk.press(Qt.Key.Key_Backspace)
    assert desk.content.record(first).state == "rejected"
    assert desk.content.record(second).state == "open"


def test_what_was_deleted_is_chosen_when_it_is_back(desk: Any) -> None:
    desk.press(Qt.Key.Key_Tab)
    desk.press("a")
    frame = desk.session.chosen
    desk.press(Qt.Key.Key_Delete)
    assert desk.session.chosen is None
    desk.do("undo")
    assert desk.session.chosen == frame
    desk.do("undo")
    assert desk.session.chosen == waiting(desk)[0].id
    desk.do("redo")
    assert desk.session.chosen == frame


def test_what_was_only_changed_stays_chosen_in_its_frame(desk: Any) -> None:
    desk.press(Qt.Key.Key_Tab)
    desk.press("a")
    frame = desk.session.chosen
    desk.press("s")
    desk.do("undo")
    assert desk.session.chosen == frame


def test_who_takes_back_what_somebody_else_made_is_told_so(desk: Any) -> None:
    desk.press(Qt.Key.Key_Tab)
    desk.press("a")
    desk.do("undo")
    desk.do("redo")
    assert desk.said[-1] == "Done again: Accept suggestion."
    desk.session.do(lambda project: project.people.work_as("Ben"))
    desk.settle()
    desk.do("undo")
    assert desk.said[-1] == "Undone: Accept suggestion. The labels are not yours."


class Passed:
    """How long ago a sentence was said, as the test says."""

    milliseconds = 0

    def start(self) -> None:
        """Count from here; the test does."""

    def elapsed(self) -> int:
        return self.milliseconds


def test_a_sentence_gives_way_to_the_keys_once_another_is_pressed(desk: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(status, "_SAID", 120_000)
    monkeypatch.setattr(status, "_READ", 60_000)
    bar, passed = desk.window.status, Passed()
    bar._since = passed
    desk.session.warned.emit("It was said.")
    desk.press(Qt.Key.Key_Tab)  # within the time in which it may belong to the sentence
    desk.qtbot.waitUntil(lambda: bar._usual == desk.window.hinting.text())
    assert bar.hint.text() == "It was said."
    passed.milliseconds = status._SAME + 1
    desk.press(Qt.Key.Key_Tab)
    until_read = status._READ - passed.milliseconds
    desk.qtbot.waitUntil(lambda: bar._said.remainingTime() <= until_read)
    assert bar.hint.text() == "It was said."
    passed.milliseconds = status._READ
    desk.press(Qt.Key.Key_Tab)
    desk.qtbot.waitUntil(lambda: bar.hint.text() == desk.window.hinting.text())


def suggested_span(desk: Any) -> Any:
    found = next(one for one in desk.content.suggested_spans if one.label == "CLAIM")
    desk.window.view.caret = found.start
    desk.session.choose(found.id)
    return found


def test_edge_keys_begin_at_the_words_of_a_chosen_suggestion(desk: Any) -> None:
    found = suggested_span(desk)
    before = desk.content
    desk.press("<")
    chosen = desk.window.view.selection
    assert chosen.start == found.start
    assert found.start < chosen.end < found.end
    assert desk.content == before


def test_a_suggestion_takes_no_note_and_that_is_said(desk: Any) -> None:
    suggested_span(desk)
    desk.press(Qt.Key.Key_F2)
    assert desk.said[-1] == "A suggestion takes no note: accept it first with Enter."
    assert desk.window.view.hasFocus()


def test_a_stance_takes_the_suggested_attribution_along(desk: Any) -> None:
    desk.press(Qt.Key.Key_Tab)
    suggested = desk.session.chosen
    assert suggested in {one.id for one in desk.content.suggested_frames}
    before = desk.content
    desk.qtbot.keyClick(desk.window.view, "t")
    desk.qtbot.keyClick(desk.window.view, "2")  # at once: it waits for the question
    desk.settle()
    made = {one.label: one for one in desk.content.frames if before.record(one.id) is None}
    assert made.keys() == {"ATTRIBUTION", "STANCE"}
    assert made["STANCE"].attributes["value"] == "deny"
    assert made["STANCE"].ends("holder_mention") == made["ATTRIBUTION"].ends("source")


@pytest.mark.parametrize("label", ["SOURCE", "CUE"])
def test_so_it_does_from_any_part_and_escape_leaves_it_suggested(desk: Any, label: str) -> None:
    part = next(one for one in desk.content.suggested_spans if one.label == label and one.state == "open")
    before = desk.content.frames
    for chosen in (part.id, None):
        desk.window.view.caret = part.start
        desk.session.choose(chosen)
        desk.press("t")
        assert desk.window.prompt.is_waiting
        assert desk.content.record(desk.session.chosen).label == "ATTRIBUTION"
        if NEXT in desk.window.prompt.answers:
            desk.press(Qt.Key.Key_Tab)  # on another claim: it is still the same question
        desk.press(Qt.Key.Key_Escape)
        assert not desk.window.prompt.is_waiting
        assert desk.content.record(part.id).state == "open"
        assert desk.content.frames == before


@pytest.mark.parametrize("key", [" ", "0"])
def test_escape_leaves_the_list_then_the_question_and_all_is_as_it_was(desk: Any, key: str) -> None:
    desk.press(Qt.Key.Key_Tab)
    before, prompt = desk.content, desk.window.prompt
    desk.press("t")
    answers = prompt.answers
    for _ in range(2):
        desk.press(key)
        (popup,) = desk.window.view.findChildren(Picker)
        assert not prompt.is_waiting
        desk.qtbot.keyClick(popup.field, Qt.Key.Key_Escape)
        desk.settle()
        assert prompt.answers == answers
    desk.press(Qt.Key.Key_Escape)
    desk.settle()
    assert not prompt.is_waiting
    assert desk.content.frames == before.frames
    assert desk.content.suggested_frames == before.suggested_frames


@pytest.mark.parametrize("leave", ["a key that means nothing", "a click"])
def test_an_unanswered_question_leaves_the_attribution_suggested(desk: Any, leave: str) -> None:
    desk.press(Qt.Key.Key_Tab)
    before = desk.content
    desk.press("t")
    assert desk.content.frames != before.frames
    if leave == "a click":
        desk.qtbot.mouseClick(desk.window.view.viewport(), Qt.MouseButton.LeftButton)
        desk.window.inspector.setFocus()
    else:
        desk.press("x")
    desk.qtbot.waitUntil(lambda: desk.content.frames == before.frames)


def test_an_answer_from_the_list_keeps_both(desk: Any) -> None:
    desk.press(Qt.Key.Key_Tab)
    before = desk.content
    desk.press("t")
    desk.press(" ")
    (popup,) = desk.window.view.findChildren(Picker)
    desk.qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    desk.settle()
    desk.press("1")
    desk.settle()
    made = {one.label for one in desk.content.frames if before.record(one.id) is None}
    assert made == {"ATTRIBUTION", "STANCE"}


def test_escape_takes_nothing_back_that_was_accepted_before(desk: Any) -> None:
    desk.press(Qt.Key.Key_Tab)
    desk.press("a")
    desk.press("t")
    desk.press(Qt.Key.Key_Escape)
    assert desk.content.record(desk.session.chosen).label == "ATTRIBUTION"


def test_a_stance_on_a_suggestion_that_completes_an_own_attribution_is_of_that(desk: Any) -> None:
    desk.press(Qt.Key.Key_Tab)
    suggested = desk.content.record(desk.session.chosen)
    parts = {end.role: desk.content.record(end.end) for end in suggested.roles}
    claim = parts["claim"]
    article, label = desk.content.article.id, claim.label
    before = desk.content
    desk.session.do(lambda project: project.add_span(article, label, claim.fragments))
    desk.settle()
    (own,) = (one for one in desk.content.spans if before.record(one.id) is None)
    ends = (RoleEnd("claim", "span", own.id),)
    desk.session.do(lambda project: project.add_frame(article, "ATTRIBUTION", ends))
    desk.settle()
    (begun,) = (one for one in desk.content.frames if before.record(one.id) is None)
    desk.window.view.caret = parts["source"].start
    desk.session.choose(suggested.id)
    desk.press("t")
    assert desk.window.prompt.is_waiting
    assert desk.session.chosen == begun.id
    assert desk.content.record(begun.id).ends("source")


def test_a_note_is_written_on_what_lies_under_the_caret(desk: Any) -> None:
    desk.session.open_article(desk.session.order[1])
    desk.settle()
    inspector = desk.window.inspector
    frame = next(one for one in desk.content.frames if one.label == "ATTRIBUTION" and one.ends("cue"))
    cue = desk.content.record(frame.ends("cue")[0])
    name = next(one for one in desk.content.spans if one.label == "PERSON")
    for place, record, editor in (
        (cue.start, frame.id, inspector.selected.frame),
        (name.start, name.id, inspector.selected.span),
    ):
        desk.session.choose(None)
        desk.window.view.caret = place
        desk.press(Qt.Key.Key_F2)
        assert desk.session.chosen == record
        assert editor.note.hasFocus()


def test_a_note_is_written_from_any_panel(desk: Any) -> None:
    desk.session.open_article(desk.session.order[1])
    desk.settle()
    window = desk.window
    frame = desk.content.frames[0]
    for place in (window.inspector.article.frames, window.articles.view):
        window.inspector.show_article()
        desk.session.choose(frame.id)
        place.setFocus()
        desk.qtbot.keyClick(place, Qt.Key.Key_F2)
        desk.settle()
        assert window.inspector.selected.frame.note.hasFocus()
