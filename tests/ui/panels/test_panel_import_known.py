"""What the window tells an import of the project: everybody who is there, also those of one name."""

from __future__ import annotations

from pathlib import Path

from made_projects import Plan, export, project_in

from annotator.model.formats import ImportOptions
from annotator.model.ids import new_id
from annotator.model.job import run
from annotator.model.records import Article, Fragment
from annotator.model.text import sha256_of
from annotator.services.project import Project
from annotator.ui.import_plans import joined, known_of, planned

TEXT = "The mayor of Eastport and the mayor of Westport said no."


def with_article(project: Project) -> bytes:
    article = Article(new_id(), "ferry.txt", "Ferry", TEXT, sha256_of(TEXT), "en")
    project.write_import(Plan([article]))
    return article.id


def test_an_article_comes_back_whose_actors_have_one_name(tmp_path: Path) -> None:
    with project_in(tmp_path, "a") as project:
        article = with_article(project)
        for at in (0, 26):
            project.add_actor("The mayor", "person")
            span = project.add_span(article, "SOURCE", [Fragment(at, at + 9)]).changes[0].record.id
            project.set_actor(span, project.actors()[-1].id)
        export(project, tmp_path / "out.jsonl", "jsonl")
        before = project.content(article)
        project.articles.remove([article])
        assert len(project.actors()) == 2
        plan = run(planned([tmp_path / "out.jsonl"], ImportOptions(), "", known_of(project)))
        (plan,) = run(joined([plan], project))
        project.write_import(plan)
        plan.close()
        content = project.content(article)
        assert {one.actor for one in content.spans} == {one.actor for one in before.spans}
        assert len(project.actors()) == 2
        assert run(project.check()) == ()


def test_an_author_is_nobody_whom_other_articles_name(tmp_path: Path) -> None:
    with project_in(tmp_path, "a") as project:
        article = with_article(project)
        project.add_actor("Ada", "author", article)
        project.add_actor("Ben", "person")
        assert known_of(project).actors.keys() == {"Ben"}
        assert len(known_of(project).shared) == 2
