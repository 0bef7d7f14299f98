"""Tables out: what each holds, that no cell is run, that all comes back, and who reads it."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_projects import Plan, bring, export, made, project_in

from annotator.exchange.tables.cells import harmless_row, restored
from annotator.exchange.tables.table_rows import read_pieces
from annotator.model.errors import UserError
from annotator.model.ids import new_id
from annotator.model.records import Actor, Article, Fragment, RoleEnd
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.text import sha256_of
from annotator.services.exporting import formats_out
from annotator.services.project import Project

TEXT = "=Ada 😀 said: “No,\nnever.”\n@ben agreed."
ODD = ("=1+1", "+49", "-2", "@x", "\t=1", "＝1", "'=1", "''", "plain", "no\nyes", "a;b,c\t|", '"', '="a"')
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SCHEME = read_scheme(resource("schemes/default.toml"))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, "p", SCHEME) as found:
        own = new_id()
        article = Article(own, "=a.txt", "-title", TEXT, sha256_of(TEXT), "en", {"outlet": "+O", "odd": "x"})
        actor = Actor(new_id(), "@Ada")
        found.write_import(Plan([article, actor]))
        claim = found.add_span(own, "CLAIM", (Fragment(13, 16), Fragment(18, 23))).changes[0].record
        source = found.add_span(own, "SOURCE", (Fragment(0, 4),), note="=note").changes[0].record
        cue = found.add_span(own, "CUE", (Fragment(7, 11),)).changes[0].record
        ends = [RoleEnd(role, "span", one.id) for role, one in
                (("claim", claim), ("source", source), ("cue", cue))]  # fmt: skip
        found.add_frame(own, "ATTRIBUTION", ends)
        found.add_frame(
            own,
            "STANCE",
            [RoleEnd("holder", "actor", actor.id), RoleEnd("target", "span", claim.id)],
            attributes={"value": "deny"},
        )
        yield found


def table(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig" if delimiter == "," else "utf-8", newline="") as file:
        return [dict(row) for row in csv.DictReader(file, delimiter=delimiter)]


def written(project: Project, folder: Path, name: str, format_name: str = "csv", **more: str) -> Any:
    path = folder / f"{name}.{format_name}"
    export(project, path, format_name, chosen={"table": name, **more})
    return table(path, "\t" if format_name == "tsv" else ",")


@pytest.mark.parametrize("format_name", ["csv", "tsv"])
def test_articles_and_what_is_made_harmless(project: Project, tmp_path: Path, format_name: str) -> None:
    (row,) = written(project, tmp_path, "articles", format_name)
    assert (row["name"], row["title"], row["text"], row["outlet"]) == (
        "'=a.txt", "'-title", f"'{TEXT}", "'+O",
    )  # fmt: skip
    assert row["escaped"] == "name; title; outlet; text"
    (as_it_is,) = written(project, tmp_path, "articles", format_name, formulas="as_written")
    assert as_it_is["text"] == TEXT
    assert "escaped" not in as_it_is


def test_spans_with_places_and_pieces(project: Project, tmp_path: Path) -> None:
    rows = {row["label"]: row for row in map(restored, written(project, tmp_path, "spans"))}
    claim, source = rows["CLAIM"], rows["SOURCE"]
    assert (claim["start"], claim["end"], claim["text"], claim["pieces"]) == (
        "13", "23", "“No never", "13..16+18..23",
    )  # fmt: skip
    assert (source["text"], source["note"], source["annotator"]) == ("=Ada", "=note", "Anna")
    assert read_pieces("1..2+3..4 5..6") == [[(1, 2), (3, 4)], [(5, 6)]]


def test_attributions_and_stances_have_a_row_each(project: Project, tmp_path: Path) -> None:
    (row,) = written(project, tmp_path, "attributions")
    assert (row["source"], row["source_start"], row["cue"], row["claim_pieces"]) == (
        "'=Ada", "0", "said", "13..16+18..23",
    )  # fmt: skip
    (row,) = map(restored, written(project, tmp_path, "stances"))
    assert (row["holder"], row["target"], row["attribute.value"]) == ("@Ada", "“No never", "deny")
    ends = written(project, tmp_path, "ends")
    assert [one["role"] for one in ends] == ["claim", "source", "cue", "holder", "target"]


def test_what_a_table_does_not_hold_is_counted(project: Project, tmp_path: Path) -> None:
    found = export(project, tmp_path / "a.csv", "csv", chosen={"table": "articles"}).left_out
    assert {"spans": 3, "frames": 2, "facts of articles that have no column": 1}.items() <= found.items()
    found = export(project, tmp_path / "a.csv", "csv", chosen={"table": "attributions"}).left_out
    assert (found["frames"], found["texts of articles"], found.get("spans", 0)) == (1, 1, 0)


@pytest.mark.parametrize("name", ["articles", "spans", "attributions", "stances", "ends"])
def test_pandas_and_datasets_read_every_table(project: Project, tmp_path: Path, name: str) -> None:
    import datasets

    rows = written(project, tmp_path, name)
    frame = pandas.read_csv(tmp_path / f"{name}.csv", keep_default_na=False)
    assert len(frame) == len(rows)
    loaded = datasets.load_dataset(
        "csv", data_files=str(tmp_path / f"{name}.csv"), cache_dir=str(tmp_path / "c"), split="train"
    )
    assert loaded.num_rows == len(rows)
    assert loaded.column_names == list(frame.columns) == list(rows[0])
    tabs = written(project, tmp_path, name, "tsv")
    again = pandas.read_csv(tmp_path / f"{name}.tsv", sep="\t", keep_default_na=False, dtype=str)
    assert again.to_dict("records") == tabs


CELL = st.one_of(st.sampled_from(ODD), st.text(max_size=8))


@given(st.lists(CELL, min_size=3, max_size=3))
def test_nothing_is_run_and_everything_comes_back(cells: list[str]) -> None:
    """T-64."""
    columns = ("a", "b; c", "d")
    row = harmless_row(columns, cells)
    assert not any(str(cell).startswith(STARTS) for cell in row)
    assert restored(dict(zip((*columns, "escaped"), map(str, row), strict=True))) == dict(
        zip(columns, cells, strict=True)
    )


def test_a_cell_that_somebody_edited_stays_as_it_is() -> None:
    assert restored({"a": "now plain", "b": "'=1", "escaped": "a"}) == {"a": "now plain", "b": "'=1"}


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), format_name=st.sampled_from(["csv", "tsv", "xlsx"]))
def test_articles_and_spans_come_back(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, format_name: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "out").mkdir()
    with project_in(folder, "a") as project:
        project.write_import(Plan(data.draw(made(project.annotator.id))))
        if format_name == "xlsx":
            export(project, folder / "out/all.xlsx", "xlsx")
        else:
            for name in ("articles", "spans"):
                export(project, folder / f"out/{name}.{format_name}", format_name, chosen={"table": name})
        before = facts(project)
    with project_in(folder, "b") as other:
        summary = bring(other, folder / "out")
        assert not summary.problems
        assert facts(other) == before


@pytest.mark.parametrize("name", ["attributions", "stances", "ends", "labels"])
def test_ids_of_articles_are_not_taken_for_their_texts(project: Project, tmp_path: Path, name: str) -> None:
    (article,) = project.article_ids()
    project.articles.add_label(article, "ARTICLE_KIND")
    (tmp_path / "out").mkdir()
    for each in ("articles", name):
        export(project, tmp_path / f"out/{each}.csv", "csv", chosen={"table": each, "formulas": "as_written"})
    export(project, tmp_path / "all.xlsx", "xlsx")
    with project_in(tmp_path, "b", SCHEME) as other:
        summary = bring(other, tmp_path / "out")
        assert (summary.articles, summary.problems) == (1, ())
        # A column that is chosen as the text is one.
        chosen = bring(other, tmp_path / f"out/{name}.csv", columns={"article": "text"})
        assert chosen.articles > 0
    with project_in(tmp_path, "c", SCHEME) as other:
        assert bring(other, tmp_path / "all.xlsx", chosen={"sheet": "all"}).articles == 1


def facts(project: Project) -> list[Any]:
    return sorted(
        (
            content.article.name,
            content.article.text,
            sorted(
                (one.label, one.fragments, sorted(one.attributes.items()), one.note) for one in content.spans
            ),
        )
        for content in project.contents()
    )


def test_a_workbook_says_how_large_its_sheets_are(project: Project, tmp_path: Path) -> None:
    export(project, tmp_path / "a.xlsx", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True)
    for name, rows in (("articles", 1), ("spans", 3), ("attribution", 1), ("derived_from", 0)):
        frame = pandas.read_excel(tmp_path / "a.xlsx", sheet_name=name, keep_default_na=False)
        assert len(frame) == rows == book[name].max_row - 1
        assert len(frame.columns) == book[name].max_column
    book.close()
    spans = pandas.read_excel(tmp_path / "a.xlsx", sheet_name="spans", keep_default_na=False)
    assert spans["end"].tolist() == [4, 11, 23]


def test_spreadsheets_are_told_that_csv_is_utf_8_and_scripts_find_plain_tsv(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, mark in (("csv", codecs.BOM_UTF8), ("tsv", b"")):
        written(project, tmp_path, "articles", name)
        assert (tmp_path / f"articles.{name}").read_bytes().startswith(mark + b'"id"')
    with project_in(tmp_path, "q") as other:
        summary = bring(other, tmp_path / "articles.csv")
        assert (summary.articles, summary.problems) == (1, ())
        assert not any("mark" in one for one in summary.notes)
    exporter = formats_out()["csv"].exporter
    assert exporter is not None
    verify = exporter.verify

    def unmarked(path: Path, *given: Any) -> Iterator[int]:
        path.write_bytes(path.read_bytes().removeprefix(codecs.BOM_UTF8))
        return verify(path, *given)

    monkeypatch.setattr(exporter, "verify", unmarked)
    with pytest.raises(UserError, match="line 1"):
        written(project, tmp_path, "articles")


def test_the_same_data_gives_the_same_bytes(project: Project, tmp_path: Path) -> None:
    for name in ("csv", "tsv", "xlsx"):
        export(project, tmp_path / f"1.{name}", name)
        export(project, tmp_path / f"2.{name}", name)
        assert (tmp_path / f"1.{name}").read_bytes() == (tmp_path / f"2.{name}").read_bytes()


def test_a_difference_is_found_and_nothing_is_put_in_place(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.exchange.tables.table_rows.pieces_of", lambda _: "0..3")
    with pytest.raises(UserError, match="does not cover"):
        export(project, tmp_path / "o.csv", "csv", chosen={"table": "spans"})
    assert not (tmp_path / "o.csv").exists()
