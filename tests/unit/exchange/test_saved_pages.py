"""Pages in the shapes that newspapers save them in: what they say of themselves, and what is their text."""

import quopri
import sys

import pytest
from growing import growth

from annotator.exchange.articles import html_files, mail_files, web_page
from annotator.exchange.articles.web_page import read_page
from annotator.model.errors import UserError
from annotator.model.formats import ImportOptions

TITLE = "Ferry terminal to close after vote"
TEXTS = (
    "The harbour board voted on Tuesday to close the old ferry terminal, ending a long dispute.",
    "“We looked at every option and this was the only one left,” said Orla Finch, who chairs the board.",
    "Residents of the north bank said they had not been heard. “Nobody asked us,” said Ada Quill, 62.",
    "The city’s transport office expects the bridge to carry some 4,000 more cars a day, it said.",
)
BODY = "".join(f"<p>{one}</p>" for one in TEXTS)
MENU = "<ul>" + "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(9)) + "</ul>"
SITE = '<meta property="og:site_name" content="{}">'
FOOT = "<footer><p>Copyright © 2026 Harbour Media. All rights reserved. Terms of use. Cookies.</p></footer>"


def read_html(file):
    return html_files.read_html(file, ImportOptions())


def page(head, article):
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head>'
        f"<body><header><nav>{MENU}</nav></header><main>{article}</main>{FOOT}</body></html>"
    )


def test_facts_that_a_page_tells_machines_in_a_script_are_read():
    found = read_page(
        page(
            f'<title>{TITLE} - The Times</title><meta name="byl" content="By Ada Quill and Ben Torvald">'
            '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
            f'"headline":"{TITLE}","datePublished":"2026-03-24T20:01:02.000Z",'
            '"author":[{"@type":"Person","name":"Ada Quill"},{"@type":"Person","name":"Ben Torvald"}],'
            '"publisher":{"@type":"NewsMediaOrganization","name":"The Harbour Times"}}</script>',
            f"<article><h1>{TITLE}</h1>{BODY}</article>",
        )
    )
    assert found.facts == {
        "byline": "Ada Quill; Ben Torvald",
        "outlet": "The Harbour Times",
        "published": "2026-03-24",
    }
    assert "schema.org" not in found.text


@pytest.mark.parametrize("behind", [" - Harbour News", " | Ferries | The Watch", " – Quay", ""])
def test_a_title_is_the_headline_without_the_name_of_the_outlet(behind):
    head = f'<title>{TITLE}{behind}</title><meta property="og:title" content="{TITLE}{behind}">'
    found = read_page(page(head, f"<article><h1>{TITLE}</h1>{BODY}</article>"))
    assert found.title == TITLE
    assert found.text.count(TITLE) == 1
    assert found.text.split("\n\n") == [TITLE, *TEXTS]


def test_a_headline_of_something_else_is_not_the_title():
    head = f'<title>{TITLE}</title><meta property="og:title" content="{TITLE}">'
    found = read_page(page(head, f"<h1>Ferry</h1><article><h2>{TITLE}</h2>{BODY}</article>"))
    assert found.title == TITLE


def test_the_year_of_a_copyright_is_no_day():
    found = read_page(page(f"<title>{TITLE}</title>", f"<article><h1>{TITLE}</h1>{BODY}</article>"))
    assert "published" not in found.facts


def test_a_short_article_is_told_from_its_menus_where_the_page_marks_it():
    head = f'<title>{TITLE}</title><meta property="article:published_time" content="2026-03-24T09:00:02Z">'
    found = read_page(page(head, f"<article><h1>{TITLE}</h1><p>It will close.</p><p>Why?</p></article>"))
    assert found.text == f"{TITLE}\n\nIt will close.\n\nWhy?"
    assert found.facts == {"published": "2026-03-24"}


def test_a_short_page_without_marks_is_read_whole_and_keeps_its_facts():
    found = read_page(
        f'<title>{TITLE}</title><meta name="author" content="Ada Quill"><p>Closed.</p><div>Section</div>'
    )
    assert found.text == "Closed.\n\nSection"
    assert (found.title, found.facts) == (TITLE, {"byline": "Ada Quill"})


def test_tables_that_lay_out_a_page_leave_its_paragraphs():
    found = read_page(
        f"<title>{TITLE}</title><table><tr><td>Home<br>World<br>Sport</td><td><table><tr><td>"
        f"<b>{TITLE}</b><br>By ADA QUILL<br>Tuesday, March 24, 2026{BODY}</td></tr></table></td></tr></table>"
    )
    assert "|" not in found.text
    assert found.text.split("\n\n")[-4:] == [*TEXTS]
    assert "By ADA QUILL" in found.text.split("\n\n")


def test_cells_of_tables_are_paragraphs():
    table = "<table><tr><th>Year</th><th>Cars</th></tr><tr><td>2025</td><td>4,000</td></tr></table>"
    found = read_page(page("", f"<article><h1>{TITLE}</h1>{BODY}{table}{BODY}</article>"))
    assert "Year\n\nCars\n\n2025\n\n4,000" in found.text
    assert "|" not in found.text


def test_a_paragraph_goes_on_where_only_the_source_breaks_the_line():
    broken = "".join(f"<p>{one.replace(' ', chr(10), 9)}</p>" for one in TEXTS)
    found = read_page(page("", f"<article><h1>{TITLE}</h1>{broken}</article>"))
    assert found.text.split("\n\n") == [TITLE, *TEXTS]


def test_lines_that_a_page_shows_as_they_stand_stay_lines():
    found = read_page(f"<body>{BODY}<pre>TERMINAL\nCLOSES <b>ON\nTUESDAY</b>\nAFTER VOTE</pre>{BODY}</body>")
    assert "TERMINAL\n\nCLOSES ON\n\nTUESDAY\n\nAFTER VOTE" in found.text


def test_words_that_stand_loose_between_paragraphs_are_kept_in_order():
    loose = f"<div>{TEXTS[0]} <i>Now.</i><p>{TEXTS[1]}</p>{TEXTS[2]}<p>{TEXTS[3]}</p></div>{BODY}"
    found = read_page(page("", f"<div><h1>{TITLE}</h1>{loose}</div>"))
    assert found.text.split("\n\n")[-8:] == [f"{TEXTS[0]} Now.", *TEXTS[1:], *TEXTS]


def test_items_of_a_list_have_no_marks_that_the_page_does_not_have():
    items = "<ol><li>The terminal closes in May.</li><li>The bridge opens in June.</li></ol>"
    found = read_page(page("", f"<article><h1>{TITLE}</h1>{BODY}{items}{BODY}</article>"))
    assert "\n\nThe terminal closes in May.\n\nThe bridge opens in June.\n\n" in found.text


def test_where_words_may_be_broken_is_no_part_of_them():
    found = read_page(
        page("", f"<article><h1>{TITLE}</h1>{BODY}<p>An ad\xadmin\xadis\xadtra\xadtor.</p></article>")
    )
    assert found.text.endswith("An administrator.")


def test_teasers_beside_an_article_do_not_make_it_look_torn():
    teasers = "".join(f"<aside><p>{n} {' '.join(TEXTS)}</p></aside>" for n in range(9))
    found = read_page(page("", f"<article><h1>{TITLE}</h1>{BODY}<p>Share this</p></article>{teasers}"))
    assert TEXTS[3] in found.text
    assert "8 The harbour board" not in found.text


@pytest.mark.parametrize(
    ("told", "outlet"),
    [
        (f"{TITLE} | Quay Politics", "Quay"),
        (f"{TITLE} – quay.example", "Quay.example"),
        (f"The Quay | {TITLE}", "The Quay"),
        (TITLE, "Ferry"),
    ],
)
def test_the_name_of_the_outlet_goes_from_a_title_that_no_headline_bears_out(told, outlet):
    head = f"<title>{told}</title>{SITE.format(outlet)}"
    assert read_page(page(head, f"<article>{BODY}</article>")).title == TITLE


def test_a_word_of_the_title_that_is_also_the_outlet_stays():
    head = '<meta property="og:title" content="Ferries - Time to go">' + SITE.format("Time")
    assert read_page(page(head, f"<article>{BODY}</article>")).title == "Ferries - Time to go"


@pytest.mark.parametrize(
    ("shown", "byline"),
    [
        (
            '<span class="username">Username</span><p class="pb-byline">By Ada Quill, reporter</p>',
            "Ada Quill, reporter",
        ),
        ('<p class="byline">By Ada Quill March 24, 2026</p>', "Ada Quill"),
        ('<span class="author">Submitted on Mon, 2026-03-24</span>', ""),
    ],
)
def test_a_byline_is_a_name_and_no_word_of_the_menu(shown, byline):
    found = read_page(page(SITE.format("The Watch"), f"{shown}<article><h1>{TITLE}</h1>{BODY}</article>"))
    assert found.facts.get("byline", "") == byline


def test_the_outlet_is_no_second_author():
    head = f'<meta name="author" content="Ada Quill, The Watch">{SITE.format("The Watch")}'
    assert read_page(page(head, f"<article>{BODY}</article>")).facts["byline"] == "Ada Quill"


@pytest.mark.parametrize(
    ("shown", "byline"), [("", None), ('<p class="byline">By Ada Quill</p>', "Ada Quill")]
)
def test_the_address_of_a_site_is_no_author(shown, byline):
    head = f'<meta name="author" content="harbour-watch.example">{SITE.format("The Watch")}'
    found = read_page(page(head, f"{shown}<article><h1>{TITLE}</h1>{BODY}</article>"))
    assert found.facts.get("byline") == byline


def test_a_page_that_was_saved_anew_as_utf8_is_read_so(tmp_path):
    file = tmp_path / "a.html"
    file.write_bytes('<meta charset="iso-8859-15"><p>Ein Café — „so“</p>'.encode())
    draft, encoding = read_html(file)
    assert (draft.text, encoding) == ("Ein Café — „so“", "utf-8")


ARCHIVE = (
    "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://quay.example/a\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="----part"\r\n\r\n\r\n------part\r\n'
    "Content-Type: {kind}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{page}\r\n------part\r\n"
    "Content-Type: text/css\r\n\r\np {{ color: red }}\r\n------part--\r\n"
)


def test_a_page_saved_with_all_its_parts_is_read_as_a_page(tmp_path):
    file = tmp_path / "a.mhtml"
    whole = page(f"<title>{TITLE} - Quay</title>", f"<article><h1>{TITLE}</h1>{BODY}</article>")
    packed = quopri.encodestring(whole.encode("windows-1252", "xmlcharrefreplace")).decode()
    file.write_text(ARCHIVE.format(kind="text/html; charset=windows-1252", page=packed))
    assert html_files.FORMAT.importer.recognises(file)
    draft, encoding = read_html(file)
    assert encoding == "cp1252"
    assert draft.title == TITLE
    assert draft.text.split("\n\n") == [TITLE, *TEXTS]


def test_an_archive_without_a_page_is_refused(tmp_path):
    file = tmp_path / "a.mht"
    file.write_text(ARCHIVE.format(kind="text/css", page="p {{}}"))
    with pytest.raises(UserError, match="no web page in it"):
        read_html(file)


@pytest.mark.parametrize("mark", ['id="cookie_overlay"', 'class="gdpr-banner"', 'class="page-consent"'])
def test_a_notice_about_cookies_is_no_text(mark):
    notice = "<p>By going on you agree that we keep cookies on your machine for us.</p>"
    found = read_page(page("", f"<article><div {mark}>{notice}</div><h1>{TITLE}</h1>{BODY}</article>"))
    assert found.text.split("\n\n") == [TITLE, *TEXTS]


def test_an_article_in_a_part_that_is_named_after_cookies_stays():
    found = read_page(page("", f'<div class="cookie-ok"><h1>{TITLE}</h1>{BODY}</div>'))
    assert found.text.split("\n\n") == [TITLE, *TEXTS]


@pytest.mark.parametrize(
    "line", ["Read more: Bridge opens", "À lire aussi : le pont", "Advertisement", "Anzeige"]
)
def test_paragraphs_that_lead_away_from_an_article_are_no_text(line):
    found = read_page(page("", f"<article><h1>{TITLE}</h1>{BODY}<p>{line}</p>{BODY}</article>"))
    assert line not in found.text
    assert found.text.count(TEXTS[0]) == 2


@pytest.mark.parametrize(("said", "outlet"), [(f"Quay: {TITLE}", "Quay"), (TITLE, None)])
def test_the_title_is_no_outlet(said, outlet):
    head = f'<meta property="og:title" content="{TITLE}">{SITE.format(said)}'
    assert read_page(page(head, f"<article>{BODY}</article>")).facts.get("outlet") == outlet


def test_a_page_without_end_is_read_without_looking_for_its_article(monkeypatch):
    monkeypatch.setattr(web_page, "_HUGE", 10)
    found = read_page(f"<body>{MENU}<div>{BODY}</div></body>")
    assert found.text.startswith("Section 0\n\nSection 1")
    assert found.notes == ("it has more than 10 elements, so no article was looked for but what it marks",)
    assert read_page(page("", f"<article>{BODY}</article>")).text.split("\n\n") == [*TEXTS]


READERS = {"a.mhtml": html_files.read_html, "a.eml": mail_files.read_mail}


@pytest.mark.parametrize("name", READERS)
def test_parts_without_end_are_refused_before_they_are_read(tmp_path, name):
    file = tmp_path / name
    file.write_text(
        'Content-Type: multipart/related; boundary="b"\n' + "\n--b\nContent-Type: text/css\n" * 1_100
    )
    with pytest.raises(UserError, match="more than 1,000 parts"):
        READERS[name](file, ImportOptions())


@pytest.mark.parametrize("name", READERS)
def test_parts_that_are_nested_without_end_are_refused(tmp_path, name):
    file = tmp_path / name
    deep = "".join(f'Content-Type: multipart/related; boundary="b{n}"\n\n--b{n}\n' for n in range(990))
    file.write_text(f"Subject: x\n{deep}Content-Type: text/html\n\n<p>x")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(600)
    try:
        with pytest.raises(UserError, match="nested too deep"):
            READERS[name](file, ImportOptions())
    finally:
        sys.setrecursionlimit(limit)


def test_notices_in_notices_leave_a_long_text_between_them():
    nested = (
        '<div class="cookie">' * 100 + BODY * 10 + '<div class="cookie">We use them.</div>' + "</div>" * 100
    )
    found = read_page(f"<body>{nested}</body>").text
    assert all(one in found for one in TEXTS)


def test_a_large_page_is_looked_through_without_what_compares_its_paragraphs(monkeypatch):
    monkeypatch.setattr(web_page, "_LARGE", 10)
    monkeypatch.setattr("trafilatura.core.compare_extraction", None)
    assert read_page(page("", f"<div>{BODY}</div>")).text.split("\n\n") == [*TEXTS]


def test_who_comments_and_who_owns_the_page_is_no_writer():
    owner = (
        '<meta name="author" content="Harbour Media"><meta name="copyright" content="© Harbour Media 2023">'
    )
    writer = '<meta property="article:author" content="Ada Quill">'
    readers = (
        f'<div class="box comment_list"><span class="comment_author">Ben</span><p>{TEXTS[0]} Ha!</p></div>'
    )
    found = read_page(page(owner + writer, f"<article><h1>{TITLE}</h1>{BODY}{readers}</article>"))
    assert found.facts["byline"] == "Ada Quill"
    assert "Ha!" not in found.text
    only = read_page(page("", f'<article><h1>{TITLE}</h1>{BODY}<p class="comment author">Ben</p></article>'))
    assert "byline" not in only.facts


def test_a_lead_above_the_article_belongs_to_it_and_lists_of_links_do_not():
    lead = "The harbour board has voted to close the old ferry terminal, and nobody knows what comes next."
    links = "".join(f'<p><a href="/{one}">Another story of the day {one}</a></p>' for one in range(5))
    head = f'<meta name="description" content="{lead}">'
    found = read_page(page(head, f"<h1>{TITLE}</h1><div>{lead}</div><article>{BODY}{links}</article>"))
    assert found.text.split("\n\n") == [TITLE, lead, *TEXTS]


def test_an_outlet_in_chinese_ends_no_title():
    head = (
        '<title>法国全国大罢工再次严重影响交通-新华网</title><meta name="copyright" content="人民网版权所有">'
    )
    found = read_page(page(head, f"<article>{BODY}</article>"))
    assert (found.title, found.facts["outlet"]) == ("法国全国大罢工再次严重影响交通", "人民网")


@pytest.mark.parametrize("name", ["comment", "comments"])
def test_comments_in_comments_take_no_longer_than_side_by_side(name: str) -> None:
    words = "".join(f"<p>{TEXTS[0]} {at}</p>" for at in range(300))
    head = '<meta name="author" content="Ada Quill">'

    def read(depth: int) -> None:
        opened = f'<div class="{name}">' * depth
        read_page(page(head, f"<article><h1>{TITLE}</h1>{BODY}</article>{opened}{words}{'</div>' * depth}"))

    assert growth(read, 1, 200) < 4


def test_what_stands_above_the_title_or_once_more_below_is_no_text():
    body = "<p>Harbour</p><h1>Ferry stays</h1>" + BODY + "<h3>Most read of Harbour</h3>"
    found = read_page(
        f"<html><head><title>Ferry stays</title></head><body><article>{body}</article></body></html>"
    )
    assert found.text.split("\n\n")[0] == "Ferry stays"
    assert "Harbour" not in found.text


@pytest.mark.parametrize(
    ("said", "byline"),
    [
        ('{"@type": "NewsArticle", "author": [{"@type": "Person", "name": " Ada Quill "}]}', "Ada Quill"),
        (
            '{"@graph": [{"@type": "NewsArticle", "author": {"@type": "Organization", "name": "The Bay"}}]}',
            None,
        ),
        ("{torn", None),
        ('{"@graph": ' * 50_000, None),
    ],
)
def test_people_are_read_where_a_page_tells_machines_of_them(said, byline, caplog):
    script = f'<script type="application/ld+json">{said}</script>'
    found = read_page(
        f"<html><head><title>Ferry</title>{script}</head><body><article>{BODY}</article></body></html>"
    )
    assert found.facts.get("byline") == byline
    assert all("recursion" in one.getMessage() for one in caplog.records)  # trafilatura's, of the deepest


def test_an_archive_of_pages_is_no_outlet():
    kept = "https://web.archive.org/web/20220721143833/https://www.thebay.example/ferry"
    head = f'<title>Ferry</title><link rel="canonical" href="{kept}">'
    found = read_page(page(head, f"<article>{BODY}</article>"))
    assert found.facts["outlet"] == "thebay.example"


@pytest.mark.parametrize("aside", ["📲 Follow us on every screen", "Issued on: Modified:", "Baca juga ini"])
def test_what_leads_away_is_left_out(aside):
    found = read_page(page("<title>Ferry</title>", f"<article>{BODY}<p>{aside}</p>{BODY}</article>"))
    assert TEXTS[0] in found.text
    assert aside not in found.text


def test_a_page_is_not_in_the_language_of_its_menus(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(page("", f"<article>{BODY}</article>").replace('lang="en"', 'lang="de"'), "utf-8")
    assert read_html(path)[0].language == "en"
