"""Reads tables of labels: a row names an article, a label, and the words it covers or where they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.exchange.files import shown
from annotator.exchange.record_faults import short
from annotator.exchange.tables.columns import plain_name
from annotator.exchange.tables.open_tables import OpenTable
from annotator.exchange.tables.own_tables import (
    OwnRows,
    attribute_columns,
    attributes_of,
    no_article,
    own_kind,
)
from annotator.exchange.tables.table_in import article_drafts
from annotator.exchange.tables.table_rows import PIECES, read_pieces
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions, Item, Note, Problem
from annotator.model.marks import Marks, SpanMark

ROW_LIMIT = 2_000_000
"""Rows of one table of labels; they are held until their article comes."""
Opening = tuple[str, Callable[[], OpenTable]]
"""The name of a table's file, and what opens it."""
_NAMES: Mapping[str, tuple[str, ...]] = {
    "article": ("article", "articleid", "document", "documentid", "docid", "doc", "file", "filename"),
    "label": ("label", "tag", "category", "code"),
    "text": ("text", "quote", "words", "coveredtext", "spantext", "span"),
    "start": ("start", "begin", "startoffset", "from"),
    "end": ("end", "endoffset", "to", "stop"),
    "by": ("annotator", "coder"),
    "note": ("note", "comment"),
    "pieces": (PIECES,),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column says what; empty where there is none."""

    article: str
    label: str
    text: str
    start: str
    end: str
    by: str
    note: str
    pieces: str

    @property
    def has_places(self) -> bool:
        """Tell whether rows say where their words stand."""
        return bool(self.start and self.end)


def has_labels(columns: Sequence[str]) -> bool:
    """Tell whether rows with these columns are labels, frames, or ends of frames, of articles elsewhere."""
    return bool(own_kind(columns)) or label_columns(columns) is not None


def needs_articles(columns: Sequence[str]) -> bool:
    """Tell whether such rows mean nothing without the texts of their articles."""
    uses = label_columns(columns)
    return bool(own_kind(columns)) or (uses is not None and uses.has_places)


def label_columns(columns: Sequence[str]) -> Columns | None:
    """Return what the columns of a table of labels of words say; None when it is no such table."""
    if own_kind(columns) not in ("", "spans"):
        return None
    plain = {plain_name(one): one for one in reversed(columns)}
    found = {use: next((plain[name] for name in names if name in plain), "") for use, names in _NAMES.items()}
    uses = Columns(**found)
    is_one = uses.article and uses.label and (uses.text or uses.has_places) and "role" not in plain
    return uses if is_one else None


def label_drafts(
    labels: Iterable[tuple[str, OpenTable]], articles: OpenTable, file: str, options: ImportOptions
) -> Iterator[Item]:
    """Yield the articles of one table with the labels that others, each with its file, have for them."""
    labels, waiting, own = list(labels), _Rows(), OwnRows()
    has_ids = all(own_kind(table.columns) for _, table in labels)
    # What a frame is comes before what its ends alone say of it.
    for name, table in sorted(labels, key=lambda one: own_kind(one[1].columns) == "ends"):
        yield from (Note(shown(name), note) for note in table.notes)
        yield from _gather(name, table, waiting) if label_columns(table.columns) else own.gather(name, table)
    # The columns that are chosen are those of the articles.
    for draft in article_drafts(articles, file, options):
        if not isinstance(draft, Draft):
            yield draft
            continue
        keys = [*dict.fromkeys((draft.key, draft.name))]
        marks, problems = waiting.marks(keys, draft.text)
        yield from problems
        spans, frames, whole = own.of(keys, {one.key for one in marks})
        done = draft.marks.done if draft.marks else frozenset()
        found_marks = Marks([*marks, *spans], frames, whole, done=done, has_twins=has_ids)
        yield replace(draft, marks=found_marks) if found_marks else draft
    yield from waiting.rest()
    yield from own.rest()


def drafts_of_tables(
    tables: Sequence[Opening], articles: Opening, options: ImportOptions
) -> Iterator[tuple[int, Item]]:
    """Yield articles once for each table that has labels for them, with the place of that table.

    Rows are held until their article comes, those of some tables at a time: so often the articles are read.
    """
    file, open_articles = articles
    left, is_new = list(enumerate(tables)), True
    while left:
        first, held = left[0][0], dict[int, _Rows]()
        while left and sum(one.count for one in held.values()) < ROW_LIMIT:
            place, (name, open_table) = left.pop(0)
            rows = yield from _held(place, name, open_table)
            held |= {place: rows} if rows is not None else {}
        having = _places_by_article(held)
        for draft in article_drafts(open_articles(), file, options):
            if isinstance(draft, Draft):
                keys = [*dict.fromkeys((draft.key, draft.name))]
                places = sorted({place for key in keys for place in having.get(key, ())})
                labelled = [one for place in places for one in _labelled(place, draft, keys, held[place])]
                if is_new and not any(isinstance(one, Draft) for _, one in labelled):
                    yield first, draft
                yield from labelled
            elif is_new:
                yield first, draft
        yield from ((place, one) for place, rows in held.items() for one in rows.rest())
        is_new = False


def _held(
    place: int, name: str, open_table: Callable[[], OpenTable]
) -> Generator[tuple[int, Item], None, _Rows | None]:
    """Take in the rows of one table; nothing of one that cannot be read to its end."""
    rows = _Rows()
    try:
        table = open_table()
        yield from ((place, Note(shown(name), note)) for note in table.notes)
        yield from ((place, one) for one in _gather(name, table, rows))
    except UserError as error:
        yield place, Problem(shown(name), str(error))
        return None
    return rows


def _places_by_article(held: Mapping[int, _Rows]) -> Mapping[str, list[int]]:
    found = defaultdict[str, list[int]](list)
    for place, rows in held.items():
        for article in rows.by_article:
            found[article].append(place)
    return found


def _labelled(place: int, draft: Draft, keys: Sequence[str], rows: _Rows) -> Iterator[tuple[int, Item]]:
    marks, problems = rows.marks(keys, draft.text)
    yield from ((place, one) for one in problems)
    if marks:
        done = draft.marks.done if draft.marks else frozenset()
        yield place, replace(draft, marks=Marks(marks, done=done))


_Row = tuple[str, SpanMark]
"""The file of a row of a table of labels, and what the row says; its place may be unknown."""


@dataclass(slots=True)
class _Rows:
    """Rows by article and key; they are held until their article comes."""

    by_article: dict[str, dict[str, _Row]] = field(default_factory=dict)
    count: int = 0

    def add(self, article: str, row: _Row) -> None:
        """Take in a row; what another table says in the same words is there already."""
        self.count += 1
        rows = self.by_article.setdefault(article, {})
        mark = row[1]
        key, count = mark.key or f"row {mark.line}", 1
        while key in rows and not (mark.key and rows[key][1]._replace(line=mark.line) == mark):
            count += 1
            key = f"row {mark.line} ({count})"
        rows.setdefault(key, row)

    def marks(self, articles: Iterable[str], text: str) -> tuple[list[SpanMark], list[Problem]]:
        """Return the marks of an article, by what rows call it, and what is wrong with rows."""
        rows = [each for one in articles for each in self.by_article.pop(one, {}).items()]
        found = [_mark(key, row, text) for key, row in rows]
        problems = [one for one in found if isinstance(one, Problem)]
        return [one for one in found if not isinstance(one, Problem)], problems

    def rest(self) -> Iterator[Problem]:
        """Yield which articles are not there."""
        for article, rows in self.by_article.items():
            file, first = next(iter(rows.values()))
            yield no_article(article, len(rows), file, first.line or 0)


def _gather(file: str, table: OpenTable, waiting: _Rows) -> Iterator[Problem]:
    uses = label_columns(table.columns)
    assert uses is not None
    file, count = shown(file), 0
    is_own, columns = own_kind(table.columns) == "spans", attribute_columns(table.columns)
    for found in table.checked(file):
        count += 1
        if count > ROW_LIMIT:
            raise UserError("a table of labels may have {limit:,} rows; split it", limit=ROW_LIMIT)
        if isinstance(found, Problem):
            yield found
            continue
        line, values = found
        row = _row((file, line), values, uses, attributes_of(values, columns), is_own=is_own)
        if isinstance(row, Problem):
            yield row
        else:
            waiting.add(values[uses.article].strip(), (file, row))


def _row(
    where: tuple[str, int],
    values: Mapping[str, str],
    uses: Columns,
    attributes: Mapping[str, str],
    *,
    is_own: bool,
) -> SpanMark | Problem:
    """Return what a row says, without a place where it tells none."""
    file, line = where
    if not values[uses.label].strip():
        return Problem(file, "the row has no label", line, uses.label)
    try:
        place = _place(values, uses)
    except ValueError:
        return Problem(file, "it is no place in a text: a start and an end in characters", line, uses.start)
    text = values.get(uses.text, "")
    if not place and not text.strip():
        return Problem(file, "the row has neither words nor a place", line, uses.text or uses.start)
    by, note = values.get(uses.by, "").strip(), values.get(uses.note, "")
    mark = SpanMark("", values[uses.label].strip(), place, text or None, attributes, note, by, line=line)
    if not is_own:
        return mark
    return mark._replace(
        key=values["id"], actor=values.get("actor", ""), claim_card=values.get("claim_card", "")
    )


def _place(values: Mapping[str, str], uses: Columns) -> tuple[tuple[int, int], ...]:
    if uses.pieces and values[uses.pieces].strip():
        (pieces,) = read_pieces(values[uses.pieces])
        return tuple((start, end) for start, end in pieces)
    start, end = values.get(uses.start, "").strip(), values.get(uses.end, "").strip()
    return ((int(start), int(end)),) if start or end else ()


def _mark(key: str, row: _Row, text: str) -> SpanMark | Problem:
    """Return the mark of a row; words without a place are taken from the only place where they stand."""
    file, mark = row
    if mark.fragments:
        return mark._replace(key=key)
    words = mark.quote or ""
    places = _places(words, text)
    if len(places) != 1:
        stand = f"stand {len(places):,} times" if places else "do not stand"
        reason = f"the words {short(words)} {stand} in the article; say where with start and end"
        return Problem(file, reason, mark.line, "text")
    return mark._replace(key=key, fragments=(places[0],))


def _places(words: str, text: str) -> list[tuple[int, int]]:
    """Return where words stand in a text, whatever blanks are between them."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    return [found.span() for found in pattern.finditer(text)]
