"""A page full of suggestions is calm at rest, and shows the current one as one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from annotator.model.ids import new_id
from annotator.model.records import ArticleContent, Fragment, RoleEnd, SuggestedFrame
from annotator.model.resources import resource
from annotator.model.scheme import Scheme, read_scheme
from annotator.ui.article_view.pieces import Line
from annotator.ui.article_view.setting import NUMBER, ROOM
from annotator.ui.article_view.tags import passing_tags
from annotator.ui.article_view.view import ArticleView
from benchmarks import articles


@pytest.fixture(scope="module")
def default() -> Scheme:
    return read_scheme(resource("schemes/default.toml"))


@pytest.fixture
def open_in(show: Callable[..., ArticleView], default: Scheme) -> Callable[..., ArticleView]:
    def opened(content: ArticleContent, width: int = 900, height: int = 1200) -> ArticleView:
        view = show(None, width, height)
        view.set_content(content, default)
        return view

    return opened


def lines(view: ArticleView) -> Iterator[Line]:
    for section in range(len(view.page.column.heights)):
        yield from view.page.column.laid(section).lines


def picture(view: ArticleView) -> QImage:
    view.viewport().repaint()
    return view.viewport().grab().toImage()


def tags_of(view: ArticleView) -> list[list[tuple[str, QRectF]]]:
    """Return the tags that are shown beside those at rest, line by line."""
    page = view.page
    shown = page._shown(has_focus=True, lines_shown=False)
    return [
        [
            (text, rect)
            for _, rect, text in passing_tags(
                line, shown.picked, shown.crumbs, page.column.setting, turned=False
            )
        ]
        for line in lines(view)
    ]


def test_the_article_holds_thirty_suggested_frames() -> None:
    content = articles.suggested()
    assert len(content.suggested_frames) == 30
    assert not content.frames


def test_at_rest_a_suggestion_is_a_line_under_its_words(open_in: Callable[..., ArticleView]) -> None:
    content = articles.suggested()
    plain = ArticleContent(content.article, content.blocks, content.spans)
    with_all, without = picture(open_in(content)), picture(open_in(plain))
    view = open_in(content)
    assert [tag for line in lines(view) for tag in line.tags] == []
    claim = next(one for one in content.suggested_spans if one.label == "CLAIM")
    (rect, *_) = view.page.rects(Fragment(claim.start, claim.start + 9))
    area = rect.toRect().adjusted(0, -12, 0, -4)  # the words and what is above them
    assert with_all.copy(area) == without.copy(area)
    under = rect.toRect().adjusted(0, rect.toRect().height() - 4, 0, 4)
    assert with_all.copy(under) != without.copy(under)


@pytest.mark.parametrize("width", [560, 760, 1280])
def test_the_current_suggestion_names_its_parts(open_in: Callable[..., ArticleView], width: int) -> None:
    content = articles.suggested(2)
    view = open_in(content, width)
    before = [line.base for line in lines(view)]
    most = view.viewport().width() - view.page.left
    for frame in content.suggested_frames:
        view.choose(frame.id)
        found = tags_of(view)
        names = sorted(text for tags in found for text, _ in tags)
        assert names == ["CLAIM", "CUE", "SOURCE"]
        for tags in found:
            assert not any(one.intersects(other) for (_, one), (_, other) in combinations(tags, 2))
            assert all(0 <= rect.left() <= rect.right() <= most for _, rect in tags)
    assert [line.base for line in lines(view)] == before


def test_the_suggestion_under_the_pointer_names_its_parts(open_in: Callable[..., ArticleView]) -> None:
    content = articles.suggested(1)
    view = open_in(content)
    assert sum(map(len, tags_of(view))) == 0
    cue = next(one for one in content.suggested_spans if one.label == "CUE")
    view.page.hovered = cue.id
    assert sorted(text for tags in tags_of(view) for text, _ in tags) == ["CLAIM", "CUE", "SOURCE"]
    before = picture(view)
    view.page.hovered = None
    assert picture(view) != before


def test_a_suggestion_inside_another_shows_who_passed_it_on(show: Callable[..., ArticleView], maker) -> None:
    outer_source, outer = maker.guess("SOURCE", "Deputy Mayor Ana Ruiz"), new_id()
    source, claim = maker.guess("SOURCE", "she"), maker.guess("CLAIM", "We will build,")
    frames = (
        (outer, (RoleEnd("source", "span", outer_source.id),)),
        (
            new_id(),
            (
                RoleEnd("source", "span", source.id),
                RoleEnd("claim", "span", claim.id),
                RoleEnd("parent", "frame", outer),
            ),
        ),
    )
    maker.suggested_frames += [
        SuggestedFrame(own, maker.article.id, "ATTRIBUTION", ends, 0.5, "test", "", 0) for own, ends in frames
    ]
    view = show(maker.content())
    (crumbs,) = (one for line in lines(view) for one in line.crumbs)
    assert "Ana Ruiz" in crumbs.text
    view.choose(frames[1][0])
    for line in lines(view):
        shown = view.page._shown(has_focus=True, lines_shown=False)
        tags = passing_tags(line, shown.picked, shown.crumbs, view.page.column.setting, turned=False)
        assert not any(rect.intersects(one.rect) for _, rect, _ in tags for one in line.crumbs)


@pytest.mark.parametrize("width", [520, 900])
def test_a_breadcrumb_leaves_the_tags_of_suggested_parts_at_their_words(
    show: Callable[..., ArticleView], maker, width: int
) -> None:
    outer_source, outer = maker.guess("SOURCE", "Deputy Mayor Ana Ruiz"), new_id()
    claim, cue = maker.guess("CLAIM", "We will build,"), maker.guess("CUE", "said")
    inner = new_id()
    ends = {
        outer: (RoleEnd("source", "span", outer_source.id),),
        inner: (
            RoleEnd("cue", "span", cue.id),
            RoleEnd("claim", "span", claim.id),
            RoleEnd("parent", "frame", outer),
        ),
    }
    plain = [line.base for line in lines(show(maker.content(), width))]
    maker.suggested_frames += [
        SuggestedFrame(own, maker.article.id, "ATTRIBUTION", roles, 0.5, "test", "", 0)
        for own, roles in ends.items()
    ]
    view = show(maker.content(), width)
    assert [line.base for line in lines(view)] == plain, "at rest the lines stand as without it"
    view.choose(inner)
    page, found = view.page, {}
    shown = page._shown(has_focus=True, lines_shown=False)
    for line in lines(view):
        tags = passing_tags(line, shown.picked, shown.crumbs, page.column.setting, turned=False)
        starts = {fill.record.id: fill.left for fill in line.fills}
        found |= {record.id: rect.left() - starts[record.id] for record, rect, _ in tags}
        assert not any(rect.intersects(one.rect) for _, rect, _ in tags for one in line.crumbs)
    assert {found[claim.id], found[cue.id], *found.values()} == {0}
    (crumbs,) = (one for line in lines(view) for one in line.crumbs)
    assert 0 <= crumbs.left <= crumbs.left + crumbs.width <= page.column.setting.column + ROOM


def test_numbers_of_paragraphs_are_seen_whole_with_large_text(open_in: Callable[..., ArticleView]) -> None:
    view = open_in(articles.suggested(1), 650)
    for points in (8.0, 13.0, 26.0, 32.0):
        view.set_text_size(points)
        setting = view.page.column.setting
        assert view.page.left - NUMBER >= setting.number_width
        assert view.page.left + setting.column <= view.viewport().width()
