"""Reads records of annotator JSONL: checks every field tightly and packs the article small."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from annotator.exchange.files import shown
from annotator.exchange.json_lines import Row, read_rows, twin_key
from annotator.exchange.jsonl.record_ends import Ends, Rules
from annotator.exchange.jsonl.record_gate import fitted
from annotator.exchange.jsonl.record_ids import id_of, ids_of, written_and_read
from annotator.exchange.jsonl.record_marks import ORIGINS, Marks, Names, Times, article_text
from annotator.exchange.jsonl.record_out import FORMAT_NAME
from annotator.exchange.jsonl.record_unpack import unpack
from annotator.exchange.record_faults import Fault, choice_of, kind_of, list_of, objects_of, text_of, texts_of
from annotator.model.formats import ImportOptions, Item, Note, Packed, Problem, Range
from annotator.model.ids import Id, new_id, new_ids
from annotator.model.language import find_language
from annotator.model.records import ACTOR_KINDS, BLOCK_KINDS, Annotator, AnnotatorKind, Layer, Reading
from annotator.model.scheme import LabelKind, Scheme

_ACTORS, _CARDS = 7, 8
"""Their places among the columns of spans, after the ids."""
_PLAIN = 2
"""How it is packed: later versions look up whether each value was there before, which takes longer."""
_LAYERS = frozenset(get_args(Layer))
_ANNOTATORS = frozenset(get_args(AnnotatorKind))
_READINGS = frozenset(get_args(Reading))
KNOWN_FIELDS = frozenset(
    {"format", "id", "name", "title", "text", "sha256", "language", "meta", "notes", "created"}
    | {"blocks", "spans", "frames", "article_labels", "nothing_here", "readings"}
    | {"actors", "claim_cards", "annotators", "suggestions"}
)


def read_records(path: Path, options: ImportOptions) -> Iterator[Item]:
    """Yield each record of a file, packed; a record with a fault is a Problem that names line and field."""
    name = shown(path.name)
    reader = RecordReader(options)
    unknown: set[str] = set()
    for found in read_rows(path, options):
        if not isinstance(found, Row):
            yield found
            continue
        try:
            if not KNOWN_FIELDS.issuperset(found.values):
                unknown |= found.values.keys() - KNOWN_FIELDS
            yield reader.read(found)
        except Fault as fault:
            yield Problem(name, str(fault), found.line, fault.field)
    if unknown:
        fields = ", ".join(shown(one) for one in sorted(unknown))
        yield Note(name, f"fields that are not part of the format were left out: {fields}")


class RecordReader:
    """Checks and packs records against the scheme; without a scheme any label will do."""

    def __init__(self, options: ImportOptions) -> None:
        self._gate = options.gate
        self._is_choosing = bool(options.labels)
        self._times = Times()
        self._annotators: dict[tuple[str, str], Annotator] = {}
        """Met so far, by name and kind: where a record gives no id, one will do for a whole file."""
        self._met: dict[LabelKind, list[str]] = {}
        """The labels of the record that was read last."""
        self._hold_against(options.scheme)

    def _hold_against(self, scheme: Scheme | None) -> None:
        self._scheme = scheme
        self._rules = Rules(scheme)
        self._marks = Marks(scheme, self._times)

    def read(self, row: Row, *, is_ordered: bool = False) -> Packed:
        """Return the article of one record, its labels as the project has them; raises Fault like `packed`.

        A record that fits the scheme as it is, as most do, is not looked at twice.
        """
        gate = self._gate
        if gate is None:
            return self.packed(row)
        try:
            if not self._is_choosing:
                packed = self.packed(row)
                for kind, labels in self._met.items():
                    if labels:
                        gate.met(labels, kind)
                return packed
        except Fault as fault:
            if not fault.is_unknown:
                raise
        _refuse_twin_keys(row)
        values = fitted(row.values, gate, is_ordered=is_ordered)
        if gate.scheme is not self._scheme:
            self._hold_against(gate.scheme)
        return self.packed(row._replace(values=values, raw=b""))

    def packed(self, row: Row) -> Packed:
        """Return the article of one record; raises Fault with the field that is wrong."""
        values = row.values
        if values.get("format") != FORMAT_NAME:
            raise Fault("format", f"it is {kind_of(values.get('format'))}, expected {FORMAT_NAME!r}")
        _refuse_twin_keys(row)
        text = article_text(values)
        own = id_of(values.get("id"), "id")
        names = self._names(values)
        written, ids, spans = self._marks.spans(objects_of(values, "spans"), text, names)
        actors, cards = self._actors(values), self._cards(values)
        proposed, proposed_frames = self._suggestions(values)
        rows = objects_of(values, "frames")
        written_frames, frame_ids = written_and_read(rows, "frames")
        ends = Ends(self._rules, values, own, (written, ids, spans[0]), (written_frames, frame_ids))
        if spans[_ACTORS] is not None or spans[_CARDS] is not None:
            ends.check_above(values["spans"])
        labels, *rest = self._marks.frames(rows, names)
        frames = (frame_ids, labels, ends.roles(rows, frame_ids), *rest)
        article = (own, *self._facts(values, text))
        data = (
            article,
            self._blocks(values, text),
            (ids, *spans),
            frames,
            self._labels(values, names),
            self._nothing(values, text, names),
            self._readings(values, names),
            actors,
            cards,
            self._marks.proposed(proposed, text),
            ends.proposed(proposed_frames, self._marks),
        )
        self._met = _labels_of(data)
        within = _range_of_ids(data)
        sha256: str = article[4]
        counts = (len(ids), len(frame_ids), len(data[4]), len(proposed) + len(proposed_frames))
        whose, small = tuple(names.found), marshal.dumps(data, _PLAIN)
        return Packed(own, article[1], sha256, whose, small, unpack, row.line, counts=counts, ids=within)

    def _facts(self, values: dict[str, Any], text: str) -> tuple[Any, ...]:
        return (
            text_of(values, "name", ""),
            text_of(values, "title", ""),
            text,
            values["sha256"],
            find_language(text) if values.get("language") is None else text_of(values, "language"),
            texts_of(values.get("meta") or {}, "meta"),
            tuple(str(one) for one in list_of(values, "notes")),
            self._times.of(values.get("created"), "created"),
        )

    def _names(self, values: dict[str, Any]) -> Names:
        names = Names()
        for at, one in enumerate(objects_of(values, "annotators")):
            where = f"annotators[{at}]"
            name, kind = text_of(one, "name", where=f"{where}."), one.get("kind", "person")
            choice_of(kind, _ANNOTATORS, f"{where}.kind")
            made = self._annotators.get((name, kind))
            if made is None or "id" in one:
                made = self._annotators[name, kind] = Annotator(_own_id(one, where), name, kind)
            names.put(made)
        return names

    def _blocks(self, values: dict[str, Any], text: str) -> list[tuple[Any, ...]]:
        rows, size = objects_of(values, "blocks"), len(text)
        if not rows:
            return []
        own = ids_of(rows, "blocks") if "id" in rows[0] else new_ids(len(rows))
        found = []
        for at, (one, row) in enumerate(zip(own, rows, strict=True)):
            start, end, kind = row.get("start"), row.get("end"), row.get("kind")
            choice_of(kind, BLOCK_KINDS, f"blocks[{at}].kind")
            if type(start) is not int or type(end) is not int or not 0 <= start < end <= size:
                self._marks.stretch([start, end], text, f"blocks[{at}]")
            found.append((one, start, end, kind))
        return found

    def _labels(self, values: dict[str, Any], names: Names) -> list[tuple[Any, ...]]:
        found = []
        for at, one in enumerate(objects_of(values, "article_labels")):
            where = f"article_labels[{at}]"
            try:
                label = self._marks.label(one.get("label"), "article")
                attributes = self._marks.attributes(label, one.get("attributes"))
            except Fault as fault:
                raise fault.inside(where) from None
            made = self._made(one, where, names)
            found.append((_own_id(one, where), label, made[0], made[1], attributes, *made[2:]))
        return found

    def _made(self, one: dict[str, Any], where: str, names: Names) -> tuple[int, int, str, str]:
        """Return who made it, when, its note and its origin."""
        origin = one.get("origin", "import")
        choice_of(origin, ORIGINS, f"{where}.origin")
        created = self._times.of(one.get("created"), f"{where}.created")
        note = text_of(one, "note", "", f"{where}.")
        return names.number(one.get("annotator", "")), created, note, origin

    def _nothing(self, values: dict[str, Any], text: str, names: Names) -> list[tuple[Any, ...]]:
        found = []
        for at, one in enumerate(objects_of(values, "nothing_here")):
            where = f"nothing_here[{at}]"
            layer, stretch = one.get("layer"), one.get("stretch")
            choice_of(layer, _LAYERS, f"{where}.layer")
            if stretch is not None:
                stretch = self._marks.stretch(stretch, text, f"{where}.stretch")
            by, created, _note, _origin = self._made(one, where, names)
            found.append((_own_id(one, where), layer, stretch, by, created))
        return found

    def _readings(self, values: dict[str, Any], names: Names) -> list[tuple[Any, ...]]:
        found = []
        for at, one in enumerate(objects_of(values, "readings")):
            where, state = f"readings[{at}]", one.get("state")
            choice_of(state, _READINGS, f"{where}.state")
            changed = self._times.of(one.get("changed"), f"{where}.changed")
            found.append((_own_id(one, where), names.number(one.get("annotator", "")), state, changed))
        return found

    def _actors(self, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        found = []
        for at, one in enumerate(objects_of(values, "actors")):
            where = f"actors[{at}]"
            name, kind = text_of(one, "name", where=f"{where}."), one.get("kind", "unspecified")
            if not name.strip():
                raise Fault(f"{where}.name", "an actor needs a name")
            choice_of(kind, ACTOR_KINDS, f"{where}.kind")
            aliases = tuple(str(alias) for alias in list_of(one, "aliases", f"{where}."))
            facts = (text_of(one, field, "", f"{where}.") for field in ("affiliation", "role", "note"))
            article = one.get("article")
            if article is not None:
                article = id_of(article, f"{where}.article")
            elif kind == "author":
                raise Fault(f"{where}.article", "an author belongs to an article: give its id")
            found.append((id_of(one.get("id"), f"{where}.id"), name, kind, aliases, *facts, article))
        return found

    def _cards(self, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        found = []
        for at, one in enumerate(objects_of(values, "claim_cards")):
            where = f"claim_cards[{at}]"
            wording = text_of(one, "wording", where=f"{where}.")
            if not wording.strip():
                raise Fault(f"{where}.wording", "a claim card needs a wording")
            found.append(
                (id_of(one.get("id"), f"{where}.id"), wording, text_of(one, "note", "", f"{where}."))
            )
        return found

    def _suggestions(self, values: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        found = values.get("suggestions")
        if found is None:
            return [], []
        if not isinstance(found, dict):
            raise Fault(
                "suggestions", f"it is {kind_of(found)}, it has to be an object with spans and frames"
            )
        return objects_of(found, "spans", "suggestions."), objects_of(found, "frames", "suggestions.")


def _refuse_twin_keys(row: Row) -> None:
    if row.raw and (twin := twin_key(row.raw, row.values)):
        raise Fault(twin, f"the field {twin!r} stands twice in one object; which one holds?")


def _labels_of(data: tuple[Any, ...]) -> dict[LabelKind, list[str]]:
    """Return the labels of all records of an article, as they are packed."""
    _, _, spans, frames, labels, *_, proposed, proposed_frames = data
    return {
        "span": [*spans[1], *(one[1] for one in proposed)],
        "frame": [*frames[1], *(one[1] for one in proposed_frames)],
        "article": [one[1] for one in labels],
    }


def _own_id(one: dict[str, Any], where: str) -> Id:
    """Return a record's own id; the simplest records may come without one and get a new one."""
    return id_of(one["id"], f"{where}.id") if "id" in one else new_id()


def _range_of_ids(data: tuple[Any, ...]) -> Range | None:
    """Return the range of the ids of an article's own records; raises Fault where two are the same."""
    _, blocks, spans, frames, labels, nothing, readings, actors, cards, *proposed = data
    parts = (blocks, labels, nothing, readings, *proposed)
    own = [*spans[0], *frames[0], *(row[0] for part in parts for row in part)]
    _refuse_twin_ids([*own, *(row[0] for part in (actors, cards) for row in part)])
    return (min(own), max(own)) if own else None


def _refuse_twin_ids(ids: list[bytes]) -> None:
    if len(set(ids)) != len(ids):
        twin = next(one for one in ids if ids.count(one) > 1)
        raise Fault("id", f"the id {twin.hex()} stands for two records")
