"""What is painted: tags apart from one another and from the text, roles, signs, margins, themes."""

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from annotator.model.ids import new_id
from annotator.model.records import RoleEnd, SuggestedFrame
from annotator.model.scheme import Label, Scheme
from annotator.ui.article_view.frames import Part, route
from annotator.ui.article_view.lanes import MOST, blocks, lane_clear, nesting, tag_rows
from annotator.ui.article_view.layout import Laid
from annotator.ui.article_view.pieces import Line, Tag
from annotator.ui.article_view.tags import passing_tags
from annotator.ui.article_view.theme import (
    DARK,
    LIGHT,
    ViewTheme,
    blend,
    over,
    sheer,
    with_labels,
)
from annotator.ui.article_view.view import ArticleView

Show = Callable[..., ArticleView]
DENSE = """Minister A said officials told Reuters that the critics claim the mayor denied report that it lied

“It is what it is,” said Haddad, who told us he thinks Brandt said “no”. He, she and it said so.
"""


def fill_densely(maker) -> None:
    for words in (
        "Minister A",
        "officials",
        "Reuters",
        "the critics",
        "the mayor",
        "it lied",
        "He,",
        "she",
        "so",
    ):
        maker.span("SOURCE", words)
    for words in ("said", "told", "claim", "denied", "report", "lied", "it said", "It"):
        maker.span("CUE", words)
    end = maker.text.index("\n")
    for words in ("officials", "that the", "the mayor", "that it"):
        maker.span("CLAIM", (maker.text.index(words), end))
    start, stop = maker.at("thinks").start, maker.at("“no”").start
    for step in range(9):
        maker.span("CLAIM", (start + step, stop - step))
    for record, target in zip(maker.spans[:6], maker.spans[-4:], strict=False):
        maker.frame("STANCE", "deny", holder_mention=record, target=target)


def lines(view: ArticleView) -> Iterator[tuple[Laid, Line]]:
    for section in range(len(view.page.column.heights)):
        laid = view.page.column.laid(section)
        for line in laid.lines:
            yield laid, line


def rect_of(view: ArticleView, tag: Tag, text: str = "") -> QRectF:
    rect = QRectF(tag.rect)
    if text:
        rect.setWidth(view.page.column.setting.tag_width(text))
    return rect


@pytest.mark.parametrize("width", [420, 700, 1280])
def test_tags_touch_neither_one_another_nor_any_text(show: Show, make, width: int) -> None:
    maker = make(DENSE)
    fill_densely(maker)
    view = show(maker.content(), width)
    count = 0
    for _, line in lines(view):
        rects = [rect_of(view, tag) for tag in line.tags]
        count += len(rects)
        assert not any(one.intersects(other) for one, other in combinations(rects, 2))
        assert all(rect.top() >= line.top for rect in rects)
        for fill in line.fills:
            assert not any(rect.intersects(fill.rect) for rect in rects)
    assert count >= 20
    for section in range(len(view.page.column.heights)):
        laid = view.page.column.laid(section)
        for above, below in pairwise(laid.lines):
            assert above.bottom <= below.top
            assert above.base + laid.block.descent <= below.base - laid.block.up


def test_roles_named_on_tags_leave_them_apart_and_everything_in_place(show: Show, make) -> None:
    maker = make(DENSE)
    fill_densely(maker)
    view = show(maker.content())
    before = [line.base for _, line in lines(view)]
    for frame in maker.frames:
        view.choose(frame.id)
        parts = view.page._parts
        assert len(parts) == 2
        for _, line in lines(view):
            rects = [rect_of(view, tag, parts.get(tag.record.id, tag.text)) for tag in line.tags]
            assert not any(one.intersects(other) for one, other in combinations(rects, 2))
    assert [line.base for _, line in lines(view)] == before


def test_lines_down_from_raised_tags_meet_no_other_tag(show: Show, make) -> None:
    maker = make(DENSE)
    fill_densely(maker)
    view = show(maker.content())
    stems = 0
    for _, line in lines(view):
        for high in line.tags:
            for low in line.tags if high.has_stem else ():
                stems += 1
                assert low is high or low.row >= high.row or not low.left < high.stem < low.left + low.width
    assert stems > 4


def test_tags_stay_within_the_view(show: Show, make) -> None:
    maker = make(DENSE)
    fill_densely(maker)
    for width in (340, 420, 900):
        view = show(maker.content(), width)
        most = view.viewport().width() - view.page.left
        found = [tag for _, line in lines(view) for tag in line.tags]
        assert all(0 <= tag.left <= tag.left + tag.width <= most for tag in found)


def test_more_than_six_above_one_another_fold(show: Show, make) -> None:
    maker = make("x " * 40)
    for step in range(20):
        maker.span("CLAIM", (step, 70 - step))
    view = show(maker.content())
    line = view.page.column.laid(0).lines[0]
    assert len(line.folded) == 20 - MOST
    assert max(fill.lane for fill in line.fills) == MOST - 1


def test_adding_a_first_tag_does_not_move_the_text(show: Show, maker) -> None:
    view = show(maker.content())
    before = [line.base for _, line in lines(view)]
    maker.span("CLAIM", "the plan would go on")
    maker.span("PERSON", "Ana Ruiz")
    view.update_content(maker.content())
    assert [line.base for _, line in lines(view)] == before


def test_entities_have_no_tag_at_rest(show: Show, maker) -> None:
    maker.span("PERSON", "Ana Ruiz")
    maker.span("SOURCE", "Mayor Ana Ruiz")
    view = show(maker.content())
    assert [tag.text for _, line in lines(view) for tag in line.tags] == ["SOURCE"]


def test_two_annotators_on_the_same_words_share_a_tag(show: Show, maker) -> None:
    claims = [maker.span("CLAIM", "the plan would go on") for _ in range(2)]
    sources = [maker.span("SOURCE", "Ana Ruiz") for _ in range(2)]
    maker.span("CLAIM", "the plan would")
    for value, holder, target in zip(("deny", "support"), sources, claims, strict=True):
        maker.frame("STANCE", value, holder_mention=holder, target=target)
    view = show(maker.content())
    line = next(line for _, line in lines(view) if line.tags)
    assert [tag.text for tag in line.tags] == ["SOURCE ×2", "CLAIM −+ ×2", "CLAIM"]
    wanted = {one.id: "target" for one in claims}
    assert passing_tags(line, wanted, None, view.page.column.setting, turned=False) == []


def test_hidden_labels_and_decided_suggestions_are_not_drawn(show: Show, maker) -> None:
    maker.span("ORDINAL", "late")
    maker.guess("CLAIM", "plan", state="rejected")
    maker.guess("CLAIM", "Soon", state="accepted")
    maker.guess("CLAIM", "Ana")
    view = show(maker.content())
    assert [fill.record.label for _, line in lines(view) for fill in line.fills] == ["CLAIM"]


def test_fragments_are_joined_over_the_gap(show: Show, maker) -> None:
    span = maker.span("CLAIM", "“We will build,”", "“Soon.”")
    view = show(maker.content(), 1200)
    joints = [(laid, line, joint) for laid, line in lines(view) for joint in line.joints]
    assert [joint[0].id for _, _, joint in joints] == [span.id]
    laid, _, (_, left, right) = joints[0]
    (_, first), (_, second) = (laid.stretch(*one)[0] for one in span.fragments)
    assert (left, right) == (first[1], second[0])
    assert [tag.text for _, line in lines(view) for tag in line.tags] == ["CLAIM"]


def test_fragments_in_two_paragraphs_are_joined_from_both_sides(show: Show, maker) -> None:
    maker.span("CLAIM", "Soon", "late")
    view = show(maker.content())
    joined = [laid.start for laid, line in lines(view) if line.joints]
    assert joined == [maker.at("Deputy").start, maker.at("The plan").start]


def test_blocks_are_set_as_in_print(show: Show, maker) -> None:
    maker.block("headline", "Mayor stands firm")
    maker.block("dateline", "Deputy Mayor")
    maker.block("caption", "The plan is late. Critics of Delta Press doubt that it can be finished in time")
    view = show(maker.content())
    headline, body, caption = (view.page.column.laid(section) for section in range(3))
    assert headline.block.font.pixelSize() > 1.5 * body.block.font.pixelSize()
    assert headline.block.font.bold()
    assert [view.page.units.text[slice(*one)] for one in body.source.muted] == ["Deputy Mayor"]
    assert caption.block.font.italic()
    assert view.page._numbers == [0, 1, 1]


def test_the_column_holds_about_75_characters_and_stands_in_the_middle(show: Show, make) -> None:
    sentence = "The minister said that the plan would go on as the council had agreed to it. "
    view = show(make(sentence * 12).content(), 1400)
    counts = [line.end - line.start for _, line in lines(view)][:-1]
    assert 65 <= sum(counts) / len(counts) <= 80
    page = view.page
    assert abs(page.left - (view.viewport().width() - page.left - page.column.setting.column)) <= 2


@pytest.mark.parametrize(
    ("words", "marked"), [("The plan is late.", [False, False, True]), (None, [True] * 3)]
)
def test_read_and_empty_is_marked_in_the_margin(
    show: Show, maker, words: str | None, marked: list[bool]
) -> None:
    empty = show(maker.content()).grab().toImage()
    maker.none(words)
    view = show(maker.content())
    picture = view.grab().toImage()
    tops = [(top, laid) for _, top, laid in view.page.column.visible()]
    changed = []
    for top, laid in tops:
        low, high = int(top + laid.lines[0].base), int(top + laid.lines[0].bottom + 8)
        margin = range(10, int(view.page.left) - 8)
        changed.append(
            any(picture.pixel(x, y) != empty.pixel(x, y) for y in range(low, high) for x in margin)
        )
    assert changed == marked


def test_the_chosen_span_the_selection_and_finds_are_painted(show: Show, maker) -> None:
    span = maker.span("CLAIM", "the plan would go on")
    view = show(maker.content())
    page = view.page

    def pixels(words: str) -> list[int]:
        rect = page.rects(maker.at(words))[0].toRect()
        image: QImage = view.viewport().grab().toImage()
        return [image.pixel(rect.left() + 2, y) for y in range(rect.top() - 3, rect.bottom() + 3)]

    rest, plain = pixels("the plan would"), pixels("Critics")
    view.choose(span.id)
    assert pixels("the plan would") != rest
    assert pixels("Critics") == plain
    view.choose(None)
    assert pixels("the plan would") == rest
    view.select(maker.at("Critics of"))
    assert pixels("Critics") != plain
    view.select(None)
    view.caret = 0
    view.set_highlights([maker.at("Critics")], 0)
    assert QColor(LIGHT.find).rgb() in pixels("Critics")
    view.set_highlights([])
    assert pixels("Critics") == plain


def test_the_lines_of_frames_are_drawn_when_chosen_hovered_or_all(show: Show, maker) -> None:
    source, claim = maker.span("SOURCE", "Ana Ruiz"), maker.span("CLAIM", "The plan is late")
    frame = maker.frame("STANCE", "deny", holder_mention=source, target=claim)
    view = show(maker.content())
    visible = list(view.page.column.visible())

    def drawn() -> list[bool]:
        return [one.is_chosen for one in view.page._joined(visible)]

    assert drawn() == []
    view.show_all_frames = True
    assert drawn() == [False]
    view.show_all_frames = False
    view.page.hovered = claim.id
    assert drawn() == [False]
    view.choose(frame.id)
    assert drawn() == [True]
    view.choose(source.id)
    assert drawn() == [True]
    parts = view.page._joined(visible)[0].parts
    assert [part.record.id for part in parts] == [source.id, claim.id]
    assert parts[0].y < parts[1].y
    assert view.page._parts[claim.id] == "target −"


def test_parts_out_of_view_pull_the_line_to_their_side(show: Show, make) -> None:
    maker = make("first words\n\n" + "some more words\n\n" * 200 + "last words")
    first, middle, last = (maker.span("CLAIM", words) for words in ("first", "more", "last"))
    frame = maker.frame("ATTRIBUTION", a=first, b=middle, c=last)
    view = show(maker.content(), 700, 300)
    view.choose(frame.id)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    parts = view.page._joined(list(view.page.column.visible()))[0].parts
    assert [part.x for part in parts] == [None] * 3
    assert parts[0].y == parts[1].y < 0 < 300 < parts[2].y
    assert not view.grab().isNull()


def test_a_frame_in_a_role_stands_for_its_first_part(show: Show, maker) -> None:
    inner = maker.frame("ATTRIBUTION", source=maker.span("SOURCE", "Ana Ruiz"))
    guessed = maker.guess("CUE", "is late")
    roles = (RoleEnd("parent", "frame", inner.id), RoleEnd("cue", "span", guessed.id))
    maker.suggested_frames.append(
        SuggestedFrame(new_id(), maker.article.id, "ATTRIBUTION", roles, 0.5, "test", "because", 0)
    )
    view = show(maker.content())
    view.choose(maker.suggested_frames[0].id)
    assert sorted(view.page._parts.values()) == ["CUE", "parent"]
    assert view.page.place_of(maker.suggested_frames[0].id) == maker.at("Ana Ruiz").start


def part(x: float | None, y: float, base: float) -> Part:
    return Part(None, x, y, base)  # type: ignore[arg-type]


def test_routes() -> None:
    assert route([part(50, 10, 20)], 0) == []
    assert route([part(50, 10, 20), part(90, 10, 20)], 0) == [[(47, 10), (87, 10)]]
    assert route([part(90, 5, 20), part(50, 10, 20)], 0) == [[(47, 10), (83, 10), (83, 5), (87, 5)]]
    assert route([part(50, 10, 20), part(90, 70, 80)], -9) == [
        [(-9, 10), (-9, 70)],
        [(-9, 10), (47, 10)],
        [(-9, 70), (87, 70)],
    ]
    assert route([part(50, 10, 20), part(None, -60, -60)], -9) == [
        [(-9, -60), (-9, 10)],
        [(-9, 10), (47, 10)],
    ]


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=25)


@given(spans)
def test_fills_of_one_lane_do_not_overlap(found: list[tuple[int, int]]) -> None:
    stretches = sorted(
        ((start, start + length) for start, length in found), key=lambda one: (one[0], -one[1])
    )
    lanes = nesting(stretches)
    for (one, lane), (other, other_lane) in combinations(zip(stretches, lanes, strict=True), 2):
        if lane is not None and lane == other_lane:
            assert one[1] <= other[0] or other[1] <= one[0]
    assert all(lane == 0 for lane in lanes[:1])


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(5, 60)), max_size=20))
def test_tags_of_one_row_do_not_touch(tags: list[tuple[float, float]]) -> None:
    tags.sort()
    found = blocks(tags, 4, 250)
    lefts = [left for _, _, edges in found for left in edges]
    assert len(lefts) == len(tags)
    placed = [(left, width) for left, width, _ in found]
    rows = tag_rows(placed, 4)
    for (one, row), (other, other_row) in combinations(zip(placed, rows, strict=True), 2):
        if row is not None and row == other_row:
            assert one[0] + one[1] + 3.99 <= other[0] or other[0] + other[1] + 3.99 <= one[0]


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(1, 30)), max_size=8), st.floats(0, 100), st.floats(1, 30)
)
def test_a_clear_place_is_clear(taken: list[tuple[float, float]], wanted: float, width: float) -> None:
    spans = [(left, left + size) for left, size in taken]
    left = lane_clear(spans, wanted, width, 2)
    assert left >= wanted
    assert all(left + width <= low - 1.99 or left >= high + 1.99 for low, high in spans)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_themes_paint_paper_and_readable_ink(show: Show, maker, theme: ViewTheme) -> None:
    view = show(maker.content())
    view.set_theme(theme)
    assert view.viewport().grab().toImage().pixelColor(3, 3) == QColor(theme.paper)
    ink, paper = QColor(theme.ink), QColor(theme.paper)
    assert abs(ink.lightnessF() - paper.lightnessF()) > 0.6


def test_labels_get_a_look_each_and_keep_the_one_they_have() -> None:
    scheme = Scheme(
        "s", "S", (Label("CLAIM", "span"), Label("Odd", "span", colour="#123456"), Label("F", "frame"))
    )
    theme = with_labels(LIGHT, scheme)
    assert set(theme.labels) == {"CLAIM", "Odd"}
    assert theme.labels["Odd"].ink == "#123456"
    assert with_labels(theme, Scheme("t", "T", ())).labels == theme.labels
    assert theme.look("unknown").ink == LIGHT.soft


def test_colours_are_mixed_and_thinned() -> None:
    assert blend("#000000", "#ffffff", 0.5) in ("#808080", "#7f7f7f")
    assert sheer("#102030", 0.5) == "#80102030"
    assert sheer("#80102030", 0.5) == "#40102030"


def test_a_colour_on_a_ground_is_opaque() -> None:
    assert over("#80000000", "#ffffff") in ("#7f7f7f", "#808080")
    assert over("#ff102030", "#ffffff") == "#102030"
    assert over("#102030", "#ffffff") == "#102030"


def test_the_page_is_painted_into_any_picture(show: Show, maker) -> None:
    maker.span("CLAIM", "the plan would go on")
    view = show(maker.content())
    image = QImage(view.viewport().size() * 2, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2)
    painter = QPainter(image)
    view.page.paint(painter, view.viewport().rect(), has_focus=True)
    painter.end()
    assert image.pixelColor(5, 5) == QColor(LIGHT.paper)
    assert len({image.pixel(x, y) for x in range(200, 900, 3) for y in range(60, 500, 3)}) > 20


quick = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(
    st.lists(
        st.tuples(st.integers(0, 190), st.integers(1, 60), st.sampled_from(["CLAIM", "SOURCE", "PERSON"]))
    )
)
def test_any_spans_are_drawn_with_tags_apart(show: Show, make, found: list[tuple[int, int, str]]) -> None:
    maker = make()
    for start, length, label in found:
        maker.span(label, (start, min(start + length, len(maker.text))))
    view = show(maker.content(), 600)
    for _, line in lines(view):
        rects = [rect_of(view, tag) for tag in line.tags]
        assert not any(one.intersects(other) for one, other in combinations(rects, 2))
    assert not view.grab().isNull()
