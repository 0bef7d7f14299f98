"""Learning from a project: gathered, learned in a process of its own, used where it wins, ended at once."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
import short_rules
from learning_projects import SCHEME, imported, label, put_in_place

from annotator.model.alike import is_same, outline
from annotator.model.allowed import allow, allowed, withdraw
from annotator.model.errors import UserError
from annotator.model.job import Progress, run
from annotator.model.learning import Comparison, Learned, Sureness, learned_frames, learned_labels
from annotator.model.records import Fragment, RoleEnd, Span
from annotator.model.resources import resource
from annotator.model.scheme import Label, read_scheme
from annotator.model.scheme_edits import AddItem, RenameItem
from annotator.model.scheme_parts import Place
from annotator.model.suggesting import suggest_input
from annotator.nlp.learning.model_file import fresh_path
from annotator.services import learning, learning_words
from annotator.services.apart import run_apart
from annotator.services.learning import (
    better_choice,
    enough_anew,
    gather,
    is_due,
    is_outdated,
    known,
    learn_from,
    model_path,
    parser_of,
    proposes_as,
    refusal,
    remember_told,
)
from annotator.services.suggesters import chosen, inputs_for, plan_round
from annotator.services.suggesting import SuggestionPlan

HELD_OUT = "F1 on articles held out"


@pytest.fixture(autouse=True)
def _short_rules(tmp_path, monkeypatch):
    put_in_place(monkeypatch, tmp_path / "config")


@pytest.fixture
def project(tmp_path):
    with imported(tmp_path) as found:
        yield found


def test_what_belongs_together_is_gathered_too(project):
    article = project.article_ids()[0]
    (label, pieces), *others = short_rules.marked(project.content(article).article.text)
    ends = []
    for role, one in (("claim", (label, pieces)), ("source", others[0]), ("cue", others[1])):
        made = project.add_span(article, one[0], [Fragment(*piece) for piece in one[1]])
        ends += [RoleEnd(role, "span", found.record.id) for found in made.of(Span)]
    project.add_frame(article, "ATTRIBUTION", ends)
    project.add_frame(article, "ATTRIBUTION", ends[:1])
    (lesson,) = run(gather(project)).lessons
    assert lesson.frames == (((label, pieces), *others[:2]),)


def test_what_is_labelled_is_gathered_and_articles_that_are_done_teach_all_of_it(project):
    assert run(gather(project)).lessons == ()
    first, second, *_ = project.article_ids()
    text = project.content(first).article.text
    label, pieces = next(iter(short_rules.marked(text)))
    project.add_span(first, label, [Fragment(*pieces[0])])
    project.add_span(second, "PERSON", [Fragment(0, 8)])
    lessons = run(gather(project))
    assert [one.known for one in lessons.lessons] == [pieces]
    assert lessons.paragraphs == 1
    project.set_reading(first, "done")
    project.record_nothing(second, "attributions")
    lessons = run(gather(project))
    assert [one.known[0][0] for one in lessons.lessons] == [0, 0]
    assert lessons.paragraphs == 16
    assert [one.marked for one in lessons.lessons] == [((label, pieces),), ()]


def test_of_several_annotators_the_adjudicator_counts_else_who_is_at_work_else_all(project):
    decided, shared, others = project.article_ids()[:3]
    for name, end in (("Lea", 5), ("Ben", 6), ("Ada", 7)):
        project.people.work_as(name)
        if name == "Lea":
            project.people.set_adjudicators([project.annotator.id])
        for one in (decided, shared, others):
            if name == "Ben" or (name, one) in (("Ada", shared), ("Lea", decided)):
                project.add_span(one, "CUE", [Fragment(0, end)])
        project.set_reading(decided if name == "Ben" else shared, "done" if name != "Lea" else "begun")
    lessons = run(gather(project)).lessons
    assert [[pieces for _, pieces in one.marked] for one in lessons] == [
        [((0, 5),)],
        [((0, 7),)],
        [((0, 6),)],
    ]
    assert [len(one.known) == 1 and one.known[0][1] > 7 for one in lessons] == [False, True, False]


def test_what_was_accepted_and_removed_again_or_accepted_by_somebody_else_is_no_yes(project):
    article = project.article_ids()[0]
    project.write_suggestions(_proposed(project), undoable=False)
    first, second, *_ = project.content(article).suggested_frames
    project.accept([first.id])
    (gone,) = project.content(article).frames
    project.accept([second.id])
    project.remove([gone.id])
    assert [one.is_right for one in run(gather(project)).lessons[0].decisions] == [False, True]
    project.people.work_as("Ben")
    project.add_span(article, "CUE", [Fragment(20, 24)])
    assert [one.is_right for one in run(gather(project)).lessons[0].decisions] == [False]


def test_labels_and_frames_come_from_the_scheme():
    labels = learned_labels(SCHEME)
    assert labels == ("CLAIM", "SOURCE", "CUE")
    frames = learned_frames(SCHEME, labels)
    assert frames == {"ATTRIBUTION": {"CUE": "cue", "CLAIM": "claim", "SOURCE": "source"}}
    assert next(iter(frames["ATTRIBUTION"])) == "CUE"


RENAMED = {"CLAIM": "ASSERTION", "SOURCE": "SPEAKER", "CUE": "VERB", "ATTRIBUTION": "REPORT"}


def test_renamed_labels_are_learned_as_suggesters_name_them(project):
    label(project, 2)
    before = run(gather(project))
    for name, to in RENAMED.items():
        project.schemes.change(RenameItem(Place(name), to))
    assert run(gather(project)).lessons == before.lessons
    labels = learned_labels(project.scheme)
    assert labels == learned_labels(SCHEME)
    assert learned_frames(project.scheme, labels) == learned_frames(SCHEME, labels)
    project.schemes.change(AddItem(Place(), Label("CUE", "span", "Another thing")))
    assert learned_labels(project.scheme) == labels
    told = learning_words.under_own_names(
        Learned(labels, {}, "r 1", (Comparison("CLAIM", 1, 1, 2, 2),), 2, 60, moves=("CUE",)),
        project.scheme,
    )
    assert "moves the edges of VERB" in learning_words.sentence(told)
    assert "knows 2 more cues" in learning_words.sentence(replace(told, cues=("muse : s", "ponder : s")))
    assert "lies inside other attributions" in learning_words.sentence(replace(told, outermost=True))
    assert replace(told, moves=(), outermost=True).is_changing
    assert "ASSERTION 1 → 2" in learning_words.sentence(told)
    titled = learning_words.under_own_names(told, project.scheme, titled=True)
    assert "Claim 1 → 2" in learning_words.sentence(titled)
    surer = replace(told, sureness=(Sureness("ATTRIBUTION", 10, 5, 4, 8, 8),))
    said = learning_words.sentence(learning_words.under_own_names(surer, project.scheme))
    assert said.endswith(" REPORT, held out: 50 → 80 % are sure, of these 80 → 100 % right.")


@pytest.mark.parametrize(
    ("comparisons", "more", "said"),
    [
        ((), {}, "Nothing learned yet that is better than the rules: they stay."),
        (
            (("CLAIM", 70, 40, 75, 41), ("CUE", 80, 60, 79, 60), ("SOURCE", 50, 30, 51, 60)),
            {"moves": ("CLAIM", "SOURCE")},
            f"Learned from the labels; {HELD_OUT}: SOURCE 30 → 60 strict; CLAIM 70 → 75 by overlap.",
        ),
        (
            tuple((name, 1, 1, 2 + at, 2) for at, name in enumerate("ABCD")),
            {"adds": True},
            f"Learned from the labels; {HELD_OUT}: D 1 → 5 by overlap; C 1 → 4 by overlap.",
        ),
        (
            (("CLAIM", 70, 40, 75, 41),),
            {"ranking": {"ATTRIBUTION": {}}, "sureness": (Sureness("ATTRIBUTION", 200, 94, 88, 121, 111),)},
            "Learned how sure suggestions are; held out, 47 → 60 % are sure, of these 94 → 92 % right.",
        ),
        (
            (("CLAIM", 70, 40, 70, 40),),
            {"cues": ("muse : s", "ponder : s")},
            "Learned 2 more cues, as good as the rules elsewhere.",
        ),
        (
            (("CLAIM", 70.4, 57.0, 70.6, 57.4),),
            {"least": 0.1, "outermost": True},
            f"Learned to leave out what is not marked here; {HELD_OUT}: CLAIM 70 → 71 by overlap.",
        ),
        (
            tuple((name, 70, 60, 80 - at, 60) for at, name in enumerate(short_rules.LABELS)),
            {"outermost": True},
            f"Learned to leave out inner attributions; {HELD_OUT}: CLAIM 70 → 80 by overlap.",
        ),
        (
            (("CLAIM", 70.6, 57.6, 71.4, 57.1),),
            {"least": 0.1},
            "Learned; as good as the rules on articles held out.",
        ),
        (
            (("CLAIM", 70.1, 40.1, 70.2, 40.3),),
            {"least": 0.1},
            "Learned; as good as the rules on articles held out.",
        ),
    ],
)
def test_a_line_says_by_how_much_it_is_better(comparisons, more, said):
    found = tuple(Comparison(*one, rules_told=one[1], learned_told=one[3]) for one in comparisons)
    told = learning_words.brief(Learned((), {}, "r 1", found, 2, 60, **more))
    assert told == said
    assert len(told) <= 100


def test_a_learned_model_takes_over_and_old_suggestions_give_way(project):
    (rules,) = chosen(project, ("attributions",))
    assert rules.name == "attributions"
    label(project)
    told = []
    learned = run(learn_from(run(gather(project))), told.append)
    assert learned.is_better
    assert "CLAIM" in learned.moves
    assert {one.what for one in told} >= {"reading", "comparing", "learning"}
    (who,) = chosen(project, ("attributions",))
    assert who.name == "learned"
    ids = project.article_ids()
    inputs = inputs_for(project, ids, who)
    assert {one for one, _ in inputs} == set(ids)
    found = run(plan_round(inputs[-1:], [who], SCHEME))
    (plan,) = found.plans
    assert plan.suggester == proposes_as(who.choice)
    assert plan.suggester.startswith("short rules 1+")
    text = inputs[-1][1].text
    assert {(one.label, one.fragments) for one in plan.proposals[0][1].spans} == set(short_rules.marked(text))
    project.write_suggestions(plan, undoable=False)
    assert inputs[-1][0] not in {one for one, _ in inputs_for(project, ids, who)}
    assert not is_outdated(project)
    said = learning_words.sentence(learned)
    assert "moves the edges of CLAIM" in said
    assert "CLAIM " in said
    assert "strict and by overlap, rules → learned: " in said
    assert " 0 → " in said


def test_what_waits_in_a_labelled_article_gives_way_to_what_was_learned(project):
    label(project)
    (rules,) = chosen(project, ("attributions",))
    project.write_suggestions(_proposed(project), undoable=False)
    full = (one for one in project.article_ids() if len(project.content(one).suggested_frames) > 2)
    at_work, done = next(full), next(full)
    for one in (at_work, done):
        first, *others = project.content(one).suggested_frames
        project.accept([first.id])
    project.reject([one.id for one in others])
    assert inputs_for(project, (at_work, done), rules) == []
    run(learn_from(run(gather(project))))
    (who,) = chosen(project, ("attributions",))
    inputs = inputs_for(project, (at_work, done), who)
    assert [one for one, _ in inputs] == [at_work]
    (plan,) = run(plan_round(inputs, [who], SCHEME)).plans
    project.write_suggestions(plan, undoable=False)
    open_ones = [one for one in project.content(at_work).suggested_frames if one.state == "open"]
    assert {one.suggester for one in open_ones} == {proposes_as(who.choice)}
    assert inputs_for(project, (at_work, done), who) == []


def test_what_was_learned_proposes_nothing_that_was_rejected(project):
    label(project)
    project.write_suggestions(_proposed(project), undoable=False)
    *_, last = (one for one in project.article_ids() if project.content(one).suggested_frames)
    rejected = project.content(last).suggested_frames
    project.reject([one.id for one in rejected])
    run(learn_from(run(gather(project))))
    (who,) = chosen(project, ("attributions",))
    assert who.name == "learned"
    inputs = [(last, suggest_input(project.content(last)))]
    for _ in range(2):
        (plan,) = run(plan_round(inputs, [who], SCHEME)).plans
        assert plan.suggester == proposes_as(who.choice)
        assert plan.proposals[0][1].frames
        project.write_suggestions(plan, undoable=False)
        content = project.content(last)
        places = {one.id: one.fragments for one in (*content.spans, *content.suggested_spans)}
        shapes = [
            (one.state, outline(one.label, one.attributes, one.roles, places))
            for one in content.suggested_frames
        ]
        decided = [shape for state, shape in shapes if state == "rejected"]
        assert len(decided) == len(rejected)
        assert not [one for state, one in shapes if state == "open" and any(is_same(one, d) for d in decided)]


def test_a_model_of_no_use_is_told_from_one_that_holds_and_from_none(project):
    assert not is_outdated(project)
    label(project)
    run(learn_from(run(gather(project))))
    path = model_path(project.path)
    assert not is_outdated(project)
    path.write_bytes(path.read_bytes()[:-100])
    assert is_outdated(project)
    run(learn_from(run(gather(project))))
    assert not is_outdated(project)
    project.schemes.change(RenameItem(Place("ATTRIBUTION", "role", "cue"), "words"))
    assert is_outdated(project)


def test_it_is_due_until_learning_came_to_its_end_and_after_enough_further_labels(project):
    assert not is_due(project, 1)  # first seen
    label(project)
    assert is_due(project, 25)
    lessons = run(gather(project))
    run(learn_from(lessons))
    assert not is_due(project, 1)
    first, second, *_ = (one.id for one in project.content(project.article_ids()[0]).spans)
    project.remove([first, second])
    assert is_due(project, 2)
    assert not is_due(project, 3)
    project.add_span(project.article_ids()[0], "PERSON", [(0, 5)])
    assert not is_due(project, 3), "entities are not learned"
    job = learn_from(lessons)
    next(job)
    assert is_due(project, 25), "as it is after the program was killed now"
    job.close()
    assert is_due(project, 25)
    allow("labels learned from", str(model_path(project.path)), "400")
    assert (enough_anew(project, 25), enough_anew(project, 50)) == (40, 50)
    model_path(project.path).unlink()
    assert enough_anew(project, 25) == 25, "nothing was learned from them"


def test_rejected_suggestions_alone_are_a_reason_too(project):
    plan = _proposed(project)
    assert not is_due(project, 1)  # first seen
    project.write_suggestions(plan, undoable=False)
    assert not is_due(project, 1), "what suggesters write is nothing that a person said"
    frames = [
        one.id for article in project.article_ids() for one in project.content(article).suggested_frames
    ]
    project.reject(frames[:3])
    assert project.decisions.rejected() == 3
    assert is_due(project, 3)
    assert not is_due(project, 4)
    project.undo()
    assert not is_due(project, 1)


def _proposed(project):
    """Return what the short rules propose for all articles."""
    (rules,) = chosen(project, ("attributions",))
    inputs = inputs_for(project, project.article_ids(), rules)
    made = short_rules.Rules().suggest(text for _, text in inputs)
    proposals = tuple(zip((one for one, _ in inputs), made, strict=True))
    return SuggestionPlan("short rules 1", ("attributions", "stances"), proposals)


@pytest.mark.parametrize("blocked", ["model", "fresh"])
def test_where_nothing_can_be_kept_nothing_is_learned(project, blocked, monkeypatch):
    label(project)
    path = model_path(project.path)
    (path if blocked == "model" else fresh_path(path)).mkdir()
    monkeypatch.setattr(learning, "run_apart", None)  # not even begun
    with pytest.raises(UserError, match=r"cannot be kept in .*: a folder has that name"):
        run(learn_from(run(gather(project))))
    refused = refusal(project.path)
    assert not remember_told(project.path, refused)
    assert remember_told(project.path, refused)
    (path if blocked == "model" else fresh_path(path)).rmdir()
    assert refusal(project.path) is None
    assert not remember_told(project.path, None)
    assert not remember_told(project.path, refused), "it is another time"


def test_a_model_that_does_not_come_into_its_place_leaves_the_one_before(project, monkeypatch):
    label(project)
    run(learn_from(run(gather(project))))
    before = known(project.path, SCHEME)

    def fails(_path):
        raise UserError("The disk is full.")

    monkeypatch.setattr(learning, "take_place", fails)
    project.remove([project.content(project.article_ids()[0]).spans[0].id])
    with pytest.raises(UserError, match="disk is full"):
        run(learn_from(run(gather(project))))
    assert known(project.path, SCHEME) == before is not None
    assert not is_outdated(project)
    assert not is_due(project, 1), "the same labels would fail again"


def test_a_project_that_comes_with_labels_is_not_due_before_there_are_further_ones(project, monkeypatch):
    label(project, 1)
    with monkeypatch.context() as full:
        full.setattr(learning, "allow", _refuses)
        assert not is_due(project, 1)
    assert allowed("labels learned from") == {}
    assert not is_due(project, 1)
    project.remove([project.content(project.article_ids()[0]).spans[0].id])
    assert is_due(project, 1)
    allow("labels learned from", str(model_path(project.path)), "many")
    assert not is_due(project, 1)


def _refuses(*_):
    raise UserError("The disk is full.")


def test_what_fails_is_not_due_before_there_are_further_labels(project, monkeypatch):
    label(project)

    def fails(*_):
        yield Progress(0, 1)
        raise UserError("The process that did this broke down.")

    monkeypatch.setattr(learning, "run_apart", fails)
    with pytest.raises(UserError, match="broke down"):
        run(learn_from(run(gather(project))))
    assert not is_due(project, 1)


def _all_written(_function, *arguments):
    fresh_path(Path(arguments[-1])).write_bytes(b"a model")
    yield Progress(1, 1)
    return {"hash": "of it"}


def test_one_that_is_stopped_when_all_is_written_leaves_what_was_learned_before(project, monkeypatch):
    label(project)
    run(learn_from(run(gather(project))))
    before, choice = model_path(project.path).read_bytes(), better_choice(project.path, SCHEME)
    monkeypatch.setattr(learning, "run_apart", _all_written)
    job = learn_from(run(gather(project)))
    next(job)
    assert fresh_path(model_path(project.path)).exists()
    job.close()
    assert model_path(project.path).read_bytes() == before
    assert better_choice(project.path, SCHEME) == choice != ""
    assert not fresh_path(model_path(project.path)).exists()


def test_nothing_is_learned_from_few_labels(project):
    label(project, 2)
    with pytest.raises(UserError, match="starts at 50 labelled paragraphs; there are 16"):
        run(learn_from(run(gather(project))))
    assert not model_path(project.path).exists()
    assert known(project.path, SCHEME) is None


def test_what_was_learned_counts_only_here_and_only_for_these_labels_and_rules(project, monkeypatch):
    label(project)
    run(learn_from(run(gather(project))))
    path, fewer = model_path(project.path), read_scheme(resource("schemes/entities.toml"))
    assert known(project.path, SCHEME) is not None
    assert better_choice(project.path, fewer) == ""
    monkeypatch.setattr(short_rules.Plugin, "version", "2")
    assert known(project.path, SCHEME) is None
    monkeypatch.setattr(short_rules.Plugin, "version", "1")
    kept = path.read_bytes()
    path.write_bytes(kept + b" ")
    assert known(project.path, SCHEME) is None
    path.write_bytes(kept)
    withdraw("models", str(path))
    assert known(project.path, SCHEME) is None
    assert allowed("models") == {}


def test_roles_and_the_pipeline_have_to_be_the_same_too(project):
    label(project)
    run(learn_from(run(gather(project))))
    assert known(project.path, project.scheme) is not None
    assert known(project.path, project.scheme, "some_pipeline") is None
    project.schemes.change(RenameItem(Place("ATTRIBUTION", "role", "cue"), "words"))
    assert known(project.path, project.scheme) is None


def test_a_pipeline_that_may_not_run_is_not_learned_with(project, tmp_path):
    project.set_setting("pipeline", f"folder:{tmp_path}")
    assert parser_of(project) == ""
    allow("pipelines", str(tmp_path), "abc")
    assert parser_of(project) == f"folder:{tmp_path}"
    assert run(gather(project)).pipeline == f"folder:{tmp_path}"


def test_an_article_that_is_removed_meanwhile_teaches_nothing(project, monkeypatch):
    label(project, 3)
    monkeypatch.setattr(learning, "_SLICE", 1)
    job = gather(project)
    next(job)
    project.articles.remove(project.article_ids()[1:2])
    assert [one.name for one in run(job).lessons] == ["0.txt", "2.txt"]


def test_a_scheme_without_such_labels_says_so(project):
    entities = read_scheme(resource("schemes/entities.toml"))
    label(project)
    found = replace(run(gather(project)), scheme=entities)
    with pytest.raises(UserError, match="no labels of which spans are learned"):
        run(learn_from(found))


def test_a_file_is_read_again_only_when_it_is_another_one(project, monkeypatch):
    label(project)
    run(learn_from(run(gather(project))))
    choice, read = better_choice(project.path, SCHEME), []
    monkeypatch.setattr(learning, "file_hash", read.append)
    assert better_choice(project.path, SCHEME) == choice
    assert read == []


def test_cancelling_ends_the_process_and_leaves_no_trace(project):
    label(project)
    job = learn_from(run(gather(project)))
    next(job)
    children = _children()
    assert children
    job.close()
    assert not children & _children()
    assert not model_path(project.path).exists()
    job = learn_from(run(gather(project)))
    next(job)
    fresh_path(model_path(project.path)).write_bytes(b"half a model")
    job.close()
    assert not fresh_path(model_path(project.path)).exists()


def _children():
    found = set()
    for one in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = one.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if parts[1] == str(os.getpid()) and parts[0] != "Z":
            found.add(one.parent.name)
    return found


JOBS = """
import os, time
from annotator.model.errors import UserError
from annotator.model.job import Progress

def work(how):
    yield Progress(1, 2, "half")
    if how == "die":
        os._exit(3)
    if how == "refuse":
        raise UserError("Not today.")
    if how == "fail":
        raise ValueError("bad  thing")
    return {"how": how}
"""


@pytest.fixture
def jobs(tmp_path, monkeypatch):
    (tmp_path / "jobs_of_tests.py").write_text(JOBS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return "jobs_of_tests:work"


def test_a_job_apart_tells_how_far_it_is_and_what_it_comes_to(jobs):
    told = []
    assert run(run_apart(jobs, "well"), told.append) == {"how": "well"}
    assert told


@pytest.mark.parametrize(
    ("how", "says"),
    [("refuse", "Not today."), ("fail", r"did not work \(ValueError: bad thing\)"), ("die", "broke down")],
)
def test_a_job_apart_fails_in_a_sentence(jobs, how, says):
    with pytest.raises(UserError, match=says):
        run(run_apart(jobs, how))
