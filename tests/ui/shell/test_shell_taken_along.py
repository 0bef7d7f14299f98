"""What a decision takes along waits no more: the next key means what comes behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from annotator.model.records import Fragment, SuggestedFrame, SuggestedSpan
from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan
from annotator.services.suggesting import SuggestionPlan

TITLE = "teacher "
"""What the stance begins with, right before the source of the attribution."""
CLAIM, CUE, SOURCE, LATER = "that readers", "doubted", "Olga Simek", "two weeks"


@pytest.fixture
def desk(desk: Any) -> Any:
    """Return a window on the tour: a stance waits, then attributions of its claim, then another span."""
    desk.window.walking.set_enter("next", "say")
    desk.reject_all()
    desk.suggest(plan(desk, attributions=1))
    return desk


def plan(desk: Any, attributions: int) -> SuggestionPlan:
    text = desk.text
    near = text.index(f"{CUE} {CLAIM}")
    stretches = {
        "CLAIM": (text.index(CLAIM, near), text.index(".", near)),
        "CUE": (near, near + len(CUE)),
        "SOURCE": (text.index(SOURCE), text.index(SOURCE) + len(SOURCE)),
        "EVENT": (text.index(LATER, near), text.index(LATER, near) + len(LATER)),
    }
    before = stretches["SOURCE"][0] - len(TITLE)
    holder = ProposedSpan("SOURCE", ((before, before + len(TITLE) - 1),), 0.9, "toy")
    spans = (*(ProposedSpan(label, (one,), 0.9, "toy") for label, one in stretches.items()), holder)
    stance = ProposedFrame(
        "STANCE", (("holder_mention", 4), ("target", 0)), 0.6, "to doubt", {"value": "question"},
        actors=(("holder", SOURCE),),
    )  # fmt: skip
    told = ProposedFrame("ATTRIBUTION", (("claim", 0), ("cue", 1), ("source", 2)), 0.9, "toy")
    others = (told, replace(told, roles=(("claim", 0), ("source", 2))))[:attributions]
    frames = (stance, *others)
    return SuggestionPlan("toy 1", ("attributions",), ((desk.content.article.id, Proposals(spans, frames)),))


def current(desk: Any) -> SuggestedFrame | SuggestedSpan:
    every = (*desk.content.suggested_frames, *desk.content.suggested_spans)
    (found,) = [one for one in every if one.id == desk.session.chosen]
    return found


def on_the_stance(desk: Any) -> list[str]:
    """Go to the stance; return the labels of what waits from there on."""
    walking = desk.window.walking
    (stance,) = [one for one in walking._stops() if one.label == "STANCE"]
    desk.window.walking._show(stance)
    desk.window.view.setFocus()
    stops = walking._stops()
    return [one.label for one in stops[stops.index(stance) :]]


def test_enter_on_a_stance_goes_behind_the_attribution_that_it_takes_along(desk: Any) -> None:
    assert on_the_stance(desk) == ["STANCE", "ATTRIBUTION", "EVENT"]
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert (current(desk).label, current(desk).state) == ("EVENT", "open")
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert [one.label for one in desk.content.spans if desk.words(one) == LATER] == ["EVENT"]
    assert desk.window.walking._stops() == []


def test_several_that_are_taken_along_are_all_passed(desk: Any) -> None:
    desk.suggest(plan(desk, attributions=2))
    assert on_the_stance(desk) == ["STANCE", "ATTRIBUTION", "ATTRIBUTION", "EVENT"]
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert (current(desk).label, current(desk).state) == ("EVENT", "open")


def test_backspace_on_a_stance_goes_to_the_attribution_which_still_waits(desk: Any) -> None:
    on_the_stance(desk)
    desk.press(Qt.Key.Key_Backspace)
    desk.settle()
    assert (current(desk).label, current(desk).state) == ("ATTRIBUTION", "open")


def test_what_is_suggested_anew_while_an_answer_is_saved_is_gone_to(desk: Any) -> None:
    on_the_stance(desk)
    again = plan(desk, attributions=1)
    old = {one.id for one in desk.window.walking._stops()}
    desk.session.do(
        lambda project: project.write_suggestions(replace(again, suggester="toy 2"), undoable=False)
    )
    desk.window.walking.reject()
    desk.settle()
    assert current(desk).state == "open"
    assert (current(desk).label, current(desk).id in old) == ("ATTRIBUTION", False)


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
def test_rejecting_an_attribution_takes_the_stance_on_its_claim_along_and_says_so(
    desk: Any, key: Any
) -> None:
    walking, session = desk.window.walking, desk.session
    (told,) = [one for one in walking._stops() if one.label == "ATTRIBUTION"]
    walking._show(told)
    desk.window.view.setFocus()
    desk.press(key)
    desk.settle()
    assert [one.label for one in walking._stops()] == ["EVENT"]
    (said,) = [one for one in desk.said if one.startswith("Rejected along")]
    assert said.startswith("Rejected along, being on its claim: Stance: ")
    assert said.endswith("Undo brings all back.")
    session.undo()
    desk.settle()
    assert [one.label for one in walking._stops()] == ["STANCE", "ATTRIBUTION", "EVENT"]


@pytest.mark.parametrize("way", ["key", "card"])
def test_rejecting_a_claim_takes_its_attribution_along_and_says_so(desk: Any, way: str) -> None:
    walking, session = desk.window.walking, desk.session
    (told,) = [one for one in walking._stops() if one.label == "ATTRIBUTION"]
    claim = next(end.end for end in told.roles if end.role == "claim")
    walking._show(told)
    session.choose(claim)
    desk.window.view.setFocus()
    if way == "key":
        desk.press(Qt.Key.Key_Delete)
    else:
        walking.decide(claim, is_accepted=False)
    desk.settle()
    assert [one.label for one in walking._stops()] == ["EVENT"]
    if way == "card":
        assert current(desk).label == "EVENT"
    (said,) = [one for one in desk.said if one.startswith("Rejected along")]
    assert said.startswith("Rejected along, being about these words: ")
    assert "Stance: " in said
    assert "Attribution: " in said
    session.undo()
    desk.settle()
    assert [one.label for one in walking._stops()] == ["STANCE", "ATTRIBUTION", "EVENT"]


@pytest.mark.parametrize("is_within", [False, True])
def test_an_attribution_of_a_claim_of_ones_own_keeps_its_words_and_takes_what_is_suggested(
    desk: Any, is_within: bool
) -> None:
    (told,) = [one for one in desk.window.walking._stops() if one.label == "ATTRIBUTION"]
    start = desk.text.index(f"{CUE} {CLAIM}") + (0 if is_within else len(CUE) + 1)
    words = (Fragment(start, desk.text.index(CLAIM, start) + len(CLAIM)),)
    desk.session.do(lambda project: project.add_span(desk.content.article.id, "CLAIM", words))
    desk.settle()
    (claim,) = [one for one in desk.content.spans if one.fragments == words]
    desk.window.view.caret = start + 1
    desk.session.choose(claim.id)
    before = desk.content
    desk.press("a")
    _, (made,) = desk.new(before)
    assert made.ends("claim") == (claim.id,)
    assert desk.content.record(told.id).state == ("open" if is_within else "accepted")


def test_a_part_that_is_accepted_alone_stays_chosen_for_its_values(desk: Any) -> None:
    (told,) = [one for one in desk.window.walking._stops() if one.label == "ATTRIBUTION"]
    part = next(end.end for end in told.roles if end.role == "source")
    desk.session.choose(part)
    desk.window.inspector.show_selected()
    card = desk.window.inspector.selected.suggestion
    assert (card.accept.text(), card.reject.text()) == ("Accept this part", "Reject this part")
    card.accept.click()
    desk.settle()
    (made,) = [one for one in desk.content.spans if one.id == desk.session.chosen]
    assert (made.label, desk.words(made)) == ("SOURCE", SOURCE)
    assert desk.content.record(told.id).state == "open"
