"""Suggestions: written, accepted, rejected, reopened; what was decided is not proposed again."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.model.ids import new_id
from annotator.model.records import RoleEnd, SuggestedFrame, SuggestedSpan


def proposal(desk: Any) -> tuple[SuggestedFrame, dict[str, SuggestedSpan]]:
    """Write an attribution of one claim and return it with its spans."""
    spans = {
        "claim": desk.suggested("CLAIM", "“It is safe,”", attributes={"form": "direct"}),
        "source": desk.suggested("SOURCE", "Mayor Ada Quist"),
        "cue": desk.suggested("CUE", "said"),
    }
    frame = desk.suggested_frame("ATTRIBUTION", *spans.items(), attributes={"anonymity": "named"})
    desk.propose(*spans.values(), frame)
    return frame, spans


def states(desk: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in desk.everything()["suggested"].values():
        found[one.state] = found.get(one.state, 0) + 1
    return found


def test_accepting_a_span(desk: Any) -> None:
    one = desk.suggested("CLAIM", "“It is safe,”", attributes={"form": "direct"})
    desk.propose(one)
    changes = desk.one_step(lambda: desk.project.accept([one.id]))
    assert changes.operation == "Accept suggestion"
    (span,) = desk.content().spans
    assert (span.label, span.fragments, span.attributes) == ("CLAIM", one.fragments, {"form": "direct"})
    assert (span.origin, span.annotator) == ("suggestion", desk.project.annotator.id)
    assert (desk.get(one.id).state, desk.get(one.id).became) == ("accepted", span.id)
    assert desk.project.accept([one.id]).changes == ()


def test_an_operation_on_many_says_on_how_many(desk: Any) -> None:
    both = [desk.suggested("CUE", word) for word in ("said", "safe")]
    desk.propose(*both)
    ids = [one.id for one in both]
    for verb in ("accept", "reopen", "reject"):
        changes = getattr(desk.project, verb)([*ids, ids[0]])
        assert changes.operation == changes.undo == f"{verb.capitalize()} 2 suggestions"


def test_accepting_a_frame_brings_its_spans(desk: Any) -> None:
    frame, spans = proposal(desk)
    desk.one_step(lambda: desk.project.accept([frame.id]))
    content = desk.content()
    (made,) = content.frames
    assert (made.label, made.origin, made.attributes) == ("ATTRIBUTION", "suggestion", {"anonymity": "named"})
    assert {end.role: desk.get(end.end).label for end in made.roles} == {
        "claim": "CLAIM",
        "source": "SOURCE",
        "cue": "CUE",
    }
    assert states(desk) == {"accepted": 4}
    assert desk.get(spans["cue"].id).became == made.ends("cue")[0]
    assert desk.project.accept([frame.id, spans["cue"].id]).changes == ()


def test_accepting_uses_what_is_there(desk: Any) -> None:
    frame, spans = proposal(desk)
    mine = desk.span("CLAIM", "“It is safe,”", note="mine")
    desk.project.accept([spans["cue"].id])
    desk.project.accept([frame.id])
    content = desk.content()
    assert len(content.spans) == 3
    assert content.frames[0].ends("claim") == (mine,)
    assert desk.get(spans["claim"].id).became == mine


def test_a_part_that_was_rejected_stays_out_of_the_frame(desk: Any) -> None:
    frame, spans = proposal(desk)
    desk.one_step(lambda: desk.project.reject([spans["source"].id]))
    desk.one_step(lambda: desk.project.accept([frame.id]))
    assert [end.role for end in desk.content().frames[0].roles] == ["claim", "cue"]
    assert states(desk) == {"accepted": 3, "rejected": 1}


def test_several_suggestions_in_one_step(desk: Any) -> None:
    frame, _ = proposal(desk)
    person = desk.suggested("PERSON", "Ada Quist", suggester="names")
    far = desk.suggested("ORG", "Radio Six", article=desk.copy, suggester="names")
    desk.propose(person, far)
    changes = desk.one_step(lambda: desk.project.accept([frame.id, person.id, far.id]))
    assert changes.articles == {desk.bridge, desk.copy}
    assert len(desk.content().spans) == 3 + 1
    assert len(desk.content(desk.copy).spans) == 1


def nested(desk: Any) -> tuple[SuggestedFrame, SuggestedFrame]:
    outer_claim = desk.suggested("CLAIM", "Quist said the bridge was sound")
    inner_claim = desk.suggested("CLAIM", "the bridge was sound")
    outer = desk.suggested_frame("ATTRIBUTION", ("claim", outer_claim))
    inner = desk.suggested_frame("ATTRIBUTION", ("claim", inner_claim), ("parent", outer))
    desk.propose(outer_claim, inner_claim, outer, inner)
    return outer, inner


@pytest.mark.parametrize("first", [0, 1])
def test_an_inner_frame_finds_its_parent_whichever_is_accepted_first(desk: Any, first: int) -> None:
    pair = nested(desk)
    desk.one_step(lambda: desk.project.accept([pair[first].id]))
    desk.one_step(lambda: desk.project.accept([pair[1 - first].id]))
    outer, inner = (desk.get(one.id).became for one in pair)
    assert desk.get(inner).ends("parent") == (outer,)


def test_both_frames_at_once(desk: Any) -> None:
    outer, inner = nested(desk)
    desk.one_step(lambda: desk.project.accept([inner.id, outer.id]))
    assert desk.get(desk.get(inner.id).became).ends("parent") == (desk.get(outer.id).became,)


def test_what_a_narrower_scheme_lacks_is_left_out(desk: Any) -> None:
    odd = desk.suggested("CLAIM", "“It is safe,”", attributes={"form": "direct", "loudness": "high"})
    frame = desk.suggested_frame("ATTRIBUTION", ("claim", odd), ("echo", odd), attributes={"mood": "x"})
    desk.propose(odd, frame)
    desk.project.accept([frame.id])
    (made,) = desk.content().frames
    assert [end.role for end in made.roles] == ["claim"]
    assert made.attributes == {}
    assert desk.content().spans[0].attributes == {"form": "direct"}


def test_rejecting_a_frame_takes_its_own_parts_along(desk: Any) -> None:
    frame, spans = proposal(desk)
    other = desk.suggested_frame("ATTRIBUTION", ("claim", spans["claim"]))
    desk.propose(other, *spans.values(), frame)
    frame = next(one for one in desk.content().suggested_frames if len(one.roles) == 3)
    desk.one_step(lambda: desk.project.reject([frame.id]))
    kept = [one.label for one in desk.content().suggested_spans if one.state == "open"]
    assert kept == ["CLAIM"]
    assert desk.project.reject([frame.id]).changes == ()


def test_rejecting_what_was_accepted(desk: Any) -> None:
    one = desk.suggested("PERSON", "Ada Quist")
    desk.propose(one)
    desk.project.accept([one.id])
    desk.refuses("has been accepted", lambda: desk.project.reject([one.id]))


def test_reopening(desk: Any) -> None:
    frame, _ = proposal(desk)
    desk.project.reject([frame.id])
    assert states(desk) == {"rejected": 4}
    desk.one_step(lambda: desk.project.reopen([frame.id]))
    assert states(desk) == {"open": 4}
    desk.project.accept([frame.id])
    desk.one_step(lambda: desk.project.reopen([frame.id]))
    assert desk.content().frames == ()
    assert states(desk) == {"open": 1, "accepted": 3}
    assert desk.project.reopen([frame.id]).changes == ()


def test_accepting_again_what_was_removed(desk: Any) -> None:
    one = desk.suggested("PERSON", "Ada Quist")
    desk.propose(one)
    desk.project.accept([one.id])
    desk.project.remove([desk.get(one.id).became])
    desk.one_step(lambda: desk.project.accept([one.id]))
    assert [span.id for span in desk.content().spans] == [desk.get(one.id).became]


def test_suggestions_that_are_refused(desk: Any) -> None:
    desk.refuses("This suggestion is not", lambda: desk.project.accept([new_id()]))
    desk.refuses("This suggestion is not", lambda: desk.project.reject([new_id()]))
    desk.refuses("This suggestion is not", lambda: desk.project.reopen([new_id()]))
    wrong = desk.suggested("CLAIM", "said")
    frame = desk.suggested_frame("ATTRIBUTION", ("cue", wrong))
    desk.propose(wrong, frame)
    desk.refuses("a CLAIM span cannot be the cue", lambda: desk.project.accept([frame.id]))
    assert desk.project.accept([]).changes == ()


def test_labels_that_the_scheme_lacks_are_not_proposed(desk: Any) -> None:
    desk.propose(desk.suggested("PLANET", "Radio Six"), desk.suggested("ORG", "Radio Six"))
    assert [one.label for one in desk.content().suggested_spans] == ["ORG"]


def test_open_suggestions_of_the_same_suggester_are_replaced(desk: Any) -> None:
    proposal(desk)
    others = desk.suggested("ORG", "Radio Six", suggester="names")
    desk.propose(others)
    again = desk.suggested("PERSON", "Ada Quist")
    desk.one_step(lambda: desk.propose(again))
    assert [one.id for one in desk.content().suggested_spans] == [again.id, others.id]
    assert desk.content().suggested_frames == ()


def test_suggesters_are_told_apart_by_their_whole_names(desk: Any) -> None:
    names = ("built-in entities 1", "built-in attributions 1", "sample", "built-in entities 2")
    for label, name in zip(("ORG", "CUE", "EVENT", "PERSON"), names, strict=True):
        desk.propose(desk.suggested(label, "Radio Six", suggester=name))
    assert {one.suggester for one in desk.content().suggested_spans} == set(names[1:])


def test_an_article_without_proposals_loses_its_open_ones(desk: Any) -> None:
    old = desk.suggested("ORG", "Radio Six", article=desk.copy)
    desk.propose(old, desk.suggested("PERSON", "Ada Quist"))
    new = desk.suggested("PERSON", "Ada Quist", suggester="rules 2")
    desk.propose(new, looked_at=(desk.bridge, desk.copy))
    assert desk.content(desk.copy).suggested_spans == ()
    assert [one.id for one in desk.content().suggested_spans] == [new.id]
    desk.propose(looked_at=(desk.bridge,))
    assert desk.content().suggested_spans == ()


def test_what_was_decided_is_not_proposed_again(desk: Any) -> None:
    frame, spans = proposal(desk)
    person, org = desk.suggested("PERSON", "Ada Quist"), desk.suggested("ORG", "Radio Six", suggester="names")
    desk.propose(person, *spans.values(), frame)
    frame = desk.content().suggested_frames[0]
    desk.project.reject([person.id])
    desk.project.accept([frame.id])
    desk.propose(org)
    before = desk.everything()["suggested"]
    proposal(desk)
    desk.propose(desk.suggested("PERSON", "Ada Quist"))
    desk.propose(desk.suggested("ORG", "Radio Six"))
    assert desk.everything()["suggested"] == before


def test_a_rejected_frame_is_known_again_although_a_part_is_shared(desk: Any) -> None:
    cue = desk.suggested("CUE", "said")
    claims = [desk.suggested("CLAIM", "“It is safe,”"), desk.suggested("CLAIM", "it stays open")]
    frames = [desk.suggested_frame("ATTRIBUTION", ("cue", cue), ("claim", one)) for one in claims]
    desk.propose(cue, *claims, *frames)
    desk.project.reject([frames[0].id])
    assert desk.get(cue.id).state == "open"
    fresh_cue, fresh_claims = (
        desk.suggested("CUE", "said"),
        [
            desk.suggested("CLAIM", "“It is safe,”"),
            desk.suggested("CLAIM", "it stays open"),
        ],
    )
    again = [desk.suggested_frame("ATTRIBUTION", ("cue", fresh_cue), ("claim", one)) for one in fresh_claims]
    desk.propose(fresh_cue, *fresh_claims, *again)
    content = desk.content()
    assert [one.state for one in content.suggested_frames] == ["rejected", "open"]
    assert sum(one.label == "CUE" for one in content.suggested_spans) == 1
    assert RoleEnd("cue", "span", cue.id) in content.suggested_frames[1].roles


def test_a_new_frame_of_decided_spans_points_to_what_they_became(desk: Any) -> None:
    claim = desk.suggested("CLAIM", "“It is safe,”")
    desk.propose(claim)
    desk.project.accept([claim.id])
    (span,) = desk.content().spans
    again, cue = desk.suggested("CLAIM", "“It is safe,”"), desk.suggested("CUE", "said")
    desk.propose(again, cue, desk.suggested_frame("ATTRIBUTION", ("claim", again), ("cue", cue)))
    (frame,) = desk.content().suggested_frames
    assert RoleEnd("claim", "span", span.id) in frame.roles
    desk.one_step(lambda: desk.project.accept([frame.id]))
    assert desk.content().frames[0].ends("claim") == (span.id,)


def test_hand_made_spans_are_not_proposed(desk: Any) -> None:
    desk.span("PERSON", "Ada Quist")
    desk.propose(desk.suggested("PERSON", "Ada Quist"), desk.suggested("PERSON", "Quist"))
    assert [one.fragments for one in desk.content().suggested_spans] == [(desk.at("Quist"),)]


def test_automatic_suggestions_are_no_step(desk: Any) -> None:
    desk.propose(desk.suggested("ORG", "Radio Six"), undoable=False)
    assert desk.project.undo_name() == "Import 3 articles"
    assert desk.project.counts().suggestions == 1
