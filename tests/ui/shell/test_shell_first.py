"""The first minute: Enter on the start page, an empty project, what the status bar says of keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from annotator.model.scheme import Scheme
from annotator.ui.key_hint import KeyHint, parted
from annotator.ui.settings import Settings


def test_enter_opens_what_has_the_focus(open_desk, sample: Path) -> None:
    desk = open_desk()
    assert desk.window.start.first() is desk.window.start.sample
    desk.window.start.show_recent((sample,))
    desk.qtbot.keyClick(desk.window.start.first(), Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: desk.session.content is not None)
    assert desk.session.path == sample


def test_an_empty_project_says_what_to_do(desk, open_desk, tmp_path: Path) -> None:
    window = desk.window
    assert window.middle.currentIndex() == 1
    scheme = desk.session.scheme
    assert isinstance(scheme, Scheme)
    desk.session.create_project(tmp_path / "new.annot", scheme, "A")
    desk.qtbot.waitUntil(lambda: desk.session.path == tmp_path / "new.annot")
    desk.settle()
    assert window.middle.currentWidget() is window.empty
    assert window.view.content is None
    assert "no articles yet" in window.empty.title.text()


def test_nothing_is_said_to_be_missing_while_a_project_is_on_its_way(open_desk, sample: Path) -> None:
    desk = open_desk()
    pages: list[int] = []
    desk.window.middle.currentChanged.connect(pages.append)
    desk.open(sample)
    assert pages == [1]


def test_the_folder_of_dialogs_is_there(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.folder = tmp_path / "gone"
    assert settings.folder == Path.home()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("c claim", ("c", "claim")),
        (", . < > edges", (", . < >", "edges")),
        ("Tab next suggestion", ("Tab", "next suggestion")),
        ("Esc", ("Esc", "")),
        ("Selection:", ("", "Selection:")),
        ("Suggested Claim (name beside it):", ("", "Suggested Claim (name beside it):")),
        ("Enter accepts", ("Enter", "accepts")),
    ],
)
def test_keys_are_told_from_words(text: str, parts: tuple[str, str]) -> None:
    assert parted(text) == parts


def test_keys_and_sentences_are_painted(qtbot) -> None:
    hint = KeyHint()
    qtbot.addWidget(hint)
    hint.resize(400, 24)
    hint.show_keys("c claim   s source")
    keys = hint.grab().toImage()
    hint.show_sentence("c claim   s source")
    assert hint.text() == "c claim   s source"
    assert hint.grab().toImage() != keys
