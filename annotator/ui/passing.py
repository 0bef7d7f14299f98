"""What Tab passes over: single names, dates and the like, as long as the person wants that."""

from __future__ import annotations

from collections.abc import Callable, Set

from PySide6.QtCore import QObject, Signal

from annotator.model.records import SuggestedFrame, SuggestedSpan
from annotator.model.scheme import Scheme
from annotator.ui import looking
from annotator.ui.saying import several
from annotator.ui.session import Session
from annotator.ui.settings import Settings

SETTING = "pass_names"


class Passing(QObject):
    """Knows the labels that are passed over, and how many suggestions of the open article that are."""

    counted = Signal(int)
    switched = Signal()
    """What is passed over is another now."""

    def __init__(self, session: Session, settings: Settings, scheme: Callable[[], Scheme | None]) -> None:
        super().__init__(session)
        self._session, self._settings, self._scheme = session, settings, scheme
        session.content_changed.connect(lambda _: self.count())
        settings.changed.connect(self._on_setting)

    @property
    def labels(self) -> frozenset[str]:
        """The labels whose single spans are passed over now: all of entities, or none."""
        scheme = self._scheme()
        if scheme is None or not self._settings.is_on(SETTING):
            return frozenset()
        return frozenset(one.name for one in scheme.of("span", "entity"))

    def toggle(self) -> None:
        """Let names be passed over, or not any more, and say so."""
        passes = not self._settings.is_on(SETTING)
        self._settings.choose(SETTING, passes)
        said = self.tr("Tab passes over single names, dates and the like now.")
        self._session.warned.emit(said if passes else self.tr("Tab goes to every suggestion now."))

    def count(self) -> None:
        """Count anew what is passed over in the open article."""
        content, scheme, labels = self._session.content, self._scheme(), self.labels
        waiting = looking.waiting(content, scheme) if labels and content and scheme else []
        self.counted.emit(sum(is_passed(one, labels) for one in waiting))

    def _on_setting(self, name: str) -> None:
        if name == SETTING:
            self.count()
            self.switched.emit()


def is_passed(one: SuggestedSpan | SuggestedFrame, labels: Set[str]) -> bool:
    """Tell whether a suggestion is passed over: a single span of one of these labels."""
    return isinstance(one, SuggestedSpan) and one.label in labels


def passed_words(count: int) -> str:
    """Return how many names are passed over, in words; nothing when there are none."""
    return several("{n} name(s) passed over", count) if count else ""
