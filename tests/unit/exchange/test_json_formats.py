"""doccano, Prodigy and Label Studio: their own files come in, ours go out, and the loss is what is told."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_projects import SCHEME, all_facts, bring, export, project_in
from read_again import NOTHING
from shared_data import DATA

from annotator.model.job import run
from annotator.model.records import Fragment

TOOLS = DATA / "tools"
needs_data = pytest.mark.skipif(not TOOLS.is_dir(), reason="the shared files are not at hand")
TEXT = "Ada 😀 said no. Ben agreed."


FORMATS = ("doccano", "prodigy", "label_studio")


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_made_by_whom_and_what_was_suggested(tmp_path: Path, name: str) -> None:
    source = tmp_path / "in.jsonl"
    task = {"text": TEXT, "tokens": [], "answer": "accept"}
    rows = [
        {**task, "_annotator_id": "Ada", "spans": [{"start": 0, "end": 3, "label": "SOURCE"}]},
        {**task, "_annotator_id": "Ben", "spans": [{"start": 11, "end": 13, "label": "CLAIM"}]},
        {**task, "answer": "reject", "spans": [{"start": 15, "end": 18, "label": "PERSON"}]},
    ]
    source.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    with project_in(tmp_path, "p") as project, project_in(tmp_path, "q") as other:
        assert bring(project, source).articles == 1
        written = export(project, tmp_path / "o.jsonl", name, suggestions=True, rejected=True)
        assert bring(other, tmp_path / "o.jsonl", format_name=name).problems == ()
        (content,) = other.contents()
        names = {one.id: one.name for one in other.annotators()}
        whose = {names[one.annotator]: one.label for one in content.spans}
        if name == "doccano":
            assert (set(whose), written.left_out["suggestions"]) == ({"Anna"}, 1)
            assert written.left_out["records that do not say which of several annotators made them"] == 2
        else:
            assert whose == {"Ada": "SOURCE", "Ben": "CLAIM"}
            assert [one.label for one in content.suggested_spans] == ["PERSON"]
            state = content.suggested_spans[0].state
            assert state == ("rejected" if name == "prodigy" else "open")
            assert written.left_out.get("that suggestions were rejected", 0) == (name == "label_studio")


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_data_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.txt")
        project.add_span(project.article_ids()[0], "CLAIM", (Fragment(4, 5),))
        for out in ("one", "two"):
            export(project, tmp_path / out, name)
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def doccano(**more: Any) -> dict[str, Any]:
    return {
        "text": TEXT,
        "entities": [{"id": 1, "start_offset": 0, "end_offset": 3, "label": "SOURCE"}],
        **more,
    }


def studio(*results: Any, **more: Any) -> dict[str, Any]:
    return {"data": {"text": TEXT}, "annotations": [{"result": list(results), **more}]}


def region(start: Any = 0, end: Any = 3, **more: Any) -> dict[str, Any]:
    return {"id": "r", "type": "labels", "value": {"start": start, "end": end, "labels": ["SOURCE"], **more}}


@pytest.mark.parametrize(
    ("name", "row", "words"),
    [
        (
            "doccano",
            doccano(entities=[{"start_offset": 0, "label": "A"}]),
            "[0].end_offset: there is no",
        ),
        (
            "doccano",
            doccano(entities=[{"start_offset": 0, "end_offset": 3}]),
            "has to be the name of a label",
        ),
        (
            "doccano",
            doccano(relations=[{"from_id": 1, "type": "LINK"}]),
            "[0].to_id: there is no to_id",
        ),
        ("doccano", doccano(relations=[{"from_id": 1, "to_id": 9, "type": "LINK"}]), "points to 'entity 9'"),
        (
            "doccano",
            {"text": TEXT, "label": [[0, 3]]},
            "label[0]: it is a list, it has to be [start",
        ),
        ("doccano", {"text": TEXT, "label": [[0, "3", "A"]]}, "label[0].end: an offset has to be a number"),
        (
            "doccano",
            {"text": TEXT, "label": [[0, 99, "CLAIM"]]},
            "label[0]: 0 to 99 lies beyond the text of 26",
        ),
        ("doccano", {"label": []}, "there is no text in a field text, data, column_data"),
        ("doccano", {"text": TEXT, "cats": 7}, "cats: it is a number, it has to be a list of labels"),
        ("prodigy", {"text": TEXT, "answer": "maybe"}, "answer: it is text ('maybe'), expected one of"),
        ("prodigy", {"text": TEXT, "spans": [{"start": 0, "label": "A"}]}, "spans[0].end: there is no end"),
        ("prodigy", {"text": TEXT, "relations": [{"head": 1, "label": "LINK"}]}, "there is no head_span"),
        ("label_studio", studio(region(end=None)), "end: an offset has to be a number"),
        (
            "label_studio",
            studio(region(text="Bob")),
            "covers 'Bob', but the article has 'Ada'",
        ),
        ("label_studio", studio(region(7, 11, text="said")), "it fits if the offsets are UTF-16 units"),
        ("label_studio", studio(region(labels="CLAIM")), "it has to be a list of labels"),
        (
            "label_studio",
            studio({"type": "relation", "from_id": "a", "to_id": "a", "labels": 7}),
            "result[0].labels: it is a number, it has to be a list of labels",
        ),
        ("label_studio", studio({"type": "relation", "from_id": "r"}), "to_id: there is no to_id"),
        ("label_studio", studio({"type": "labels"}), "value: it is null, it has to be an object"),
        ("label_studio", {"data": 7, "annotations": []}, "data: it is a number"),
        ("label_studio", {"data": {"n": 1}, "annotations": []}, "there is no text in it"),
    ],
)
def test_a_record_with_a_fault_is_named(tmp_path: Path, name: str, row: Any, words: str) -> None:
    rows = [row, {"text": "Fine.", "data": {"text": "Fine."}}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    if name == "doccano":
        rows[1].pop("data")
        (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    with project_in(tmp_path, "p") as project:
        summary = bring(project, tmp_path / "a.jsonl", format_name=name)
        problems = " | ".join(map(str, summary.problems))
        assert words in problems
        assert problems.startswith("a.jsonl, line 1: ")
        assert "Fine." in [one.article.text for one in project.contents()]


RECORDS: dict[str, Callable[[], Any]] = {
    "doccano": doccano,
    "prodigy": lambda: {"text": TEXT, "spans": [], "tokens": [], "answer": "accept"},
    "label_studio": lambda: studio(region()),
    "article_jsonl": lambda: {"text": TEXT, "spans": [{"start": 0, "end": 3, "label": "SOURCE"}]},
}


@pytest.mark.parametrize("name", list(RECORDS))
def test_a_format_is_recognised_by_its_fields(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(RECORDS[name]()), "utf-8")
    with project_in(tmp_path, "p") as one, project_in(tmp_path, "q") as two:
        assert bring(one, tmp_path / "a.jsonl").problems == ()
        assert bring(two, tmp_path / "a.jsonl", format_name=name).problems == ()
        assert all_facts(one) == all_facts(two)


def test_labels_of_texts_and_what_is_said_of_regions_come_in(tmp_path: Path) -> None:
    results = [
        region(),
        {
            "id": "r",
            "from_name": "denied",
            "type": "choices",
            "value": {"start": 0, "end": 3, "choices": ["yes"]},
        },
        {"from_name": "topic", "type": "choices", "value": {"choices": ["TOPIC"]}},
        {**region(11, 13), "id": "s", "meta": {"text": ["sure", "very"]}},
        {"type": "relation", "from_id": "r", "to_id": "s", "direction": "left", "labels": ["LINK"]},
    ]
    task = studio(*results, completed_by={"email": "ada@paper.example", "id": 3})
    task["annotations"].append({"result": [region()], "was_cancelled": True})
    task["annotations"][0]["result"][0]["value"]["labels"] = ["CLAIM"]
    (tmp_path / "a.json").write_text(json.dumps([task]), "utf-8")
    with project_in(tmp_path, "p", SCHEME) as project:
        assert bring(project, tmp_path / "a.json").problems == ()
        (content,) = project.contents()
        by_label = {one.label: one for one in content.spans}
        assert by_label["CLAIM"].attributes == {"denied": "yes"}
        assert by_label["SOURCE"].note == "sure\nvery"
        assert [one.label for one in content.labels] == ["TOPIC"]
        (link,) = content.frames
        assert link.ends("from") == (by_label["SOURCE"].id,)
        assert {one.name for one in project.annotators()} == {"Anna", "ada@paper.example"}


def test_remarks_of_doccano_that_are_no_list_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({**doccano(), "Comments": 7}), "utf-8")
    with project_in(tmp_path, "p") as project:
        assert bring(project, tmp_path / "a.jsonl").problems == ()
        assert [one.article.text for one in project.contents()] == [TEXT]


def test_labels_alone_are_a_shape_of_doccano(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.txt")
        project.add_span(project.article_ids()[0], "CLAIM", (Fragment(4, 5), Fragment(11, 13)))
        written = export(project, tmp_path / "o.jsonl", "doccano", chosen={"shape": "labels"})
        row = json.loads((tmp_path / "o.jsonl").read_text("utf-8"))
        assert (row["label"], row["name"]) == ([[4, 13, "CLAIM"]], "a.txt")
        assert written.left_out == {"spans in several pieces, written as one stretch": 1}


def test_tokens_are_cut_where_spans_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rask-Holts left", "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.txt")
        project.add_span(project.article_ids()[0], "PERSON", (Fragment(0, 9),))
        export(project, tmp_path / "o.jsonl", "prodigy")
        row = json.loads((tmp_path / "o.jsonl").read_text("utf-8"))
        assert [one["text"] for one in row["tokens"]] == ["Rask", "-", "Holt", "s", "left"]
        assert [one["ws"] for one in row["tokens"]] == [False, False, False, True, False]
        (span,) = row["spans"]
        assert (span["token_start"], span["token_end"]) == (0, 2)
        project.add_span(project.article_ids()[0], "PERSON", (Fragment(10, 11),))
        project.add_span(project.article_ids()[0], "PERSON", (Fragment(9, 11),))
        export(project, tmp_path / "p.jsonl", "prodigy")
        row = json.loads((tmp_path / "p.jsonl").read_text("utf-8"))
        assert [one["text"] for one in row["tokens"]] == ["Rask", "-", "Holt", "s", " ", "left"]
        assert [one["ws"] for one in row["tokens"]] == [False] * 6
        assert [(one["token_start"], one["token_end"]) for one in row["spans"]] == [(0, 2), (3, 4), (4, 4)]


@needs_data
@pytest.mark.parametrize(
    ("path", "articles", "spans", "frames", "labels"),
    [
        ("doccano/backend/data_export/pipeline/examples/sequence_labeling/example.jsonl", 3, 4, 0, 0),
        ("doccano/backend/data_import/pipeline/examples/sequence_labeling/example.jsonl", 3, 3, 0, 0),
        ("doccano/backend/data_export/pipeline/examples/relation_extraction/example.jsonl", 1, 4, 3, 0),
        ("doccano/backend/data_import/tests/data/relation_extraction/example.jsonl", 1, 4, 3, 0),
        ("prodigy/pipelines/spancat_demo/assets/train.json", 3, 4, 0, 0),
        ("prodigy/pipelines/spancat_demo/assets/dev.json", 2, 2, 0, 0),
        ("doccano/backend/data_import/pipeline/examples/relation_extraction/example.jsonl", 1, 4, 3, 0),
        ("doccano/backend/data_import/pipeline/examples/intent_detection/example.jsonl", 2, 3, 0, 2),
        ("doccano/backend/data_import/tests/data/text_classification/example.jsonl", 3, 0, 0, 3),
        ("prodigy/tutorials/rel_component/assets/annotations.jsonl", 149, 466, 267, 0),
        ("label_studio/tasks_annotations_predictions_mixed.json", 6, 0, 0, 3),
    ],
)
def test_files_of_the_tools_themselves(
    tmp_path: Path, path: str, articles: int, spans: int, frames: int, labels: int
) -> None:
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, TOOLS / path, new_labels="add")
        found = (summary.articles, summary.spans, summary.frames, summary.article_labels)
        assert (found, summary.problems) == ((articles, spans, frames, labels), ())
        assert run(project.check()) == ()


@needs_data
def test_a_wrong_offset_in_a_real_file_is_named_and_can_be_looked_for(tmp_path: Path) -> None:
    path = TOOLS / "label_studio/sample_predictions_with_relations.json"
    with project_in(tmp_path, "p", NOTHING) as project, project_in(tmp_path, "q", NOTHING) as other:
        summary = bring(project, path, new_labels="add")
        (problem,) = summary.problems
        assert "'john.smith@example.com'" in problem.reason
        assert "the words stand at 62 alone" in problem.reason
        assert (summary.suggestions, summary.spans) == (6, 0)
        assert bring(other, path, new_labels="add", find_words=True).problems == ()


def test_users_of_old_doccano_and_of_archives_by_user_are_annotators(tmp_path: Path) -> None:
    old = {
        "id": 5,
        "text": TEXT,
        "annotations": [
            {"label": 1, "start_offset": 0, "end_offset": 3, "user": 1},
            {"label": 1, "start_offset": 0, "end_offset": 3, "user": 2},
            {"label": 7, "user": 2},
        ],
    }
    (tmp_path / "old.jsonl").write_text(json.dumps(old), "utf-8")
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as packed:
        for name, label in (("ada", [[0, 3, "SOURCE"]]), ("ben", [[0, 3, "SOURCE"], [15, 18, "PERSON"]])):
            packed.writestr(
                f"{name}.jsonl", json.dumps({"id": 1, "text": TEXT, "label": label, "Comments": []})
            )
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, tmp_path / "old.jsonl", new_labels="add")
        assert (summary.problems, summary.spans, summary.article_labels) == ((), 2, 1)
        assert {one.name for one in project.annotators()} == {"Anna", "1", "2"}
    with project_in(tmp_path, "q") as project:
        assert bring(project, tmp_path / "export.zip", chosen={"annotator": "file"}).problems == ()
        (content,) = project.contents()
        names = {one.id: one.name for one in project.annotators()}
        assert sorted((names[one.annotator], one.label) for one in content.spans) == [
            ("ada", "SOURCE"),
            ("ben", "PERSON"),
            ("ben", "SOURCE"),
        ]


def test_what_old_doccano_wrote_about_a_text_is_kept_as_a_remark(tmp_path: Path) -> None:
    row = {"id": 1, "text": TEXT, "annotations": [{"text": "Ada hat nein gesagt.", "user": 2}]}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), "utf-8")
    with project_in(tmp_path, "p") as project:
        summary = bring(project, tmp_path / "a.jsonl")
        assert (summary.problems, summary.formats) == ((), (("doccano", 1),))
        assert any("2: Ada hat nein gesagt." in one for one in summary.notes)
