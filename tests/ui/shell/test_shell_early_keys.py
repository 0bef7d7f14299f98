"""Keys pressed before the first article is there: none is lost, and they act in order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from annotator.app import window as app_window
from annotator.model.errors import NotSaved
from annotator.model.records import Span
from annotator.model.scheme import Scheme
from annotator.services.project import Project
from annotator.ui.settings import Settings

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def starting(open_desk: Any) -> Any:
    desk = open_desk()
    desk.keys = desk.window.early_keys
    desk.keys.hold()
    return desk


def _type(desk: Any, *keys: Any) -> None:
    """Press keys where the focus is, as the window system brings them."""
    for key in keys:
        code, modifier = key if isinstance(key, tuple) else (key, Qt.KeyboardModifier.NoModifier)
        QTest.keyClick(desk.window.focusWidget() or desk.window, code, modifier)


def test_keys_pressed_while_the_project_opens_label_in_its_article(starting: Any, sample: Path) -> None:
    desk = starting
    label = _label_key(sample)
    _type(desk, Qt.Key.Key_Right, Qt.Key.Key_Right, (Qt.Key.Key_Right, SHIFT), label)
    assert desk.session.path is None
    shown: list[Any] = []
    desk.session.content_changed.connect(lambda content: shown.append(content) if content else None)
    desk.session.open_project(sample)
    desk.qtbot.waitUntil(lambda: bool(shown) and len(desk.new(shown[0])[0]) == 1)
    (span,) = desk.new(shown[0])[0]
    units = desk.window.view.page.units
    third = units.next_token(units.next_token(units.token_at(0).start).start)
    assert span.fragments[0].start == third.start
    assert span.fragments[0].end == units.next_token(third.start).end
    assert span.label == "CLAIM"


def _label_key(sample: Path) -> str:
    """Return the key that puts a claim, read from the scheme of the sample."""
    opened = Project.open(sample)
    label = opened.scheme.label("CLAIM")
    opened.close()
    assert label is not None
    return label.key


def test_keys_that_come_while_others_are_pressed_wait_behind_them(starting: Any, sample: Path) -> None:
    desk = starting
    _type(desk, *[Qt.Key.Key_Right] * 3)
    moved: list[int] = []

    def _more() -> None:
        moved.append(desk.window.view.caret)
        if len(moved) == 2:  # the first is the start of the article
            _type(desk, Qt.Key.Key_Home)

    desk.window.view.caret_moved.connect(_more)
    desk.session.open_project(sample)
    desk.qtbot.waitUntil(lambda: len(moved) >= 4)
    desk.settle()
    assert moved[1:4] == sorted(moved[1:4])
    assert len(set(moved[1:4])) == 3
    assert not desk.keys.is_holding


def test_afterwards_keys_go_their_usual_way(starting: Any, sample: Path) -> None:
    desk = starting
    desk.open(sample)
    desk.qtbot.waitUntil(lambda: not desk.keys.is_holding)
    before = desk.window.view.caret
    desk.press(Qt.Key.Key_Right)
    assert desk.window.view.caret > before


def test_without_an_article_there_is_nothing_for_them(starting: Any, tmp_path: Path, told: Any) -> None:
    desk = starting
    _type(desk, Qt.Key.Key_Return)
    desk.session.open_project(tmp_path / "none.annot")
    desk.qtbot.waitUntil(lambda: not desk.keys.is_holding)
    assert desk.session.path is None
    assert desk.window.middle.currentIndex() == 0


def test_an_empty_project_ends_the_waiting(starting: Any, tmp_path: Path) -> None:
    desk = starting
    _type(desk, "x")
    desk.session.create_project(tmp_path / "new.annot", Scheme("s", "S", ()), "A")
    desk.qtbot.waitUntil(lambda: not desk.keys.is_holding)
    assert desk.window.middle.currentWidget() is desk.window.empty


def test_a_modifier_alone_and_keys_elsewhere_are_not_kept(starting: Any, qtbot: Any) -> None:
    desk = starting
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    QTest.keyClicks(line, "abc")
    assert line.text() == "abc"
    _type(desk, Qt.Key.Key_Shift)
    assert not desk.keys._kept


@pytest.mark.parametrize(
    ("recent", "sample_wanted", "first"), [(0, True, True), (1, True, False), (0, False, False)]
)
def test_keys_wait_for_the_sample_only_where_it_is_opened(
    tmp_path: Path, recent: int, sample_wanted: bool, first: bool
) -> None:
    settings = Settings(tmp_path / "settings.ini")
    for at in range(recent):
        settings.add_recent(tmp_path / f"{at}.annot")
    assert app_window._is_first(settings, sample=sample_wanted) == first


def test_keys_after_next_article_are_for_that_article(desk: Any) -> None:
    heard: list[Any] = []
    desk.session.changed.connect(heard.append)
    _type(desk, "n", Qt.Key.Key_Right, "u", "n", "n")
    assert not heard
    desk.qtbot.waitUntil(lambda: not desk.window.early_keys.is_holding)
    desk.settle()
    assert desk.content.article.id == desk.session.order[3]
    (made,) = [one.after for changes in heard for one in changes.of(Span)]
    assert (made.label, made.article) == ("CUE", desk.session.order[1])
    assert made.start > 0


def test_quick_decisions_are_each_on_the_next_suggestion(desk: Any) -> None:
    _type(desk, Qt.Key.Key_Tab)
    desk.settle()
    waiting = [one.id for one in desk.window.walking._waiting()]
    assert len(waiting) > 3
    _type(desk, Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: not desk.window.early_keys.is_holding)
    desk.settle()
    every = (*desk.content.suggested_spans, *desk.content.suggested_frames)
    states = {one.id: one.state for one in every}
    assert [states[one] for one in waiting[:4]] == ["accepted", "rejected", "accepted", "open"]


def test_a_decision_that_is_not_saved_ends_the_waiting(desk: Any) -> None:
    _type(desk, Qt.Key.Key_Tab)
    desk.settle()

    is_full = [True]

    def fail(project: Any) -> Any:
        if is_full[0]:
            raise NotSaved("The disk is full.")
        return project.set_reading(desk.content.article.id, "begun")

    desk.session.do(fail)
    _type(desk, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert desk.window.early_keys.is_holding
    desk.qtbot.waitUntil(lambda: not desk.window.early_keys.is_holding)
    assert desk.session.unsaved
    is_full[0] = False
    desk.do("retry")
    desk.settle()
    assert not desk.session.unsaved
