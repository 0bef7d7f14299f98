"""The options that a format has of its own, as rows of a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QFormLayout, QWidget

from annotator.model.formats import Option
from annotator.ui.panels.widgets import Combo, add_row
from annotator.ui.panels.words import tr


class FormatOptions:
    """Shows options in a form, from row `at` on."""

    def __init__(self, form: QFormLayout, changed: Callable[[], None], *, at: int = 0) -> None:
        self._form = form
        self._changed = changed
        self._at = at
        self._options: tuple[Option, ...] = ()
        self.fields: dict[str, Combo] = {}

    def show_options(self, options: Sequence[Option]) -> None:
        """Show these options, each at its usual value; those that are shown already keep theirs.

        What several formats leave open alike is asked once.
        """
        wanted = tuple(dict.fromkeys(options))
        if wanted == self._options:
            return
        for _ in self._options:
            self._form.removeRow(self._at)
        self._options, self.fields = wanted, {}
        for row, one in enumerate(wanted, self._at):
            field = Combo(tr(one.title), whole=True)
            titles = one.titles or one.values
            field.show_choices(
                [(value, tr(title)) for value, title in zip(one.values, titles, strict=True)], one.values[0]
            )
            field.activated.connect(lambda *_: self._changed())
            self.fields[one.name] = field
            add_row(self._form, tr(one.title), field, row)
            before = self._before(row)
            if before is not None:
                QWidget.setTabOrder(before, field)

    def _before(self, row: int) -> QWidget | None:
        """Return what Tab comes from to a row: new fields would else come behind all others."""
        item = self._form.itemAt(row - 1, QFormLayout.ItemRole.FieldRole) if row else None
        return item.widget() if item is not None else self._form.parentWidget()

    @property
    def chosen(self) -> Mapping[str, str]:
        """What is chosen, by the name of the option."""
        return {name: field.value for name, field in self.fields.items()}
