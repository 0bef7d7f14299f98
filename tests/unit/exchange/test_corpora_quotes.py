"""Quotations that are told by their words, or by tokens, become attributions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from read_again import frames, read, said, spans

TEXT = 'The mayor said: "No." Ada Bell disagreed.\n"It is unsafe," she said.'
FIRST = ("Attribution", [("Content", "No."), ("Source", "The mayor"), ("Cue", "said")])


def article(**fields: Any) -> str:
    return json.dumps({"title": "Ferry", "text": TEXT, **fields})


@pytest.mark.parametrize(
    "quote",
    [
        {"quote": "No.", "speaker": "The mayor", "verb": "said"},
        {"content": "No.", "speaker": ["The", "mayor"], "cue": ["said"]},
        {
            "quote": "No.",
            "quote_index": "(17, 20)",
            "speaker": "The mayor",
            "speaker_index": "(0,9)",
            "verb": "said",
            "verb_index": [10, 14],
        },
    ],
)
def test_words_are_found_where_they_stand(tmp_path: Path, quote: dict[str, Any]) -> None:
    found = read(tmp_path, "a.json", article(quotes=[quote]))
    assert frames(found) == [FIRST]
    assert (found[1][0].article.title, found[0].problems) == ("Ferry", ())


def test_words_that_come_again_are_those_beside_what_is_said(tmp_path: Path) -> None:
    quotes = [{"quote": "It is unsafe,", "speaker": "she", "verb": "said"}]
    found = read(tmp_path, "a.json", article(quotations=quotes))
    (cue,) = (one for one in found[1][0].spans if one.label == "Cue")
    assert cue.start == TEXT.rindex("said")


def test_words_that_stand_nowhere_are_counted(tmp_path: Path) -> None:
    found = read(tmp_path, "a.json", article(quotes=[{"quote": "No.", "speaker": "Bo", "verb": "said"}]))
    assert spans(found) == [("Content", ["No."]), ("Cue", ["said"])]
    assert "1 × words of quotations that stand nowhere in the text, or in several places" in said(found)


def test_a_place_with_other_words_is_named(tmp_path: Path) -> None:
    quote = {"quote": "No.", "quote_index": "(2,5)", "speaker": "The mayor"}
    assert "'No.'" in said(read(tmp_path, "a.json", article(quotes=[quote])))


def test_speaker_attribution_by_tokens(tmp_path: Path) -> None:
    record = {
        "FileName": "one",
        "Sentences": [{"Tokens": ["Ada", "sagte", ",", "er", "geht"]}, {"Tokens": ["Nein", "."]}],
        "Annotations": [
            {"Source": ["0:0"], "Cue": ["0:1"], "Message": ["0:4", "0:3", "1:0"], "Topic": ["1:0"]},
            {"Source": [], "Cue": ["0:1"], "Message": [], "Topic": []},
        ],
    }
    found = read(tmp_path, "a.json", record)
    assert ("Content", ["er geht\nNein"]) in spans(found)
    assert len(frames(found)) == 2
    assert (found[1][0].article.name, "1 × Topic" in said(found)) == ("one", True)
    record["Annotations"] = [{"Source": ["0:0"], "Cue": ["0:1"], "PTC": ["0:4"]}]
    (tmp_path / "particle").mkdir()
    found = read(tmp_path / "particle", "a.json", record)
    assert spans(found) == [("Cue", ["sagte", "geht"]), ("Source", ["Ada"])]
    assert len(frames(found)) == 1
    for at, token in enumerate(("2:0", "0:" + "1" * 5000)):
        record["Annotations"] = [{"Cue": [token]}]
        (tmp_path / f"{at}").mkdir()
        assert "Annotations[0].Cue" in said(read(tmp_path / f"{at}", "b.json", record))


def test_what_corenlp_found_is_proposed(tmp_path: Path) -> None:
    words = [("😀", 0, ""), ("Ada", 3, " "), ("said", 7, " "), (":", 11, ""), ("No", 13, " "), (".", 15, "")]
    tokens = [
        {"word": one, "characterOffsetBegin": at, "characterOffsetEnd": at + len(one), "before": before}
        for one, at, before in words
    ]
    name = {"text": "Ada", "characterOffsetBegin": 3, "characterOffsetEnd": 6, "ner": "PERSON"}
    quote = {"beginIndex": 13, "endIndex": 16, "speaker": "Unknown", "canonicalSpeaker": "Ada"}
    record = {"docId": "a", "sentences": [{"tokens": tokens, "entitymentions": [name]}], "quotes": [quote]}
    found = read(tmp_path, "a.json", record)
    content = found[1][0]
    assert content.article.text == "😀 Ada said: No."
    words_of = {content.article.text[one.start : one.end] for one in content.suggested_spans}
    assert words_of == {"Ada", "No."}
    assert len(content.suggested_frames) == 1
    tokens[1]["characterOffsetBegin"] = 0
    (tmp_path / "b").mkdir()
    assert "sentences[0].tokens[1]" in said(read(tmp_path / "b", "b.json", record))


def test_stances_without_texts_are_told(tmp_path: Path) -> None:
    record = {"subtaskaenglish": {"5": "support"}, "subtaskbenglish": {"5": "true"}}
    assert "stances by the numbers of posts (RumourEval)" in said(read(tmp_path, "a.json", record))
