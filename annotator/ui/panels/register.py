"""What is above the articles, as the panels share it: actors, claim cards, annotators."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import Actor, Annotator, ClaimCard
from annotator.ui.panels.names import Names, names_of
from annotator.ui.session import Session

Everything = tuple[tuple[Actor, ...], tuple[ClaimCard, ...], tuple[Annotator, ...]]


class Register(QObject):
    """Reads the small kinds once, and again when an operation touched one of them."""

    renewed = Signal()
    """Something in it may have changed."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.actors: tuple[Actor, ...] = ()
        self.claim_cards: tuple[ClaimCard, ...] = ()
        self.annotators: dict[Id, Annotator] = {}
        self._names: Names | None = None
        self._before: Names | None = None
        """What they were, of which most is the same after an operation."""
        session.content_changed.connect(self._forget)
        session.scheme_changed.connect(self._forget)
        session.annotator_changed.connect(self._on_another)
        session.project_changed.connect(self._read)
        session.changed.connect(self._on_changed)
        self._read()

    def annotator_name(self, annotator: Id) -> str:
        """Return who an id stands for, empty when unknown."""
        found = self.annotators.get(annotator)
        return found.name if found else ""

    @property
    def names(self) -> Names | None:
        """What the ids in the open article mean, looked up once; None when none is open."""
        content, scheme = self._session.content, self._session.scheme
        if self._names is None and content is not None and scheme is not None:
            me = self._session.annotator
            others = {one.id: one.name for one in self.annotators.values() if me and one.id != me.id}
            found = names_of(content, scheme, self.actors, self.claim_cards, self._before)
            self._names = replace(found, others=others)
            self._before = None
        return self._names

    def _forget(self) -> None:
        self._before, self._names = self._names or self._before, None

    def _on_another(self) -> None:
        self._forget()
        self.renewed.emit()

    def _on_changed(self, changes: Changes) -> None:
        if changes.many or changes.has(Actor, ClaimCard, Annotator):
            self._read()

    def _read(self) -> None:
        if self._session.path is None:
            self._take(((), (), ()))
        else:
            self._session.ask(
                lambda project: (project.actors(), project.claim_cards(), project.annotators()), self._take
            )

    def _take(self, found: Everything) -> None:
        self.actors, self.claim_cards, annotators = found
        self.annotators = {one.id: one for one in annotators}
        self._forget()
        self.renewed.emit()
