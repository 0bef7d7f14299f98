"""Find in all articles: every place in its context; Enter opens the article there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.model.ids import Id
from annotator.model.records import Hit
from annotator.ui.panels.rows import Row, RowsView
from annotator.ui.panels.widgets import MEDIUM, SMALL, PlainLabel, column
from annotator.ui.panels.words import joined
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.project import Project

MOST = 500
_PAUSE = 250
_BEFORE = 40
_AFTER = 80
Found = tuple[str, tuple[Hit, ...], dict[Id, str]]


class FindAllPanel(QWidget):
    """Find in all articles."""

    opened = Signal(Hit)
    """A hit was opened."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(self.tr("Words, or a “phrase” in quotation marks"))
        self.edit.setAccessibleName(self.tr("Find in all articles"))
        self.edit.setClearButtonEnabled(True)
        self.count = PlainLabel(muted=True)
        self.list = RowsView(self.tr("Places found"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._search)
        self.edit.textChanged.connect(lambda _: self._timer.start())
        self.edit.returnPressed.connect(self._on_return)
        self.list.opened.connect(self._on_opened)
        session.project_changed.connect(self._search)
        layout = column(self, margin=MEDIUM, spacing=SMALL)
        for one in (self.edit, self.count, self.list):
            layout.addWidget(one)
        self.count.show_text("")

    def start(self, text: str = "") -> None:
        """Begin to find; a given text is looked for at once."""
        self.show()
        if text:
            self.edit.setText(text)
            self._search()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the line into the list."""
        if event.key() == Qt.Key.Key_Down and self.edit.hasFocus() and self.list.rows:
            self._go_into_list()
        else:
            super().keyPressEvent(event)

    def _search(self) -> None:
        self._timer.stop()
        text = self.edit.text().strip()
        if not text or self._session.path is None:
            self._show((text, (), {}))
        else:
            self._session.ask(lambda project: _look(project, text), self._show)

    def _show(self, found: Found) -> None:
        text, hits, titles = found
        if text != self.edit.text().strip():
            return  # an answer to what is typed no longer
        self.list.set_rows(list(_rows(hits, titles)))
        words = self.tr("Places: {count} · articles: {articles}").format(
            count=f"{len(hits)}{'+' if len(hits) >= MOST else ''}", articles=len(titles)
        )
        self.count.show_text("" if not text else words if hits else self.tr("Not found in any article"))

    def _on_return(self) -> None:
        if self._timer.isActive():
            self._search()
        elif self.list.rows:
            self._go_into_list()

    def _go_into_list(self) -> None:
        self.list.setFocus()
        if self.list.current() is None:
            self.list.step(1)

    def _on_opened(self, value: object) -> None:
        assert isinstance(value, Hit)
        self._session.open_article(value.article, value.start)
        self.opened.emit(value)


def _look(project: Project, text: str) -> Found:
    hits = project.search(text, MOST)
    articles = list(dict.fromkeys(hit.article for hit in hits))
    titles = {
        one.id: joined([one.title or one.name, one.outlet, one.published])
        for one in project.article_rows(articles)
    }
    return text, hits, titles


def _rows(hits: Iterable[Hit], titles: dict[Id, str]) -> Iterable[Row]:
    for hit in hits:
        before, text, after = (" ".join(part.split("\n")) for part in (hit.before, hit.text, hit.after))
        start = before[-_BEFORE:].lstrip() if len(before) > _BEFORE else before
        lead = ("…" if len(before) > _BEFORE else "") + start
        words = lead + text + after[:_AFTER]
        yield Row(hit, words, titles.get(hit.article, ""), strong=(len(lead), len(lead) + len(text)))
