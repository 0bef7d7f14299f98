"""Workbooks are read once between preview, trial and import, as long as they hold the same."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from annotator.exchange.tables import sheets_kept
from annotator.exchange.tables.xlsx import FORMAT
from annotator.model.formats import ImportOptions, Item

OPTIONS = ImportOptions()
HEAD = ["id", "title", "text"]


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """How often the library opened a workbook."""
    found: list[str] = []
    plain = openpyxl.load_workbook

    def load(*values: Any, **named: Any) -> Any:
        found.append("")
        return plain(*values, **named)

    monkeypatch.setattr(openpyxl, "load_workbook", load)
    sheets_kept._kept.cache_clear()
    yield found
    sheets_kept._kept.cache_clear()


def book(path: Path, text: str, *more: list[Any]) -> Path:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in (HEAD, ["1", "One", text], [], ["2", "Two", "Ben denied it."], *more):
        sheet.append(row)
    labels = made.create_sheet("labels")
    for row in (["article", "label", "text"], ["1", "CLAIM", text], ["2", "CUE", "denied"]):
        labels.append(row)
    sheet.merge_cells("B2:B4")
    made.save(path)
    return path


def read(path: Path) -> list[Item]:
    importer = FORMAT.importer
    assert importer is not None
    return [*importer.read(path, OPTIONS)]


def test_a_workbook_is_read_once(tmp_path: Path, opened: list[str]) -> None:
    path = book(tmp_path / "a.xlsx", "Ada spoke.")
    importer = FORMAT.importer
    assert importer is not None
    preview, first = importer.preview(path, OPTIONS), read(path)
    assert preview.rows == 2
    before = len(opened)
    assert (importer.preview(path, OPTIONS), read(path), read(path)) == (preview, first, first)
    assert len(opened) == before <= 2, "every sheet was read from end to end before"


def test_what_was_written_anew_is_read_anew(tmp_path: Path) -> None:
    """Also where neither size nor time tell."""
    path = book(tmp_path / "a.xlsx", "Ada spoke.")
    stamp = path.stat()
    first = read(path)
    book(path, "Eva spoke.")
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert "Ada spoke." in repr(first)
    assert "Eva spoke." in repr(read(path))
    assert "Ada" not in repr(read(path))


def test_a_sheet_that_is_too_large_to_keep_is_read_each_time(
    tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(tmp_path / "a.xlsx", "Ada spoke.", ["3", "Three", "Nothing follows. " * 20])
    first = read(path)
    sheets_kept._kept.cache_clear()
    monkeypatch.setattr(sheets_kept, "MOST", 300)
    assert (read(path), read(path)) == (first, first)
    assert len(opened) == 3
