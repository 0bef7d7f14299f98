"""Keys are changed by pressing them; who has a key already is named; everything follows at once."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTreeWidgetItemIterator

from annotator.model.scheme import Label, Scheme
from annotator.model.scheme_edits import Place
from annotator.ui.actions import TABLE
from annotator.ui.key_hint import parted
from annotator.ui.key_rules import key_of, meet
from annotator.ui.key_sheet import KeySheet
from annotator.ui.palette import choices
from annotator.ui.panels.scheme_fields import SchemeFields
from annotator.ui.panels.settings_keys import KeysPage

PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk) -> KeysPage:
    desk.do("change_keys")
    return desk.window.looks._open.keys


def set_key(page: KeysPage, action: str, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    page.go_to(action)
    page.field.click()
    assert page.field.is_waiting
    QTest.keyClick(page.field, key, modifier)
    assert not page.field.is_waiting


def keys(desk, action: str) -> list[str]:
    return [key.toString() for key in desk.window.actions_[action].shortcuts()]


def to_the_text(desk) -> None:
    desk.window.activateWindow()
    desk.qtbot.waitUntil(desk.window.isActiveWindow)
    desk.window.view.setFocus()


@pytest.mark.parametrize(
    ("key", "modifier", "text", "wanted"),
    [
        (Qt.Key.Key_X, PLAIN, "x", "X"),
        (Qt.Key.Key_X, SHIFT, "X", "Shift+X"),
        (Qt.Key.Key_Question, SHIFT, "?", "?"),
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.KeypadModifier, "+", "+"),
        (Qt.Key.Key_Comma, CONTROL, "", "Ctrl+,"),
        (Qt.Key.Key_Backtab, SHIFT, "", "Shift+Tab"),
        (Qt.Key.Key_Return, PLAIN, "\r", "Return"),
        (Qt.Key.Key_Backspace, PLAIN, "\b", "Backspace"),
        (Qt.Key.Key_Space, SHIFT, " ", "Shift+Space"),
        (Qt.Key.Key_F5, CONTROL | SHIFT, "", "Ctrl+Shift+F5"),
        (Qt.Key.Key_Shift, SHIFT, "", ""),
        (Qt.Key.Key_AltGr, PLAIN, "", ""),
    ],
)
def test_a_pressed_key_is_read_as_the_table_writes_it(
    key: Qt.Key, modifier: Qt.KeyboardModifier, text: str, wanted: str
) -> None:
    assert key_of(QKeyEvent(QEvent.Type.KeyPress, key, modifier, text)) == wanted


def test_every_action_is_listed_by_group(desk, page: KeysPage) -> None:
    listed = {item.data(0, Qt.ItemDataRole.UserRole) for item in page._items()}
    assert listed == set(desk.window.actions_.rows)
    assert {row.id for row in TABLE} < listed
    groups = {item.parent().text(0) for item in page._items()}
    assert {"Labels of this scheme", "Project", "Moving and selecting", "Elsewhere"} <= groups
    page.filter.setText("ctrl+f")
    left = [item.text(0) for item in page._items() if not item.isHidden()]
    assert "Find in this article" in left
    assert "Undo" not in left
    assert not page.tree.currentItem().isHidden()  # the keys below are those of an action in sight


def test_a_new_key_is_heard_and_shown_everywhere(desk, page: KeysPage) -> None:
    set_key(page, "stance", Qt.Key.Key_X)
    assert page.said.text() == "X is set."
    assert keys(desk, "stance") == ["X"]
    assert "(X)" in desk.window.actions_["stance"].toolTip()
    assert {one.text: one.side for one in choices(desk.window.actions_)}["Stance, then 1 to 4"] == "X"
    desk.window.looks._open.close()
    to_the_text(desk)
    desk.drag("readers would have the patience")
    desk.press("c")
    assert "x stance" in desk.window.hinting.text()
    desk.do("keys")
    sheet = desk.window.findChild(KeySheet)
    assert "X" in [label.text() for label in sheet.findChildren(QLabel)]
    sheet.close()
    to_the_text(desk)
    desk.press("x")
    assert desk.window.prompt.is_waiting
    desk.window.prompt.stop()


def test_the_letters_of_the_sheet_follow_the_entity_key(desk, page: KeysPage) -> None:
    set_key(page, "entity", Qt.Key.Key_Y)
    desk.do("keys")
    texts = [label.text() for label in desk.window.findChild(KeySheet).findChildren(QLabel)]
    assert "Entities: Y, then a letter" in texts
    assert "Y P" in texts


def test_who_has_the_key_is_named_and_keeps_it_when_left(desk, page: KeysPage) -> None:
    set_key(page, "stance", Qt.Key.Key_C)
    assert page.said.text().startswith("C is taken by “Claim” (in the text).")
    assert not page.take.isHidden()
    page.leave.click()
    assert page.take.isHidden()
    assert (keys(desk, "stance"), keys(desk, "label.CLAIM")) == (["T"], ["C"])


def test_a_key_is_taken(open_desk, desk, page: KeysPage, sample) -> None:
    set_key(page, "stance", Qt.Key.Key_C)
    page.take.click()
    assert (keys(desk, "stance"), keys(desk, "label.CLAIM")) == (["C"], [])
    assert "c claim" not in desk.window.hinting.text()
    desk.close()
    desk.session.stop()
    second = open_desk()
    second.open(sample)
    assert (keys(second, "stance"), keys(second, "label.CLAIM")) == (["C"], [])


def test_a_key_of_the_window_is_named_too_and_one_of_the_list_is_not_in_the_way(desk, page: KeysPage) -> None:
    set_key(page, "stance", Qt.Key.Key_F, CONTROL)
    assert page.said.text().startswith("Ctrl+F is taken by “Find in this article” (everywhere).")
    page.leave.click()
    set_key(page, "remove_articles", Qt.Key.Key_C)
    assert page.said.text() == "C is set."
    assert keys(desk, "label.CLAIM") == ["C"]
    assert not meet("list", "article")


def test_a_second_key_no_key_and_the_delivered_one(desk, page: KeysPage) -> None:
    page.go_to("stance")
    page.more.click()
    QTest.keyClick(page.more, Qt.Key.Key_F9)
    assert keys(desk, "stance") == ["T", "F9"]
    page.remove.click()
    assert keys(desk, "stance") == []
    assert not page.remove.isEnabled()
    page.reset.click()
    assert keys(desk, "stance") == ["T"]
    assert not page.reset.isEnabled()


def test_a_key_given_back_says_who_has_it_now(desk, page: KeysPage) -> None:
    set_key(page, "stance", Qt.Key.Key_X)
    set_key(page, "roles", Qt.Key.Key_T)
    page.go_to("stance")
    page.reset.click()
    assert page.said.text() == "T is also a key of “Link a span: letters appear”: change one of them."
    page.reset_all.click()
    assert desk.window.settings.keys == {}
    assert (keys(desk, "stance"), keys(desk, "roles")) == (["T"], ["R"])


def test_escape_and_keys_that_only_help_set_nothing(desk, page: KeysPage) -> None:
    page.go_to("stance")
    page.field.click()
    QTest.keyClick(page.field, Qt.Key.Key_Shift)
    assert page.field.is_waiting
    QTest.keyClick(page.field, Qt.Key.Key_Tab)  # a key like any other here
    assert page.said.text().startswith("Tab is taken by “Next suggestion”")
    page.leave.click()
    page.field.click()
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert keys(desk, "stance") == ["T"]
    assert desk.window.looks._open.isVisible()


def test_an_own_key_wins_over_the_key_of_a_label_of_another_scheme(desk, page: KeysPage) -> None:
    set_key(page, "stance", Qt.Key.Key_X)
    scheme = Scheme("other", "Other", (Label("EXTRA", "span", key="x"), Label("MORE", "span", key="r")))
    desk.window.actions_.set_scheme(scheme)
    assert (keys(desk, "stance"), keys(desk, "label.EXTRA")) == (["X"], [])
    assert (keys(desk, "roles"), keys(desk, "label.MORE")) == ([], ["R"])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ctrl+Shift+X stance", ("Ctrl+Shift+X", "stance")),
        ("F9 note", ("F9", "note")),
        ("x stance", ("x", "stance")),
        (", . < > edges", (", . < >", "edges")),
        ("Delete", ("Delete", "")),
        ("Attribution:", ("", "Attribution:")),
        ("Choose a claim first", ("", "Choose a claim first")),
    ],
)
def test_a_hint_is_parted_into_key_and_meaning(text: str, wanted: tuple[str, str]) -> None:
    assert parted(text) == wanted


def test_sentences_name_the_keys_as_they_are_now(desk) -> None:
    """What is said to be pressed is what the person has set; without a key, the action itself."""
    desk.window.settings.set_keys("overlap", ["Ctrl+J"])
    desk.window.settings.set_keys("undo", ["F12"])
    desk.do("delete")
    assert desk.said[-1] == "Choose a span or a frame first: click it, or press Ctrl+J."
    desk.do("fragment")
    assert "(click it, or Ctrl+J)" in desk.said[-1]
    ids = [one.id for one in desk.content.suggested_frames]
    desk.session.do(lambda project: project.reject(ids))
    desk.settle()
    desk.go("Every quotation has an owner")
    desk.press("a")
    assert desk.said[-1].endswith("; F12 takes it back.")
    desk.window.settings.set_keys("attribution", [])
    desk.session.choose(None)
    desk.do("implicit")
    assert desk.said[-1] == "Choose an attribution first: “Attribution of a claim” on a claim makes one."


def test_the_scheme_editor_names_the_keys_as_they_are_now(desk) -> None:
    desk.do("scheme")
    (fields,) = desk.window.findChildren(SchemeFields)
    desk.settle()
    assert "shown by F1 while" in fields.guideline.placeholderText()
    desk.window.settings.set_keys("keys", ["F7"])
    desk.window.settings.set_keys("entity", [])
    fields.window().tree.go_to(Place("SOURCE"))
    assert "shown by F7 while" in fields.guideline.placeholderText()
    assert "“Entity, then a letter”" in fields.entity.text()


def test_the_list_is_filled_anew_while_some_go_through_it(page: KeysPage) -> None:
    walks = [page._items() for _ in range(30)]
    for _ in range(40):
        for walk in walks:
            next(walk, None)
    listed = {item.text(0) for item in page._items()}
    for _ in range(3):
        page.fill()
    assert {item.text(0) for item in page._items()} == listed
    assert not any(isinstance(one, QTreeWidgetItemIterator) for one in gc.get_objects())
