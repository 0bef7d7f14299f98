"""Questions to an open project; answers are frozen records, never rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, TypeVar, cast

from sqlalchemy import BindParameter, Table, and_, bindparam, exists, func, select
from sqlalchemy.engine import Connection

from annotator.model.errors import ProjectDamaged
from annotator.model.ids import Id, id_from_text
from annotator.model.records import ArticleReading, ArticleRow, Frame, Record, Span, SuggestedFrame
from annotator.model.scheme import Scheme, scheme_from_text
from annotator.store import rows, schema
from annotator.store.keys import Names
from annotator.store.kinds import KINDS, Kind
from annotator.store.listing import LABELLED
from annotator.store.statements import Statement

R = TypeVar("R")
F = TypeVar("F", Frame, SuggestedFrame)
_ROWS = 256
_PART = 4096
_ARTICLES = schema.articles


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a project holds; `labels` counts spans, frames and article labels by label."""

    articles: int = 0
    done: int = 0
    spans: int = 0
    frames: int = 0
    suggestions: int = 0
    actors: int = 0
    claim_cards: int = 0
    labels: Mapping[str, int] = field(default_factory=dict)


class Queries:
    """Reads an open project."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names

    # -- records ----------------------------------------------------------------------------------

    def get(self, kind: type[R], record_id: Id) -> R | None:
        """Return one record, None when it is not there (any more)."""
        found = self.get_many(kind, (record_id,))
        return found[0] if found else None

    def get_many(self, kind: type[R], ids: Iterable[Id]) -> tuple[R, ...]:
        """Return the records with these ids that are there, in the order asked for."""
        keys = [key for key in map(self._names.keys.find, ids) if key is not None]
        found = rows.load_many(self._connection, self._names, _kind(kind), dict.fromkeys(keys))
        return tuple(cast(R, found[key]) for key in keys if key in found)

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """Return all records of a kind, in the order they were added."""
        return tuple(cast(R, one) for one in rows.live(self._connection, self._names, _kind(kind)))

    def scheme(self) -> Scheme:
        """Return the newest scheme."""
        table = schema.schemes
        query = (
            select(table.c.data)
            .where(table.c.deleted == 0)
            .order_by(table.c.number.desc(), table.c.key.desc())
        )
        text = self._connection.execute(query.limit(1)).scalar()
        if text is None:
            raise ProjectDamaged("The project is damaged: it has no scheme. Put back a backup.")
        return scheme_from_text(text)

    def scheme_number(self, record: Id | None = None) -> int | None:
        """Return the version of the scheme that holds, or under which a record came into the project.

        Keys ascend, also over restarts, and undo goes back in order: so of the versions that are there
        it is the newest one whose key is lower.
        """
        table = schema.schemes
        query = select(table.c.number).where(table.c.deleted == 0)
        if record is not None:
            query = query.where(table.c.key < (self._names.keys.find(record) or 0))
        return self._connection.execute(query.order_by(table.c.key.desc()).limit(1)).scalar()

    def labelled(self, type_: type[R], labels: Iterable[str]) -> Iterator[tuple[R, ...]]:
        """Yield the records of a kind with these labels, part by part, also those of removed articles."""
        kind, last = _kind(type_), 0
        table, wanted = kind.table, [self._names.words.find(one) for one in labels]
        chosen = rows.selected(kind).where(table.c.deleted == 0, table.c.label.in_(wanted))
        while True:
            query = chosen.where(table.c.key > last).order_by(table.c.key).limit(_PART)
            found = self._connection.execute(query).all()
            if not found:
                return
            last = found[-1][0]
            yield tuple(cast(R, one) for one in rows.complete(self._connection, self._names, kind, found))

    def labels_of(self, type_: type[R]) -> set[str]:
        """Return the labels that any record of a kind carries, also those of removed articles."""
        table = _kind(type_).table
        found = self._connection.execute(select(table.c.label).where(table.c.deleted == 0).distinct())
        return {self._names.word[label] for label in found.scalars()}

    # -- articles ---------------------------------------------------------------------------------

    def article_rows(
        self, ids: Sequence[Id], by: Id | None, hidden: Collection[str], passed: Collection[str]
    ) -> tuple[ArticleRow, ...]:
        """Return what the list shows of these articles, in the same order."""
        keys = [key for key in map(self._names.keys.find, ids) if key is not None]
        found: dict[int, ArticleRow] = {}
        for at in range(0, len(keys), _ROWS):
            found.update(self._article_rows(keys[at : at + _ROWS], by, hidden, passed))
        return tuple(found[key] for key in keys if key in found)

    def _article_rows(
        self, keys: list[int], by: Id | None, hidden: Collection[str], passed: Collection[str]
    ) -> Iterator[tuple[int, ArticleRow]]:
        spans, frames = self._counted(schema.spans, keys), self._counted(schema.frames, keys)
        states, (waiting, over) = self._states(keys, by), self._waiting(keys, hidden, passed)
        for key, name, title, outlet, published, length, deleted in _LISTED.all(self._connection, keys=keys):
            if deleted:
                continue
            reading = cast(Literal["new", "begun", "done"], states.get(key, "new"))
            counts = spans.get(key, 0), frames.get(key, 0), waiting[key], over[key]
            yield (
                key,
                ArticleRow(self._names.id[key], name, title, outlet, published, length, reading, *counts),
            )

    def _counted(self, table: Table, keys: list[int]) -> dict[int, int]:
        return dict(_counting(table).all(self._connection, keys=keys))

    def _waiting(
        self, keys: list[int], hidden: Collection[str], passed: Collection[str]
    ) -> tuple[Counter[int], Counter[int]]:
        """Count the decisions that wait: open frames, and open spans but parts of these and hidden ones.

        The second of the two holds those of them that are spans of the `passed` labels.
        """
        words = self._names.words
        state, left_out = words.find("open"), {words.find(one) for one in hidden}
        over = {words.find(one) for one in passed} - left_out
        found: Counter[int] = Counter()
        passed_over: Counter[int] = Counter()
        for article, count in _WAITING_FRAMES.all(self._connection, keys=keys, open=state):
            found[article] += count
        for article, label, count in _WAITING_SPANS.all(self._connection, keys=keys, open=state):
            found[article] += 0 if label in left_out else count
            passed_over[article] += count if label in over else 0
        return found, passed_over

    def _states(self, keys: list[int], by: Id | None) -> dict[int, str]:
        who = self._names.keys.find(by) if by is not None else None
        return {
            article: self._names.word[state]
            for article, state, annotator in _STATES.all(self._connection, keys=keys)
            if by is None or annotator == who
        }

    def length(self, article: Id) -> int | None:
        """Return how many code points the text of an article has, None when it is not there."""
        key = self._names.keys.find(article)
        found = _LISTED.all(self._connection, keys=[key]) if key is not None else []
        return found[0][-2] if found and not found[0][-1] else None

    def reading(self, article: Id, annotator: Id) -> ArticleReading | None:
        """Return how far an annotator is with an article, None where nothing was noted."""
        key, who = self._names.keys.find(article), self._names.keys.find(annotator)
        if key is None or who is None:
            return None
        found = _READINGS.all(self._connection, keys=[key], who=who)
        records = rows.complete(self._connection, self._names, KINDS[ArticleReading], found)
        return cast(ArticleReading, records[0]) if records else None

    def find_article(self, name: str) -> Id | None:
        """Return the article with this id, this exact name or else this exact title."""
        if not name:
            return None
        try:
            key = self._names.keys.find(id_from_text(name))
        except ValueError:
            key = None
        for condition in (_ARTICLES.c.key == key, _ARTICLES.c.name == name, _ARTICLES.c.title == name):
            query = select(_ARTICLES.c.key).where(condition, _ARTICLES.c.deleted == 0)
            found = self._connection.execute(query.order_by(_ARTICLES.c.place).limit(1)).scalar()
            if found is not None:
                return self._names.id[found]
        return None

    def known_texts(self) -> dict[str, Id]:
        """Return the hash of every article's text and the article."""
        query = select(_ARTICLES.c.sha256, _ARTICLES.c.key).where(_ARTICLES.c.deleted == 0)
        found = self._connection.execute(query.order_by(_ARTICLES.c.place.desc()))
        return {sha256: self._names.id[key] for sha256, key in found}

    def stored_articles(self) -> tuple[tuple[Id, str, str], ...]:
        """Return id, hash of the text and name of every article, in the order given."""
        query = select(_ARTICLES.c.key, _ARTICLES.c.sha256, _ARTICLES.c.name).where(_ARTICLES.c.deleted == 0)
        found = self._connection.execute(query.order_by(_ARTICLES.c.place))
        return tuple((self._names.id[key], sha256, name) for key, sha256, name in found)

    # -- across articles --------------------------------------------------------------------------

    def frames_with_end(self, type_: type[F], ids: Iterable[Id]) -> tuple[F, ...]:
        """Return the frames (or suggested ones), of any article, with a role that points to one of these."""
        keys = [key for key in map(self._names.keys.find, ids) if key is not None]
        roles, table = schema.roles, _kind(type_).table
        found: dict[int, F] = {}
        for at in range(0, len(keys), _ROWS):
            with_end = select(roles.c.frame).where(roles.c.ending.in_(keys[at : at + _ROWS]))
            for one in self._visible(type_, table.c.key.in_(with_end)):
                found[self._names.key[one.id]] = cast(F, one)
        return tuple(found[key] for key in sorted(found))

    def spans_with(self, actor: Id | None, claim_card: Id | None) -> tuple[Span, ...]:
        """Return the spans, of any article, that carry this actor or (and) this claim card."""
        conditions = [
            column == (self._names.keys.find(wanted) or 0)
            for column, wanted in ((schema.spans.c.actor, actor), (schema.spans.c.claim_card, claim_card))
            if wanted is not None
        ]
        return tuple(cast(Span, one) for one in self._visible(Span, *conditions)) if conditions else ()

    def decided(self, kind: type[R]) -> tuple[R, ...]:
        """Return the suggestions of a kind that were accepted or rejected."""
        is_decided = _kind(kind).table.c.state != self._names.words.find("open")
        return tuple(cast(R, one) for one in self._visible(_kind(kind).type, is_decided))

    def number_in_state(self, kind: type[Record], state: str) -> int:
        """Return how many suggestions of a kind are in a state."""
        table, word = KINDS[kind].table, self._names.words.find(state)
        query = select(func.count()).select_from(table).where(table.c.deleted == 0, table.c.state == word)
        return self._connection.execute(query).scalar_one()

    def _visible(self, type_: type[Record], *where: Any) -> list[Record]:
        kind = KINDS[type_]
        article = and_(_ARTICLES.c.key == kind.table.c.article, _ARTICLES.c.deleted == 0)
        return rows.live(self._connection, self._names, kind, *where, exists().where(article))

    def counts(self, by: Id | None) -> Counts:
        """Return how much the project holds, without what belongs to removed articles; done `by` whom."""
        table, words = schema.tallies, self._names.words
        query = (
            select(table.c.kind, table.c.label, func.sum(table.c.count))
            .where(table.c.count > 0)
            .group_by(table.c.kind, table.c.label)
        )
        if self._connection.execute(select(_ARTICLES.c.key).where(_ARTICLES.c.deleted == 1).limit(1)).first():
            query = query.join(_ARTICLES, and_(_ARTICLES.c.key == table.c.article, _ARTICLES.c.deleted == 0))
        totals: Counter[str] = Counter()
        labels: Counter[str] = Counter()
        for kind, label, count in self._connection.execute(query):
            totals[words.word_of[kind]] += count
            if words.word_of[kind] in LABELLED:
                labels[words.word_of[label]] += count
        return Counts(
            articles=self._number(_ARTICLES),
            done=self._done(by),
            spans=totals["spans"],
            frames=totals["frames"],
            suggestions=totals["suggested_spans"] + totals["suggested_frames"],
            actors=self._number(schema.actors),
            claim_cards=self._number(schema.claim_cards),
            labels=dict(sorted(labels.items())),
        )

    def _number(self, table: Table) -> int:
        query = select(func.count()).select_from(table).where(table.c.deleted == 0)
        return self._connection.execute(query).scalar_one()

    def _done(self, by: Id | None) -> int:
        table = schema.readings
        query = (
            select(func.count(table.c.article.distinct()))
            .join(_ARTICLES, and_(_ARTICLES.c.key == table.c.article, _ARTICLES.c.deleted == 0))
            .where(table.c.deleted == 0, table.c.state == self._names.words.find("done"))
        )
        if by is not None:
            query = query.where(table.c.annotator == (self._names.keys.find(by) or 0))
        return self._connection.execute(query).scalar_one()


def _kind(type_: type[Any]) -> Kind:
    return KINDS[cast("type[Record]", type_)]


_KEYS: BindParameter[Any] = bindparam("keys", expanding=True)


@cache
def _counting(table: Table) -> Statement:
    query = select(table.c.article, func.count()).where(table.c.article.in_(_KEYS), table.c.deleted == 0)
    return Statement(query.group_by(table.c.article))


def _open(table: Table) -> Any:
    return and_(table.c.deleted == 0, table.c.state == bindparam("open"))


_PROPOSED, _PARTS = schema.suggested_spans, schema.suggested_frames
_WAITING_FRAMES = Statement(
    select(_PARTS.c.article, func.count())
    .where(_PARTS.c.article.in_(_KEYS), _open(_PARTS))
    .group_by(_PARTS.c.article)
)
_WAITING_SPANS = Statement(
    select(_PROPOSED.c.article, _PROPOSED.c.label, func.count())
    .where(_PROPOSED.c.article.in_(_KEYS), _open(_PROPOSED))
    .where(
        ~exists(schema.roles.c.frame)
        .where(schema.roles.c.ending == _PROPOSED.c.key, schema.roles.c.frame == _PARTS.c.key)
        # A sum, so that frames are found by their parts: of thousands in an article, not all for each span.
        .where(_PARTS.c.article + 0 == _PROPOSED.c.article, _open(_PARTS))
    )
    .group_by(_PROPOSED.c.article, _PROPOSED.c.label)
)


_STATES = Statement(
    select(schema.readings.c.article, schema.readings.c.state, schema.readings.c.annotator)
    .where(schema.readings.c.article.in_(_KEYS), schema.readings.c.deleted == 0)
    .order_by(schema.readings.c.changed)
)
_READINGS = Statement(
    rows.selected(KINDS[ArticleReading])
    .where(schema.readings.c.article.in_(_KEYS), schema.readings.c.deleted == 0)
    .where(schema.readings.c.annotator == bindparam("who"))
    .order_by(schema.readings.c.key)
)
_COLUMNS = ("key", "name", "title", "outlet", "published", "length", "deleted")
# By key alone: asked for the ones that are not deleted, SQLite would go through all of them each time.
_LISTED = Statement(select(*(_ARTICLES.c[name] for name in _COLUMNS)).where(_ARTICLES.c.key.in_(_KEYS)))
