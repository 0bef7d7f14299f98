"""Arrows of choices, numbers and trees grow with the letters, and words that find no room end in dots."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QSpinBox, QTreeWidget, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.box_style import fit_style
from annotator.ui.panels.widgets import Combo
from annotator.ui.style import apply_font

INK = QColor("#ff00ff")
FAINT = 60


def inked(widget: QWidget, left: float, right: float) -> int:
    """Return how many pixels of a share of the width are of the ink of words and arrows."""
    picture = widget.grab().toImage()
    columns = range(round(picture.width() * left), round(picture.width() * right))
    return sum(
        picture.pixelColor(x, y).red() - picture.pixelColor(x, y).green() > FAINT
        for x in columns
        for y in range(picture.height())
    )


def with_ink(widget: QWidget, qtbot: QtBot) -> QWidget:
    palette = QPalette(QColor("white"))
    for role in (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        palette.setColor(role, INK)
    widget.setPalette(palette)
    qtbot.addWidget(widget)
    widget.resize(300, 80)
    widget.show()
    return widget


def choice() -> QWidget:
    box = Combo("Order")
    box.show_choices((("a", ""),), "a")
    return box


def tree() -> QWidget:
    made = QTreeWidget()
    made.setHeaderHidden(True)
    QTreeWidgetItem(QTreeWidgetItem(made, [""]), [""])
    return made


@pytest.mark.parametrize("make", [choice, tree, QSpinBox])
def test_arrows_grow_with_the_letters(make: type[QWidget], qtbot: QtBot, qapp: QApplication) -> None:
    side = (0.0, 0.2) if make is tree else (0.8, 1.0)
    usual = inked(with_ink(make(), qtbot), *side)
    apply_font(qapp, "", 200)
    fit_style(qapp)
    assert inked(with_ink(make(), qtbot), *side) > 1.5 * usual > 0


def test_a_choice_cuts_its_words_with_dots(qtbot: QtBot) -> None:
    box = Combo("Annotator")

    def drawn(words: str) -> QImage:
        box.show_choices((("a", words),), "a")
        return box.grab().toImage()

    with_ink(box, qtbot).resize(140, 30)
    words = "as the file says, else whoever imports"
    short = [f"{words[:end]}…" for end in range(4, len(words))]
    short = [one for one in short if box.fontMetrics().horizontalAdvance(one) < 120]
    assert drawn(words) in list(map(drawn, short))
