from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.ids import Id, new_id, new_ids
from annotator.store.keys import Keys, Words


def test_a_run_of_ids_is_one_run_of_keys() -> None:
    keys = Keys()
    ids = new_ids(100)
    found = [keys.claim(one) for one in ids]
    assert [key for key, _ in found] == list(range(1, 101))
    assert all(fresh for _, fresh in found)
    assert keys.unsaved() == [(1, ids[0], 100)]
    assert keys.unsaved() == []


def test_an_id_named_before_its_turn_keeps_its_key_and_breaks_the_run() -> None:
    keys = Keys()
    ids = new_ids(4)
    keys.claim(ids[0])
    early = keys.key_of[ids[2]]
    assert [keys.claim(one)[1] for one in ids] == [False, True, False, True]
    assert keys.find(ids[2]) == early
    assert len({keys.find(one) for one in ids}) == 4
    assert [keys.id(keys.key_of[one]) for one in ids] == ids


def test_what_has_no_key_is_not_found() -> None:
    keys = Keys()
    ids = new_ids(3)
    keys.claim(ids[1])
    assert keys.find(ids[0]) is None
    assert keys.find(ids[2]) is None
    with pytest.raises(KeyError):
        keys.id(99)
    with pytest.raises(KeyError):
        keys.id(0)


numbers = st.lists(st.integers(0, 40), max_size=60)


@given(numbers, st.integers(0, 60))
def test_keys_and_ids_are_one_to_one_also_after_saving_and_reading(order: list[int], cut: int) -> None:
    keys = Keys()
    expected: dict[Id, int] = {}
    saved: list[tuple[int, bytes, int]] = []
    for at, number in enumerate(order):
        if at == cut:
            saved += keys.unsaved()
            keys = Keys(saved)
        record_id = Id(number.to_bytes(16, "big"))
        key, fresh = keys.claim(record_id)
        assert fresh == (record_id not in expected)
        assert expected.setdefault(record_id, key) == key
    again = Keys(saved + keys.unsaved())
    for record_id, key in expected.items():
        assert again.find(record_id) == key
        assert again.id(key) == record_id
    assert again.ids(expected.values()) == list(expected)
    assert len(set(expected.values())) == len(expected)


def test_place_grows_even_for_a_key_given_out_before() -> None:
    keys = Keys()
    early, late = new_id(), new_id()
    keys.claim(early)
    keys.claim(late)
    assert keys.place(1) > keys.place(2)


def test_words_keep_their_keys() -> None:
    words = Words([(3, "CLAIM")])
    assert words.key_of["CLAIM"] == 3
    assert words.key_of["CUE"] == 4
    assert words.find("nothing") == 0
    assert words.word_of[4] == "CUE"
    assert words.unsaved() == [(4, "CUE")]
    assert words.unsaved() == []


@pytest.mark.parametrize("order", [(0, 1, 1, 3), (0, 2, 1, 3), (0, 1, 2, 4), (3, 2, 1, 0), (0, 0, 0, 3)])
def test_a_run_is_claimed_only_of_ids_that_follow_one_another(order: tuple[int, ...]) -> None:
    keys, ids = Keys(), new_ids(5)
    assert keys.claim_run([ids[at] for at in order]) is None
    assert keys.newest == 0
    assert keys.claim_run(ids) == range(1, 6)
    assert keys.claim_run(ids[1:]) is None


@given(numbers)
def test_ids_that_follow_their_keys_are_in_order_also_among_themselves(order: list[int]) -> None:
    keys = Keys()
    found = [keys.claim(Id(number.to_bytes(16, "big")))[0] for number in order]
    if not found:
        return
    every = keys.ids(range(min(found), max(found) + 1))
    assert keys.follow(found) == (every == sorted(every))
