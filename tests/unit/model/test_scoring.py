"""Precision, recall and F1 against examples that were counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.model.records import Fragment
from annotator.model.scoring import Mark, Score, Scores, Words, frame_scores, span_scores, whole

TEXT = "Ada said that it is safe: very, and Ben doubts that."
WORDS = Words(TEXT)


def at(words: str) -> Fragment:
    start = TEXT.index(words)
    return Fragment(start, start + len(words))


def mark(*words: str, label: str = "CLAIM") -> Mark:
    return Mark(label, tuple(at(one) for one in words))


def frame(value: str = "", **roles: str) -> Any:
    return whole("ATTRIBUTION", value, [(role, (at(words),)) for role, words in roles.items()])


def test_figures_of_a_score() -> None:
    score = Score(proposed=4, right=3, wanted=6, found=2)
    assert (score.precision, score.recall) == (0.75, pytest.approx(1 / 3))
    assert score.f1 == pytest.approx(2 * 0.75 / 3 / (0.75 + 1 / 3))
    assert (Score().precision, Score().recall, Score().f1) == (0, 0, 0)
    assert score.told == (score.precision, score.recall, score.f1)
    assert score + Score(1, 1, 1, 1) == Score(5, 4, 7, 3)
    assert (Scores(score, score) + Scores(score, Score())).strict == Score(8, 6, 12, 4)


@pytest.mark.parametrize(
    ("score", "told"),
    [
        (Score(), (None, None, None)),
        (Score(proposed=5), (None, None, None)),
        (Score(wanted=3), (None, 0, 0)),
        (Score(proposed=5, wanted=3), (0, 0, 0)),
    ],
    ids=["nothing", "nothing wanted", "nothing proposed", "nothing right"],
)
def test_what_there_is_nothing_to_take_of_is_not_told(score: Score, told: tuple[float | None, ...]) -> None:
    assert score.told == told


def test_words_that_a_stretch_touches() -> None:
    assert WORDS.of([at("Ada said")]) == {0, 1}
    assert WORDS.of([at("da sa")]) == {0, 1}
    assert WORDS.of([at("Ada"), at("safe")]) == {0, 5}
    assert WORDS.of([at(" ")]) == {-1 - 3}
    assert WORDS.of([at(":")]) == {-1 - TEXT.index(":")}
    assert Words("").of([]) == frozenset()


def test_spans_counted_by_hand() -> None:
    """Three proposed: one exact, one with other edges, one beside. Two wanted, both touched."""
    proposed = [mark("that it is safe"), mark("doubts that"), mark("very")]
    wanted = [mark("that it is safe"), mark("Ben doubts")]
    scores = span_scores(proposed, wanted, WORDS)
    assert scores.strict == Score(3, 1, 2, 1)
    assert scores.overlap == Score(3, 2, 2, 2)
    assert scores.strict.f1 == pytest.approx(0.4)
    assert scores.overlap.f1 == pytest.approx(0.8)


def test_one_long_proposal_may_find_several_and_twice_counts_once() -> None:
    proposed = [mark("said that it is safe: very, and Ben"), mark("said that it is safe: very, and Ben")]
    wanted = [mark("it is safe"), mark("very"), mark("doubts")]
    assert span_scores(proposed, wanted, WORDS).overlap == Score(1, 1, 3, 2)


def test_punctuation_alone_is_no_shared_word() -> None:
    comma = [Mark("CLAIM", (Fragment(at(",").start - 4, at(",").end),))]
    behind = [Mark("CLAIM", (Fragment(at(",").start, at(",").end + 4),))]
    assert span_scores(comma, behind, WORDS).overlap.right == 0
    colon = [mark(":", label="CUE")]
    assert span_scores(colon, colon, WORDS).overlap == Score(1, 1, 1, 1)
    assert span_scores([], wanted := [mark("very")], WORDS).strict == Score(0, 0, len(wanted), 0)


def test_frames_counted_by_hand() -> None:
    gold = [
        frame(source="Ada", cue="said", claim="that it is safe"),
        frame(source="Ben", cue="doubts", claim="that."),
    ]
    proposed = [
        frame(source="Ada", cue="said", claim="that it is safe"),
        frame(source="Ben", cue="Ben doubts", claim="doubts that"),
        frame(source="Ben", cue="doubts"),
    ]
    scores = frame_scores(proposed, gold, WORDS)
    assert scores.strict == Score(3, 1, 2, 1)
    assert scores.overlap == Score(3, 2, 2, 2)


@pytest.mark.parametrize(
    "other",
    [
        frame(source="Ben", cue="said", claim="that it is safe"),
        frame(cue="said", claim="that it is safe"),
        frame(source="Ada", cue="said", claim="that it is safe", addressee="Ben"),
        frame("deny", source="Ada", cue="said", claim="that it is safe"),
    ],
    ids=["another source", "no source", "one role more", "another value"],
)
def test_a_frame_is_right_only_as_a_whole(other: Any) -> None:
    gold = frame(source="Ada", cue="said", claim="that it is safe")
    assert frame_scores([other], [gold], WORDS) == Scores(Score(1, 0, 1, 0), Score(1, 0, 1, 0))


def test_several_spans_in_one_role() -> None:
    both = whole("ATTRIBUTION", "", [("source", (at("Ada"),)), ("source", (at("Ben"),))])
    one = whole("ATTRIBUTION", "", [("source", (at("Ben"),))])
    assert frame_scores([one], [both], WORDS) == Scores(Score(1, 0, 1, 0), Score(1, 1, 1, 1))
    assert frame_scores([whole("X", "", [])], [whole("X", "", [])], WORDS).strict == Score(1, 1, 1, 1)
