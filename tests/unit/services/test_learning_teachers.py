"""Whose labels taught what was learned, when others count, and what is left once the labels are gone."""

from __future__ import annotations

from dataclasses import replace

import pytest
import short_rules
from learning_projects import SCHEME, imported, label, put_in_place

from annotator.model.errors import UserError
from annotator.model.job import run
from annotator.model.records import Fragment
from annotator.services import learning_words
from annotator.services.learning import (
    gather,
    is_another,
    is_due,
    learn_from,
    may_be_another,
    model_path,
)
from annotator.services.suggesters import chosen, inputs_for, plan_round


@pytest.fixture(autouse=True)
def _short_rules(tmp_path, monkeypatch):
    put_in_place(monkeypatch, tmp_path / "config")


@pytest.fixture
def project(tmp_path):
    with imported(tmp_path) as found:
        yield found


def test_whose_labels_taught_is_known_and_when_others_count(project):
    label(project)
    told = run(learn_from(run(gather(project))))
    assert set(told.teachers.values()) == {("Ada",)}
    assert "Taught by Ada (10 articles)." in learning_words.sentence(told)
    assert not may_be_another(project)
    assert not is_another(run(gather(project)))
    project.people.work_as("Ben")
    assert may_be_another(project)
    assert not is_another(run(gather(project))), "who labelled nothing is taught for by Ada"
    project.add_span(project.article_ids()[11], "CUE", [Fragment(0, 3)])
    assert not is_another(run(gather(project))), "an article that did not teach"
    project.add_span(project.article_ids()[0], "CUE", [Fragment(0, 3)])
    assert is_another(run(gather(project)))
    told = run(learn_from(run(gather(project))))
    assert learning_words.taught_by(told) == {"Ada": 9, "Ben": 2}
    assert not may_be_another(project)
    ada = next(one.id for one in project.annotators() if one.name == "Ada")
    project.people.set_adjudicators([ada])
    assert may_be_another(project)
    assert is_another(run(gather(project)))


def test_what_was_learned_is_forgotten_with_its_labels_and_the_rules_take_its_place(project):
    label(project)
    run(learn_from(run(gather(project))))
    (who,) = chosen(project, ("attributions",))
    inputs = inputs_for(project, project.article_ids(), who)
    project.write_suggestions(*run(plan_round(inputs, [who], SCHEME)).plans, undoable=False)
    new = project.article_ids()[11]
    assert "+" in project.content(new).suggested_frames[0].suggester
    for one in project.article_ids()[:10]:
        project.remove([span.id for span in project.content(one).spans])
        project.set_reading(one, "begun")
    with pytest.raises(UserError, match=r"there are 0\. What was learned before is forgotten"):
        run(learn_from(run(gather(project))))
    assert not model_path(project.path).exists()
    assert not is_due(project, 1)
    (who,) = chosen(project, ("attributions",))
    assert who.name == "attributions"
    inputs = inputs_for(project, [new], who)
    assert [article for article, _ in inputs] == [new]
    rules = replace(who, name=short_rules.POINT)
    project.write_suggestions(*run(plan_round(inputs, [rules], SCHEME)).plans, undoable=False)
    assert "+" not in project.content(new).suggested_frames[0].suggester
    assert inputs_for(project, [new], who) == []
