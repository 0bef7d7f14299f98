"""A strip above the article: what needs attention and what can be done, without stopping the work."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from annotator.ui.icons import icon
from annotator.ui.labels import plain_label
from annotator.ui.style import Theme, mixed


class Banner(QFrame):
    """Says one thing and offers one button, or none; hidden when there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.must_stay = False
        """Whether it says what a person has to know, until that has changed."""
        self._act: Callable[[], None] = self.hide
        self.text = plain_label(parent=self, wraps=True)
        self.button = QPushButton(self)
        self.close_button = QToolButton(self)
        self.close_button.setIcon(icon("mdi6.close"))
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip(self.tr("Hide"))
        self.close_button.setAccessibleName(self.tr("Hide"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.button)
        layout.addWidget(self.close_button)
        self.button.clicked.connect(self._on_pressed)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def tell(self, text: str) -> None:
        """Show a text about which nothing is to be done, until it is hidden or another takes its place."""
        self.say(text, "", self.hide)

    def say(self, text: str, button: str, act: Callable[[], None], *, must_stay: bool = False) -> None:
        """Show a text and a button for what there is to do; nothing takes the place of what must stay."""
        if self.must_stay and not must_stay and not self.isHidden():
            return
        self.must_stay, self._act = must_stay, act
        self.text.setText(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.close_button.setVisible(not must_stay)
        self.show()

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
