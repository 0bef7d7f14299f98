"""Near copies are told by the sentences they share; articles that only quote one another are not."""

from __future__ import annotations

from annotator.model.near_copies import NearCopies

LINES = [f"Sentence number {number} says something of its own." for number in range(10)]


def test_an_article_with_most_sentences_of_another_is_nearly_it() -> None:
    near = NearCopies()
    assert near.add("\n".join(LINES)) is None
    assert near.add("Something else altogether, and it is long enough to count.") is None
    number, share = near.add("\n".join([*LINES[:9], "A changed last sentence stands here instead."])) or (
        9,
        0,
    )
    assert number == 0
    assert 0.85 < share < 0.95


def test_a_part_of_an_article_is_not_nearly_it() -> None:
    near = NearCopies()
    near.add("\n".join(LINES))
    assert near.add("\n".join(LINES[:4])) is None
    assert near.add("") is None
    assert near.add("Short.\nLines.") is None
    assert near.add("Short.\nLines.") is None
