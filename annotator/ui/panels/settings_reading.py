"""Page of the settings: the text of the article, the window around it, and what Tab and Enter do."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QGridLayout, QWidget

from annotator.ui.article_view.theme import LIGHT
from annotator.ui.panels.settings_parts import Choices
from annotator.ui.panels.widgets import LARGE, MEDIUM, column
from annotator.ui.panels.words import tr
from annotator.ui.settings import Settings


class ReadingPage(QWidget):
    """Fonts, sizes, spaces, colours of the window, motion, and the keys Tab and Enter."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        grid = QGridLayout()
        self.choices = Choices(settings, grid)
        self._add_article()
        self._add_window()
        self._add_enter()
        layout = column(self, margin=LARGE, spacing=MEDIUM)
        layout.addLayout(grid)
        layout.addStretch(1)
        settings.changed.connect(self.choices.show)

    def _add_article(self) -> None:
        rows = self.choices
        rows.add_heading(tr("Article"))
        text = QFont()
        text.setFamilies(list(LIGHT.serif))
        rows.add_font("text_font", tr("Font"), QFontInfo(text).family())
        rows.add_number("text_size", tr("Text size"), step=1, unit=tr(" pt"))
        rows.add_number("line_space", tr("Space between lines"), step=0.1, unit=tr(" × usual"))
        rows.add_number("column", tr("Width of the column"), step=5, unit=tr(" characters"))
        rows.add_check("worth_marks", tr("Thin marks beside sentences worth checking"))
        rows.add_check("learning", tr("Learn from the labels, in the background"))

    def _add_window(self) -> None:
        rows = self.choices
        rows.add_heading(tr("Window"))
        system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        themes = (
            ("system", tr("Light or dark, as the system")),
            ("light", tr("Light")),
            ("dark", tr("Dark")),
            ("contrast", tr("High contrast")),
        )
        rows.add_word("theme", tr("Colours"), themes)
        rows.add_font("window_font", tr("Font of the window"), QFontInfo(system).family())
        rows.add_number("window_size", tr("Text size of the window"), step=25, unit=tr(" %"))
        rows.add_check("label_bar", tr("Labels beside what is selected by mouse"))
        rows.add_check("reduced_motion", tr("Less motion: nothing blinks, slides or runs to and fro"))

    def _add_enter(self) -> None:
        rows = self.choices
        rows.add_heading(tr("Tab and Enter"))
        rows.add_check("pass_names", tr("Tab passes over single names, dates and the like"))
        accepting = (
            ("next", tr("accepts it and goes to the next one in the article")),
            ("across", tr("accepts it and goes on, also into the next article")),
            ("stay", tr("accepts it and stays on what was made")),
        )
        rows.add_word("enter", tr("Enter on a suggestion"), accepting)
        idle = (
            ("say", tr("says that none is chosen")),
            ("walk", tr("goes to the next suggestion")),
            ("pick", tr("opens the label picker")),
        )
        rows.add_word("enter_idle", tr("Enter elsewhere"), idle)
