"""spaCy's JSON in both shapes; records that go over lines or lie in a list too large to be read at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from made_projects import bring, export, project_in
from read_again import NOTHING
from spacy.tokens import Span

from annotator.exchange import json_lines
from annotator.model.records import Fragment
from annotator.plugins import door


def put(folder: Path, value: Any, **form: Any) -> Path:
    path = folder / "a.json"
    path.write_text(json.dumps(value, **form), "utf-8")
    return path


def covered(project: Any) -> list[tuple[str, str, str]]:
    return sorted(
        (one.label, content.article.text[one.start : one.end], content.article.text)
        for content in project.contents()
        for one in content.spans
    )


def recognised(path: Path) -> list[str]:
    return [
        name
        for name, one in door.importers().items()
        if one.importer is not None
        and not getattr(one.importer, "is_general", False)
        and one.importer.recognises(path)
    ]


def test_what_spacy_gives_comes_in(tmp_path: Path) -> None:
    doc = spacy.blank("en").make_doc("Ada Rask said no 😀.  Twice.")
    doc.ents = [Span(doc, 0, 2, "PERSON")]
    doc.spans["sc"] = [Span(doc, 0, 2, "PERSON"), Span(doc, 1, 4, "CLAIM")]
    doc.spans["other"] = [Span(doc, 3, 4, "CLAIM")]
    doc.cats = {"SPORT": 0.0, "NEWS": 1.0}
    for value in ([doc.to_json()], doc.to_json()):
        path = put(tmp_path, value)
        assert recognised(path) == ["spacy_json"]
        with project_in(tmp_path, f"p{type(value).__name__}", NOTHING) as project:
            summary = bring(project, path, new_labels="add")
            assert summary.problems == ()
            assert [one[:2] for one in covered(project)] == [
                ("CLAIM", "Rask said no"),
                ("CLAIM", "no"),
                ("PERSON", "Ada Rask"),
            ]
            (content,) = project.contents()
            assert [one.label for one in content.labels] == ["NEWS"]


@pytest.mark.parametrize("form", [{}, {"indent": 2}])
def test_texts_with_their_entities_come_in(tmp_path: Path, form: dict[str, Any]) -> None:
    said = {"entities": [[0, 3, "PERSON"]], "spans": {"sc": [[0, 8, "CLAIM"]]}, "cats": {"NEWS": 1}}
    path = put(tmp_path, [["Ada said 😀", said], ["Ben left", {"entities": []}]], **form)
    assert recognised(path) == ["spacy_json"]
    with project_in(tmp_path, "p", NOTHING) as project:
        assert bring(project, path, new_labels="add").problems == ()
        assert [one[:2] for one in covered(project)] == [("CLAIM", "Ada said"), ("PERSON", "Ada")]
        assert len(project.article_ids()) == 2


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("count", [1, 2])
def test_each_text_with_its_entities_may_stand_on_a_line(tmp_path: Path, name: str, count: int) -> None:
    pairs = [["Ada said 😀", {"entities": [[0, 3, "PERSON"]]}], ["Ben left", {"entities": []}]][:count]
    path = tmp_path / name
    path.write_text("".join(f"{json.dumps(one)}\n" for one in pairs), "utf-8")
    assert recognised(path) == ["spacy_json"]
    with project_in(tmp_path, "p", NOTHING) as project:
        assert bring(project, path, new_labels="add").problems == ()
        assert [one[:2] for one in covered(project)] == [("PERSON", "Ada")]
        assert len(project.article_ids()) == count


def test_spans_may_lie_from_token_to_token(tmp_path: Path) -> None:
    spans = [
        {"start_token": 2, "end_token": 4, "label": "CLAIM"},
        {"start_token": 3, "end_token": 4, "label": "A"},
    ]
    said = {
        "text": "Ada said  no, never.",
        "tokens": ["Ada", "said", "no", ",", "never", "."],
        "spans": spans,
    }
    beyond = said | {"text": "Ben said no, never.", "tokens": ["Ben", "said", "no"]}
    (tmp_path / "a.json").write_text(json.dumps([said, beyond]), "utf-8")
    assert recognised(tmp_path / "a.json") == ["spacy_json"]
    with project_in(tmp_path, "p", NOTHING) as project:
        (problem,) = bring(project, tmp_path / "a.json", new_labels="add").problems
        assert (problem.field, problem.line) == ("spans[0]", 2)
        assert [one[:2] for one in covered(project)] == [("A", ","), ("CLAIM", "no,")]


@pytest.mark.parametrize("spans", [[{"start": 0, "end": 3, "label": "PERSON"}], [[0, 3, "PERSON"]]])
def test_spans_need_no_group(tmp_path: Path, spans: Any) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "Ada said no.", "spans": spans, "cats": {"NEWS": 1.0}}), "utf-8")
    assert recognised(path) == ["spacy_json"]
    with project_in(tmp_path, "p", NOTHING) as project:
        assert bring(project, path, new_labels="add").problems == ()
        assert [one[:2] for one in covered(project)] == [("PERSON", "Ada")]
        assert [one.label for content in project.contents() for one in content.labels] == ["NEWS"]


def test_a_list_that_is_over_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"text": "Ada left."}]\n[{"text": "Ben left."}]\n', "utf-8")
    with project_in(tmp_path, "p") as project:
        (problem,) = bring(project, tmp_path / "a.json").problems
        assert str(problem) == ("a.json, line 2: the list of records ends before this, but the file goes on")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"entities": ["B-PER", "O"]}, "entities[0]: it is text ('B-PER'), it has to be [start, end, label]"),
        ({"entities": [[0, 99, "PERSON"]]}, "lies beyond the text of 12 characters"),
        ({"spans": "PERSON"}, "spans: it is text ('PERSON'), it has to be an object of groups, or a list"),
        ({"spans": [{"start": 0, "end": 3}]}, "spans[0].label: it is null"),
        ({"spans": [[0, 3]]}, "spans[0]: it is a list"),
        ({"spans": {"sc": [{"start": 0, "end": 3}]}}, "spans.sc[0].label: it is null"),
        ({"cats": ["NEWS"]}, "cats: it is a list, it has to be an object of labels and numbers"),
        ({"cats": {"NEWS": "yes"}}, "cats.NEWS: it is text ('yes'), it has to be a number"),
        ({"ents": [{"start": 0, "label": "PERSON"}]}, "ents[0].end: there is no end"),
    ],
)
def test_a_text_with_a_fault_is_named(tmp_path: Path, said: dict[str, Any], words: str) -> None:
    path = put(tmp_path, [["Ada said no.", said], ["Fine.", {"entities": []}]])
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, path, format_name="spacy_json", new_labels="add")
        (problem,) = summary.problems
        assert words in str(problem)
        assert "Fine." in [one.article.text for one in project.contents()]


def test_a_record_may_go_over_several_lines(tmp_path: Path) -> None:
    records = [
        {"text": f"Ada {number}", "entities": [], "relations": [], "meta": {"a": "b"}} for number in range(2)
    ]
    whole = "\n".join(json.dumps(one, indent=4) for one in records)
    path = tmp_path / "a.jsonl"
    path.write_text(whole + "\n", "utf-8")
    assert recognised(path) == ["doccano"]
    with project_in(tmp_path, "p") as project:
        assert bring(project, path).problems == ()
        assert [one.article.text for one in project.contents()] == ["Ada 0", "Ada 1"]
    path.write_text(whole[:-3], "utf-8")
    with project_in(tmp_path, "q") as project:
        (problem,) = bring(project, path, format_name="doccano").problems
        assert "line 9: the record is cut off" in str(problem)
        assert len(project.article_ids()) == 1


@pytest.mark.parametrize("name", ["label_studio", "spacy_json"])
def test_a_list_that_is_too_large_to_be_read_at_once_is_read_line_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(f"Ada said {number}.", "utf-8")
    with project_in(tmp_path, "p") as project, project_in(tmp_path, "q") as other:
        bring(project, *sorted(tmp_path.glob("*.txt")))
        for article in project.article_ids():
            project.add_span(article, "CLAIM", (Fragment(0, 3),))
        export(project, tmp_path / "small.json", name, chosen={"shape": "training"})
        monkeypatch.setattr(json_lines, "LINE_LIMIT", 600)
        export(project, tmp_path / "o.json", name, chosen={"shape": "training"})
        size = (tmp_path / "o.json").stat().st_size
        assert (tmp_path / "o.json").read_bytes() == (tmp_path / "small.json").read_bytes()
        assert bring(other, tmp_path / "o.json").problems == ()
        assert (covered(other) == covered(project)) is (size > 0)
