"""What the window says and shows besides the article: keys where they are heard, titles in large letters."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication


def test_the_status_bar_names_the_keys_of_the_place_that_has_them(desk) -> None:
    desk.window.activateWindow()
    desk.window.view.setFocus()
    hint = desk.window.status.hint
    desk.qtbot.waitUntil(lambda: "claim" in hint.text())
    desk.do("find_all")
    desk.qtbot.waitUntil(lambda: "claim" not in hint.text())
    assert "to the text" in hint.text()
    assert "F1 all keys" in hint.text()
    desk.window.view.setFocus()
    desk.qtbot.waitUntil(lambda: "claim" in hint.text())


@pytest.mark.parametrize("factor", [2.0, 0.6])
def test_titles_of_panels_grow_with_the_letters_of_the_window(desk, factor: float) -> None:
    def width() -> int:
        picture = dock.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        strip = range(picture.width() // 2)  # without the buttons
        rows = range(min(30, dock.widget().y()))
        ground = picture.pixelColor(0, 0)
        dark = [x for x in strip if any(picture.pixelColor(x, y) != ground for y in rows)]
        return max(dark) - min(dark)

    app, dock = QApplication.instance(), desk.window.panels.docks["list"]
    assert isinstance(app, QApplication)
    usual, before = app.font(), width()
    large = app.font()
    large.setPointSizeF(usual.pointSizeF() * factor)
    try:
        app.setFont(large)
        desk.settle()
        assert width() == pytest.approx(before * factor, rel=0.25)
    finally:
        app.setFont(usual)
