"""Inspector page "Selected": every control changes the chosen record, and undo brings back what was."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from annotator.model.ids import new_id
from annotator.model.records import Actor, RoleEnd
from annotator.ui import turns
from annotator.ui.panels import roles
from annotator.ui.panels.actor_field import actor_choices
from annotator.ui.panels.choose_edit import Choice
from annotator.ui.panels.inspector import Inspector
from annotator.ui.panels.selected import SelectedPage


@pytest.fixture
def inspector(world: Any, themed: Any) -> Inspector:
    made = Inspector(world.session)
    made.set_theme(themed)
    made.resize(340, 640)
    world.show(made)
    made.show_selected()
    return made


@pytest.fixture
def page(inspector: Inspector) -> SelectedPage:
    return inspector.selected


class Watcher(QObject):
    """Notes which windows are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


def press(world: Any, widget: Any) -> None:
    world.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    world.settle()


def answer(world: Any, edit: Any, text: str) -> None:
    """Type into a line to choose from, and press Enter."""
    edit.setFocus()
    edit.setText(text)
    world.qtbot.keyClick(edit, Qt.Key.Key_Return)
    world.settle()


def tool(parent: Any, name: str) -> QToolButton:
    return next(one for one in parent.findChildren(QToolButton) if one.accessibleName() == name)


# A span


def test_nothing_chosen_says_what_to_do(page: SelectedPage) -> None:
    assert page.currentWidget().isVisible()
    assert page.currentIndex() == page._places["nothing"]


def test_a_span_shows_its_words_piece_by_piece(world: Any, page: SelectedPage) -> None:
    world.choose("promise")
    assert page.span.words.text() == "“We have kept our promise,”\n… “and every village will be protected.”"
    assert page.span.mark.accessibleName() == "CLAIM"
    assert page.span.origin.text().startswith("Made by Ada · ")
    assert page.span.origin.text().endswith("by hand")


@pytest.mark.parametrize("record", ["damage", "first"])
def test_what_a_label_needs_is_made_a_turn_before_it_is_shown(
    world: Any, page: SelectedPage, monkeypatch: pytest.MonkeyPatch, record: str
) -> None:
    monkeypatch.setattr(turns, "_TURN", 0.0)
    noted: list[str] = []
    editor, name = (page.span, "show_span") if record == "damage" else (page.frame, "show_frame")
    made, show = editor.attributes._labels._make, getattr(editor, name)
    monkeypatch.setattr(
        editor.attributes._labels, "_make", lambda label: [noted.append("made"), made(label)][1]
    )
    monkeypatch.setattr(editor, name, lambda *given: [noted.append("shown"), show(*given)][1])
    turn = QTimer(interval=0)
    turn.timeout.connect(lambda: noted.append("."))
    turn.start()
    world.session.choose(world.ids[record])
    world.qtbot.waitUntil(lambda: "shown" in noted)
    assert [one for one in "".join(noted).split(".") if one] == ["made", "shown"]
    assert any(one.isVisible() for one in editor.attributes.findChildren(QLabel))


def test_digits_set_attributes_and_undo_takes_them_back(world: Any, page: SelectedPage) -> None:
    world.choose("damage")
    rows = page.span.attributes.rows
    assert rows["form"].value == "direct"
    world.qtbot.keyClick(rows["form"], Qt.Key.Key_2)
    world.qtbot.keyClick(rows["type"], Qt.Key.Key_4)
    assert dict(world.span("damage").attributes) == {"form": "indirect", "type": "prediction"}
    assert rows["form"].value == "indirect"
    world.undo()
    world.undo()
    assert world.span("damage").attributes == {}
    assert page.span.attributes.rows["form"].value == "direct"


def test_setting_an_attribute_keeps_the_focus(world: Any, page: SelectedPage) -> None:
    world.choose("damage")
    row = page.span.attributes.rows["polarity"]
    row.setFocus()
    world.qtbot.keyClick(row, Qt.Key.Key_2)
    world.settle()
    assert page.span.attributes.rows["polarity"] is row
    assert row.hasFocus()


def test_attributes_keep_their_names_when_another_label_is_chosen(world: Any, page: SelectedPage) -> None:
    for record, names in (
        ("damage", {"form", "polarity"}),
        ("ministry", {"form", "compound"}),
        ("said", {"negated"}),
    ):
        world.choose(record)
        world.settle()
        shown = {one.text() for one in page.span.attributes.findChildren(QLabel) if one.isVisible()}
        assert names <= shown


def test_a_text_attribute_is_saved_on_enter_and_emptied(world: Any, page: SelectedPage) -> None:
    world.choose("damage")
    line = page.span.attributes.lines["normalized"]
    line.setFocus()
    world.qtbot.keyClicks(line, "Damage fell.")
    world.qtbot.keyClick(line, Qt.Key.Key_Return)
    assert world.span("damage").attributes["normalized"] == "Damage fell."
    line.selectAll()
    world.qtbot.keyClick(line, Qt.Key.Key_Delete)
    world.qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "normalized" not in world.span("damage").attributes


def test_a_text_attribute_is_saved_when_another_record_is_chosen(world: Any, page: SelectedPage) -> None:
    world.choose("damage")
    line = page.span.attributes.lines["normalized"]
    line.setFocus()
    world.qtbot.keyClicks(line, "Damage fell.")
    world.choose("promise")
    assert world.span("damage").attributes["normalized"] == "Damage fell."
    assert "normalized" not in world.span("promise").attributes
    assert page.span.attributes.lines["normalized"].text() == ""


def test_the_label_is_changed(world: Any, page: SelectedPage) -> None:
    world.choose("person")
    combo = page.span.label
    combo.setCurrentIndex(combo.findData("ORG"))
    combo.activated.emit(combo.currentIndex())
    assert world.span("person").label == "ORG"
    assert page.span.mark.accessibleName() == "ORG"
    world.undo()
    assert combo.value == "PERSON"


def test_a_label_that_a_frame_does_not_allow_is_refused_in_words(world: Any, page: SelectedPage) -> None:
    world.choose("ministry")
    combo = page.span.label
    combo.setCurrentIndex(combo.findData("CUE"))
    combo.activated.emit(combo.currentIndex())
    assert world.span("ministry").label == "SOURCE"
    assert world.said


def test_hidden_labels_are_not_offered(world: Any, page: SelectedPage) -> None:
    world.choose("person")
    names = {page.span.label.itemData(at) for at in range(page.span.label.count())}
    assert "CLAIM" in names
    assert names.isdisjoint({"ORDINAL", "ATTRIBUTION", "ARTICLE_KIND"})


def test_an_actor_is_chosen_made_and_taken_away(world: Any, page: SelectedPage) -> None:
    world.choose("ministry")
    answer(world, page.span.actor.edit, "elena")
    assert world.span("ministry").actor == world.ids["actor"]
    assert page.span.actor.text() == "Elena Brandt"
    press(world, page.span.actor.remove_button)
    assert world.span("ministry").actor is None
    answer(world, page.span.actor.edit, "Environment Ministry")
    made = world.span("ministry").actor
    names = {one.id: one.name for one in world.fetch(lambda project: project.actors())}
    assert names[made] == "Environment Ministry"
    world.undo()
    assert world.span("ministry").actor is None
    assert made not in {one.id for one in world.fetch(lambda project: project.actors())}


def test_actors_named_like_the_words_are_offered_first() -> None:
    actors = [
        Actor(new_id(), name, "person", aliases=aliases)
        for name, aliases in (("Ada", ()), ("Karol Benko", ()), ("The mayor", ("Benko senior",)))
    ]
    offered = [one.text for one in actor_choices(actors, new_id(), "editor Karol Benko")]
    assert offered == ["Karol Benko", "The mayor", "Ada"]
    assert [one.text for one in actor_choices(actors, new_id())] == ["Ada", "Karol Benko", "The mayor"]


def test_an_actor_made_from_an_entity_has_its_kind(world: Any, page: SelectedPage) -> None:
    world.choose("person")
    answer(world, page.span.actor.edit, "Samir Haddad")
    kinds = {one.name: one.kind for one in world.fetch(lambda project: project.actors())}
    assert kinds["Samir Haddad"] == "person"


def test_a_claim_card_is_made_chosen_and_taken_away(world: Any, page: SelectedPage) -> None:
    world.choose("promise")
    assert page.span.card.isVisible()
    assert not page.span.actor.isVisible()
    answer(world, page.span.card.edit, "Villages will be protected.")
    made = world.span("promise").claim_card
    assert made not in (None, world.ids["card"])
    answer(world, page.span.card.edit, "damage has")
    assert world.span("promise").claim_card == world.ids["card"]
    assert page.span.card.text() == "Damage has fallen."
    world.undo()
    assert world.span("promise").claim_card == made
    world.undo()
    assert world.span("promise").claim_card is None
    answer(world, page.span.card.edit, "damage has")
    press(world, page.span.card.remove_button)
    assert world.span("promise").claim_card is None


def test_a_cue_has_neither_actor_nor_card(world: Any, page: SelectedPage) -> None:
    world.choose("said")
    assert not page.span.card.isVisible()
    assert not page.span.actor.isVisible()


def test_the_frames_of_a_span_are_listed_and_opened(world: Any, page: SelectedPage) -> None:
    world.choose("damage")
    details = {row.value: row.detail for row in page.span.frames.rows}
    assert details == {world.ids["first"]: "claim", world.ids["stance"]: "target"}
    page.span.frames.go_to(world.ids["first"])
    world.qtbot.keyClick(page.span.frames, Qt.Key.Key_Return)
    assert world.session.chosen == world.ids["first"]
    world.settle()
    assert page.currentIndex() == page._places["frame"]


def test_a_note_is_saved_when_another_record_is_chosen(world: Any, page: SelectedPage) -> None:
    world.choose("damage")
    page.span.note.setFocus()
    world.qtbot.keyClicks(page.span.note, "check the number")
    world.choose("first")
    assert world.span("damage").note == "check the number"
    assert world.frame("first").note == ""
    world.undo()
    assert world.span("damage").note == ""


def test_a_note_is_saved_when_another_article_is_opened(world: Any, page: SelectedPage) -> None:
    world.choose("damage")
    page.span.note.setFocus()
    world.qtbot.keyClicks(page.span.note, "typed")
    world.session.open_article(world.ids["other"])
    world.settle()
    spans = world.fetch(lambda project: project.content(world.ids["article"]).spans)
    assert {one.id: one.note for one in spans}[world.ids["damage"]] == "typed"


def test_commit_saves_all_before_closing(world: Any, inspector: Inspector) -> None:
    world.choose("first")
    inspector.selected.frame.note.setFocus()
    world.qtbot.keyClicks(inspector.selected.frame.note, "typed")
    inspector.commit()
    assert world.frame("first").note == "typed"


def test_a_span_is_deleted_and_comes_back(world: Any, page: SelectedPage) -> None:
    world.choose("said")
    press(world, page.span.delete)
    assert world.ids["said"] not in {one.id for one in world.content.spans}
    assert world.frame("first").ends("cue") == ()
    assert world.session.chosen is None
    assert page.currentIndex() == page._places["nothing"]
    world.undo()
    assert world.frame("first").ends("cue") == (world.ids["said"],)


# A frame


def test_a_frame_shows_what_fills_its_roles(world: Any, page: SelectedPage) -> None:
    world.choose("inner")
    assert page.frame.chain.text() == "the author › An official › not said"
    assert list(page.frame.roles.adders)[:2] == ["source", "implicit_source"]  # as its card has them
    assert set(page.frame.roles.adders) == {
        "claim",
        "source",
        "cue",
        "implicit_source",
        "addressee",
        "medium",
        "continues",
    }


def test_a_role_is_filled_from_what_the_scheme_allows(world: Any, page: SelectedPage) -> None:
    world.choose("outer")
    choices = {choice.value.end for choice in page.frame.roles.adders["source"].choices}
    assert choices == {world.ids["ministry"], world.ids["minister"]}
    answer(world, page.frame.roles.adders["cue"], "said")
    assert world.frame("outer").ends("cue") == (world.ids["said"],)
    assert "cue" not in page.frame.roles.adders
    world.undo()
    assert world.frame("outer").ends("cue") == ()
    assert "cue" in page.frame.roles.adders


def test_where_nothing_may_fill_a_role_yet_the_line_says_so(world: Any, page: SelectedPage) -> None:
    world.choose("outer")
    said = {}
    for role in ("source", "medium", "continues"):
        adder = page.frame.roles.adders[role]
        adder.set_choices(() if role != "source" else [*adder.choices])
        world.qtbot.keyClick(adder, Qt.Key.Key_Down)
        said[role] = adder.placeholderText()
    assert said == {"source": "add…", "medium": "none yet: mark words first", "continues": "none yet"}
    adder.set_choices([Choice("one", "one")])
    assert adder.placeholderText() == "add…"


def test_a_frame_is_never_offered_to_itself(world: Any, page: SelectedPage) -> None:
    world.choose("outer")
    choices = {choice.value.end for choice in page.frame.roles.adders["parent"].choices}
    assert world.ids["outer"] not in choices
    assert world.ids["first"] in choices


def test_a_circle_of_parents_is_refused_in_words(world: Any, page: SelectedPage) -> None:
    world.choose("outer")
    end = RoleEnd("parent", "frame", world.ids["inner"])
    page.frame.roles.linked.emit(end)
    world.settle()
    assert world.frame("outer").ends("parent") == ()
    assert "circle" in world.said[-1]


def test_an_end_is_removed_and_followed(world: Any, page: SelectedPage) -> None:
    world.choose("first")
    press(world, tool(page.frame.roles, "Remove from cue: said"))
    assert world.frame("first").ends("cue") == ()
    world.undo()
    press(world, tool(page.frame.roles, "Show: said"))
    assert world.session.chosen == world.ids["said"]


def test_an_actor_is_followed_above_the_articles(world: Any, inspector: Inspector) -> None:
    world.choose("stance")
    press(world, tool(inspector.selected.frame.roles, "Show: Elena Brandt"))
    assert inspector.pages.currentIndex() == 2
    assert inspector.above.list.current() == world.ids["actor"]
    assert inspector.above.actor.edits["name"].text() == "Elena Brandt"


@pytest.mark.parametrize(
    ("at", "kind", "shown"),
    [(0, "author", "the author"), (1, "person_unnamed", "unnamed"), (2, "unspecified", "not said")],
)
def test_placeholders_stand_for_a_source_without_words(
    world: Any, page: SelectedPage, at: int, kind: str, shown: str
) -> None:
    world.choose("inner")
    assert page.frame.placeholders.isVisible()
    press(world, page.frame.placeholders.layout().itemAt(at).widget())
    actors = {one.id: one for one in world.fetch(lambda project: project.actors())}
    (end,) = world.frame("inner").ends("implicit_source")
    assert actors[end].kind == kind
    assert not page.frame.placeholders.isVisible()
    assert tool(page.frame.roles, f"Show: {shown}").isVisible()
    world.undo()
    assert world.frame("inner").ends("implicit_source") == ()
    assert end not in {one.id for one in world.fetch(lambda project: project.actors())}


def test_a_placeholder_is_made_once(world: Any, page: SelectedPage) -> None:
    world.choose("inner")
    press(world, page.frame.placeholders.layout().itemAt(1).widget())
    first = world.frame("inner").ends("implicit_source")
    press(world, tool(page.frame.roles, "Remove from implicit source: unnamed"))
    press(world, page.frame.placeholders.layout().itemAt(1).widget())
    assert world.frame("inner").ends("implicit_source") == first


def test_a_frame_with_a_source_offers_no_placeholder(world: Any, page: SelectedPage) -> None:
    world.choose("first")
    assert not page.frame.placeholders.isVisible()


def test_a_stance_is_changed_by_digit(world: Any, page: SelectedPage) -> None:
    world.choose("stance")
    assert page.frame.attributes.rows["value"].value == "deny"
    world.qtbot.keyClick(page.frame.attributes.rows["value"], Qt.Key.Key_3)
    assert world.frame("stance").attributes["value"] == "question"
    world.undo()
    assert page.frame.attributes.rows["value"].value == "deny"


def test_a_frame_is_deleted_and_comes_back(world: Any, page: SelectedPage) -> None:
    world.choose("second")
    press(world, page.frame.delete)
    assert world.ids["second"] not in {one.id for one in world.content.frames}
    world.undo()
    assert world.frame("second").ends("source") == (world.ids["minister"],)


def test_the_choices_of_a_role_are_gone_through_when_they_are_looked_at(
    world: Any, page: SelectedPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone_through: list[str] = []
    real = roles.choices_for

    def choices_for(role: Any, *about: Any) -> Any:
        gone_through.append(role.name)
        yield from real(role, *about)

    monkeypatch.setattr(roles, "choices_for", choices_for)
    world.choose("first")
    assert gone_through == []
    page.frame.roles.adders["parent"].setFocus()
    assert gone_through == ["parent"]


def test_the_controls_of_a_label_stay_when_another_one_is_shown(world: Any, page: SelectedPage) -> None:
    world.choose("first")
    chooser = page.frame.roles.adders["source"]
    world.choose("stance")
    assert "source" not in page.frame.roles.adders
    world.choose("second")
    assert page.frame.roles.adders["source"] is chooser
    assert tool(page.frame.roles, "Show: Minister Elena Brandt").isVisible()


def test_a_page_out_of_sight_is_shown_anew_when_it_comes_to_sight(world: Any, inspector: Inspector) -> None:
    inspector.show_article()
    world.choose("damage")
    assert inspector.selected.span.record_id is None
    inspector.show_selected()
    assert inspector.selected.span.record_id == world.ids["damage"]


# A suggestion


def test_a_suggestion_shows_why_and_says_what_was_answered(
    world: Any, page: SelectedPage, suggestion: Any
) -> None:
    world.session.choose(suggestion.id)
    world.settle()
    assert page.suggestion._what.text() == "Reuters"
    assert page.suggestion._step.text() == "●●● sure"
    assert page.suggestion._reason.text() == "Because: a known <b>agency</b>"
    answered: list[tuple[Any, bool]] = []
    page.suggestion.decided.connect(lambda *answer: answered.append(answer))
    for one in (page.suggestion.accept, page.suggestion.reject):
        press(world, one)
    assert answered == [(suggestion.id, True), (suggestion.id, False)]


def test_a_rejected_suggestion_is_decided_again(world: Any, page: SelectedPage, suggestion: Any) -> None:
    world.session.do(lambda project: project.reject([suggestion.id]))
    world.settle()
    assert world.content.suggested_spans[0].state == "rejected"
    world.session.choose(suggestion.id)
    world.settle()
    press(world, page.suggestion.reopen)
    assert world.content.suggested_spans[0].state == "open"


def test_a_suggested_frame_lists_its_roles(world: Any, inspector: Inspector, suggested_frame: Any) -> None:
    inspector.show_article()
    card = next(one for one in inspector.article.frames.cards if one.id == suggested_frame.id)
    assert card.suggested == "suggested ●●○ likely"
    inspector.show_selected()
    world.session.choose(suggested_frame.id)
    world.settle()
    assert inspector.selected.suggestion._roles.text() == "source: The Ministry\ncue: said"


# The whole


def test_nothing_flashes_up_as_a_window_of_its_own(world: Any, themed: Any, qapp: Any) -> None:
    watcher = Watcher()
    qapp.installEventFilter(watcher)
    inspector = Inspector(world.session)
    world.show(inspector)
    for name in ("damage", "first", "stance"):
        world.choose(name)
    inspector.show_above()
    inspector.above.list.step(1)
    world.settle()
    qapp.removeEventFilter(watcher)
    assert watcher.windows == ["Inspector"]


def test_the_inspector_is_walked_by_key(world: Any, inspector: Inspector) -> None:
    world.choose("first")
    inspector.show_selected()
    assert inspector.selected.frame.label.hasFocus()
    seen = set()
    for _ in range(40):
        world.qtbot.keyClick(inspector.focusWidget() or inspector, Qt.Key.Key_Tab)
        focused = inspector.focusWidget()
        seen.add(focused.accessibleName() if focused else "")
    assert {"Add to claim", "Show: said", "anonymity: named", "Note", "Delete"} <= seen


def test_shortcuts_bring_the_pages_to_the_front(world: Any, inspector: Inspector) -> None:
    world.choose("damage")
    inspector.show_above()
    assert inspector.above.filter.hasFocus()
    inspector.edit_note()
    assert inspector.selected.span.note.hasFocus()
    inspector.show_questions()
    assert inspector.article.questions.list.hasFocus()
    inspector.show_article()
    assert inspector.article.frames.hasFocus()


def test_the_answers_to_a_suggestion_take_two_lines_where_one_is_too_narrow(
    world: Any, page: SelectedPage, suggestion: Any
) -> None:
    world.session.choose(suggestion.id)
    card = page.suggestion
    card.set_keys("Enter", "Backspace")
    both = card.accept.sizeHint().width() + card.reject.sizeHint().width()
    assert card.minimumSizeHint().width() < both
    card.layout().setGeometry(QRect(0, 0, both, 600))
    assert card.accept.geometry().right() < both
    assert card.reject.geometry().right() <= both
    assert card.reject.geometry().top() > card.accept.geometry().top()
