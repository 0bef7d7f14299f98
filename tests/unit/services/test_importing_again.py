"""Importing what is there already adds nothing, whatever the format; in a new project it is what was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_projects import Plan, all_facts, bring, made, project_in
from sent_projects import CASES, sent

from annotator.model.ids import Id, new_id
from annotator.model.records import (
    Annotator,
    Article,
    ArticleLabel,
    Frame,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.text import sha256_of
from annotator.services.project import Project


def twins(draw: st.DrawFn, records: Sequence[Any], people: Sequence[Id]) -> list[Any]:
    """What another annotator made of the same words, said the same or otherwise; frames of either's spans."""
    found, other = list(records), {}
    for one in records:
        if isinstance(one, Span | ArticleLabel) and draw(st.booleans()):
            by = draw(st.sampled_from(people))
            made_of = draw(st.sampled_from([dict(one.attributes), {}]))
            other[one.id] = new_id()
            found.append(replace(one, id=other[one.id], annotator=by, attributes=made_of, note=draw(NOTES)))
    for one in records:
        if isinstance(one, Frame) and draw(st.booleans()):
            ends = tuple(end._replace(end=other.get(end.end, end.end)) for end in one.roles)
            ends = draw(st.sampled_from([one.roles, ends]))
            found.append(replace(one, id=new_id(), roles=ends, annotator=draw(st.sampled_from(people))))
    return found


NOTES = st.sampled_from(["", "", "two\nlines"])


def proposed(draw: st.DrawFn, records: Sequence[Any]) -> list[Any]:
    """Suggestions like the spans and frames that are there, and frames of suggested spans."""
    found: list[Any] = []
    other: dict[Id, Id] = {}
    for one in records:
        if isinstance(one, Span) and draw(st.booleans()):
            other[one.id] = new_id()
            found.append(
                SuggestedSpan(other[one.id], one.article, one.label, one.fragments, 0.5, "names", "it is", 5)
            )
    for one in records:
        ends = tuple(end._replace(end=other.get(end.end, end.end)) for end in getattr(one, "roles", ()))
        if isinstance(one, Frame) and ends != one.roles and draw(st.booleans()):
            found.append(SuggestedFrame(new_id(), one.article, one.label, ends, 0.5, "names", "it is", 5))
    return found


@st.composite
def works(draw: st.DrawFn, people: Sequence[Id]) -> list[Any]:
    """Articles that several have worked at, with what is suggested for them."""
    records = twins(draw, draw(made(*people)), people)
    return [*records, *proposed(draw, records)]


def counts(project: Project) -> tuple[int, ...]:
    """How much there is."""
    contents = [*project.contents()]
    return (
        len(contents),
        sum(len(one.spans) for one in contents),
        sum(len(one.frames) for one in contents),
        sum(len(one.labels) for one in contents),
        sum(len(one.suggested_spans) for one in contents),
        sum(len(one.suggested_frames) for one in contents),
    )


def several(draw: st.DrawFn, project: Project) -> None:
    """Write articles that three annotators worked at."""
    ben, cleo = Annotator(new_id(), "Ben"), Annotator(new_id(), "Cleo", "adjudicator")
    records = draw(works((project.annotator.id, ben.id, cleo.id)))
    project.write_import(Plan([ben, cleo, *records]))


def nothing_new(project: Project, facts: Mapping[str, Any], before: tuple[int, ...]) -> None:
    """Hold a project against what it was; a text with other blanks is another one, if it has no labels."""
    now = all_facts(project)
    assert {text: one for text, one in now.items() if text in facts} == facts
    assert counts(project)[1:] == before[1:]
    assert {"".join(text.split()) for text in now} == {"".join(text.split()) for text in facts}


@pytest.mark.parametrize("case", CASES)
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_there_is_not_added_again(
    tmp_path_factory: pytest.TempPathFactory, case: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("again")
    with project_in(folder, "a") as project:
        several(data.draw, project)
        out, _, _ = sent(project, folder / "sent", case)
        facts, before = all_facts(project), counts(project)
        for _ in range(3):
            summary = bring(project, out, format_name=CASES[case][0])
            assert (summary.spans, summary.frames, summary.article_labels, summary.suggestions) == (
                0,
                0,
                0,
                0,
            )
            nothing_new(project, facts, before)


EDITS = ("sorted", "columns", "trimmed", "sheet", "formula")


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), edits=st.sets(st.sampled_from(EDITS), min_size=1))
def test_a_workbook_that_was_worked_at_adds_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, edits: set[str]
) -> None:
    folder = tmp_path_factory.mktemp("book")
    with project_in(folder, "a") as project:
        several(data.draw, project)
        facts, before = all_facts(project), counts(project)
        out, _, _ = sent(project, folder / "sent", "xlsx")
        with project_in(folder, "plain") as other:
            bring(other, out, format_name="xlsx")
            plain = all_facts(other)
        edit(out, edits, data.draw(st.randoms(use_true_random=False)))
        for _ in range(2):
            bring(project, out, format_name="xlsx")
            nothing_new(project, facts, before)
    if "trimmed" not in edits:  # blanks at the ends of a text are a part of it
        with project_in(folder, "edited") as other:
            assert bring(other, out, format_name="xlsx").problems == ()
            assert all_facts(other) == plain


def edit(path: Path, edits: set[str], chance: Random) -> None:
    """Do to every sheet what people do in an office program, and save it with another library than ours."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        order = [*range(len(head))]
        if "sorted" in edits:
            chance.shuffle(rows)
        if "columns" in edits:
            chance.shuffle(order)
        rows = [[row[at] for at in order] for row in rows]
        if "trimmed" in edits:
            rows = [[one.strip() if isinstance(one, str) else one for one in row] for row in rows]
        if "formula" in edits:
            rows = [[*row, f"=LEN(A{number})"] for number, row in enumerate(rows, 2)]
        more = ["how long"] if "formula" in edits else []
        sheet.delete_rows(1, len(rows) + 1)
        for row in ([*[head[at] for at in order], *more], *rows):
            sheet.append(row)
    if "sheet" in edits:
        sums = book.create_sheet("My sums", 0)
        sums.append(["of what", "how many"])
        sums.append(["spans", "=COUNTA(B2:B9)"])
    book.save(path)


# A line of CoNLL becomes a line of the text, whose end is that of a sentence: it goes out in other sentences.
@pytest.mark.parametrize("case", [one for one in CASES if one != "conll"])
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_comes_back_goes_out_as_it_came(
    tmp_path_factory: pytest.TempPathFactory, case: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("out")
    with project_in(folder, "a") as project:
        several(data.draw, project)
        out, first, lost = sent(project, folder / "0", case)
    written = [first]
    for number in (1, 2):
        with project_in(folder, f"b{number}") as project:
            summary = bring(project, out, format_name=CASES[case][0])
            assert summary.problems == ()
            out, every, _ = sent(project, folder / str(number), case)
            written.append(every)
    assert written[2] == written[1]
    if not lost:
        assert written[1] == {name: brought(one) for name, one in first.items()}


def brought(data: bytes) -> bytes:
    """What a sheet says of labels that an import brought: tables do not say how they were made before."""
    return data.replace(b"<t>person</t>", b"<t>import</t>") if b"<worksheet " in data else data


def test_a_label_that_a_workbook_brings_was_imported(tmp_path: Path) -> None:
    with project_in(tmp_path, "a") as project:
        article = Article(new_id(), "a.txt", "T", "Ada said no.", sha256_of("Ada said no."), "en")
        project.write_import(
            Plan([article, ArticleLabel(new_id(), article.id, "TOPIC", project.annotator.id, 5)])
        )
        out, first, lost = sent(project, tmp_path / "0", "xlsx")
    assert lost == {}
    with project_in(tmp_path, "b") as project:
        bring(project, out, format_name="xlsx")
        (content,) = project.contents()
        assert [one.origin for one in content.labels] == ["import"]
        _, second, _ = sent(project, tmp_path / "1", "xlsx")
    assert second != first
    assert second == {name: brought(one) for name, one in first.items()}


@pytest.mark.parametrize("form", ["label_studio", "doccano", "prodigy"])
def test_a_label_of_a_text_that_stands_twice_is_told_and_goes_out_once(tmp_path: Path, form: str) -> None:
    text = "The ferry stays."
    article = Article(new_id(), "a.txt", "", text, sha256_of(text), "en", {}, (), 0)
    with project_in(tmp_path, "a") as project:
        by = project.annotator.id
        twins = [ArticleLabel(new_id(), article.id, "TOPIC", by, 5, {}, "", "person") for _ in range(2)]
        project.write_import(Plan([article, *twins]))
        out, _, lost = sent(project, tmp_path / "sent", form)
    assert lost["labels of whole articles that are the same as another one"] == 1
    assert out.read_text(encoding="utf-8").count('["TOPIC"]') == 1
