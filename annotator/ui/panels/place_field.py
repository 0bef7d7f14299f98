"""Where to write to: typed or chosen, refused in a sentence, asked about before it is replaced."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from annotator.ui import problems
from annotator.ui.panels.widgets import button, row
from annotator.ui.panels.words import tr


def typed_path(text: str) -> Path:
    """Return what was typed as a path; a home of nobody stays as it was typed."""
    return Path(os.path.expanduser(text.strip()))  # noqa: PTH111 (the other one fails for nobody's)


def is_there(path: Path) -> bool:
    """Tell whether there is anything; nothing is under a name that is too long."""
    return os.path.exists(path)  # noqa: PTH110 (the other one fails for a long name)


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder."""
    return os.path.isdir(path)  # noqa: PTH112 (as above)


def unwritable(folder: Path) -> str:
    """Return why nothing can be written in a folder, in a sentence; empty where something can."""
    if os.access(folder, os.W_OK | os.X_OK):
        return ""
    return tr("Nothing can be written in {path}: choose another folder.").format(path=folder)


class PlaceField(QWidget):
    """A path to type or to choose."""

    def __init__(self, title: str, project: Path | None) -> None:
        super().__init__()
        self._title = title
        self._project = project
        self.path = QLineEdit()
        self.path.setAccessibleName(title)
        self.choose = button(self.tr("Choose…"), self._on_choose, name=self.tr("Choose where to write to"))
        self.setLayout(row(self.path, self.choose, stretch=0))
        self.setFocusProxy(self.path)

    @property
    def value(self) -> Path:
        """What is typed, as a path."""
        return typed_path(self.path.text())

    @property
    def refusal(self) -> str:
        """Why nothing can be written there, in a sentence; empty where it can."""
        if not self.value.name:
            return self.tr("Where to write to? Choose a name.")
        if not is_folder(self.value.parent):
            return self.tr("There is no folder {path}: choose another one.").format(path=self.value.parent)
        if refusal := unwritable(self.value.parent):
            return refusal
        if self.value == self._project:
            return self.tr("That is the project itself: choose another name.")
        return ""

    def propose(self, ending: str) -> None:
        """Propose a place beside the project, whose name is that of the project and this ending."""
        if self._project is not None:
            self.path.setText(str(self._project.with_name(self._project.stem + ending)))

    def change_ending(self, old: str, new: str) -> None:
        """Give the name another ending; one that somebody typed with an ending of their own stays.

        A name of a folder that somebody typed stays as well, and gets the ending of a file.
        """
        typed = self.path.text().strip()
        has_new = typed.endswith(new) and new.endswith(old)
        if typed.endswith(old) and not has_new:
            self.path.setText(typed.removesuffix(old) + new)
        elif typed and not Path(typed).suffix:
            self.path.setText(typed + Path(f"name{new}").suffix)

    def may_be_written(self) -> bool:
        """Tell whether nothing is there, or a person agrees that it is replaced."""
        place = self.value
        if not is_there(place):
            return True
        pattern = (
            self.tr("There is a folder {name} already. Replace it?")
            if place.is_dir()
            else self.tr("There is a file {name} already. Replace it?")
        )
        answers = [self.tr("Replace"), self.tr("Cancel")]
        return problems.ask(self, pattern.format(name=place.name), answers) == 0

    def _on_choose(self) -> None:
        # Replacing is asked about once, when the writing starts.
        option = QFileDialog.Option.DontConfirmOverwrite
        name, _ = QFileDialog.getSaveFileName(self, self._title, self.path.text(), options=option)
        if name:
            self.path.setText(name)
