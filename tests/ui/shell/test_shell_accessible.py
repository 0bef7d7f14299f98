"""What a screen reader meets: every part of the window has a role and a name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget

from annotator.ui.article_view import accessibility

ROLE = QAccessible.Role
UNNAMED = {
    ROLE.Client, ROLE.LayeredPane, ROLE.Pane, ROLE.Border, ROLE.Splitter, ROLE.Separator, ROLE.Grouping,
    ROLE.ScrollBar, ROLE.Grip, ROLE.MenuBar, ROLE.Row, ROLE.Cell, ROLE.StatusBar, ROLE.NoRole,
}  # fmt: skip
"""Roles of what only holds or divides other parts; a reader passes over it."""
PANELS = ("find_all", "checks_panel", "history_panel")


def walk(found: QAccessibleInterface, depth: int = 0) -> Iterator[QAccessibleInterface]:
    yield found
    if found.role() in (ROLE.List, ROLE.Table, ROLE.Tree):
        return  # rows are records, not widgets
    for at in range(found.childCount() if depth < 40 else 0):
        child = found.child(at)
        if child is not None and child.isValid():
            yield from walk(child, depth + 1)


def parts_of(window: QWidget) -> list[QAccessibleInterface]:
    top = QAccessible.queryAccessibleInterface(window)
    assert top is not None
    return list(walk(top))


def is_seen(found: QAccessibleInterface) -> bool:
    state = found.state()
    return not state.invisible and not state.offscreen


def told(found: QAccessibleInterface) -> str:
    widget = found.object()
    kind = type(widget).__name__ if widget is not None else ""
    parent = widget.parent() if widget is not None else None
    return f"{found.role().name} {kind} in {type(parent).__name__} {widget.objectName() if widget else ''}"


@pytest.fixture(scope="module")
def access(qapp: QApplication) -> accessibility.Access:
    return accessibility.install()


@pytest.fixture
def opened(access: accessibility.Access, desk) -> QWidget:
    for name in PANELS:
        desk.do(name)
    return desk.window


def test_every_part_of_the_window_has_a_role_and_a_name(opened: QWidget) -> None:
    found = [one for one in parts_of(opened) if is_seen(one)]
    assert len(found) > 100
    nameless = [
        told(one)
        for one in found
        if one.role() not in UNNAMED and not one.text(QAccessible.Text.Name).strip()
    ]
    assert nameless == []


def test_everything_that_takes_the_focus_has_a_name(opened: QWidget) -> None:
    nameless = [
        told(one)
        for one in parts_of(opened)
        if one.state().focusable and is_seen(one) and not one.text(QAccessible.Text.Name).strip()
    ]
    assert nameless == []
