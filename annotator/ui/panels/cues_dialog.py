"""The cues that a project has of its own: ticked ones suggest; those that its labels offer can be ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from annotator.model.errors import UserError
from annotator.model.job import Job
from annotator.model.own_cues import (
    GROUPS,
    LETTERS,
    PREPOSITIONS,
    checked,
    is_cue,
    left_out,
    shown,
    without,
)
from annotator.ui.labels import tip_words
from annotator.ui.panels.dialogs import opened
from annotator.ui.panels.roomy import roomy
from annotator.ui.panels.widgets import MEDIUM, PlainLabel, answers, button, column, row, widen
from annotator.ui.saying import several, translated
from annotator.ui.session import Session
from annotator.ui.worker import Running

if TYPE_CHECKING:
    from annotator.model.changes import Changes
    from annotator.services.cues import Offer
    from annotator.services.project import Project

_LETTERS, _LINES = 110, 24
_GROUP = Qt.ItemDataRole.UserRole


class CuesDialog(QDialog):
    """Lists cues with a tick for each that the project has; Space ticks, Enter takes it all."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._before: tuple[str, ...] = ()
        self._items: dict[str, QListWidgetItem] = {}
        """By the line that each says."""
        self._running: Running | None = None
        self._is_over = False
        self.setWindowTitle(self.tr("Cues of this project"))
        self.list = QListWidget()
        roomy(self.list)
        self.list.setAccessibleName(self.tr("Cues of this project, and offered ones"))
        self.list.setWordWrap(True)
        self.groups = QListWidget()
        roomy(self.groups)
        self.groups.setAccessibleName(self.tr("Groups of cues that count"))
        self.groups.setWordWrap(True)
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Another cue"))
        self.field.setPlaceholderText(self.tr("another verb, such as double down"))
        self.field.returnPressed.connect(self._on_add)
        self.follows = QComboBox()
        self.follows.setAccessibleName(self.tr("What follows the cue"))
        for mark, words in LETTERS.items():
            self.follows.addItem(words, mark)
        for one in PREPOSITIONS:
            self.follows.addItem(f"{one} …", f"+{one}")
        self.problem = PlainLabel("")
        self.state = PlainLabel("", muted=True)
        standard = QDialogButtonBox.StandardButton
        self.buttons = answers(standard.Ok, standard.Cancel)
        self.buttons.button(standard.Ok).setText(self.tr("Use these"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        session.ask(_own, self._on_own)

    def _lay_out(self) -> None:
        layout = column(self, margin=2 * MEDIUM, spacing=MEDIUM)
        layout.addWidget(
            PlainLabel(self.tr("Which verbs show in this project that somebody says something?"))
        )
        lists = row(self.list, self.groups, stretch=0)
        lists.setStretch(0, 3)
        lists.setStretch(1, 2)
        layout.addLayout(lists, 1)
        layout.addWidget(self.state)
        self.add = button(self.tr("Add"), self._on_add)
        self.add.setAutoDefault(False)
        layout.addLayout(row(self.field, self.follows, self.add, stretch=0))
        layout.addWidget(self.problem)
        text = self.tr(
            "Offered are cues that you marked and the program does not know, or not with what follows them."
            " At the right are the groups of all cues: by those without a tick nothing is suggested."
            " Space ticks and unticks."
        )
        layout.addWidget(PlainLabel(text, muted=True))
        layout.addWidget(self.buttons)
        widen(self, _LETTERS, _LINES)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The lines that the project is to have: of cues, and of groups that are left out."""
        cues = (line for line, item in self._items.items() if item.checkState() == Qt.CheckState.Checked)
        groups = (self.groups.item(at) for at in range(self.groups.count()))
        gone = (one.data(_GROUP) for one in groups if one.checkState() != Qt.CheckState.Checked)
        return (*cues, *map(without, gone))

    def accept(self) -> None:
        """Let the project have these cues, also a typed one, and suggest anew where any changed."""
        if self.field.text().strip() and not self._add():
            self.field.setFocus()
            return
        wanted, session = self.ticked, self._session
        if set(wanted) != set(self._before):
            session.do(lambda project: _keep(project, wanted), lambda _: session.suggest())
        super().accept()

    def done(self, result: int) -> None:
        """Close; what is still read is of no use any more."""
        self._is_over = True
        if self._running is not None:
            self._running.let_go()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter in the field add what was typed, and take all elsewhere."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (is_enter and self.field.hasFocus()):
            super().keyPressEvent(event)

    def _on_own(self, lines: tuple[str, ...]) -> None:
        if self._is_over:
            return
        self._before = lines
        gone = left_out(lines)
        for group, verbs in GROUPS.items():
            item = QListWidgetItem(self.tr("{group}: {verbs}…").format(group=group, verbs=verbs), self.groups)
            item.setData(_GROUP, group)
            _tick(item, is_on=group not in gone)
        for one in lines:
            if is_cue(one):
                self._show(one)
        self.list.setFocus()
        self.state.show_text(self.tr("Looking for more among your labels…"))
        name = self.tr("Reading the labels")
        self._running = self._session.long_work.run_on_project(
            name, _offered, self._on_offered, self._on_failed
        )
        self._running.stopped = lambda: self.state.show_text(self.tr("Stopped."))

    def _on_offered(self, offers: tuple[Offer, ...]) -> None:
        for one in offers:
            self._show(one.line, several("marked in {n} article(s)", one.articles))
        self.state.show_text("" if offers else self.tr("No cue is marked that the program does not know."))
        if not self.list.count():
            self.field.setFocus()

    def _on_failed(self, error: Exception) -> None:
        self.state.show_text("")
        self._session.tell(error)

    def _on_add(self) -> None:
        self._add()

    def _add(self) -> bool:
        """Add the cue that was typed, ticked and in sight; one that is there already is ticked.

        Who writes what follows it as well, behind a colon, has chosen so.
        """
        typed = self.field.text()
        try:
            line = checked(typed if ":" in typed else f"{typed} : {self.follows.currentData()}")
        except UserError as error:
            self.problem.show_text(translated(error))
            return False
        self.problem.show_text("")
        self.field.clear()
        self.list.setCurrentItem(self._show(line))
        return True

    def _show(self, line: str, marked: str = "") -> QListWidgetItem:
        """Show a cue: unticked where it is offered, with how often it was `marked`."""
        item = self._items.get(line)
        if item is None:
            text = shown(line)
            item = self._items[line] = QListWidgetItem(f"{text}: {marked}" if marked else text, self.list)
            item.setToolTip(tip_words(line))
            _tick(item, is_on=False)
        if not marked:
            item.setCheckState(Qt.CheckState.Checked)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        return item


def _tick(item: QListWidgetItem, *, is_on: bool) -> None:
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)


def choose_cues(session: Session, parent: QWidget) -> CuesDialog:
    """Ask which cues this project has."""
    return opened(CuesDialog(session, parent))


def _own(project: Project) -> tuple[str, ...]:
    from annotator.services.cues import own  # noqa: PLC0415 - late: loads the lexicon

    return own(project)


def _keep(project: Project, lines: tuple[str, ...]) -> Changes:
    from annotator.services.cues import keep  # noqa: PLC0415 - late as above

    return keep(project, lines)


def _offered(project: Project) -> Job[tuple[Offer, ...]]:
    from annotator.services.learning import offered  # noqa: PLC0415 - late as above

    return offered(project)
