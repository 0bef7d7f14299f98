"""What moves by itself in the window, and how it is kept still for those who ask for that."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QProgressBar

_REDUCED, _FLASH, _EFFECTS = "reduced motion", "usual flash time", "usual effects"
"""Names under which the application keeps what was chosen, and what the system had before."""


def apply(app: QApplication, window: QMainWindow, *, is_reduced: bool) -> None:
    """Let nothing slide, fade or blink, or let it move as the system has it."""
    general = Qt.UIEffect.UI_General
    if app.property(_FLASH) is None:
        app.setProperty(_FLASH, app.cursorFlashTime())
        app.setProperty(_EFFECTS, app.isEffectEnabled(general))
    app.setProperty(_REDUCED, is_reduced)
    app.setCursorFlashTime(0 if is_reduced else app.property(_FLASH))
    app.setEffectEnabled(general, not is_reduced and app.property(_EFFECTS))
    window.setAnimated(not is_reduced)


def show_progress(bar: QProgressBar, done: int, total: int) -> None:
    """Show how far work is; where nobody knows, a bar that runs to and fro, or stands still half full."""
    app = QCoreApplication.instance()
    if not total and app is not None and app.property(_REDUCED):
        done, total = 1, 2
    if (bar.maximum(), bar.value()) == (total, done):
        return
    # Else it paints itself at once, and with it all that is not painted yet of the window.
    bar.setUpdatesEnabled(False)
    bar.setRange(0, total)
    bar.setValue(done)
    bar.setUpdatesEnabled(True)
