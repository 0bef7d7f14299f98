"""Imports of what a person did not mean to give: no ending, nothing in it, changed meanwhile."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from import_dialogs import tried
from picking import followers, pick
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken

from annotator.ui.panels import import_look
from annotator.ui.panels.import_dialog import ImportDialog
from annotator.ui.panels.import_run import import_files
from annotator.ui.panels.result_sheet import ResultSheet
from annotator.ui.panels.widgets import Combo


def test_a_file_without_an_ending_is_given_a_format(world: Any, tmp_path: Path) -> None:
    (tmp_path / "story").write_text("A text without an ending.", encoding="utf-8")
    dialog = ImportDialog(world.session, [tmp_path / "story"])
    world.qtbot.addWidget(dialog)
    dialog.show()
    tried(world, dialog, "1 refused")
    assert "its name has no ending" in dialog.trial.details.toPlainText()
    dialog.files.go_to(tmp_path / "story")
    pick(dialog.view.format, "text")
    tried(world, dialog, "1 article")
    assert "25 B" in dialog.files.rows[0].detail
    assert [one.paths for one in dialog.groups] == [(tmp_path / "story",)]


def test_why_a_file_is_refused_is_read_in_full_in_a_small_window(world: Any, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes("Die Brücke hält, sagte sie.".encode("cp1252"))
    dialog = ImportDialog(world.session, [tmp_path / "old.txt"])
    world.qtbot.addWidget(dialog)
    font = dialog.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    dialog.setFont(font)
    dialog.show()
    tried(world, dialog, "1 refused")
    refused = dialog.view.refused
    for width in (700, 500):
        dialog.resize(width, 420)
        world.qtbot.waitUntil(lambda: refused.height() >= refused.heightForWidth(refused.width()))
        assert refused.height() > 2 * refused.fontMetrics().height()


def test_an_empty_folder_is_said_to_be_so(world: Any, tmp_path: Path) -> None:
    (tmp_path / "hollow").mkdir()
    dialog = ImportDialog(world.session, [tmp_path / "hollow"])
    world.qtbot.addWidget(dialog)
    world.qtbot.waitUntil(lambda: "there is no file in hollow" in dialog.summary.text())
    assert not dialog.ok.isEnabled()


def test_what_changed_after_it_was_shown_is_shown_anew_before_it_comes_in(
    world: Any, window: QWidget, tmp_path: Path
) -> None:
    record = '{"text": "Police confirmed it.", "spans": [{"start": 0, "end": 6, "label": "Talker"}]}'
    (tmp_path / "a.jsonl").write_text(record, encoding="utf-8")
    (tmp_path / "b.txt").write_text("It stays.", encoding="utf-8")
    came: list[Any] = []
    world.session.imported.connect(came.append)
    dialog = import_files(world.session, [tmp_path], window, lambda *_: None)
    tried(world, dialog, "2 articles")
    assert labels(dialog) == ["Talker (span)"]
    pick(use(dialog, "Talker (span)"), "")
    more = record.replace("Police", "Courts").replace("Talker", "Speaker")
    (tmp_path / "a.jsonl").write_text(f"{record}\n{more}", encoding="utf-8")
    dialog.accept()
    assert not dialog.ok.isEnabled()
    tried(world, dialog, "3 articles")
    assert dialog.isVisible()
    assert dialog.changed.text().startswith("Changed since it was shown: a.jsonl. ")
    assert sorted(labels(dialog)) == ["Speaker (span)", "Talker (span)"]
    assert use(dialog, "Talker (span)").value == ""
    assert came == []
    pick(use(dialog, "Speaker (span)"), "")
    dialog.accept()
    world.qtbot.waitUntil(lambda: bool(came))
    assert {"Talker", "Speaker"}.isdisjoint(one.name for one in world.session.scheme.labels)
    assert came[0].articles == 3


def test_tab_goes_through_the_preview_from_the_top(world: Any, window: QWidget, tmp_path: Path) -> None:
    record = '{"text": "Police confirmed it.", "spans": [{"start": 0, "end": 6, "label": "Talker"}]}'
    (tmp_path / "a.jsonl").write_text(record, encoding="utf-8")
    (tmp_path / "b.csv").write_text("headline,body\nA,The union agreed.\n", encoding="utf-8")
    dialog = ImportDialog(world.session, [tmp_path], window)
    dialog.show()
    tried(world, dialog, "2 articles")
    dialog.files.go_to(tmp_path / "b.csv")
    world.qtbot.waitUntil(lambda: len(dialog.view.stops) == 7)
    stops = [dialog.files, *dialog.view.stops, *dialog.trial.stops, dialog.ok]
    assert len(dialog.trial.options.fields) == 1
    assert dialog.trial.table.cellWidget(0, 2) in stops
    assert [one for one in followers(dialog.files) if one in stops] == stops
    shown = [one for one in stops if one.isVisible() and isinstance(one, Combo)]
    heights = [one.mapTo(dialog, one.rect().topLeft()).y() for one in shown]
    assert len(shown) == 7
    assert heights == sorted(heights)
    dialog.reject()


def labels(dialog: ImportDialog) -> list[str]:
    table = dialog.trial.table
    return [table.item(at, 0).text() for at in range(table.rowCount())]


def use(dialog: ImportDialog, label: str) -> Combo:
    found = dialog.trial.table.cellWidget(labels(dialog).index(label), 2)
    assert isinstance(found, Combo)
    return found


def test_who_closes_while_files_are_compared_imports_nothing(
    world: Any, window: QWidget, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("First version.", encoding="utf-8")
    dialog = ImportDialog(world.session, [tmp_path], window)
    dialog.show()
    world.qtbot.waitUntil(dialog.ok.isEnabled)
    agreed: list[bool] = []
    dialog.accepted.connect(lambda: agreed.append(True))
    dialog.accept()
    dialog.reject()
    world.qtbot.waitUntil(lambda: not world.session.long_work.is_busy)
    assert agreed == []


def test_what_an_archive_could_not_give_is_named_once_and_after_it(
    world: Any, window: QWidget, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as packed:
        packed.writestr("a.txt", "The port closes.")
        packed.writestr("../out.txt", "Elsewhere.")
    dialog = import_files(world.session, [tmp_path / "p.zip"], window, lambda *_: pytest.fail("all good"))
    world.qtbot.waitUntil(dialog.ok.isEnabled)
    assert [one.text for one in dialog.files.rows] == ["✗ out.txt", "a.txt"]
    assert "does not exist" not in dialog.trial.details.toPlainText()
    dialog.accept()
    world.qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(ResultSheet)))
    (sheet,) = [one for one in window.findChildren(ResultSheet) if one.isVisible()]
    assert "its path leads out of the archive" in sheet.details.toPlainText()
    sheet.close()


def test_files_that_were_not_looked_into_are_compared_too(
    world: Any, window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_look, "MOST", 1)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"Police confirmed {name}.", encoding="utf-8")
    came: list[Any] = []
    world.session.imported.connect(came.append)
    dialog = import_files(world.session, [tmp_path], window, lambda *_: None)
    tried(world, dialog, "3 articles")
    assert len(dialog.looked.unseen) == 2
    (tmp_path / "c.txt").write_text("It is another text, and longer.", encoding="utf-8")
    dialog.accept()
    world.qtbot.waitUntil(lambda: dialog.changed.text().startswith("Changed since it was shown: c.txt. "))
    world.qtbot.waitUntil(dialog.ok.isEnabled)
    assert came == []
    dialog.accept()
    world.qtbot.waitUntil(lambda: bool(came))
    assert came[0].articles == 3


def test_the_project_can_be_closed_after_an_import_was_let_be(
    world: Any, window: QWidget, tmp_path: Path
) -> None:
    (tmp_path / "b.txt").write_text("It stays.", encoding="utf-8")
    dialog = import_files(world.session, [tmp_path], window, lambda *_: None)
    tried(world, dialog, "1 article")
    dialog.reject()
    world.qtbot.waitUntil(lambda: not Shiboken.isValid(dialog))
    world.session.close_project()  # a mistake in a slot fails the test
    world.qtbot.waitUntil(lambda: world.session.path is None)
