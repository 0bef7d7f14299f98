"""The offer after a label was put: so many more of the same words, here and in the project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QToolButton

from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.matching import Wanted
from annotator.model.records import ArticleContent, Span, SuggestedSpan
from annotator.ui.panels.find_run import FindRun
from annotator.ui.panels.widgets import tip
from annotator.ui.panels.words import brief, label_title
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.project_finding import Found

_MOST = 1000
_LONGEST = 200
_SHOWN = 24
_PAUSE = 300
"""Milliseconds after a label was put: who labels on at once is not to be slowed down."""


class FindMore(QToolButton):
    """A button that says how many more there are, and is there only while there are some."""

    turned = Signal()
    """It says something else now, or nothing any more."""

    def __init__(self, session: Session, key: Callable[[], str]) -> None:
        super().__init__()
        self._key = key
        self.label = ""
        self.wanted: Wanted | None = None
        """The words that are offered, while they are."""
        self.here = self.everywhere = 0
        self._said: tuple[str, ...] = ()
        """What it says, and the same in fewer words."""
        self._session = session
        self._article: Id | None = None
        self._run = FindRun(session, _MOST, quiet=True)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._count)
        self._run.arrived.connect(self._on_arrived)
        self._run.ended.connect(self._on_ended)
        session.changed.connect(self._on_changed)
        session.content_changed.connect(self._on_content)
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def withdraw(self) -> None:
        """Offer nothing."""
        self._soon.stop()
        self.wanted = None
        self._run.stop()
        if not self.isHidden():
            self.hide()
            self.turned.emit()

    def fit_in(self, room: int) -> None:
        """Say it in so many pixels: with the number alone where there is no room for more."""
        for said in self._said:
            self.setText(said)
            if self.sizeHint().width() <= room:
                break

    def _on_changed(self, changes: Changes) -> None:
        new = [one.after for one in changes.of(Span) if one.before is None]
        self.withdraw()
        content = self._session.content
        if len(new) == 1 and isinstance(new[0], Span) and content is not None:
            wanted = words_of(new[0], content)
            if wanted is not None:
                self.wanted, self.label, self._article = wanted, new[0].label, new[0].article
                self._soon.start()

    def _on_content(self, content: ArticleContent | None) -> None:
        if content is None or content.article.id != self._article:
            self.withdraw()

    def _count(self) -> None:
        self.here = self.everywhere = 0
        if self.wanted is not None:
            self._run.start(self.wanted)

    def _on_arrived(self, found: Sequence[Found]) -> None:
        for one in found:
            new = sum(self.label not in standing.same for standing in one.standings)
            self.everywhere += new
            if one.article == self._article:
                self.here += new

    def _on_ended(self, sentence: str) -> None:
        """Show the offer; a sentence says that there are more than were counted."""
        if self.wanted is None or not self.everywhere:
            return
        more = "+" if sentence else ""
        offer, words = self._offer(more), brief(self.wanted.text, _SHOWN)
        short = self.tr("“{0}”: {1} more").format(words, f"{self.everywhere}{more}")
        key = f"  ({self._key()})" if self._key() else ""
        self._said = tuple(f"{one}{key}".replace("&", "&&") for one in (offer, short))
        self.setText(self._said[0])
        title = label_title(self._session.scheme, self.label)
        explain = self.tr("Look at all places with these words, to label them as {0}").format(title)
        whole = f"{offer}. {explain}"
        self.setAccessibleName(whole)
        tip(self, whole)
        self.show()
        self.turned.emit()

    def _offer(self, more: str) -> str:
        """Return what is offered; `more` stands behind a number that is the least there are."""
        assert self.wanted is not None
        words, elsewhere = brief(self.wanted.text, _SHOWN), self.everywhere - self.here
        if not elsewhere:
            return self.tr("Also label “{0}”: {1} in this article").format(words, f"{self.here}{more}")
        if not self.here:
            return self.tr("Also label “{0}”: {1} in other articles").format(words, f"{elsewhere}{more}")
        said = self.tr("Also label “{0}”: {1} here, {2} in other articles")
        return said.format(words, self.here, f"{elsewhere}{more}")


def words_of(span: Span | SuggestedSpan, content: ArticleContent) -> Wanted | None:
    """Return the search for the same words as those of a span; None where they are too many to come again."""
    if len(span.fragments) != 1 or span.end - span.start > _LONGEST or span.article != content.article.id:
        return None
    text = content.article.text[span.start : span.end]
    return Wanted(text, "phrase", case=True, marks=True) if text.strip() else None
