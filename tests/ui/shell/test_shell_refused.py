"""Decisions that are refused: nothing changes, it is said, and the keys are heard again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from annotator.model.records import SuggestedFrame


@pytest.fixture
def desk(open_desk, sample):
    """Return a window on the tour, open for reading only, with a suggested attribution chosen."""
    desk = open_desk()
    desk.session.open_project(sample, read_only=True)
    desk.qtbot.waitUntil(lambda: desk.session.content is not None)
    desk.settle()
    desk.window.walking._show(attributions(desk)[0])
    return desk


def attributions(desk) -> list[SuggestedFrame]:
    waiting = desk.window.walking._waiting()
    return [one for one in waiting if isinstance(one, SuggestedFrame) and one.label == "ATTRIBUTION"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_S])
def test_a_project_open_for_reading_takes_no_decision_and_hears_further_keys(desk, key: Qt.Key) -> None:
    before, chosen = desk.content, desk.session.chosen
    desk.qtbot.keyClick(desk.window.view, key)
    desk.qtbot.waitUntil(lambda: not desk.window.early_keys.is_holding)
    assert desk.content == before
    assert "reading only" in desk.said[-1]
    assert not desk.window.prompt.is_waiting
    desk.press(Qt.Key.Key_Tab)
    assert desk.session.chosen != chosen


def test_keys_pressed_after_a_decision_that_is_refused_mean_nothing(open_desk, sample) -> None:
    desk = open_desk()
    desk.open(sample)
    frame, *_ = attributions(desk)
    desk.window.walking._show(frame)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Right):
        desk.session.held.emit("decision", True)
        desk.session.do(lambda project: project.accept([b"0" * 16]))
        desk.qtbot.keyClick(desk.window.view, key)
        desk.qtbot.waitUntil(lambda: not desk.window.early_keys.is_holding)
    assert frame in attributions(desk)
    desk.press(Qt.Key.Key_Return)
    assert frame.id not in [one.id for one in attributions(desk)]
