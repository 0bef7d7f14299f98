"""Which articles the list shows, and in which order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.engine import Connection

from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import Article
from annotator.store import schema, sqlite
from annotator.store.keys import Names

Order = Literal["given", "date", "title"]
_ARTICLES = schema.articles
LABELLED = ("spans", "frames", "article_labels")
"""Tables of records that carry a label of their own."""
_SHOWN: Mapping[Order, tuple[Any, ...]] = {
    "given": (),
    "date": (_ARTICLES.c.published,),
    "title": (_ARTICLES.c.name, _ARTICLES.c.title),
}
_STRETCH = 8192


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Which articles to list; what is empty does not narrow.

    `text` is looked for in names and titles, case-blind; `label` is one that some record of the
    article carries; `reading` is new, begun or done; `suggestions` asks for open suggestions, but
    of `hidden` labels.
    """

    text: str = ""
    label: str = ""
    reading: str = ""
    suggestions: bool = False
    hidden: frozenset[str] = frozenset()


class Listing:
    """Finds articles of an open project by a filter, in an order."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names
        self._article_ids: dict[int, Id] = {}
        self._orders: dict[Order, list[int]] = {}

    def article_ids(self, order: Order, where: ArticleFilter, by: Id | None) -> list[Id]:
        """Return the ids of the articles that pass the filter, in order."""
        if where.text:
            keys = self._named(where, by)
        elif not (where.label or where.reading or where.suggestions):
            return self._ids(self._in_order(order))
        else:
            query = self._narrowed(select(_ARTICLES.c.key), where, by).where(_ARTICLES.c.deleted == 0)
            keys = [row[0] for row in sqlite.fetch_all(self._connection, _placed(query))]
        if order != "given":
            wanted = set(keys)
            keys = [key for key in self._in_order(order) if key in wanted]
        return self._ids(keys)

    def follow(self, changes: Changes) -> None:
        """Hear what was written, all of it: orders are kept until an article is touched."""
        if changes.many or any(True for _ in changes.of(Article)):
            self._orders.clear()

    def _in_order(self, order: Order) -> list[int]:
        """Return the keys of all articles in an order; kept, for the list asks with every filter."""
        found = self._orders.get(order)
        if found is None:
            query = select(_ARTICLES.c.key, *_SHOWN[order]).where(_ARTICLES.c.deleted == 0)
            found = self._orders[order] = _sorted(sqlite.fetch_all(self._connection, _placed(query)), order)
        return found

    def _named(self, where: ArticleFilter, by: Id | None) -> list[int]:
        query = select(_ARTICLES.c.key, _ARTICLES.c.name, _ARTICLES.c.title).where(_ARTICLES.c.deleted == 0)
        wanted = where.text.casefold()
        found = sqlite.fetch_all(self._connection, _placed(self._narrowed(query, where, by)))
        return [key for key, name, title in found if wanted in f"{name}\n{title}".casefold()]

    def _ids(self, keys: list[int]) -> list[Id]:
        """Return the ids of articles; they are asked for at every look at the list, so they stay."""
        known = self._article_ids
        missing = [key for key in keys if key not in known] if len(known) < len(keys) else []
        known.update(zip(missing, self._names.keys.ids(missing), strict=True))
        try:
            return [known[key] for key in keys]
        except KeyError:  # others were asked for before
            known.update({key: self._names.id[key] for key in keys if key not in known})
            return [known[key] for key in keys]

    def _narrowed(self, query: Select[Any], where: ArticleFilter, by: Id | None) -> Select[Any]:
        if where.label:
            query = query.where(_ARTICLES.c.key.in_(self._labelled(where.label)))
        if where.suggestions:
            query = query.where(_ARTICLES.c.key.in_(self._waited_for(where.hidden)))
        if where.reading:
            states = ("begun", "done") if where.reading == "new" else (where.reading,)
            reading = _ARTICLES.c.key.in_(self._read(states, by))
            query = query.where(~reading if where.reading == "new" else reading)
        return query

    def _labelled(self, label: str) -> Select[Any]:
        table, words = schema.tallies, self._names.words
        kinds = [words.find(name) for name in LABELLED]
        query = select(table.c.article).where(table.c.kind.in_(kinds), table.c.count > 0)
        return query.where(table.c.label == words.find(label))

    def _waited_for(self, hidden: Collection[str]) -> Select[Any]:
        table, words = schema.tallies, self._names.words
        is_span = table.c.kind == words.find("suggested_spans")
        is_seen = table.c.label.not_in([words.find(one) for one in hidden])
        waits = or_(table.c.kind == words.find("suggested_frames"), and_(is_span, is_seen))
        return select(table.c.article).where(waits, table.c.count > 0)

    def _read(self, states: Sequence[str], by: Id | None) -> Select[Any]:
        table, words = schema.readings, self._names.words
        found = [words.find(state) for state in states]
        query = select(table.c.article).where(table.c.deleted == 0, table.c.state.in_(found))
        return query if by is None else query.where(table.c.annotator == (self._names.keys.find(by) or 0))


def _placed(query: Select[Any]) -> Select[Any]:
    return query.order_by(_ARTICLES.c.place, _ARTICLES.c.key)


def _sorted(found: Sequence[tuple[Any, ...]], order: Order) -> list[int]:
    """Return the keys of rows, which come as given, in an order; articles without a date are last."""
    if order == "given":
        return [row[0] for row in found]
    last = []
    if order == "date":
        last = [row[0] for row in found if not row[1]]
        found = [row for row in found if row[1]]
        shown = [row[1] for row in found]
    else:
        shown = [(title or name).casefold() for _, name, title in found]
    at = list(range(len(shown)))
    # In stretches first: Python sorts without letting another thread in, and the window is one.
    for start in range(0, len(at), _STRETCH):
        at[start : start + _STRETCH] = sorted(at[start : start + _STRETCH], key=shown.__getitem__)
    return [*(found[one][0] for one in sorted(at, key=shown.__getitem__)), *last]
