"""What spaCy 2 trained on, and what NER Annotator saves: tokens find their words, each text is an article."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import read_again

from annotator.model.records import ArticleContent
from annotator.services.importing import ImportSummary


def read(folder: Path, value: Any) -> tuple[ImportSummary, list[ArticleContent]]:
    summary, contents, _ = read_again.read(folder, "t.json", json.dumps(value, indent=1))
    assert summary.formats == (("spacy_json", 1),)
    return summary, contents


def covered(content: ArticleContent) -> list[tuple[str, str]]:
    text = content.article.text
    return [
        (one.label, text[one.start : one.end]) for one in sorted(content.spans, key=lambda one: one.start)
    ]


def sentence(*tokens: str) -> dict[str, Any]:
    """Tokens, each with its tag behind the last stroke."""
    pairs = [one.rsplit("/", 1) for one in tokens]
    return {"tokens": [{"id": at, "orth": word, "ner": tag} for at, (word, tag) in enumerate(pairs)]}


def test_what_is_said_of_words_alone_is_counted_and_left_out(tmp_path: Path) -> None:
    words = sentence("Ada/U-PER", "left/O")
    words["tokens"][1] |= {"tag": "VBD", "dep": "ROOT", "head": 0}
    _, (content,) = read(tmp_path, [{"id": 5, "paragraphs": [{"sentences": [words]}]}])
    assert content.article.notes == ("left out: 1 × tags and dependencies of tokens",)
    assert covered(content) == [("PER", "Ada")]


def test_tags_cover_the_words_of_the_raw_text(tmp_path: Path) -> None:
    raw = 'Ada Rask, 61, said "no" (twice).\nBen  left.'
    first = sentence(
        *("Ada/B-PER", "Rask/L-PER", ",/O", "61/U-AGE", ",/O", "said/-", "``/B-CLAIM", "no/I-CLAIM"),
        *("''/L-CLAIM", "-LRB-/O", "twice/O", "-RRB-/O", "./O"),
    )
    second = sentence("\n/O", "Ben/U-PER", " /O", "left/O", "./O")
    value = [{"id": 5, "paragraphs": [{"raw": raw, "sentences": [first, second]}]}]
    summary, (content,) = read(tmp_path, value)
    assert (summary.problems, content.article.text) == ((), raw)
    assert covered(content) == [("PER", "Ada Rask"), ("AGE", "61"), ("CLAIM", '"no"'), ("PER", "Ben")]
    assert content.article.name == "t.json:5"


def test_without_a_raw_text_it_is_put_together_of_the_tokens(tmp_path: Path) -> None:
    parts = [
        {"sentences": [sentence("Ada/U-PER", "left/O"), sentence("So/O", "did/O", "Ben/U-PER")]},
        {"raw": None, "sentences": [{"tokens": [{"orth": "Again"}]}]},
    ]
    summary, (content,) = read(tmp_path, {"id": 0, "paragraphs": parts})
    assert (summary.problems, content.article.text) == ((), "Ada left So did Ben\n\nAgain")
    assert covered(content) == [("PER", "Ada"), ("PER", "Ben")]


def test_paragraphs_with_categories_are_texts_of_their_own(tmp_path: Path) -> None:
    def part(text: str, **values: float) -> dict[str, Any]:
        cats = [{"label": name, "value": value} for name, value in values.items()]
        return {"raw": text, "sentences": [sentence(*(f"{one}/O" for one in text.split()))], "cats": cats}

    value = [{"id": 1, "paragraphs": [part("It is safe", GOOD=1, BAD=0), part("It fell", BAD=True)]}]
    summary, contents = read(tmp_path, value)
    assert summary.problems == ()
    assert [(one.article.name, [each.label for each in one.labels]) for one in contents] == [
        ("t.json:1, 1", ["GOOD"]),
        ("t.json:1, 2", ["BAD"]),
    ]


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"raw": "Ada left", "sentences": [sentence("Ben/O")]}, "'Ben' does not come next"),
        ({"raw": 7, "sentences": []}, "paragraphs[0].raw: it is a number, it has to be text"),
        ({"sentences": [{"tokens": [{"ner": "O"}]}]}, "there is no field 'orth'"),
        ({"sentences": [], "cats": [{"value": 1}]}, "paragraphs[0].cats.label: it is null"),
    ],
)
def test_a_document_with_a_fault_is_named_and_the_rest_comes_in(tmp_path: Path, part: Any, told: str) -> None:
    fine = {"paragraphs": [{"sentences": [sentence("Fine/O")]}]}
    summary, (content,) = read(tmp_path, [{"paragraphs": [part]}, fine])
    assert told in str(summary.problems[0])
    assert content.article.text == "Fine"


def test_what_ner_annotator_saves_is_a_text_per_pair(tmp_path: Path) -> None:
    pairs = [
        ["Ada Rask left.\r", {"entities": [[0, 8, "PER"]]}],
        None,
        ["Ben stayed.", {"entities": [[0, 3, [["PER"]]]]}],
        ["Odd", 7],
        ["Nobody came.", {"entities": []}],
    ]
    summary, contents = read(tmp_path, {"classes": ["PER"], "annotations": pairs})
    assert [one.field for one in summary.problems] == ["annotations[2].entities[0].label", "annotations[3]"]
    assert [one.article.text for one in contents] == ["Ada Rask left.\n", "Nobody came."]
    assert covered(contents[0]) == [("PER", "Ada Rask")]


def test_entities_may_be_records(tmp_path: Path) -> None:
    value = [{"text": "Ada left.", "entities": [{"start": 0, "end": 3, "label": "PER"}]}]
    summary, (content,) = read(tmp_path, value)
    assert (summary.problems, covered(content)) == ((), [("PER", "Ada")])


def test_categories_alone_are_a_shape_too(tmp_path: Path) -> None:
    summary, (content,) = read(tmp_path, [{"text": "Ada left.", "cats": {"GOOD": 1.0, "BAD": 0.0}}])
    assert (summary.problems, [one.label for one in content.labels]) == ((), ["GOOD"])
