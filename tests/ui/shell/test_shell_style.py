"""Colours that can be read, icons that follow the theme, plain text everywhere."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.model.ids import new_id
from annotator.model.resources import resource
from annotator.model.scheme import Label, Scheme, read_scheme
from annotator.ui import style
from annotator.ui.floating import Floating
from annotator.ui.icons import icon
from annotator.ui.panels.roomy import roomy
from annotator.ui.panels.ticked_list import TickedList

UI = Path(style.__file__).parent


@pytest.fixture(params=["light", "dark", "contrast"])
def theme(request: pytest.FixtureRequest) -> style.Theme:
    return style.theme(request.param)


@pytest.fixture
def as_before(qapp: QApplication) -> Iterator[None]:
    palette = qapp.palette()
    yield
    qapp.setPalette(palette)


def test_text_can_be_read_on_every_ground(theme: style.Theme) -> None:
    for ground in ("base", "window", "button", "alternate"):
        for ink in ("text", "muted", "link", "good", "warning", "bad"):
            assert style.contrast(theme.colour(ink), theme.colour(ground)) >= style.READABLE, (ink, ground)
    pair = theme.colour("highlighted_text"), theme.colour("highlight")
    assert style.contrast(*pair) >= style.READABLE


@pytest.mark.parametrize("name", sorted(path.stem for path in resource("schemes").glob("*.toml")))
def test_labels_can_be_read(theme: style.Theme, name: str) -> None:
    scheme = read_scheme(resource(f"schemes/{name}.toml"))
    for label, colour in theme.of_scheme(scheme).items():
        ink, fill = QColor(colour.ink), QColor(colour.fill)
        assert style.contrast(ink, theme.colour("base")) >= style.READABLE, label
        assert style.contrast(ink, fill) >= style.READABLE, label
        assert style.contrast(theme.colour("text"), fill) >= style.READABLE, label
        assert style.contrast(QColor(colour.on_ink), ink) >= style.READABLE, label


@pytest.mark.parametrize("is_roomy", [True, False])
def test_an_unticked_box_in_the_chosen_row_looks_empty(
    qtbot: QtBot, as_before: None, qapp: QApplication, theme: style.Theme, is_roomy: bool
) -> None:
    qapp.setPalette(style.qt_palette(theme))
    rows = TickedList("Rows", [(new_id(), "one", False), (new_id(), "two", True)])
    if is_roomy:
        roomy(rows)
    qtbot.addWidget(rows)
    rows.resize(300, 120)
    rows.show()
    pictures = []
    for at in range(rows.count()):
        rows.setCurrentRow(at)
        place = rows.visualItemRect(rows.item(at))
        picture = rows.viewport().grab(place.adjusted(2, 2, -2, -2)).toImage()
        pictures.append([picture.pixelColor(x, picture.height() // 2) for x in range(picture.height())])
    empty, ticked = pictures
    assert empty.count(theme.colour("base")) <= 2  # of high contrast, the edges are of that colour
    assert max(style.contrast(one, theme.colour("highlight")) for one in empty) >= style.EDGE
    assert empty != ticked


def test_labels_of_an_own_scheme_get_colours_that_differ(theme: style.Theme) -> None:
    scheme = Scheme("own", "", tuple(Label(f"L{number}", "span") for number in range(12)))
    inks = [QColor(one.ink) for one in theme.of_scheme(scheme).values()]
    assert len({ink.hslHue() // 10 for ink in inks}) >= 10
    assert all(style.contrast(ink, theme.colour("base")) >= style.READABLE for ink in inks)


def test_a_colour_of_the_scheme_is_kept_as_far_as_it_can_be_read(theme: style.Theme) -> None:
    pale = theme.label(Label("PALE", "span", colour="#ffffcc"))
    assert style.contrast(QColor(pale.ink), theme.colour("base")) >= style.READABLE
    assert abs(QColor(pale.ink).hslHue() - QColor("#ffffcc").hslHue()) <= 3


def test_the_view_gets_a_look_for_each_label(theme: style.Theme) -> None:
    scheme = read_scheme(resource("schemes/default.toml"))
    look = style.view_theme(theme, scheme, column=60, line_space=1.2)
    assert {one.name for one in scheme.of("span")} <= set(look.labels)
    assert look.labels["CLAIM"].ink == theme.label(scheme.label("CLAIM")).ink
    assert len({one.line for one in look.labels.values()}) > 2
    assert (look.column, look.line_space, look.is_dark) == (60, 1.2, theme.is_dark)


def test_icons_follow_the_theme(qapp: QApplication, as_before: None) -> None:
    undo = icon("mdi6.undo")

    def inks() -> QColor:
        image = undo.pixmap(QSize(32, 32)).toImage()
        pixels = (image.pixelColor(x, y) for x in range(32) for y in range(32))
        return max(pixels, key=lambda one: one.alpha())

    for name in ("light", "dark"):
        chosen = style.theme(name)
        style.apply(qapp, chosen)
        assert inks().name() == chosen.colour("text").name()
    faded = undo.pixmap(QSize(32, 32), QIcon.Mode.Disabled).toImage()
    colours = {
        faded.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if faded.pixelColor(x, y).alpha() > 250
    }
    assert style.theme("dark").colour("text").name() not in colours


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_the_signs_of_docks_can_be_seen_in_every_theme(desk, as_before: None, name: str) -> None:
    desk.window.settings.theme = name
    for dock in desk.window.panels.docks.values():
        dock.show()
        dock.setFloating(True)
        dock.setFloating(False)
        signs = dock.findChildren(QAbstractButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
        assert len(signs) == 2
        for sign in signs:
            image = sign.icon().pixmap(QSize(16, 16)).toImage()
            pixels = (image.pixelColor(x, y) for x in range(16) for y in range(16))
            ink = max(pixels, key=lambda one: one.alpha())
            assert style.contrast(ink, style.theme(name).colour("window")) >= 3.0, sign.objectName()


def test_every_icon_in_the_table_exists() -> None:
    from annotator.ui.actions import TABLE

    for row in TABLE:
        if row.icon:
            assert not icon(row.icon).pixmap(16, 16).isNull()


def test_theme_goes_round_and_reaches_everything(desk, as_before: None) -> None:
    seen = []
    for _ in range(4):
        desk.do("theme")
        seen.append(
            (desk.window.settings.theme, QApplication.palette().color(QPalette.ColorRole.Base).name())
        )
    assert [name for name, _ in seen] == ["light", "dark", "contrast", "system"]
    assert seen[0][1] == style.theme("light").palette["base"]
    assert seen[1][1] == style.theme("dark").palette["base"]
    assert seen[2][1] == style.theme("contrast").palette["base"]


def test_all_labels_show_plain_text(desk) -> None:
    """T-71: nothing in an article can pass for markup in any window."""
    desk.do("keys")
    desk.do("palette")
    widgets = [
        widget for top in QApplication.topLevelWidgets() for widget in (top, *top.findChildren(QWidget))
    ]
    # The names of fields in forms have a buddy: Qt makes those labels, of our own words.
    labels = [one for one in widgets if isinstance(one, QLabel) and one.text() and one.buddy() is None]
    assert len(labels) > 50
    loose = [one.text() for one in labels if one.textFormat() != Qt.TextFormat.PlainText]
    assert loose == []


def test_no_article_text_is_read_back_from_a_widget() -> None:
    """T-71: what Qt holds is a copy for the eye; the text of an article is never taken from it."""
    asked = re.compile(r"\.toPlainText\(|\.document\(\)|QTextDocument|QTextBrowser|setHtml\(|insertHtml\(")
    allowed = {"note_field.py", "scheme_fields.py"}  # notes and guidelines are typed there; no articles
    found = [
        path.name
        for path in UI.rglob("*.py")
        if path.name not in allowed and asked.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_nothing_keeps_a_reference_of_none(qtbot: QtBot) -> None:
    """T-01: PySide6 6.12.0 takes a reference of None at every call that returns nothing."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(1000):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < 50


@pytest.mark.parametrize("make", [QLineEdit, QSpinBox, QComboBox, QCheckBox, QPlainTextEdit, QListView])
def test_edges_of_fields_and_boxes_can_be_seen(
    qtbot: QtBot, qapp: QApplication, as_before: None, theme: style.Theme, make: type[QWidget]
) -> None:
    style.apply(qapp, theme)
    field = make()
    qtbot.addWidget(field)
    field.resize(120, 60)
    image = field.grab().toImage()
    row = [image.pixelColor(x, image.height() // 2) for x in range(24)]
    assert is_seen(row, theme)


def test_the_edge_of_the_field_with_the_keys_can_be_seen(
    qtbot: QtBot, qapp: QApplication, as_before: None, theme: style.Theme
) -> None:
    style.apply(qapp, theme)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    image = field.grab().toImage()
    seen = [image.pixelColor(image.width() - 10, y) for y in range(4)]
    assert is_seen(seen, theme)
    assert max(one.hsvSaturation() for one in seen) > 80


def is_seen(pixels: list[QColor], theme: style.Theme) -> bool:
    seen = max(pixels, key=lambda one: style.contrast(one, theme.colour("base")))
    return all(style.contrast(seen, theme.colour(ground)) >= style.EDGE for ground in ("base", "window"))


def test_what_floats_over_the_article_stands_out_from_it(theme: style.Theme, qtbot: QtBot) -> None:
    article, window = theme.colour("base"), style.qt_palette(theme)
    ground = QWidget()
    qtbot.addWidget(ground)
    ground.setPalette(window)
    ground.resize(200, 100)
    box = Floating(ground)
    box.setGeometry(10, 10, 100, 40)
    line = box.grab().toImage().pixelColor(50, 0)
    assert style.contrast(line, article) >= style.EDGE
    assert style.contrast(line, window.window().color()) >= style.EDGE
