"""What the movement keys do: the caret, the selection, the edges of what is chosen."""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotator.ui.article_view.view import ArticleView
from annotator.ui.prompt import Prompt
from annotator.ui.session import Session


class Moving(QObject):
    """Passes movement keys on to the article view."""

    def __init__(self, session: Session, view: ArticleView, prompt: Prompt) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._prompt = prompt

    def focus(self) -> None:
        """Let the text hear the keys."""
        self._view.setFocus()

    def clear(self) -> None:
        """Drop selection first, then the choice."""
        self._prompt.stop()
        if self._view.selection is not None:
            self._view.select(None)
        else:
            self._session.choose(None)

    def right(self) -> None:
        """Go one token on."""
        self._view.move_caret("token", 1)

    def left(self) -> None:
        """Go one token back."""
        self._view.move_caret("token", -1)

    def down(self) -> None:
        """Go one line down."""
        self._view.move_caret("line", 1)

    def up(self) -> None:
        """Go one line up."""
        self._view.move_caret("line", -1)

    def sentence_right(self) -> None:
        """Go one sentence on."""
        self._view.move_caret("sentence", 1)

    def sentence_left(self) -> None:
        """Go one sentence back."""
        self._view.move_caret("sentence", -1)

    def paragraph_down(self) -> None:
        """Go one paragraph on."""
        self._view.move_caret("paragraph", 1)

    def paragraph_up(self) -> None:
        """Go one paragraph back."""
        self._view.move_caret("paragraph", -1)

    def page_down(self) -> None:
        """Go one page on."""
        self._view.move_caret("page", 1)

    def page_up(self) -> None:
        """Go one page back."""
        self._view.move_caret("page", -1)

    def to_end(self) -> None:
        """Go to the end of the article."""
        self._view.move_caret("article", 1)

    def to_start(self) -> None:
        """Go to the start of the article."""
        self._view.move_caret("article", -1)

    def extend_right(self) -> None:
        """Select one token more."""
        self._view.move_caret("token", 1, extend=True)

    def extend_left(self) -> None:
        """Select one token back."""
        self._view.move_caret("token", -1, extend=True)

    def extend_down(self) -> None:
        """Select one line more."""
        self._view.move_caret("line", 1, extend=True)

    def extend_up(self) -> None:
        """Select one line back."""
        self._view.move_caret("line", -1, extend=True)

    def extend_sentence_right(self) -> None:
        """Select to the end of the sentence."""
        self._view.move_caret("sentence", 1, extend=True)

    def extend_sentence_left(self) -> None:
        """Select to the start of the sentence."""
        self._view.move_caret("sentence", -1, extend=True)

    def character_right(self) -> None:
        """Select one character more."""
        self._view.move_caret("token", 1, extend=True, characters=True)

    def character_left(self) -> None:
        """Select one character back."""
        self._view.move_caret("token", -1, extend=True, characters=True)

    def grow(self) -> None:
        """Take the next larger stretch."""
        self._view.grow()

    def shrink(self) -> None:
        """Take the next smaller stretch."""
        self._view.shrink()

    def overlap(self) -> None:
        """Choose the next of the spans that overlap here."""
        self._view.next_overlap()

    def start_left(self) -> None:
        """Move the start of selection or chosen span to the left."""
        self._view.move_edge("start", -1)

    def start_right(self) -> None:
        """Move the start to the right."""
        self._view.move_edge("start", 1)

    def end_left(self) -> None:
        """Move the end to the left."""
        self._view.move_edge("end", -1)

    def end_right(self) -> None:
        """Move the end to the right."""
        self._view.move_edge("end", 1)
