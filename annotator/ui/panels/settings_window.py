"""The settings: a window beside the work; what is changed in it is seen at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTabWidget, QWidget

from annotator.model.scheme import Scheme
from annotator.ui.action_set import ActionSet
from annotator.ui.current_tab import CurrentTab
from annotator.ui.panels.settings_keys import KeysPage
from annotator.ui.panels.settings_labels import LabelsPage
from annotator.ui.panels.settings_reading import ReadingPage
from annotator.ui.panels.widgets import MEDIUM, answers, column, scrolled
from annotator.ui.settings import Settings
from annotator.ui.style import Theme

_LETTERS, _LINES = 96, 44
"""Size of the window in letters and lines of its own text."""


class SettingsWindow(QDialog):
    """Three pages: reading and window, labels, keys; nothing has to be confirmed."""

    def __init__(self, settings: Settings, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.reading = ReadingPage(settings)
        self.labels = LabelsPage(settings)
        self.keys = KeysPage(settings, actions)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        CurrentTab(self.pages.tabBar())
        self.pages.setAccessibleName(self.tr("Pages of the settings"))
        self.pages.addTab(scrolled(self.reading), self.tr("&Reading and window"))
        self.pages.addTab(scrolled(self.labels), self.tr("&Labels"))
        self.pages.addTab(scrolled(self.keys), self.tr("&Keys"))
        buttons = answers(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        # Enter is for the field that has the keys; it closes nothing.
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        layout = column(self, margin=MEDIUM, spacing=MEDIUM)
        layout.addWidget(self.pages, 1)
        layout.addWidget(buttons)
        self._fit(parent)

    def show_page(self, name: str) -> None:
        """Come to sight with one page: `reading`, `labels` or `keys`."""
        self.pages.setCurrentIndex(("reading", "labels", "keys").index(name))
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_theme(self, scheme: Scheme | None, theme: Theme) -> None:
        """Show the labels of a scheme in the colours of a theme."""
        self.labels.show_labels(scheme, theme)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text of the window, which is changed here."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.isVisible():
            self._fit(self)

    def _fit(self, shown: QWidget) -> None:
        """Take the room that the text needs, but no more than the screen has; never get smaller in use."""
        metrics, room = self.fontMetrics(), shown.screen().availableGeometry()
        wide = min(metrics.averageCharWidth() * _LETTERS, room.width() - 40)
        wanted = QSize(wide, min(metrics.lineSpacing() * _LINES, room.height() - 60))
        if not self.isVisible():
            self.resize(wanted)
            return
        size, frame = self.size().expandedTo(wanted), self.frameSize() - self.size()
        self.resize(size)
        right, bottom = room.right() - (size + frame).width(), room.bottom() - (size + frame).height()
        self.move(max(room.left(), min(self.x(), right)), max(room.top(), min(self.y(), bottom)))
