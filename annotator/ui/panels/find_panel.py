"""Find in the open article: a bar that shows all places as one types, and walks them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from annotator.model.ids import Id
from annotator.model.matching import Wanted
from annotator.model.records import ArticleContent, Fragment
from annotator.ui.panels.finding import MOST, find, nearest
from annotator.ui.panels.widgets import MEDIUM, SMALL, PlainLabel, column, icon_button, row
from annotator.ui.session import Session

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindPanel(QWidget):
    """Find in this article."""

    highlights = Signal(object, int)
    """Sequence of fragments to highlight, and which of them is current (-1: none)."""
    closed = Signal()
    """A person is done; the focus goes back to the article."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._caret = 0
        self.found: tuple[Fragment, ...] = ()
        self.current = -1
        self._article: Id | None = None
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(self.tr("Find in this article"))
        self.edit.setAccessibleName(self.tr("Find in this article"))
        self.edit.setClearButtonEnabled(True)
        self.edit.textChanged.connect(self._on_typed)
        self.case = QCheckBox(self.tr("Match case"))
        self.case.toggled.connect(self._on_typed)
        self.previous = icon_button("mdi6.chevron-up", self.tr("Previous place"), lambda: self.step(-1))
        self.next = icon_button("mdi6.chevron-down", self.tr("Next place"), lambda: self.step(1))
        self.close_button = icon_button("mdi6.close", self.tr("Close"), self._close)
        self.count = PlainLabel(muted=True)
        layout = column(self, margin=MEDIUM, spacing=SMALL)
        layout.addLayout(row(self.edit, self.previous, self.next, self.close_button, stretch=0))
        layout.addLayout(row(self.case, self.count, spacing=MEDIUM, stretch=1))
        session.content_changed.connect(self._on_content)
        self._show()

    def start(self, text: str = "", caret: int = 0) -> None:
        """Begin to find, from the caret on; a given text is looked for at once."""
        self._caret = caret
        self.show()
        if text:
            self.edit.setText(text)
        self._search()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    @property
    def wanted(self) -> Wanted:
        """What is looked for here, as the search in all articles understands it."""
        content = self._session.content
        return Wanted(
            self.edit.text(),
            "phrase",
            whole=False,
            case=self.case.isChecked(),
            marks=True,
            article=content.article.id if content is not None else None,
        )

    def step(self, by: int) -> None:
        """Go to the next or previous place, round at the ends."""
        if self.found:
            self.current = (self.current + by) % len(self.found)
            self._caret = self.found[self.current].start
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks on, Shift+Enter back, Escape closes."""
        if event.key() in _ENTER:
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the highlights away when the bar goes."""
        super().hideEvent(event)
        self.highlights.emit((), -1)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def _on_typed(self) -> None:
        self._search()

    def _on_content(self, content: ArticleContent | None) -> None:
        article = content.article.id if content is not None else None
        is_another, self._article = article != self._article, article
        if self.isVisible() and is_another and content is not None:
            self._search()

    def _search(self) -> None:
        content = self._session.content
        text = content.article.text if content else ""
        self.found = find(text, self.edit.text(), case=self.case.isChecked())
        self.current = nearest(self.found, self._caret)
        self._show()

    def _show(self) -> None:
        self.count.show_text(self._words())
        for one in (self.previous, self.next):
            one.setEnabled(bool(self.found))
        self.highlights.emit(self.found, self.current)

    def _words(self) -> str:
        if not self.edit.text():
            return ""
        if not self.found:
            return self.tr("Not found")
        more = "+" if len(self.found) == MOST else ""
        words = self.tr("{at} of {count}").format(at=self.current + 1, count=len(self.found))
        return words + more
