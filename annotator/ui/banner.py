"""A strip above the article: what needs attention and what can be done, without stopping the work."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from annotator.ui.icons import icon
from annotator.ui.labels import plain_label
from annotator.ui.style import Theme, mixed


class Banner(QFrame):
    """Says one thing and offers one button; hidden when there is nothing to say."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.text = plain_label(parent=self, wraps=True)
        self.button = QPushButton(self)
        self.close_button = QToolButton(self)
        self.close_button.setIcon(icon("mdi6.close"))
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip(self.tr("Hide"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.button)
        layout.addWidget(self.close_button)
        self.button.clicked.connect(self.pressed)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def say(self, text: str, button: str = "", *, can_hide: bool = True) -> None:
        """Show a text, with a button where there is something to do."""
        self.text.setText(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.close_button.setVisible(can_hide)
        self.show()

    def set_theme(self, theme: Theme) -> None:
        """Tint it with the theme's warning colour."""
        palette = QPalette(self.palette())
        ground = mixed(theme.colour("warning"), theme.colour("base"), 0.16)
        palette.setColor(QPalette.ColorRole.Window, ground)
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour("text"))
        self.setPalette(palette)
