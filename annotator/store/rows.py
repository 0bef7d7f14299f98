"""Reads whole records from their tables, by key or by article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.engine import Connection

from annotator.model.records import Article, Record, RoleEnd
from annotator.store import schema
from annotator.store.keys import Names
from annotator.store.kinds import KINDS, Kind, role_ends
from annotator.store.statements import Statement

_BATCH = 512


@cache
def selected(kind: Kind) -> Select[Any]:
    """Return the query for what the kind's `from_row` takes, but the roles of frames."""
    columns = [kind.table.c[name] for name in kind.columns]
    if kind.type is Article:
        return select(*columns, schema.texts.c.text).join(
            schema.texts, schema.texts.c.article == kind.table.c.key
        )
    return select(*columns)


@cache
def _by_keys(kind: Kind) -> Statement:
    keys: BindParameter[Any] = bindparam("keys", expanding=True)
    return Statement(selected(kind).add_columns(kind.table.c.deleted).where(kind.table.c.key.in_(keys)))


_ROLES = Statement(
    select(schema.roles)
    .where(schema.roles.c.frame.in_(bindparam("keys", expanding=True)))
    .order_by(schema.roles.c.frame, schema.roles.c.place)
)


def load(connection: Connection, names: Names, kind: Kind, key: int) -> tuple[Record, bool] | None:
    """Return one record and whether it is there (not removed); None when there never was one."""
    found = _by_keys(kind).all(connection, keys=[key])
    if not found:
        return None
    (record,) = complete(connection, names, kind, found)
    return record, not found[0][-1]


def load_many(
    connection: Connection, names: Names, kind: Kind, keys: Collection[int], *, removed: bool = False
) -> dict[int, Record]:
    """Return the records with these keys; removed ones only when asked for."""
    found: dict[int, Record] = {}
    wanted = list(keys)
    for at in range(0, len(wanted), _BATCH):
        rows = _by_keys(kind).all(connection, keys=wanted[at : at + _BATCH])
        rows = [row for row in rows if removed or not row[-1]]
        found.update(zip((row[0] for row in rows), complete(connection, names, kind, rows), strict=True))
    return found


def complete(
    connection: Connection, names: Names, kind: Kind, found: Sequence[Sequence[Any]]
) -> list[Record]:
    """Return the records of some rows, frames with their roles."""
    from_row = kind.from_row
    width = len(kind.columns)
    if kind.has_roles:
        roles = roles_of(connection, names, [row[0] for row in found])
        return [from_row((*row[:width], roles.get(row[0], ())), names) for row in found]
    width += kind.type is Article
    return [from_row(row[:width], names) for row in found]


def roles_of(connection: Connection, names: Names, keys: Sequence[int]) -> dict[int, tuple[RoleEnd, ...]]:
    """Return the ends of frames and suggested frames, in order, by key."""
    grouped: defaultdict[int, list[RoleEnd]] = defaultdict(list)
    for at in range(0, len(keys), _BATCH):
        found = _ROLES.all(connection, keys=keys[at : at + _BATCH])
        if found:
            frames, _, roles, kinds, endings = zip(*found, strict=True)
            for frame, end in zip(frames, role_ends(roles, kinds, endings, names), strict=True):
                grouped[frame].append(end)
    return {frame: tuple(ends) for frame, ends in grouped.items()}


def live(connection: Connection, names: Names, kind: Kind, *where: Any) -> list[Record]:
    """Return the records of a kind that are there and fulfil the conditions, by key."""
    table = kind.table
    query = selected(kind).where(table.c.deleted == 0, *where).order_by(table.c.key)
    return complete(connection, names, kind, connection.execute(query).all())


def parts(connection: Connection, names: Names, article: int) -> Iterator[Record]:
    """Yield what is there of an article: its blocks, and what annotators and suggesters made in it."""
    for kind in KINDS.values():
        if "article" in kind.table.c:
            yield from live(connection, names, kind, kind.table.c.article == article)
