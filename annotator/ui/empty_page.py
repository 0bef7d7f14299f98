"""What is seen in a project without an open article: what to do next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QFont, QPalette
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from annotator.ui.labels import plain_label


class EmptyPage(QFrame):
    """Says that there is nothing to read yet, and offers to import."""

    def __init__(self, import_: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.title = plain_label("", wraps=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.text = plain_label("", wraps=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.text.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.button = QPushButton(import_.icon(), import_.text())
        self.button.clicked.connect(import_.trigger)
        down = QVBoxLayout(self)
        down.addStretch(2)
        down.addWidget(self.title)
        down.addSpacing(4)
        down.addWidget(self.text)
        down.addSpacing(16)
        down.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        down.addStretch(3)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.4)
        font.setWeight(QFont.Weight.DemiBold)
        self.title.setFont(font)
        side = self.fontMetrics().height()
        self.button.setIconSize(QSize(side, side))

    def say(self, *, has_articles: bool) -> None:
        """Say why nothing is shown: no articles at all, or none chosen."""
        none = self.tr("This project has no articles yet")
        self.title.setText(self.tr("No article is open") if has_articles else none)
        how = self.tr("Drop files or folders here: texts, documents, tables, or what other tools exported.")
        self.text.setText(self.tr("Choose an article in the list.") if has_articles else how)
        self.button.setVisible(not has_articles)
