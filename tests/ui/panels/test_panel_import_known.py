"""What the window tells an import of the project: everybody who is there, also those of one name."""

from __future__ import annotations

from pathlib import Path

from made_projects import Plan, bring, export, project_in

from annotator.model.formats import ImportOptions
from annotator.model.ids import Id, new_id
from annotator.model.job import run
from annotator.model.records import Article, Fragment
from annotator.model.text import sha256_of
from annotator.services.importing_known import known_of, planned
from annotator.services.project import Project
from annotator.ui.import_plans import joined

TEXT = "The mayor of Eastport and the mayor of Westport said no."


def with_article(project: Project, text: str = TEXT) -> Id:
    article = Article(new_id(), "ferry.txt", "Ferry", text, sha256_of(text), "en")
    project.write_import(Plan([article]))
    return article.id


def names(project: Project, article: Id, *actors: Id) -> None:
    """Say of two spans of an article whom they name."""
    for at, actor in zip((0, 26), actors, strict=True):
        span = project.add_span(article, "SOURCE", [Fragment(at, at + 9)]).changes[0].record.id
        project.set_actor(span, actor)


def test_an_article_comes_in_whose_actors_are_there_and_have_one_name(tmp_path: Path) -> None:
    with project_in(tmp_path, "ours") as ours, project_in(tmp_path, "theirs") as theirs:
        actors = [ours.add_actor("The mayor", "person").changes[0].record.id for _ in range(2)]
        names(ours, with_article(ours), *actors)
        export(ours, tmp_path / "first.jsonl", "jsonl")
        bring(theirs, tmp_path / "first.jsonl")
        names(theirs, with_article(theirs, f"{TEXT} So they met."), *actors)
        export(theirs, tmp_path / "second.jsonl", "jsonl")
        plan = run(planned([tmp_path / "second.jsonl"], ImportOptions(), "", known_of(ours)))
        (plan,) = run(joined([plan], ours))
        ours.write_import(plan)
        plan.close()
        assert {one.id for one in ours.actors()} == {*actors}
        assert [{one.actor for one in each.spans} for each in ours.contents()] == [{*actors}] * 2
        assert run(ours.check()) == ()


def test_an_author_is_nobody_whom_other_articles_name(tmp_path: Path) -> None:
    with project_in(tmp_path, "a") as project:
        article = with_article(project)
        project.add_actor("Ada", "author", article)
        project.add_actor("Ben", "person")
        assert known_of(project).actors.keys() == {"Ben"}
        assert len(known_of(project).shared) == 2
