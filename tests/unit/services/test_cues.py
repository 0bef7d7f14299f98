"""Cues of a project: kept in it, undone in a step, offered from its labels, and told to who suggests."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from annotator.model.errors import NotAllowed
from annotator.model.formats import ImportOptions
from annotator.model.job import run
from annotator.model.learning import Lesson
from annotator.model.own_cues import MOST, SETTING
from annotator.model.records import RoleEnd, Span
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.suggesting import SuggestInput
from annotator.services import cues
from annotator.services.cues import Offer, keep, offers, own
from annotator.services.evaluating import marked
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known
from annotator.services.learning import gather, offered
from annotator.services.project import Project
from annotator.services.suggesters import Chosen, all_inputs, chosen, inputs_for, plan_round

SCHEME = read_scheme(resource("schemes/default.toml"))
NESTED = "Anna Quill said that Ben Ruiz believes that Cleo Marsh announced that the dam would hold."
TEXT = "Anna Quill motioned that the dam would hold.\nBen Ruiz said that it leaks."


@pytest.fixture
def project(tmp_path):
    paths = [tmp_path / f"{name}.txt" for name in "ab"]
    for at, path in enumerate(paths):
        path.write_text(f"{TEXT}\nThis is number {at}.", "utf-8")
    with closing(Project.create(tmp_path / "p.annot", SCHEME, "Ada")) as found:
        found.write_import(run(plan_import(paths, ImportOptions(), Known(SCHEME))))
        yield found


def _mark(project, article, *, cue="motioned", claim="that the dam would hold"):
    text = project.content(article).article.text
    ends = []
    for role, words in (("source", "Anna Quill"), ("cue", cue), ("claim", claim)):
        at = text.index(words)
        made = project.add_span(article, role.upper(), [(at, at + len(words))])
        ends += [RoleEnd(role, "span", one.record.id) for one in made.of(Span)]
    project.add_frame(article, "ATTRIBUTION", ends)


def test_cues_are_kept_and_undone_in_a_step(project):
    assert own(project) == ()
    keep(project, ["muse : s", "motion : s", "muse : s"])
    assert own(project) == ("muse : s", "motion : s")
    assert project.undo().operation == "Change cues"
    assert own(project) == ()
    project.redo()
    keep(project, [])
    assert own(project) == ()


def test_more_cues_than_are_read_are_refused(project):
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = [f"{a}{b} : s" for a in letters for b in letters]
    with pytest.raises(NotAllowed, match="at most"):
        keep(project, many)
    keep(project, many[:MOST])
    assert len(own(project)) == MOST


def test_a_setting_of_somebody_else_is_read_with_care(project):
    project.set_setting(SETTING, "rubbish\nmuse : s\n: :\n" + "x" * 500)
    assert own(project) == ("muse : s",)


def test_what_was_marked_and_is_not_known_is_offered(project):
    first, second = project.article_ids()
    assert run(offered(project)) == ()
    _mark(project, first)
    _mark(project, second)
    assert run(offered(project)) == (Offer("motion : s", 2, 2),)
    keep(project, ["motion : s"])
    assert run(offered(project)) == ()


def test_what_is_known_is_not_offered(project):
    text = TEXT.replace("motioned", "said")
    at = text.index("said")
    parts = (("CUE", ((at, at + 4),)), ("CLAIM", ((at + 5, at + 28),)))
    assert offers([Lesson("a", SuggestInput(text), parts, (), frames=(parts,))]) == ()


def test_the_most_frequent_ones_are_offered_first_and_not_all(monkeypatch):
    def _lesson(name, *cues):
        text = "\n".join(f"{one} that it leaks." for one in cues)
        frames = []
        for one in cues:
            at = text.index(f"{one} that")
            end = at + len(one)
            frames.append((("CUE", ((at, end),)), ("CLAIM", ((end + 1, end + 14),))))
        return Lesson(name, SuggestInput(text), (), (), frames=tuple(frames))

    lessons = [_lesson("one name", "phoned", "danced"), _lesson("one name", "danced")]
    found = offers(lessons)
    assert found == (Offer("dance : s", 2, 2), Offer("phone : s", 1, 1))
    monkeypatch.setattr(cues, "FIRST", 1)
    assert offers(lessons) == found[:1]


def test_who_suggests_is_told_them_everywhere(project):
    _mark(project, project.article_ids()[0])
    keep(project, ["motion : s"])
    told = [one.cues for _, one in run(all_inputs(project))]
    told += [one.cues for _, one in inputs_for(project, project.article_ids(), Chosen("other"))]
    told += [one.input.cues for one in run(gather(project)).lessons]
    told += [one.input.cues for one in run(marked(project, project.annotator.id))]
    assert len(told) == 6
    assert set(told) == {("motion : s",)}


def test_suggestions_follow_them_through_the_process(project):
    def _found():
        who = chosen(project, ["attributions"])
        (plan,) = run(
            plan_round(run(all_inputs(project)), who, project.scheme, layers=["attributions"])
        ).plans
        return {
            TEXT[slice(*span.fragments[0])]
            for _, one in plan.proposals
            for span in one.spans
            if span.label == "CUE"
        }

    assert _found() == {"said"}
    keep(project, ["motion : s"])
    assert _found() == {"said", "motioned"}


def test_groups_that_are_left_out_are_not_suggested_by(project):
    def sources(*lines):
        keep(project, lines)
        (who,) = (one for one in chosen(project) if one.name == "attributions")
        inputs = inputs_for(project, project.article_ids()[:1], who)
        found = run(plan_round([(one, replace(given, text=NESTED)) for one, given in inputs], (who,), SCHEME))
        ((_, proposals),) = found.plans[0].proposals
        parents = [dict(one.links).get("parent") for one in proposals.frames]
        words = [NESTED[slice(*one.fragments[0])] for one in proposals.spans if one.label == "SOURCE"]
        return words, parents

    assert sources() == (["Anna Quill", "Ben Ruiz", "Cleo Marsh"], [None, 0, 1])
    assert sources("without : believes") == (["Anna Quill", "Cleo Marsh"], [None, 0])
    assert sources("without : believes", "without : asserts") == ([], [])
    assert own(project) == ("without : believes", "without : asserts")
