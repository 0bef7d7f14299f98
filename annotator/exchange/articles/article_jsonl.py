"""Format `article_jsonl`: JSON records of articles, one per line (or one array), fields guessed by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from annotator.exchange.ahead import looked_ahead
from annotator.exchange.articles.posts import post_of
from annotator.exchange.brat.brat_in import polnear_names
from annotator.exchange.conll.conll_lines import BLANKS_UNKNOWN, unspaced
from annotator.exchange.conll.word_tables import WordColumns, has_words, told_columns, word_drafts
from annotator.exchange.corpora.json_inside import keyed_records, lifted, records_in
from annotator.exchange.corpora.json_shapes import WORDS, shaped
from annotator.exchange.corpora.loose_marks import LooseReader, has_marks
from annotator.exchange.files import shown
from annotator.exchange.json_lines import (
    Row,
    first_record,
    preview_records,
    read_rows,
    twin_key,
)
from annotator.exchange.json_records import facts_in
from annotator.exchange.jsonl.record_out import FORMAT_NAME
from annotator.exchange.not_read import refusal_of
from annotator.exchange.record_faults import Fault, kind_of
from annotator.exchange.tables.cell_marks import LOOKED_AT, CellReader, cells_of, reader_for
from annotator.exchange.tables.column_names import FACTS
from annotator.exchange.tables.columns import (
    LABEL,
    Keys,
    Uses,
    choose_uses,
    draft_of,
    known_uses,
    own_names,
    plain_name,
    text_by_content,
    text_column,
)
from annotator.exchange.tables.open_tables import OpenTable
from annotator.exchange.units import OFFSETS, unit_chosen
from annotator.exchange.unread_fields import json_fields
from annotator.model.blocks import find_day
from annotator.model.errors import UserError
from annotator.model.formats import Draft, Format, ImportOptions, Item, Note, Nth, Preview, Problem
from annotator.model.marks import Marks

_OBJECT = ".json"
"""How files end that may be one object."""
_MANIFEST, _SOURCE = ".manifest", "source"
"""How SageMaker calls its records, and in which of their fields the text is."""
SUFFIXES = (".jsonl", ".ndjson", ".json", _MANIFEST)
_DAY_DIGITS = 8
"""Digits of a day; more of them count seconds."""
_EPOCH, _FARTHEST = datetime(1970, 1, 1, tzinfo=UTC), 6 * 10**13
"""From when milliseconds are counted, and so many that no day of an article is farther: 1,900 years."""
_MARKS = frozenset({"spans", "relations"})
_CLAIMS = frozenset({"claim", "claimtext", "statement"})
"""What is called so is the text of a record, whatever lists of evidence it holds."""
_META = frozenset({"meta", "metadata"})
"""What is called so may hold facts by their names."""


class ArticleJsonlImporter:
    """Reads records that hold an article's text and facts, and simple spans and relations."""

    fields = staticmethod(json_fields)

    is_general = True
    """Takes what no format with marks of its own recognises."""

    def recognises(self, path: Path) -> bool:
        """Tell by the name; records of annotator JSONL are left to their own importer."""
        ending = path.suffix.lower()
        if ending == _MANIFEST and not isinstance(first_record(path).get(_SOURCE), str):
            return False
        return ending in SUFFIXES and first_record(path).get("format") != FORMAT_NAME

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return the fields, their guessed uses and first values, and how many records there are."""
        rows = _unwrapped(read_rows(path, options, has_pairs=True), options, shown(path.name))
        first, rows = looked_ahead(rows, LOOKED_AT)
        values = next((one.values for one in first if isinstance(one, Row)), {})
        options = _with_text(first, options)
        try:
            uses: Mapping[str, str] = _uses(values, options).by_column
        except UserError:
            uses = {}
        cells = _cells(first, options)
        labels = dict.fromkeys(cells.classes if cells is not None else (), LABEL)
        return preview_records(path, options, {**uses, **labels}, rows=rows)

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield one article per record; a record with a fault is a problem with line and field."""
        name = shown(path.name)
        keys, ignored = Keys(), set[str]()
        loose = LooseReader(options)
        rows = _unwrapped(read_rows(path, options, has_pairs=True), options, name)
        first, rows = looked_ahead(rows, LOOKED_AT)
        if (words := _words(first, options)) is not None:
            yield from _word_drafts(rows, path.name, words)
            return
        guessed = _with_text(first, options)
        if guessed is not options:
            field = next(name for name, use in guessed.columns.items() if use == "text")
            yield Note(name, f"the field {field!r} was taken for the text")
        options = guessed
        cells = _cells(first, options)
        yield from (Note(name, note) for note in (cells.notes() if cells is not None else ()))
        for found in rows:
            if not isinstance(found, Row):
                yield found
                continue
            try:
                draft, left_out = _draft(found, options, path.name)
                if cells is not None and not draft.marks:
                    draft, odd = _with_cells(draft, found, cells, options, name)
                    left_out -= cells.columns
                    yield from odd
                ignored |= left_out
                clash = keys.clash(draft.key, draft.text, found.line)
                if clash:
                    raise Fault("id", clash)
                is_loose = not draft.marks and has_marks(found.values)
                yield loose.packed(found, draft) if is_loose else draft
            except Fault as fault:
                yield Problem(name, str(fault), found.line, fault.field)
        yield from loose.notes(name)
        if ignored:
            fields = ", ".join(shown(one) for one in sorted(ignored))
            yield Note(name, f"fields that hold more than one value were left out: {fields}")


def _words(rows: Sequence[Row | Note | Problem], options: ImportOptions) -> WordColumns | None:
    """Return the fields of records that are a word each, with its tag."""
    found = [cells_of(one.values) for one in rows if isinstance(one, Row)]
    return None if options.columns or not found or not has_words([*found[0]]) else told_columns(found)


def _word_drafts(rows: Iterable[Row | Note | Problem], file: str, words: WordColumns) -> Iterator[Item]:
    others = list[Note | Problem]()
    columns = [one for one in (words.sentence, words.word, words.tag) if one]

    def cells() -> Iterator[tuple[int, list[str]]]:
        for row in rows:
            if isinstance(row, Row):
                said = cells_of(row.values)
                yield row.line, [said.get(one, "") for one in columns]
            else:
                others.append(row)

    yield from word_drafts(OpenTable(columns, cells()), file, words)
    yield from others


def _with_text(rows: Iterable[Row | Note | Problem], options: ImportOptions) -> ImportOptions:
    """Return the same with the field of texts chosen, where no name tells it and the first records do."""
    found = [one.values for one in rows if isinstance(one, Row)]
    names = dict.fromkeys(name for one in found for name in one)
    if "text" in options.columns.values() or any(map(_has_text, found)) or any(map(refusal_of, found)):
        return options
    cells = {name: [said for one in found for said in _texts(one.get(name))] for name in names}
    uses = known_uses(names)
    guess = text_by_content(uses, cells) or _tokens(found)
    if guess is None:
        return options
    chosen = {guess: "text", **own_names({**uses, guess: "text"}, cells), **options.columns}
    return replace(options, columns=chosen)


def _tokens(records: Sequence[Mapping[str, Any]]) -> str | None:
    """Return the field that holds the words of a text in each record, one by one."""
    lists = ({name for name in one if plain_name(name) in WORDS and _texts(one[name])} for one in records)
    return min(set.intersection(*lists), default=None) if records else None


def _texts(value: object) -> Sequence[str]:
    """Return a text, or those of a list."""
    found = value if isinstance(value, list) and len(value) > 1 else [value]
    texts = [one for one in found if isinstance(one, str)]
    return texts if len(texts) == len(found) else ()


def _cells(rows: Iterable[Row | Note | Problem], options: ImportOptions) -> CellReader | None:
    """Return what other fields of plain records say of their texts, as the first ones show."""
    found = [one.values for one in rows if isinstance(one, Row)]
    if not found or any(has_marks(one) or (not _is_plain(one) and shaped(one)) for one in found):
        return None
    try:
        uses = _uses({name: "" for one in found for name in one}, options)
    except Fault:
        return None
    reader = reader_for(uses, [*map(cells_of, found)], options.columns)
    return replace(reader, unread=()) if reader is not None and reader.columns else None


def _with_cells(
    draft: Draft, row: Row, cells: CellReader, options: ImportOptions, file: str
) -> tuple[Draft, list[Problem]]:
    """Return an article with the labels that its other fields say, which are then no facts."""
    names = cells.columns | {FACTS.get(plain_name(one), one) for one in cells.columns}
    meta = {name: value for name, value in draft.meta.items() if name not in names}
    return cells.marked(replace(draft, meta=meta), cells_of(row.values), file, polnear_names(options.scheme))


def _unwrapped(
    rows: Iterator[Row | Note | Problem], options: ImportOptions, name: str
) -> Iterator[Row | Note | Problem]:
    """Yield records; of one without a text, those that it holds under their ids, or in a list."""
    for row in rows:
        if isinstance(row, Row) and (post := post_of(row.values)):
            yield row._replace(raw=b"", values=post)
            continue
        is_flat = isinstance(row, Row) and not any(
            isinstance(one, list | dict) for one in row.values.values()
        )
        is_chosen = isinstance(row, Row) and options.columns and options.columns.keys() <= row.values.keys()
        is_known = is_flat or is_chosen or not isinstance(row, Row) or refusal_of(row.values)
        if is_known or not isinstance(row, Row):
            yield row
            continue
        if name.lower().endswith(_OBJECT) and (keyed := keyed_records(row.values)):
            yield from (Row(Nth(at), b"", one) for at, one in enumerate(keyed, 1))
            continue
        if _has_text(row.values):
            yield row
            continue
        holder, inner = records_in(row.values)
        if not inner and (flat := lifted(row.values)) != row.values:
            row = row._replace(raw=b"", values=flat)
        yield from (Row(Nth(at), b"", lifted(one)) for at, one in enumerate(inner, 1)) if inner else (row,)
        rest = [shown(one) for one in row.values if inner and one != holder]
        if rest:
            yield Note(name, f"fields beside the list of records were left out: {', '.join(rest)}", row.line)


def _has_text(values: Mapping[str, Any]) -> bool:
    if _text_of(values) is not None:
        return True
    claims = [one for name, one in values.items() if plain_name(name) in _CLAIMS]
    return any(isinstance(one, str) for one in claims) or shaped(values) is not None


def _text_of(values: Mapping[str, Any]) -> object:
    """Return what the field holds that is called as one of texts is, if that is a text or several."""
    known = text_column([*values])
    found = values[known] if known is not None else None
    lines = found if isinstance(found, list) else [found]
    return found if all(isinstance(one, str) for one in lines) else None


def _draft(row: Row, options: ImportOptions, file: str) -> tuple[Draft, set[str]]:
    if row.raw and (twin := twin_key(row.raw, row.values)):
        raise Fault(twin, f"the field {twin!r} stands twice in one record; which one holds?")
    if not options.columns and not _is_plain(row.values) and (shape := shaped(row.values)) is not None:
        inner = row._replace(raw=b"", values=shape.rest)
        draft, left_out = _draft(inner, options, file)
        marks = Marks(shape.spans, shape.frames, shape.labels, unit=unit_chosen(options.chosen))
        left_out |= {name for name in _MARKS if isinstance(shape.rest.get(name), list) and shape.rest[name]}
        return replace(draft, marks=marks, notes=(*draft.notes, *shape.notes)), left_out
    uses = _uses(row.values, options)
    text_field = uses.column("text") or ""
    row, notes = _of_lines(row, text_field)
    if not isinstance(row.values[text_field], str):
        raise Fault(text_field, f"{text_field!r} is {kind_of(row.values[text_field])}, it has to be text")
    values, left_out = _plain_values(row.values, uses)
    draft = draft_of(values, uses, file, row.line, notes)
    _refuse_odd_day(draft)
    meta = dict(draft.meta)
    for name in sorted(left_out & _META):
        inner = row.values[name]
        facts = facts_in(inner)
        title = draft.title or " ".join(facts.get("title", "").split())
        draft, meta = replace(draft, title=title), {**facts, **meta}
        if isinstance(inner, dict) and len(facts) == len(inner):
            left_out.discard(name)
    return replace(draft, line=row.line, meta=meta), left_out


def _of_lines(row: Row, field: str) -> tuple[Row, tuple[str, ...]]:
    """Return a record whose text is a list of sentences or paragraphs, with a line for each; and a note.

    Words alone are put together.  One text alone in a list is refused as anything else that is no text: it
    need not be a part of one.
    """
    lines = row.values[field]
    if not isinstance(lines, list) or len(lines) < 2 or not all(isinstance(one, str) for one in lines):
        return row, ()
    are_words = all(len(one.split()) == 1 for one in lines)
    text = unspaced(lines)[0] if are_words else "\n".join(lines)
    note = BLANKS_UNKNOWN if are_words else f"{field}: a line for each text of its list"
    return row._replace(values={**row.values, field: text}), (note,)


def _is_plain(values: Mapping[str, Any]) -> bool:
    """Tell whether a record has spans as they are described for this format, or none that could be told."""
    if not any(isinstance(one, list | dict) for one in values.values()):
        return True
    spans = values.get("spans")
    return (
        bool(spans)
        and not isinstance(spans, dict)
        and (
            not isinstance(spans, list)
            or not all(isinstance(one, dict) for one in spans)
            or any("label" in one and not {"start", "end"}.isdisjoint(one) for one in spans)
        )
    )


def _uses(values: Mapping[str, Any], options: ImportOptions) -> Uses:
    if refusal := refusal_of(values):
        raise Fault("", refusal)
    fields = [one for one, said in values.items() if one not in _MARKS or (isinstance(said, str) and said)]
    chosen = {field: use for field, use in options.columns.items() if field in fields}
    try:
        return choose_uses(fields, chosen, at_last=True)
    except UserError as error:
        if fields and not any(isinstance(values[one], str) for one in fields):
            listed = ", ".join(map(repr, fields))
            raise Fault("", f"none of its fields holds a text: {listed}") from error
        raise Fault("", str(error).replace("column", "field")) from error


def _plain_values(values: Mapping[str, Any], uses: Uses) -> tuple[dict[str, str], set[str]]:
    """Return the fields that are one value, as text, and the names of those that are more; marks aside."""
    found: dict[str, str] = {}
    left_out: set[str] = set()
    for name, value in values.items():
        if isinstance(value, str):
            found[name] = value
        elif (said := _said(uses.meta_names.get(name, ""), value)) is not None:
            found[name] = said
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found[name] = str(value)
        elif value not in (None, [], {}) and name not in _MARKS and uses.by_column.get(name) != "skip":
            left_out.add(name)
    return found, left_out


def _said(fact: str, value: object) -> str | None:
    """Return what a list of writers, or a day as MongoDB writes it, says; None for any other value."""
    if fact == "byline" and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(one for one in value if one.strip()) or None
    held = value.get("$date") if fact == "published" and isinstance(value, dict) else None
    if type(held) is int and abs(held) <= _FARTHEST:
        return (_EPOCH + timedelta(milliseconds=held)).date().isoformat()
    return held if isinstance(held, str) else None


def _refuse_odd_day(draft: Draft) -> None:
    """A date that looks like one but is none, or could be two, is named; free words are kept as they are."""
    given = draft.meta.get("published", "")
    if (
        given
        and not find_day(given)
        and not any(char.isalpha() for char in given.replace("T", "").replace("Z", ""))
        and not (given.isdecimal() and len(given) > _DAY_DIGITS)
    ):
        raise Fault("published", f"{given!r} is no date that can be read in one way only; write YYYY-MM-DD")


FORMAT = Format(
    "article_jsonl",
    "JSON records of articles (JSONL, JSON)",
    SUFFIXES,
    importer=ArticleJsonlImporter(),
    about=(
        "Records with a text and facts, one per line or in one array; with simple spans and relations. "
        "Positions are characters, or what you choose. Labels of tools that have no format here are found by "
        "their shape: lists of objects with a place and a label, whatever their fields are called "
        "(start_char, tag, …), also deep in a record, with links between them; or words of the text with a "
        "label each, where they stand in one place. Records may stand in a list inside of one, or each under "
        "its id."
    ),
    example=(
        '{"id":"a1","text":"She said no.","spans":[{"id":1,"start":0,"end":3,"label":"SOURCE"},'
        '{"id":2,"start":9,"end":11,"label":"CLAIM"}]}'
    ),
    options_in=(OFFSETS,),
)
