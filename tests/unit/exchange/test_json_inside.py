"""Records that stand inside of others are found by where the texts are, whatever they are called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from read_again import read, said

ONE = "The ferry stays in the harbour, the mayor said."
TWO = "The bridge will be closed in autumn, she said."
SHOUT = "(Cheers.) The bridge will be closed, she said. (Applause.)"
LONG = f"{ONE} {TWO} {ONE}"
QUESTION = {"question": "Who says so?", "answers": [{"text": "the mayor", "answer_start": 32}]}


@pytest.mark.parametrize(
    "held",
    [
        {"c-1": {"saying": ONE, "proofs": ["p-1"]}, "c-2": {"saying": TWO, "proofs": []}},
        {
            "data": [
                {"title": "Rye", "paragraphs": [{"context": one, "qas": [QUESTION]} for one in (ONE, TWO)]}
            ]
        },
        {"version": "1", "data": [{"paragraphs": [{"context": one, "qas": []}]} for one in (ONE, TWO)]},
        [{"saying": ONE, "replies": [{"text": "No."}]}, {"saying": TWO, "replies": []}],
        {"about": "Sayings of a mayor on her ferry", "sayings": [{"said": ONE}, {"said": TWO}]},
        {"": 7, "sayings": [{"": [7], "said": ONE}, {"": 7, "said": TWO}]},
        [ONE, TWO],
    ],
)
def test_the_texts_of_records_are_found_inside_of_others(tmp_path: Path, held: Any) -> None:
    found = read(tmp_path, "a.json", held)
    assert [one.article.text for one in found[1]] == [ONE, TWO]


def test_parts_have_the_facts_of_what_they_stand_in(tmp_path: Path) -> None:
    found = read(
        tmp_path, "a.json", {"data": [{"title": "Rye", "paragraphs": [{"context": ONE}, {"context": TWO}]}]}
    )
    assert [one.article.title for one in found[1]] == ["Rye", "Rye"]


def test_a_text_that_is_longer_than_its_remarks_is_the_record(tmp_path: Path) -> None:
    found = read(tmp_path, "a.json", [{"passage_of_it": LONG, "remarks": [{"text": ONE}]}])
    assert [one.article.text for one in found[1]] == [LONG]


def test_a_list_of_texts_is_one_with_a_line_for_each(tmp_path: Path) -> None:
    found = read(tmp_path, "a.json", [{"name": "Rye", "speeches": [ONE, SHOUT]}])
    assert [one.article.text for one in found[1]] == [f"{ONE}\n{SHOUT}"]
    assert "'speeches' was taken for the text" in said(found)


@pytest.mark.parametrize("held", [["ferry", "bridge"], {"a": {"b": "ferry"}, "c": {"b": "bridge"}}])
def test_lists_of_words_hold_no_texts(tmp_path: Path, held: Any) -> None:
    assert read(tmp_path, "a.json", held)[1] == []


def test_a_tree_of_a_sentence_is_no_text(tmp_path: Path) -> None:
    tree = "(ROOT (S (NP (DT The) (NN ferry) (NN harbour)) (VP (VBZ stays) (RB here))))"
    found = read(tmp_path, "a.jsonl", {"saying": ONE[:40], "tree": tree})
    assert [one.article.text for one in found[1]] == [ONE[:40]]
