"""Gives the window what a person chose in the settings: colours, fonts, spaces, keys, what Enter does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QListView, QMenu

from annotator.model.scheme import Scheme
from annotator.ui import motion
from annotator.ui.box_style import fit_style
from annotator.ui.panels.settings_window import SettingsWindow
from annotator.ui.style import Theme, apply, apply_font, theme, view_theme
from annotator.ui.turns import turns_of

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


_ICON = 20
"""Side of an icon on the toolbar with usual text, in pixels."""


class Appearance(QObject):
    """Follows the settings, the scheme and the system's colours, and holds the settings window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._settings = window.settings
        self._theme = theme(self._settings.theme, self._settings.label_colours)
        self._whole: Scheme | None = None
        self._hidden: frozenset[str] = frozenset()
        self._shown: Scheme | None = None
        self._open: SettingsWindow | None = None
        self._followers: dict[str, Callable[[], None]] = {
            "window_font": self._show_font,
            "window_size": self._show_font,
            "text_size": lambda: window.view.set_text_size(self._settings.text_size),
            "text_font": self._show_article,
            "line_space": self._show_article,
            "column": self._show_article,
            "label_colours": self._show_label_colours,
            "hidden_labels": self._show_hidden,
            "reduced_motion": self._show_motion,
            "keys": self._show_keys,
            "label_bar": lambda: None,  # asked for at the next selection
            "enter": self._show_enter,
            "enter_idle": self._show_enter,
            "pass_names": self._show_passing,
            "worth_marks": lambda: None,  # drawn by those who keep the marks
        }
        self._settings.changed.connect(self._on_changed)
        QApplication.styleHints().colorSchemeChanged.connect(self._on_system_colours)

    @property
    def scheme(self) -> Scheme | None:
        """The scheme of the project, in which the entities that the person hides are hidden."""
        whole, hidden = self._window.session.scheme, self._settings.hidden_labels
        if whole is not self._whole or hidden != self._hidden:
            self._whole, self._hidden = whole, hidden
            self._shown = _hiding(whole, hidden) if whole is not None else None
        return self._shown

    @property
    def theme(self) -> Theme:
        """The colours that are shown now."""
        return self._theme

    def set_font(self) -> None:
        """Use the font of the window that is chosen; before the parts are built, so that they fit it."""
        app, settings = QApplication.instance(), self._settings
        if isinstance(app, QApplication):
            apply_font(app, settings.text("window_font"), settings.number("window_size"))

    def show_all(self) -> None:
        """Show everything as it is chosen: once, when the window is built."""
        self._show_font()
        self._show_motion()
        self._show_enter()
        self._show_passing()
        self._show_actions()
        self._fill_menus()
        self.show_theme()

    def show_theme(self) -> None:
        """Give everything the colours of the theme that is chosen now."""
        app = QApplication.instance()
        self._theme = theme(self._settings.theme, self._settings.label_colours)
        if isinstance(app, QApplication):
            apply(app, self._theme)
        self._window.banner.set_theme(self._theme)
        self._show_labels()
        self._show_article()

    def show_scheme(self) -> None:
        """Draw everything that is drawn from the scheme anew."""
        for step in self._steps():
            step()

    def show_scheme_in_turns(self) -> None:
        """Do that in several turns of the event loop: all of it in one would hold up the window."""
        for step in self._steps():
            turns_of(self).soon(step)

    def _steps(self) -> tuple[Callable[[], None], ...]:
        """Return what is drawn from the scheme, the keys of its labels first."""
        return (self._show_actions, self._fill_menus, self._show_labels, self._show_article)

    def _show_actions(self) -> None:
        actions = self._window.actions_
        actions.set_scheme(self._window.session.scheme)
        answers = actions.first_key("accept"), actions.first_key("reject")
        self._window.inspector.selected.suggestion.set_keys(*answers)
        self._window.enable()

    def _show_labels(self) -> None:
        window, scheme = self._window, self._window.session.scheme
        window.inspector.set_theme(self._theme)
        window.label_bar.set_labels(self.scheme, self._theme)
        if self._open is not None:
            self._open.show_theme(scheme, self._theme)

    def take_scheme(self) -> None:
        """Draw everything by the scheme that holds now, the article too."""
        self.show_scheme()
        self._show_hidden()

    def open_settings(self, page: str) -> None:
        """Bring the settings to sight with one page in front."""
        if self._open is None:
            window = self._window
            self._open = SettingsWindow(self._settings, window.actions_, window)
            self._open.show_theme(window.session.scheme, self._theme)
        self._open.show_page(page)

    def _on_changed(self, name: str) -> None:
        self._followers.get(name, self.show_theme)()

    def _show_article(self) -> None:
        settings, scheme = self._settings, self._window.session.scheme
        column, space, font = settings.column, settings.line_space, settings.text("text_font")
        self._window.view.set_theme(view_theme(self._theme, scheme, column, space, font))

    def _show_label_colours(self) -> None:
        self._theme = theme(self._settings.theme, self._settings.label_colours)
        self.show_scheme()

    def _on_system_colours(self) -> None:
        if self._settings.theme == "system":
            self.show_theme()

    def _show_font(self) -> None:
        self.set_font()
        app = QApplication.instance()
        if isinstance(app, QApplication) and fit_style(app):
            apply(app, self._theme)  # another style takes the colours away
        side = max(_ICON, round(QFontMetrics(QApplication.font()).height() * 1.1))
        self._window.bar.set_icon_side(side)
        for one in self._window.findChildren(QListView):
            one.doItemsLayout()  # it keeps the height of its lines

    def _show_motion(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            motion.apply(app, self._window, is_reduced=self._settings.is_on("reduced_motion"))

    def _show_enter(self) -> None:
        self._window.walking.set_enter(self._settings.text("enter"), self._settings.text("enter_idle"))

    def _show_passing(self) -> None:
        self._window.actions_["pass_names"].setChecked(self._settings.is_on("pass_names"))

    def _show_keys(self) -> None:
        self._window.actions_.set_keys(self._settings.keys)
        self.show_scheme()

    def _show_hidden(self) -> None:
        """Draw the article again without, or with, some entities."""
        if self._window.session.content is not None:
            self._window.view.set_scheme(self.scheme)
        self._window.label_bar.set_labels(self.scheme, self._theme)
        self._window.passing.count()
        self._window.status.count_suggestions()
        self._window.articles.model.reload()
        if self._open is not None:
            self._open.show_theme(self._window.session.scheme, self._theme)

    def _fill_menus(self) -> None:
        for name, _ in self._window.actions_.menus():
            menu = self._window.menuBar().findChild(QMenu, name)
            if isinstance(menu, QMenu):
                self._window.actions_.fill_menu(menu, name)


def _hiding(scheme: Scheme, names: frozenset[str]) -> Scheme:
    """Return the scheme with these entities hidden."""
    if not names:
        return scheme
    labels = (
        replace(one, hidden=True) if one.name in names and one.group == "entity" else one
        for one in scheme.labels
    )
    return replace(scheme, labels=tuple(labels))
