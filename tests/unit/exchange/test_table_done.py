"""Tables out and in again: who said that an article is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_projects import Plan, bring, export, project_in

from annotator.model.ids import new_id
from annotator.model.records import Annotator, Article, ArticleReading, Fragment
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.text import sha256_of
from annotator.services.project import Project

SCHEME = read_scheme(resource("schemes/default.toml"))
STATES = {
    "ferry.txt": {"Anna": "done", "=Ben | Co": "done"},
    "bridge.txt": {"Anna": "begun", "Cem": "done"},
    "dam.txt": {},
}
DONE = Counter(("ferry.txt Anna", "ferry.txt =Ben | Co", "bridge.txt Cem"))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, "p", SCHEME) as found:
        people = {"Anna": found.annotator.id}
        for name in ("=Ben | Co", "Cem"):
            people[name] = new_id()
            found.write_import(Plan([Annotator(people[name], name)]))
        for name, states in STATES.items():
            own, text = new_id(), f"The {name[:-4]} stays, said Ada."
            article = Article(own, name, "It stays", text, sha256_of(text), "en")
            readings = [ArticleReading(new_id(), own, people[one], state, 5) for one, state in states.items()]
            found.write_import(Plan([article, *readings]))
        found.add_span(found.article_ids()[0], "CLAIM", (Fragment(0, 3),))
        yield found


def done(project: Project) -> Counter[str]:
    """Each mark that an article is done, and whose it is."""
    names = {one.id: one.name for one in project.annotators()}
    return Counter(
        f"{content.article.name} {names[one.annotator]}"
        for content in project.contents()
        for one in content.readings
        if one.state == "done"
    )


@pytest.mark.parametrize("format_name", ["csv", "tsv", "xlsx"])
@pytest.mark.parametrize("formulas", ["harmless", "as_written"])
def test_who_is_done_comes_back(project: Project, tmp_path: Path, format_name: str, formulas: str) -> None:
    path = tmp_path / f"articles.{format_name}"
    chosen = {} if format_name == "xlsx" else {"table": "articles", "formulas": formulas}
    left_out = export(project, path, format_name, chosen=chosen).left_out
    assert left_out["marks that an article was begun"] == 1
    assert "marks that an article is done" not in left_out
    with project_in(tmp_path, "q", SCHEME) as other:
        assert bring(other, path).problems == ()
        assert done(other) == DONE
        assert {one.article.name for one in other.contents()} == {*STATES}
        assert not any({"done_by", "name"} & one.article.meta.keys() for one in other.contents())
        before = done(other)
        bring(other, path)
        assert done(other) == before


def test_who_is_done_comes_to_articles_that_are_there(project: Project, tmp_path: Path) -> None:
    export(project, tmp_path / "articles.csv", "csv", chosen={"table": "articles"})
    with project_in(tmp_path, "q", SCHEME) as other:
        for content in project.contents():
            other.write_import(Plan([content.article]))
        summary = bring(other, tmp_path / "articles.csv")
        assert (summary.articles, done(other)) == (0, DONE)
        other.undo()
        assert done(other) == Counter()


def test_two_tables_of_the_same_articles_say_it_once(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "both"
    folder.mkdir()
    for name in ("csv", "tsv"):
        export(project, folder / f"articles.{name}", name, chosen={"table": "articles"})
    export(project, folder / "spans.csv", "csv", chosen={"table": "spans"})
    with project_in(tmp_path, "q", SCHEME) as other:
        bring(other, folder)
        assert done(other) == DONE
        assert sum(len(one.spans) for one in other.contents()) == 1


def test_a_table_of_labels_tells_that_it_does_not_say_so(project: Project, tmp_path: Path) -> None:
    left_out = export(project, tmp_path / "spans.csv", "csv", chosen={"table": "spans"}).left_out
    assert left_out["marks that an article is done"] == 3
    assert left_out["marks that an article was begun"] == 1


def test_a_column_of_that_name_in_another_table_is_a_fact(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,title,text,done_by\n1,Ferry,The ferry stays.,Anna\n", "utf-8")
    with project_in(tmp_path, "p", SCHEME) as project:
        bring(project, tmp_path / "a.csv")
        (content,) = project.contents()
        assert content.article.meta["done_by"] == "Anna"
        assert content.readings == ()
