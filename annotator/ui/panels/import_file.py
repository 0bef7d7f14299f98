"""One file of an import: its encoding with a live sample, its columns with their uses."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from annotator.model.formats import SAMPLE, Column
from annotator.ui.panels.dialogs import text_shown
from annotator.ui.panels.import_look import Looked
from annotator.ui.panels.roomy import fit_lines
from annotator.ui.panels.widgets import MEDIUM, SMALL, Combo, PlainLabel, button, column, row
from annotator.ui.panels.words import brief, tr

USES = ("text", "title", "name", "language", "label", "meta", "skip")
_SHARED = ("label", "meta", "skip")
_ENCODINGS = ("utf-8", "cp1252", "iso8859-1", "iso8859-2", "cp1251", "utf-16", "shift_jis", "gb18030")
_EXAMPLE = 60


class FileView(QWidget):
    """Shows what is known of a file and lets a person choose how to read it."""

    encoding_chosen = Signal(str, bool)
    """The encoding, and whether it is for all refused files."""
    format_chosen = Signal(str)
    """The name of a format."""
    columns_chosen = Signal(object)
    """Uses by the names of columns."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: tuple[Column, ...] = ()
        self._uses: list[Combo] = []
        self.name = PlainLabel(strong=True)
        self.refused = PlainLabel()
        self.format = Combo(self.tr("Read as"))
        self.format.activated.connect(lambda: self.format_chosen.emit(self.format.value))
        self.encoding = Combo(self.tr("Encoding"))
        self.encoding.activated.connect(lambda: self.encoding_chosen.emit(self.encoding.value, False))
        self.for_all = button(self.tr("Use for all refused files"), self._on_for_all)
        self.table = QTableWidget(0, 3)
        self.table.setAccessibleName(self.tr("Columns and what they are used for"))
        self.table.setHorizontalHeaderLabels([self.tr("Column"), self.tr("Used as"), self.tr("First values")])
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.sample = text_shown(self.tr("How the file begins"), breaks_words=True)
        self._format_title = PlainLabel(self.tr("Read as"), muted=True, wrap=False)
        self._encoding_title = PlainLabel(self.tr("Encoding"), muted=True, wrap=False)
        self._lay_out()
        self.show_file(None)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through, in order."""
        return self.format, self.encoding, self.for_all, self.table, *self._uses, self.sample

    def show_file(
        self, one: Looked | None, titles: Mapping[str, str] | None = None, *, others: bool = False
    ) -> None:
        """Show a file; `titles` are the formats by name, `others` tells of more refused encodings."""
        self._show_format(one, titles or {})
        self.name.show_text(one.name if one else "")
        no_text = self.tr("Which column holds the text? Choose it below.")
        self.refused.show_text((no_text if one.lacks_text else one.refused) if one else "")
        self._fit_refused()
        preview = one.preview if one else None
        columns = preview.columns if preview else ()
        can_choose = one is not None and bool((preview and preview.encoding) or one.likely)
        for widget in (self._encoding_title, self.encoding):
            widget.setVisible(can_choose)
        self.for_all.setVisible(others and can_choose)
        if one is not None:
            chosen = one.options.encoding or (preview.encoding if preview else "")
            names = dict.fromkeys((*one.likely, *_ENCODINGS, *([chosen] if chosen else [])))
            choices = [(name, _title(name, one)) for name in names]
            self.encoding.show_choices([("", tr("choose…")), *choices] if not chosen else choices, chosen)
        self.sample.setPlainText(_cut(preview.sample if preview else ""))
        self.sample.setVisible(preview is not None)
        self._show_columns(columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the room of all lines that say why a file is refused."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self.refused, self._fit_refused)  # while it is laid out, nobody would hear

    def _fit_refused(self) -> None:
        fit_lines(self.refused, self.width() - 2 * SMALL)

    def _show_format(self, one: Looked | None, titles: Mapping[str, str]) -> None:
        can_choose = one is not None and one.is_there and bool(titles)
        for widget in (self._format_title, self.format):
            widget.setVisible(can_choose)
        if one is not None and can_choose:
            fitting = [(name, tr("{name} (fits)").format(name=titles[name])) for name in one.fitting]
            others = [(name, title) for name, title in titles.items() if name not in one.fitting]
            choices = [*fitting, *others, ("", tr("nothing: leave this file out"))]
            self.format.show_choices(choices, "" if one.is_left_out else one.format_name)

    def _lay_out(self) -> None:
        layout = column(self, margin=SMALL, spacing=SMALL)
        layout.addWidget(self.name)
        layout.addWidget(self.refused)
        layout.addLayout(row(self._format_title, self.format, spacing=MEDIUM, stretch=1))
        layout.addLayout(row(self._encoding_title, self.encoding, self.for_all, spacing=MEDIUM, stretch=1))
        layout.addWidget(self.table, 2)
        layout.addWidget(self.sample, 3)
        layout.addStretch(0)

    def _show_columns(self, columns: tuple[Column, ...]) -> None:
        self.table.setVisible(bool(columns))
        if [(one.name, one.examples) for one in columns] != [
            (one.name, one.examples) for one in self._columns
        ]:
            self._build_columns(columns)
        self._columns = columns
        for combo, one in zip(self._uses, columns, strict=True):
            combo.show_choices([(use, _use_words(use)) for use in USES], one.use)

    def _build_columns(self, columns: tuple[Column, ...]) -> None:
        self.table.setRowCount(0)
        self.table.setRowCount(len(columns))
        self._uses = []
        for at, one in enumerate(columns):
            examples = " | ".join(brief(value, _EXAMPLE) for value in one.examples)
            for place, text in ((0, brief(one.name, _EXAMPLE)), (2, examples)):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.table.setItem(at, place, item)
            combo = Combo(tr("Use of column {name}").format(name=brief(one.name, _EXAMPLE)))
            combo.activated.connect(lambda _, combo=combo: self._on_use(combo))
            self.table.setCellWidget(at, 1, combo)
            self._uses.append(combo)
        self.table.setColumnWidth(1, self.fontMetrics().averageCharWidth() * 18)
        self.table.resizeColumnToContents(0)
        self.table.setColumnWidth(0, min(self.table.columnWidth(0), 160))
        self.table.resizeRowsToContents()

    @property
    def uses(self) -> Mapping[str, str]:
        """What is chosen for each column."""
        return {one.name: combo.value for one, combo in zip(self._columns, self._uses, strict=True)}

    def _on_use(self, chosen: Combo) -> None:
        # Only one column can be the text, the title and so on: the other one becomes a fact.
        for combo in self._uses:
            if combo is not chosen and combo.value == chosen.value and chosen.value not in _SHARED:
                combo.setCurrentIndex(combo.findData("meta"))
        self.columns_chosen.emit(self.uses)

    def _on_for_all(self) -> None:
        self.encoding_chosen.emit(self.encoding.value, True)


def _cut(sample: str) -> str:
    """Return the start of a text, with dots where it goes on."""
    return sample if len(sample) < SAMPLE else sample.rstrip() + " …"


def _title(name: str, one: Looked) -> str:
    shown = name.upper().replace("_", "-").replace("CP125", "Windows-125").replace("ISO8859", "ISO-8859")
    return tr("{name} (fits)").format(name=shown) if name in one.likely else shown


def _use_words(use: str) -> str:
    return {
        "text": tr("text"),
        "title": tr("title"),
        "name": tr("name"),
        "language": tr("language"),
        "label": tr("label of the article"),
        "meta": tr("fact of its own"),
        "skip": tr("not used"),
    }[use]
