"""Whose labels are the adjudicated ones: said, undone, exported, counted, carried to other projects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from made_projects import bring, export, project_in

from annotator.model.errors import NotAllowed, UserError
from annotator.model.ids import Id
from annotator.model.job import run
from annotator.model.records import Fragment
from annotator.model.splitting import Part
from annotator.services.datasets import dataset_job
from annotator.services.datasets_choice import DatasetChoice
from annotator.services.exporting_choice import DECIDED_TWICE, NOT_ADJUDICATED, ExportChoice
from annotator.services.exporting_survey import survey_job
from annotator.services.project import Project

NAMES = ("a.txt", "b.txt", "c.txt", "d.txt")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Ann and Ben labelled everything; Lea decided on a, and that b holds nothing; Max on a and c."""
    with project_in(tmp_path, "p") as made:
        for name in NAMES:
            (tmp_path / name).write_text(f"Rask of {name} said no.", "utf-8")
            bring(made, tmp_path / name)
        articles = made.article_ids()
        for who in ("Anna", "Ben"):
            made.people.work_as(who)
            for one in articles:
                made.add_span(one, "PERSON", (Fragment(0, 4),))
        made.people.work_as("Lea")
        made.add_span(articles[0], "SOURCE", (Fragment(0, 13),))
        made.set_reading(articles[1], "done")
        made.set_reading(articles[3], "begun")
        made.people.work_as("Max")
        made.add_span(articles[0], "CLAIM", (Fragment(19, 21),))
        made.add_span(articles[2], "CLAIM", (Fragment(19, 21),))
        yield made


def who(project: Project, name: str) -> Id:
    return next(one.id for one in project.annotators() if one.name == name)


def kinds(project: Project) -> dict[str, str]:
    return {one.name: one.kind for one in project.annotators()}


def rows(path: Path) -> list[dict[str, list[dict[str, str]]]]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def test_it_is_said_in_a_step_that_is_undone_and_redone(project: Project) -> None:
    assert project.people.adjudicators() == frozenset()
    project.people.set_adjudicators({who(project, "Max")})
    assert project.people.adjudicators() == {who(project, "Max")}
    assert project.annotator.kind == "adjudicator"
    project.people.set_adjudicators({who(project, "Lea")})
    assert kinds(project) == {"Anna": "person", "Ben": "person", "Lea": "adjudicator", "Max": "person"}
    undone = project.undo()
    assert undone is not None
    assert undone.operation == "Choose the adjudicators"
    assert project.people.adjudicators() == {who(project, "Max")}
    project.undo()
    assert project.annotator.kind == "person"
    project.redo()
    assert kinds(project)["Max"] == "adjudicator"


def test_the_same_again_is_no_step(project: Project) -> None:
    before = project.undo_name()
    assert project.people.set_adjudicators(()).changes == ()
    assert project.undo_name() == before


def test_a_program_does_not_decide_and_stays_a_program(project: Project, tmp_path: Path) -> None:
    record = export(project, tmp_path / "o.jsonl", "jsonl")
    assert record.articles == 4
    text = (tmp_path / "o.jsonl").read_text("utf-8").replace("a.txt", "e.txt")
    text = text.replace('"name":"Ben","kind":"person"', '"name":"Bot","kind":"program"')
    (tmp_path / "o.jsonl").write_text(text.replace('"annotator":"Ben"', '"annotator":"Bot"'), "utf-8")
    with project_in(tmp_path, "q") as other:
        bring(other, tmp_path / "o.jsonl")
        with pytest.raises(NotAllowed, match="Bot is a program"):
            other.people.set_adjudicators({who(other, "Bot"), who(other, "Lea")})
        other.people.set_adjudicators({who(other, "Lea")})
        assert (kinds(other)["Bot"], kinds(other)["Lea"]) == ("program", "adjudicator")


def test_what_was_decided_is_exported_and_what_was_not_is_counted_before_and_after(
    project: Project, tmp_path: Path
) -> None:
    project.people.set_adjudicators({who(project, "Lea")})
    choice = ExportChoice(adjudicated=True)
    survey = run(survey_job(project, choice))
    written = export(project, tmp_path / "o.jsonl", "jsonl", adjudicated=True)
    first, second = rows(tmp_path / "o.jsonl")
    assert [one["label"] for one in first["spans"]] == ["SOURCE"]
    assert second["spans"] == []
    assert survey.remarks == written.remarks == {NOT_ADJUDICATED: 2}
    assert (survey.articles, survey.spans) == (written.articles, written.spans) == (2, 1)
    assert written.left_out == {}


def test_several_may_decide_and_it_is_said_where_both_did(project: Project, tmp_path: Path) -> None:
    project.people.set_adjudicators({who(project, "Lea"), who(project, "Max")})
    written = export(project, tmp_path / "o.jsonl", "jsonl", adjudicated=True)
    assert written.remarks == {NOT_ADJUDICATED: 1, DECIDED_TWICE: 1}
    assert [len(one["spans"]) for one in rows(tmp_path / "o.jsonl")] == [2, 0, 1]
    done = export(project, tmp_path / "o.jsonl", "jsonl", adjudicated=True, finished=True)
    assert (done.articles, done.remarks[NOT_ADJUDICATED]) == (1, 1)


def test_without_an_adjudicator_there_is_nothing_to_export(project: Project, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Nobody's labels are the adjudicated ones yet"):
        export(project, tmp_path / "o.jsonl", "jsonl", adjudicated=True)
    with pytest.raises(UserError, match="Nobody's labels"):
        run(survey_job(project, ExportChoice(adjudicated=True)))
    assert not (tmp_path / "o.jsonl").exists()


def test_a_dataset_before_anything_is_decided_says_so(project: Project, tmp_path: Path) -> None:
    project.people.work_as("Eva")
    project.people.set_adjudicators({project.annotator.id})
    choice = DatasetChoice(export=ExportChoice(adjudicated=True))
    with pytest.raises(UserError, match="the adjudicators have decided on no article yet"):
        run(dataset_job(project, tmp_path / "set", choice))
    assert not (tmp_path / "set").exists()


def test_annotator_jsonl_carries_it_and_a_project_keeps_its_own_word(
    project: Project, tmp_path: Path
) -> None:
    project.people.set_adjudicators({who(project, "Lea")})
    export(project, tmp_path / "o.jsonl", "jsonl")
    with project_in(tmp_path, "q") as other:
        bring(other, tmp_path / "o.jsonl")
        assert kinds(other) == {"Anna": "person", "Ben": "person", "Lea": "adjudicator", "Max": "person"}
    with project_in(tmp_path, "r") as other:
        other.people.work_as("Lea")
        bring(other, tmp_path / "o.jsonl")
        assert kinds(other)["Lea"] == "person"


def test_a_dataset_of_what_was_decided_compares_those_it_was_decided_between(
    project: Project, tmp_path: Path
) -> None:
    project.people.set_adjudicators({who(project, "Lea"), who(project, "Max")})
    halves = (Part("train", 0.7), Part("test", 0.3))
    choice = DatasetChoice(ExportChoice(adjudicated=True, touched=True), halves, together=())
    made = run(dataset_job(project, tmp_path / "d", choice))
    card = (tmp_path / "d" / "dataset_card.md").read_text("utf-8")
    assert sum(one.spans for one in made.written.values()) == 3
    assert made.remarks == {NOT_ADJUDICATED: 1, DECIDED_TWICE: 1}
    assert "It holds the adjudicated labels" in card
    assert f"- {NOT_ADJUDICATED}: 1" in card
    assert f"There are 1 {DECIDED_TWICE}" in card
    assert "| Max | adjudicator | 2 |" in card
    assert "| Ben |" not in card
    assert "labelled: 3 (Anna and Ben 3)." in card
    assert "| `PERSON` | 3 | 3 | 1.000 | 1.000 |" in card


def test_adjudicators_are_not_held_against_those_they_decided_between(
    project: Project, tmp_path: Path
) -> None:
    project.people.set_adjudicators({who(project, "Lea")})
    choice = DatasetChoice(ExportChoice(touched=True), (Part("train", 1.0),))
    run(dataset_job(project, tmp_path / "d", choice))
    card = (tmp_path / "d" / "dataset_card.md").read_text("utf-8")
    assert "Lea and" not in card
    assert "and Lea" not in card
    assert "Anna and Ben 4" in card
    assert "adjudicated labels" not in card
