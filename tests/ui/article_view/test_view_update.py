"""The view after a change: what was touched is drawn anew, and nothing else moves."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.model.ids import new_id
from annotator.model.records import Fragment, Span
from annotator.ui.article_view import marks
from annotator.ui.article_view.heights import Heights
from annotator.ui.article_view.layout import Laid
from annotator.ui.article_view.marks import difference
from annotator.ui.article_view.page import Page
from annotator.ui.article_view.tags import passing_tags
from annotator.ui.article_view.view import ArticleView

Show = Callable[..., ArticleView]
LONG = "".join(
    f"Paragraph {number} has some words in it and goes on for a while.\n\n" for number in range(300)
)


@pytest.fixture
def long_view(show: Show, make) -> ArticleView:
    return show(make(LONG).content(), 700, 400)


def laid(view: ArticleView) -> dict[int, object]:
    return dict(view.page.column._laid)


def test_one_label_lays_one_paragraph_out_anew(show: Show, maker) -> None:
    view = show(maker.content())
    before = laid(view)
    maker.span("CLAIM", "told reporters")
    view.update_content(maker.content())
    after = laid(view)
    assert [section for section in before if before[section] is not after[section]] == [1]


def test_a_label_leaves_the_lines_of_its_text_as_they_were_shaped(show: Show, maker) -> None:
    view = show(maker.content())
    column = view.page.column
    shaped = column.laid(1)._layout
    maker.span("CLAIM", "told reporters")
    view.update_content(maker.content())
    after = column.laid(1)
    anew = Laid(column.source(1), column.marks.by_section[1], column.marks, column.setting)
    assert after._layout is shaped
    assert [line.fills for line in after.lines if line.fills]
    assert all(one.looks_like(other) for one, other in zip(after.lines, anew.lines, strict=True))
    assert [one.line.position() for one in after.lines] == [one.line.position() for one in anew.lines]
    view.set_text_size(20)
    assert column.laid(1)._layout is not shaped


def test_caret_selection_and_place_stay(long_view: ArticleView, make) -> None:
    view, content = long_view, long_view.content
    assert content is not None
    view.verticalScrollBar().setValue(3000)
    view.select(Fragment(7000, 7010))
    view.choose(new_id())
    place, value = view.position(), view.verticalScrollBar().value()
    span = Span(new_id(), content.article.id, "CLAIM", (Fragment(20, 60),), new_id(), 0)
    view.update_content(replace(content, spans=(span,)))
    assert (view.position(), view.selection, view.chosen_id is not None) == (
        place,
        Fragment(7000, 7010),
        True,
    )
    assert abs(view.verticalScrollBar().value() - value) <= 1


def test_the_same_records_made_anew_change_nothing(show: Show, maker) -> None:
    maker.span("CLAIM", "told reporters")
    view = show(maker.content())
    before = laid(view)
    maker.spans = [replace(span) for span in maker.spans]
    view.update_content(maker.content())
    assert laid(view) == before


def test_a_stance_changes_the_tag_of_its_target(show: Show, maker) -> None:
    source, claim = maker.span("SOURCE", "Ana Ruiz"), maker.span("CLAIM", "told reporters")
    view = show(maker.content())

    def tags() -> list[str]:
        return [tag.text for line in view.page.column.laid(1).lines for tag in line.tags]

    assert tags() == ["SOURCE", "CLAIM"]
    frame = maker.frame("STANCE", "deny", holder_mention=source, target=claim)
    view.update_content(maker.content())
    assert tags() == ["SOURCE", "CLAIM −"]
    maker.frames = [replace(frame, attributes={"value": "question"})]
    view.update_content(maker.content())
    assert tags() == ["SOURCE", "CLAIM ?"]
    maker.frames = []
    view.update_content(maker.content())
    assert tags() == ["SOURCE", "CLAIM"]


def test_a_removed_span_is_gone(show: Show, maker) -> None:
    span = maker.span("CLAIM", "the plan", "late")
    view = show(maker.content())
    assert {section for section, found in view.page.column.marks.by_section.items() if found} == {1, 2}
    maker.spans.remove(span)
    view.update_content(maker.content())
    assert not any(view.page.column.marks.by_section.values())
    assert view.page.column.marks.records == {}


def test_another_text_starts_at_its_beginning(long_view: ArticleView, make) -> None:
    long_view.verticalScrollBar().setValue(3000)
    long_view.caret = 500
    long_view.update_content(make("Another text.").content())
    assert (long_view.caret, long_view.verticalScrollBar().value()) == (0, 0)


def test_changed_blocks_are_set_anew(show: Show, maker) -> None:
    view = show(maker.content())
    before = view.page.column.laid(0).block.look
    maker.block("headline", "Mayor stands firm")
    view.update_content(maker.content())
    assert view.page.column.laid(0).block.look.size > before.size


def test_the_reader_stays_at_the_same_words_when_size_and_width_change(long_view: ArticleView) -> None:
    long_view.restore_position((120, 0.0))
    assert long_view.position()[0] == 120
    long_view.set_text_size(18)
    assert long_view.position()[0] == 120
    long_view.resize(500, 300)
    assert long_view.position()[0] == 120


def test_a_position_is_given_back(long_view: ArticleView) -> None:
    long_view.verticalScrollBar().setValue(4321)
    place = long_view.position()
    long_view.verticalScrollBar().setValue(0)
    long_view.restore_position(place)
    assert long_view.position()[0] == place[0]
    assert long_view.position()[1] == pytest.approx(place[1], abs=0.05)


def test_scrolling_down_and_up_again_leads_back(show: Show, make) -> None:
    text = "".join("word " * (1 + number * 7 % 160) + "\n\n" for number in range(400))
    view = show(make(text).content(), 700, 400)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = view.position()
    for step in (60, 60, 200, -60, -200, -60):
        bar.setValue(bar.value() + step)
    assert view.position()[0] == place[0]
    assert view.position()[1] == pytest.approx(place[1], abs=0.1)


def test_the_ends_of_the_scroll_bar_are_the_ends_of_the_article(long_view: ArticleView) -> None:
    bar = long_view.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = list(long_view.page.column.visible())[-1]
    assert last[0] == 299
    assert last[1] + last[2].height <= 400
    bar.setValue(0)
    assert long_view.position() == (0, 0.0)


def test_what_is_revealed_is_seen(long_view: ArticleView) -> None:
    for offset in (len(LONG) - 3, 0, len(LONG) // 2, len(LONG) // 2 + 200, 5):
        long_view.reveal(offset)
        rects = long_view.page.rects(long_view.page.units.token_at(offset))
        assert rects
        assert 0 <= rects[0].top() <= rects[0].bottom() <= 400


records = st.lists(st.integers(0, 8), unique=True, max_size=9)


class Thing:
    def __init__(self, number: int, value: int) -> None:
        self.id, self.value = bytes([number]), value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thing) and (self.id, self.value) == (other.id, other.value)

    def __hash__(self) -> int:
        return hash(self.id)


@given(records, records, st.sets(st.integers(0, 8)), st.sampled_from((1, 2, 256)))
def test_a_difference_is_what_was_removed_and_added(
    old: list[int], new: list[int], changed: set[int], stretch: int
) -> None:
    before = tuple(Thing(number, 0) for number in old)
    now = tuple(Thing(number, int(number in changed)) for number in new)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marks, "_STRETCH", stretch)
        gone, added = difference(before, now)  # type: ignore[type-var]
    assert {one.id for one in gone} == {one.id for one in before if one not in now}
    assert {one.id for one in added} == {one.id for one in now if one not in before}


@given(
    st.lists(st.floats(0.5, 100), max_size=40), st.lists(st.tuples(st.integers(0, 39), st.floats(0.5, 100)))
)
def test_heights_are_plain_sums(heights: list[float], changes: list[tuple[int, float]]) -> None:
    found = Heights(heights)
    for at, height in changes:
        if at < len(heights):
            heights[at] = height
            found.set(at, height)
    for at in range(len(heights) + 1):
        assert found.top(at) == pytest.approx(sum(heights[:at]))
    for at in range(len(heights)):
        assert found.at(found.top(at) + heights[at] / 2) == at
    assert found.total == pytest.approx(sum(heights))


def test_what_is_painted_in_parts_is_what_is_painted_whole(show: Show, maker, qtbot: QtBot) -> None:
    """Only the lines and paragraphs that changed are painted anew; the rest still is as it should be."""
    source, claim = maker.span("SOURCE", "Ana Ruiz"), maker.span("CLAIM", "The plan is late")
    maker.frame("STANCE", "deny", holder_mention=source, target=claim)
    view = show(maker.content())
    view.setFocus()

    def on_screen() -> QImage:
        QApplication.processEvents()
        return view.viewport().screen().grabWindow(view.window().winId()).toImage()

    def assert_whole() -> None:
        parts = on_screen()
        view.viewport().update()
        assert parts == on_screen()

    assert_whole()
    for step in range(12):
        view.move_caret("token", 1, extend=step % 3 == 2)
        assert_whole()
    view.move_caret("line", 1)
    assert_whole()
    for words in ("told reporters", "the plan would go on", "Critics"):
        made = maker.span("CLAIM", words)
        view.update_content(maker.content())
        view.choose(made.id)
        assert_whole()
    view.choose(claim.id)
    assert_whole()
    view.choose(None)
    maker.none("The plan is late.")
    view.update_content(maker.content())
    assert_whole()
    maker.spans.clear()
    maker.frames.clear()
    view.update_content(maker.content())
    assert_whole()


def test_of_one_endless_paragraph_only_the_changed_lines_are_painted(show: Show, make) -> None:
    maker = make("The harbour council said on Monday that the plan is late. " * 60)
    for start in range(0, 3000, 58):
        maker.span("CLAIM", (start, start + 20))
    view, painted, paint = show(maker.content()), list[int](), ArticleView.paintEvent
    chosen = maker.spans[5]

    def _noted(self: ArticleView, event: QPaintEvent) -> None:
        painted.append(event.rect().height())
        paint(self, event)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ArticleView, "paintEvent", _noted)
        for label in ("SOURCE", "CLAIM"):
            QApplication.processEvents()
            painted.clear()
            maker.spans[5] = replace(chosen, label=label)
            view.update_content(maker.content())
            view.choose(chosen.id)
            QApplication.processEvents()
            assert 0 < max(painted) < view.viewport().height() / 3


def test_where_a_line_grows_only_what_lies_below_is_painted(show: Show, make, qtbot: QtBot) -> None:
    maker = make(LONG)
    view, painted, margins = show(maker.content(), 700, 400), list[QRect](), list[int]()
    paint, margin = Page.paint, Page._paint_margin

    def _noted(self: Page, painter: QPainter, area: QRect, *, has_focus: bool) -> None:
        painted.append(area)
        paint(self, painter, area, has_focus=has_focus)

    def _numbered(self: Page, painter: QPainter, section: int, laid: Laid) -> None:
        margins.append(section)
        margin(self, painter, section, laid)

    QApplication.processEvents()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Page, "paint", _noted)
        patch.setattr(Page, "_paint_margin", _numbered)
        seen = list(view.page.column.visible())
        section, top, was = seen[-2]
        start = was.start
        # Two tags that have no room beside one another: the second is raised.
        for stretch in ((start, start + 14), (start + 2, start + 9)):
            maker.span("CLAIM", stretch)
        view.update_content(maker.content())
        QApplication.processEvents()
    assert view.page.column.laid(section).height > was.height
    assert [one.top() >= top - 8 for one in painted] == [True]
    assert painted[0].bottom() == view.viewport().height() - 1
    assert {section, section + 1} <= set(margins) <= {section - 1, section, section + 1}
    parts = view.viewport().screen().grabWindow(view.window().winId()).toImage()
    view.viewport().update()
    QApplication.processEvents()
    assert parts == view.viewport().screen().grabWindow(view.window().winId()).toImage()


def test_lines_of_a_frame_that_is_gone_are_painted_away(show: Show, maker, qtbot: QtBot) -> None:
    source, claim = maker.span("SOURCE", "Ana Ruiz"), maker.span("CLAIM", "The plan is late")
    view = show(maker.content())
    QApplication.processEvents()
    before = view.viewport().grab().toImage()
    maker.frame("STANCE", "deny", holder_mention=source, target=claim)
    view.update_content(maker.content())
    view.choose(maker.frames[0].id)
    QApplication.processEvents()
    maker.frames.clear()
    view.update_content(maker.content())
    QApplication.processEvents()
    parts = view.viewport().screen().grabWindow(view.window().winId()).toImage()
    view.viewport().update()
    QApplication.processEvents()
    assert parts == view.viewport().screen().grabWindow(view.window().winId()).toImage()
    view.choose(None)
    assert view.viewport().grab().toImage() == before


def test_a_text_is_entered_with_the_caret_where_the_reader_was(long_view: ArticleView) -> None:
    for place in ((120, 0.0), (40, 0.5)):
        long_view.restore_position(place)
        value = long_view.verticalScrollBar().value()
        long_view.caret = 0
        long_view.enter_at(place)
        caret = long_view.caret
        assert abs(long_view.verticalScrollBar().value() - value) <= 1  # pixels are rounded
        value = long_view.verticalScrollBar().value()
        assert caret > 0
        assert long_view.viewport().rect().contains(long_view.caret_rect())
        long_view.move_caret("token", 1)
        assert (long_view.verticalScrollBar().value(), long_view.caret > caret) == (value, True)
    caret = long_view.caret
    long_view.enter_at((120, 0.0))
    assert long_view.caret == caret  # of who went on meanwhile
    long_view.caret = 0
    long_view.enter_at((0, 0.0))
    assert long_view.caret == 0


def test_what_annotators_agree_on_is_drawn_as_one(show: Show, maker) -> None:
    maker.span("CLAIM", "told reporters")
    view = show(maker.content())

    def line() -> tuple[list[float], list[bool]]:
        found = [one for _, _, laid in view.page.column.visible() for one in laid.lines if one.fills]
        return [fill.rect.bottom() - one.base for one in found for fill in one.fills], [
            fill.twin for one in found for fill in one.fills
        ]

    (low,), _ = line()
    second = maker.span("CLAIM", "told reporters")
    view.update_content(maker.content())
    assert line() == ([low, low], [False, True])
    before = view.viewport().grab().toImage()
    view.choose(second.id)
    assert view.viewport().grab().toImage() != before
    maker.span("CLAIM", "reporters")  # other edges
    view.update_content(maker.content())
    lows, twins = line()
    assert twins.count(True) == 1
    assert len(set(lows)) == 2
    assert max(lows) > low


def test_a_tag_of_entities_that_annotators_agree_on_says_how_many(show: Show, maker) -> None:
    first, _ = maker.span("PERSON", "Ana Ruiz"), maker.span("PERSON", "Ana Ruiz")
    other = maker.span("ORG", "Delta Press")
    view = show(maker.content())
    column = view.page.column
    lines = [line for _, _, laid in column.visible() for line in laid.lines]
    wanted = {first.id: "", other.id: ""}
    texts = [
        text for line in lines for *_, text in passing_tags(line, wanted, None, column.setting, turned=False)
    ]
    assert texts == ["PERSON ×2", "ORG"]
