"""The order of what waits is told from one reading of the spans, however many frames wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from annotator.model.alike import Outline
from annotator.model.ids import Id, new_id
from annotator.model.records import (
    Article,
    ArticleContent,
    Fragment,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
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


def test_a_part_taken_with_other_edges_stands_where_these_are_in_the_walk_too() -> None:
    scheme = read_scheme(resource("schemes/default.toml"))
    made = content(4)
    taken = Span(new_id(), ARTICLE, "CLAIM", (Fragment(90, 95),), new_id(), 0)
    first = made.suggested_spans[0]
    spans = (replace(first, state="accepted", became=taken.id), *made.suggested_spans[1:])
    made = replace(made, spans=(taken,), suggested_spans=spans)
    order = looking.order_in(made, scheme)
    waiting = looking.suggestions(made, scheme)
    assert waiting == sorted(made.suggested_frames, key=order)
    assert waiting[-1].roles[0].end == first.id


def test_of_many_frames_only_those_near_are_compared_with_one_that_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made, asked = content(40), list[str]()
    outline = looking.outline

    def _counted(label: str, *parts: Any) -> Outline:
        asked.append(label)
        return outline(label, *parts)

    monkeypatch.setattr(looking, "outline", _counted)
    gone, *rest = made.suggested_frames
    again = replace(gone, id=new_id())
    assert looking.made_anew(made, replace(made, suggested_frames=(again, *rest)), gone.id) == again.id
    assert len(asked) < 10
    actor = replace(gone, roles=(), attributes={"source": "Ana"})
    bare = replace(made, suggested_frames=(actor, *rest))
    same = replace(actor, id=new_id())
    assert looking.made_anew(bare, replace(made, suggested_frames=(same, *rest)), actor.id) == same.id


def test_what_waits_is_put_in_order_once_for_many_steps(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, suggestions = list[ArticleContent](), looking.suggestions

    def _counted(content: ArticleContent, scheme: Scheme) -> Any:
        asked.append(content)
        return suggestions(content, scheme)

    monkeypatch.setattr(looking, "suggestions", _counted)
    for _ in range(4):
        desk.press(Qt.Key.Key_Tab)
    assert len(asked) == 1
    desk.press(Qt.Key.Key_Backspace)
    assert asked[1:] == [desk.content]


def test_an_attribution_of_several_claims_is_found_by_any_of_them() -> None:
    labels = (("CLAIM", 0), ("CLAIM", 20), ("SOURCE", 40))
    spans = [
        SuggestedSpan(new_id(), ARTICLE, label, (Fragment(at, at + 9),), 0.9, "toy 1", "", 0)
        for label, at in labels
    ]
    roles = tuple(RoleEnd(one.label.lower(), "span", one.id) for one in spans)
    frame = SuggestedFrame(new_id(), ARTICLE, "ATTRIBUTION", roles, 0.9, "toy 1", "", 0)
    article = Article(ARTICLE, "one", "One", "word " * 10, "0")
    here = ArticleContent(article, suggested_spans=tuple(spans), suggested_frames=(frame,))
    for start, found in ((0, frame), (20, frame), (30, None), (35, None)):
        claim = Span(new_id(), ARTICLE, "CLAIM", (Fragment(start, start + 9),), new_id(), 0)
        assert looking.suggested_for(here, claim, "ATTRIBUTION") == found
