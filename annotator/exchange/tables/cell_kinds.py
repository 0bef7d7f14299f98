"""Tells what cells of a table say of the text beside them: places, quoted words, tags, classes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from typing import Any

from annotator.exchange.conll.conll_lines import TAG
from annotator.exchange.conll.tags import BARE_LABEL, stretches_of
from annotator.exchange.corpora.json_shapes import shaped, worded
from annotator.exchange.record_faults import is_pair
from annotator.exchange.tables.columns import plain_name
from annotator.model.marks import SpanMark

Reader = Callable[[str, Any, str, str], list[SpanMark] | None]
"""Returns what a cell, which holds a list or None, says of a text; None where it is not of this kind.

The last thing given is the name of its column.
"""
_OF_PLACES = re.compile(r"(?:.*(?:spans?|offsets?|indices|indexes|positions?)|highlights?)")
"""What columns of bare places are called."""
_OF_WORDS = re.compile(
    r".*(?:quotes?|quotations?|claims?|mentions?|entities|spans?|rationales?|highlights?|phrases?)"
)
"""What columns of words of the text are called; those of any other may be keywords, or its sentences."""
_OF_LABELS = re.compile(
    r".*(?:entit(?:y|ies)|labels?|spans?|ner|annotations?|tags?|mentions?|outputs?|predictions?|extractions?)"
)
"""What columns of words with a label each are called."""
_OF_ONE = re.compile(r"(?!key).*(?:words?|tokens?|spans?|mentions?|entity|phrases?|chunks?|fragments?)")
"""What columns are called in which each row names words of its text, and not what it was found by."""
OF_SPAN = ("label", "tag", "category", "type", "nerlabel", "entity", "entitytype", "code")
"""Columns of what the words are that a row is of."""
MOSTLY = 0.8
"""The share of cells that have to be of a kind; the others are named."""
_LABEL_LONGEST = 60
_PLACE_WORD = re.compile(r"[\W_]*(?:spans?|offsets?|indices|indexes|positions?)$", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_IN_WORD, _NO_WORD = re.compile(r"\w"), re.compile(r"\W")


def places(_cell: str, value: Any, text: str, column: str) -> list[SpanMark] | None:
    """Read a list of places with their labels: lists, or objects of any names."""
    if isinstance(value, dict) and len(value) == 1:
        (column, value), *_ = value.items()
    are_objects = isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
    if isinstance(value, dict) or are_objects:
        made = shaped({"text": text, column: value})
        return None if made is None or made.frames else made.spans
    if not isinstance(value, list):
        return None
    found = [_placed(one, text, f"{column} {at}") for at, one in enumerate(value)]
    marks = [one for one in found if one is not None]
    return marks if len(marks) == len(found) else None


def _placed(one: Any, text: str, key: str) -> SpanMark | None:
    """Return a stretch with its label, in whatever order they stand, and with its words or without."""
    if not isinstance(one, list) or not 3 <= len(one) <= 4:
        return None
    numbers = [each for each in one if type(each) is int]
    words = [each for each in one if isinstance(each, str) and each.strip()]
    if len(numbers) != 2 or len(words) != len(one) - 2:
        return None
    start, end = numbers
    covered = text[start:end] if 0 <= start < end else ""
    labels = [each for each in words if each != covered] if len(words) > 1 else words
    return SpanMark(key, labels[0], ((start, end),)) if len(labels) == 1 else None


def pairs(_cell: str, value: Any, _text: str, column: str) -> list[SpanMark] | None:
    """Read a list of places alone: from where to where, or each character of them."""
    if not isinstance(value, list) or not _OF_PLACES.fullmatch(plain_name(column)):
        return None
    if value and all(type(one) is int for one in value):
        is_rising = all(one < other for one, other in pairwise(value))
        stretches = [*runs(value)] if is_rising else None
    else:
        stretches = [(one[0], one[1]) for one in value] if all(map(is_pair, value)) else None
    label = _label_of(column)
    if stretches is None:
        return None
    return [SpanMark(f"{column} {at}", label, (one,)) for at, one in enumerate(stretches)]


def runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield stretches of numbers that follow each other, as a start and an end."""
    for _, run in groupby(enumerate(numbers), lambda one: one[1] - one[0]):
        found = [number for _, number in run]
        yield found[0], found[-1] + 1


def _label_of(column: str) -> str:
    """Return the label of places that bear none: what their column says beside that they are places."""
    name = _PLACE_WORD.sub("", column.strip())
    return name if plain_name(name) not in ("", "char", "character", "start", "end") else BARE_LABEL


def tags(cell: str, value: Any, text: str, column: str) -> list[SpanMark] | None:
    """Read a tag for each word between blanks."""
    found = [*cell.split()] if value is None else value
    if not isinstance(found, list) or not found:
        return None
    if not all(isinstance(one, str) and TAG.fullmatch(one) for one in found):
        return None
    words = [*_WORD.finditer(text)]
    if len(words) != len(found):
        return None
    return [
        SpanMark(f"{column} {first}", label, ((words[first].start(), words[last].end()),))
        for first, last, label in stretches_of(found)
    ]


def quoted(_cell: str, value: Any, text: str, column: str) -> list[SpanMark] | None:
    """Read a list of words that stand in the text, each in one place."""
    if not isinstance(value, list) or not _OF_WORDS.fullmatch(plain_name(column)):
        return None
    if not all(isinstance(one, str) and one.strip() for one in value):
        return None
    found: list[SpanMark] = []
    for at, one in enumerate(value):
        stands = places_of(one, text)
        if len(stands) != 1:
            return None
        found.append(SpanMark(f"{column} {at}", column.strip(), (stands[0],), one))
    return found


def named(_cell: str, value: Any, text: str, column: str) -> list[SpanMark] | None:
    """Read words of the text with a label each; those that stand in several places have none."""
    is_such = isinstance(value, list | dict) and _OF_LABELS.fullmatch(plain_name(column))
    found = _named(value, text) if is_such else None
    if not found:
        return None if found is None else []
    stands = {words: places_of(words, text) for words, _ in found}
    if not any(stands.values()):
        return None
    often, made = Counter(words for words, _ in found), list[SpanMark]()
    for at, (words, label) in enumerate(found):
        places, nth = stands[words], sum(one == words for one, _ in found[:at])
        is_told = len(places) in (1, often[words])
        place = (places[nth if len(places) > 1 else 0],) if is_told else ()
        made.append(SpanMark(f"{column} {at}", label, place, words))
    return made


def _named(value: Any, text: str) -> list[tuple[str, str]] | None:
    """Return words and labels: of lists or objects with both, or of an object that has either as names."""
    if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
        return [*value.items()]
    if isinstance(value, dict):
        lists = [(label, own if isinstance(own, list) else [own]) for label, own in value.items()]
        held = [(one, label) for label, own in lists for one in own]
        return held if all(isinstance(one, str) and one.strip() for one, _ in held) else None
    pairs = [worded(one) if isinstance(one, dict) else one for one in value or ()]
    if not all(isinstance(one, list) and [*map(type, one)] == [str, str] for one in pairs):
        return None
    is_turned = sum(one[1] in text for one in pairs) > sum(one[0] in text for one in pairs)
    return [(one[1], one[0]) if is_turned else (one[0], one[1]) for one in pairs]


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """Return where words stand in a text, whatever blanks are between them."""
    wanted, (plain, begins, starts) = " ".join(words.split()), _spaced(text)
    found = [*_standing(wanted, plain, is_alone=True)] or [*_standing(wanted, plain, is_alone=False)]

    def place(at: int) -> int:
        word = bisect_right(begins, at) - 1
        return starts[word] + at - begins[word]

    return [(place(at), place(at + len(wanted) - 1) + 1) for at in found]


@lru_cache(maxsize=1)
def _spaced(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """Return a text with one blank between its words, where each begins in it, and where in the text."""
    words = [*_WORD.finditer(text)]
    begins = [*accumulate((len(one[0]) + 1 for one in words), initial=0)]
    return " ".join(one[0] for one in words), begins, [one.start() for one in words]


def _standing(wanted: str, text: str, *, is_alone: bool) -> Iterator[int]:
    """Yield where words begin in a text; alone, where no other word goes on with them."""
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        around = () if not is_alone else (text[at - 1 : at], text[end : end + 1])
        if not any(map(_IN_WORD.match, around)):
            yield at
            at = text.find(wanted, end)
        else:
            gap = _NO_WORD.search(text, at)
            at = text.find(wanted, gap.end()) if gap is not None else -1


def row_words(
    free: Mapping[str, str], rows: Sequence[Mapping[str, str]], text: str
) -> tuple[str, str] | None:
    """Return the columns of words and of their label, where each row names words that stand in its text."""
    by_plain = {one: name for name, one in free.items()}
    label = next((by_plain[one] for one in OF_SPAN if one in by_plain), "")
    some = [one for one in rows if label and one[label].strip()]
    if not some or not all(
        any(map(str.isalpha, one[label])) and len(one[label]) <= _LABEL_LONGEST for one in some
    ):
        return None
    for name, plain in free.items():
        if name != label and _OF_ONE.fullmatch(plain):
            stand = [len(places_of(one[name], one[text])) == 1 and one[name] != one[text] for one in some]
            if sum(stand) >= MOSTLY * len(some):
                return name, label
    return None


KINDS: Mapping[str, Reader] = {
    "places": places,
    "pairs": pairs,
    "tags": tags,
    "quoted": quoted,
    "named": named,
}
"""How cells may say which words of the text are labelled; the first one that fits all of them holds."""


def holds_lists(value: Any) -> bool:
    """Tell whether what a cell holds are lists or objects, and not only words or numbers."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(isinstance(one, list | dict) for one in inner)
