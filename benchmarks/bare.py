"""What a format's library alone takes to write and to read again what an export wrote.

Without a line of ours: records are ready in the library's own shapes before it writes, and nothing is done
with what it reads.
Where a format stands on no library, that is what its files take whose columns are joined and split, or whose
XML goes through Python's own trees: for orientation alone, as hardly a format could do with less.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import orjson

from annotator.model.collecting import no_collecting
from benchmarks.processes import Figures

AT_ONCE = 1 << 20
"""Bytes of lines that are held at once."""
_BESIDE = ("", ".conf", ".cfg", ".txt", ".xml")
"""How files end that are few, or plain, beside those with the labels."""


class Library(NamedTuple):
    """How bytes become a library's own values, and these become bytes."""

    read: Callable[[bytes], Any]
    write: Callable[[Any], bytes]
    has_lines: bool = False
    """Whether each line stands for itself."""
    is_own: bool = False
    """Whether it is no library, but the least that Python could do."""


def bare(path: Path, again: Path) -> Figures:
    """Return the CPU seconds of writing to a file and of reading it, and whether it is a library's work."""
    every = sorted(path.rglob("*")) if path.is_dir() else [path]
    files = [one for one in every if one.is_file() and one.suffix not in _BESIDE]
    library = _LIBRARIES.get(files[0].suffix, _COLUMNS)
    write = read = 0.0
    with no_collecting():  # as in an export
        for data in _portions(files, library):
            held = library.read(data)
            began = time.process_time()
            again.write_bytes(library.write(held))
            written = time.process_time()
            library.read(again.read_bytes())
            write, read = write + written - began, read + time.process_time() - written
            again.unlink()
    return {"write s": write, "verify s": read, "is a library": not library.is_own}


def _portions(files: list[Path], library: Library) -> Iterator[bytes]:
    for one in files:
        with one.open("rb") as file:
            while some := b"".join(file.readlines(AT_ONCE)) if library.has_lines else file.read():
                yield some


def _rows(data: bytes) -> list[list[bytes]]:
    return [line.split(b"\t") for line in data.split(b"\n")]


def _lines(rows: list[list[bytes]]) -> bytes:
    return b"\n".join(map(b"\t".join, rows))


def _records(data: bytes) -> list[Any]:
    return [*map(orjson.loads, data.splitlines())]


def _json_lines(records: list[Any]) -> bytes:
    return b"\n".join(map(orjson.dumps, records))


@cache
def _vocabulary() -> Any:
    from spacy import blank  # noqa: PLC0415 - late: no other step may hold its memory

    return blank("en").vocab


def _docs(data: bytes) -> list[Any]:
    from spacy.tokens import DocBin  # noqa: PLC0415 - as above

    return [*DocBin().from_bytes(data).get_docs(_vocabulary())]


def _docbin(docs: list[Any]) -> bytes:
    from spacy.tokens import DocBin  # noqa: PLC0415 - as above

    made: bytes = DocBin(attrs=("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"), docs=docs).to_bytes()
    return made


def _sheets(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - as above

    book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    found = {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in book}
    book.close()
    return found


def _workbook(sheets: dict[str, list[tuple[Any, ...]]]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - as above

    book, out = Workbook(write_only=True), BytesIO()
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


_COLUMNS = Library(_rows, _lines, has_lines=True, is_own=True)
_LIBRARIES = {
    ".json": Library(orjson.loads, orjson.dumps),
    ".jsonl": Library(_records, _json_lines, has_lines=True),
    ".jsonld": Library(orjson.loads, orjson.dumps),
    ".spacy": Library(_docs, _docbin),
    ".xlsx": Library(_sheets, _workbook),
    ".xmi": Library(ElementTree.fromstring, partial(ElementTree.tostring, encoding="utf-8"), is_own=True),
}
"""What formats stand on, by the ending of their files; all others are columns."""
