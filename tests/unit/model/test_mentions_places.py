"""Where keys jump to, and which words an entity label is put on: own sentences."""

from __future__ import annotations

import pytest

from annotator.model import places
from annotator.model.mentions import mention_at
from annotator.model.units import TextUnits

TEXT = (
    "The pier is safe, Harbour Minister Ada Quill’s office said on Monday, 4 May 2020.\n\n"
    "“Nobody has asked us,” she added. The “deal” cost about 40 tonnes of gravel."
)


def stops(find: places.Find, step: int) -> list[str]:
    units = TextUnits(TEXT)
    offset = -1 if step > 0 else len(TEXT)
    found = []
    while (place := places.jump(units, find, offset, step)) is not None:
        found.append(TEXT[place.start : place.end])
        offset = place.start
    return found


def test_quotations_are_entered_behind_their_mark_and_single_words_passed_by() -> None:
    assert stops(places.quotations, 1) == ["Nobody"]


def test_cues() -> None:
    assert stops(places.cues, 1) == ["said", "asked", "added"]


def test_names_dates_and_numbers_but_not_the_first_word_of_a_sentence() -> None:
    found = stops(places.names, 1)
    assert found[:2] == ["Harbour Minister Ada Quill", "Monday"]
    assert "40" in found
    assert "The" not in found


@pytest.mark.parametrize("find", [places.quotations, places.cues, places.names])
def test_back_is_forwards_the_other_way(find: places.Find) -> None:
    assert stops(find, -1) == stops(find, 1)[::-1]


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_nothing_to_jump_to(text: str) -> None:
    assert places.jump(TextUnits(text), places.cues, 0, 1) is None


def test_a_search_ends_after_some_pages() -> None:
    text = "word " * 40_000 + "said"
    assert places.jump(TextUnits(text), places.cues, 0, 1) is None


@pytest.mark.parametrize(
    ("text", "at", "label", "expected"),
    [
        ("Harbour Minister Ada Quill’s office", "Harbour", "PERSON", "Ada Quill"),
        ("Harbour Minister Ada Quill’s office", "Quill", "ORG", "Harbour Minister Ada Quill"),
        ("Slovak Minister Ada Quill", "Slovak", "NORP", "Slovak"),
        ("The Port Authority paid.", "Port", "ORG", "Port Authority"),
        ("By Ada Quill", "Ada", "PERSON", "Ada Quill"),
        ("It came on March 14, 2024 by boat.", "March", "DATE", "March 14, 2024"),
        ("It came on Saturday, March 16, 2024.", "March", "DATE", "Saturday, March 16, 2024"),
        ("For the past three months it rained.", "months", "DATE", "the past three months"),
        ("It opens in May.", "May", "DATE", "May"),
        ("At 3 a.m. it fell.", "3", "TIME", "3 a.m."),
        ("After two hours it fell.", "two", "TIME", "two hours"),
        ("It cost $4 million.", "4", "MONEY", "$4 million"),
        ("It cost about 2.5 million euros.", "2.5", "MONEY", "about 2.5 million euros"),
        ("About 12% agreed.", "12", "PERCENT", "About 12%"),
        ("Up to 40 tonnes escaped.", "40", "QUANTITY", "Up to 40 tonnes"),
        ("More than 300 households paid.", "300", "CARDINAL", "More than 300"),
        ("the old harbour", "old", "LOC", "old"),
        ("נפגעו ב-London.", "London", "GPE", "London"),
        ("Nasr Al-Din left.", "Din", "PERSON", "Nasr Al-Din"),
        ("No date here.", "date", "DATE", "date"),
    ],
)
def test_what_a_label_is_put_on(text: str, at: str, label: str, expected: str) -> None:
    found = mention_at(TextUnits(text), text.index(at), label)
    assert text[found.start : found.end] == expected
