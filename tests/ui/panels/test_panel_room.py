"""Room: nothing of a dialog is cut, whatever the format and however large the letters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from picking import pick
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from annotator.model.job import run
from annotator.services.exporting import export_job
from annotator.services.exporting_choice import ExportChoice
from annotator.ui import style
from annotator.ui.panels.dataset_dialog import make_dataset
from annotator.ui.panels.export_dialog import export_articles
from annotator.ui.panels.import_dialog import ImportDialog
from annotator.ui.panels.widgets import Combo


@pytest.fixture(params=[100, 200])
def letters(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[int]:
    before = qapp.font()
    style.apply_font(qapp, "", request.param)
    yield request.param
    qapp.setFont(before)


def cut(dialog: QDialog) -> list[str]:
    """Return the words that are not seen whole, or not within the width of the dialog."""
    shown = [one for one in dialog.findChildren(QWidget) if one.isVisible() and one.window() is dialog]
    found = [words for one in shown if isinstance(one, QComboBox) for words in _cut_choices(one)]
    for one in shown:
        if isinstance(one, QLabel) and one.wordWrap():
            is_cut = one.heightForWidth(one.width()) > one.height()
        elif isinstance(one, QLabel | QCheckBox | QPushButton):
            is_cut = one.sizeHint().width() > one.width()
        else:
            is_cut = False
        right = one.mapTo(dialog, QPoint(one.width(), 0)).x()
        if (is_cut or right > dialog.width()) and isinstance(
            one, QLabel | QCheckBox | QPushButton | QComboBox
        ):
            found.append(one.accessibleName() or getattr(one, "text", str)())
    return found


def whole(dialog: QDialog, name: str) -> None:
    """Assert that nothing is cut, once what is new is laid out."""
    assert cut(dialog) == [], name


def _cut_choices(one: QComboBox) -> list[str]:
    option = QStyleOptionComboBox()
    one.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = one.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, one).width()
    words = [one.itemText(at) for at in range(one.count())]
    return [text for text in words if one.fontMetrics().horizontalAdvance(text) > room]


@pytest.mark.parametrize("make", [export_articles, make_dataset])
def test_no_option_of_any_format_is_cut(world: Any, window: QWidget, letters: int, make: Any) -> None:
    dialog = make(world.session, window)
    world.qtbot.waitUntil(lambda: dialog.what.format.count() > 0)
    names = [dialog.what.format.itemData(at) for at in range(dialog.what.format.count())]
    assert len(names) > 20
    for name in names:
        pick(dialog.what.format, name)
        world.qtbot.waitUntil(lambda name=name: whole(dialog, name))
    dialog.reject()


def test_the_labels_of_a_dataset_take_what_room_there_is(world: Any, window: QWidget, letters: int) -> None:
    dialog = make_dataset(world.session, window)
    what = dialog.what
    world.qtbot.waitUntil(lambda: what.labels.count() > 0)
    dialog.resize(max(900, dialog.minimumSizeHint().width()), 1100)
    gap = 3 * what.fontMetrics().lineSpacing()
    world.qtbot.waitUntil(
        lambda: 0 < what.finished_only.y() - what.all.mapTo(what, QPoint(0, what.all.height())).y() < gap
    )
    dialog.reject()


def test_labels_of_an_import_have_room_below_many_options(
    world: Any, window: QWidget, letters: int, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for name, ending in (("brat", ""), ("conll", ".conll"), ("label_studio", ".json"), ("xlsx", ".xlsx")):
        place, choice = folder / f"{name}{ending}", ExportChoice(name)
        world.fetch(lambda project, place=place, choice=choice: run(export_job(project, place, choice)))
    dialog = ImportDialog(world.session, [folder], window)
    dialog.show()
    trial = dialog.trial
    world.qtbot.waitUntil(lambda: trial.table.rowCount() >= 5, timeout=30_000)
    assert len(trial.options.fields) >= 3
    line = trial.table.verticalHeader().defaultSectionSize()
    world.qtbot.waitUntil(lambda: trial.table.viewport().height() >= 5 * line)
    corner = QPoint(0, 0)
    world.qtbot.waitUntil(
        lambda: (
            trial.table.mapTo(trial, corner).y() + trial.table.height()
            <= trial.find_words.mapTo(trial, corner).y()
        )
    )
    world.qtbot.waitUntil(lambda: trial.headline.height() >= trial.headline.heightForWidth(trial.width()))
    dialog.reject()


def test_a_choice_of_very_long_words_keeps_to_its_room_and_tells_all_beside(qtbot: Any) -> None:
    field = Combo("Whose", whole=True)
    qtbot.addWidget(field)
    field.show_choices([("", "Everybody’s")], "")
    narrow = field.minimumSizeHint().width()
    field.show_choices([("", "Everybody’s"), ("a", "Ada Rask of the archive in Münster")], "")
    assert narrow < field.minimumSizeHint().width()
    name = "Ada " * 100
    field.show_choices([("", "Everybody’s"), ("a", name)], "")
    assert field.minimumSizeHint().width() <= 66 * field.fontMetrics().averageCharWidth()
    assert name.strip() in field.itemData(1, 3)
