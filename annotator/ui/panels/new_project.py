"""A new project: what to take in, which scheme, who annotates, and where it is kept."""

from __future__ import annotations

import getpass
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLineEdit, QWidget

from annotator.model.errors import UserError
from annotator.model.project_file import SUFFIX
from annotator.model.resources import resource
from annotator.model.scheme import Scheme, read_scheme
from annotator.ui.panels.place_field import is_folder, is_there, typed_path, unwritable
from annotator.ui.panels.widgets import (
    MEDIUM,
    SMALL,
    Combo,
    PlainLabel,
    add_row,
    answers,
    as_field,
    button,
    column,
    new_form,
    row,
    widen,
)
from annotator.ui.panels.words import tr
from annotator.ui.saying import translated

FIRST = "default"
_LETTERS = 90
_BETWEEN = "; "
_PLAIN_NAME = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


@dataclass(frozen=True, slots=True)
class NewProject:
    """What a person chose."""

    path: Path
    scheme: Scheme
    annotator: str
    sources: tuple[Path, ...] = ()


class NewProjectDialog(QDialog):
    """Three fields and a place; when accepted, `chosen` says what to make."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        sources: Sequence[Path] = (),
        annotator: str = "",
        folder: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New project"))
        self._folder = folder or _documents()
        self._schemes = presets()
        self._own_path = False
        self.sources = QLineEdit(_BETWEEN.join(str(one) for one in sources))
        self.scheme = Combo(self.tr("Scheme"))
        self.about = PlainLabel(muted=True)
        self.annotator = QLineEdit(annotator or _login_name())
        self.path = QLineEdit()
        self.problem = PlainLabel()
        standard = QDialogButtonBox.StandardButton
        self.buttons = answers(standard.Ok, standard.Cancel)
        self.buttons.button(standard.Ok).setText(self.tr("Create project"))
        self.chosen: NewProject | None = None
        self._asked = self.sources
        """What is looked at: the keys go there when it is wrong."""
        self._lay_out()
        self._connect()
        self._guess_path()
        self._show_scheme()

    def accept(self) -> None:
        """Take what was chosen, or say in a sentence what is missing."""
        try:
            self.chosen = self._read()
        except UserError as error:
            self.problem.show_text(translated(error))
            self._asked.setFocus()
            self._asked.selectAll()
            return
        super().accept()

    def show_again(self, chosen: NewProject, problem: str) -> None:
        """Show what was chosen before, and why nothing came of it."""
        known = (name for name, scheme in self._schemes.items() if scheme == chosen.scheme)
        name = next(known, chosen.scheme.title or chosen.scheme.name)
        self._schemes[name] = chosen.scheme
        self._show_schemes(name)
        self.sources.setText(_BETWEEN.join(str(one) for one in chosen.sources))
        self.annotator.setText(chosen.annotator)
        self._own_path = True
        self.path.setText(str(chosen.path))
        self.path.setFocus()
        self.problem.show_text(problem)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what is said of the scheme have the lines that it needs at this width."""
        super().resizeEvent(event)
        self._give_room()

    def showEvent(self, event: QShowEvent) -> None:
        """Let what is said of the scheme have the lines that it needs."""
        super().showEvent(event)
        self._give_room()

    def _lay_out(self) -> None:
        named = {
            self.sources: (self.tr("Articles"), self.tr("Files or a folder; may be left empty")),
            self.annotator: (self.tr("Annotator"), self.tr("Your name")),
            self.path: (self.tr("Kept in"), ""),
        }
        for edit, (name, hint) in named.items():
            edit.setAccessibleName(name)
            edit.setPlaceholderText(hint)
        self._show_schemes(FIRST)
        self.files = button(self.tr("Files…"), self._on_files, name=self.tr("Choose files"))
        self.choose_folder = button(self.tr("Folder…"), self._on_folder, name=self.tr("Choose a folder"))
        self.place = button(
            self.tr("Choose…"), self._on_place, name=self.tr("Choose where the project is kept")
        )
        form = new_form()
        add_row(
            form, self.tr("Articles"), as_field(row(self.sources, self.files, self.choose_folder, stretch=0))
        )
        scheme = column(spacing=SMALL)
        scheme.addWidget(self.scheme)
        scheme.addWidget(self.about)
        add_row(form, self.tr("Scheme"), as_field(scheme))
        add_row(form, self.tr("Annotator"), self.annotator)
        add_row(form, self.tr("Kept in"), as_field(row(self.path, self.place, stretch=0)))
        layout = column(self, margin=2 * MEDIUM, spacing=MEDIUM)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        widen(self, _LETTERS)

    def _connect(self) -> None:
        self.sources.textChanged.connect(lambda _: self._guess_path())
        self.path.textEdited.connect(lambda _: setattr(self, "_own_path", True))
        self.scheme.activated.connect(self._on_scheme)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _read(self) -> NewProject:
        self._asked = self.sources
        sources = self._sources()
        missing = next((one for one in sources if not is_there(one)), None)
        if missing is not None:
            raise UserError(
                self.tr("There is nothing at {path}: choose the articles again.").format(path=missing)
            )
        self._asked = self.annotator
        annotator = self.annotator.text().strip()
        if not annotator:
            raise UserError(self.tr("Who annotates? Type a name, so that it is known who made what."))
        self._asked = self.path
        return NewProject(self._checked_path(), self._schemes[self.scheme.value], annotator, sources)

    def _checked_path(self) -> Path:
        path = typed_path(self.path.text())
        if not path.name:
            raise UserError(self.tr("Where is the project to be kept? Choose a file name."))
        if path.suffix.lower() != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        if is_there(path):
            words = self.tr("There is a file {path} already: choose another name, or open it instead.")
            raise UserError(words.format(path=path))
        if not is_folder(path.parent):
            raise UserError(
                self.tr("There is no folder {path}: choose another one.").format(path=path.parent)
            )
        if refusal := unwritable(path.parent):
            raise UserError(refusal)
        return path

    def _sources(self) -> tuple[Path, ...]:
        text = self.sources.text().strip()
        if not text:
            return ()
        # A name may hold the sign that stands between names.
        if is_there(typed_path(text)):
            return (typed_path(text),)
        return tuple(typed_path(one) for one in text.split(_BETWEEN.strip()) if one.strip())

    def _guess_path(self) -> None:
        if self._own_path:
            return
        first = next(iter(self._sources()), None)
        name = _PLAIN_NAME.sub(" ", first.stem if first else "").strip() or self.tr("Articles")
        path, count = self._folder / f"{name}{SUFFIX}", 1
        while is_there(path):
            count += 1
            path = self._folder / f"{name} {count}{SUFFIX}"
        self.path.setText(str(path))

    def _on_scheme(self) -> None:
        if not self.scheme.value:
            self._on_scheme_file()
        self._show_scheme()

    def _on_scheme_file(self) -> None:
        chosen = _pick(self, self.tr("Scheme file"), self.tr("Schemes (*.toml)"))
        value = FIRST
        if chosen is not None:
            try:
                scheme = read_scheme(chosen)
                value = str(chosen)
                self._schemes[value] = scheme
                self.problem.show_text("")
            except UserError as error:
                self.problem.show_text(translated(error))
        self._show_schemes(value)

    def _show_schemes(self, value: str) -> None:
        names = [(name, scheme.title or name) for name, scheme in self._schemes.items()]
        self.scheme.show_choices([*names, ("", self.tr("From a file…"))], value)

    def _show_scheme(self) -> None:
        scheme = self._schemes.get(self.scheme.value)
        told = scheme.guideline.strip().partition("\n")[0] if scheme else ""
        labels = [one.title or one.name for one in scheme.labels if not one.hidden] if scheme else []
        self.about.show_text(told or ", ".join(labels))
        self._give_room()

    def _give_room(self) -> None:
        """Make what is said of the scheme as high as its width asks for, which a form does not do."""
        if self.about.isVisible():
            self.about.setMinimumHeight(self.about.heightForWidth(self.about.width()))

    def _on_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Articles to take in"), str(Path.home()))
        if names:
            self.sources.setText(_BETWEEN.join(names))

    def _on_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder of articles"), str(Path.home()))
        if name:
            self.sources.setText(name)

    def _on_place(self) -> None:
        kinds = self.tr("Projects (*{suffix})").format(suffix=SUFFIX)
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Keep the project in"), self.path.text(), kinds)
        if name:
            self._own_path = True
            self.path.setText(name)


def presets() -> dict[str, Scheme]:
    """Return the schemes that ship with the program by name, the usual one first."""
    files = sorted(resource("schemes").glob("*.toml"), key=lambda one: (one.stem != FIRST, one.stem))
    return {one.stem: read_scheme(one) for one in files}


def _pick(parent: QWidget, title: str, kinds: str) -> Path | None:
    name, _ = QFileDialog.getOpenFileName(parent, title, str(Path.home()), kinds)
    return Path(name) if name else None


def _documents() -> Path:
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(place) if place else Path.home()
    return folder if folder.is_dir() else Path.home()


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return tr("annotator")
