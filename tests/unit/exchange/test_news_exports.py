"""Texts that news archives export, with many articles in one file."""

from __future__ import annotations

from pathlib import Path

import pytest
from read_again import read, said

BLANKS = " " * 20
FIRST = f"""
{BLANKS}1 of 2 DOCUMENTS


{BLANKS}The Courier (Rye)

{BLANKS}March 3, 2015 Tuesday

Ferry stays, says mayor;
Council split

BYLINE: Ada Bell

SECTION: NEWS; Pg. 5

LENGTH: 456 words

The ferry stays, the mayor said. Nobody in the
council had expected that.

"It is safe," he said: it had been looked at.

LOAD-DATE: March 3, 2015

LANGUAGE: ENGLISH

{BLANKS}Copyright 2015 The Courier
"""
SECOND = f"""
{BLANKS}2 of 2 DOCUMENTS

{BLANKS}The Herald

{BLANKS}Spring 2015

LENGTH: 9 words

It goes.
"""


def test_each_document_is_an_article(tmp_path: Path) -> None:
    found = read(tmp_path, "a.TXT", (FIRST + SECOND).replace("\n", "\r\n"))
    one, other = (content.article for content in found[1])
    assert (one.name, one.title) == ("a.TXT:1", "Ferry stays, says mayor; Council split")
    assert one.text.startswith("Ferry stays, says mayor; Council split\n\nThe ferry stays, the mayor said.")
    assert one.text.endswith("it had been looked at.")
    facts = {"byline": "Ada Bell", "outlet": "The Courier (Rye)", "published": "2015-03-03"}
    assert one.meta == {**facts, "section": "NEWS; Pg. 5"}
    assert (other.text, other.meta["outlet"], other.name) == ("It goes.", "The Herald", "a.TXT:2")


@pytest.mark.parametrize(
    "text", ["1 of 5\n\nThe ferry stays.\n", f"Words before.\n{FIRST}", "Document the ferry.\n"]
)
def test_other_texts_are_one_article(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, "a.txt", text)
    assert [content.article.text for content in found[1]] == [text]
    assert said(found) == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("____\nTitle: A\nFull text: It goes.\n____\nTitle: B\nFull text: It stays.\n", "ProQuest"),
        (
            "It goes.\nDocument GRDN000020150303eb33000\nIt stays.\nDocument T000000020150303eb33001\n",
            "Factiva",
        ),
        ("From a@b.c Tue Mar  3 10:00:00 2015\nSubject: A\n\nNo.\n" * 2, "a mailbox"),
    ],
)
def test_several_texts_of_other_archives_are_told(tmp_path: Path, text: str, name: str) -> None:
    told = said(read(tmp_path, "a.txt", text))
    assert f"it seems to hold 2 texts as from {name}, and was read as one article; split it" in told
