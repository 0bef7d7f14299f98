"""Datasets of tokens and tags come in, by name or number, and our own exports as the articles they were."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import read_again
from made_projects import bring, export, project_in
from read_again import NOTHING

from annotator.exchange.training import hugging_face_in
from annotator.exchange.training.hugging_face_in import HuggingFaceImporter
from annotator.model.formats import Draft, ImportOptions
from annotator.model.records import ArticleContent, Fragment
from annotator.services.importing import ImportSummary

TOKENS = ["Ada", "Rask", "said", "😀", "."]
NAMES = ["O", "B-PER", "I-PER", "B-CLAIM"]
SPANS = [("CLAIM", "😀"), ("PER", "Ada Rask")]


def read(folder: Path, *rows: Any, **options: Any) -> tuple[ImportSummary, list[ArticleContent]]:
    lines = "\n".join(map(json.dumps, rows))
    summary, contents, _ = read_again.read(folder, "train.jsonl", lines, **options)
    assert summary.formats == (("hugging_face", 1),)
    return summary, contents


def covered(content: ArticleContent) -> list[tuple[str, str]]:
    text = content.article.text
    return sorted((one.label, text[one.start : one.end]) for one in content.spans)


@pytest.mark.parametrize(
    "row",
    [
        {"tokens": TOKENS, "ner_tags": ["B-PER", "I-PER", "O", "B-CLAIM", "O"]},
        {"words": TOKENS, "labels": ["PER", "PER", "O", "CLAIM", "O"]},
        {"tokens": TOKENS, "tags": ["per-b", "per-i", "o", "claim-b", "o"]},
        {"text": "other words", "tokens": TOKENS, "labels": ["B-PER", "I-PER", "O", "B-CLAIM", "O"]},
        {"tokens": TOKENS, "pos_tags": [1, 1, 2, 3, 4], "ner": ["B-PER", "L-PER", "O", "U-CLAIM", "O"]},
    ],
)
def test_tags_by_name_become_spans(tmp_path: Path, row: Any) -> None:
    summary, (content,) = read(tmp_path, {**row, "id": 3, "lang": "en"})
    assert (summary.problems, content.article.text) == ((), "Ada Rask said 😀 .")
    assert [(label.upper(), words) for label, words in covered(content)] == SPANS
    assert (content.article.name, content.article.meta["lang"]) == ("train.jsonl:3", "en")
    assert any("blanks between words are unknown" in one for one in summary.notes)


FEATURES = {"tokens": {"dtype": "string"}, "ner_tags": {"feature": {"names": NAMES, "_type": "ClassLabel"}}}
LISTED = [
    {"name": "tokens", "sequence": "string"},
    {
        "name": "ner_tags",
        "sequence": {"class_label": {"names": {str(at): one for at, one in enumerate(NAMES)}}},
    },
]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("labels.txt", "\n".join(NAMES)),
        ("dataset_info.json", {"features": FEATURES}),
        ("dataset_infos.json", {"default": {"features": LISTED}}),
        ("config.json", {"id2label": {str(at): one for at, one in enumerate(NAMES)}}),
        ("label2id.json", {one: at for at, one in enumerate(NAMES)}),
    ],
)
def test_numbers_of_tags_are_told_by_a_file_beside(tmp_path: Path, name: str, value: Any) -> None:
    (tmp_path / name).write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    row = {"tokens": TOKENS, "ner_tags": [1, 2, 0, 3, 0]}
    summary, (content,) = read(tmp_path, row, {"tokens": ["x"], "ner_tags": [9]})
    assert covered(content) == SPANS
    assert [str(one) for one in summary.problems] == [
        "train.jsonl, line 2: ner_tags: 9 is the number of no tag; there are 4"
    ]
    with project_in(tmp_path, "folder", NOTHING) as project:
        (tmp_path / "set").mkdir()
        for one in (name, "train.jsonl"):
            (tmp_path / one).rename(tmp_path / "set" / one)
        assert bring(project, tmp_path / "set", new_labels="add").formats == (("hugging_face", 1),)


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        ({}, "nothing says what they stand for; put labels.txt beside it"),
        ({"config.json": "{"}, "config.json beside it is not valid JSON"),
        ({"config.json": '{"id2label": {"0": "O", "7": "B-PER"}}'}, "nothing says what they stand for"),
    ],
)
def test_numbers_without_names_are_refused_once(tmp_path: Path, beside: dict[str, str], told: str) -> None:
    for name, text in beside.items():
        (tmp_path / name).write_text(text, "utf-8")
    row = {"tokens": TOKENS, "ner_tags": [1, 2, 0, 3, 0]}
    summary, contents = read(tmp_path, row, row)
    assert contents == []
    (problem,) = summary.problems
    assert told in str(problem)


def test_a_record_with_a_fault_is_named_and_the_rest_comes_in(tmp_path: Path) -> None:
    fine = {"tokens": ["Ada"], "tags": ["B-PER"]}
    odd = {"article": "a", "tokens": ["Ada", "Rask"], "tags": ["O", "O"]}
    rows = [
        {"tokens": ["Ada"], "tags": []},
        {**odd, "starts": [0, 2]},
        {**odd, "starts": 7},
        {**odd, "starts": [0]},
        {**odd, "starts": [0, 10**12]},
    ]
    summary, (content,) = read(tmp_path, fine, *rows)
    assert [one.line for one in summary.problems] == [2, 3, 4, 5, 6]
    assert "it has no list of tokens" in str(summary.problems[0])
    assert "the tokens do not follow each other" in str(summary.problems[1])
    assert "1,000,000,000,004 lies beyond" in str(summary.problems[4])
    assert covered(content) == [("PER", "Ada")]


def test_own_exports_come_back_as_the_articles_that_they_were(tmp_path: Path) -> None:
    texts = ("Ada Rask said no.  She 😀 left.\nBen stayed.", "Dan Poe left early.")
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    with project_in(tmp_path, "one") as project, project_in(tmp_path, "two") as other:
        bring(project, tmp_path / "0.txt", tmp_path / "1.txt")
        first, second = project.article_ids()
        project.add_span(first, "SOURCE", (Fragment(0, 8),))
        project.add_span(first, "CLAIM", (Fragment(19, 29),))
        project.add_span(second, "PERSON", (Fragment(0, 7),))
        export(project, tmp_path / "o.jsonl", "hugging_face")
        summary = bring(other, tmp_path / "o.jsonl")
        assert (summary.articles, summary.problems) == (2, ())
        back = {" ".join(one.article.text.split()): covered(one) for one in other.contents()}
        assert back == {" ".join(one.article.text.split()): covered(one) for one in project.contents()}
        assert {len(one.article.text) for one in other.contents()} == {*map(len, texts)}


PIECES = [
    {"article": "a", "tokens": ["Ada", "Rask"], "starts": [1, 5], "tags": ["B-PER", "I-PER"]},
    {"article": "a", "tokens": ["said"], "starts": [10], "tags": ["I-PER"]},
    {"article": "a", "tokens": ["no", "."], "starts": [15, 17], "tags": ["B-CLAIM", "O"]},
]
ALONE = {"tokens": ["Ben"], "tags": ["B-PER"]}


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"starts": [9]},
        {"starts": [8]},
        {"starts": [True]},
        {"starts": [10, 11]},
        {"starts": None},
        {"starts": 10},
        {"tokens": "said"},
        {"tokens": []},
        {"tokens": [7]},
        {"tags": ["O", "O"]},
        {"words": ["said"]},
        {"labels": ["O"]},
        {"page": 3},
        {"article": "b"},
    ],
)
def test_records_of_one_article_say_together_what_they_say_alone(
    tmp_path: Path, odd: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [ALONE, PIECES[0], PIECES[1] | odd, PIECES[2], ALONE | {"article": "c"}, *PIECES[:2]]
    path = tmp_path / "train.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    together = [*HuggingFaceImporter().read(path, ImportOptions())]
    monkeypatch.setattr(hugging_face_in, "_AT_ONCE", 1)
    assert together == [*HuggingFaceImporter().read(path, ImportOptions())]
    drafts = [one for one in together if isinstance(one, Draft)]
    assert drafts[-1].text == " Ada Rask\nsaid"
    if not odd:
        marks = drafts[1].marks
        assert marks is not None
        assert [one.quote for one in marks.spans] == ["Ada Rask", "said", "no"]
