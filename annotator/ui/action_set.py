"""The actions of one window, made from the table and bound to the parts that handle them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolBar, QToolButton, QWidget

from annotator.model.scheme import Scheme
from annotator.ui.actions import BAR_NAMES, CHECKABLE, MENUS, TABLE, Row, Scope, label_rows
from annotator.ui.icons import icon


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
        for name in self._of_scheme:
            action = self._actions.pop(name)
            self._places[self.rows.pop(name).scope].removeAction(action)
            action.deleteLater()
        rows = label_rows(scheme) if scheme is not None else ()
        self._of_scheme = [row.id for row in rows]
        for row in rows:
            self._add(row)
        self._give_keys({key for row in rows for key in self.keys_of(row)})
        self.renewed.emit()

    def keys_of(self, row: Row) -> tuple[str, ...]:
        """Return the keys of an action, as the person has changed them."""
        return tuple(self._keys.get(row.id, row.keys))

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
            if before and kind != before and name != "suggestions":
                menu.addSeparator()
            before = kind
            menu.addAction(self[row.id])

    def menus(self) -> Iterable[tuple[str, str]]:
        """Return the menus: name and title."""
        return ((name, QCoreApplication.translate("actions", title)) for name, title in MENUS.items())

    def fill_bar(self, bar: QToolBar, groups: Iterable[Iterable[str]]) -> None:
        """Put groups of actions in a toolbar."""
        for at, group in enumerate(groups):
            if at:
                bar.addSeparator()
            for name in group:
                bar.addAction(self[name])
                button = bar.widgetForAction(self[name])
                if name in BAR_NAMES and isinstance(button, QToolButton):
                    self[name].setIconText(QCoreApplication.translate("actions", BAR_NAMES[name]))
                    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def _add(self, row: Row) -> None:
        action = QAction(row.shown, self)
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
        self._set_keys(action, self.keys_of(row))

    def _give_keys(self, taken: set[str]) -> None:
        for name, row in self.rows.items():
            if name not in self._of_scheme:
                keys = self.keys_of(row)
                free = keys if row.scope != "article" else tuple(key for key in keys if key not in taken)
                self._set_keys(self._actions[name], free)

    def _set_keys(self, action: QAction, keys: Sequence[str]) -> None:
        sequences = [QKeySequence(key) for key in keys]
        action.setShortcuts(sequences)
        shown = ", ".join(one.toString(QKeySequence.SequenceFormat.NativeText) for one in sequences)
        action.setToolTip(f"{action.text()} ({shown})" if shown else action.text())

    def _handler(self, row: Row) -> Callable[[], None]:
        part, _, method = row.handler.partition(".")
        handle = getattr(self._parts[part], method)
        arguments = (row.argument,) if row.argument else ()
        return lambda: handle(*arguments)
