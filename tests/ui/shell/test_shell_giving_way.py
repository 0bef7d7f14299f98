"""Panels give way to the article in a small window, and come back by a key or with the room."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.ui.giving_way import ARTICLE, Wishes, wishes_of
from annotator.ui.key_hint import GAP


def resize(desk, width: int, height: int = 600) -> None:
    desk.window.resize(width, height)
    desk.qtbot.waitUntil(lambda: desk.window.width() == width)
    QApplication.processEvents()


def shown(desk) -> list[str]:
    return [name for name, dock in desk.window.panels.docks.items() if not dock.isHidden()]


def on_edges(desk) -> list[str]:
    bars = desk.window.edges.bars.values()
    return [action.objectName() for bar in bars if not bar.isHidden() for action in bar.actions()]


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("width", [720, 800, 1024, 1280, 1366])
def test_the_article_has_its_room_whatever_is_asked_for(desk, width: int, percent: int) -> None:
    desk.window.settings.choose("window_size", percent)
    resize(desk, width)
    for name in ("list", "inspector", "checks", "find", "history", "inspector"):
        desk.window.panels.show(name)
        QApplication.processEvents()
        assert name in shown(desk)
        assert desk.window.centralWidget().width() >= ARTICLE
        assert desk.window.width() == width


@pytest.mark.parametrize("width", [683, 700])
def test_where_there_is_no_room_beside_the_article_it_gives_way_to_what_is_asked_for(
    desk, width: int
) -> None:
    desk.window.setMinimumSize(width, 300)  # as a small screen forces it to be
    resize(desk, width)
    assert shown(desk) == []
    for name in ("inspector", "list", "inspector"):  # neither was shown before
        desk.do(f"{name}_panel")
        assert shown(desk) == [name]
        assert ARTICLE / 2 < desk.window.centralWidget().width() <= ARTICLE
        assert desk.window.layout().minimumSize().width() <= desk.window.width() == width
    desk.do("inspector_panel")
    assert shown(desk) == []
    resize(desk, 800)
    assert desk.window.centralWidget().minimumWidth() == ARTICLE


@pytest.mark.parametrize("percent", [100, 200])
def test_panels_stand_behind_one_another_where_the_window_is_too_low(desk, percent: int) -> None:
    desk.window.settings.choose("window_size", percent)
    resize(desk, 800)
    docks = desk.window.panels.docks
    for name in ("inspector", "checks", "history", "inspector"):
        desk.window.panels.show(name)
        QApplication.processEvents()
        layout = desk.window.layout()
        layout.activate()
        assert layout.minimumSize().height() <= desk.window.height() == 600
        assert not docks[name].visibleRegion().isEmpty()
    assert docks["checks"] in desk.window.tabifiedDockWidgets(docks["inspector"])
    assert shown(desk) == ["inspector", "checks", "history"]


def test_with_room_they_stand_below_one_another(desk) -> None:
    resize(desk, 1400, 1100)
    for name in ("inspector", "checks"):
        desk.window.panels.show(name)
    QApplication.processEvents()
    assert desk.window.tabifiedDockWidgets(desk.window.panels.docks["inspector"]) == []


def test_panels_give_way_and_come_back_with_the_room(desk) -> None:
    assert shown(desk) == ["list", "inspector"]
    widths = [desk.window.panels.docks[name].width() for name in shown(desk)]
    resize(desk, 800)
    assert shown(desk) == ["inspector"]
    assert on_edges(desk) == ["list_panel"]
    assert not desk.window.actions_["list_panel"].isChecked()
    resize(desk, 1280, 800)
    assert shown(desk) == ["list", "inspector"]
    assert on_edges(desk) == []
    assert [desk.window.panels.docks[name].width() for name in shown(desk)] == widths


def test_large_letters_leave_the_article_a_column_that_can_be_read(desk) -> None:
    resize(desk, 1100)
    assert shown(desk) == ["list", "inspector"]
    desk.window.settings.choose("window_size", 200)
    resize(desk, 1101)
    letter = QFontMetrics(QApplication.font()).averageCharWidth()
    assert shown(desk) == ["inspector"]
    assert desk.window.centralWidget().width() >= min(48 * letter, 0.55 * 1101)


def test_a_key_brings_one_back_and_the_other_gives_way(desk) -> None:
    resize(desk, 800)
    desk.do("list_panel")
    assert shown(desk) == ["list"]
    assert on_edges(desk) == ["inspector_panel"]
    resize(desk, 1280)
    resize(desk, 800)
    assert shown(desk) == ["list"]
    desk.window.edges.bars[Qt.DockWidgetArea.RightDockWidgetArea].actions()[0].trigger()
    QApplication.processEvents()
    assert shown(desk) == ["inspector"]


def test_what_a_person_hides_stays_hidden(desk) -> None:
    desk.do("list_panel")
    resize(desk, 800)
    assert shown(desk) == ["inspector"]
    desk.do("inspector_panel")
    resize(desk, 1280)
    assert shown(desk) == []


def test_the_article_alone_brings_back_what_gave_way(desk) -> None:
    resize(desk, 800)
    desk.do("alone")
    assert shown(desk) == on_edges(desk) == []
    resize(desk, 1280)
    assert shown(desk) == []
    desk.do("alone")
    assert shown(desk) == ["list", "inspector"]


def test_keys_go_to_the_text_when_their_panel_gives_way(desk) -> None:
    desk.window.activateWindow()
    desk.qtbot.waitUntil(desk.window.isActiveWindow)
    desk.window.articles.view.setFocus()
    resize(desk, 800)
    desk.qtbot.waitUntil(desk.window.view.hasFocus)


def test_a_small_window_is_remembered_without_forgetting_the_panels(open_desk, sample: Path) -> None:
    first = open_desk()
    first.open(sample)
    resize(first, 800)
    first.do("list_panel")
    first.close()
    second = open_desk()
    second.open(sample)
    assert second.window.width() <= 800
    assert shown(second) == ["list"]
    resize(second, 1280)
    assert shown(second) == ["list", "inspector"]
    assert second.window.panels.docks["inspector"].width() >= 300


def test_panels_are_kept_while_the_program_runs(open_desk, sample: Path) -> None:
    """What is kept at closing alone is lost when the program is killed."""
    desk = open_desk()
    desk.open(sample)
    desk.do("history_panel")
    resize(desk, 800)
    assert "list" not in shown(desk)
    desk.do("alone")
    wanted = ["list", "inspector", "history"]
    desk.qtbot.waitUntil(lambda: desk.window.settings.panels.get("shown") == wanted)
    later = open_desk()  # without closing the first one
    assert later.window.panels.wanted() == wanted


def test_a_panel_keeps_the_width_it_was_dragged_to(desk) -> None:
    window, dock = desk.window, desk.window.panels.docks["inspector"]
    place = QPointF(dock.x() - 3, dock.y() + 100)
    kinds = QEvent.Type
    for kind, by, held in (
        (kinds.MouseButtonPress, 0, Qt.MouseButton.LeftButton),
        (kinds.MouseMove, -60, Qt.MouseButton.LeftButton),
        (kinds.MouseButtonRelease, -60, Qt.MouseButton.NoButton),
    ):
        at = place + QPointF(by, 0)
        button = Qt.MouseButton.NoButton if kind == kinds.MouseMove else Qt.MouseButton.LeftButton
        everywhere = QPointF(window.mapToGlobal(at))
        event = QMouseEvent(kind, at, everywhere, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(window, event)
        QApplication.processEvents()  # Qt moves what is dragged by a timer
    assert window.panels.giving.wishes.widths["inspector"] == dock.width() == 390
    resize(desk, 1000)
    resize(desk, 1280)
    assert dock.width() == 390


def test_nonsense_in_the_settings_is_passed_over() -> None:
    assert wishes_of({"widths": 3, "asked": "list"}) == Wishes()
    assert wishes_of({"widths": {"list": "x", "checks": 310}}).widths == {"checks": 310}
    assert wishes_of({"widths": {"list": True}}).widths == {}
    kept = Wishes({"list": 300}, ["inspector", "list"])
    assert wishes_of(kept.written()) == kept


@pytest.mark.parametrize("widths", [{"list": 300, "of later": 4}, {"list": 10**12}, {"inspector": -5}])
def test_widths_that_cannot_be_leave_the_window_whole(
    open_desk, sample: Path, widths: dict[str, int]
) -> None:
    first = open_desk()
    first.open(sample)
    first.window.panels.giving.wishes.widths = widths
    first.close()
    second = open_desk()
    second.open(sample)
    resize(second, 800)
    resize(second, 1280)
    assert shown(second) == ["list", "inspector"]
    assert on_edges(second) == []
    assert second.window.centralWidget().width() >= ARTICLE


def test_a_headline_is_set_smaller_in_a_narrow_column(desk) -> None:
    resize(desk, 1500)
    wide = desk.window.view.page.column.setting.block("headline").font.pixelSize()
    resize(desk, 760)
    setting = desk.window.view.page.column.setting
    narrow = setting.block("headline").font.pixelSize()
    assert setting.block("body").font.pixelSize() <= narrow < wide
    assert setting.block("headline").letter * 18 < setting.column
    assert setting.block("subhead").font.pixelSize() <= narrow


def test_who_is_at_work_is_said_by_name_where_there_is_little_room(desk) -> None:
    status = desk.window.status
    desk.window.settings.choose("window_size", 150)
    desk.qtbot.waitUntil(lambda: bool(status.done.text()))
    desk.qtbot.waitUntil(lambda: not desk.window.hinting._soon.isActive())
    status._said.stop()
    status.set_usual(GAP.join(f"{key} something that it does" for key in "abcdefgh"))
    status._on_saved(0.0)
    for width in range(1400, 719, -10):
        resize(desk, width)
        if status.annotator.text() == "Ada":
            break
    assert status.annotator.isVisible()
    assert status.annotator.text() == "Ada"
    assert status.annotator.accessibleName() == "At work: Ada"
    resize(desk, 1900)
    assert status.annotator.text() == "At work: Ada"
