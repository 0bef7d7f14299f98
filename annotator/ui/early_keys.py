"""Keeps the keys that are meant for what is not there yet, and presses them once it is."""

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
_PRESSES = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
_START = "start"
_Kept = tuple[QKeyCombination, str]


class EarlyKeys(QObject):
    """While something is on its way, keys wait; then each is pressed in a turn of its own, in order.

    On its way is the first article (after `hold`), and whatever the session says with `held`: another
    article, or what comes after a decision.  Where it does not come, because the project cannot be opened,
    is empty or does not take the decision, there is nothing for the keys.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._kept: deque[_Kept] = deque()
        self._awaited: set[str] = set()
        self._is_listening = self._is_sending = False
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._on_turn)
        session = window.session
        session.held.connect(self._on_held)
        session.content_changed.connect(self._on_content)
        for gone in (session.opening_failed, session.not_saved, session.project_changed):
            gone.connect(self._on_gone)
        window.articles.model.loaded.connect(self._on_list)

    @property
    def is_holding(self) -> bool:
        """Whether keys wait, or are still being pressed."""
        return self._is_listening

    def hold(self) -> None:
        """Keep the keys from now on: a project is going to be opened."""
        self._on_held(_START, True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a key that is pressed in the window; a dialog gets its own."""
        if self._is_sending or event.type() not in _PRESSES or not isinstance(event, QKeyEvent):
            return False
        is_here = isinstance(watched, QWidget) and watched.window() is self._window
        if not is_here or QApplication.activeModalWidget() is not None or event.key() in _HELD:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # so that no action takes it before it comes as a key
        else:
            self._kept.append((event.keyCombination(), event.text()))
        return True

    def _on_held(self, what: str, is_held: bool) -> None:
        if not what:
            self._on_gone()
        elif is_held:
            self._awaited.add(what)
            self._turn.stop()
            self._listen()
        else:
            self._awaited.discard(what)
            if self._is_listening and not self._awaited:
                self._turn.start()

    def _on_content(self, content: ArticleContent | None) -> None:
        if content is not None:
            self._on_held(_START, False)

    def _on_list(self) -> None:
        session = self._window.session
        if session.path is not None and not session.order:
            self._drop()

    def _on_gone(self, *_: object) -> None:
        """Nothing comes any more of what was on its way in the project that was open."""
        if self._awaited != {_START} or self._window.session.path is None:
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

    def _listen(self) -> None:
        application = QApplication.instance()
        if not self._is_listening and application is not None:
            self._is_listening = True
            application.installEventFilter(self)

    def _drop(self) -> None:
        """Keep no more keys."""
        self._turn.stop()
        self._kept.clear()
        self._awaited.clear()
        application = QApplication.instance()
        if self._is_listening and application is not None:
            self._is_listening = False
            application.removeEventFilter(self)


def _event(kind: QEvent.Type, keys: QKeyCombination, text: str) -> QKeyEvent:
    return QKeyEvent(kind, keys.key(), keys.keyboardModifiers(), text)
