"""All sure suggestions at once: in which order, where they stand, ticked together or one by one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextCursor

from annotator.model.ids import new_id
from annotator.model.records import Fragment, SuggestedFrame, SuggestedSpan
from annotator.ui.panels.names import names_of
from annotator.ui.panels.sure_dialog import SureDialog


def opened(desk, *more: SuggestedSpan) -> SureDialog:
    content = desk.content
    dialog = SureDialog(
        desk.session,
        names_of(content, desk.session.scheme),
        [*more, *content.suggested_frames],
        desk.window,
    )
    dialog.show()
    return dialog


def name(desk, words: str) -> SuggestedSpan:
    """Return a suggested person of these words."""
    like, start = desk.content.suggested_spans[0], desk.text.index(words)
    return replace(like, id=new_id(), label="PERSON", fragments=(Fragment(start, start + len(words)),))


def bold(dialog: SureDialog) -> str:
    """Return the words of the place that are shown in bold."""
    cursor, found = QTextCursor(dialog.below.document()), ""
    while not cursor.atEnd():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        if cursor.charFormat().fontWeight() == QFont.Weight.Bold:
            found += cursor.selectedText()
        cursor.setPosition(cursor.position())
    return found


def test_whole_attributions_come_before_names(desk) -> None:
    dialog = opened(desk, name(desk, "Karol Benko"))
    texts = [dialog.list.item(at).text() for at in range(dialog.list.count())]
    assert len(texts) == len(desk.content.suggested_frames) + 1
    assert all(one.startswith("Attribution: ") for one in texts[:-1])
    assert texts[-1].startswith("Person: Karol Benko")


def test_the_current_one_is_shown_where_it_stands(desk) -> None:
    dialog = opened(desk, name(desk, "Karol Benko"))
    shown = dialog.below.toPlainText()
    assert shown.startswith("“Every quotation has an owner")
    assert shown.endswith("in the town library on Monday.")
    assert bold(dialog) == "“Every quotation has an owner, and we want to see who it is,” Benko told"
    dialog.list.setCurrentRow(dialog.list.count() - 1)
    assert bold(dialog) == "Karol Benko"
    assert dialog.below.toPlainText().startswith("Komarno (Slovakia)")


def test_all_or_none_are_ticked_at_once(desk) -> None:
    dialog = opened(desk)
    count = len(desk.content.suggested_frames)
    ok = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    assert ok.text() == f"Accept {count}"
    dialog.list.none.click()
    assert (ok.text(), ok.isEnabled(), dialog.list.ticked) == ("Accept 0", False, [])
    dialog.list.all.click()
    assert len(dialog.list.ticked) == count
    dialog.list.none.click()
    dialog.list.item(1).setCheckState(Qt.CheckState.Checked)
    assert (ok.text(), len(dialog.list.ticked)) == ("Accept 1", 1)
    dialog.accept()
    desk.qtbot.waitUntil(lambda: len(desk.content.frames) == 1)


def test_a_suggestion_over_a_whole_article_is_cut(desk) -> None:
    text = "word " * 2000
    article = replace(desk.content.article, text=text)
    long = replace(name(desk, "Karol Benko"), fragments=(Fragment(0, len(text)),))
    names = names_of(replace(desk.content, article=article), desk.session.scheme)
    dialog = SureDialog(desk.session, names, [long], desk.window)
    assert 3000 <= len(dialog.below.toPlainText()) < 4000


def test_roles_of_what_is_only_suggested_ask_for_a_yes_first(desk) -> None:
    waiting: list[SuggestedFrame] = [one for one in desk.content.suggested_frames if one.state == "open"]
    desk.session.choose(waiting[0].id)
    desk.press("r")
    assert desk.said[-1] == "This is only suggested: Enter accepts it, then r fills its roles."
    desk.press(Qt.Key.Key_Return)
    desk.session.choose(None)
    desk.press("r")
    assert desk.said[-1].startswith("Choose a frame first")
