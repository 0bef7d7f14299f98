"""What is chosen for an export, and what is said of it before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from made_projects import bring, export, project_in

from annotator.model.job import run
from annotator.model.records import Fragment, RoleEnd
from annotator.services.exporting_choice import ExportChoice
from annotator.services.exporting_survey import survey_job
from annotator.services.project import Project

TEXT = "“No,” said Ada Rask.\n\nThat is that."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, "p") as made:
        for name, text in (("a.txt", TEXT), ("b.txt", "Another one.")):
            (tmp_path / name).write_text(text, "utf-8")
            bring(made, tmp_path / name)
        first, second = made.article_ids()
        claim = made.add_span(first, "CLAIM", (Fragment(0, 5),)).changes[0].record
        source = made.add_span(first, "SOURCE", (Fragment(11, 19),)).changes[0].record
        roles = [RoleEnd("claim", "span", claim.id), RoleEnd("source", "span", source.id)]
        made.add_frame(first, "TELLS", roles)
        made.people.work_as("Ben")
        made.add_span(second, "PERSON", (Fragment(0, 7),))
        made.set_reading(second, "done")
        yield made


def rows(path: Path) -> list[dict[str, object]]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def test_only_some_labels_and_what_goes_with_them_is_counted(project: Project, tmp_path: Path) -> None:
    written = export(project, tmp_path / "o.jsonl", "jsonl", labels=frozenset({"CLAIM", "TELLS"}))
    first, second = rows(tmp_path / "o.jsonl")
    assert [one["label"] for one in first["spans"]] == ["CLAIM"]
    assert list(first["frames"][0]["roles"]) == ["claim"]
    assert second["spans"] == []
    assert written.left_out == {"ends of frames that have another label": 1}
    assert (written.spans, written.frames) == (1, 1)


def test_only_finished_articles(project: Project, tmp_path: Path) -> None:
    export(project, tmp_path / "o.jsonl", "jsonl", finished=True)
    assert [one["name"] for one in rows(tmp_path / "o.jsonl")] == ["b.txt"]
    anna = next(one.id for one in project.annotators() if one.name == "Anna")
    export(project, tmp_path / "o.jsonl", "jsonl", finished=True, annotator=anna)
    assert rows(tmp_path / "o.jsonl") == []


def test_each_annotator_has_a_file_of_their_own(project: Project, tmp_path: Path) -> None:
    written = export(project, tmp_path / "o.jsonl", "jsonl", each=True)
    assert (written.articles, written.spans, written.frames) == (2, 3, 1)
    names = {one.name: [row["name"] for row in rows(one)] for one in tmp_path.glob("o*.jsonl")}
    assert names == {"o.Anna.jsonl": ["a.txt"], "o.Ben.jsonl": ["b.txt"]}


def test_the_inner_view(project: Project, tmp_path: Path) -> None:
    export(project, tmp_path / "o.jsonl", "jsonl", inner=True)
    first, second = rows(tmp_path / "o.jsonl")
    assert [one["text"] for one in first["spans"]] == [["No,"], ["Ada Rask"]]
    assert [one["text"] for one in second["spans"]] == [["Another"]]


def test_a_survey_says_beforehand_what_the_export_says_afterwards(project: Project, tmp_path: Path) -> None:
    project.add_actor("Nobody")
    for name in ("jsonl", "brat"):
        survey = run(survey_job(project, ExportChoice(name)))
        written = export(project, tmp_path / f"o.{name}", name)
        assert (survey.articles, survey.spans, survey.frames) == (2, 3, 1)
        assert survey.left_out == written.left_out
    assert survey.left_out == {"unused actors": 1}
    assert survey.sample.startswith("a.txt\n─────\n“No,” said")
    assert "T1\tCLAIM 0 5\t“No,”" in survey.sample
    assert "[entities]\nCLAIM" in survey.sample
    assert not list(tmp_path.glob("*.part"))


def test_the_sample_is_of_an_article_that_the_format_holds_something_of(project: Project) -> None:
    more = [Fragment(0, 2), Fragment(2, 4), Fragment(4, 6), Fragment(8, 11)]
    for one in more:
        project.add_span(project.article_ids()[1], "CLAIM", [one])
    assert "Another one" in run(survey_job(project, ExportChoice("jsonl"))).sample
    pairs = run(survey_job(project, ExportChoice("hugging_face", chosen={"task": "pairs"})))
    assert '"label":"TELLS"' in pairs.sample


def test_what_is_written_as_bytes_is_shown_in_words(project: Project) -> None:
    sample = run(survey_job(project, ExportChoice("spacy"))).sample
    assert sample.startswith("tokens\n──────\n“ · No · , · ” · said")
    assert "ents\n────\n0–4 CLAIM: “No,”" in sample
    assert 'spans["sc"]\n' in sample


def test_an_option_of_the_format_leaves_the_export_whole():
    assert ExportChoice("jsonl", chosen={"offsets": "utf16"}).is_whole
    assert not ExportChoice("jsonl", finished=True).is_whole
