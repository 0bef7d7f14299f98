"""Reads the first fields of files as they stand there, for `unread` to look for them in what was read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.exchange.conll.conll_parts import blocks_of
from annotator.exchange.files import file_size, read_start
from annotator.exchange.json_lines import Row, read_rows
from annotator.exchange.tables.csv_lines import open_csv
from annotator.exchange.tables.open_tables import OpenTable
from annotator.exchange.tables.table_columns import UNNAMED
from annotator.exchange.unread import SAMPLED, Value, leaves
from annotator.exchange.xml_tree import root_of
from annotator.model.errors import UserError
from annotator.model.formats import ImportOptions

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TREE_LIMIT = 4_000_000
"""Bytes of XML that are read twice."""
_NO_VALUE = ("_", "-X-", "SpaceAfter=No")
"""What a column says of a word that has nothing of the kind, or of the blank behind it."""
_PIECE = 4
"""Letters of what stands between elements, at least: less may be a part of a word."""
_OF_WORDS = 500
"""Words whose columns are looked at."""


def json_fields(path: Path, options: ImportOptions) -> Iterator[Value]:
    """Yield the fields of records."""
    for row in islice(read_rows(path, options, has_pairs=True), SAMPLED):
        if isinstance(row, Row):
            yield from leaves(row.values)


def mixed_fields(path: Path, options: ImportOptions) -> Iterator[Value]:
    """Yield the fields of a corpus in JSON or XML; of what points to texts beside it, nothing."""
    start = read_start(path).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in (b"{", b"["):
        yield from json_fields(path, options)
    elif start == b"<":
        yield from xml_fields(path, options)


def table_fields(path: Path, options: ImportOptions) -> Iterator[Value]:
    """Yield the cells of a table by their columns."""
    yield from cells_of(open_csv(path, options))


def cells_of(table: OpenTable) -> Iterator[Value]:
    """Yield the first cells of a table that is open by their columns."""
    names = [name or f"{UNNAMED} {at}" for at, name in enumerate(table.columns, 1)]
    for _line, row in islice(table.rows, SAMPLED):
        yield from zip(names, row, strict=False)


def word_fields(path: Path, options: ImportOptions) -> Iterator[Value]:
    """Yield the columns beside words, but for their numbers, and what comments say above sentences."""
    lines = (line for _number, block in blocks_of(path, options.encoding) for line in block.split("\n"))
    for line in islice(lines, _OF_WORDS):
        if line.startswith("# "):
            name, is_said, value = line[2:].partition(" = ")
            if is_said:
                yield f"# {name}", value
        elif line.strip():
            cells = line.split("\t") if "\t" in line else line.split()
            is_counted = cells[0].isdecimal()
            for at, cell in enumerate(cells[is_counted:], 1 + is_counted):
                for one in cell.split("|") if "=" in cell else (cell,):
                    yield f"{UNNAMED} {at}", "" if one in _NO_VALUE else one.rpartition("=")[2] or one


def xml_fields(path: Path, _options: ImportOptions) -> Iterator[Value]:
    """Yield the words and the attributes of elements; nothing of a file too large to be read twice."""
    try:
        file_size(path, _TREE_LIMIT)
    except UserError:
        return
    yield from _elements(root_of(path), "")


def _elements(one: Element, outer: str, least: int = 0) -> Iterator[Value]:
    name = str(one.tag).rpartition("}")[2]
    inner = f"{outer}.{name}" if outer else name
    yield from ((f"{inner}.{key.rpartition('}')[2]}", value) for key, value in one.items())
    said = [words for words in (one.text, *(each.tail for each in one)) if words and words.strip()]
    least = _PIECE if len(one) and said else least
    yield from ((inner, words) for words in said if len(words.strip()) >= least)
    for each in one:
        yield from _elements(each, inner, least)
