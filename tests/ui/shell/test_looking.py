"""The order of what waits is told from one reading of the spans, however many frames wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from annotator.model.ids import Id, new_id
from annotator.model.records import Article, ArticleContent, Fragment, RoleEnd, SuggestedFrame, SuggestedSpan
from annotator.model.resources import resource
from annotator.model.scheme import Scheme, read_scheme
from annotator.ui import looking
from annotator.ui.panels.names import names_of

ARTICLE = new_id()


class Counted(tuple[Any, ...]):
    """Counts how often it is read through."""

    read = 0

    def __iter__(self) -> Iterator[Any]:
        type(self).read += 1
        return super().__iter__()


def content(frames: int) -> ArticleContent:
    ids = [new_id() for _ in range(frames)]
    spans = [
        SuggestedSpan(one, ARTICLE, "CLAIM", (Fragment(at, at + 4),), 0.9, "toy 1", "", 0)
        for at, one in enumerate(ids)
    ]
    return ArticleContent(
        Article(ARTICLE, "one", "One", "word " * frames, "0"),
        suggested_spans=Counted(spans),
        suggested_frames=tuple(map(told, reversed(ids))),
    )


def told(claim: Id) -> SuggestedFrame:
    return SuggestedFrame(
        new_id(), ARTICLE, "ATTRIBUTION", (RoleEnd("claim", "span", claim),), 0.9, "toy 1", "", 0
    )


def read_for(frames: int, scheme: Scheme) -> int:
    made = content(frames)
    Counted.read = 0
    waiting = looking.suggestions(made, scheme)
    count = Counted.read
    assert waiting == list(reversed(made.suggested_frames))
    return count


def test_many_frames_are_put_in_order_by_reading_the_spans_as_often_as_for_few() -> None:
    scheme = read_scheme(resource("schemes/default.toml"))
    assert read_for(40, scheme) == read_for(2, scheme)


def test_of_two_that_begin_together_the_outer_one_comes_first_in_walk_and_cards() -> None:
    scheme = read_scheme(resource("schemes/default.toml"))
    starts = {"inner": (0, 6, 12), "outer": (0, 40, 50), "name": (0,)}
    spans = {
        name: [
            SuggestedSpan(new_id(), ARTICLE, label, (Fragment(at, at + 4),), 0.9, "toy 1", "", 0)
            for at, label in zip(places, ("CLAIM", "SOURCE", "CUE"), strict=False)
        ]
        for name, places in starts.items()
    }
    frames = {
        name: replace(
            told(spans[name][0].id),
            roles=tuple(RoleEnd(one.label.lower(), "span", one.id) for one in spans[name]),
        )
        for name in ("inner", "outer")
    }
    made = ArticleContent(
        Article(ARTICLE, "one", "One", "word " * 20, "0"),
        suggested_spans=tuple(one for some in spans.values() for one in some),
        suggested_frames=tuple(frames.values()),
    )
    wanted = [frames["outer"].id, frames["inner"].id]
    assert [one.id for one in looking.suggestions(made, scheme)] == [*wanted, spans["name"][0].id]
    names = names_of(made, scheme)
    assert [one.id for one in sorted(frames.values(), key=names.place)] == wanted
