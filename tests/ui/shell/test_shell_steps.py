"""How sure a suggestion is, in words: a sign, a word, a reason, and how often it was right so far."""

from __future__ import annotations

from annotator.model.ids import new_id
from annotator.model.records import Fragment, SuggestedSpan
from annotator.model.steps import Tally
from annotator.ui.steps import so_far, step_words, why


def one(score: float, reason: str = "a title before") -> SuggestedSpan:
    return SuggestedSpan(new_id(), new_id(), "PERSON", (Fragment(0, 1),), score, "names 3", reason, 0)


def test_words_and_signs() -> None:
    assert [step_words(score) for score in (0.9, 0.6, 0.1)] == ["●●● sure", "●●○ likely", "●○○ guess"]
    assert why(one(0.6)) == "likely: a title before"
    assert why(one(0.6, "")) == "likely"


def test_what_was_right_so_far_counts_changed_ones_apart() -> None:
    record = {("names", "sure"): Tally(7, 2, 1), ("names", "guess"): Tally(1, 0, 1)}
    assert so_far(one(0.9), record) == "7 of 10 like it were right so far (70 %), 2 more after a change"
    assert so_far(one(0.2), record) == "1 of 2 like it were right so far (50 %)"
    assert so_far(one(0.6), record) == ""
