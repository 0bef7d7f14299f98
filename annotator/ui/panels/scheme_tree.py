"""The scheme as a tree: labels by kind, under each its attributes with their values, and its roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from annotator.model.scheme import Attribute, Label, Scheme
from annotator.model.scheme_edits import Place
from annotator.ui.panels.roomy import roomy
from annotator.ui.panels.scheme_words import Section, section_title, sections
from annotator.ui.panels.widgets import bold, swatch, tip_text
from annotator.ui.panels.words import tr

_PLACE = Qt.ItemDataRole.UserRole
_SECTION = Qt.ItemDataRole.UserRole + 1
_NAME, _KEY = 0, 1


class SchemeTree(QTreeWidget):
    """Shows a scheme; what is chosen in it is a place."""

    moved = Signal()
    """Another place was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Scheme"))
        self.setColumnCount(2)
        self.setHeaderLabels([tr("Name"), tr("Key")])
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(_KEY, QHeaderView.ResizeMode.ResizeToContents)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setUniformRowHeights(True)
        roomy(self)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 26)
        side = round(self.fontMetrics().height() * 0.7)
        self.setIconSize(QSize(side, side))
        self._items: dict[Place, QTreeWidgetItem] = {}
        self._colours: Mapping[str, str] = {}
        self.currentItemChanged.connect(lambda *_: self.moved.emit())

    @property
    def place(self) -> Place:
        """The chosen place; the scheme itself where a heading is chosen."""
        item = self.currentItem()
        return item.data(_NAME, _PLACE) if item is not None else Place()

    @property
    def section(self) -> Section:
        """The kind and group of the labels among which the choice is."""
        item = self.currentItem()
        while item is not None and item.parent() is not None:
            item = item.parent()
        return (item.data(_NAME, _SECTION) if item is not None else None) or ("span", "")

    def show_scheme(self, scheme: Scheme, colours: Mapping[str, str], place: Place) -> None:
        """Show a scheme with `place`, or what stands there now, chosen; what was open stays open."""
        is_first, path = not self._items, self._path()
        opened = {one for one, item in self._items.items() if item.isExpanded()}
        self._colours = colours
        self.blockSignals(True)
        self.clear()
        self._items = {}
        top = self._item(self, scheme.title or scheme.name, Place())
        top.setFont(_NAME, bold(self.font()))
        for section in sections(scheme):
            self._section(scheme, section)
        for one, item in self._items.items():
            if one in opened:
                item.setExpanded(True)
        self.blockSignals(False)
        self.setCurrentItem(self._items.get(place) or self._nearest(path))
        if is_first:
            self.moved.emit()

    def go_to(self, place: Place) -> None:
        """Choose a place that is shown."""
        if place in self._items:
            self.setCurrentItem(self._items[place])

    def _path(self) -> list[int]:
        """Return which of its like the chosen item is, from the top down."""
        index, found = self.currentIndex(), list[int]()
        while index.isValid():
            found.insert(0, index.row())
            index = index.parent()
        return found

    def _nearest(self, path: Sequence[int]) -> QTreeWidgetItem:
        """Return the item at a path, or the last one before it."""
        model, index = self.model(), QModelIndex()
        for at in path or [0]:
            count = model.rowCount(index)
            if count:
                index = model.index(min(at, count - 1), 0, index)
        found = self.itemFromIndex(index)
        assert found is not None
        return found

    def _section(self, scheme: Scheme, section: Section) -> None:
        kind, group = section
        heading = QTreeWidgetItem(self, [section_title(section)])
        heading.setData(_NAME, _PLACE, Place())
        heading.setData(_NAME, _SECTION, section)
        heading.setFont(_NAME, bold(self.font()))
        for label in scheme.of(kind, group):
            self._label(heading, label)
        heading.setExpanded(True)

    def _label(self, parent: QTreeWidgetItem, label: Label) -> None:
        place = Place(label.name)
        item = self._item(parent, label.title or label.name, place, retired=label.retired)
        item.setText(_KEY, label.key.upper())
        item.setIcon(_NAME, swatch(QColor(self._colours.get(label.name, "")), self.iconSize()))
        item.setToolTip(_NAME, tip_text(label.name))
        for attribute in label.attributes:
            self._attribute(item, attribute, place)
        for role in label.roles:
            words = tr("{0} (role)").format(role.name)
            self._item(item, words, Place(label.name, "role", role.name), retired=role.retired)

    def _attribute(self, parent: QTreeWidgetItem, attribute: Attribute, label: Place) -> None:
        place = Place(label.label, "attribute", attribute.name)
        words = attribute.name if attribute.kind == "choice" else tr("{0} (text)").format(attribute.name)
        item = self._item(parent, words, place, retired=attribute.retired)
        for at, value in enumerate(attribute.values):
            words = tr("{0} (while none is set)").format(value) if at == 0 else value
            self._item(item, words, place._replace(value=value), retired=value in attribute.retired_values)

    def _item(
        self, parent: QTreeWidget | QTreeWidgetItem, words: str, place: Place, *, retired: bool = False
    ) -> QTreeWidgetItem:
        item = QTreeWidgetItem([tr("{0} – retired").format(words) if retired else words])
        if isinstance(parent, QTreeWidget):
            parent.addTopLevelItem(item)
        else:
            parent.addChild(item)
        if retired:
            font = self.font()
            font.setItalic(True)
            item.setFont(_NAME, font)
        item.setData(_NAME, _PLACE, place)
        self._items[place] = item
        return item
