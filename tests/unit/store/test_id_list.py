"""Ids in an order: as a list of them would answer."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import pytest

from annotator.model.ids import Id, new_id, new_ids
from annotator.store.id_list import IdList
from annotator.store.keys import Keys


@pytest.fixture
def made() -> tuple[Keys, list[Id]]:
    keys = Keys()
    ids = [*new_ids(3), new_id(), *new_ids(2), new_id()]
    for one in ids:
        keys.claim(one)
    return keys, ids


@pytest.fixture
def both(made: tuple[Keys, list[Id]]) -> tuple[IdList, list[Id]]:
    keys, ids = made
    order = [4, 0, 6, 2, 5, 1]
    return IdList(array("q", (at + 1 for at in order)), keys), [ids[at] for at in order]


def test_answers_as_a_list_does(both: tuple[IdList, list[Id]]) -> None:
    found, plain = both
    assert (len(found), list(found), repr(found)) == (6, plain, repr(plain))
    assert [found[at] for at in range(-6, 6)] == [plain[at] for at in range(-6, 6)]
    for part in (slice(2), slice(1, 4), slice(None, None, -1), slice(9, 12)):
        assert found[part] == plain[part]
    assert [found.index(one) for one in plain] == list(range(6))
    assert all(one in found for one in plain)
    with pytest.raises(IndexError):
        found[6]


def test_does_not_know_others(both: tuple[IdList, list[Id]], made: tuple[Keys, list[Id]]) -> None:
    found, (_, ids) = both[0], made
    for other in (ids[3], new_id()):
        assert other not in found
        with pytest.raises(ValueError, match="not in array"):
            found.index(other)
    with pytest.raises(ValueError, match="not in array"):
        found.index(found[0], 1)
    assert "text" not in found


def test_equals_the_same_ids_in_the_same_order(both: tuple[IdList, list[Id]]) -> None:
    found, plain = both
    others: tuple[Sequence[Id], ...] = (found[1:], plain[1:], plain[::-1], [])
    assert found == found[:]
    assert found == plain
    assert plain == found
    assert not any(found == other for other in others)
    again = Keys()
    for one in plain:
        again.claim(one)
    assert found == IdList(array("q", range(1, 7)), again)
    assert found != "text"
