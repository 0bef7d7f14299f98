"""Files of other programs that hold one article: web pages, Word, PDF, mail, Markdown."""

from __future__ import annotations

import zipfile
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_pages import lines, pdf

from annotator.exchange.articles import docx_files, html_files, mail_files, markdown_files, pdf_files
from annotator.exchange.articles.web_page import read_page
from annotator.model.errors import EncodingRefused, UserError
from annotator.model.formats import ImportOptions, Step

PAGE = """<!doctype html><html lang="en-GB"><head><title>Bridge to close | The Courier</title>
<meta property="og:title" content="Bridge to close for a year, mayor says">
<meta property="og:site_name" content="The Courier"><meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2024-03-04T10:00:00Z"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport pages</a></li></ul></nav><article>
<h1>Bridge to close for a year, mayor says</h1>
<p>The old bridge over the river will be closed from <b>Monday</b>, the mayor said on Friday.
<a href="http://127.0.0.1:9/x">"Nobody wanted this,"</a> she said.</p><h2>Costs</h2>
<p>A council member doubted the figures and asked for a new report on what the works would cost the town.</p>
<blockquote>"We were told nothing," the owner of the ferry said.</blockquote>
<script>document.write("not this")</script></article>
<footer>All rights reserved. Write to us. Terms of use. Privacy. Cookies. Work for us. Sitemap.</footer>
</body></html>"""


def read(module, tmp_path, name, data, **options):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    importer = module.FORMAT.importer
    (draft,) = (one for one in importer.read(path, ImportOptions(**options)) if not isinstance(one, Step))
    assert importer.recognises(path)
    assert draft.text.startswith(importer.preview(path, ImportOptions(**options)).sample)
    return draft


def test_a_page_gives_its_article_and_its_facts(tmp_path):
    draft = read(html_files, tmp_path, "a.html", PAGE)
    assert draft.title == "Bridge to close for a year, mayor says"
    assert draft.meta == {"byline": "Ann Lee", "outlet": "The Courier", "published": "2024-03-04"}
    assert draft.language == "en"
    paragraphs = draft.text.split("\n\n")
    assert paragraphs[0] == draft.title
    assert paragraphs[1] == (
        "The old bridge over the river will be closed from Monday, the mayor said on Friday. "
        '"Nobody wanted this," she said.'
    )
    assert '"We were told nothing," the owner of the ferry said.' in paragraphs
    assert "Sport pages" not in draft.text
    assert "not this" not in draft.text
    assert draft.notes == ("1 scripts and embedded objects left out",)


def test_a_short_page_is_read_whole():
    page = read_page("<p>One &amp; <b>two</b></p>three<br>four<ul><li>five<li>six</ul><title>x</title>")
    assert page.text == "One & two\n\nthree\n\nfour\n\nfive\n\nsix"


def test_paragraphs_of_a_short_article_stay_apart():
    said = (
        "The dam above the town will close for a year, the minister said, because it leaks at many places.",
        "“It leaks,” she said. “We have to mend it before the winter, and that takes a year of work.”",
    )
    page = read_page(
        "<nav>Home Sport</nav><article><h1>Dam to close</h1><p class='byline'>By Ada Quill</p>"
        f"<p>{said[0]}</p><p>{said[1]}</p></article><footer>Copyright</footer>"
    )
    assert page.text.split("\n\n") == ["Dam to close", "By Ada Quill", *said]


def test_what_is_left_out_around_an_article_is_said():
    menu = "".join(f"<li><a href='/{n}'>Section number {n} of this paper</a></li>" for n in range(30))
    page = read_page(PAGE.replace("<ul>", f"<ul>{menu}"))
    assert "Section number" not in page.text
    assert any("characters around the article" in note for note in page.notes)


@pytest.mark.parametrize(
    ("head", "data", "text"),
    [
        (b'<meta charset="windows-1252">', b"caf\xe9 \x93so\x94", "café “so”"),
        (b'<meta charset="iso-8859-1">', b"\x93so\x94 it goes", "“so” it goes"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?>', b"\xb3\xf3d\xbc is a town", "łódź is a town"),
        (b"", "łódź 💩".encode(), "łódź 💩"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_names(tmp_path, head, data, text):
    draft = read(html_files, tmp_path, "a.htm", head + b"<p>" + data + b"</p>")
    assert draft.text == text
    assert len(draft.notes) == bool(head)


def test_a_page_that_names_a_wrong_encoding_is_refused_until_one_is_chosen(tmp_path):
    data = b'<meta charset="utf-8"><p>caf\xe9</p>'
    with pytest.raises(EncodingRefused, match="Windows-1252"):
        read(html_files, tmp_path, "a.html", data)
    assert read(html_files, tmp_path, "a.html", data, encoding="windows-1252").text == "café"


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<script>x()</script><p hidden>no</p>", "no text in the page"),
        ("<!-- only this -->", "no text in the page"),
        ("<div>" * 1000 + "deep", "nested too deep"),
    ],
)
def test_a_page_without_an_article_is_refused(page, why):
    with pytest.raises(UserError, match=why):
        read_page(page)


@given(st.text(st.sampled_from("<>/pbdivscript &;#x0\"'= aé😀\n-!"), max_size=60))
def test_any_page_gives_text_or_a_sentence(page):
    try:
        found = read_page(page)
    except UserError:
        return
    assert found.text.strip()


def docx(body, **parts):
    head = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    kinds = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("[Content_Types].xml", kinds)
        packed.writestr("word/document.xml", f"{head}{body}</w:body></w:document>")
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data)
    return file.getvalue()


def para(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_document_gives_its_paragraphs(tmp_path):
    draft = read(docx_files, tmp_path, "a.docx", docx(para("One, two.") + para("") + para("“Three” 😀")))
    assert draft.text == "One, two.\n\n“Three” 😀"
    assert draft.notes == ()


def test_tracked_changes_tables_and_macros_are_said(tmp_path):
    changed = "<w:p><w:r><w:t>Kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    changed += "<w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>"
    table = f"<w:tbl><w:tr><w:tc>{para('left')}</w:tc><w:tc>{para('right')}</w:tc></w:tr></w:tbl>"
    draft = read(docx_files, tmp_path, "a.docm", docx(changed + table, word__vbaProject_bin="x"))
    assert draft.text == "Kept new\n\nleft\n\nright"
    assert [note.split()[0] for note in draft.notes] == ["macros", "tracked", "cells"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"plain words", "no Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "password"),
        (docx(para("x" * 500))[:-40], "damaged or cut"),
        (docx(para("x" * 500))[:30] + docx(para("x" * 500))[31:], "damaged or cut"),
        (docx(""), "no text"),
        (docx(para("a" * 30_000_000)), "damaged or cut|unpacks to|too much|too large"),
        (docx(para("x"), word__styles_xml="<!DOCTYPE x [<!ENTITY e 'y'>]><x/>"), "document type"),
        (
            docx("".join(f"<w:p x='{n}'/>" for n in range(200_000))),
            "20.,... elements, and 200,000 is the limit",
        ),
        (docx("<w:p>"), "a part of it is damaged"),
        (docx(para("x"), word__styles_xml="<w:styles>"), "a part of it is damaged"),
    ],
    ids=["text", "old", "cut", "gap", "empty", "large", "entity", "elements", "torn", "styles"],
)
def test_what_is_no_document_is_refused(tmp_path, data, why):
    if len(data) > 1_000_000:
        file = BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("word/document.xml", data)
        data = file.getvalue()
    with pytest.raises(UserError, match=why):
        read(docx_files, tmp_path, "a.docx", data)


def test_columns_pages_and_broken_words_of_a_pdf_are_put_together(tmp_path):
    first = [(50, 780, "The Courier 1")]
    first += lines(
        50, "The bridge will be closed for a year, the", "mayor said. Nobody had been told be-", "fore."
    )
    first += lines(320, "A member of the council said that the", "town should wait for the")
    second = [(50, 780, "The Courier 2"), *lines(50, "report of the auditors, due in May.")]
    third = [(50, 780, "The Courier 3"), *lines(50, "The end.")]
    draft = read(pdf_files, tmp_path, "a.pdf", pdf(first, second, third))
    assert draft.text.split("\n\n") == [
        "The bridge will be closed for a year, the mayor said. Nobody had been told before.",
        "A member of the council said that the town should wait for the report of the auditors, due in May.",
        "The end.",
    ]
    assert draft.notes[0] == "1 words broken at the end of a line were joined"
    assert "The Courier #" in draft.notes[1]


def test_gaps_and_indents_part_the_paragraphs_of_a_pdf(tmp_path):
    page = lines(50, "One line of words here,", "and its end.") + lines(50, "Apart by a gap.", top=655)
    page += [(64, 643, "Indented, so a new one."), (50, 631, "which goes on.")]
    draft = read(pdf_files, tmp_path, "a.pdf", pdf(page))
    found = draft.text.split("\n\n")
    assert found[0] == "One line of words here, and its end."
    assert found[-1] == "Indented, so a new one. which goes on."


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (pdf([]), "holds no text"),
        (pdf(lines(50, "words"))[:150], "damaged|no text"),
        (pdf(lines(50, "words")).replace(b"/Kids[3 0 R]", b"/Kids[/Font] "), "damaged|no text"),
        (b"words", "no PDF"),
    ],
)
def test_scans_and_damage_are_refused(tmp_path, data, why):
    with pytest.raises(UserError, match=why):
        read(pdf_files, tmp_path, "a.pdf", data)


@given(st.data())
def test_a_damaged_pdf_gives_text_or_a_sentence(tmp_path_factory, data):
    whole = bytearray(pdf(lines(50, "Some words of a page.", "And more of them.")))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("pdf") / "a.pdf"
    path.write_bytes(whole)
    try:
        draft, _ = pdf_files.read_pdf(path, ImportOptions())
    except UserError:
        return
    assert draft.text


MAIL = """From: "Press office" <press@town.example>
Subject: =?utf-8?q?Caf=C3=A9_to_close?=
Date: Mon, 4 Mar 2024 23:30:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=B

--B
Content-Type: multipart/alternative; boundary=A

--A
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

The caf=E9 will close, the owner said.
--A
Content-Type: text/html

<p>Not this one</p>
--A--
--B
Content-Type: image/png
Content-Disposition: attachment; filename="plan.png"

x
--B--
"""


def test_a_mail_gives_its_text_part_and_its_head(tmp_path):
    draft = read(mail_files, tmp_path, "a.eml", MAIL)
    assert draft.text == "Café to close\n\nThe café will close, the owner said."
    assert draft.title == "Café to close"
    assert draft.meta == {"byline": "Press office", "published": "2024-03-04"}
    assert draft.notes == ("attachments were left out: plan.png",)


def test_a_mail_with_a_torn_sender_gives_its_text(tmp_path):
    draft = read(mail_files, tmp_path, "a.eml", "From: <\nSubject: Hi\n\nThe mayor will speak.\n")
    assert (draft.text, draft.meta) == ("Hi\n\nThe mayor will speak.", {})


def test_a_mail_with_a_page_alone_gives_what_the_page_shows(tmp_path):
    draft = read(
        mail_files,
        tmp_path,
        "a.eml",
        "Subject: Hi\nContent-Type: text/html\n\n<p>One</p><p hidden>x</p><p>Two</p>",
    )
    assert draft.text == "Hi\n\nOne\n\nTwo"
    assert draft.notes == ("1 hidden parts left out",)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("Just words.", "no mail"),
        ("Subject: x\nContent-Type: image/png\n\nx", "no text"),
        ("Subject: x\n\n  \n", "no text"),
        ("Subject: x\nContent-Type: text/plain; charset=klingon\n\nx", "klingon"),
        ("Subject: x\nContent-Type: text/plain; charset=a\0b\n\nx", "encoding that is not known"),
    ],
)
def test_what_is_no_mail_is_refused(tmp_path, data, why):
    with pytest.raises(UserError, match=why):
        read(mail_files, tmp_path, "a.eml", data)


MARKDOWN = """---
title: Bridge to close
author: "Ann Lee"
date: 2024-03-04
---
# Bridge to close

The *mayor* said [the bridge](http://x.example) would
close: "Nobody **wanted** this." &amp; so on

> Quoted words

- one
- two <b>x</b>

![plan](plan.png)

| Year | Cost |
|------|------|
| 2024 | high |

    code stays
"""


def test_markdown_gives_the_words_that_a_reader_sees(tmp_path):
    draft = read(markdown_files, tmp_path, "a.md", MARKDOWN)
    assert draft.text.split("\n\n") == [
        "Bridge to close",
        'The mayor said the bridge would close: "Nobody wanted this." & so on',
        "Quoted words",
        "one",
        "two x",
        "Year",
        "Cost",
        "2024",
        "high",
        "code stays",
    ]
    assert draft.title == "Bridge to close"
    assert draft.meta == {"byline": "Ann Lee", "published": "2024-03-04"}
    assert draft.notes == ("of HTML in it only the words were read", "pictures were left out")


def test_markdown_without_words_is_refused(tmp_path):
    with pytest.raises(UserError, match="no text"):
        read(markdown_files, tmp_path, "a.md", "---\ntitle: x\n---\n\n<!-- no -->\n")


def test_paragraphs_stay_in_the_order_of_the_page():
    words = [f"Sentence number {n} of the article, which says something about the bridge." for n in range(40)]
    page = read_page("".join(f"<p>{one}</p>" for one in words))
    places = [page.text.index(one) for one in words]
    assert all(one < other for one, other in pairwise(places))


def test_notes_and_comments_of_a_document_are_said_to_be_left_out(tmp_path):
    body = "<w:p><w:r><w:t>Words.</w:t></w:r><w:r><w:{}/></w:r></w:p>"
    for tag, what in (
        ('footnoteReference w:id="2"', "footnotes and endnotes were left out"),
        ('commentReference w:id="2"', "comments were left out"),
    ):
        assert read(docx_files, tmp_path, "a.docx", docx(body.format(tag))).notes == (what,)


def test_breaks_strokes_and_times_in_markdown_leave_words_and_days(tmp_path):
    text = (
        "---\ntitle: The port\ndate: 2026-03-24T10:00:00Z\n---\nIt closed<br>today, ~~soon~~ now.<br/>Why?\n"
    )
    draft = read(markdown_files, tmp_path, "a.md", text.encode())
    assert draft.text == "The port\n\nIt closed\ntoday, soon now.\nWhy?"
    assert draft.meta == {"published": "2026-03-24"}


def test_a_page_that_a_writer_left_without_a_title_has_none() -> None:
    words = "<p>The ferry stays, the mayor said.</p>" * 3
    found = read_page(f"<html><head><title>- no title specified</title></head><body>{words}</body></html>")
    assert (found.title, found.text[:15]) == ("", "The ferry stays")
