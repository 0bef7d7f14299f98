"""The invented articles that attributions are measured on, and the marks they are written with."""

from __future__ import annotations

from annotator.model.suggesting import SuggestInput
from annotator.nlp.attributions import SUGGESTER
from benchmarks.quality_fresh import GOLD_2, read_fresh, read_fresh_2, read_gold, read_marked, read_sides
from benchmarks.quality_stances import count, matches, stances


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


def test_every_invented_attribution_has_what_is_said() -> None:
    articles = list(read_fresh())
    assert len(articles) == 12
    for article in articles:
        assert not {"{", "}"} & set(article.text)
        assert all(one.claim for one in article.annotations[0])
    assert sum(len(article.annotations[0]) for article in articles) > 300


def test_the_second_articles_have_sides_too() -> None:
    articles = list(read_fresh_2())
    assert len(articles) == 10
    assert all(one.claim for article in articles for one in article.annotations[0])
    assert sum(len(article.annotations[0]) for article in articles) > 220
    sides = [side for _, found in read_gold(GOLD_2) for side in found]
    assert {side.value for side in sides} == {"deny", "support", "question", "neutral"}
    assert all(side.target for side in sides)


def test_sides_are_counted_by_value_and_target() -> None:
    article, wanted = read_sides(
        "a",
        "{s1 Quill} {c1>deny:2 dismissed} {q1 {c2 claims by} {s2 Lee} {q2 that it leaks}}. "
        "{s3 Orr} {c3>support:2 confirmed} {q3 the story}. {s4 Ash} {c4>question:2 coughed} {q4 at it}.",
    )
    made = list(stances(next(iter(SUGGESTER.load("").suggest([SuggestInput(article.text)])))))
    pairs = [(article.text, *pair) for pair in matches(article.text, wanted, made)]
    counts = count(pairs)
    assert (counts["marked"], counts["found"], counts["value"]) == (3, 2, 2)
    assert (counts["target"], counts["named"], counts["both"]) == (1, 2, 1)
