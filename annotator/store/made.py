"""In which articles each annotator labelled something: read once, slice by slice, then followed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.engine import Connection

from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import ArticleLabel, Frame, Span
from annotator.store import schema
from annotator.store.keys import Names

_TABLES = (schema.spans, schema.frames, schema.article_labels)
_SLICE = 50_000
"""Keys that are read in one go: others may write meanwhile."""


class Made:
    """Tells in which articles somebody made spans, frames or labels of articles.

    No index has it: whoever labels would pay for it with each label, and it is hardly ever asked for.
    """

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names
        self._articles: defaultdict[int, set[int]] = defaultdict(set)
        """By annotator."""
        self._rest: Iterator[bool] | None = None
        """What is still to be read; None before anybody asked."""

    def read_on(self) -> bool:
        """Read the next slice; tells whether there was one."""
        if self._rest is None:
            self._rest = self._read()
        return next(self._rest, False)

    def by(self, annotator: Id) -> Set[int]:
        """Return the keys of the articles in which an annotator made something."""
        return self.every().get(self._names.keys.find(annotator) or 0, frozenset())

    def every(self) -> Mapping[int, Set[int]]:
        """Return the keys of these articles, by annotator."""
        while self.read_on():
            pass
        return self._articles

    def follow(self, changes: Changes) -> None:
        """Hear what was written, all of it."""
        if self._rest is None:
            return
        if changes.many:
            self._articles.clear()
            self._rest = None
            return
        found = list(changes.of(Span, Frame, ArticleLabel))
        for annotator, article in {self._place(one.after) for one in found if one.after is not None}:
            self._articles[annotator].add(article)
        for annotator, article in {self._place(one.before) for one in found if one.before is not None}:
            if not self._is_there(annotator, article):
                self._articles[annotator].discard(article)

    def _place(self, record: Any) -> tuple[int, int]:
        return self._names.key[record.annotator], self._names.key[record.article]

    def _is_there(self, annotator: int, article: int) -> bool:
        """Tell whether an annotator has something in an article."""
        return any(
            self._connection.execute(
                select(table.c.key)
                .where(table.c.article == article, table.c.deleted == 0, table.c.annotator == annotator)
                .limit(1)
            ).first()
            for table in _TABLES
        )

    def _read(self) -> Iterator[bool]:
        for table in _TABLES:
            last = self._connection.execute(select(func.max(table.c.key))).scalar_one() or 0
            for start in range(0, last + 1, _SLICE):
                for annotator, article in self._connection.execute(_within(table, start)):
                    self._articles[annotator].add(article)
                yield True


def _within(table: Table, start: int) -> Any:
    query = select(table.c.annotator, table.c.article).distinct()
    return query.where(table.c.key.between(start, start + _SLICE - 1), table.c.deleted == 0)
