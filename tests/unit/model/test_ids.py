"""Ids: sorted by time, unique, written and read back."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.ids import Id, id_from_text, id_text, id_texts, id_time, new_id, new_ids


def test_ids_of_one_run_ascend_and_differ() -> None:
    ids = new_ids(1000)
    assert ids == sorted(set(ids))


def test_later_ids_sort_after_earlier_ones() -> None:
    earlier = [new_id() for _ in range(200)]
    assert [one[:8] for one in earlier] == sorted(one[:8] for one in earlier)


def test_an_id_is_a_version_7_uuid_of_now() -> None:
    before = uuid.UUID(bytes=new_id())
    assert before.version == 7
    assert before.variant == uuid.RFC_4122


def test_runs_of_ids_are_consecutive_numbers() -> None:
    numbers = [int.from_bytes(one, "big") for one in new_ids(5)]
    assert numbers == list(range(numbers[0], numbers[0] + 5))


def test_time_of_an_id_is_near_now() -> None:
    import time

    assert abs(id_time(new_id()) - time.time_ns() // 1000) < 5_000_000


@given(st.binary(min_size=16, max_size=16))
def test_text_of_an_id_reads_back(raw: bytes) -> None:
    text = id_text(Id(raw))
    assert text == str(uuid.UUID(bytes=raw))
    assert id_from_text(text) == raw


@pytest.mark.parametrize("text", ["", "abc", "g" * 32, "0" * 31])
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        id_from_text(text)


def test_many_ids_are_written_as_each_of_them_is() -> None:
    run, other = new_ids(300), [Id(bytes(15) + b"\1"), *new_ids(2)]
    for ids in ([], run, run[::-1], [*run, *other], other):
        assert id_texts(ids) == [*map(id_text, ids)]
