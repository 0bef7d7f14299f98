"""Claims told and judged in one breath: "said reports of a leak are false", "said it is not true that"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from annotator.nlp.attributions.again import said_again
from annotator.nlp.attributions.earlier import Told
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.judging import CALLING, IS, MUCH, Aimed, any_not_so
from annotator.nlp.attributions.pointers import SIDED_WITH, Pointer, nouns, read_pointer, singular, taking_up
from annotator.nlp.attributions.stance import SAYING, Stance

_SCORE = 0.5
_NAMED = re.compile(
    r"(?P<that>[\"“‘]?(?:that )?)"
    r"(?:(?:the|these|those|this|any|all|both|such|earlier|recent|previous|media|press|news|online|internet"
    r"|his|her|their) ){0,3}(?P<noun>[A-Za-z]+) "
    r"(?=(?:that|about|of|on|regarding|concerning|saying|claiming|alleging|suggesting|stating|linking|by|in"
    r"|from|he|she|it|they|the|its|[A-Z]))",
    re.IGNORECASE,
)
_UNTRUE = ("false ", "baseless ", "unfounded ", "fake ", "bogus ", "untrue ", "fabricated ")
_FALSE = rf"(?:{'|'.join(_UNTRUE)})(?:and \w+ )?"
_ANY_FALSE = re.compile("|".join(_UNTRUE))
_CALLED_FALSE = re.compile(
    r"\b(?:(?:the|this|these|those|such|his|her|their|its|(?:it|this|that)(?: is| was|[’']s) an?) "
    rf"{_FALSE}(?P<noun>[a-z]+)|{_FALSE}(?P<blame>(?:accusation|allegation|charge)s?)\b)"
)
"""What somebody calls so in passing."""
_BLAMING = CALLING | {"accuse"}
_LIAR = re.compile(
    r"(?P<who>(?:the )?(?:[\w.’'-]+ ){0,3}?[\w’'-]+) [\"“]?(?:of [\"“]?(?P<what>lying|scaremongering"
    r"|fearmongering|exaggerating|misleading|fabricating|making (?:it|that|the story) up"
    r"|spreading (?:lies|falsehoods|misinformation|rumou?rs))|(?:as )?an? [\"“]?(?:\w+ )?(?P<liar>liar))\b"
)
"""What is held against somebody for what he said."""
_NOT_THAT = re.compile(r"[\"“‘]?(?:that )?it(?: is| was|[’']s|(?: is|was)n[’']t) ", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]{4,}")
_FIRST = 48
"""Characters in which the noun stands."""


def judged_whole(told: Told, one: Found) -> Aimed | None:
    """Return the side that an attribution takes on a claim that it tells itself, as what others say."""
    if one.source is None or one.is_negated or one.is_refused:
        return None
    start, end = one.claim[0]
    if one.lemma in _BLAMING:
        return _of_liar(told.text, one, start, end)
    if one.group not in SAYING:
        return None
    first = told.text[start : start + _FIRST].lower().split()
    if not _openings().isdisjoint(first):
        named = _NAMED.match(told.text, start, end)
        noun = taking_up(named["noun"].lower()) if named is not None else ""
        if named is not None and noun:
            return _of_noun(told, one, noun, named)
    is_false = one.group != "believes" and _ANY_FALSE.search(told.low(one)) is not None
    called = _called_false(told, one) if is_false else None
    if called is not None:
        return called
    return _that(told, one, start, end) if "it" in first or "“it" in first or '"it' in first else None


def _called_false(told: Told, one: Found) -> Aimed | None:
    """Return what “He keeps repeating a false allegation” says of that."""
    for match in _CALLED_FALSE.finditer(told.low(one)):
        noun = taking_up(match["noun"] or match["blame"])
        if noun:
            return Aimed(
                Stance(one, one, "deny", "full", "explicit", _SCORE, f"“{match[0]}”", False),
                Pointer(noun),
                True,
            )
    return None


def _of_liar(text: str, one: Found, start: int, end: int) -> Aimed | None:
    """Return what "accused Kerrin of lying", "called her a liar" say of what these said."""
    match = _LIAR.match(text, start, end)
    if match is None:
        return None
    who = match["who"].split()[-1].lower()
    pointer = Pointer("words", "their" if who in SIDED_WITH else singular(who))
    reason = f"“{one.lemma}” with “{match['what'] or match['liar']}”"
    return Aimed(Stance(one, one, "deny", "full", "explicit", _SCORE, reason), pointer, True)


@lru_cache(maxsize=1)
def _openings() -> frozenset[str]:
    """Return the nouns that a claim is called, in both numbers, also behind a quotation mark."""
    both = {form for noun in nouns() for form in (noun, f"{noun}s", f"{noun[:-1]}ies")}
    return frozenset(f"{mark}{noun}" for noun in both for mark in ("", "“", '"'))


@lru_cache(maxsize=1)
def _judges() -> re.Pattern[str]:
    """Return words that judge right behind a verb."""
    false = any_not_so()
    return re.compile(
        rf"{IS.pattern} ?{MUCH}(?:[\"“‘]{MUCH}|(?:[A-Z][\w’'-]* ){{1,2}})?"
        rf"(?:(?P<deny>{false})|(?P<support>true|right|correct|accurate))\b"
        r"(?=[\"”’',.;]| and\b|$)"
    )


def _of_noun(told: Told, one: Found, noun: str, named: re.Match[str]) -> Aimed | None:
    """Return what "said reports that the dam leaks are false" says of what it tells."""
    end = one.claim[0][1]
    judging = _judges().search(told.text, named.end(), end)
    if judging is None or any(_is_of(told, inner, judging) for inner in told.inside.get(id(one), ())):
        return None
    value = "deny" if judging["deny"] else "support"
    own = part(one, named.end("that"), judging.start())
    stance = Stance(one, own, value, "full", "explicit", _SCORE, f"“{noun}” with “{judging[0].strip()}”")
    for inner in _claims_inside(told, one):
        if inner.claim[0][0] <= judging.start() and inner.claim[-1][1] <= judging.end():
            return Aimed(replace(stance, target=inner), None)
    about = frozenset(_WORDS.findall(told.text[named.end() : judging.start()].lower()))
    return Aimed(stance, Pointer(noun, about=about, end=judging.start()))


def _is_of(told: Told, inner: Found, judging: re.Match[str]) -> bool:
    """Tell "said the reports were met by statements claiming the figures were false": of the inner claim."""
    start = inner.claim[0][0]
    pointer = read_pointer(told.text, start, judging.start()) if start < judging.start() else None
    return pointer is not None and not told.text[pointer.end : judging.start()].strip()


def _claims_inside(told: Told, one: Found) -> Iterator[Found]:
    """Yield what nouns in a claim tell: "the claim that it leaks"."""
    for inner in told.inside.get(id(one), ()):
        if inner.pattern.startswith("noun") and inner.claim[0][0] - one.claim[0][0] < _FIRST:
            yield inner


def _that(told: Told, one: Found, start: int, end: int) -> Aimed | None:
    """Return what "said it was not true that the dam leaks" says of what was told before."""
    first = _NOT_THAT.match(told.text, start, end)
    judging = _untrue().match(told.text, first.end(), end) if first is not None else None
    if first is None or judging is None:
        return None
    is_turned = first[0].rstrip().endswith(("n't", "n’t"))
    value = "deny" if (judging["deny"] is not None) != is_turned else "support"
    own = part(one, judging.end(), one.claim[-1][1])
    other, words = said_again(told, one, own.claim) or (own, "")
    if value == "support" and not words:
        # "It is true that he tried" grants what nobody said.
        return None
    reason = f"“{judging[0].strip()}”" + (f" with words that were said before ({words})" if words else "")
    basis = "inferred" if words else "explicit"
    return Aimed(Stance(one, other, value, "full", basis, _SCORE, reason), None)


def part(one: Found, start: int, end: int) -> Found:
    """Return a part of what is said, which is no attribution of its own, as others say or name it."""
    return replace(
        one, pattern="clause", group="asserts", cue=None, source=None, addressee=None, claim=((start, end),),
        parent=one, continues=None, lemma="", is_negated=False,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _untrue() -> re.Pattern[str]:
    false = any_not_so()
    return re.compile(
        rf"{MUCH}(?:(?P<deny>{false})|(?P<support>true|right|correct)) "
        r"(?:that |to (?:say|claim|suggest) (?:that )?)"
    )
