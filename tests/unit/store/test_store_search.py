from __future__ import annotations

import sqlite3
import sys
import unicodedata
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.changes import Add, Remove
from annotator.model.matching import fold, offsets, places_of_terms, terms_of
from annotator.model.records import Hit
from annotator.model.scheme import Scheme
from annotator.store.store import Store


def found(store: Store, query: str) -> list[str]:
    hits = store.search(query)
    for hit in hits:
        text = store.content(hit.article).article.text
        assert text[hit.start : hit.end] == hit.text
        assert text[: hit.start].endswith(hit.before)
        assert text[hit.end :].startswith(hit.after)
        assert len(hit.before) == min(60, hit.start)
    return [hit.text for hit in hits]


@pytest.fixture
def texts(store: Store, make: Any) -> Store:
    written = (
        "The Café in Zürich closed. The café reopened; CAFÉ, again.",
        "İstanbul and NAÏVE readers saw U.S.-led talks — 4 °C 👍🏽 at 10 o'clock.",
        "Cafe\u0301 with a mark of its own. O\u2019Brien said: “no timetable was given”. no\ntimetable",
        "東京で疫情が広がる。สวัสดีชาวโลก 한국어로 말하다",
        "İİİ Ali met 😀😀 Bob at 東京.",
    )
    store.write("Import", [Add(make.article(f"{at}.txt", text)) for at, text in enumerate(written)])
    return store


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("cafe", ["Café", "café", "CAFÉ", "Cafe\u0301"]),
        ("CAFÉ", ["Café", "café", "CAFÉ", "Cafe\u0301"]),
        ("caf", []),
        ("naive", ["NAÏVE"]),
        ("ali", ["Ali"]),
        ("u.s.", ["U.S"]),
        ('"no timetable"', ["no timetable", "no\ntimetable"]),
        ('"no timetable', ["no timetable", "no\ntimetable"]),
        ("timetable mark", ["mark", "timetable", "timetable"]),
        ("timetable zurich", []),
        ("疫情", ["疫情"]),
        ("東京", ["東京", "東京"]),
        ("東京 疫情", ["東京", "疫情"]),
        ("สวัสดี", ["สวัสดี"]),
        ("말하다", ["말하다"]),
        ("👍", ["👍"]),
        ("😀", ["😀", "😀"]),
        ("😀 bob", ["😀", "😀", "Bob"]),
        ("°", ["°"]),
        ("", []),
        ('""', []),
        ("   ", []),
    ],
)
def test_words_and_phrases_are_found_where_they_stand(texts: Store, query: str, hits: list[str]) -> None:
    assert found(texts, query) == hits


ODD = (
    *(
        '"',
        '""""',
        "*",
        "a*",
        "^a",
        "a OR b",
        "NOT a",
        "a AND",
        "NEAR(a b)",
        "text:a",
        "-a",
        "+a",
        "{a b}",
        "a:b",
    ),
    *("(", ")", "'", "%", "_", "\\", ";", "--", "a\0b", "\0", "\ud800", "café\u0301", "[", "(a+)+$", "{}"),
    "x" * 60000,
    "a " * 3000,
    "\u202e",
)


@pytest.mark.parametrize("query", ODD)
def test_no_query_is_an_error(texts: Store, query: str) -> None:
    found(texts, query)


def test_operators_are_words(texts: Store) -> None:
    assert found(texts, "NOT zurich") == []
    assert found(texts, "and readers") == ["and", "readers"]


def test_hits_come_in_order_and_no_more_than_asked_for(store: Store, make: Any) -> None:
    store.write("Import", make.bulk(30, 1))
    hits = store.search("mayor", limit=7)
    assert len(hits) == 7
    assert [hit.article for hit in hits] == store.article_ids()[:7]
    assert store.search("mayor", limit=0) == ()
    assert len(store.search("the", limit=10000)) == 60


def test_words_of_an_import_are_written_in_one_piece(path: Path, make: Any) -> None:
    articles = [make.article(text=" ".join(f"w{n * 9000 + at}" for at in range(9000))) for n in range(8)]
    store = Store.create(path, Scheme("test", "Test", ()), "test")
    store.write("Import", [Add(one) for one in articles])
    assert found(store, "w71999") == ["w71999"]
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        (pieces,) = connection.execute("SELECT count(DISTINCT segid) FROM article_words_idx").fetchone()
    assert pieces == 1


def test_a_removed_article_is_not_found(texts: Store) -> None:
    article = texts.content(texts.article_ids()[0]).article
    texts.write("Remove", [Remove(article)])
    assert found(texts, "zurich") == []
    assert found(texts, "東京") == ["東京", "東京"]
    texts.undo()
    assert found(texts, "zurich") == ["Zürich"]


@given(st.text())
def test_folding_keeps_track_of_places(text: str) -> None:
    folded = fold(text)
    back = offsets(text)
    expected = [at for at, char in enumerate(text) for _ in fold(char)]
    assert [back(at) for at in range(len(folded))] == expected
    assert not expected or back(len(folded)) > expected[-1]


@given(st.text(st.sampled_from("aAéÉ\u0301ßİıſ 疫😀-_.'x"), max_size=30), st.data())
def test_every_word_of_a_text_is_found_in_it(text: str, data: Any) -> None:
    words = text.split()
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    terms = terms_of('"' + word + '"')
    if fold(word):
        assert places_of_terms(text, terms, 99) or not terms


def test_the_index_and_the_folding_agree_on_what_is_the_same_letter() -> None:
    """What the index takes for equal must be equal to the search too, or a hit would have no place."""
    letters = [
        chr(code)
        for code in range(0x20, min(sys.maxunicode, 0x20000))
        if unicodedata.category(chr(code)) in ("Lu", "Ll", "Lt")
        and unicodedata.is_normalized("NFC", chr(code))
    ]
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 2')")
    base.executemany("INSERT INTO t (rowid, x) VALUES (?, ?)", [(ord(one), one) for one in letters])
    base.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, instance)")
    by_term: dict[str, set[str]] = {}
    for term, code in base.execute("SELECT term, doc FROM v"):
        by_term.setdefault(term, set()).add(fold(chr(code)))
    base.close()
    differing = {term: folded for term, folded in by_term.items() if len(folded) > 1}
    assert differing == {}


def test_a_hit_is_a_plain_record(texts: Store) -> None:
    (hit,) = texts.search("zurich")
    assert isinstance(hit, Hit)
    assert (hit.before, hit.after[:8]) == ("The Café in ", " closed.")
