"""Reads labels that bear a number (B-source-3): what bears the same one belongs together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from annotator.model.formats import Draft
from annotator.model.marks import EndMark, FrameMark, Marks, SpanMark

_NUMBERED = re.compile(r"(.*[^\W\d_])[-_.:]([0-9]+)")
_PARTS = {"source": "Source", "cue": "Cue", "content": "Content", "claim": "Content"}
"""Parts of an attribution, as PolNeAR calls them."""
NUMBERS = "labels bear numbers: what bears the same one was taken for one span, or for one attribution"


def without_numbers(draft: Draft, known_as: Mapping[str, str]) -> Draft | None:
    """Return an article whose labels all bear numbers without these; None for any other.

    Stretches of one label and number are pieces of one span; source, cue and content of one number are an
    attribution.
    """
    spans = draft.marks.spans if draft.marks else ()
    found = [(_NUMBERED.fullmatch(one.label), one) for one in spans]
    if not found or not all(match for match, _ in found):
        return None
    by_number: dict[str, dict[str, SpanMark]] = {}
    for match, one in found:
        if match is None:
            continue
        label, number = match[1], match[2]
        label = _PARTS.get(label.lower(), label)
        before = by_number.setdefault(number, {}).get(label)
        pieces = (*(before.fragments if before else ()), *one.fragments)
        # Of a stretch in pieces, the words are not told together.
        mark = one if before is None else before._replace(quote=None)
        by_number[number][label] = mark._replace(label=label, fragments=pieces)
    if len(by_number) == len(found) == 1:
        return None
    frames = [
        FrameMark(f"number {number}", "Attribution", tuple(EndMark(part, one.key) for part, one in ends))
        for number, parts in by_number.items()
        if len(ends := [(part, one) for part, one in parts.items() if part in _PARTS.values()]) > 1
    ]
    every = [one for parts in by_number.values() for one in parts.values()]
    marks = Marks(every, frames, known_as=known_as if frames else {})
    return replace(draft, marks=marks, notes=(*draft.notes, NUMBERS))
