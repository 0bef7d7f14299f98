"""The answers of a two-step key as buttons over the article, for who came there by mouse."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from annotator.ui.article_view.view import ArticleView
from annotator.ui.floating import Floating
from annotator.ui.labels import button_words
from annotator.ui.panels.flow import FlowLayout
from annotator.ui.panels.widgets import clear
from annotator.ui.prompt import Prompt, name_of

_GAP = 10
_BETWEEN = 2


class AnswerBar(Floating):
    """Floats under the caret while the next key is waited for; a click answers like the key."""

    def __init__(self, view: ArticleView, prompt: Prompt) -> None:
        super().__init__(view)
        self._view = view
        self._prompt = prompt
        self._layout = FlowLayout(self, _BETWEEN)
        self._layout.setContentsMargins(4, 3, 4, 3)
        self.hide()
        prompt.offered.connect(self._on_offered)
        prompt.ended.connect(self.hide)

    def _on_offered(self, answers: Sequence[tuple[str, str]]) -> None:
        clear(self._layout)
        for key, text in answers:
            self._layout.addWidget(self._button(key, text))
        edge = 2 * self.frameWidth()
        room = self._view.viewport().width() - 2 * _GAP - edge
        width = min(self._layout.width_of_one_line(), room)
        self.resize(width + edge, self._layout.heightForWidth(width) + edge)
        self._place()
        self.show()
        self.raise_()

    def _button(self, key: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        # The article keeps the focus, so that the key itself is still heard.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setText(f"{name_of(key)}  {button_words(text)}")
        button.setAccessibleName(text)
        button.clicked.connect(partial(self._prompt.press, key))
        return button

    def _place(self) -> None:
        caret, view, about = self._view.caret_rect(), self._view, self._prompt.about
        lines = [one.toRect() for one in view.page.rects(about)] if about is not None else []
        first, last = (lines[0], lines[-1]) if lines else (caret, caret)
        left = min(max(_GAP, first.left()), max(_GAP, view.viewport().width() - self.width() - _GAP))
        below = last.bottom() + _GAP
        is_room = 0 <= below < view.height() - self.height()
        above = min(first.top() - _GAP, view.height() - _GAP) - self.height()
        self.move(left, below if is_room else max(_GAP, above))
