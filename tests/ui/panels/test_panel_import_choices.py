"""Import, what is chosen for many at once: new labels of a corpus, and files of one name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from import_dialogs import opened, tried
from made_projects import export
from picking import pick

from annotator.model.changes import Changes
from annotator.services.importing import ImportSummary, Revised
from annotator.services.project import Project
from annotator.ui.panels.import_run import import_files
from annotator.ui.panels.import_trial import outcome_of
from annotator.ui.panels.result_sheet import Outcome
from annotator.ui.panels.widgets import WideScroll

ANN = "T1\tSource 0 9\tThe mayor\nT2\tMood 15 17\tno\nT3\tGone 0 99\tno such\n"


def here(dialog: Any) -> dict[str, str]:
    trial = dialog.trial
    return {trial.table.item(at, 0).text(): field.currentText() for at, field in enumerate(trial._fields)}


def test_new_labels_are_left_out_all_at_once(world: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said no.", encoding="utf-8")
    (tmp_path / "a.ann").write_text(ANN + "T4\tOdd 4 9\tmayor\n", encoding="utf-8")
    dialog = opened(world, [tmp_path / "a.ann"])
    tried(world, dialog, "3 spans")
    trial = dialog.trial
    assert trial.all_new.isVisibleTo(dialog)
    pick(trial._fields[[*here(dialog)].index("Source (span)")], "")
    tried(world, dialog, "2 spans")
    pick(trial.new_labels, "leave_out")
    world.qtbot.waitUntil(lambda: trial.headline.text() == "Would come in: 1 article")
    left = "leave it out"
    assert here(dialog) == dict.fromkeys(("Gone (span)", "Mood (span)", "Odd (span)", "Source (span)"), left)
    pick(trial._fields[[*here(dialog)].index("Odd (span)")], "+Odd")
    tried(world, dialog, "1 span")
    (group,) = dialog.groups
    assert (group.options.new_labels, group.options.labels) == (
        "leave_out",
        {"span:Odd": "Odd", "span:Source": ""},
    )
    pick(trial.new_labels, "add")
    tried(world, dialog, "2 spans")
    assert here(dialog)["Mood (span)"] == "add it to the scheme"
    assert here(dialog)["Source (span)"] == left, "what is no new label is as it was chosen"


def test_without_new_labels_nothing_is_asked_of_them(world: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said no.", encoding="utf-8")
    (tmp_path / "a.ann").write_text("T1\tSource 0 9\tThe mayor\n", encoding="utf-8")
    dialog = opened(world, [tmp_path / "a.ann"])
    tried(world, dialog, "1 span")
    assert not dialog.trial.all_new.isVisibleTo(dialog)


def test_labels_of_an_annotator_are_taken_as_a_newer_file_has_them(world: Any, tmp_path: Path) -> None:
    out, article = tmp_path / "newer.jsonl", world.ids["article"]

    def revised(project: Project) -> Changes:
        project.people.work_as("Ben")
        changes = [project.add_span(article, "CLAIM", [(at, at + 4)]) for at in (0, 8)]
        export(project, out, "jsonl", annotator=project.annotator.id)
        project.add_span(article, "CLAIM", [(16, 20)])  # which the file lacks
        return project.change_span(changes[0].changes[0].record.id, fragments=[(0, 6)])

    world.session.do(revised)
    world.settle()
    dialog = opened(world, [out])
    tried(world, dialog, "2 labels there already")
    trial = dialog.trial
    assert trial.revised.isVisibleTo(dialog)
    assert [trial.newer.itemText(at) for at in range(trial.newer.count())] == [
        "leave all as they are here: 1 changed, 1 removed in the files",
        "take those of Ben as the files have them: 1 changed, 1 removed",
    ]
    pick(trial.newer, "Ben")
    tried(world, dialog, "1 changed · 1 removed")
    assert dialog.groups[0].options.newer == "Ben"
    pick(trial.newer, "")
    world.qtbot.waitUntil(lambda: "removed" not in trial.headline.text())
    revised = Revised("Ben", 1, 1, is_taken=True), Revised("Cem", 9, 9)
    assert outcome_of(ImportSummary(0, labelled=1, revised=revised)).headline == (
        "Changed or removed: 2 · articles there already that got labels: 1"
    )


def test_long_names_of_labels_leave_room_for_what_they_are_here(world: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said no.", encoding="utf-8")
    (tmp_path / "a.ann").write_text(f"T1\t{'Long' * 20} 0 9\tThe mayor\n", encoding="utf-8")
    dialog = opened(world, [tmp_path / "a.ann"])
    tried(world, dialog, "1 span")
    table = dialog.trial.table
    world.qtbot.waitUntil(lambda: table.columnWidth(2) >= table.columnWidth(0) - 1)


def test_a_low_screen_shows_five_labels_and_all_choices_at_once(world: Any, tmp_path: Path) -> None:
    """As high as nine tenths of 1080 pixels are at 200 %."""
    marks = [[0, 9, f"L{at}"] for at in range(12)]
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"text": "The mayor said no.", "label": marks}), encoding="utf-8"
    )
    dialog = opened(world, [tmp_path / "a.jsonl"])
    tried(world, dialog, "12 spans")
    dialog.resize(864, 486)
    trial = dialog.trial
    page = next(one for one in dialog.findChildren(WideScroll) if one.isAncestorOf(trial.table))
    world.qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() == 0, timeout=10_000)
    seen = trial.table.viewport().height()
    assert seen // trial.table.rowHeight(0) >= 5
    new, find = (one.mapTo(dialog, one.rect().center()) for one in (trial.all_new, trial.find_words))
    assert abs(new.y() - find.y()) < trial.find_words.height() // 2, "they stand beside one another"


def test_files_of_one_name_are_told_with_their_folders(world: Any, tmp_path: Path) -> None:
    """As on the command line: what is refused, and what articles are called."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(f"A text of {folder}.", encoding="utf-8")
        (tmp_path / folder / "y.jsonl").write_text('{"name": "x"}\n' * 2, encoding="utf-8")
    dialog = opened(world, [tmp_path])
    tried(world, dialog, "2 articles")
    said = dialog.trial.details.toPlainText()
    assert "one/y.jsonl, line 1" in said
    assert said.count("one/y.jsonl") == 1, "the same of both lines is said once"
    assert said.count("(likewise at 1 more place)") == 2
    assert "two/y.jsonl, line 1" in said
    done: list[str] = []
    run = import_files(world.session, [tmp_path], dialog, lambda line, _: done.append(line))
    world.qtbot.waitUntil(run.ok.isEnabled)
    run.ok.click()
    world.qtbot.waitUntil(lambda: len(names(world)) == 4)
    assert {"one/x.txt", "two/x.txt"} < set(names(world))


def names(world: Any) -> list[str]:
    found: list[str] = world.fetch(lambda project: [one.article.name for one in project.contents()])
    return found


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (Outcome(1, refused=("a", "b"), refusals=7), "Articles imported: 1 · refused: 7"),
        (Outcome(7, labels=3, suggestions=1200), "Articles imported: 7 · labels: 3 · suggestions: 1,200"),
        (
            Outcome(labels=95, labelled=3, copies=("x",) * 44),
            "Labels: 95 · articles there already that got labels: 3 · copies left out: 44",
        ),
    ],
)
def test_what_came_in_is_said_in_order(outcome: Outcome, line: str) -> None:
    assert outcome.headline == line
