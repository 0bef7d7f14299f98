"""Texts that news archives export, with many articles in one file."""

from __future__ import annotations

from pathlib import Path

import pytest
from growing import growth
from read_again import read, said

from annotator.exchange.articles.news_exports import text_of_page

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


LEXIS = """<HTML><BODY><DIV><P>Download Request: Selected Items: 1-2</P></DIV>{}</BODY></HTML>"""
DOCUMENT = """<A NAME="DOC_ID_1_0"></A><!-- Hide XML section from browser
<DOC NUMBER=1>
<DOCFULL> -->
<BR><DIV><P><SPAN>{} of 2 DOCUMENTS</SPAN></P></DIV>
<BR><DIV><P><IMG SRC="logo"><BR><SPAN>{}</SPAN></P></DIV>
<BR><DIV><P><SPAN>3.</SPAN><SPAN> M&auml;rz 2015 Dienstag</SPAN></P></DIV>
<BR><DIV><P><SPAN>{}</SPAN></P></DIV>
<BR><DIV><P><SPAN>AUTOR: </SPAN><SPAN>Ada Bell</SPAN></P></DIV>
<BR><DIV><P><SPAN>L&Auml;NGE: </SPAN><SPAN>45 W&ouml;rter</SPAN></P></DIV>
<BR><DIV><P>Die F&auml;hre bleibt (<SPAN>CDU</SPAN>).</P><P>Niemand wusste das.</P></DIV>
<BR><DIV><P><SPAN>UPDATE: </SPAN><SPAN>4. M&auml;rz 2015</SPAN></P></DIV>
<!-- Hide XML section from browser
</DOCFULL>
</DOC> -->
"""
CODED = """<div class="article frArticle"><table>
<tr><td><b>HD</b>&nbsp;</td><td><b class='frHeadline'>{}</b></td></tr>
<tr><td><b>BY</b>&nbsp;</td><td>Ada Bell</td></tr><tr><td><b>PD</b></td><td>29 décembre 2011</td></tr>
<tr><td><b>SN</b></td><td>Le Bac</td></tr><tr><td><b>LP</b></td><td><p class="articleParagraph">Un.</p>
<p class="articleParagraph">Deux.</p></td></tr><tr><td><b>IN</b></td><td>i1 : Ports</td></tr></table></div>"""
PLAIN = """<div class="article enArticle"><div id="hd"><span class="enHeadline">{}</span></div>
<div class="author">Ada Bell</div><div>427 words</div><div>14 November 2017</div><div>02:10</div>
<div>The Courier</div><div>COUR</div><p class="articleParagraph enarticleParagraph">One.</p>
<p class="articleParagraph enarticleParagraph">Two.</p><p>Document COUR000020171114</p></div>"""


def test_each_document_of_a_page_of_lexisnexis_is_an_article(tmp_path: Path) -> None:
    made = DOCUMENT.format(1, "Kurier", "Bleibt") + DOCUMENT.format(2, "Bote", "Geht")
    found = read(tmp_path, "a.html", LEXIS.format(made))
    one, other = (content.article for content in found[1])
    assert one.text == "Bleibt\n\nDie Fähre bleibt (CDU).\n\nNiemand wusste das."
    assert one.meta == {"byline": "Ada Bell", "outlet": "Kurier", "published": "2015-03-03"}
    assert (other.title, other.meta["outlet"], other.name) == ("Geht", "Bote", "a.html:2")


@pytest.mark.parametrize(
    ("made", "text", "outlet", "day"),
    [
        (CODED, "Un.\n\nDeux.", "Le Bac", "2011-12-29"),
        (PLAIN, "One.\n\nTwo.", "The Courier", "2017-11-14"),
    ],
)
def test_each_article_of_a_page_of_factiva_is_one(
    tmp_path: Path, made: str, text: str, outlet: str, day: str
) -> None:
    articles = f"{made.format('First')}{made.format('Second')}"
    found = read(tmp_path, "a.html", f"<html><body><h1>Factiva</h1>{articles}</body></html>")
    one, other = (content.article for content in found[1])
    assert (one.title, one.text) == ("First", f"First\n\n{text}")
    assert one.meta == {"byline": "Ada Bell", "outlet": outlet, "published": day}
    assert other.title == "Second"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cats/N are/V animals/N ./N\n\n" * 3, "it holds words with their tags (word/TAG)"),
        ("Ada|NNP said|VBD no|UH .|. " * 3, "it holds words with their tags (word/TAG)"),
        ("1219\n1220\n1221\n", "there is no word in it, only numbers and signs"),
        ("<START:man> Ada <END> of <START:town> Bell <END> met <START:man> Cy <END> .", "<START:man>"),
        ("ferry\n10\n22.5\n31\n40\n", "most of its lines are numbers"),
    ],
)
def test_what_is_no_running_text_is_told(tmp_path: Path, text: str, words: str) -> None:
    assert words in said(read(tmp_path, "a.txt", text))


def test_documents_without_a_text_are_counted(tmp_path: Path) -> None:
    empty = CODED.format("Second").replace("articleParagraph", "picture")
    found = read(tmp_path, "a.html", f"<html><body>{CODED.format('First')}{empty}</body></html>")
    assert [one.article.title for one in found[1]] == ["First"]
    assert "1 document without text left out" in said(found)


def test_a_page_of_open_ends_takes_no_longer_than_its_length() -> None:
    assert growth(lambda count: text_of_page("<div " * count), 5_000, 40_000) < 30
