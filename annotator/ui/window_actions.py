"""What the View and Help menus do: text size, theme, panels, search, palette, keys."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, qVersion
from PySide6.QtGui import QKeySequence

from annotator import __version__
from annotator.model.scheme import Label
from annotator.ui import looking, panel_keys, problems
from annotator.ui.actions import TABLE
from annotator.ui.key_sheet import KeySheet
from annotator.ui.palette import open_palette
from annotator.ui.panels.scheme_dialog import SchemeDialog
from annotator.ui.settings import CHOICES

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


class WindowActions(QObject):
    """Acts on the window as a whole."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def quit(self) -> None:
        """Close the window."""
        self._window.close()

    def larger(self) -> None:
        """Set the article in larger text."""
        self._window.settings.text_size += 1

    def smaller(self) -> None:
        """Set the article in smaller text."""
        self._window.settings.text_size -= 1

    def usual_size(self) -> None:
        """Set the article in the usual size."""
        self._window.settings.put_back("text_size")

    def wider(self) -> None:
        """Let lines hold more characters."""
        self._window.settings.column += 5

    def narrower(self) -> None:
        """Let lines hold fewer characters."""
        self._window.settings.column -= 5

    def taller_lines(self) -> None:
        """Put more space between lines."""
        self._window.settings.line_space += 0.1

    def tighter_lines(self) -> None:
        """Put less space between lines."""
        self._window.settings.line_space -= 0.1

    def next_theme(self) -> None:
        """Go from system to light to dark to high contrast and round."""
        settings, themes = self._window.settings, CHOICES["theme"]
        settings.theme = themes[(themes.index(settings.theme) + 1) % len(themes)]
        names = {
            "system": self.tr("as the system"),
            "light": self.tr("light"),
            "dark": self.tr("dark"),
            "contrast": self.tr("high contrast"),
        }
        self._window.session.warned.emit(self.tr("Colours: {0}.").format(names[settings.theme]))

    def article_only(self) -> None:
        """Give the article the whole window, and give it back."""
        self._window.panels.show_alone(is_alone=self._window.actions_[("alone")].isChecked())

    def toggle_list(self) -> None:
        """Show or hide the list of articles."""
        self._window.panels.toggle("list")

    def toggle_inspector(self) -> None:
        """Show or hide the inspector."""
        self._window.panels.toggle("inspector")

    def toggle_checks(self) -> None:
        """Show or hide the checks."""
        self._window.panels.toggle("checks")

    def toggle_find(self) -> None:
        """Show or hide the search in all articles."""
        self._window.panels.toggle("find")

    def toggle_history(self) -> None:
        """Show or hide what was done."""
        self._window.panels.toggle("history")

    def next_panel(self) -> None:
        """Give the keys to the next panel in sight, the inspector first."""
        panel_keys.go(self._window, 1)

    def previous_panel(self) -> None:
        """Give the keys to the panel before."""
        panel_keys.go(self._window, -1)

    def toggle_frames(self) -> None:
        """Show the lines of all frames, or of the chosen one alone."""
        view = self._window.view
        view.show_all_frames = not view.show_all_frames

    def find_here(self) -> None:
        """Find in the open article."""
        if self._window.session.content is None:
            self._window.session.warned.emit(self.tr("Open an article first."))
            return
        self._window.find_bar.start(self._selected_text(), self._window.view.caret)

    def find_everywhere(self) -> None:
        """Find in all articles."""
        self._window.panels.show("find")
        self._window.find_all.start(self._selected_text())

    def stop_work(self) -> None:
        """Stop the job that the status bar shows, or say that there is none."""
        session = self._window.session
        if not session.long_work.stop_shown():
            session.warned.emit(self.tr("Nothing is under way."))

    def palette(self) -> None:
        """Pop up all commands."""
        open_palette(self._window, self._window.actions_)

    def keys(self) -> None:
        """Show the keys, and the guideline of the chosen label."""
        window = self._window
        KeySheet(window, window.actions_, window.session.scheme, self._chosen_label()).show()

    def scheme(self) -> None:
        """Show the scheme, to look at and to change."""
        window = self._window
        found = window.findChild(SchemeDialog)
        if not isinstance(found, SchemeDialog):
            key_name = window.actions_.key_name
            found = SchemeDialog(window.session, lambda: window.looks.theme, self._key_user, key_name, window)
        found.show()
        found.raise_()
        found.activateWindow()

    def open_settings(self) -> None:
        """Show the settings."""
        self._window.looks.open_settings("reading")

    def change_keys(self) -> None:
        """Show the settings of the keys."""
        self._window.looks.open_settings("keys")

    def about(self) -> None:
        """Say what this is, and what it stands on."""
        from annotator.services.versions import sqlite_version  # noqa: PLC0415 - late: loads the store

        text = self.tr(
            "annotator {0}\nLabels claims, stances and sources in news articles, offline.\nMIT licence."
        )
        stands_on = f"Python {platform.python_version()}, Qt {qVersion()}, SQLite {sqlite_version()}"
        problems.tell(self._window, f"{text.format(__version__)}\n\n{stands_on}")

    def open_row(self) -> None:
        """Open the article of the current row of the list, and go to its text."""
        self._window.articles.open_row()
        self._window.view.setFocus()

    def _key_user(self, key: str) -> str:
        """Return the action in the article that a label's key is taken from."""
        actions, wanted = self._window.actions_, QKeySequence(key.upper())
        rows = (row for row in TABLE if row.scope == "article")
        users = (row for row in rows if wanted in map(QKeySequence, actions.keys_of(row)))
        return next((row.shown for row in users), "")

    def _selected_text(self) -> str:
        view, content = self._window.view, self._window.session.content
        if view.selection is None or content is None:
            return ""
        return looking.words(content, [view.selection], most=200)

    def _chosen_label(self) -> Label | None:
        session = self._window.session
        if session.content is None or session.scheme is None:
            return None
        found = session.content.record(session.chosen)
        return session.scheme.label(found.label) if found is not None else None
