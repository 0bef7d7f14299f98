"""Suggestions as they stand after some were decided: what waits points to what others became."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from annotator.model.ids import Id
from annotator.model.records import ArticleContent, RoleEnd, SuggestedFrame, SuggestedSpan


def settled(content: ArticleContent) -> ArticleContent:
    """Return an article whose open suggested frames show what accepting them would make.

    Accepted parts are what these became, so that a stance still shows its claim once the attribution of that
    claim was accepted; those that were removed again are open; rejected ones are left out.  A rejected frame
    keeps its rejected parts, by which it is known again.
    """
    both: tuple[SuggestedSpan | SuggestedFrame, ...] = (*content.suggested_spans, *content.suggested_frames)
    decided = {one.id: one for one in both if one.state != "open"}
    if not decided:
        return content
    stored = {one.id for one in content.spans} | {one.id for one in content.frames}
    removed: set[Id] = set()

    def _ends(frame: SuggestedFrame) -> Iterator[RoleEnd]:
        for end in frame.roles:
            part = decided.get(end.end)
            if part is None or (part.state == "rejected" and frame.state == "rejected"):
                yield end
            elif part.state == "accepted" and part.became in stored and part.became is not None:
                yield end._replace(end=part.became)
            elif part.state == "accepted" and frame.state == "open" and isinstance(part, SuggestedSpan):
                removed.add(part.id)
                yield end

    def _shown(frame: SuggestedFrame) -> SuggestedFrame:
        is_touched = frame.state != "accepted" and any(end.end in decided for end in frame.roles)
        return replace(frame, roles=tuple(_ends(frame))) if is_touched else frame

    frames = tuple(map(_shown, content.suggested_frames))
    spans = tuple(
        replace(one, state="open", became=None) if one.id in removed else one
        for one in content.suggested_spans
    )
    return replace(content, suggested_spans=spans, suggested_frames=frames)
