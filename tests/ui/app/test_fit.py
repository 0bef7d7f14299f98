"""A window on a small screen: its lowest line is there to be seen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.app.window import fit


def test_a_window_is_no_larger_than_its_screen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    window.resize(room + QSize(300, 300))
    fit(window)
    assert window.width() < room.width()
    assert window.height() <= room.height() - 40
    window.resize(300, 200)
    fit(window)
    assert window.size() == QSize(300, 200), "one that fits stays as it is"


def test_a_screen_may_be_smaller_than_the_window_wants_at_least(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    window.setMinimumSize(room + QSize(300, -100))
    fit(window)
    assert window.width() < room.width()
    assert window.minimumHeight() == room.height() - 100, "what there is room for stays"
