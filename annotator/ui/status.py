"""The bar at the bottom: next key, work under way, problems, suggestions, done, annotator, saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QStatusBar, QToolButton, QWidget

from annotator.model.changes import Changes
from annotator.model.records import Annotator, ArticleContent
from annotator.model.scheme import Scheme
from annotator.ui import looking, motion
from annotator.ui.icons import icon
from annotator.ui.key_hint import KeyHint
from annotator.ui.labels import button_words, plain_label, tip_words
from annotator.ui.long_work import JobState
from annotator.ui.panels.words import brief, joined
from annotator.ui.passing import passed_words
from annotator.ui.saying import announce, several, translated
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.project import Counts
    from annotator.ui.panels.find_more import FindMore

_SAID = 8000
"""Milliseconds that a sentence stays while nothing else happens."""
_READ = 1500
"""Milliseconds that it stays at least, whatever is chosen next."""
_KEPT = 5000
"""The same for one that came by itself, while other words were looked at."""
_SAME = 250
"""Milliseconds in which what is chosen changes by what the sentence tells of."""
_BETWEEN = 6
"""Pixels between two facts."""
_NAME = 24
"""Letters of a name; one that finds no room takes the way to change it out of sight."""
_JOB = 48
"""Characters of what is said of a job."""
_WIDE = 300
"""Letters of a bar that takes what is said of a suggestion, its keys and all facts in one line."""
_LATE = 250
"""Milliseconds until "saving" is shown: most saves are over before."""


class Status(QStatusBar):
    """Shows the state of the session; says "saved" only for what is on the disk."""

    cut_off = Signal(str)
    """A sentence that is longer than the whole bar."""
    problems_wanted = Signal()
    suggestion_wanted = Signal()
    annotator_wanted = Signal()
    """Somebody else is to be at work."""

    def __init__(self, session: Session, scheme: Callable[[], Scheme | None]) -> None:
        super().__init__()
        self._session = session
        self._scheme = scheme
        self.setSizeGripEnabled(False)
        self.hint = self._add_hint()
        self.job = _JobBar(self)
        self.job.cancelled.connect(session.long_work.stop_shown)
        self.problems = self._button(self.problems_wanted)
        self.suggestions = self._button(self.suggestion_wanted)
        self.done = self._fact()
        self.annotator = self._button(self.annotator_wanted)
        self.saved = self._fact()
        # At the very end, so that its button stays in one place while the words before it grow and shrink.
        self.addPermanentWidget(self.job)
        self._facts: tuple[QLabel | QToolButton, ...] = (
            self.saved,
            self.problems,
            self.suggestions,
            self.annotator,
            self.done,
        )
        """Those that are needed most first."""
        self._offer: FindMore | None = None
        self._passed = 0
        self._usual = self._question = ""
        self._said = QTimer(self, singleShot=True, interval=_SAID)
        self._said.timeout.connect(self._show_usual)
        self._since = QElapsedTimer()
        self._least = _READ
        self._late = QTimer(self, singleShot=True, interval=_LATE)
        self._late.timeout.connect(lambda: self.saved.setText(self.tr("Saving…")))
        self._count = QTimer(self, singleShot=True, interval=120)
        self._count.timeout.connect(self._ask_counts)
        self._connect()
        self._on_project()

    def say(self, text: str) -> None:
        """Show a sentence for some seconds."""
        if self._question:
            return
        self.hint.show_sentence(text)
        self.hint.show_beside(self._usual)
        announce(self.hint, text)
        self._said.start(_SAID)
        self._since.start()
        self._least = _READ
        self._fit()
        if self.isVisible() and self.hint.wanted_width() > self._room:
            self.cut_off.emit(text)

    def keep_said(self) -> None:
        """Let what was just said be read, though what it tells of changes what is chosen."""
        self._least = _KEPT

    def add_offer(self, offer: FindMore) -> None:
        """Show this beside the hint whenever it is there: facts give way to it, and it to the hint."""
        self._offer = offer
        self.insertPermanentWidget(1, offer)
        offer.turned.connect(self._fit)

    def ask_key(self, question: str) -> None:
        """Show what the next key does, until it is pressed; empty ends it."""
        self._question = question
        self._said.stop()
        self.hint.show_keys(question or self._usual)
        if question:
            announce(self.hint, self.hint.accessibleDescription())
        self._fit()

    def set_usual(self, text: str) -> None:
        """Set what is shown when there is nothing else: what keys mean here."""
        is_new, self._usual = text != self._usual, text
        passed = self._since.elapsed() if self._said.isActive() else 0
        if is_new and passed >= self._least:
            self._said.stop()
        elif is_new and passed >= _SAME:  # other keys were pressed since, which the sentence is not about
            self._said.start(self._least - passed)
        if self._said.isActive():
            self.hint.show_beside(text)
        elif not self._question:
            self.hint.show_keys(text)
        self._fit()

    def set_problems(self, count: int) -> None:
        """Show how many checks the article fails."""
        self.problems.setText(self.tr("{0} to check").format(count) if count else "")
        self._fit()

    def set_passed(self, count: int) -> None:
        """Show how many of the suggestions are passed over."""
        if count != self._passed:
            self._passed = count
            self.count_suggestions()

    def count_suggestions(self) -> None:
        """Count anew the suggestions that wait in the article."""
        self._on_content(self._session.content)

    def _connect(self) -> None:
        session = self._session
        session.project_changed.connect(self._on_project)
        session.annotator_changed.connect(self._on_another)
        session.content_changed.connect(self._on_content)
        session.changed.connect(self._on_changed)
        session.saved.connect(self._on_saved)
        session.saving.connect(self._on_saving)
        session.not_saved.connect(self._on_not_saved)
        session.progress.connect(self._on_progress)
        session.warned.connect(self.say)

    def _add_hint(self) -> KeyHint:
        hint = KeyHint(self)
        hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        hint.setContentsMargins(8, 0, 0, 0)
        hint.setAccessibleName(self.tr("What the keys do now"))
        self.addWidget(hint, 1)
        return hint

    def _fact(self) -> QLabel:
        label = plain_label(parent=self)
        label.setContentsMargins(8, 0, 8, 0)
        self.addPermanentWidget(label)
        return label

    def _button(self, wanted: SignalInstance) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(wanted)
        self.addPermanentWidget(button)
        return button

    def _on_annotator(self) -> None:
        annotator = self._session.annotator
        words, name = "", ""
        if annotator is not None:
            is_deciding, name = annotator.is_adjudicator, annotator.name
            words = self.tr("Adjudicating: {name}") if is_deciding else self.tr("At work: {name}")
        self._at_work = button_words(words.format(name=brief(name, _NAME))), button_words(brief(name, _NAME))
        tip = self.tr("{0}. Let somebody else work…").format(words.format(name=name))
        self.annotator.setToolTip(tip_words(tip))
        self.annotator.setAccessibleName(words.format(name=name))
        self._fit()
        self._count.start()

    def _on_another(self) -> None:
        self._on_annotator()
        if (annotator := self._session.annotator) is not None:
            self._session.warned.emit(self.tr("{name} is at work now.").format(name=brief(annotator.name)))

    def _on_project(self) -> None:
        self._on_annotator()
        self.saved.setText(self.tr("Reading only") if self._session.read_only else "")
        self._fit()
        self._count.start()

    def _on_content(self, content: ArticleContent | None) -> None:
        scheme = self._scheme()
        waiting = looking.waiting(content, scheme) if content is not None and scheme is not None else []
        stops = max(0, len(waiting) - self._passed)  # another article is counted before what is passed over
        pattern = "{n} suggestion(s)" if self._passed else "{n} suggestion(s) here"
        text = several(pattern, stops) if stops else self.tr("No suggestions") if waiting else ""
        self.suggestions.setText(joined([text, passed_words(self._passed)], ", "))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many facts as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show what there is room for beside a sentence, or the keys, which get up to half of the bar.

        In two lines, what is said of a suggestion gets two thirds, and more in large letters: its reason
        is to be read in full, and so are the keys that answer it.
        """
        is_open = self._session.path is not None and not self._question
        # Whatever is shown, as the end of an article would move when the bar grows or shrinks.
        is_narrow = self.width() < _WIDE * self.fontMetrics().averageCharWidth()
        is_wrapped = self._session.path is not None and is_narrow
        self.hint.set_lines(2 if is_wrapped else 1)
        share = self.width() * 2 // 3 if is_wrapped and self.hint.has_opening else self.width() // 2
        share = max(share, min(self.hint.least_width(), self.width()))
        wanted = min(self.hint.wanted_width(), self.width() if self.hint.is_sentence else share)
        self.job.fit_in(self.width() - (self.hint.whole_width() if self.hint.has_opening else wanted))
        if self._offer is not None:
            self._offer.fit_in(self._beside(self.job) - wanted)
        room = self._room - min(wanted, self._room)
        for one in self._facts:
            if one is self.annotator:
                self._show_at_work(room)
            is_told = bool(one.text())
            room -= (one.sizeHint().width() + _BETWEEN) * is_told
            one.setVisible(is_open and room >= 0 and is_told)

    def _show_at_work(self, room: int) -> None:
        """Say who is at work, by the name alone where there is no room for more."""
        for words in self._at_work:
            self.annotator.setText(words)
            if self.annotator.sizeHint().width() + _BETWEEN <= room:
                break

    @property
    def _room(self) -> int:
        """The pixels beside the job under way and what is offered."""
        return self._beside(self.job, self._offer)

    def _beside(self, *taking: QWidget | None) -> int:
        """Return the pixels that these leave."""
        seen = (one for one in taking if one is not None and not one.isHidden())
        return self.width() - sum(one.sizeHint().width() + _BETWEEN for one in seen)

    def _on_changed(self, changes: Changes) -> None:
        if changes.many or changes.has(Annotator):
            self._on_annotator()  # who is at work may adjudicate now, or no more
        self._count.start()

    def _ask_counts(self) -> None:
        self._session.ask(lambda project: project.counts(by=project.annotator.id), self._show_counts)

    def _show_counts(self, counts: Counts) -> None:
        self.done.setText(self.tr("{0} of {1} done").format(counts.done, counts.articles))
        self._fit()

    def _on_progress(self, state: JobState | None) -> None:
        was_hidden, was_wide = self.job.isHidden(), self.job.sizeHint().width()
        self.job.show_state(state)
        # Not when it shrinks: what gave way would come and go with every step.
        if was_hidden != self.job.isHidden() or self.job.sizeHint().width() > was_wide:
            self._fit()

    def _on_saving(self, is_saving: bool) -> None:
        if is_saving:
            self._late.start()
        else:
            self._late.stop()

    def _on_saved(self, when: float) -> None:
        self._late.stop()
        moment = datetime.fromtimestamp(when).astimezone()
        if not self._session.unsaved:
            self.saved.setText(self.tr("Saved {0}").format(moment.strftime("%H:%M:%S")))

    def _on_not_saved(self, _: str) -> None:
        self._late.stop()
        self.saved.setText(self.tr("Not saved"))

    def _show_usual(self) -> None:
        if not self._question:
            self.hint.show_keys(self._usual)
            self._fit()


class _JobBar(QWidget):
    """Name, progress, time left and a button to stop."""

    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = plain_label(parent=self)
        self.bar = QProgressBar(self)
        self.bar.setFixedWidth(120)
        self.bar.setMaximumHeight(14)
        self.bar.setTextVisible(False)
        self.left = plain_label(parent=self)
        self.stop = QToolButton(self)
        self.stop.setIcon(icon("mdi6.close-circle-outline"))
        self.stop.setToolTip(self.tr("Stop; nothing half-done is kept"))
        self.stop.setAccessibleName(self.tr("Stop"))
        self.stop.setAutoRaise(True)
        self.stop.clicked.connect(self.cancelled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        for one in (self.name, self.bar, self.left, self.stop):
            layout.addWidget(one)
        self.hide()

    def show_state(self, state: JobState | None) -> None:
        """Show how far a job is; None hides the bar."""
        self.setVisible(state is not None)
        if state is None:
            return
        text = ": ".join(one for one in (state.name, translated(state.what)) if one)
        self.setToolTip(tip_words(text))
        self.name.setText(text if len(text) <= _JOB else f"{text[: _JOB - 1]}…")
        motion.show_progress(self.bar, state.done, state.total)
        self.bar.setAccessibleName(state.name)
        count = f"{state.done}/{state.total}" if state.total else (str(state.done) if state.done else "")
        self.left.setText(f"{count} {_time_left(state.remaining)}".strip())

    def fit_in(self, room: int) -> None:
        """Leave out the bar, then the name too, where there is room for less."""
        wide = [one.sizeHint().width() + _BETWEEN for one in (self.left, self.stop, self.name, self.bar)]
        for at, one in ((2, self.name), (3, self.bar)):
            one.setVisible(sum(wide[: at + 1]) <= room)


def _time_left(seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    return f"· {minutes}:{rest:02d}"
