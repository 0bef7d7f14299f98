"""Pages in the shapes that newspapers save them in: what they say of themselves, and what is their text."""

import pytest

from annotator.exchange.web_page import read_page

TITLE = "Ferry terminal to close after vote"
TEXTS = (
    "The harbour board voted on Tuesday to close the old ferry terminal, ending a long dispute.",
    "“We looked at every option and this was the only one left,” said Orla Finch, who chairs the board.",
    "Residents of the north bank said they had not been heard. “Nobody asked us,” said Ada Quill, 62.",
    "The city’s transport office expects the bridge to carry some 4,000 more cars a day, it said.",
)
BODY = "".join(f"<p>{one}</p>" for one in TEXTS)
MENU = "<ul>" + "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(9)) + "</ul>"
FOOT = "<footer><p>Copyright © 2026 Harbour Media. All rights reserved. Terms of use. Cookies.</p></footer>"


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
