"""An ordinary spaCy pipeline trained from a tiny project, loaded again by spaCy alone."""

from __future__ import annotations

import errno
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import short_rules
import spacy

from annotator.model.errors import UserError
from annotator.model.formats import ImportOptions
from annotator.model.job import run
from annotator.model.records import Fragment
from annotator.model.resources import resource
from annotator.model.scheme import Attribute, Label, read_scheme
from annotator.nlp import spacy_training
from annotator.nlp.spacy_training import train_pipeline
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known
from annotator.services.pipeline_training import Trained, gather, sentence, train
from annotator.services.project import Project

DEFAULT = read_scheme(resource("schemes/default.toml"))
TOPICS = ("harbour", "school")
TOPIC = Label("TOPIC", "article", attributes=(Attribute("value", "choice", TOPICS),))
SCHEME = replace(DEFAULT, labels=(*DEFAULT.labels, TOPIC))


@pytest.fixture
def project(tmp_path):
    paths = [tmp_path / f"{seed}.txt" for seed in range(6)]
    for seed, path in enumerate(paths):
        path.write_text(short_rules.text(seed, 5), "utf-8")
    with closing(Project.create(tmp_path / "p.annot", SCHEME, "Ada")) as found:
        found.write_import(run(plan_import(paths, ImportOptions(), Known(SCHEME))))
        yield found


def _label(project):
    for number, one in enumerate(project.article_ids()):
        text = project.content(one).article.text
        for label, pieces in short_rules.marked(text):
            project.add_span(one, label, [Fragment(*piece) for piece in pieces])
            if label == "SOURCE":
                project.add_span(one, "PERSON", [Fragment(*pieces[0])])
        project.articles.add_label(one, "TOPIC", {"value": TOPICS[number % 2]})


def test_a_pipeline_of_all_kinds_is_trained_and_loads_with_spacy(project, tmp_path):
    _label(project)
    told = []
    trained = run(train(run(gather(project)), tmp_path / "out", passes=15), told.append)
    assert trained.components == ("ner", "span_finder", "spancat", "textcat_multilabel")
    assert trained.labels["ner"] == ["PERSON"]
    assert set(trained.labels["spancat"]) == {"CLAIM", "SOURCE", "CUE"}
    assert set(trained.labels["textcat_multilabel"]) == {f"TOPIC|value={one}" for one in TOPICS}
    assert trained.articles == 5
    nlp = spacy.load(trained.out)
    doc = nlp("Ada Holm said that the bridge is closed.")
    assert {one.text for one in doc.ents} == {"Ada Holm"}
    assert "said" in {one.text for one in doc.spans["sc"] if one.label_ == "CUE"}
    assert set(doc.cats) == set(trained.labels["textcat_multilabel"])
    assert trained.scores["ents_f"] > 0.5
    assert nlp.meta["performance"] == trained.scores
    assert "ents_f" in sentence(trained)
    assert max(one.done for one in told) > 0
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_dir()) == ["out"]


def test_what_is_measured_with_has_no_near_copy_among_what_is_learned_from(project, tmp_path):
    paths = [tmp_path / f"copy-{one}-{seed}.txt" for one in "ab" for seed in range(4)]
    for path in paths:
        own = f"The {path.stem} closes on Monday. "
        path.write_text(own + " ".join(f"word{path.stem[-1]}x{at}" for at in range(80)), "utf-8")
    project.write_import(run(plan_import(paths, ImportOptions(), Known(SCHEME))))
    for one in project.article_ids():
        project.add_span(one, "PERSON", [Fragment(4, 8)])
    parts = {one.lesson.name: one.is_held for one in run(gather(project)).taught}
    held = {name for name, is_held in parts.items() if is_held}
    assert 0 < len(held) < len(parts) / 2
    for seed in range(4):
        assert parts[f"copy-a-{seed}.txt"] == parts[f"copy-b-{seed}.txt"]


def test_where_an_adjudicator_decided_nobody_else_teaches(project):
    first, second, *_ = project.article_ids()
    for one in (first, second):
        project.add_span(one, "PERSON", [Fragment(0, 8)])
    project.people.work_as("Lea")
    project.people.set_adjudicators([project.annotator.id])
    project.add_span(first, "ORG", [Fragment(0, 8)])
    marked = [[label for label, _ in one.lesson.marked] for one in run(gather(project)).taught]
    assert marked == [["ORG"], ["PERSON"]]


def test_what_could_not_be_measured_is_said_to_be_not(tmp_path):
    said = sentence(Trained(tmp_path / "out", ("ner",), {}, {}, 3))
    assert said.endswith("out; it is not measured: too little is labelled to hold some out.")


def test_only_what_is_labelled_is_trained(project, tmp_path):
    for one in project.article_ids():
        project.add_span(one, "PERSON", [Fragment(0, 8)])
    trained = run(train(run(gather(project)), tmp_path / "out", passes=1))
    assert trained.components == ("ner",)
    assert spacy.load(trained.out).pipe_names == ["ner"]


def test_training_ends_once_it_gets_no_better_on_articles_held_out(project, tmp_path, monkeypatch):
    monkeypatch.setattr(spacy_training, "_LEAST_PATIENCE", 40)
    for one in project.article_ids():
        project.add_span(one, "PERSON", [Fragment(0, 8)])
    material, told = run(gather(project)), []
    assert [one.is_held for one in material.taught].count(True) == 1
    found = run(train_pipeline(material.taught, material.entities, str(tmp_path / "out"), 500), told.append)
    assert 0 < max(one.done for one in told) < told[0].total / 2
    assert found["scores"]["ents_f"] > 0.5


def test_nothing_labelled_is_too_little(project, tmp_path):
    with pytest.raises(UserError, match="too little to train"):
        run(train(run(gather(project)), tmp_path / "out"))
    for one in project.article_ids():
        project.set_reading(one, "done")
    with pytest.raises(UserError, match="nothing to train a pipeline with"):
        run(train(run(gather(project)), tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_a_place_that_is_taken_or_missing_is_refused(project, tmp_path):
    _label(project)
    material = run(gather(project))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("")
    for out, says in (
        (tmp_path / "full", "is there already"),
        (tmp_path / "no" / "such", "There is no folder"),
    ):
        with pytest.raises(UserError, match=says):
            run(train(material, tmp_path / out))


def test_cancelling_leaves_nothing(project, tmp_path):
    _label(project)
    job = train(run(gather(project)), tmp_path / "out", passes=10_000)
    for progress in job:
        if progress.done > 1:
            break
    job.close()
    assert not [one for one in tmp_path.iterdir() if one.name.startswith("out")]


def test_a_disk_that_fills_up_keeps_nothing_of_it_and_nothing_else_is_touched(project, tmp_path, monkeypatch):
    _label(project)
    material = run(gather(project))
    (tmp_path / "out.new").mkdir()
    (tmp_path / "out.new" / "mine.txt").write_text("of somebody")

    def fill(self, path):
        path.mkdir()
        (path / "config.cfg").write_text("a part of it")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(spacy.language.Language, "to_disk", fill)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UserError, match=r"could not be written to .*out: the disk is full\."):
        run(train_pipeline(material.taught[:3], material.entities, str(tmp_path / "out"), 1))
    assert sorted(tmp_path.rglob("*")) == before


def test_a_disk_without_room_is_told_of_before_the_training(project, tmp_path, monkeypatch):
    _label(project)
    material = run(gather(project))

    def refuse(self, data):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    before = sorted(tmp_path.rglob("*"))
    job = train_pipeline(material.taught[:3], material.entities, str(tmp_path / "out"), 1)
    with pytest.raises(UserError, match=r"could not be written to .*out: the disk is full\."):
        next(job)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_is_empty_is_used_and_the_same_labels_give_the_same_pipeline(project, tmp_path):
    _label(project)
    material = run(gather(project))
    scores = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        found = run(train_pipeline(material.taught[:3], material.entities, str(tmp_path / name), 1))
        scores.append(found)
        assert (tmp_path / name / "meta.json").is_file()
    assert scores[0] == scores[1]


@pytest.mark.parametrize(
    ("folder", "name"), [("My Pipeline", "my_pipeline"), ("ä!", "pipeline"), ("news2", "news2")]
)
def test_the_name_is_one_that_spacy_takes(folder, name):
    assert spacy_training._name(folder) == name
