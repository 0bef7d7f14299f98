"""The invented articles that attributions are measured on, and the marks they are written with."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.model.suggesting import SuggestInput
from annotator.nlp.attributions import SUGGESTER
from benchmarks.quality_fresh import (
    GOLD,
    GOLD_2,
    GOLD_3,
    GOLD_4,
    GOLD_5,
    GOLD_6,
    read_gold,
    read_marked,
    read_sides,
)
from benchmarks.quality_stances import (
    ARTICLES,
    MORE_ARTICLES,
    PASSAGES,
    count,
    matches,
    read_passages,
    stances,
)


def test_marks_are_read() -> None:
    one = read_marked(
        "a",
        "{q1 It {s2 he} {c2 says} {q2 leaks},} {c1 said} {s1 Quill}, "
        "{c3=1 asking} {q3 why}. {c4- Asked} {q4 if}",
    )
    assert one.text == "It he says leaks, said Quill, asking why. Asked if"
    words = [
        tuple(
            tuple(one.text[start:end] for start, end in part) for part in (held.source, held.cue, held.claim)
        )
        for held in one.annotations[0]
    ]
    assert words == [
        (("Quill",), ("said",), ("It he says leaks,",)),
        (("he",), ("says",), ("leaks",)),
        (("Quill",), ("asking",), ("why",)),
        ((), ("Asked",), ("if",)),
    ]


@pytest.mark.parametrize(
    ("path", "articles", "least", "values"),
    [
        (GOLD, 12, 300, set()),
        (GOLD_2, 10, 220, {"deny", "support", "question", "neutral"}),
        (GOLD_3, 14, 320, {"deny", "support", "question"}),
        (GOLD_4, 8, 200, {"deny", "support", "question"}),
        (GOLD_5, 14, 400, set()),
        (GOLD_6, 10, 270, set()),
    ],
)
def test_invented_attributions_have_what_is_said(
    path: Path, articles: int, least: int, values: set[str]
) -> None:
    found = list(read_gold(path))
    assert len(found) == articles
    assert not any({"{", "}"} & set(article.text) for article, _ in found)
    attributions = [one for article, _ in found for one in article.annotations[0]]
    # What was refused, or agreed with in the words of others, has a cue and a source alone.
    silent = sum(not one.claim for one in attributions)
    assert silent == (6 if path == GOLD_4 else 0)
    assert len(attributions) > least
    sides = [side for _, held in found for side in held]
    assert {side.value for side in sides} == values
    assert all(side.target for side in sides)


def test_passages_are_held_out_by_name() -> None:
    held, others = (list(read_passages(PASSAGES, only)) for only in ("held", "open"))
    assert (len(held), len(others)) == (15, 25)
    assert all(side.target for _, found in (*held, *others) for side in found)


@pytest.mark.parametrize(("path", "number", "own"), [(ARTICLES, 110, 15), (MORE_ARTICLES, 125, 12)])
def test_articles_have_every_side_marked(path: Path, number: int, own: int) -> None:
    found = list(read_gold(path))
    sides = [side for _, held in found for side in held]
    assert (len(found), len(sides)) == (8, number)
    assert all(side.target for side in sides)
    assert sum(side.target == side.frame.claim for side in sides) == own


def test_a_side_is_led_when_its_target_is_what_another_one_says() -> None:
    text = "Quill said the dam leaks. Lee denied it. Orr supports a ban on weirs."
    made = stances(next(iter(SUGGESTER.load("").suggest([SuggestInput(text)]))))
    assert [(one.value, one.is_led) for one in made] == [("deny", True), ("support", False)]


def test_sides_are_counted_by_value_and_target() -> None:
    article, wanted = read_sides(
        "a",
        "{s1 Quill} {c1>deny:2 dismissed} {q1 {c2 claims by} {s2 Lee} {q2 that it leaks}}. "
        "{s3 Orr} {c3>support:2 confirmed} {q3 the date}. {s4 Ash} {c4>question:2 coughed} {q4 at it}.",
    )
    made = list(stances(next(iter(SUGGESTER.load("").suggest([SuggestInput(article.text)])))))
    pairs = [(article.text, *pair) for pair in matches(article.text, wanted, made)]
    counts = count(pairs)
    assert (counts["marked"], counts["found"], counts["value"]) == (3, 2, 2)
    assert (counts["target"], counts["named"], counts["both"]) == (1, 2, 1)
    assert (counts["right"], counts["right of led"]) == (2, 1)
