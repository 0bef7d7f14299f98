"""Sources that the text does not name: the author, somebody unnamed, not said; each one step."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.model.errors import NotAllowed
from annotator.model.ids import new_id


@pytest.mark.parametrize(
    ("who", "kind"), [("author", "author"), ("unnamed", "person_unnamed"), ("not said", "unspecified")]
)
def test_actor_and_link_are_one_step(desk: Any, who: str, kind: str) -> None:
    claim = desk.span("CLAIM", "“It is safe,”")
    frame = desk.frame("ATTRIBUTION", ("claim", claim))
    project = desk.project
    before = len(project.actors())
    desk.one_step(lambda: project.add_implicit_source(frame, who))
    (actor,) = desk.get(frame).ends("implicit_source")
    assert next(one for one in project.actors() if one.id == actor).kind == kind
    project.undo()
    assert desk.get(frame).ends("implicit_source") == ()
    assert len(project.actors()) == before


@pytest.mark.parametrize("who", ["author", "unnamed"])
def test_the_same_actor_serves_again(desk: Any, who: str) -> None:
    frames = [
        desk.frame("ATTRIBUTION", ("claim", desk.span("CLAIM", words)))
        for words in ("It is safe", "it stays open")
    ]
    for frame in frames:
        desk.project.add_implicit_source(frame, who)
    first, second = (desk.get(frame).ends("implicit_source") for frame in frames)
    assert first == second


def test_a_second_one_is_refused(desk: Any) -> None:
    frame = desk.frame("ATTRIBUTION", ("claim", desk.span("CLAIM", "It is safe")))
    desk.project.add_implicit_source(frame, "unnamed")
    with pytest.raises(NotAllowed):
        desk.project.add_implicit_source(frame, "author")
    with pytest.raises(NotAllowed):
        desk.project.add_implicit_source(new_id(), "author")


def test_it_takes_the_place_of_words(desk: Any) -> None:
    claim, source = desk.span("CLAIM", "“It is safe,”"), desk.span("SOURCE", "It")
    frame = desk.frame("ATTRIBUTION", ("claim", claim), ("source", source))
    desk.one_step(lambda: desk.project.add_implicit_source(frame, "not said"))
    assert desk.get(frame).ends("source") == ()
    assert source not in {one.id for one in desk.content().spans}


def test_words_that_another_frame_holds_stay(desk: Any) -> None:
    source = desk.span("SOURCE", "It")
    first, second = (
        desk.frame("ATTRIBUTION", ("claim", desk.span("CLAIM", words)), ("source", source))
        for words in ("It is safe", "it stays open")
    )
    desk.project.add_implicit_source(first, "unnamed")
    assert desk.get(first).ends("source") == ()
    assert desk.get(second).ends("source") == (source,)
