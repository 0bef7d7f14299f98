"""The actions of one window, made from the table and bound to the parts that handle them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from annotator.model.scheme import Scheme
from annotator.ui.actions import BAR_NAMES, CHECKABLE, MENUS, TABLE, Row, Scope, label_rows
from annotator.ui.icons import icon
from annotator.ui.key_hint import short_key
from annotator.ui.labels import button_words, tip_words
from annotator.ui.tool_bar import ToolBar

_OPENING = ("accept_sure", "pass_names", "suggesters", "carry", "learn", "wider", "alone", "next_quotation")
"""Actions before which a menu has a line, beside those of another part of the program than the one before."""


class ActionSet(QObject):
    """All actions of a window: those of the table, and one for each label of the scheme."""

    renewed = Signal()
    """The labels changed: what was drawn from them has to be drawn again."""

    def __init__(
        self,
        window: QWidget,
        places: Mapping[Scope, QWidget],
        parts: Mapping[str, QObject],
        keys: Mapping[str, Sequence[str]],
    ) -> None:
        super().__init__(window)
        self._places = places
        self._parts = parts
        self._keys = keys
        self._scheme: Scheme | None = None
        self.rows: dict[str, Row] = {}
        self._actions: dict[str, QAction] = {}
        self._of_scheme: list[str] = []
        for row in TABLE:
            self._add(row)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __contains__(self, name: str) -> bool:
        return name in self._actions

    def set_scheme(self, scheme: Scheme | None) -> None:
        """Make the actions of the scheme's labels; their keys win over those of the table."""
        self._scheme = scheme
        for name in self._of_scheme:
            action = self._actions.pop(name)
            self._places[self.rows.pop(name).scope].removeAction(action)
            action.deleteLater()
        rows = label_rows(scheme) if scheme is not None else ()
        self._of_scheme = [row.id for row in rows]
        for row in rows:
            self._add(row)
        self._give_keys()
        self.renewed.emit()

    def set_keys(self, keys: Mapping[str, Sequence[str]]) -> None:
        """Use the keys that the person has changed now."""
        self._keys = keys
        self._give_keys()
        self.renewed.emit()

    def keys_of(self, row: Row) -> tuple[str, ...]:
        """Return the keys of an action, as the person has changed them."""
        return tuple(self._keys.get(row.id, row.keys))

    def key_name(self, name: str) -> str:
        """Return the first key that an action has now, as sentences name it; its words where it has none.

        `label.` is followed by what the program takes the label for, whatever the scheme calls it.
        """
        kind, dot, meaning = name.partition(".")
        if dot and self._scheme is not None:
            name = f"{kind}.{self._scheme.named(meaning) or meaning}"
        if name not in self:
            return f"“{name.removeprefix('label.')}”"
        return self.first_key(name) or f"“{self.rows[name].shown.rstrip('…')}”"

    def first_key(self, name: str) -> str:
        """Return the first key of an action as a list writes it; empty where there is none."""
        keys = self._actions[name].shortcuts() if name in self._actions else ()
        return short_key(keys[0]) if keys else ""

    def putter(self, label: str) -> Callable[[], None]:
        """Return what puts a label that has no action of its own, as entities do."""
        put = self._parts["labelling"].put  # type: ignore[attr-defined]
        return lambda: put(label)

    def enable(self, has_project: bool, has_article: bool) -> None:
        """Grey out what there is nothing for."""
        held = {"": True, "project": has_project, "article": has_article}
        for name, action in self._actions.items():
            action.setEnabled(held[self.rows[name].needs])

    def menu_rows(self, menu: str) -> list[Row]:
        """Return the actions of a menu, the scheme's labels first in theirs."""
        rows = [row for row in self.rows.values() if row.menu == menu]
        return sorted(rows, key=lambda row: not row.id.startswith("label."))

    def fill_menu(self, menu: QMenu, name: str) -> None:
        """Put the actions of a menu in it."""
        menu.clear()
        before = ""
        for row in self.menu_rows(name):
            kind = row.id.partition(".")[0] if row.id.startswith("label.") else row.handler.partition(".")[0]
            if row.id in _OPENING or (before and kind != before and name != "suggestions"):
                menu.addSeparator()
            before = kind
            menu.addAction(self[row.id])

    def menus(self) -> Iterable[tuple[str, str]]:
        """Return the menus: name and title."""
        return ((name, QCoreApplication.translate("actions", title)) for name, title in MENUS.items())

    def fill_bar(self, bar: ToolBar, groups: Iterable[Iterable[str]]) -> None:
        """Put groups of actions in a toolbar."""
        named = {}
        for at, group in enumerate(groups):
            if at:
                bar.addSeparator()
            for name in group:
                bar.addAction(self[name])
                button = bar.widgetForAction(self[name])
                if name in BAR_NAMES and isinstance(button, QToolButton):
                    self[name].setIconText(QCoreApplication.translate("actions", BAR_NAMES[name]))
                    named[name] = button
        bar.set_named([named[name] for name in BAR_NAMES if name in named])

    def _add(self, row: Row) -> None:
        action = QAction(button_words(row.shown), self)
        action.setObjectName(row.id)
        if row.icon:
            action.setIcon(icon(row.icon))
        action.setCheckable(row.id in CHECKABLE)
        action.setShortcutContext(
            Qt.ShortcutContext.WindowShortcut if row.scope == "window" else Qt.ShortcutContext.WidgetShortcut
        )
        action.triggered.connect(self._handler(row))
        self._places[row.scope].addAction(action)
        self.rows[row.id] = row
        self._actions[row.id] = action
        self._set_keys(row.id, self.keys_of(row))

    def _give_keys(self) -> None:
        """Give all actions their keys: changed ones come first, then the scheme's, then the table's."""
        heard = [name for name, row in self.rows.items() if row.scope != "list"]
        changed = {_same(key) for name in heard for key in self._keys.get(name, ())}
        scheme = {_same(key) for name in self._of_scheme for key in self.keys_of(self.rows[name])}
        for name, row in self.rows.items():
            taken = changed if name in self._of_scheme else changed | scheme
            keys = self.keys_of(row)
            if name not in self._keys and row.scope == "article":
                keys = tuple(key for key in keys if _same(key) not in taken)
            self._set_keys(name, keys)

    def _set_keys(self, name: str, keys: Sequence[str]) -> None:
        action, text = self._actions[name], self.rows[name].shown
        sequences = [QKeySequence(key) for key in keys]
        action.setShortcuts(sequences)
        shown = ", ".join(one.toString(QKeySequence.SequenceFormat.NativeText) for one in sequences)
        action.setToolTip(tip_words(f"{text} ({shown})" if shown else text))

    def _handler(self, row: Row) -> Callable[[], None]:
        part, _, method = row.handler.partition(".")
        handle = getattr(self._parts[part], method)
        arguments = (row.argument,) if row.argument else ()
        place = self._places[row.scope] if row.scope == "article" else None

        def _act() -> None:
            if place is not None:
                place.setFocus()  # from the toolbar or a menu: the keys that go on from there are heard there
            handle(*arguments)

        return _act


def _same(key: str) -> str:
    """Return a key in the one way of writing it."""
    return QKeySequence(key).toString()
