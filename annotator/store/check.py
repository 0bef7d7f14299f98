"""Checks an open project: the file, its texts and offsets, what points where, the log; changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, Literal

import orjson
from sqlalchemy import Select, Table, func, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from annotator.model.errors import ProjectDamaged, UserError
from annotator.model.ids import Id
from annotator.model.job import Job, Progress
from annotator.model.scheme import LabelKind, scheme_from_text
from annotator.model.text import sha256_of
from annotator.store import check_log, damage, schema, sqlite
from annotator.store.findings import Finding
from annotator.store.keys import Names
from annotator.store.kinds import KINDS, Kind

_LABELS: tuple[tuple[str, LabelKind], ...] = (
    ("spans", "span"),
    ("frames", "frame"),
    ("article_labels", "article"),
)
_TABLES = {kind.table.name: kind for kind in KINDS.values()}


def check(connection: Connection, names: Names, *, read_only: bool) -> Job[tuple[Finding, ...]]:
    """Return everything that is wrong; a part that cannot be read at all is one finding and no more."""
    return (yield from _Check(connection, names, read_only=read_only).run())


class _Check:
    def __init__(self, connection: Connection, names: Names, *, read_only: bool) -> None:
        self._connection = connection
        self._names = names
        self._read_only = read_only
        self._found: list[Finding] = []

    def run(self) -> Job[tuple[Finding, ...]]:
        parts: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
            ("file", self._file),
            ("ids", self._ids),
            ("texts", self._texts),
            ("spans", self._spans),
            ("labels", self._labels),
            ("roles", self._roles),
            ("counts", self._tallies),
            ("log", lambda: check_log.findings(self._connection, self._names)),
        )
        for done, (what, part) in enumerate(parts):
            yield Progress(done, len(parts), what)
            try:
                for finding in part():
                    self._found.append(finding)
            except (DBAPIError, UserError, ValueError, KeyError, TypeError, AttributeError) as error:
                # Damage can make anything unreadable; the other parts still have something to say.
                is_said = isinstance(error, UserError) and not isinstance(error, ProjectDamaged)
                text = str(error) if is_said else damage.UNREADABLE.format(what=what)
                self._found.append(Finding("error", None, None, text))
        yield Progress(len(parts), len(parts))
        return tuple(self._found)

    def _error(self, article: int | None, record: int | None, text: str) -> Finding:
        return Finding("error", self._id(article), self._id(record), text)

    def _id(self, key: int | None) -> Id | None:
        try:
            return self._names.id_or_none(key)
        except KeyError:
            return None

    # -- the parts --------------------------------------------------------------------------------

    def _file(self) -> Iterator[Finding]:
        for fault in damage.sentences(sqlite.integrity_faults(self._connection, quick=False)):
            yield self._error(None, None, f"The file is damaged: {fault} {damage.ADVICE}")
        for fault in sqlite.schema_faults(self._connection):
            yield self._error(None, None, f"The file was changed by another program: {fault}")
        if not self._read_only and sqlite.full_text_fault(self._connection) is not None:
            yield self._error(None, None, damage.NO_SEARCH)

    def _ids(self) -> Iterator[Finding]:
        runs = sorted(
            (int.from_bytes(first, "big"), count, key)
            for key, first, count in self._connection.execute(select(schema.ids)).all()
        )
        for (first, count, key), (following, _, other) in pairwise(runs):
            if first + count > following:
                yield self._error(None, None, f"Two records have the same id (keys {key} and {other}).")
        end = 0
        for key, count in sorted((key, count) for _, count, key in runs):
            if key < end:
                yield self._error(None, None, f"Two ids have the same key ({key}).")
            end = key + count
        for kind in KINDS.values():
            for key in self._connection.execute(select(kind.table.c.key)).scalars().all():
                if self._id(key) is None:
                    yield self._error(None, None, f"A row of {kind.table.name} (key {key}) has no id.")

    def _texts(self) -> Iterator[Finding]:
        articles, texts = schema.articles, schema.texts
        query = select(articles.c.key, articles.c.name, articles.c.sha256, articles.c.length, texts.c.text)
        query = query.outerjoin(texts, texts.c.article == articles.c.key)
        for key, name, sha256, length, text in self._connection.execute(query):
            if text is None:
                yield self._error(key, key, f"{name or '?'}: the text is missing.")
            elif sha256_of(text) != sha256 or len(text) != length:
                yield self._error(key, key, f"{name}: the text is not the one that was imported.")

    def _spans(self) -> Iterator[Finding]:
        for name in ("blocks", "spans", "suggested_spans", "nothing_here"):
            yield from self._offsets(_TABLES[name])
        for name in ("spans", "suggested_spans"):
            yield from self._several(_TABLES[name])

    def _offsets(self, kind: Kind) -> Iterator[Finding]:
        table, articles = kind.table, schema.articles
        query = select(
            table.c.key, table.c.article, table.c.start, table.c.stop, articles.c.name, articles.c.length
        )
        query = query.outerjoin(articles, articles.c.key == table.c.article)
        least = 0 if kind.title == "block" else 1
        wrong = or_(
            articles.c.key.is_(None),
            table.c.start < 0,
            table.c.stop > articles.c.length,
            table.c.stop - table.c.start < least,
        )
        for key, article, start, stop, name, length in self._connection.execute(query.where(wrong)):
            if start is None or stop is None:
                yield self._error(article, key, f"{name or '?'}: a {kind.title} has lost its place.")
                continue
            where = f"outside the text of {length} characters" if name else "in an article that is not there"
            yield self._error(article, key, f"{name or '?'}: a {kind.title} at {start} to {stop} is {where}.")

    def _several(self, kind: Kind) -> Iterator[Finding]:
        table = kind.table
        query = select(table.c.key, table.c.article, table.c.start, table.c.stop, table.c.fragments)
        for key, article, start, stop, fragments in self._connection.execute(
            query.where(table.c.fragments != "")
        ):
            if not _in_order(fragments, start, stop):
                yield self._error(
                    article, key, f"The fragments of a {kind.title} are not in order: {fragments}"
                )

    def _labels(self) -> Iterator[Finding]:
        table = schema.schemes
        query = select(table.c.data).where(table.c.deleted == 0).order_by(table.c.number.desc()).limit(1)
        text = self._connection.execute(query).scalar()
        if text is None:
            yield self._error(None, None, "The project has no scheme.")
            return
        try:
            scheme = scheme_from_text(text)
        except UserError as error:
            yield self._error(None, None, f"The scheme cannot be read: {error}")
            return
        for name, of in _LABELS:
            records = _TABLES[name].table
            allowed = [self._names.words.find(label.name) for label in scheme.of(of)]
            query = select(records.c.key, records.c.article, records.c.label)
            query = query.where(records.c.deleted == 0, records.c.label.not_in(allowed))
            for key, article, label in self._connection.execute(query):
                word = self._names.word.get(label, "?")
                yield self._error(
                    article, key, f"The label {word} of a {_TABLES[name].title} is not in the scheme."
                )

    def _roles(self) -> Iterator[Finding]:
        roles = schema.roles
        ends = {"span": ("spans", "suggested_spans"), "frame": ("frames", "suggested_frames")}
        for owner in (schema.frames, schema.suggested_frames):
            for kind in ("span", "frame", "actor", "claim_card", "article"):
                query = select(roles.c.frame, owner.c.article, roles.c.role, roles.c.ending)
                query = query.join(owner, owner.c.key == roles.c.frame)
                query = query.where(owner.c.deleted == 0, roles.c.kind == self._names.words.find(kind))
                # What an article that was removed holds is hidden with it, and comes back only in order.
                query = query.where(_there(schema.articles, owner.c.article).exists())
                for name in ends.get(kind, (f"{kind}s",)):
                    table = _TABLES[name].table
                    query = query.where(~_there(table, roles.c.ending).exists())
                yield from self._dangling(query, kind)
            selfish = select(roles.c.frame, owner.c.article).join(owner, owner.c.key == roles.c.frame)
            for frame, article in self._connection.execute(selfish.where(roles.c.frame == roles.c.ending)):
                yield self._error(article, frame, "A frame points to itself.")

    def _dangling(self, query: Select[Any], kind: str) -> Iterator[Finding]:
        for frame, article, role, ending in self._connection.execute(query):
            text = (
                f"The role {self._names.word.get(role, '?')} of a frame points to "
                f"{'an' if kind[0] == 'a' else 'a'} {kind} that is not there"
            )
            known: Literal["error", "warning"] = "warning" if self._id(ending) is not None else "error"
            yield Finding(known, self._id(article), self._id(frame), f"{text}.")

    def _tallies(self) -> Iterator[Finding]:
        table = schema.tallies
        kept = {
            (kind, label, article): count
            for kind, label, article, count in self._connection.execute(select(table))
            if count
        }
        counted: Counter[tuple[int, int, int]] = Counter()
        for kind in KINDS.values():
            if kind.tallied:
                counted.update(self._counted(kind))
        if kept != dict(counted):
            yield self._error(None, None, "The counts of labels per article are not those of the records.")

    def _counted(self, kind: Kind) -> dict[tuple[int, int, int], int]:
        table = kind.table
        query = select(table.c.label, table.c.article, func.count()).where(table.c.deleted == 0)
        if "state" in kind.columns:
            query = query.where(table.c.state == self._names.words.find("open"))
        name = self._names.words.find(table.name)
        found = self._connection.execute(query.group_by(table.c.label, table.c.article))
        return {(name, label, article): count for label, article, count in found}


def _there(table: Table, key: Any) -> Select[Any]:
    other = table.alias()
    return select(other.c.key).where(other.c.key == key, other.c.deleted == 0)


def _in_order(text: str, start: int, stop: int) -> bool:
    try:
        pairs = orjson.loads(text)
        flat = [place for first, last in pairs for place in (first, last)]
    except (ValueError, TypeError):
        return False
    rising = all(one < two for one, two in zip(flat[::2], flat[1::2], strict=True))
    apart = all(one <= two for one, two in zip(flat[1::2], flat[2::2], strict=False))
    return bool(flat) and rising and apart and flat[0] == start and flat[-1] == stop
