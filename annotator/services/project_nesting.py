"""What a change of words or a new attribution means for those that lie inside others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.model.changes import Add, Edit, Remove, Replace
from annotator.model.ids import Id
from annotator.model.nesting import WORDS, led_anew
from annotator.model.records import ArticleContent, Frame, Span
from annotator.services.project_ground import Ground

_MOST = 50


def nested(ground: Ground, edits: Sequence[Edit]) -> list[Edit]:
    """Return edits of one article with the links to outer attributions that follow from them.

    Of many edits none follow: they are no correction of a word here and there.
    """
    if len(edits) > _MOST:
        return [*edits]
    labels = {ground.scheme.named(one) for one in ("CLAIM", "CUE")}
    parts = {
        edit.record.id for edit in edits if isinstance(edit.record, Span) and edit.record.label in labels
    }
    frames = {edit.record.id for edit in edits if isinstance(edit.record, Frame) and _is_told(ground, edit)}
    changed = parts and any(isinstance(edit, Replace) and edit.record.id in parts for edit in edits)
    article = next((one.record.article for one in edits if isinstance(one.record, Span | Frame)), None)
    if article is None or not (frames or changed):
        return [*edits]
    before = ground.content(article)
    after = _after(before, edits)
    frames |= {one.id for one in after.frames if any(end.end in parts for end in one.roles)}
    return _with(ground, before, after, edits, frames)


def _is_told(ground: Ground, edit: Edit) -> bool:
    """Tell whether an edit gives a frame another claim or cue."""
    if not isinstance(edit.record, Frame) or isinstance(edit, Remove):
        return False
    was = ground.store.get(Frame, edit.record.id)
    return any(edit.record.ends(role) != (was.ends(role) if was else ()) for role in WORDS)


def _with(
    ground: Ground, before: ArticleContent, after: ArticleContent, edits: Sequence[Edit], frames: set[Id]
) -> list[Edit]:
    found = {one.id: one for one in led_anew(before, after, ground.scheme, frames, ground.annotator)}
    written = [replace(edit, record=found.pop(edit.record.id, edit.record)) for edit in edits]
    return [*written, *map(Replace, found.values())]


def _after(content: ArticleContent, edits: Sequence[Edit]) -> ArticleContent:
    """Return an article as it is after edits of its spans and frames."""
    spans = {one.id: one for one in content.spans}
    frames = {one.id: one for one in content.frames}
    for edit in edits:
        record = edit.record
        if isinstance(edit, Add | Replace) and isinstance(record, Span):
            spans[record.id] = record
        elif isinstance(edit, Add | Replace) and isinstance(record, Frame):
            frames[record.id] = record
        else:
            spans.pop(record.id, None)
            frames.pop(record.id, None)
    return replace(content, spans=tuple(spans.values()), frames=tuple(frames.values()))
