"""The inner view of what somebody says: no quotation marks around it, no "that" or "whether" before it."""

from __future__ import annotations

import re

from annotator.model.records import Fragment
from annotator.model.tokens import quotation_bounds

# In small letters: "That" may be the subject of a sentence.
_OPENING = re.compile(r"(?:that|whether)\s+(?=\S)")


def inner_fragments(text: str, fragments: tuple[Fragment, ...]) -> tuple[Fragment, ...]:
    """Return fragments without what only opens and closes them; never an empty one."""
    first, *rest = fragments
    return (_unquoted(text, _without_opening(text, first)), *(_unquoted(text, one) for one in rest))


def _without_opening(text: str, fragment: Fragment) -> Fragment:
    found = _OPENING.match(text, fragment.start, fragment.end)
    return Fragment(found.end(), fragment.end) if found else fragment


def _unquoted(text: str, fragment: Fragment) -> Fragment:
    start, end = fragment
    bounds = quotation_bounds(text[start:end])
    # Only where one pair of marks is around it all: “a” and “b” stays as it is.
    if bounds != [(0, end - start)] or text[end - 1].isalnum():
        return fragment
    inner = Fragment(start + 1, end - 1)
    return inner if text[inner.start : inner.end].strip() else fragment
