"""Texts that would break a window: shown letter by letter, never widening or widening nothing."""

from __future__ import annotations

import time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QListView, QWidget

from annotator.model.ids import new_id
from annotator.model.records import Article, ArticleContent, Fragment, Frame, RoleEnd, Span
from annotator.ui.panels.card_shelf import CardShelf
from annotator.ui.panels.frame_cards import FrameCard
from annotator.ui.panels.inspector import Inspector
from annotator.ui.panels.names import Names, names_of
from annotator.ui.panels.widgets import tip_text
from annotator.ui.panels.words import brief, excerpt

HOSTILE = {
    "picture": "<img src=/etc/hostname width=4000 height=4000>",
    "comparison": "if a<b and c>d & more",
    "long": "x" * 10_000,
    "long words": "word " * 2_000,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈" * 50,
    "bidi": "\u202eשלום \u2067abc\u2069 مرحبا",
    "marks": "Z" + "\u0301" * 2_000,
    "template": "%s $(id) {count} %1 &amp; &File",
}


@pytest.fixture
def inspector(world: Any, themed: Any) -> Inspector:
    made = Inspector(world.session)
    made.set_theme(themed)
    made.resize(320, 640)
    world.show(made)
    return made


def labels(widget: QWidget) -> list[QLabel]:
    return [one for one in widget.findChildren(QLabel) if one.text()]


def make_hostile(world: Any, text: str) -> None:
    """Put the text into every place where a person or a file can put one."""
    ids, clean = world.ids, " ".join(text.split())
    world.do(lambda project: project.articles.change(ids["article"], title=text, meta={"outlet": text}))
    world.do(lambda project: project.change_span(ids["damage"], note=text, attributes={"normalized": clean}))
    world.do(lambda project: project.add_actor(text, aliases=(text,), role=text))
    actor = world.fetch(lambda project: project.actors())[-1].id
    world.do(lambda project: project.set_actor(ids["ministry"], actor))
    world.do(lambda project: project.link(ids["inner"], "implicit_source", "actor", actor))
    world.do(lambda project: project.add_claim_card(text, [ids["promise"]]))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_plain_and_widen_nothing(world: Any, inspector: Inspector, name: str) -> None:
    """T-72."""
    text = HOSTILE[name]
    width = inspector.minimumSizeHint().width()
    make_hostile(world, text)
    inspector.article.facts.more.click()
    for record in ("damage", "ministry", "promise", "inner", "first"):
        world.choose(record)
        inspector.show_selected()
        inspector.grab()
    inspector.show_above()
    for at in (0, 1):
        inspector.above.tabs.setCurrentIndex(at)
        inspector.above.list.step(-1)
        world.settle()
        inspector.grab()
    assert inspector.minimumSizeHint().width() <= width + 4
    assert inspector.width() == 320
    for label in labels(inspector):
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert len(label.text()) < 1_000
    for widget in inspector.findChildren(QWidget):
        tip = widget.toolTip()
        assert not tip or "<img" not in tip


def test_a_title_is_shown_letter_by_letter(world: Any, inspector: Inspector) -> None:
    make_hostile(world, HOSTILE["picture"])
    assert inspector.article.facts._title.text() == HOSTILE["picture"]
    assert inspector.article.facts.edits["title"].text() == HOSTILE["picture"]
    inspector.show_selected()
    world.choose("ministry")
    assert inspector.selected.span.actor.text() == HOSTILE["picture"]


def test_every_control_has_a_name(world: Any, inspector: Inspector) -> None:
    for record in ("damage", "first", "stance", "person"):
        world.choose(record)
    inspector.above.list.step(1)
    world.settle()
    kinds = (QAbstractButton, QLineEdit, QComboBox, QListView)
    nameless = [
        one
        for kind in kinds
        for one in inspector.findChildren(kind)
        if not one.accessibleName()
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and one.window() is inspector
    ]
    assert nameless == []


def test_large_text_fits_by_scrolling(world: Any, themed: Any, qapp: Any) -> None:
    usual = QFont(qapp.font())
    large = QFont(usual)
    large.setPointSizeF(usual.pointSizeF() * 2)
    qapp.setFont(large)
    try:
        inspector = Inspector(world.session)
        inspector.resize(340, 600)
        world.show(inspector)
        for record in ("damage", "first"):
            world.choose(record)
            inspector.show_selected()
            assert not inspector.grab().isNull()
        assert inspector.minimumSizeHint().width() <= 340
        assert inspector.minimumSizeHint().height() <= 600
    finally:
        qapp.setFont(usual)


@pytest.mark.parametrize("text", HOSTILE.values())
def test_tips_hold_no_markup_of_the_text(text: str) -> None:
    tip = tip_text(text)
    assert tip.startswith("<qt>")
    assert "<" not in tip.removeprefix("<qt>").removesuffix("</qt>")
    assert len(tip) < 5_000
    assert tip_text("") == ""


def test_brief_and_excerpt_cut_without_reading_everything() -> None:
    assert brief("a  b\n c") == "a b c"
    assert brief("x" * 500, 10) == "x" * 9 + "…"
    text = "one two three"
    assert excerpt(text, [Fragment(0, 3), Fragment(8, 13)]) == "one … three"


def test_a_circle_of_frames_is_walked_once(scheme: Any) -> None:
    article = Article(new_id(), "a", "t", "text", "")
    first, second, me = new_id(), new_id(), new_id()
    frames = (
        Frame(first, article.id, "ATTRIBUTION", (RoleEnd("parent", "frame", second),), me, 0),
        Frame(second, article.id, "ATTRIBUTION", (RoleEnd("parent", "frame", first),), me, 0),
    )
    names = names_of(ArticleContent(article, frames=frames), scheme)
    assert names.chain(frames[0]) == ("the author", "not said", "not said")
    assert len(cards_of(names)) == 2


def cards_of(names: Names) -> list[FrameCard]:
    shelf = CardShelf()
    shelf.take(names)
    for _ in shelf.make_some(60):
        pass
    return shelf.cards()


def test_ends_that_are_gone_are_said_in_words(scheme: Any) -> None:
    article, me = Article(new_id(), "a", "t", "text", ""), new_id()
    gone = new_id()
    kinds = ("span", "frame", "actor", "claim_card", "article")
    roles = tuple(RoleEnd("target", kind, gone) for kind in kinds)
    names = names_of(
        ArticleContent(article, frames=(Frame(new_id(), article.id, "STANCE", roles, me, 0),)), scheme
    )
    assert [names.end(end) for end in roles] == [
        "a span in another article",
        "a frame in another article",
        "an actor that is gone",
        "a claim card that is gone",
        "another article",
    ]


def test_hundreds_of_frames_cost_in_proportion(scheme: Any, qtbot: Any, themed: Any) -> None:
    from annotator.ui.panels.card_list import CardList

    def content(count: int) -> ArticleContent:
        text = "The minister said that all is well. " * count
        article, me = Article(new_id(), "a", "t", text, ""), new_id()
        spans = [
            Span(new_id(), article.id, "CLAIM", (Fragment(at * 36 + 18, at * 36 + 34),), me, 0)
            for at in range(count)
        ]
        frames = [
            Frame(new_id(), article.id, "ATTRIBUTION", (RoleEnd("claim", "span", one.id),), me, 0)
            for one in spans
        ]
        return ArticleContent(article, spans=tuple(spans), frames=tuple(frames))

    view = CardList("Frames")
    qtbot.addWidget(view)
    view.resize(320, 600)
    view.show()

    def cost(given: ArticleContent) -> float:
        start = time.thread_time()
        view.set_cards(cards_of(names_of(given, scheme)), None)
        view.grab()
        return time.thread_time() - start

    small, large = content(50), content(500)
    cost(large)
    few = cost(small)
    assert cost(large) < 40 * max(few, 0.001)
    assert len(view.cards) == 500
    assert view.findChildren(QAbstractButton) == []
