"""A paragraph as a learner sees it: its words, and what may tell the label of each, the rules' output too."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from annotator.model.cue_lexicon import cue_lexicon
from annotator.model.learning import Bounds, Marked
from annotator.model.suggesting import Proposals
from annotator.model.tokens import bounds_of, quotation_bounds, sentence_bounds, token_words
from annotator.model.units import paragraph_bounds

_FAR = 2
"""Words to each side of which the second one counts too, by itself."""
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: where its words stand, and where its sentences and quotations do."""

    bounds: Bounds
    words: tuple[Bounds, ...]
    text: tuple[str, ...]
    quoted: frozenset[int]
    firsts: frozenset[int]
    spoken: tuple[Bounds, ...]
    """The words without marks."""

    def numbers(self, start: int, end: int) -> range:
        """Return which words lie in a stretch of the text, as far as this paragraph has them."""
        if end <= self.bounds[0] or self.bounds[1] <= start:
            return range(0)
        first = bisect_left(self.words, start, key=lambda one: one[1] - 1)
        return range(first, bisect_left(self.words, end, lo=first, key=lambda one: one[0]))


def lines(text: str) -> list[Line]:
    """Return the paragraphs of a text that have words."""
    return [_line(text, start, end) for start, end in paragraph_bounds(text) if text[start:end].strip()]


def _line(text: str, start: int, end: int) -> Line:
    inside = text[start:end]
    found, starts = token_words(inside)
    words = tuple((start + a, start + b) for a, b in bounds_of(found, starts))
    bare = Line((start, end), words, tuple(found), frozenset(), frozenset(), ())
    quoted = frozenset(
        number for a, b in quotation_bounds(inside) for number in bare.numbers(start + a, start + b)
    )
    firsts = frozenset(
        number for a, b in sentence_bounds(inside) for number in bare.numbers(start + a, start + b)[:1]
    )
    spoken = tuple((a, b) for a, b in words if text[a].isalnum())
    return Line(bare.bounds, words, bare.text, quoted, firsts, spoken)


def outermost(proposals: Proposals) -> list[tuple[Marked, float]]:
    """Return what the rules propose with their scores, without what lies inside another attribution."""
    inner = {
        number
        for frame in proposals.frames
        if any(role == "parent" for role, _ in frame.links)
        for _, number in frame.roles
    }
    return [
        ((one.label, tuple(one.fragments)), one.score)
        for number, one in enumerate(proposals.spans)
        if number not in inner
    ]


def tags(line: Line, marked: Iterable[Marked], labels: Sequence[str]) -> list[str]:
    """Return a tag per word: B begins, J goes on behind a gap, I goes on; of two labels the longer holds."""
    found = ["O"] * len(line.words)
    wanted = [one for one in marked if one[0] in labels]
    for label, pieces in sorted(wanted, key=lambda one: -sum(end - start for start, end in one[1])):
        runs = [run for start, end in pieces if (run := line.numbers(start, end))]
        if any(found[number] != "O" for run in runs for number in run):
            continue
        for at, run in enumerate(runs):
            for number in run:
                begins = "J-" if at else "B-"
                found[number] = (begins if number == run[0] else "I-") + label
    return found


def spans(line: Line, found: Sequence[str]) -> Iterator[tuple[Marked, list[int]]]:
    """Yield the spans that tags say, each with the numbers of its words; the reverse of `tags`."""
    parts: list[tuple[str, list[list[int]]]] = []
    inside = ""
    for number, tag in enumerate(found):
        kind, _, label = tag.partition("-")
        open_one = next((one for one in reversed(parts) if one[0] == label), None)
        if not label:
            inside = ""
            continue
        if kind == "I" and inside == label and open_one is not None:
            open_one[1][-1].append(number)
        elif kind == "J" and open_one is not None:
            open_one[1].append([number])
        else:
            parts.append((label, [[number]]))
        inside = label
    for label, runs in parts:
        pieces = tuple((line.words[run[0]][0], line.words[run[-1]][1]) for run in runs)
        yield (label, pieces), [number for run in runs for number in run]


def features(line: Line, rules: Sequence[tuple[Marked, float]], labels: Sequence[str]) -> list[list[str]]:
    """Return per word what may tell its label."""
    count = len(line.words)
    start, end = line.bounds
    here = [one for one in rules if one[0][1][0][0] < end and start < one[0][1][-1][1]]
    looks = [_looks(line, number) for number in range(count)]
    said = _said(line, here, labels)
    beside = [[*looks[number][:3], *said[number]] for number in range(count)]
    found = []
    for number in range(count):
        row = ["b", *looks[number], *said[number]]
        for by in (-1, 1):
            there = number + by
            row += [f"{by}:{one}" for one in beside[there]] if 0 <= there < count else [f"{by}:-"]
        for by in (-_FAR, _FAR):
            there = number + by
            row.append(f"{by}:{looks[there][0]}" if 0 <= there < count else f"{by}:-")
        found.append(row)
    return found


def _looks(line: Line, number: int) -> list[str]:
    first, *more = _of_word(line.text[number])
    row = [first, f"q={number in line.quoted}", *more]
    if number in line.firsts:
        row.append("first")
    return row


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[str, ...]:
    """Return what a word tells by itself, the most telling first."""
    lower = word.lower()
    return (f"w={_DIGIT.sub('0', lower)}", *_known(lower), f"s={_shape(word)}", f"e={lower[-3:]}")


def _known(word: str) -> list[str]:
    """Return what the lexicon of cues says of a word."""
    known = cue_lexicon()
    if word in known.verbs:
        kind, verb = known.verbs[word][0]
        return [f"g={verb.group}{verb.strength if verb.group else ''}", f"l={verb.lemma}", f"v={kind}"]
    return [f"n={known.nouns[word].group}"] if word in known.nouns else []


def _shape(word: str) -> str:
    if word.isdigit():
        return "0"
    if not word[:1].isalnum():
        return word[:1]
    return "X" if word.isupper() and len(word) > 1 else "Xx" if word[:1].isupper() else "x"


def _said(line: Line, rules: Sequence[tuple[Marked, float]], labels: Sequence[str]) -> list[list[str]]:
    """Return what the rules say of each word: which tag, how sure, and what else it lies in."""
    found: list[list[str]] = [[] for _ in line.words]
    for number, tag in enumerate(tags(line, (one for one, _ in rules), labels)):
        found[number].append(f"r={tag}")
    for (label, pieces), score in rules:
        for start, end in pieces:
            for number in line.numbers(start, end):
                found[number].append(f"r:{label}:{min(9, int(score * 5))}")
    return found
