"""Finds words and phrases in all articles, taken literally, blind to case and accents, places exact."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.engine import Connection

from annotator.model.records import Hit
from annotator.store import schema, sqlite
from annotator.store.keys import Names
from annotator.store.statements import Statement

_AROUND = 60
_FAR = 1 << 60
_QUOTED = re.compile('"([^"]*)"?|(\\S+)')
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = r"[\W_]+"
_END = r"(?![^\W_])"
_MAX_TERMS = 20
_FIRST, _BATCH = 8, 128
_BEYOND = re.compile("[^\\x00-\\x7f]+")
_TEXTS = Statement(
    select(schema.texts.c.article, schema.texts.c.text)
    .join(schema.articles, schema.articles.c.key == schema.texts.c.article)
    .where(schema.articles.c.deleted == 0, schema.texts.c.article.in_(bindparam("keys", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class _Term:
    """One word or phrase: how the full-text index knows it, and how to find its places."""

    words: str
    """Empty where the index has no words to find it by."""
    core: str
    """What a text must hold letter by letter, where there are no words."""
    pattern: re.Pattern[str]


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
        text = text.replace(char, _FOLDING[ord(char)])
    return text.lower()


def _beyond(text: str) -> list[str]:
    return [] if text.isascii() else [char for char in {*text} if char > "\x7f"]


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


def search(connection: Connection, names: Names, text: str, limit: int) -> tuple[Hit, ...]:
    """Return where the words and "phrases" of a query stand; an article must hold all of them."""
    terms = _terms(text)
    hits: list[Hit] = []
    if not terms or limit <= 0:
        return ()
    for key, content in _candidate_texts(connection, terms):
        for start, end in _places(content, terms):
            hits.append(_hit(names, key, content, start, end))
            if len(hits) >= limit:
                return tuple(hits)
    return tuple(hits)


def _candidate_texts(connection: Connection, terms: Sequence[_Term]) -> Iterator[tuple[int, str]]:
    candidates, size = _candidates(connection, terms), _FIRST
    while keys := list(islice(candidates, size)):
        found = dict(_TEXTS.all(connection, keys=keys))
        yield from ((key, found[key]) for key in keys if key in found)
        size = min(2 * size, _BATCH)


def _candidates(connection: Connection, terms: Sequence[_Term]) -> Iterator[int]:
    phrases = [term.words for term in terms if term.words]
    if phrases:
        yield from sqlite.matching(connection, phrases)
        return
    texts, articles = schema.texts, schema.articles
    query = select(texts.c.article).join(
        articles, and_(articles.c.key == texts.c.article, articles.c.deleted == 0)
    )
    for term in terms:
        if term.core:
            query = query.where(func.instr(texts.c.text, term.core) > 0)
    yield from list(connection.execute(query.order_by(texts.c.article)).scalars())


@lru_cache(64)
def _terms(text: str) -> tuple[_Term, ...]:
    found: list[_Term] = []
    plain = text.replace("\0", " ").encode("utf-8", "ignore").decode("utf-8")  # no half characters
    for quoted, word in _QUOTED.findall(plain):
        term = _term(quoted or word)
        if term is not None and term not in found:
            found.append(term)
    return tuple(found[:_MAX_TERMS])


def _term(literal: str) -> _Term | None:
    literal = literal.strip()
    if not literal:
        return None
    words = _WORD.findall(fold(literal))
    if words and not any(_is_unspaced(char) for char in literal):
        return _Term(literal, "", re.compile(_pattern(words)))
    return _Term("", _core(literal), re.compile(re.escape(fold(literal))))


def _pattern(words: Sequence[str]) -> str:
    """Return what finds whole words; it begins with the first one, for which the engine can leap ahead."""
    first, *rest = map(re.escape, words)
    return _BETWEEN.join((f"{first}(?<![^\\W_]{first})", *rest)) + _END


def _core(literal: str) -> str:
    """Return the longest part of a literal that folding leaves as it is, whatever the text has."""
    stable = (
        char if _FOLDING[ord(char)] == char == char.upper() == char.lower() else " " for char in literal
    )
    return max("".join(stable).split(), key=len, default="")


def _is_unspaced(char: str) -> bool:
    """Tell whether a character is of a script that is written without spaces between words."""
    return char >= "\u0e00" and unicodedata.category(char) in ("Lo", "Lm", "Mc")


def _places(text: str, terms: Sequence[_Term]) -> list[tuple[int, int]]:
    folded = fold(text)
    found: list[tuple[int, int]] = []
    for term in terms:
        places = [match.span() for match in term.pattern.finditer(folded)]
        if not places:
            return []
        found += places
    back = offsets(text)
    return [(back(start), _end(text, back, end)) for start, end in sorted(set(found))]


def _end(text: str, back: Callable[[int], int], end: int) -> int:
    """Return where a hit ends in the text: after the marks that folding dropped, too."""
    at = back(end - 1) + 1
    while at < len(text) and not _FOLDING[ord(text[at])]:
        at += 1
    return at


def _hit(names: Names, key: int, text: str, start: int, end: int) -> Hit:
    before = text[max(0, start - _AROUND) : start]
    return Hit(names.id[key], start, end, before, text[start:end], text[end : end + _AROUND])
