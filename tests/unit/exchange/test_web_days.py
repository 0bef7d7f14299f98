"""The day of an article, where a page shows it alone: a wrong one is worse than none."""

from __future__ import annotations

import pytest
from lxml import html

from annotator.exchange.articles.web_days import shown_day
from annotator.exchange.articles.web_page import read_page

DAY = "2016-05-03"
WORDS = "<p>The harbour board voted on Tuesday to close the old terminal, ending a long dispute.</p>" * 4


def page(piece: str, behind: str = "") -> str:
    return f"<html><body><h1>Ferry</h1>{piece}<main>{WORDS}</main>{behind}</body></html>"


def shown(piece: str, behind: str = "") -> str:
    return shown_day(html.document_fromstring(page(piece, behind)))


@pytest.mark.parametrize(
    "piece",
    [
        "<p>Published 3 May 2016</p>",
        "<p>Published: Tuesday, May 3, 2016 at 10:00</p>",
        "<div>First published on Tue 3 May 2016 11.00 BST</div>",
        "<p>Veröffentlicht am 3. Mai 2016</p>",
        "<p>Published 3 May 2016 by Ada Quill for the Harbour News, 10 a.m.</p>",
        "<p><b>Published 3 May 2016</b> by Ada Quill.</p>",
        "<p>Publié le mardi 3 mai 2016</p>",
        "<p>Publicado el 3 de mayo de 2016</p>",
        '<p class="byline">By Ada Quill, May 3, 2016</p>',
        '<p class="post-date">3 May 2016</p>',
        '<span class="dateline">May 3rd, 2016</span>',
        '<span itemprop="datePublished">3 May 2016</span>',
        '<meta itemprop="datePublished" content="2016-05-03T10:00:00+02:00">',
        '<time pubdate datetime="2016-05-03">yesterday</time>',
        '<p class="byline">Ada Quill <time datetime="2016-05-03T10:00">10 h ago</time></p>',
    ],
)
def test_a_day_that_the_page_gives_as_the_articles_is_read(piece: str) -> None:
    assert shown(piece) == DAY
    assert read_page(page(piece)).facts["published"] == DAY


@pytest.mark.parametrize("facts", ['[{"@type":"WebPage"},{}]', '{"@graph":[{}]}'])
def test_a_day_that_lists_tell_machines_is_read(facts: str) -> None:
    fact = '{"@type":"NewsArticle","headline":"Ferry","datePublished":"2016-05-03T10:00Z"}'
    told = facts.replace("{}", fact)
    piece = f'<script type="application/ld+json">{told}</script><p class="byline">4 May 2016</p>'
    assert read_page(page(piece)).facts["published"] == DAY


@pytest.mark.parametrize(
    "piece",
    [
        "<p>Published 03/05/2016</p>",
        "<p>Published 31 June 2016</p>",
        "<p>Published by Harbour Media, founded 3 May 1916</p>",
        "<p>Published 3 May 2016</p><p>Published 4 May 2016</p>",
        '<p class="byline">By Ada Quill, May 3, 2016, and Ben Holt, May 4, 2016</p>',
        '<p class="update-date">3 May 2016</p>',
        '<div class="related"><p class="post-date">3 May 2016</p></div>',
        '<div class="comments"><p>Posted 3 May 2016</p></div>',
        '<p class="byline">By Ada Quill</p><p>The treaty of 3 May 2016 holds.</p>',
        "<p>Published on 3 May 2016, the report found no fault.</p>",
        "<p>Erschienen am 3. Mai 2016 in Bonn, machte das Buch Furore.</p>",
        "<p><em>Published 3 May 2016</em>, the book sold well.</p>",
        "<p>Posted on 3 May 2016 at the church door, it changed all.”</p>",
        "<p>Published in a book that appeared on 3 May 2016 and was sold out the same day.</p>",
    ],
)
def test_a_day_of_something_else_or_one_of_several_is_none(piece: str) -> None:
    assert shown(piece) == ""


@pytest.mark.parametrize(
    "words",
    [
        "By Ada Byron, born {}",
        "Ada Byron (born {}) writes about ferries",
        "Ada Byron, who died on {}",
        "By Ada Byron, with us since {}",
        "By Ada Byron. Updated for {}",
        "By Ada Byron | Last modified {}",
        "By Ada Byron | Updated <time datetime='2016-05-03'>three hours ago</time>",
        "Updated for the web on {}",
        "From the archive, {}",
        "Web archive snapshot: {}",
        "Event: {}, town hall",
        "Next meeting: {}",
        "On {} the bridge fell into the harbour",
        "The fair opens on {} at the harbour",
        "Comments closed {}",
        "Photo taken {} by Ada Byron",
        "Corrected {}",
        "Ada Byron’s last column was on {}",
        "Aktualisiert am {}",
    ],
)
@pytest.mark.parametrize("name", ["byline", "post-date", "dateline"])
def test_a_day_beside_the_byline_may_be_of_something_else(name: str, words: str) -> None:
    assert shown(f'<p class="{name}">{words.format("3 May 2016")}</p>') == ""


@pytest.mark.parametrize(
    "words",
    [
        "By Ada Quill in Berlin, {}",
        "By Ada Quill | Tuesday {} | Berlin",
        "Updated often | {}",
        "by Ada Quill, reporter, {} at 10:05",
        "BERLIN, {} (HN)",
        "Von Ada Quill am {} um 10 Uhr",
        "By ADA QUILL · {} · 5 min read",
        "{} by Ada Quill",
        "{} in News",
        "This entry was posted on {} by ada.",
        "By Ada Quill / Published: {}",
    ],
)
def test_words_around_the_day_of_an_article_do_not_hide_it(words: str) -> None:
    assert shown(f'<p class="byline">{words.format("3 May 2016")}</p>') == DAY


def test_what_stands_below_another_article_tells_nothing_sure() -> None:
    below = '<p class="post-date">1 May 2016</p>'
    assert shown('<p class="post-date">3 May 2016</p>', below) == ""


def test_no_day_is_looked_for_in_a_page_without_end() -> None:
    assert shown("<p>Published 3 May 2016</p>", "<b>x</b>" * 25_000) == ""
