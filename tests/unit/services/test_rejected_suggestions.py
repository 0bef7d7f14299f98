"""What was rejected is not proposed again: by newer rules, reopened, exported and imported elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.model.alike import Outline, is_same, outline
from annotator.model.formats import ImportOptions
from annotator.model.job import run
from annotator.model.records import ArticleContent, SuggestedFrame
from annotator.model.resources import resource, seeds
from annotator.model.scheme import read_scheme
from annotator.model.suggesting import named_actors, suggest_input
from annotator.services.exporting import export_job
from annotator.services.exporting_choice import ExportChoice
from annotator.services.importing_known import known_of, planned
from annotator.services.importing_stored import join_job
from annotator.services.project import Project
from annotator.services.suggesters import chosen, plan_round
from annotator.services.suggesting import SuggestProcess

SCHEME = read_scheme(resource("schemes/default.toml"))


@pytest.fixture(scope="module")
def process() -> Iterator[SuggestProcess]:
    """Return the process in which the rules run, for all of these tests."""
    with closing(SuggestProcess()) as made:
        yield made


@pytest.fixture(scope="module")
def proposed(tmp_path_factory: pytest.TempPathFactory, process: SuggestProcess) -> Path:
    """Return a project with two articles of the sample and what the rules propose for them."""
    path = tmp_path_factory.mktemp("proposed") / "p.annot"
    with closing(Project.create(path, SCHEME, "Ada")) as made:
        take_in(made, *sorted(seeds().glob("*.txt"))[1:3])
        look(made, process)
    return path


@pytest.fixture
def project(proposed: Path, tmp_path: Path) -> Iterator[Project]:
    """Return a copy of it."""
    shutil.copyfile(proposed, tmp_path / "p.annot")
    with closing(Project.open(tmp_path / "p.annot", "Ada")) as made:
        yield made


def take_in(project: Project, *paths: Path) -> None:
    plan = run(planned(paths, ImportOptions(), "", known_of(project)))
    project.write_import(run(join_job(project, plan)) if plan.needs_project else plan)


def look(project: Project, process: SuggestProcess, version: str = "") -> None:
    """Let the real rules look at all articles, as if they were of a version."""
    who = chosen(project, ("attributions", "stances", "entities"))
    ids = project.article_ids()
    inputs = [(one, suggest_input(project.content(one))) for one in ids]
    for plan in run(plan_round(inputs, who, SCHEME, process=process)).plans:
        newer = replace(plan, suggester=f"{plan.suggester.split()[0]} {version}") if version else plan
        project.write_suggestions(newer, undoable=False)


def frames_in(content: ArticleContent, state: str) -> list[Outline]:
    places = {one.id: one.fragments for one in (*content.spans, *content.suggested_spans)}
    found = (one for one in content.suggested_frames if one.state == state)
    return [outline(one.label, one.attributes, one.roles, places) for one in found]


def spans_in(content: ArticleContent, state: str) -> set[tuple[object, ...]]:
    inside = {end.end for one in content.suggested_frames for end in one.roles}
    found = (one for one in content.suggested_spans if one.state == state and one.id not in inside)
    return {(one.label, tuple(one.fragments)) for one in found}


def reject_every_second(project: Project) -> int:
    """Reject every second frame and single span; return how many."""
    ids = []
    for content in project.contents():
        inside = {end.end for one in content.suggested_frames for end in one.roles}
        ids += [one.id for one in content.suggested_frames[::2]]
        ids += [one.id for one in content.suggested_spans if one.id not in inside][::2]
    project.reject(ids)
    return len(ids)


def assert_none_is_back(project: Project, least: int) -> None:
    """Prove that nothing waits that was rejected, that so much is rejected, and that others wait."""
    count = waiting = 0
    for content in project.contents():
        rejected, still = frames_in(content, "rejected"), frames_in(content, "open")
        assert not [one for one in still if any(is_same(one, other) for other in rejected)]
        assert not spans_in(content, "rejected") & spans_in(content, "open")
        count += len(rejected) + len(spans_in(content, "rejected"))
        waiting += len(still)
    assert count >= least
    assert waiting


@pytest.mark.parametrize("version", ["", "999"])
def test_rules_that_look_again_propose_nothing_rejected(
    project: Project, process: SuggestProcess, version: str
) -> None:
    count = reject_every_second(project)
    assert count > 20
    look(project, process, version)
    assert_none_is_back(project, count)


def test_nor_after_the_project_was_opened_again(
    project: Project, process: SuggestProcess, tmp_path: Path
) -> None:
    count = reject_every_second(project)
    run(project.copy_to(tmp_path / "copy.annot"))
    with closing(Project.open(tmp_path / "copy.annot", "Ben")) as again:
        look(again, process)
        assert_none_is_back(again, count)


def frames_of(content: ArticleContent, label: str) -> list[SuggestedFrame]:
    return [one for one in content.suggested_frames if one.label == label and one.state == "open"]


@pytest.mark.parametrize("with_open", [True, False])
def test_nor_in_another_project_that_got_them_by_jsonl(
    project: Project, process: SuggestProcess, tmp_path: Path, with_open: bool
) -> None:
    count = reject_every_second(project)
    out = tmp_path / "out.jsonl"
    choice = ExportChoice("jsonl", suggestions=with_open, rejected=True)
    run(export_job(project, out, choice))
    with closing(Project.create(tmp_path / "other.annot", SCHEME, "Ben")) as other:
        for _ in range(2):  # the second time adds nothing
            take_in(other, out)
            look(other, process)
            assert_none_is_back(other, count)
        states = [one.state for content in other.contents() for one in content.suggested_frames]
        assert states.count("rejected") == sum(
            one.state == "rejected" for content in project.contents() for one in content.suggested_frames
        )


def test_half_decided_ones_go_along_with_what_their_parts_became(project: Project, tmp_path: Path) -> None:
    """An attribution is rejected whose claim a stance was accepted on; an open one has an accepted part."""
    shared = 0
    for content in [*project.contents()]:
        frames = frames_of(content, "STANCE")
        claims = {end.end for one in frames for end in one.roles if end.role == "target"}
        told = [one for one in frames_of(content, "ATTRIBUTION") if claims & {end.end for end in one.roles}]
        project.reject([one.id for one in told[::2]])
        project.accept([one.id for one in frames])
        shared += len(told[::2])
    assert shared
    out = tmp_path / "out.jsonl"
    run(export_job(project, out, ExportChoice("jsonl", suggestions=True, rejected=True)))
    with closing(Project.create(tmp_path / "other.annot", SCHEME, "Ben")) as other:
        take_in(other, out)
        for content in other.contents():
            there = (*content.spans, *content.suggested_spans, *content.frames, *content.suggested_frames)
            held = {one.id for one in there}
            for frame in content.suggested_frames:
                assert {end.end for end in frame.roles if end.kind in ("span", "frame")} <= held, frame


def test_where_they_are_not_asked_for_they_stay_at_home(project: Project, tmp_path: Path) -> None:
    reject_every_second(project)
    out = tmp_path / "out.jsonl"
    run(export_job(project, out, ExportChoice("jsonl", suggestions=True)))
    assert b'"state":"rejected"' not in out.read_bytes()


def test_what_was_accepted_is_not_proposed_again_where_its_labels_came_by_jsonl(
    project: Project, process: SuggestProcess, tmp_path: Path
) -> None:
    frames = [one for content in project.contents() for one in content.suggested_frames]
    assert any(list(named_actors(one.attributes)) for one in frames)
    project.accept([one.id for one in frames])
    out = tmp_path / "out.jsonl"
    run(export_job(project, out, ExportChoice("jsonl")))
    with closing(Project.create(tmp_path / "other.annot", SCHEME, "Ben")) as other:
        take_in(other, out)
        look(other, process)
        assert [one.label for content in other.contents() for one in content.suggested_frames] == []
