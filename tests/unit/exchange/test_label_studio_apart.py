"""Annotations of Label Studio without their tasks find their texts: inside of them, or beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from made_projects import bring, project_in

from annotator.exchange.tools.label_studio import FORMAT
from annotator.model.formats import ImportOptions

TEXT = "Ada Rask said no."


def result(**more: Any) -> dict[str, Any]:
    value = {"start": 0, "end": 8, "text": TEXT[:8], "labels": ["SOURCE"]}
    return {"id": "a", "from_name": "label", "to_name": "text", "type": "labels", "value": value, **more}


DATA = {"text": TEXT}
ANNOTATION = {"id": 3, "completed_by": 5, "result": [result()]}
TASK = {"id": 7, "data": DATA}
APART = {**ANNOTATION, "task": 7}


def put(folder: Path, name: str, values: Any) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(values if isinstance(values, str) else json.dumps(values), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "values", "beside"),
    [
        ("3", {**ANNOTATION, "task": TASK}, ()),
        ("3.json", {**ANNOTATION, "task": TASK}, ()),
        ("hook.json", {"action": "ANNOTATION_CREATED", "annotation": ANNOTATION, "task": TASK}, ()),
        ("all.json", [APART], (("tasks.json", [{"id": 6, "data": {"text": "No."}}, TASK]),)),
        ("all.json", [APART], (("7.txt", TEXT),)),
        ("all.json", [{"id": 7, "annotations": [ANNOTATION], "predictions": []}], (("7.txt", TEXT),)),
        ("b.json", {"result": [result()]}, (("b.txt", TEXT),)),
        ("b.json", [result(), result(id="b")], (("b.txt", TEXT),)),
    ],
)
def test_annotations_find_their_texts(
    tmp_path: Path, name: str, values: Any, beside: tuple[tuple[str, Any], ...]
) -> None:
    path = put(tmp_path / "in", name, values)
    for other, held in beside:
        put(tmp_path / "in", other, held)
    with project_in(tmp_path, "p") as project:
        summary = bring(project, path)
        (content,) = project.contents()
    assert summary.problems == ()
    assert content.article.text == TEXT
    assert [(one.label, one.start, one.end) for one in content.spans] == [("SOURCE", 0, 8)]
    told = [one for one in summary.notes if "those were read from" in one]
    assert told == [
        f"{name}: it holds annotations without texts; those were read from {other}" for other, _ in beside
    ]


def test_where_no_text_is_found_it_says_what_to_put_beside(tmp_path: Path) -> None:
    path = put(tmp_path / "in", "all.json", [APART, {"result": [result()]}])
    with project_in(tmp_path, "p") as project:
        problems = bring(project, path).problems
    first, second = map(str, problems)
    assert first.startswith(
        "all.json, record 1: data: there is no text in it: annotations stand here without"
    )
    assert "put the file of the tasks 7 (with id and data), or their texts as 7.txt or all.txt" in first
    assert "or their texts as all.txt, into the same folder" in second


def test_a_text_that_is_another_one_is_named_by_the_words(tmp_path: Path) -> None:
    path = put(tmp_path / "in", "all.json", [APART])
    put(tmp_path / "in", "7.txt", "Ben said something else.")
    with project_in(tmp_path, "p") as project:
        summary = bring(project, path)
    assert summary.spans == 0
    assert "Ada Rask" in str(summary.problems[0])


def chosen(question: str, *choices: str) -> dict[str, Any]:
    return {"id": question, "from_name": question, "to_name": "text", "value": {"choices": [*choices]}}


def labels_in(folder: Path, made: list[Any]) -> tuple[list[list[str]], tuple[str, ...]]:
    path = put(folder, "a.json", made)
    with project_in(folder, "p") as project:
        summary = bring(project, path, new_labels="add")
        assert summary.problems == ()
        contents = sorted(project.contents(), key=lambda one: one.article.text)
        return [sorted(one.label for one in each.labels) for each in contents], summary.notes


def test_questions_with_the_same_choices_are_told_apart_in_a_whole_file(tmp_path: Path) -> None:
    both = [chosen("food", "good"), chosen("room", "good"), chosen("kind", "hotel")]
    made = [
        {"id": at, "data": {"text": text}, "annotations": [{"result": results}]}
        for at, (text, results) in enumerate([("First.", [chosen("room", "bad")]), ("Second.", both)])
    ]
    found = [["room: bad"], ["food: good", "hotel", "room: good"]]
    assert labels_in(tmp_path / "whole", made) == (found, ())
    made_by = {"annotator": 1, "annotation_id": 1}
    short = [
        {"text": "First.", "id": 1, "room": "bad", **made_by},
        {"text": "Second.", "id": 2, "food": "good", "room": "good", "kind": "hotel", **made_by},
    ]
    assert labels_in(tmp_path / "min", short) == (found, ())


def test_choices_in_a_tree_are_labels(tmp_path: Path) -> None:
    tree = {
        "id": "t",
        "from_name": "t",
        "to_name": "text",
        "value": {"taxonomy": [["News", "City"], ["Odd"]]},
    }
    assert labels_in(tmp_path, [{"data": DATA, "annotations": [{"result": [tree]}]}])[0] == [
        ["News / City", "Odd"]
    ]


def test_what_is_shown_of_tasks_is_their_text(tmp_path: Path) -> None:
    path = put(tmp_path, "a.json", [{"id": 1, "data": {"url": "x", "body": TEXT}, "annotations": []}])
    assert FORMAT.importer.preview(path, ImportOptions()).sample == TEXT
