"""Files that hold nothing, or next to nothing: every importer says so in a sentence, whatever it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from made_projects import bring, project_in
from read_again import NOTHING

from annotator.model.errors import UserError
from annotator.model.formats import ImportOptions, Preview
from annotator.plugins import door


def archive(**members: str) -> bytes:
    found = BytesIO()
    with ZipFile(found, "w") as made:
        for name, text in members.items():
            made.writestr(name.replace("__", "."), text)
    return found.getvalue()


def workbook(*rows: list[str]) -> bytes:
    found, book = BytesIO(), openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(found)
    return found.getvalue()


def records(*values: object) -> bytes:
    return "".join(f"{json.dumps(one)}\n" for one in values).encode()


FILES = {
    "nothing": b"",
    "blanks": b" \n\t\n",
    "a mark": b"\xef\xbb\xbf",
    "an empty list": b"[]",
    "an empty object": b"{}",
    "a list in an object": b'{"documents": [], "examples": [], "data": [], "annotations": []}',
    "an empty record": b"[{}]",
    "lines of empty records": records({}, {}),
    "no text": records({"id": 1, "text": "", "label": [], "spans": [], "entities": []}),
    "blank text": records({"id": 1, "text": "  \n", "tokens": []}),
    "null text": records({"id": 1, "text": None, "data": {"text": None}, "annotations": []}),
    "no words": records({"tokens": [], "ner_tags": []}, {"sentences": [], "ner": []}),
    "a task without text": json.dumps([{"id": 1, "data": {}, "annotations": []}]).encode(),
    "an empty pair": b'[["", {"entities": []}]]',
    "one heading": b"text,label\n",
    "a heading and blanks": b"text\tlabel\n\t\n\t\n",
    "empty cells": b'text,label\n"",\n" ",\n',
    "an element": b"<a/>",
    "an element of news": b"<nitf><body/></nitf>",
    "a page": b"<html><body></body></html>",
    "an empty CAS": b'<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmi:version="2.0"/>',
    "an article of no lines": b"-DOCSTART- -X- O O\n\n",
    "a layer of nothing": b"#FORMAT=WebAnno TSV 3.3\n#T_SP=x|value\n\n\n",
    "a mail": b"From: ada@example.org\nSubject: \n\n\n",
    "an empty archive": archive(),
    "an archive of an empty file": archive(a__txt="", a__ann="", b__tsv="", c__xmi="", d__json="[]"),
    "an empty workbook": workbook(),
    "a workbook of headings": workbook(["text", "label"]),
    "a workbook of empty cells": workbook(["text", "label"], ["", ""], [" ", ""]),
}


def endings() -> Iterator[tuple[str, str]]:
    for name, one in sorted(door.importers().items()):
        yield from ((name, ending) for ending in one.suffixes or ("",))


@pytest.mark.parametrize(("format_name", "ending"), [*endings()])
def test_a_file_of_nothing_is_told_in_a_sentence(tmp_path: Path, format_name: str, ending: str) -> None:
    silent, odd = [], []
    with project_in(tmp_path, "p", NOTHING) as project:
        for what, data in FILES.items():
            path = tmp_path / f"empty{ending}"
            path.write_bytes(data)
            summary = bring(project, path, format_name=format_name, new_labels="add")
            told = [
                *map(str, summary.problems),
                *summary.notes,
                *summary.copies,
                *summary.kept_copies,
                *summary.joined,
            ]
            if not (summary.articles or told):
                silent.append(what)
            odd += [(what, one) for one in told if not (15 < len(one) < 700 and " " in one)]
            odd += [(what, one) for one in told if "Error" in one or "Traceback" in one or "None" in one]
            if not data.strip() and summary.articles:
                odd.append((what, "an article of nothing"))
    assert (silent, odd) == ([], [])


@pytest.mark.parametrize(("format_name", "ending"), [*endings()])
def test_a_preview_of_nothing_says_so_or_shows_nothing(tmp_path: Path, format_name: str, ending: str) -> None:
    importer = door.importers()[format_name].importer
    assert importer is not None
    for data in FILES.values():
        path = tmp_path / f"empty{ending}"
        path.write_bytes(data)
        importer.recognises(path)
        try:
            shown = importer.preview(path, ImportOptions())
        except UserError as error:
            shown = Preview(sample=str(error))
        assert shown.rows <= 5
        assert len(shown.sample) < 700
