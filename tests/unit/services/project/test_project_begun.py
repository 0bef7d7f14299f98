"""An attribution that came in with nothing but its claim: a suggestion on that claim completes it."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.model.records import SuggestedFrame


def proposed(desk: Any, claim: str) -> SuggestedFrame:
    """Write the suggestion of a whole attribution, and return it as it waits."""
    names = {"claim": ("CLAIM", claim), "source": ("SOURCE", "Mayor Ada Quist"), "cue": ("CUE", "said,")}
    parts = {role: desk.suggested(label, words) for role, (label, words) in names.items()}
    frame = desk.suggested_frame("ATTRIBUTION", *parts.items())
    desk.propose(*parts.values(), frame)
    return next(one for one in desk.content().suggested_frames if one.state == "open")


@pytest.mark.parametrize("edges", ["“It is safe,”", "It is safe"])
def test_it_is_completed_and_not_made_a_second_time(desk: Any, edges: str) -> None:
    claim = desk.span("CLAIM", "“It is safe,”")
    begun = desk.frame("ATTRIBUTION", ("claim", claim), note="mine")
    one = proposed(desk, edges)
    assert [end.end for end in one.roles if end.role == "claim"] == [claim]
    desk.one_step(lambda: desk.project.accept([one.id]))
    (frame,) = desk.content().frames
    assert (frame.id, frame.ends("claim")) == (begun, (claim,))
    assert [desk.get(frame.ends(role)[0]).label for role in ("source", "cue")] == ["SOURCE", "CUE"]
    assert frame.note == "mine"
    assert proposed_again(desk, edges) == 0


def proposed_again(desk: Any, edges: str) -> int:
    """Return how many frames wait once the same is proposed anew."""
    claim, cue = desk.suggested("CLAIM", edges), desk.suggested("CUE", "said,")
    desk.propose(claim, cue, desk.suggested_frame("ATTRIBUTION", ("claim", claim), ("cue", cue)))
    return sum(one.state == "open" for one in desk.content().suggested_frames)


def test_deciding_again_leaves_what_was_there_before(desk: Any) -> None:
    begun = desk.frame("ATTRIBUTION", ("claim", desk.span("CLAIM", "“It is safe,”")))
    one = proposed(desk, "“It is safe,”")
    desk.project.accept([one.id])
    desk.project.reopen([one.id])
    assert [frame.id for frame in desk.content().frames] == [begun]
    assert desk.get(one.id).state == "open"


def test_one_that_two_suggestions_made_goes_with_the_last(desk: Any) -> None:
    alone = desk.suggested("CLAIM", "“It is safe,”")
    desk.propose(alone, desk.suggested_frame("ATTRIBUTION", ("claim", alone)))
    (first,) = desk.content().suggested_frames
    desk.project.accept([first.id])
    (begun,) = desk.content().frames
    last = proposed(desk, "“It is safe,”")
    desk.project.accept([last.id])
    desk.project.reopen([last.id])
    assert [frame.id for frame in desk.content().frames] == [begun.id]
    desk.project.reopen([first.id])
    assert desk.content().frames == ()


def test_somebody_else_s_stays_as_it_is(desk: Any) -> None:
    claim = desk.span("CLAIM", "“It is safe,”")
    begun = desk.frame("ATTRIBUTION", ("claim", claim))
    desk.project.people.work_as("Bo")
    one = proposed(desk, "“It is safe,”")
    desk.project.accept([one.id])
    assert len(desk.get(begun).roles) == 1
    assert len(desk.get(desk.get(one.id).became).roles) == 3


@pytest.mark.parametrize("role", ["source", "implicit_source"])
def test_one_with_a_source_is_another(desk: Any, role: str) -> None:
    claim, author = desk.span("CLAIM", "“It is safe,”"), desk.project.author_of(desk.bridge)
    source = author.changes[0].record.id if role == "implicit_source" else desk.span("SOURCE", "The union")
    desk.frame("ATTRIBUTION", ("claim", claim), (role, source))
    desk.project.accept([proposed(desk, "“It is safe,”").id])
    assert len(desk.content().frames) == 2
