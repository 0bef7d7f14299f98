"""A plain model of which attribution lies inside which: the innermost one in whose claim its cue stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from annotator.model.records import Frame, RoleEnd, Span

Records = Mapping[Any, Any]


def follows(was: Frame, led: Frame, before: Records, after: Records) -> bool:
    """Tell whether an attribution may be led to another outer one, as words were before and are after."""
    return _outer(was) in _allowed(was, before) and _outer(led) in _allowed(led, after)


def without_outer(frame: Frame) -> Frame:
    """Return a frame without its link to the one around it."""
    return replace(frame, roles=tuple(end for end in frame.roles if end.role != "parent"))


def _outer(frame: Frame) -> Any:
    return next(iter(frame.ends("parent")), None)


def _allowed(frame: Frame, records: Records) -> set[Any]:
    """Return to which attributions the words may lead; None among them where they may lead to none."""
    claim, cue = (_pieces(frame, role, records) for role in ("claim", "cue"))
    words = cue or claim
    held = [
        (span.end - span.start, other.id)
        for other in records.values()
        if isinstance(other, Frame) and (other.label, other.article) == (frame.label, frame.article)
        for span in (records[end.end] for end in other.roles if end.role == "claim" and end.end in records)
        if words and isinstance(span, Span) and span.fragments != claim and _is_in(words, span)
    ]
    nearest = {one for size, one in held if size == min(held)[0]}
    circles = {one for one in nearest if _comes_back(frame, one, records)}
    return (nearest - circles) | ({None} if circles or not nearest else set())


def _pieces(frame: Frame, role: str, records: Records) -> Any:
    return next((records[end].fragments for end in frame.ends(role) if end in records), ())


def _is_in(words: Any, span: Span) -> bool:
    first, last = min(piece.start for piece in words), max(piece.end for piece in words)
    return any(piece.start <= first and last <= piece.end for piece in span.fragments)


def _comes_back(frame: Frame, outer: Any, records: Records) -> bool:
    """Tell whether a link to an outer attribution would lead back to the frame."""
    led = {**records, frame.id: replace(frame, roles=(RoleEnd("parent", "frame", outer),))}
    seen: set[Any] = set()
    while outer is not None and outer not in seen and outer != frame.id:
        seen.add(outer)
        outer = next((end for end in led[outer].ends("parent") if end in led), None)
    return outer is not None
