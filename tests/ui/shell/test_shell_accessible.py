"""What a screen reader meets: every part of the window has a role and a name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget

from annotator.model.scheme import Scheme
from annotator.ui import main_window
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


def nameless(window: QWidget) -> list[str]:
    return [
        told(one)
        for one in parts_of(window)
        if is_seen(one)
        and (one.role() not in UNNAMED or one.state().focusable)
        and not one.text(QAccessible.Text.Name).strip()
    ]


def test_every_part_of_the_window_has_a_role_and_a_name(opened: QWidget) -> None:
    assert len([one for one in parts_of(opened) if is_seen(one)]) > 100
    assert nameless(opened) == []
    assert len(parts_of(opened)) == len([one for one in parts_of(opened) if one.role() != ROLE.NoRole])


def test_pages_without_an_article_have_names(access: accessibility.Access, desk, sample, tmp_path) -> None:
    assert nameless(desk.window) == []
    desk.open(sample)
    scheme = desk.session.scheme
    assert isinstance(scheme, Scheme)
    desk.session.create_project(tmp_path / "new.annot", scheme, "A")
    desk.qtbot.waitUntil(lambda: desk.session.path == tmp_path / "new.annot")
    desk.settle()
    assert desk.window.middle.currentWidget() is desk.window.empty
    assert nameless(desk.window) == []


def test_the_title_of_another_article_is_read_out(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(main_window, "announce", lambda _, words: read.append(words))
    desk.do("next_article")
    assert read == [desk.content.article.title]
    desk.press("0")
    assert len(read) == 1


def test_every_page_of_the_inspector_has_names(access: accessibility.Access, desk, sample) -> None:
    desk.open(sample)
    content = desk.content
    frames = [*content.frames, *content.suggested_frames]
    spans = [*content.spans, *content.suggested_spans]
    tabs = desk.window.inspector.findChildren(QTabWidget)
    assert tabs
    for record in (None, spans[0].id, frames[0].id, spans[-1].id):
        desk.session.choose(record)
        desk.settle()
        for tab in tabs:
            for at in range(tab.count()):
                tab.setCurrentIndex(at)
                QApplication.processEvents()
                assert nameless(desk.window) == []


def test_what_pops_up_has_names(access: accessibility.Access, desk, sample) -> None:
    desk.open(sample)
    desk.do("find")
    assert desk.window.find_bar.isVisible()
    assert nameless(desk.window) == []
    desk.drag("Every quotation")
    assert desk.window.label_bar.isVisible()
    assert nameless(desk.window) == []
    desk.window.view.setFocus()
    desk.go("Every quotation")
    desk.press("e")
    assert desk.window.answer_bar.isVisible()
    assert nameless(desk.window) == []
    desk.qtbot.keyClick(desk.window.view, Qt.Key.Key_Escape)
    for name in ("palette", "picker"):
        desk.do(name)
        popup = QApplication.activePopupWidget()
        assert popup is not None
        assert nameless(popup) == []
        popup.close()
