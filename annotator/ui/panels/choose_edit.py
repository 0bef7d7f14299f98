"""A line to choose something that exists by typing a part of its name, or to name something new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit

from annotator.ui.panels.roomy import roomy
from annotator.ui.panels.widgets import tip
from annotator.ui.panels.words import brief, tr

AnyIndex = QModelIndex | QPersistentModelIndex
FULL = Qt.ItemDataRole.UserRole + 1
_SHOWN = 90


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: what it is to the program, how it reads, what else it is found by."""

    value: object
    text: str
    also: str = ""


class ChoiceModel(QAbstractListModel):
    """The choices as a list for the completer."""

    def __init__(self) -> None:
        super().__init__()
        self.choices: Sequence[Choice] = ()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices."""
        self.beginResetModel()
        self.choices = choices
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's way
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.choices)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return how a choice reads, or what it is found by."""
        choice = self.choices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return brief(choice.text, _SHOWN)
        if role in (FULL, Qt.ItemDataRole.EditRole):
            return f"{choice.text} {choice.also}"
        return index.row() if role == Qt.ItemDataRole.UserRole else None


class ChooseEdit(QLineEdit):
    """Type to filter, Down to see all, Enter to take the first that fits.

    Where `new` is allowed, Enter on what fits nothing makes it, Shift+Enter makes it in any case.
    """

    picked = Signal(object)
    """The value of the choice."""
    named = Signal(str)
    """A name that is none of the choices."""

    def __init__(self, name: str, hint: str, *, new: bool = False) -> None:
        super().__init__()
        self._new = new
        self._hint = hint
        self.none = hint
        """Stands in the line once somebody looks for something to choose and there is nothing."""
        self._picking = False
        self._offered: Iterator[Choice] | None = None
        """What is offered, until somebody looks at it."""
        self._model = ChoiceModel()
        self._list: QAbstractItemView | None = None
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        if new:
            tip(self, tr("Enter takes the first that fits, Shift+Enter makes a new one."))

    def set_choices(self, choices: Iterable[Choice]) -> None:
        """Offer other choices; they are gone through when somebody looks at them."""
        self._offered = iter(choices)
        self.setPlaceholderText(self._hint)
        if self.hasFocus():
            self._fill()

    @property
    def choices(self) -> Sequence[Choice]:
        """What is offered now."""
        self._fill()
        return self._model.choices

    def show_all(self) -> None:
        """Open the list with everything in it."""
        self._prepare()
        self.setPlaceholderText(self._hint if self._model.choices else self.none)
        self.completer().setCompletionPrefix(self.text())
        self.completer().complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the list; Enter chooses; Escape empties the line."""
        self._prepare()
        open_list = self._list is not None and self._list.isVisible()
        if event.key() == Qt.Key.Key_Down and not open_list:
            self.show_all()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip():
            self._take(make=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Qt.Key.Key_Escape and self.text() and not open_list:
            self.clear()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the empty line opens the list."""
        super().mouseReleaseEvent(event)
        if not self.text() and not self.isReadOnly():
            self.show_all()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Get the list ready: most lines are never typed into."""
        self._prepare()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed and not chosen is let go when the focus moves on."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.clear()

    def _prepare(self) -> None:
        self._fill()
        if self._list is not None:
            return
        completer = QCompleter(self._model, self)
        completer.setCompletionRole(FULL)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(12)
        found = completer.popup()
        assert found is not None
        found.setTextElideMode(Qt.TextElideMode.ElideRight)
        roomy(found)
        self._list = found
        cast("Any", completer.activated)[QModelIndex].connect(self._on_activated)
        self.setCompleter(completer)

    def _fill(self) -> None:
        if self._offered is not None:
            self._model.set_choices(list(self._offered))
            self._offered = None

    def _close(self) -> None:
        if self._list is not None:
            self._list.hide()
        self.clear()

    def _take(self, *, make: bool) -> None:
        if self._picking:
            return
        typed = self.text().strip()
        found = [] if make and self._new else _fitting(self.choices, typed)
        if found:
            self._give(found[0].value)
        elif self._new:
            self._close()
            self.named.emit(typed)

    def _give(self, value: object) -> None:
        self._close()
        self.picked.emit(value)

    def _on_activated(self, index: QModelIndex) -> None:
        value = self._model.choices[index.data(Qt.ItemDataRole.UserRole)].value
        self._picking = True
        QTimer.singleShot(0, self, lambda: self._after(value))

    def _after(self, value: object) -> None:
        # Later, because the line itself writes the choice into its text on the same signal.
        self._picking = False
        self._give(value)


def _fitting(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """Return what holds the typed text, the same name first, then names that begin with it."""
    wanted = typed.casefold()
    found = [one for one in choices if wanted in f"{one.text} {one.also}".casefold()]
    return sorted(
        found,
        key=lambda one: (one.text.strip().casefold() != wanted, not one.text.casefold().startswith(wanted)),
    )
