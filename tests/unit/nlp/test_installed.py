"""Other people's spaCy pipelines: loaded by name or from a trusted folder, refused with a sentence."""

from __future__ import annotations

import json

import pytest
import spacy

from annotator.model.errors import UserError
from annotator.model.suggesting import SuggestInput
from annotator.nlp import installed
from annotator.nlp.installed import SUGGESTER, TRUST, version_warning


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "Grain Board"}])
    nlp.meta["name"], nlp.meta["version"] = "tiny", "1.2.3"
    path = tmp_path_factory.mktemp("pipelines") / "tiny"
    nlp.to_disk(path)
    return path


def _found(suggester, *texts):
    return [
        [(one.label, text[start:end]) for one in proposals.spans for start, end in one.fragments]
        for text, proposals in zip(
            texts, suggester.suggest(SuggestInput(text) for text in texts), strict=True
        )
    ]


def test_trusted_folder_is_loaded_and_goes_by_its_own_name(folder):
    suggester = SUGGESTER.load(f"{TRUST}{folder}")
    assert (suggester.name, suggester.version) == ("en_tiny", "1.2.3")
    texts = ("😀 The Grain Board met.", "", "nothing", "Grain Board\nGrain Board")
    assert _found(suggester, *texts) == [[("ORG", "Grain Board")], [], [], [("ORG", "Grain Board")] * 2]


def test_no_text_gives_no_answer(folder):
    assert list(SUGGESTER.load(f"{TRUST}{folder}").suggest([])) == []


def test_a_text_too_long_for_a_pipeline_is_cut_between_paragraphs(folder, monkeypatch):
    monkeypatch.setattr(installed, "LONGEST", 40)
    text = "The Grain Board met.\n" * 5 + "x" * 100 + " Grain Board"
    assert _found(SUGGESTER.load(f"{TRUST}{folder}"), text) == [[("ORG", "Grain Board")] * 6]


def test_a_long_line_is_cut_between_words(monkeypatch):
    monkeypatch.setattr(installed, "LONGEST", 40)
    text = "the Grain Board met, " * 5
    pieces = [piece for _, piece in installed._pieces(text)]
    assert len(pieces) > 2
    assert {piece[-1] for piece in pieces} == {" "}
    assert "".join(pieces) == text


def test_a_folder_without_trust_is_refused_and_no_code_runs(tmp_path):
    (tmp_path / "meta.json").write_text("{}")
    (tmp_path / "config.cfg").write_text("[nlp]\nlang = 'en'\n")
    with pytest.raises(UserError, match="can run any program code"):
        SUGGESTER.load(str(tmp_path))


@pytest.mark.parametrize(
    ("choice", "says"),
    [("", "No spaCy pipeline was chosen"), ("en_nosuch", "no installed spaCy pipeline named en_nosuch")],
)
def test_what_is_not_there_is_refused(choice, says):
    with pytest.raises(UserError, match=says):
        SUGGESTER.load(choice)


def test_a_folder_that_holds_none_is_refused(tmp_path):
    with pytest.raises(UserError, match="holds no spaCy pipeline"):
        SUGGESTER.load(f"{TRUST}{tmp_path}")


@pytest.mark.parametrize("config", ["", "[nlp", "[nlp]\nlang = 'en'\npipeline = ['nosuch']\n"])
def test_a_broken_pipeline_is_refused_with_its_reason(tmp_path, config):
    (tmp_path / "meta.json").write_text('{"lang": "en"}')
    (tmp_path / "config.cfg").write_text(config)
    with pytest.raises(UserError, match="could not be loaded"):
        SUGGESTER.load(f"{TRUST}{tmp_path}")


@pytest.mark.parametrize(
    ("wanted", "warns"), [(f">={spacy.__version__}", False), (">=2.0,<3.0", True), ("?", True), ("", False)]
)
def test_another_version_is_warned_of_before_loading(tmp_path, wanted, warns):
    (tmp_path / "meta.json").write_text(json.dumps({"spacy_version": wanted}))
    assert ("made for spaCy" in version_warning(f"{TRUST}{tmp_path}")) is warns


def test_another_version_is_noted_in_the_reasons(folder, tmp_path):
    meta = json.loads((folder / "meta.json").read_text())
    nlp = spacy.load(folder)
    nlp.to_disk(tmp_path)
    (tmp_path / "meta.json").write_text(json.dumps(meta | {"spacy_version": ">=2.0,<3.0"}))
    (proposals,) = SUGGESTER.load(f"{TRUST}{tmp_path}").suggest([SuggestInput("Grain Board")])
    assert "it was made for spaCy >=2.0,<3.0" in proposals.spans[0].reason


def test_version_warning_of_nothing_is_empty():
    assert version_warning("en_nosuch") == ""
