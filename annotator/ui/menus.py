"""The bar of menus: Escape leads back from it to where one was, where Qt only closes the menu."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenuBar


def add_menus(bar: QMenuBar, menus: Iterable[tuple[str, str]]) -> None:
    """Add empty menus, by name and title; with one the bar lets go of the keys, unless another opens."""
    for name, title in menus:
        menu = bar.addMenu(title)
        menu.setObjectName(name)
        menu.aboutToHide.connect(partial(QTimer.singleShot, 0, bar, partial(_leave, bar)))


def _leave(bar: QMenuBar) -> None:
    """Press Escape in the bar, as a person has to: it remembers what had the keys before."""
    if bar.hasFocus() and QApplication.activePopupWidget() is None:
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(bar, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, none))
