"""Hostile workbooks, documents, PDFs, CAS in JSON and columns of words: each gives text or a sentence."""

from __future__ import annotations

import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from made_projects import bring, project_in
from pdf_pages import lines, pdf

from annotator.services.importing import ImportSummary

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
GOOD_ROWS = '<row r="1"><c t="inlineStr"><is><t>text</t></is></c></row>{}'
CELL = '<c t="inlineStr"><is><t>{}</t></is></c>'


def packed(parts: dict[str, str | bytes]) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return found.getvalue()


def book(rows: str, extra: dict[str, str | bytes] | None = None, sheet: str = "xl/worksheets/a.xml") -> bytes:
    head = f"<Relationships xmlns='{RELATIONS}'>"
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
        "<Override PartName='/xl/workbook.xml' ContentType='application/vnd.openxmlformats-officedocument."
        "spreadsheetml.sheet.main+xml'/></Types>",
        "_rels/.rels": f"{head}<Relationship Id='r1' Type='{OFFICE}/officeDocument' "
        "Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook xmlns='{SPREADSHEET}' xmlns:r='{OFFICE}'><sheets>"
        "<sheet name='a' sheetId='1' r:id='r1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"{head}<Relationship Id='r1' Type='{OFFICE}/worksheet' "
        f"Target='/{sheet}'/></Relationships>",
        "xl/worksheets/a.xml": f"<worksheet xmlns='{SPREADSHEET}'><sheetData>{rows}</sheetData></worksheet>",
    }
    return packed(made | (extra or {}))


def words(row: str) -> str:
    return GOOD_ROWS.format(f'<row r="2">{row}</row>')


def document(body: str, extra: dict[str, str | bytes] | None = None) -> bytes:
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document xmlns:w='{WORD}'><w:body>{body}</w:body></w:document>",
    }
    return packed(made | (extra or {}))


def cas(**more: object) -> str:
    """A CAS in JSON of "Ada said no." with one label on "Ada"."""
    text = {
        "%ID": 1,
        "%TYPE": "uima.cas.Sofa",
        "sofaNum": 1,
        "sofaID": "_InitialView",
        "sofaString": "Ada said no.",
    }
    mark = {"%ID": 2, "%TYPE": "own.Mark", "@sofa": 1, "begin": 0, "end": 3, "value": "CLAIM"}
    label = {
        "%NAME": "own.Mark",
        "%SUPER_TYPE": "uima.tcas.Annotation",
        "value": {"%NAME": "value", "%RANGE": "String"},
    }
    made = {
        "%TYPES": {"own.Mark": label},
        "%FEATURE_STRUCTURES": [text, mark | more],
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%INDEX": 1, "%MEMBERS": [2]}},
    }
    return json.dumps(made)


def rows(*cells: str) -> str:
    return "\n".join("\t".join((str(at), one, *["_"] * 8)) for at, one in enumerate(cells, 1)) + "\n"


P = "<w:p><w:r><w:t>Words.</w:t></w:r></w:p>"
DTD = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"
ODD = random.Random(7).randbytes(2_000)
ROW = "1\tAda\t_\t_\t_\t_\t0\t_\t_\t_\n"
FILES: dict[str, tuple[str, Callable[[], str | bytes]]] = {
    "a book whose sheet is not there": (
        "a.xlsx",
        lambda: book(words(CELL.format("Hi")), sheet="xl/gone.xml"),
    ),
    "a book whose sheet leads out": (
        "a.xlsx",
        lambda: book(words(CELL.format("Hi")), sheet="../../etc/passwd"),
    ),
    "a sheet that is no XML": ("a.xlsx", lambda: book("<row", {})),
    "a sheet with a document type": (
        "a.xlsx",
        lambda: book("", {"xl/worksheets/a.xml": DTD + "<worksheet/>"}),
    ),
    "a sheet of bytes": ("a.xlsx", lambda: book("", {"xl/worksheets/a.xml": ODD})),
    "a far column": ("a.xlsx", lambda: book(words('<c r="XFD2" t="inlineStr"><is><t>Hi</t></is></c>'))),
    "a column that never was": ("a.xlsx", lambda: book(words('<c r="ZZZZZ2"><v>1</v></c>'))),
    "a far row": (
        "a.xlsx",
        lambda: book(GOOD_ROWS.format('<row r="999999999">' + CELL.format("x") + "</row>")),
    ),
    "a row before the first": (
        "a.xlsx",
        lambda: book(GOOD_ROWS.format('<row r="-5">' + CELL.format("x") + "</row>")),
    ),
    "a row without a number": (
        "a.xlsx",
        lambda: book(GOOD_ROWS.format('<row r="x">' + CELL.format("x") + "</row>")),
    ),
    "a string that is not there": ("a.xlsx", lambda: book(words('<c t="s"><v>99</v></c>'))),
    "a string of no number": ("a.xlsx", lambda: book(words('<c t="s"><v>x</v></c>'))),
    "a number without end": ("a.xlsx", lambda: book(words("<c><v>1e999</v></c>"))),
    "a number that is none": ("a.xlsx", lambda: book(words("<c><v>NaN</v></c>"))),
    "an odd kind of cell": ("a.xlsx", lambda: book(words('<c t="zz"><v>Hi</v></c>'))),
    "an error in a cell": ("a.xlsx", lambda: book(words('<c t="e"><v>#REF!</v></c>'))),
    "a formula": ("a.xlsx", lambda: book(words('<c t="str"><f>WEBSERVICE("http://x")</f><v>Hi</v></c>'))),
    "a style that is not there": ("a.xlsx", lambda: book(words('<c s="77"><v>4</v></c>'))),
    "a book in a document": ("a.xlsx", lambda: document(P)),
    "a book cut off": ("a.xlsx", lambda: book(words(CELL.format("Hi")))[:-200]),
    "a book of nothing": ("a.xlsx", lambda: packed({"xl/workbook.xml": ""})),
    "a cell of a million letters": ("a.xlsx", lambda: book(words(CELL.format("w " * 500_000)))),
    "a cell with controls": ("a.xlsx", lambda: book(words(CELL.format("a_x0000_b_x0001_c")))),
    "a document in a document type": ("a.docx", lambda: document(P, {"word/document.xml": DTD + "<x/>"})),
    "a document of another space": (
        "a.docx",
        lambda: document("", {"word/document.xml": "<a><b>Hi</b></a>"}),
    ),
    "a document of bytes": ("a.docx", lambda: document("", {"word/document.xml": ODD})),
    "notes that are not there": (
        "a.docx",
        lambda: document('<w:p><w:r><w:footnoteReference w:id="9"/></w:r></w:p>' + P),
    ),
    "styles that are no XML": ("a.docx", lambda: document(P, {"word/styles.xml": "<a"})),
    "numbers that are no XML": ("a.docx", lambda: document(P, {"word/numbering.xml": ODD})),
    "links that lead nowhere": ("a.docx", lambda: document(P, {"word/_rels/document.xml.rels": "<a/>"})),
    "a field without its end": (
        "a.docx",
        lambda: document("<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p>" + P),
    ),
    "a field that only ends": (
        "a.docx",
        lambda: document("<w:p><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>" + P),
    ),
    "a symbol of no font": (
        "a.docx",
        lambda: document("<w:p><w:r><w:sym w:font='X' w:char='ZZ'/></w:r></w:p>" + P),
    ),
    "a cell over none": (
        "a.docx",
        lambda: document(
            "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='x'/></w:tcPr></w:tc></w:tr></w:tbl>" + P
        ),
    ),
    "tables in tables": (
        "a.docx",
        lambda: document("<w:tbl><w:tr><w:tc>" * 300 + P + "</w:tc></w:tr></w:tbl>" * 300),
    ),
    "elements without end": ("a.docx", lambda: document(P * 80_000)),
    "a document cut off": ("a.docx", lambda: document(P)[:-60]),
    "a PDF without pages": ("a.pdf", lambda: b"%PDF-1.4\ntrailer<</Size 1>>\n%%EOF"),
    "a PDF of bytes": ("a.pdf", lambda: b"%PDF-1.4\n" + ODD),
    "a PDF whose root is itself": (
        "a.pdf",
        lambda: pdf(lines(50, "Hi")).replace(b"/Type/Catalog/Pages 4 0 R", b"/Type/Catalog/Pages 5 0 R"),
    ),
    "pages that hold themselves": (
        "a.pdf",
        lambda: pdf(lines(50, "Hi")).replace(b"/Kids[3 0 R]", b"/Kids[4 0 R]"),
    ),
    "a page of no size": ("a.pdf", lambda: pdf(lines(50, "Hi")).replace(b"[0 0 600 800]", b"[0 0 0 0]    ")),
    "a page of an odd size": (
        "a.pdf",
        lambda: pdf(lines(50, "Hi")).replace(b"[0 0 600 800]", b"[a b c d]    "),
    ),
    "a font that is a page": ("a.pdf", lambda: pdf(lines(50, "Hi")).replace(b"/F1 1 0 R", b"/F1 3 0 R")),
    "letters of no size": ("a.pdf", lambda: pdf([(50, 700, "Hi", 0)])),
    "letters without end": ("a.pdf", lambda: pdf([(50, 700, "Hi", 10**30)])),
    "a place without end": ("a.pdf", lambda: pdf([(10**300, 10**300, "Hi")])),
    "a part that is torn": ("a.pdf", lambda: pdf(lines(50, "Hi")).replace(b"/Length 37", b"/Length 9999999")),
    "a part in a coding of none": (
        "a.pdf",
        lambda: pdf(lines(50, "Hi")).replace(b"<</Length", b"<</Filter/Zz/Length"),
    ),
    "a part that is packed badly": (
        "a.pdf",
        lambda: pdf(lines(50, "Hi")).replace(b"<</Length", b"<</Filter/FlateDecode/Length"),
    ),
    "brackets without end": ("a.pdf", lambda: pdf([(50, 700, "(" * 30_000)])),
    "a CAS whose label is beyond": ("a.json", lambda: cas(end=99)),
    "a CAS whose label is turned": ("a.json", lambda: cas(begin=3, end=0)),
    "a CAS of words for numbers": ("a.json", lambda: cas(begin="x")),
    "a CAS of true for numbers": ("a.json", lambda: cas(begin=True)),
    "a CAS whose text is not there": ("a.json", lambda: cas(**{"@sofa": 77})),
    "a CAS of an unknown type": ("a.json", lambda: cas(**{"%TYPE": "own.Gone"})),
    "a CAS of no ids": ("a.json", lambda: cas(**{"%ID": None})),
    "a CAS that points to itself": ("a.json", lambda: cas(**{"@value": 2})),
    "a CAS of lists": ("a.json", lambda: cas(value=[[[]]] * 1_000)),
    "a CAS of nothing": ("a.json", lambda: '{"%TYPES":{},"%FEATURE_STRUCTURES":[],"%VIEWS":{}}'),
    "a CAS of the wrong kinds": ("a.json", lambda: '{"%TYPES":[],"%FEATURE_STRUCTURES":{},"%VIEWS":5}'),
    "a CAS cut off": ("a.json", lambda: cas()[:-40]),
    "columns of too few cells": ("a.conllu", lambda: "1\tAda\n2\n"),
    "columns of numbers backwards": ("a.conllu", lambda: rows("Ada", "said")[::-1]),
    "a range over nothing": ("a.conllu", lambda: "5-3\tAda\t_\t_\t_\t_\t_\t_\t_\t_\n" + ROW),
    "a range without end": ("a.conllu", lambda: f"1-{10**40}\tAda\t_\t_\t_\t_\t_\t_\t_\t_\n" + ROW),
    "a remark alone": ("a.conllu", lambda: "# text = Ada said no.\n\n"),
    "a text that does not fit": ("a.conllu", lambda: "# text = Quite another one.\n" + ROW),
    "a word of a million letters": ("a.conllu", lambda: rows("w" * 1_000_000)),
    "a word of nothing": ("a.conllu", lambda: "1\t\t_\t_\t_\t_\t0\t_\t_\t_\n"),
    "words of controls": ("a.conllu", lambda: rows("a\0b", "c\x1bd")),
    "odd blanks behind words": ("a.conllu", lambda: ROW.replace("_\n", r"SpacesAfter=\s\zz\u0000" + "\n")),
    "a table in Parquet": ("a.parquet", lambda: b"PAR1" + ODD + b"PAR1"),
    "a table in Arrow": ("a.arrow", lambda: b"ARROW1\0\0" + ODD),
    "a table in Parquet, as JSON": ("a.jsonl", lambda: b"PAR1" + ODD + b"PAR1"),
    "a packed table in Arrow": ("a.csv", lambda: b"ARROW1\0\0" + zlib.compress(ODD)),
}


def answer(folder: Path, name: str, data: str | bytes) -> ImportSummary:
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    with project_in(folder, "p") as project:
        summary = bring(project, folder / name, new_labels="add")
        for content in project.contents():
            text = content.article.text
            assert text.strip()
            assert "\0" not in text
            assert "\ufffd" not in text
            assert all(0 <= one.start < one.end <= len(text) for one in content.spans)
    return summary


@pytest.mark.parametrize("case", FILES)
def test_a_hostile_file_gives_text_or_a_sentence(tmp_path: Path, case: str) -> None:
    name, make = FILES[case]
    summary = answer(tmp_path, name, make())
    assert summary.articles or summary.problems
    for one in (*summary.problems, *summary.notes):
        assert len(str(one)) < 600
        assert "Traceback" not in str(one)
        assert str(one).isprintable()


WHOLE: dict[str, tuple[str, Callable[[], str | bytes], str]] = {
    "a book": ("a.xlsx", lambda: book(words(CELL.format("Hi there"))), "Hi there"),
    "a document": ("a.docx", lambda: document(P), "Words."),
    "a PDF": ("a.pdf", lambda: pdf(lines(50, "Hi there")), "Hi there"),
    "a CAS": ("a.json", cas, "Ada said no."),
    "columns": ("a.conllu", lambda: rows("Ada", "said"), "Ada said\n"),
}


@pytest.mark.parametrize("case", WHOLE)
def test_what_they_are_made_of_is_read(tmp_path: Path, case: str) -> None:
    name, make, text = WHOLE[case]
    (tmp_path / name).write_bytes(made if isinstance(made := make(), bytes) else made.encode())
    with project_in(tmp_path, "p") as project:
        assert bring(project, tmp_path / name, new_labels="add").problems == ()
        assert [one.article.text for one in project.contents()] == [text]
