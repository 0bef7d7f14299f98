"""What stands before a report and belongs to nothing in it: its place, its agency, a bullet, the hour."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.nlp.attributions.quotes import Quote
from annotator.nlp.lexicons import SURE, lexicon

_LONGEST = 90
_DAY = r"(?:Jan|Feb|March|April|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}"
_DATELINE = re.compile(
    r" *(?:\((?:[A-Z][\w.]{1,20} ?){1,2}\)|[A-Z][\w.,'’ ]{1,60}?(?:\([^()\n]{2,30}\) ?){1,2}"
    r"|[A-Z][A-Z.,'’ ]{2,40}(?:, [A-Z][\w.]{1,12})?(?: \([A-Z][\w ]*\))?"
    rf"(?:,? ?{_DAY})?)"
    r" ?[-–—―]{1,2} +"
    r"|[•●■▪◦‣►▶✦*] *|\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4}T)?(?::| [-–—]|(?<=\.)|(?<=m)) +"
)
_PLACE = re.compile(r" *(?P<place>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}): +(?!(?:We|Our|I|My)\b)(?=[A-Z])")
_FEWEST = 60
"""Characters of a report behind its place; a headline, where a place may speak, is shorter."""


def behind_dateline(text: str, start: int, end: int, quotes: Sequence[Quote]) -> int:
    """Return where a report begins behind its place and agency, a bullet or the hour: "Orla (CPN) - "."""
    match = _DATELINE.match(text, start, min(end, start + _LONGEST)) or _place(text, start, end)
    is_free = match is not None and not (quotes and quotes[0].start < match.end())
    return match.end() if match is not None and is_free else start


def _place(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return "MUMBAI: " before a report, but not before a headline or words of its own: "Iran: We agree"."""
    match = _PLACE.match(text, start, min(end, start + _LONGEST))
    if match is None or end - match.end() < _FEWEST or text[start:end].rstrip()[-1] not in '.”"':
        return None
    names, place = lexicon().names, match["place"]
    return match if names.get(place, names.get(place.title())) == ("GPE", SURE) else None
