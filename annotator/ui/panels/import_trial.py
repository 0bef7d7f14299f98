"""What an import would bring, tried out before anything is written: counts, labels to map, rows that fail."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHeaderView,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from annotator.model.formats import ImportOptions, Option, told_together
from annotator.model.scheme import Scheme
from annotator.ui.panels.dialogs import text_shown
from annotator.ui.panels.format_options import FormatOptions
from annotator.ui.panels.result_sheet import Outcome
from annotator.ui.panels.roomy import fit_lines
from annotator.ui.panels.widgets import (
    SMALL,
    Combo,
    PlainLabel,
    WideScroll,
    as_field,
    column,
    new_form,
    row,
    tip_text,
)
from annotator.ui.panels.words import brief, joined, label_titles, tr
from annotator.ui.saying import several, translated

if TYPE_CHECKING:
    from annotator.services.importing import ImportSummary
    from annotator.services.importing_labels import LabelFound

_MOST = 300
"""Labels that are shown to choose for; the others are as all that are new."""
_FEWEST = 5
"""Labels that are seen at once, however many options are asked for above them."""
_LONGEST, _NAME_ROOM = 60, 120
"""Letters of a name that are shown, and pixels that it has at least."""
_ADD = "+"
"""Stands before the name of a label that is to be added, among the names of labels that are there."""


class ImportTrial(QWidget):
    """Shows what would come in, and lets a person say what the labels of the files are."""

    chosen = Signal()
    """Something was chosen that changes what would come in."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: tuple[LabelFound, ...] = ()
        self._fields: list[Combo] = []
        self._picked: dict[str, str] = {}
        self._new: set[str] = set()
        """Labels, by kind and name, that the scheme does not have."""
        self.headline = PlainLabel(strong=True)
        form = new_form()
        self.options = FormatOptions(form, self.chosen.emit)
        self.table = self._make_table()
        self.find_words = QCheckBox(self.tr("Look for words that do not stand where the file says"))
        self.find_words.toggled.connect(lambda *_: self.chosen.emit())
        self.newer = Combo(self.tr("Labels that are there already, and differ"))
        self.newer.activated.connect(lambda _: self.chosen.emit())
        there = PlainLabel(self.tr("Labels that are there already"), wrap=False)
        self.revised = as_field(row(there, self.newer, stretch=1))
        self.new_labels = self._make_new_labels()
        self.all_new = as_field(row(PlainLabel(self.tr("New labels"), wrap=False), self.new_labels))
        self.details = text_shown(self.tr("What would not come in, and what was odd"), breaks_words=True)
        self.below = as_field(row(self.all_new, self.find_words, stretch=1))
        """Beside one another: below, a low screen would have no room for both."""
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.table)
        parts.addWidget(self.details)
        layout = column(self, spacing=SMALL)
        layout.addWidget(self.headline)
        layout.addWidget(self.revised)
        layout.addWidget(WideScroll(as_field(form)))
        layout.addWidget(parts, 1)
        layout.addWidget(self.below)
        self.hide()

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setAccessibleName(self.tr("Labels of the files, and what they are here"))
        table.setHorizontalHeaderLabels(
            [self.tr("Label in the files"), self.tr("How often"), self.tr("Here")]
        )
        table.verticalHeader().hide()
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        return table

    def _make_new_labels(self) -> Combo:
        field = Combo(self.tr("Labels that the scheme does not have"), whole=True)
        choices = [("add", self.tr("add them all")), ("leave_out", self.tr("leave them all out"))]
        field.show_choices(choices, "add")
        field.activated.connect(lambda _: self._on_all())
        return field

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through, in order."""
        fields = (self.newer, *self.options.fields.values(), self.table, *self._fields)
        return *fields, self.new_labels, self.find_words, self.details

    def show_options(self, options: Sequence[Option]) -> None:
        """Show the options of the formats that were found."""
        self.options.show_options(options)
        self.setVisible(bool(options))

    def show_summaries(self, summaries: Sequence[ImportSummary], scheme: Scheme) -> None:
        """Show what came of trying the import out."""
        labels = _together(label for one in summaries for label in one.labels)[:_MOST]
        marks = sum(one.spans + one.frames + one.article_labels + one.suggestions for one in summaries)
        self.headline.show_text(_headline(summaries))
        self._fit_headline()
        self._show_revised(summaries)
        self._show_labels(labels, scheme)
        for one in (self.table, self.below):
            one.setVisible(bool(labels))
        outcome = sum(map(outcome_of, summaries), Outcome())
        self.details.setPlainText(outcome.details)
        self.details.setVisible(bool(outcome.details))
        self.setVisible(bool(marks or labels or outcome.details or self.options.fields))

    def _show_revised(self, summaries: Sequence[ImportSummary]) -> None:
        """Offer to take the labels of an annotator as the files have them, with what that changes."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for one in (each for summary in summaries for each in summary.revised):
            found[one.annotator] += Counter(changed=one.changed, removed=one.removed)
        words = self.tr(
            "take those of {who} as the files have them: {changed:,} changed, {removed:,} removed"
        )
        leave = self.tr("leave all as they are here: {changed:,} changed, {removed:,} removed in the files")
        total = sum(found.values(), Counter())
        each = [(who, words.format(who=brief(who, _LONGEST), **_both(n))) for who, n in found.items()]
        chosen = self.newer.value if self.newer.value in found else ""
        self.newer.show_choices([("", leave.format(**_both(total))), *each], chosen)
        self.revised.setVisible(bool(each))

    def applied(self, options: ImportOptions) -> ImportOptions:
        """Return options with what is chosen here, label by label, and for those that are not spoken of."""
        return replace(
            options,
            labels=dict(self._picked),
            new_labels="add" if self.new_labels.value == "add" else "leave_out",
            find_words=self.find_words.isChecked(),
            newer=self.newer.value,
            chosen=dict(self.options.chosen),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the room of all lines of the headline."""
        super().resizeEvent(event)
        self._fit_columns()
        QTimer.singleShot(0, self.headline, self._fit_headline)  # while it is laid out, nobody would hear

    def _fit_headline(self) -> None:
        fit_lines(self.headline, self.width())

    def _show_labels(self, labels: tuple[LabelFound, ...], scheme: Scheme) -> None:
        if [(one.name, one.kind) for one in labels] != [(one.name, one.kind) for one in self._labels]:
            self._build(labels)
        self._labels = labels
        self._new |= {_key(one) for one in labels if one.how == "added"}
        self.all_new.setVisible(any(_key(one) in self._new for one in labels))
        for at, (field, one) in enumerate(zip(self._fields, labels, strict=True)):
            often = QTableWidgetItem(f"{one.count:,}")
            often.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.table.setItem(at, 1, often)
            names = label_titles(scheme.of(one.kind))
            choices = [
                (_ADD + one.name, self.tr("add it to the scheme")),
                ("", self.tr("leave it out")),
                *names.items(),
            ]
            if one.name in names:
                choices.pop(0)
            here = one.here if one.here in names or not one.here else _ADD + one.name
            field.show_choices(choices, here)

    def _build(self, labels: tuple[LabelFound, ...]) -> None:
        self.table.setRowCount(0)
        self.table.setRowCount(len(labels))
        self._fields = []
        for at, one in enumerate(labels):
            name = f"{brief(one.name, _LONGEST)} ({_kinds()[one.kind]})"
            item = QTableWidgetItem(name)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setToolTip(tip_text(name))
            self.table.setItem(at, 0, item)
            field = Combo(tr("What {name} is here").format(name=name))
            key = _key(one)
            field.activated.connect(lambda *_, field=field, key=key: self._on_picked(key, field.value))
            self.table.setCellWidget(at, 2, field)
            self._fields.append(field)
        self._fit_columns()
        head, line = (
            self.table.horizontalHeader().sizeHint(),
            self.table.verticalHeader().defaultSectionSize(),
        )
        self.table.setMinimumHeight(head.height() + min(_FEWEST, len(labels)) * line + SMALL)

    def _fit_columns(self) -> None:
        """Give the names of labels their room, but never that of what they are here."""
        for at in (0, 1):
            self.table.resizeColumnToContents(at)
        most = (self.table.viewport().width() - self.table.columnWidth(1)) // 2
        self.table.setColumnWidth(0, min(self.table.columnWidth(0), max(most, _NAME_ROOM)))

    def _on_all(self) -> None:
        """Let what was chosen hold for all new labels, whatever was said of one before."""
        self._picked = {key: name for key, name in self._picked.items() if key not in self._new}
        self.chosen.emit()

    def _on_picked(self, key: str, value: str) -> None:
        self._picked[key] = value.removeprefix(_ADD)
        self.chosen.emit()


def _both(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[name] for name in ("changed", "removed")}


def _key(one: LabelFound) -> str:
    return f"{one.kind}:{one.name}"


def outcome_of(summary: ImportSummary) -> Outcome:
    """Return what is said of an import."""
    return Outcome(
        articles=summary.articles,
        labels=summary.spans + summary.frames + summary.article_labels,
        revised=sum(one.changed + one.removed for one in summary.revised if one.is_taken),
        suggestions=summary.suggestions,
        labelled=summary.labelled,
        joined=summary.joined,
        copies=summary.copies,
        kept_copies=summary.kept_copies,
        near_copies=summary.near_copies,
        refused=tuple(told_together(summary.problems)),
        refusals=len(summary.problems),
        notes=tuple(map(translated, summary.notes)),
    )


def _together(labels: Iterable[LabelFound]) -> tuple[LabelFound, ...]:
    """Return each label once, with how often it stands in all files."""
    found: dict[tuple[str, str], LabelFound] = {}
    for one in labels:
        key = (one.name, one.kind)
        before = found.get(key)
        found[key] = one if before is None else replace(before, count=before.count + one.count)
    return tuple(found.values())


def _headline(summaries: Sequence[ImportSummary]) -> str:
    def count(name: str) -> int:
        return sum(getattr(one, name) for one in summaries)

    refused = sum(len(one.problems) for one in summaries)
    copies = sum(len(one.copies) for one in summaries)
    kept = sum(len(one.kept_copies) for one in summaries)
    near = sum(len(one.near_copies) for one in summaries)
    taken = [each for one in summaries for each in one.revised if each.is_taken]
    counts: Mapping[str, int] = {
        "{n} article(s)": count("articles"),
        "{n} span(s)": count("spans"),
        "{n} frame(s)": count("frames"),
        "{n} article label(s)": count("article_labels"),
        "{n} suggestion(s)": count("suggestions"),
        "labels for {n} article(s) already there": count("labelled"),
        "{n} label(s) there already": count("already"),
        "{n} changed": sum(one.changed for one in taken),
        "{n} removed": sum(one.removed for one in taken),
        "{n} refused": refused,
        "copies left out: {n}": copies,
        "copies, taken in: {n}": kept,
        "near copies, taken in: {n}": near,
    }
    found = [several(words, number) for words, number in counts.items() if number]
    return tr("Would come in:") + " " + (joined(found) or tr("nothing"))


def _kinds() -> Mapping[str, str]:
    return {"span": tr("span"), "frame": tr("frame"), "article": tr("article")}
