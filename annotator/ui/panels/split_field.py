"""Which dataset gives its split: a folder to type or to choose, refused in a sentence."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from annotator.ui.panels.place_field import is_there, typed_path
from annotator.ui.panels.widgets import button, row, tip

_SPLIT = ".annotator-split"


class SplitField(QWidget):
    """The folder of a dataset in whose parts articles stay; none is named at first."""

    def __init__(self) -> None:
        super().__init__()
        self.path = QLineEdit()
        self.path.setAccessibleName(self.tr("Split like"))
        self.path.setPlaceholderText(self.tr("a dataset in whose parts articles stay"))
        tip(self.path, self.tr("Whatever shares and seed are: articles stay in the parts of that dataset."))
        self.choose = button(
            self.tr("Choose…"), self._on_choose, name=self.tr("Choose the dataset that gives its split")
        )
        self.setLayout(row(self.path, self.choose, stretch=0))
        self.setFocusProxy(self.path)

    @property
    def value(self) -> Path | None:
        """The folder that is named, if any."""
        return typed_path(self.path.text()) if self.path.text().strip() else None

    @property
    def refusal(self) -> str:
        """Why that gives no split, in a sentence; empty where it does, or none is named."""
        if self.value is None or is_there(self.value / _SPLIT):
            return ""
        words = self.tr("{folder} is no dataset of this program that tells its split.")
        return words.format(folder=self.value)

    def _on_choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Split like"), self.path.text())
        if name:
            self.path.setText(name)
