"""Folders with many tables of labels for the articles of one: read at once, as if one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_projects import bring, project_in

from annotator.exchange.tables import label_tables
from annotator.model.records import ArticleContent
from annotator.services.project import Project

PEOPLE = ("Ada Rask", "Ben Holt", "Cy Dorn")
HEAD = "article,label,start,end,text,annotator\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles; a table of labels for the first two, one for the first, one that is torn."""
    found = tmp_path / "tables"
    found.mkdir()
    rows = [f"{at},{one} said no." for at, one in enumerate(PEOPLE)]
    (found / "articles.csv").write_text("\n".join(["id,text", *rows]), "utf-8")
    (found / "a.csv").write_text(f"{HEAD}0,CLAIM,0,3,Ada,Jo\n1,CLAIM,0,3,Ben,Jo\n", "utf-8")
    (found / "b.csv").write_text(
        f"{HEAD}0,SOURCE,4,8,Rask,Jo\n9,SOURCE,0,3,Ada,Jo\n1,SOURCE,,,Zed,Jo\n", "utf-8"
    )
    (found / "c.csv").write_text(f'{HEAD}0,CLAIM,9,13,"said,Jo\n', "utf-8")
    return found


def labels(project: Project) -> dict[str, list[tuple[str, str]]]:
    def of(content: ArticleContent) -> list[tuple[str, str]]:
        text = content.article.text
        return sorted((one.label, text[one.start : one.end]) for one in content.spans)

    return {one.article.name: of(one) for one in project.contents()}


def test_tables_read_at_once_bring_what_they_bring_one_by_one(tmp_path: Path, folder: Path) -> None:
    with project_in(tmp_path, "p") as project, project_in(tmp_path, "q") as other:
        summary = bring(project, folder)
        for name in ("a.csv", "b.csv"):
            bring(other, folder / name)
        found = labels(project)
        assert found == labels(other)
    assert found == {
        "articles.csv:0": [("CLAIM", "Ada"), ("SOURCE", "Rask")],
        "articles.csv:1": [("CLAIM", "Ben")],
        "articles.csv:2": [],
    }
    assert (summary.articles, summary.spans, summary.copies) == (3, 3, ())


def test_what_is_wrong_is_told_of_its_own_table(tmp_path: Path, folder: Path) -> None:
    with project_in(tmp_path, "p") as project:
        problems = sorted(map(str, bring(project, folder).problems))
    assert [one.partition(":")[0] for one in problems] == ["b.csv, line 3", "b.csv, line 4", "c.csv"]
    assert "there is no article '9'" in problems[0]
    assert "'Zed' do not stand in the article" in problems[1]
    assert "a quotation mark that opens in the row of line 2 is never closed" in problems[2]


@pytest.mark.parametrize(("limit", "times"), [(label_tables.ROW_LIMIT, 1), (1, 3)])
def test_articles_are_read_once_for_as_many_rows_as_are_held(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, limit: int, times: int
) -> None:
    read, drafts = [], label_tables.article_drafts
    monkeypatch.setattr(label_tables, "article_drafts", lambda *given: read.append(1) or drafts(*given))
    monkeypatch.setattr(label_tables, "ROW_LIMIT", limit)
    (folder / "b.csv").write_text(f"{HEAD}0,SOURCE,4,8,Rask,Jo\n", "utf-8")
    (folder / "c.csv").write_text(f"{HEAD}2,SOURCE,0,2,Cy,Jo\n", "utf-8")
    (folder / "a.csv").write_text(f"{HEAD}0,CLAIM,0,3,Ada,Jo\n", "utf-8")
    with project_in(tmp_path, "p") as project:
        summary = bring(project, folder)
        assert [*labels(project).values()] == [[("CLAIM", "Ada"), ("SOURCE", "Rask")], [], [("SOURCE", "Cy")]]
    assert (len(read), summary.articles, summary.problems) == (times, 3, ())
