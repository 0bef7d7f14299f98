"""Whatever the text: offsets inside it, never an exception, and no time that grows with the square."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from types import FrameType

import pytest
from attributions_said import proposed
from growing import growth
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.suggesting import Proposals
from annotator.nlp.attributions import earlier

_WORDS = st.sampled_from(
    [*("Quill", "said", "that", ",", ".", "“", "”", '"', "‘", "’", "'", "''", "(", ")", ":", "\n", "\n\n"),
     *("he", "the", "mayor", "claims", "by", "to", "deny", "not", "according", "as", "told", "doubts", "is"),
     *("asked", "whether", "who", "—", "?", "U.S.", "its", "’s", "and", "but", "reportedly", "appears"),
     *("sure", "A", "😀", "\u2028", "é")]
)  # fmt: skip

_ODD = [
    "", " ", "\n", "\r", "\r\n", "\0", "\ufeff", "\u200b", "“", "”", "‘", ":", ".", "said", "“”", "“ ”", "''",
    ",”",     "Quill said it leaks.\rRob said it holds.", "Quill\u200b said\u200b that it\u200b leaks.",
    "\u202eQuill said that it leaks.\u202c", "שלום, Quill said that it leaks.", "قال Quill said: “It leaks.”",
    "😀😀 Quill 😀 said 😀 “It 😀 leaks,” 👩‍👩‍👧 added.", "e\u0301 said e\u0301 that e\u0301 is e\u0301.",
    "“Quill said ‘Rob said “Ann said ‘it leaks’” then’ at noon,” she said.",
    "“" * 5_000 + "it leaks" + "”" * 5_000,
    "Quill:", "QUILL:", "QUILL: a", "A: b c", ":Quill said", ": “It leaks a lot”", "according to", "as said",
    "said: ", "“It leaks,”", "told", "Quill said that", "(said)", "said)", "—said—", "by Quill", "to Quill,",
]  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(_WORDS, max_size=60).map(" ".join))
def test_words_of_reports_in_any_order(text: str) -> None:
    _is_sound(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_characters(text: str) -> None:
    _is_sound(text)


@pytest.mark.parametrize("text", _ODD)
def test_odd_texts(text: str) -> None:
    _is_sound(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, max_size=40).map(" ".join))
def test_characters_beyond_the_first_plane_count_once(text: str) -> None:
    assert proposed(f"😀😀\n\n😀😀\n\n{text}") == proposed(f"--\n\n--\n\n{text}")


def _ancestors(found: Proposals, number: int) -> Iterator[int]:
    links = dict(found.frames[number].links)
    while "parent" in links:
        yield links["parent"]
        links = dict(found.frames[links["parent"]].links)


def _is_sound(text: str) -> None:
    found = proposed(text)
    for span in found.spans:
        assert span.fragments
        assert list(span.fragments) == sorted(span.fragments)
        for start, end in span.fragments:
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
    for number, frame in enumerate(found.frames):
        assert 0 < frame.score <= 1
        assert all(0 <= one < len(found.spans) for _, one in frame.roles)
        assert all(0 <= one < len(found.frames) and one != number for _, one in frame.links)
        assert number not in islice(_ancestors(found, number), len(found.frames))
        assert set(dict(frame.roles)) >= ({"claim"} if frame.label == "ATTRIBUTION" else {"target"})


class _Steps:
    """Counts the lines that Python runs, each turn of a loop as one."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, frame: FrameType, event: str, argument: object) -> _Steps:
        self.count += event == "line"
        return self


def _work(text: str) -> int:
    """Return how many steps a text takes, whatever else the machine does."""
    steps, before = _Steps(), sys.gettrace()
    sys.settrace(steps)
    try:
        proposed(text)
    finally:
        sys.settrace(before)
    return steps.count


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + number // 26**place % 26) for place in range(3))


_PIECES = [
    "said ", "“a” ", "Quill said ", "He said it leaks. ", "The minister said it leaks. ",
    "Minister Quill said it leaks.\n\n", "An official said it leaks. ", "Quill told Rob that it leaks. ",
    "“It leaks a lot,” Quill said. ", "“It leaks a lot,” Quill said. “It does. Now.” ", "“It leaks a lot.” ",
    "Quill denied claims by Rob that it leaks. “Who paid for it?” Quill said. ", "in his view, ",
    "\n“a b c d",
    "We rate the claim false. ", "Quill stands by it. Rob called it a lie. ", "Quill is not having it. ",
    "“Quill said ‘it leaks a lot’ and she denied it,” Rob said. ", "QUILL: It leaks a lot.\n\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", _PIECES)
def test_work_grows_with_the_length_alone(piece: str) -> None:
    count = 2_000 // len(piece)
    short, long = _work(piece * count), _work(piece * count * 3)
    assert long < 3.5 * short, (piece, short, long)


def test_work_does_not_grow_with_the_square_of_the_persons() -> None:
    def _many(count: int) -> str:
        names = (f"Anna{_letters(number)} Quill{_letters(number)}" for number in range(count))
        return "".join(f"{name}, who owns it, said it leaks.\n\n" for name in names)

    short, long = _work(_many(150)), _work(_many(450))
    assert long < 3.5 * short, (short, long)


def test_nor_with_the_square_of_those_who_act_before_pronouns_in_one_paragraph() -> None:
    def _many(count: int) -> str:
        return "Anna Quill said it leaks. " + "Asked by Quill, she said it leaks. " * count

    short, long = _work(_many(100)), _work(_many(400))
    assert long < 4.6 * short, (short, long)


MOST_TIMES = 10
"""For four times the text: where each piece looks at all that follow, it is 16."""
_LONG = [
    '"', "(", "x", "1x", "a_", "a.b", "a-", "X.", ".", "’", "“", "‘ ", "😀", "\u200b", "\u0301", "A", "1,",
    "\t", "\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", _LONG)
def test_a_very_long_text_takes_time_with_its_length_alone(piece: str) -> None:
    def _read(count: int) -> None:
        proposed(f"The mayor told Rob that {piece * count}1 said it leaks.")

    assert growth(_read, 10_000, 40_000) < MOST_TIMES


def test_so_does_a_megabyte_without_a_blank() -> None:
    assert growth(lambda length: proposed("x" * length), 250_000, 1_000_000) < MOST_TIMES


def test_a_text_without_a_full_stop_is_read_once_for_where_its_sentences_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []

    def _marks(text: str) -> Iterator[tuple[int, int]]:
        read.append(text)
        return iter(())

    monkeypatch.setattr(earlier, "_sentence_marks", _marks)
    told = earlier.Told("Quill said that it leaks", (), {}, {})
    assert (told.count_ends(0, 9), told.count_ends(0, 24)) == (0, 0)
    assert len(read) == 1
