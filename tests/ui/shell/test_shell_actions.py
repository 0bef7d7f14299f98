"""The table of actions: each has a handler, is triggered once, and no two keys fight."""

from __future__ import annotations

import sqlite3
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMenu

from annotator.model.scheme import Label
from annotator.ui.action_set import ActionSet
from annotator.ui.actions import CHECKABLE, CONTEXT, MENUS, SECTIONS, TABLE, TOOLBAR, letters
from annotator.ui.key_sheet import KeySheet
from annotator.ui.palette import choices
from annotator.ui.picker import Picker

LEAVES_THE_WINDOW = ("quit", "close", "sample", "new", "open")


def test_ids_are_unique_and_named_where_they_are_used() -> None:
    ids = [row.id for row in TABLE]
    assert not [name for name, count in Counter(ids).items() if count > 1]
    used = {name for group in (*TOOLBAR, *CONTEXT) for name in group} | CHECKABLE
    assert used <= set(ids)
    assert {row.menu for row in TABLE} <= {*SECTIONS, ""}
    assert set(MENUS) <= set(SECTIONS)


def test_no_key_means_two_things_in_one_place(desk) -> None:
    actions: ActionSet = desk.window.actions_
    article: Counter[str] = Counter()
    for name, row in actions.rows.items():
        if row.scope != "list":
            article.update(key.toString() for key in actions[name].shortcuts())
    assert not [key for key, count in article.items() if count > 1]


def test_about_names_the_sqlite_that_keeps_projects(desk, told) -> None:
    """T-04."""
    desk.window.actions_["about"].trigger()
    assert told.told[-1].endswith(f", SQLite {sqlite3.sqlite_version}")


def test_every_action_can_be_triggered(desk, told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([], ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")
    monkeypatch.setattr(desk.session.proposer, "suggest_all", lambda: None)
    actions = desk.window.actions_
    names = [name for name in actions.rows if name not in (*LEAVES_THE_WINDOW, "copy")]
    assert len(names) > 70
    for name in names:
        assert actions[name].isEnabled(), name
        desk.window.view.setFocus()
        actions[name].trigger()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        desk.window.prompt.stop()
        desk.settle()
    for dialog in desk.window.findChildren(QDialog):
        dialog.close()


def test_without_a_project_only_what_makes_sense_is_enabled(open_desk) -> None:
    actions = open_desk().window.actions_
    assert actions["sample"].isEnabled()
    assert not actions["undo"].isEnabled()
    assert not actions["stance"].isEnabled()


def test_labels_of_the_scheme_have_actions(desk) -> None:
    actions = desk.window.actions_
    assert [key.toString() for key in actions["label.CLAIM"].shortcuts()] == ["C"]
    assert "label.PERSON" not in actions
    desk.do("close")
    assert "label.CLAIM" not in actions


def test_menus_hold_what_the_table_says(desk) -> None:
    menu = desk.window.menuBar().findChild(QMenu, "label")
    assert [action.objectName() for action in menu.actions()][:3] == [
        "label.CLAIM",
        "label.SOURCE",
        "label.CUE",
    ]
    names = {
        action.objectName() for menu in desk.window.menuBar().findChildren(QMenu) for action in menu.actions()
    }
    assert {row.id for row in TABLE if row.menu in MENUS} <= names


def test_changed_keys_are_used(open_desk, sample) -> None:
    first = open_desk()
    first.window.settings.set_keys("stance", ["X"])
    first.window.settings.sync()
    first.close()
    second = open_desk()
    second.open(sample)
    assert second.window.actions_["stance"].shortcuts() == [QKeySequence("X")]
    second.press("x")
    assert second.said[-1].startswith("Choose a claim first")


def test_palette_finds_and_does(desk) -> None:
    found = choices(desk.window.actions_)
    assert {"Undo", "Attribution of a claim", "Claim"} <= {one.text for one in found}
    assert [one.text for one in found if "history" in one.also] == ["What was done"]
    desk.do("palette")
    popup = desk.window.findChild(Picker)
    desk.qtbot.keyClicks(popup.field, "larger")
    assert popup.list.count() == 1
    assert not popup.nothing.isVisible()
    desk.qtbot.keyClicks(popup.field, "x")
    assert (popup.list.count(), popup.nothing.isVisible()) == (0, True)
    desk.qtbot.keyClick(popup.field, Qt.Key.Key_Backspace)
    assert not popup.nothing.isVisible()
    before = desk.window.view.text_size()
    desk.qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert desk.window.view.text_size() == before + 1


def test_picker_takes_digits_and_remembers(desk) -> None:
    before = desk.content
    desk.drag("editor Karol Benko")
    desk.press(Qt.Key.Key_Space)
    popup = desk.window.view.findChild(Picker)
    row = next(at for at in range(popup.list.count()) if popup.list.item(at).text() == "Source")
    desk.qtbot.keyClick(popup.field, str(row + 1))
    desk.settle()
    assert [one.label for one in desk.new(before)[0]] == ["SOURCE"]
    desk.press(Qt.Key.Key_Space)
    popups = [one for one in desk.window.view.findChildren(Picker) if one.isVisible()]
    assert popups[0].list.item(0).text() == "Source"
    popups[0].close()


def test_key_sheet_shows_keys_and_the_guideline_of_what_is_chosen(desk) -> None:
    desk.drag("readers would have the patience")
    desk.press("c")
    desk.press("?")
    sheet = desk.window.findChild(KeySheet)
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    assert "Ctrl+Z" in texts
    assert "Enter" in texts, "not also as Return, which is the same key to a person"
    assert any("Quotation marks are inside" in text for text in texts)
    sheet.close()


def test_the_sheet_lists_the_panels_in_the_order_of_their_keys(desk) -> None:
    desk.press("?")
    sheet = desk.window.findChild(KeySheet)
    texts = [label.text() for label in sheet.findChildren(QLabel)]
    panels = [f"Ctrl+{number}" for number in range(1, 6)]
    assert [text for text in texts if text in panels] == panels
    sheet.close()


def test_letters_are_given_once() -> None:
    labels = (Label("PERSON", "span", key="p"), Label("PLACE", "span"), Label("LAW", "span"))
    assert {letter: label.name for letter, label in letters(labels).items()} == {
        "p": "PERSON",
        "l": "PLACE",
        "a": "LAW",
    }
