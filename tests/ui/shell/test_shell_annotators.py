"""The annotators of a project: ticked by keys where they decide, undone, and their labels exported."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import orjson
import pytest
from made_projects import Plan
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox

from annotator.model.changes import Add, Changes
from annotator.model.errors import UserError
from annotator.model.formats import ImportOptions
from annotator.model.ids import Id, new_id
from annotator.model.job import Progress
from annotator.model.records import Annotator, Article, Fragment
from annotator.model.text import sha256_of
from annotator.services import agreement as services_agreement
from annotator.ui import long_work
from annotator.ui.article_model import ROW
from annotator.ui.panels.agreement_sheet import AgreementSheet
from annotator.ui.panels.annotators_dialog import AnnotatorsDialog
from annotator.ui.panels.dataset_dialog import DatasetDialog
from annotator.ui.panels.differing_sheet import DifferingSheet
from annotator.ui.panels.export_dialog import ExportDialog, written_outcome
from annotator.ui.panels.result_sheet import ResultSheet
from annotator.ui.panels.words import when

Sheet = TypeVar("Sheet", bound=QDialog)
OK = QDialogButtonBox.StandardButton.Ok


def opened(desk) -> AnnotatorsDialog:
    desk.do("annotators")
    found: AnnotatorsDialog = desk.window.findChildren(AnnotatorsDialog)[-1]
    desk.qtbot.waitUntil(found.buttons.button(OK).isEnabled)
    return found


def names(desk, kind: str) -> list[str]:
    found: list[list[str]] = []
    desk.session.ask(
        lambda project: [one.name for one in project.annotators() if one.kind == kind], found.append
    )
    desk.settle()
    return found[0]


def chosen(combo: QComboBox, value: str) -> None:
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


def _lea_labels(project):
    before = project.annotator.name
    project.people.work_as("Lea")
    changes = project.add_span(project.article_ids()[0], "CLAIM", (Fragment(0, 4),))
    project.people.work_as(before)
    return changes


def test_an_adjudicator_is_ticked_by_keys_and_undone_in_a_step(desk) -> None:
    desk.session.do(_lea_labels)
    desk.settle()
    people = names(desk, "person")
    assert people[-1] == "Lea"
    dialog = opened(desk)
    desk.qtbot.waitUntil(lambda: ":" in dialog.list.item(0).text())
    listed = [dialog.list.item(at).text() for at in range(dialog.list.count())]
    assert [one.split(":")[0] for one in listed] == people
    assert listed[-1] == "Lea: 1 article labelled, 0 done"
    assert dialog.ticked == frozenset()
    assert dialog.at_work.hasFocus()
    desk.qtbot.keyClick(dialog.at_work, Qt.Key.Key_Tab)
    assert dialog.list.hasFocus()
    desk.qtbot.keyClick(dialog.list, Qt.Key.Key_End)
    desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    desk.settle()
    assert names(desk, "adjudicator") == ["Lea"]
    again = opened(desk)
    assert len(again.ticked) == 1
    again.reject()
    desk.do("undo")
    desk.settle()
    assert names(desk, "adjudicator") == []


def typed(desk, dialog: AnnotatorsDialog, name: str) -> None:
    dialog.at_work.lineEdit().selectAll()
    desk.qtbot.keyClicks(dialog.at_work, name)


def test_another_annotator_is_let_to_work_by_keys_and_still_is_after_a_restart(desk) -> None:
    me = desk.session.annotator.name
    assert desk.window.status.annotator.text() == f"At work: {me}"
    desk.qtbot.keyClick(desk.window.view, Qt.Key.Key_N)  # read by me
    desk.settle()
    dialog = opened(desk)
    assert dialog.about.text() == f"What you add is by {me}."
    typed(desk, dialog, "Bea")
    assert dialog.about.text().startswith("“Bea” is new here, and is added")
    desk.qtbot.keyClick(dialog.at_work, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: desk.window.status.annotator.text() == "At work: Bea")
    assert desk.window.windowTitle().endswith(" – Bea")
    assert "Bea is at work now." in desk.window.status.hint.text()
    assert "Bea" in names(desk, "person")
    desk.session.do(lambda project: project.add_span(project.article_ids()[0], "CLAIM", (Fragment(0, 4),)))
    desk.settle()
    found: list[str] = []
    desk.session.ask(
        lambda project: {one.id: one.name for one in project.annotators()}[
            project.content(project.article_ids()[0]).spans[-1].annotator
        ],
        found.append,
    )
    desk.settle()
    assert found == ["Bea"]
    path = desk.session.path
    desk.session.close_project()
    desk.session.open_project(path)
    desk.qtbot.waitUntil(lambda: desk.session.annotator is not None)
    assert desk.window.status.annotator.text() == "At work: Bea"


def test_the_list_shows_how_far_who_is_at_work_has_read(desk) -> None:
    first = desk.session.content.article.id
    desk.session.do(lambda project: project.set_reading(first, "done"))
    desk.settle()

    def reading() -> str:
        model = desk.window.articles.model
        row = model.index(model.row_of(first), 0).data(ROW)
        return row.reading if row is not None else ""

    done = desk.window.status.done
    desk.qtbot.waitUntil(lambda: reading() == "done")
    desk.qtbot.waitUntil(lambda: done.text() == "4 of 5 done")
    desk.session.do(lambda project: project.people.work_as("Bea"))
    desk.qtbot.waitUntil(lambda: reading() == "new")
    desk.qtbot.waitUntil(lambda: done.text() == "0 of 5 done")


def agreement(desk, kind: type[Sheet]) -> Sheet:
    desk.do("agreement")
    desk.qtbot.waitUntil(lambda: bool(desk.window.findChildren(kind)))
    (sheet,) = desk.window.findChildren(kind)
    return sheet


def test_how_far_annotators_agree_is_shown_pair_by_pair(desk) -> None:
    def three_work(project) -> Changes:
        first = project.article_ids()[0]
        for name, end in (("Lea", 10), ("Bea", 20), ("Cleo", 20)):
            project.people.work_as(name)
            project.add_span(first, "CLAIM", (Fragment(0, end),))
            changes = project.add_span(first, "SOURCE", (Fragment(0, 5),))
        return changes

    desk.session.do(three_work)
    desk.settle()
    sheet = agreement(desk, AgreementSheet)
    assert sheet.headline.text() == "Articles that two annotators or more labelled: 1"
    assert [sheet.who.itemText(at) for at in range(sheet.who.count())] == [
        "all pairs together",
        "Bea and Cleo: 1 article",
        "Bea and Lea: 1 article",
        "Cleo and Lea: 1 article",
    ]
    heads, *lines = (line.split("\t") for line in sheet.as_text().splitlines() if "\t" in line)
    assert heads[3:] == ["Marked by the first", "Marked by the second"]
    assert lines == [["Claim", "33.3", "100.0", "3", "3"], ["Source", "100.0", "100.0", "3", "3"]]
    assert not sheet.differ.isEnabled()
    sheet.who.setCurrentIndex(2)
    sheet.who.activated.emit(2)
    heads, *lines = (line.split("\t") for line in sheet.as_text().splitlines() if "\t" in line)
    assert heads == ["Label", "F1, strict", "F1, by overlap", "Marked by Bea", "Marked by Lea"]
    assert lines == [["Claim", "0.0", "100.0", "1", "1"], ["Source", "100.0", "100.0", "1", "1"]]
    sheet.copy.click()
    assert QGuiApplication.clipboard().text() == sheet.as_text()
    sheet.differ.click()
    desk.qtbot.waitUntil(lambda: desk.window.findChild(DifferingSheet) is not None)
    listed = desk.window.findChild(DifferingSheet)
    assert desk.window.findChild(AgreementSheet) is None, "nothing lies over what a row shows"
    assert listed.geometry().left() > desk.window.geometry().center().x()
    assert listed.windowTitle() == "Where Bea and Lea differ"
    assert [listed.kind.itemText(at) for at in range(listed.kind.count())] == [
        "1 difference",
        "other edges: 1",
    ]
    assert listed.focusWidget() is listed.list
    title, said = listed.list.item(0).text().splitlines()
    assert title == desk.content.article.title
    assert said.startswith("Claim: other edges · Bea: ")
    desk.window.view.caret = 300
    listed.list.itemActivated.emit(listed.list.item(0))
    desk.settle()
    assert desk.window.view.caret == 0
    desk.session.close_project()
    sheets = (AgreementSheet, DifferingSheet)
    desk.qtbot.waitUntil(lambda: not any(map(desk.window.findChildren, sheets)))


def _two_rounds(desk) -> Article:
    """Let Bea and Lea label an article of now and one that comes in later."""
    text = "Ruud Tiber said the ferry sank."
    later = Article(
        new_id(), "ferry.txt", "Ferry", text, sha256_of(text), "en", created=9_000_000_000_000_000
    )

    def two_rounds(project) -> Changes:
        project.write_import(Plan([later]))
        for article in (project.article_ids()[0], later.id):
            for name, end in (("Bea", 10), ("Lea", 20 if article == later.id else 10)):
                project.people.work_as(name)
                changes = project.add_span(article, "CLAIM", (Fragment(0, end),))
        return changes

    desk.session.do(two_rounds)
    desk.settle()
    return later


def test_annotators_are_compared_in_the_articles_of_a_later_round_alone(desk) -> None:
    later = _two_rounds(desk)
    sheet = agreement(desk, AgreementSheet)
    assert [sheet.since.itemText(at) for at in range(sheet.since.count())] == [
        "all, whenever they came in",
        f"those that came in {when(later.created)} or later: 1",
    ]
    assert sheet.as_text().splitlines()[-2].split("\t") == ["Claim", "50.0", "100.0", "2", "2"]
    sheet.since.setCurrentIndex(1)
    sheet.since.activated.emit(1)
    desk.qtbot.waitUntil(lambda: sheet.headline.text().endswith(": 1"))
    said = sheet.as_text().splitlines()
    assert said[1:3] == [sheet.since.currentText(), "Bea and Lea: 1 article"]
    assert said[-2].split("\t") == ["Claim", "0.0", "100.0", "1", "1"]
    sheet.differ.click()
    desk.qtbot.waitUntil(lambda: desk.window.findChild(DifferingSheet) is not None)
    listed = desk.window.findChild(DifferingSheet)
    assert [listed.list.item(at).text().splitlines()[0] for at in range(listed.list.count())] == ["Ferry"]
    listed.close()


@pytest.mark.parametrize("way", ["stopped", "failed"])
def test_a_comparison_without_an_end_leaves_the_figures_of_before(
    desk, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    _two_rounds(desk)
    sheet = agreement(desk, AgreementSheet)
    before = sheet.as_text()

    def unending(project, since=0) -> Iterator[Progress]:
        yield Progress(0, 1)
        while way == "stopped":
            yield Progress(0, 1)
        raise UserError("The disk is full.")

    monkeypatch.setattr(services_agreement, "agreement_job", unending)
    sheet.since.setCurrentIndex(1)
    sheet.since.activated.emit(1)
    assert sheet.headline.text() == "Comparing…"
    if way == "stopped":
        desk.session.long_work.stop_shown()
    desk.qtbot.waitUntil(lambda: sheet.as_text() == before)
    assert sheet.since.currentIndex() == 0


def test_where_nobody_can_be_compared_that_is_said(desk) -> None:
    assert agreement(desk, ResultSheet).headline.text().startswith("Nothing to compare yet: ")


def test_the_button_in_the_status_bar_lets_somebody_else_work(desk) -> None:
    desk.session.do(_lea_labels)
    desk.settle()
    desk.window.resize(1600, 900)
    desk.window.status.annotator.click()
    dialog = desk.window.findChildren(AnnotatorsDialog)[-1]
    desk.qtbot.waitUntil(dialog.buttons.button(OK).isEnabled)
    dialog.at_work.setCurrentIndex(dialog.at_work.findText("Lea"))
    assert dialog.about.text() == "What you add from then on is by Lea."
    dialog.buttons.button(OK).click()
    desk.qtbot.waitUntil(lambda: desk.session.annotator.name == "Lea")
    assert "let somebody else work" in desk.window.status.annotator.toolTip().lower()


class _Bots:
    operation = "Import"

    def edits(self, _: Id) -> list[Add]:
        return [Add(Annotator(new_id(), "Bot", "program"))]


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "Who is at work?"), ("Bot", "Bot is a program"), ("A\u2028b", "U+2028")],
)
def test_a_name_that_nobody_can_have_is_told_and_kept(desk, name: str, said: str) -> None:
    desk.session.do(lambda project: project.write_import(_Bots()))
    desk.settle()
    dialog = opened(desk)
    dialog.at_work.setEditText(name)
    desk.qtbot.keyClick(dialog.at_work, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert said in dialog.about.text()
    assert dialog.at_work.currentText() == name
    assert desk.session.annotator.name != name
    dialog.reject()


def test_a_program_is_told_of_while_its_name_is_typed(desk) -> None:
    desk.session.do(lambda project: project.write_import(_Bots()))
    desk.settle()
    dialog = opened(desk)
    dialog.at_work.setEditText("Bo")
    assert "is new here" in dialog.about.text()
    dialog.at_work.setEditText("Bot")
    assert dialog.about.text() == "Bot is a program: who is at work is a person."
    dialog.reject()


def test_a_long_name_keeps_the_way_to_change_it_in_sight(desk) -> None:
    desk.window.resize(1100, 700)
    name = "Bea " + "n" * 500
    desk.session.do(lambda project: project.people.work_as(name))
    desk.settle()
    status = desk.window.status
    assert status.annotator.text().endswith("Bea nnnnnnnnnnnnnnnnnnn…")
    assert name in status.annotator.toolTip()
    assert len(desk.said[-1]) < 200
    desk.window.banner.hide()
    status._said.stop()
    status._show_usual()
    desk.qtbot.waitUntil(status.annotator.isVisible)


def test_what_is_not_changed_is_no_step(desk) -> None:
    desk.session.do(_lea_labels)
    desk.settle()
    opened(desk).accept()
    desk.settle()
    found: list[str | None] = []
    desk.session.ask(lambda project: project.undo_name(), found.append)
    desk.settle()
    assert found == ["Add claim"]


def test_adjudicated_labels_are_exported_from_the_window(desk, tmp_path: Path) -> None:
    desk.session.do(_lea_labels)
    desk.settle()
    desk.do("export")
    dialog = desk.window.findChildren(ExportDialog)[-1]
    desk.qtbot.waitUntil(dialog.buttons.button(OK).isEnabled)
    chosen(dialog.what.annotator, "adjudicated")
    assert "Nobody’s labels are the adjudicated ones yet" in dialog.what.refusal
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.problem.text() == dialog.what.refusal
    dialog.reject()
    desk.session.do(
        lambda project: project.people.set_adjudicators(
            [one.id for one in project.annotators() if one.name == "Lea"]
        )
    )
    desk.settle()
    desk.do("export")
    dialog = desk.window.findChildren(ExportDialog)[-1]
    desk.qtbot.waitUntil(dialog.buttons.button(OK).isEnabled)
    dialog.what.annotator.setFocus()
    desk.qtbot.keyClicks(dialog.what.annotator, "The adj")
    desk.qtbot.waitUntil(lambda: "no adjudicator labelled" in dialog.preview.counts.text())
    assert dialog.what.choice().adjudicated
    dialog.place.path.setText(str(tmp_path / "o.jsonl"))
    heard: list[tuple] = []
    desk.session.exported.connect(lambda *given: heard.append(given))
    dialog.accept()
    desk.qtbot.waitUntil(lambda: bool(heard))
    (record,) = map(orjson.loads, (tmp_path / "o.jsonl").read_bytes().splitlines())
    assert record["annotators"] == [{"name": "Lea", "kind": "adjudicator"}]
    outcome = written_outcome(*heard[0])
    assert "articles left out, as no adjudicator labelled them" in outcome.details


def test_a_dataset_of_adjudicated_labels_needs_an_adjudicator(desk, tmp_path: Path) -> None:
    desk.do("dataset")
    dialog = desk.window.findChildren(DatasetDialog)[-1]
    desk.qtbot.waitUntil(dialog.buttons.button(OK).isEnabled)
    chosen(dialog.what.annotator, "adjudicated")
    dialog.place.path.setText(str(tmp_path / "d"))
    dialog.accept()
    assert "Nobody’s labels are the adjudicated ones yet" in dialog.problem.text()
    assert not (tmp_path / "d").exists()


def test_what_is_imported_is_of_who_began_it(desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, may_end, real = desk.session.annotator, threading.Event(), long_work.planned
    (tmp_path / "one.jsonl").write_bytes(
        orjson.dumps({"text": "Anna Quill said so.", "spans": [{"start": 0, "end": 10, "label": "PERSON"}]})
    )

    def planned(*given: object):
        while not may_end.is_set():
            yield Progress(0, 1)
        return (yield from real(*given))

    monkeypatch.setattr(long_work, "planned", planned)
    desk.session.import_paths([tmp_path / "one.jsonl"], ImportOptions(), "")
    desk.qtbot.waitUntil(lambda: desk.session.long_work.is_busy)
    desk.session.do(lambda project: project.people.work_as("Bea"))
    desk.settle()
    assert desk.session.annotator.name == "Bea"
    with desk.qtbot.waitSignal(desk.session.imported):
        may_end.set()
    desk.settle()
    found: list[object] = []
    desk.session.ask(lambda project: project.content(project.article_ids()[-1]).spans, found.append)
    desk.settle()
    assert [(one.label, one.annotator) for one in found[0]] == [("PERSON", before.id)]
    history: list[object] = []
    desk.session.ask(lambda project: project.history(1), history.append)
    desk.settle()
    assert history[0][0].who == before.id
    assert desk.session.annotator.name == "Bea"


def test_a_long_title_ends_with_an_ellipsis_in_the_window_s(desk) -> None:
    article = desk.content.article.id
    desk.session.do(lambda project: project.articles.change(article, title="Mayor " + "harbour " * 12))
    desk.settle()
    desk.press("n")
    desk.press("p")
    assert desk.window.windowTitle().startswith(f"Mayor {'harbour ' * 9}h… – ")


def test_the_window_s_title_follows_the_title_of_the_open_article(desk) -> None:
    article = desk.content.article.id
    desk.session.do(lambda project: project.articles.change(article, title="The bridge reopens"))
    desk.settle()
    assert desk.window.windowTitle().startswith("The bridge reopens – ")
