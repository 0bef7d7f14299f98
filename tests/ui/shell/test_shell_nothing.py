"""The key for "nothing here": for all, or for the layer in which nothing is marked."""

from __future__ import annotations

from PySide6.QtCore import Qt


def test_nothing_here_goes_by_what_is_marked(desk, sample) -> None:
    desk.open(sample)
    desk.go("It has a reading room")
    desk.press(Qt.Key.Key_0)
    assert desk.said[-1] == "Recorded: nothing in this paragraph."
    desk.press(Qt.Key.Key_0)
    assert "Every layer here" in desk.said[-1]
    desk.go("Anton Riedl")
    desk.press(Qt.Key.Key_E)
    desk.press(Qt.Key.Key_P)
    desk.press(Qt.Key.Key_0)
    assert desk.said[-1] == "Recorded: no attributions in this paragraph."
    desk.press(Qt.Key.Key_0)
    assert desk.said[-1] == "Recorded: no stances in this paragraph."
    assert [one.layer for one in desk.content.nothing_here] == ["all", "attributions", "stances"]
    desk.do("undo")
    desk.do("undo")
    assert [one.layer for one in desk.content.nothing_here] == ["all"]
