"""Which attribution lies inside which: the innermost one in whose claim it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from annotator.model.ids import Id
from annotator.model.records import ArticleContent, Fragment, Frame, RoleEnd, Span
from annotator.model.rules import PARENT, comes_back
from annotator.model.scheme import Scheme

WORDS = ("claim", "cue")
"""Roles whose words say where an attribution is."""


def outer_ends(
    content: ArticleContent, scheme: Scheme, claim: Sequence[Fragment], cue: Sequence[Fragment]
) -> list[RoleEnd]:
    """Return the link of an attribution with these words to the innermost one in whose claim it is made."""
    label, claim_label = scheme.meant("ATTRIBUTION"), scheme.named("CLAIM")
    words = cue or claim
    if label is None or label.role(PARENT) is None or not words:
        return []
    around = [
        one
        for one in content.spans
        if one.label == claim_label and tuple(one.fragments) != tuple(claim) and _holds(one, words)
    ]
    around.sort(key=lambda one: one.end - one.start)
    told = [one for one in content.frames if one.label == label.name] if around else []
    outer = next((frame for one in around for frame in told if one.id in frame.ends("claim")), None)
    return [RoleEnd(PARENT, "frame", outer.id)] if outer is not None else []


def led_anew(
    before: ArticleContent, after: ArticleContent, scheme: Scheme, changed: Iterable[Id], annotator: Id
) -> Iterator[Frame]:
    """Yield own attributions whose outer one is another after a change, linked to that one.

    These are those that changed themselves, and those inside them. A link that a person set otherwise
    than the words have it stays. No link leads round in a circle, where two lie in each other's claims.
    """
    label, ids = scheme.named("ATTRIBUTION"), set(changed)
    was, there = ({one.id: one for one in content.frames} for content in (before, after))
    mine = [one for one in after.frames if (one.label, one.annotator) == (label, annotator)]
    told = {end for one in (*mine, *before.frames) if one.id in ids for end in one.ends("claim")}
    claims = [one for one in (*before.spans, *after.spans) if one.id in told]
    for frame in mine:
        if frame.id not in was:
            continue
        claim, cue = _words(after, frame)
        if frame.id not in ids and not any(_holds(one, cue or claim) for one in claims if cue or claim):
            continue
        old = outer_ends(before, scheme, *_words(before, was[frame.id]))
        new = [end for end in outer_ends(after, scheme, claim, cue) if end.end != frame.id]
        now = [end for end in frame.roles if end.role == PARENT]
        if now == old != new:
            rest = tuple(end for end in frame.roles if end.role != PARENT)
            led = replace(frame, roles=(*rest, *new))
            if comes_back(led, PARENT, lambda _, one: there.get(one)):
                led = replace(frame, roles=rest)
            there[frame.id] = led
            yield led


def _words(content: ArticleContent, frame: Frame) -> tuple[Sequence[Fragment], Sequence[Fragment]]:
    """Return where the claim and the cue of an attribution are."""
    places = {one.id: one.fragments for one in content.spans}
    claim, cue = (next((places[end] for end in frame.ends(role) if end in places), ()) for role in WORDS)
    return claim, cue


def _holds(span: Span, words: Sequence[Fragment]) -> bool:
    """Tell whether words lie in one fragment of a span."""
    first, last = min(words).start, max(piece.end for piece in words)
    return any(piece.start <= first and last <= piece.end for piece in span.fragments)
