"""Things judged by the words that name them: "said the ruling was a disgrace", "called the count false"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from annotator.model.cue_lexicon import cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.earlier import Told
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.judged_whole import part
from annotator.nlp.attributions.judging import CALLING, IS, MUCH, any_not_so, any_of
from annotator.nlp.attributions.pointers import taking_up
from annotator.nlp.attributions.stance import OTHER_SIDE, QUOTES, SAYING, Stance

_SCORE = 0.45
_SECTIONS = ("judged bad", "judged false", "judged true", "judged doubtful", "judged best")
_ONLY_TOLD = frozenset(("true", "untrue", "false", "correct", "incorrect", "accurate", "inaccurate"))
"""What only words that tell something may be."""
_SENTENCE = re.compile(r"(?<=[.!?…]) +")
_WORD = re.compile(r"[a-z]+")
_WORD_OF = r"(?: (?!(?:that|which|who|what|because|if|when|as|while)\b)[^\s.,;:!?\"“”()]+)"
_THING_BEGINS = (
    r"(?!(?:[Tt]here|[Ii]t|[Hh]e|[Ss]he|[Tt]hey|We|I|You|What|Who|If|When|But|And|So|No|Not|Although|Though"
    r"|While|Because|As|In|On|At|After|Before|For|With|From|Even|Since|Yet|Still|Now|Then|How|Why|Where)\b)"
    r"(?!that (?:there|it|he|she|they|we|I|you|the|an?|his|her|their|its|[A-Z]))"
    r"(?P<what>(?:(?i:the|this|that|these|those|such|any|all|his|her|their|its|our|your)" + _WORD_OF
    + r"|(?!(?:The|This|That|These|Those|Such|Any|All|His|Her|Their|Its|Our|Your)\b)[A-Z][\w.’'-]*)"
    + _WORD_OF
)  # fmt: skip
_BEHIND = r"(?=[\"”’']*(?:[.,;!?…]|$)|[\"”’']* (?:and|but|of|to|for|on|in|at|from|by|because|since|or|as)\b)"


def judged_thing(told: Told, one: Found) -> Stance | None:
    """Return the side of one who says of a thing, by its name, that it is false, bad or good."""
    if one.source is None or one.is_negated or one.is_refused:
        return None
    if _words().isdisjoint(_WORD.findall(told.low(one))):
        return None
    if one.lemma in CALLING:
        return _side(told.text, one, _called(), *one.claim[0])
    if one.group not in SAYING:
        return None
    sides = (
        _side(told.text, one, pattern, *place) for place in _places(told.text, one) for pattern in _said()
    )
    return next(filter(None, sides), None)


def _places(text: str, one: Found) -> Iterator[tuple[int, int]]:
    """Yield where sentences of a claim begin, behind their marks, with where the claim ends."""
    for start, end in one.claim:
        starts = (start, *(match.end() for match in _SENTENCE.finditer(text, start, end)))
        yield from ((first + (text[first] in QUOTES), end) for first in starts if first < end)


def _side(text: str, one: Found, pattern: re.Pattern[str], start: int, end: int) -> Stance | None:
    match = pattern.match(text, start, end)
    if match is None or match.lastgroup is None:
        return None
    value, groups = match.lastgroup, match.groupdict()
    is_before = "what" in groups
    what = match.span("what") if is_before else (match.end(), _sentence_end(text, match, end))
    is_only_told = match[value].lower().removeprefix("not ") in _ONLY_TOLD
    if is_before and is_only_told and not _tells(text[slice(*what)]):
        return None
    if groups.get("no"):
        value = OTHER_SIDE.get(value, value)
    reason = f"“{text[match.end('what') if is_before else start : match.end()].strip()}”"
    return Stance(one, part(one, *what), value, "full", "explicit", _SCORE, reason, is_shown_by_cue=False)


def _tells(words: str) -> bool:
    """Tell "the earlier figures", which may be true or not, from "the gates"."""
    low = words.lower().split()
    return any(taking_up(word) or word in cue_lexicon().nouns for word in low)


def _sentence_end(text: str, match: re.Match[str], end: int) -> int:
    """Return where what is judged ends that stands behind: "It is unlikely that | the dam leaks"."""
    behind = _SENTENCE.search(text, match.end(), end)
    last = behind.start() if behind is not None else end
    return match.end() + len(text[match.end() : last].rstrip(" .!?,”\"’'"))


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """Return the words one of which every judgement has."""
    return frozenset(
        word for section in _SECTIONS for entry in grammar()[section] for word in _WORD.findall(entry)
    )


def _thing(most: int) -> str:
    """Return an expression for the name of a thing, of up to so many words behind its first."""
    return rf"{_THING_BEGINS}{{0,{most}}}?)(?![’']s [\"“‘])"


@lru_cache(maxsize=1)
def _judging() -> str:
    bad = f"{any_not_so()}|{any_of('judged bad')}"
    return (
        rf"(?:(?P<support>{any_of('judged true')}|{any_of('judged best')})|(?P<deny>{bad})"
        rf"|(?P<question>{any_of('judged doubtful')}))"
    )


@lru_cache(maxsize=1)
def _said() -> tuple[re.Pattern[str], ...]:
    """Return what is said of things, and of what stands behind: "It is doubtful whether"."""
    mark = r" ?[\"“‘']?"
    return (
        re.compile(
            rf"(?:that )?{_thing(9)}{IS.pattern}(?P<no> not\b)?{mark}{MUCH}{mark}{_judging()}{_BEHIND}"
        ),
        re.compile(
            rf"(?:that )?[Ii]t(?: is| was|[’']s| seems| remains) {MUCH}"
            rf"(?P<question>{any_of('judged doubtful')})"
            r" (?:that|whether|if|(?=the|he|she|they|we|any|[A-Z])) ?"
        ),
    )


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    """Return what things are called: "the ruling as a disgrace", "the count “plainly false”"."""
    return re.compile(rf"{_thing(4)} (?:as )?(?:an? )?[\"“‘']?{MUCH}{_judging()}{_BEHIND}")
