"""Whatever the text: offsets inside it, never an exception, and no time that grows with the square."""

from __future__ import annotations

import time

import pytest
from attributions_said import proposed
from hypothesis import given, settings
from hypothesis import strategies as st

_WORDS = st.sampled_from(
    [*("Quill", "said", "that", ",", ".", "“", "”", '"', "‘", "’", "'", "''", "(", ")", ":", "\n", "\n\n"),
     *("he", "the", "mayor", "claims", "by", "to", "deny", "not", "according", "as", "told", "doubts", "is"),
     *("asked", "whether", "who", "—", "?", "U.S.", "its", "’s", "and", "but", "reportedly", "appears"),
     *("sure", "A", "😀", "\u2028", "é")]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(_WORDS, max_size=60).map(" ".join))
def test_words_of_reports_in_any_order(text: str) -> None:
    _is_sound(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_characters(text: str) -> None:
    _is_sound(text)


def _is_sound(text: str) -> None:
    found = proposed(text)
    for span in found.spans:
        assert span.fragments
        assert list(span.fragments) == sorted(span.fragments)
        for start, end in span.fragments:
            assert 0 <= start < end <= len(text)
    for number, frame in enumerate(found.frames):
        assert 0 < frame.score <= 1
        assert all(0 <= one < len(found.spans) for _, one in frame.roles)
        assert all(0 <= one < len(found.frames) and one != number for _, one in frame.links)


_PIECES = [
    '"',
    "“",
    "”",
    "‘",
    "'",
    "''",
    "(",
    ")",
    ", ",
    "said ",
    "Quill said ",
    "“a” ",
    "that ",
    "and ",
    "- ",
]
_PIECES += ["A: ", "Quill, a man, ", "“said Quill ", "claims by Quill that ", "according to ", "\n“a b c d"]


@pytest.mark.parametrize("piece", _PIECES)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def _once(text: str) -> float:
        start = time.process_time()
        proposed(text)
        return time.process_time() - start

    def _seconds(count: int) -> float:
        # The best of three: what else the machine does only ever adds to it.
        return min(_once(piece * count) for _ in range(3))

    short, long = _seconds(400), _seconds(3_200)
    assert long < 0.3 or long < 24 * short, (piece, short, long)


@pytest.mark.parametrize("piece", ['"', "(", "x"])
def test_a_very_long_text_is_read_in_time(piece: str) -> None:
    start = time.process_time()
    proposed(piece * (1_000_000 if piece == "x" else 100_000))
    assert time.process_time() - start < 10
