"""Slow files are read once, however often they are looked at, as long as they hold the same."""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from made_projects import bring, project_in

from annotator.exchange.articles import docx_files, one_article, pdf_files
from annotator.exchange.articles.kept import Kept
from annotator.exchange.tables import ods_in
from annotator.model.formats import Draft, ImportOptions
from annotator.services.importing import preview

PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TABLE = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Kept:
    found = Kept()
    for module in (one_article, pdf_files):
        monkeypatch.setattr(module, "KEPT", found)
    return found


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> Counter[str]:
    """Count the calls of a function."""
    calls: Counter[str] = Counter()
    before = getattr(module, name)

    def call(*given: Any, **named: Any) -> Any:
        calls[name] += 1
        return before(*given, **named)

    monkeypatch.setattr(module, name, call)
    return calls


def pdf(path: Path, words: str) -> Path:
    """A page with a line of words."""
    content = f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    objects = [b"%d 0 obj%b\nendobj\n" % (at, one) for at, one in enumerate(parts, 1)]
    path.write_bytes(b"%PDF-1.4\n" + b"".join(objects) + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF")
    return path


def docx(path: Path, words: str) -> Path:
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("[Content_Types].xml", types)
        body = f"<w:body>{PARAGRAPH.format(words)}</w:body>"
        packed.writestr("word/document.xml", f"<w:document {SPACE}>{body}</w:document>")
    return path


def ods(path: Path, *sheets: list[list[str]]) -> Path:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    made = ""
    for at, rows in enumerate(sheets):
        lines = ("".join(map(cell.format, row)) for row in rows)
        made += f'<table:table table:name="s{at}">'
        made += "".join(f"<table:table-row>{one}</table:table-row>" for one in lines) + "</table:table>"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", TABLE.format(made))
        packed.writestr("META-INF/manifest.xml", "<m/>")
    return path


@pytest.mark.parametrize(
    ("make", "module", "name"), [(pdf, pdf_files, "read_bytes"), (docx, docx_files, "_text")]
)
@pytest.mark.usefixtures("fresh")
def test_a_trial_and_the_import_read_a_document_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Any, module: Any, name: str
) -> None:
    path = make(tmp_path / f"a.{make.__name__}", "Ada said no.")
    with project_in(tmp_path, "p") as trial, project_in(tmp_path, "q") as other:
        calls = counted(monkeypatch, module, name)
        bring(trial, path)
        assert preview(path, ImportOptions()).sample == "Ada said no."
        bring(other, path)
        assert calls == {name: 1}
        make(path, "Ben said no.")  # as long, and perhaps within the same tick of the clock
        assert preview(path, ImportOptions()).sample == "Ben said no."
        bring(other, path)
        assert sorted(one.article.text for one in other.contents()) == ["Ada said no.", "Ben said no."]


def test_a_workbook_is_looked_over_once_and_then_read_for_each_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [["id", "text"], ["a", "Ada said no."], *([str(at), ""] for at in range(60))]
    sheets = [["what"], ["nothing"]], articles, [["more"], ["words"]]
    path = ods(tmp_path / "a.ods", *sheets)
    calls = counted(monkeypatch, ods_in, "_rows")
    with project_in(tmp_path, "p") as project:
        assert preview(path, ImportOptions()).rows == 61
        bring(project, path)
        (one,) = project.contents()
        assert one.article.text == "Ada said no."
    assert calls == {"_rows": 3}
    ods(path, *sheets[:1], [["id", "text"], ["a", "Ben said no."]], sheets[2])
    with project_in(tmp_path, "q") as project:
        bring(project, path)
        assert [one.article.text for one in project.contents()] == ["Ben said no."]


def test_what_is_kept_is_bound_and_the_oldest_goes_first() -> None:
    found = Kept(10)
    for name in "abc":
        found.keep((name,), (Draft(name, "x" * 4), ""))
        found.get(("a",))
    assert [name for name in "abc" if found.get((name,))] == ["a", "c"]
    found.keep(("d",), (Draft("d", "x" * 11), ""))
    found.keep(("a",), (Draft("a", "x" * 4), ""))
    assert [name for name in "abcd" if found.get((name,))] == ["a", "c"]
    assert found.get(None) is None
