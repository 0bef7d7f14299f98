"""Page of the settings: colours of labels, how well they can be told apart, which entities show."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from annotator.model.scheme import Label, Scheme
from annotator.ui import sight
from annotator.ui.panels.dialogs import opened, text_shown
from annotator.ui.panels.roomy import Boxed
from annotator.ui.panels.when_seen import WhenSeen
from annotator.ui.panels.widgets import LARGE, MEDIUM, PlainLabel, button, column, row, swatch
from annotator.ui.panels.words import brief, tr
from annotator.ui.settings import Settings
from annotator.ui.style import Theme

_NAME = Qt.ItemDataRole.UserRole
_LONGEST = 40


class LabelsPage(QWidget):
    """The labels of the open project's scheme, each with its colour as everybody sees it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._scheme: Scheme | None = None
        self._theme: Theme | None = None
        self.none = PlainLabel(tr("Open a project: the labels of its scheme are shown here."), muted=True)
        self.tree = QTreeWidget()
        self.colour = button(tr("Colour…"), self._on_colour)
        self.reset = button(tr("As delivered"), self._on_reset)
        self.show_all = button(tr("Show all entities"), lambda: self._show_entities(shown=True))
        self.hide_all = button(tr("Hide all entities"), lambda: self._show_entities(shown=False))
        self.said = PlainLabel()
        self.report = text_shown(tr("Labels that are hard to tell apart by colour"))
        self._lay_out()
        self._seen = WhenSeen(self, self._show_labels)
        self.tree.itemChanged.connect(self._on_ticked)
        self.tree.currentItemChanged.connect(lambda *_: self._show_current())
        self.tree.itemActivated.connect(lambda *_: self._on_colour())

    def show_labels(self, scheme: Scheme | None, theme: Theme) -> None:
        """Show the labels of a scheme in the colours of a theme; the current one stays."""
        self._scheme, self._theme = scheme, theme
        has_labels = scheme is not None
        self.none.setVisible(not has_labels)
        for one in (self.tree, self.colour, self.reset, self.show_all, self.hide_all, self.report):
            one.setVisible(has_labels)
        self._seen.now()

    def _show_labels(self) -> None:
        inks = self._inks()
        self.tree.blockSignals(True)
        self._list()
        for label, item in zip(self._labels(), self._items(), strict=True):
            self._show(item, label, inks[label.name])
        self.tree.blockSignals(False)
        self.report.setPlainText("\n".join(self._reported(inks)))
        self._show_current()

    def _lay_out(self) -> None:
        tree = self.tree
        tree.setAccessibleName(tr("Labels and their colours"))
        tree.setRootIsDecorated(False)
        tree.setItemDelegate(Boxed(tree))
        tree.setUniformRowHeights(True)
        tree.setHeaderLabels(
            [
                tr("Label"),
                tr("Colour"),
                tr("Protanopia"),
                tr("Deuteranopia"),
                tr("Tritanopia"),
                tr("Contrast"),
            ]
        )
        tree.setMinimumHeight(6 * tree.fontMetrics().lineSpacing())
        tree.setIconSize(QSize(2, 1) * tree.fontMetrics().ascent())
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at in range(1, 6):
            tree.header().setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
        self.report.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        layout = column(self, margin=LARGE, spacing=MEDIUM)
        layout.addWidget(self.none)
        layout.addWidget(tree, 3)
        layout.addLayout(row(self.colour, self.reset, spacing=MEDIUM))
        layout.addWidget(self.said)
        layout.addLayout(row(self.show_all, self.hide_all, spacing=MEDIUM))
        layout.addWidget(self.report, 2)
        layout.addStretch(0)

    def _labels(self) -> list[Label]:
        labels = self._scheme.labels if self._scheme is not None else ()
        return [one for one in labels if not one.hidden]

    def _current(self) -> Label | None:
        item = self.tree.currentItem()
        wanted = item.data(0, _NAME) if item is not None else None
        return next((one for one in self._labels() if one.name == wanted), None)

    def _place(self, label: Label) -> int:
        return self._scheme.labels.index(label) if self._scheme is not None else 0

    def _inks(self) -> Mapping[str, QColor]:
        if self._scheme is None or self._theme is None:
            return {}
        return {name: QColor(one.ink) for name, one in self._theme.of_scheme(self._scheme).items()}

    def _items(self) -> list[QTreeWidgetItem]:
        found = (self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount()))
        return [one for one in found if one is not None]

    def _list(self) -> None:
        """List other labels; the same ones keep their lines, one of which may just be telling of a click."""
        names = [one.name for one in self._labels()]
        if names != [one.data(0, _NAME) for one in self._items()]:
            self.tree.clear()
            for name in names:
                QTreeWidgetItem(self.tree).setData(0, _NAME, name)
            for first in self._items()[:1]:
                self.tree.setCurrentItem(first)

    def _show(self, item: QTreeWidgetItem, label: Label, ink: QColor) -> None:
        assert self._theme is not None
        item.setText(0, _title(label))
        if label.group == "entity":
            is_shown = label.name not in self._settings.hidden_labels
            item.setCheckState(0, Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, _title(label))
        for at, kind in enumerate(sight.KINDS, 1):
            item.setIcon(at, swatch(sight.seen(ink, kind), self.tree.iconSize()))
        own = tr(" own") if label.name in self._settings.label_colours else ""
        item.setText(1, own)
        item.setText(5, f"{self._theme.contrast_of(label, ink):.1f}:1")

    def _show_current(self) -> None:
        label, theme = self._current(), self._theme
        self.colour.setEnabled(label is not None)
        self.reset.setEnabled(label is not None and label.name in self._settings.label_colours)
        if label is None or theme is None:
            self.said.show_text("")
            return
        given, ink = theme.given(label, self._place(label)), self._inks()[label.name]
        if given != ink:
            words = tr(
                "{name}: the colour chosen has a contrast of {given:.1f}:1 with its ground, too little to "
                "be read. It is drawn stronger, with {drawn:.1f}:1."
            )
        else:
            words = tr("{name}: {drawn:.1f}:1 with its ground, which can be read.")
        was, drawn = theme.contrast_of(label, given), theme.contrast_of(label, ink)
        self.said.show_text(words.format(name=_title(label), given=was, drawn=drawn))

    def _reported(self, inks: Mapping[str, QColor]) -> list[str]:
        """Return what is hard to tell apart for whom, a line for each kind of sight."""
        hidden = self._settings.hidden_labels
        spans = [one for one in self._labels() if one.kind == "span" and one.name not in hidden]
        titles = {one.name: _title(one) for one in spans}
        own = self._settings.label_colours
        lines = [tr("Hard to tell apart by colour alone; tags, lines and tips tell them apart too:")]
        for kind, words in _sights().items():
            pairs = sight.alike({name: inks[name] for name in titles}, kind)
            pairs.sort(key=lambda pair: not (pair[0] in own or pair[1] in own))
            named = "; ".join(f"{titles[one]} – {titles[other]}" for one, other in pairs)
            lines.append(f"{words}: {named or tr('none')}")
        return lines

    def _on_colour(self) -> None:
        label = self._current()
        if label is None or self._theme is None:
            return
        dialog = QColorDialog(self._theme.given(label, self._place(label)), self)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.setWindowTitle(tr("Colour of {name}").format(name=_title(label)))
        dialog.colorSelected.connect(
            lambda colour: self._settings.set_label_colour(label.name, colour.name())
        )
        opened(dialog)

    def _on_reset(self) -> None:
        label = self._current()
        if label is not None:
            self._settings.set_label_colour(label.name, None)

    def _on_ticked(self, item: QTreeWidgetItem, at: int) -> None:
        if at == 0:
            shown = item.checkState(0) == Qt.CheckState.Checked
            self._settings.show_labels([str(item.data(0, _NAME))], shown=shown)

    def _show_entities(self, *, shown: bool) -> None:
        names = [one.name for one in self._labels() if one.group == "entity"]
        self._settings.show_labels(names, shown=shown)


def _sights() -> dict[str, str]:
    return {
        "usual": tr("With usual sight"),
        "protanopia": tr("With protanopia (no red cones)"),
        "deuteranopia": tr("With deuteranopia (no green cones)"),
        "tritanopia": tr("With tritanopia (no blue cones)"),
    }


def _title(label: Label) -> str:
    return brief(label.title or label.name, _LONGEST)
