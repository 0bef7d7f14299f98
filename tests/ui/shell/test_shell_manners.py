"""How the window behaves: finding leads to labelling, nothing stale is shown, it has a sign of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from annotator.app.window import application
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.ui import menus

WORDS = "readers would have"


def test_what_is_found_is_labelled_by_the_next_key(desk) -> None:
    before = desk.content
    desk.do("find")
    QTest.keyClicks(desk.window.find_bar.edit, WORDS)
    assert desk.window.view.selection == desk.window.find_bar.found[0]
    QTest.keyClick(desk.window.find_bar.edit, Qt.Key.Key_Escape)
    assert desk.window.view.hasFocus()
    desk.press("c")
    ((span,), _) = desk.new(before)
    assert desk.words(span) == WORDS


def test_the_next_place_is_selected_too_and_work_in_the_text_keeps_its_own_selection(desk) -> None:
    desk.do("find")
    bar, view = desk.window.find_bar, desk.window.view
    QTest.keyClicks(bar.edit, "the")
    first = view.selection
    QTest.keyClick(bar.edit, Qt.Key.Key_Return)
    assert view.selection == bar.found[bar.current] != first
    desk.drag(WORDS)
    view.setFocus()
    desk.press("c")
    assert bar.isVisible()
    assert view.selection is None  # not the place found: that would be labelled by the next key


def test_an_empty_project_shows_no_facts_of_the_article_before(desk, tmp_path: Path) -> None:
    scheme = read_scheme(resource("schemes/default.toml"))
    title = desk.content.article.title
    desk.session.create_project(tmp_path / "new.annot", scheme, "Ada")
    desk.qtbot.waitUntil(lambda: desk.session.path is not None and desk.session.path.stem == "new")
    desk.settle()
    shown = [one.text() for one in desk.window.inspector.findChildren(QLabel) if one.isVisible()]
    assert not any(title in one for one in shown)


def test_the_pages_of_the_inspector_are_named_and_fit(desk) -> None:
    pages = desk.window.inspector.pages
    assert [pages.tabText(at) for at in range(3)] == ["Article", "Selected", "Actors and claims"]
    assert pages.tabBar().sizeHint().width() <= desk.window.inspector.width()


def test_the_program_has_a_sign_of_its_own(qapp: QApplication) -> None:
    assert application() is qapp
    sizes = {size.width() for size in qapp.windowIcon().availableSizes()}
    assert {16, 32, 256} <= sizes
    picture = qapp.windowIcon().pixmap(QSize(32, 32)).toImage()
    assert len({picture.pixelColor(x, y).name() for x in range(32) for y in range(32)}) > 3


def test_one_escape_leads_from_a_menu_back_to_the_text(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    bar, pressed = desk.window.menuBar(), list[int]()
    first, second = (desk.window.findChild(QMenu, name) for name in ("label", "go"))
    monkeypatch.setattr(menus, "QKeyEvent", lambda kind, key, none: pressed.append(key) or QEvent(kind.None_))

    def closed(menu: QMenu, following: QMenu | None = None) -> list[int]:
        bar.setFocus()  # the bar keeps the keys when Escape closes its menu
        menu.popup(bar.mapToGlobal(bar.rect().bottomLeft()))
        menu.hide()
        if following is not None:
            following.popup(bar.mapToGlobal(bar.rect().bottomLeft()))
        QTest.qWait(1)
        return pressed

    assert closed(first, second) == []
    assert closed(second) == [Qt.Key.Key_Escape]  # as a person had to press in the bar, too
