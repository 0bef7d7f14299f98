"""Words with tags, and texts with labels, as scripts and tools write them in other orders and lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from read_again import read, spans

TEXT = "Ada Rask said no."


@pytest.mark.parametrize("name", ["a.conll", "a.txt"])
def test_tags_may_stand_before_words_and_their_places(tmp_path: Path, name: str) -> None:
    rows = "O\t0\t3\tThe\nB-PER\t4\t7\tAda\nI-PER\t8\t12\tRask\nO\t12\t13\t.\n\n"
    rows += "O\t14\t17\tShe\nB-X\t18\t22\tleft\n"
    found = read(tmp_path, name, rows)
    assert found[1][0].article.text == "The Ada Rask.\nShe left\n"
    assert spans(found) == [("PER", ["Ada Rask"]), ("X", ["left"])]


def test_tags_may_stand_before_words_alone(tmp_path: Path) -> None:
    found = read(tmp_path, "a.bio", "O\tB-movies\nB-ACTOR\tAda\nI-ACTOR\tRask\n")
    assert found[1][0].article.text == "B-movies Ada Rask\n"
    assert spans(found) == [("ACTOR", ["Ada Rask"])]


@pytest.mark.parametrize(
    ("name", "held"),
    [
        (
            "a.json",
            [
                {"Token": "Ada", "Tag": "B-PER"},
                {"Token": "Rask", "Tag": "I-PER"},
                {"Token": "left", "Tag": "O"},
            ],
        ),
        (
            "a.jsonl",
            '{"sentence":1,"word":"Ada","ner":"B-PER"}\n{"sentence":1,"word":"Rask","ner":"I-PER"}\n',
        ),
        ("a.json", {"Word": {"0": "Ada", "1": "Rask"}, "Tag": {"0": "B-PER", "1": "I-PER"}}),
        (
            "a.json",
            [[{"word": "Ada", "pos": "N", "tag": "B-PER"}, {"word": "Rask", "pos": "N", "tag": "I-PER"}]],
        ),
        ("a.json", [[["Ada", "B-PER"], ["Rask", "I-PER"]], [["left", "O"]]]),
        ("a.csv", "Token,Label\nAda,B-PER\nRask,I-PER\n.,O\nShe,O\n"),
        ("a.json", [["Ada Rask left", [[0, 8, "PER"]]]]),
        ("a.json", [["Ada Rask left", {"entities": [[0, 8, "PER"]]}, {"id": 3}]]),
    ],
)
def test_words_with_tags_and_texts_with_labels_may_stand_in_any_list(
    tmp_path: Path, name: str, held: Any
) -> None:
    found = read(tmp_path, name, held)
    assert found[0].problems == ()
    assert spans(found) == [("PER", ["Ada Rask"])]


def test_a_text_may_have_its_class_beside_it(tmp_path: Path) -> None:
    rows = [
        [f"Ada said {word}.", {"label": kind}]
        for word, kind in (("no", "calm"), ("yes", "odd"), ("so", "odd"))
    ]
    summary, articles, _ = read(tmp_path, "a.json", rows)
    assert (summary.problems, summary.article_labels) == ((), 3)
    assert [one.article.text for one in articles] == [f"Ada said {word}." for word in ("no", "yes", "so")]


def test_a_task_of_blocks_shows_a_text_of_any_name(tmp_path: Path) -> None:
    task = {
        "id": "x1",
        "original": TEXT,
        "_view_id": "blocks",
        "accept": ["calm"],
        "answer": "accept",
        "why": "It is so.",
    }
    summary, (content,), _ = read(tmp_path, "a.jsonl", json.dumps(task) + "\n")
    assert dict(summary.formats) == {"prodigy": 1}
    assert content.article.text == TEXT
    assert [one.label for one in content.labels] == ["calm"]
    assert "blocks: the field 'original' was taken for the text" in summary.notes[0]


def test_scripts_without_blanks_have_none_between_their_words(tmp_path: Path) -> None:
    rows = "".join(
        f"{word}\t{tag}\n"
        for word, tag in zip("新乡天气好，我在IBM", ["B-LOC", "I-LOC", *"OOOOOOOOO"], strict=True)
    )
    found = read(tmp_path, "a.conll", rows.replace("I\tO\nB\tO\nM", "IBM") + "\n2026\tO\n年\tO\n")
    assert found[1][0].article.text == "新乡天气好，我在 IBM\n2026年\n"
    assert spans(found) == [("LOC", ["新乡"])]


def test_lists_of_words_without_blanks_have_none_either(tmp_path: Path) -> None:
    record = {"tokens": ["我", "在", "新", "乡", "。"], "ner_tags": ["O", "O", "B-LOC", "I-LOC", "O"]}
    found = read(tmp_path, "a.jsonl", record)
    assert (found[1][0].article.text.strip(), spans(found)) == ("我在新乡。", [("LOC", ["新乡"])])
