"""PDFs whose text is read from the right: as programs draw them, in the order in which they are read."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_pages import pdf

from annotator.exchange.articles import pdf_files
from annotator.exchange.articles.pdf_bidi import Letter, as_read, is_from_right, turned
from annotator.model.formats import Draft, ImportOptions

HEBREW = "".join(map(chr, range(0x5D0, 0x5EB)))
NOTE = "lines read from the right were put in the order in which they are read: {}"


def read(folder: Path, *pages: list[tuple[int, int, str]]) -> Draft:
    (folder / "a.pdf").write_bytes(pdf(*pages, alphabet=HEBREW))
    return pdf_files.read_pdf(folder / "a.pdf", ImportOptions())[0]


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        ("רמא אל", "לא אמר"),
        (".םימי 12.5 יכ רמא", "אמר כי 12.5 ימים."),
        ("2018 - 2016 םינשב", "בשנים 2016 - 2018"),
        (".2017-2018 םינשב", "בשנים 2017-2018."),
        ("62 תב ,(הדא) המא", "אמה (אדה), בת 62"),
        ("New York Times ןותיעהמ", "מהעיתון New York Times"),
        (".(Ada Rask, 62) היא רמא", "אמר איה (Ada Rask, 62)."),
        ("", ""),
    ],
)
def test_a_line_as_it_is_shown_is_put_in_the_order_in_which_it_is_read(shown: str, words: str) -> None:
    assert turned(shown, from_right=True) == words


def test_words_from_the_right_in_a_line_from_the_left_are_turned_alone() -> None:
    shown = "He said (לא רמא) and left: 12.5, בוט."
    assert turned(shown, from_right=False) == "He said (אמר אל) and left: 12.5, טוב."


def test_letters_are_read_in_their_places_whatever_order_they_are_drawn_in() -> None:
    shown = "אל רמא"
    letters = [Letter(one, 10.0 * at, 10.0 * at + 9.9, 10.0) for at, one in enumerate(shown) if one != " "]
    for drawn in (letters, letters[::-1], [*letters[3:], *letters[:3]]):
        assert as_read(drawn, from_right=True) == "אמר לא"
    # What stands close is one word, and shapes of letters are the letters.
    assert as_read([Letter("ﻼ", 5, 10, 10), Letter("ﺳ", 10.5, 15, 10)], from_right=True) == "سلا"


@pytest.mark.parametrize(("text", "found"), [("אבג abcd", False), ("אבג ab", True), ("12.5", False)])
def test_most_letters_tell_where_a_text_is_read_from(text: str, found: bool) -> None:
    assert is_from_right(text) is found


def test_a_page_is_read_from_the_right(tmp_path: Path) -> None:
    draft = read(tmp_path, [(300, 700, "םויב ריעה שאר רמא"), (330, 688, ".12.5 (הדא) ינשה")])
    assert draft.text == "אמר ראש העיר ביום השני (אדה) 12.5."
    assert draft.notes == (NOTE.format(2),)


def test_columns_of_such_a_page_are_read_from_the_right(tmp_path: Path) -> None:
    right = [(400, 700 - 12 * at, f"{one} הדומע ןימימ הרוש") for at, one in enumerate("אבגד")]
    left = [(60, 700 - 12 * at, f"{one} הדומע לאמשמ הרוש") for at, one in enumerate("אבגד")]
    draft = read(tmp_path, [*left, *right])
    words = draft.text.split()
    assert words.index("מימין") < words.index("משמאל")
    assert [one for one in words if len(one) == 1] == [*"אבגדאבגד"]


def test_pieces_of_a_line_are_put_together_where_they_stand(tmp_path: Path) -> None:
    draft = read(tmp_path, [(300, 700, ".2016"), (335, 700, "תנשב ריעה שאר")])
    assert draft.text == "ראש העיר בשנת 2016."


def test_a_page_in_latin_letters_is_not_touched(tmp_path: Path) -> None:
    page = [(50, 700, "THE BOARD VOTED (AGAIN) IN 2016.")]
    assert read(tmp_path, page).text == page[0][2]
    assert read(tmp_path, page).notes == ()
