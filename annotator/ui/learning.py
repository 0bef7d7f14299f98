"""Learning from the labels in the background, by itself or when asked; and training spaCy pipelines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.model.changes import Change, Changes
from annotator.model.errors import UserError
from annotator.model.job import Job
from annotator.model.learning import Learned
from annotator.model.records import ArticleReading, Span, SuggestedFrame
from annotator.ui.saying import translated
from annotator.ui.session import Session
from annotator.ui.settings import Settings
from annotator.ui.worker import Running

if TYPE_CHECKING:
    from annotator.services.learning import Lessons
    from annotator.services.pipeline_training import Material, Trained
    from annotator.services.project import Project

_ENOUGH = 25
"""Labels and decisions since the last time, before it is looked at again whether there is more to learn."""
_CALM, _SOON = 20_000, 1_000
"""Milliseconds without a change that are waited for, and those behind an article that is marked as done."""


Why = Literal["asked", "due", "outdated", "another"]
"""Why it begins; "another": others' labels count than those learned from, if it comes to that."""


class Looked(NamedTuple):
    """What speaks for learning, and why it would be in vain."""

    is_outdated: bool
    may_be_another: bool
    is_due: bool
    enough: int
    refused: UserError | None
    is_told: bool


class Learning(QObject):
    """Learns when enough was labelled, or when it is asked to.

    `keep_said` lets what it says be read: what was learned changes what is chosen a moment later.
    """

    def __init__(
        self, session: Session, settings: Settings, window: QWidget, keep_said: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._window = window
        self._keep_said = keep_said
        self._new, self._enough = 0, _ENOUGH
        self._running: Running | None = None
        self._anew: dict[Why, str] = {
            "outdated": self.tr("What was learned before does not hold any more: it is learned anew."),
            "another": self.tr(
                "Other people's labels count now than those learned from: it is learned anew."
            ),
        }
        self._calm = QTimer(self, singleShot=True)
        self._calm.timeout.connect(self._on_calm)
        session.changed.connect(self._on_changed)
        session.project_changed.connect(self._on_project)
        session.scheme_changed.connect(self._on_scheme_or_annotator)
        session.annotator_changed.connect(self._on_scheme_or_annotator)

    def learn(self) -> None:
        """Learn now, and say why not where that cannot be."""
        if self._session.path is not None:
            self._begin("asked")

    def train(self) -> None:
        """Ask for a folder and train a spaCy pipeline there, in the background."""
        path = self._session.path
        if path is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Folder of the new spaCy pipeline"), str(path.with_suffix(""))
        )
        if name:
            self._train(Path(name))

    def _on_project(self) -> None:
        self._calm.stop()
        self._new, self._enough, self._running = 0, _ENOUGH, None
        self._on_scheme_or_annotator()

    def _on_scheme_or_annotator(self) -> None:
        """See by and by whether what was learned still holds, and all that was labelled was learned from."""
        if self._is_wanted:
            self._calm.start(_CALM)

    @property
    def _is_wanted(self) -> bool:
        """Tell whether it may begin by itself."""
        session, is_on = self._session, self._settings.is_on("learning")
        return is_on and session.path is not None and session.proposer.is_automatic and not session.read_only

    def _on_calm(self) -> None:
        if self._new >= self._enough or self._is_wanted:
            self._session.ask(_look, self._on_looked)

    def _on_looked(self, looked: Looked) -> None:
        """Learn where enough was labelled, now or at an earlier time, or what was learned is of no use.

        Where it could not be kept, that is said once instead.
        """
        self._enough = looked.enough
        is_due = looked.is_due or self._new >= looked.enough
        if not (looked.is_outdated or looked.may_be_another or is_due):
            return
        if looked.refused is None:
            self._begin("outdated" if looked.is_outdated else "due" if is_due else "another")
        elif not looked.is_told:
            self._session.warned.emit(translated(looked.refused))

    def _on_changed(self, changes: Changes) -> None:
        self._new += sum(_teaches(one) for one in changes.of(SuggestedFrame, Span, ArticleReading))
        if self._new >= self._enough and self._is_wanted:
            is_soon = self._calm.isActive() and self._calm.interval() == _SOON
            self._calm.start(_SOON if is_soon or any(map(_is_done, changes.of(ArticleReading))) else _CALM)

    def _begin(self, why: Why) -> None:
        """Read what there is to learn from, unless that is under way, then learn."""
        if self._running is not None and not self._running.is_cancelled:
            return
        self._new = 0
        self._running = self._session.long_work.run_on_project(
            self.tr("Reading the labels"),
            _gather,
            lambda lessons: self._on_lessons(lessons, why),
            failed=self._session.if_same(self._on_failed),
        )

    def _on_lessons(self, lessons: Lessons, why: Why) -> None:
        from annotator.services import learning  # noqa: PLC0415 - late: loads services

        self._running = None
        if why == "another" and not learning.is_another(lessons):
            return
        is_enough = lessons.paragraphs >= learning.FEWEST
        if is_enough or why == "asked" or learning.was_learned(lessons.path):
            if is_enough and why in self._anew:
                self._session.warned.emit(self._anew[why])
            self._running = self._session.long_work.run(
                self.tr("Learning"),
                lambda: _learn(lessons),
                lambda learned: self._on_learned(learned, why == "asked"),
                failed=self._session.if_same(self._on_failed),
            )

    def _on_learned(self, learned: Learned, is_asked: bool) -> None:
        """Say by how much it is better; where the rules stay, only to a person who asked."""
        from annotator.services.learning_words import brief, under_own_names  # noqa: PLC0415 - late as above

        self._running, scheme = None, self._session.scheme
        if scheme is not None and (is_asked or learned.is_better):
            self._session.warned.emit(translated(brief(under_own_names(learned, scheme, titled=True))))
            self._keep_said()
        self._session.proposer.renew()

    def _on_failed(self, error: Exception) -> None:
        self._running = None
        self._session.proposer.renew()  # what was learned before may be forgotten
        if isinstance(error, UserError):
            self._session.warned.emit(translated(error))
        else:
            self._session.tell(error)

    def _train(self, out: Path) -> None:
        def _go_on(material: Material) -> None:
            name = self.tr("Training a spaCy pipeline")
            self._session.long_work.run(name, lambda: _trained(material, out), _say, is_missed=True)

        def _say(trained: Trained) -> None:
            from annotator.services.pipeline_training import sentence  # noqa: PLC0415 - late as above

            self._session.noticed.emit(translated(sentence(trained)))  # stays: it took minutes

        self._session.long_work.run_on_project(self.tr("Reading the labels"), _material, _go_on)


def _teaches(change: Change) -> bool:
    """Tell whether a person labelled or decided something; a suggestion that comes or goes is none of it."""
    is_decided = change.before is not None and change.after is not None
    return is_decided or not isinstance(change.record, SuggestedFrame)


def _is_done(change: Change) -> bool:
    """Tell whether an article was marked as done."""
    return isinstance(change.after, ArticleReading) and change.after.state == "done"


def _look(project: Project) -> Looked:
    from annotator.services import learning  # noqa: PLC0415 - late as above

    refused, outdated = learning.refusal(project.path), learning.is_outdated(project)
    enough = learning.enough_anew(project, _ENOUGH)
    due = learning.is_due(project, enough)
    # Nobody is told before something would be learned.
    told = learning.remember_told(project.path, refused) if refused is None or outdated or due else True
    return Looked(outdated, learning.may_be_another(project), due, enough, refused, told)


def _gather(project: Project) -> Job[Lessons]:
    from annotator.services.learning import gather  # noqa: PLC0415 - late as above

    return gather(project)


def _learn(lessons: Lessons) -> Job[Learned]:
    from annotator.services.learning import learn_from  # noqa: PLC0415 - late as above

    return learn_from(lessons)


def _material(project: Project) -> Job[Material]:
    from annotator.services.pipeline_training import gather  # noqa: PLC0415 - late as above

    return gather(project)


def _trained(material: Material, out: Path) -> Job[Trained]:
    from annotator.services.pipeline_training import train  # noqa: PLC0415 - late as above

    return train(material, out)
