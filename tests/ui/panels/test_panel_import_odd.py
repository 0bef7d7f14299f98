"""Imports of what a person did not mean to give: no ending, nothing in it, changed meanwhile."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from picking import pick
from PySide6.QtWidgets import QWidget

from annotator.ui.panels.import_dialog import ImportDialog
from annotator.ui.panels.import_run import import_files
from annotator.ui.panels.result_sheet import ResultSheet


def tried(world: Any, dialog: ImportDialog, words: str) -> None:
    world.qtbot.waitUntil(lambda: words in dialog.trial.headline.text())


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


def test_an_empty_folder_is_said_to_be_so(world: Any, tmp_path: Path) -> None:
    (tmp_path / "hollow").mkdir()
    dialog = ImportDialog(world.session, [tmp_path / "hollow"])
    world.qtbot.addWidget(dialog)
    world.qtbot.waitUntil(lambda: "there is no file in hollow" in dialog.summary.text())
    assert not dialog.ok.isEnabled()


def test_what_changed_after_it_was_shown_is_said(world: Any, window: QWidget, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("First version.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("It stays.", encoding="utf-8")
    offered: list[Any] = []
    dialog = import_files(world.session, [tmp_path], window, lambda *given: offered.append(given))
    world.qtbot.waitUntil(dialog.ok.isEnabled)
    (tmp_path / "a.txt").write_text("Second version, longer.", encoding="utf-8")
    dialog.accept()
    world.qtbot.waitUntil(lambda: bool(offered))
    ((_, show),) = offered
    show()
    (sheet,) = [one for one in window.findChildren(ResultSheet) if one.isVisible()]
    assert "a.txt: it was changed after it was shown" in sheet.details.toPlainText()
    assert "b.txt" not in sheet.details.toPlainText()
    sheet.close()


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
