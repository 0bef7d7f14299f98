"""Edits the attributes of a label: chips for a choice, a line for text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.model.scheme import Attribute, Label
from annotator.ui.panels.chips import ChipRow
from annotator.ui.panels.per_label import PerLabel
from annotator.ui.panels.widgets import SMALL, FactEdit, PlainLabel, column
from annotator.ui.panels.words import spoken

NOT_HERE = ("actor",)
"""Attributes that have a field of their own."""


class AttributesEditor(QWidget):
    """One editor for each attribute of a label."""

    edited = Signal(str, str)
    """Name and new value."""

    def __init__(self) -> None:
        super().__init__()
        self._labels = PerLabel(column(self, spacing=SMALL), self._make)
        self._shown: _Editors | None = None

    @property
    def rows(self) -> Mapping[str, ChipRow]:
        """The chips of the label that is shown, by the attribute they are of."""
        return self._shown.rows if self._shown is not None else {}

    @property
    def lines(self) -> Mapping[str, FactEdit]:
        """The lines of text of the label that is shown."""
        return self._shown.lines if self._shown is not None else {}

    @property
    def stops(self) -> Sequence[QWidget]:
        """What Tab goes through, as it stands there."""
        return self._shown.stops if self._shown is not None else ()

    def prepare(self, label: Label, values: Mapping[str, str]) -> None:
        """Make the editors of a label, where there are none yet, without showing them."""
        self._labels.prepare(label.offering(values))

    def show_values(self, label: Label | None, values: Mapping[str, str]) -> None:
        """Show a label's attributes with these values; the editors stay while the label does."""
        label = label.offering(values) if label is not None else None
        self._shown = self._labels.turn_to(label)
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

    def _make(self, label: Label) -> _Editors:
        made = _Editors(label)
        made.edited.connect(self.edited)
        return made


class _Editors(QWidget):
    """The editors of one label's attributes."""

    edited = Signal(str, str)

    def __init__(self, label: Label) -> None:
        super().__init__()
        self.rows: dict[str, ChipRow] = {}
        self.lines: dict[str, FactEdit] = {}
        self.stops: list[QWidget] = []
        layout = column(self, spacing=SMALL)
        for attribute in _editable(label):
            name = attribute.name
            layout.addWidget(PlainLabel(spoken(name), muted=True))
            if attribute.kind == "choice":
                chips = self.rows[name] = ChipRow(spoken(name), attribute.values)
                chips.picked.connect(lambda value, name=name: self.edited.emit(name, value))
                self.stops.append(chips)
            else:
                line = self.lines[name] = FactEdit(spoken(name))
                line.edited.connect(lambda value, name=name: self.edited.emit(name, value))
                self.stops.append(line)
            layout.addWidget(self.stops[-1])


def _editable(label: Label | None) -> list[Attribute]:
    return [one for one in label.attributes if one.name not in NOT_HERE] if label else []
