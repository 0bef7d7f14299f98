"""The settings: each is seen at once, is there again after a restart, and can be as delivered again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from given_suggestions import GivenSuggestions
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QColorDialog,
    QDoubleSpinBox,
    QFontComboBox,
    QMainWindow,
    QProgressBar,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from annotator.model.ids import new_id
from annotator.model.records import Fragment, SuggestedSpan
from annotator.ui import motion, style
from annotator.ui.panels.settings_window import SettingsWindow
from annotator.ui.panels.widgets import Combo
from annotator.ui.picker import Picker
from annotator.ui.settings import CHOICES, DELIVERED, LIMITS, Place, Settings


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication) -> Iterator[None]:
    palette, font, flash = qapp.palette(), qapp.font(), qapp.cursorFlashTime()
    yield
    qapp.setPalette(palette)
    qapp.setFont(font)
    qapp.setCursorFlashTime(flash)


def opened(desk, page: str = "reading") -> SettingsWindow:
    desk.do("settings")
    desk.window.looks.open_settings(page)
    (found,) = desk.window.findChildren(SettingsWindow)
    assert found.isVisible()
    assert not found.isModal()
    return found


def test_a_page_is_filled_when_it_is_seen(desk) -> None:
    found = opened(desk)
    trees = {"labels": found.labels.tree, "keys": found.keys.tree}
    assert [one.topLevelItemCount() for one in trees.values()] == [0, 0]
    for page, tree in trees.items():
        opened(desk, page)
        assert tree.topLevelItemCount() > 1
        assert tree.currentItem() is not None


def suggest(desk, words: str, label: str) -> None:
    article, start = desk.content.article.id, desk.text.index(words)
    place = Fragment(start, start + len(words))
    one = SuggestedSpan(new_id(), article, label, (place,), 0.9, "names 1", "a first name", 1)
    plan = GivenSuggestions((one,), (article,))
    desk.session.do(lambda project: project.write_suggestions(plan, undoable=False))
    desk.settle()


def pick(field: Combo, value: str) -> None:
    field.setCurrentIndex(field.findData(value))
    field.activated.emit(field.currentIndex())


@pytest.mark.parametrize("name", sorted(DELIVERED))
def test_a_choice_is_kept_limited_and_given_back(tmp_path: Path, name: str) -> None:
    path = tmp_path / "settings.ini"
    settings, heard = Settings(path), []
    settings.changed.connect(heard.append)

    def value(of: Settings) -> object:
        if isinstance(DELIVERED[name], bool):
            return of.is_on(name)
        return of.number(name) if name in LIMITS else of.text(name)

    assert settings.is_as_delivered(name)
    other = not DELIVERED[name] if isinstance(DELIVERED[name], bool) else CHOICES.get(name, ("", "Serif"))[-1]
    wanted = LIMITS[name][1] if name in LIMITS else other
    settings.choose(name, 10_000 if name in LIMITS else wanted)
    settings.choose(name, wanted)
    settings.sync()
    again = Settings(path)
    assert value(again) == wanted
    assert not again.is_as_delivered(name)
    settings.put_back(name)
    assert value(settings) == DELIVERED[name]
    assert heard == [name, name]


def test_choices_are_written_together_a_little_later(qtbot, qapp, tmp_path: Path) -> None:
    """The window waits for the disk once, not at each step of the size of letters."""
    path = tmp_path / "settings.ini"
    settings = Settings(path)
    for size in (14, 15, 16):
        settings.text_size = size
        qapp.processEvents()
    assert not path.exists()
    qtbot.waitUntil(path.exists)
    assert "16" in path.read_text(encoding="utf-8")


def test_a_choice_outlives_a_kill_before_the_file_is_written(qapp, tmp_path: Path) -> None:
    path, project = tmp_path / "one" / "settings.ini", Path("/news/week 1.annot")
    settings = Settings(path)
    settings.theme = "dark"
    settings.text_size = 20
    settings.put_back("text_size")
    settings.set_keys("next", ["Ctrl+J"])
    settings.keep_window(QByteArray(b"\x00place"), QByteArray(b"\xffpanels"), {"left": True})
    settings.keep_place(project, Place("a1", 3, 0.5))
    qapp.processEvents()
    assert not path.exists()
    shutil.copytree(path.parent, tmp_path / "killed")  # what lies on the disk at this moment
    (noted,) = (tmp_path / "killed").glob("*.new")
    noted.write_text(noted.read_text(encoding="utf-8") + '["theme", "li', encoding="utf-8")
    for _ in range(2):  # as it starts again, and once more
        again = Settings(tmp_path / "killed" / "settings.ini")
        assert (again.theme, again.text_size, again.keys) == ("dark", 13.0, {"next": ["Ctrl+J"]})
        assert (again.geometry.data(), again.layout.data()) == (b"\x00place", b"\xffpanels")
        assert (again.panels, again.place(project)) == ({"left": True}, Place("a1", 3, 0.5))
        assert not noted.exists()
    settings.sync()
    assert [one.name for one in path.parent.iterdir()] == ["settings.ini"]
    assert Settings(path).place(project) == Place("a1", 3, 0.5)


def test_what_another_window_chose_is_kept_beside_what_is_written(tmp_path: Path) -> None:
    path, other = tmp_path / "settings.ini", tmp_path / "settings.ini.1.new"
    settings = Settings(path)
    other.write_text('["theme", "contrast", false]\n', encoding="utf-8")
    settings.text_size = 20
    settings.sync()
    assert other.exists()
    again = Settings(path)
    assert (again.theme, again.text_size) == ("contrast", 20.0)
    assert not other.exists()


def test_what_was_noted_stays_until_it_can_be_written(tmp_path: Path) -> None:
    path, noted = tmp_path / "settings.ini", tmp_path / "settings.ini.2.new"
    noted.write_text('["theme", "dark", false]\n', encoding="utf-8")
    (tmp_path / "settings.ini.1.new").mkdir()  # one that cannot be read keeps no other from it
    path.mkdir()  # nor can the file be written
    assert Settings(path).theme == "dark"
    assert noted.exists()
    path.rmdir()
    assert Settings(path).theme == "dark"
    assert not noted.exists()
    assert path.is_file()


def test_the_article_follows_at_once(desk) -> None:
    page = opened(desk).reading
    view, fields = desk.window.view, page.choices.fields
    for name, value in (("text_size", 20), ("line_space", 1.5), ("column", 60)):
        field = fields[name]
        assert isinstance(field, QDoubleSpinBox)
        field.setValue(value)
    setting = view.page.column.setting
    assert view.text_size() == 20
    assert (setting.theme.line_space, setting.theme.column) == (1.5, 60)
    fonts = fields["text_font"]
    assert isinstance(fonts, QFontComboBox)
    other = next(at for at in range(fonts.count()) if at != fonts.currentIndex())
    fonts.setCurrentIndex(other)
    fonts.activated.emit(other)
    family = fonts.itemText(other)
    assert desk.window.settings.text("text_font") == family
    assert view.page.column.setting.block("body").font.families()[0] == family
    for name in ("text_size", "line_space", "column", "text_font"):
        page.choices.resets[name].click()
        assert not page.choices.resets[name].isEnabled()
    assert view.text_size() == 13
    assert view.page.column.setting.theme.serif[0] != family
    assert fonts.currentText() != family


def test_what_puts_a_choice_back_says_which_and_to_what(desk) -> None:
    page = opened(desk).reading
    said = {name: one.accessibleName() for name, one in page.choices.resets.items()}
    assert len({*said.values()}) == len(said)
    assert said["text_size"] == "As delivered: Text size (13)"
    for name, words in (("worth_marks", "(on)"), ("reduced_motion", "(off)")):
        field = page.choices.fields[name]
        assert isinstance(field, QCheckBox)
        assert said[name] == f"As delivered: {field.text()} {words}"


def test_the_settings_grow_with_the_text_of_the_window(desk) -> None:
    page = opened(desk)
    page.resize(page.width() // 2, page.height())
    before = page.width()
    size = page.reading.choices.fields["window_size"]
    assert isinstance(size, QDoubleSpinBox)
    size.setValue(200)
    desk.qtbot.waitUntil(lambda: page.width() > before)
    room = desk.window.screen().availableGeometry()
    letters = page.fontMetrics().averageCharWidth() * 90
    assert page.width() >= min(letters, room.width() - 60)
    assert room.contains(page.geometry())
    grown = page.width()
    size.setValue(100)
    desk.settle()
    assert page.width() == grown


def test_the_page_follows_the_keys(desk) -> None:
    page = opened(desk).reading
    desk.do("larger")
    field = page.choices.fields["text_size"]
    assert isinstance(field, QDoubleSpinBox)
    assert field.value() == 14
    assert page.choices.resets["text_size"].isEnabled()
    desk.do("usual")
    assert field.value() == 13


def test_theme_and_text_of_the_window(desk, qapp: QApplication) -> None:
    page = opened(desk).reading
    before = qapp.font().pointSizeF()
    theme, size = page.choices.fields["theme"], page.choices.fields["window_size"]
    assert isinstance(theme, Combo)
    assert isinstance(size, QDoubleSpinBox)
    pick(theme, "contrast")
    ground = qapp.palette().color(QPalette.ColorRole.Base).name()
    assert ground == style.theme("contrast").palette["base"]
    size.setValue(200)
    assert qapp.font().pointSizeF() == before * 2
    desk.qtbot.waitUntil(lambda: desk.window.articles.font().pointSizeF() == before * 2)
    assert page.minimumSizeHint().width() < 1200
    size.setValue(100)
    assert qapp.font().pointSizeF() == before


def test_the_rows_of_the_list_follow_the_text_of_the_window(desk) -> None:
    table = desk.window.articles.view
    before = table.rowHeight(0)
    desk.window.settings.choose("window_size", 200)
    desk.qtbot.waitUntil(lambda: table.font().pointSizeF() > 15)
    assert table.rowHeight(0) >= QFontMetrics(table.font()).height() * 2 > before


def test_the_bar_beside_a_selection_can_be_left_out(desk) -> None:
    page = opened(desk).reading
    box = page.choices.fields["label_bar"]
    desk.drag("a reader can learn it in a minute")
    assert desk.window.label_bar.isVisible()
    desk.window.view.select(None)
    box.click()
    assert not desk.window.settings.is_on("label_bar")
    desk.drag("a reader can learn it in a minute")
    assert desk.window.view.selection is not None
    assert not desk.window.label_bar.isVisible()


def test_the_bar_offers_no_entities_that_are_hidden(desk) -> None:
    desk.window.settings.show_labels(["PERSON"], shown=False)
    desk.drag("a reader can learn it in a minute")
    names = [one.text() for one in desk.window.label_bar.findChildren(QToolButton) if one.isVisible()]
    assert "Organisation" in names
    assert "Person" not in names


def test_the_bar_is_filled_when_it_is_seen(desk) -> None:
    """Its buttons are no part of changing the colours, or of opening a project."""

    def buttons(*, seen: bool) -> set[QToolButton]:
        found = desk.window.label_bar.findChildren(QToolButton)
        return {one for one in found if one.isVisible() or not seen}

    before = buttons(seen=False)
    desk.window.settings.choose("theme", "dark")
    assert buttons(seen=False) == before
    desk.drag("a reader can learn it in a minute")
    shown = buttons(seen=True)
    assert shown
    desk.window.settings.choose("theme", "light")
    desk.qtbot.waitUntil(lambda: len(buttons(seen=True)) == len(shown))
    assert not buttons(seen=True) & shown


def test_reduced_motion(desk, qapp: QApplication, qtbot: QtBot) -> None:
    bar, settings = QProgressBar(), desk.window.settings
    qtbot.addWidget(bar)
    usual = qapp.cursorFlashTime()
    settings.choose("reduced_motion", True)
    motion.show_progress(bar, 0, 0)
    assert (bar.value(), bar.maximum()) == (1, 2)
    assert qapp.cursorFlashTime() == 0
    assert not QMainWindow.isAnimated(desk.window)
    settings.put_back("reduced_motion")
    motion.show_progress(bar, 0, 0)
    assert (bar.minimum(), bar.maximum()) == (0, 0)
    assert qapp.cursorFlashTime() == usual


def test_enter_stays_on_what_was_made(desk) -> None:
    desk.window.settings.choose("enter", "stay")
    desk.press(Qt.Key.Key_Tab)
    before = desk.content
    desk.press(Qt.Key.Key_Return)
    made = {one.id for new in desk.new(before) for one in new}
    assert desk.session.chosen in made


def test_enter_goes_on_into_the_next_article(desk) -> None:
    settings, first = desk.window.settings, desk.content.article.id
    desk.do("accept_all")
    last = [one.id for one in desk.content.suggested_spans if one.state == "open"]
    assert last == []
    desk.do("undo")
    settings.choose("enter", "across")
    keep = desk.window.walking._waiting()[-1]
    others = [one.id for one in desk.window.walking._waiting()[:-1]]
    desk.session.do(lambda project: project.reject(others))
    desk.settle()
    desk.session.choose(keep.id)
    desk.press(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: desk.content.article.id != first)
    assert desk.session.chosen is not None


@pytest.mark.parametrize("idle", CHOICES["enter_idle"])
def test_enter_where_no_suggestion_is(desk, idle: str) -> None:
    desk.window.settings.choose("enter_idle", idle)
    desk.go("meeting of readers")
    desk.press(Qt.Key.Key_Return)
    popups = [one for one in desk.window.view.findChildren(Picker) if one.isVisible()]
    assert bool(popups) == (idle == "pick")
    assert (desk.session.chosen is not None) == (idle == "walk")
    assert any("No suggestion is chosen" in one for one in desk.said) == (idle == "say")
    for one in popups:
        one.close()


def test_a_label_gets_a_colour_everywhere_and_back(desk) -> None:
    page = opened(desk, "labels").labels
    look = desk.window.view.page.column.setting.theme.look("CLAIM")
    assert page.tree.currentItem().text(0) == "Claim"
    page.colour.click()
    dialog = page.findChild(QColorDialog)
    dialog.setCurrentColor(QColor("#00605a"))
    dialog.accept()
    assert desk.window.settings.label_colours == {"CLAIM": "#00605a"}
    assert desk.window.view.page.column.setting.theme.look("CLAIM").ink == "#00605a"
    assert "which can be read" in page.said.text()
    desk.close()
    assert Settings(Path(desk.window.settings._store.fileName())).label_colours == {"CLAIM": "#00605a"}
    page.reset.click()
    assert desk.window.view.page.column.setting.theme.look("CLAIM") == look


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_a_colour_that_cannot_be_read_is_said_and_drawn_stronger(desk, theme: str) -> None:
    settings, page = desk.window.settings, opened(desk, "labels").labels
    settings.choose("theme", theme)
    ground = style.theme(theme).palette["base"]
    settings.set_label_colour("CLAIM", ground)
    assert "too little to be read" in page.said.text()
    drawn = style.theme(theme, settings.label_colours)
    ink = QColor(drawn.of_scheme(desk.session.scheme)["CLAIM"].ink)
    assert style.contrast(ink, QColor(ground)) >= drawn.least


def test_labels_that_look_alike_are_named_for_each_kind_of_sight(desk) -> None:
    page = opened(desk, "labels").labels
    desk.window.settings.choose("theme", "light")
    desk.window.settings.set_label_colour("SOURCE", "#8a5a00")  # the colour of cues
    lines = page.report.toPlainText().splitlines()
    assert [line.partition(":")[0] for line in lines[1:]] == [
        "With usual sight",
        "With protanopia (no red cones)",
        "With deuteranopia (no green cones)",
        "With tritanopia (no blue cones)",
    ]
    assert all("Source – Cue" in line for line in lines[1:])


def test_hidden_entities_are_not_drawn_nor_walked(desk) -> None:
    suggest(desk, "Karol Benko", "PERSON")
    page = opened(desk, "labels").labels
    view, content = desk.window.view, desk.content
    names = {one.name for one in desk.session.scheme.of("span", "entity") if not one.hidden}
    drawn = {one.label for one in view.page.column.marks.records.values()}
    assert drawn & names
    waiting = len(desk.window.walking._waiting())
    view.caret = desk.text.index("readers would have")
    at = view.caret
    page.hide_all.click()
    assert desk.window.settings.hidden_labels == names
    assert not {one.label for one in view.page.column.marks.records.values()} & names
    left = desk.window.walking._waiting()
    assert len(left) < waiting
    assert not {one.label for one in left} & names
    assert view.caret == at
    assert desk.content == content
    item = next(
        one
        for row in range(page.tree.topLevelItemCount())
        if (one := page.tree.topLevelItem(row)).text(0) == "Person"
    )
    item.setCheckState(0, Qt.CheckState.Checked)
    assert desk.window.settings.hidden_labels == names - {"PERSON"}
    page.show_all.click()
    assert desk.window.settings.hidden_labels == frozenset()
    assert len(desk.window.walking._waiting()) == waiting


def test_the_pages_are_reached_by_their_actions(desk) -> None:
    found = opened(desk)
    assert found.pages.currentIndex() == 0
    desk.do("change_keys")
    assert found.pages.currentIndex() == 2
    found.close()
    desk.do("settings")
    assert found.isVisible()
    desk.do("close")
    assert not found.labels.none.isHidden()


def test_what_is_drawn_from_the_scheme_is_drawn_in_turns(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    looks, done = desk.window.looks, list[int]()
    steps = tuple(partial(done.append, number) for number in range(4))
    monkeypatch.setattr(looks, "_steps", lambda: steps)
    looks.show_scheme_in_turns()
    looks.show_scheme_in_turns()  # another project at once: the rest of the first is not drawn
    assert done == []
    desk.qtbot.waitUntil(lambda: len(done) == 4)
    desk.settle()
    assert done == [0, 1, 2, 3]
