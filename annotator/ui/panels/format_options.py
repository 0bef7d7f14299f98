"""The options that a format has of its own, as fields of a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QFormLayout, QWidget

from annotator.model.formats import Option
from annotator.ui.panels.widgets import MEDIUM, Combo, add_row
from annotator.ui.panels.words import tr


class FormatOptions(QWidget):
    """Shows options; hidden where there are none."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__()
        self._changed = changed
        self._options: tuple[Option, ...] = ()
        self.fields: dict[str, Combo] = {}
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setSpacing(MEDIUM)
        self.hide()

    def show_options(self, options: Sequence[Option]) -> None:
        """Show these options, each at its usual value; those that are shown already keep theirs."""
        if tuple(options) == self._options:
            return
        self._options = tuple(options)
        while self._form.rowCount():
            self._form.removeRow(0)
        self.fields = {}
        for one in options:
            field = Combo(tr(one.title))
            titles = one.titles or one.values
            field.show_choices(
                [(value, tr(title)) for value, title in zip(one.values, titles, strict=True)], one.values[0]
            )
            field.activated.connect(lambda *_: self._changed())
            self.fields[one.name] = field
            add_row(self._form, tr(one.title), field)
        self.setVisible(bool(options))

    @property
    def chosen(self) -> Mapping[str, str]:
        """What is chosen, by the name of the option."""
        return {name: field.value for name, field in self.fields.items()}
