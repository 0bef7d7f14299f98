"""The list of places where an actor or a claim card is used; Enter goes to one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotator.model.ids import Id
from annotator.ui.panels.rows import Row, RowsView
from annotator.ui.panels.uses import Use, Uses, uses_of
from annotator.ui.panels.widgets import SMALL, PlainLabel, column
from annotator.ui.panels.words import counted
from annotator.ui.seeking import seek
from annotator.ui.session import Session

_MOST_ROWS = 6


class UsesList(QWidget):
    """Asks for the places and shows them."""

    def __init__(self, session: Session, title: str) -> None:
        super().__init__()
        self._session = session
        self._title_text = title
        self._of: Id | None = None
        self.count: int | None = None
        self._title = PlainLabel(title, muted=True)
        self.list = RowsView(title)
        self.list.opened.connect(self._on_opened)
        layout = column(self, spacing=SMALL)
        layout.addWidget(self._title)
        layout.addWidget(self.list)

    def ask(self, of: Id | None) -> None:
        """Look for the places of an actor or a claim card."""
        if of != self._of:
            self._of, self.count = of, None
            self._show(())
        if of is not None:
            self._session.ask(lambda project: uses_of(project, of), self._on_found)

    def found(self) -> None:
        """Called when the places are known; replaced by the editor that holds this list."""

    def _on_found(self, uses: Uses) -> None:
        if uses.of == self._of:
            self.count = uses.count
            self._show(uses.places)
            self.found()

    def _show(self, places: tuple[Use, ...]) -> None:
        self._title.show_text(counted(self._title_text, self.count or 0))
        self.list.set_rows([Row(one, one.text, one.title) for one in places])
        self.list.setVisible(bool(places))
        line = 2 * self.fontMetrics().height() + 10
        self.list.setFixedHeight(line * max(1, min(len(places), _MOST_ROWS)) + 2)

    def _on_opened(self, use: object) -> None:
        assert isinstance(use, Use)
        content = self._session.content
        if content is not None and content.article.id == use.article:
            seek(self._session, use.record)
        else:
            self._session.open_article(use.article, use.start)
            self._choose_there(use)

    def _choose_there(self, use: Use) -> None:
        def choose(_: object) -> None:
            content = self._session.content
            if content is not None and content.article.id == use.article:
                self._session.choose(use.record)

        # Asked after the article was: the answers come in that order.
        self._session.ask(lambda _: None, choose)
