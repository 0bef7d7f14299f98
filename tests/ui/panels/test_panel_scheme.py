"""The scheme editor: says first what an edit touches, does it in one step, by clicks and by keys alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QWidget

from annotator.model.scheme import Attribute, Label, Role, read_scheme
from annotator.model.scheme_edits import Place, RenameItem, RetireItem
from annotator.ui.panels.new_project import presets
from annotator.ui.panels.register import Register
from annotator.ui.panels.scheme_dialog import SchemeDialog
from annotator.ui.panels.selected import SelectedPage

CUE, KIND = Place("CUE"), Place("CUE", "attribute", "kind")
SPEECH = KIND._replace(value="speech")
CLAIM_ROLE = Place("ATTRIBUTION", "role", "claim")
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Editor:
    """The open dialog and what a person does with it."""

    def __init__(self, world: Any, theme: Any) -> None:
        self.world = world
        self.dialog = SchemeDialog(
            world.session, lambda: theme, lambda key: "Stance" if key == "t" else "", str
        )
        world.show(self.dialog)

    @property
    def said(self) -> str:
        self.world.settle()
        return self.dialog.bar.text.text()

    @property
    def scheme(self) -> Any:
        self.world.settle()
        return self.world.session.scheme

    def label(self, name: str) -> Label:
        found = self.scheme.label(name)
        assert found is not None, name
        return found

    def go(self, place: Place) -> None:
        self.dialog.tree.go_to(place)
        assert self.dialog.tree.place == place

    def click(self, name: str) -> None:
        self.world.qtbot.mouseClick(self.dialog.buttons[name], Qt.MouseButton.LeftButton)
        self.world.settle()

    def press(self, widget: QWidget, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        widget.setFocus()
        self.world.qtbot.keyClick(widget, key, modifier)
        self.world.settle()

    def type(self, field: QLineEdit, text: str) -> None:
        field.setFocus()
        field.selectAll()
        self.world.qtbot.keyClicks(field, text) if text else field.clear()
        field.setModified(True)
        self.press(field, Qt.Key.Key_Return)

    def agree(self) -> None:
        assert self.dialog.bar.is_asking
        self.world.qtbot.mouseClick(self.dialog.bar.yes, Qt.MouseButton.LeftButton)
        self.world.settle()

    def add(self, title: str, name: str, more: str = "") -> None:
        self.click("add")
        menu = next(one for one in self.dialog.findChildren(QMenu) if one.isVisible())
        next(one for one in menu.actions() if one.text().startswith(title)).trigger()
        menu.close()
        bar = self.dialog.bar
        bar.name.setText(name)
        bar.more.setText(more)
        self.press(bar.name, Qt.Key.Key_Return)

    def written(self) -> int:
        return len(self.world.fetch(lambda project: project.history(500)))


@pytest.fixture
def editor(world: Any, themed: Any) -> Editor:
    made = Editor(world, themed)
    world.settle()
    return made


# --- what is shown -------------------------------------------------------------------------------------


def test_the_tree_holds_everything_and_the_fields_follow(editor: Editor) -> None:
    tree, fields = editor.dialog.tree, editor.dialog.fields
    headings = [tree.topLevelItem(at).text(0) for at in range(tree.topLevelItemCount())]
    assert headings == ["Claims, stances, sources", "Spans", "Frames", "Whole articles", "Entities"]
    editor.go(CUE)
    label = editor.label("CUE")
    assert (fields.name.text(), fields.title.text(), fields.key.text()) == ("CUE", "Cue", "u")
    assert fields.guideline.toPlainText() == label.guideline
    assert fields.heading.text() == "Label of spans"
    assert not fields.ends.isVisible()
    editor.go(CLAIM_ROLE)
    ticked = [
        fields.ends.item(at).text()
        for at in range(fields.ends.count())
        if fields.ends.item(at).checkState() == Qt.CheckState.Checked
    ]
    assert ticked == ["Claim"]
    assert fields.most.text() == "any number"
    editor.go(SPEECH)
    assert fields.about.text() == "Holds while none is set, because it is the first value."
    assert not fields.guideline.isVisible()
    editor.go(KIND)
    assert fields.about.text().startswith("A choice: speech, writing")
    editor.go(Place())
    assert fields.title.text() == "Claims, stances, sources"
    editor.press(tree, Qt.Key.Key_F2)
    assert QApplication.focusWidget() is fields.title


def test_every_field_and_button_says_what_it_is(editor: Editor) -> None:
    editor.go(CUE)
    kinds = (QAbstractButton, QLineEdit)
    found = [one for kind in kinds for one in editor.dialog.findChildren(kind) if one.isVisible()]
    found = [one for one in found if not one.objectName().startswith("qt_")]
    assert len(found) > 10
    assert [one for one in found if not (one.accessibleName() or getattr(one, "text", str)())] == []


def test_an_attribute_by_keys_alone_is_asked_for_its_values(editor: Editor) -> None:
    bar = editor.dialog.bar
    editor.go(CUE)
    editor.press(editor.dialog.tree, Qt.Key.Key_Insert)
    menu = next(one for one in editor.dialog.findChildren(QMenu) if one.isVisible())
    assert menu.activeAction().text() == "Attribute of Cue…"
    editor.world.qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert bar.text.text().startswith("Attribute of Cue: its name, and its values with commas between")
    bar.name.setText("tone")
    editor.press(bar.name, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is bar.more
    bar.more.setText("dry, wet")
    editor.press(bar.more, Qt.Key.Key_Return)
    assert editor.label("CUE").attributes[-1].values == ("dry", "wet")
    editor.press(editor.dialog.tree, Qt.Key.Key_Insert)
    menu = next(one for one in editor.dialog.findChildren(QMenu) if one.isVisible())
    menu.actions()[1].trigger()
    menu.close()
    bar.name.setText("remark")
    editor.press(bar.name, Qt.Key.Key_Return)
    editor.press(bar.more, Qt.Key.Key_Return)
    assert editor.label("CUE").attributes[-1].kind == "text"


# --- facts are changed at once ---------------------------------------------------------------------------


def test_an_attribute_is_made_free_text_and_a_choice_again(editor: Editor) -> None:
    fields, bar = editor.dialog.fields, editor.dialog.bar
    editor.go(CUE)
    assert not fields.other_kind.isVisible()
    editor.go(KIND)
    values = editor.label("CUE").attribute("kind").values
    assert fields.other_kind.text() == "Make it free text"
    editor.world.qtbot.mouseClick(fields.other_kind, Qt.MouseButton.LeftButton)
    editor.world.settle()
    if bar.is_asking:
        editor.agree()
    assert editor.label("CUE").attribute("kind") == Attribute("kind", "text")
    assert fields.other_kind.text() == "Make it a choice…"
    editor.press(fields.other_kind, Qt.Key.Key_Space)
    assert bar.text.text().startswith("Make kind a choice: its values with commas between.")
    proposed = bar.name.text().split(", ")
    assert proposed[0] == "none"
    assert set(proposed) <= {"none", *values}
    bar.name.setText(", ".join(values))
    editor.press(bar.name, Qt.Key.Key_Return)
    assert editor.label("CUE").attribute("kind") == Attribute("kind", "choice", values)


def test_facts_are_saved_as_they_are_left(editor: Editor) -> None:
    editor.go(CUE)
    fields = editor.dialog.fields
    editor.type(fields.title, "Signal")
    editor.type(fields.key, "x")
    editor.type(fields.colour, "#336699")
    fields.pieces.click()
    editor.world.settle()
    fields.guideline.setFocus()
    fields.guideline.setPlainText("Mark the verb.")
    editor.dialog.tree.setFocus()
    cue = editor.label("CUE")
    assert (cue.title, cue.key, cue.colour, cue.discontinuous, cue.guideline) == (
        "Signal",
        "x",
        "#336699",
        False,
        "Mark the verb.",
    )
    assert editor.said.startswith("Done: change CUE. No annotation was touched.")
    for _ in range(5):
        editor.press(editor.dialog.tree, Qt.Key.Key_Z, CTRL)
    assert editor.label("CUE").title == "Cue"
    assert fields.title.text() == "Cue"


def test_a_guideline_that_is_being_typed_is_saved_when_the_window_closes(editor: Editor) -> None:
    editor.go(CUE)
    editor.dialog.fields.guideline.setPlainText("Mark the verb.")
    editor.dialog.close()
    assert editor.label("CUE").guideline == "Mark the verb."


def test_what_cannot_be_is_said_and_the_field_shows_what_holds(editor: Editor) -> None:
    editor.go(CUE)
    before = editor.written()
    editor.type(editor.dialog.fields.key, "c")
    assert editor.said == "This cannot be done. Cue and Claim would have the same key: c."
    editor.type(editor.dialog.fields.colour, "red")
    assert "written like #3b6ea5" in editor.said
    assert editor.written() == before
    editor.dialog.tree.setFocus()
    editor.go(Place("SOURCE"))
    editor.go(CUE)
    assert (editor.dialog.fields.key.text(), editor.dialog.fields.colour.text()) == ("u", "")


def test_a_key_that_means_something_else_is_named(editor: Editor) -> None:
    editor.go(CUE)
    assert not editor.dialog.fields.key_note.isVisible()
    editor.type(editor.dialog.fields.key, "t")
    assert editor.label("CUE").key == "t"
    assert editor.dialog.fields.key_note.text() == "Takes this key from “Stance”."


def test_what_may_fill_a_role(editor: Editor) -> None:
    editor.go(CLAIM_ROLE)
    fields = editor.dialog.fields

    def tick(name: str, on: bool) -> None:
        items = [fields.ends.item(at) for at in range(fields.ends.count())]
        item = next(one for one in items if one.text() == name)
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        editor.world.settle()

    tick("Source", True)
    assert editor.label("ATTRIBUTION").role("claim") == Role("claim", ("CLAIM", "SOURCE"))
    tick("Claim", False)
    assert "4 × Attribution: a CLAIM span cannot be the claim" in editor.said
    assert editor.label("ATTRIBUTION").role("claim") == Role("claim", ("CLAIM", "SOURCE"))
    fields.most.setValue(2)
    fields.most.editingFinished.emit()
    fields.others.click()
    assert editor.label("ATTRIBUTION").role("claim") == Role("claim", ("CLAIM", "SOURCE"), 0, 2, True)


def test_a_colour_is_picked(editor: Editor) -> None:
    editor.go(CUE)
    editor.dialog.fields._on_picked(QColor("#102030"))
    assert editor.label("CUE").colour == "#102030"


# --- adding, moving, retiring ------------------------------------------------------------------------------


def test_labels_attributes_values_and_roles_are_added(editor: Editor) -> None:
    editor.go(CUE)
    editor.add("Label of spans", "IRONY", "Irony")
    assert editor.scheme.labels[-1] == Label("IRONY", "span", "Irony")
    assert editor.dialog.tree.place == Place("IRONY")
    editor.add("Attribute of Irony", "tone", "dry, wet , dry")
    assert editor.label("IRONY").attributes == (Attribute("tone", "choice", ("dry", "wet")),)
    editor.add("Value of tone", "salty")
    assert editor.label("IRONY").attributes[0].values == ("dry", "wet", "salty")
    assert editor.dialog.tree.place == Place("IRONY", "attribute", "tone", "salty")
    editor.go(Place("STANCE"))
    editor.add("Role of Stance", "reason")
    assert editor.label("STANCE").roles[-1] == Role("reason", ("span",))
    editor.add("Label of entities", "CITY", "City")
    assert editor.scheme.labels[-1] == Label("CITY", "span", "City", group="entity")
    editor.add("Label of spans", "CUE")
    assert "two have the same name: label CUE" in editor.said


def test_names_are_shown_letter_by_letter(editor: Editor) -> None:
    editor.go(CUE)
    editor.add("Label of spans", "<b>X</b>", "<i>A & B</i>")
    item = editor.dialog.tree.currentItem()
    assert item.text(0) == "<i>A & B</i>"
    assert "&lt;b&gt;X" in item.toolTip(0)
    editor.click("add")
    menu = next(one for one in editor.dialog.findChildren(QMenu) if one.isVisible())
    assert menu.actions()[0].text() == "Attribute of <i>A && B</i>…"
    menu.close()


def test_moving_by_buttons_and_keys(editor: Editor) -> None:
    def spans() -> list[str]:
        return [one.name for one in editor.scheme.of("span", "")]

    editor.go(CUE)
    editor.click("up")
    assert spans() == ["CLAIM", "CUE", "SOURCE"]
    editor.press(editor.dialog.tree, Qt.Key.Key_Up, ALT)
    assert spans() == ["CUE", "CLAIM", "SOURCE"]
    assert editor.dialog.tree.place == CUE
    assert not editor.dialog.buttons["up"].isEnabled()
    editor.press(editor.dialog.tree, Qt.Key.Key_Down, ALT)
    assert spans() == ["CLAIM", "CUE", "SOURCE"]


def test_another_first_value_asks_first(editor: Editor) -> None:
    editor.go(KIND._replace(value="writing"))
    editor.click("up")
    assert editor.said.startswith("Changes 1 annotation in 1 article (Ada: 1 span, 1 value).")
    before = editor.written()
    editor.press(editor.dialog.bar.yes, Qt.Key.Key_Escape)
    assert editor.written() == before
    assert editor.dialog.isVisible()
    assert QApplication.focusWidget() is editor.dialog.tree


def test_retiring_and_bringing_back(editor: Editor) -> None:
    editor.go(Place("LAW"))
    editor.click("retire")
    assert editor.label("LAW").retired
    assert editor.dialog.tree.currentItem().text(0) == "Law – retired"
    assert editor.dialog.buttons["retire"].text() == "Bring back"
    editor.press(editor.dialog.tree, Qt.Key.Key_R, CTRL)
    assert not editor.label("LAW").retired


def test_removing_by_key(editor: Editor) -> None:
    editor.go(Place("LAW"))
    editor.press(editor.dialog.tree, Qt.Key.Key_Delete)
    assert editor.said.startswith("No annotation is touched. Suggesters propose LAW; what they propose")
    editor.agree()
    assert editor.scheme.label("LAW") is None
    assert editor.dialog.tree.place == Place("PRODUCT")
    editor.go(Place("PERSON"))
    editor.click("remove")
    assert "1 × The scheme of this project has no label “PERSON”." in editor.said
    editor.go(Place())
    editor.press(editor.dialog.tree, Qt.Key.Key_Delete)
    assert editor.scheme.label("PERSON") is not None


# --- renaming and merging ---------------------------------------------------------------------------------


def test_renaming_says_what_it_touches_and_waits(editor: Editor) -> None:
    editor.go(CUE)
    before = editor.written()
    editor.press(editor.dialog.tree, Qt.Key.Key_F2)
    assert QApplication.focusWidget() is editor.dialog.fields.name
    editor.type(editor.dialog.fields.name, "WORDS")
    assert editor.said == "Changes 1 annotation in 1 article (Ada: 1 span). One undo takes it all back."
    assert editor.written() == before
    assert editor.dialog.bar.yes.accessibleDescription() == editor.said
    editor.press(editor.dialog.bar.yes, Qt.Key.Key_Return)
    assert editor.world.span("said").label == "WORDS"
    assert editor.dialog.tree.place == Place("WORDS")
    assert editor.written() == before + 1
    assert editor.said == "Done: rename CUE to WORDS. 1 annotation followed."
    editor.world.undo()
    assert editor.world.span("said").label == "CUE"
    assert editor.dialog.tree.place == CUE


def test_a_name_that_is_not_taken_comes_back(editor: Editor) -> None:
    editor.go(CUE)
    editor.type(editor.dialog.fields.name, "WORDS")
    editor.dialog.reject()
    editor.go(Place("SOURCE"))
    editor.go(CUE)
    assert editor.dialog.fields.name.text() == "CUE"
    editor.type(editor.dialog.fields.name, "CLAIM")
    assert "There is a label CLAIM already" in editor.said


def test_merging(editor: Editor) -> None:
    editor.go(Place("PERSON"))
    editor.press(editor.dialog.tree, Qt.Key.Key_M, CTRL)
    bar = editor.dialog.bar
    names = [bar.choice.itemData(at) for at in range(bar.choice.count())]
    assert "ORG" in names
    assert "CLAIM" in names
    assert "STANCE" not in names
    assert "PERSON" not in names
    bar.choice.setCurrentIndex(names.index("ORG"))
    editor.agree()
    assert editor.said.startswith("Changes 1 annotation in 1 article (Ada: 1 span).")
    editor.agree()
    assert editor.world.span("person").label == "ORG"
    assert editor.scheme.label("PERSON") is None
    assert editor.dialog.tree.place == Place("ORG")
    editor.go(Place("ARTICLE_KIND"))
    editor.dialog.merge()
    assert editor.said == "There is nothing to merge this into."


# --- presets, files, versions -----------------------------------------------------------------------------


def test_a_preset_is_taken_over_after_a_look(editor: Editor) -> None:
    shelf = editor.dialog.shelf
    shelf._fill()
    titles = [one.text() for one in shelf.menu.actions() if one.text()]
    assert titles == [*(one.title for one in presets().values()), "From a file…"]
    before = editor.written()
    shelf.menu.actions()[titles.index("Quotations")].trigger()
    said = editor.said
    assert "Removed, as nothing has them: ARTICLE_STANCE" in said
    assert "Kept for what has them, but retired: STANCE, PERSON." in said
    assert said.endswith("No annotation is touched.")
    assert editor.written() == before
    editor.agree()
    assert editor.scheme.name == "quotations"
    assert editor.label("STANCE").retired


def test_a_file_is_written_and_read(editor: Editor, tmp_path: Path) -> None:
    shelf, path = editor.dialog.shelf, tmp_path / "ours.toml"
    shelf.write(path)
    assert editor.said == "The scheme is saved as ours.toml. Comments are not part of it."
    assert read_scheme(path) == editor.scheme
    path.write_text(path.read_text(encoding="utf-8").replace('"Cue"', '"Signal"'), encoding="utf-8")
    shelf.read(path)
    assert editor.said == "No annotation is touched."
    editor.agree()
    assert editor.label("CUE").title == "Signal"
    path.write_text("name = ", encoding="utf-8")
    shelf.read(path)
    assert "is not a TOML file" in editor.said
    shelf.write(tmp_path / "missing" / "x.toml")
    assert "cannot be written" in editor.said


def test_an_old_version_is_looked_at_saved_and_put_back(editor: Editor, tmp_path: Path) -> None:
    first = editor.scheme
    editor.go(CUE)
    editor.type(editor.dialog.fields.title, "Signal")
    shelf = editor.dialog.shelf
    editor.world.settle()
    assert [shelf.version.itemData(at) for at in range(shelf.version.count())] == ["2", "1"]
    assert shelf.version.currentText().endswith("(in use)")
    shelf.version.setCurrentIndex(1)
    shelf.version.activated.emit(1)
    assert editor.dialog.fields.title.text() == "Cue"
    assert not editor.dialog.fields.isEnabled()
    assert not any(one.isEnabled() for one in editor.dialog.buttons.values())
    editor.dialog.remove()
    assert editor.said == "An old version is shown; only the one that holds can be changed."
    shelf.write(tmp_path / "old.toml")
    assert read_scheme(tmp_path / "old.toml") == first
    editor.dialog._show()
    editor.agree()  # use it again
    editor.agree()  # after the look
    assert editor.scheme == first
    assert editor.dialog.fields.isEnabled()


def test_escape_leaves_an_old_version(editor: Editor) -> None:
    editor.go(CUE)
    editor.type(editor.dialog.fields.title, "Signal")
    shelf = editor.dialog.shelf
    editor.world.settle()
    shelf.version.setCurrentIndex(1)
    shelf.version.activated.emit(1)
    editor.dialog.reject()
    assert shelf.old is None
    assert editor.dialog.fields.title.text() == "Signal"
    editor.dialog.reject()
    assert not editor.dialog.isVisible()


def test_it_goes_with_its_project(editor: Editor) -> None:
    editor.world.session.close_project()
    assert not editor.dialog.isVisible()


def test_the_inspector_names_the_version_that_an_annotation_was_made_under(world: Any, themed: Any) -> None:
    page = SelectedPage(world.session, Register(world.session))
    world.show(page)
    world.choose("said")
    assert "scheme version" not in page.span.origin.text()
    world.do(lambda project: project.schemes.change(RenameItem(CUE, "WORDS")))
    assert page.span.origin.text().endswith("scheme version 1")


def test_what_is_retired_is_shown_only_where_it_was_given(world: Any, themed: Any) -> None:
    page = SelectedPage(world.session, Register(world.session))
    world.show(page)
    negated = Place("CUE", "attribute", "negated")
    world.do(lambda project: project.schemes.change(RetireItem(negated)))
    world.do(lambda project: project.schemes.change(RetireItem(KIND._replace(value="stance"))))
    world.do(lambda project: project.schemes.change(RetireItem(Place("ATTRIBUTION", "role", "cue"))))
    world.do(lambda project: project.schemes.change(RetireItem(Place("ATTRIBUTION", "role", "medium"))))
    world.choose("said")
    assert list(page.span.attributes.rows) == ["kind"]
    assert "stance" not in [one.text() for one in page.span.attributes.rows["kind"].chips]
    world.do(
        lambda project: project.change_span(
            world.ids["said"], attributes={"kind": "stance", "negated": "yes"}
        )
    )
    assert list(page.span.attributes.rows) == ["kind", "negated"]
    assert page.span.attributes.rows["kind"].value == "stance"
    world.choose("first")
    assert {"cue", "medium"}.isdisjoint(page.frame.roles.adders)
    assert "source" in page.frame.roles.adders
    labels = [page.span.label.itemData(at) for at in range(page.span.label.count())]
    world.do(lambda project: project.schemes.change(RetireItem(Place("LAW"))))
    world.choose("said")
    assert [page.span.label.itemData(at) for at in range(page.span.label.count())] == [
        one for one in labels if one != "LAW"
    ]


def test_a_change_that_could_not_be_saved_is_told_where_it_was_asked_for(editor: Editor) -> None:
    editor.world.session.not_saved.emit("The disk is full.")
    assert editor.said == "Not saved: The disk is full."


def test_a_change_of_many_annotations_is_a_job_that_can_be_stopped(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.ui.panels.scheme_dialog.MANY", 1)
    monkeypatch.setattr("annotator.services.project_scheme._SLICE", 1)
    session, before = editor.world.session, editor.written()
    shown: list[Any] = []
    session.progress.connect(shown.append)
    editor.go(CUE)
    editor.type(editor.dialog.fields.name, "WORDS")
    editor.world.qtbot.mouseClick(editor.dialog.bar.yes, Qt.MouseButton.LeftButton)
    session.cancel()
    editor.world.qtbot.waitUntil(lambda: not session.long_work.is_busy)
    assert editor.written() == before
    assert editor.world.span("said").label == "CUE"
    editor.type(editor.dialog.fields.name, "WORDS")
    editor.agree()
    editor.world.qtbot.waitUntil(lambda: editor.written() == before + 1)
    assert editor.world.span("said").label == "WORDS"
    assert editor.said == "Done: rename CUE to WORDS. 1 annotation followed."
    assert {one.name for one in shown if one is not None} == {"Changing the scheme"}
    assert not session.long_work.is_busy


def test_the_editor_fits_a_small_screen_with_large_letters(editor: Any) -> None:
    letter = editor.dialog.fontMetrics().averageCharWidth()
    assert editor.dialog.minimumSizeHint().width() <= 60 * letter
