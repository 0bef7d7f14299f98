"""Inspector page "Above the articles": actors and claim cards are found, added, changed, removed."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from annotator.ui.panels.above import AbovePage
from annotator.ui.panels.register import Register


@pytest.fixture
def page(world: Any) -> AbovePage:
    made = AbovePage(world.session, Register(world.session, world.session))
    made.resize(340, 700)
    world.show(made)
    return made


def enter(world: Any, edit: Any, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    world.qtbot.keyClicks(edit, text)
    world.qtbot.keyClick(edit, Qt.Key.Key_Return)
    world.settle()


def press(world: Any, widget: Any) -> None:
    world.settle()
    world.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    world.settle()


def actor(world: Any, name: str) -> Any:
    return next(one for one in world.fetch(lambda project: project.actors()) if one.name == name)


def names(page: AbovePage) -> list[str]:
    return [row.text for row in page.list.rows]


def show(world: Any, page: AbovePage, name: str) -> None:
    page.show_record(world.ids[name])
    world.settle()


def test_the_filter_finds_and_enter_goes_to_the_first(world: Any, page: AbovePage) -> None:
    world.do(lambda project: project.add_actor("Reuters", "media", aliases=("the agency",)))
    assert names(page) == ["Elena Brandt", "Reuters"]
    page.filter.setFocus()
    world.qtbot.keyClicks(page.filter, "AGENCY")
    assert names(page) == ["Reuters"]
    world.qtbot.keyClick(page.filter, Qt.Key.Key_Return)
    assert page.list.hasFocus()
    assert page.actor.edits["name"].text() == "Reuters"


def test_an_actor_is_added_by_enter_and_shown(world: Any, page: AbovePage) -> None:
    enter(world, page.filter, "Coastal Institute")
    assert actor(world, "Coastal Institute").kind == "unspecified"
    assert page.list.current() == actor(world, "Coastal Institute").id
    assert page.filter.text() == ""
    assert page.tabs.tabText(0) == "Actors (2)"
    world.undo()
    assert names(page) == ["Elena Brandt"]


def test_add_needs_a_name(world: Any, page: AbovePage) -> None:
    assert not page.add.isEnabled()
    page.filter.setText("Reuters")
    assert page.add.isEnabled()
    press(world, page.add)
    assert actor(world, "Reuters")


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("name", "E. Brandt", "E. Brandt"),
        ("aliases", "Brandt;  the minister ;", ("Brandt", "the minister")),
        ("affiliation", "Environment Ministry", "Environment Ministry"),
        ("role", "minister", "minister"),
    ],
)
def test_facts_of_an_actor_are_changed_and_undone(
    world: Any, page: AbovePage, field: str, typed: str, value: object
) -> None:
    show(world, page, "actor")
    before = page.actor.edits[field].text()
    enter(world, page.actor.edits[field], typed)
    (found,) = world.fetch(lambda project: project.actors())
    assert getattr(found, field) == value
    world.undo()
    assert page.actor.edits[field].text() == before


def test_two_facts_changed_at_once_are_both_kept(world: Any, page: AbovePage) -> None:
    show(world, page, "actor")
    for field, text in (("role", "minister"), ("affiliation", "Ministry")):
        page.actor.edits[field].setFocus()
        world.qtbot.keyClicks(page.actor.edits[field], text)
        world.qtbot.keyClick(page.actor.edits[field], Qt.Key.Key_Return)
    found = actor(world, "Elena Brandt")
    assert (found.role, found.affiliation) == ("minister", "Ministry")


def test_an_actor_keeps_a_name(world: Any, page: AbovePage) -> None:
    show(world, page, "actor")
    edit = page.actor.edits["name"]
    edit.selectAll()
    world.qtbot.keyClick(edit, Qt.Key.Key_Delete)
    world.qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert actor(world, "Elena Brandt")
    assert edit.text() == "Elena Brandt"


def test_the_kind_and_the_note_are_changed(world: Any, page: AbovePage) -> None:
    show(world, page, "actor")
    combo = page.actor.kind
    combo.setCurrentIndex(combo.findData("government"))
    combo.activated.emit(combo.currentIndex())
    page.actor.note.setFocus()
    world.qtbot.keyClicks(page.actor.note, "since 2021")
    page.commit()
    found = actor(world, "Elena Brandt")
    assert (found.kind, found.note) == ("government", "since 2021")
    assert combo.findData("author") == -1


def test_where_an_actor_is_named_is_listed_and_opened(world: Any, page: AbovePage) -> None:
    show(world, page, "actor")
    uses = page.actor.uses
    assert [row.text for row in uses.list.rows] == ["Minister Elena Brandt", "Stance"]
    uses.list.step(1)
    world.qtbot.keyClick(uses.list, Qt.Key.Key_Return)
    assert world.session.chosen == world.ids["minister"]


def test_a_use_in_another_article_opens_that_article(world: Any, page: AbovePage) -> None:
    world.session.open_article(world.ids["other"])
    show(world, page, "actor")
    page.actor.uses.list.opened.emit(page.actor.uses.list.rows[0].value)
    world.settle()
    assert world.content.article.id == world.ids["article"]
    assert world.session.chosen == world.ids["minister"]


def test_only_an_actor_that_is_named_nowhere_is_removed(world: Any, page: AbovePage) -> None:
    show(world, page, "actor")
    assert not page.actor.remove.isEnabled()
    enter(world, page.filter, "Nobody")
    assert page.actor.remove.isEnabled()
    press(world, page.actor.remove)
    assert names(page) == ["Elena Brandt"]
    world.undo()
    assert names(page) == ["Elena Brandt", "Nobody"]


def test_a_claim_card_is_added_reworded_noted_and_removed(world: Any, page: AbovePage) -> None:
    page.tabs.setCurrentIndex(1)
    enter(world, page.filter, "Villages will be safe.")
    assert page.tabs.tabText(1) == "Claim cards (2)"
    enter(world, page.card.wording, "All villages will be safe.")
    page.card.note.setFocus()
    world.qtbot.keyClicks(page.card.note, "watch")
    page.commit()
    cards = {one.wording: one.note for one in world.fetch(lambda project: project.claim_cards())}
    assert cards == {"Damage has fallen.": "", "All villages will be safe.": "watch"}
    assert page.card.remove.isEnabled()
    press(world, page.card.remove)
    assert names(page) == ["Damage has fallen."]


def test_members_of_a_card_are_listed_and_taken_off(world: Any, page: AbovePage) -> None:
    show(world, page, "card")
    assert [row.text for row in page.card.members.list.rows] == ["that damage had fallen by 40 percent"]
    assert not page.card.remove.isEnabled()
    assert not page.card.take_off.isEnabled()
    page.card.members.list.step(1)
    press(world, page.card.take_off)
    assert world.span("damage").claim_card is None
    assert page.card.members.list.rows == []
    assert page.card.remove.isEnabled()
    world.undo()
    assert len(page.card.members.list.rows) == 1


def test_a_card_keeps_a_wording(world: Any, page: AbovePage) -> None:
    show(world, page, "card")
    page.card.wording.selectAll()
    world.qtbot.keyClick(page.card.wording, Qt.Key.Key_Delete)
    world.qtbot.keyClick(page.card.wording, Qt.Key.Key_Return)
    assert page.card.wording.text() == "Damage has fallen."


def test_an_empty_list_says_what_to_do(world: Any, page: AbovePage) -> None:
    page.filter.setText("nobody at all")
    assert page._none.text() == "No actor like this. Press Enter to add it."
    page.tabs.setCurrentIndex(1)
    page.filter.clear()
    assert not page._none.isVisible()
