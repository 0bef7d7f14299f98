"""Keys that ask for one more: stances on what, roles filled by what, always with Tab, digits and a list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from annotator.model.ids import Id
from annotator.model.records import Frame
from annotator.ui.picker import Picker

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(desk):
    """Return a window on the tour, with no suggestion in the way."""
    ids = [one.id for one in (*desk.content.suggested_frames, *desk.content.suggested_spans)]
    desk.session.do(lambda project: project.reject(ids))
    desk.settle()
    return desk


def make(desk, words: str, into: int = 1) -> Frame:
    desk.go(words, into)
    desk.press("a")
    return next(one for one in desk.content.frames if one.id == desk.session.chosen)


def said(desk) -> str:
    return desk.window.status.hint.text()


def newest(desk, label: str) -> Frame:
    return max((one for one in desk.content.frames if one.label == label), key=lambda one: one.id)


def words(desk, frame: Frame, role: str) -> list[str]:
    return [desk.words(one) for one in desk.content.spans if one.id in frame.ends(role)]


def shown(desk) -> Id:
    """Return what the stance that waits for its value is on."""
    (one,) = (one for one, hint in desk.window.view.page.hints.items() if hint == "◎")
    return one


def popup(desk) -> Picker:
    return next(one for one in desk.window.view.findChildren(Picker) if one.isVisible())


def test_a_stance_says_who_on_what_before_its_value(desk) -> None:
    make(desk, "I give it two weeks")
    desk.press("t")
    assert "Stance of “she” on ““I give it two weeks,””" in said(desk)
    assert "3 question" in said(desk)
    assert list(desk.window.view.page.hints.values()) == ["◎"]
    desk.press("3")
    stance = newest(desk, "STANCE")
    assert stance.attributes["value"] == "question"
    assert words(desk, stance, "holder_mention") == ["she"]
    assert not desk.window.view.page.hints


def test_tab_goes_through_what_a_stance_may_be_on(desk) -> None:
    make(desk, "I give it two weeks")
    second = make(desk, "Every quotation has")
    desk.press("t")
    desk.press(Qt.Key.Key_Tab)
    assert shown(desk) not in second.ends("claim")
    desk.press(Qt.Key.Key_Backtab, SHIFT)
    desk.press(Qt.Key.Key_Tab)
    desk.press("1")
    stance = newest(desk, "STANCE")
    assert words(desk, stance, "target") == ["“I give it two weeks,”"]
    assert words(desk, stance, "holder_mention") == ["Benko"]


def test_a_letter_chooses_what_a_stance_is_on(desk) -> None:
    other = make(desk, "I give it two weeks")
    make(desk, "Every quotation has")
    desk.press("t")
    (claim,) = other.ends("claim")
    desk.press(desk.window.view.page.hints[claim])
    assert shown(desk) == claim
    desk.press("2")
    stance = newest(desk, "STANCE")
    assert (stance.ends("target"), words(desk, stance, "holder_mention")) == ((claim,), ["Benko"])


def test_who_tells_what_somebody_claims_takes_a_side_on_it_first(desk) -> None:
    make(desk, "said the library")
    inner = make(desk, "had told him")
    assert inner.ends("parent")
    desk.press("t")
    assert "Stance of “Deputy mayor Anton Riedl”" in said(desk)
    assert (shown(desk),) == inner.ends("claim")


def test_who_denies_what_others_claim_has_that_as_target_first(desk) -> None:
    inner = make(desk, "doubted that readers")
    outer = desk.text.index("readers would have")
    desk.window.view.select(None)
    desk.session.do(
        lambda project: project.add_span(desk.content.article.id, "CLAIM", [(outer + 8, outer + 30)])
    )
    desk.settle()
    desk.session.choose(inner.id)
    desk.press("t")
    assert shown(desk) not in inner.ends("claim")


def test_a_stance_on_anything_is_found_by_typing(desk) -> None:
    make(desk, "I give it two weeks")
    desk.press("t")
    desk.press("3")
    desk.press("t")
    desk.press(" ")
    field = popup(desk).field
    desk.qtbot.keyClicks(field, "article")
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "on the article" in said(desk)
    desk.press("2")
    (end,) = newest(desk, "STANCE").ends("target")
    assert end == desk.content.article.id


def test_letters_fill_the_role_that_a_digit_chooses(desk) -> None:
    made = make(desk, "Every quotation has")
    desk.drag("the town library")
    for key in "eo":
        desk.press(key)
    place = next(one for one in desk.content.spans if one.label == "ORG")
    assert next(one for one in desk.content.frames if one.id == made.id) == made
    desk.session.choose(made.id)
    desk.press("r")
    answers = dict(desk.window.prompt.said)
    digit = next(key for key, text in answers.items() if text == "addressee")
    desk.press(digit)
    desk.press(desk.window.view.page.hints[place.id])
    assert newest(desk, "ATTRIBUTION").ends("addressee") == (place.id,)
    assert desk.said[-1] == "Linked as addressee."


def test_tab_and_enter_fill_a_role(desk) -> None:
    outer = make(desk, "said the library")
    other = make(desk, "I give it two weeks")
    desk.press("r")
    digit = next(key for key, text in desk.window.prompt.said if text == "parent")
    desk.press(digit)
    desk.press(Qt.Key.Key_Tab)
    assert desk.window.view.page.hints == {outer.id: "◎"}
    assert "links it" in said(desk)
    desk.press(Qt.Key.Key_Return)
    frame = next(one for one in desk.content.frames if one.id == other.id)
    assert frame.ends("parent") == (outer.id,)


def test_selected_words_fill_a_role_in_one_step(desk) -> None:
    made = make(desk, "Every quotation has")
    before = desk.content
    desk.drag("a meeting of readers")
    desk.press("r")
    assert "The selection is:" in said(desk)
    digit = next(key for key, text in desk.window.prompt.said if text == "addressee")
    desk.press(digit)
    frame = next(one for one in desk.content.frames if one.id == made.id)
    assert words(desk, frame, "addressee") == ["a meeting of readers"]
    desk.press("z", Qt.KeyboardModifier.ControlModifier)
    assert desk.content.spans == before.spans


def test_selected_words_that_are_labelled_are_linked_as_they_are(desk) -> None:
    made = make(desk, "Every quotation has")
    desk.go("Olga Simek", into=0)
    for key in "ep":
        desk.press(key)
    name = next(one for one in desk.content.spans if one.label == "PERSON")
    desk.session.choose(made.id)
    desk.drag("Olga Simek")
    desk.press("r")
    desk.press(next(key for key, text in desk.window.prompt.said if text == "addressee"))
    frame = next(one for one in desk.content.frames if one.id == made.id)
    assert frame.ends("addressee") == (name.id,)


def test_the_same_answers_by_mouse(desk) -> None:
    make(desk, "I give it two weeks")
    make(desk, "Every quotation has")
    desk.do("stance")
    bar = desk.window.answer_bar
    another = next(one for one in bar.findChildren(QToolButton) if one.accessibleName() == "on another")
    assert another.text().startswith("Tab")
    desk.qtbot.mouseClick(another, Qt.MouseButton.LeftButton)
    deny = next(one for one in bar.findChildren(QToolButton) if one.accessibleName() == "deny")
    desk.qtbot.mouseClick(deny, Qt.MouseButton.LeftButton)
    desk.settle()
    assert words(desk, newest(desk, "STANCE"), "target") == ["“I give it two weeks,”"]


def test_a_key_that_is_no_answer_is_named_as_it_is_called(desk) -> None:
    desk.press("e")
    desk.press(Qt.Key.Key_Tab)
    assert "“Tab” means nothing here" in said(desk)


def test_who_only_speaks_takes_a_side_on_what_was_said_before(desk) -> None:
    before = make(desk, "doubted that readers")
    make(desk, "I give it two weeks")
    desk.press("t")
    assert (shown(desk),) == before.ends("claim")
    assert "Stance of “she”" in said(desk)


def test_a_claim_that_was_chosen_is_what_a_stance_is_on_first(desk) -> None:
    make(desk, "doubted that readers")
    (claim,) = make(desk, "I give it two weeks").ends("claim")
    desk.session.choose(claim)
    desk.press("t")
    assert shown(desk) == claim
