"""Comparing suggesters with an annotator's work from the window: figures, refusals, and stopping."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from annotator.cli.command import Doors
from annotator.cli.main import run
from annotator.model.changes import Changes
from annotator.model.ids import new_id
from annotator.model.job import Progress
from annotator.model.scoring import Score, Scores
from annotator.services import evaluating, suggesters
from annotator.services.evaluating import Result
from annotator.ui.panels.evaluation_dialog import EvaluationDialog
from annotator.ui.panels.words import label_title

RESULT = Result(
    "toy 1",
    2,
    0,
    {
        "CLAIM": Scores(Score(4, 1, 2, 1), Score(4, 2, 2, 2)),
        "STANCE": Scores(Score(0, 0, 3, 0), Score(0, 0, 3, 0)),
        "CUE": Scores(Score(2, 0, 0, 0), Score(2, 0, 0, 0)),
    },
    {"CLAIM": Score(2, 2, 2, 1)},
)


EVALUATE = evaluating.evaluate


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the suggesters compared, which all come to one result."""
    names: list[str] = []

    def compare(articles, who, scheme) -> Iterator[Progress]:
        names.extend(one.name for one in who)
        yield Progress(1, 2)
        return (replace(RESULT, suggester="toy 1+abcd"),)

    monkeypatch.setattr(evaluating, "evaluate", compare)
    monkeypatch.setattr(suggesters, "USUAL", ("entities",))
    return names


@pytest.fixture
def dialog(desk, given: list[str]) -> EvaluationDialog:
    desk.do("evaluate")
    found: EvaluationDialog = desk.window.findChildren(EvaluationDialog)[-1]
    desk.qtbot.waitUntil(lambda: found.table.rowCount() == 3)
    return found


def cells(dialog: EvaluationDialog, at: int) -> list[str]:
    return [dialog.table.item(at, column).text() for column in range(dialog.table.columnCount())]


def test_figures_are_shown_by_label_when_it_opens(desk, dialog: EvaluationDialog, given) -> None:
    assert given == ["entities"]
    assert cells(dialog, 0) == [
        "toy", "Claim", "25.0", "50.0", "33.3", "50.0", "100.0", "66.7", "100.0", "4", "2",
    ]  # fmt: skip
    assert cells(dialog, 1)[2:9] == ["–", "0.0", "0.0", "–", "0.0", "0.0", "–"]
    assert cells(dialog, 2)[2:] == [*["–"] * 7, "2", "0"]
    assert "2 articles" in dialog.said.text()
    assert "in others it may do less well." in dialog.said.text()
    assert dialog.compare.text() == "Compare"


def test_it_compares_again_when_asked_and_with_whom_is_chosen(desk, dialog: EvaluationDialog, given) -> None:
    desk.qtbot.mouseClick(dialog.compare, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: given == ["entities"] * 2)
    desk.qtbot.waitUntil(lambda: dialog.compare.text() == "Compare")
    dialog.who.activated.emit(0)
    desk.qtbot.waitUntil(lambda: given == ["entities"] * 3)


def test_what_cannot_be_compared_is_said_in_the_dialog(
    desk, dialog: EvaluationDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluating, "evaluate", EVALUATE)
    dialog.who.addItem("Nobody", new_id())
    dialog.who.setCurrentText("Nobody")
    dialog.compare.click()
    desk.qtbot.waitUntil(lambda: "There is nothing to compare with" in dialog.said.text())
    assert dialog.compare.text() == "Compare"


def begun(desk, dialog: EvaluationDialog, monkeypatch: pytest.MonkeyPatch, job: str) -> list[str]:
    """Compare with a job in it that has no end; return what that says of itself, now that it runs."""
    seen: list[str] = []

    def endless(*_: object) -> Iterator[Progress]:
        try:
            while True:
                seen[:] = ["runs"]
                yield Progress(0, 1)
        finally:
            seen.append("ended")

    monkeypatch.setattr(evaluating, job, endless)
    dialog.compare.click()
    desk.qtbot.waitUntil(lambda: seen == ["runs"])
    return seen


def test_closing_stops_what_runs(desk, dialog: EvaluationDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = begun(desk, dialog, monkeypatch, "evaluate")
    assert dialog.compare.text() == "Stop"
    dialog.reject()
    desk.qtbot.waitUntil(lambda: seen[-1] == "ended")
    desk.qtbot.waitUntil(lambda: not desk.session.long_work.is_busy)


def test_a_comparison_stopped_in_the_status_bar_is_said_to_be(
    desk, dialog: EvaluationDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(desk, dialog, monkeypatch, "evaluate")
    desk.session.long_work.stop_shown()
    desk.qtbot.waitUntil(lambda: dialog.said.text() == "Stopped.")
    assert dialog.compare.text() == "Compare"


def test_nobody_is_asked_whether_what_is_read_for_it_should_be_finished(
    desk, dialog: EvaluationDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(desk, dialog, monkeypatch, "marked")
    assert desk.session.long_work.is_busy
    assert not desk.session.long_work.missed
    dialog.reject()


def labelled_by_bea(project) -> Changes:
    """Let a second annotator label what the suggesters find, and more, in the second article."""
    first = project.annotator.name
    project.people.work_as("Bea")
    article = project.article_ids()[1]
    text = project.content(article).article.text
    start = text.index("Jana Hudakova")
    changes = project.add_span(article, "PERSON", [(start, start + len("Jana Hudakova"))])
    project.add_span(article, "CLAIM", [(0, 40)])
    project.people.work_as(first)
    return changes


@pytest.mark.parametrize("name", ["Ada", "Bea"])
def test_the_command_tells_the_same_figures(desk, capsys: pytest.CaptureFixture[str], name: str) -> None:
    desk.session.do(labelled_by_bea)
    desk.settle()
    desk.do("evaluate")
    dialog: EvaluationDialog = desk.window.findChildren(EvaluationDialog)[-1]
    desk.qtbot.waitUntil(lambda: dialog.who.findText(name) >= 0)
    dialog.who.setCurrentText(name)
    dialog.who.activated.emit(dialog.who.currentIndex())
    desk.qtbot.waitUntil(lambda: dialog.compare.text() == "Compare")
    shown = [cells(dialog, at) for at in range(dialog.table.rowCount())]
    said, scheme, path = dialog.said.text(), desk.session.scheme, desk.session.path
    dialog.reject()
    desk.session.close_project()
    desk.settle()
    doors = Doors(lambda *_: 0, lambda _: None)
    assert run(["evaluate", str(path), "--against", name, "--json"], doors) == 0
    answer = json.loads(capsys.readouterr().out)
    told = []
    for one in answer["suggesters"]:
        for label, scores in one["labels"].items():
            figures = [
                scores[how][what] for how in ("strict", "overlap") for what in ("precision", "recall", "f1")
            ]
            shares = [_percent(value) for value in (*figures, scores["sure"]["precision"])]
            counts = [str(scores["overlap"][what]) for what in ("proposed", "wanted")]
            name_ = one["suggester"].rpartition(" ")[0]
            told.append([name_, label_title(scheme, label), *shares, *counts])
    assert shown == told
    assert said.endswith(answer["caution"])
    assert said.startswith(f"{answer['articles']} article")
    assert any(row[-1] != "0" for row in shown)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


def test_the_table_has_no_empty_end(desk, dialog: EvaluationDialog) -> None:
    header = dialog.table.horizontalHeader()
    for width in (500, 1400):
        dialog.resize(width, 400)
        desk.qtbot.waitUntil(lambda: header.length() >= dialog.table.viewport().width())
    widths = [header.sectionSize(at) for at in range(header.count())]
    assert max(widths) == widths[1]  # the titles of labels
