"""One change to many labels, by keys: which are meant, what they become, one step that undo takes back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox

from annotator.model.job import Progress
from annotator.model.records import Fragment
from annotator.ui.panels import change_labels
from annotator.ui.panels.change_labels import ChangeLabelsDialog

OK = QDialogButtonBox.StandardButton.Ok


def opened(desk) -> ChangeLabelsDialog:
    desk.do("change_labels")
    desk.qtbot.waitUntil(lambda: desk.window.findChild(ChangeLabelsDialog) is not None)
    found: ChangeLabelsDialog = desk.window.findChild(ChangeLabelsDialog)
    desk.qtbot.waitUntil(lambda: found.headline.text() != "Looking…")
    return found


def says(desk, dialog: ChangeLabelsDialog, words: str) -> None:
    desk.qtbot.waitUntil(lambda: words in dialog.headline.text())


def work_of_bea(project):
    article = project.article_ids()[0]
    project.people.work_as("Bea")
    for start in (0, 20, 40):
        changes = project.add_span(article, "PERSON", (Fragment(start, start + 10),))
    return changes


def labels(desk) -> list[str]:
    by = desk.session.annotator.id
    return [one.label for one in desk.content.spans if one.annotator == by]


def test_labels_are_changed_in_one_step(desk) -> None:
    desk.session.do(work_of_bea)
    desk.settle()
    one = next(one for one in desk.content.spans if one.annotator == desk.session.annotator.id)
    desk.session.choose(one.id)
    dialog = opened(desk)
    assert (dialog.label.currentText(), dialog.whose.currentText()) == ("Person", "Bea, who is at work")
    says(desk, dialog, "3 labels in 1 article")
    assert not dialog.buttons.button(OK).isEnabled(), "what they become is not chosen yet"
    desk.qtbot.keyClicks(dialog.change, "org")
    assert dialog.change.currentText() == "Organisation"
    desk.qtbot.waitUntil(dialog.buttons.button(OK).isEnabled)
    text = desk.content.article.text
    dialog.words.setFocus()
    desk.qtbot.keyClicks(dialog.words, text[20:30].strip())
    says(desk, dialog, "1 label in 1 article")
    assert dialog.list.item(0).text().splitlines()[0] == text[20:30].strip()
    assert text[20:30].strip() in dialog.below.toPlainText()
    assert dialog.buttons.button(OK).isEnabled()
    dialog.words.clear()
    assert not dialog.buttons.button(OK).isEnabled(), "the list is not that of the words any more"
    says(desk, dialog, "3 labels in 1 article")
    dialog.list.setFocus()
    desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.buttons.button(OK).text() == "Change 2 labels"
    desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: labels(desk) == ["PERSON", "ORG", "ORG"])
    desk.do("undo")
    desk.qtbot.waitUntil(lambda: labels(desk) == ["PERSON"] * 3)


def test_a_look_stopped_in_the_status_bar_is_said_to_be(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = opened(desk)
    seen: list[str] = []

    def endless(project, meant, change) -> Iterator[Progress]:
        while True:
            seen[:] = ["runs"]
            yield Progress(0, 1)

    monkeypatch.setattr(change_labels, "_met", endless)
    dialog.whose.activated.emit(0)
    desk.qtbot.waitUntil(lambda: seen == ["runs"])
    assert dialog.headline.text() == "Looking…"
    desk.session.long_work.stop_shown()
    says(desk, dialog, "Stopped.")
    assert not dialog.can_do(1)


def test_what_cannot_change_says_why_and_has_no_tick(desk) -> None:
    dialog = opened(desk)
    dialog.label.setCurrentIndex(dialog.label.findText("Claim"))
    dialog.label.activated.emit(dialog.label.currentIndex())
    dialog.change.setCurrentIndex(dialog.change.findText("Person"))
    dialog.change.activated.emit(dialog.change.currentIndex())
    says(desk, dialog, "cannot be changed so")
    dialog.list.all.click()
    refused = [one for one in dialog._found.values() if one.refused]
    assert refused
    assert not {one.record for one in refused} & {*dialog.list.ticked}
    dialog.list.setCurrentRow([*dialog._found.values()].index(refused[0]))
    assert dialog.below.toPlainText().startswith(refused[0].refused)
    desk.session.close_project()
    desk.qtbot.waitUntil(lambda: desk.window.findChild(ChangeLabelsDialog) is None)


def test_deleted_labels_come_back_with_undo(desk) -> None:
    desk.session.do(work_of_bea)
    desk.settle()
    dialog = opened(desk)
    dialog.label.setCurrentIndex(dialog.label.findText("Person"))
    dialog.label.activated.emit(dialog.label.currentIndex())
    desk.qtbot.keyClicks(dialog.change, "noth")
    desk.qtbot.waitUntil(lambda: dialog.buttons.button(OK).text() == "Delete 3 labels")
    desk.qtbot.waitUntil(dialog.buttons.button(OK).isEnabled)
    dialog.buttons.button(OK).click()
    desk.qtbot.waitUntil(lambda: labels(desk) == [])
    desk.do("undo")
    desk.qtbot.waitUntil(lambda: labels(desk) == ["PERSON"] * 3)
