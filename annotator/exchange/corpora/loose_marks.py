"""Reads the simple marks some records of articles carry: spans with start, end, label; relations from, to."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from annotator.exchange.files import shown
from annotator.exchange.json_lines import Row
from annotator.exchange.json_records import facts_of
from annotator.exchange.jsonl.record_in import RecordReader
from annotator.exchange.jsonl.record_out import FORMAT_NAME
from annotator.exchange.record_faults import (
    Fault,
    check_quote,
    kind_of,
    objects_of,
    offset_of,
    other_reading_of,
    short,
)
from annotator.exchange.units import unit_chosen
from annotator.model.blocks import find_blocks, find_facts, find_title
from annotator.model.errors import TextRefused
from annotator.model.formats import Draft, ImportOptions, Note, Packed
from annotator.model.ids import id_text, new_id
from annotator.model.language import find_language
from annotator.model.raw_offsets import RawOffsets
from annotator.model.text import settle

_CROWD = 1000
_SAID = frozenset({"label", "attributes", "note", "score", "confidence"})
_SPAN = _SAID | {"id", "start", "end", "text"}
_RELATION = _SAID | {"from", "to"}


def has_marks(values: Mapping[str, Any]) -> bool:
    """Tell whether a record brings spans or relations; what is written in words is a fact."""
    return any(one and not isinstance(one, str) for one in map(values.get, ("spans", "relations")))


class LooseReader:
    """Turns simple marks into records of annotator JSONL, which are then checked like any others."""

    def __init__(self, options: ImportOptions) -> None:
        scheme = options.scheme
        self._reader = RecordReader(options)
        self._unit = unit_chosen(options.chosen)
        self._roles = {} if scheme is None else {one.name: one.roles for one in scheme.labels}
        self._notes: list[tuple[int, str]] = []
        self._unread: set[str] = set()
        self._now = datetime.now(UTC).isoformat(timespec="microseconds")

    def packed(self, row: Row, draft: Draft) -> Packed:
        """Return the article with its marks; raises Fault with the field that is wrong."""
        try:
            settled = settle(draft.text)
        except TextRefused as error:
            raise Fault("text", str(error)) from error
        text = settled.text
        names: dict[str, str] = {}
        spans = self._spans(row, RawOffsets(draft.text, settled, self._unit), settled.text, names)
        frames = self._frames(row, names)
        if len(spans) > _CROWD:
            self._notes.append((row.line, f"{len(spans):,} spans on one article"))
        self._notes += [(row.line, note) for note in settled.notes]
        blocks = find_blocks(text, draft.title)
        values = {
            "format": FORMAT_NAME,
            "id": id_text(new_id()),
            "name": draft.name,
            "title": draft.title or find_title(text, draft.name, blocks),
            "text": text,
            "language": draft.language or find_language(text),
            "meta": find_facts(text, blocks) | dict(draft.meta),
            "notes": [*draft.notes, *settled.notes],
            "blocks": [{"start": start, "end": end, "kind": kind} for start, end, kind in blocks],
            "spans": spans,
            "frames": frames,
        }
        return self._reader.read(Row(row.line, b"", values), is_ordered=True)

    def notes(self, file: str) -> Iterator[Note]:
        """Yield what was odd but taken all the same, and what was not read."""
        if self._unread:
            fields = ", ".join(shown(one) for one in sorted(self._unread))
            yield Note(file, f"fields of spans and relations that were not read: {fields}")
        for line, note in self._notes:
            yield Note(file, note, line)

    def _spans(self, row: Row, offsets: RawOffsets, text: str, names: dict[str, str]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        seen: set[tuple[int, int, str]] = set()
        for at, one in enumerate(objects_of(row.values, "spans")):
            where = f"spans[{at}]"
            start, end = _stretch(one, offsets, where)
            key = (start, end, str(one.get("label")))
            own = one.get("id")
            if isinstance(own, str | int) and str(own) in names:
                raise Fault(f"{where}.id", f"the id {own!r} stands for two spans")
            if key in seen:
                self._notes.append(
                    (row.line, f"the span {start} to {end} stands twice; the second was left out")
                )
                continue
            seen.add(key)
            _check_score(one, where)
            made = id_text(new_id())
            if own is not None:
                names[str(own)] = made
            self._notes += [(row.line, note) for note in _cuts(text, start, end)]
            stretch = text[start:end]
            found.append(
                {
                    "id": made,
                    "label": one.get("label"),
                    "fragments": [[start, end]],
                    "text": [stretch],
                    **self._rest(one, _SPAN),
                }
            )
        return found

    def _frames(self, row: Row, names: dict[str, str]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        seen: set[tuple[str, str, str]] = set()
        for at, one in enumerate(objects_of(row.values, "relations")):
            where = f"relations[{at}]"
            ends = [_end(one, field, names, where) for field in ("from", "to")]
            if ends[0] == ends[1]:
                raise Fault(where, f"it leads from {one['from']!r} to itself")
            label = str(one.get("label"))
            key = (label, ends[0], ends[1])
            if key in seen:
                self._notes.append((row.line, f"a relation {label} stands twice; the second was left out"))
                continue
            if (label, ends[1], ends[0]) in seen:
                self._notes.append((row.line, f"two relations {label} go round in a circle"))
            seen.add(key)
            roles = [role.name for role in self._roles.get(label, ())][:2]
            pairs = zip(roles if len(roles) == 2 else ("from", "to"), ends, strict=True)
            found.append(
                {
                    "id": id_text(new_id()),
                    "label": one.get("label"),
                    "roles": {role: [end] for role, end in pairs},
                    **self._rest(one, _RELATION),
                }
            )
        return found

    def _rest(self, one: dict[str, Any], known: frozenset[str]) -> dict[str, Any]:
        """Return what is said of a mark beside its place; fields that are not read are named later."""
        note, given = one.get("note"), one.get("attributes")
        given = given if isinstance(given, dict) else {}
        values = facts_of(given, but=frozenset())
        self._unread |= one.keys() - known
        self._unread |= {"attributes"} if one.get("attributes") and not given else set()
        self._unread |= {f"attributes.{name}" for name in given if name not in values}
        return {
            "annotator": "",
            "created": self._now,
            "note": note if isinstance(note, str) else "",
            "attributes": values,
        }


def _stretch(one: dict[str, Any], offsets: RawOffsets, where: str) -> tuple[int, int]:
    """Return a span's place in the settled text; its offsets count the text as the file has it."""
    raw = offsets.raw
    for field in ("start", "end"):
        if field not in one:
            raise Fault(f"{where}.{field}", f"there is no {field}")
    start, end = offset_of(one["start"], f"{where}.start"), offset_of(one["end"], f"{where}.end")
    quote = one.get("text")
    if not offsets.is_plain:
        first, last = offsets.raw_of(start), offsets.raw_of(end)
        if first is None or last is None:
            raise Fault(where, f"{start} to {end} lies beyond the text, or inside one of its characters")
        start, end = first, last
    if 0 <= start < end <= len(raw) and quote is not None:
        check_quote(raw, start, end, quote, f"{where}.text")
    if not 0 <= start < end <= len(raw):
        return start, _refuse_beyond(start, end, raw, quote, where)
    return offsets.settled_of(start), offsets.settled_of(end)


def _refuse_beyond(start: int, end: int, raw: str, quote: object, where: str) -> int:
    if 0 <= start < end <= len(raw):
        return end
    if start < 0:
        raise Fault(where, f"start {start} lies before the text")
    if start >= end:
        raise Fault(where, f"end {end} does not come after start {start}; the stretch is empty or reversed")
    other = other_reading_of(raw, start, end, quote)
    raise Fault(where, f"end {end} lies beyond the text of {len(raw)} characters{other}")


def _check_score(one: dict[str, Any], where: str) -> None:
    for field in ("score", "confidence"):
        score = one.get(field)
        if score is not None and (type(score) not in (int, float) or not 0 <= score <= 1):
            raise Fault(f"{where}.{field}", f"it is {kind_of(score)}; it has to be a number from 0 to 1")


def _cuts(text: str, start: int, end: int) -> list[str]:
    """Return notes on a span that begins or ends inside what a reader sees as one character."""
    found = []
    for at in (start, end):
        if 0 < at < len(text) and (unicodedata.combining(text[at]) or "\u200d" in text[at - 1 : at + 1]):
            found.append(f"the span {start} to {end} cuts a visible character at {at}")
            break
    if text[start].isspace() or text[end - 1].isspace():
        found.append(f"the span {start} to {end} begins or ends with a blank")
    return found


def _end(one: dict[str, Any], field: str, names: dict[str, str], where: str) -> str:
    end = one.get(field)
    if not isinstance(end, str | int) or isinstance(end, bool) or str(end) not in names:
        raise Fault(f"{where}.{field}", f"it points to {short(str(end))}, which is not there")
    return names[str(end)]
