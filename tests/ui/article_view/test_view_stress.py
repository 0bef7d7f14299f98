"""Forty frames on one page, attributions five deep, and text from right to left: all of it can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from annotator.model.ids import Id
from annotator.model.records import ArticleContent, Span
from annotator.model.resources import resource
from annotator.model.scheme import Scheme, read_scheme
from annotator.ui.article_view import frames as frames_module
from annotator.ui.article_view.frames import route
from annotator.ui.article_view.hits import edge_under, fills_under
from annotator.ui.article_view.inks import ground
from annotator.ui.article_view.joining import tag_rects
from annotator.ui.article_view.lanes import first_free, widest_gap
from annotator.ui.article_view.layout import Laid
from annotator.ui.article_view.pieces import Line
from annotator.ui.article_view.setting import Setting
from annotator.ui.article_view.tags import crumbs_text
from annotator.ui.article_view.theme import LIGHT
from annotator.ui.article_view.view import ArticleView
from benchmarks import articles

DEEPEST = "the author › The Herald › an agency › an official › the minister › Mayor Otto Falk"
_ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))
stretches = st.lists(st.tuples(st.floats(0, 90), st.floats(1, 30)), max_size=8)


@pytest.fixture(scope="module")
def default() -> Scheme:
    return read_scheme(resource("schemes/default.toml"))


@pytest.fixture
def open_in(show: Callable[..., ArticleView], default: Scheme) -> Callable[..., ArticleView]:
    def opened(content: ArticleContent, width: int = 900, height: int = 900) -> ArticleView:
        view = show(None, width, height)
        view.set_content(content, default)
        return view

    return opened


def lines(view: ArticleView) -> Iterator[tuple[Laid, Line]]:
    for section in range(len(view.page.column.heights)):
        laid = view.page.column.laid(section)
        for line in laid.lines:
            yield laid, line


def claim_of(content: ArticleContent, words: str) -> Span:
    text = content.article.text
    found = [one for one in content.spans if one.label == "CLAIM"]
    return next(one for one in found if text[one.start : one.end].startswith(words))


def attribution(content: ArticleContent, claim: Id) -> Id:
    return next(one.id for one in content.frames if one.label == "ATTRIBUTION" and claim in one.ends("claim"))


def test_the_page_holds_forty_frames() -> None:
    content = articles.stress()
    assert len(content.frames) == 40
    assert len(articles.stress(3).frames) == 120


@pytest.mark.parametrize("width", [560, 760, 1280])
def test_tags_and_breadcrumbs_stand_apart(open_in: Callable[..., ArticleView], width: int) -> None:
    view = open_in(articles.stress(), width)
    crumbs = 0
    for _, line in lines(view):
        tags = [tag.rect for tag in line.tags]
        assert not any(one.intersects(other) for one, other in combinations(tags, 2))
        for one in line.crumbs:
            crumbs += 1
            assert not any(one.rect.intersects(tag) for tag in tags)
            assert line.top <= one.rect.top()
            assert 0 <= one.left <= one.left + one.width <= view.page.column.setting.column
    assert crumbs == 8


def test_a_nested_attribution_shows_who_passed_it_on(open_in: Callable[..., ArticleView]) -> None:
    content = articles.stress()
    view = open_in(content)
    claim = claim_of(content, "that the bridge would hold")
    found = [one for _, line in lines(view) for one in line.crumbs if one.record.id == claim.id]
    assert [one.text.translate(_ISOLATES) for one in found] == [DEEPEST]
    assert view.page._crumbs is None
    view.choose(attribution(content, claim.id))
    assert view.page._crumbs == claim.id
    assert view.page.column.marks.chain_of(claim_of(content, "all three").id) == ()


def test_a_breadcrumb_without_room_leaves_out_the_middle(qapp: object) -> None:
    setting = Setting(LIGHT, 13, 96, 600)
    steps = ("the author", *(f"person number {number}" for number in range(9)))
    text = crumbs_text(steps, setting, 300).translate(_ISOLATES)
    assert text.startswith("the author › … › person number ")
    assert text.endswith("person number 8")
    assert setting.tag_width(text) <= 300


def test_another_source_changes_the_breadcrumbs_below_it(open_in: Callable[..., ArticleView]) -> None:
    content = articles.stress()
    view = open_in(content)
    (source,) = (one for one in content.spans if content.article.text[one.start : one.end] == "an agency")
    spans = tuple(one for one in content.spans if one.id != source.id)
    view.update_content(ArticleContent(content.article, content.blocks, spans, content.frames))
    texts = [one.text.translate(_ISOLATES) for _, line in lines(view) for one in line.crumbs]
    assert DEEPEST.replace("an agency", "not said") in texts


def test_what_lies_under_words_does_not_add_up(open_in: Callable[..., ArticleView]) -> None:
    """Five claims in one another: the ground is that of one claim, so that the words can be read."""
    content = articles.stress()
    view = open_in(content)
    view.caret = len(content.article.text)
    view.verticalScrollBar().setValue(0)
    claim = claim_of(content, "that the bridge would hold")
    page = view.page
    rect = page.rects(claim.fragments[0])[0]
    laid, point = page.local(rect.center()) or pytest.fail("not in view")
    fill = next(one for one in laid.line_below(point.y()).fills if one.record.id == claim.id)
    assert fill.lane == 4
    picture = view.viewport().grab().toImage()
    row = int(rect.top()) + 6
    found = {picture.pixelColor(x, row).name() for x in range(int(rect.left()) + 2, int(rect.right()))}
    theme = page.inks.theme
    assert {ground(theme, "CLAIM", "tint"), ground(theme, "CLAIM", "deep")} & found
    assert QColor(ground(theme, "CLAIM", "strong")).name() not in found


def test_lines_of_frames_keep_clear_of_the_text(open_in: Callable[..., ArticleView]) -> None:
    view = open_in(articles.stress())
    view.show_all_frames = True
    page = view.page
    visible = list(page.column.visible())
    bands = [
        QRectF(page.left, top + line.base - line.up + 1, page.column.setting.column, line.up - 2)
        for _, top, laid in visible
        for line in laid.lines
    ]
    count = 0
    for joined in page._joined(visible):
        for path in route(joined.parts, page.left - 10):
            for (x, y), (x2, y2) in pairwise(path):
                if y == y2:
                    count += 1
                    for level in frames_module._LEVELS:
                        piece = QRectF(min(x, x2), y + level, abs(x2 - x), 1)
                        assert not any(piece.intersects(band) for band in bands)
    assert count > 60
    assert len(list(tag_rects(visible, page.left))) > 60
    assert not view.grab().isNull()


@given(stretches, st.tuples(st.floats(0, 90), st.floats(1, 30)))
def test_a_lane_is_free_or_the_emptiest(
    taken: list[tuple[float, float]], wanted: tuple[float, float]
) -> None:
    lanes: list[list[tuple[float, float]]] = [[], [], []]
    for start, length in taken:
        first_free(lanes, (start, start + length))
    low, high = wanted[0], wanted[0] + wanted[1]
    sizes = [len(lane) for lane in lanes]
    found = first_free(lanes, (low, high), keep=False)
    free = [at for at, lane in enumerate(lanes) if all(high <= one or other <= low for one, other in lane)]
    assert found == (free[0] if free else sizes.index(min(sizes)))
    assert [len(lane) for lane in lanes] == sizes


@given(stretches)
def test_the_widest_gap_is_empty(taken: list[tuple[float, float]]) -> None:
    spans = [(start, start + length) for start, length in taken]
    low, high = widest_gap((10, 80), spans)
    assert 10 <= low <= high <= 80
    assert all(high <= start or end <= low for start, end in spans) or low == high


# --- from right to left ---


def test_each_span_of_a_turned_text_opens_and_closes_once(open_in: Callable[..., ArticleView]) -> None:
    content = articles.right_to_left()
    view = open_in(content)
    opened = [fill for _, line in lines(view) for fill in line.fills if fill.opens]
    closed = [fill for _, line in lines(view) for fill in line.fills if fill.closes]
    pieces = sum(len(one.fragments) for one in content.spans)
    assert len(opened) == len(closed) == pieces
    tagged = {tag.record.id for _, line in lines(view) for tag in line.tags}
    assert tagged == {one.id for one in content.spans if not view.page.column.marks.is_entity(one)}


def test_tags_of_a_turned_paragraph_stand_over_the_right_end(open_in: Callable[..., ArticleView]) -> None:
    content = articles.right_to_left()
    view = open_in(content)
    turned = [(laid, line) for laid, line in lines(view) if laid.starts_right]
    assert len(turned) >= 4
    low = 0
    for laid, line in turned:
        assert all(tag.left >= 0 for tag in line.tags)
        for tag in line.tags:
            fill = laid.places[tag.record.id][1]
            assert tag.stem == fill.right
            low += abs(tag.left + tag.width - fill.right) < 1
    assert low >= 12


def test_the_start_of_turned_words_is_dragged_at_their_right_edge(
    open_in: Callable[..., ArticleView],
) -> None:
    content = articles.right_to_left()
    view = open_in(content)
    name = content.article.text.index("שירה")
    span = next(one for one in content.spans if one.start == name)
    laid, point = view.page.local(view.page.rects(span.fragments[0])[0].center()) or pytest.fail("unseen")
    fill = next(one for one in laid.line_below(point.y()).fills if one.record.id == span.id)
    assert fill.turned
    y = fill.rect.center().y()
    assert edge_under(laid, QPointF(fill.rect.right(), y), span.id) == (0, "start")
    assert edge_under(laid, QPointF(fill.rect.left(), y), span.id) == (0, "end")


def test_plus_n_stands_for_what_is_folded(show: Callable[..., ArticleView], make) -> None:
    maker = make("x " * 40)
    for step in range(20):
        maker.span("CLAIM", (step, 70 - step))
    view = show(maker.content())
    laid = view.page.column.laid(0)
    line = laid.lines[0]
    point = laid.folded_rect(line).center()
    assert fills_under(laid, point) == line.folded
    assert len(line.folded) == 14
    rest = view.viewport().grab().toImage()
    view.choose(line.folded[0].id)
    assert view.viewport().grab().toImage() != rest
