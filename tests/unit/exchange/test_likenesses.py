"""Ordinary articles that begin like files of other kinds, or have fields that tools have too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from read_again import read, said, spans

from annotator.exchange.other_kinds import refuse_other_kinds
from annotator.model.errors import UserError

TEXT = "Ada said no. Nobody disagreed."


def is_read(folder: Path, name: str, data: Any, by: str, *texts: str) -> None:
    found = read(folder, name, data)
    assert dict(found[0].formats) == {by: 1}
    assert [one.article.text for one in found[1]] == list(texts or (TEXT,))
    assert spans(found) == []
    assert found[0].problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "ID3 tags name the songs in a file.",
        "PAR1 cuts other proteins, they say.\n\nSo says Ada.",
        "ARROW1 was what the mission was called.",
        "bplist00 is how such lists begin.",
        "BZhang spread it first — so it seems.",
        "GIF89 was no version.",
        "%!PS is how files for printers begin.",
        "-DOCSTART- is what such files begin with, Ada said.\nBen agreed.",
        "Montag S-Bahn voll\nDienstag U-Bahn voll\nMittwoch S-Bahn voll\nDonnerstag U-Bahn leer",
        "yes|t|no\nThat was the question.",
        "one|t|first\ntwo|a|second\nthree|b|third",
    ],
)
def test_a_text_that_begins_like_another_kind_of_file_is_a_text(tmp_path: Path, text: str) -> None:
    is_read(tmp_path, "a.txt", text, "text", text)


def test_a_title_alone_is_pubtator_under_its_own_ending(tmp_path: Path) -> None:
    is_read(tmp_path, "a.pubtator", "7|t|Ferries late\n", "corpora", "Ferries late")


@pytest.mark.parametrize(
    "start", [b"ID3\x03\0", b"PAR1\x15\x04\x15", b"GIF89a\x01\0\x01\0", b"bplist00\xd1\x01"]
)
def test_files_of_these_kinds_are_still_told(start: bytes) -> None:
    with pytest.raises(UserError, match="whatever its name says"):
        refuse_other_kinds(start + b"words" * 20)


def test_groups_of_blood_are_no_tags(tmp_path: Path) -> None:
    found = read(tmp_path, "a.tsv", "Ada\tO\nBea\tAB\nCyd\tO\nDan\tAB\nEve\tO\n")
    assert "no column is known to hold the text" in said(found)


@pytest.mark.parametrize(
    "fields",
    [
        {"quotes": ["never"]},
        {"keywords": ["Ada", "no"]},
        {"quotes": 3},
        {"quotes": [{"page": 3, "quote": "no"}]},
        {"tracks": ["One", "Two"]},
        {"denotations": "none"},
        {"annotation_sets": ["first"]},
        {"documents": ["a.pdf"]},
        {"documents": []},
        {"fields": ["a"], "responses": [], "suggestions": []},
        {"sentences": [TEXT], "ner": {"PER": 2}, "relations": []},
        {"@context": "https://schema.org", "target": "all", "body": "short"},
        {"@context": "https://schema.org", "claimReviewed": "The moon is a cheese"},
        {"uid": 1, "anns": 0},
        {"data": "The paragraphs of the law", "version": "1"},
        {"annotatable": True, "anncomplete": False},
    ],
)
def test_a_record_with_fields_called_so_is_an_article(tmp_path: Path, fields: dict[str, Any]) -> None:
    is_read(tmp_path, "a.jsonl", json.dumps({"text": TEXT, **fields}), "article_jsonl")


@pytest.mark.parametrize("name", ["text", "full_text"])
def test_the_facts_of_an_article_without_labels_stay_its_own(tmp_path: Path, name: str) -> None:
    more = {"quotes": [], "spans": []} if name == "text" else {"spans": []}
    record = {"title": "Vote", "date": "2026-01-05", name: TEXT, **more}
    found = read(tmp_path, "a.jsonl", json.dumps(record))
    (article,) = (one.article for one in found[1])
    assert (article.title, article.meta["published"]) == ("Vote", "2026-01-05")


def test_an_article_of_a_site_is_no_document_of_medkit(tmp_path: Path) -> None:
    record = {"version": 2, "content_type": "article", "content": TEXT}
    is_read(tmp_path, "a.json", record, "article_jsonl")


ONE = f"<title>One</title><text>{TEXT}</text>"


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (
            f"<collection><article>{ONE}</article><article><text>Ben left.</text></article></collection>",
            [f"One\n\n{TEXT}", "Ben left."],
        ),
        (
            f"<article><TITLE>One</TITLE><TEXT>{TEXT}</TEXT><TAGS>town, vote</TAGS></article>",
            [f"One\n\n{TEXT}"],
        ),
        (
            "<news><doc><TEXT>Ada left.</TEXT><TAGS>town</TAGS></doc><doc><TEXT>Ben.</TEXT></doc></news>",
            ["Ada left.", "Ben."],
        ),
        (f"<Project><article>{ONE}</article></Project>", [f"One\n\n{TEXT}"]),
    ],
)
def test_elements_that_tools_have_too_are_read_as_news(tmp_path: Path, data: str, texts: list[str]) -> None:
    is_read(tmp_path, "a.xml", data, "xml", *texts)


def test_a_project_of_qualitative_analysis_is_still_told(tmp_path: Path) -> None:
    found = read(tmp_path, "a.xml", '<Project xmlns="urn:QDA-XML:project:1.0"><Users/></Project>')
    assert "a project of qualitative analysis" in said(found)


def test_mae_without_tags_keeps_its_text_as_it_stands(tmp_path: Path) -> None:
    is_read(
        tmp_path,
        "a.xml",
        "<Task><TEXT><![CDATA[\n Ada  left.\n]]></TEXT><TAGS/></Task>",
        "corpora",
        "\n Ada  left.\n",
    )


def test_a_page_with_a_nul_that_browsers_pass_over_is_a_page(tmp_path: Path) -> None:
    page = f"<html><head><title>Vote\0d down</title></head><body><p>{TEXT}</p></body></html>"
    found = read(tmp_path, "a.html", page)
    assert TEXT in found[1][0].article.text
    assert "\0" not in found[1][0].article.title + found[1][0].article.text
