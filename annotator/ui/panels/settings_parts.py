"""What the pages of the settings are made of: a choice with its name, its field and "as delivered"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QFontComboBox, QGridLayout, QWidget

from annotator.ui.panels.widgets import MEDIUM, Combo, PlainLabel, heading, icon_button
from annotator.ui.panels.words import tr
from annotator.ui.settings import DELIVERED, LIMITS, Settings


class Choices:
    """Rows of a page: a name, a field and a button that makes it as delivered again."""

    def __init__(self, settings: Settings, grid: QGridLayout) -> None:
        self._settings = settings
        self._grid = grid
        self._shown: dict[str, Callable[[], None]] = {}
        self.fields: dict[str, QWidget] = {}
        self.resets: dict[str, QWidget] = {}
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(2 * MEDIUM)
        grid.setVerticalSpacing(MEDIUM)

    def show(self, name: str = "") -> None:
        """Show what is chosen now: one choice, or all of them."""
        for one in [name] if name else list(self._shown):
            if one in self._shown:
                self._shown[one]()
                self.resets[one].setEnabled(not self._settings.is_as_delivered(one))

    def add_heading(self, text: str) -> None:
        """Add the heading of a group."""
        self._grid.addWidget(heading(text), self._grid.rowCount(), 0, 1, 3)

    def add_number(self, name: str, title: str, *, step: float, unit: str) -> QDoubleSpinBox:
        """Add a number between its limits."""
        field = _Number()
        least, most = LIMITS[name]
        field.setRange(least, most)
        field.setSingleStep(step)
        field.setDecimals(0 if step >= 1 else 1)
        field.setSuffix(unit)
        field.setKeyboardTracking(False)
        field.valueChanged.connect(lambda value: self._settings.choose(name, value))
        self._add(name, title, field, lambda: _quietly(field, self._settings.number(name)))
        return field

    def add_word(self, name: str, title: str, choices: Sequence[tuple[str, str]]) -> Combo:
        """Add a choice of one out of some."""
        field = Combo(title)
        field.activated.connect(lambda: self._settings.choose(name, field.value))
        self._add(name, title, field, lambda: field.show_choices(choices, self._settings.text(name)))
        return field

    def add_check(self, name: str, title: str) -> QCheckBox:
        """Add a choice of yes or no."""
        field = QCheckBox(title)
        field.clicked.connect(lambda is_on: self._settings.choose(name, is_on))
        self._add(name, "", field, lambda: field.setChecked(self._settings.is_on(name)))
        return field

    def add_font(self, name: str, title: str, usual: str) -> QFontComboBox:
        """Add a choice of a font; `usual` is the family that is used as delivered."""
        field = _Font()
        field.setEditable(False)
        # Not `currentFontChanged`: that also speaks when the page itself shows a font.
        field.activated.connect(lambda: self._settings.choose(name, field.currentText()))

        def show() -> None:
            field.blockSignals(True)
            field.setCurrentText(self._settings.text(name) or usual)
            field.blockSignals(False)

        self._add(name, title, field, show)
        return field

    def _add(self, name: str, title: str, field: QWidget, show: Callable[[], None]) -> None:
        row = self._grid.rowCount()
        if title:
            label = PlainLabel(title, wrap=False)
            label.setBuddy(field)
            field.setAccessibleName(title)
            self._grid.addWidget(label, row, 0)
        said = field.text() if isinstance(field, QCheckBox) else title
        reset = icon_button(
            "mdi6.restore", self._reset_words(name, said), lambda: self._settings.put_back(name)
        )
        self._grid.addWidget(field, row, 1)
        self._grid.addWidget(reset, row, 2)
        self._shown[name], self.fields[name], self.resets[name] = show, field, reset
        self.show(name)

    def _reset_words(self, name: str, title: str) -> str:
        delivered = DELIVERED[name]
        value = f" ({delivered:g})" if name in LIMITS and isinstance(delivered, int | float) else ""
        if isinstance(delivered, bool):
            value = f" ({tr('on') if delivered else tr('off')})"
        return tr("As delivered: {name}{value}").format(name=title, value=value)


class _Number(QDoubleSpinBox):
    """A number that the mouse wheel passes over unless it is being changed."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class _Font(QFontComboBox):
    """A list of fonts that the mouse wheel passes over, and no wider than its page."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QFontComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


def _quietly(field: QDoubleSpinBox, value: float) -> None:
    field.blockSignals(True)
    field.setValue(value)
    field.blockSignals(False)
