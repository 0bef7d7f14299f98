"""The whole story: a claim with source, cue and stance; by keys alone, then by mouse alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from annotator.model.records import Frame
from annotator.ui import status

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def attribution(desk) -> dict[str, list[str]]:
    """Return the words in each role of the newest attribution."""
    frame = max((one for one in desk.content.frames if one.label == "ATTRIBUTION"), key=lambda one: one.id)
    spans = {one.id: desk.words(one) for one in desk.content.spans}
    found: dict[str, list[str]] = {}
    for end in frame.roles:
        found.setdefault(end.role, []).append(spans.get(end.end, "?"))
    return found


def stance(desk) -> Frame:
    return max((one for one in desk.content.frames if one.label == "STANCE"), key=lambda one: one.id)


def test_story_by_keys(desk, open_desk, sample: Path) -> None:
    desk.go("doubted that readers")
    for _ in range(2):
        desk.press(Qt.Key.Key_Right)
    for _ in range(5):
        desk.press(Qt.Key.Key_Right, SHIFT)
    desk.press("a")
    desk.go("Olga Simek")
    desk.press("s")
    desk.go("doubted that")
    desk.press("u")
    desk.press("t")
    assert "1 support" in desk.window.status.hint.text()
    desk.press("2")
    made = attribution(desk)
    assert made["source"] == ["Olga Simek"]
    assert made["cue"] == ["doubted"]
    assert made["claim"][0].startswith("readers")
    assert stance(desk).attributes["value"] == "deny"
    assert [one.name for one in desk.content.actors if one.id in stance(desk).ends("holder")] == [
        "Olga Simek"
    ]
    desk.press("z", CONTROL)
    assert not [one for one in desk.content.frames if one.label == "STANCE"]
    desk.press("z", CONTROL | SHIFT)
    again = stance(desk)
    desk.close()

    second = open_desk()
    second.open(sample)
    assert stance(second) == again
    assert attribution(second) == made


def test_story_by_mouse(desk, told) -> None:
    desk.drag("readers would have the patience")
    bar = desk.window.label_bar
    assert bar.isVisible()
    click(desk, "Attribution of a claim")
    assert not bar.isVisible()
    desk.drag("Retired teacher Olga Simek")
    click(desk, "Source")
    desk.drag("doubted")
    click(desk, "Cue")
    made = attribution(desk)
    assert made == {
        "claim": ["readers would have the patience"],
        "source": ["Retired teacher Olga Simek"],
        "cue": ["doubted"],
    }
    desk.do("stance")
    desk.window.prompt.press("1")
    desk.settle()
    assert stance(desk).attributes["value"] == "support"


def click(desk, name: str) -> None:
    buttons = desk.window.label_bar.findChildren(QToolButton)
    button = next(one for one in buttons if one.accessibleName() == name)
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()


def test_walk_accept_and_reject_suggestions(desk) -> None:
    waiting = [one.id for one in desk.content.suggested_frames if one.state == "open"]
    desk.press(Qt.Key.Key_Tab)
    first = desk.session.chosen
    assert first in waiting
    desk.press(Qt.Key.Key_Return)
    second = desk.session.chosen
    assert second in waiting
    assert second != first
    desk.press(Qt.Key.Key_Backspace)
    states = {one.id: one.state for one in desk.content.suggested_frames}
    assert (states[first], states[second]) == ("accepted", "rejected")
    third = desk.session.chosen
    desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Backtab, SHIFT)
    assert desk.session.chosen == third


def test_tab_goes_on_to_the_next_article_with_suggestions(desk) -> None:
    first = desk.content.article.id
    desk.do("accept_all")
    desk.press(Qt.Key.Key_Tab)
    desk.settle()
    assert desk.content.article.id != first
    assert desk.session.chosen is not None


def test_the_last_article_done_is_said_to_be_done(desk) -> None:
    desk.session.open_article(desk.session.order[-1])
    desk.settle()
    desk.press("n")
    assert desk.said[-1] == "Marked as done; this is the last article."


def test_a_label_of_the_article_is_put_and_set_by_keys_alone(desk) -> None:
    def by_another(project):
        project.people.work_as("Bea")
        changes = project.articles.add_label(project.article_ids()[1], "ARTICLE_KIND")
        project.people.work_as(own)
        return changes

    desk.press("n")
    own = desk.session.annotator.name
    for at in range(2):  # the second time it is gone to, and not put again
        desk.do("label.ARTICLE_KIND")
        desk.settle()
        (label,) = (one for one in desk.content.labels if one.annotator == desk.session.annotator.id)
        chips = desk.window.inspector.article.labels.editors[label.id].rows["kind"]
        assert chips.isVisible()
        assert chips.hasFocus()
        desk.qtbot.keyClick(chips, Qt.Key.Key_3)
        desk.settle()
        desk.qtbot.keyClick(chips, Qt.Key.Key_Escape)
        assert desk.window.view.hasFocus()
        if not at:
            desk.session.do(by_another)
            desk.settle()
            assert desk.content.labels[-1].id != label.id
    assert label.attributes == {"kind": "opinion"}


def test_next_article_marks_this_one_done(desk) -> None:
    first = desk.content.article.id
    desk.press("n")
    assert desk.content.article.id == desk.session.order[1]
    done: list[str] = []
    desk.session.ask(lambda project: project.article_rows([first])[0].reading, done.append)
    desk.settle()
    assert done == ["done"]
    assert "Marked as done; Ctrl+Z takes it back." in desk.said
    desk.press("p")
    assert desk.content.article.id == first
    desk.press("p")
    assert desk.said[-1] == "This is the first article."


def test_what_was_done_and_what_is_asked_is_read_out(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(status, "announce", lambda _, words: read.append(words))
    desk.session.warned.emit("It was said.")
    desk.go("Retired teacher Olga Simek", into=len("Retired teacher O"))
    desk.press("e")
    (asked,) = read[1:]
    assert read[0] == "It was said."
    assert asked == desk.window.status.hint.accessibleDescription()
    assert "p person" in asked


def test_entity_needs_two_keys(desk) -> None:
    before = desk.content
    desk.go("Retired teacher Olga Simek", into=len("Retired teacher O"))
    desk.press("e")
    assert "person" in desk.window.status.hint.text()
    desk.press("p")
    spans, _ = desk.new(before)
    assert [(one.label, desk.words(one)) for one in spans] == [("PERSON", "Olga Simek")]
    assert desk.session.chosen == spans[0].id


def test_a_wrong_second_key_is_named_and_forgotten(desk) -> None:
    before = desk.content
    desk.press("e")
    desk.press("%")
    assert "“%” means nothing here" in desk.window.status.hint.text()
    desk.press("e")
    desk.press(Qt.Key.Key_Escape)
    assert not desk.window.prompt.is_waiting
    assert desk.content == before


def test_letters_do_nothing_in_text_fields(desk) -> None:
    before = desk.content
    search = desk.window.articles.search
    search.setFocus()
    desk.qtbot.keyClicks(search, "cause")
    desk.settle()
    assert search.text() == "cause"
    assert desk.content == before


def test_fragment_note_nothing_and_delete(desk) -> None:
    before = desk.content
    desk.drag("editor Karol Benko")
    desk.do("label.SOURCE")
    span = desk.new(before)[0][0]
    desk.drag("its own reports")
    desk.press("+")
    assert desk.words(next(one for one in desk.content.spans if one.id == span.id)).count(" … ") == 1
    desk.press(Qt.Key.Key_Delete)
    assert desk.new(before) == ([], [])
    desk.press("0")
    assert len(desk.content.nothing_here) == 1 + len(before.nothing_here)
    desk.do("nothing_article")
    assert any(one.stretch is None for one in desk.content.nothing_here)


def test_delete_takes_a_frame_whole(desk) -> None:
    before = desk.content
    desk.drag("readers would have the patience")
    desk.press("a")
    desk.go("Olga Simek")
    desk.press("s")
    assert len(desk.new(before)[0]) == 3
    desk.press(Qt.Key.Key_Delete)
    assert desk.new(before) == ([], [])


def test_a_label_on_an_existing_span_links_it(desk) -> None:
    before = desk.content
    desk.drag("Olga Simek")
    desk.press("s")
    desk.press(Qt.Key.Key_Escape)
    desk.drag("readers would have the patience")
    desk.press("a")
    desk.drag("Olga Simek")
    desk.press("s")
    spans, frames = desk.new(before)
    assert sorted(one.label for one in spans) == ["CLAIM", "CUE", "SOURCE"]
    assert [end.role for end in frames[0].roles] == ["claim", "source", "cue"]


def test_implicit_source_then_stance(desk) -> None:
    desk.drag("It has a reading room")
    desk.press("a")
    desk.press("t")
    desk.press("1")
    assert desk.said[-1].startswith("Who holds it?")
    before = len(desk.content.actors)
    desk.press("i")
    desk.press("2")
    frame = desk.session.chosen
    held = next(one for one in desk.content.frames if one.id == frame)
    unnamed = held.ends("implicit_source")
    assert [one.name for one in desk.content.actors if one.id in unnamed] == ["unnamed"]
    desk.press("t")
    desk.press("3")
    assert stance(desk).ends("holder") == unnamed
    desk.press("z", CONTROL)
    desk.press("z", CONTROL)
    held = next(one for one in desk.content.frames if one.id == frame)
    assert not held.ends("implicit_source")
    assert len(desk.content.actors) == before


def test_keys_that_cannot_do_anything_say_so(desk) -> None:
    desk.window.view.caret = 0
    desk.session.choose(None)
    for key, words in (
        ("t", "Choose a claim first"),
        ("r", "Choose a frame first"),
        ("i", "Choose an attribution first"),
        ("+", "Choose a span first"),
        (Qt.Key.Key_Delete, "Choose a span or a frame first"),
        (Qt.Key.Key_F2, "Choose a span or a frame first"),
        (Qt.Key.Key_Return, "No suggestion is chosen"),
    ):
        desk.said.clear()
        desk.press(key)
        assert any(words in one for one in desk.said), (key, desk.said)


def test_a_stance_by_mouse(desk) -> None:
    desk.drag("It has a reading room")
    desk.do("attribution")
    desk.press("i")
    desk.press("2")
    desk.do("stance")
    bar = desk.window.answer_bar
    assert bar.isVisible()
    button = next(one for one in bar.findChildren(QToolButton) if one.accessibleName() == "deny")
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert stance(desk).attributes["value"] == "deny"
    assert not bar.isVisible()


def test_next_article_begins_with_the_first_suggestion(desk) -> None:
    desk.do("accept_all")
    desk.press(Qt.Key.Key_Tab)
    desk.settle()
    wanted = desk.window.walking._stops()[0].id
    desk.press("p")
    assert desk.session.chosen is None
    desk.press("n")
    assert desk.session.chosen == wanted


def test_two_quick_next_articles_go_two_on_and_both_are_done(desk) -> None:
    first, second, third = desk.session.order[:3]
    assert desk.content.article.id == first
    shown: list[object] = []
    desk.session.content_changed.connect(lambda content: shown.append(content.article.id))
    desk.qtbot.keyClick(desk.window.view, "n")
    desk.qtbot.keyClick(desk.window.view, "n")
    desk.settle()
    desk.qtbot.waitUntil(lambda: not desk.window.early_keys.is_holding)
    desk.settle()
    assert desk.content.article.id == third
    assert shown[-1] == third
    assert set(shown) <= {first, second, third}
    rows = desk.window.articles.model
    desk.qtbot.waitUntil(lambda: [rows.data(rows.index(at, 3)) for at in range(2)] == ["done", "done"])


def test_another_entity_letter_corrects_the_chosen_entity(desk) -> None:
    before = desk.content
    desk.go("Retired teacher Olga Simek", into=len("Retired teacher O"))
    desk.press("e")
    desk.press("o")
    desk.press("e")
    desk.press("p")
    spans, _ = desk.new(before)
    assert [(one.label, desk.words(one)) for one in spans] == [("PERSON", "Olga Simek")]
    desk.do("undo")
    spans, _ = desk.new(before)
    assert [one.label for one in spans] == ["ORG"]
    desk.press(Qt.Key.Key_Escape)
    desk.press("e")
    desk.press("p")
    spans, _ = desk.new(before)
    assert sorted(one.label for one in spans) == ["ORG", "PERSON"]


def test_the_same_stance_is_not_put_twice(desk) -> None:
    desk.go("I give it two weeks")
    desk.press("a")
    for key in ("t", "1", "t", "1"):
        desk.press(key)
    assert [one.attributes["value"] for one in desk.content.frames if one.label == "STANCE"] == ["support"]
    assert desk.said[-1] == "This stance is there already: support."
    desk.press("t")
    desk.press("2")
    values = [one.attributes["value"] for one in desk.content.frames if one.label == "STANCE"]
    assert sorted(values) == ["deny", "support"]
