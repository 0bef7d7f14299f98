"""Deciding between annotators: what one of them made becomes the decided one, in one step."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from annotator.model.ids import Id
from annotator.model.job import run


@pytest.fixture
def ben(desk: Any) -> dict[str, Id]:
    """Let Ben make an attribution inside another one, and Lea be at work after him, who decides."""
    desk.project.people.work_as("Ben")
    made = {
        "inner": desk.span("CLAIM", "the bridge was sound", note="Ben's"),
        "outer": desk.span("CLAIM", "that Quist said the bridge was sound"),
        "it": desk.span("SOURCE", "It"),
        "said": desk.span("CUE", "said the bridge"),
    }
    made["chain"] = desk.frame("ATTRIBUTION", ("claim", made["outer"]), ("source", made["it"]), note="Ben's")
    made["frame"] = desk.frame(
        "ATTRIBUTION", ("claim", made["inner"]), ("cue", made["said"]), ("parent", made["chain"])
    )
    desk.project.people.work_as("Lea")
    return made


def own(desk: Any, kind: str) -> list[Any]:
    mine = desk.project.annotator.id
    content = desk.content()
    return [one for one in getattr(content, kind) if one.annotator == mine]


def decide(desk: Any, record: Id) -> Any:
    changes = desk.one_step(lambda: desk.project.people.decide_for(record))
    assert changes.operation == "Adjudicate"
    return changes


def test_a_frame_is_made_once_more_with_its_spans_and_the_first_stays(desk: Any, ben: dict[str, Id]) -> None:
    before = desk.get(ben["frame"])
    decide(desk, ben["frame"])
    (made,) = own(desk, "frames")
    assert desk.get(ben["frame"]) == before
    assert {desk.get(end.end).fragments for end in made.roles if end.kind == "span"} == {
        desk.get(ben["inner"]).fragments,
        desk.get(ben["said"]).fragments,
    }
    assert {one.id for one in own(desk, "spans")} == {end.end for end in made.roles if end.kind == "span"}
    assert made.ends("parent") == (ben["chain"],), "on which nothing is decided yet"
    assert [one.note for one in own(desk, "spans")] == ["", ""]
    assert run(desk.project.check()) == ()


def test_a_frame_inside_is_linked_to_the_one_around_it_once_that_is_decided(
    desk: Any, ben: dict[str, Id]
) -> None:
    decide(desk, ben["frame"])
    decide(desk, ben["chain"])
    inner, outer = own(desk, "frames")
    assert inner.ends("parent") == (outer.id,)
    desk.project.undo()
    desk.project.undo()
    decide(desk, ben["chain"])
    decide(desk, ben["frame"])
    outer, inner = own(desk, "frames")
    assert inner.ends("parent") == (outer.id,)


def test_own_spans_are_used_and_nothing_is_decided_twice(desk: Any, ben: dict[str, Id]) -> None:
    mine = desk.span("CLAIM", "the bridge was sound")
    decide(desk, ben["frame"])
    assert own(desk, "frames")[0].ends("claim") == (mine,)
    for one in (ben["frame"], ben["inner"], mine):
        desk.refuses("This is decided already", lambda one=one: desk.project.people.decide_for(one))
    decide(desk, ben["it"])
    assert len(own(desk, "spans")) == 3


def test_what_is_gone_is_refused(desk: Any, ben: dict[str, Id]) -> None:
    desk.project.remove([ben["frame"]])
    desk.refuses("not in the project", lambda: desk.project.people.decide_for(ben["frame"]))


def test_what_is_decided_with_other_edges_is_not_made_twice(desk: Any, ben: dict[str, Id]) -> None:
    desk.project.people.work_as("Ada")
    longer = desk.span("CLAIM", "said the bridge was sound, a clerk")
    hers = desk.frame("ATTRIBUTION", ("claim", longer), ("cue", desk.span("CUE", "said the")))
    desk.project.people.work_as("Lea")
    decide(desk, ben["frame"])
    desk.refuses("This is decided already, otherwise", lambda: desk.project.people.decide_for(hers))
    desk.refuses("This is decided already: you", lambda: desk.project.people.decide_for(ben["frame"]))
    desk.project.remove([own(desk, "frames")[0].id])
    decide(desk, hers)
    (made,) = own(desk, "frames")
    assert {desk.get(end.end).fragments for end in made.roles} == {
        desk.get(longer).fragments,
        (desk.at("said the"),),
    }


def test_an_inner_frame_is_linked_to_the_own_outer_one_with_other_edges(
    desk: Any, ben: dict[str, Id]
) -> None:
    outer = desk.span("CLAIM", "Quist said the bridge was sound")
    mine = desk.frame("ATTRIBUTION", ("claim", outer), ("source", desk.span("SOURCE", "It")))
    decide(desk, ben["frame"])
    made = next(one for one in own(desk, "frames") if one.id != mine)
    assert made.ends("parent") == (mine,)


def alike(desk: Any, chain: str, cue: str) -> None:
    """Make what Ben made, with words of its own for what is outside of it, and for the cue."""
    inner, outer = "the bridge was sound", "that Quist said the bridge was sound"
    around = desk.frame(
        "ATTRIBUTION", ("claim", desk.span("CLAIM", outer)), ("source", desk.span("SOURCE", chain))
    )
    said = desk.span("CUE", cue)
    desk.frame("ATTRIBUTION", ("claim", desk.span("CLAIM", inner)), ("cue", said), ("parent", around))
    desk.span("PERSON", "Quist")


def decide_agreed(desk: Any) -> Any:
    return desk.project.people.decide_agreed(desk.bridge)


@pytest.mark.parametrize(
    ("chain", "cue", "count"),
    [("It", "said the bridge", 2), ("It", "said the", 1), ("Quist", "said the bridge", 0)],
)
def test_all_that_everybody_made_alike_is_decided_in_one_step(
    desk: Any, ben: dict[str, Id], chain: str, cue: str, count: int
) -> None:
    desk.project.people.work_as("Ada")
    alike(desk, chain, cue)
    desk.project.people.work_as("Lea")
    desk.project.people.set_adjudicators({desk.project.annotator.id})
    agree = partial(decide_agreed, desk)
    if not count:
        desk.refuses("Nothing is left here", agree)
        return
    assert desk.one_step(agree).operation == "Adjudicate where all agree"
    made = own(desk, "frames")
    assert len(made) == count, "the one inside is another one where the one around it is"
    assert [one.ends("parent") for one in made if one.ends("parent")] == (
        [(made[0].id,)] if count == 2 else []
    )
    assert {one.label for one in own(desk, "spans")} == {"CLAIM", "SOURCE", *(["CUE"] if count == 2 else [])}
    desk.refuses("Nothing is left here", agree)
    assert run(desk.project.check()) == ()


def test_spans_outside_of_frames_and_who_found_nothing_count(desk: Any, ben: dict[str, Id]) -> None:
    for name in ("Ada", "Ben"):
        desk.project.people.work_as(name)
        desk.span("PERSON", "Quist")
    desk.project.people.work_as("Lea")
    agree = partial(decide_agreed, desk)
    desk.one_step(agree)
    assert [one.label for one in own(desk, "spans")] == ["PERSON"]
    desk.project.undo()
    desk.project.people.work_as("Cem")
    desk.project.set_reading(desk.bridge, "done")
    desk.project.people.work_as("Lea")
    desk.refuses("Nothing is left here", agree)
