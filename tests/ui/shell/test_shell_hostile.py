"""Names and texts full of markup, ampersands, marks and very long words are shown as they are, everywhere."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from given_suggestions import GivenSuggestions
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QMenu,
    QTabBar,
    QWidget,
)

from annotator.model.ids import Id, new_id
from annotator.model.records import ArticleContent, Fragment, RoleEnd, SuggestedSpan
from annotator.model.resources import resource
from annotator.model.scheme import Scheme, read_scheme
from annotator.services.project import Project
from annotator.ui.panels.import_dialog import ImportDialog
from annotator.ui.panels.result_sheet import Outcome, ResultSheet

IMAGE = '<img src="file:///etc/hostname"> <b>R&D</b> &amp; <a href="x">y</a>'
LONG = "Donaudampfschifffahrt" * 200
TURNED = "\u202eright to left\u202c <i>\u2066inside\u2069</i>"
LINES = "one line<br>\nand another\tcolumn"
ALL = (IMAGE, LONG, TURNED, LINES)
TEXT = "\n\n".join(
    ["A headline " + IMAGE, f"The mayor said that {IMAGE} is true. {TURNED} {LONG[:300]}", LINES]
)


def hostile_scheme() -> Scheme:
    scheme = read_scheme(resource("schemes/default.toml"))
    labels = [
        replace(label, title=ALL[at % 4], guideline=IMAGE) if label.kind != "article" else label
        for at, label in enumerate(scheme.labels)
    ]
    return replace(scheme, title=IMAGE, guideline=IMAGE, labels=tuple(labels))


@pytest.fixture
def hostile(desk, tmp_path: Path):
    """Return a window on a project in which every name and text is hostile."""
    desk.session.create_project(tmp_path / "R&D <b>x<br>.annot", hostile_scheme(), IMAGE)
    desk.qtbot.waitUntil(lambda: desk.session.path is not None and "R&D" in desk.session.path.name)
    source = tmp_path / "R&D <i>news<br>.txt"
    source.write_text(TEXT, encoding="utf-8")
    desk.session.import_paths([source])
    desk.qtbot.waitUntil(lambda: desk.session.content is not None)
    desk.settle()
    fill(desk)
    desk.window.panels.show("checks")
    desk.window.panels.show("history")
    desk.settle()
    return desk


def fill(desk) -> None:
    article = desk.content.article.id
    at = desk.text.index("The mayor")

    def put(project: Project) -> object:
        return project.add_span(article, "CLAIM", [Fragment(at, at + 20)])

    desk.session.do(put)
    desk.session.do(lambda project: project.articles.change(article, title=IMAGE))
    desk.session.do(lambda project: project.add_actor(IMAGE))
    desk.session.do(lambda project: project.add_claim_card(IMAGE))
    desk.settle()
    claim = desk.content.spans[0]
    desk.session.do(lambda project: project.change_span(claim.id, note=IMAGE))
    desk.session.do(
        lambda project: project.add_frame(article, "ATTRIBUTION", [RoleEnd("claim", "span", claim.id)])
    )
    one = SuggestedSpan(
        new_id(), article, "PERSON", (Fragment(at, at + 9),), 0.9, IMAGE, f"{IMAGE} {LONG}", 1
    )
    plan = GivenSuggestions((one,), (article,), suggester=IMAGE)
    desk.session.do(lambda project: project.write_suggestions(plan, undoable=False))
    desk.settle()


def widgets() -> list[QWidget]:
    return [one for top in QApplication.topLevelWidgets() for one in (top, *top.findChildren(QWidget))]


def is_plain(tip: str) -> bool:
    """Tell whether a tool tip shows its text as it is: no markup but the wrapper that says it is escaped."""
    return not GuiQt.mightBeRichText(tip) or not re.search(r"<(?!/?qt>)", tip)


def cells(model: QAbstractItemModel, under: QModelIndex) -> Iterator[QModelIndex]:
    for row in range(min(model.rowCount(under), 50)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(under)):
            yield model.index(row, column, under)
        if not isinstance(model, QAbstractListModel):
            yield from cells(model, model.index(row, 0, under))


def look(desk) -> None:
    """Assert that nothing that is on the screen now could be taken for markup."""
    for one in widgets():
        if isinstance(one, QLabel) and one.text() and one.buddy() is None:
            assert one.textFormat() == Qt.TextFormat.PlainText, one.text()[:80]
        assert is_plain(one.toolTip()), one.toolTip()[:80]
        if isinstance(one, QAbstractButton) and "R&" in one.text():
            assert "R&&D" in one.text(), one.text()[:80]
        if isinstance(one, QTabBar):
            assert all(is_plain(one.tabToolTip(at)) for at in range(one.count()))
        if isinstance(one, QAbstractItemView) and one.model() is not None:
            tips = (
                cell.data(Qt.ItemDataRole.ToolTipRole) or "" for cell in cells(one.model(), QModelIndex())
            )
            assert all(is_plain(tip) for tip in tips), one
        for action in one.actions():
            assert is_plain(action.toolTip()), action.toolTip()[:80]
            assert "R&D" not in action.text(), action.text()[:80]
            assert len(action.text()) < 200


def everything(content: ArticleContent) -> list[Id]:
    return [one.id for kind in (content.spans, content.frames, content.suggested_spans) for one in kind]


def test_all_that_can_be_chosen(hostile) -> None:
    assert len(everything(hostile.content)) == 3
    for record in everything(hostile.content):
        hostile.session.choose(record)
        hostile.window.inspector.show_selected()
        hostile.settle()
        look(hostile)
    hostile.window.inspector.show_above()
    for tab in (0, 1):
        hostile.window.inspector.above.tabs.setCurrentIndex(tab)
        hostile.window.inspector.above.list.step(1)
        hostile.settle()
        look(hostile)


def test_windows_and_menus(hostile) -> None:
    hostile.session.choose(hostile.content.spans[0].id)
    for action in ("keys", "settings", "change_keys", "palette", "picker", "entity", "find_all"):
        hostile.do(action)
        look(hostile)
    hostile.window.prompt.stop()
    hostile.window.looks.open_settings("labels")
    hostile.window._on_context(hostile.window.view.rect().center(), hostile.content.spans[0].id)
    menus = [one for one in hostile.window.findChildren(QMenu) if one.isVisible()]
    assert menus
    look(hostile)
    for one in (*menus, *hostile.window.findChildren(QMenu)):
        one.close()


def test_names_of_files(hostile, tmp_path: Path) -> None:
    table = tmp_path / "a <b>table<br> & more.csv"
    table.write_text(f'"<i>R&D</i>","text"\n"{TURNED}","{IMAGE.replace(chr(34), "")}"\n', encoding="utf-8")
    bad = tmp_path / "<b>bad<br> & worse.txt"
    bad.write_bytes(b"\xff\xfe\xfa\x00\x81\x8d" * 9)
    hostile.window.files.take([table, bad])
    dialog = hostile.window.findChild(ImportDialog)
    hostile.qtbot.waitUntil(lambda: len(dialog.looked.files) == 2)
    for path in (table, bad):
        dialog.files.go_to(path)
        look(hostile)
    dialog.reject()
    sheet = ResultSheet("Import", Outcome(title=IMAGE, refused=ALL), hostile.window)
    sheet.show()
    hostile.session.warned.emit(IMAGE)
    hostile.window.banner.say(IMAGE, "Details", lambda: None)
    look(hostile)
    assert "<b>" in sheet.details.toPlainText()


def test_the_start_page(hostile) -> None:
    hostile.do("close")
    hostile.qtbot.waitUntil(hostile.window.start.isVisible)
    look(hostile)
    texts = [one.text() for one in hostile.window.start.findChildren(QAbstractButton)]
    assert any("R&&D <b>x<br>" in one for one in texts)


def test_windows_stay_within_the_screen(hostile) -> None:
    for record in everything(hostile.content):
        hostile.session.choose(record)
        hostile.settle()
        assert hostile.window.minimumSizeHint().width() <= 1280
    hostile.window.looks.open_settings("labels")
    assert hostile.window.looks._open.minimumSizeHint().width() <= 1280


def test_a_picture_named_in_a_title_is_not_opened_nor_asked_for(hostile, tmp_path: Path) -> None:
    """T-72: what Qt opens is not heard of in Python, so a file tells that itself, by when it was read."""
    picture = tmp_path / "picture.png"
    pixels = QPixmap(8, 8)
    pixels.fill(GuiQt.GlobalColor.red)
    assert pixels.save(str(picture))
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        places = (picture.as_uri(), f"http://127.0.0.1:{server.getsockname()[1]}/picture.png")
        title = "".join(f'<img src="{one}" width=4000 height=3000>' for one in places)
        article = hostile.content.article.id
        hostile.session.do(
            lambda project: project.articles.change(article, title=title, meta={"outlet": title})
        )
        hostile.settle()
        os.utime(picture, (1, picture.stat().st_mtime))
        for show in (hostile.window.inspector.show_article, hostile.window.inspector.show_above):
            show()
            hostile.settle()
            assert not hostile.window.grab().isNull()
        for one in QApplication.topLevelWidgets():
            one.grab()
        sheet = ResultSheet("Import", Outcome(title=title, refused=(title,)), hostile.window)
        sheet.show()
        hostile.session.warned.emit(title)
        hostile.settle()
        sheet.grab()
        assert hostile.window.windowTitle().startswith("<img"), "letter by letter"
        assert hostile.window.minimumSizeHint().width() <= 1280
        assert sheet.minimumSizeHint().width() <= 1280
        assert picture.stat().st_atime == 1
        with pytest.raises(BlockingIOError):
            server.accept()
    label = QLabel(f'<img src="{picture.as_uri()}">')
    label.grab()
    if picture.stat().st_atime == 1:
        pytest.skip("this file system does not tell when a file was read")


def test_the_check_itself_sees_markup() -> None:
    assert not is_plain(IMAGE)
    assert GuiQt.mightBeRichText(IMAGE)
    assert is_plain("<qt>&lt;b&gt;</qt>")
