"""Stances on what somebody claimed further up: found where they are told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan
from annotator.services.suggesting import SuggestionPlan

CLAIM, TELLS = "a reader can learn it in a minute", "doubted"


@pytest.fixture
def desk(desk):
    """Return a window on the tour: a suggested claim, and paragraphs later a stance on it."""
    desk.window.walking.set_enter("next", "say")
    desk.reject_all()
    desk.suggest(plan(desk))
    desk.session.choose(None)
    desk.window.view.caret = 0
    return desk


def plan(desk) -> SuggestionPlan:
    def span(label: str, words: str) -> ProposedSpan:
        start = desk.text.index(words)
        return ProposedSpan(label, ((start, start + len(words)),), 0.9, "a test")

    spans = (
        span("CLAIM", CLAIM), span("CUE", "says"), span("SOURCE", "editor Karol Benko"),
        span("SOURCE", "Olga Simek"), span("CUE", TELLS), span("DATE", "March 18, 2024"),
        span("DATE", "Monday"),
    )  # fmt: skip
    frames = (
        ProposedFrame("ATTRIBUTION", (("claim", 0), ("cue", 1), ("source", 2)), 0.9, "a test"),
        ProposedFrame(
            "STANCE", (("target", 0), ("holder_mention", 3), ("expression", 4)), 0.4, "a test",
            {"value": "deny"},
        ),
    )  # fmt: skip
    return SuggestionPlan("toy 1", ("attributions",), ((desk.content.article.id, Proposals(spans, frames)),))


def walk(desk, to: str) -> list[str]:
    """Press Tab until the hint begins so, and return what was come to."""
    seen = []
    for _ in range(6):
        desk.press(Qt.Key.Key_Tab)
        seen.append(desk.window.status.hint.text())
        if seen[-1].startswith(to):
            return seen
    raise AssertionError(seen)


def test_tab_comes_to_a_stance_where_it_is_told_and_the_bar_says_what_it_is_on(desk) -> None:
    seen = walk(desk, "Olga Simek · deny")
    assert seen[-1].startswith(f"Olga Simek · deny · {CLAIM} – suggested Stance")
    assert [one.split(" ")[0] for one in seen] == ["March", "editor", "Monday", "Olga"]
    assert desk.window.view.caret == desk.text.index("Olga Simek")


def test_the_cards_and_the_stripes_have_a_stance_where_it_is_told(desk) -> None:
    walk(desk, "Olga Simek")
    stance = next(one for one in desk.content.suggested_frames if one.id == desk.session.chosen)
    assert desk.window.view.page.place_of(stance.id) == desk.text.index("Olga Simek")


def test_what_a_stance_took_along_is_said(desk) -> None:
    walk(desk, "Olga Simek")
    desk.press(Qt.Key.Key_Return)
    assert len(desk.content.frames) == 2
    told = [one for one in desk.said if one.startswith("Taken along")]
    about = f"Attribution: editor Karol Benko → {CLAIM}"
    assert told == [f"Taken along, because the stance is on it: {about}. Undo takes both back."]
    desk.do("undo")
    assert not desk.content.frames


def test_nothing_is_said_of_an_attribution_that_comes_alone(desk) -> None:
    walk(desk, "editor Karol Benko")
    desk.press(Qt.Key.Key_Return)
    walk(desk, "Olga Simek")
    desk.press(Qt.Key.Key_Return)
    assert len(desk.content.frames) == 2
    assert not [one for one in desk.said if one.startswith("Taken along")]


def test_who_passes_suggestions_over_is_told_that_they_wait(desk) -> None:
    for article in desk.session.order:
        if article != desk.content.article.id:
            desk.session.do(lambda project, one=article: project.set_reading(one, "done"))
    desk.settle()
    walk(desk, "Olga Simek")
    desk.session.order = (desk.content.article.id,)
    desk.press(Qt.Key.Key_Tab)
    assert desk.said[-1].startswith("No suggestions wait further on; ")
    assert "Shift+Tab goes to those before" in desk.said[-1]
    assert any(one.state == "open" for one in desk.content.suggested_frames)
