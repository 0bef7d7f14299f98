"""A stance of the source of an attribution that is only suggested: both made in one step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotator.model.errors import NotAllowed
from annotator.model.records import RoleEnd, Span
from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan
from annotator.services.suggesting import SuggestionPlan


def propose(desk: Any, frame: ProposedFrame, *source: ProposedSpan) -> Any:
    """Write one suggested attribution of “the bridge was sound” and return it."""
    spans = (ProposedSpan("CLAIM", (desk.at("the bridge was sound"),), 0.9, "r"), *source)
    found = ((desk.bridge, Proposals(spans, (frame,))),)
    desk.project.write_suggestions(SuggestionPlan("toy 1", ("attributions",), found), undoable=True)
    return desk.content().suggested_frames[0]


@pytest.fixture
def claim(desk: Any) -> Span:
    """Return a claim that somebody labelled by hand, a little shorter than the one suggested."""
    changes = desk.project.add_span(desk.bridge, "CLAIM", [desk.at("bridge was sound")])
    return next(one.after for one in changes.of(Span))


def target(claim: Span) -> RoleEnd:
    return RoleEnd("target", "span", claim.id)


def test_the_source_comes_along_with_its_attribution_of_the_claim_at_hand(desk: Any, claim: Span) -> None:
    at = desk.at("Quist said the")
    source = ProposedSpan("SOURCE", (at._replace(end=at.start + 5),), 0.9, "r", {"actor": "Ada Quist"})
    one = propose(desk, ProposedFrame("ATTRIBUTION", (("claim", 0), ("source", 1)), 0.9, "r"), source)
    desk.one_step(lambda: desk.project.add_stance_of_suggested(one.id, target(claim), "support"))
    (attribution,), (stance,) = (
        [frame for frame in desk.content().frames if frame.label == label]
        for label in ("ATTRIBUTION", "STANCE")
    )
    assert attribution.ends("claim") == stance.ends("target") == (claim.id,)
    assert attribution.ends("source") == stance.ends("holder_mention")
    assert desk.get(stance.ends("holder")[0]).name == "Ada Quist"
    assert stance.attributes == {"value": "support"}
    assert desk.get(one.id).state == "accepted"
    claims = [span.id for span in desk.content().spans if span.label == "CLAIM"]
    assert claims == [claim.id]


def test_words_that_name_nobody_yet_get_an_actor(desk: Any, claim: Span) -> None:
    at = desk.at("Quist said the")
    source = ProposedSpan("SOURCE", (at._replace(end=at.start + 5),), 0.9, "r")
    one = propose(desk, ProposedFrame("ATTRIBUTION", (("claim", 0), ("source", 1)), 0.9, "r"), source)
    desk.one_step(lambda: desk.project.add_stance_of_suggested(one.id, target(claim), "deny"))
    stance = next(frame for frame in desk.content().frames if frame.label == "STANCE")
    mention = desk.get(stance.ends("holder_mention")[0])
    assert mention.actor == stance.ends("holder")[0]
    assert desk.get(mention.actor).name == "Quist"


def test_a_source_that_the_text_does_not_name_is_a_holder_too(desk: Any, claim: Span) -> None:
    frame = ProposedFrame("ATTRIBUTION", (("claim", 0),), 0.9, "r", actors=(("implicit_source", "unnamed"),))
    one = propose(desk, frame)
    desk.one_step(lambda: desk.project.add_stance_of_suggested(one.id, target(claim), "neutral"))
    stance = next(frame for frame in desk.content().frames if frame.label == "STANCE")
    assert desk.get(stance.ends("holder")[0]).name == "unnamed"
    assert stance.ends("holder_mention") == ()


def test_what_is_taken_already_or_has_no_source_is_refused(desk: Any, claim: Span) -> None:
    one = propose(desk, ProposedFrame("ATTRIBUTION", (("claim", 0),), 0.9, "r"))
    with pytest.raises(NotAllowed, match="needs a holder"):
        desk.project.add_stance_of_suggested(one.id, target(claim), "deny")
    assert desk.get(one.id) == replace(one, state="open")
    desk.project.accept([one.id])
    with pytest.raises(NotAllowed, match="not suggested any more"):
        desk.project.add_stance_of_suggested(one.id, target(claim), "deny")
