"""What would be accepted at once: the sure suggestions of an article, each of which can be left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextCharFormat
from PySide6.QtWidgets import QWidget

from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import SuggestedFrame, SuggestedSpan
from annotator.model.text import paragraphs_at
from annotator.ui import looking
from annotator.ui.panels.dialogs import text_shown
from annotator.ui.panels.names import Names
from annotator.ui.panels.ticked_list import TickedDialog, TickedList
from annotator.ui.panels.words import label_title, tr
from annotator.ui.saying import because, several
from annotator.ui.session import Session
from annotator.ui.steps import step_words

_CONTEXT_LINES = 5
_AROUND = 400
"""Characters that are shown before and behind the words of a suggestion, within their paragraphs."""
_LONGEST = 3000
"""Characters of its own words."""
_WORDS = 90


class SureDialog(TickedDialog):
    """Lists suggestions with a tick each; Space ticks and unticks, Enter accepts, Escape accepts nothing."""

    def __init__(
        self,
        session: Session,
        names: Names,
        suggested: Sequence[SuggestedFrame | SuggestedSpan],
        parent: QWidget | None = None,
        go_on: Callable[[], None] = lambda: None,
    ) -> None:
        """List suggestions; `go_on` is called once those that stay ticked are accepted."""
        asked = {one.id: one for one in _frames_first(suggested)}
        listed = TickedList(
            tr("Sure suggestions"), ((one.id, _row(one, names), True) for one in asked.values())
        )
        what = tr("All that is ticked is accepted in one step; Space unticks.")
        place = text_shown(tr("Where it stands in the article"))
        super().__init__(tr("Accept all sure ones"), what, listed, place, lines=_CONTEXT_LINES, parent=parent)
        self._session, self._go_on = session, go_on
        self._names, self._suggested = names, asked
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.begin()

    def accept(self) -> None:
        """Accept what is ticked."""
        ids, session = [now for one in self.list.ticked if (now := self._now(one))], self._session
        go_on = self._go_on
        if ids:
            said = several("{n} suggestion(s) accepted; undo takes this back.", len(ids))

            def _done(_: Changes) -> None:
                go_on()
                session.warned.emit(said)

            session.long_work.write(self.tr("Accepting"), lambda project: project.accept(ids), _done)
        super().accept()

    def _now(self, one: Id) -> Id | None:
        """Return a suggestion, or what took its place while it was looked at; nothing where it is gone."""
        before, content = self._names.content, self._session.content
        if content is None or content.article.id != before.article.id or looking.can_choose(content, one):
            return one
        return looking.made_anew(before, content, one)

    def ok_words(self, count: int) -> str:
        """Return how many would be accepted."""
        return self.tr("Accept {0}").format(count)

    def show_current(self, record: Id) -> None:
        """Show the words around a suggestion, its own in bold."""
        text, one = self._names.text, self._suggested[record]
        start, end = self._names.stretch(one)
        end = min(end, start + _LONGEST)
        first, last = paragraphs_at(start, end, text)
        self.below.clear()
        plain, strong = QTextCharFormat(), QTextCharFormat()
        strong.setFontWeight(QFont.Weight.Bold)
        cursor = self.below.textCursor()
        cursor.insertText(text[max(first, start - _AROUND) : start], plain)
        before = cursor.position()
        cursor.insertText(text[start:end], strong)
        cursor.insertText(text[end : min(last, end + _AROUND)], plain)
        cursor.setPosition(before)
        self.below.setTextCursor(cursor)


def _row(one: SuggestedFrame | SuggestedSpan, names: Names) -> str:
    """Return what is suggested, how sure it is, and why."""
    if isinstance(one, SuggestedFrame):
        what = names.frame(one, _WORDS)
    else:
        what = f"{label_title(names.scheme, one.label)}: {names.words(one, _WORDS)}"
    return f"{what}\n{step_words(one.score)} · {because(one.reason)}"


def _frames_first(
    suggested: Sequence[SuggestedFrame | SuggestedSpan],
) -> list[SuggestedFrame | SuggestedSpan]:
    """Return whole attributions before single names, each in the order of the text."""
    return sorted(suggested, key=lambda one: not isinstance(one, SuggestedFrame))
