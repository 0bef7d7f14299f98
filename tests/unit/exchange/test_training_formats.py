"""Formats that are only written: W3C Web Annotation, and JSON lines that Hugging Face loads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_projects import Plan, bring, export, made, project_in

from annotator.exchange.training import hugging_face, web_annotation
from annotator.model.errors import UserError
from annotator.model.records import Fragment, RoleEnd
from annotator.services.project import Project

TEXT = "Ada 😀 said: “No.”\nBen Holt agreed."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with project_in(tmp_path, "p") as found:
        bring(found, tmp_path / "a.txt")
        article = found.article_ids()[0]
        claim = found.add_span(article, "CLAIM", (Fragment(13, 15), Fragment(27, 33))).changes[0].record
        source = found.add_span(article, "SOURCE", (Fragment(0, 5),)).changes[0].record
        found.add_span(article, "PERSON", (Fragment(0, 3),))
        ends = [RoleEnd("from", "span", source.id), RoleEnd("to", "span", claim.id)]
        found.add_frame(article, "LINK", ends)
        yield found


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_sentences_with_a_tag_for_each_token(project: Project, tmp_path: Path) -> None:
    written = export(project, tmp_path / "o.jsonl", "hugging_face")
    (row,) = rows(tmp_path / "o.jsonl")  # a span reaches over the end of the first sentence
    tags = dict(zip(row["tokens"], row["tags"], strict=True))
    assert (tags["Ada"], tags["😀"], tags["said"]) == ("B-SOURCE", "I-SOURCE", "O")
    assert (tags["No"], tags["Holt"], tags["agreed"]) == ("B-CLAIM", "I-CLAIM", "I-CLAIM")
    assert all(
        TEXT[start:].startswith(word) for start, word in zip(row["starts"], row["tokens"], strict=True)
    )
    assert written.left_out == {
        "spans in several pieces, written as one stretch": 1,
        "frames": 1,
        "spans that overlap a longer one": 1,
    }


def test_relations_with_their_last_token_included(project: Project, tmp_path: Path) -> None:
    written = export(project, tmp_path / "o.jsonl", "hugging_face", chosen={"task": "relations"})
    (row,) = rows(tmp_path / "o.jsonl")
    words = row["tokens"]
    assert words[row["subj_start"] : row["subj_end"] + 1] == ["Ada", "😀"]
    assert words[row["obj_start"]] == "No"
    assert words[row["obj_end"]] == "agreed"
    assert (row["relation"], row["subj_type"], row["obj_type"]) == ("LINK", "SOURCE", "CLAIM")
    assert written.left_out["spans that no link joins"] == 1


@pytest.mark.parametrize(
    ("window", "sizes"), [("sentence", [4, 3, 3, 60]), ("128", [70]), ("article", [70]), ("", [4, 3, 3, 60])]
)
def test_as_many_sentences_in_a_record_as_are_asked_for(
    tmp_path: Path, window: str, sizes: list[int]
) -> None:
    text = "Ada said no.\n\nBen left.\n\n\nHe ran.\n" + " ".join(["word"] * 59) + "."
    (tmp_path / "a.txt").write_text(text, "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.txt")
        project.add_span(project.article_ids()[0], "SOURCE", (Fragment(14, 17),))
        chosen = {"window": window} if window else {}
        export(project, tmp_path / "o.jsonl", "hugging_face", chosen=chosen)
        found = rows(tmp_path / "o.jsonl")
    assert [len(one["tokens"]) for one in found] == sizes
    assert [tag for one in found for tag in one["tags"]].count("B-SOURCE") == 1
    for one in found:
        for start, word in zip(one["starts"], one["tokens"], strict=True):
            assert text.startswith(word, start)


def test_a_window_is_as_full_as_sentences_let_it_be() -> None:
    sentences = [(0, 3), (3, 3), (3, 8), (8, 20), (20, 22)]
    assert list(hugging_face._windows(sentences, 8)) == [(0, 8), (8, 20), (20, 22)]
    assert list(hugging_face._windows([(0, 0)], 8)) == []


def test_relations_come_with_the_window_that_holds_them(project: Project, tmp_path: Path) -> None:
    chosen = {"task": "relations", "window": "article"}
    export(project, tmp_path / "o.jsonl", "hugging_face", chosen=chosen)
    (row,) = rows(tmp_path / "o.jsonl")
    assert row["tokens"][row["subj_start"] : row["subj_end"] + 1] == ["Ada", "😀"]
    assert row["tokens"][-1] == "."


def test_pairs_of_linked_texts(project: Project, tmp_path: Path) -> None:
    export(project, tmp_path / "o.jsonl", "hugging_face", chosen={"task": "pairs"})
    (row,) = rows(tmp_path / "o.jsonl")
    assert (row["text_a"], row["label"]) == ("Ada 😀", "LINK")
    assert row["text_b"] == TEXT[13:33]


@pytest.mark.parametrize(
    ("unit", "places"),
    [
        ("characters", [(0, 5), (13, 15), (27, 33)]),
        ("utf16", [(0, 6), (14, 16), (28, 34)]),
        ("bytes", [(0, 8), (18, 20), (34, 40)]),
    ],
)
def test_annotations_in_every_unit(project: Project, tmp_path: Path, unit: str, places: list[Any]) -> None:
    export(project, tmp_path / "o", "web_annotation", chosen={"offsets": unit})
    page = json.loads((tmp_path / "o" / "a.jsonld").read_text("utf-8"))
    assert (tmp_path / "o" / "a.txt").read_text("utf-8") == TEXT
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    tagged = {
        one["body"][0]["value"]: one["target"] for one in page["items"] if one["motivation"] == "tagging"
    }
    found = [
        (each["selector"][0]["start"], each["selector"][0]["end"])
        for label in ("SOURCE", "CLAIM")
        for each in tagged[label]
    ]
    assert found == places
    quote = tagged["CLAIM"][0]["selector"][1]
    assert (quote["exact"], quote["prefix"], quote["suffix"][:1]) == ("No", TEXT[:13], ".")
    (link,) = [one for one in page["items"] if one["motivation"] == "linking"]
    ids = {one["id"] for one in page["items"]}
    assert [one["role"] for one in link["target"]] == ["from", "to"]
    assert {one["id"] for one in link["target"]} <= ids
    assert link["creator"] == {"type": "Person", "name": "Anna"}


GONE = (
    "spans that overlap a longer one",
    "spans without a word",
    "spans that are the same as another one, written once",
)
CHOICES = [
    ("web_annotation", {"offsets": "bytes"}),
    *(("hugging_face", {"task": task}) for task in ("tokens", "relations", "pairs")),
]


@pytest.mark.parametrize(("name", "chosen"), CHOICES)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_a_project_holds_is_written_or_counted(
    tmp_path_factory: pytest.TempPathFactory, name: str, chosen: dict[str, str], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with project_in(folder, "a") as project:
        project.write_import(Plan(data.draw(made(project.annotator.id))))
        written = export(project, folder / "out", name, chosen=chosen)
        if name == "web_annotation":
            pages = [json.loads(one.read_text("utf-8")) for one in (folder / "out").glob("*.jsonld")]
            items = [item["motivation"] for page in pages for item in page["items"]]
            assert (items.count("tagging"), items.count("linking")) == (written.spans, written.frames)
            return
        records = rows(folder / "out")
        lost = written.left_out
        frames = lost.get("frames that do not link two spans", 0)
        if chosen["task"] == "tokens":
            begun = sum(tag.startswith("B-") for one in records for tag in one["tags"])
            gone = sum(lost.get(what, 0) for what in GONE)
            assert begun == written.spans - gone
            assert lost.get("frames", 0) == written.frames
        else:
            assert len({one["frame"] for one in records}) == written.frames - frames
            assert len(records) >= written.frames - frames


@pytest.mark.parametrize(("name", "chosen"), CHOICES)
def test_a_difference_is_found_and_nothing_is_put_in_place(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, chosen: dict[str, str]
) -> None:
    module = {"web_annotation": web_annotation, "hugging_face": hugging_face}[name]
    honest = module.orjson.dumps

    class Planted:
        OPT_APPEND_NEWLINE = module.orjson.OPT_APPEND_NEWLINE
        loads = module.orjson.loads

        @staticmethod
        def dumps(value: Any, **more: Any) -> bytes:
            return honest(value, **more).replace(b"Ada", b"Eve").replace(b'"exact":"No', b'"exact":"Yes')

    monkeypatch.setattr(module, "orjson", Planted)
    with pytest.raises(UserError, match=r"does not (cover|have the words)"):
        export(project, tmp_path / "o", name, chosen=chosen)
    assert not (tmp_path / "o").exists()
