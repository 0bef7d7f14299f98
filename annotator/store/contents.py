"""Reads articles with everything that belongs to them: one for the view, all of them for export."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice
from typing import Any

import orjson
from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.engine import Connection

from annotator.model.changes import Changes
from annotator.model.collecting import no_collecting
from annotator.model.columns import Columns, Same, different
from annotator.model.ids import Id
from annotator.model.records import (
    Actor,
    Article,
    ArticleContent,
    ArticleLabel,
    ArticleReading,
    Block,
    ClaimCard,
    Frame,
    NothingHere,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.store import columns, rows, schema, sqlite
from annotator.store.following import followed
from annotator.store.keys import Names
from annotator.store.kinds import KINDS, Kind, role_ends
from annotator.store.since import Overtaken, Since
from annotator.store.statements import Statement

_BATCH = 32
_FOLLOWED = 64
"""Changes from which on reading an article anew is less work than following them."""
_OFTEN_SAME = frozenset(("annotator", "origin", "fragments", "attributes", "actor", "claim_card", "note"))
"""Columns that seldom differ among some articles."""
_KEYS: BindParameter[Any] = bindparam("keys", expanding=True)
_Grouped = Mapping[int, Sequence[Any]]
_PARTS = (Block, Span, Frame, ArticleLabel, NothingHere, ArticleReading, SuggestedSpan, SuggestedFrame)
_ARE_THERE = Statement(select().add_columns(*(select(KINDS[kind].table.c.key).exists() for kind in _PARTS)))
"""Tells of which kinds there are any at all: many projects have no suggestions, or no labels of articles."""


@cache
def _of_articles(kind: Kind) -> Statement:
    table = kind.table
    order = (table.c.article, table.c.start, table.c.stop) if _has_place(kind) else ()
    query = rows.selected(kind).where(table.c.article.in_(_KEYS), table.c.deleted == 0)
    return Statement(query.order_by(*order, table.c.key))


@cache
def _columns_of(kind: Kind, names: tuple[str, ...]) -> Statement:
    table = kind.table
    query = select(*(table.c[name] for name in names))
    query = query.where(table.c.article.in_(_KEYS), table.c.deleted == 0)
    order = (table.c.start, table.c.stop) if _has_place(kind) else ()
    return Statement(sqlite.as_lists(query.order_by(table.c.article, *order, table.c.key)))


@cache
def _alike(kind: Kind, names: tuple[str, ...]) -> Statement:
    """Return the query that tells, by a second row, that records differ in these columns."""
    table = kind.table
    query = select(*(table.c[name] for name in names)).distinct().limit(2)
    return Statement(query.where(table.c.article.in_(_KEYS), table.c.deleted == 0))


@cache
def _roles_of(kind: Kind) -> Statement:
    table, roles = kind.table, schema.roles
    query = select(roles.c.frame, roles.c.role, roles.c.kind, roles.c.ending)
    query = query.join(table, table.c.key == roles.c.frame)
    query = query.where(table.c.article.in_(_KEYS), table.c.deleted == 0)
    # By article first: an index has them in that order, and nothing is left to be sorted.
    return Statement(sqlite.as_lists(query.order_by(table.c.article, table.c.key, roles.c.place)))


_AUTHORS = Statement(
    select(schema.actors.c.key).where(schema.actors.c.article.in_(_KEYS), schema.actors.c.deleted == 0)
)


class Contents:
    """Reads whole articles of an open project."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names
        self._last: dict[type, dict[int, tuple[Any, Any]]] = {}
        """Rows and records of the article read last: what did not change stays the same object."""
        self._kept: ArticleContent | None = None
        """That article, with all that was written since."""
        self._moments: list[Since] = []

    def one(self, article: Id) -> ArticleContent:
        """Return an article with everything that belongs to it; KeyError when it is not there."""
        if self._kept is not None and self._kept.article.id == article:
            return self._kept
        key = self._names.keys.find(article)
        found = next(self._read([key], None, keep=True), None) if key is not None else None
        if found is None:
            raise KeyError(article)
        self._kept = found
        return found

    def follow(self, changes: Changes) -> None:
        """Hear what was written, all of it: the article read last need not be read again for that."""
        if self._kept is not None:
            is_large = changes.many or len(changes.changes) > _FOLLOWED
            self._kept = None if is_large else followed(self._kept, changes.changes, self._settled)
        self._moments = [one for one in self._moments if not one.is_over]
        for one in self._moments:
            one.hear(changes)

    def since(self) -> Since:
        """Return what hears of all that is written from now on."""
        self._moments.append(Since())
        return self._moments[-1]

    def _settled(self, record: Any) -> Any:
        """Return a record as it would be read."""
        kind = KINDS[type(record)]
        row = kind.to_row(record, self._names.key[record.id], self._names)
        return kind.from_row((*row, record.roles) if kind.has_roles else row, self._names)

    def all(self, by: Collection[Id] | None, articles: Collection[Id] | None) -> Iterator[ArticleContent]:
        """Yield all articles, or these, in given order, of the work of all annotators or of these."""
        table = schema.articles
        query = select(table.c.key).where(table.c.deleted == 0).order_by(table.c.place, table.c.key)
        keys = list(self._connection.execute(query).scalars())
        if articles is not None:
            wanted = {*map(self._names.keys.find, articles)}
            keys = [key for key in keys if key in wanted]
        for at in range(0, len(keys), _BATCH):
            yield from self._read(keys[at : at + _BATCH], by)

    def then(self, since: Since, by: Collection[Id] | None, articles: Collection[Id]) -> list[ArticleContent]:
        """Return articles as they were when `since` began to hear; raises Overtaken."""
        # After a write that failed all is read anew, and nothing was heard of it.
        if since.is_overtaken or since not in self._moments:
            raise Overtaken
        keys = [key for key in map(self._names.keys.find, articles) if key is not None]
        return [since.as_it_was(one, by, self._settled) for one in self._read(keys, by)]

    def _read(
        self, keys: list[int], by: Collection[Id] | None, *, keep: bool = False
    ) -> Iterator[ArticleContent]:
        with no_collecting():
            articles = rows.load_many(self._connection, self._names, KINDS[Article], keys)
            found = self._parts(keys, keep=keep)
            referred = self._referred(keys, found)
        for key in keys:
            article = articles.get(key)
            if article is not None:
                assert isinstance(article, Article)
                yield _assembled(article, key, found, referred, by)

    def _parts(self, keys: list[int], *, keep: bool) -> dict[type, _Grouped]:
        (are_there,) = _ARE_THERE.all(self._connection)
        return {
            kind: self._belonging(KINDS[kind], keys, keep=keep) if is_there else {}
            for kind, is_there in zip(_PARTS, are_there, strict=True)
        }

    def _belonging(self, kind: Kind, keys: list[int], *, keep: bool) -> _Grouped:
        if kind.type in (Span, Frame) and not keep:
            return self._as_columns(kind, keys)
        found = _of_articles(kind).all(self._connection, keys=keys)
        if found:
            self._settle_order(kind, found)
            if kind.has_roles:
                roles = self._roles(kind, keys)
                found = [(*row, roles.get(row[0], ())) for row in found]
        before = self._last.get(kind.type, {}) if keep else {}
        grouped: defaultdict[int, list[Any]] = defaultdict(list)
        from_row, names = kind.from_row, self._names
        now = {}
        for row in found:
            kept = before.get(row[0])
            if kept is None or kept[0] != row:
                kept = (row, from_row(row, names))
            grouped[row[1]].append(kept[1])
            if keep:
                now[row[0]] = kept
        if keep:
            self._last[kind.type] = now
        return grouped

    def _as_columns(self, kind: Kind, keys: list[int]) -> _Grouped:
        """Return records field by field: of many articles, hardly anybody looks at each of them."""
        often_same = tuple(name for name in kind.columns if name in _OFTEN_SAME)
        alike = _alike(kind, often_same).all(self._connection, keys=keys)
        if not alike:
            return {}
        values = dict(zip(often_same, map(Same, alike[0]), strict=True)) if len(alike) == 1 else {}
        names = tuple(name for name in kind.columns if name not in values)
        (lists,) = _columns_of(kind, names).all(self._connection, keys=keys)
        found: dict[str, Any] = values | dict(zip(names, map(orjson.loads, lists), strict=True))
        self._settle_columns(kind, found)
        roles = self._roles(kind, keys) if kind.has_roles else {}
        return columns.records_of(kind, found, roles, self._names)

    def _settle_columns(self, kind: Kind, found: dict[str, Any]) -> None:
        """Put columns that came by place and key in order of place and id, where that is not the same."""
        if self._names.keys.follow(found["key"]) or self._is_in_order(found["key"]):
            return
        places = [found["article"], *((found["start"], found["stop"]) if _has_place(kind) else ())]
        by_place = [*zip(*places, map(self._names.id.__getitem__, found["key"]), strict=True)]
        order = sorted(range(len(by_place)), key=by_place.__getitem__)
        for name, values in found.items():
            if not isinstance(values, Same):
                found[name] = [values[at] for at in order]

    def _is_in_order(self, keys: Iterable[int]) -> bool:
        """Tell whether ids follow one another as their keys do; they are at hand then."""
        ids = self._names.keys.meet(sorted(keys))
        return ids == sorted(ids)

    def _settle_order(self, kind: Kind, found: list[tuple[Any, ...]]) -> None:
        """Put rows that came by place and key in order of place and id, where that is not the same."""
        if self._is_in_order([row[0] for row in found]):
            return
        at, id_of = (kind.columns.index("start") if _has_place(kind) else 0), self._names.id
        if at:
            found.sort(key=lambda row: (row[1], row[at], row[at + 1], id_of[row[0]]))
        else:
            found.sort(key=lambda row: id_of[row[0]])

    def _roles(self, kind: Kind, keys: list[int]) -> Mapping[int, tuple[RoleEnd, ...]]:
        (lists,) = _roles_of(kind).all(self._connection, keys=keys)
        frames, roles, kinds, endings = map(orjson.loads, lists)
        ends = role_ends(roles, kinds, endings, self._names)
        return {frame: tuple(islice(ends, count)) for frame, count in Counter(frames).items()}

    def _referred(self, keys: list[int], found: Mapping[type, _Grouped]) -> Mapping[Id, Actor | ClaimCard]:
        wanted: dict[type[Actor | ClaimCard], set[int]] = {Actor: set(), ClaimCard: set()}
        wanted[Actor].update(row[0] for row in _AUTHORS.all(self._connection, keys=keys))
        find = self._names.key
        for spans in found[Span].values():
            wanted[Actor].update(find[one] for one in different(spans, "actor") - {None})
            wanted[ClaimCard].update(find[one] for one in different(spans, "claim_card") - {None})
        for kind in (Frame, SuggestedFrame):
            frames = chain.from_iterable(map(_ends, found[kind].values()))
            for _, what, end in [one for one in chain.from_iterable(frames) if one[1] in _REFERRED]:
                wanted[_REFERRED[what]].add(find[end])
        records: dict[Id, Actor | ClaimCard] = {}
        for above, those in wanted.items():
            for one in rows.load_many(self._connection, self._names, KINDS[above], sorted(those)).values():
                assert isinstance(one, Actor | ClaimCard)
                records[one.id] = one
        return records


def _ends(frames: Sequence[Any]) -> Iterable[tuple[RoleEnd, ...]]:
    """Return the ends of each frame, of columns without making frames."""
    return frames.column("roles") if isinstance(frames, Columns) else (one.roles for one in frames)


_REFERRED: Mapping[str, type[Actor | ClaimCard]] = {"actor": Actor, "claim_card": ClaimCard}


def _has_place(kind: Kind) -> bool:
    """Tell whether records of a kind always stand at some place of the text."""
    return "start" in kind.columns and kind.type is not NothingHere


def _assembled(
    article: Article,
    key: int,
    found: Mapping[type, _Grouped],
    referred: Mapping[Id, Actor | ClaimCard],
    by: Collection[Id] | None,
) -> ArticleContent:
    parts: dict[type, Any] = {kind: found[kind].get(key, ()) for kind in _PARTS}
    for kind, records in parts.items():
        if by is not None and "annotator" in KINDS[kind].columns:
            parts[kind] = tuple(one for one in records if one.annotator in by)
        elif type(records) is list:
            parts[kind] = tuple(records)
    actors, cards = _above(article.id, parts, referred)
    return ArticleContent(
        article,
        parts[Block],
        parts[Span],
        parts[Frame],
        parts[ArticleLabel],
        parts[NothingHere],
        parts[ArticleReading],
        parts[SuggestedSpan],
        parts[SuggestedFrame],
        actors,
        cards,
    )


def _above(
    article: Id, parts: Mapping[type, Sequence[Any]], referred: Mapping[Id, Actor | ClaimCard]
) -> tuple[tuple[Actor, ...], tuple[ClaimCard, ...]]:
    if not referred:
        return (), ()
    ids = {end.end for kind in (Frame, SuggestedFrame) for ends in _ends(parts[kind]) for end in ends}
    ids |= different(parts[Span], "actor") | different(parts[Span], "claim_card")
    actors = [
        one
        for one in referred.values()
        if isinstance(one, Actor) and (one.id in ids or one.article == article)
    ]
    cards = [one for one in referred.values() if isinstance(one, ClaimCard) and one.id in ids]
    actors.sort(key=lambda one: one.id)
    cards.sort(key=lambda one: one.id)
    return tuple(actors), tuple(cards)
