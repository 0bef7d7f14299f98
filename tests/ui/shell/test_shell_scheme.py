"""The scheme editor in the window: one key away, and what it changes is drawn at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton

from annotator.model.scheme import Label
from annotator.model.scheme_edits import (
    AddItem,
    ChangeItem,
    MergeItem,
    Place,
    RenameItem,
    RetireItem,
    SchemeEdit,
)
from annotator.ui.key_sheet import KeySheet
from annotator.ui.panels.scheme_dialog import SchemeDialog


def change(desk: Any, edit: SchemeEdit) -> None:
    desk.session.do(lambda project: project.schemes.change(edit))
    desk.settle()


@pytest.fixture
def labelled(desk: Any) -> Any:
    """The window with an article in view that is labelled in full."""
    desk.session.open_article(desk.session.order[1])
    desk.settle()
    assert {"CLAIM", "CUE", "GPE"} <= {one.label for one in desk.content.spans}
    return desk


def editors(desk: Any) -> list[SchemeDialog]:
    return [one for one in desk.window.findChildren(SchemeDialog) if one.isVisible()]


def test_it_opens_by_key_and_once_only(desk: Any) -> None:
    desk.press(Qt.Key.Key_F8)
    desk.do("scheme")
    (editor,) = editors(desk)
    editor.fields.key.setFocus()
    editor.reject()
    assert editors(desk) == []
    desk.do("scheme")
    assert editors(desk) == [editor]
    desk.do("close")
    assert editors(desk) == []


def test_keys_that_a_label_would_take_are_named(desk: Any) -> None:
    desk.do("scheme")
    (editor,) = editors(desk)
    cue = desk.session.scheme.label("CUE")
    change(desk, ChangeItem(Place("CUE"), replace(cue, key="t")))
    editor.tree.go_to(Place("CUE"))
    assert editor.fields.key_note.text() == "Takes this key from “Stance, then 1 to 4”."
    assert [key.toString() for key in desk.window.actions_["label.CUE"].shortcuts()] == ["T"]
    assert not desk.window.actions_["stance"].shortcuts()


def test_the_open_article_follows(labelled: Any) -> None:
    claims = {one.id for one in labelled.content.spans if one.label == "CLAIM"}
    caret = labelled.window.view.caret
    change(labelled, RenameItem(Place("CLAIM"), "ASSERTION"))
    assert {one.id for one in labelled.content.spans if one.label == "ASSERTION"} == claims
    drawn = labelled.window.view.page.column.marks.records
    assert {drawn[one].label for one in claims} == {"ASSERTION"}
    assert "label.ASSERTION" in labelled.window.actions_
    assert "label.CLAIM" not in labelled.window.actions_
    assert labelled.window.view.caret == caret
    labelled.do("undo")
    assert {one.id for one in labelled.content.spans if one.label == "CLAIM"} == claims
    assert "label.CLAIM" in labelled.window.actions_


OTHER = {
    "CLAIM": "ASSERTION", "SOURCE": "SPEAKER", "CUE": "VERB", "ATTRIBUTION": "REPORT", "STANCE": "VIEW",
    "PERSON": "HUMAN",
}  # fmt: skip


@pytest.fixture
def other(desk: Any) -> Any:
    """The window on the tour, no suggestion in the way, with other names for what the keys know."""
    desk.reject_all()
    for name, to in OTHER.items():
        change(desk, RenameItem(Place(name), to))
    return desk


def parts(desk: Any, label: str) -> dict[str, list[tuple[str, str]]]:
    """Return label and words in each role of the newest frame of a label."""
    frame = max((one for one in desk.content.frames if one.label == label), key=lambda one: one.id)
    spans = {one.id: one for one in desk.content.spans}
    return {
        role: [(spans[end].label, desk.words(spans[end])) for end in frame.ends(role) if end in spans]
        for role in ("claim", "source", "cue", "target", "holder_mention")
    }


def test_the_keys_find_renamed_labels(other: Any) -> None:
    other.go("I give it two weeks")
    other.press("a")
    made = parts(other, "REPORT")
    assert made["claim"] == [("ASSERTION", "“I give it two weeks,”")]
    assert (made["source"], made["cue"]) == ([("SPEAKER", "she")], [("VERB", "said")])
    other.press("s")
    assert "No other source is seen here: select the words first." in other.window.status.hint.text()
    other.press("t")
    assert "on “I give it two weeks,”" in other.window.status.hint.text()
    other.press("2")
    assert parts(other, "VIEW")["target"] == made["claim"]


def test_sentences_name_the_keys_of_renamed_labels(other: Any) -> None:
    assert other.window.actions_.key_name("label.CLAIM") == "c"
    other.press("t")
    assert other.said[-1] == "Choose a claim first: c on a quotation."


def test_a_claim_alone_is_joined_under_other_names(other: Any) -> None:
    other.go("I give it two weeks")
    other.press("c")
    (claim,) = [one for one in other.content.spans if one.id == other.session.chosen]
    assert claim.label == "ASSERTION"
    other.press("u")
    assert parts(other, "REPORT")["claim"] == [("ASSERTION", other.words(claim))]
    assert parts(other, "REPORT")["cue"] == [("VERB", "said")]


def test_a_renamed_label_keeps_its_colour_and_its_place_in_the_bar(desk: Any) -> None:
    before = desk.window.view.page.column.setting.theme.labels
    for name, to in OTHER.items():
        change(desk, RenameItem(Place(name), to))
    after, other = desk.window.view.page.column.setting.theme.labels, desk
    assert after["ASSERTION"] == before["CLAIM"]
    assert after["HUMAN"] == before["PERSON"]
    other.drag("a reader can learn it in a minute")
    names = [one.text() for one in other.window.label_bar.findChildren(QToolButton)]
    assert {"Claim", "Source", "Cue", "Attribution", "Person"} <= set(names)


def test_it_opens_at_the_label_of_what_is_chosen_with_the_keys_in_the_tree(labelled: Any) -> None:
    cue = next(one for one in labelled.content.spans if one.label == "CUE")
    labelled.session.choose(cue.id)
    labelled.do("scheme")
    (editor,) = editors(labelled)
    assert editor.tree.place == Place("CUE")
    assert editor.focusWidget() is editor.tree
    editor.tree.go_to(Place("CLAIM"))
    change(labelled, ChangeItem(Place("CUE"), replace(labelled.session.scheme.label("CUE"), title="Signal")))
    assert editor.tree.place == Place("CLAIM")


def test_a_colour_of_the_scheme_is_drawn(labelled: Any) -> None:
    inks = labelled.window.view.page.inks
    claim = labelled.session.scheme.label("CLAIM")
    change(labelled, ChangeItem(Place("CLAIM"), replace(claim, colour="#a02020")))
    view = labelled.window.view
    assert view.page.inks != inks
    assert view.page.column.setting.theme.labels["CLAIM"].ink == "#a02020"
    labelled.do("undo")
    assert view.page.column.setting.theme.labels["CLAIM"].ink != "#a02020"


def test_a_merged_entity_is_drawn_as_what_it_became(labelled: Any) -> None:
    change(labelled, AddItem(Place(), Label("PLACE", "span", "Place", group="entity")))
    change(labelled, MergeItem(Place("GPE"), "PLACE"))
    assert "PLACE" in labelled.window.view.page.column.marks.entities
    assert not [one for one in labelled.content.spans if one.label == "GPE"]


def test_what_is_retired_is_offered_no_more(labelled: Any) -> None:
    change(labelled, RetireItem(Place("ARTICLE_STANCE")))
    change(labelled, RetireItem(Place("LAW")))
    before = labelled.content
    labelled.window.labelling.put("LAW")
    labelled.settle()
    assert labelled.content.spans == before.spans
    assert labelled.said[-1] == "Law is retired in this scheme: it is given to nothing new."


def test_the_guideline_of_what_is_chosen_is_one_key_away(labelled: Any) -> None:
    cue = next(one for one in labelled.content.spans if one.label == "CUE")
    change(
        labelled,
        ChangeItem(Place("CUE"), replace(labelled.session.scheme.label("CUE"), guideline="Mark the verb.")),
    )
    labelled.session.choose(cue.id)
    labelled.press("?")
    sheet = labelled.window.findChild(KeySheet)
    assert isinstance(sheet, KeySheet)
    assert "Mark the verb." in [one.text() for one in sheet.findChildren(QLabel)]
    sheet.close()


def test_a_suggested_attribution_is_taken_under_the_new_names(other: Any) -> None:
    words = {one.id: other.words(one) for one in other.content.suggested_spans}
    frame = next(
        one
        for one in other.content.suggested_frames
        if any(end.role == "claim" and "Start with the short" in words.get(end.end, "") for end in one.roles)
    )
    other.session.do(lambda project: project.reopen([frame.id]))
    other.settle()
    other.go("Start with the short ones", 0)
    other.do("next_suggestion")
    assert (other.session.chosen, frame.label) == (frame.id, "REPORT")
    assert "another claim" in other.window.hinting.text()
    other.press("c")
    assert "2 of " in other.window.status.hint.text()
    other.do("attribution")
    assert [label for label, _ in parts(other, "REPORT")["source"]] == ["SPEAKER"]
