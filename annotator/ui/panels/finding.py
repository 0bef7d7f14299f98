"""Finding a text in an article: literally, every place, offsets in code points."""

from __future__ import annotations

import re
from itertools import islice

from annotator.model.records import Fragment

MOST = 5000


def find(text: str, wanted: str, *, case: bool = False) -> tuple[Fragment, ...]:
    """Return where `wanted` stands, taken letter by letter; at most `MOST` places."""
    if not wanted:
        return ()
    # The pattern has no operators, so it cannot run away; and matching keeps the offsets of the text,
    # which lower-casing would move.
    pattern = re.compile(re.escape(wanted), re.NOFLAG if case else re.IGNORECASE)
    return tuple(Fragment(one.start(), one.end()) for one in islice(pattern.finditer(text), MOST))


def nearest(found: tuple[Fragment, ...], caret: int) -> int:
    """Return the number of the first place at or after the caret, else of the first; -1 without any."""
    after = next((at for at, one in enumerate(found) if one.end > caret), None)
    return (0 if found else -1) if after is None else after
