"""The window in large letters: boxes grow, nothing in the panels is cut away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionButton,
)

from annotator.ui.panels.evaluation_dialog import EvaluationDialog
from annotator.ui.panels.export_dialog import ExportDialog
from annotator.ui.panels.find_label import FindLabel
from annotator.ui.panels.import_dialog import ImportDialog
from annotator.ui.panels.scheme_dialog import SchemeDialog
from annotator.ui.panels.scheme_tree import SchemeTree
from annotator.ui.panels.widgets import WideScroll, widen
from annotator.ui.picker import Picker


@pytest.fixture
def large(desk: Any) -> Iterator[Any]:
    """The window with letters of twice their size, and as it was afterwards."""
    desk.window.resize(1280, 700)
    desk.window.settings.choose("window_size", 200)
    desk.settle()
    yield desk
    desk.window.settings.choose("window_size", 100)


def side(box: QCheckBox) -> int:
    option = QStyleOptionButton()
    box.initStyleOption(option)
    return box.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, box).height()


def test_boxes_grow_with_the_letters_and_back(desk: Any) -> None:
    box, field = QCheckBox("Tick"), QLineEdit()
    desk.qtbot.addWidget(box)
    desk.qtbot.addWidget(field)
    usual, edges = side(box), field.palette().window().color()
    desk.window.settings.choose("window_size", 200)
    assert side(box) >= 1.5 * usual
    assert field.palette().window().color() == edges, "the colours stay"
    desk.window.settings.choose("window_size", 100)
    assert side(box) == usual
    assert QApplication.style().name() == "fusion"


def sign_of(button: QAbstractButton) -> int:
    """Return how many pixels of a button's middle line its sign reaches over."""
    picture = button.grab().toImage()
    ground = picture.pixelColor(0, 0)
    columns = range(picture.width())
    rows = range(picture.height())
    inked = [x for x in columns if any(picture.pixelColor(x, y) != ground for y in rows)]
    return max(inked) - min(inked) + 1


def test_the_buttons_of_a_panel_grow_with_the_letters_of_its_title(desk: Any) -> None:
    dock = desk.window.panels.docks["list"]
    buttons = [dock.findChild(QAbstractButton, f"qt_dockwidget_{one}button") for one in ("float", "close")]
    for percent in (100, 200, 100):
        desk.window.settings.choose("window_size", percent)
        desk.qtbot.waitUntil(lambda: buttons[0].height() == dock.widget().y())
        line = dock.fontMetrics().height()
        for one in buttons:
            assert one.width() == one.height() >= line + 4
            assert sign_of(one) >= line * 0.45
        assert not buttons[0].geometry().intersects(buttons[1].geometry())


def test_the_sign_of_how_far_an_article_is_grows_with_its_title(desk: Any) -> None:
    def high() -> int:
        view = desk.window.articles.view
        picture = view.viewport().grab().toImage()
        row, column = view.rowHeight(0), range(8, 8 + QFontMetrics(view.font()).height() // 2)
        ground = picture.pixelColor(2, row + 4)
        inked = [
            y for y in range(row + 2, 2 * row - 2) if any(picture.pixelColor(x, y) != ground for x in column)
        ]
        return max(inked) - min(inked) + 1

    usual = high()
    desk.window.settings.choose("window_size", 200)
    desk.settle()
    assert high() >= 1.7 * usual


def test_the_picture_on_the_button_of_an_empty_project_grows(desk: Any) -> None:
    button = desk.window.empty.button
    desk.window.middle.setCurrentWidget(desk.window.empty)
    usual = button.iconSize().height()
    desk.window.settings.choose("window_size", 200)
    desk.settle()
    assert button.iconSize().height() >= 1.7 * usual


def test_nothing_that_labels_what_was_found_is_cut(large: Any) -> None:
    large.window.panels.show("find")
    large.window.find_all.start("the")
    label = large.window.find_all.findChild(FindLabel)
    large.qtbot.waitUntil(lambda: label.go.height() > 0 and bool(label.width()))
    label.take("CLAIM")
    large.qtbot.waitUntil(label.go.isEnabled)

    def is_whole(one: QAbstractButton) -> bool:
        is_in = label.rect().contains(one.mapTo(label, one.rect().topRight()))
        return is_in and one.width() >= one.fontMetrics().horizontalAdvance(one.text()) + 8

    shown = (label.choose, label.all, label.none, label.go)
    large.qtbot.waitUntil(lambda: all(map(is_whole, shown)))


def test_what_pops_up_is_as_wide_as_its_letters_ask_for(desk: Any) -> None:
    usual = Picker(desk.window, "Label").width()
    desk.window.settings.choose("window_size", 200)
    assert Picker(desk.window, "Label").width() >= 1.5 * usual


def test_lines_of_ticks_and_of_the_scheme_have_room(desk: Any) -> None:
    desk.do("scheme")
    tree = desk.window.findChild(SchemeTree)
    dialog = ExportDialog(desk.session, desk.window)
    desk.qtbot.addWidget(dialog)
    assert dialog.preview.counts.text() == "Looking at the project…"
    desk.settle()
    line = tree.fontMetrics().height()
    for view in (tree, dialog.what.labels):
        assert view.sizeHintForIndex(view.model().index(0, 0)).height() >= line + 6
    names = [one.title for one in desk.session.scheme.labels]
    widest = max(map(tree.fontMetrics().horizontalAdvance, names))
    assert tree.columnWidth(0) > widest + 2 * tree.indentation()
    desk.window.findChild(SchemeDialog).close()


def test_filter_and_order_stand_below_each_other(large: Any) -> None:
    articles = large.window.articles
    assert articles.sort.y() > articles.filter.y()
    text = articles.sort.fontMetrics().horizontalAdvance(articles.sort.currentText())
    assert articles.sort.width() > text + 30
    large.window.settings.choose("window_size", 100)
    large.settle()
    articles.layout().activate()
    assert articles.sort.y() == articles.filter.y()


def test_no_tab_of_the_inspector_is_out_of_sight(large: Any) -> None:
    bar = large.window.inspector.pages.tabBar()
    assert bar.tabRect(2).right() <= bar.width()
    assert bar.accessibleTabName(2) == "Actors and claims"


def test_a_list_has_the_whole_page_while_nothing_of_it_is_chosen(desk: Any) -> None:
    above = desk.window.inspector.above
    desk.window.inspector.show_above()
    desk.qtbot.waitUntil(lambda: len(above.list.rows) > 3)
    assert not above._editor.isVisible()
    above.show_record(above.list.rows[1].value)
    assert above._editor.isVisible()


def test_a_dialog_is_no_larger_than_the_screen(desk: Any) -> None:
    dialog = EvaluationDialog(desk.session, desk.window)
    desk.qtbot.addWidget(dialog)
    widen(dialog, 10_000, 10_000)
    room = dialog.screen().availableGeometry()
    assert dialog.width() < room.width()
    assert dialog.height() < room.height()
    dialog.show()
    label = next(one for one in dialog.findChildren(QLabel) if one.text() == "Compare with the work of")
    assert label.width() >= label.fontMetrics().horizontalAdvance(label.text())


def test_an_import_scrolls_where_all_that_it_asks_has_no_room(large: Any, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,kind,place,by\nOne.,x,y,z\n", "utf-8")
    (tmp_path / "b.txt").write_bytes("Café in Münster, the owner said.".encode("cp1252"))
    (tmp_path / "c.txt").write_bytes("Café in Köln, the owner said.".encode("cp1252"))
    spans = ",".join(f'{{"start":{at},"end":{at + 2},"label":"OWN_{at}"}}' for at in range(9))
    (tmp_path / "d.jsonl").write_text(f'{{"text": "Words of the article.", "spans": [{spans}]}}\n', "utf-8")
    dialog = ImportDialog(large.session, [tmp_path], large.window)
    large.qtbot.addWidget(dialog)
    dialog.show()
    large.qtbot.waitUntil(lambda: bool(dialog.looked.files) and dialog.trial.table.isVisible())
    at = next(one.path for one in dialog.looked.files if one.path.name == "b.txt")
    dialog.files.go_to(at)
    least = dialog.minimumSizeHint()
    assert least.height() <= 560
    assert least.width() <= 1100
    dialog.resize(1000, 560)
    large.settle()
    assert dialog.ok.mapTo(dialog, dialog.ok.rect().bottomRight()).y() <= dialog.height()
    dialog.trial.find_words.setFocus()
    (area,) = [one for one in dialog.findChildren(WideScroll) if one.isAncestorOf(dialog.files)]
    # What the file holds is looked at elsewhere, and laid out once that has come.
    large.qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    area.ensureWidgetVisible(dialog.trial.find_words)
    seen = dialog.trial.find_words
    middle = seen.mapTo(area.viewport(), seen.rect().center())
    assert area.viewport().rect().contains(middle)
    dialog.reject()
