"""Whose labels those of Prodigy are: of sessions, of versions that were reviewed, of files by annotator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from made_projects import bring, project_in
from read_again import NOTHING, read

TEXT = "Harbour board tells Rask to wait."


def span(words: str, label: str) -> dict[str, Any]:
    at = TEXT.index(words)
    return {"start": at, "end": at + len(words), "label": label}


def task(*spans: dict[str, Any], **more: Any) -> dict[str, Any]:
    tokens = [{"text": "Harbour", "start": 0, "end": 7, "id": 0, "ws": True}]
    return {
        "text": TEXT,
        "tokens": tokens,
        "spans": [*spans],
        "_view_id": "ner_manual",
        "answer": "accept",
        **more,
    }


def test_versions_of_a_reviewed_task_are_their_annotators(tmp_path: Path) -> None:
    rask, board = span("Rask", "PERSON"), span("Harbour board", "ORG")
    link = {"label": "TELLS", "head_span": board, "child_span": rask}
    versions = [
        task(board, rask, relations=[link], sessions=["news-ada", "news-ben"], default=True),
        task(span("Rask", "ORG"), sessions=["news-cleo"], default=False),
        task(span("Harbour", "ORG"), sessions=["news-dan"], answer="ignore"),
        task(span("Harbour", "ORG"), sessions=["news-eve"], answer="reject"),
    ]
    reviewed = task(
        board, rask, versions=versions, view_id="ner_manual", _view_id="review", _annotator_id="news-lea"
    )
    summary, (content,), names = read(tmp_path, "a.jsonl", reviewed)
    assert dict(summary.formats) == {"prodigy": 1}
    assert (summary.problems, summary.notes) == ((), ())
    made = sorted((names[one.annotator], one.label, TEXT[one.start : one.end]) for one in content.spans)
    agreed = [("ORG", "Harbour board"), ("PERSON", "Rask")]
    assert made == [
        *(("news-ada", *one) for one in agreed),
        *(("news-ben", *one) for one in agreed),
        ("news-cleo", "ORG", "Rask"),
        *(("news-lea", *one) for one in agreed),
    ]
    assert [names[one.annotator] for one in content.frames] == ["news-ada", "news-ben"]
    spans = {one.id: names[one.annotator] for one in content.spans}
    assert [{spans[end.end] for end in one.roles} for one in content.frames] == [{"news-ada"}, {"news-ben"}]
    assert [(one.state, TEXT[: one.end]) for one in content.suggested_spans] == [("rejected", "Harbour")]
    assert "view_id" not in content.article.meta


def test_whoever_reviewed_decides_between_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    versions = [task(span("Rask", "ORG"), sessions=["ada"])]
    path.write_text(json.dumps(task(versions=versions, _view_id="review", _annotator_id="lea")), "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        bring(project, path, new_labels="add")
        assert {one.name: one.kind for one in project.annotators()} == {
            "Anna": "person",
            "ada": "person",
            "lea": "adjudicator",
        }


def test_files_by_annotator_may_name_them(tmp_path: Path) -> None:
    folder = tmp_path / "by"
    folder.mkdir()
    for name, label in (("ada", "PERSON"), ("ben", "ORG")):
        (folder / f"{name}.jsonl").write_text(json.dumps(task(span("Rask", label))), "utf-8")
    for chosen, expected in (
        ({}, {("Anna", "PERSON"), ("Anna", "ORG")}),
        ({"annotator": "file"}, {("ada", "PERSON"), ("ben", "ORG")}),
    ):
        with project_in(tmp_path, f"p{len(chosen)}", NOTHING) as project:
            summary = bring(project, folder, new_labels="add", chosen=chosen)
            names = {one.id: one.name for one in project.annotators()}
            (content,) = project.contents()
            assert {(names[one.annotator], one.label) for one in content.spans} == expected
            assert "option annotator=file takes each file for another annotator's" in summary.notes[-1]


def test_answers_of_nobody_are_said_to_be_those_of_whoever_imports(tmp_path: Path) -> None:
    tasks = [task(span("Rask", "PERSON")), task(span("board", "ORG"), answer="reject"), task()]
    lines = "\n".join(map(json.dumps, tasks))
    for chosen, count in (({}, 1), ({"annotator": "file"}, 0)):
        (tmp_path / str(count)).mkdir()
        summary, *_ = read(tmp_path / str(count), "ada.jsonl", lines, chosen=chosen)
        told = [one for one in summary.notes if "is not said in 1 task (no _annotator_id" in one]
        assert len(told) == count


def test_one_wrong_span_is_named_and_the_rest_comes_in(tmp_path: Path) -> None:
    rask, board = span("Rask", "PERSON"), span("Harbour board", "ORG")
    links = [{"label": "TELLS", "head_span": board, "child": 99}]
    links.append({"label": "TELLS", "head_span": board, "child_span": rask})
    one = task(board, {"end": 4, "label": "ORG"}, {**rask, "label": 7}, rask, relations=links)
    summary, (content,), _names = read(tmp_path, "a.jsonl", one)
    assert [one.field for one in summary.problems] == [
        "spans[1].start",
        "spans[2].label",
        "relations[0].child_span",
    ]
    assert (len(content.spans), len(content.frames)) == (2, 1)


def test_tasks_in_which_no_words_are_marked_are_refused_by_name(tmp_path: Path) -> None:
    box = {"label": "TABLE", "x": 1, "y": 2, "points": [[1, 2]]}
    seen = {"text": "page.png", "image": "page.png", "spans": [box], "_view_id": "image_manual"}
    summary, contents, _names = read(tmp_path, "a.jsonl", {**seen, "_task_hash": 1, "answer": "accept"})
    assert "the task is one of image_manual" in str(summary.problems[0])
    assert (len(summary.problems), contents) == (1, [])


def test_names_of_annotators_are_read_as_they_were_typed(tmp_path: Path) -> None:
    one = task(span("Rask", "PERSON"), _annotator_id="news-Ada%20Bell")
    _summary, _contents, names = read(tmp_path, "a.jsonl", one)
    assert "news-Ada Bell" in names.values()


def test_a_span_may_have_an_answer_of_its_own(tmp_path: Path) -> None:
    refused = span("Harbour", "ORG") | {"answer": "reject"}
    _, (content,), _ = read(tmp_path, "a.jsonl", task(span("Rask", "PERSON"), refused, _session_id="ada"))
    assert [TEXT[one.start : one.end] for one in content.spans] == ["Rask"]
    assert [(one.state, TEXT[one.start : one.end]) for one in content.suggested_spans] == [
        ("rejected", "Harbour")
    ]


def test_the_end_of_a_relation_may_have_its_label_alone(tmp_path: Path) -> None:
    link = {"label": "TELLS", "head_span": span("Harbour board", "ORG"), "child_span": span("Rask", "PERSON")}
    summary, (content,), _ = read(
        tmp_path, "a.jsonl", task(span("Rask", "PERSON"), relations=[link], _session_id="ada")
    )
    assert (summary.frames, sorted(one.label for one in content.spans)) == (1, ["ORG", "PERSON"])


def test_relations_of_words_that_are_not_in_the_task_are_named(tmp_path: Path) -> None:
    link = {"head": 0, "child": 3, "label": "TELLS"}
    asked = {"text": TEXT, "spans": [span("Rask", "PERSON")], "relations": [link]}
    summary, (content,), _ = read(tmp_path, "a.jsonl", asked)
    assert dict(summary.formats) == {"prodigy": 1}
    assert [one.field for one in summary.problems] == ["relations[0].head_span"]
    assert [one.state for one in content.suggested_spans] == ["open"]
