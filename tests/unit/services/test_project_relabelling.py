"""One change to many labels: those that are meant, why one cannot change, and one step for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_projects import Plan, all_facts, project_in

from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, new_id
from annotator.model.job import run
from annotator.model.records import Article, Fragment, RoleEnd
from annotator.model.scheme import Attribute, Label, Scheme
from annotator.model.text import sha256_of
from annotator.services.project import Project
from annotator.services.project_relabelling import Meant, OneChange

FORMS = {"A": ("unset", "bare", "full"), "B": ("unset", "full")}
TEXT = "The mayor said the old bridge is safe.\nRask-Holt said no, and the mayor said yes."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, "p") as found:
        found.write_import(
            Plan(
                [Article(new_id(), f"{n}.txt", "", f"{TEXT} {n}", sha256_of(f"{TEXT} {n}")) for n in range(2)]
            )
        )
        yield found


def mark(project: Project, article: int, label: str, words: str, **more: str) -> Id:
    start = TEXT.index(words)
    place = [Fragment(start, start + len(words))]
    changes = project.add_span(project.article_ids()[article], label, place, attributes=more)
    return changes.changes[0].record.id


def labels(project: Project) -> list[tuple[str, str]]:
    return [
        (one.label, content.article.text[one.start : one.end])
        for content in project.contents()
        for one in content.spans
    ]


def words(project: Project, meant: Meant, change: OneChange) -> list[tuple[str, bool]]:
    return [(one.words, bool(one.refused)) for one in run(project.finder.labels(meant, change))]


def test_all_spans_of_a_label_and_words_get_another_label_in_one_step(project):
    mark(project, 0, "SOURCE", "The mayor")
    mark(project, 1, "SOURCE", "the mayor")
    mark(project, 1, "SOURCE", "Rask-Holt")
    meant, change = Meant("SOURCE", "THE MAYOR"), OneChange(label="PERSON")
    found = run(project.finder.labels(meant, change))
    assert [(one.title, one.words, one.around, one.refused) for one in found] == [
        ("0.txt", "The mayor", "The mayor said the old bridge is safe.", ""),
        ("1.txt", "the mayor", "Rask-Holt said no, and the mayor said yes. 1", ""),
    ]
    before = all_facts(project)
    project.finder.change_labels([one.record for one in found], change)
    assert project.undo_name() == "Make 2 labels PERSON"
    assert labels(project) == [("PERSON", "The mayor"), ("SOURCE", "Rask-Holt"), ("PERSON", "the mayor")]
    assert words(project, meant, change) == []
    project.undo()
    assert all_facts(project) == before


def test_what_cannot_change_says_why_and_stays(project):
    claim, source = (
        mark(project, 0, "CLAIM", "the old bridge is safe"),
        mark(project, 0, "SOURCE", "The mayor"),
    )
    ends = [RoleEnd("claim", "span", claim), RoleEnd("source", "span", source)]
    project.add_frame(project.article_ids()[0], "TELLS", ends)
    free = mark(project, 1, "CLAIM", "no")
    change = OneChange(label="SOURCE")
    first, second = run(project.finder.labels(Meant("CLAIM"), change))
    assert "a SOURCE span cannot be the claim" in first.refused
    assert (second.record, second.refused) == (free, "")
    project.finder.change_labels([claim, free, new_id()], change)
    assert ("CLAIM", "the old bridge is safe") in labels(project)
    assert ("SOURCE", "no") in labels(project)
    with pytest.raises(NotAllowed, match="none of these labels"):
        project.finder.change_labels([claim], change)


def test_a_value_is_set_where_it_is_another_also_of_frames(project):
    claims = [
        mark(project, 0, "CLAIM", "the old bridge is safe"),
        mark(project, 1, "CLAIM", "no", denied="yes"),
    ]
    ends = [RoleEnd("claim", "span", claims[0])]
    frame = project.add_frame(project.article_ids()[0], "TELLS", ends).changes[0].record.id
    change = OneChange(attribute="denied", value="yes")
    assert words(project, Meant("CLAIM"), change) == [("the old bridge is safe", False)]
    assert words(project, Meant("CLAIM", attribute="denied", value="no"), OneChange()) == [
        ("the old bridge is safe", False)
    ]
    assert words(project, Meant("TELLS"), change) == [("the old bridge is safe", False)]
    project.finder.change_labels([claims[0], frame], change)
    assert project.undo_name() == "Set denied of 2 labels"
    assert not words(project, Meant("CLAIM"), change) + words(project, Meant("TELLS"), change)


def test_only_those_of_whom_one_means_are_removed_and_frames_let_go_of_them(project):
    mine, other = mark(project, 0, "CLAIM", "the old bridge is safe"), mark(project, 0, "SOURCE", "The mayor")
    ends = [RoleEnd("claim", "span", mine), RoleEnd("source", "span", other)]
    frame = project.add_frame(project.article_ids()[0], "TELLS", ends).changes[0].record.id
    anna = project.annotator.id
    project.people.work_as("Ben")
    mark(project, 1, "CLAIM", "no")
    project.add_frame(project.article_ids()[0], "TELLS", ends[:1])
    told = Meant("TELLS", "old bridge", whose=project.annotator.id)
    assert words(project, told, OneChange()) == [("the old bridge is safe", False)]
    assert len(words(project, Meant("CLAIM"), OneChange())) == 2
    found = run(project.finder.labels(Meant("CLAIM", whose=anna), OneChange()))
    assert [one.record for one in found] == [mine]
    before = all_facts(project)
    project.finder.change_labels([mine], OneChange())
    assert project.undo_name() == "Remove 1 label"
    assert [one.roles for one in project.content(found[0].article).frames if one.id == frame] == [(ends[1],)]
    project.undo()
    assert all_facts(project) == before
    assert run(project.check()) == ()


def test_a_value_that_the_other_label_does_not_have_goes(tmp_path):
    one, other = (Label(n, "span", attributes=(Attribute("form", "choice", v),)) for n, v in FORMS.items())
    with project_in(tmp_path, "q", Scheme("forms", "", (one, other))) as project:
        article = Article(new_id(), "a.txt", "", TEXT, sha256_of(TEXT))
        project.write_import(Plan([article]))
        for start, form in ((0, "bare"), (4, "full")):
            project.add_span(article.id, "A", [Fragment(start, 9)], attributes={"form": form})
        found = run(project.finder.labels(Meant("A"), OneChange(label="B")))
        assert [one.refused for one in found] == ["", ""]
        project.finder.change_labels([one.record for one in found], OneChange(label="B"))
        assert [one.attributes for one in project.content(article.id).spans] == [{}, {"form": "full"}]
