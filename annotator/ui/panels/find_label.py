"""Labels for what was found: which label, what it would do, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from annotator.model.scheme import Scheme
from annotator.ui.panels.find_rows import Sum
from annotator.ui.panels.widgets import SMALL, PlainLabel, as_field, button, column, row
from annotator.ui.panels.words import joined, label_title
from annotator.ui.picker import Choice, Picker

_AROUND = 24
"""Pixels that a button needs beside its words, with what is between it and the next."""


class FindLabel(QWidget):
    """A label to choose, a preview of what it would do, and the button to go ahead."""

    label_chosen = Signal(str)
    ticks_wanted = Signal(bool)
    """All places are to be ticked, or none."""
    pressed = Signal()
    """The label is to be put on what is ticked."""

    def __init__(self) -> None:
        super().__init__()
        self.label = ""
        self.key: Callable[[], str] = str
        """Returns the key that puts the label."""
        self._scheme: Scheme | None = None
        self.choose = button(self.tr("Choose a label…"), self.pick)
        self.all = button(
            self.tr("All"), lambda: self.ticks_wanted.emit(True), name=self.tr("Tick all places")
        )
        self.none = button(
            self.tr("None"), lambda: self.ticks_wanted.emit(False), name=self.tr("Tick no place")
        )
        self.preview = PlainLabel(muted=True)
        self.preview.setAccessibleName(self.tr("What labelling would do"))
        self.go = button(self.tr("Put the label"), self.pressed.emit)
        self._ticks = as_field(row(self.all, self.none))
        self._above = row(self.choose, self._ticks, stretch=0)
        layout = column(self, spacing=SMALL)
        layout.addLayout(self._above)
        layout.addWidget(self.preview)
        layout.addWidget(self.go)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put below each other what has no room beside each other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        letters = self.fontMetrics().horizontalAdvance
        beside = [letters(one.text()) + _AROUND for one in (self.choose, self.all, self.none)]
        for one, width in zip((self.all, self.none), beside[1:], strict=True):
            one.setMinimumWidth(width - SMALL)  # the style asks for more than their words need
        needed = sum(beside)
        self._above.setDirection(across if needed <= self.width() else down)
        name, key = self.go.accessibleName(), self.key()
        self.go.setText(f"{name}  ({key})" if key else name)
        if self.go.sizeHint().width() > self.width():
            self.go.setText(name)

    def set_scheme(self, scheme: Scheme | None) -> None:
        """Offer the labels of a scheme; one that it does not offer is let go."""
        self._scheme = scheme
        label = scheme.label(self.label) if scheme is not None and self.label else None
        if self.label and (label is None or not label.is_offered):
            self.take("")

    def take(self, name: str) -> None:
        """Choose a label."""
        self.label = name
        title = label_title(self._scheme, name)
        text = self.tr("Label: {0}").format(title) if name else self.tr("Choose a label…")
        self.choose.setText(text.replace("&", "&&"))
        self.choose.setAccessibleName(text)
        self._fit()
        self.label_chosen.emit(name)

    def pick(self) -> None:
        """Pop up the labels to choose from."""
        labels = self._scheme.of("span") if self._scheme is not None else ()
        popup = Picker(self, self.tr("Label: type, or press a digit"), 320)
        popup.offer(
            [
                Choice(one.title or one.name, lambda name=one.name: self.take(name), also=one.name)  # type: ignore[misc]
                for one in labels
                if one.is_offered
            ],
            digits=True,
        )
        popup.open_at(self.choose.mapToGlobal(QPoint(0, self.choose.height())))

    def show_sum(self, found: Sum, refused: str) -> None:
        """Say what labelling would do, or why it cannot be done now."""
        self.preview.show_text(refused or (self.words(found) if self.label else ""))
        self.go.setEnabled(bool(self.label and found.adds and not refused))
        text = self.tr("Put the label: {0:,}").format(found.adds) if found.adds else self.tr("Put the label")
        self.go.setAccessibleName(text)
        self._fit()

    def words(self, found: Sum) -> str:
        """Return what labelling the ticked places would do, in a sentence."""
        new = self.tr("New spans: {0:,} · articles: {1:,}").format(found.adds, found.articles)
        same = self.tr("have the label, left out: {0:,}").format(found.same) if found.same else ""
        over = self.tr("overlap other spans: {0:,}").format(found.overlaps) if found.overlaps else ""
        return joined([new if found.adds else self.tr("No new spans"), same, over]) + "."
