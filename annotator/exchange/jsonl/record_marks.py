"""Checks the marks of a record, its spans and what they carry, against text and scheme, each one once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

from annotator.exchange.jsonl.record_columns import (
    EARLIEST,
    LATEST,
    Columns,
    Rules,
    columns_of,
    frame_columns,
    span_columns,
)
from annotator.exchange.jsonl.record_ids import id_of, ids_of, written_and_read
from annotator.exchange.record_faults import (
    Fault,
    check_quote,
    check_stretch,
    choice_of,
    kind_of,
    offset_of,
    other_reading_of,
    short,
    text_of,
    texts_of,
)
from annotator.model.errors import TextRefused
from annotator.model.ids import Id, new_id
from annotator.model.records import Annotator, Origin
from annotator.model.scheme import Label, LabelKind, Scheme
from annotator.model.suggesting import is_actor_name
from annotator.model.text import TEXT_LIMIT, settle, sha256_of

ORIGINS = frozenset(get_args(Origin))
_STATES = frozenset(("open", "rejected"))
"""What may have become of a suggestion in a file: an accepted one is a span or frame."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(slots=True)
class Names:
    """The annotators that one record names, in the order they are numbered."""

    numbers: dict[object, int] = field(default_factory=dict)
    found: list[Annotator] = field(default_factory=list)

    def number(self, name: object) -> int:
        """Return the number of the annotator with that name."""
        if not isinstance(name, str):
            raise Fault("annotator", f"it is {kind_of(name)}, it has to be the annotator's name")
        known = self.numbers.get(name)
        if known is None:
            known = self.numbers[name] = len(self.found)
            self.found.append(Annotator(new_id(), name))
        return known

    def put(self, annotator: Annotator) -> None:
        """Take in an annotator of whom more than the name is known."""
        number = self.numbers.get(annotator.name)
        if number is None:
            self.numbers[annotator.name] = len(self.found)
            self.found.append(annotator)
        else:
            self.found[number] = annotator


class Times:
    """Reads times; many records were made in the same second, so seconds are kept."""

    def __init__(self) -> None:
        self._seconds: dict[str, int] = {}

    def of(self, value: object, where: str = "created") -> int:
        """Return an ISO 8601 time with its zone as microseconds since 1970; an absent one is 0."""
        if value is None:
            return 0
        if not isinstance(value, str):
            raise Fault(where, f"it is {kind_of(value)}, expected a time such as 2026-01-31T09:30:00.000000Z")
        if len(value) == 27 and value[19] == "." and value[26] == "Z" and value[20:26].isdecimal():
            start = self._seconds.get(value[:19])
            if start is None:
                start = self._seconds[value[:19]] = self._read(value[:19] + "Z", where)
            return start + int(value[20:26])
        return self._read(value, where)

    def _read(self, value: str, where: str) -> int:
        try:
            found = datetime.fromisoformat(value)
        except ValueError as error:
            raise Fault(where, f"{short(value)} is not a time such as 2026-01-31T09:30:00Z") from error
        if found.tzinfo is None:
            raise Fault(where, f"{short(value)} has no zone; write UTC as 2026-01-31T09:30:00Z")
        time = (found - _EPOCH) // _MICROSECOND
        if not EARLIEST <= time <= LATEST:
            raise Fault(where, f"{short(value)} lies, in UTC, outside the years 1 to 9999")
        return time


class Marks:
    """Checks spans and what all labelled records carry, against one scheme."""

    def __init__(self, scheme: Scheme | None, times: Times) -> None:
        self._labels = None if scheme is None else {one.name: one for one in scheme.labels}
        self._spans, self._frames = (
            {} if scheme is None else {one.name: one.name for one in scheme.of(kind)}
            for kind in ("span", "frame")
        )
        self._times = times

    def spans(
        self, rows: list[dict[str, Any]], text: str, names: Names
    ) -> tuple[list[Any], list[Id], Columns]:
        """Return ids of the spans, written and read, and checked values; raises Fault with what is wrong."""
        written, ids = written_and_read(rows, "spans")
        columns = None
        if rows:
            columns = span_columns(rows, text, Rules(self._spans, names.number, self.attributes))
        if columns is None:
            columns = columns_of([self._at(at, one, text, names) for at, one in enumerate(rows)])
        return written, ids, columns

    def frames(self, rows: list[dict[str, Any]], names: Names) -> Columns:
        """Return what frames carry, checked, but not their roles; raises Fault like `spans`."""
        if not rows:
            return ((), (), (), (), (), ())
        columns = frame_columns(rows, Rules(self._frames, names.number, self.attributes))
        if columns is not None:
            return columns
        found = []
        for at, one in enumerate(rows):
            try:
                found.append(self._frame(one, names))
            except Fault as fault:
                raise fault.inside(f"frames[{at}]") from None
        return tuple(zip(*found, strict=True))

    def _frame(self, one: dict[str, Any], names: Names) -> tuple[Any, ...]:
        label, attributes = self.label(one.get("label"), "frame"), one.get("attributes")
        return (
            label,
            names.number(one.get("annotator", "")),
            self._times.of(one.get("created")),
            self.attributes(label, attributes),
            text_of(one, "note", ""),
            choice_of(one.get("origin", "import"), ORIGINS, "origin"),
        )

    def _at(self, at: int, one: dict[str, Any], text: str, names: Names) -> tuple[Any, ...]:
        try:
            return self._span(one, text, names)
        except Fault as fault:
            raise fault.inside(f"spans[{at}]") from None

    def _span(self, one: dict[str, Any], text: str, names: Names) -> tuple[Any, ...]:
        get = one.get
        fragments, quotes = get("fragments"), get("text")
        try:
            ((start, end),), (quote,) = fragments, quotes  # type: ignore[misc]
            is_sound = type(start) is int and type(end) is int and 0 <= start < end <= len(text)
            is_sound = is_sound and text[start:end] == quote
        except (TypeError, ValueError):
            is_sound = False
        if not is_sound:
            fragments = self._fragments(fragments, quotes, text)
        name = get("label")
        label = self._spans.get(name) if type(name) is str else None
        if label is None:
            label = self.label(name, "span")
        if len(fragments) > 1:  # type: ignore[arg-type]
            self._check_unbroken(label)
        attributes = get("attributes")
        if attributes:
            attributes = self.attributes(label, attributes)
        actor, card = get("actor"), get("claim_card")
        note, origin = get("note", ""), get("origin", "import")
        if type(note) is not str:
            raise Fault("note", f"it is {kind_of(note)}, it has to be text")
        return (
            label,
            fragments,
            names.number(get("annotator", "")),
            self._times.of(get("created")),
            attributes or None,
            None if actor is None else id_of(actor, "actor"),
            None if card is None else id_of(card, "claim_card"),
            note,
            origin if type(origin) is str and origin in ORIGINS else choice_of(origin, ORIGINS, "origin"),
        )

    def proposed(self, rows: list[dict[str, Any]], text: str) -> list[tuple[Any, ...]]:
        """Return the checked values of each suggested span."""
        packed = []
        for at, (own, one) in enumerate(zip(ids_of(rows, "suggestions.spans"), rows, strict=True)):
            try:
                fragments = self._fragments(one.get("fragments"), one.get("text"), text)
                label = self.label(one.get("label"), "span")
                if len(fragments) > 1:
                    self._check_unbroken(label)
                packed.append((own, label, fragments, *self.proposal(label, one)))
            except Fault as fault:
                raise fault.inside(f"suggestions.spans[{at}]") from None
        return packed

    def proposal(self, label: str, one: dict[str, Any]) -> tuple[float, str, str, int, dict[str, str], str]:
        """Return score, suggester, reason, time, attributes and state of a suggestion."""
        score, state = one.get("score"), one.get("state", "open")
        choice_of(state, _STATES, "state")
        if type(score) not in (int, float) or not 0 <= score <= 1:  # type: ignore[operator]
            raise Fault("score", f"it is {kind_of(score)}; a score is a number from 0 to 1")
        values = one.get("attributes")
        actors: dict[str, str] = {}
        if isinstance(values, dict):
            actors = texts_of(
                {name: value for name, value in values.items() if is_actor_name(name)}, "attributes"
            )
            values = {name: value for name, value in values.items() if name not in actors}
        return (
            float(score),  # type: ignore[arg-type]
            text_of(one, "suggester", ""),
            text_of(one, "reason", ""),
            self._times.of(one.get("created")),
            self.attributes(label, values) | actors,
            state,
        )

    def stretch(self, pair: object, text: str, where: str) -> tuple[int, int]:
        """Return a checked stretch of the text."""
        if not isinstance(pair, list) or len(pair) != 2:
            raise Fault(where, f"it is {kind_of(pair)}, it has to be [start, end]")
        start, end = offset_of(pair[0], f"{where}.start"), offset_of(pair[1], f"{where}.end")
        check_stretch(start, end, len(text), where)
        return start, end

    def label(self, name: object, kind: LabelKind) -> str:
        """Return the label's name when the scheme has such a label for this kind of record."""
        if not isinstance(name, str) or not name:
            raise Fault("label", f"it is {kind_of(name)}, it has to be the name of a label")
        if self._labels is None:
            return name
        found = self._labels.get(name)
        if found is None:
            raise Fault(
                "label",
                f"the scheme of this project has no label {short(name)}; "
                "add it to the scheme, or rename it in the file",
                is_unknown=True,
            )
        if found.kind != kind:
            raise Fault("label", f"{name!r} is a label for a {found.kind}, not for a {kind}", is_unknown=True)
        return found.name

    def attributes(self, label: str, values: object) -> dict[str, str]:
        """Return attributes that the scheme gives this label, with values it allows."""
        if values is None or values == {}:
            return {}
        found = texts_of(values, "attributes")
        known = None if self._labels is None else self._labels[label]
        if known is not None:
            for name, value in found.items():
                _check_attribute(known, name, value)
        return found

    def _fragments(self, fragments: object, quotes: object, text: str) -> list[list[int]]:
        if not isinstance(fragments, list) or not fragments:
            raise Fault("fragments", f"it is {kind_of(fragments)}, it has to be [[start, end], …]")
        if quotes is not None and (not isinstance(quotes, list) or len(quotes) != len(fragments)):
            raise Fault("text", "it has to list one covered text for every fragment")
        before = 0
        for at, pair in enumerate(fragments):
            place = f"fragments[{at}]"
            quote = quotes[at] if isinstance(quotes, list) else None
            try:
                start, end = self.stretch(pair, text, place)
            except Fault as fault:
                if isinstance(pair, list) and len(pair) == 2 and all(type(one) is int for one in pair):
                    fault.args = (f"{fault}{other_reading_of(text, pair[0], pair[1], quote)}",)
                raise
            if start < before:
                raise Fault(place, f"the fragment at {start} overlaps the one before, or stands before it")
            if quotes is not None:
                check_quote(text, start, end, quote, f"text[{at}]")
            before = end
        return fragments

    def _check_unbroken(self, label: str) -> None:
        if self._labels is not None and not self._labels[label].discontinuous:
            raise Fault("fragments", f"{label} is one unbroken stretch; it takes no further fragment")


def article_text(values: dict[str, Any]) -> str:
    """Return the text of a record, which has to be settled already, and fill in or compare its hash."""
    text = text_of(values, "text")
    if not _is_settled(text):
        try:
            settled = settle(text)
        except TextRefused as error:
            raise Fault("text", str(error)) from error
        raise Fault("text", f"it is not as a project stores it ({', '.join(settled.notes)})")
    if len(text) > TEXT_LIMIT:
        raise Fault("text", f"it has {len(text):,} characters, and {TEXT_LIMIT:,} is the limit")
    sha256 = sha256_of(text)
    if values.setdefault("sha256", sha256) != sha256:
        raise Fault("sha256", "it is not that of the text: one of them was changed")
    return text


def _is_settled(text: str) -> bool:
    """Half characters need no look here: the JSON reader refused them."""
    return (
        "\0" not in text and "\r" not in text and text[:1] != "\ufeff" and bool(text) and not text.isspace()
    )


def _check_attribute(label: Label, name: str, value: str) -> None:
    known = label.attribute(name)
    where = f"attributes.{name}"
    if known is None:
        raise Fault(where, f"{label.name} has no attribute {short(name)}", is_unknown=True)
    if known.kind == "choice" and value not in known.values:
        allowed = ", ".join(known.values)
        raise Fault(where, f"{short(value)} is not one of its values: {allowed}", is_unknown=True)
