"""A strip above the article: what needs attention and what can be done, without stopping the work."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from annotator.ui.icons import icon
from annotator.ui.labels import plain_label
from annotator.ui.panels.widgets import FittingScroll
from annotator.ui.style import Theme, mixed

_SHARE = 4
"""The part of the window that a text may take, one in so many; a longer one is scrolled."""
_LONG_WORD, _PIECE = re.compile(r"\S{17,}"), re.compile(r"(\S{8})(?=\w)")
_BREAK = "\u200b"
"""Where a name of a file, a word without an end, may go on in the next line."""


class Banner(QFrame):
    """Says one thing and offers one button, or none; hidden when there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.must_stay = False
        """Whether it says what a person has to know, until that has changed."""
        self._act: Callable[[], None] = self.hide
        self._kept = ""
        """What a sentence for the status bar does not take the place of."""
        self.text = plain_label(wraps=True)
        self.room = _Room(self.text)
        self.button = QPushButton(self)
        self.close_button = QToolButton(self)
        self.close_button.setIcon(icon("mdi6.close"))
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip(self.tr("Hide"))
        self.close_button.setAccessibleName(self.tr("Hide"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self.room, 1)
        layout.addWidget(self.button)
        layout.addWidget(self.close_button)
        self.button.clicked.connect(self._on_pressed)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Let the sign that hides it grow with the letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            side = self.fontMetrics().height()
            self.close_button.setIconSize(QSize(side, side))

    def tell(self, text: str) -> None:
        """Show a text about which nothing is to be done, until it is hidden or another takes its place."""
        self.say(text, "", self.hide)

    def mention(self, text: str) -> None:
        """Show a sentence that the status bar has no room for, below what stays until it is hidden."""
        if self.isHidden():
            self.tell(text)
            self._kept = ""
        else:
            self._show("\n".join(one for one in (self._kept, text) if one))

    def say(self, text: str, button: str, act: Callable[[], None], *, must_stay: bool = False) -> None:
        """Show a text and a button for what there is to do; nothing takes the place of what must stay."""
        if self.must_stay and not must_stay and not self.isHidden():
            return
        self.must_stay, self._act, self._kept = must_stay, act, text
        self._show(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.close_button.setVisible(not must_stay)
        self.show()

    def _show(self, text: str) -> None:
        self.text.setText(_LONG_WORD.sub(lambda word: _PIECE.sub(rf"\1{_BREAK}", word[0]), text))
        self.text.setAccessibleName(text)
        self.room.updateGeometry()  # nothing tells it of other words while it is hidden
        self.room.verticalScrollBar().setValue(0)

    def _on_pressed(self) -> None:
        if not self.must_stay:
            self.hide()
        self._act()

    def set_theme(self, theme: Theme) -> None:
        """Tint it with the theme's warning colour."""
        palette = QPalette(self.palette())
        ground = mixed(theme.colour("warning"), theme.colour("base"), 0.16)
        palette.setColor(QPalette.ColorRole.Window, ground)
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour("text"))
        self.setPalette(palette)


class _Room(FittingScroll):
    """Gives a text its height, but leaves most of the window to the article; keys scroll what is longer."""

    def __init__(self, text: QWidget) -> None:
        super().__init__(text)
        for one in (self, self.viewport()):
            one.setAutoFillBackground(False)
        self.setAccessibleName(self.tr("What there is to know"))
        self.verticalScrollBar().rangeChanged.connect(self._on_range)

    def sizeHint(self) -> QSize:
        """As high as its text, up to a part of the window."""
        hint = super().sizeHint()
        most = max(3 * self.fontMetrics().lineSpacing(), self.window().height() // _SHARE)
        return QSize(hint.width(), min(hint.height(), most))

    def minimumSizeHint(self) -> QSize:
        """As wide as a word, and the height it asks for: the article gets smaller, not what is said."""
        wide = self._widget.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(wide, self.sizeHint().height())

    def _on_range(self, _: int, last: int) -> None:
        focus = Qt.FocusPolicy
        self.setFocusPolicy(focus.TabFocus if last > 0 else focus.NoFocus)
