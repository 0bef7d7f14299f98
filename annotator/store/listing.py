"""Which articles the list shows, and in which order."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.engine import Connection

from annotator.model.article_filter import ArticleFilter, Order
from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import Article
from annotator.store import schema, sqlite
from annotator.store.id_list import IdList
from annotator.store.keys import Names
from annotator.store.made import Made

_ARTICLES = schema.articles
LABELLED = ("spans", "frames", "article_labels")
"""Tables of records that carry a label of their own."""
_PLACED = (_ARTICLES.c.place, _ARTICLES.c.key)
_SORTED: Mapping[Order, tuple[Any, ...]] = {
    "given": (),
    "date": (sqlite.empty_last(_ARTICLES.c.published),),
    "title": (
        case(
            (_ARTICLES.c.title == "", sqlite.casefolded(_ARTICLES.c.name)),
            else_=sqlite.casefolded(_ARTICLES.c.title),
        ),
    ),
}


class Listing:
    """Finds articles of an open project by a filter, in an order."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names
        self._orders: dict[Order, array[int]] = {}
        self._made = Made(connection, names)

    def read_on(self, where: ArticleFilter) -> bool:
        """Read the next slice of what a filter needs; tells whether there was one."""
        return (where.undecided or where.made_by is not None) and self._made.read_on()

    def article_ids(self, order: Order, where: ArticleFilter, by: Id | None) -> Sequence[Id]:
        """Return the ids of the articles that pass the filter, in order."""
        is_narrow = where.text or where.label or where.reading or where.suggestions
        keys = self._found(order, where, by) if is_narrow else self._in_order(order)
        if where.made_by is not None:
            keys = _within(keys, self._made.by(where.made_by))
        if where.undecided:
            keys = _within(keys, self._undecided(by))
        return IdList(keys, self._names.keys)

    def _undecided(self, by: Id | None) -> Set[int]:
        """Return the keys of what two others or more worked on, and who is at work has not done."""
        mine, readings, people = self._names.keys.find(by) if by else None, schema.readings, schema.annotators
        is_done = readings.c.state == self._names.words.find("done")
        done: defaultdict[int, set[int]] = defaultdict(set)
        pairs = select(readings.c.annotator, readings.c.article).where(readings.c.deleted == 0, is_done)
        for annotator, article in self._connection.execute(pairs):
            done[annotator].add(article)
        decides = select(people.c.key).where(people.c.kind == self._names.words.find("adjudicator"))
        deciders = {mine, *self._connection.execute(decides).scalars()}
        made, worked = self._made.every(), Counter[int]()
        for one in {*made, *done} - deciders:
            worked.update(made.get(one, frozenset()) | done[one])
        return {article for article, count in worked.items() if count > 1} - done[mine or 0]

    def _found(self, order: Order, where: ArticleFilter, by: Id | None) -> array[int]:
        """Return the keys of the articles that a query finds, in order."""
        query = self._narrowed(select(_ARTICLES.c.key), where, by).where(_ARTICLES.c.deleted == 0)
        keys = sqlite.fetch_keys(self._connection, query.order_by(*_PLACED))
        if where.text:
            keys = self._named(keys, where)
        if order != "given":
            keys = _within(self._in_order(order), set(keys))
        return keys

    def follow(self, changes: Changes) -> None:
        """Hear what was written, all of it: orders are kept until an article is touched."""
        self._made.follow(changes)
        if changes.many or changes.has(Article):
            self._orders.clear()

    def _in_order(self, order: Order) -> array[int]:
        """Return the keys of all articles in an order; kept, for the list asks with every filter.

        SQLite sorts, not Python: meanwhile it leaves the interpreter to the window.
        """
        found = self._orders.get(order)
        if found is None:
            # The sum keeps the index away: it helps to the given order, and in others it is a detour.
            is_there = _ARTICLES.c.deleted == 0 if order == "given" else _ARTICLES.c.deleted + 0 == 0
            query = select(_ARTICLES.c.key).where(is_there).order_by(*_SORTED[order], *_PLACED)
            found = self._orders[order] = sqlite.fetch_keys(self._connection, query)
        return found

    def _named(self, keys: array[int], where: ArticleFilter) -> array[int]:
        """Leave those that have the text in name or title, or are wanted all the same."""
        text = where.text.casefold()
        has_text = [
            func.instr(sqlite.casefolded(column), text) > 0
            for column in (_ARTICLES.c.name, _ARTICLES.c.title)
        ]
        query = select(_ARTICLES.c.key).where(_ARTICLES.c.deleted == 0, or_(*has_text))
        wanted = {self._names.keys.find(one) for one in where.also}
        wanted.update(sqlite.fetch_keys(self._connection, query))
        return _within(keys, wanted)

    def _narrowed(self, query: Select[Any], where: ArticleFilter, by: Id | None) -> Select[Any]:
        if where.label:
            query = query.where(_ARTICLES.c.key.in_(self._labelled(where.label)))
        if where.suggestions:
            query = query.where(_ARTICLES.c.key.in_(self._waited_for(where.hidden)))
        if where.reading:
            states = ("begun", "done") if where.reading == "new" else (where.reading,)
            reading = _ARTICLES.c.key.in_(self._read(states, where.whose or by))
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


def _within(keys: array[int], wanted: Set[int | None] | Set[int]) -> array[int]:
    return array("q", (key for key in keys if key in wanted))
