"""What "saved" means: only after the commit; what cannot be saved is kept and tried again."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from annotator.model.errors import NotSaved
from annotator.model.records import Fragment


class Fault:
    """A disk that is full for as long as one likes."""

    def __init__(self) -> None:
        self.is_full = True

    def add(self, project, article, start: int):
        if self.is_full:
            raise NotSaved("The disk is full: make room, then try again.")
        return project.add_span(article, "CLAIM", [Fragment(start, start + 5)])


def test_saved_is_shown_only_after_the_commit_and_the_window_lives(desk) -> None:
    article = desk.content.article.id
    begun, gate = threading.Event(), threading.Event()

    def slow(project):
        begun.set()
        assert gate.wait(60)
        return project.add_span(article, "CLAIM", [Fragment(0, 5)])

    before = desk.window.status.saved.text()
    desk.session.do(slow)
    assert begun.wait(60)
    desk.qtbot.waitUntil(lambda: desk.window.status.saved.text() == "Saving…")
    assert desk.session.is_saving
    desk.window.actions_["larger"].trigger()  # the window still hears
    assert before != "Saving…"
    gate.set()
    desk.qtbot.waitUntil(lambda: desk.window.status.saved.text().startswith("Saved "))
    desk.settle()
    assert not desk.session.is_saving


def test_what_is_not_saved_is_kept_and_tried_again_in_order(desk) -> None:
    article, fault = desk.content.article.id, Fault()
    before = desk.content
    for start in (0, 20, 40):
        desk.session.do(lambda project, start=start: fault.add(project, article, start))
    desk.settle()
    assert len(desk.session.unsaved) == 3
    assert desk.window.banner.isVisible()
    assert "The disk is full" in desk.window.banner.text.text()
    assert desk.window.status.saved.text() == "Not saved"
    desk.window.banner.button.click()
    desk.settle()
    assert len(desk.session.unsaved) == 3
    fault.is_full = False
    desk.do("retry")
    assert not desk.session.unsaved
    assert not desk.window.banner.isVisible()
    assert [one.start for one in desk.new(before)[0]] == [0, 20, 40]


def test_an_operation_after_a_failed_one_waits_behind_it(desk) -> None:
    article, fault = desk.content.article.id, Fault()
    before = desk.content
    desk.session.do(lambda project: fault.add(project, article, 0))
    desk.settle()
    fault.is_full = False
    desk.session.do(lambda project: fault.add(project, article, 20))
    desk.settle()
    spans = sorted(desk.new(before)[0], key=lambda one: one.id)
    assert [one.start for one in spans] == [0, 20]


def test_a_project_that_was_moved_away_is_said_and_saved_once_it_is_back(desk, sample, outside) -> None:
    before = len(desk.content.spans)
    away = sample.with_name("elsewhere.annot")
    sample.rename(away)
    desk.drag("readers would have the patience")
    desk.press("c")
    assert desk.window.status.saved.text() == "Not saved"
    assert "sample.annot is not where it was" in desk.window.banner.text.text()
    away.rename(sample)
    desk.window.banner.button.click()
    desk.settle()
    assert not desk.window.banner.isVisible()
    article = desk.content.article.id
    desk.close()
    assert outside(lambda project: len(project.content(article).spans)) == before + 1


def test_a_project_that_is_overwritten_in_place_is_said(desk, sample: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.annot"
    other.write_bytes(b"something else")
    failed: list[str] = []
    desk.session.not_saved.connect(failed.append)
    code = "import shutil, sys; shutil.copyfile(*sys.argv[1:])"
    subprocess.run([sys.executable, "-c", code, other, sample], check=True)
    desk.go("Komarno")
    desk.press("c")
    assert failed
    assert failed[0].startswith("sample.annot was overwritten by another program while it was open.")
    assert len(desk.session.unsaved) == 1
    desk.session.unsaved.clear()
    desk.session.close_project()
    desk.settle()
    assert sample.read_bytes() == b"something else"


def test_closing_with_something_unsaved_asks_and_tries_again(desk, told, outside) -> None:
    article, fault = desk.content.article.id, Fault()
    before = len(desk.content.spans)
    desk.session.do(lambda project: fault.add(project, article, 0))
    desk.settle()
    told.answers[:] = [2]
    desk.window.close()
    assert desk.window.isVisible()
    fault.is_full = False
    told.answers[:] = [0]
    desk.close()
    assert all("not saved" in one for one in told.asked)
    assert outside(lambda project: len(project.content(article).spans)) == before + 1


def test_closing_waits_for_what_is_being_saved(desk, outside) -> None:
    article, gate = desk.content.article.id, threading.Event()
    before = len(desk.content.spans)

    def slow(project):
        assert gate.wait(60)
        return project.add_span(article, "CLAIM", [Fragment(0, 5)])

    desk.session.do(slow)
    desk.window.close()
    assert desk.window.isVisible()
    gate.set()
    desk.qtbot.waitUntil(lambda: not desk.window.isVisible())
    assert outside(lambda project: len(project.content(article).spans)) == before + 1


def test_a_mistake_of_ours_is_reported_and_nothing_else_stops(desk, told) -> None:
    desk.session.do(lambda project: 1 // 0)
    desk.settle()
    assert [type(one) for one in told.mistakes] == [ZeroDivisionError]
    told.mistakes.clear()
    before = desk.content
    desk.drag("readers would have the patience")
    desk.press("c")
    assert len(desk.new(before)[0]) == 1


def test_answers_of_a_closed_project_are_dropped(desk) -> None:
    heard: list[object] = []
    desk.session.ask(lambda project: project.article_ids(), heard.append)
    desk.session.close_project()
    desk.qtbot.wait(50)
    assert heard == []
    assert desk.session.content is None
    assert desk.window.middle.currentWidget() is desk.window.start


def test_damaged_project_is_told_and_the_start_page_stays(open_desk, told, tmp_path: Path) -> None:
    path = tmp_path / "broken.annot"
    path.write_bytes(b"no project at all" * 100)
    desk = open_desk()
    desk.session.open_project(path)
    desk.qtbot.waitUntil(lambda: bool(told.told))
    assert "broken.annot" in told.told[0]
    assert desk.window.middle.currentWidget() is desk.window.start


def test_a_note_being_typed_is_saved_when_the_project_is_closed(desk, outside) -> None:
    from annotator.ui.panels.note_field import NoteField

    article = desk.content.article.id
    desk.session.do(lambda project: project.add_span(article, "CLAIM", [Fragment(0, 5)]))
    desk.settle()
    span = desk.content.spans[0] if len(desk.content.spans) == 1 else desk.content.spans[-1]
    desk.session.choose(span.id)
    desk.do("note")
    field = next(one for one in desk.window.inspector.findChildren(NoteField) if one.hasFocus())
    field.setPlainText("who says so?")
    desk.window.files.close()
    desk.qtbot.waitUntil(lambda: desk.session.path is None)
    assert desk.session.stop()
    notes = outside(lambda project: [one.note for one in project.content(article).spans if one.id == span.id])
    assert notes == ["who says so?"]
