"""Workbooks of LibreOffice: what their cells say, what they repeat, and files that mean harm."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from made_projects import bring, project_in

from annotator.exchange.tables import ods_in, sheets
from annotator.exchange.tables.xlsx import FORMAT
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions, Note

IMPORTER = FORMAT.importer
assert IMPORTER is not None
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "table", "text")
)


def said(text: str, more: str = "") -> str:
    """Return a cell of a text."""
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def valued(kind: str, where: str, value: str, shown: str) -> str:
    """Return a cell of a value that is no text."""
    named = f'office:value-type="{kind}" office:{where}="{value}"'
    return f"<table:table-cell {named}><text:p>{shown}</text:p></table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    inner = "".join(one if one[:1] == "<" else said(one) for one in cells)
    return f"<table:table-row{more}>{inner}</table:table-row>"


def ods(path: Path, *rows: str, name: str = "s", declared: str = "", manifest: str = "<m/>") -> Path:
    table = f'<table:table table:name="{name}"><table:table-column/>{"".join(rows)}</table:table>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{declared}<office:document-content {SPACES}><office:body>'
        f"<office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo("mimetype"), MIMETYPE)
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", manifest)
    return path


def read(path: Path, **options: Any) -> list[Any]:
    return list(IMPORTER.read(path, ImportOptions(**options)))


def drafts(path: Path, **options: Any) -> list[Draft]:
    return [one for one in read(path, **options) if isinstance(one, Draft)]


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as found:
        read(path)
    return str(found.value)


NOTE = "<office:annotation><text:p>A note</text:p></office:annotation>"
NOTED = said("One").replace("<text:p>", f"{NOTE}<text:p>")
HEAD = row("id", "text", "date", "share", "checked")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (said("One two"), "One two"),
        (said("One<text:s/>two<text:s text:c='2'/>three<text:tab/>four"), "One two  three\tfour"),
        (said("One</text:p><text:p/><text:p>two"), "One\n\ntwo"),
        (said("One  two"), "One  two"),
        (said("One\n      two"), "One two"),
        (said("One <text:span>two</text:span> three<text:line-break/>four"), "One two three\nfour"),
        (said("One <text:a>two</text:a>, \U0001f600 \u2028 end"), "One two, \U0001f600 \u2028 end"),
        (said("One two", ' office:string-value="One&#x0a;two"'), "One\ntwo"),
        (NOTED, "One"),
    ],
)
def test_a_text_is_what_its_cell_says(tmp_path: Path, cell: str, text: str) -> None:
    (found,) = drafts(ods(tmp_path / "a.ods", row("id", "text"), row("7", cell)))
    assert (found.key, found.text, found.line) == ("7", text, 2)


def test_numbers_days_and_answers_are_read_as_in_any_workbook(tmp_path: Path) -> None:
    cells = (
        valued("float", "value", "7", "7,00"),
        "Words.",
        valued("date", "date-value", "2026-01-05", "5.1."),
        valued("percentage", "value", "0.25", "25 %"),
        valued("boolean", "boolean-value", "true", "WAHR"),
    )
    (found,) = drafts(ods(tmp_path / "a.ods", HEAD, row(*cells)))
    assert found.key == "7"
    assert found.meta == {"published": "2026-01-05", "share": "0.25", "checked": "yes"}


def test_a_value_that_cannot_be_read_is_what_the_cell_shows(tmp_path: Path) -> None:
    cell = valued("date", "date-value", "soon", "5 May")
    (found,) = drafts(ods(tmp_path / "a.ods", row("id", "text", "seen"), row("1", "Words.", cell)))
    assert found.meta == {"seen": "5 May"}


def test_cells_and_rows_that_stand_for_many_are_that_many(tmp_path: Path) -> None:
    empty = row(
        '<table:table-cell table:number-columns-repeated="900"/>', more=' table:number-rows-repeated="3"'
    )
    many = ' table:number-columns-repeated="2"'
    rows = (
        row("id", "text", "a", "b"),
        empty,
        row("1", "One.", said("x", many)),
        row("2", "Two.", f"<table:table-cell{many}/>"),
        row("3", "Three.", more=' table:number-rows-repeated="1"'),
        row("<table:table-cell/>", more=' table:number-rows-repeated="1048569"'),
    )
    found = drafts(ods(tmp_path / "a.ods", *rows))
    assert [(one.key, one.line) for one in found] == [("1", 5), ("2", 6), ("3", 7)]
    assert found[0].meta == {"a": "x", "b": "x"}
    assert found[1].meta == {}


def test_rows_in_groups_and_heads_are_rows(tmp_path: Path) -> None:
    grouped = f"<table:table-row-group>{row('1', 'One.')}</table:table-row-group>"
    head = f"<table:table-header-rows>{row('id', 'text')}</table:table-header-rows>"
    assert [one.text for one in drafts(ods(tmp_path / "a.ods", head, grouped, row("2", "Two.")))] == [
        "One.",
        "Two.",
    ]


def test_a_table_within_a_cell_is_no_row_of_the_sheet(tmp_path: Path) -> None:
    inner = f'<table:table-cell><table:table table:name="in">{row("x", "y")}</table:table></table:table-cell>'
    found = drafts(ods(tmp_path / "a.ods", row("id", "text"), row("1", "One.", inner), row("2", "Two.")))
    assert [one.key for one in found] == ["1", "2"]


def test_formulas_and_merged_cells_are_told_and_nothing_is_computed(tmp_path: Path) -> None:
    value = said("Ada", ' table:formula="of:=WEBSERVICE(&quot;http://x&quot;)" office:string-value="Ada"')
    merged = said("Kyiv", ' table:number-rows-spanned="2" table:number-columns-spanned="1"')
    rows = (
        row("text", "by", "place"),
        row("One.", value, merged),
        row("Two.", "B", "<table:covered-table-cell/>"),
    )
    found = read(ods(tmp_path / "a.ods", *rows))
    notes = " ".join(str(one) for one in found if isinstance(one, Note))
    assert "1 cell(s) of the sheet 's' with formulas" in notes
    assert "merged cells of the sheet 's'" in notes
    one, two = (draft for draft in found if isinstance(draft, Draft))
    assert (one.meta["place"], two.meta["place"]) == ("Kyiv", "Kyiv")
    assert "Ada" in one.meta.values()


def test_labels_come_with_their_articles_from_the_sheets_of_an_export(tmp_path: Path) -> None:
    articles = f"{row('id', 'name', 'text')}{row('a1', 'one.txt', 'She said no.')}"
    spans = f"{row('article', 'label', 'start', 'end', 'words')}{row('a1', 'CLAIM', '9', '11', 'no')}"
    path = ods(tmp_path / "a.ods", articles, f'</table:table><table:table table:name="t">{spans}')
    with project_in(tmp_path, "p") as project:
        summary = bring(project, path)
        (content,) = project.contents()
    assert (summary.articles, summary.problems) == (1, ())
    assert [(one.label, one.start, one.end) for one in content.spans] == [("CLAIM", 9, 11)]


def test_what_a_workbook_is_counts_not_what_it_is_called(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.xlsx", row("text"), row("One."))
    assert [one.text for one in drafts(path)] == ["One."]
    preview = IMPORTER.preview(path, ImportOptions())
    assert (preview.rows, preview.sample) == (1, "One.")


@pytest.mark.parametrize(
    ("declared", "manifest", "reason"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]>', "<m/>", "declares a document type or entities"),
        ("", '<m><encryption-data a="b"/></m>', "a password protects it"),
        ("<torn", "<m/>", "a part of it is damaged"),
    ],
)
def test_workbooks_that_mean_harm_are_refused(
    tmp_path: Path, declared: str, manifest: str, reason: str
) -> None:
    path = ods(tmp_path / "a.ods", row("text"), row("One."), declared=declared, manifest=manifest)
    assert reason in refusal(path)


def test_a_number_of_repeats_that_is_none_is_damage(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", row("text"), row("One.", more=' table:number-rows-repeated="many"'))
    assert "damaged" in refusal(path)


def test_what_repeats_without_end_is_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = ' table:number-%s-repeated="999999999"'
    rows = ods(tmp_path / "a.ods", row("text"), row("One.", more=endless % "rows"))
    monkeypatch.setattr(sheets, "CELL_LIMIT", 1_000)
    assert "more than 1,000 cells" in refusal(rows)
    monkeypatch.undo()
    cells = ods(tmp_path / "b.ods", row("text"), row(said("One.", endless % "columns")))
    assert "the row has 1001 cells" in " ".join(map(str, read(cells)))
    wide = ods(tmp_path / "c.ods", row(said("text", endless % "columns")))
    assert "more than 1,000 columns" in refusal(wide)
    blanks = ods(tmp_path / "d.ods", row("text"), row(said('One<text:s text:c="999999999"/>two')))
    assert len(drafts(blanks)[0].text) == 100_006
    merged = said("One.", ' table:number-rows-spanned="9"')
    many = ods(tmp_path / "e.ods", row("text"), row(merged), row(merged))
    monkeypatch.setattr(sheets, "MERGED_LIMIT", 1)
    assert "more than 1 merged ranges" in refusal(many)
    monkeypatch.setattr(ods_in, "LIMIT", 100)
    assert "content.xml unpacks to" in refusal(rows)
