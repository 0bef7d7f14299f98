"""Who says a claim, and with which word, as far as the sentence makes it obvious."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from annotator.model.records import Fragment
from annotator.model.resources import resource
from annotator.model.tokens import clause_bounds, quotation_bounds
from annotator.model.units import TextUnits

_HEADING = re.compile(r"^\[(.+)\]$")
_FAR = 60
"""Characters between claim and cue beyond which nothing is obvious any more."""
_LONG = 6
"""Words that a source described in small letters may have."""
_SCARE = 2
"""White spaces that a quotation holds at least, to be a claim and not a word at arm's length."""

_STOPS = re.compile(
    "in|on|at|to|of|for|after|before|during|as|while|and|who|that|with|from|by|about|late|early",
    re.IGNORECASE,
)
"""Words that end a source described in small letters."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by which cues and sources are known, all in small letters."""

    cues: frozenset[str]
    cues_of_two: frozenset[tuple[str, str]]
    beside: frozenset[str]
    pronouns: frozenset[str]
    determiners: frozenset[str]
    titles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What belongs to a claim: the words that name who says it, and the words that show it is said."""

    source: Fragment | None = None
    cue: Fragment | None = None


def claim_near(units: TextUnits, offset: int) -> Fragment:
    """Return what is most likely claimed at `offset`, also when that stands in "she said" beside it."""
    inside = units.quotation_at(offset)
    if inside is not None or not units.starts:
        return inside or Fragment(0, 0)
    sentence = units.sentence_at(offset)
    low, high = sentence
    quoted = [Fragment(a + low, b + low) for a, b in quotation_bounds(units.text[low:high])]
    quoted = [one for one in quoted if _is_said(units.text[one.start : one.end])]
    clauses = [Fragment(*one) for one in clause_bounds(units.text, sentence)]
    here = [one for one in clauses if one.start <= offset < one.end]
    if quoted and not (here and _starts_with_that(units.text, here[-1])):
        return min(quoted, key=lambda one: max(one.start - offset, offset - one.end))
    found = (here or clauses)[:1]
    return found[0] if found else units.claim_at(offset)


def propose(units: TextUnits, claim: Sequence[Fragment]) -> Proposal:
    """Return the cue nearest to a claim in its sentence, and the source right beside that cue."""
    if not claim or not units.starts:
        return Proposal()
    words = lexicon()
    around = Fragment(claim[0].start, claim[-1].end)
    low, high = (
        units.sentence_at(around.start).start,
        units.sentence_at(max(around.start, around.end - 1)).end,
    )
    tokens = [
        one
        for one in _tokens(units, low, high)
        if not any(one.start < c.end and c.start < one.end for c in claim)
    ]
    quoted = [Fragment(a + low, b + low) for a, b in quotation_bounds(units.text[low:high])]
    cues = [
        one
        for one in _cues(units.text, tokens, words)
        if not any(q.start <= one.start < q.end for q in quoted)
    ]
    near = [one for one in cues if _gap(one, claim) <= _FAR]
    if near:
        bare = min(near, key=lambda one: _gap(one, claim))
        cue = _with_beside(units.text, tokens, bare, words)
        return Proposal(_source(units.text, tokens, cue, claim, words), cue)
    return _colon(units.text, tokens, around, words)


@cache
def lexicon() -> Lexicon:
    """Return the words of the file that ships."""
    found = _read(resource("lexicons/cues_basic.txt").read_text(encoding="utf-8").splitlines())
    pairs = (one.split() for one in " ".join(found["CUES OF SEVERAL WORDS"]).split(" | "))
    two = frozenset((first, second) for first, second in pairs)
    sets = (frozenset(found[name]) for name in ("BESIDE", "PRONOUNS", "DETERMINERS", "TITLES"))
    return Lexicon(frozenset(found["CUES"]), two, *sets)


def _is_said(quotation: str) -> bool:
    """Tell a quotation from a word or two at arm's length."""
    return quotation.count(" ") >= _SCARE or quotation[-2:-1] in (",", ".", "!", "?")


def _starts_with_that(text: str, clause: Fragment) -> bool:
    return text[clause.start : clause.end].lower().startswith(("that ", "whether "))


def _read(lines: Iterable[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    words: list[str] = []
    for line in lines:
        heading = _HEADING.match(line)
        if heading:
            words = found.setdefault(heading.group(1), [])
        elif not line.startswith("#"):
            words.extend(line.split())
    return found


def _tokens(units: TextUnits, low: int, high: int) -> list[Fragment]:
    return [
        Fragment(*one)
        for section in units.sections_of(low, high)
        for one in units.tokens(section)
        if low <= one[0] < high
    ]


def _cues(text: str, tokens: Sequence[Fragment], words: Lexicon) -> list[Fragment]:
    lower = [_word(text, one) for one in tokens]
    found = [one for one, word in zip(tokens, lower, strict=True) if word in words.cues]
    for at, pair in enumerate(pairwise(lower)):
        if pair in words.cues_of_two:
            found.append(Fragment(tokens[at].start, tokens[at + 1].end))
    return found


def _gap(cue: Fragment, claim: Sequence[Fragment]) -> int:
    return min(max(cue.start - one.end, one.start - cue.end, 0) for one in claim)


def _with_beside(text: str, tokens: Sequence[Fragment], cue: Fragment, words: Lexicon) -> Fragment:
    """Return the cue with the adverbs, auxiliaries and negations before it."""
    start = cue.start
    for one in reversed([token for token in tokens if token.end <= cue.start]):
        if text[one.start : one.end].lower() not in words.beside or text[one.end : start].strip():
            break
        start = one.start
    return Fragment(start, cue.end)


def _source(
    text: str, tokens: Sequence[Fragment], cue: Fragment, claim: Sequence[Fragment], words: Lexicon
) -> Fragment | None:
    before = [one for one in tokens if one.end <= cue.start]
    after = [one for one in tokens if one.start >= cue.end]
    if text[cue.start : cue.end].lower().startswith("according"):
        return _ahead(text, after, words)
    found = _back(text, before, cue.start, words)
    is_turned = any(one.end <= cue.start and not text[one.end : cue.start].strip(" ,.-–—") for one in claim)
    return found if found is not None else _ahead(text, after, words) if is_turned or not before else None


def _back(text: str, before: Sequence[Fragment], end: int, words: Lexicon) -> Fragment | None:
    """Return the pronoun, the name or the description that ends right before `end`."""
    run = _unbroken(text, list(reversed(before)), end)
    if not run:
        return None
    last = text[run[0].start : run[0].end]
    if last.lower() in words.pronouns:
        return run[0]
    if _is_name(last):
        count = _count(text, run, words, is_name=True)
        return Fragment(run[count - 1].start, run[0].end)
    at = next((at for at, one in enumerate(run[:_LONG]) if _word(text, one) in words.determiners), None)
    return Fragment(run[at].start, run[0].end) if at else None


def _ahead(text: str, after: Sequence[Fragment], words: Lexicon) -> Fragment | None:
    """Return the pronoun, the name or the description that begins right after the cue."""
    if not after:
        return None
    run = _unbroken(text, after, after[0].start)
    if not run:
        return None
    first = _word(text, run[0])
    if first in words.pronouns:
        return run[0]
    if first in words.determiners:
        phrase = run[:_LONG]
        count = next(
            (at for at, one in enumerate(phrase) if at and _STOPS.fullmatch(text, *one)), len(phrase)
        )
        return Fragment(run[0].start, phrase[count - 1].end) if 1 < count < _LONG else None
    count = _count(text, run, words, is_name=False)
    return Fragment(run[0].start, run[count - 1].end) if count else None


def _count(text: str, run: Sequence[Fragment], words: Lexicon, *, is_name: bool) -> int:
    """Return how many tokens of a run are a name with the titles written small before it."""
    count = 0
    for at, one in enumerate(run):
        word = text[one.start : one.end]
        if _is_name(word) or (word in ("’s", "'s", "-", ".") and count):
            count = at + 1
        elif word.lower() in words.titles:
            count = at + 1 if is_name else count
        else:
            break
    return count


def _unbroken(text: str, tokens: Sequence[Fragment], edge: int) -> list[Fragment]:
    """Return the tokens that follow one another without a mark or a wide gap between them."""
    found: list[Fragment] = []
    for one in tokens:
        gap = text[one.end : edge] if one.end <= edge else text[edge : one.start]
        word = text[one.start : one.end]
        if gap.strip() or "\n" in gap or not (word[0].isalnum() or word in ("’s", "'s", "-")):
            break
        found.append(one)
        edge = one.start if one.end <= edge else one.end
    return found


def _colon(text: str, tokens: Sequence[Fragment], around: Fragment, words: Lexicon) -> Proposal:
    """Return the colon before a quotation, and the name before that."""
    before = [one for one in tokens if one.end <= around.start]
    if not before or text[before[-1].start : before[-1].end] != ":":
        return Proposal()
    source = _back(text, before[:-1], before[-1].start, words)
    return Proposal(source, before[-1]) if source is not None else Proposal()


def _word(text: str, one: Fragment) -> str:
    return text[one.start : one.end].lower()


def _is_name(word: str) -> bool:
    return word[0].isupper()
