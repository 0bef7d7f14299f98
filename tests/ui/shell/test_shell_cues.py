"""The cues of a project: ticked by keys, typed, offered, kept, undone, and set to work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from annotator.model.errors import NotAllowed
from annotator.model.job import Progress
from annotator.services import learning
from annotator.services.cues import Offer, own
from annotator.ui.panels.cues_dialog import CuesDialog


@pytest.fixture
def asked(desk, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    found: list[bool] = []
    monkeypatch.setattr(desk.session.proposer, "suggest_all", lambda: found.append(True))
    return found


@pytest.fixture
def offering(monkeypatch: pytest.MonkeyPatch) -> None:
    offers = (Offer("motion : s", 3, 2), Offer("focus : +on", 1, 1))
    monkeypatch.setattr(learning, "offered", lambda _: job(offers))


def job(result):
    yield from ()
    return result


def endless(seen: list[str]) -> Iterator[Progress]:
    while True:
        seen[:] = ["runs"]
        yield Progress(0, 1)


def opened(desk, count: int) -> CuesDialog:
    desk.do("cues")
    found: CuesDialog = desk.window.findChildren(CuesDialog)[-1]
    desk.qtbot.waitUntil(lambda: found.list.count() == count)
    return found


def kept(desk) -> tuple[str, ...]:
    found: list[tuple[str, ...]] = []
    desk.session.ask(own, found.append)
    desk.settle()
    return found[0]


def test_what_is_offered_is_ticked_by_space_and_undone_in_a_step(desk, asked, offering) -> None:
    dialog = opened(desk, 2)
    assert dialog.ticked == ()
    assert dialog.list.item(0).text() == "motion that …: marked in 2 articles"
    assert dialog.list.item(1).text() == "focus on …: marked in 1 article"
    assert dialog.state.text() == ""
    desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    desk.settle()
    assert kept(desk) == ("motion : s",)
    assert asked == [True]
    desk.do("undo")
    desk.settle()
    assert kept(desk) == ()


def test_a_cue_is_typed_and_one_that_is_none_is_said_to_be(desk, asked, offering) -> None:
    dialog = opened(desk, 2)
    dialog.field.setFocus()
    desk.qtbot.keyClicks(dialog.field, "Muse :")
    desk.qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert "“Muse :” is no cue" in dialog.problem.text()
    assert dialog.isVisible()
    desk.qtbot.keyClicks(dialog.field, " s q")
    desk.qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert (dialog.problem.text(), dialog.field.text()) == ("", "")
    assert dialog.list.currentItem().text() == "muse that …; muse “…”"
    desk.qtbot.keyClicks(dialog.field, "motion : s")
    dialog.add.click()
    assert dialog.list.count() == 3
    assert dialog.ticked == ("motion : s", "muse : q s")
    assert dialog.list.currentRow() == 0
    dialog.accept()
    desk.settle()
    assert kept(desk) == ("motion : s", "muse : q s")


def test_what_was_typed_is_taken_without_adding_it_first(desk, asked, offering) -> None:
    dialog = opened(desk, 2)
    desk.qtbot.keyClicks(dialog.field, "muse 2")
    dialog.accept()
    assert dialog.isVisible()
    assert "is no cue" in dialog.problem.text()
    desk.qtbot.keyClicks(dialog.field, "\b\b")
    dialog.accept()
    desk.settle()
    assert kept(desk) == ("muse : s",)


def test_what_follows_a_typed_cue_is_chosen_beside_it(desk, asked, offering) -> None:
    dialog = opened(desk, 2)
    for words in ("“…”", "on …"):
        desk.qtbot.keyClicks(dialog.field, "double down")
        dialog.follows.setCurrentText(words)
        dialog.add.click()
    assert dialog.ticked == ("double down : q", "double down : +on")
    assert dialog.list.currentItem().text() == "double down on …"


def test_a_list_without_offers_says_so(desk, asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "offered", lambda _: job(()))
    dialog = opened(desk, 0)
    desk.qtbot.waitUntil(lambda: dialog.state.text() == "No cue is marked that the program does not know.")
    assert dialog.focusWidget() is dialog.field


def test_labels_that_cannot_be_read_are_told(desk, asked, monkeypatch: pytest.MonkeyPatch) -> None:
    def _fails(_):
        yield from ()
        raise NotAllowed("The disk is gone.")

    monkeypatch.setattr(learning, "offered", _fails)
    dialog = opened(desk, 0)
    desk.qtbot.waitUntil(lambda: "The disk is gone." in desk.said)
    assert dialog.state.text() == ""


def test_a_search_for_cues_stopped_in_the_status_bar_is_said_to_be(
    desk, asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(learning, "offered", lambda _: endless(seen))
    dialog = opened(desk, 0)
    desk.qtbot.waitUntil(lambda: seen == ["runs"])
    desk.session.long_work.stop_shown()
    desk.qtbot.waitUntil(lambda: dialog.state.text() == "Stopped.")
    assert not desk.session.long_work.is_busy


def test_unticked_ones_are_left_out_and_without_a_change_nothing_is_written(desk, asked, offering) -> None:
    dialog = opened(desk, 2)
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.accept()
    desk.settle()
    again = opened(desk, 2)
    assert again.ticked == ("motion : s",)
    again.accept()
    desk.settle()
    assert asked == [True]
    last = opened(desk, 2)
    last.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    last.accept()
    desk.settle()
    assert kept(desk) == ()
    assert asked == [True, True]


def test_what_comes_after_it_was_closed_is_of_no_use(desk, asked, offering) -> None:
    desk.do("cues")
    dialog = desk.window.findChildren(CuesDialog)[-1]
    dialog.reject()
    desk.settle()
    assert kept(desk) == ()
    assert asked == []


def test_a_group_without_its_tick_is_left_out(desk, asked, offering) -> None:
    dialog = opened(desk, 2)
    rows = [dialog.groups.item(at) for at in range(dialog.groups.count())]
    assert all(one.checkState() == Qt.CheckState.Checked for one in rows)
    (row,) = [one for one in rows if one.text() == "believes: believe, think, hope…"]
    row.setCheckState(Qt.CheckState.Unchecked)
    dialog.accept()
    desk.settle()
    assert kept(desk) == ("without : believes",)
    again = opened(desk, 2)
    assert again.ticked == ("without : believes",)
    assert "without" not in again.list.item(0).text()
