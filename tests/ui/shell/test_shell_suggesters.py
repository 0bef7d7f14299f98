"""Choosing what suggests: ticks by keys, kept with the project, and the new ones set to work."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from annotator.services import suggesters
from annotator.services.suggesters import Available
from annotator.ui.panels.suggester_dialog import SuggesterDialog

KNOWN = (
    Available("attributions", "quotations", ("attributions",)),
    Available("entities", "names", ("entities",)),
)


@pytest.fixture
def dialog(desk, monkeypatch: pytest.MonkeyPatch) -> SuggesterDialog:
    monkeypatch.setattr(suggesters, "available", lambda: KNOWN)
    monkeypatch.setattr(suggesters.door, "suggesters", lambda: dict.fromkeys(one.name for one in KNOWN))
    return opened(desk)


@pytest.fixture
def asked(desk, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    found: list[bool] = []
    monkeypatch.setattr(desk.session.proposer, "suggest_all", lambda: found.append(True))
    return found


def opened(desk) -> SuggesterDialog:
    desk.do("suggesters")
    found: SuggesterDialog = desk.window.findChildren(SuggesterDialog)[-1]
    desk.qtbot.waitUntil(lambda: found.list.count() == 2)
    return found


def setting(desk) -> str:
    found: list[str] = []
    desk.session.ask(lambda project: project.setting("suggesters"), found.append)
    desk.settle()
    return found[0]


def test_all_are_ticked_at_first_and_space_unticks(desk, asked, dialog: SuggesterDialog) -> None:
    assert dialog.ticked == ("attributions", "entities")
    assert "quotations" in dialog.list.item(0).text()
    desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.ticked == ("entities",)
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    desk.settle()
    assert setting(desk) == "entities"
    assert asked == []
    again = opened(desk)
    assert again.ticked == ("entities",)
    desk.qtbot.keyClick(again.list, Qt.Key.Key_Space)
    again.accept()
    desk.settle()
    assert (setting(desk), asked) == ("", [True])


def test_none_at_all_is_kept_too(desk, asked, dialog: SuggesterDialog) -> None:
    for at in range(2):
        dialog.list.item(at).setCheckState(Qt.CheckState.Unchecked)
    dialog.accept()
    desk.settle()
    assert setting(desk) == suggesters.NONE
    assert opened(desk).ticked == ()


def test_cancel_changes_nothing(desk, asked, dialog: SuggesterDialog) -> None:
    desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desk.settle()
    assert setting(desk) == ""
