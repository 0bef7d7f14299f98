"""Word lists: lines below headings, and what is no word of theirs."""

from __future__ import annotations

import pytest

from annotator.model.resources import resource
from annotator.model.word_lists import read_lines, read_sections, sections_of

NAMES = sorted(path.stem for path in resource("lexicons").glob("*.txt"))


def test_lines_stand_below_their_heading_also_where_it_comes_again() -> None:
    assert sections_of(["[A]", "one two", "[B]", "three", "[A]", "four"]) == {
        "A": ["one two", "four"],
        "B": ["three"],
    }


@pytest.mark.parametrize("name", NAMES)
def test_remarks_and_empty_lines_are_no_words(name: str) -> None:
    lines = read_lines(name)
    assert lines
    assert not any(line.startswith("#") or not line for line in lines)
    assert all(read_sections(name).values())
