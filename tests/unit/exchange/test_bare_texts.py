"""Texts that hold no word, or look like something else: every format writes them, and none is changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from made_projects import Plan, bring, export, project_in

from annotator.exchange.claims import fnc1
from annotator.model.errors import UserError
from annotator.model.ids import new_id
from annotator.model.records import Article, Fragment, RoleEnd
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.text import sha256_of
from annotator.services.project import Project

SCHEME = read_scheme(resource("schemes/default.toml"))
FORMATS = sorted(one.name for one in entry_points(group="annotator.exporters"))
BLANKS = [" ", "\n", " \n\t ", "\u3000"]
ODD = [
    "https://ferry.invalid/a.txt",
    "data:,ferry",
    "<p>The ferry &amp; the bridge stay.</p>",
    "<html><body><p>The ferry stays.</p></body></html>",
    "'=1+1 is what he wrote",
    "=1+1 is what he wrote",
    "{}",
    "-DOCSTART- -X- O",
    "_",
    "%PDF-1.7 stands in the first line of the file.",
]


def fill(project: Project, *texts: str) -> None:
    """An article for each text as it stands, and one more with a span and a frame on all of it."""
    for number, text in enumerate(texts):
        for name in (f"{number}.txt", f"marked-{number}.txt"):
            own = new_id()
            project.write_import(Plan([Article(own, name, "Ferry", text, sha256_of(text), "en")]))
        whole = (Fragment(0, len(text)),)
        claim, source = (project.add_span(own, one, whole).changes[0].record for one in ("CLAIM", "SOURCE"))
        ends = [RoleEnd("claim", "span", claim.id), RoleEnd("source", "span", source.id)]
        project.add_frame(own, "ATTRIBUTION", ends)


@pytest.fixture(scope="module")
def such(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with project_in(tmp_path_factory.mktemp("such"), "p", SCHEME) as project:
        fill(project, *BLANKS, *ODD)
        yield project


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_fails_on_such_texts(tmp_path: Path, such: Project, name: str) -> None:
    assert export(such, tmp_path / "out", name).articles == 2 * len([*BLANKS, *ODD])


@pytest.mark.parametrize("offsets", ["characters", "bytes"])
def test_a_text_of_blanks_is_an_empty_sentence(tmp_path: Path, offsets: str) -> None:
    with project_in(tmp_path, "p", SCHEME) as project:
        fill(project, "\u3000\n")
        export(project, tmp_path / "s.jsonl", "sentences", chosen={"offsets": offsets})
    plain, marked = map(json.loads, (tmp_path / "s.jsonl").read_text("utf-8").splitlines())
    end = 4 if offsets == "bytes" else 2
    assert (plain["number"], plain["start"], plain["end"], plain["text"], plain["spans"]) == (
        0, end, end, "", [],
    )  # fmt: skip
    assert (marked["start"], marked["end"], marked["text"]) == (0, end, "\u3000\n")
    assert [one["pieces"] for one in marked["spans"]] == [[[0, end]]] * 2


def test_a_text_of_blanks_is_a_head_alone_in_webanno(tmp_path: Path) -> None:
    with project_in(tmp_path, "p", SCHEME) as project, project_in(tmp_path, "q", SCHEME) as other:
        fill(project, "\n", "She said no.")
        left_out = export(project, tmp_path / "out", "webanno_tsv").left_out
        assert left_out["texts that hold no word"] == 2
        assert "white space before the first word, written as blanks" not in left_out
        for name in ("0", "marked-0"):
            assert (tmp_path / f"out/{name}.txt.tsv").read_text("utf-8") == "#FORMAT=WebAnno TSV 3.3\n\n\n"
        summary = bring(other, tmp_path / "out")
        assert {one.text for one in (each.article for each in other.contents())} == {"She said no."}
        assert len(summary.problems) == 2
        assert all("the text is empty" in str(one) for one in summary.problems), summary.problems


def test_an_article_without_words_in_webanno_is_proved_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with project_in(tmp_path, "p", SCHEME) as project:
        fill(project, "She said no.")
        monkeypatch.setattr("annotator.exchange.inception.webanno_out._Writing._body", lambda *_: b"")
        with pytest.raises(UserError, match="does not read as the same text with the same spans"):
            export(project, tmp_path / "out", "webanno_tsv")


def test_label_studio_gives_back_texts_that_look_like_something_else(tmp_path: Path) -> None:
    with project_in(tmp_path, "p", SCHEME) as project, project_in(tmp_path, "q", SCHEME) as other:
        fill(project, *ODD)
        export(project, tmp_path / "a.json", "label_studio")
        assert bring(other, tmp_path / "a.json").problems == ()
        contents = [*other.contents()]
        assert {one.article.text for one in contents} == {*ODD}
        marked = [one for one in contents if one.spans]
        assert len(marked) == len(ODD)
        assert all(one.spans[0].fragments == (Fragment(0, len(one.article.text)),) for one in marked)


def test_a_page_that_another_program_names_is_still_a_page(tmp_path: Path) -> None:
    page = "<p>The ferry stays.</p><p>Nobody minds.</p>"
    for more in ({}, {"predictions": [], "total_annotations": 0}):
        task = {"id": 1, "data": {"name": "a", "text": page}, "annotations": [], **more}
        (tmp_path / "a.json").write_text(json.dumps([task]), "utf-8")
        with project_in(tmp_path, f"p{len(more)}", SCHEME) as project:
            bring(project, tmp_path / "a.json")
            assert [one.article.text for one in project.contents()] == ["The ferry stays.\nNobody minds.\n"]


def test_a_cell_of_fnc1_is_proved_as_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with project_in(tmp_path, "p", SCHEME) as project:
        fill(project, "'=1+1", "=1+1")
        export(project, tmp_path / "out", "fnc1")
        rows = (tmp_path / "out/bodies.csv").read_text("utf-8").splitlines()
        assert [one.partition(",")[2] for one in rows] == ["articleBody", *["'=1+1"] * 4]
        line = fnc1._line
        monkeypatch.setattr(fnc1, "_line", lambda cells: line(cells).replace(b"'=", b"="))
        with pytest.raises(UserError, match="nothing was put in place"):
            export(project, tmp_path / "other", "fnc1")


@pytest.mark.parametrize(
    "text", ["The ferry \u200d stays.", "The ferry \ufe0f stays.", "The ferry \u0301 stays."]
)
def test_a_blank_that_a_joiner_follows_may_be_an_end_of_spans(tmp_path: Path, text: str) -> None:
    with project_in(tmp_path, "p", SCHEME) as project, project_in(tmp_path, "q", SCHEME) as other:
        own = new_id()
        project.write_import(Plan([Article(own, "a.txt", "Ferry", text, sha256_of(text), "en")]))
        places = {("CLAIM", 9, 17), ("SOURCE", 10, 11), ("CLAIM", 4, 10), ("SOURCE", 4, 11)}
        for label, start, end in places:
            project.add_span(own, label, (Fragment(start, end),))
        export(project, tmp_path / "a.jsonl", "prodigy")
        assert bring(other, tmp_path / "a.jsonl").problems == ()
        (content,) = other.contents()
        assert {(one.label, one.start, one.end) for one in content.spans} == places
