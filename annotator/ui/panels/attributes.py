"""Edits the attributes of a label: chips for a choice, a line for text."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.model.scheme import Attribute, Label
from annotator.ui.panels.chips import ChipRow
from annotator.ui.panels.widgets import SMALL, FactEdit, PlainLabel, clear, column
from annotator.ui.panels.words import spoken

NOT_HERE = ("actor",)
"""Attributes that have a field of their own."""


class AttributesEditor(QWidget):
    """One editor for each attribute of a label."""

    edited = Signal(str, str)
    """Name and new value."""

    def __init__(self) -> None:
        super().__init__()
        self._label: Label | None = None
        self._layout = column(self, spacing=SMALL)
        self.rows: dict[str, ChipRow] = {}
        self.lines: dict[str, FactEdit] = {}

    def show_values(self, label: Label | None, values: Mapping[str, str]) -> None:
        """Show a label's attributes with these values; the editors stay while the label does."""
        if label != self._label:
            self._label = label
            self._build(label)
        for attribute in _editable(label):
            value = values.get(attribute.name, attribute.default)
            if attribute.name in self.rows:
                self.rows[attribute.name].set_value(value)
            else:
                self.lines[attribute.name].show_text(value)
        self.setVisible(bool(_editable(label)))

    def commit(self) -> None:
        """Save a line that is just being edited."""
        for line in self.lines.values():
            line.commit()

    def _build(self, label: Label | None) -> None:
        clear(self._layout)
        self.rows, self.lines = {}, {}
        for attribute in _editable(label):
            self._layout.addWidget(PlainLabel(spoken(attribute.name), muted=True))
            name = attribute.name
            if attribute.kind == "choice":
                chips = self.rows[name] = ChipRow(spoken(name), attribute.values)
                chips.picked.connect(lambda value, name=name: self.edited.emit(name, value))
                self._layout.addWidget(chips)
            else:
                line = self.lines[name] = FactEdit(spoken(name))
                line.edited.connect(lambda value, name=name: self.edited.emit(name, value))
                self._layout.addWidget(line)


def _editable(label: Label | None) -> list[Attribute]:
    return [one for one in label.attributes if one.name not in NOT_HERE] if label else []
