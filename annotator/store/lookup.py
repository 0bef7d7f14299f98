"""Reads what a search in all articles needs: which ones to look in, their texts, what is labelled there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from annotator.model.ids import Id
from annotator.model.matching import Wanted, terms_wanted
from annotator.model.records import Actor, Span, SuggestedSpan
from annotator.store import rows, schema, sqlite
from annotator.store.keys import Names
from annotator.store.kinds import KINDS
from annotator.store.statements import Statement

EitherSpan = TypeVar("EitherSpan", Span, SuggestedSpan)
_CHUNK = 512
_BATCH_LENGTH, _BATCH_TEXTS = 120_000, 64
"""Characters and texts that are looked at in one go; for another process, that many times more."""
_ELSEWHERE = 8
_KEYS: Any = bindparam("keys", expanding=True)
_ALL_LENGTHS = Statement(
    select(schema.articles.c.key, schema.articles.c.length)
    .where(schema.articles.c.deleted == 0)
    .order_by(schema.articles.c.key)
)
# By key alone: asked for the ones that are not deleted, SQLite would go through all of them each time.
_LENGTHS = Statement(
    select(schema.articles.c.key, schema.articles.c.length, schema.articles.c.deleted)
    .where(schema.articles.c.key.in_(_KEYS))
    .order_by(schema.articles.c.key)
)
_TEXTS = Statement(
    select(
        schema.articles.c.key,
        schema.articles.c.title,
        schema.articles.c.name,
        schema.texts.c.text,
        schema.articles.c.deleted,
    )
    .join(schema.texts, schema.texts.c.article == schema.articles.c.key)
    .where(schema.articles.c.key.in_(_KEYS))
    .order_by(schema.articles.c.key)
)
_spans = schema.spans.c
_SPANS = Statement(
    select(_spans.article, _spans.start, _spans.stop, _spans.label, _spans.annotator, _spans.fragments)
    .where(_spans.deleted == 0, _spans.article.in_(_KEYS))
    .order_by(_spans.article, _spans.start)
)
_PLACED = Statement(
    select(_spans.key)
    .where(
        _spans.deleted == 0,
        _spans.article.in_(_KEYS),
        _spans.start == bindparam("start"),
        _spans.stop == bindparam("stop"),
    )
    .order_by(_spans.key)
)
_suggested = schema.suggested_spans.c
_WAITING = Statement(
    select(_suggested.key)
    .where(
        _suggested.deleted == 0,
        _suggested.article.in_(_KEYS),
        _suggested.label == bindparam("label"),
        _suggested.state == bindparam("state"),
        _suggested.fragments == "",
    )
    .order_by(_suggested.key)
)

_PARTS = [kind.table.c for kind in KINDS.values() if "article" in kind.table.c and kind.type is not Actor]
_THERE = tuple(
    Statement(
        select(part.key, part.deleted, schema.articles.c.deleted)
        .join(schema.articles, schema.articles.c.key == part.article)
        .where(part.key.in_(_KEYS))
    )
    for part in _PARTS
)
"""A removed article keeps its parts as they are."""


class Text(NamedTuple):
    """A text to look in, and what its article is called."""

    article: Id
    title: str
    text: str


class Taken(NamedTuple):
    """Where a span stands that is in the project already, from its first fragment to its last."""

    start: int
    end: int
    label: str
    annotator: Id
    is_whole: bool
    """Whether it is one unbroken stretch."""


class Lookup:
    """Reads for searches, on the store's thread and in small pieces."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names

    def batches(self, wanted: Wanted) -> tuple[tuple[Id, ...], ...]:
        """Return the articles that may hold what is wanted, as many together as are read in one go."""
        if wanted.manner != "pattern" and not terms_wanted(wanted):
            return ()
        times = _ELSEWHERE if wanted.manner == "pattern" else 1
        return tuple(tuple(self._names.keys.ids(keys)) for keys in _batches(self._lengths(wanted), times))

    def texts(self, articles: Sequence[Id]) -> tuple[Text, ...]:
        """Return the texts of those articles that are (still) there."""
        keys = self._keys(articles)
        found = _TEXTS.all(self._connection, keys=keys) if keys else []
        id_of = self._names.id
        return tuple(
            Text(id_of[key], title or name, text) for key, title, name, text, deleted in found if not deleted
        )

    def lengths(self, articles: Sequence[Id]) -> dict[Id, int]:
        """Return how long the texts are of those articles that are (still) there."""
        keys = self._keys(articles)
        found = _LENGTHS.all(self._connection, keys=keys) if keys else []
        return {self._names.id[key]: length for key, length, deleted in found if not deleted}

    def taken(self, articles: Sequence[Id]) -> dict[Id, list[Taken]]:
        """Return the spans of some articles, in the order of their starts."""
        names, grouped = self._names, defaultdict[Id, list[Taken]](list)
        keys = self._keys(articles)
        for article, start, stop, label, by, more in _SPANS.all(self._connection, keys=keys) if keys else ():
            grouped[names.id[article]].append(Taken(start, stop, names.word[label], names.id[by], not more))
        return grouped

    def waiting(self, articles: Sequence[Id], label: str) -> list[SuggestedSpan]:
        """Return the open suggestions of a label, in one stretch each, in some articles."""
        words, keys = self._names.words, self._keys(articles)
        if not keys:
            return []
        found = _WAITING.all(self._connection, keys=keys, label=words.find(label), state=words.find("open"))
        return self._records(SuggestedSpan, found)

    def spans_at(self, article: Id, start: int, stop: int) -> list[Span]:
        """Return the spans of an article that reach from one place to another, in code points."""
        keys = self._keys([article])
        found = _PLACED.all(self._connection, keys=keys, start=start, stop=stop) if keys else []
        return self._records(Span, found)

    def _records(self, kind: type[EitherSpan], found: Sequence[tuple[int]]) -> list[EitherSpan]:
        records = rows.load_many(self._connection, self._names, KINDS[kind], [key for (key,) in found])
        return [one for one in records.values() if isinstance(one, kind)]

    def there(self, ids: Sequence[Id]) -> frozenset[Id]:
        """Return which ids are those of records in articles that are there."""
        keys, found = self._keys(ids), set[Id]()
        for at in range(0, len(keys), _CHUNK):
            some = keys[at : at + _CHUNK]
            for statement in _THERE:
                for key, *deleted in statement.all(self._connection, keys=some):
                    if not any(deleted):
                        found.add(self._names.id[key])
        return frozenset(found)

    def has_between(self, first: Id, last: Id) -> bool:
        """Tell whether any id that lies from one to another was ever met here."""
        return self._names.keys.has_between(first, last)

    def _keys(self, articles: Sequence[Id]) -> list[int]:
        return [key for one in articles if (key := self._names.keys.find(one)) is not None]

    def _lengths(self, wanted: Wanted) -> Iterator[tuple[int, int]]:
        if wanted.article is not None:
            keys = self._keys([wanted.article])
        else:
            phrases = [term.words for term in terms_wanted(wanted)]
            if not phrases or not all(phrases):
                yield from _ALL_LENGTHS.all(self._connection)
                return
            keys = list(sqlite.matching(self._connection, phrases))
        for at in range(0, len(keys), _CHUNK):
            found = _LENGTHS.all(self._connection, keys=keys[at : at + _CHUNK])
            yield from ((key, length) for key, length, deleted in found if not deleted)


def _batches(lengths: Iterator[tuple[int, int]], times: int) -> Iterator[list[int]]:
    batch: list[int] = []
    size = 0
    for key, length in lengths:
        if batch and (size + length > times * _BATCH_LENGTH or len(batch) >= times * _BATCH_TEXTS):
            yield batch
            batch, size = [], 0
        batch.append(key)
        size += length
    if batch:
        yield batch
