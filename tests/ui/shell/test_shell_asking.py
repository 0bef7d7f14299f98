"""Keys that ask for one more: stances on what, roles filled by what, always with Tab, digits and a list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton

from annotator.model.ids import Id
from annotator.model.records import Frame
from annotator.ui.article_view.hint_boxes import hint_boxes
from annotator.ui.picker import Picker

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(desk):
    """Return a window on the tour, with no suggestion in the way."""
    desk.reject_all()
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
    assert "Stance of “she” on “I give it two weeks,”" in said(desk)
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


def typed(desk, text: str) -> None:
    """Type into the list that popped up, and take what stands first."""
    desk.settle()
    field = popup(desk).field
    desk.qtbot.keyClicks(field, text)
    desk.qtbot.keyClick(field, Qt.Key.Key_Return)
    desk.settle()


def test_a_stance_on_an_actor_or_card_of_another_article_is_found_by_typing(desk) -> None:
    made: list[object] = []
    desk.session.do(lambda project: project.add_actor("Zora Quist", "person"))
    desk.session.do(lambda project: project.add_claim_card("Zebras like queues."))
    desk.session.ask(lambda project: made.extend((*project.actors(), *project.claim_cards())), lambda _: None)
    frame = make(desk, "I give it two weeks")
    for words_, name in (("zora", "Zora Quist"), ("zebras", "Zebras like queues.")):
        desk.session.choose(frame.id)
        desk.press("t")
        desk.press(" ")
        typed(desk, words_)
        assert f"on {name}" in said(desk)
        desk.press("2")
        wanted = next(
            one.id for one in made if name in (getattr(one, "name", ""), getattr(one, "wording", ""))
        )
        assert newest(desk, "STANCE").ends("target") == (wanted,)


def test_a_stance_from_the_list_is_of_the_chosen_source_not_of_who_tells_it(desk) -> None:
    make(desk, "said the library")
    make(desk, "had told him")
    desk.press("t")
    assert "Stance of “Deputy mayor Anton Riedl”" in said(desk)
    desk.press(" ")
    typed(desk, "article")
    assert "Stance of “the library”" not in said(desk)
    assert "Deputy" not in said(desk)
    assert len(desk.window.view.page.hints) <= len(
        [one for one in desk.content.spans if one.label == "CLAIM"]
    )


def test_a_stance_of_somebody_whom_the_text_does_not_name(desk) -> None:
    desk.session.do(lambda project: project.add_actor("Zora Quist", "person"))
    frame = make(desk, "I give it two weeks")
    desk.press("t")
    desk.press("0")
    typed(desk, "zora")
    assert "Stance of Zora Quist" in said(desk)
    assert (shown(desk),) == frame.ends("claim")
    desk.press("1")
    stance = newest(desk, "STANCE")
    assert not stance.ends("holder_mention")
    (holder,) = stance.ends("holder")
    assert next(one.name for one in desk.content.actors if one.id == holder) == "Zora Quist"


def test_a_stance_of_the_source_of_another_attribution(desk) -> None:
    make(desk, "I give it two weeks")
    make(desk, "Every quotation has")
    desk.press("t")
    desk.press("0")
    typed(desk, "she")
    desk.press("2")
    assert words(desk, newest(desk, "STANCE"), "holder_mention") == ["she"]


def test_a_stance_on_words_that_are_no_claim(desk) -> None:
    frame = make(desk, "I give it two weeks")
    desk.press("t")
    desk.press(" ")
    typed(desk, "she source")
    desk.press("2")
    assert newest(desk, "STANCE").ends("target") == frame.ends("source")


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


def click(desk, record: Id) -> None:
    """Click on the words of a span."""
    view = desk.window.view
    span = next(one for one in desk.content.spans if one.id == record)
    rect = view.page.rects(span.fragments[0])[0]
    place = QPoint(int(rect.left()) + 30, int(rect.center().y()))
    desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.settle()


def test_a_click_on_what_has_a_letter_is_that_letter(desk) -> None:
    (claim,) = make(desk, "I give it two weeks").ends("claim")
    made = make(desk, "Every quotation has")
    desk.press("t")
    click(desk, claim)
    assert shown(desk) == claim
    click(desk, claim)  # what is proposed already stays so
    assert shown(desk) == claim
    assert desk.session.chosen == made.id
    desk.press("2")
    assert newest(desk, "STANCE").ends("target") == (claim,)


def test_a_click_on_the_letter_itself_links_a_frame(desk) -> None:
    other, made = make(desk, "I give it two weeks"), make(desk, "Every quotation has")
    desk.press("r")
    desk.press(next(key for key, text in desk.window.prompt.said if text == "parent"))
    view = desk.window.view
    place = hint_boxes(view.page)[other.id].center().toPoint()
    desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.settle()
    linked = next(one for one in desk.content.frames if one.id == made.id)
    assert linked.ends("parent") == (other.id,)


def test_a_click_on_the_proposed_one_takes_it(desk) -> None:
    other, made = make(desk, "I give it two weeks"), make(desk, "Every quotation has")
    desk.press("r")
    desk.press(next(key for key, text in desk.window.prompt.said if text == "parent"))
    desk.press(Qt.Key.Key_Tab)
    view = desk.window.view
    (current,) = view.page.hints
    place = hint_boxes(view.page)[current].center().toPoint()
    desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.settle()
    linked = next(one for one in desk.content.frames if one.id == made.id)
    assert linked.ends("parent") == (current,)
    assert other.id in {one.id for one in desk.content.frames}


def test_a_click_elsewhere_ends_the_waiting(desk) -> None:
    (claim,) = make(desk, "I give it two weeks").ends("claim")
    desk.go("Every quotation has")
    desk.press("e")
    assert desk.window.prompt.is_waiting
    click(desk, claim)
    assert not desk.window.prompt.is_waiting
    assert not desk.window.answer_bar.isVisible()


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
