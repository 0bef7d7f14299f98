"""What leads back to itself, found for all at once."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import rules
from annotator.model.ids import Id, new_id, new_ids
from annotator.model.records import Frame, RoleEnd
from annotator.model.rings import Rings, in_rings

ONES = [Id(bytes([number]) * 16) for number in range(9)]
ARTICLE, ME = new_id(), new_id()


def frame(own: Id, *ends: RoleEnd) -> Frame:
    return Frame(own, ARTICLE, "TELLS", ends, ME, 0)


def inside(own: Id, role: str = "inside") -> RoleEnd:
    return RoleEnd(role, "frame", own)


def test_a_ring_and_what_leads_to_it_and_from_it() -> None:
    a, b, c, d, e, *_ = ONES
    assert in_rings({a: [b], b: [c], c: [b, d], d: [e]}) == {b, c}


def test_two_rings_through_one() -> None:
    a, b, c, *_ = ONES
    assert in_rings({a: [b, c], b: [a], c: [a]}) == {a, b, c}


def test_what_points_to_itself_alone_is_no_ring() -> None:
    a, b, *_ = ONES
    assert in_rings({a: [a], b: [a]}) == frozenset()
    assert not Rings([frame(a, inside(a))]).hold(frame(a, inside(a)), "inside")


def test_a_ring_is_one_of_one_role() -> None:
    a, b, *_ = ONES
    frames = [frame(a, inside(b)), frame(b, inside(a, "source"))]
    rings = Rings(frames)
    assert not any(rings.hold(one, role) for one in frames for role in ("inside", "source", "claim"))


def test_what_was_left_behind_joins_nothing_however_much_was_met_since() -> None:
    start, left, other, after = ONES[:4]
    wide = [*new_ids(20), after]
    assert in_rings({start: [left], other: wide, after: [left]}) == frozenset()


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_long_row_takes_one_walk(*, is_closed: bool) -> None:
    row = new_ids(30_000)
    arrows = {one: [to] for one, to in pairwise(row)}
    if is_closed:
        arrows[row[-1]] = [row[0]]
    assert in_rings(arrows) == (frozenset(row) if is_closed else frozenset())


@given(
    st.dictionaries(st.sampled_from(ONES), st.lists(st.sampled_from(ONES), max_size=4, unique=True)),
)
def test_it_finds_what_following_one_after_the_other_finds(arrows: dict[Id, list[Id]]) -> None:
    frames = {own: frame(own, *map(inside, arrows.get(own, ()))) for own in ONES}
    rings = Rings(frames.values())
    for one in frames.values():
        assert rings.hold(one, "inside") == rules.comes_back(one, "inside", lambda _, end: frames.get(end))
