"""Suggestions as they stand after some were decided: what waits points to what others became."""

from __future__ import annotations

from dataclasses import replace

from annotator.model.ids import Id
from annotator.model.records import ArticleContent, RoleEnd, SuggestedFrame, SuggestedSpan


def settled(content: ArticleContent) -> ArticleContent:
    """Return an article whose open suggested frames have accepted parts as what these became.

    So a stance still shows its claim once the attribution of that claim was accepted.
    """
    stored = {one.id for one in content.spans} | {one.id for one in content.frames}
    decided: tuple[SuggestedSpan | SuggestedFrame, ...] = (
        *content.suggested_spans,
        *content.suggested_frames,
    )
    became: dict[Id, Id] = {
        one.id: one.became
        for one in decided
        if one.state == "accepted" and one.became in stored and one.became is not None
    }
    if not became:
        return content

    def _end(end: RoleEnd) -> RoleEnd:
        return end._replace(end=became[end.end]) if end.end in became else end

    frames = tuple(
        replace(one, roles=tuple(map(_end, one.roles)))
        if one.state == "open" and any(end.end in became for end in one.roles)
        else one
        for one in content.suggested_frames
    )
    return replace(content, suggested_frames=frames)
