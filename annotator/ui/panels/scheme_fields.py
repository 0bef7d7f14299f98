"""What can be typed and ticked about the thing that is chosen in the scheme editor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHideEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QColorDialog,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from annotator.model.scheme import GENERIC_ENDS, Attribute, Label, Role, Scheme
from annotator.model.scheme_edits import Item, Place, beside, item_at
from annotator.ui.panels.dialogs import opened
from annotator.ui.panels.roomy import roomy
from annotator.ui.panels.scheme_words import end_title
from annotator.ui.panels.widgets import (
    MEDIUM,
    FactEdit,
    PlainLabel,
    add_row,
    as_field,
    button,
    column,
    new_form,
    row,
    swatch,
)
from annotator.ui.panels.words import tr

_MOST = 99
_SWATCH = QSize(18, 18)


class GuidelineField(QPlainTextEdit):
    """The guideline of something; saved when it is left."""

    edited = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.setAccessibleName(tr("Guideline"))
        self.setTabChangesFocus(True)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * 5)

    def show_text(self, text: str) -> None:
        """Show a text, unless a person is just changing this one."""
        if text != self._shown or not self.hasFocus():
            self._shown = text
            self.setPlainText(text)

    def commit(self) -> None:
        """Tell what was typed, if anything was."""
        typed = self.toPlainText()
        if typed.strip() != self._shown.strip():
            self._shown = typed
            self.edited.emit(typed)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save when it is left."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save when it goes out of sight."""
        super().hideEvent(event)
        self.commit()


class SchemeFields(QWidget):
    """The fields of one place; only those that it has are shown."""

    renamed = Signal(object, str)
    """Place and new name."""
    changed = Signal(object, object)
    """Place and the item with its new facts."""
    kind_wanted = Signal(object, object)
    """Place and the attribute that is to be free text instead of a choice, or the other way round."""

    def __init__(self, key_user: Callable[[str], str], key_name: Callable[[str], str]) -> None:
        super().__init__()
        self._key_user = key_user
        self._key_name = key_name
        self._place = Place()
        self._item: Item | None = None
        self.heading = PlainLabel(strong=True)
        self.about = PlainLabel(muted=True)
        self.name = FactEdit(tr("Name"))
        self.title = FactEdit(tr("Title"), tr("What people see"))
        self.key = FactEdit(tr("Key"), tr("one letter"))
        self.key_note = PlainLabel(muted=True)
        self.colour = FactEdit(tr("Colour"), tr("of the theme"))
        self.pick = button(tr("Choose…"), self._on_pick, name=tr("Choose a colour"))
        self.entity = QCheckBox()
        self.hidden = QCheckBox(tr("Hidden: neither shown nor offered"))
        self.pieces = QCheckBox(tr("May have several pieces"))
        self.ends = QListWidget()
        roomy(self.ends)
        self.least, self.most = QSpinBox(), QSpinBox()
        self.others = QCheckBox(tr("May be in another article"))
        self.other_kind = button("", self._on_other_kind)
        self.guideline = GuidelineField()
        self._rows: dict[str, list[QWidget]] = {}
        self._lay_out()
        self._connect()

    def show_item(self, scheme: Scheme, place: Place, colours: Mapping[str, str], *, heading: str) -> None:
        """Show what is at a place."""
        if place != self._place:
            self.commit()
        self._place, self._item = place, item_at(scheme, place)
        self.heading.show_text(heading)
        self.name.show_text(place.own)
        item = self._item
        self.about.show_text(_about(scheme, place, item))
        self._name_keys()
        self._show_rows(place.kind, is_span=isinstance(item, Label) and item.kind == "span")
        if isinstance(item, Label):
            self._show_label(item, colours.get(item.name, ""))
        elif isinstance(item, Attribute):
            is_choice = item.kind == "choice"
            words = tr("Make it free text") if is_choice else tr("Make it a choice…")
            self.other_kind.setText(words)
            self.other_kind.setAccessibleName(words)
        elif isinstance(item, Role):
            self._show_role(item, scheme)
        elif isinstance(item, Scheme):
            self.title.show_text(item.title)
            self.guideline.show_text(item.guideline)

    def commit(self) -> None:
        """Save what is just being typed."""
        for one in (self.name, self.title, self.key, self.colour, self.guideline):
            one.commit()

    # --- building ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._form = form = new_form()
        self.key.setMaxLength(1)
        self.ends.setAccessibleName(tr("What may fill it"))
        self.least.setAccessibleName(tr("At least"))
        self.most.setAccessibleName(tr("At most"))
        self.least.setRange(0, _MOST)
        self.most.setRange(0, _MOST)
        self.most.setSpecialValueText(tr("any number"))
        colour, counts = QWidget(), QWidget()
        colour.setLayout(row(self.colour, self.pick, stretch=0))
        words = PlainLabel(tr("to"), wrap=False)
        counts.setLayout(row(self.least, words, self.most, spacing=MEDIUM))
        self._add("name", tr("Name"), self.name)
        self._add("title", tr("Title"), self.title)
        self._add("key", tr("Key"), self.key)
        self._add("key", "", self.key_note)
        self._add("colour", tr("Colour"), colour)
        self._add("entity", "", self.entity)
        self._add("pieces", "", self.pieces)
        self._add("hidden", "", self.hidden)
        self._add("ends", tr("Filled by"), self.ends)
        self._add("ends", tr("How many"), counts)
        self._add("ends", "", self.others)
        kind = row(self.other_kind)
        kind.addStretch(1)
        self._add("kind", "", as_field(kind))
        layout = column(self, margin=MEDIUM, spacing=MEDIUM)
        layout.addWidget(self.heading)
        layout.addWidget(self.about)
        layout.addLayout(form)
        self._guide = PlainLabel(tr("Guideline"), wrap=False)
        self._guide.setBuddy(self.guideline)
        layout.addWidget(self._guide)
        layout.addWidget(self.guideline, 1)
        layout.addStretch(0)

    def _add(self, name: str, words: str, field: QWidget) -> None:
        add_row(self._form, words, field)
        self._rows.setdefault(name, []).append(field)

    def _connect(self) -> None:
        self.name.edited.connect(self._on_name)
        self.title.edited.connect(lambda text: self._change(title=text))
        self.key.edited.connect(lambda text: self._change(key=text))
        self.colour.edited.connect(lambda text: self._change(colour=text))
        self.guideline.edited.connect(lambda text: self._change(guideline=text))
        self.entity.clicked.connect(lambda on: self._change(group="entity" if on else ""))
        self.hidden.clicked.connect(lambda on: self._change(hidden=on))
        self.pieces.clicked.connect(lambda on: self._change(discontinuous=on))
        self.others.clicked.connect(lambda on: self._change(other_articles=on))
        self.ends.itemChanged.connect(lambda _: self._on_ends())
        self.least.editingFinished.connect(self._on_counts)
        self.most.editingFinished.connect(self._on_counts)

    # --- showing -------------------------------------------------------------------------------

    def _name_keys(self) -> None:
        entity, shown = self._key_name("entity"), self._key_name("keys")
        self.entity.setText(tr("Entity: a light tint, put with {0} and its key").format(entity))
        guide = tr("What to mark, and what not: shown by {0} while labelling").format(shown)
        self.guideline.setPlaceholderText(guide)

    def _show_rows(self, kind: str, *, is_span: bool) -> None:
        shown = {
            "scheme": {"title"},
            "label": {"name", "title", "key", "colour", "hidden", *(("entity", "pieces") if is_span else ())},
            "role": {"name", "ends"},
            "attribute": {"name", "kind"},
        }.get(kind, {"name"})
        for name, fields in self._rows.items():
            for field in fields:
                self._form.setRowVisible(field, name in shown)
        has_guideline = kind in ("scheme", "label")
        self.guideline.setVisible(has_guideline)
        self._guide.setVisible(has_guideline)

    def _show_label(self, label: Label, colour: str) -> None:
        self.title.show_text(label.title)
        self.key.show_text(label.key)
        user = self._key_user(label.key) if label.key and label.group != "entity" else ""
        self.key_note.show_text(tr("Takes this key from “{0}”.").format(user) if user else "")
        self._form.setRowVisible(self.key_note, bool(user))
        self.colour.show_text(label.colour)
        self.pick.setIcon(swatch(QColor(label.colour or colour), _SWATCH))
        self.entity.setChecked(label.group == "entity")
        self.hidden.setChecked(label.hidden)
        self.pieces.setChecked(label.discontinuous)
        self.guideline.show_text(label.guideline)

    def _show_role(self, role: Role, scheme: Scheme) -> None:
        labels = [one.name for one in scheme.labels if one.kind != "article" and not one.retired]
        names = dict.fromkeys((*GENERIC_ENDS, *labels, *role.ends))
        self.ends.blockSignals(True)
        at = self.ends.currentRow()
        self.ends.clear()
        for name in names:
            item = QListWidgetItem(end_title(name, scheme), self.ends)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if name in role.ends else Qt.CheckState.Unchecked)
        self.ends.setCurrentRow(max(at, 0))
        self.ends.blockSignals(False)
        for spin, value in ((self.least, role.least), (self.most, role.most or 0)):
            spin.blockSignals(True)
            spin.setValue(value)
            spin.blockSignals(False)
        self.others.setChecked(role.other_articles)

    # --- telling -------------------------------------------------------------------------------

    def _change(self, **facts: object) -> None:
        item = self._item
        if item is None or isinstance(item, str | Attribute):
            return
        after = replace(cast("Any", item), **facts)
        if after != item:
            # The next one is made from this one, also before it has been saved.
            self._item = after
            self.changed.emit(self._place, after)

    def _on_name(self, text: str) -> None:
        if text != self._place.own:
            self.renamed.emit(self._place, text)

    def _on_ends(self) -> None:
        items = [self.ends.item(at) for at in range(self.ends.count())]
        ticked = [one for one in items if one.checkState() == Qt.CheckState.Checked]
        self._change(ends=tuple(one.data(Qt.ItemDataRole.UserRole) for one in ticked))

    def _on_counts(self) -> None:
        self._change(least=self.least.value(), most=self.most.value() or None)

    def _on_other_kind(self) -> None:
        if isinstance(self._item, Attribute):
            self.kind_wanted.emit(self._place, self._item)

    def _on_pick(self) -> None:
        chooser = QColorDialog(self.pick.icon().pixmap(_SWATCH).toImage().pixelColor(1, 1), self)
        chooser.colorSelected.connect(self._on_picked)
        opened(chooser)

    def _on_picked(self, colour: QColor) -> None:
        self._change(colour=colour.name())


def _about(scheme: Scheme, place: Place, item: Item | None) -> str:
    if isinstance(item, Attribute):
        if item.kind == "text":
            return tr("Free text: any words.")
        return tr("A choice: {0}. The first one holds while none is set.").format(", ".join(item.values))
    if isinstance(item, str) and beside(scheme, place)[0] == item:
        return tr("Holds while none is set, because it is the first value.")
    return ""
