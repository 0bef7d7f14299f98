"""Takes a suggested frame with other words for a part than those proposed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from annotator.model.changes import Changes
from annotator.model.records import ArticleContent, Fragment, SuggestedFrame, SuggestedSpan
from annotator.model.scheme import Label
from annotator.ui import looking
from annotator.ui.article_view.view import ArticleView
from annotator.ui.session import Session


class Taking(QObject):
    """What the key of a part means where a suggested frame is chosen and words are at hand."""

    def __init__(self, session: Session, view: ArticleView, chosen: Callable[[Changes], None]) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._choose_new = chosen

    def with_words(self, content: ArticleContent, label: Label, words: Sequence[Fragment]) -> bool:
        """Take the frame with these words for a part, unless they are the part; tell if it was so."""
        frame, scheme = content.record(self._session.chosen), self._session.scheme
        known = scheme.label(frame.label) if isinstance(frame, SuggestedFrame) and scheme else None
        if not isinstance(frame, SuggestedFrame) or known is None:
            return False
        spans = {one.id: one for one in content.every_span}
        parts = [(end.role, spans[end.end]) for end in frame.roles if end.end in spans]
        role = known.role_for(label.name, [(name, one.label) for name, one in parts])
        if not role or any(one.label == label.name and one.fragments == tuple(words) for _, one in parts):
            return False
        if not looking.is_near(content, frame, words, role):
            return False
        self._view.select(None)
        self._take(frame, label.name, words, self._said(content, words, role))
        return True

    def with_edges(self, content: ArticleContent, part: SuggestedSpan, words: Sequence[Fragment]) -> None:
        """Take the suggestion that a span is a part of, or is itself, with other edges of that span."""
        chosen = content.record(self._session.chosen)
        is_of_chosen = isinstance(chosen, SuggestedFrame) and any(end.end == part.id for end in chosen.roles)
        frame = chosen if is_of_chosen else looking.waiting_frame_of(content, part.id)
        if isinstance(frame, SuggestedFrame):
            role = next(end.role for end in frame.roles if end.end == part.id)
            self._take(frame, part.label, words, self._said(content, words, role))
        else:
            shown = looking.words(content, words, 50)
            self._take(part, part.label, words, self.tr("Accepted as “{0}”.").format(shown))

    def _said(self, content: ArticleContent, words: Sequence[Fragment], role: str) -> str:
        text = self.tr("Accepted, with “{0}” as its {1}.")
        return text.format(looking.words(content, words, 50), role.replace("_", " "))

    def _take(
        self, one: SuggestedFrame | SuggestedSpan, label: str, words: Sequence[Fragment], said: str
    ) -> None:
        instead = (label, tuple(words))

        def _taken(changes: Changes) -> None:
            self._choose_new(changes)
            self._session.warned.emit(said)

        self._session.do(lambda project: project.accept([one.id], instead), _taken)
