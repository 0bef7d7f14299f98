"""Where schemes come from and go to: presets, files, and the versions that the project had."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from annotator.model.errors import UserError
from annotator.model.scheme import Scheme, read_scheme
from annotator.model.scheme_writing import write_scheme
from annotator.ui.panels.flow import FlowLayout
from annotator.ui.panels.new_project import presets
from annotator.ui.panels.widgets import MEDIUM, Combo, PlainLabel, as_field, button, row
from annotator.ui.panels.words import tr, when
from annotator.ui.saying import translated

if TYPE_CHECKING:
    from annotator.services.project_scheme import Version

_FILES = "*.toml"


class SchemeShelf(QWidget):
    """Chooses which version is looked at, gives schemes to take over, and writes the shown one."""

    chosen = Signal()
    """Another version is looked at."""
    wanted = Signal(object)
    """A scheme that is to hold from now on."""
    said = Signal(str)
    """What came of reading or writing a file."""

    def __init__(self) -> None:
        super().__init__()
        self._versions: Sequence[Version] = ()
        self._folder = Path.home()
        self.version = Combo(tr("Version of the scheme"))
        self.version.setMinimumContentsLength(24)
        self.take = QPushButton(tr("Use another"))
        self.take.setAutoDefault(False)
        self.menu = QMenu(self.take)
        self.take.setMenu(self.menu)
        self.save = button(tr("Save to a file…"), self._on_save)
        words = PlainLabel(tr("Version"), wrap=False)
        words.setBuddy(self.version)
        layout = FlowLayout(self, MEDIUM)
        for one in (as_field(row(words, self.version, spacing=MEDIUM)), self.take, self.save):
            layout.addWidget(one)
        self.version.activated.connect(lambda _: self.chosen.emit())
        self.menu.aboutToShow.connect(self._fill)

    def show_versions(self, versions: Sequence[Version], folder: Path) -> None:
        """Offer these versions, newest first, and look at the one that holds."""
        self._versions, self._folder = versions, folder
        names = [(str(one.number), tr("{0}, {1}").format(one.number, when(one.created))) for one in versions]
        if names:
            names[0] = (names[0][0], tr("{0} (in use)").format(names[0][1]))
        self.version.show_choices(names, names[0][0] if names else "")

    @property
    def old(self) -> Scheme | None:
        """The older version that is looked at; None while it is the one that holds."""
        found = next((one for one in self._versions if str(one.number) == self.version.value), None)
        return found.scheme if found is not None and found is not self._versions[0] else None

    def back(self) -> None:
        """Look at the version that holds."""
        self.version.setCurrentIndex(0)
        self.chosen.emit()

    def read(self, path: Path) -> None:
        """Read a scheme file and want it, or say what is wrong with it."""
        try:
            scheme = read_scheme(path)
        except UserError as error:
            self.said.emit(translated(error))
        else:
            self.wanted.emit(scheme)

    def write(self, path: Path) -> None:
        """Write the scheme that is looked at to a file."""
        scheme = self.old or (self._versions[0].scheme if self._versions else None)
        if scheme is None:
            return
        try:
            write_scheme(scheme, path)
        except UserError as error:
            self.said.emit(translated(error))
        else:
            self.said.emit(tr("The scheme is saved as {0}. Comments are not part of it.").format(path.name))

    def _fill(self) -> None:
        self.menu.clear()
        for name, scheme in presets().items():
            self.menu.addAction((scheme.title or name).replace("&", "&&"), partial(self.wanted.emit, scheme))
        self.menu.addSeparator()
        self.menu.addAction(tr("From a file…"), self._on_read)

    def _on_read(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Read a scheme"), str(self._folder), _kinds())
        if name:
            self.read(Path(name))

    def _on_save(self) -> None:
        suggestion = str(self._folder / "scheme.toml")
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the scheme"), suggestion, _kinds())
        if name:
            self.write(Path(name))


def _kinds() -> str:
    return f"{tr('Schemes')} ({_FILES})"
