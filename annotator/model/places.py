"""Where the next quotation, word of speaking or name stands: the places that keys jump to.

No search looks at more than a few pages, so that it answers at once in a text of any length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from annotator.model.cue_words import find_cues, lexicon
from annotator.model.records import Fragment
from annotator.model.units import TextUnits

Find = Callable[[TextUnits, int], Iterable[Fragment]]
_SECTIONS = 8
"""Sections that one search looks at."""
_SAID = 2
"""White spaces in a quotation that is more than a word at arm's length."""


def jump(units: TextUnits, find: Find, offset: int, step: int) -> Fragment | None:
    """Return the next (step 1) or previous (step -1) place of a kind, as seen from `offset`."""
    for one in places(units, find, offset, step):
        if (one.start > offset) if step > 0 else (one.start < offset):
            return one
    return None


def places(units: TextUnits, find: Find, offset: int, step: int) -> Iterator[Fragment]:
    """Yield the places of a kind from the section at `offset` on, or backwards."""
    if not units.starts:
        return
    first = units.section_at(offset)
    last = min(first + _SECTIONS, len(units.starts)) if step > 0 else max(first - _SECTIONS, -1)
    for section in range(first, last, step):
        yield from sorted(find(units, section), reverse=step < 0)


def quotations(units: TextUnits, section: int) -> Iterator[Fragment]:
    """Yield the first word of each quotation that is more than a word or two at arm's length."""
    for one in units.quotations_at(units.starts[section]):
        if units.text[one.start : one.end].count(" ") >= _SAID:
            yield _first_word(units, one)


def cues(units: TextUnits, section: int) -> Iterator[Fragment]:
    """Yield the words that show that somebody speaks."""
    tokens = [Fragment(*one) for one in units.tokens(section)]
    return (one.verb for one in find_cues(units.text, tokens))


def names(units: TextUnits, section: int) -> Iterator[Fragment]:
    """Yield the runs of capitalised words and numbers that may be names, dates or amounts."""
    end = -1
    for one in units.tokens(section):
        if one[0] < end or not _may_be_name(units.text[slice(*one)]):
            continue
        found = units.name_at(one[0])
        end = found.end
        if found.end > one[1] or not _is_plain(units, one):
            yield found


def _first_word(units: TextUnits, quotation: Fragment) -> Fragment:
    token = units.next_token(quotation.start)
    return token if token is not None and token.end <= quotation.end else quotation


def _may_be_name(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()


def _is_plain(units: TextUnits, token: tuple[int, int]) -> bool:
    """Tell whether a word is written with a capital only because a sentence or a quotation begins."""
    known, word = lexicon(), units.text[slice(*token)].lower()
    return word in known.determiners | known.pronouns | known.openers | known.beside | known.breaks
