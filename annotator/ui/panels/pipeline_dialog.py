"""Which spaCy pipeline suggests entities: the built-in component, an installed one, or one in a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QWidget

from annotator.model.errors import UserError
from annotator.model.job import Job, Progress
from annotator.ui import problems
from annotator.ui.panels.dialogs import opened
from annotator.ui.panels.rows import Row, RowsView
from annotator.ui.panels.widgets import MEDIUM, PlainLabel, answers, button, column, widen
from annotator.ui.saying import translated
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.pipelines import PipelineFacts
    from annotator.services.project import Project

T = TypeVar("T")
_Looked: TypeAlias = "tuple[tuple[PipelineFacts, ...], str, str, frozenset[str]]"
SETTING = "pipeline"
_LETTERS, _LINES = 82, 24


class PipelineDialog(QDialog):
    """Lists what can suggest entities; a folder is asked about before anything in it runs."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._facts: dict[str, PipelineFacts] = {}
        self._before = ""
        self._trusted: frozenset[str] = frozenset()
        self.setWindowTitle(self.tr("What suggests entities"))
        self.list = RowsView(self.tr("What can suggest entities"), lines=2)
        self.folder = button(self.tr("From a folder…"), self._on_folder)
        self.withdraw = button(self.tr("Withdraw trust"), self._on_withdraw)
        self.problem = PlainLabel()
        standard = QDialogButtonBox.StandardButton
        self.buttons = answers(standard.Ok, standard.Cancel)
        for one in (self.folder, self.withdraw):
            self.buttons.addButton(one, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.button(standard.Ok).setText(self.tr("Use it"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.list.opened.connect(lambda _: self.accept())
        self.list.moved.connect(self._on_moved)
        layout = column(self, margin=2 * MEDIUM, spacing=MEDIUM)
        layout.addWidget(PlainLabel(self.tr("What should suggest entities in this project?")))
        layout.addWidget(self.list, 1)
        layout.addWidget(self.problem)
        layout.addWidget(self.buttons)
        widen(self, _LETTERS, _LINES)
        session.ask(_look, self._on_looked)

    def accept(self) -> None:
        """Use what is current; code in a folder that may not run yet is asked about first."""
        facts = self._facts.get(str(self.list.current()))
        if facts is None:
            self._use("")
            return
        self._work(lambda: _is_trusted(facts.choice), lambda known: self._on_known(facts, known))

    def look_into(self, folder: Path) -> None:
        """Offer the pipeline in a folder; nothing of it runs."""
        self._work(lambda: _in_folder(folder), self._add)

    def _work(self, make: Callable[[], Job[T]], then: Callable[[T], None]) -> None:
        name = self.tr("Looking at the pipeline")
        self._session.long_work.run(name, make, then, failed=self._session.if_same(self._refuse))

    def _on_known(self, facts: PipelineFacts, is_trusted: bool) -> None:
        from annotator.services.pipelines import trust, warning  # noqa: PLC0415 - late: loads services

        def _trusted(_: str) -> None:
            self._use(facts.choice)

        if is_trusted:
            self._use(facts.choice)
        elif self._may_run(translated(warning(facts))):
            self._work(lambda: trust(facts.choice), _trusted)

    def _may_run(self, warned: str) -> bool:
        return problems.ask(self, warned, [self.tr("Let it run"), self.tr("Cancel")], is_consent=True) == 0

    def _use(self, choice: str) -> None:
        session = self._session  # what is heard after the dialog is gone must not speak to it
        if choice != self._before:
            session.do(lambda project: project.set_setting(SETTING, choice), lambda _: session.suggest())
        super().accept()

    def _on_withdraw(self) -> None:
        """Let the pipeline in the current folder run no more; the built-in one suggests in its stead."""
        from annotator.services.pipelines import withdraw_trust  # noqa: PLC0415 - late as above

        choice, session = str(self.list.current()), self._session
        try:
            withdraw_trust(choice)
        except UserError as error:
            self._refuse(error)
            return
        self._trusted -= {choice}
        if choice == self._before:
            self._before = ""
            session.do(lambda project: project.set_setting(SETTING, ""))
        session.proposer.start_over()  # what was loaded ends with its process
        self._show(choice)
        self.problem.show_text(self.tr("Nothing in this folder runs any more; you are asked again before."))

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.problem.show_text(translated(error))
        else:
            self._session.tell(error)

    def _on_looked(self, found: _Looked) -> None:
        facts, self._before, wrong, self._trusted = found
        self._facts = {one.choice: one for one in facts}
        self._show(self._before)
        self.problem.show_text(wrong)

    def _add(self, facts: PipelineFacts) -> None:
        self._facts[facts.choice] = facts
        self._show(facts.choice)

    def _show(self, choice: str) -> None:
        built_in = self.tr("By rules and word lists, for English; needs nothing else.")
        rows = [Row("", self.tr("Built in"), built_in), *map(self._row, self._facts.values())]
        self.list.set_rows(rows)
        if not self.list.go_to(choice):
            self.list.go_to("")
        self._on_moved(self.list.current())

    def _row(self, facts: PipelineFacts) -> Row:
        folder = facts.choice.partition(":")[2]
        parts = (folder, ", ".join(facts.components), translated(facts.warning))
        return Row(facts.choice, f"{facts.name} {facts.version}", " · ".join(part for part in parts if part))

    def _on_moved(self, choice: object) -> None:
        facts = self._facts.get(str(choice))
        self.problem.show_text(translated(facts.warning) if facts is not None else "")
        self.withdraw.setEnabled(str(choice) in self._trusted)

    def _on_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("The folder of a spaCy pipeline"))
        if name:
            self.look_into(Path(name))


def choose_pipeline(session: Session, parent: QWidget) -> PipelineDialog:
    """Ask what suggests entities in this project."""
    return opened(PipelineDialog(session, parent))


def _look(project: Project) -> _Looked:
    """Return the pipelines, the one in use, what is wrong with that one, and the folders that may run."""
    from annotator.services import pipelines  # noqa: PLC0415 - late: looks at what is there

    current = project.setting(SETTING)
    trusted = pipelines.trusted()
    found = (*pipelines.installed(), *map(pipelines.told_of, trusted))
    if not current or any(one.choice == current for one in found):
        return found, current, "", frozenset(trusted)
    try:
        return (*found, pipelines.look_at(current)), current, "", frozenset(trusted)
    except UserError as error:
        return found, current, translated(error), frozenset(trusted)


def _is_trusted(choice: str) -> Job[bool]:
    from annotator.services.pipelines import is_trusted  # noqa: PLC0415 - late as above

    return is_trusted(choice)


def _in_folder(folder: Path) -> Job[PipelineFacts]:
    from annotator.services.pipelines import folder_choice, look_at  # noqa: PLC0415 - late as above

    yield Progress(0, 1)
    return look_at(folder_choice(folder))
