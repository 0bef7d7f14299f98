"""How each kind of record becomes a row and a row becomes the record again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from sqlalchemy import Table

from annotator.model.ids import id_time
from annotator.model.records import (
    Actor,
    Annotator,
    Article,
    ArticleLabel,
    ArticleReading,
    Block,
    ClaimCard,
    Fragment,
    Frame,
    NothingHere,
    Record,
    RoleEnd,
    SchemeVersion,
    Setting,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.store import schema
from annotator.store.keys import Names
from annotator.store.packing import fragments_of, open_twin, pack, several, strings, unpack

Row = Sequence[Any]
Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: its table and how to get in and out of it.

    `defaults` are the values of the last columns that need not be written.  `from_row` takes the
    columns, and after them the text of an article or the roles of a frame.
    """

    type: type[Record]
    table: Table
    title: str
    columns: tuple[str, ...]
    defaults: Values
    to_row: Callable[[Any, int, Names], Values]
    from_row: Callable[[Row, Names], Any]
    tallied: bool
    """Whether records of this kind are counted per article and label."""
    has_roles: bool
    """Whether records of this kind have ends in the table of roles."""
    short: int
    """How many columns there are before the defaults."""


_new = tuple.__new__  # a Fragment in half the time
_open_span = open_twin(Span)
_open_frame = open_twin(Frame)
_open_suggested_span = open_twin(SuggestedSpan)


def _article_row(one: Article, key: int, names: Names) -> Values:
    return (
        key,
        one.name,
        one.title,
        one.sha256,
        names.word_key[one.language],
        one.created - id_time(one.id),
        len(one.text),
        names.keys.place(key),
        pack(one.meta),
        pack(one.notes),
        one.meta.get("outlet", ""),
        one.meta.get("published", ""),
    )


def _article(row: Row, names: Names) -> Article:
    key, name, title, sha256, language, created, _, _, meta, notes, _, _, text = row
    record_id = names.id[key]
    language = names.word[language]
    created += id_time(record_id)
    return Article(record_id, name, title, text, sha256, language, unpack(meta), strings(notes), created)


def _block_row(one: Block, key: int, names: Names) -> Values:
    return key, names.key[one.article], one.start, one.end, names.word_key[one.kind]


def _block(row: Row, names: Names) -> Block:
    key, article, start, stop, kind = row
    return Block(names.id[key], names.id[article], start, stop, names.word[kind])


def _span_row(one: Span, key: int, names: Names) -> Values:
    fragments = one.fragments
    return (
        key,
        names.key[one.article],
        names.word_key[one.label],
        fragments[0][0],
        fragments[-1][1],
        names.key[one.annotator],
        one.created - id_time(one.id),
        names.word_key[one.origin],
        "" if len(fragments) == 1 else several(fragments),
        pack(one.attributes) if one.attributes else "",
        None if one.actor is None else names.key[one.actor],
        None if one.claim_card is None else names.key[one.claim_card],
        one.note,
    )


def _span(row: Row, names: Names) -> Span:
    key, article, label, start, stop, annotator, created, origin, more, attributes, actor, card, note = row
    ids, words = names.id, names.word
    record_id = ids[key]
    made = _open_span(
        record_id,
        ids[article],
        words[label],
        fragments_of(start, stop, more) if more else (_new(Fragment, (start, stop)),),
        ids[annotator],
        created + id_time(record_id),
        unpack(attributes) if attributes else {},
        None if actor is None else ids[actor],
        None if card is None else ids[card],
        note,
        words[origin],
    )
    made.__class__ = Span
    return made


def _labelled_row(one: Frame | ArticleLabel, key: int, names: Names) -> Values:
    return (
        key,
        names.key[one.article],
        names.word_key[one.label],
        names.key[one.annotator],
        one.created - id_time(one.id),
        names.word_key[one.origin],
        pack(one.attributes),
        one.note,
    )


def _frame(row: Row, names: Names) -> Frame:
    key, article, label, annotator, created, origin, attributes, note, roles = row
    record_id = names.id[key]
    made = _open_frame(
        record_id,
        names.id[article],
        names.word[label],
        roles,
        names.id[annotator],
        created + id_time(record_id),
        unpack(attributes),
        note,
        names.word[origin],
    )
    made.__class__ = Frame
    return made


def _article_label(row: Row, names: Names) -> ArticleLabel:
    key, article, label, annotator, created, origin, attributes, note = row
    record_id = names.id[key]
    return ArticleLabel(
        record_id,
        names.id[article],
        names.word[label],
        names.id[annotator],
        created + id_time(record_id),
        unpack(attributes),
        note,
        names.word[origin],
    )


def _nothing_row(one: NothingHere, key: int, names: Names) -> Values:
    start, stop = one.stretch if one.stretch is not None else (None, None)
    created = one.created - id_time(one.id)
    layer, annotator = names.word_key[one.layer], names.key[one.annotator]
    return key, names.key[one.article], layer, annotator, created, start, stop


def _nothing(row: Row, names: Names) -> NothingHere:
    key, article, layer, annotator, created, start, stop = row
    record_id = names.id[key]
    return NothingHere(
        record_id,
        names.id[article],
        names.word[layer],
        names.id[annotator],
        created + id_time(record_id),
        None if start is None else Fragment(start, stop),
    )


def _reading_row(one: ArticleReading, key: int, names: Names) -> Values:
    state = names.word_key[one.state]
    return key, names.key[one.article], names.key[one.annotator], state, one.changed


def _reading(row: Row, names: Names) -> ArticleReading:
    key, article, annotator, state, changed = row
    found = names.word[state]
    return ArticleReading(names.id[key], names.id[article], names.id[annotator], found, changed)


def _actor_row(one: Actor, key: int, names: Names) -> Values:
    kind, aliases, article = names.word_key[one.kind], pack(one.aliases), names.key_or_none(one.article)
    return key, one.name, kind, aliases, one.affiliation, one.role, one.note, article


def _actor(row: Row, names: Names) -> Actor:
    key, name, kind, aliases, affiliation, role, note, article = row
    kind, found = names.word[kind], names.id_or_none(article)
    return Actor(names.id[key], name, kind, strings(aliases), affiliation, role, note, found)


def _suggested_span_row(one: SuggestedSpan, key: int, names: Names) -> Values:
    return (
        key,
        names.key[one.article],
        names.word_key[one.label],
        one.start,
        one.end,
        float(one.score),
        names.word_key[one.suggester],
        one.reason,
        one.created - id_time(one.id),
        names.word_key[one.state],
        several(one.fragments),
        pack(one.attributes),
        names.key_or_none(one.became),
    )


def _suggested_span(row: Row, names: Names) -> SuggestedSpan:
    key, article, label, start, stop, score, suggester, reason, created, state, *rest = row
    more, attributes, became = rest
    record_id = names.id[key]
    made = _open_suggested_span(
        record_id,
        names.id[article],
        names.word[label],
        fragments_of(start, stop, more),
        score,
        names.word[suggester],
        reason,
        created + id_time(record_id),
        unpack(attributes),
        names.word[state],
        names.id_or_none(became),
    )
    made.__class__ = SuggestedSpan
    return made


def _suggested_frame_row(one: SuggestedFrame, key: int, names: Names) -> Values:
    return (
        key,
        names.key[one.article],
        names.word_key[one.label],
        float(one.score),
        names.word_key[one.suggester],
        one.reason,
        one.created - id_time(one.id),
        names.word_key[one.state],
        pack(one.attributes),
        names.key_or_none(one.became),
    )


def _suggested_frame(row: Row, names: Names) -> SuggestedFrame:
    key, article, label, score, suggester, reason, created, state, attributes, became, roles = row
    record_id = names.id[key]
    return SuggestedFrame(
        record_id,
        names.id[article],
        names.word[label],
        roles,
        score,
        names.word[suggester],
        reason,
        created + id_time(record_id),
        unpack(attributes),
        names.word[state],
        names.id_or_none(became),
    )


def _annotator(row: Row, names: Names) -> Annotator:
    key, name, kind = row
    return Annotator(names.id[key], name, names.word[kind])


def role_rows(key: int, roles: Sequence[RoleEnd], names: Names) -> list[Values]:
    """Return the rows of a frame's ends."""
    return [
        (key, place, names.word_key[role], names.word_key[kind], names.key[end])
        for place, (role, kind, end) in enumerate(roles)
    ]


def role_ends(
    roles: Iterable[int], kinds: Iterable[int], endings: Iterable[int], names: Names
) -> Iterator[RoleEnd]:
    """Yield ends of frames from the columns of their rows."""
    word = names.word.__getitem__
    values = zip(map(word, roles), map(word, kinds), names.keys.ids(endings), strict=True)
    return map(_new, repeat(RoleEnd), values)


def _kind(
    type_: type[Record],
    table: Table,
    title: str,
    to_row: Callable[[Any, int, Names], Values],
    from_row: Callable[[Row, Names], Any],
    *defaults: str | None,
) -> Kind:
    columns = tuple(column.name for column in table.columns if column.name != "deleted")
    has_roles = table in (schema.frames, schema.suggested_frames)
    tallied, short = "label" in columns, len(columns) - len(defaults)
    return Kind(type_, table, title, columns, defaults, to_row, from_row, tallied, has_roles, short)


KINDS: Mapping[type[Record], Kind] = {
    kind.type: kind
    for kind in (
        _kind(Article, schema.articles, "article", _article_row, _article),
        _kind(Block, schema.blocks, "block", _block_row, _block),
        _kind(Span, schema.spans, "span", _span_row, _span, "", "", None, None, ""),
        _kind(Frame, schema.frames, "frame", _labelled_row, _frame, "", ""),
        _kind(ArticleLabel, schema.article_labels, "article label", _labelled_row, _article_label, "", ""),
        _kind(NothingHere, schema.nothing_here, "note of nothing here", _nothing_row, _nothing, None, None),
        _kind(ArticleReading, schema.readings, "state of reading", _reading_row, _reading),
        _kind(Actor, schema.actors, "actor", _actor_row, _actor),
        _kind(
            ClaimCard,
            schema.claim_cards,
            "claim card",
            lambda one, key, _: (key, one.wording, one.note),
            lambda row, names: ClaimCard(names.id[row[0]], row[1], row[2]),
        ),
        _kind(
            Annotator,
            schema.annotators,
            "annotator",
            lambda one, key, names: (key, one.name, names.word_key[one.kind]),
            _annotator,
        ),
        _kind(
            SuggestedSpan,
            schema.suggested_spans,
            "suggestion",
            _suggested_span_row,
            _suggested_span,
            *("", "", None),
        ),
        _kind(
            SuggestedFrame,
            schema.suggested_frames,
            "suggestion",
            _suggested_frame_row,
            _suggested_frame,
            *("", None),
        ),
        _kind(
            SchemeVersion,
            schema.schemes,
            "scheme",
            lambda one, key, _: (key, one.number, one.data, one.created),
            lambda row, names: SchemeVersion(names.id[row[0]], row[1], row[2], row[3]),
        ),
        _kind(
            Setting,
            schema.settings,
            "setting",
            lambda one, key, _: (key, one.name, one.value),
            lambda row, names: Setting(names.id[row[0]], row[1], row[2]),
        ),
    )
}

BY_TABLE: Mapping[str, Kind] = {kind.table.name: kind for kind in KINDS.values()}
