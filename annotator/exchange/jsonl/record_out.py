"""Writes one article with all its records as the record of annotator JSONL, always in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from operator import attrgetter
from typing import Any, TypeVar

from annotator.model.columns import Column, Columns, Same, Unbroken, different, is_unbroken
from annotator.model.ids import Id, id_text, id_texts
from annotator.model.records import (
    Actor,
    Annotator,
    ArticleContent,
    ArticleLabel,
    ArticleReading,
    Attributes,
    Block,
    ClaimCard,
    Frame,
    NothingHere,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)

FORMAT_NAME = "annotator/1"

R = TypeVar("R", Span, Frame)
Row = dict[str, Any]
Inside = Mapping[Id, str]
"""Ids as they are written."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = 1_000_000
_CACHE = 4096
_NOTHING: Row = {}
_id_order = attrgetter("id")
_span_order = attrgetter("fragments", "id")


class _Times(dict[int, str]):
    """Times as they are written, by microseconds: many records were made in the same moment."""

    def __missing__(self, microseconds: int) -> str:
        if len(self) >= _CACHE:
            self.clear()
        moment = _EPOCH + timedelta(microseconds=microseconds)
        found = self[microseconds] = f"{moment.isoformat()[:19]}.{microseconds % _SECOND:06}Z"
        return found


class RecordWriter:
    """Turns contents into records; keeps what many of them share: names of annotators, seconds."""

    def __init__(self, annotators: Mapping[Id, Annotator], with_suggestions: bool) -> None:
        self._annotators = annotators
        self._names = distinct_names(annotators)
        self._with_suggestions = with_suggestions
        self._times = _Times()

    def record(self, content: ArticleContent) -> Row:
        """Return the record of one article, ready to be written as JSON."""
        article = content.article
        inside = _inside(content, with_suggestions=self._with_suggestions)
        row: Row = {
            "format": FORMAT_NAME,
            "id": id_text(article.id),
            "name": article.name,
            "title": article.title,
            "text": article.text,
            "sha256": article.sha256,
            "language": article.language,
            "meta": _sorted(article.meta),
            "notes": article.notes,
            "created": self._times[article.created],
            "blocks": _blocks(content.blocks),
            "spans": self._spans(content, inside),
            "frames": self._frames(content, inside),
            "article_labels": [self._label(one) for one in sorted(content.labels, key=_id_order)],
            "nothing_here": [self._nothing(one) for one in sorted(content.nothing_here, key=_id_order)],
            "readings": [self._reading(one) for one in sorted(content.readings, key=_id_order)],
            "actors": [_actor(one) for one in sorted(content.actors, key=_id_order)],
            "claim_cards": [_card(one) for one in sorted(content.claim_cards, key=_id_order)],
            "annotators": self._annotators_of(content),
        }
        if self._with_suggestions:
            row["suggestions"] = self._suggestions(content, inside)
        return row

    def _spans(self, content: ArticleContent, inside: Inside) -> list[Row]:
        spans, text = _in_order(content.spans, _span_order), content.article.text
        fragments = _column(spans, "fragments")
        if isinstance(fragments, Unbroken):
            pairs: Sequence[Any] = [*zip(fragments.starts, fragments.ends, strict=True)]
            fragments, quotes = zip(pairs), [[text[start:end]] for start, end in pairs]
        else:
            fragments = [*islice(fragments, len(spans))]
            quotes = [[text[start:end] for start, end in one] for one in fragments]
        return _rows(
            map(inside.__getitem__, _column(spans, "id")),
            _column(spans, "label"),
            fragments=fragments,
            text=quotes,
            attributes=_each(_sorted, _column(spans, "attributes")),
            actor=_each(_text_of, _column(spans, "actor")),
            claim_card=_each(_text_of, _column(spans, "claim_card")),
            note=_column(spans, "note"),
            **self._made(spans),
        )

    def _made(self, records: Sequence[Span] | Sequence[Frame]) -> dict[str, Column]:
        return {
            "annotator": _each(self._names.__getitem__, _column(records, "annotator")),
            "origin": _column(records, "origin"),
            "created": _each(self._times.__getitem__, _column(records, "created")),
        }

    def _reading(self, reading: ArticleReading) -> Row:
        return {
            "id": id_text(reading.id),
            "annotator": self._names[reading.annotator],
            "state": reading.state,
            "changed": self._times[reading.changed],
        }

    def _frames(self, content: ArticleContent, inside: Inside) -> list[Row]:
        frames = _in_order(content.frames, _id_order)
        ends = [*islice(_column(frames, "roles"), len(frames))]
        roles, has_outside = _roles_of(ends, inside)
        rows = _rows(
            map(inside.__getitem__, _column(frames, "id")),
            _column(frames, "label"),
            roles=roles,
            attributes=_each(_sorted, _column(frames, "attributes")),
            note=_column(frames, "note"),
            **self._made(frames),
        )
        if has_outside:
            for row, one in zip(rows, ends, strict=True):
                _with_outside(row, one, inside)
        return rows

    def _label(self, label: ArticleLabel) -> Row:
        return {
            "id": id_text(label.id),
            "label": label.label,
            "attributes": _sorted(label.attributes),
            "note": label.note,
            "annotator": self._names[label.annotator],
            "origin": label.origin,
            "created": self._times[label.created],
        }

    def _nothing(self, nothing: NothingHere) -> Row:
        return {
            "id": id_text(nothing.id),
            "layer": nothing.layer,
            "stretch": nothing.stretch,
            "annotator": self._names[nothing.annotator],
            "created": self._times[nothing.created],
        }

    def _annotators_of(self, content: ArticleContent) -> list[Row]:
        made = (content.spans, content.frames, content.labels, content.nothing_here, content.readings)
        found = {one for records in made for one in different(records, "annotator")}
        # Without ids: a name is what an annotator is known by here, and joins him with his namesake.
        return [
            {"name": name, "kind": self._annotators[one].kind}
            for name, one in sorted((self._names[one], one) for one in found)
        ]

    def _suggestions(self, content: ArticleContent, inside: Inside) -> Row:
        text = content.article.text
        spans = sorted(filter(_is_written, content.suggested_spans), key=_span_order)
        frames = sorted(filter(_is_written, content.suggested_frames), key=_id_order)
        return {
            "spans": [
                {
                    "id": id_text(one.id),
                    "label": one.label,
                    "fragments": one.fragments,
                    "text": [text[start:end] for start, end in one.fragments],
                    **self._proposed(one, {"actor": None, "claim_card": None}),
                }
                for one in spans
            ],
            "frames": [
                _with_outside(
                    {
                        "id": id_text(one.id),
                        "label": one.label,
                        "roles": _roles(one.roles, inside),
                        **self._proposed(one, {}),
                    },
                    one.roles,
                    inside,
                )
                for one in frames
            ],
        }

    def _proposed(self, one: SuggestedSpan | SuggestedFrame, empty: Row) -> Row:
        """Return the fields of a suggestion; those that only a person fills are empty."""
        return {
            "attributes": _sorted(one.attributes),
            **empty,
            "note": "",
            "annotator": "",
            "origin": "suggestion",
            "created": self._times[one.created],
            "score": one.score,
            "suggester": one.suggester,
            "reason": one.reason,
            **({"state": one.state} if one.state != "open" else {}),
        }


def distinct_names(annotators: Mapping[Id, Annotator]) -> dict[Id, str]:
    """Return each annotator's name; the second and later ones of a name get a number, oldest first."""
    names: dict[Id, str] = {}
    taken: set[str] = set()
    for one in sorted(annotators.values(), key=_id_order):
        name, count = one.name, 1
        while name in taken:
            count += 1
            name = f"{one.name} ({count})"
        taken.add(name)
        names[one.id] = name
    return names


def _in_order(records: Sequence[R], order: Callable[[R], Any]) -> Sequence[R]:
    """Return records in the order in which they are written; it is that of the store but for broken spans."""
    if isinstance(records, Columns) and (records.kind is Frame or is_unbroken(records)):
        return records
    return sorted(records, key=order)


def _column(records: Sequence[Any], name: str) -> Column:
    """Return a field of records; of columns without making records."""
    return records.column(name) if isinstance(records, Columns) else [getattr(one, name) for one in records]


def _each(function: Callable[[Any], Any], column: Column) -> Column:
    return Same(function(column.value)) if isinstance(column, Same) else map(function, column)


def _rows(ids: Iterable[str], labels: Column, **columns: Column) -> list[Row]:
    """Return rows with these columns: what is the same in all stands in the one that all are copies of."""
    alike = {name: one.value if isinstance(one, Same) else None for name, one in columns.items()}
    alike = {"id": "", "label": "", **alike}
    rows = []
    for own, label in zip(ids, labels, strict=False):
        row = alike.copy()
        row["id"], row["label"] = own, label
        rows.append(row)
    for name, column in columns.items():
        if not isinstance(column, Same):
            for row, value in zip(rows, column, strict=True):
                row[name] = value
    return rows


def _text_of(record_id: Id | None) -> str | None:
    return None if record_id is None else id_text(record_id)


def _block_order(block: Block) -> tuple[int, int, Id]:
    return block.start, block.end, block.id


def _blocks(blocks: Sequence[Block]) -> list[Row]:
    found = sorted(blocks, key=_block_order)
    texts = id_texts([one.id for one in found])
    return [
        {"id": own, "start": one.start, "end": one.end, "kind": one.kind}
        for own, one in zip(texts, found, strict=True)
    ]


def _actor(actor: Actor) -> Row:
    return {
        "id": id_text(actor.id),
        "name": actor.name,
        "kind": actor.kind,
        "aliases": actor.aliases,
        "affiliation": actor.affiliation,
        "role": actor.role,
        "note": actor.note,
        "article": None if actor.article is None else id_text(actor.article),
    }


def _card(card: ClaimCard) -> Row:
    return {"id": id_text(card.id), "wording": card.wording, "note": card.note}


def _sorted(attributes: Attributes) -> Attributes:
    return dict(sorted(attributes.items())) if attributes else _NOTHING


def _roles_of(ends: Sequence[Sequence[RoleEnd]], inside: Inside) -> tuple[list[dict[str, list[str]]], bool]:
    """Return the roles of frames, and whether an end is not inside; seldom is a role filled twice."""
    try:
        found = [{role: [inside[end]] for role, _kind, end in one} for one in ends]
    except KeyError:
        return [_roles(one, inside) for one in ends], True
    is_plain = [*map(len, found)] == [*map(len, ends)]
    return found if is_plain else [_roles(one, inside) for one in ends], False


def _roles(ends: Sequence[RoleEnd], inside: Inside) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {}
    for role, _kind, end in ends:
        roles.setdefault(role, []).append(inside.get(end) or id_text(end))
    return roles


def _inside(content: ArticleContent, *, with_suggestions: bool) -> Inside:
    """Return every id whose kind a reader of the record can see for himself, as it is written."""
    groups = (content.spans, content.frames, content.actors, content.claim_cards, (content.article,))
    found: dict[Id, str] = {}
    for records in filter(None, groups):
        ids = [*_column(records, "id")]
        found.update(zip(ids, id_texts(ids), strict=True))
    if with_suggestions:
        found |= {one.id: id_text(one.id) for one in _suggested(content) if _is_written(one)}
    return found


def _suggested(content: ArticleContent) -> tuple[SuggestedSpan | SuggestedFrame, ...]:
    return (*content.suggested_spans, *content.suggested_frames)


def _is_written(one: SuggestedSpan | SuggestedFrame) -> bool:
    """Tell whether a suggestion has a place of its own: what was accepted is a span or frame."""
    return one.state != "accepted"


def _with_outside(row: Row, ends: Sequence[RoleEnd], inside: Inside) -> Row:
    """Ends in other articles are named with their kind, which this record alone does not tell."""
    outside = {id_text(one.end): one.kind for one in ends if one.end not in inside}
    if outside:
        row["outside"] = dict(sorted(outside.items()))
    return row
