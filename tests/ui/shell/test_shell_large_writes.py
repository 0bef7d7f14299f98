"""Operations that take seconds: they show how far they are, and stopped they leave nothing."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.model.changes import Changes
from annotator.model.errors import NotSaved
from annotator.model.job import run
from annotator.model.records import Fragment, Span
from annotator.services.project import Project
from annotator.ui import large_write
from annotator.ui.long_work import JobState

NAMES = "PERSON"


class Held:
    """Labels a few places of an article, but not before it is let go on."""

    def __init__(self, desk: Any) -> None:
        self.article = desk.content.article.id
        self.begun, self.may_go_on = Event(), Event()

    def __call__(self, project: Project) -> Changes:
        self.begun.set()
        assert self.may_go_on.wait(60)
        places = {self.article: [(at, at + 1) for at in range(0, 40, 2)]}
        return project.finder.write(run(project.finder.plan(NAMES, places)))


def labelled(desk: Any) -> list[Span]:
    return [one for one in desk.content.spans if one.label == NAMES and one.end - one.start == 1]


def begin(desk: Any) -> tuple[Held, list[Changes]]:
    held, done = Held(desk), list[Changes]()
    desk.session.long_work.write("Labelling", held, done.append, total=20, is_large=True)
    desk.qtbot.waitUntil(held.begun.is_set)
    return held, done


def test_a_large_operation_is_stopped_by_a_click_and_leaves_nothing(desk: Any) -> None:
    undo = desk.window.actions_["undo"].text()
    held, done = begin(desk)
    bar = desk.window.status.job
    assert (bar.name.text(), bar.left.text()) == ("Labelling: writing", "0/20")
    desk.qtbot.mouseClick(bar.stop, Qt.MouseButton.LeftButton)
    held.may_go_on.set()
    desk.settle()
    assert not done
    assert labelled(desk) == []
    assert bar.isHidden()
    assert not desk.session.long_work.is_busy
    assert desk.window.actions_["undo"].text() == undo
    assert desk.said[-1] == "Stopped: nothing was changed."
    desk.session.do(lambda project: project.add_span(held.article, NAMES, [Fragment(0, 1)]))
    desk.settle()
    assert len(labelled(desk)) == 1, "what comes after it is written as ever"


def test_an_operation_that_is_let_be_tells_how_far_it_is(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_write, "_SOON", 0.0)
    monkeypatch.setattr(large_write, "_EVERY", 0.0)
    states: list[Any] = []
    held, done = begin(desk)
    desk.session.progress.connect(
        lambda state: states.append(state and (state.name, state.done, state.total))
    )
    held.may_go_on.set()
    desk.settle()
    assert len(labelled(desk)) == 20
    assert len(done) == 1
    assert states[0] == ("Labelling", 0, 20)
    assert ("Labelling", 20, 20) in states
    assert states[-1] is None


def test_a_stop_that_comes_too_late_changes_nothing(desk: Any) -> None:
    held, done = begin(desk)
    cancel = desk.session.long_work.stop_shown
    held.may_go_on.set()
    desk.settle()
    cancel()
    desk.settle()
    assert len(labelled(desk)) == 20
    assert len(done) == 1


def test_who_stopped_it_is_not_asked_what_becomes_of_it_when_leaving(desk: Any) -> None:
    held, done = begin(desk)
    work = desk.session.long_work
    assert work.missed == "Labelling"
    desk.window.status.job.stop.click()
    assert work.missed == ""
    assert work.is_busy, "it has not heard of it yet"
    held.may_go_on.set()
    desk.settle()
    assert not done
    assert work.missed == ""


def test_only_what_is_shown_is_stopped(desk: Any) -> None:
    stopped: list[str] = []
    work = desk.session.long_work
    work.show(JobState("Suggesting"), cancel=lambda: stopped.append("suggesting"))
    held, _ = begin(desk)
    assert desk.window.status.job.name.text() == "Labelling: writing", "what a person asked for goes first"
    desk.window.status.job.stop.click()
    held.may_go_on.set()
    desk.settle()
    assert stopped == []
    assert labelled(desk) == []
    assert desk.window.status.job.name.text() == "Suggesting"
    desk.window.status.job.stop.click()
    assert stopped == ["suggesting"]
    assert desk.said[-1] == "Suggesting: stopped."


def test_another_project_does_not_show_what_was_written_in_the_one_before(desk: Any) -> None:
    held, done = begin(desk)
    desk.session.close_project()
    held.may_go_on.set()
    desk.settle()
    assert not done
    assert not desk.session.long_work.is_busy
    assert desk.window.status.job.isHidden()


def test_small_operations_show_no_progress(desk: Any) -> None:
    shown: list[Any] = []
    desk.session.progress.connect(shown.append)
    article = desk.content.article.id
    desk.session.long_work.write("Adding", lambda project: project.add_span(article, NAMES, [Fragment(0, 1)]))
    desk.settle()
    assert len(labelled(desk)) == 1
    assert shown == [None]


def test_a_key_or_the_palette_stops_it_too(desk: Any) -> None:
    held, done = begin(desk)
    desk.window.actions_["stop"].trigger()
    held.may_go_on.set()
    desk.settle()
    assert not done
    assert labelled(desk) == []
    desk.do("stop")
    assert desk.said[-1] == "Nothing is under way."


def test_the_button_stays_where_it_is_while_the_words_beside_it_change(desk: Any) -> None:
    work, bar = desk.session.long_work, desk.window.status.job
    number = work.show(JobState("Suggesting", 1, 300))
    desk.qtbot.waitUntil(bar.stop.isVisible)
    QApplication.sendPostedEvents()
    before = bar.stop.mapToGlobal(bar.stop.rect().center())
    work.show(JobState("Suggesting", 240, 300, "with built-in entities", 75.0), number)
    desk.do("next_suggestion")
    QApplication.sendPostedEvents()
    assert bar.left.text() == "240/300 · 1:15"
    assert bar.stop.mapToGlobal(bar.stop.rect().center()) == before
    work.finish(number)


class Pause:
    """Holds every large operation at its first report."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.may_go_on = Event(), Event()
        hear = large_write.LargeWrite._hear

        def _hear(work: Any, done: int, total: int) -> None:
            hear(work, done, total)
            self.begun.set()
            assert self.may_go_on.wait(60)
            hear(work, done, total)

        monkeypatch.setattr(large_write, "_SOON", 0.0)
        monkeypatch.setattr(large_write, "_EVERY", 0.0)
        monkeypatch.setattr(large_write.LargeWrite, "_hear", _hear)


@pytest.mark.parametrize("way", ["undo", "redo"])
def test_undo_and_redo_show_how_far_they_are_and_can_be_stopped(
    desk: Any, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    held, _ = begin(desk)
    held.may_go_on.set()
    desk.settle()
    if way == "redo":
        desk.do("undo")
        desk.settle()
    before, bar = len(labelled(desk)), desk.window.status.job
    with monkeypatch.context() as patched:
        pause = Pause(patched)
        desk.window.actions_[way].trigger()
        desk.qtbot.waitUntil(lambda: pause.begun.is_set() and bar.isVisible())
        said = "Undoing: writing" if way == "undo" else "Redoing: writing"
        assert bar.name.text() == said
        assert bar.left.text().endswith("/20")
        bar.stop.click()
        pause.may_go_on.set()
        desk.settle()
    assert desk.said[-1] == "Stopped: nothing was changed."
    assert len(labelled(desk)) == before
    assert bar.isHidden()
    desk.do(way)
    desk.settle()
    assert len(labelled(desk)) == 20 - before, "afterwards it goes as ever"


def test_nothing_is_shown_after_an_operation_that_was_saved_at_the_second_try(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_write, "_SOON", 0.0)
    held, tries = Held(desk), list[int]()
    held.may_go_on.set()

    def _label(project: Project) -> Changes:
        tries.append(1)
        if len(tries) == 1:
            raise NotSaved("The disk is full.")
        return held(project)

    shown: list[Any] = []
    desk.session.progress.connect(shown.append)
    desk.session.long_work.write("Labelling", _label)
    desk.settle()
    assert len(desk.session.unsaved) == 1
    desk.session.retry()
    desk.qtbot.waitUntil(lambda: len(labelled(desk)) == 20 and not desk.session.long_work.is_busy)
    assert any(state is not None for state in shown)
    assert desk.window.status.job.isHidden()
