"""Steps of scores, and how often they were right: taken, changed, rejected, removed again."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.model.ids import new_id
from annotator.model.records import Fragment, Frame, RoleEnd, Span, SuggestedFrame, SuggestedSpan
from annotator.model.steps import SIGNS, STEPS, Tally, step_of, suggester_name, tallied

ARTICLE = new_id()


def suggested(start: int, score: float = 0.9, **more: Any) -> SuggestedSpan:
    values = {"state": "accepted"} | more
    return SuggestedSpan(
        new_id(), ARTICLE, "CLAIM", (Fragment(start, start + 5),), score, "toy 1", "", 0, **values
    )


def span(start: int) -> Span:
    return Span(new_id(), ARTICLE, "CLAIM", (Fragment(start, start + 5),), new_id(), 0)


def frame(part: Span | SuggestedSpan, became: Frame | None, value: str = "", **more: Any) -> SuggestedFrame:
    roles = (RoleEnd("claim", "span", part.id),)
    attributes = {"value": value} if value else {}
    values = {"state": "accepted", "became": became.id if became else None} | more
    return SuggestedFrame(new_id(), ARTICLE, "STANCE", roles, 0.6, "toy 2", "", 0, attributes, **values)


def stored(part: Span, value: str = "") -> Frame:
    roles = (RoleEnd("claim", "span", part.id),)
    return Frame(new_id(), ARTICLE, "STANCE", roles, new_id(), 0, {"value": value} if value else {})


@pytest.mark.parametrize(
    ("score", "step"),
    [(1.0, "sure"), (0.8, "sure"), (0.79, "likely"), (0.5, "likely"), (0.49, "guess"), (0, "guess")],
)
def test_steps(score: float, step: str) -> None:
    assert step_of(score) == step


def test_every_step_has_a_sign_of_its_own() -> None:
    assert set(SIGNS) == set(STEPS)
    assert len(set(SIGNS.values())) == 3


def test_names_of_suggesters() -> None:
    assert suggester_name("built-in entities 1") == "built-in entities"
    assert suggester_name("alone") == "alone"


def test_spans_are_right_changed_or_wrong() -> None:
    same, moved = span(0), span(11)
    decided = [
        suggested(0, became=same.id),
        suggested(10, became=moved.id),
        suggested(20, became=new_id()),
        suggested(30, state="rejected"),
        suggested(40, 0.3, state="rejected"),
    ]
    found = tallied([], decided, {one.id: one for one in (same, moved)}, {})
    assert found == {("toy", "sure"): Tally(1, 1, 2), ("toy", "guess"): Tally(0, 0, 1)}
    assert found["toy", "sure"].decided == 4


def test_frames_are_counted_once_with_their_parts() -> None:
    part, own, other = suggested(0), span(0), span(1)
    right, moved, turned = stored(own, "deny"), stored(other, "deny"), stored(own, "support")
    places = {one.id: one.fragments for one in (part, own, other)}
    frames = [
        frame(part, right, "deny"),
        frame(part, moved, "deny"),
        frame(part, turned, "deny"),
        frame(part, None, "deny", state="rejected"),
    ]
    found = tallied(frames, [part], {one.id: one for one in (right, moved, turned)}, places)
    assert found == {("toy", "likely"): Tally(1, 2, 1)}
