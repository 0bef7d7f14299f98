"""Before an import: what each file is, and how it would be read; nothing is written yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QSplitter, QWidget

from annotator.model.job import Job
from annotator.model.scheme import Scheme
from annotator.ui import motion
from annotator.ui.panels.import_file import FileView
from annotator.ui.panels.import_look import (
    Group,
    Look,
    Looked,
    changed_since,
    groups,
    look,
    look_all_again,
    stamped_anew,
)
from annotator.ui.panels.import_trial import ImportTrial
from annotator.ui.panels.rows import Row, RowsView
from annotator.ui.panels.widgets import MEDIUM, PlainLabel, WideScroll, answers, column, tab_through
from annotator.ui.panels.words import joined, tr
from annotator.ui.saying import several
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.importing import ImportSummary

T = TypeVar("T")
_WIDTH, _HEIGHT = 860, 520
_NAMED = 5
"""Files that are named where many have changed."""


class ImportDialog(QDialog):
    """Shows the files; when accepted, `groups` says what to import and how."""

    def __init__(self, session: Session, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = Look()
        self._tries = 0
        self._looks = 0
        """How many times files are being looked into again, as something was chosen for them."""
        self._is_agreed = False
        """Whether a person agreed to what is shown, and the files are looked at for changes since."""
        self.setWindowTitle(self.tr("Import articles"))
        self.files = RowsView(self.tr("Files"))
        self.view = FileView()
        self.trial = ImportTrial()
        self.summary = PlainLabel()
        self.changed = PlainLabel(strong=True)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("Files looked into"))
        motion.show_progress(self.progress, 0, 0)
        self.progress.setTextVisible(False)
        standard = QDialogButtonBox.StandardButton
        self.buttons = answers(standard.Ok, standard.Cancel)
        self.ok = self.buttons.button(standard.Ok)
        self.ok.setText(self.tr("Import"))
        self.ok.setEnabled(False)
        self._lay_out()
        self.files.moved.connect(self._show_file)
        self.view.encoding_chosen.connect(self._on_encoding)
        self.view.columns_chosen.connect(self._on_columns)
        self.view.format_chosen.connect(self._on_format)
        self.trial.chosen.connect(self._try_out)
        self.finished.connect(lambda *_: session.long_work.stop_trial())
        # Nothing comes into another project than it was meant for.
        session.project_changed.connect(self._on_project)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._run(lambda: look(paths), self._on_looked, self._on_unseen)

    def _run(self, make: Callable[[], Job[T]], then: Callable[[T], None], ended: Callable[[], None]) -> None:
        """Look at files; `ended` hears that it was stopped or failed, and closing the dialog stops it."""

        def _failed(error: Exception) -> None:
            ended()
            self._session.tell(error)

        running = self._session.long_work.run(self.tr("Looking at the files"), make, then, failed=_failed)
        running.stopped = ended
        self.finished.connect(lambda *_: running.let_go())

    def _on_unseen(self) -> None:
        self.progress.hide()
        self.summary.show_text(self.tr("Stopped."))

    def accept(self) -> None:
        """Import, unless a file is not as it was shown any more: then show what would come in now."""
        found, self._is_agreed = self._look, True
        self.ok.setEnabled(False)
        self._run(lambda: changed_since(found), self._on_compared, self._on_not_compared)

    def reject(self) -> None:
        """Import nothing."""
        self._is_agreed = False
        super().reject()

    def _on_project(self) -> None:
        """Go with the project; a slot of its own, as one that overrides Qt's is called when all is gone."""
        self.reject()

    def _on_compared(self, changed: tuple[str, ...]) -> None:
        if not self._is_agreed:
            return
        if not changed:
            super().accept()
            return
        self._is_agreed = False
        words = self.tr("Changed since it was shown: {names}. Below is what would come in now.")
        first = joined(changed[:_NAMED], between=", ")
        more = several("and {n} more file(s)", len(changed) - _NAMED) if len(changed) > _NAMED else ""
        self.changed.show_text(words.format(names=joined([first, more], between=" ")))
        self._look = stamped_anew(self._look)
        self._look_again([one for one in self._look.files if one.name in changed])

    def _on_not_compared(self) -> None:
        self._is_agreed = False
        self._show()

    @property
    def groups(self) -> list[Group]:
        """What is to be imported, by what was chosen."""
        found = groups(self._look)
        return [replace(one, options=self.trial.applied(one.options)) for one in found]

    @property
    def looked(self) -> Look:
        """What was found out about the files."""
        return self._look

    def _lay_out(self) -> None:
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.files)
        parts.addWidget(self.view)
        self.files.setMinimumWidth(180)
        self.view.setMinimumWidth(260)
        parts.setSizes([_WIDTH * 2 // 5, _WIDTH * 3 // 5])
        layout = column(self, margin=MEDIUM, spacing=MEDIUM)
        for one in (self.summary, self.changed, self.progress):
            layout.addWidget(one)
        both = QSplitter(Qt.Orientation.Vertical)
        both.setChildrenCollapsible(False)
        both.addWidget(parts)
        both.addWidget(self.trial)
        both.setSizes([_HEIGHT * 2 // 5, _HEIGHT * 3 // 5])
        layout.addWidget(WideScroll(both), 1)
        layout.addWidget(self.buttons)
        self.summary.show_text(self.tr("Looking at the files…"))
        letter, room = self.fontMetrics().averageCharWidth(), self.screen().availableSize()
        wide, high = room.width() * 9 // 10, room.height() * 9 // 10
        self.resize(min(wide, max(_WIDTH, 160 * letter)), min(high, max(_HEIGHT, 120 * letter)))

    def _on_looked(self, found: Look) -> None:
        self._look = found
        self.progress.hide()
        self._show()
        self.trial.show_options(found.options)
        self._try_out()
        if self.files.rows:
            # The first file that needs an answer comes first.
            first = next(
                (one for one in found.files if one.likely or one.lacks_text),
                found.files[0] if found.files else None,
            )
            if first is not None:
                self.files.go_to(first.path)
                self._show_file(first.path)
        self.ok.setFocus()

    def _show(self) -> None:
        rows = [_row(one, self._look.titles.get(one.format_name, "")) for one in self._look.files]
        if self._look.unseen:
            more = several("and {n} more file(s)", len(self._look.unseen))
            rows.append(Row(None, more, self.tr("read when they are imported"), muted=True))
        self.files.set_rows(rows)
        left_out = sum(1 for one in self._look.files if one.is_left_out)
        good = sum(1 for one in self._look.files if one.is_ready) + len(self._look.unseen)
        refused = len(self._look.files) + len(self._look.unseen) - good - left_out
        words = [
            self.tr("{count} to import").format(count=good),
            self.tr("{count} cannot be read").format(count=refused) if refused else "",
            self.tr("{count} left out").format(count=left_out) if left_out else "",
            *self._look.notes,
        ]
        self.summary.show_text(joined([self.tr("Files:") + " " + words[0], *words[1:]]))
        self.ok.setEnabled(good > 0 and not self._looks)

    def _show_file(self, path: object) -> None:
        one = next((one for one in self._look.files if one.path == path), None)
        refused = sum(1 for each in self._look.files if each.likely and each.refused)
        self.view.show_file(one, self._look.titles, others=refused > 1)
        self._set_tabs()

    def _set_tabs(self) -> None:
        """Let Tab go from the top: fields that are made anew would come behind all others."""
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        tab_through(self.files, *self.view.stops, *self.trial.stops, self.ok, cancel)

    def _on_encoding(self, encoding: str, for_all: bool) -> None:
        current = self.files.current()
        changed = [
            replace(one, options=replace(one.options, encoding=encoding or None))
            for one in self._look.files
            if one.path == current or (for_all and one.refused and one.likely)
        ]
        self._look_again(changed)

    def _on_format(self, name: str) -> None:
        current = self.files.current()
        # What was chosen of the columns of one format means nothing in another.
        changed = [
            replace(
                one,
                format_name=name,
                is_chosen=True,
                is_left_out=False,
                options=replace(one.options, columns={}),
                likely=(),
            )
            if name
            else replace(one, is_left_out=True)
            for one in self._look.files
            if one.path == current
        ]
        self._look_again(changed)

    def _on_columns(self, columns: Mapping[str, str]) -> None:
        current = self.files.current()
        changed = [
            replace(one, options=replace(one.options, columns=dict(columns)))
            for one in self._look.files
            if one.path == current
        ]
        self._look_again(changed)

    def _look_again(self, changed: Sequence[Looked]) -> None:
        """Look into files as they are to be read now; until that is known, nothing can be imported."""
        self._is_agreed = False
        self._session.long_work.stop_trial()
        self._look = self._look.updated(changed)
        self._looks += 1
        self.ok.setEnabled(False)
        self._run(
            lambda: look_all_again(changed),
            lambda found: self._on_looked_again(changed, found),
            self._on_not_looked,
        )

    def _on_looked_again(self, asked: Sequence[Looked], found: tuple[Looked, ...]) -> None:
        # A file for which something else was chosen meanwhile is being looked into once more.
        holds = {id(one) for one in self._look.files}
        self._look = self._look.updated(
            [after for before, after in zip(asked, found, strict=True) if id(before) in holds]
        )
        self._looks -= 1
        self.trial.show_options(self._look.options)
        self._show()
        self._show_file(self.files.current())
        if not self._looks:
            self._try_out()

    def _on_not_looked(self) -> None:
        self._looks -= 1
        self._show()

    def _try_out(self) -> None:
        """Find out what would come in; the last time it is asked for holds."""
        self._tries += 1
        asked = self._tries
        tried = [(one.paths, one.options, one.format_name) for one in self.groups]
        if tried:
            self._session.long_work.try_import(tried, lambda found: self._on_tried(asked, *found))
        else:
            self.trial.hide()

    def _on_tried(self, asked: int, summaries: list[ImportSummary], scheme: Scheme) -> None:
        if asked == self._tries:
            was_hidden = self.trial.isHidden()
            self.trial.show_summaries(summaries, scheme)
            self._set_tabs()
            if was_hidden:
                # It takes half of the room of the list, once that is laid out.
                QTimer.singleShot(0, self.files, lambda: self.files.scrollTo(self.files.currentIndex()))


def _row(one: Looked, kind: str) -> Row:
    missing = tr("choose the column that holds the text") if one.lacks_text else ""
    folder, _, name = one.name.rpartition("/")
    known = joined([kind, _size(one.size), _rows_of(one), folder])
    detail = tr("left out") if one.is_left_out else one.refused or missing or known
    return Row(one.path, ("" if one.is_ready else "✗ ") + name, detail, muted=one.is_left_out)


def _rows_of(one: Looked) -> str:
    rows = one.preview.rows if one.preview else 0
    return several("{n} article(s)", rows) if rows > 1 else ""


def _size(size: int) -> str:
    return (
        f"{size:,} B" if size < 1000 else f"{size / 1000:,.1f} kB" if size < 1e6 else f"{size / 1e6:,.1f} MB"
    )
