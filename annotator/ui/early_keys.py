"""Keeps the keys pressed while the program starts, and presses them once the article is there."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from annotator.model.records import ArticleContent
    from annotator.ui.main_window import MainWindow

_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_Kept = tuple[QKeyCombination, str]


class EarlyKeys(QObject):
    """Between `hold` and the first article, keys wait; then each is pressed in a turn of its own, in order.

    Where no article comes, because the project cannot be opened or is empty, there is nothing for them.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._kept: deque[_Kept] = deque()
        self._is_held = self._is_sending = False
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._on_turn)

    def hold(self) -> None:
        """Keep the keys from now on: a project is going to be opened."""
        self._is_held = True
        session = self._window.session
        session.content_changed.connect(self._on_content)
        session.opening_failed.connect(self._drop)
        self._window.articles.model.loaded.connect(self._on_list)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a key that is pressed in the window; a dialog gets its own."""
        if event.type() != QEvent.Type.KeyPress or self._is_sending or not isinstance(event, QKeyEvent):
            return False
        is_here = isinstance(watched, QWidget) and watched.window() is self._window
        if not is_here or QApplication.activeModalWidget() is not None or event.key() in _HELD:
            return False
        self._kept.append((event.keyCombination(), event.text()))
        return True

    def _on_content(self, content: ArticleContent | None) -> None:
        if content is not None:
            self._turn.start()

    def _on_list(self) -> None:
        session = self._window.session
        if session.path is not None and not session.order:
            self._drop()

    def _on_turn(self) -> None:
        if not self._kept:
            self._drop()
            return
        self._is_sending = True
        try:
            self._press(*self._kept.popleft())
        finally:
            self._is_sending = False

    def _press(self, keys: QKeyCombination, text: str) -> None:
        """Press a key as Qt would: for who claims it, else for an action, else for the widget."""
        target = QApplication.focusWidget() or self._window.view
        claim = _event(QEvent.Type.ShortcutOverride, keys, text)
        claim.ignore()
        QApplication.sendEvent(target, claim)
        action = None if claim.isAccepted() else self._action(QKeySequence(keys), target)
        if action is not None:
            action.trigger()
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, _event(kind, keys, text))

    def _action(self, keys: QKeySequence, target: QWidget) -> QAction | None:
        actions = [*target.actions(), *self._window.actions()]
        return next((one for one in actions if one.isEnabled() and keys in one.shortcuts()), None)

    def _drop(self, *_: object) -> None:
        """Keep no more keys."""
        self._turn.stop()
        self._kept.clear()
        application, session = QApplication.instance(), self._window.session
        if self._is_held and application is not None:
            self._is_held = False
            application.removeEventFilter(self)
            session.content_changed.disconnect(self._on_content)
            session.opening_failed.disconnect(self._drop)
            self._window.articles.model.loaded.disconnect(self._on_list)


def _event(kind: QEvent.Type, keys: QKeyCombination, text: str) -> QKeyEvent:
    return QKeyEvent(kind, keys.key(), keys.keyboardModifiers(), text)
