"""UIMA CAS in JSON: read as its XMI would be, or refused in a sentence."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from made_projects import bring, project_in

from annotator.exchange.inception import cas_json
from annotator.exchange.inception.uima_xmi import FORMAT
from annotator.model.errors import UserError
from annotator.model.formats import ImportOptions

TEXT = "Léa 😀 Ortiz said the bridge is safe."
SPAN, LINK, HOST = "own.Claim", "own.Link", "own.Says"


def at(words: str) -> dict[str, int]:
    """Where words stand, in UTF-16 units as UIMA counts."""
    start = len(TEXT[: TEXT.index(words)].encode("utf-16-le")) // 2
    return {"begin": start, "end": start + len(words.encode("utf-16-le")) // 2}


CAS: dict[str, Any] = {
    "%TYPES": {
        SPAN: {
            "%NAME": SPAN,
            "%SUPER_TYPE": "uima.tcas.Annotation",
            "label": {"%NAME": "label", "%RANGE": "uima.cas.String"},
        },
        LINK: {
            "%NAME": LINK,
            "%SUPER_TYPE": "uima.cas.TOP",
            "role": {"%NAME": "role", "%RANGE": "uima.cas.String"},
            "target": {"%NAME": "target", "%RANGE": SPAN},
        },
        HOST: {
            "%NAME": HOST,
            "%SUPER_TYPE": "uima.tcas.Annotation",
            "links": {"%NAME": "links", "%RANGE": f"{LINK}[]"},
        },
    },
    "%FEATURE_STRUCTURES": [
        {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text",
         "sofaString": TEXT},
        {"%ID": 2, "%TYPE": SPAN, "@sofa": 1, **at("Léa 😀 Ortiz"), "label": "SOURCE"},
        {"%ID": 3, "%TYPE": SPAN, "@sofa": 1, **at("the bridge is safe"), "label": "CLAIM"},
        {"%ID": 4, "%TYPE": LINK, "role": "who", "@target": 2},
        {"%ID": 5, "%TYPE": LINK, "role": "what", "@target": 3},
        {"%ID": 6, "%TYPE": f"{LINK}[]", "%ELEMENTS": [4, 5]},
        {"%ID": 7, "%TYPE": HOST, "@sofa": 1, **at("said"), "@links": 6},
    ],
    "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 3, 7]}},
}  # fmt: skip


def put(folder: Path, cas: Any) -> Path:
    path = folder / "bridge.json"
    path.write_text(cas if isinstance(cas, str) else json.dumps(cas), "utf-8")
    return path


def test_spans_and_links_come_in(tmp_path: Path) -> None:
    path = put(tmp_path, CAS)
    assert FORMAT.importer is not None
    assert FORMAT.importer.preview(path, ImportOptions()).sample == TEXT
    with project_in(tmp_path, "p") as project:
        summary = bring(project, path, new_labels="add")
        assert (dict(summary.formats), summary.problems) == ({"uima_xmi": 1}, ())
        (content,) = project.contents()
        text = content.article.text
        words = {one.id: text[one.start : one.end] for one in content.spans}
        found = sorted((one.label, words[one.id]) for one in content.spans)
        marked = [("CLAIM", "the bridge is safe"), ("SOURCE", "Léa 😀 Ortiz"), ("Says", "said")]
        assert found == marked
        links = [(one.label, [(end.role, words.get(end.end)) for end in one.roles]) for one in content.frames]
        assert links == [
            ("who", [("from", "said"), ("to", "Léa 😀 Ortiz")]),
            ("what", [("from", "said"), ("to", "the bridge is safe")]),
        ]


def damaged() -> dict[str, Any]:
    """Such files, by what is wrong with them."""
    found: dict[str, Any] = {"cut": json.dumps(CAS)[:-40]}
    for name in ("begin", "above", "structures", "views", "text", "place"):
        found[name] = copy.deepcopy(CAS)
    found["begin"]["%FEATURE_STRUCTURES"][1]["begin"] = "x"
    found["above"]["%TYPES"][SPAN]["%SUPER_TYPE"] = SPAN
    found["structures"]["%FEATURE_STRUCTURES"] = 5
    found["views"]["%VIEWS"] = []
    found["text"]["%FEATURE_STRUCTURES"][0]["sofaString"] = 5
    found["place"]["%FEATURE_STRUCTURES"][0] |= {"sofaURI": "file:///etc/hostname"}
    del found["place"]["%FEATURE_STRUCTURES"][0]["sofaString"]
    found["deep"] = '{"%TYPES":' + '{"a":' * 100_000 + "1" + "}" * 100_001
    return found


@pytest.mark.parametrize("name", damaged())
def test_what_does_not_hold_together_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    with project_in(tmp_path, "p") as project:
        (problem,) = bring(project, put(tmp_path, damaged()[name]), new_labels="add").problems
        told = ("it is a UIMA CAS in JSON, but does not hold together", "there is no text in it")
        assert any(one in str(problem) for one in told), problem
        assert project.article_ids() == ()


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.exchange.inception.uima_xmi.LIMIT", 100)
    assert FORMAT.importer is not None
    with pytest.raises(UserError, match="it is too large"):
        list(FORMAT.importer.read(put(tmp_path, CAS), ImportOptions()))


def test_other_json_is_not_taken_for_it(tmp_path: Path) -> None:
    assert not cas_json.is_cas_json(put(tmp_path, {"text": TEXT, "%TYPES": {}}))
    assert not cas_json.is_cas_json(tmp_path / "none.json")
