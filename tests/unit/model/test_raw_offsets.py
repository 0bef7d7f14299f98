"""Offsets of the raw text in any unit, held against Python's own encoders."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.raw_offsets import RawOffsets
from annotator.model.text import settle

RAW = st.text(st.sampled_from("ab é😀\u2028\r\n"), min_size=1).filter(str.strip)


@given(RAW, st.data())
def test_every_unit_finds_the_character(raw: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(raw)))
    settled = settle(raw)
    sizes = {
        "characters": at,
        "utf16": len(raw[:at].encode("utf-16-le")) // 2,
        "bytes": len(raw[:at].encode()),
    }
    for unit, offset in sizes.items():
        offsets = RawOffsets(raw, settled, unit)
        assert offsets.raw_of(offset) == at
        before = settle(f"{raw[:at]}.").text[:-1] if raw[at - 1 : at + 1] != "\r\n" else None
        if before is not None:
            assert settled.text[: offsets.settled_of(at)] == before


def test_places_outside_and_inside_a_character_are_none() -> None:
    raw = "a😀é"
    assert [RawOffsets(raw, settle(raw), "bytes").raw_of(at) for at in (-1, 2, 6, 8)] == [None] * 4
    assert [RawOffsets(raw, settle(raw), "utf16").raw_of(at) for at in (-1, 2, 5)] == [None] * 3
    assert [RawOffsets(raw, settle(raw), "characters").raw_of(at) for at in (-1, 4)] == [None] * 2


def test_offsets_stand_still_where_nothing_moves_them() -> None:
    for raw, unit, is_still in (
        ("é a", "characters", True),
        ("é a", "utf16", True),
        ("é a", "bytes", False),
        ("😀", "utf16", False),
        ("a\r\nb", "characters", False),
        ("\ufeffa", "characters", False),
    ):
        assert RawOffsets(raw, settle(raw), unit).is_still is is_still, (raw, unit)
