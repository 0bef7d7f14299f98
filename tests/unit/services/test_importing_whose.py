"""Labels that are new to an article go to the annotator, and to the article, that they are meant for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from made_projects import Plan, bring, export, project_in

from annotator.model.ids import Id, new_id
from annotator.model.records import Annotator, Article, Fragment, Frame, RoleEnd, Span
from annotator.model.text import sha256_of
from annotator.services.project import Project

TEXT = "Rask would not pay, said Ada Berg on Monday."


def article(name: str, text: str = TEXT) -> Article:
    return Article(new_id(), name, "T", text, sha256_of(text), "en")


def two_spans(of: Article, by: Id) -> list[Span]:
    return [
        Span(new_id(), of.id, label, (Fragment(start, end),), by, 5)
        for label, start, end in (("CLAIM", 0, 18), ("SOURCE", 25, 33))
    ]


def with_a_frame(folder: Path, format_name: str) -> Path:
    """Export what one annotator made of the text, with a frame."""
    folder.mkdir()
    with project_in(folder, "sent") as project:
        own = article("a.txt")
        claim, source = two_spans(own, project.annotator.id)
        ends = (RoleEnd("claim", "span", claim.id), RoleEnd("source", "span", source.id))
        frame = Frame(new_id(), own.id, "TELLS", ends, project.annotator.id, 5)
        project.write_import(Plan([own, claim, source, frame]))
        export(project, folder / "out", format_name)
    return folder / "out"


@pytest.mark.parametrize("format_name", ["brat", "doccano", "uima_xmi"])
def test_a_new_frame_points_to_the_spans_of_whoever_imports_it(tmp_path: Path, format_name: str) -> None:
    out = with_a_frame(tmp_path / "sent", format_name)
    with project_in(tmp_path, "there") as project:
        ben, own = Annotator(new_id(), "Ben"), article("a.txt")
        bens, mine = two_spans(own, ben.id), two_spans(own, project.annotator.id)
        project.write_import(Plan([ben, own, *bens, *mine]))
        summary = bring(project, out, format_name=format_name)
        (frame,) = project.content(own.id).frames
        assert (summary.spans, summary.frames) == (0, 1)
        assert frame.annotator == project.annotator.id
        assert {end.end for end in frame.roles} == {one.id for one in mine}


def labelled(project: Project) -> dict[str, list[str]]:
    return {one.article.name: [span.label for span in one.spans] for one in project.contents()}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("b.txt", {"a.txt": [], "b.txt": ["SOURCE"]}),
        ("c.txt", {"a.txt": [], "b.txt": [], "c.txt": ["SOURCE"]}),
    ],
)
def test_of_articles_with_the_same_words_the_name_says_which_one_is_meant(
    tmp_path: Path, name: str, expected: dict[str, list[str]]
) -> None:
    path = tmp_path / "labels.jsonl"
    text = TEXT.replace(", ", " , ")
    path.write_text(json.dumps({"name": name, "text": text, "label": [[26, 34, "SOURCE"]]}), "utf-8")
    with project_in(tmp_path, "there") as project:
        project.write_import(Plan([article("a.txt"), article("b.txt", TEXT.replace(", ", ",\n\n"))]))
        summary = bring(project, path)
        assert labelled(project) == expected
        assert summary.articles == len(expected) - 2
        assert len(summary.near_copies) == summary.articles
        assert summary.spans == 1
        project.undo()
        assert labelled(project) == {"a.txt": [], "b.txt": []}
