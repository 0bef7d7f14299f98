"""Tables as people make them: columns named in other languages, titles above them, rows with numbers."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from annotator.exchange.tables.tables import FORMAT
from annotator.exchange.tables.xlsx import FORMAT as XLSX
from annotator.model.formats import Draft, ImportOptions, Item


def read(path: Path, encoding: str | None = None) -> list[Item]:
    return [*(XLSX if path.suffix == ".xlsx" else FORMAT).importer.read(path, ImportOptions(encoding))]


@pytest.mark.parametrize(
    ("head", "row", "encoding"),
    [
        ("Titel;Datum;Volltext;Quelle", "Hafen;2024-03-12;Ada sagte nein.;Eigen", "cp1252"),
        ("Überschrift\tVeröffentlicht am\tArtikeltext\tZeitung", "Hafen\t2024-03-12\tNein.\tEigen", "utf-16"),
        ("U\u0308berschrift;Datum;Text;Medium", "Hafen;2024-03-12;Nein.;Eigen", "utf-8"),
        ('"Titre";"Date de publication";"Texte";"Journal"', "Port;2024-03-12;Non.;Nôtre", "utf-8-sig"),
        ("Titolo|Data|Testo|Testata", "Porto|2024-03-12|No.|Nostro", "utf-8"),
        ("Encabezado,Fecha,Cuerpo,Medio", "Puerto,2024-03-12,No.,Propio", "utf-8"),
        ("Nagłówek;Data;Treść;Źródło", "Port;2024-03-12;Nie – żółw.;Własne", "cp1250"),
        ("Заголовок;Дата;Текст;Издание", "Порт;2024-03-12;Нет.;Наше", "cp1251"),
        ("標題,日期,內文,來源", "港口,2024-03-12,艾達說不。,自己", "utf-8"),
    ],
)
def test_columns_are_known_in_other_languages(tmp_path: Path, head: str, row: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"{head}\r\n{row}\r\n".encode(encoding))
    mark = next(one for one in "\t;|," if one in head)
    title, _day, text, outlet = row.split(mark)
    chosen = encoding if encoding.startswith("cp") else None
    (draft,) = [one for one in read(path, chosen) if isinstance(one, Draft)]
    assert (draft.title, draft.text, draft.meta["outlet"]) == (title, text, outlet)
    assert "2024-03-12" in draft.meta.values()


ROWS = [
    ["Media monitoring, March", "", ""],
    ["Article", "", "Coding"],
    ["Headline", "Full text", "Stance"],
    ["Port", "Ada said no.", "against"],
]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_titles_may_stand_above_the_names_of_the_columns(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    if ending == ".csv":
        path.write_text("\n".join(";".join(f'"{one}"' for one in row) for row in ROWS), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for row in ROWS:
            book.active.append([one or None for one in row])
        book.active.merge_cells("A1:C1")
        book.save(path)
    items = read(path)
    (draft,) = [one for one in items if isinstance(one, Draft)]
    assert (draft.title, draft.text, dict(draft.meta)) == ("Port", "Ada said no.", {})
    assert [one.label for one in draft.marks.labels] == ["against"]
    assert draft.line == 4
    told = "rows above the one that names the columns were left out: 2"
    assert [str(one) for one in items if told in str(one)] == [f"a{ending}: {told}"]


def test_a_row_of_values_that_are_names_too_is_no_head(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("kind,where\nText,here\nBody,there\n", encoding="utf-8")
    with pytest.raises(Exception, match="no column is known to hold the text"):
        read(path)


@pytest.mark.parametrize(
    ("head", "title", "fact"),
    [("speaker,title,statement", "", "Mayor"), ("title,speaker,statement", "Ada Rye", None)],
)
def test_a_title_behind_a_speaker_is_theirs(tmp_path: Path, head: str, title: str, fact: str | None) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{head}\nAda Rye,Mayor,The ferry stays where it is.\n", encoding="utf-8")
    (draft,) = [one for one in read(path) if isinstance(one, Draft)]
    assert (draft.title, draft.meta.get("speaker title")) == (title, fact)


def test_numbers_of_rows_without_a_name_are_neither_ids_nor_languages(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",content\n0,Ada said no.\nx,Ben left.\n", encoding="utf-8")
    first, second = [one for one in read(path) if isinstance(one, Draft)]
    assert (first.name, first.key, first.language, dict(first.meta)) == ("a.csv:2", "", "", {})
    assert (second.key, dict(second.meta)) == ("", {"unnamed": "x"})
