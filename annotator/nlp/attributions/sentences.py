"""The sentences of a line: a quotation and the words that say whose it is stay together."""

from __future__ import annotations

from collections.abc import Container, Iterator, Set
from dataclasses import dataclass

from annotator.model.cue_lexicon import SURE, Verb, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.reading import Line

Items = tuple[int, int]
"""Items of a line, half-open."""

VERBAL = frozenset(("VB", "VD", "AUX"))
HELPING = frozenset(("AUX", "RB", "NO"))
"""What stands before a verb and belongs to it."""
POINTING = frozenset(("it", "that", "this"))
"""Words that point to what was said."""
OPEN_VERBS = frozenset(("VB", "VD", "VG"))
"""Verbs that are no helpers, forms in -ing too."""
_ENDING = frozenset((".", ")", "Q"))
"""Classes of items that may end a sentence, beside short words with a full stop."""
_LONGEST = 250
"""Items after which a sentence is cut, so that no text takes long."""
_FIRMS = frozenset(("co.", "inc.", "corp.", "ltd."))
"""Ends of names of firms, with which a sentence may end."""
_STATE = 4
"""Letters of "N.J." with its points."""
_COUNTRIES = frozenset(("u.s.", "u.k.", "u.n.", "e.u.", "e.c."))
"""No state, though as long as one."""
_OBJECT_LEADS = frozenset(("NN", "DT", "PS", "IN", "AUX"))
"""What stands before a quotation that is a part of a clause."""
_TAIL = 9
"""Items behind a quotation among which the verb stands that says whose it is."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The items of one sentence of a line, with its final mark."""

    line: Line
    first: int
    end: int

    def tag(self, at: int) -> str:
        """Return the class of an item, "^" outside the sentence."""
        return self.line.tags[at] if self.first <= at < self.end else "^"

    def word(self, at: int) -> str:
        """Return an item in small letters."""
        return self.line.words[at] if self.first <= at < self.end else ""

    def bounds(self, items: Items) -> tuple[int, int]:
        """Return where items stand in the text."""
        return self.line.starts[items[0]], self.line.ends[items[1] - 1]

    def bare(self, items: Items) -> Items:
        """Return items without commas in front."""
        first, end = items
        while first < end and self.tag(first) == ",":
            first += 1
        return first, end

    def last(self) -> int:
        """Return the end without the final mark."""
        end = self.end
        while end > self.first and self.line.tags[end - 1] == ".":
            end -= 1
        return end

    def has_verb(self, first: int, end: int) -> bool:
        """Tell whether a stretch holds a verb as a clause does."""
        return not VERBAL.isdisjoint(self.line.tags[max(first, self.first) : max(0, min(end, self.end))])

    def find(self, tag: str, first: int, most: int) -> int:
        """Return the first item of a class among the next ones, or -1."""
        tags, stop = self.line.tags, min(self.end, first + most)
        return tags.index(tag, first, stop) if tag in tags[first:stop] else -1

    def among(self, words: Set[str], first: int) -> list[int]:
        """Return the items from one on that are among some words."""
        own = self.line.words[first : self.end]
        return [] if words.isdisjoint(own) else [at for at, word in enumerate(own, first) if word in words]

    def of_class(self, tags: Container[str], first: int, end: int) -> list[int]:
        """Return the items of a stretch that are of some classes."""
        return [at for at, tag in enumerate(self.line.tags[first:end], first) if tag in tags]


def sentences(line: Line) -> list[Sentence]:
    """Cut a line into sentences, once."""
    if not line.cuts:
        line.cuts += _cut(line)
    return [Sentence(line, first, end) for first, end in line.cuts]


def _cut(line: Line) -> Iterator[Items]:
    first, count = 0, len(line.words)
    for at, (tag, word) in enumerate(zip(line.tags[:-1], line.words, strict=False)):
        if tag not in _ENDING and word[-1:] != "." and at - first < _LONGEST:
            continue
        is_end = (at > first or tag == "Q") and _ends(line, at)
        if is_end or at - first >= _LONGEST:
            yield first, at + 1
            first = at + 1
    if first < count:
        yield first, count


def _ends(line: Line, at: int) -> bool:
    tag = line.tags[at]
    if tag == ".":
        return _mark_ends(line, at)
    if tag == ")" and line.tags[at - 1] == ".":
        return line.text[line.starts[at + 1]].isupper() or line.tags[at + 1] == "Q"
    if tag == "Q":
        return _quote_ends(line, at)
    word = line.words[at]
    is_short = (word[-1:] == "." and len(word) > 3 and "." in word[:-1]) or word in _FIRMS
    # "met in Orla, N.J. Quill came too", but "works in Orla, U.S. Bank officials said"
    is_state = line.tags[at - 1] == "," and at > 1 and line.tags[at - 2] == "CAP" and len(word) == _STATE
    is_state = is_state and word not in _COUNTRIES
    return (
        is_short
        and (is_state or line.words[at + 1] in grammar()["starting a sentence"])
        and line.text[line.starts[at + 1]].isupper()
    )


def _mark_ends(line: Line, at: int) -> bool:
    after = line.tags[at + 1]
    if after in (".", ")", "x") or (after == "," and line.words[at] == "."):
        # "the office on Seaport Blvd., Quill said"
        return False
    return not line.text[line.starts[at + 1]].islower() or line.starts[at + 1] - line.ends[at] > 1


def _quote_ends(line: Line, at: int) -> bool:
    quote, after = line.quotes[at], line.tags[at + 1]
    mark = line.text[quote.inside[1] - 1] if quote.inside[1] > quote.start else ""
    if not quote.is_closed or after == "Q":
        return mark not in ",;"
    if mark not in ".?!…" or line.text[line.starts[at + 1]].islower() or after in (",", ".", "-"):
        return False
    if after == "SUB" and mark == "." and at and line.tags[at - 1] in _OBJECT_LEADS:
        # called the budget “shameless.” It said in a report that
        return True
    return not _is_tail(line, at + 1, is_full=mark == ".")


def _is_tail(line: Line, at: int, *, is_full: bool) -> bool:
    """Tell whether what follows a quotation says whose it is: few words, and a verb of speech."""
    verbs = cue_lexicon().verbs
    if line.tags[at] in ("IN", "TO"):
        # “It leaks.” In Orla, nobody said so.
        return False
    if line.tags[at] == "RB" and line.words[at + 1 : at + 2] == [","]:
        # He saw “a pond.” Still, Quill said, it leaks.
        return False
    for place in range(at, min(len(line.words), at + _TAIL)):
        tag = line.tags[place]
        if tag in (".", "Q", "SC", ":", "NO") or _is_copula(line, place):
            return False
        if tag in ("VB", "VD"):
            is_speech = any(
                _speaks(line, place, verb, is_full=is_full) for _, verb in verbs.get(line.words[place], ())
            )
            if place == at:
                # “It leaks.” Asked about it, Quill left.
                return is_speech and not is_full
            return is_speech and _may_follow(line, place + 1, is_full=is_full)
    return False


def _is_copula(line: Line, at: int) -> bool:
    """Tell “It leaks.” It was a line, aides said, that he liked from “It leaks,” Quill has said."""
    behind = line.tags[at + 1] if at + 1 < len(line.tags) else ""
    return line.tags[at] == "AUX" and behind in ("DT", "PS", "NN")


def _speaks(line: Line, at: int, verb: Verb, *, is_full: bool) -> bool:
    """Tell a verb of speech; behind a full stop not any verb: “It leaks.” Quill dissented."""
    behind = tuple(line.words[at + 1 : at + 1 + len(verb.particle)])
    return "q" in verb.governs and behind == verb.particle and (not is_full or verb.strength == SURE)


def _may_follow(line: Line, at: int, *, is_full: bool) -> bool:
    if at >= len(line.words):
        return True
    if line.tags[at] == "Q":
        # “It leaks.” Quill said “it is old.”
        return not is_full
    return line.tags[at] in (".", ",", "IN", "RB") or line.words[at] in grammar()["time"]
