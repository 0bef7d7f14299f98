"""What waits points to what was made of other suggestions."""

from __future__ import annotations

from dataclasses import replace

from annotator.model.ids import new_id
from annotator.model.records import (
    Article,
    ArticleContent,
    Fragment,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.settled import settled

ARTICLE = Article(new_id(), "a", "A", "Some text here.", "0")
MADE = Span(new_id(), ARTICLE.id, "CLAIM", (Fragment(0, 4),), new_id(), 0)
PART = SuggestedSpan(
    new_id(), ARTICLE.id, "CLAIM", (Fragment(0, 4),), 0.9, "toy 1", "", 0, {}, "accepted", MADE.id
)
STANCE = SuggestedFrame(
    new_id(), ARTICLE.id, "STANCE", (RoleEnd("target", "span", PART.id),), 0.9, "toy 1", "", 0
)
CONTENT = ArticleContent(ARTICLE, spans=(MADE,), suggested_spans=(PART,), suggested_frames=(STANCE,))


def test_an_open_frame_points_to_what_its_part_became() -> None:
    (found,) = settled(CONTENT).suggested_frames
    assert found == replace(STANCE, roles=(RoleEnd("target", "span", MADE.id),))


def test_a_rejected_frame_points_to_what_its_part_became_and_keeps_rejected_ones() -> None:
    other = replace(PART, id=new_id(), state="rejected", became=None)
    gone = replace(PART, id=new_id(), became=new_id())
    ends = [*STANCE.roles, RoleEnd("expression", "span", other.id), RoleEnd("holder", "span", gone.id)]
    frame = replace(STANCE, state="rejected", roles=tuple(ends))
    content = replace(CONTENT, suggested_spans=(PART, other, gone), suggested_frames=(frame,))
    found = settled(content)
    assert found.suggested_frames[0].roles == (RoleEnd("target", "span", MADE.id), ends[1])
    assert found.suggested_spans == content.suggested_spans


def test_accepted_frames_stay_as_they_are_and_so_does_what_is_all_open() -> None:
    decided = replace(CONTENT, suggested_frames=(replace(STANCE, state="accepted"),))
    assert settled(decided) == decided
    waiting = replace(CONTENT, spans=(), suggested_spans=(replace(PART, state="open", became=None),))
    assert settled(waiting) is waiting


def test_a_part_that_was_removed_again_waits_with_its_frame() -> None:
    gone = settled(replace(CONTENT, spans=()))
    assert gone.suggested_frames == (STANCE,)
    assert gone.suggested_spans == (replace(PART, state="open", became=None),)
    alone = replace(CONTENT, spans=(), suggested_frames=())
    assert settled(alone).suggested_spans == (PART,)


def test_rejected_parts_and_removed_frames_are_left_out() -> None:
    other = replace(PART, id=new_id(), state="rejected", became=None)
    outer = replace(STANCE, id=new_id(), state="accepted", became=new_id())
    ends = (*STANCE.roles, RoleEnd("expression", "span", other.id), RoleEnd("parent", "frame", outer.id))
    content = replace(
        CONTENT, suggested_spans=(PART, other), suggested_frames=(replace(STANCE, roles=ends), outer)
    )
    assert settled(content).suggested_frames[0].roles == (RoleEnd("target", "span", MADE.id),)
