"""Painters that end with their block, as one left active can end the program; what several things draw."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintDevice, QPainter
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox


@contextmanager
def painting(device: QPaintDevice) -> Iterator[QPainter]:
    """Return a painter on a widget or picture; it ends whatever happens."""
    painter = QPainter(device)
    try:
        yield painter
    finally:
        painter.end()


def draw_choice(box: QComboBox) -> None:
    """Draw a choice whose words end in dots where they find no room: the style stops inside a letter."""
    option, style = QStyleOptionComboBox(), box.style()
    box.initStyleOption(option)
    whole, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    room = style.subControlRect(whole, option, part, box).width() - 2
    cut = box.fontMetrics().elidedText
    with painting(box) as painter:
        style.drawComplexControl(whole, option, painter, box)
        option.currentText = cut(option.currentText, Qt.TextElideMode.ElideRight, room)
        style.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option, painter, box)
