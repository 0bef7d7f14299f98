"""Other people's spaCy pipelines: loaded by name or from a trusted folder, refused with a sentence."""

from __future__ import annotations

import json
import shutil

import pytest
import spacy

from annotator.model.errors import UserError
from annotator.model.job import run
from annotator.model.suggesting import SuggestInput
from annotator.nlp import installed
from annotator.nlp.cutting import pieces
from annotator.nlp.installed import SUGGESTER
from annotator.nlp.pipelines import FOLDER, TRUST, fingerprint, look_at, version_warning


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "Grain Board"}])
    nlp.meta["name"], nlp.meta["version"] = "tiny", "1.2.3"
    path = tmp_path_factory.mktemp("pipelines") / "tiny"
    nlp.to_disk(path)
    return path


def _trusted(path):
    return f"{TRUST}{run(fingerprint(path))}:{path}"


def _found(suggester, *texts):
    return [
        [(one.label, text[start:end]) for one in proposals.spans for start, end in one.fragments]
        for text, proposals in zip(
            texts, suggester.suggest(SuggestInput(text) for text in texts), strict=True
        )
    ]


def test_trusted_folder_is_loaded_and_goes_by_its_own_name(folder):
    suggester = SUGGESTER.load(_trusted(folder))
    assert (suggester.name, suggester.version) == ("en_tiny", "1.2.3")
    texts = ("😀 The Grain Board met.", "", "nothing", "Grain Board\nGrain Board")
    assert _found(suggester, *texts) == [[("ORG", "Grain Board")], [], [], [("ORG", "Grain Board")] * 2]


def test_no_text_gives_no_answer(folder):
    assert list(SUGGESTER.load(_trusted(folder)).suggest([])) == []


def test_a_text_too_long_for_a_pipeline_is_cut_between_paragraphs(folder, monkeypatch):
    monkeypatch.setattr(installed, "LONGEST", 40)
    text = "The Grain Board met.\n" * 5 + "x" * 100 + " Grain Board"
    assert _found(SUGGESTER.load(_trusted(folder)), text) == [[("ORG", "Grain Board")] * 6]


def test_a_long_line_is_cut_between_words():
    text = "the Grain Board met, " * 5
    found = [piece for _, piece in pieces(text, 40)]
    assert len(found) > 2
    assert {piece[-1] for piece in found} == {" "}
    assert "".join(found) == text


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
        SUGGESTER.load(_trusted(tmp_path))


@pytest.mark.parametrize("config", ["", "[nlp", "[nlp]\nlang = 'en'\npipeline = ['nosuch']\n"])
def test_a_broken_pipeline_is_refused_with_its_reason(tmp_path, config):
    (tmp_path / "meta.json").write_text('{"lang": "en"}')
    (tmp_path / "config.cfg").write_text(config)
    with pytest.raises(UserError, match="could not be loaded"):
        SUGGESTER.load(_trusted(tmp_path))


def test_a_component_that_nobody_brings_is_named(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "copy")
    config = tmp_path / "copy" / "config.cfg"
    config.write_text(config.read_text().replace('factory = "entity_ruler"', 'factory = "nosuch"'))
    with pytest.raises(
        UserError, match=r"loaded\. It needs the component “nosuch”, which no installed package"
    ):
        SUGGESTER.load(_trusted(tmp_path / "copy"))


def test_a_pipeline_of_an_old_spacy_is_refused_with_both_versions(tmp_path):
    meta = {"lang": "en", "name": "old", "version": "1.1.0", "spacy_version": ">=2.0.0a18"}
    (tmp_path / "meta.json").write_text(json.dumps(meta))
    says = (
        rf"could not be loaded\. It was made for spaCy >=2\.0\.0a18; this is {spacy.__version__}\. .*config"
    )
    with pytest.raises(UserError, match=says):
        SUGGESTER.load(_trusted(tmp_path))


def test_a_package_of_before_entry_points_is_found_by_its_name(tmp_path, monkeypatch):
    (tmp_path / "en_old-1.dist-info").mkdir()
    (tmp_path / "en_old-1.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: en_old\nVersion: 1\n"
    )
    (tmp_path / "en_old").mkdir()
    (tmp_path / "en_old" / "__init__.py").write_text(
        "from pathlib import Path\n\ndef load(**_):\n"
        "    import spacy\n    return spacy.util.load_model_from_path(Path(__file__).parent)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(UserError, match="no installed spaCy pipeline named en_old"):
        SUGGESTER.load("en_old")
    meta = {"lang": "en", "name": "old", "version": "1.1.0", "spacy_version": ">=2.0.0a18"}
    (tmp_path / "en_old" / "meta.json").write_text(json.dumps(meta))
    assert "made for spaCy >=2.0.0a18" in look_at("en_old").warning
    with pytest.raises(UserError, match=r"en_old could not be loaded\. It was made for spaCy >=2"):
        SUGGESTER.load("en_old")


def test_a_folder_that_is_not_there_is_said_to_be(tmp_path):
    with pytest.raises(UserError, match=r"There is no folder .*nowhere"):
        look_at(f"{FOLDER}{tmp_path / 'nowhere'}")


@pytest.mark.parametrize(
    ("wanted", "warns"),
    [(f">={spacy.__version__}", False), (">=2.0,<3.0", True), (">=2.0.0", True), ("?", True), ("", False)],
)
def test_another_version_is_warned_of_before_loading(tmp_path, wanted, warns):
    (tmp_path / "meta.json").write_text(json.dumps({"spacy_version": wanted}))
    assert ("made for spaCy" in version_warning(wanted)) is warns
    assert bool(look_at(f"{FOLDER}{tmp_path}").warning) is warns


def test_another_version_is_noted_in_the_reasons(folder, tmp_path):
    meta = json.loads((folder / "meta.json").read_text())
    spacy.load(folder).to_disk(tmp_path)
    (tmp_path / "meta.json").write_text(json.dumps(meta | {"spacy_version": ">=2.0,<3.0"}))
    (proposals,) = SUGGESTER.load(_trusted(tmp_path)).suggest([SuggestInput("Grain Board")])
    assert "It was made for spaCy >=2.0,<3.0" in proposals.spans[0].reason


def test_a_pipeline_says_what_it_is_without_being_loaded(folder):
    facts = look_at(f"{FOLDER}{folder}")
    assert (facts.name, facts.version, facts.language) == ("en_tiny", "1.2.3", "en")
    assert facts.components == ("entity_ruler",)
    assert facts.warning == ""


@pytest.mark.parametrize(
    ("steps", "warns"),
    [(["tok2vec", "ner"], False), (["span_finder", "spancat"], True), ([], True), (["own_names"], False)],
)
def test_a_pipeline_that_finds_no_entities_is_warned_of(tmp_path, steps, warns):
    (tmp_path / "meta.json").write_text(json.dumps({"pipeline": steps}))
    assert ("finds entities" in look_at(f"{FOLDER}{tmp_path}").warning) is warns


@pytest.mark.parametrize("meta", ["[]", "no JSON", "\ud800"])
def test_a_folder_that_does_not_say_what_it_is_is_refused(tmp_path, meta):
    (tmp_path / "meta.json").write_text(meta, encoding="utf-8", errors="surrogatepass")
    with pytest.raises(UserError, match="holds no spaCy pipeline"):
        look_at(f"{FOLDER}{tmp_path}")


def test_a_trusted_folder_that_changed_is_refused(folder, tmp_path):
    spacy.load(folder).to_disk(tmp_path)
    choice = _trusted(tmp_path)
    (tmp_path / "tokenizer").write_bytes((tmp_path / "tokenizer").read_bytes() + b" ")
    with pytest.raises(UserError, match="its files are not those that were allowed"):
        SUGGESTER.load(choice)


def test_the_fingerprint_knows_names_places_and_contents(tmp_path):
    def _of(**files):
        place = tmp_path / str(len(list(tmp_path.iterdir())))
        for name, text in files.items():
            (place / name.replace("_", "/")).parent.mkdir(parents=True, exist_ok=True)
            (place / name.replace("_", "/")).write_text(text)
        return run(fingerprint(place))

    same = _of(a="1", b_c="2")
    assert same == _of(b_c="2", a="1")
    others = [_of(a="1", b_d="2"), _of(a="1", c="2"), _of(a="2", b_c="2"), _of(a="1", b_c="2", d="")]
    assert len({same, *others}) == 5


def test_a_folder_with_a_link_to_another_is_refused(tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "pipeline").mkdir()
    (tmp_path / "pipeline" / "link").symlink_to(tmp_path / "other")
    with pytest.raises(UserError, match="link to another folder"):
        run(fingerprint(tmp_path / "pipeline"))


def test_a_folder_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(UserError, match="could not be read"):
        run(fingerprint(tmp_path / "nosuch"))
