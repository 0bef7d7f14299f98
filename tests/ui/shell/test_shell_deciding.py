"""An adjudicator decides with Enter, and goes from frame to frame; nobody else does."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from annotator.model.records import Annotator, Fragment, Frame


@pytest.fixture
def lea(desk: Any) -> Any:
    """Put Lea to work on an article that holds frames of others."""
    desk.session.open_article(desk.session.order[1])
    desk.settle()
    desk.session.do(lambda project: project.people.work_as("Lea"))
    desk.settle()
    return desk


def adjudicates(desk: Any) -> None:
    mine = desk.session.annotator.id
    desk.session.do(lambda project: project.people.set_adjudicators({mine}))
    desk.settle()


def own(desk: Any) -> list[Frame]:
    return [one for one in desk.content.frames if one.annotator == desk.session.annotator.id]


def test_enter_decides_and_goes_on_to_what_is_not_decided(lea: Any) -> None:
    adjudicates(lea)
    others = list(lea.content.frames)
    first = min(
        (one for one in others if one.label == "ATTRIBUTION"),
        key=lambda one: min(span.start for span in lea.content.spans if span.id in one.ends("claim")),
    )
    lea.session.choose(first.id)
    lea.press(Qt.Key.Key_Return)
    (made,) = own(lea)
    assert (made.label, made.attributes) == (first.label, first.attributes)
    following = lea.session.chosen
    assert following in {one.id for one in others} - {first.id}
    assert lea.said[-1].startswith("Decided as it stands. ")
    lea.press(Qt.Key.Key_Return)
    assert len(own(lea)) == 2
    lea.do("undo")
    lea.do("undo")
    assert own(lea) == []
    assert list(lea.content.frames) == others


def test_cards_say_who_made_what_the_one_at_work_did_not(lea: Any) -> None:
    def makers() -> dict[Any, str]:
        lea.window.inspector.article.order.activated.emit(0)
        return {one.id: one.maker for one in lea.window.inspector.article.frames.cards}

    adjudicates(lea)
    frames = [one.id for one in lea.content.frames]
    assert [makers()[one] for one in frames] == ["by Ada"] * len(frames)
    attribution = next(one for one in lea.content.frames if one.label == "ATTRIBUTION")
    lea.session.choose(attribution.id)
    lea.press(Qt.Key.Key_Return)
    (made,) = own(lea)
    assert makers()[made.id] == ""
    lea.session.do(lambda project: project.people.work_as("Ada"))
    lea.settle()
    assert {makers()[one] for one in frames} == {""}
    assert makers()[made.id] == "by Lea"
    assert any("by Lea" in one.spoken for one in lea.window.inspector.article.frames.cards)


def test_enter_where_nothing_is_chosen_goes_to_what_is_not_decided(lea: Any) -> None:
    lea.reject_all()
    others = {one.id for one in lea.content.frames}
    lea.press(Qt.Key.Key_Return)
    assert lea.session.chosen is None, "she is no adjudicator"
    adjudicates(lea)
    lea.press(Qt.Key.Key_Return)
    first = lea.session.chosen
    assert first in others
    assert lea.said[-1].startswith("Enter decides on this one as it stands. ")
    assert own(lea) == []
    lea.press(Qt.Key.Key_Return)
    assert len(own(lea)) == 1
    assert lea.session.chosen in others - {first}


def test_the_last_one_stays_chosen(lea: Any) -> None:
    adjudicates(lea)
    frames = [one for one in lea.content.frames if one.label == "ATTRIBUTION"]
    rest = [one.id for one in lea.content.frames if one.id != frames[0].id]
    lea.session.do(lambda project: project.remove(rest))
    lea.settle()
    lea.session.choose(frames[0].id)
    lea.press(Qt.Key.Key_Return)
    (made,) = own(lea)
    assert lea.session.chosen == made.id
    assert lea.said[-1].startswith(
        "Decided as it stands. No frame is left here; n marks the article as done."
    )


def test_a_suggestion_under_the_caret_is_not_taken_for_a_decision(lea: Any) -> None:
    lea.session.open_article(lea.session.order[3])
    lea.settle()
    adjudicates(lea)
    waiting = list(lea.content.suggested_frames)
    ends = {end.end for end in waiting[0].roles}
    first = next(one for one in lea.content.suggested_spans if one.id in ends)
    lea.session.choose(None)
    lea.window.view.caret = first.fragments[0].start
    lea.press(Qt.Key.Key_Return)
    assert list(lea.content.suggested_frames) == waiting
    assert lea.session.chosen in {one.id for one in lea.content.frames}
    lea.session.do(lambda project: project.remove([one.id for one in lea.content.frames[1:]]))
    lea.settle()
    lea.session.choose(lea.content.frames[0].id)
    for _ in range(3):
        lea.window.view.caret = first.fragments[0].start
        lea.press(Qt.Key.Key_Return)
    assert len(own(lea)) == 1
    assert list(lea.content.suggested_frames) == waiting, "the key that decided last takes no suggestion"
    assert "No frame is left here" in lea.said[-1]
    lea.do("next_suggestion")
    lea.press(Qt.Key.Key_Return)
    assert list(lea.content.suggested_frames) != waiting, "one that she goes to is taken"


def test_the_status_bar_says_what_enter_does_for_who_decides(lea: Any) -> None:
    hint = lea.window.hinting.text
    assert "decide" not in hint()
    adjudicates(lea)
    lea.session.choose(None)
    count = len(lea.content.frames)
    assert f"next of {count} frames to decide" in hint()
    lea.session.choose(lea.content.frames[0].id)
    assert "of another annotator:" in hint()
    assert "decides on it as it stands" in hint()
    lea.press(Qt.Key.Key_Return)
    lea.session.choose(own(lea)[0].id)
    assert "decide" not in hint()


def test_spans_outside_of_frames_are_counted_when_no_frame_is_left(lea: Any) -> None:
    def alone(project: Any) -> Any:
        rest = [one.id for one in (*lea.content.frames[1:], *lea.content.spans)]
        project.remove([one for one in rest if one not in kept])
        project.people.work_as("Ben")
        project.add_span(lea.content.article.id, "PERSON", (Fragment(0, 4),))
        return project.people.work_as("Lea")

    kept = {end.end for end in lea.content.frames[0].roles}
    adjudicates(lea)
    lea.session.do(alone)
    lea.settle()
    lea.session.choose(lea.content.frames[0].id)
    lea.press(Qt.Key.Key_Return)
    assert lea.said[-1].endswith("1 span outside of frames left: choose one to decide on it.")


def test_for_others_enter_means_what_it_did(lea: Any) -> None:
    assert isinstance(lea.session.annotator, Annotator)
    lea.session.choose(lea.content.frames[0].id)
    lea.press(Qt.Key.Key_Return)
    assert own(lea) == []


def test_the_status_bar_says_that_who_is_at_work_adjudicates(lea: Any) -> None:
    said = lea.window.status.annotator
    assert said.text() == "At work: Lea"
    adjudicates(lea)
    assert said.text() == "Adjudicating: Lea"
    assert said.accessibleName() == "Adjudicating: Lea"
    lea.do("undo")
    assert said.text() == "At work: Lea"


def test_one_key_decides_where_all_agree(lea: Any) -> None:
    first = next(one for one in lea.content.frames if one.label == "ATTRIBUTION")
    spans = {one.id: one for one in lea.content.spans}

    def ben_agrees(project: Any) -> Any:
        project.people.work_as("Ben")
        article, ends = lea.content.article.id, []
        for end in first.roles:
            if end.end in spans:
                one = spans[end.end]
                more = {"attributes": one.attributes, "actor": one.actor}
                changes = project.add_span(article, one.label, one.fragments, **more)
                end = end._replace(end=next(iter(changes.of(type(one)))).record.id)
            ends.append(end)
        project.add_frame(article, first.label, ends, attributes=first.attributes)
        return project.people.work_as("Lea")

    lea.do("agreed")
    assert lea.said[-1].startswith("Only an adjudicator decides")
    adjudicates(lea)
    lea.session.do(ben_agrees)
    lea.settle()
    lea.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    (made,) = own(lea)
    assert made.label == first.label
    assert lea.said[-1].startswith("Decided where all agree: 1 frame, ")
    lea.do("undo")
    assert own(lea) == []
