"""What the person selected, chose and looks at stays, whatever arrives behind their back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from annotator.model.ids import Id, new_id
from annotator.model.records import ArticleContent, Fragment, SuggestedFrame, SuggestedSpan
from annotator.model.scheme import Label
from annotator.model.scheme_edits import AddItem, Place
from annotator.services.suggesting import SuggestionPlan

WORDS = "a reader can learn it in a minute"


def select(desk: Any, words: str = WORDS) -> Fragment:
    start = desk.text.index(words)
    stretch = Fragment(start, start + len(words))
    desk.window.view.select(stretch)
    return stretch


def made_anew(content: ArticleContent) -> ArticleContent:
    """Return the article as it is once all that is suggested was suggested anew, under new ids."""
    ids: dict[Id, Id] = {one.id: new_id() for one in (*content.suggested_spans, *content.suggested_frames)}
    spans = tuple(replace(one, id=ids[one.id]) for one in content.suggested_spans)
    frames = tuple(
        replace(
            one, id=ids[one.id], roles=tuple(end._replace(end=ids.get(end.end, end.end)) for end in one.roles)
        )
        for one in content.suggested_frames
    )
    return replace(content, suggested_spans=spans, suggested_frames=frames)


def test_a_selection_stays_when_the_scheme_changes(desk: Any) -> None:
    view, stretch = desk.window.view, select(desk)
    view.move_caret("token", 1, extend=True)
    wider = view.selection
    view.verticalScrollBar().setValue(40)
    place = view.position()
    desk.session.do(
        lambda project: project.schemes.change(AddItem(Place(), Label("MOOD", "span", title="Mood")))
    )
    desk.settle()
    assert desk.session.scheme.label("MOOD") is not None
    assert view.selection == wider != stretch
    assert view.position() == place
    view.move_caret("token", -1, extend=True)
    assert view.selection == stretch


def test_a_selection_stays_when_entities_are_hidden_and_shown(desk: Any) -> None:
    view, stretch = desk.window.view, select(desk)
    desk.window.settings.show_labels(["PERSON"], shown=False)
    assert view.selection == stretch
    desk.window.settings.show_labels(["PERSON"], shown=True)
    assert view.selection == stretch
    before = desk.content
    desk.press("c")
    assert [desk.words(one) for one in desk.new(before)[0]] == [WORDS]


def test_finds_and_letters_stay_when_the_scheme_changes(desk: Any) -> None:
    view = desk.window.view
    found = [Fragment(10, 14), Fragment(20, 24)]
    view.set_highlights(found, 1)
    view.set_scheme(desk.session.scheme)
    assert (view.page._finds, view.page._find) == (tuple(found), found[1])


def test_a_selection_stays_when_suggestions_come_and_are_undone(desk: Any) -> None:
    view, stretch = desk.window.view, select(desk)
    plan = SuggestionPlan("entities 1", ("entities",), ())
    desk.session.do(lambda project: project.write_suggestions(plan, undoable=True))
    desk.settle()
    desk.do("undo")
    desk.do("redo")
    assert view.selection == stretch


@pytest.mark.parametrize("kind", [SuggestedFrame, SuggestedSpan])
def test_what_is_chosen_stays_chosen_when_it_is_suggested_anew(desk: Any, kind: type) -> None:
    every = (*desk.content.suggested_frames, *desk.content.suggested_spans)
    one = next(one for one in every if isinstance(one, kind) and one.state == "open")
    desk.session.choose(one.id)
    desk.session._show_again(made_anew(desk.content))
    chosen = desk.content.record(desk.session.chosen)
    assert isinstance(chosen, kind)
    assert (chosen.label, chosen.id != one.id) == (one.label, True)
    assert desk.window.view.chosen_id == chosen.id


def test_what_is_not_suggested_any_more_is_not_chosen(desk: Any) -> None:
    one = next(one for one in desk.content.suggested_frames if one.state == "open")
    desk.session.choose(one.id)
    desk.session._show_again(replace(desk.content, suggested_frames=(), suggested_spans=()))
    assert desk.session.chosen is None


def test_accepting_does_not_take_a_person_along_who_went_elsewhere(desk: Any) -> None:
    desk.window.view.caret = 0
    desk.press(Qt.Key.Key_Tab)
    desk.qtbot.keyClick(desk.window.view, Qt.Key.Key_Return)
    stretch = select(desk)
    desk.settle()
    assert desk.window.view.selection == stretch


def test_the_walk_to_another_article_waits_for_that_article(desk: Any) -> None:
    stretch = select(desk)
    desk.window.walking._arriving = (desk.session.order[1], 1)
    desk.session._turning._going_to = desk.session.order[1]
    desk.session._show_again(desk.content)
    assert desk.window.view.selection == stretch
    desk.session._turning.forget()
    desk.session._show_again(desk.content)
    desk.session.open_article(desk.session.order[1])
    desk.settle()
    assert desk.window.view.caret == 0, "what was not reached then is not walked later"


def test_a_search_does_not_scroll_back_when_content_arrives(desk: Any) -> None:
    desk.window.find_bar.start("the")
    bar = desk.window.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    stretch = select(desk, desk.text.rstrip()[-20:])
    desk.session._show_again(desk.content)
    assert bar.value() == bar.maximum()
    assert desk.window.view.selection == stretch
    assert len(desk.window.find_bar.found) > 1
