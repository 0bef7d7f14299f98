"""Lists of rows: moving, opening, keeping the place, showing text letter by letter."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from PySide6.QtCore import QDate, QDateTime, Qt, QTime
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from annotator.ui.panels.rows import Row, RowDelegate, RowsView
from annotator.ui.panels.words import when

ROWS = [Row("a", "First", "detail"), Row("b", "Second"), Row("c", "Third", strong=(1, 3))]


@pytest.fixture
def view(qtbot: QtBot) -> RowsView:
    made = RowsView("Things")
    qtbot.addWidget(made)
    made.resize(260, 200)
    made.set_rows(ROWS)
    made.show()
    made.setFocus()
    return made


def test_moving_tells_and_going_there_does_not(view: RowsView, qtbot: QtBot) -> None:
    moved: list[object] = []
    view.moved.connect(moved.append)
    assert view.go_to("b")
    assert moved == []
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert moved == ["c"]
    assert not view.go_to("gone")
    assert view.current() is None


def test_getting_the_focus_moves_nowhere(qtbot: QtBot) -> None:
    view = RowsView("Things")
    qtbot.addWidget(view)
    view.set_rows(ROWS)
    moved: list[object] = []
    view.moved.connect(moved.append)
    view.show()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert (moved, view.current()) == ([], None)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert moved == ["a"]


def test_steps_go_round(view: RowsView) -> None:
    seen = []
    for by in (1, 1, 1, 1, -1, -1):
        view.step(by)
        seen.append(view.current())
    assert seen == ["a", "b", "c", "a", "c", "b"]


def test_a_step_back_from_nowhere_goes_to_the_last(view: RowsView) -> None:
    view.step(-1)
    assert view.current() == "c"


def test_a_step_in_an_empty_list_does_nothing(view: RowsView) -> None:
    view.set_rows([])
    view.step(1)
    assert view.current() is None


def test_enter_and_double_click_open(view: RowsView, qtbot: QtBot) -> None:
    opened: list[object] = []
    view.opened.connect(opened.append)
    view.go_to("b")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    place = view.visualRect(view.model().index(2, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == ["b", "c"]


def test_the_current_row_stays_current_when_rows_come_and_go(view: RowsView) -> None:
    view.go_to("c")
    view.set_rows([Row("x", "New"), *ROWS])
    assert view.current() == "c"
    view.set_rows(ROWS[:1])
    assert view.current() is None


def test_hostile_text_is_shown_as_it_is(view: RowsView) -> None:
    text = "<img src=x width=4000> & <b>bold</b>"
    view.set_rows([Row("h", text, text), Row("long", "x" * 10_000), Row("rtl", "שלום 😀")])
    model = view.model()
    assert model.index(0, 0).data() == text
    tip = model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img" in tip
    assert "<img" not in tip
    assert len(model.index(1, 0).data()) < 300
    assert view.sizeHintForColumn(0) < 200
    assert not view.grab().isNull()


def test_a_long_sentence_gets_more_lines(qtbot: QtBot) -> None:
    view = RowsView("Questions", lines=4)
    qtbot.addWidget(view)
    view.resize(240, 300)
    view.set_rows([Row(1, "short"), Row(2, "a sentence with a good many words in it " * 3)])
    view.show()
    heights = [view.sizeHintForRow(at) for at in (0, 1)]
    assert heights[1] > 2 * heights[0]
    assert heights[1] < 5 * heights[0]


def test_only_rows_in_sight_are_painted_and_the_work_grows_with_their_number(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    work: Counter[str] = Counter()
    for name in ("paint", "sizeHint"):
        own = getattr(RowDelegate, name)

        def counted(self: RowDelegate, *rest: Any, name: str = name, own: Any = own) -> Any:
            work[name] += 1
            return own(self, *rest)

        monkeypatch.setattr(RowDelegate, name, counted)
    view = RowsView("Many")
    qtbot.addWidget(view)
    view.resize(260, 400)
    view.show()
    for count in (200, 2000):
        work.clear()
        view.set_rows([Row(at, f"Row {at}", "detail") for at in range(count)])
        view.grab()
        assert 0 < work["paint"] < 60
        assert work["sizeHint"] < 3 * count


def test_the_current_row_stays_in_sight_where_the_list_gets_smaller(view: RowsView) -> None:
    view.set_rows([Row(str(at), f"Row {at}", "detail") for at in range(20)])
    view.resize(260, 600)
    view.go_to("11")
    view.resize(260, 150)
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())


@pytest.mark.parametrize("at", ["top", "bottom"])
def test_a_row_that_is_clicked_while_half_out_of_sight_comes_whole_into_view(
    view: RowsView, qtbot: QtBot, at: str
) -> None:
    view.set_rows([Row(number, f"Row {number}", "detail") for number in range(30)])
    height = view.visualRect(view.model().index(0, 0)).height()
    view.verticalScrollBar().setValue(5 * height + height // 2)
    room = view.viewport().rect()
    place = room.center()
    place.setY(room.top() + 2 if at == "top" else room.bottom() - 2)
    row = view.indexAt(place)
    assert not room.contains(view.visualRect(row))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.currentIndex() == row
    assert room.contains(view.visualRect(row))
    before = view.verticalScrollBar().value()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=room.center())
    assert view.verticalScrollBar().value() == before


def test_times_are_written_as_the_dates_of_articles_are() -> None:
    moment = QDateTime(QDate(2026, 3, 4), QTime(15, 6))
    assert when(moment.toMSecsSinceEpoch() * 1000) == "2026-03-04 15:06"


def test_rows_of_one_height_are_measured_once(view: RowsView, monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[Row] = []
    real = RowDelegate._text_height

    def counted(self: RowDelegate, metrics: QFontMetrics, one: Row, width: int) -> int:
        measured.append(one)
        return real(self, metrics, one, width)

    monkeypatch.setattr(RowDelegate, "_text_height", counted)
    view.set_rows([Row(number, f"Actor {number}", "person") for number in range(3000)])
    assert view.visualRect(view.model().index(2999, 0)).top() > 3000
    assert 0 < len(measured) < 100
    view.set_rows([Row(0, "Actor"), Row(1, "Actor", "person")])
    heights = [view.visualRect(view.model().index(row, 0)).height() for row in (0, 1)]
    assert heights[0] < heights[1]
