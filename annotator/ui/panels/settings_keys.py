"""Page of the settings: every action with its keys; a new key is set by pressing it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from annotator.ui.action_set import ActionSet
from annotator.ui.actions import SECTIONS, Row
from annotator.ui.key_rules import place_words, rivals, shown_key
from annotator.ui.panels.key_field import KeyField
from annotator.ui.panels.when_seen import WhenSeen
from annotator.ui.panels.widgets import LARGE, MEDIUM, PlainLabel, bold, button, column, row
from annotator.ui.panels.words import joined, tr
from annotator.ui.settings import Settings

_ID = Qt.ItemDataRole.UserRole
_LABELS = "labels"


class KeysPage(QWidget):
    """Lists the actions by group; the current one gets keys, loses them, gets back its own."""

    def __init__(self, settings: Settings, actions: ActionSet) -> None:
        super().__init__()
        self._settings = settings
        self._actions = actions
        self._wanted: tuple[str, ...] = ()
        """The keys that the action is to have, the last of which others have."""
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Find an action, or a key such as Ctrl+F"))
        self.filter.setAccessibleName(self.filter.placeholderText())
        self.filter.setClearButtonEnabled(True)
        self.tree = QTreeWidget()
        self.chosen = PlainLabel(strong=True)
        self.field = KeyField(tr("Set a key…"))
        self.more = KeyField(tr("Add a key…"))
        self.said = PlainLabel()
        self.take = button(tr("Take it"), self._on_take)
        self.leave = button(tr("Leave it"), self._on_leave)
        self.remove = button(tr("No key"), lambda: self._set(()))
        self.reset = button(tr("As delivered"), lambda: self._set(None))
        self.reset_all = button(tr("All keys as delivered"), settings.forget_keys)
        self._lay_out()
        self.tree.currentItemChanged.connect(lambda *_: self._show_current())
        self.filter.textChanged.connect(lambda *_: self._filter())
        self.field.pressed_key.connect(lambda key: self._on_key(key, ()))
        self.more.pressed_key.connect(lambda key: self._on_key(key, self._keys()))
        self._seen = WhenSeen(self, self.fill)
        self._seen.now()
        actions.renewed.connect(self._seen.now)

    def current(self) -> Row | None:
        """Return the action whose keys are being set."""
        item = self.tree.currentItem()
        return self._actions.rows.get(str(item.data(0, _ID))) if item is not None else None

    def go_to(self, action: str) -> None:
        """Make an action the current one."""
        for item in self._items():
            if item.data(0, _ID) == action:
                self.tree.setCurrentItem(item)
                self.tree.scrollToItem(item)

    def fill(self) -> None:
        """List the actions anew; the current one stays."""
        before = self.current()
        self.tree.blockSignals(True)
        self.tree.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        changed = self._settings.keys
        for one in sorted(self._actions.rows.values(), key=lambda each: each.menu == ""):
            group = _LABELS if one.id.startswith("label.") else one.menu
            if group not in groups:
                groups[group] = QTreeWidgetItem(self.tree, [_group_words(group)])
                groups[group].setFlags(Qt.ItemFlag.ItemIsEnabled)
                groups[group].setFirstColumnSpanned(True)
                groups[group].setFont(0, bold(self.tree.font()))
            self._add(groups[group], one, is_changed=one.id in changed)
        self.tree.expandAll()
        self.tree.blockSignals(False)
        self._filter()
        self.go_to(before.id if before is not None else "new")
        self.reset_all.setEnabled(bool(changed))
        self._show_current()

    def _lay_out(self) -> None:
        tree = self.tree
        tree.setAccessibleName(tr("Actions and their keys"))
        tree.setHeaderLabels([tr("Action"), tr("Keys"), tr("Heard"), tr("Changed")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setMinimumHeight(8 * tree.fontMetrics().lineSpacing())
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at in (1, 2, 3):
            tree.header().setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.said.setMinimumHeight(2 * tree.fontMetrics().lineSpacing())
        for each in (self.said, self.take, self.leave):  # or the answer comes to lie where the pointer is
            kept = each.sizePolicy()
            kept.setRetainSizeWhenHidden(True)
            each.setSizePolicy(kept)
        fixed = tr(
            "Fixed: the letters after the entity key and on role hints belong to the labels of the scheme; "
            "the digits after the stance key are 1 to 4."
        )
        layout = column(self, margin=LARGE, spacing=MEDIUM)
        layout.addWidget(self.filter)
        layout.addWidget(tree, 1)
        layout.addWidget(self.chosen)
        layout.addLayout(row(self.field, self.more, self.remove, self.reset, spacing=MEDIUM))
        layout.addWidget(self.said)
        layout.addLayout(row(self.take, self.leave, spacing=MEDIUM))
        layout.addWidget(PlainLabel(fixed, muted=True))
        layout.addLayout(row(self.reset_all))

    def _add(self, group: QTreeWidgetItem, one: Row, *, is_changed: bool) -> None:
        keys = (shown_key(key.toString()) for key in self._actions[one.id].shortcuts())
        words = [
            one.shown.rstrip("…"),
            ", ".join(keys),
            place_words(one.scope),
            tr("yes") if is_changed else "",
        ]
        QTreeWidgetItem(group, words).setData(0, _ID, one.id)

    def _items(self) -> Iterable[QTreeWidgetItem]:
        # Qt's own iterator outlives what it points to when the tree is filled anew, and ends the program.
        for group in map(self.tree.topLevelItem, range(self.tree.topLevelItemCount())):
            assert group is not None, "a group that is counted"
            yield from map(group.child, range(group.childCount()))

    def _filter(self) -> None:
        words = self.filter.text().casefold().split()
        shown: dict[int, bool] = {}
        for item in self._items():
            group = item.parent()
            assert group is not None, "an action without a group"
            named = f"{group.text(0)} {item.text(0)} {item.text(1)}".casefold()
            item.setHidden(not all(word in named for word in words))
            at = self.tree.indexOfTopLevelItem(group)
            shown[at] = shown.get(at, False) or not item.isHidden()
        for at, is_shown in shown.items():
            self.tree.setRowHidden(at, QModelIndex(), not is_shown)
        current = self.tree.currentItem()
        left = next((item for item in self._items() if not item.isHidden()), None)
        if left is not None and (current is None or current.isHidden()):
            self.tree.setCurrentItem(left)

    def _show_current(self) -> None:
        one = self.current()
        self._wanted = ()
        for each in (self.field, self.more, self.remove, self.reset):
            each.setEnabled(one is not None)
        self._ask("")
        if one is None:
            self.chosen.show_text("")
            return
        now = ", ".join(shown_key(key) for key in self._keys())
        words = joined([one.shown.rstrip("…"), now or tr("no key"), place_words(one.scope)])
        self.chosen.show_text(words)
        self.remove.setEnabled(bool(now))
        self.reset.setEnabled(one.id in self._settings.keys)

    def _keys(self) -> tuple[str, ...]:
        """Return the keys of the current action."""
        one = self.current()
        return tuple(key.toString() for key in self._actions[one.id].shortcuts()) if one is not None else ()

    def _on_key(self, key: str, before: tuple[str, ...]) -> None:
        one = self.current()
        if one is None:
            return
        self._wanted = (*(each for each in before if each != key), key)
        others = rivals(self._actions, one, key)
        if not others:
            self._on_take()
            return
        named = "; ".join(f"“{each.shown.rstrip('…')}” ({place_words(each.scope)})" for each in others)
        words = tr("{key} is taken by {named}. Taking it leaves that without this key.")
        self._ask(words.format(key=shown_key(key), named=named))
        self.leave.setFocus()

    def _on_take(self) -> None:
        one, wanted = self.current(), self._wanted
        if one is None or not wanted:
            return
        key = wanted[-1]
        for other in rivals(self._actions, one, key):
            left = [each.toString() for each in self._actions[other.id].shortcuts()]
            self._settings.set_keys(other.id, [each for each in left if each != key])
        self._set(wanted)
        self.said.show_text(tr("{key} is set.").format(key=shown_key(key)))
        self.field.setFocus()

    def _on_leave(self) -> None:
        self._show_current()
        self.field.setFocus()

    def _set(self, keys: tuple[str, ...] | None) -> None:
        one = self.current()
        if one is None:
            return
        self._settings.set_keys(one.id, keys)
        clashes = self._clashes(one) if keys is None else ""
        self.said.show_text(clashes)

    def _clashes(self, one: Row) -> str:
        """Return what stands against keys that were given back."""
        found = [
            tr("{key} is also a key of “{name}”: change one of them.").format(
                key=shown_key(key), name=each.shown.rstrip("…")
            )
            for key in self._actions.keys_of(one)
            for each in rivals(self._actions, one, key)
        ]
        return " ".join(found)

    def _ask(self, words: str) -> None:
        self.said.show_text(words)
        for each in (self.take, self.leave):
            each.setVisible(bool(words))


def _group_words(group: str) -> str:
    if group == _LABELS:
        return tr("Labels of this scheme")
    return tr(SECTIONS[group].replace("&", "")) if group else tr("Elsewhere")
