"""Tabs whose titles are shorter where there is no room, and never out of sight."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from annotator.ui.panels.narrow_tabs import NarrowTabs


@pytest.fixture
def tabs(qtbot: QtBot) -> NarrowTabs:
    made = NarrowTabs()
    qtbot.addWidget(made)
    for title in ("Article", "Actors and claims"):
        made.addTab(title)
    made.set_short(1, "Above")
    made.resize(600, 40)
    made.show()
    qtbot.waitExposed(made)
    return made


def shown(tabs: NarrowTabs) -> list[str]:
    return [tabs.tabText(at) for at in range(tabs.count())]


def test_full_titles_where_they_fit_and_short_ones_where_not(tabs: NarrowTabs) -> None:
    assert shown(tabs) == ["Article", "Actors and claims"]
    tabs.resize(140, 40)
    assert shown(tabs) == ["Article", "Above"]
    assert tabs.tabRect(1).right() < 140
    assert tabs.accessibleTabName(1) == "Actors and claims"
    tabs.resize(600, 40)
    assert shown(tabs) == ["Article", "Actors and claims"]


def test_larger_letters_need_more_room(tabs: NarrowTabs) -> None:
    tabs.resize(230, 40)
    assert shown(tabs) == ["Article", "Actors and claims"]
    font = tabs.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    tabs.setFont(font)
    assert shown(tabs) == ["Article", "Above"]


def test_counts_go_first(tabs: NarrowTabs) -> None:
    tabs.set_title(0, "Frames (40)")
    assert shown(tabs)[0] == "Frames (40)"
    tabs.resize(140, 40)
    assert shown(tabs)[0] == "Frames"
    tabs.set_title(1, "Actors and claims (12)")
    tabs.resize(190, 40)
    assert shown(tabs) == ["Frames (40)", "Above (12)"], "the name is shortened before the count goes"
    tabs.resize(140, 40)
    assert shown(tabs) == ["Frames", "Above"]
    tabs.set_title(0, "Frames (41)")
    assert (shown(tabs)[0], tabs.accessibleTabName(0)) == ("Frames", "Frames (41)")


def test_nothing_scrolls(tabs: NarrowTabs) -> None:
    tabs.resize(105, 40)
    assert tabs.tabRect(1).right() < 105
