"""Caret, selection and units as keys move them."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from annotator.model.records import ArticleContent, Fragment
from annotator.ui.article_view.view import ArticleView

Show = Callable[..., ArticleView]


@pytest.fixture
def view(show: Show, maker) -> ArticleView:
    return show(maker.content())


def word(view: ArticleView) -> str:
    return view.page.units.text[slice(*view.page.caret.token)]


def selected(view: ArticleView) -> str:
    assert view.selection is not None
    return view.page.units.text[slice(*view.selection)]


def go(view: ArticleView, words: str) -> None:
    view.caret = view.page.units.text.index(words)


def test_the_caret_starts_on_the_first_token(view: ArticleView) -> None:
    assert (view.caret, word(view), view.selection) == (0, "Mayor", None)


def test_tokens_are_stepped_over_paragraph_ends(view: ArticleView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.caret_moved):
        view.move_caret("token", 3)
    assert word(view) == "Deputy"
    view.move_caret("token", -1)
    assert word(view) == "firm"
    view.move_caret("token", -9)
    assert word(view) == "Mayor"


def test_extending_takes_whole_tokens_and_tells(view: ArticleView, qtbot: QtBot) -> None:
    go(view, "Mayor Ana")
    with qtbot.waitSignal(view.selection_changed):
        view.move_caret("token", 2, extend=True)
    assert selected(view) == "Mayor Ana Ruiz"
    view.move_caret("token", -3, extend=True)
    assert selected(view) == "Deputy Mayor"
    view.move_caret("token", 1)
    assert view.selection is None


def test_characters_are_visible_ones(show: Show, make) -> None:
    view = show(make("👍🏽e\u0301xy").content())
    view.move_caret("token", 1, extend=True, characters=True)
    assert selected(view) == "👍🏽"
    view.move_caret("token", 1, extend=True, characters=True)
    assert selected(view) == "👍🏽e\u0301"
    view.move_caret("token", -2, extend=True, characters=True)
    assert view.selection is None


@pytest.mark.parametrize(
    ("unit", "step", "expected"),
    [
        ("sentence", 1, "“"),
        ("sentence", -1, "Deputy"),
        ("paragraph", 1, "The"),
        ("paragraph", -1, "Deputy"),
        ("article", 1, "."),
        ("article", -1, "Mayor"),
    ],
)
def test_units(view: ArticleView, unit, step: int, expected: str) -> None:
    go(view, "reporters")
    view.move_caret(unit, step)
    assert word(view) == expected


def test_extending_by_sentence_and_paragraph(view: ArticleView) -> None:
    go(view, "The plan")
    view.move_caret("sentence", 1, extend=True)
    assert selected(view) == "The plan is late."
    view.move_caret("sentence", 1, extend=True)
    assert selected(view).endswith("say so.")
    go(view, "“We")
    view.move_caret("paragraph", 1, extend=True)
    assert selected(view) == "“We will build,” she said. “Soon.”"


def test_lines_keep_the_column(view: ArticleView) -> None:
    go(view, "told")
    x = view.caret_rect().center().x()
    top = view.caret_rect().top()
    view.move_caret("line", 1)
    below = view.caret_rect()
    assert below.top() > top
    assert below.left() - 40 <= x <= below.right() + 40
    view.move_caret("line", -1)
    assert word(view) == "told"


def test_a_page_is_most_of_the_view(show: Show, make) -> None:
    view = show(make("One line of words here.\n\n" * 200).content())
    view.move_caret("page", 1)
    first = view.caret
    assert 200 < first < 1000
    view.move_caret("page", 2)
    assert view.caret > first + 400
    view.move_caret("page", -9)
    assert view.caret < 100


def test_lines_end_at_the_ends_of_the_article(view: ArticleView) -> None:
    view.move_caret("line", -1)
    assert word(view) == "Mayor"
    view.move_caret("line", 99)
    assert view.caret > view.page.units.text.index("Critics")


def test_growing_and_shrinking_go_the_same_way(view: ArticleView) -> None:
    go(view, "build")
    seen = []
    for _ in range(6):
        view.grow()
        seen.append(selected(view))
    text = view.page.units.text
    assert seen[:3] == ["build", "“We will build,”", "“We will build,” she said."]
    assert seen[3] == text[slice(*view.paragraph_at(view.caret))]
    assert seen[4] == seen[5] == text
    back = []
    while view.selection:
        back.append(selected(view))
        view.shrink()
    assert back == seen[4::-1]
    assert word(view) == "build"


def test_shrinking_a_selection_that_did_not_grow_narrows_it(view: ArticleView) -> None:
    go(view, "The plan is")
    view.select(view.paragraph_at(view.caret))
    view.shrink()
    assert selected(view) == "The plan is late."
    view.shrink()
    assert selected(view) == "The"


@pytest.mark.parametrize(
    ("edge", "step", "expected"),
    [
        ("start", -1, "the plan would"),
        ("start", 1, "would"),
        ("start", 9, "would"),
        ("end", 1, "plan would go"),
        ("end", -1, "plan"),
        ("end", -9, "plan"),
        ("end", 3, "plan would go on."),
    ],
)
def test_edges_move_by_tokens_and_never_cross(view: ArticleView, edge, step: int, expected: str) -> None:
    start = view.page.units.text.index("plan would")
    view.select(Fragment(start, start + len("plan would")))
    view.move_edge(edge, step)
    assert selected(view) == expected


def test_without_a_selection_the_edge_of_the_chosen_span_moves(show: Show, maker, qtbot: QtBot) -> None:
    span = maker.span("CLAIM", "plan would", "Soon")
    view = show(maker.content())
    view.choose(span.id)
    with qtbot.waitSignal(view.edge_dragged) as told:
        view.move_edge("end", 1)
    assert told.args == [
        span.id,
        (maker.at("plan would"), maker.at("Soon.”")._replace(end=maker.at("Soon.").end)),
    ]


def test_a_selection_is_kept_within_the_text(view: ArticleView) -> None:
    view.select(Fragment(-5, 10_000))
    assert view.selection == Fragment(0, len(view.page.units.text))
    view.select(Fragment(5, 5))
    assert view.selection is None


def test_what_is_proposed(view: ArticleView) -> None:
    text = view.page.units.text
    go(view, "build")
    assert text[slice(*view.proposed("span"))] == "“We will build,”"
    go(view, "Ana")
    assert text[slice(*view.proposed_entity())] == "Deputy Mayor Ana Ruiz"
    view.select(Fragment(0, 5))
    assert view.proposed("span") == view.proposed_entity() == Fragment(0, 5)


def test_what_covers_a_place_comes_innermost_first(show: Show, maker) -> None:
    outer, inner = maker.span("CLAIM", "Ana Ruiz told reporters"), maker.span("SOURCE", "Ana Ruiz")
    maker.span("ORDINAL", "Ana")
    guess = maker.guess("PERSON", "Ana")
    maker.guess("CUE", "Ana", state="rejected")
    view = show(maker.content())
    go(view, "Ana")
    covering = view.page.column.marks.covering
    assert [one.id for one in covering(*view.page.caret.token)] == [guess.id, inner.id, outer.id]
    go(view, "late")
    assert covering(*view.page.caret.token) == []


def test_an_empty_view_answers_everything(show: Show) -> None:
    view = show(None)
    for unit in ("token", "sentence", "line", "paragraph", "page", "article"):
        view.move_caret(unit, 1)  # type: ignore[arg-type]
        view.move_caret(unit, -1, extend=True)  # type: ignore[arg-type]
    view.grow()
    view.shrink()
    view.reveal(5)
    view.restore_position((3, 0.5))
    assert (view.caret, view.selection, view.position()) == (0, None, (0, 0.0))
    assert view.grab().width() > 0


def test_a_text_of_white_space_and_signs_is_shown(show: Show, make) -> None:
    content: ArticleContent = make("\n\n \u200b \n\n").content()
    view = show(content)
    view.move_caret("token", 1, extend=True)
    view.move_edge("end", 2)
    assert not view.grab().isNull()
