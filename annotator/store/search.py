"""Finds words and phrases in all articles, taken literally, blind to case and accents, places exact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.engine import Connection

from annotator.model.ids import Id
from annotator.model.matching import Term, places_of_terms, terms_of
from annotator.model.records import Hit
from annotator.store import schema, sqlite
from annotator.store.keys import Names
from annotator.store.statements import Statement

_AROUND = 60
_FIRST, _BATCH = 8, 128
# By key alone: asked for the ones that are not deleted, SQLite would go through all of them each time.
_TEXTS = Statement(
    select(schema.texts.c.article, schema.texts.c.text, schema.articles.c.deleted)
    .join(schema.articles, schema.articles.c.key == schema.texts.c.article)
    .where(schema.texts.c.article.in_(bindparam("keys", expanding=True)))
)


def search(connection: Connection, names: Names, text: str, limit: int) -> tuple[Hit, ...]:
    """Return where the words and "phrases" of a query stand; an article must hold all of them."""
    terms = terms_of(text)
    hits: list[Hit] = []
    if not terms or limit <= 0:
        return ()
    for key, content in _candidate_texts(connection, terms):
        for start, end in places_of_terms(content, terms, limit):
            hits.append(hit_at(names.id[key], content, start, end))
            if len(hits) >= limit:
                return tuple(hits)
    return tuple(hits)


def _candidate_texts(connection: Connection, terms: Sequence[Term]) -> Iterator[tuple[int, str]]:
    candidates, size = _candidates(connection, terms), _FIRST
    while keys := list(islice(candidates, size)):
        rows = _TEXTS.all(connection, keys=keys)
        found = {key: text for key, text, deleted in rows if not deleted}
        yield from ((key, found[key]) for key in keys if key in found)
        size = min(2 * size, _BATCH)


def _candidates(connection: Connection, terms: Sequence[Term]) -> Iterator[int]:
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


def hit_at(article: Id, text: str, start: int, end: int) -> Hit:
    """Return a hit with the words around it."""
    before = text[max(0, start - _AROUND) : start]
    return Hit(article, start, end, before, text[start:end], text[end : end + _AROUND])
