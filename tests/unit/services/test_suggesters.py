"""Which articles a suggester has not looked at yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.model.changes import Changes
from annotator.model.errors import UserError
from annotator.model.ids import Id
from annotator.model.job import run
from annotator.model.records import Fragment
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.steps import suggester_name
from annotator.model.suggesting import Proposals, ProposedSpan
from annotator.services.project import Project
from annotator.services.suggesters import Chosen, all_inputs, choose, inputs_for, names, plan_round
from annotator.services.suggesting import SuggestionPlan
from tests.support.made_projects import bring

TEXT = "The harbour is safe\n\n“The harbour is safe,” Mayor Ada Quist told Radio Six on Monday.\n"
ATTRIBUTIONS, ENTITIES = Chosen("attributions"), Chosen("entities")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project.create(tmp_path / "one.annot", read_scheme(resource("schemes/default.toml")), "Ann")
    (tmp_path / "harbour.txt").write_text(TEXT, encoding="utf-8")
    bring(made, tmp_path / "harbour.txt")
    yield made
    made.close()


@pytest.fixture
def article(project: Project) -> Id:
    (found,) = project.article_ids()
    return found


def is_left_for(project: Project, article: Id, who: Chosen) -> bool:
    return bool(inputs_for(project, [article], who))


def suggest(project: Project, article: Id, who: Chosen) -> None:
    found = run(plan_round(inputs_for(project, [article], who), [who], project.scheme))
    project.write_suggestions(*found.plans, undoable=False)


def labels(project: Project, article: Id) -> set[str]:
    return {one.label for one in project.content(article).suggested_spans}


def test_an_article_gets_its_entities_although_an_attribution_brought_one_along(
    project: Project, article: Id
) -> None:
    suggest(project, article, ATTRIBUTIONS)
    assert "ORG" in labels(project, article), "to whom it was said"
    assert not is_left_for(project, article, ATTRIBUTIONS)
    assert is_left_for(project, article, ENTITIES)
    suggest(project, article, ENTITIES)
    assert {"PERSON", "DATE"} <= labels(project, article)
    assert not is_left_for(project, article, ENTITIES)


def test_entities_that_are_labelled_are_not_proposed_behind_somebodys_back(
    project: Project, article: Id
) -> None:
    start = TEXT.index("Ada Quist")
    project.add_span(article, "PERSON", [Fragment(start, start + 9)])
    assert not is_left_for(project, article, ENTITIES)
    assert is_left_for(project, article, ATTRIBUTIONS)


def test_entities_of_somebody_else_s_suggester_are_enough(project: Project, article: Id) -> None:
    found = run(plan_round(inputs_for(project, [article], ENTITIES), [ENTITIES], project.scheme))
    (plan,) = found.plans
    project.write_suggestions(replace(plan, suggester="their_pipeline 3.1"), undoable=False)
    assert not is_left_for(project, article, ENTITIES)


def test_what_is_proposed_again_is_not_written_again(project: Project, article: Id) -> None:
    def look_again() -> Changes:
        inputs = run(all_inputs(project))
        found = run(plan_round(inputs, [ATTRIBUTIONS, ENTITIES], project.scheme))
        return project.write_suggestions(*found.plans, undoable=True)

    first, before = look_again(), project.content(article)
    assert before.suggested_frames
    assert first.changes
    assert not look_again().changes
    assert project.content(article) == before
    assert project.undo_name() == first.operation, "nothing to undo was added"
    project.reject([before.suggested_frames[0].id])
    decided = project.content(article)
    assert not look_again().changes
    assert project.content(article) == decided


def test_a_pipeline_that_is_gone_gives_way_to_the_built_in_component(project: Project, article: Id) -> None:
    gone, inputs = Chosen("pipeline", "en_gone"), run(all_inputs(project))
    theirs = Proposals((ProposedSpan("EVENT", ((0, 3),), 0.8, "found by en_gone"),))
    before = SuggestionPlan("en_gone 1.0", ("entities",), ((article, theirs),))
    project.write_suggestions(before, undoable=False)
    found = run(plan_round(inputs, [ATTRIBUTIONS, gone], project.scheme))
    (notice,) = found.notices
    assert notice.startswith("There is no installed spaCy pipeline named en_gone")
    assert notice.endswith("The built-in component suggests instead.")
    assert [one.rpartition(" ")[0] for one in found.suggesters] == [
        "built-in attributions",
        "built-in entities",
    ]
    project.write_suggestions(*found.plans, undoable=False)
    assert {"CLAIM", "PERSON"} <= labels(project, article)
    assert "EVENT" not in labels(project, article), "what waits of the one that is gone goes too"
    with pytest.raises(UserError, match="named en_gone"):
        run(plan_round(inputs, [gone], project.scheme, is_named=True))


def test_what_an_unticked_one_suggested_goes_as_far_as_nobody_decided(project: Project, article: Id) -> None:
    suggest(project, article, ATTRIBUTIONS)
    suggest(project, article, ENTITIES)
    before = project.content(article)
    changes = choose(project, [ENTITIES.name])
    assert changes.operation == "Choose what suggests"
    assert names(project) == (ENTITIES.name,)
    left = project.content(article)
    assert not left.suggested_frames
    assert {"CLAIM", "SOURCE", "CUE"}.isdisjoint(labels(project, article))
    assert {suggester_name(one.suggester) for one in left.suggested_spans} == {"built-in entities"}
    project.undo()
    assert project.content(article).suggested_spans == before.suggested_spans
    assert set(names(project)) == {ATTRIBUTIONS.name, ENTITIES.name}, "in one step with what they suggested"
    project.reject([before.suggested_frames[0].id])
    choose(project, [ENTITIES.name])
    assert project.content(article).suggested_frames[0].state == "rejected"
