"""Who is at work, and whose labels are the adjudicated ones: a name, and a tick for each who decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from annotator.model.article_filter import ArticleFilter
from annotator.model.errors import NotAllowed
from annotator.model.records import Annotator
from annotator.ui.panels.dialogs import opened
from annotator.ui.panels.roomy import roomy
from annotator.ui.panels.widgets import (
    LARGE,
    MEDIUM,
    SMALL,
    Combo,
    PlainLabel,
    add_row,
    answers,
    column,
    new_form,
    widen,
)
from annotator.ui.panels.words import brief, joined
from annotator.ui.saying import several, translated
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.model.ids import Id
    from annotator.services.project import Project
    from annotator.services.project_annotators import ArticlesOf

_LETTERS, _LINES = 70, 20
_TICKS = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}


class AnnotatorsDialog(QDialog):
    """Shows who is at work and lists the annotators; Space ticks, Enter takes it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._people: list[tuple[Id, QListWidgetItem]] = []
        self._known: tuple[Annotator, ...] = ()
        self._before: frozenset[Id] = frozenset()
        self.setWindowTitle(self.tr("Annotators of this project"))
        self.at_work = _names(self.tr("Who is at work; a new name is added"))
        self.at_work.editTextChanged.connect(self._say_who)
        self.about = PlainLabel(muted=True)
        self.list = QListWidget()
        roomy(self.list)
        self.list.setAccessibleName(
            self.tr("Annotators; ticked are those whose labels are the adjudicated ones")
        )
        standard = QDialogButtonBox.StandardButton
        self.buttons = answers(standard.Ok, standard.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._ok = self.buttons.button(standard.Ok)
        self._ok.setEnabled(False)
        self._lay_out()
        session.ask(lambda project: project.annotators(), self._on_annotators)

    @property
    def ticked(self) -> frozenset[Id]:
        """Whose labels are to be the adjudicated ones."""
        return frozenset(one for one, item in self._people if item.checkState() == Qt.CheckState.Checked)

    @property
    def name(self) -> str:
        """Who is to be at work."""
        return self.at_work.currentText().strip()

    def accept(self) -> None:
        """Keep who is at work, and what is ticked in one step that can be undone."""
        if not self._session.read_only and (fault := self._fault()):
            self.about.show_text(fault)
            self.at_work.setFocus()
            return
        wanted, name, mine = self.ticked, self.name, self._session.annotator
        if mine is not None and name != mine.name:
            self._session.do(lambda project: project.people.work_as(name))
        if wanted != self._before:
            self._session.do(lambda project: project.people.set_adjudicators(wanted))
        super().accept()

    def _lay_out(self) -> None:
        layout = column(self, margin=2 * MEDIUM, spacing=MEDIUM)
        form = new_form()
        add_row(form, self.tr("At &work now"), self.at_work)
        layout.addLayout(form)
        layout.addWidget(self.about)
        layout.addSpacing(LARGE - SMALL)
        layout.addWidget(PlainLabel(self.tr("Whose labels are the adjudicated ones?")))
        layout.addWidget(self.list, 1)
        text = self.tr(
            "An adjudicator decides between the other annotators: Enter in the text takes what one of them"
            " made and is chosen. Exports and datasets can hold these labels alone. Space ticks and unticks."
        )
        layout.addWidget(PlainLabel(text, muted=True))
        layout.addWidget(self.buttons)
        widen(self, _LETTERS, _LINES)

    def _fault(self) -> str:
        """Return why nobody of this name can be at work; empty where somebody can."""
        from annotator.services.project_annotators import allow_at_work  # noqa: PLC0415 - late: see keeper

        if not self.name:
            return self.tr("Who is at work? Choose a name, or type a new one.")
        try:
            allow_at_work(self.name, self._known)
        except NotAllowed as error:
            return translated(error)
        return ""

    def _say_who(self) -> None:
        """Say what a name means before it is taken."""
        mine, flags = self._session.annotator, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive
        if self.name and (fault := self._fault()):
            self.about.show_text(fault)
            return
        if mine is not None and self.name == mine.name:
            text = self.tr("What you add is by {name}.")
        elif self.at_work.findText(self.name, flags) < 0:
            text = self.tr("“{name}” is new here, and is added: what you add from then on is by {name}.")
        else:
            text = self.tr("What you add from then on is by {name}.")
        self.about.show_text(text.format(name=brief(self.name)) if self.name else "")

    def _on_annotators(self, people: tuple[Annotator, ...]) -> None:
        mine = self._session.annotator
        self._known = people
        for one in people:
            self._show(one)
        names = [one.name for one in people if one.kind != "program"]
        self.at_work.show_choices([(name, name) for name in names], mine.name if mine is not None else "")
        self.at_work.setEditText(mine.name if mine is not None else "")
        self._say_who()
        self._before = self.ticked
        self.list.setCurrentRow(0)
        self.at_work.setFocus()
        self._ok.setEnabled(not self._session.read_only)
        self._on_articles(None)

    def _on_articles(self, found: Mapping[Id, ArticlesOf] | None) -> None:
        """Say how far everybody is; as long as that is not known, ask again, between what others ask."""
        if found is None:
            self._session.ask(_articles, self._on_articles)
            return
        for annotator, item in self._people:
            labelled, done = found.get(annotator, (0, 0))
            counts = (several("{n} article(s) labelled", labelled), self.tr("{0:,} done").format(done))
            item.setText(f"{item.text()}: {joined(counts, ', ')}")

    def _show(self, one: Annotator) -> None:
        name = brief(one.name)
        if one.kind == "program":  # a program does not decide between people
            item = QListWidgetItem(self.tr("{name} (a program)").format(name=name), self.list)
            item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
            return
        item = QListWidgetItem(name, self.list)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(_TICKS[one.is_adjudicator])
        self._people.append((one.id, item))


def _articles(project: Project) -> Mapping[Id, ArticlesOf] | None:
    is_to_be_read = project.read_on(ArticleFilter(whose=project.annotator.id))
    return None if is_to_be_read else project.people.articles_of_each()


def _names(said: str) -> Combo:
    """Return a field for a name, chosen or typed."""
    combo = Combo(said)
    edit = QLineEdit()
    edit.setAccessibleName(said)
    combo.setLineEdit(edit)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    combo.setCompleter(QCompleter(combo))  # completes nothing: the beginning of a name may be a new one
    return combo


def choose_annotators(session: Session, parent: QWidget) -> AnnotatorsDialog:
    """Ask who is at work, and whose labels are the adjudicated ones."""
    return opened(AnnotatorsDialog(session, parent))
