"""Texts of a size or a kind that made others slow: they open, move and take a label."""

import importlib.util
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF
from shared_data import SHARED

from annotator.model.ids import new_id, new_ids
from annotator.model.records import Fragment, Span
from annotator.model.text import settle
from annotator.ui.article_view.view import ArticleView

Show = Callable[..., ArticleView]
GENERATOR = SHARED / "tools/hostile/make_hostile.py"
MILLION = 1_000_000
BIG = {
    "one word": "x" * MILLION,
    "one line": "word " * (MILLION // 5),
    "brackets": "(" * 30_000,
    "marks": "a" + "\u0301" * 100_000 + " end",
    "towers": "".join(letter + "\u0301\u0316\u0334" * 7 for letter in "the minister said ") * 100,
    "empty lines": "\n" * 300_000 + "end",
    "short lines": "ab\n" * 50_000,
    "turned": "\u202b a" * 20_000,
    "ligature": "\ufdfd" * 5_000,
    "thai": "รัฐมนตรีกล่าวเมื่อวันจันทร์" * 100,
    "flags": "🇩🇪" * 20_000,
    "blanks": " " * 200_000 + "end",
}


@pytest.mark.parametrize("name", BIG)
def test_it_opens_moves_and_takes_a_label(show: Show, make, name: str) -> None:
    """T-73."""
    text = BIG[name]
    view = show(make(text).content(), 800, 500)
    view.grab()
    for where in (len(text) // 2, len(text) - 1, 0):
        view.reveal(where)
        view.caret = where
        view.move_caret("token", 1)
        view.move_caret("line", 1, extend=True)
        view.grow()
        view.proposed("span")
    content = view.content
    assert content is not None
    middle = len(text) // 2
    span = Span(new_id(), content.article.id, "CLAIM", (Fragment(middle, middle + 9),), new_id(), 0)
    view.update_content(replace(content, spans=(span,)))
    view.resize(600, 400)
    assert not view.grab().isNull()
    assert len(view.page.column._laid) <= 256


@pytest.mark.skipif(not GENERATOR.exists(), reason="the hostile files are not at hand")
def test_hostile_files_of_every_kind_of_character_open_and_move(show: Show, make, tmp_path: Path) -> None:
    """T-73: those that are taken in; work is bounded by what is laid out, as tests keep no time."""
    spec = importlib.util.spec_from_file_location("make_hostile", GENERATOR)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ROOT = tmp_path
    module.unicode_text()  # the others take seconds to be made
    files = sorted((tmp_path / "uni").glob("*.txt"))
    assert len(files) > 15
    for path in files:
        view = show(make(settle(path.read_bytes().decode("utf-8-sig")).text).content(), 800, 500)
        text = view.content.article.text
        for where in (len(text) // 2, max(len(text) - 1, 0)):
            view.reveal(where)
            view.caret = where
            view.move_caret("token", 1)
        assert not view.grab().isNull(), path.name
        assert len(view.page.column._laid) <= 256, path.name


def test_a_million_characters_with_ten_thousand_spans_lay_out_what_is_seen(show: Show, make) -> None:
    text = ("The minister said on Monday that the plan would go on as agreed. " * 8 + "\n\n") * 1900
    content = make(text).content()
    step = len(text) // 10_000
    article, annotator = content.article.id, new_id()
    spans = tuple(
        Span(
            name,
            article,
            "CLAIM" if at % 3 else "PERSON",
            (Fragment(at * step, at * step + 30),),
            annotator,
            0,
        )
        for at, name in enumerate(new_ids(10_000))
    )
    view = show(replace(content, spans=spans), 900, 600)
    view.grab()
    assert len(view.page.column._laid) < 20
    for share in (0.9, 0.1, 0.5):
        view.verticalScrollBar().setValue(int(view.verticalScrollBar().maximum() * share))
        view.grab()
    assert len(view.page.column._laid) < 80


@pytest.mark.parametrize("count", [20_000])
def test_very_many_spans_on_one_paragraph_fold(show: Show, make, count: int) -> None:
    maker = make("word " * 2000)
    content = maker.content()
    spans = tuple(
        Span(
            name, content.article.id, "CLAIM", (Fragment(at % 9000, at % 9000 + 4 + at // 9000),), new_id(), 0
        )
        for at, name in enumerate(new_ids(count))
    )
    view = show(replace(content, spans=spans), 900, 600)
    assert not view.grab().isNull()
    assert view.page.column.laid(0).lines[0].folded


def test_where_no_font_is_installed_the_article_is_set_all_the_same(
    show: Show, make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFontMetricsF, "horizontalAdvance", lambda *_: 0.0)
    view = show(make("Nothing has a width.").content())
    assert view.page.rects(Fragment(0, 7))
