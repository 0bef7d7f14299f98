"""Format `doccano`: JSONL as doccano reads and writes it, in both shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from annotator.exchange import flat as flats
from annotator.exchange.json_lines import Row, first_record, preview_records
from annotator.exchange.json_records import (
    check_drafts,
    facts_of,
    joined,
    label_of,
    read_drafts,
    rows_as_records,
    stretch_of,
    triples,
    unkept,
    with_line_ends,
)
from annotator.exchange.record_faults import Fault, key_of, kind_of, objects_of
from annotator.exchange.tables.csv_lines import has_columns
from annotator.exchange.tools.doccano_frames import FIELD, frame_parts, frame_records, put_together
from annotator.exchange.unread_fields import json_fields
from annotator.exchange.whose import WHOSE, made_by, whose
from annotator.model.formats import (
    Draft,
    ExportSource,
    Format,
    ImportOptions,
    Item,
    Note,
    Option,
    Preview,
    Problem,
    Target,
)
from annotator.model.ids import Id
from annotator.model.marks import ArticleMark, EndMark, FrameMark, Marks, SpanMark
from annotator.model.records import ArticleContent

SUFFIXES = (".jsonl", ".json", ".csv")
_LONGEST_LABEL = 80
_SENTENCE_ENDS = (".", "!", "?", "…", "。")
_TABLES = (frozenset({"id", "text", "label", "Comments"}), frozenset({"id", "data", "label"}))
"""Columns of a table that doccano exports, beside those of the data; with comments and without."""
_BETWEEN = "#"
"""Stands between labels, and between comments, in a cell of it."""
_TEXTS = ("text", "data", "column_data")
_LABELS = ("label", "labels", "column_label")
_PLACES = (("start_offset", "end_offset"), ("start", "end"))
_USER, _META = "username", ("meta", "metadata")
"""Whoever labelled, and what came along, as it was written before doccano 1.0 and is written now."""
_OLD = "annotations"
"""Where the labels stood before doccano 1.5, with their numbers for their names."""
_OWN = frozenset({*_TEXTS, *_LABELS, _OLD, "id", "entities", "relations", "cats", "Comments", "name"})


class DoccanoImporter:
    """Reads sequence labels, relations and labels of whole texts."""

    fields = staticmethod(json_fields)

    def recognises(self, path: Path) -> bool:
        """Tell by the fields of the first record."""
        return path.suffix.lower() in SUFFIXES and (_is_table(path) or _is_own(first_record(path)))

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return how many records there are, and the start of the first text."""
        return preview_records(path, options, rows=_rows(path, options))

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield one article per record."""
        by = whose(path, options)
        rows = _rows(path, options)
        return read_drafts(path, options, lambda row, file: _draft(row, file, by), rows=rows)


def _is_table(path: Path) -> bool:
    """Tell by the names of the columns whether a file is a table of labelled texts, as doccano exports it."""
    return path.suffix.lower() == ".csv" and any(has_columns(path, one) for one in _TABLES)


def _rows(path: Path, options: ImportOptions) -> Iterator[Row | Note | Problem] | None:
    return rows_as_records(path, options, _from_cells) if _is_table(path) else None


def _from_cells(values: dict[str, str]) -> dict[str, Any]:
    parts = {one: values[one].split(_BETWEEN) for one in ("label", "Comments") if one in values}
    return {**values, **{name: [one for one in own if one] for name, own in parts.items()}}


def _is_own(record: Mapping[str, Any]) -> bool:
    if not any(isinstance(record.get(name), str) for name in _TEXTS) or "tokens" in record:
        return False
    entities = record.get("entities")
    if isinstance(entities, list) and entities:
        first = entities[0]
        return _is_triple(first) or (isinstance(first, dict) and "start_offset" in first)
    if "relations" in record and "entities" in record:
        return True
    old = record.get(_OLD)
    if isinstance(old, list) and old:
        return all(
            isinstance(one, dict) and ("label" in one or {"text", "user"} <= one.keys()) for one in old
        )
    found = [record[name] for name in _LABELS if isinstance(record.get(name), list)]
    inner = [one for each in found for one in each if isinstance(one, dict | list)]
    return bool(found) and all(map(_is_triple, inner))


def _is_triple(value: Any) -> bool:
    """Tell whether a label has a place: other programs write words and their label in a list."""
    return isinstance(value, list) and any(type(one) is not str for one in value)


def _draft(row: Row, file: str, by: str) -> Draft:
    values = row.values
    text_field = next((name for name in _TEXTS if isinstance(values.get(name), str)), None)
    if text_field is None:
        raise Fault("text", f"there is no text in a field {', '.join(_TEXTS)}")
    spans = _entities(values)
    parts = frame_parts(values)
    frames, own = put_together(_relations(values), parts or (), spans), _OWN
    if parts is not None:
        own |= {FIELD}
    labels, said = _labels(values, spans)
    held = next((name for name in _META if isinstance(values.get(name), dict)), "")
    meta, own = (values[held], own | {held}) if held else ({}, own)
    text, once = with_line_ends(values[text_field], spans)
    user = values.get(_USER)
    by, own = (user, own | {_USER}) if not by and isinstance(user, str) else (by, own)
    facts = facts_of(values, but=own) | facts_of(meta, but=frozenset())
    name, key, remarks = values.get("name"), key_of(values.get("id")), values.get("Comments")
    return Draft(
        name if isinstance(name, str) and name else f"{file}:{key or row.line}",
        text,
        meta=facts,
        line=row.line,
        notes=(*said, *once, *_remarks(remarks), *unkept(values, but=own), *unkept(meta, but=frozenset())),
        key=key,
        marks=made_by(Marks(spans, frames, labels, is_unbroken=True), by),
    )


def _labels(values: dict[str, Any], spans: list[SpanMark]) -> tuple[list[ArticleMark], list[str]]:
    """Return labels of the whole text, and what was remarked; labels of stretches are added to `spans`."""
    labels: list[ArticleMark] = []
    said = []
    for at, one in enumerate(objects_of(values, _OLD)):
        if "label" not in one and isinstance(one.get("text"), str):
            said.append(f"{one.get('user', '')}: {one['text']}".removeprefix(": "))
        else:
            _old(one, f"{_OLD}[{at}]", spans, labels)
    for field in _LABELS:
        found = values.get(field)
        if isinstance(found, list) and any(isinstance(one, list) for one in found):
            spans += triples(found, field)
        else:
            labels += _categories(found, field)
    labels += _categories(values.get("cats"), "cats")
    said += [one.label for one in labels if _is_answer(one.label)]
    return [one for one in labels if not _is_answer(one.label)], said


def _is_answer(label: str) -> bool:
    """Tell a text that was written as an answer, as for a translation, from the name of a label."""
    return len(label) > _LONGEST_LABEL or (" " in label and label.rstrip().endswith(_SENTENCE_ENDS))


def _remarks(remarks: object) -> list[str]:
    """Return comments: texts, or objects with one."""
    found = (
        [one.get("text") if isinstance(one, dict) else one for one in remarks]
        if isinstance(remarks, list)
        else []
    )
    return [one for one in found if isinstance(one, str)]


def _old(one: Mapping[str, Any], where: str, spans: list[SpanMark], labels: list[ArticleMark]) -> None:
    """Take in a label as it was written once: of a stretch, or of the whole text."""
    label = one.get("label")
    is_number = isinstance(label, int) and not isinstance(label, bool)
    name = label_of(str(label) if is_number else label, f"{where}.label")
    by = key_of(one.get("user"))
    # Other programs write the same records, with shorter names for places and with the words.
    places = next((pair for pair in _PLACES if one.keys() & {*pair}), None)
    if places is None:
        labels.append(ArticleMark(name, by=by))
        return
    quote = one.get("text")
    pair = stretch_of(one, where, places)
    spans.append(SpanMark(where, name, (pair,), quote if isinstance(quote, str) else None, by=by))


def _entities(values: Mapping[str, Any]) -> list[SpanMark]:
    entities = values.get("entities")
    if isinstance(entities, list) and any(isinstance(one, list) for one in entities):
        return triples(entities, "entities")
    found = []
    for at, one in enumerate(objects_of(dict(values), "entities")):
        where = f"entities[{at}]"
        pair = stretch_of(one, where, ("start_offset", "end_offset"))
        found.append(SpanMark(f"entity {one.get('id', at)}", label_of(one.get("label"), where), (pair,)))
    return found


def _relations(values: Mapping[str, Any]) -> list[FrameMark]:
    found = []
    for at, one in enumerate(objects_of(dict(values), "relations")):
        where = f"relations[{at}]"
        for name in ("from_id", "to_id"):
            if name not in one:
                raise Fault(f"{where}.{name}", f"there is no {name}")
        ends = (EndMark("from", f"entity {one['from_id']}"), EndMark("to", f"entity {one['to_id']}"))
        label = label_of(one.get("type"), f"{where}.type")
        found.append((FrameMark(f"relation {one.get('id', at)}", label, ends, is_ordered=True), one))
    return joined(found)


def _categories(values: object, where: str) -> list[ArticleMark]:
    if values is None:
        return []
    if isinstance(values, str):
        values = [values]
    if not isinstance(values, list):
        raise Fault(where, f"it is {kind_of(values)}, it has to be a list of labels")
    return [ArticleMark(label_of(one, f"{where}[{at}]")) for at, one in enumerate(values)]


class DoccanoExporter:
    """Writes entities and relations, or only labels as triples."""

    suffix = ".jsonl"
    needs_texts = False

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what doccano cannot hold."""
        return source.once(_flat, content).left_out

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write one record per article, yielding how many are written."""
        file = target.open()
        for count, content in enumerate(source.contents, 1):
            found = source.once(_flat, content)
            record = _record(content, found, count, is_triples=_is_triples(source))
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
            text = content.article.text
            source.proof.wrote(str(count), text, flats.pieces(found.stretches, text))
            yield count

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the file with the importer, yielding how many records agree."""
        return check_drafts(DoccanoImporter(), path, source.proof)


def _flat(content: ArticleContent, source: ExportSource) -> flats.Flat:
    return flats.flat(content, source.scheme, (flats.ARTICLE_LABELS,), links=not _is_triples(source))


def _record(content: ArticleContent, found: flats.Flat, number: int, *, is_triples: bool) -> dict[str, Any]:
    numbers = {one.id: at for at, one in enumerate(found.stretches)}
    article = content.article
    top: dict[str, Any] = {"id": number, "text": article.text, "name": article.name}
    cats = {"cats": flats.names_of(content.labels)}
    meta = {"meta": dict(sorted(article.meta.items()))}
    if is_triples:
        return {**top, "label": [[one.start, one.end, one.label] for one in found.stretches], **cats, **meta}
    return {
        **top,
        "entities": [
            {"id": numbers[one.id], "start_offset": one.start, "end_offset": one.end, "label": one.label}
            for one in found.stretches
        ],
        "relations": [
            {
                "id": at,
                "from_id": numbers[one.start],
                "to_id": numbers[one.end],
                "type": one.label,
            }
            for at, one in enumerate(found.links)
        ],
        # In each record: doccano cannot store that one of several has no such field.
        FIELD: frame_records(found.links, found.stretches),
        **cats,
        **meta,
    }


def _is_triples(source: ExportSource) -> bool:
    return source.chosen.get("shape") == "labels"


FORMAT = Format(
    "doccano",
    "doccano JSONL",
    SUFFIXES,
    DoccanoImporter(),
    DoccanoExporter(),
    about=(
        "One record per line, as doccano imports and exports it: entities with relations, or labels as "
        "[start, end, label]. Positions are characters. A frame of other than two ends is several relations; "
        "the field `frames` says which, and in which roles, and doccano 1.8 gives it back with spans and "
        "relations. What somebody takes away there is gone from the frame. Relations that are drawn there: "
        "where the labels of their ends say which roles of the scheme they fill, they become frames, those "
        "from one span that fill different roles one. Names of labels have at most 100 characters there. "
        "Make a project there that allows overlapping spans: one that does not drops spans that overlap "
        "without a word, and then refuses the file where a relation has such an end. "
        "Read are also its tables (CSV) of labelled texts."
    ),
    example=(
        '{"id":1,"text":"The mayor said no.","entities":['
        '{"id":0,"start_offset":0,"end_offset":9,"label":"SOURCE"},'
        '{"id":1,"start_offset":15,"end_offset":17,"label":"CLAIM"}],'
        '"relations":[{"id":0,"from_id":0,"to_id":1,"type":"SAYS"}]}'
    ),
    lost=(
        "gaps in spans: a span in pieces is written as one stretch",
        "frames that do not link two spans, and ends of others that are no spans",
        "attributes, notes, actors, claim cards, who made a record and when",
        "recorded emptiness, suggestions; attributes of labels of the article",
    ),
    options_in=(WHOSE,),
    options_out=(
        Option(
            "shape",
            "Shape",
            ("relations", "labels"),
            ("entities and relations", "labels alone, as [start, end, label]"),
        ),
    ),
)
