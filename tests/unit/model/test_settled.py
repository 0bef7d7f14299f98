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


def test_decided_frames_and_parts_that_are_gone_stay_as_they_are() -> None:
    decided = replace(CONTENT, suggested_frames=(replace(STANCE, state="rejected"),))
    assert settled(decided).suggested_frames == decided.suggested_frames
    gone = replace(CONTENT, spans=())
    assert settled(gone) is gone
