"""One widget for each label, made once and kept: only that of the label shown now is to be seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QBoxLayout, QWidget

from annotator.model.scheme import Label

W = TypeVar("W", bound=QWidget)


class PerLabel(Generic[W]):
    """Puts the widgets into a layout and turns from one to another."""

    def __init__(self, layout: QBoxLayout, make: Callable[[Label], W]) -> None:
        self._layout = layout
        self._make = make
        self._made: dict[str, tuple[Label, W]] = {}

    def prepare(self, label: Label) -> None:
        """Make the widget of a label that has none yet, out of sight: it may take a turn of its own."""
        if label.name not in self._made:
            self._put(label)

    def turn_to(self, label: Label | None) -> W | None:
        """Show the widget of a label, or none; one whose label was changed in the scheme is made anew."""
        known, widget = self._made.get(label.name, (None, None)) if label is not None else (None, None)
        if label is not None and known != label:
            if widget is not None:
                widget.deleteLater()
            widget = self._put(label)
        for _, one in self._made.values():
            one.setVisible(one is widget)
        return widget

    def _put(self, label: Label) -> W:
        widget = self._make(label)
        widget.hide()
        self._made[label.name] = label, widget
        self._layout.addWidget(widget)
        return widget
