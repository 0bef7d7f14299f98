"""An import from the choice of files to what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.ui.panels.awaiting import ResultOf
from annotator.ui.panels.carry_dialog import carry_labels
from annotator.ui.panels.dialogs import opened
from annotator.ui.panels.import_dialog import ImportDialog
from annotator.ui.panels.import_look import Group, Look
from annotator.ui.panels.import_trial import outcome_of
from annotator.ui.panels.result_sheet import Offer, Outcome, show_outcome
from annotator.ui.panels.words import tr
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.importing import ImportSummary


class ImportRun(QObject):
    """Imports groups of files one after another, each in the background and one step to undo."""

    finished = Signal(object)
    """The `Outcome` of all groups together."""

    def __init__(
        self,
        session: Session,
        groups: Sequence[Group],
        parent: QObject | None = None,
        known: Outcome | None = None,
    ) -> None:
        """`known` is said of the import already."""
        super().__init__(parent)
        self._session = session
        self._groups = list(groups)
        self._kept = tuple(groups)
        """What was unpacked stays there until all is read."""
        self._outcome = known or Outcome()

    def start(self) -> None:
        """Import the first group; each of the others follows when the one before is written."""
        if self._groups:
            group = self._groups.pop(0)
            ResultOf(self._session, self._session.imported).arrived.connect(self._on_imported)
            self._session.import_paths(group.paths, group.options, group.format_name)
        else:
            self.finished.emit(self._outcome)

    def _on_imported(self, found: tuple[ImportSummary]) -> None:
        (summary,) = found
        self._outcome += outcome_of(summary)
        self.start()


def import_files(session: Session, paths: Sequence[Path], parent: QWidget, offer: Offer) -> ImportDialog:
    """Show the files to a person; when they agree, import them and say what came of it."""
    dialog = ImportDialog(session, paths, parent)

    def carry() -> None:
        carry_labels(session, parent)

    def run() -> None:
        job = ImportRun(session, dialog.groups, session, _known(dialog.looked))
        job.finished.connect(
            lambda outcome: show_outcome(session, tr("Import"), outcome, parent, offer, carry=carry)
        )
        job.finished.connect(job.deleteLater)
        job.start()

    dialog.accepted.connect(run)
    return opened(dialog)


def _known(found: Look) -> Outcome:
    """Return what is to be said whatever is imported."""
    refused = tuple(f"{one.name}: {one.refused}" for one in found.files if not one.is_there)
    return Outcome(refused=refused, refusals=len(refused))
