"""Carrying labels to near copies, from what came of an import to the suggestions."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox

from annotator.ui.panels.carry_dialog import CarryDialog
from annotator.ui.panels.import_dialog import ImportDialog
from annotator.ui.panels.result_sheet import Outcome, ResultSheet

OK = QDialogButtonBox.StandardButton.Ok


def test_from_an_import_to_suggestions_of_the_same_labels(desk, tmp_path: Path) -> None:
    desk.do("next_article")
    text = desk.content.article.text
    count = len([one for one in desk.content.frames if one.annotator])
    (tmp_path / "reprint.txt").write_text(f"From the wires.\n\n{text}", encoding="utf-8")
    desk.window.files.take([tmp_path / "reprint.txt"])
    dialog = desk.window.findChild(ImportDialog)
    desk.qtbot.waitUntil(dialog.buttons.button(OK).isEnabled)
    dialog.accept()
    desk.qtbot.waitUntil(desk.window.banner.isVisible)
    desk.window.banner.button.click()
    desk.window.findChild(ResultSheet).carry.click()
    desk.qtbot.waitUntil(lambda: desk.window.findChild(CarryDialog) is not None)
    carry = desk.window.findChild(CarryDialog)
    assert carry.list.count() == 1
    named, *_, last = carry.list.item(0).text().splitlines()
    assert named.endswith("(reprint.txt)")
    assert last.endswith("the same")
    head, *lost = carry.below.toPlainText().splitlines()
    assert head == "Not carried to the current one:"
    assert "• labels of the whole article: 1" in lost
    carry.list.none.click()
    assert not carry.buttons.button(OK).isEnabled()
    carry.list.all.click()
    carry.buttons.button(OK).click()
    desk.qtbot.waitUntil(lambda: any("Labels are suggested in 1 article" in one for one in desk.said))
    found = []
    desk.session.ask(lambda project: project.content(project.find_article("reprint.txt")), found.append)
    desk.settle()
    assert len(found[0].suggested_frames) == count > 0
    desk.qtbot.waitUntil(lambda: desk.window.findChild(CarryDialog) is None)
    desk.do("carry")
    desk.qtbot.waitUntil(lambda: desk.window.findChild(CarryDialog) is not None)
    desk.window.findChild(CarryDialog).buttons.button(OK).click()
    desk.qtbot.waitUntil(lambda: desk.said[-1] == "All of it is suggested there already.")


@pytest.mark.parametrize("kind", ["near_copies", "kept_copies"])
def test_what_came_of_an_import_leads_there_where_copies_came_in(desk, kind: str) -> None:
    heard = []
    outcome = Outcome(1, **{kind: ("b is like a",)})
    ResultSheet("Import", outcome, desk.window, lambda: heard.append(kind)).carry.click()
    assert heard == [kind]
    plain = ResultSheet("Import", Outcome(1, copies=("b is a",)), desk.window, lambda: heard.append(""))
    assert not hasattr(plain, "carry")


def test_without_near_copies_that_is_said(desk) -> None:
    desk.do("carry")
    desk.qtbot.waitUntil(lambda: not desk.session.long_work.is_busy)
    assert desk.said[-1] == "No article without labels is a near copy of one with labels."
    assert desk.window.findChild(CarryDialog) is None
