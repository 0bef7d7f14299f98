"""Who may stand where on what: pairs of an attribution and something said, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.model.cue_words import takes_side
from annotator.model.ids import Id
from annotator.model.records import ArticleContent, Frame, RoleEnd, Span
from annotator.ui import looking

_BREAKS = 2
"""Paragraph breaks between somebody's words and those of another that they may answer."""


@dataclass(frozen=True, slots=True)
class Side:
    """A stance that may be taken: by the source of which attribution, on what."""

    frame: Frame | None
    target: RoleEnd
    holder: Id | None = None
    """An actor who is named nowhere here, or not by the source of that attribution."""


def sides(
    content: ArticleContent, claim: str, first: RoleEnd, frame: Frame | None, *, is_pointed: bool
) -> list[Side]:
    """Return the sides that may be taken on spans of the label `claim`, the likeliest first.

    Who only speaks takes no side on the own words, but on those of others: told inside them, in the words
    of whoever tells of this one, or said right before.  Who denies or doubts does so of the own claim,
    unless it is but a word ("that").  A claim that is pointed at comes first.
    """
    claims = {one.id: one for one in content.spans if one.label == claim}
    here = claims.get(first.end)
    own = [Side(frame, first)]
    if here is None:
        return own
    inner = [Side(frame, _on(one)) for one in _inside(here, claims.values())]
    rest = sorted(claims.values(), key=lambda one: max(one.start - here.end, here.start - one.end, 0))
    far = [Side(frame, _on(one)) for one in rest]
    if frame is None or is_pointed:
        found = [*own, *inner, *far]
    else:
        outer = [Side(one, first) for one in _tellers(content, frame)]
        before = [Side(frame, _on(one)) for one in _answered(content, frame, here, claims.values())]
        if not takes_side(_words(content, frame, "cue")):
            found = [*inner, *outer, *before, *own, *far]
        elif " " in content.article.text[here.start : here.end]:
            found = [*inner, *own, *before, *outer, *far]
        else:
            found = [*before, *own, *outer, *far]
    once: dict[tuple[Id | None, Id], Side] = {}
    for one in found:
        once.setdefault((one.frame.id if one.frame is not None else None, one.target.end), one)
    return list(once.values())


def _on(claim: Span) -> RoleEnd:
    return RoleEnd("target", "span", claim.id)


def _inside(outer: Span, claims: Iterable[Span]) -> list[Span]:
    """Return the claims that lie in another one, those that lie in most others first."""
    inner = [one for one in claims if one.id != outer.id and _holds(outer, one)]
    return sorted(inner, key=lambda one: (-sum(_holds(other, one) for other in inner), one.start))


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _tellers(content: ArticleContent, frame: Frame) -> list[Frame]:
    """Return the attributions in whose claims one is made: the nearest, the outermost, those between."""
    frames = {one.id: one for one in content.frames}
    found: list[Frame] = []
    parent = frames.get(next(iter(frame.ends("parent")), frame.id))
    while parent is not None and parent.id != frame.id and parent not in found:
        found.append(parent)
        parent = frames.get(next(iter(parent.ends("parent")), frame.id))
    return [*found[:1], *reversed(found[1:])]


def _answered(content: ArticleContent, frame: Frame, here: Span, claims: Iterable[Span]) -> Sequence[Span]:
    """Return the claims of the last one who spoke shortly before: what is told in them, the latest first."""
    who, text = _words(content, frame, "source"), content.article.text
    start = min((looking.place_of(content, frame), here.start))
    earlier = [
        one
        for one in claims
        if one.end <= start and any(_words(content, by, "source") != who for by in _by(content, one))
    ]
    last = max(earlier, key=lambda one: (one.end, one.end - one.start), default=None)
    if last is None or text[last.end : start].count("\n\n") > _BREAKS:
        return ()
    inner = sorted(_inside(last, earlier), key=lambda one: -one.start)
    return (*inner, last)


def _by(content: ArticleContent, claim: Span) -> list[Frame]:
    return [one for one in content.frames if claim.id in one.ends("claim")]


def _words(content: ArticleContent, frame: Frame, role: str) -> str:
    ends: Sequence[Id] = frame.ends(role)
    return " ".join(content.article.text[one.start : one.end] for one in content.spans if one.id in ends)
