"""The tab in front is told by a line, in every theme, wherever tabs are."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QTabBar

from annotator.ui.current_tab import CurrentTab
from annotator.ui.settings import CHOICES


def lined(bar: QTabBar) -> list[int]:
    """Return the tabs along which the line goes, as they are painted."""
    picture, ink = bar.grab().toImage(), bar.palette().color(QPalette.ColorRole.Highlight)
    is_below = bar.shape() == QTabBar.Shape.RoundedSouth
    tabs = [bar.tabRect(at) for at in range(bar.count())]
    places = [(one.center().x(), one.bottom() - 1 if is_below else one.top() + 1) for one in tabs]
    return [at for at, (x, y) in enumerate(places) if picture.pixelColor(x, y) == ink]


@pytest.mark.parametrize("theme", CHOICES["theme"])
def test_the_page_in_front_of_the_inspector_is_lined(desk: Any, theme: str) -> None:
    desk.window.settings.choose("theme", theme)
    inspector = desk.window.inspector
    for at, show in enumerate((inspector.show_article, inspector.show_selected, inspector.show_above)):
        show()
        assert lined(inspector.pages.tabBar()) == [at]


def test_so_is_the_panel_in_front_of_those_behind_one_another(desk: Any) -> None:
    window = desk.window
    window.panels.show("find")
    desk.settle()
    (bar,) = [one for one in window.findChildren(QTabBar) if one.parent() is window and one.isVisible()]
    for name in ("list", "find"):
        window.panels.show(name)
        desk.qtbot.waitUntil(lambda: lined(bar) == [bar.currentIndex()], timeout=5000)
    assert len(bar.findChildren(CurrentTab)) == 1
