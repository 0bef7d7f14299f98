"""Actors who may be the same: listed with the reason, merged or kept apart by key and by mouse."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from annotator.ui.panels.above import AbovePage
from annotator.ui.panels.register import Register

_PAIRS = 2


@pytest.fixture
def page(world: Any) -> AbovePage:
    made = AbovePage(world.session, Register(world.session, world.session))
    made.resize(360, 700)
    world.show(made)
    for name, kind in (
        ("E. Brandt", "unspecified"),
        ("ISIS", "organisation"),
        ("Islamic State", "organisation"),
    ):
        world.do(lambda project, name=name, kind=kind: project.add_actor(name, kind))
    world.settle()
    made.tabs.setCurrentIndex(_PAIRS)
    return made


def rows(page: AbovePage) -> list[tuple[str, str]]:
    return [(row.text, row.detail) for row in page.list.rows]


def actors(world: Any) -> list[str]:
    return sorted(one.name for one in world.fetch(lambda project: project.actors()))


def go_to_first(world: Any, page: AbovePage) -> None:
    page.list.setFocus()
    page.list.step(1)
    world.settle()


def test_pairs_are_listed_with_their_reason_and_counted(page: AbovePage) -> None:
    assert rows(page) == [
        (
            "Elena Brandt = E. Brandt",
            "the same surname, and first names that agree: Elena Brandt, E. Brandt",
        ),
        ("Islamic State = ISIS", "both are names of Islamic State"),
    ]
    assert page.tabs.tabText(_PAIRS) == "The same? (2)"
    assert not page.add.isVisible()


def test_the_filter_finds_a_pair_and_adds_nothing(world: Any, page: AbovePage) -> None:
    page.filter.setText("elena")
    assert len(rows(page)) == 1
    page.filter.setText("nobody")
    assert rows(page) == []
    world.qtbot.keyClick(page.filter, Qt.Key.Key_Return)
    world.settle()
    assert "nobody" not in actors(world)


def test_enter_merges_and_goes_to_the_next_pair(world: Any, page: AbovePage) -> None:
    go_to_first(world, page)
    world.qtbot.keyClick(page.list, Qt.Key.Key_Return)
    world.settle()
    assert actors(world) == ["Elena Brandt", "ISIS", "Islamic State"]
    assert [text for text, _ in rows(page)] == ["Islamic State = ISIS"]
    assert page.list.current() is not None
    assert world.said[-1] == "“E. Brandt” is one with “Elena Brandt” now; undo takes this back."
    world.undo()
    assert len(rows(page)) == 2
    assert "E. Brandt" in actors(world)


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
def test_backspace_keeps_apart_and_undo_proposes_again(world: Any, page: AbovePage, key: Qt.Key) -> None:
    go_to_first(world, page)
    world.qtbot.keyClick(page.list, key)
    world.settle()
    assert [text for text, _ in rows(page)] == ["Islamic State = ISIS"]
    assert "E. Brandt" in actors(world)
    assert world.said[-1] == "“E. Brandt” and “Elena Brandt” are kept apart for good; undo takes this back."
    world.undo()
    assert len(rows(page)) == 2


def test_both_answers_by_mouse(world: Any, page: AbovePage) -> None:
    go_to_first(world, page)
    world.qtbot.mouseClick(page.pair.apart, Qt.MouseButton.LeftButton)
    world.settle()
    world.qtbot.mouseClick(page.pair.merge, Qt.MouseButton.LeftButton)
    world.settle()
    assert rows(page) == []
    assert actors(world) == ["E. Brandt", "Elena Brandt", "Islamic State"]
    assert page.tabs.tabText(_PAIRS) == "The same?"


def test_keys_in_the_other_lists_merge_nothing(world: Any, page: AbovePage) -> None:
    page.tabs.setCurrentIndex(0)
    go_to_first(world, page)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
        world.qtbot.keyClick(page.list, key)
    world.settle()
    assert len(actors(world)) == 4
