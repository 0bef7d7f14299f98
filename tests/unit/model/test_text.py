"""Settling a text, and counting it: compared with Python's own UTF-16 encoder."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.model.errors import TextRefused, UserError
from annotator.model.text import Utf16Map, encoding_named, length16, paragraphs_at, settle, sha256_of

ODD = [
    "😀",
    "👨\u200d👩\u200d👧",
    "e\u0301",
    "قال",
    "א",
    "\u2028",
    "\u2029",
    "\x85",
    "\ufeff",
    "\r\n",
    "\r",
    "\n",
    "\0",
    "𝐓",
    "a",
]
TEXTS = st.lists(st.sampled_from(ODD) | st.characters(blacklist_categories=["Cs"]), max_size=30).map("".join)


def slowly_to_16(text, offset):
    return len(text[:offset].encode("utf-16-le")) // 2


@given(TEXTS)
def test_offsets_agree_with_pythons_encoder(text):
    positions = Utf16Map(text)
    for offset in range(len(text) + 1):
        offset16 = slowly_to_16(text, offset)
        assert positions.to_16(offset) == offset16
        assert positions.from_16(offset16) == offset


@given(TEXTS, st.data())
def test_many_offsets_are_converted_as_one_by_one(text, data):
    offsets = sorted(data.draw(st.lists(st.integers(0, len(text)))))
    assert [*Utf16Map(text).all_to_16(offsets)] == [slowly_to_16(text, one) for one in offsets]
    assert length16(text) == slowly_to_16(text, len(text))


@given(TEXTS)
def test_inside_a_pair_is_its_start(text):
    positions = Utf16Map(text)
    for offset, char in enumerate(text):
        if char > "\uffff":
            assert positions.from_16(slowly_to_16(text, offset) + 1) == offset


@given(TEXTS)
@example("\ufeff\r\n\rx")
@example("\ufeff\ufeffx\r\n")
def test_settling_moves_offsets_along(raw):
    try:
        settled = settle(raw)
    except TextRefused:
        assert "\0" in raw or not raw.removeprefix("\ufeff").strip()
        return
    assert "\r" not in settled.text
    without = raw.removeprefix("\ufeff")
    assert settled.text == without.replace("\r\n", "\n").replace("\r", "\n")
    assert bool(settled.notes) == (settled.text != raw)
    for offset, char in enumerate(raw):
        is_mark = offset == 0 and char == "\ufeff"
        is_second_half = char == "\n" and raw[offset - 1 : offset] == "\r"
        if not is_mark and not is_second_half:
            assert settled.text[settled.offset(offset)] == char.replace("\r", "\n")
    assert settled.offset(len(raw)) == len(settled.text)


@given(TEXTS)
def test_settling_twice_changes_nothing_but_another_mark(raw):
    try:
        once = settle(raw).text
        twice = settle(once).text
    except TextRefused:
        return
    assert twice == once.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("raw", "words", "offset"),
    [
        ("a\nb\0c", "character 3, line 2", 3),
        ("ab\ud800", "surrogate) at character 2, line 1", 2),
        ("\udc00", "surrogate", 0),
        ("", "empty", 0),
        ("\ufeff \n\u3000\t", "empty", 0),
    ],
)
def test_refusals_name_the_place(raw, words, offset):
    with pytest.raises(TextRefused, match=words.replace(")", r"\)")) as caught:
        settle(raw)
    assert caught.value.offset == offset


def test_one_line_of_a_megabyte():
    text = "wörd 😀 " * 150_000
    settled = settle(text)
    assert settled.text == text
    positions = Utf16Map(text)
    assert positions.to_16(len(text)) == len(text) + 150_000
    for offset in (0, 5, 6, len(text) // 2, len(text) - 1):
        assert positions.to_16(offset) == slowly_to_16(text, offset)


def test_breaks_other_than_carriage_returns_stay():
    text = "One.\x85Two.\u2028Three.\u2029Four.\x0bFive.\x0cSix.\x1cSeven.\n"
    assert settle(text).text == text
    assert settle(text).notes == ()


@given(TEXTS)
def test_the_hash_is_that_of_the_utf_8_bytes(text):
    assert sha256_of(text) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("word", "name"), [("UTF8", "utf-8"), ("windows-1252", "cp1252"), ("utf-8-sig", "utf-8-sig")]
)
def test_an_encoding_is_known_by_its_names(word, name):
    assert encoding_named(word) == name


@pytest.mark.parametrize("word", ["", "utf-odd", "rot13", "base64", "utf\08"])
def test_what_is_no_encoding_of_texts_is_named_with_some_that_are(word):
    with pytest.raises(UserError, match="windows-1252"):
        encoding_named(word)


@pytest.mark.parametrize(
    ("start", "end", "expected"), [(0, 1, "one"), (5, 6, "two"), (1, 6, "one\ntwo"), (9, 12, "three")]
)
def test_paragraphs_that_a_stretch_lies_in(start, end, expected):
    text = "one\ntwo\nthree"
    first, last = paragraphs_at(start, end, text)
    assert text[first:last] == expected
