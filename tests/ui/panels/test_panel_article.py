"""Inspector page "This article": facts, cards, questions, labels, recorded emptiness."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel

from annotator.model.records import Fragment
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.scheme_edits import ReplaceScheme
from annotator.ui.panels.cards import ArticlePage
from annotator.ui.panels.facts import paragraph_at
from annotator.ui.panels.register import Register


@pytest.fixture
def page(world: Any) -> ArticlePage:
    made = ArticlePage(world.session, Register(world.session, world.session))
    made.resize(340, 640)
    world.show(made)
    return made


class Asked(QObject):
    """Notes what asks to be laid out anew."""

    def __init__(self) -> None:
        super().__init__()
        self.widgets: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note it."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.widgets.append(watched)
        return False


def type_into(world: Any, edit: Any, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    world.qtbot.keyClicks(edit, text)
    world.qtbot.keyClick(edit, Qt.Key.Key_Return)
    world.settle()


# Cards


def test_cards_stand_in_text_order_and_say_who_said_what(world: Any, page: ArticlePage) -> None:
    cards = page.frames.cards
    order = [world.ids[name] for name in ("first", "stance", "second", "outer", "inner")]
    assert [card.id for card in cards] == order
    first, stance, second, _, inner = cards
    assert [(line.role, line.text) for line in first.lines] == [
        ("source", "The Ministry"),
        ("cue", "said"),
        ("claim", "that damage had fallen by 40 percent"),
    ]
    assert ("value", "−  deny") in [(line.role, line.text) for line in stance.lines]
    assert second.lines[-1].text == "“We have kept our promise,” … “and every village will be protected.”"
    assert inner.chain == "the author › An official › not said"
    assert [line.role for line in inner.lines if line.missing] == ["source"]
    assert page.tabs.tabText(0) == "Frames (5)"


def test_the_cards_can_stand_by_what_is_worth_checking(world: Any, page: ArticlePage) -> None:
    in_text = [card.id for card in page.frames.cards]
    page.order.setFocus()
    world.qtbot.keyClick(page.order, Qt.Key.Key_Down)
    world.settle()
    by_worth = [card.id for card in page.frames.cards]
    assert sorted(by_worth) == sorted(in_text)
    assert by_worth[0] == world.ids["first"]  # 40 percent
    assert by_worth != in_text
    world.qtbot.keyClick(page.order, Qt.Key.Key_Up)
    world.settle()
    assert [card.id for card in page.frames.cards] == in_text


def test_a_click_on_a_card_chooses_its_frame(world: Any, page: ArticlePage) -> None:
    place = page.frames.visualRect(page.frames.model().index(1, 0)).center()
    world.qtbot.mouseClick(page.frames.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert world.session.chosen == world.ids["stance"]


def test_keys_walk_the_cards_and_enter_opens_one(world: Any, page: ArticlePage) -> None:
    page.frames.setFocus()
    assert world.session.chosen is None
    for _ in range(2):
        world.qtbot.keyClick(page.frames, Qt.Key.Key_Down)
    assert world.session.chosen == world.ids["stance"]
    with world.qtbot.waitSignal(page.opened):
        world.qtbot.keyClick(page.frames, Qt.Key.Key_Return)


def test_the_card_of_what_is_chosen_elsewhere_becomes_current(world: Any, page: ArticlePage) -> None:
    world.choose("outer")
    assert page.frames.currentIndex().row() == 3
    world.choose("minister")
    assert not page.frames.currentIndex().isValid()


def test_a_card_follows_changes_and_undo(world: Any, page: ArticlePage) -> None:
    world.do(lambda project: project.change_frame(world.ids["stance"], attributes={"value": "support"}))
    assert page.frames.cards[1].sign == "+"
    world.do(lambda project: project.remove([world.ids["first"]]))
    assert len(page.frames.cards) == 4
    world.undo()
    world.undo()
    assert len(page.frames.cards) == 5
    assert page.frames.cards[1].sign == "−"


def test_an_article_without_frames_says_so(world: Any, page: ArticlePage) -> None:
    world.session.open_article(world.ids["other"])
    world.settle()
    assert page.frames.cards == []
    assert page._no_frames.isVisible()
    assert page._no_frames.text().endswith(" and choose Attribution.")
    world.do(
        lambda project: project.schemes.change(ReplaceScheme(read_scheme(resource("schemes/entities.toml"))))
    )
    assert page._no_frames.text() == "No frames yet."
    assert page.tabs.tabText(0) == "Frames"


def test_a_closed_project_leaves_an_empty_page(world: Any, page: ArticlePage) -> None:
    world.session.close_project()
    world.qtbot.waitUntil(page.tabs.isHidden)
    assert page.frames.cards == ()
    shown = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert shown == []


# Questions


def test_open_questions_are_listed_and_walked(world: Any, page: ArticlePage) -> None:
    page.show_questions()
    texts = [one.warning.text for one in page.questions.questions]
    assert any("no source" in text for text in texts)
    assert page.tabs.tabText(1) == f"Checks ({len(texts)})"
    world.qtbot.mouseClick(page.questions.forth, Qt.MouseButton.LeftButton)
    assert world.session.chosen == page.questions.questions[0].warning.records[0]
    world.qtbot.mouseClick(page.questions.back, Qt.MouseButton.LeftButton)
    assert world.session.chosen == page.questions.questions[-1].warning.records[0]


def test_an_answered_question_goes(world: Any, page: ArticlePage) -> None:
    page.show_questions()
    before = len(page.questions.questions)
    link = ("implicit_source", "actor", world.ids["actor"])
    world.do(lambda project: project.link(world.ids["inner"], *link))
    assert len(page.questions.questions) == before - 1
    world.undo()
    assert len(page.questions.questions) == before


# Facts


@pytest.mark.parametrize(
    ("fact", "text"),
    [("title", "Another title"), ("outlet", "Courier"), ("byline", "By Ada"), ("published", "2026-03-14")],
)
def test_facts_are_edited_and_undone(world: Any, page: ArticlePage, fact: str, text: str) -> None:
    before = page.facts.edits[fact].text()
    page.facts.more.click()
    type_into(world, page.facts.edits[fact], text)
    article = world.content.article
    assert (article.title if fact == "title" else article.meta[fact]) == text
    assert text in page.facts._title.text() + page.facts._summary.text()
    world.undo()
    assert page.facts.edits[fact].text() == before


def test_the_language_is_edited(world: Any, page: ArticlePage) -> None:
    page.facts.more.click()
    type_into(world, page.facts.edits["language"], "de")
    assert world.content.article.language == "de"
    assert "German" in page.facts._summary.text()
    type_into(world, page.facts.edits["language"], "und")
    assert "language not known" in page.facts._summary.text()
    type_into(world, page.facts.edits["language"], "x-own")
    assert "x-own" in page.facts._summary.text()


def test_an_emptied_fact_goes(world: Any, page: ArticlePage) -> None:
    page.facts.more.click()
    type_into(world, page.facts.edits["outlet"], "Courier")
    page.facts.edits["outlet"].setFocus()
    page.facts.edits["outlet"].selectAll()
    world.qtbot.keyClick(page.facts.edits["outlet"], Qt.Key.Key_Delete)
    world.qtbot.keyClick(page.facts.edits["outlet"], Qt.Key.Key_Return)
    assert "outlet" not in world.content.article.meta


def test_leaving_a_fact_as_it_is_writes_nothing(world: Any, page: ArticlePage) -> None:
    before = world.undo_name()
    page.facts.more.click()
    for edit in page.facts.edits.values():
        edit.setFocus()
        world.qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert world.undo_name() == before


def test_a_fact_typed_when_the_article_changes_goes_to_its_own_article(world: Any, page: ArticlePage) -> None:
    page.facts.more.click()
    edit = page.facts.edits["title"]
    edit.selectAll()
    world.qtbot.keyClicks(edit, "Typed")
    world.session.open_article(world.ids["other"])
    world.settle()
    titles = [
        world.fetch(lambda project, one=one: project.content(world.ids[one]).article.title)
        for one in ("article", "other")
    ]
    assert titles == ["Typed", "Harbour opens again"]
    assert edit.text() == "Harbour opens again"


def test_the_form_opens_and_closes(world: Any, page: ArticlePage) -> None:
    assert not page.facts._form.isVisible()
    assert not page.facts.kind.isVisible()
    world.qtbot.mouseClick(page.facts.more, Qt.MouseButton.LeftButton)
    assert page.facts._form.isVisible()
    assert page.facts.kind.isVisible()
    world.qtbot.mouseClick(page.facts.more, Qt.MouseButton.LeftButton)
    assert not page.facts._form.isVisible()


def test_where_there_are_few_lines_the_facts_give_way_to_the_frames(world: Any, page: ArticlePage) -> None:
    facts, high = page.facts, page.frames.height()
    told = (facts._title, facts._summary)
    assert all(one.isVisible() for one in told)
    page.resize(340, 260)
    world.settle()
    assert not any(one.isVisible() for one in told)
    assert page.frames.height() > high - 380 + 30
    world.session.open_article(world.ids["other"])
    world.settle()
    assert not facts._title.isVisible()
    page.resize(340, 640)
    assert all(one.isVisible() for one in told)


# Kind of a paragraph


def test_the_kind_of_the_paragraph_at_the_caret_is_corrected(world: Any, page: ArticlePage) -> None:
    page.facts.show_caret(world.at("The Ministry").start)
    assert page.facts.kind.value == "body"
    page.facts.kind.setFocus()
    world.qtbot.keyClicks(page.facts.kind, "cap")
    page.facts.kind.activated.emit(page.facts.kind.currentIndex())
    kinds = {one.start: one.kind for one in world.content.blocks}
    assert kinds[world.at("The Ministry").start] == "caption"
    assert page.facts.kind.value == "caption"
    world.undo()
    assert page.facts.kind.value == "body"


def test_another_paragraph_lays_nothing_out_anew(world: Any, page: ArticlePage, qapp: Any) -> None:
    page.facts.show_caret(0)
    world.settle()
    asked = Asked()
    qapp.installEventFilter(asked)
    page.facts.show_caret(world.at("The Ministry").start)
    world.settle()
    qapp.removeEventFilter(asked)
    assert "The Ministry said" in page.facts._paragraph.text()
    assert asked.widgets == []


def test_a_kind_that_was_refused_is_not_shown(world: Any, page: ArticlePage, monkeypatch: Any) -> None:
    page.facts.show_caret(world.at("The Ministry").start)
    monkeypatch.setattr(world.session, "do", lambda _: None)
    page.facts.kind.setCurrentIndex(page.facts.kind.findData("caption"))
    page.facts.kind.activated.emit(page.facts.kind.currentIndex())
    page.facts.show_content(world.content)
    assert page.facts.kind.value == "body"


def test_a_paragraph_ends_with_its_line(world: Any) -> None:
    content = replace(world.content, blocks=())
    for caret in range(len(world.text) + 1):
        start = world.text.rfind("\n", 0, caret) + 1
        end = (world.text + "\n").find("\n", caret)
        lines = [one for one in world.text[:start].split("\n") if one.strip()]
        assert paragraph_at(content, caret) == (len(lines) + 1, Fragment(start, end), "body")


def test_paragraphs_are_counted_without_blank_lines(world: Any) -> None:
    content = world.content
    number, stretch, _ = paragraph_at(content, world.at("rejected").start)
    assert number == 4
    assert world.text[stretch.start :].startswith("Samir Haddad")
    assert paragraph_at(content, 10**9)[1].end <= len(world.text)
    assert paragraph_at(content, 0)[0] == 1


# Labels and emptiness


def test_an_article_label_is_added_changed_noted_and_removed(world: Any, page: ArticlePage) -> None:
    page.tabs.setCurrentIndex(2)
    world.settle()
    adder = page.labels._adders.layout().itemAt(0).widget()
    assert adder.accessibleName() == "Add: Kind of article"
    world.qtbot.mouseClick(adder, Qt.MouseButton.LeftButton)
    label = world.content.labels[0]
    assert label.label == "ARTICLE_KIND"
    world.qtbot.keyClick(page.labels.editors[label.id].rows["kind"], Qt.Key.Key_3)
    assert world.content.labels[0].attributes == {"kind": "opinion"}
    note = page.labels.notes[label.id]
    note.setFocus()
    world.qtbot.keyClicks(note, "sure")
    note.commit()
    assert world.content.labels[0].note == "sure"
    page.labels._removing(label.id)()
    assert world.content.labels == ()
    world.undo()
    assert world.content.labels[0].note == "sure"


def test_recorded_emptiness_is_listed_shown_and_taken_back(world: Any, page: ArticlePage) -> None:
    page.tabs.setCurrentIndex(2)
    stretch = world.at("By Lena Brandt")
    world.do(lambda project: project.record_nothing(world.ids["article"], "entities", stretch))
    world.do(lambda project: project.record_nothing(world.ids["article"], "all", None))
    nothing = world.content.nothing_here
    shown = [one.text() for one in page.labels._nothing.findChildren(type(page.facts._paragraph))]
    assert shown == ["Paragraph 2: no entities", "Whole article: nothing at all"]
    with world.qtbot.waitSignal(world.session.revealed) as revealed:
        page.labels._going(world.ids["article"], nothing[0])()
    assert revealed.args == [stretch.start]
    page.labels._removing(nothing[0].id)()
    assert [one.stretch for one in world.content.nothing_here] == [None]
    world.undo()
    assert world.content.nothing_here[0].stretch == Fragment(*stretch)
