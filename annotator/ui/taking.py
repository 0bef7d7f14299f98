"""Takes a suggested frame with another part than proposed: the next candidate, or the words meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from annotator.model.changes import Changes
from annotator.model.records import ArticleContent, Fragment, Span, SuggestedFrame, SuggestedSpan
from annotator.model.scheme import Label
from annotator.ui import looking
from annotator.ui.another import another_suggested
from annotator.ui.article_view.view import ArticleView
from annotator.ui.session import Session


class Taking(QObject):
    """What the key of a part means while a suggested frame is chosen."""

    def __init__(self, session: Session, view: ArticleView, chosen: Callable[[Changes], None]) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._choose_new = chosen

    def with_candidate(self, content: ArticleContent, label: Label) -> bool:
        """Take the frame with the next candidate for a part, while the caret is at it; tell if it was so."""
        frame = looking.record(content, self._session.chosen)
        if not isinstance(frame, SuggestedFrame) or self._view.selection is not None:
            return False
        scheme, units = self._session.scheme, self._view.page.units
        name = scheme.meaning(label.name) if scheme is not None else ""
        found = another_suggested(content, units, frame, name, self._view.caret)
        if found is None:
            return False
        if found.count == 1 and any(end.role == found.role for end in frame.roles):
            said = self.tr("No other {0} is seen here: select the words first.").format(found.role)
            self._session.warned.emit(said)
            return True
        text = self.tr("{0} {1} of {2}: “{3}”")
        words = looking.words(content, found.pieces, 50)
        title = label.title or label.name
        self._view.caret = found.pieces[0].start
        self._take(frame, label, found.pieces, text.format(title, found.number, found.count, words))
        return True

    def with_words(self, content: ArticleContent, label: Label, words: Sequence[Fragment]) -> bool:
        """Take the frame with these words for a part, unless they are the part; tell if it was so."""
        frame, scheme = looking.record(content, self._session.chosen), self._session.scheme
        known = scheme.label(frame.label) if isinstance(frame, SuggestedFrame) and scheme else None
        if not isinstance(frame, SuggestedFrame) or known is None:
            return False
        every: tuple[Span | SuggestedSpan, ...] = (*content.suggested_spans, *content.spans)
        spans = {one.id: one for one in every}
        parts = [(end.role, spans[end.end]) for end in frame.roles if end.end in spans]
        role = known.role_for(label.name, [(name, one.label) for name, one in parts])
        if not role or any(one.label == label.name and one.fragments == tuple(words) for _, one in parts):
            return False
        if not looking.is_near(content, frame, words, role):
            return False
        self._view.select(None)
        text = self.tr("Accepted, with “{0}” as its {1}.")
        self._take(
            frame, label, words, text.format(looking.words(content, words, 50), role.replace("_", " "))
        )
        return True

    def _take(self, frame: SuggestedFrame, label: Label, words: Sequence[Fragment], said: str) -> None:
        instead = (label.name, tuple(words))

        def _taken(changes: Changes) -> None:
            self._choose_new(changes)
            self._session.warned.emit(said)

        self._session.do(lambda project: project.accept([frame.id], instead), _taken)
