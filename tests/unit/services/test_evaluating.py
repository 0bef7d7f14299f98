"""Suggesters compared with an annotator's work: what counts, what is left out, per suggester."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.model.errors import UserError
from annotator.model.formats import ImportOptions
from annotator.model.job import run
from annotator.model.records import RoleEnd, Span
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.scheme_edits import RenameItem
from annotator.model.scheme_parts import Place
from annotator.model.scoring import Score
from annotator.services.evaluating import Result, annotator_id, caution, evaluate, marked
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known
from annotator.services.project import Project
from annotator.services.suggesters import Chosen

PLUGIN = """
from annotator.model.suggesting import ProposedFrame, ProposedSpan, Proposals

class Suggester:
    def suggest(self, texts):
        for one in texts:
            if "broken" in one.text:
                raise RuntimeError("cannot")
            cue, claim = one.text.index("said"), one.text.index("that")
            spans = (
                ProposedSpan("SOURCE", ((0, cue - 1),), 0.9, "r"),
                ProposedSpan("CUE", ((cue, cue + 4),), 0.9, "r"),
                ProposedSpan("CLAIM", ((claim, len(one.text) - 2),), 0.6, "r"),
                ProposedSpan("PERSON", ((0, cue - 1),), 0.9, "r"),
            )
            roles = (("source", 0), ("cue", 1), ("claim", 2))
            yield Proposals(spans, (ProposedFrame("ATTRIBUTION", roles, 0.9, "r"),))

class Plugin:
    name, version, layers = "toy", "2", ("attributions", "entities")
    def load(self, choice):
        return Suggester()

PLUGIN = Plugin()
"""
TEXTS = {
    "a": "Ada Quist said that it is safe.\n",
    "b": "Ben said that it is not.\n",
    "c": "Nobody said that.\n",
    "d": "It is broken.\n",
}
TOY = Chosen("toy_for_evaluating:PLUGIN")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Four articles: in the first all is as proposed, in the second the claim has other edges."""
    (tmp_path / "toy_for_evaluating.py").write_text(PLUGIN)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    scheme = read_scheme(resource("schemes/default.toml"))
    made = Project.create(tmp_path / "p.annot", scheme, "Ann")
    files = [tmp_path / f"{name}.txt" for name in TEXTS]
    for file in files:
        file.write_text(TEXTS[file.stem], encoding="utf-8")
    plan = run(plan_import(files, ImportOptions(), Known(scheme)))
    made.write_import(plan)
    yield made
    made.close()


def attribute(project: Project, name: str, **parts: str) -> None:
    article = project.find_article(f"{name}.txt")
    assert article is not None
    text = project.content(article).article.text
    roles = []
    for role, words in parts.items():
        start = text.index(words)
        changes = project.add_span(article, role.upper(), [(start, start + len(words))])
        roles.append(RoleEnd(role, "span", next(one.record.id for one in changes.of(Span))))
    project.add_frame(article, "ATTRIBUTION", roles)


def compared(project: Project, *layers: str):
    articles = run(marked(project, annotator_id(project, "Ann")))
    given = {"layers": layers} if layers else {}
    (result,) = run(evaluate(articles, [TOY], project.scheme, **given))
    return result


def test_what_is_marked_is_compared_by_label_and_frame(project: Project) -> None:
    attribute(project, "a", source="Ada Quist", cue="said", claim="that it is safe")
    attribute(project, "b", source="Ben", cue="said", claim="it is not")
    result = compared(project)
    assert (result.suggester, result.articles, result.failed) == ("toy 2", 2, 0)
    assert list(result.scores) == ["CLAIM", "SOURCE", "CUE", "ATTRIBUTION", "PERSON"]
    assert result.scores["CUE"].strict == Score(2, 2, 2, 2)
    assert result.scores["CLAIM"].strict == Score(2, 1, 2, 1)
    assert result.scores["CLAIM"].overlap == Score(2, 2, 2, 2)
    assert result.scores["ATTRIBUTION"].strict == Score(2, 1, 2, 1)
    assert result.scores["ATTRIBUTION"].overlap == Score(2, 2, 2, 2)
    assert result.scores["PERSON"].strict == Score(2, 0, 0, 0)
    assert result.sure["ATTRIBUTION"] == Score(2, 2, 2, 2)
    assert result.sure["CLAIM"] == Score(0, 0, 2, 0)


def test_only_some_layers(project: Project) -> None:
    attribute(project, "a", source="Ada Quist", cue="said", claim="that it is safe")
    assert list(compared(project, "entities").scores) == ["PERSON"]
    assert "PERSON" not in compared(project, "attributions").scores


def test_a_done_article_counts_although_nothing_is_marked_in_it(project: Project) -> None:
    attribute(project, "a", source="Ada Quist", cue="said", claim="that it is safe")
    third = project.find_article("c.txt")
    assert third is not None
    project.set_reading(third, "done")
    result = compared(project)
    assert (result.articles, result.scores["ATTRIBUTION"].strict) == (2, Score(2, 1, 1, 1))
    articles = run(marked(project, annotator_id(project, "Ann")))
    assert [one.is_done for one in articles] == [False, True]
    assert caution([result], articles) == (
        "In 1 article not marked as done, what is not labelled yet counts as wrong."
    )
    assert caution([result], articles[1:]) == ""


def test_articles_that_failed_are_counted_and_left_out(project: Project) -> None:
    attribute(project, "a", source="Ada Quist", cue="said", claim="that it is safe")
    attribute(project, "d", claim="It is broken")
    result = compared(project)
    assert (result.articles, result.failed) == (1, 1)
    assert result.scores["CLAIM"].strict == Score(1, 1, 1, 1)
    assert result.why
    assert f"toy 2 failed in 1 article: {result.why}" in caution([result])


def test_a_pipeline_that_is_gone_leaves_the_figures_of_the_others(project: Project) -> None:
    attribute(project, "a", source="Ada Quist", cue="said", claim="that it is safe")
    articles, gone = run(marked(project, annotator_id(project, "Ann"))), Chosen("pipeline", "en_gone")
    first, second = run(evaluate(articles, [TOY, gone], project.scheme))
    assert first.scores["CUE"].strict == Score(1, 1, 1, 1)
    assert (second.suggester, second.articles, second.failed, second.scores) == ("en_gone", 0, 1, {})
    assert "en_gone failed in 1 article: There is no installed spaCy pipeline" in caution([first, second])
    with pytest.raises(UserError, match="named en_gone"):
        run(evaluate(articles, [gone], project.scheme))


def test_labels_that_were_renamed_are_compared_under_their_new_names(project: Project) -> None:
    attribute(project, "a", source="Ada Quist", cue="said", claim="that it is safe")
    project.schemes.change(RenameItem(Place("CUE"), "VERB"))
    result = compared(project)
    assert result.scores["VERB"].strict == Score(1, 1, 1, 1)
    assert "CUE" not in result.scores


def test_other_annotators_do_not_count_and_nothing_is_written(project: Project) -> None:
    attribute(project, "a", source="Ada Quist", cue="said", claim="that it is safe")
    project.people.work_as("Ben")
    attribute(project, "b", source="Ben", cue="said", claim="that it is not")
    before = project.counts()
    assert compared(project).scores["CUE"].strict == Score(1, 1, 1, 1)
    assert project.counts() == before


def test_what_cannot_be_compared_is_said(project: Project) -> None:
    with pytest.raises(UserError, match=r"Nobody named Eve .*Ann"):
        annotator_id(project, "Eve")
    with pytest.raises(UserError, match="nothing to compare"):
        compared(project)
    attribute(project, "a", source="Ada Quist", cue="said", claim="that it is safe")
    articles = run(marked(project, annotator_id(project, "Ann")))
    with pytest.raises(UserError, match="No suggester is chosen"):
        run(evaluate(articles, [], project.scheme))


def test_only_what_was_learned_calls_for_caution():
    rules = Result("toy 2", 3, 0, {})
    assert caution([rules]) == ""
    assert caution([rules, Result("toy 2+abcd", 3, 0, {})]).startswith("What was learned comes from these")
