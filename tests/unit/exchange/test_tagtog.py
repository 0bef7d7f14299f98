"""Labels of tagtog lie beside the page that they are about, and a legend says what they are called."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from made_projects import bring, project_in
from read_again import NOTHING

from annotator.exchange.tools import tagtog
from annotator.services.importing import ImportSummary

PAGE = (
    '<!DOCTYPE html ><html class="anndoc" id="x"><head><title>x</title></head><body><article>'
    '<section data-type="title"><h2 id="s1h1">Ferry &amp; 😀 port</h2></section>'
    '<section data-type="article"><div class="content" id="s2"><p id="s2p1">Ada <i>Rask</i> left.</p></div>'
    "</section></article></body></html>"
)
LEGEND = {"e_1": "Person", "e_2": "Place", "r_9": "x0(e_1|e_2)", "m_1": "Mood", "m_2": "News", "f_1": "kind"}


def entity(kind: str, part: str, start: int, text: str, **more: Any) -> dict[str, Any]:
    sure = {"state": "", "who": ["user:ada"], "prob": 1}
    place = {"start": start, "text": text}
    return {"classId": kind, "part": part, "offsets": [place], "confidence": sure, **more}


def labels(*entities: dict[str, Any], **more: Any) -> dict[str, Any]:
    parts = {"parts": ["s1h1", "s2p1"]}
    return {"annotatable": parts, "anncomplete": True, "sources": [], "entities": [*entities], **more}


def put(folder: Path, held: Any, page: str, legend: str = "annotations-legend.json") -> Path:
    files = {"ann.json/master/pool/a.ann.json": json.dumps(held), page: PAGE, legend: json.dumps(LEGEND)}
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data, encoding="utf-8")
    return folder


def read(folder: Path, path: Path) -> tuple[ImportSummary, list[Any]]:
    folder.mkdir(exist_ok=True)
    with project_in(folder, "p", NOTHING) as project:
        summary = bring(project, path, new_labels="add")
        names = {one.id: one.name for one in project.annotators()}
        found = []
        for content in project.contents():
            text = content.article.text
            words = {
                one.id: " ".join(text[each.start : each.end] for each in one.fragments)
                for one in content.spans
            }
            spans = [
                (one.label, words[one.id], names[one.annotator], dict(one.attributes))
                for one in content.spans
            ]
            links = [(one.label, [words[each.end] for each in one.roles]) for one in content.frames]
            found.append((content.article.name, text, spans, links, [one.label for one in content.labels]))
        return summary, found


@pytest.mark.parametrize(
    "page", ["plain.html/pool/a.plain.html", "ann.json/master/pool/a.html", "html/a.html"]
)
def test_a_page_and_its_labels_are_one_article(tmp_path: Path, page: str) -> None:
    held = labels(
        entity("e_2", "s1h1", 11, "port"),  # Counted in UTF-16 units, as its words tell.
        entity("e_1", "s2p1", 0, "Ada Rask", fields={"f_1": {"value": "chair"}}),
        entity("e_1", "s9p9", 0, "Ada"),
        relations=[
            {"classId": "r_9", "entities": ["s2p1|e_1|0,7", "s1h1|e_2|11,14"]},
            {"classId": "r_9", "entities": ["s2p1|e_1|0,7", f"s1h1|e_2|{'3' * 5000},4"]},
        ],
        metas={"m_1": {"value": "calm"}, "m_2": {"value": True}},
    )
    summary, ((name, text, spans, links, said),) = read(tmp_path, put(tmp_path / "in", held, page))
    assert (summary.problems, name) == ((), "a")
    assert text == "Ferry & 😀 port\n\nAda Rask left."
    assert spans == [("Place", "port", "ada", {}), ("Person", "Ada Rask", "ada", {"kind": "chair"})]
    assert links == [("Person_Place", ["Ada Rask", "port"])]
    assert sorted(said) == ["Mood: calm", "News"]
    told = " ".join(map(str, summary.notes))
    assert "1 × labels in no part of the page, 1 × relations of what is not there" in told


def test_what_a_model_found_is_a_suggestion_and_a_page_alone_is_missed(tmp_path: Path) -> None:
    guess = {"state": "pre-added", "who": ["ml:m"], "prob": 0.5}
    folder = put(tmp_path / "in", labels(entity("e_1", "s2p1", 0, "Ada", confidence=guess)), "html/a.html")
    summary, ((*_, spans, _, _),) = read(tmp_path, folder)
    assert (spans, summary.suggestions) == ([], 1)
    (folder / "html" / "a.html").unlink()
    (folder / "annotations-legend.json").unlink()
    told = str(read(tmp_path / "again", folder)[0].problems[0])
    assert "it holds labels of tagtog; the page with its text, a.plain.html or a.html, does not" in told


def test_a_text_without_parts_lies_beside_its_labels(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("So Ada left.", "utf-8")
    held = {**labels(entity("e_1", "s1v1", 3, "Ada")), "annotatable": {"parts": ["s1v1"]}}
    (folder / "a.ann.json").write_text(json.dumps(held), "utf-8")
    summary, ((*_, spans, _, _),) = read(tmp_path, folder)
    assert (summary.articles, spans) == (1, [("e_1", "Ada", "ada", {})])


def test_a_page_that_is_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(_page: object, _text: str) -> None:
        raise AssertionError("unknown status keyword")

    monkeypatch.setattr(tagtog._Page, "feed", torn)  # only older versions of Python find a page that torn
    folder = put(tmp_path / "in", labels(), "html/a.html")
    assert "the page with its text cannot be read" in str(read(tmp_path / "p", folder)[0].problems[0])


def test_without_a_legend_labels_keep_their_numbers(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", labels(entity("e_1", "s2p1", 0, "Ada")), "html/a.html")
    (folder / "annotations-legend.json").unlink()
    summary, ((*_, spans, _, _),) = read(tmp_path, folder)
    assert spans == [("e_1", "Ada", "ada", {})]
    assert "annotations-legend.json, which says what labels are called, does not lie" in " ".join(
        summary.notes
    )


def test_a_name_too_long_for_that_of_a_page_has_none(tmp_path: Path) -> None:
    path = tmp_path / f"{'a' * 246}.ann.json"
    path.write_text(json.dumps(labels()), "utf-8")
    summary, _ = read(tmp_path, path)
    assert "does not lie beside it" in str(summary.problems[0])


def test_names_of_parts_are_told_without_trying_each_way() -> None:
    assert tagtog._PART.fullmatch("s1" * 200_000 + "x") is None
    assert all(map(tagtog._PART.fullmatch, ("s1h1", "s2p1", "s1s2v1", "s3c1p2")))


def test_numbers_of_labels_and_parts_are_read_and_not_told_as_lost(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", labels(entity("e_1", "s2p1", 0, "Ada")), "html/a.html")
    told = " ".join(read(tmp_path, folder)[0].notes)
    assert "anncomplete" in told
    assert not [one for one in ("classId", "annotatable", "part", "confidence") if one in told]
