"""A JSON list of records with each on its own line is read by lines, and says the same as one read whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.exchange import json_lines
from annotator.exchange.articles.article_jsonl import FORMAT as ARTICLES
from annotator.exchange.json_lines import Row, first_record, read_rows
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions, Note, Problem

RECORDS = [{"id": at, "text": f"Ada ]said, {{no}}, {at}."} for at in range(40)]


def by_lines(records: list[object]) -> str:
    return "[\n" + ",\n".join(map(json.dumps, records)) + "\n]\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "list.json"


def read(file: Path, text: str) -> list[Row | Note | Problem]:
    file.write_text(text, "utf-8")
    return list(read_rows(file, ImportOptions()))


def test_both_ways_of_reading_say_the_same(file: Path) -> None:
    found = read(file, by_lines(RECORDS))
    assert [one.values for one in found if isinstance(one, Row)] == RECORDS
    for text in (json.dumps(RECORDS, indent=2), json.dumps(RECORDS)):
        assert sorted(found, key=repr) == sorted(read(file, text), key=repr)


def test_a_list_by_lines_may_be_longer_than_one_record(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "LINE_LIMIT", 200)
    assert len(read(file, by_lines(RECORDS))) == len(RECORDS)
    with pytest.raises(UserError, match="too large"):
        read(file, json.dumps(RECORDS, indent=2))


def test_the_first_record_needs_no_more_than_the_first_line(file: Path) -> None:
    file.write_text(by_lines(RECORDS) + "torn", "utf-8")
    assert first_record(file) == RECORDS[0]


def test_a_broken_record_is_named_and_the_others_are_read(file: Path) -> None:
    text = by_lines([*RECORDS[:2], 7, *RECORDS[2:4]]).replace('"id": 3', '"id" 3')
    found = read(file, text)
    assert [one.values["id"] for one in found if isinstance(one, Row)] == [0, 1, 2]
    problems = [one for one in found if isinstance(one, Problem)]
    assert [one.line for one in problems] == [4, 6]
    assert "not an object" in problems[0].reason
    assert "not valid JSON" in problems[1].reason


def test_a_list_without_an_end_is_said_to_be_cut_off(file: Path) -> None:
    found = read(file, by_lines(RECORDS[:3]).rstrip("]\n"))
    assert sum(isinstance(one, Row) for one in found) == 3
    (problem,) = [one for one in found if isinstance(one, Problem)]
    assert "incomplete" in problem.reason


def test_a_field_that_stands_twice_is_refused(file: Path) -> None:
    with pytest.raises(UserError, match="'id' stands twice"):
        read(file, by_lines(RECORDS).replace('{"id": 5', '{"id": 4, "id": 5'))


def test_what_is_shown_of_records_in_a_record_is_what_comes_in(file: Path) -> None:
    inner = [{"content": "הכרעה ניתנה היום.", "seen": ["א"], "annotations": []}, {"content": "No."}]
    file.write_text(json.dumps({"id": "x", "examples": inner}), "utf-8")
    shown = ARTICLES.importer.preview(file, ImportOptions())
    assert (shown.rows, shown.sample) == (2, inner[0]["content"])
    content, seen, *_ = shown.columns
    assert (content.name, content.use, seen.examples) == ("content", "text", ('["א"]',))
    for columns in ({}, {"content": "text", "seen": "skip"}):  # as the dialog gives what it shows
        found = ARTICLES.importer.read(file, ImportOptions(columns=columns))
        assert [one.text for one in found if isinstance(one, Draft)] == [one["content"] for one in inner]
