"""Installed pipelines are found without importing them; a folder's code runs only where it was allowed."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from contextlib import closing

import marking_pipeline
import pytest

from annotator.model.allowed import allow, allowed, withdraw
from annotator.model.errors import UserError
from annotator.model.formats import ImportOptions
from annotator.model.ids import new_ids
from annotator.model.job import run
from annotator.model.personal import personal_folder
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.suggesting import SuggestInput
from annotator.services import pipelines
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known
from annotator.services.pipelines import allowed_choice, choice_of, folder_choice, is_trusted, trust
from annotator.services.project import Project
from annotator.services.suggesters import Chosen, all_inputs, chosen, plan_round
from annotator.services.suggesting import plan_suggestions


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def marking(tmp_path, monkeypatch):
    made = marking_pipeline.build(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(made.packages))
    return made


def _plan(choice):
    inputs = [(new_ids(1)[0], SuggestInput("Ada wrote."))]
    return run(plan_suggestions(inputs, suggester="pipeline", choice=choice))


def test_installed_pipelines_are_found_with_what_they_say_and_nothing_is_imported(tmp_path):
    info = tmp_path / "en_own-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: en_own\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[spacy_models]\nen_own = en_own\nen_mute = en_mute\n")
    (tmp_path / "en_own").mkdir()
    (tmp_path / "en_own" / "__init__.py").write_text("raise SystemExit('imported')")
    meta = {"lang": "en", "name": "own", "version": "1", "pipeline": ["ner"], "spacy_version": ">=2,<3"}
    (tmp_path / "en_own" / "meta.json").write_text(json.dumps(meta))
    code = (
        "import json, sys; from annotator.services.pipelines import installed;"
        "print(json.dumps([[one.choice, one.name, one.components, one.warning] for one in installed()]));"
        "print('spacy' in sys.modules, 'en_own' in sys.modules)"
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    found, imported = answer.stdout.splitlines()
    assert imported == "False False"
    told = {one[0]: one[1:] for one in json.loads(found)}
    assert told["en_own"][:2] == ["en_own", ["ner"]]
    assert "made for spaCy >=2,<3" in told["en_own"][2]
    assert "does not say what it is" in told["en_mute"][2]


def test_a_folder_that_was_not_allowed_leaves_no_trace_of_running(marking):
    """T-68."""
    choice = folder_choice(marking.folder)
    with pytest.raises(UserError, match="you have not allowed this one"):
        _plan(choice)
    assert not run(is_trusted(choice))
    assert not marking.marker.exists()


def test_an_allowed_folder_runs_until_its_files_change(marking):
    choice = folder_choice(marking.folder)
    run(trust(choice))
    assert run(is_trusted(choice))
    plan = _plan(choice)
    assert [one.label for one in plan.proposals[0][1].spans] == ["PERSON"]
    assert marking.marker.read_text() == "ran"
    marking.marker.unlink()
    (marking.folder / "more.py").write_text("")
    assert not run(is_trusted(choice))
    with pytest.raises(UserError, match="its files are not those that were allowed"):
        _plan(choice)
    assert not marking.marker.exists()


def test_a_project_cannot_bring_trust_along(marking):
    known = run(trust(folder_choice(marking.folder)))
    withdraw("pipelines", str(marking.folder))
    with pytest.raises(UserError, match="no installed spaCy pipeline"):
        _plan(f"trust:{known}:{marking.folder}")
    assert not marking.marker.exists()


def test_an_installed_pipeline_needs_no_asking():
    assert run(is_trusted("en_core_web_sm"))
    assert allowed_choice("en_core_web_sm") == "en_core_web_sm"


def test_a_name_is_a_name_and_a_path_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here").mkdir()
    assert choice_of("") == ""
    assert choice_of("en_core_web_sm") == "en_core_web_sm"
    assert choice_of("here") == choice_of("./here") == f"folder:{tmp_path / 'here'}"
    assert choice_of("folder:/x") == "folder:/x"


def test_trust_is_listed_and_withdrawn(marking):
    choice = folder_choice(marking.folder)
    run(trust(choice))
    assert pipelines.trusted() == (choice,)
    assert pipelines.told_of(choice) == pipelines.look_at(choice)
    pipelines.withdraw_trust(choice)
    assert pipelines.trusted() == ()
    assert not run(is_trusted(choice))
    assert pipelines.told_of("folder:/no/such").name == "such"


def test_a_warning_names_the_folder_and_says_that_it_is_code(marking):
    said = pipelines.warning(pipelines.look_at(folder_choice(marking.folder)))
    assert str(marking.folder) in said
    assert "program code" in said


def test_answers_are_kept_for_this_person_alone():
    allow("pipelines", "/a", "1")
    allow("pipelines", "/b", "2")
    allow("addresses", "c", "3")
    withdraw("pipelines", "/a")
    withdraw("pipelines", "/nosuch")
    assert (dict(allowed("pipelines")), dict(allowed("addresses"))) == ({"/b": "2"}, {"c": "3"})
    (file,) = personal_folder().iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "[1]", '{"pipelines": 7}', "{"])
def test_a_broken_file_allows_nothing(text):
    personal_folder().mkdir(parents=True)
    (personal_folder() / "allowed.json").write_text(text)
    assert allowed("pipelines") == {}
    allow("pipelines", "/a", "1")
    assert allowed("pipelines") == {"/a": "1"}


def test_an_answer_that_cannot_be_kept_is_said(tmp_path):
    (tmp_path / "config").write_text("a file where the folder should be")
    with pytest.raises(UserError, match="could not be kept"):
        allow("pipelines", "/a", "1")


def test_a_pipeline_also_serves_the_attributions_as_long_as_it_may_run(tmp_path, marking):
    scheme = read_scheme(resource("schemes/default.toml"))
    choice = folder_choice(marking.folder)
    with closing(Project.create(tmp_path / "p.annot", scheme, "Ada")) as project:
        project.set_setting("pipeline", choice)
        assert chosen(project) == (Chosen("attributions"), Chosen("pipeline", choice))
        run(trust(choice))
        assert chosen(project) == (Chosen("attributions", choice), Chosen("pipeline", choice))
        project.set_setting("pipeline", "en_own")
        assert chosen(project)[0] == Chosen("attributions", "en_own")


def test_a_pipeline_and_the_built_in_suggester_take_each_others_place(tmp_path, marking):
    scheme = read_scheme(resource("schemes/default.toml"))
    run(trust(folder_choice(marking.folder)))
    (tmp_path / "a.txt").write_text("Ada Quist met Ben Kerrin in Paris.\n")
    with closing(Project.create(tmp_path / "p.annot", scheme, "Ada")) as project:
        project.write_import(run(plan_import([tmp_path / "a.txt"], ImportOptions(), Known(scheme))))
        (article,) = project.article_ids()

        def suggested(who):
            found = run(plan_round(run(all_inputs(project)), [who], scheme))
            project.write_suggestions(*found.plans, undoable=True)
            content = project.content(article)
            return {
                content.article.text[one.start : one.end]: one
                for one in content.suggested_spans
                if one.state == "open"
            }

        built_in, pipeline = Chosen("entities"), Chosen("pipeline", folder_choice(marking.folder))
        first = suggested(built_in)
        assert {"Ada Quist", "Ben Kerrin", "Paris"} <= set(first)
        project.accept([first["Paris"].id])
        assert set(suggested(pipeline)) == {"Ada"}
        assert set(suggested(built_in)) == set(first) - {"Paris"}
        assert [one.label for one in project.content(article).spans] == ["GPE"]
