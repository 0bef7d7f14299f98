from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.records import Fragment
from annotator.model.units import SECTION, TextUnits, paragraph_bounds, section_cuts

TEXT = """Mayor stands firm

Deputy Mayor Ana Ruiz told reporters on Monday that the plan would go on. “We will build,” she said.

The plan is late. Critics of Delta Press doubt it.
"""
lines = st.text(alphabet=["a", "B", ".", " ", "\n", "“", "”", "\u2028", "😀", "\u0301"], max_size=60)


@pytest.fixture
def units() -> TextUnits:
    return TextUnits(TEXT)


def at(units: TextUnits, words: str) -> int:
    return units.text.index(words)


def said(units: TextUnits, stretch: Fragment | None) -> str | None:
    return None if stretch is None else units.text[stretch.start : stretch.end]


def tiles(bounds: list[tuple[int, int]], length: int) -> bool:
    edges = [0, *(end for _, end in bounds)]
    return [start for start, _ in bounds] == edges[:-1] and edges[-1] == length


def test_paragraphs_are_lines_that_hold_anything() -> None:
    text = "a\n\n \t\nb\r\nc\u2028d\u2029e\n"
    assert [text[start:end] for start, end in paragraph_bounds(text)] == ["a", "b", "c", "d", "e"]


@given(lines)
def test_sections_tile_their_paragraphs(text: str) -> None:
    units = TextUnits(text)
    for number, (start, end) in enumerate(units.paragraphs):
        mine = [
            (one - start, other - start)
            for one, other, owner in zip(units.starts, units.ends, units.paragraph_of, strict=True)
            if owner == number
        ]
        assert tiles(mine, end - start)


@pytest.mark.parametrize("piece", ["x", "word ", "It rained. ", "e\u0301", "👨‍👩‍👧‍👦", "“a” "])
def test_a_long_paragraph_is_cut_into_pieces_between_visible_characters(piece: str) -> None:
    text = piece * (3 * SECTION // len(piece))
    cuts = [*section_cuts(text, 0, len(text)), len(text)]
    assert tiles(list(pairwise(cuts)), len(text))
    assert all(other - one <= SECTION + 8 for one, other in pairwise(cuts))
    assert all(cut % len(piece) == 0 for cut in cuts) or piece == "“a” "


def test_a_tower_of_marks_is_cut_anyway() -> None:
    assert len(section_cuts("a" + "\u0301" * 20_000, 0, 20_001)) >= 5


@given(lines, st.integers(0, 70))
def test_every_offset_has_its_units(text: str, offset: int) -> None:
    units = TextUnits(text)
    token = units.token_at(offset)
    assert 0 <= token.start <= token.end <= len(text)
    for found in (
        units.sentence_at(offset),
        units.paragraph_at(offset),
        units.claim_at(offset),
        units.name_at(offset),
    ):
        assert 0 <= found.start <= found.end <= len(text)
    following, before = units.next_token(offset), units.previous_token(offset)
    assert following is None or following.start > offset
    assert before is None or before.start < offset


@given(lines)
def test_stepping_through_the_tokens_meets_each_once_both_ways(text: str) -> None:
    units = TextUnits(text)
    forward = [units.token_at(0)] if units.starts else []
    while forward and (following := units.next_token(forward[-1].start)):
        forward.append(following)
    backward = forward[-1:]
    while backward and (before := units.previous_token(backward[-1].start)):
        backward.append(before)
    assert backward[::-1] == forward
    assert len(forward) == sum(len(units.tokens(section)) for section in range(len(units.starts)))


def test_a_statement_is_the_quotation_or_the_clause_or_the_sentence(units: TextUnits) -> None:
    assert said(units, units.claim_at(at(units, "build"))) == "“We will build,”"
    assert said(units, units.claim_at(at(units, "go on"))) == "that the plan would go on"
    assert said(units, units.claim_at(at(units, "late"))) == "The plan is late"


def test_a_name_is_a_run_of_capitals(units: TextUnits) -> None:
    assert said(units, units.name_at(at(units, "Ana"))) == "Deputy Mayor Ana Ruiz"
    assert said(units, units.name_at(at(units, "plan"))) == "plan"


def test_steps_by_sentence_and_paragraph(units: TextUnits) -> None:
    here = at(units, "The plan is late")
    assert said(units, units.sentence_after(here, 1)) == "Critics of Delta Press doubt it."
    assert said(units, units.sentence_after(here, -1)) == "“We will build,” she said."
    assert said(units, units.sentence_after(here + 5, -1)) == "The plan is late."
    assert units.paragraph_after(here, 1) is None
    assert said(units, units.paragraph_after(here, -2)) == "Mayor stands firm"


def test_an_empty_text_has_no_units() -> None:
    units = TextUnits("")
    assert units.token_at(0) == Fragment(0, 0)
    assert units.next_token(0) is None
    assert units.previous_token(0) is None
    assert units.quotation_at(0) is None
    assert units.sections_of(0, 1) == range(0)


def test_the_section_of_an_offset_between_paragraphs_is_the_one_before() -> None:
    units = TextUnits("ab\n\ncd")
    assert [units.section_at(offset) for offset in range(6)] == [0, 0, 0, 0, 1, 1]
    assert units.sections_of(2, 4) == range(1, 1)
    assert units.sections_of(1, 5) == range(2)
