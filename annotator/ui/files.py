"""What the Project menu does: new, open, sample, import, export, copies; and files dropped on the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.model.errors import ProjectInUse, UserError
from annotator.model.formats import Written
from annotator.model.ids import Id
from annotator.model.project_file import SUFFIX, is_project
from annotator.ui import problems
from annotator.ui.article_list import ArticleList
from annotator.ui.leaving import Leaving
from annotator.ui.panels.agreement_sheet import compare_annotators
from annotator.ui.panels.annotators_dialog import choose_annotators
from annotator.ui.panels.carry_dialog import carry_labels
from annotator.ui.panels.change_labels import change_labels
from annotator.ui.panels.cues_dialog import choose_cues
from annotator.ui.panels.dataset_dialog import dataset_outcome, make_dataset
from annotator.ui.panels.dialogs import opened
from annotator.ui.panels.evaluation_dialog import EvaluationDialog
from annotator.ui.panels.export_dialog import export_articles, written_outcome
from annotator.ui.panels.import_run import import_files
from annotator.ui.panels.language_model_dialog import ask_language_model
from annotator.ui.panels.new_project import NewProject, NewProjectDialog
from annotator.ui.panels.pipeline_dialog import choose_pipeline
from annotator.ui.panels.result_sheet import show_outcome
from annotator.ui.panels.suggester_dialog import choose_suggesters
from annotator.ui.saying import several, translated
from annotator.ui.session import Session
from annotator.ui.settings import Settings, sample_path

if TYPE_CHECKING:
    from annotator.services.datasets import Dataset

ENDINGS = (
    "*.txt *.text *.csv *.tsv *.tab *.xlsx *.xlsm *.ods *.jsonl *.ndjson *.json "
    "*.html *.htm *.xhtml *.mht *.mhtml *.docx *.docm *.pdf *.eml *.md *.markdown "
    "*.ann *.a1 *.a2 *.conll *.bio *.bioes *.bilou *.io *.iob *.iob1 *.iob2 *.iobes *.conll03 *.conll2003 "
    "*.auto_conll *.bmes *.conll12 *.conll2002 *.conll2012 *.gold_conll *.v4_auto_conll *.v4_gold_conll "
    "*.conllu *.conllup *.train *.dev *.valid *.test *.testa *.testb *.bdocjs *.bdocjson *.pubtator "
    "*.labels *.manifest "
    "*.spacy *.xmi *.xml *.zip *.gz *.bz2 *.xz"
)
"""What is offered first when files are chosen; all others can be chosen too."""
_LOOKED_INTO = 20
"""Files among which a project may have any name; to look into more of them the window would have to wait."""


class Files(QObject):
    """Asks which file, then lets the session do it."""

    offered = Signal(str, object)
    """A sentence about what was done, and what shows more of it."""

    def __init__(
        self, session: Session, settings: Settings, articles: ArticleList, leaving: Leaving, window: QWidget
    ) -> None:
        super().__init__(window)
        self._leaving = leaving
        self._session = session
        self._settings = settings
        self._articles = articles
        self._window = window
        self._dropped: Sequence[Path] = ()
        """Files that came while a project was on its way, and are for that one."""
        self._made: NewProject | None = None
        """What is being made: asked for again where that fails, so that nothing has to be typed anew."""
        session.opening_failed.connect(self._on_opening_failed)
        session.project_changed.connect(self._on_project)
        session.exported.connect(self._on_exported)
        session.long_work.dataset_made.connect(self._on_dataset_made)

    def new(self) -> None:
        """Ask what a new project needs, make it, import what was chosen."""
        self._make_new(())

    def open(self) -> None:
        """Ask for a project file and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open project"),
            str(self._settings.folder),
            self.tr("Projects (*.annot);;All files (*)"),
        )
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open a project file."""
        self._settings.folder = path.parent
        if self._may_leave(lambda: self.open_path(path)):
            self._session.open_project(path)

    def sample(self) -> None:
        """Open this person's copy of the sample project."""
        if self._may_leave(self.sample):
            self._session.open_sample(sample_path())

    def _may_leave(self, again: Callable[[], object]) -> bool:
        """Tell whether another project may be opened now: not while one is being made for this person."""
        if self._made is None:
            return self._leaving.is_ready(again)
        said = self.tr("{0} is just being made: try again once it is open.")
        self._session.warned.emit(said.format(self._made.path.name))
        return False

    def close(self) -> None:
        """Close the project and show the start page."""
        if self._leaving.is_ready(self.close):
            self._session.close_project()

    def import_files(self) -> None:
        """Ask for files and import them."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Import articles"),
            str(self._settings.folder),
            self.tr("Articles ({endings});;All files (*)").format(endings=ENDINGS),
            options=QFileDialog.Option.HideNameFilterDetails,  # more endings than a line shows
        )
        if names:
            self.take([Path(name) for name in names])

    def import_folder(self) -> None:
        """Ask for a folder and import what is in it."""
        name = QFileDialog.getExistingDirectory(
            self._window, self.tr("Import a folder"), str(self._settings.folder)
        )
        if name:
            self.take([Path(name)])

    def take(self, paths: Sequence[Path]) -> None:
        """Take files dropped or chosen: a project is opened, anything else imported."""
        project = self._project_among(paths)
        if project is not None:
            self.open_path(project)
        elif self._session.is_opening:
            self._dropped = (*self._dropped, *paths)
        elif self._session.path is None:
            self._make_new(paths)
        elif paths:
            self._settings.folder = paths[0].parent
            import_files(self._session, paths, self._window, self.offered.emit)

    def _project_among(self, paths: Sequence[Path]) -> Path | None:
        may_be_any = len(paths) <= _LOOKED_INTO
        return next(
            (
                one
                for one in paths
                if one.suffix.lower() == SUFFIX or (may_be_any and is_project(one, self._session.path))
            ),
            None,
        )

    def export(self) -> None:
        """Ask what to export and where to, and export there."""
        export_articles(self._session, self._window)

    def dataset(self) -> None:
        """Ask what a dataset is to be, and make it."""
        make_dataset(self._session, self._window)

    def save_copy(self) -> None:
        """Ask for a place and save a copy of the project there."""
        path = self._session.path
        if path is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save a copy"),
            str(path.with_name(f"{path.stem} copy{SUFFIX}")),
            self.tr("Projects (*.annot)"),
        )
        if name:
            self._session.long_work.copy_to(Path(name))

    def remove_articles(self) -> None:
        """Remove the articles selected in the list; undo brings them back."""
        ids: list[Id] = self._articles.selected()
        if not ids:
            self._session.warned.emit(self.tr("Select articles in the list first."))
            return
        self._session.long_work.write(
            self.tr("Removing articles"),
            lambda project: project.articles.remove(ids),
            lambda _: self._session.warned.emit(
                several("{n} article(s) removed; undo takes this back.", len(ids))
            ),
        )

    def choose_pipeline(self) -> None:
        """Ask what suggests entities in this project: the built-in component or a spaCy pipeline."""
        if self._session.path is not None:
            choose_pipeline(self._session, self._window)

    def ask_model(self) -> None:
        """Ask what is to be asked of which language model."""
        if self._session.path is not None:
            ask_language_model(self._session, self._window)

    def choose_suggesters(self) -> None:
        """Ask which suggesters run in this project."""
        if self._session.path is not None:
            choose_suggesters(self._session, self._window)

    def choose_cues(self) -> None:
        """Show the cues of this project, and those that its labels offer."""
        if self._session.path is not None:
            choose_cues(self._session, self._window)

    def choose_annotators(self) -> None:
        """Show the annotators: who is at work, and whose labels are the adjudicated ones."""
        if self._session.path is not None:
            choose_annotators(self._session, self._window)

    def compare_annotators(self) -> None:
        """Say how far the annotators agree."""
        if self._session.path is not None:
            compare_annotators(self._session, self._window)

    def carry_labels(self) -> None:
        """Show which labels would be carried to near copies of labelled articles."""
        if self._session.path is not None:
            carry_labels(self._session, self._window)

    def change_labels(self) -> None:
        """Show the labels that are to be changed at once."""
        if self._session.path is not None:
            change_labels(self._session, self._window)

    def evaluate(self) -> None:
        """Compare what suggesters propose with what an annotator marked."""
        if self._session.path is not None:
            EvaluationDialog(self._session, self._window).open()

    def _make_new(self, paths: Sequence[Path], again: NewProject | None = None, problem: str = "") -> None:
        """Ask what a new project is to be; `again` is what could not be made, because of a `problem`."""
        dialog = NewProjectDialog(self._window, sources=paths, folder=self._settings.folder)
        if again is not None:
            dialog.show_again(again, problem)
        dialog.accepted.connect(lambda: self._create(dialog.chosen))
        opened(dialog)

    def _create(self, chosen: NewProject | None) -> None:
        assert chosen is not None, "accepted without a choice"
        self._settings.folder = chosen.path.parent

        def _then() -> None:
            if chosen.sources:
                self._settings.folder = chosen.sources[0].parent
                import_files(self._session, chosen.sources, self._window, self.offered.emit)

        if self._may_leave(lambda: self._create(chosen)):
            self._made = chosen
            self._session.create_project(chosen.path, chosen.scheme, chosen.annotator, _then)

    def _open_copy(self, path: Path) -> None:
        if self._may_leave(lambda: self._open_copy(path)):
            self._session.open_copy(path)

    def _on_project(self) -> None:
        paths, self._dropped = self._dropped, ()
        self._made = None
        if paths and self._session.path is not None:
            QTimer.singleShot(0, self, lambda: self.take(paths))

    def _on_opening_failed(self, path: Path, error: Exception) -> None:
        self._say_failed(path, error)
        if self._dropped and not self._session.is_opening:
            self._dropped = ()
            self._session.warned.emit(self.tr("Nothing was imported: the project could not be opened."))

    def _say_failed(self, path: Path, error: Exception) -> None:
        made, self._made = self._made, None
        if made is not None and made.path == path and isinstance(error, UserError):
            self._make_new((), made, translated(error))
            return
        if isinstance(error, ProjectInUse):
            question = self.tr("{0} is open since {1} by {2}. Open a copy beside it?").format(
                path.name, error.since, error.who
            )
            if problems.ask(self._window, question, [self.tr("Open a copy"), self.tr("Cancel")]) == 0:
                self._open_copy(path)
            return
        if not path.exists():
            self._settings.forget_recent(path)
        if isinstance(error, UserError):
            problems.tell(self._window, translated(error))
        else:
            problems.report(self._window, error)

    def _on_exported(self, out: Path, written: Written) -> None:
        outcome = written_outcome(out, written)
        show_outcome(self._session, self.tr("Export"), outcome, self._window, self.offered.emit)

    def _on_dataset_made(self, out: Path, made: Dataset) -> None:
        outcome = dataset_outcome(out, made)
        show_outcome(self._session, self.tr("Dataset"), outcome, self._window, self.offered.emit)
