"""Where the name of an office stands, in capitals or not, and what is called by it."""

from __future__ import annotations

import pytest

from annotator.nlp.attributions.offices import behind_office, lower_alike


def behind(text, office, short=""):
    return [(match[1], match[2].strip()) for match in behind_office(text, lower_alike(text), office, short)]


@pytest.mark.parametrize(
    ("text", "office", "short", "found"),
    [
        ("Senator Quill met Sen. Lee.", "senator", "sen", [("", "Quill met Sen. Lee."), ("", "Lee.")]),
        ("The MAYOR, Ann Quill, left.", "mayor", "", [(",", "Ann Quill")]),
        ("The mayor. Quill left.", "mayor", "", []),
        ("Mayors Quill and Lee, a co-mayor Roe", "mayor", "", [("", "Roe")]),
        ("İ said the mayor Quill", "mayor", "", [("", "Quill")]),
        ("Quill", "mayor", "", []),
    ],
)
def test_who_stands_behind_an_office(text, office, short, found):
    assert behind(text, office, short) == found


def test_small_letters_stay_where_they_were():
    assert lower_alike("İ Quill") == "İ quill"
