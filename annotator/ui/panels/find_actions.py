"""What the find keys do, and how the find bar, the panel and the offer work together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from annotator.model.records import Fragment, Span, SuggestedSpan
from annotator.ui.panels.find_more import FindMore, words_of

if TYPE_CHECKING:
    from annotator.ui.main_window import MainWindow


class FindActions(QObject):
    """Labels all that was found, and finds all that is like what was labelled."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.more = FindMore(window.session, lambda: self._key("label_more"))
        window.find_all.label.key = lambda: self._key("label_found")
        self.more.clicked.connect(lambda *_: self.label_more())
        window.status.add_offer(self.more)
        window.find_all.left.connect(window.view.setFocus)
        window.find_all.highlights.connect(self._on_highlights)

    def label_found(self) -> None:
        """Label what was found: from the find bar its places are listed first."""
        window = self._window
        bar = window.find_bar
        if bar.isVisible() and bar.isAncestorOf(window.focusWidget() or window) and bar.found:
            window.panels.show("find")
            window.find_all.start_with(bar.wanted)
            bar.hide()
        elif window.find_all.isVisible() and (window.find_all.rows.hits or window.find_all.is_searching):
            window.find_all.commit()
        else:
            window.session.warned.emit(self.tr("Find something first; then what was found can be labelled."))

    def label_more(self) -> None:
        """List all places with the words of the chosen span, or of the last one labelled."""
        window, session = self._window, self._window.session
        content = session.content
        if content is None:
            return
        chosen = content.record(session.chosen)
        label, wanted = self.more.label, self.more.wanted
        if isinstance(chosen, Span | SuggestedSpan):
            label, wanted = chosen.label, words_of(chosen, content)
        if wanted is None:
            session.warned.emit(self.tr("Choose a span first: its words are looked for in all articles."))
            return
        self.more.withdraw()
        window.panels.show("find")
        window.find_all.start_with(wanted, label)

    def _key(self, action: str) -> str:
        return self._window.actions_[action].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def _on_highlights(self, pieces: Sequence[Fragment], current: int) -> None:
        view = self._window.view
        if not self._window.find_bar.isVisible():  # it has highlights of its own
            view.set_highlights(pieces, current)
            if current >= 0:
                view.reveal(pieces[current].start)
