"""The strip above the article: room for what is long, what stays in view, and where it is seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from annotator.services.project import Project

_LONG = "A sentence that is longer than the bar, " * 12
_PATH = f"{'x' * 240}.annot lies in a synced folder."


@pytest.mark.parametrize("size", [13, 26])
def test_words_without_an_end_neither_are_cut_nor_widen_the_window(desk, size: int) -> None:
    window = desk.window
    window.resize(1000, 600)
    desk.qtbot.waitUntil(lambda: window.width() == 1000)
    banner = window.banner
    font = banner.font()
    font.setPointSize(size)
    banner.text.setFont(font)
    least = window.minimumSizeHint().width()
    banner.tell(_PATH)
    desk.qtbot.waitUntil(lambda: banner.room.height() >= 2 * banner.text.fontMetrics().lineSpacing())
    assert window.minimumSizeHint().width() == least
    assert banner.minimumSizeHint().width() <= window.minimumWidth()
    words = banner.text.text().split("\u200b")
    assert "".join(words) == _PATH == banner.text.accessibleName()
    advance = banner.text.fontMetrics().horizontalAdvance
    assert max(map(advance, " ".join(words).split())) <= banner.room.viewport().width()


def test_words_that_come_while_it_is_hidden_get_their_lines(desk) -> None:
    window, banner = desk.window, desk.window.banner
    window.resize(1200, 816)
    desk.qtbot.waitUntil(lambda: window.width() == 1200)
    one = "Made a dataset in texts-dataset; articles: train 13, dev 2, test 1."
    two = "Exported and compared: 25 articles, 2,399 spans, 807 frames, less what the format cannot hold"
    for words in (one, f"{two}, in texts."):
        desk.settle()
        banner.say(words, "Details", banner.hide)
        desk.settle()
        lines = banner.text.heightForWidth(banner.text.width())
        assert banner.room.height() >= lines
        banner.button.click()
    assert lines > banner.text.fontMetrics().height()


def test_no_word_is_cut_beside_a_button(desk) -> None:
    window, banner = desk.window, desk.window.banner
    window.resize(800, 600)
    font = banner.font()
    font.setPointSize(26)
    banner.text.setFont(font)
    banner.say("Articles imported: 3", "Details", banner.hide)
    wide = banner.text.fontMetrics().horizontalAdvance("imported:")
    desk.qtbot.waitUntil(lambda: banner.text.width() >= wide)
    assert banner.room.viewport().width() >= wide


def test_a_long_text_leaves_the_article_its_room_and_is_scrolled_by_keys(desk) -> None:
    window, banner = desk.window, desk.window.banner
    window.resize(800, 600)
    banner.tell("One sentence.")
    desk.qtbot.waitUntil(banner.isVisible)
    assert banner.room.focusPolicy() == Qt.FocusPolicy.NoFocus
    banner.tell("word " * 800)
    bar = banner.room.verticalScrollBar()
    desk.qtbot.waitUntil(lambda: bar.maximum() > 0)
    desk.qtbot.waitUntil(lambda: window.view.height() > window.height() // 2)
    assert banner.room.focusPolicy() == Qt.FocusPolicy.TabFocus
    banner.room.setFocus(Qt.FocusReason.TabFocusReason)

    desk.qtbot.keyClick(banner.room, Qt.Key.Key_Down)

    desk.qtbot.keyClick(banner.room, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    banner.tell("another " * 800)
    assert bar.value() == 0


def test_a_long_sentence_is_told_below_what_is_to_be_read(desk) -> None:
    window, banner = desk.window, desk.window.banner
    window.resize(800, 600)
    desk.session.noticed.emit("Not closed properly.")
    for sentence in (_LONG, _LONG + "again"):
        desk.session.warned.emit(sentence)
        assert banner.text.text() == f"Not closed properly.\n{sentence}"
    banner.close_button.click()
    desk.session.warned.emit(_LONG)
    assert banner.text.text() == _LONG
    desk.session.warned.emit(_LONG + "again")
    assert banner.text.text() == _LONG + "again"


def test_a_long_sentence_leaves_what_there_is_to_do(desk) -> None:
    banner, done = desk.window.banner, list[str]()
    desk.window.resize(800, 600)
    banner.say("Not saved.", "Try again", lambda: done.append("again"), must_stay=True)
    desk.session.warned.emit(_LONG)
    assert banner.text.text() == f"Not saved.\n{_LONG}"
    banner.button.click()
    assert done == ["again"]
    assert banner.isVisible()


def test_what_there_is_to_know_is_seen_in_a_project_without_articles(desk, tmp_path: Path) -> None:
    path = tmp_path / "empty.annot"
    Project.create(path, desk.session.scheme, "Ada").close()
    path.with_name(path.name + ".lock").write_text("")  # as a program leaves it that was killed
    desk.session.open_project(path)
    desk.qtbot.waitUntil(lambda: desk.session.path == path)
    desk.settle()
    assert desk.window.middle.currentWidget() is desk.window.empty
    assert desk.window.banner.isVisible()
    assert "was not closed properly" in desk.window.banner.text.text()
    desk.session.close_project()
    assert not desk.window.banner.isVisible()


def test_it_is_hidden_by_a_key_and_the_article_has_the_keys_again(desk) -> None:
    banner = desk.window.banner
    banner.tell("Something to read.")
    banner.close_button.setFocus(Qt.FocusReason.TabFocusReason)
    desk.qtbot.keyClick(banner.close_button, Qt.Key.Key_Space)
    assert not banner.isVisible()
    assert desk.window.view.hasFocus()


def test_the_sign_that_hides_it_grows_with_the_letters(desk) -> None:
    banner = desk.window.banner
    banner.tell("Learned from the labels.")
    usual = banner.close_button.iconSize().height()
    desk.window.settings.choose("window_size", 200)
    desk.qtbot.waitUntil(lambda: banner.close_button.iconSize().height() > 1.5 * usual, timeout=5000)
