"""Labels that one text gets from several files or records of an import: those that are equal come in once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from read_again import frames, read, said, spans

from annotator.model.records import Span

TEXT = "Ada said no."


def rows(*records: dict[str, Any]) -> str:
    return "\n".join(json.dumps({"text": TEXT, **one}) for one in records)


def entity(number: int, start: int, end: int, label: str) -> dict[str, Any]:
    return {"id": number, "start_offset": start, "end_offset": end, "label": label}


def test_equal_labels_of_two_records_come_in_once_and_are_counted(tmp_path: Path) -> None:
    first = {"label": [[0, 3, "PERSON"], [9, 11, "CLAIM"]]}
    found = read(tmp_path, "a.jsonl", rows(first, {"label": [[0, 3, "PERSON"], [0, 3, "ROLE"]]}, first))
    assert spans(found) == [("CLAIM", ["no"]), ("PERSON", ["Ada"]), ("ROLE", ["Ada"])]
    assert found[0].spans == 3
    assert "the same of the same annotator, came in once: 3 left out" in said(found)


def test_labels_of_two_annotators_are_no_twins(tmp_path: Path) -> None:
    made = [
        {"annotations": [{"label": 1, "start_offset": 0, "end_offset": 3, "user": user}]}
        for user in (1, 2, 1)
    ]
    found = read(tmp_path, "a.jsonl", rows(*made))
    assert spans(found) == [("1", ["Ada"])] * 2
    assert {found[2][one.annotator] for one in found[1][0].spans} == {"1", "2"}
    assert "came in once: 1 left out" in said(found)


def test_a_frame_keeps_the_span_that_was_there_in_place_of_its_own(tmp_path: Path) -> None:
    one, two = entity(7, 0, 3, "PERSON"), entity(8, 9, 11, "CLAIM")
    said_so = {"id": 1, "from_id": 7, "to_id": 8, "type": "SAYS"}
    made = rows(
        {"entities": [one], "relations": []},
        {"entities": [one, two], "relations": [said_so]},
        {"entities": [one, two], "relations": [said_so, {**said_so, "id": 2, "type": "DENIES"}]},
    )
    found = read(tmp_path, "a.jsonl", made)
    assert spans(found) == [("CLAIM", ["no"]), ("PERSON", ["Ada"])]
    assert frames(found) == [
        ("DENIES", [("from", "Ada"), ("to", "no")]),
        ("SAYS", [("from", "Ada"), ("to", "no")]),
    ]
    assert (found[0].spans, found[0].frames) == (2, 2)
    assert "came in once: 4 left out" in said(found)


def test_other_attributes_make_another_label(tmp_path: Path) -> None:
    made = [
        {"text": TEXT, "annotation_sets": {"": {"annotations": [mark]}}}
        for mark in (
            {"type": "PERSON", "start": 0, "end": 3, "features": {"sure": sure, "b": "x"}}
            for sure in ("yes", "no", "yes")
        )
    ]
    found = read(tmp_path, "a.jsonl", "\n".join(map(json.dumps, made)))
    made_spans: list[Span] = [*found[1][0].spans]
    assert sorted(one.attributes["sure"] for one in made_spans) == ["no", "yes"]


def test_labels_of_the_text_and_proposals_come_in_once(tmp_path: Path) -> None:
    record = {
        "fields": {"text": TEXT},
        "responses": {"topic": [{"value": "ferries", "user_id": "u1"}]},
        "suggestions": {
            "who": {"value": [{"label": "PERSON", "start": 0, "end": 3}], "score": 0.5, "agent": "m"}
        },
    }
    found = read(tmp_path, "a.jsonl", "\n".join([json.dumps(record)] * 2))
    (content,) = found[1]
    assert [one.label for one in content.labels] == ["ferries"]
    assert [one.label for one in content.suggested_spans] == ["PERSON"]
    assert (found[0].article_labels, found[0].suggestions) == (1, 1)


@pytest.mark.parametrize("order", [("outer", "inner"), ("inner", "outer")])
def test_frames_of_frames_come_in_once_in_whatever_order_they_stand(
    tmp_path: Path, order: tuple[str, str]
) -> None:
    relations = {
        "outer": {"id": "outer", "infons": {"type": "SAYS"}, "nodes": [{"role": "what", "refid": "inner"}]},
        "inner": {"id": "inner", "infons": {"type": "DENIES"}, "nodes": [{"role": "who", "refid": "ada"}]},
    }
    ada = {"id": "ada", "infons": {"type": "PERSON"}, "locations": [{"offset": 0, "length": 3}]}
    passage = {"text": TEXT, "annotations": [ada], "relations": [relations[one] for one in order]}
    found = read(tmp_path, "a.json", {"documents": [{"id": "1", "passages": [passage]}] * 3})
    assert spans(found) == [("PERSON", ["Ada"])]
    assert frames(found) == [("DENIES", [("who", "Ada")]), ("SAYS", [("what", "<DENIES>")])]
    assert "came in once: 6 left out" in said(found)
