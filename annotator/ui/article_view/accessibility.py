"""What a screen reader is told: the article as read-only text with a caret and a selection.

Offsets of the accessible text are code points, as everywhere in the program.
"""
# ruff: noqa: N802 (the names are Qt's)

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QPoint, QPointF, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
    QAccessibleTextSelectionEvent,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import Shiboken

from annotator.model.records import Fragment, SuggestedSpan
from annotator.ui.article_view.marks import Drawn, Marks, tr
from annotator.ui.article_view.theme import SIGNS
from annotator.ui.article_view.view import ArticleView
from annotator.ui.saying import announce
from annotator.ui.steps import why


class ArticleText(QAccessibleTextInterface):
    """The text side of the article view."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__()
        self._view = view

    def text(self, start: int, end: int) -> str:
        """Return a stretch of the article."""
        return self._text[start:end]

    def characterCount(self) -> int:
        """Return the length of the article."""
        return len(self._text)

    def cursorPosition(self) -> int:
        """Return where the caret is."""
        return self._view.caret

    def setCursorPosition(self, position: int) -> None:
        """Move the caret."""
        self._view.caret = position

    def selectionCount(self) -> int:
        """Return 0: Qt for Python has no way to say where a selection lies, so a reader must not ask."""
        return 0

    def addSelection(self, start: int, end: int) -> None:
        """Select a stretch."""
        self._view.select(Fragment(start, end))

    def setSelection(self, _index: int, start: int, end: int) -> None:
        """Select a stretch."""
        self._view.select(Fragment(start, end))

    def removeSelection(self, _index: int) -> None:
        """Select nothing."""
        self._view.select(None)

    def characterRect(self, offset: int) -> QRect:
        """Return where a character stands on the screen."""
        found = self._view.page.rects(Fragment(offset, offset + 1))
        if not found:
            return QRect()
        rect = found[0].toRect()
        return QRect(self._view.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def offsetAtPoint(self, point: QPoint) -> int:
        """Return the character at a point of the screen."""
        return self._view.page.offset_at(QPointF(self._view.viewport().mapFromGlobal(point)))

    def scrollToSubstring(self, start: int, _end: int) -> None:
        """Bring a stretch into view."""
        self._view.reveal(start)

    @property
    def _text(self) -> str:
        return self._view.page.units.text


class ArticleAccess(QAccessibleWidget):
    """The article view as a screen reader meets it."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__(view, QAccessible.Role.EditableText)
        self._view = view
        self._words = ArticleText(view)
        self.teller = Teller(view)

    def state(self) -> QAccessible.State:
        """Tell that the text can be read and gone through, and not written."""
        state = super().state()
        state.readOnly = state.multiLine = state.selectableText = True
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """Return the name of the article."""
        content = self._view.content
        if kind == QAccessible.Text.Name:
            return (content.article.title or content.article.name) if content else tr("Article")
        if kind == QAccessible.Text.Description and content is not None:
            return spoken(self._view)
        return super().text(kind)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """Return the text interface; anything else is refused with an empty pointer (None would crash)."""
        if kind == QAccessible.InterfaceType.TextInterface:
            return self._words
        return Shiboken.VoidPtr(0)


class Access:
    """Makes the interface of each article view once, and keeps it as long as the view lives."""

    def __init__(self) -> None:
        self._made: dict[int, ArticleAccess] = {}

    def __call__(self, _key: str, watched: QObject | None) -> QAccessibleInterface | None:
        """Answer Qt's question for an accessible interface."""
        if not isinstance(watched, ArticleView):
            return None
        name = id(watched)
        if name not in self._made:
            self._made[name] = ArticleAccess(watched)
            teller = self._made[name].teller
            watched.caret_moved.connect(teller.tell_caret)
            watched.selection_changed.connect(teller.tell_selection)
            watched.chosen.connect(teller.tell_spans)
            watched.destroyed.connect(lambda: self._made.pop(name, None))
        return self._made[name]


def install() -> Access:
    """Let screen readers read every article view made from now on; keep what is returned."""
    access = Access()
    QAccessible.installFactory(access)
    return access


class Teller:
    """Tells a screen reader, where one listens, what became of caret, selection and choice."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._said = ""

    def tell_caret(self) -> None:
        """Tell that the caret moved, and which spans it came into."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleTextCursorEvent(self._view, self._view.caret))
            self.tell_spans()

    def tell_selection(self) -> None:
        """Tell what is selected."""
        stretch = self._view.selection
        if QAccessible.isActive() and stretch is not None:
            QAccessible.updateAccessibility(QAccessibleTextSelectionEvent(self._view, *stretch))

    def tell_spans(self) -> None:
        """Tell the spans under the caret when they are others than before."""
        if not QAccessible.isActive():
            return
        said = spoken(self._view)
        if said != self._said:
            announce(self._view, said)
        self._said = said


def spoken(view: ArticleView) -> str:
    """Return the spans under the caret in words, innermost first: label, stances, who passed it on."""
    marks = view.page.column.marks
    found = [
        _spoken_span(one, marks, one.id == view.chosen_id) for one in marks.covering(*view.page.caret.token)
    ]
    worth = view.page.worth.reason(*view.page.caret.token)
    return "; ".join([*found, worth] if worth else found) or tr("no label")


def _spoken_span(record: Drawn, marks: Marks, is_chosen: bool) -> str:
    parts = [marks.titles.get(record.label, record.label.replace("_", " ").lower())]
    if isinstance(record, SuggestedSpan):
        parts = [tr("suggested {0}").format(parts[0]), why(record)]
    values = {SIGNS[one]: one for one in SIGNS}
    parts += [tr(values[sign]) for sign in marks.signs(record.id)]
    chain = marks.chain_of(record.id)
    if chain:
        parts.append(tr("passed on by {0}").format(", ".join(chain)))
    if is_chosen:
        parts.append(tr("chosen"))
    return ", ".join(part for part in parts if part)
