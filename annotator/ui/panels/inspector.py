"""The inspector beside the article: three pages, of which one is in front."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QTabWidget, QWidget

from annotator.model.ids import Id
from annotator.model.records import RoleEnd
from annotator.ui.panels.above import AbovePage
from annotator.ui.panels.cards import ArticlePage
from annotator.ui.panels.narrow_tabs import NarrowTabs
from annotator.ui.panels.register import Register
from annotator.ui.panels.selected import SelectedPage
from annotator.ui.panels.widgets import column
from annotator.ui.session import Session
from annotator.ui.style import Theme

_ARTICLE, _SELECTED, _ABOVE = 0, 1, 2


class Inspector(QWidget):
    """This article, what is selected, what is above the articles."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme: Theme | None = None
        self.register = Register(session, self)
        self.article = ArticlePage(session, self.register)
        self.selected = SelectedPage(session, self.register)
        self.above = AbovePage(session, self.register)
        self.pages = QTabWidget()
        names = NarrowTabs()
        self.pages.setTabBar(names)
        self.pages.setDocumentMode(True)
        self.pages.setAccessibleName(self.tr("Pages of the inspector"))
        self.pages.addTab(self.article, self.tr("Article"))
        self.pages.addTab(self.selected, self.tr("Selected"))
        self.pages.addTab(self.above, self.tr("Actors and claims"))
        names.set_short(_ABOVE, self.tr("Above"))
        self.pages.setTabToolTip(_ARTICLE, self.tr("This article: facts, frames, checks"))
        self.pages.setTabToolTip(_SELECTED, self.tr("What is chosen"))
        self.pages.setTabToolTip(_ABOVE, self.tr("Above the articles: actors and claim cards"))
        column(self, spacing=0).addWidget(self.pages)
        self.article.opened.connect(self.show_selected)
        self.selected.frame.above_wanted = self._show_end  # type: ignore[method-assign]
        session.scheme_changed.connect(self._colour)

    def set_theme(self, theme: Theme) -> None:
        """Use the label colours of a theme."""
        self._theme = theme
        self._colour()

    def set_caret(self, offset: int) -> None:
        """Say where the caret of the article is, in code points."""
        self.article.facts.show_caret(offset)

    def enter(self) -> None:
        """Go to what is selected; where nothing is, to the page in front, or to that of the article."""
        if self._session.chosen is not None:
            self.show_selected()
        elif self.pages.currentIndex() == _ABOVE:
            self.show_above()
        else:
            self.show_article()

    def show_article(self) -> None:
        """Bring "This article" to the front."""
        self.pages.setCurrentIndex(_ARTICLE)
        self.article.frames.setFocus()

    def show_selected(self) -> None:
        """Bring "Selected" to the front and give it the focus."""
        self.pages.setCurrentIndex(_SELECTED)
        self.selected.focus_first()

    def show_above(self) -> None:
        """Bring "Above the articles" to the front and give its filter the focus."""
        self.pages.setCurrentIndex(_ABOVE)
        self.above.filter.setFocus()

    def edit_note(self) -> None:
        """Go to the note of what is selected."""
        self.pages.setCurrentIndex(_SELECTED)
        self.selected.focus_note()

    def show_questions(self) -> None:
        """Go to the open questions of the article."""
        self.pages.setCurrentIndex(_ARTICLE)
        self.article.show_questions()

    def show_label(self, label: Id) -> None:
        """Go to a label of the article as a whole."""
        self.pages.setCurrentIndex(_ARTICLE)
        self.article.show_label(label)

    def commit(self) -> None:
        """Save everything that is just being edited; to be called before the project is closed."""
        self.article.facts.commit()
        self.article.labels.commit()
        self.selected.commit()
        self.above.commit()

    def _show_end(self, end: RoleEnd) -> None:
        self.pages.setCurrentIndex(_ABOVE)
        self.above.show_record(end.end)

    def _colour(self) -> None:
        theme, scheme = self._theme, self._session.scheme
        if theme is None:
            return
        inks: Mapping[str, str] = (
            {name: one.ink for name, one in theme.of_scheme(scheme).items()} if scheme else {}
        )

        def colour(label: str) -> QColor:
            return QColor(inks[label]) if label in inks else theme.colour("border")

        self.article.set_colours(colour)
        self.selected.set_colours(colour)
