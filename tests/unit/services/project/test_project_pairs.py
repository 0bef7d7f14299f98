"""Actors who may be one: proposed, merged with all that points to them in one step, or kept apart."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, new_id
from annotator.model.records import Actor, RoleEnd, SuggestedFrame


def made(desk: Any, name: str, kind: str = "person") -> Id:
    changes = desk.project.add_actor(name, kind)
    return next(one.record.id for one in changes.changes if isinstance(one.record, Actor))


@pytest.fixture
def two(desk: Any) -> tuple[Id, Id]:
    return made(desk, "Ada Quist"), made(desk, "Quist")


def test_pairs_are_proposed_with_the_reason(desk: Any, two: tuple[Id, Id]) -> None:
    (pair,) = desk.project.pairs.proposed()
    assert (pair.kept.id, pair.other.id) == two
    assert pair.reason == "the same surname: Quist"


def test_merging_moves_mentions_and_roles_in_one_step(desk: Any, two: tuple[Id, Id]) -> None:
    kept, other = two
    here = desk.span("SOURCE", "Mayor Ada Quist", actor=other)
    there = desk.span("SOURCE", "Mayor Ada Quist", article=desk.copy, actor=other)
    claim = desk.span("CLAIM", "It is safe")
    implied = desk.frame("ATTRIBUTION", ("claim", claim), ("implicit_source", other))
    stance = desk.frame("STANCE", ("holder", other), ("target", claim), attributes={"value": "support"})
    changes = desk.one_step(lambda: desk.project.pairs.merge(kept, other))
    assert changes.operation == "Merge actors"
    assert desk.get(other) is None
    assert desk.get(kept).aliases == ("Quist",)
    assert desk.get(here).actor == desk.get(there).actor == kept
    assert desk.get(implied).ends("implicit_source") == desk.get(stance).ends("holder") == (kept,)
    assert desk.project.spans_with(actor=kept)
    assert desk.project.pairs.proposed() == ()
    assert "Merge actors" in [one.name for one in desk.project.history()]


def test_a_role_that_both_filled_is_filled_once(desk: Any, two: tuple[Id, Id]) -> None:
    kept, other = two
    claim = desk.span("CLAIM", "It is safe")
    frame = desk.frame("STANCE", ("holder", kept), ("target", other), attributes={"value": "deny"})
    desk.project.pairs.merge(kept, other)
    assert desk.get(frame).roles == (RoleEnd("holder", "actor", kept), RoleEnd("target", "actor", kept))
    assert desk.get(claim) is not None


def test_suggested_frames_follow(desk: Any, two: tuple[Id, Id]) -> None:
    kept, other = two
    roles = (RoleEnd("implicit_source", "actor", other),)
    proposed = SuggestedFrame(new_id(), desk.bridge, "ATTRIBUTION", roles, 0.8, "rules 1", "why", 1)
    desk.propose(proposed)
    desk.one_step(lambda: desk.project.pairs.merge(kept, other))
    assert desk.get(proposed.id).roles == (RoleEnd("implicit_source", "actor", kept),)


def test_what_is_kept_apart_stays_apart_also_after_a_restart(desk: Any, two: tuple[Id, Id]) -> None:
    changes = desk.project.pairs.keep_apart(*two)
    assert changes.operation == "Keep actors apart"
    assert desk.project.pairs.proposed() == ()
    desk.reopen()
    assert desk.project.pairs.proposed() == ()


def test_keeping_apart_can_be_taken_back(desk: Any, two: tuple[Id, Id]) -> None:
    desk.project.pairs.keep_apart(*reversed(two))
    desk.project.undo()
    assert len(desk.project.pairs.proposed()) == 1
    desk.project.redo()
    assert desk.project.pairs.proposed() == ()


def test_an_author_and_oneself_are_not_merged(desk: Any, two: tuple[Id, Id]) -> None:
    desk.project.author_of(desk.bridge)
    author = next(one.id for one in desk.project.actors() if one.kind == "author")
    for one, other in ((two[0], author), (author, two[0]), (two[0], two[0])):
        with pytest.raises(NotAllowed):
            desk.project.pairs.merge(one, other)
