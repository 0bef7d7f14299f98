"""Finds words, phrases and patterns in a text; places are code points of the text as it is stored."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from annotator.model.errors import UserError
from annotator.model.ids import Id

Manner = Literal["words", "phrase", "pattern"]
Place = tuple[int, int]
_FAR = 1 << 60
_QUOTED = re.compile('"([^"]*)"?|(\\S+)')
_WORD = re.compile(r"[^\W_]+")
_LETTER = r"[^\W_]"
_BETWEEN = r"[\W_]+"
_END = rf"(?!{_LETTER})"
_MAX_TERMS = 20
_ASCII = bytes(range(128))
_PIECE = 100_000
_BEYOND = re.compile("[^\\x00-\\x7f]+")
_OTHER = re.compile("(?:_|[^\\w\u0300-\u036f])+")
"""What stands between words; the usual marks belong to the letter before them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to find, and how; `marks` says that accents and other marks on letters count."""

    text: str
    manner: Manner = "words"
    whole: bool = True
    """Whole words only; says nothing for a pattern."""
    case: bool = False
    marks: bool = False
    article: Id | None = None
    """The one article to look in; all of them without it."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase: how the full-text index knows it, and how to find its places."""

    literal: str
    words: str
    """Empty where the index has no words to find it by."""
    core: str
    """What a text must hold letter by letter, where there are no words."""
    pattern: re.Pattern[str]
    between: re.Pattern[str] = _OTHER
    """What is as good as a blank in it."""


class _Folding(dict[int, str]):
    """Per character: what it is without case and accents; made when first met."""

    def __missing__(self, code: int) -> str:
        found = _fold_character(chr(code))
        self[code] = found
        return found


def _fold_character(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Mn":
        return ""
    if kind == "Lo":
        return char
    parts = unicodedata.normalize("NFD", char)
    base = "".join(one for one in parts if unicodedata.category(one) != "Mn")
    base = base if len(base) < len(parts) else char
    lower = base.casefold() if len(base.casefold()) == len(base) else base.lower()
    return "".join(one for one in lower if unicodedata.category(one) != "Mn")


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return a text without case and accents."""
    if text.isascii():
        return text.lower()
    # Few different characters are beyond ASCII: replacing each is quicker than looking at all.
    for char in _beyond(text):
        if _FOLDING[ord(char)] != char:
            text = text.replace(char, _FOLDING[ord(char)])
    return text.encode().lower().decode()  # as bytes: what is beyond ASCII is lower already


def _beyond(text: str) -> set[str]:
    """Return the characters beyond ASCII."""
    found: set[str] = set()
    if not text.isascii():
        rest = text.encode().translate(None, _ASCII).decode()
        for at in range(0, len(rest), _PIECE):  # piece by piece, so that other threads get their turn
            found.update(rest[at : at + _PIECE])
    return found


def offsets(text: str) -> Callable[[int], int]:
    """Return what gives, for a place in the folded text (or its end), the place in the text."""
    if all(len(_FOLDING[ord(char)]) == 1 for char in _beyond(text)):
        return _same
    shifts = [(0, 0)]  # from this place of the folded text on: how far behind the text it is
    behind = 0
    for match in _BEYOND.finditer(text):
        for at, char in enumerate(match[0], match.start()):
            wide = len(_FOLDING[ord(char)])
            if wide != 1:
                # Places inside a letter that became several stay at the letter.
                start = at - behind
                shifts += [(start + step, behind - step) for step in range(1, wide)]
                behind += 1 - wide
                shifts.append((start + wide, behind))
    return lambda place: place + shifts[bisect_right(shifts, (place, _FAR)) - 1][1]


def _same(place: int) -> int:
    return place


# -- terms ----------------------------------------------------------------------------------------


@lru_cache(64)
def terms_of(text: str) -> tuple[Term, ...]:
    """Return the words and "phrases" of a query, each once."""
    found: list[Term] = []
    for quoted, word in _QUOTED.findall(_plain(text)):
        term = _term(quoted or word)
        if term is not None and term not in found:
            found.append(term)
    return tuple(found[:_MAX_TERMS])


def _plain(text: str) -> str:
    """Return the text without half characters, which no stored text has."""
    return text.replace("\0", " ").encode("utf-8", "ignore").decode("utf-8")


def _term(literal: str) -> Term | None:
    literal = literal.strip()
    if not fold(literal):
        return None
    words = _WORD.findall(fold(literal))
    if words and not any(_is_unspaced(char) for char in literal):
        return Term(literal, literal, "", re.compile(_pattern(words)))
    return Term(literal, "", _core(literal), re.compile(re.escape(fold(literal))))


def _pattern(words: Sequence[str]) -> str:
    """Return what finds whole words; it begins with the first one, for which the engine can leap ahead."""
    first, *rest = map(re.escape, words)
    return _BETWEEN.join((f"{first}(?<!{_LETTER}{first})", *rest)) + _END


def _core(literal: str) -> str:
    """Return the longest part of a literal that folding leaves as it is, whatever the text has."""
    stable = (
        char if _FOLDING[ord(char)] == char == char.upper() == char.lower() else " " for char in literal
    )
    return max("".join(stable).split(), key=len, default="")


def _is_unspaced(char: str) -> bool:
    """Tell whether a character is of a script that is written without spaces between words."""
    return char >= "\u0e00" and unicodedata.category(char) in ("Lo", "Lm", "Mc")


@lru_cache(64)
def terms_wanted(wanted: Wanted) -> tuple[Term, ...]:
    """Return what has to be found, all of it in the same article; a pattern has no terms."""
    if wanted.manner == "phrase":
        term = _phrase(_plain(wanted.text).strip(), is_whole=wanted.whole)
        return (term,) if term is not None else ()
    terms = terms_of(wanted.text) if wanted.manner == "words" else ()
    return terms if wanted.whole else tuple(_part(one) for one in terms)


def _part(term: Term) -> Term:
    """Return a term that is found inside words, too."""
    words = _WORD.findall(fold(term.literal)) if term.words else [fold(term.literal)]
    return Term(term.literal, "", "", re.compile(_BETWEEN.join(map(re.escape, words))))


def _phrase(literal: str, *, is_whole: bool) -> Term | None:
    """Return what is found letter by letter, but for the kind and the number of its blanks."""
    parts = [re.escape(part) for part in fold(literal).split()]
    if not parts:
        return None
    is_plain = is_whole and not any(_is_unspaced(char) for char in literal)
    if is_plain and _WORD.match(fold(literal)):
        parts[0] += f"(?<!{_LETTER}{parts[0]})"
    pattern = r"\s+".join(parts)
    if is_plain and _WORD.fullmatch(fold(literal)[-1]):
        pattern += _END
    words = literal if is_plain and _WORD.search(fold(literal)) else ""
    return Term(literal, words, "", re.compile(pattern), re.compile(r"\s+"))


# -- places ---------------------------------------------------------------------------------------


def places(text: str, wanted: Wanted, limit: int) -> list[Place]:
    """Return where in a text stands what is wanted, in order; raises UserError for a broken pattern."""
    if wanted.manner == "pattern":
        return list(_of_pattern(text, wanted, limit))
    found = places_of_terms(text, terms_wanted(wanted), limit, case=wanted.case, marks=wanted.marks)
    return found[:limit]


def places_of_terms(
    text: str, terms: Sequence[Term], limit: int, *, case: bool = False, marks: bool = False
) -> list[Place]:
    """Return where the terms stand, in order; nowhere when one of them is missing."""
    folded = fold(text)
    if not all(term.pattern.search(folded) for term in terms):
        return []
    back = offsets(text)
    found: set[Place] = set()
    for term in terms:
        own = _of_term(text, folded, back, term, (case, marks))
        first = next(own, None)
        if first is None:
            return []
        found.add(first)
        for count, place in enumerate(own, 2):
            found.add(place)
            if count >= limit:
                break
    return sorted(found)


def _of_term(
    text: str, folded: str, back: Callable[[int], int], term: Term, exact: tuple[bool, bool]
) -> Iterator[Place]:
    """Yield the places of a term in the text; those of the folded text are asked what folding hid."""
    wanted = _key(term.literal, term.between, *exact).strip() if any(exact) else ""
    at = 0
    while (match := term.pattern.search(folded, at)) is not None:
        start, end = match.span()
        place = back(start), _end(text, back, end)
        is_whole = _is_edge(back, start, folded) and _is_edge(back, end, folded)
        if is_whole and (not wanted or _key(text[slice(*place)], term.between, *exact) == wanted):
            yield place
            at = end
        else:
            at = start + 1


def _is_edge(back: Callable[[int], int], at: int, folded: str) -> bool:
    """Tell whether a place of the folded text is not inside of what one letter became."""
    return at in (0, len(folded)) or back(at - 1) < back(at)


def _end(text: str, back: Callable[[int], int], end: int) -> int:
    """Return where a hit ends in the text: after the marks that folding dropped, too."""
    at = back(end - 1) + 1
    while at < len(text) and not _FOLDING[ord(text[at])]:
        at += 1
    return at


def _key(text: str, between: re.Pattern[str], case: bool, marks: bool) -> str:
    """Return what two texts have in common that are the same, with case and marks where they count."""
    if not marks:
        parts = unicodedata.normalize("NFD", text)
        text = "".join(one for one in parts if unicodedata.category(one) != "Mn")
    text = unicodedata.normalize("NFC", text if case else text.casefold())
    return between.sub(" ", text)


def _of_pattern(text: str, wanted: Wanted, limit: int) -> Iterator[Place]:
    try:
        found = re.compile(wanted.text, re.MULTILINE | (re.NOFLAG if wanted.case else re.IGNORECASE))
    except (re.error, OverflowError, RecursionError) as error:
        raise UserError("This is not a regular expression: {error}.", error=error) from error
    for match in found.finditer(text):
        if match.end() > match.start():
            yield match.span()
            limit -= 1
            if limit <= 0:
                return
