"""Which words an entity label would be put on at a place: a name without its title, a date with its year."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from annotator.model.cue_words import lexicon
from annotator.model.records import Fragment
from annotator.model.units import TextUnits

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*(?:\.(?= \d))?"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
_NUMBER = (
    r"(?:\d[\d.,]*\d|\d|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|few"
    r"|a few|a couple of|dozens of|hundreds of|thousands of)"
)
_THOUSANDS = "(?:thousand|million|billion|trillion)"
_ROUGHLY = r"(?:(?:up to|about|around|nearly|almost|more than|less than|over|under|at least|some|only) )?"
_PERIOD = r"(?:day|week|month|year|decade|century|centuries|weekend)s?"
_CLOCK = r"(?:hour|minute|second|night|morning|evening|afternoon)s?"
_WHICH = r"(?:the (?:past|last|next|first|end of the|beginning of the)|last|next|this|every|each|the)"
_SHAPES: Mapping[str, re.Pattern[str]] = {
    "DATE": re.compile(
        rf"(?:{_DAY}, )?(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}\b)(?:,? \d{{4}})?|{_DAY}"
        rf"|{_ROUGHLY}(?:{_WHICH} )?(?:{_NUMBER} )?{_PERIOD}\b(?: ago| earlier| later)?"
        rf"|(?:early |late )?{_MONTH}(?: \d{{4}})?|\b(?:1[89]|20)\d\d\b|’\d\d\b|yesterday|today|tomorrow",
        re.IGNORECASE,
    ),
    "TIME": re.compile(
        rf"\d{{1,2}}(?:[:.]\d\d)? ?[ap]\.?m\.?"
        rf"|(?:{_DAY} )?{_ROUGHLY}(?:{_WHICH} )?(?:{_NUMBER} )?{_CLOCK}\b",
        re.IGNORECASE,
    ),
    "MONEY": re.compile(
        rf"{_ROUGHLY}[$€£¥](?:\d[\d.,]*\d|\d)(?: {_THOUSANDS})?"
        rf"|{_ROUGHLY}{_NUMBER}(?: {_THOUSANDS})? (?:euro|dollar|pound|cent|franc)s?\b",
        re.IGNORECASE,
    ),
    "PERCENT": re.compile(rf"{_ROUGHLY}{_NUMBER}(?:%| ?per ?cent\b| percent\b)", re.IGNORECASE),
    "QUANTITY": re.compile(rf"{_ROUGHLY}{_NUMBER} \w+", re.IGNORECASE),
    "CARDINAL": re.compile(rf"{_ROUGHLY}{_NUMBER}(?![\w%])", re.IGNORECASE),
}
_ALONE = frozenset(("NORP", "LANGUAGE"))
_OWNER = re.compile(r"['’]s$")


def mention_at(units: TextUnits, offset: int, label: str) -> Fragment:
    """Return the words at a place that an entity of this label would have."""
    shape = _SHAPES.get(label)
    shaped = _shaped(units, offset, shape) if shape is not None else None
    if shaped is not None:
        return shaped
    run = units.name_at(offset)
    tokens = [
        Fragment(*one)
        for section in units.sections_of(*run)
        for one in units.tokens(section)
        if run.start <= one[0] < run.end
    ]
    if label in _ALONE:
        here = [one for one in tokens if one.start <= offset < one.end]
        return here[0] if here else run
    return _bare(units.text, tokens, label) or run


def word_near(units: TextUnits, offset: int) -> tuple[Fragment, ...]:
    """Return the word or name at a place, or of its paragraph the one that is nearest to it."""
    start, end = units.paragraph_at(offset)
    around = (at for step in range(end - start + 1) for at in (offset - step, offset + step))
    at = next((at for at in around if start <= at < end and units.text[at].isalnum()), None)
    return (units.name_at(at),) if at is not None else ()


def _shaped(units: TextUnits, offset: int, shape: re.Pattern[str]) -> Fragment | None:
    """Return the longest stretch of a shape in the sentence that holds a place."""
    low, high = units.sentence_at(offset)
    found = [
        Fragment(*match.span())
        for match in shape.finditer(units.text, low, high)
        if match.start() <= offset < match.end()
        and not (match.start() and units.text[match.start() - 1].isalnum())
    ]
    return max(found, key=lambda one: one.end - one.start, default=None)


def _bare(text: str, tokens: Sequence[Fragment], label: str) -> Fragment | None:
    """Return a name without an article before it, without titles if it is a person's, without 's."""
    known = lexicon()
    words = [text[one.start : one.end] for one in tokens]
    first, last = 0, len(tokens)
    while last > 1 and _OWNER.match(words[last - 1]):
        last -= 1
    if label == "PERSON":
        titles = [at for at in range(last - 1) if words[at].lower() in known.titles]
        first = titles[-1] + 1 if titles else 0
    while first < last - 1 and words[first].lower() in known.determiners | known.placing:
        first += 1
    return Fragment(tokens[first].start, tokens[last - 1].end) if tokens else None
