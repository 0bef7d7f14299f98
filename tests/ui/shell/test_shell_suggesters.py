"""Choosing what suggests: ticks by keys, kept with the project, and the new ones set to work."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt

from annotator.model.learning import Comparison, Learned
from annotator.model.suggesting import Proposals, ProposedSpan
from annotator.services import learning, suggesters
from annotator.services.suggesters import Available
from annotator.services.suggesting import SuggestionPlan
from annotator.ui.panels.suggester_dialog import SuggesterDialog

GUESS = Proposals((ProposedSpan("PERSON", ((0, 5),), 0.5, "a guess"),))
KNOWN = (
    Available("attributions", "quotations", ("attributions",)),
    Available("entities", "names", ("entities",)),
)


def plugin(known: Available) -> SimpleNamespace:
    return SimpleNamespace(name=known.title, version="1", layers=known.layers)


@pytest.fixture
def dialog(desk, monkeypatch: pytest.MonkeyPatch) -> SuggesterDialog:
    monkeypatch.setattr(suggesters, "available", lambda: KNOWN)
    monkeypatch.setattr(suggesters.door, "suggesters", lambda: {one.name: plugin(one) for one in KNOWN})
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


def test_what_was_learned_is_said_there_in_the_schemes_titles(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    learned = Learned(
        ("CLAIM",), {}, "rules 1", (Comparison("CLAIM", 1, 2, 3, 4, 1, 3),), 2, 60, moves=("CLAIM",)
    )
    for found, said in ((learned, "What was learned moves the edges of Claim. F1 on "), (None, "Each looks")):
        monkeypatch.setattr(learning, "known", lambda *_, found=found: found)
        dialog = SuggesterDialog(desk.session, desk.window)
        desk.qtbot.waitUntil(lambda dialog=dialog: dialog.list.count() > 0)
        assert dialog.about.text().splitlines()[-1].startswith(said)


def test_none_at_all_is_kept_too(desk, asked, dialog: SuggesterDialog) -> None:
    for at in range(2):
        dialog.list.item(at).setCheckState(Qt.CheckState.Unchecked)
    dialog.accept()
    desk.settle()
    assert setting(desk) == suggesters.NONE
    assert opened(desk).ticked == ()


def test_what_an_unticked_one_suggested_goes(desk, asked) -> None:
    desk.suggest(SuggestionPlan("built-in entities 1", ("entities",), ((desk.content.article.id, GUESS),)))
    assert [one.label for one in desk.content.suggested_spans if one.score == 0.5] == ["PERSON"]
    dialog = opened(desk)
    dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    dialog.accept()
    desk.qtbot.waitUntil(lambda: not [one for one in desk.content.suggested_spans if one.score == 0.5])
    desk.do("undo")
    desk.qtbot.waitUntil(lambda: any(one.score == 0.5 for one in desk.content.suggested_spans))
    assert setting(desk) == "", "one step with what it suggested"


def test_none_at_all_done_again_asks_nobody_and_says_nothing(desk, told) -> None:
    desk.session.do(lambda project: project.set_setting("suggesters", suggesters.NONE))
    desk.settle()
    everywhere = desk.session.proposer._all
    begun: list[bool] = []
    end = everywhere._end
    everywhere._end = lambda round_: (begun.append(True), end(round_))
    desk.do("undo")
    desk.do("redo")
    desk.qtbot.waitUntil(lambda: bool(begun))
    assert everywhere._round is None
    assert told.told == []


def test_cancel_changes_nothing(desk, asked, dialog: SuggesterDialog) -> None:
    desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desk.settle()
    assert setting(desk) == ""
