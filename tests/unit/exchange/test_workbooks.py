"""Workbooks in and out: what cells can hold, sheets, tables of labels, and files that mean harm."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from made_projects import Plan, bring, export, project_in

from annotator.exchange.tables import sheets
from annotator.exchange.tables.cells import together
from annotator.exchange.tables.xlsx import FORMAT, sheet_fields
from annotator.exchange.tables.xlsx_out import _is_plain
from annotator.exchange.unread import UNREAD, told
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions, Note, Problem
from annotator.model.ids import new_id
from annotator.model.job import run
from annotator.model.records import Article, Fragment
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.text import sha256_of
from annotator.plugins import door
from annotator.services.exporting_choice import ExportChoice
from annotator.services.exporting_survey import survey_job

FORMATS = door.importers()
SCHEME = read_scheme(resource("schemes/default.toml"))
IMPORTER = FORMAT.importer
assert IMPORTER is not None
SEEN = datetime(2026, 1, 5, 14, 30)  # noqa: DTZ001 - a cell has no time zone
Sheets = dict[str, list[list[Any]]]


def book(path: Path, sheets: Sheets, merged: str = "") -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    if merged:
        made.worksheets[-1].merge_cells(merged)
    made.save(path)
    return path


def read(path: Path, **options: Any) -> list[Any]:
    return list(IMPORTER.read(path, ImportOptions(**options)))


def drafts(path: Path, **options: Any) -> list[Draft]:
    return [one for one in read(path, **options) if isinstance(one, Draft)]


def words(path: Path, kind: type, **options: Any) -> str:
    return " | ".join(str(one) for one in read(path, **options) if isinstance(one, kind))


# --- in ----------------------------------------------------------------------------------------------


def test_a_sheet_with_twin_names_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    twins = [["figure", "figure"], ["1", "2"]]
    prose = [
        ["what they said", "n"],
        ["The mayor said that it is safe.", "1"],
        ["Nobody came to hear it.", "2"],
    ]
    path = book(tmp_path / "a.xlsx", {"counts": twins, "sayings": prose})
    assert [one.text for one in drafts(path)] == [row[0] for row in prose[1:]]
    assert "sheets that were not read: 'counts'" in words(path, Note)
    with pytest.raises(UserError, match="two columns have the same name: 'figure'"):
        read(book(tmp_path / "b.xlsx", {"counts": twins}))


def test_whatever_a_cell_holds_is_text(tmp_path: Path) -> None:
    rows = [
        [None],
        ["id", "text", "date", "seen", "share", "checked", "code"],
        [7, "One\nline", date(2026, 1, 5), SEEN, 0.25, True, 3.0],
        [None, None],
        ["a", "Two", None, None, None, False, "007"],
    ]
    first, second = drafts(book(tmp_path / "a.xlsx", {"s": rows}))
    assert (first.key, first.text, first.line) == ("7", "One\nline", 3)
    assert first.meta == {
        "published": "2026-01-05", "seen": "2026-01-05 14:30:00", "share": "0.25", "checked": "yes",
        "code": "3",
    }  # fmt: skip
    assert second.meta == {"checked": "no", "code": "007"}


def test_the_value_that_a_formula_had_is_taken_and_that_is_said(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"s": [["id", "text"], [1, "=1+1"], [2, "words"]]})
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as packed:
        parts = {one: packed.read(one) for one in packed.namelist()}
    parts[part] = parts[part].replace(b"<v/>", b"<v>42</v>").replace(b"<v></v>", b"<v>42</v>")
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    assert [one.text for one in drafts(path)] == ["42", "words"]
    assert "1 cell(s) of the sheet 's' with formulas" in words(path, Note)


def test_merged_cells_count_for_every_row(tmp_path: Path) -> None:
    rows = [["id", "text", "outlet"], [1, "One", "Ours"], [2, "Two", None], [3, "Three", None]]
    path = book(tmp_path / "a.xlsx", {"s": rows}, merged="C2:C3")
    assert [one.meta for one in drafts(path)] == [{"outlet": "Ours"}, {"outlet": "Ours"}, {}]
    assert "merged cells" in words(path, Note)


def test_the_sheet_is_found_or_chosen_and_others_are_named(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        {"notes": [["about", "this"]], "one": [["text"], ["A"]], "two": [["text"], ["B"]], "none": []},
    )
    assert [one.text for one in drafts(path)] == ["A"]
    assert "sheets that were not read: 'notes', 'two', 'none'" in words(path, Note)
    assert [one.text for one in drafts(path, chosen={"sheet": "all"})] == ["A", "B"]
    assert [one.text for one in drafts(path, chosen={"sheet": "3"})] == ["B"]
    for choice, reason in (("4", "is empty"), ("9", "it has 4 sheets")):
        with pytest.raises(UserError, match=reason):
            drafts(path, chosen={"sheet": choice})
    with pytest.raises(UserError, match="'about', 'this'"):
        drafts(book(tmp_path / "b.xlsx", {"notes": [["about", "this"]]}))
    chosen = drafts(book(tmp_path / "c.xlsx", {"s": [["about"], ["A"]]}), columns={"about": "text"})
    assert [one.text for one in chosen] == ["A"]


def test_rows_that_do_not_fit_are_named(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"s": [["id", "text"], [1, "A", "more"], [2], [3, "C"]]})
    assert [one.text for one in drafts(path)] == ["C"]
    assert "line 2: the row has 3 cells, but the table has 2 columns" in words(path, Problem)
    assert "1 row without text" in words(path, Note)
    preview = IMPORTER.preview(path, ImportOptions())
    assert ([one.name for one in preview.columns], preview.rows) == (["id", "text"], 3)


TEXT = "The pier is safe. The pier is old. A ferry came."


def labels(rows: list[list[Any]], folder: Path, **options: Any) -> tuple[list[Any], str]:
    path = book(
        folder / "a.xlsx",
        {
            "texts": [["id", "text"], ["a1", TEXT], ["a2", "Nobody came."]],
            "labels": [["article", "label", "text", "start", "end", "annotator"], *rows],
        },
    )
    with project_in(folder, "p", SCHEME) as project:
        summary = bring(project, path, **options)
        found = [
            (one.label, content.article.text[one.start : one.end])
            for content in project.contents()
            for one in content.spans
        ]
        return found, " | ".join(map(str, summary.problems))


def test_labels_of_a_sheet_come_with_the_articles_of_another(tmp_path: Path) -> None:
    found, problems = labels(
        [
            ["a1", "CLAIM", "The pier is safe", 0, 16, "Ben"],
            ["a1", "CLAIM", "A  ferry\ncame", None, None, None],
            ["a1", "CUE", None, 9, 11, None],
            ["a2", "CLAIM", "Nobody came", 0, 11, "Ben"],
        ],
        tmp_path,
    )
    assert problems == ""
    assert sorted(found) == [
        ("CLAIM", "A ferry came"), ("CLAIM", "Nobody came"), ("CLAIM", "The pier is safe"), ("CUE", "is"),
    ]  # fmt: skip


def test_labels_of_another_version_of_the_text_are_found_by_their_words_or_named(tmp_path: Path) -> None:
    rows = [
        ["a1", "CLAIM", "A ferry came", 40, 52, None],
        ["a1", "CLAIM", "The pier", 3, 11, None],
        ["a1", "CLAIM", "is", None, None, None],
        ["a1", "CLAIM", "was safe", None, None, None],
        ["a3", "CLAIM", "Nobody", 0, 6, None],
        ["a1", None, "Nobody", 0, 6, None],
        ["a1", "CLAIM", None, None, None, None],
    ]
    (tmp_path / "1").mkdir()
    found, problems = labels(rows, tmp_path / "1")
    assert found == []
    assert "the words stand at 35 alone (option: look for words)" in problems
    (tmp_path / "2").mkdir()
    found, problems = labels(rows, tmp_path / "2", find_words=True)
    assert found == [("CLAIM", "A ferry came")]
    for reason in (
        "line 3: row 3: the file says it covers 'The pier'",
        "line 4: text: the words 'is' stand 2 times",
        "line 5: text: the words 'was safe' do not stand",
        "line 6: article: there is no article 'a3' for 1 row of labels",
        "line 7: label: the row has no label",
        "line 8: text: the row has neither words nor a place",
    ):
        assert reason in problems


def test_a_table_of_labels_is_read_with_the_articles_beside_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/b_articles.csv").write_text(f'id,text\na1,"{TEXT}"\n', "utf-8")
    (tmp_path / "in/a_labels.tsv").write_text("doc_id\ttag\tquote\na1\tCLAIM\tA ferry came\n", "utf-8")
    for path in (tmp_path / "in", tmp_path / "in/a_labels.tsv"):
        with project_in(tmp_path, path.name, SCHEME) as project:
            summary = bring(project, path)
            assert (summary.articles, summary.spans, summary.problems) == (1, 1, ())
    table, chosen = FORMATS["csv"].importer, {"id": "name", "text": "text"}
    shown = table.preview(tmp_path / "in/a_labels.tsv", ImportOptions())
    assert [(one.name, one.use) for one in shown.columns] == [("id", "name"), ("text", "text")]
    read_again = list(table.read(tmp_path / "in/a_labels.tsv", ImportOptions(columns=chosen)))
    assert [len(one.marks.spans) for one in read_again] == [1]
    as_articles = ImportOptions(columns={"quote": "text"})
    assert [one.text for one in table.read(tmp_path / "in/a_labels.tsv", as_articles)] == ["A ferry came"]
    (tmp_path / "in/b_articles.csv").unlink()
    (tmp_path / "in/a_labels.tsv").write_text("doc_id\ttag\tstart\tend\na1\tCLAIM\t0\t5\n", "utf-8")
    with project_in(tmp_path, "alone", SCHEME) as project:
        assert "is not beside it" in str(bring(project, tmp_path / "in/a_labels.tsv").problems[0])


# --- out ---------------------------------------------------------------------------------------------


def test_what_a_cell_cannot_hold_comes_back_all_the_same(tmp_path: Path) -> None:
    texts = (
        "=" + "Words. " * 12_000,
        "😀" * 40_000 + "=1",
        "\x01bell\x0b _x0041_ \ufffe #N/A\u2028end",
        "#N/A",
        "  12 ",
    )
    with project_in(tmp_path, "a", SCHEME) as project:
        found = [
            Article(new_id(), f"{at}.txt", "T", text, sha256_of(text), "en") for at, text in enumerate(texts)
        ]
        project.write_import(Plan(found))
        whole = project.add_span(found[0].id, "CLAIM", (Fragment(0, 80_000),)).changes[0].record
        lost = export(project, tmp_path / "a.xlsx", "xlsx").left_out
    assert lost["covered texts and notes of more than 32,766 characters"] == 1
    sheets = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert max(len(str(cell.value).encode("utf-16-le")) // 2 for cell in cells) <= 32_767
    assert not any(str(cell.value)[0] in "=+-@\t\r\n" for cell in cells)
    with project_in(tmp_path, "b", SCHEME) as other:
        assert bring(other, tmp_path / "a.xlsx").problems == ()
        contents = sorted(other.contents(), key=lambda one: one.article.name)
        assert [one.article.text for one in contents] == list(texts)
        assert [one.fragments for one in contents[0].spans] == [whole.fragments]


def test_the_preview_shows_rows_and_no_bytes(tmp_path: Path) -> None:
    with project_in(tmp_path, "a", SCHEME) as project:
        project.write_import(Plan([Article(new_id(), "a.txt", "T", "Two\nlines", sha256_of("x"), "en")]))
        sample = run(survey_job(project, ExportChoice("xlsx", chosen={"table": "articles"}))).sample
    assert sample.startswith("articles\n────────\nid\tname\ttitle")
    assert "Two⏎lines" in sample


def test_sheets_have_names_that_excel_takes(tmp_path: Path) -> None:
    labels = (*(SCHEME.label(name) for name in ("CLAIM", "OVERLAPS")),)
    odd = [
        labels[1].__class__(name, "frame", roles=labels[1].roles)
        for name in ("A/B*" * 12, "spans", "a_b_" * 9)
    ]
    scheme = SCHEME.__class__("odd", "", (labels[0], *odd))
    with project_in(tmp_path, "a", scheme) as project:
        article = Article(new_id(), "a.txt", "T", "Words", sha256_of("x"), "en")
        project.write_import(Plan([article]))
        project.add_span(article.id, "CLAIM", (Fragment(0, 5),))
        export(project, tmp_path / "a.xlsx", "xlsx")
    names = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True).sheetnames
    assert len({one.casefold() for one in names}) == len(names) == 6
    assert all(len(one) <= 31 and not re.search(r"[\[\]:*?/\\]", one) for one in names)


# --- harm --------------------------------------------------------------------------------------------


def remade(path: Path, change: dict[str, bytes]) -> Path:
    """The workbook with other parts in it."""
    with zipfile.ZipFile(path) as packed:
        parts = {one: packed.read(one) for one in packed.namelist()} | change
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return path


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><sst>&b;</sst>'
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = b'<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'


def sheet(*rows: bytes) -> bytes:
    name = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (name, b"".join(rows))


@pytest.mark.parametrize(
    ("part", "data", "reason"),
    [
        ("xl/sharedStrings.xml", BOMB, "declares a document type or entities"),
        ("xl/sharedStrings.xml", BOMB.decode().encode("utf-16"), "declares a document type or entities"),
        (SHEET, BOMB, "declares a document type or entities"),
        ("xl/styles.xml", b"<a>" + b" " * 21_000_000, "20,000,000 is the limit"),
        ("xl/workbook.xml", b"<workbook", "damaged"),
        (SHEET, b'<?xml version="1.0" encoding="UTF-0"?><worksheet/>', "damaged"),
        ("[Content_Types].xml", b'<?xml version="1.0" encoding="base64"?><Types/>', "damaged"),
        (SHEET, b"<worksheet><sheetData><row", "damaged|no sheet has a column"),
        (
            SHEET,
            sheet(*(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1, 20))),
            "more than 1,000 columns",
        ),
        (
            SHEET,
            sheet(TEXTS, *(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(2, 2000))),
            "more than 20,000,000 cells",
        ),
        (
            SHEET,
            sheet(TEXTS, b'<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>'),
            "more than 1,048,576 rows",
        ),
    ],
)  # fmt: skip
def test_workbooks_that_mean_harm_are_refused(tmp_path: Path, part: str, data: bytes, reason: str) -> None:
    path = remade(book(tmp_path / "a.xlsx", {"s": [["id", "text"], [1, "A"]]}), {part: data})
    with pytest.raises(UserError, match=reason):
        read(path)


def test_cells_are_counted_however_few_a_row_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "CELL_LIMIT", 100)
    path = book(tmp_path / "a.xlsx", {"s": [["text"], *[[f"A {n}"] for n in range(120)]]})
    with pytest.raises(UserError, match="more than 100 cells"):
        read(path)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0old", "old Excel workbook, or one that a password protects"),
        (b"id,text\n", "no workbook, whatever its name says"),
        (b"%PDF-1.4", "PDF"),
        (b"PK\x03\x04cut", "damaged"),
        (b"", "empty"),
    ],
)
def test_other_files_are_told_apart(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(UserError, match=reason):
        read(tmp_path / "a.xlsx")


def test_a_word_document_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as packed:
        packed.writestr("word/document.xml", "<a/>")
    with pytest.raises(UserError, match="a Word document, not a workbook"):
        read(tmp_path / "a.xlsx")


@pytest.mark.parametrize("number", [*range(32), 0x7F, 0x85, 0x2028, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F600])
def test_only_what_xml_can_hold_is_written_as_it_is(number: int) -> None:
    is_held = number in (9, 10) or (number > 31 and number not in (0xFFFE, 0xFFFF))
    assert _is_plain(together([["a", f"b{chr(number)}c"], ["ä", ""]])) == is_held


def test_sheets_are_looked_into_as_other_tables_are(tmp_path: Path) -> None:
    says = ["The ferry is safe, said the mayor.", "The bridge is closed, said the mayor."]
    bare = book(tmp_path / "bare.xlsx", {"a": [[None], *([at, one, 0] for at, one in enumerate(says))]})
    named = book(tmp_path / "named.xlsx", {"a": [["Nr", "Saying"], [1, says[0]], [2, says[1]]]})
    for path in (bare, named):
        drafts = [one for one in IMPORTER.read(path, ImportOptions()) if isinstance(one, Draft)]
        assert [(one.line, one.text) for one in drafts] == [*enumerate(says, 2)]


def test_cells_of_a_sheet_that_came_in_nowhere_are_told(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"a": [["text", "note"], ["The ferry is safe.", "x" * 2001]]})
    items = told(IMPORTER.read(path, ImportOptions()), path, ImportOptions(), sheet_fields)
    assert [one.text for one in items if isinstance(one, Note)] == [UNREAD.format("note (1)")]


def test_places_of_labels_as_this_program_has_them_are_not_told_as_unread(tmp_path: Path) -> None:
    spans = ["article", "article_name", "id", "label", "start", "end", "pieces", "annotator", "origin"]
    marks = [spans, ["k", "a.txt", "s1", "SHIP", 4, 9, "4..9", "Ada", "person"]]
    sheets = {"articles": [["id", "text"], ["k", "The ferry is safe."]], "spans": marks}
    path = book(tmp_path / "a.xlsx", sheets)
    items = [*told(IMPORTER.read(path, ImportOptions()), path, ImportOptions(), sheet_fields)]
    assert [one.marks.spans[0].fragments for one in items if isinstance(one, Draft)] == [((4, 9),)]
    assert [one for one in items if isinstance(one, Note)] == []
