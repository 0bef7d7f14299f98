"""Chips: one tab stop, digits and arrows choose, nothing is said by colour alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.panels.chips import ChipRow, LabelMark, ink_on
from annotator.ui.panels.widgets import column


@pytest.fixture
def row(qtbot: QtBot) -> ChipRow:
    made = ChipRow("form", ("direct", "indirect", "on_request"))
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


@pytest.fixture
def heard(row: ChipRow) -> list[str]:
    values: list[str] = []
    row.picked.connect(values.append)
    return values


@pytest.mark.parametrize(
    ("key", "start", "value"),
    [
        (Qt.Key.Key_2, "direct", "indirect"),
        (Qt.Key.Key_3, "", "on_request"),
        (Qt.Key.Key_Right, "direct", "indirect"),
        (Qt.Key.Key_Down, "indirect", "on_request"),
        (Qt.Key.Key_Left, "on_request", "indirect"),
        (Qt.Key.Key_Up, "indirect", "direct"),
        (Qt.Key.Key_Home, "on_request", "direct"),
        (Qt.Key.Key_End, "direct", "on_request"),
        (Qt.Key.Key_Right, "", "direct"),
    ],
)
def test_keys_choose(
    row: ChipRow, heard: list[str], qtbot: QtBot, key: Qt.Key, start: str, value: str
) -> None:
    row.set_value(start)
    qtbot.keyClick(row, key)
    assert (row.value, heard) == (value, [value])


@pytest.mark.parametrize("key", [Qt.Key.Key_4, Qt.Key.Key_9, Qt.Key.Key_1, Qt.Key.Key_Left, Qt.Key.Key_A])
def test_keys_that_change_nothing_say_nothing(
    row: ChipRow, heard: list[str], qtbot: QtBot, key: Qt.Key
) -> None:
    row.set_value("direct")
    qtbot.keyClick(row, key)
    assert (row.value, heard) == ("direct", [])


def test_a_digit_with_control_is_left_to_the_window(row: ChipRow, heard: list[str], qtbot: QtBot) -> None:
    row.set_value("direct")
    qtbot.keyClick(row, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert heard == []


def test_a_click_chooses_and_only_one_is_checked(row: ChipRow, heard: list[str], qtbot: QtBot) -> None:
    qtbot.mouseClick(row.chips[1], Qt.MouseButton.LeftButton)
    assert heard == ["indirect"]
    assert [chip.isChecked() for chip in row.chips] == [False, True, False]
    qtbot.mouseClick(row.chips[1], Qt.MouseButton.LeftButton)
    assert [chip.isChecked() for chip in row.chips] == [False, True, False]


def test_showing_a_value_tells_nobody_but_the_screen_reader(row: ChipRow, heard: list[str]) -> None:
    row.set_value("on_request")
    assert heard == []
    assert row.accessibleName() == "form: on request"
    assert row.chips[2].accessibleName() == "on request"


def test_it_is_one_tab_stop(row: ChipRow) -> None:
    assert row.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert {chip.focusPolicy() for chip in row.chips} == {Qt.FocusPolicy.NoFocus}


def test_chips_wrap_where_the_place_is_narrow(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = ChipRow("type", [f"value number {at}" for at in range(8)])
    layout = column(holder)
    layout.addWidget(row)
    layout.addStretch(1)
    holder.resize(260, 600)
    holder.show()
    lines = {chip.y() for chip in row.chips}
    assert len(lines) > 2
    assert all(chip.x() + chip.width() < row.width() for chip in row.chips)
    assert all(chip.x() > 0 and chip.y() > 0 for chip in row.chips), "the ring of the focus needs room"
    assert row.height() > max(chip.y() + chip.height() for chip in row.chips)


def test_the_chosen_chip_differs_in_more_than_colour(row: ChipRow) -> None:
    row.set_value("direct")
    chosen = row.chips[0].grab().toImage().convertToFormat(row.grab().toImage().Format.Format_Mono)
    row.set_value("indirect")
    other = row.chips[0].grab().toImage().convertToFormat(row.grab().toImage().Format.Format_Mono)
    assert chosen != other


def test_a_mark_shows_its_label(qtbot: QtBot) -> None:
    mark = LabelMark()
    qtbot.addWidget(mark)
    narrow = mark.sizeHint().width()
    mark.show_label("ATTRIBUTION", mark.palette().text().color())
    assert mark.accessibleName() == "ATTRIBUTION"
    assert mark.sizeHint().width() > narrow
    assert not mark.grab().isNull()


@pytest.mark.parametrize(("colour", "ink"), [("#ffffff", "#000000"), ("#101010", "#ffffff")])
def test_ink_reads_on_its_ground(colour: str, ink: str) -> None:
    from PySide6.QtGui import QColor

    assert ink_on(QColor(colour)).name() == ink


def test_a_mark_grows_with_the_text_of_the_window(qtbot: QtBot) -> None:
    mark = LabelMark()
    qtbot.addWidget(mark)
    mark.show_label("Attribution", QColor("navy"))
    small, font = mark.sizeHint(), mark.font()
    font.setPointSizeF(2 * font.pointSizeF())
    mark.setFont(font)
    assert mark.sizeHint().width() > 1.6 * small.width()
    assert mark.sizeHint().height() > 1.6 * small.height()
    assert not mark.grab().isNull()


def test_digits_are_shown_only_while_they_choose(row: ChipRow, qtbot: QtBot) -> None:
    chip = row.chips[1]
    qtbot.waitUntil(row.hasFocus)
    with_digit = chip.grab().toImage()
    row.clearFocus()
    without = chip.grab().toImage()
    assert with_digit.size() == without.size()
    assert with_digit != without


def test_digits_are_left_out_where_they_would_read_as_counts(qtbot: QtBot) -> None:
    made = ChipRow("Where", ("here", "all"), ("This article", "All articles"), shows_digits=False)
    qtbot.addWidget(made)
    assert [chip._digit for chip in made.chips] == ["", ""]
    qtbot.keyClick(made, Qt.Key.Key_2)
    assert made.value == "all", "the keys choose all the same"
