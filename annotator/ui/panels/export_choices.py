"""What is written of a project, as an export and a dataset ask for it: format, whose work, which labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFormLayout, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from annotator.model.formats import Format
from annotator.model.ids import id_from_text, id_text
from annotator.model.records import Annotator
from annotator.ui.panels.format_options import FormatOptions
from annotator.ui.panels.roomy import roomy
from annotator.ui.panels.widgets import MEDIUM, Combo, add_row, as_field, button, column, new_form, row
from annotator.ui.panels.words import label_titles
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.exporting_choice import ExportChoice
    from annotator.services.project import Project

_FEWEST = 3
"""Lines of the list of labels, where there is little room."""
_EACH, _ADJUDICATED = "each", "adjudicated"
_NAME = Qt.ItemDataRole.UserRole
"""Where the name of a label is kept, whose title is shown."""

Found = tuple[Mapping[str, Format], tuple[Annotator, ...]]


class ExportChoices(QWidget):
    """Fields that make an `ExportChoice`; filled as soon as the project has answered."""

    filled = Signal()
    """The fields hold what the project has."""
    changed = Signal()
    """Something else is chosen."""
    format_changed = Signal(str, str)
    """Another format is chosen: the endings of what the old one and the new one write."""

    def __init__(self, session: Session, *, with_each: bool, usual: str = "jsonl") -> None:
        super().__init__()
        self._session = session
        self._with_each = with_each
        self._usual = usual
        self._formats: Mapping[str, Format] = {}
        self._suffix = ""
        self._has_adjudicator = False
        self.format = Combo(self.tr("Format"), whole=True)
        self.annotator = Combo(self.tr("Whose annotations"), whole=True)
        self.labels = QListWidget()
        roomy(self.labels)
        self.labels.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.labels.setAccessibleName(self.tr("Labels"))
        line = self.fontMetrics().lineSpacing()
        self.labels.setMinimumHeight(_FEWEST * line)  # gives way to a sentence below rather than be covered
        self.all = button(self.tr("All"), lambda: self.tick(True), name=self.tr("All labels"))
        self.none = button(self.tr("None"), lambda: self.tick(False), name=self.tr("No label"))
        self.finished_only = QCheckBox(self.tr("Only articles that are marked as &done"))
        self.inner = QCheckBox(self.tr("Without the &quotation marks around spans"))
        self.form = new_form()
        self._lay_out()
        self.options = FormatOptions(self.form, self.changed.emit, at=1)
        self.format.activated.connect(self._on_format)
        self.annotator.activated.connect(self.changed)
        self.labels.itemChanged.connect(self.changed)
        for box in (self.finished_only, self.inner):
            box.toggled.connect(self.changed)
        session.ask(_look, self._on_looked)

    @property
    def refusal(self) -> str:
        """What is missing, in a sentence; empty where nothing is."""
        count = self.labels.count()
        if count and not any(self._is_ticked(at) for at in range(count)):
            return self.tr("Which labels? Tick at least one.")
        if self.annotator.value == _ADJUDICATED and not self._has_adjudicator:
            return self.tr(
                "Nobody’s labels are the adjudicated ones yet. Say whose they are: Project, Annotators."
            )
        return ""

    @property
    def suffix(self) -> str:
        """The ending of what the format writes; empty for a folder."""
        return self._suffix

    def choice(self, *, suggestions: bool = False, rejected: bool = False) -> ExportChoice:
        """Return what is chosen."""
        # Late: loads the store, which the window does without until then.
        from annotator.services.exporting_choice import ExportChoice  # noqa: PLC0415

        chosen = self.annotator.value
        return ExportChoice(
            self.format.value,
            id_from_text(chosen) if chosen not in ("", _EACH, _ADJUDICATED) else None,
            each=chosen == _EACH,
            adjudicated=chosen == _ADJUDICATED,
            labels=self._chosen_labels(),
            finished=self.finished_only.isChecked(),
            suggestions=suggestions,
            rejected=rejected,
            inner=self.inner.isChecked(),
            chosen=dict(self.options.chosen),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let all names stand above their fields where one of them has to: one alone would look lost."""
        super().resizeEvent(event)
        rows = range(self.form.rowCount())
        names, fields = (
            [one.minimumSize().width() for at in rows if (one := self.form.itemAt(at, role)) is not None]
            for role in (QFormLayout.ItemRole.LabelRole, QFormLayout.ItemRole.FieldRole)
        )
        wanted = max(names, default=0) + self.form.horizontalSpacing() + max(fields, default=0)
        policies = QFormLayout.RowWrapPolicy
        self.form.setRowWrapPolicy(
            policies.WrapLongRows if event.size().width() >= wanted else policies.WrapAllRows
        )

    def tick(self, is_ticked: bool) -> None:
        """Tick all labels, or none."""
        self.labels.blockSignals(True)
        for at in range(self.labels.count()):
            self.labels.item(at).setCheckState(_TICKS[is_ticked])
        self.labels.blockSignals(False)
        self.changed.emit()

    def _lay_out(self) -> None:
        add_row(self.form, self.tr("&Format"), self.format)
        add_row(self.form, self.tr("&Annotations"), self.annotator)
        picking = column()
        picking.addWidget(self.labels)
        picking.addLayout(row(self.all, self.none))
        field = as_field(picking)
        field.setFocusProxy(self.labels)
        grows = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        grows.setVerticalStretch(1)  # a form whose names stand above the fields would leave the room empty
        field.setSizePolicy(grows)
        add_row(self.form, self.tr("&Labels"), field)
        self.boxes = column()
        for box in (self.finished_only, self.inner):
            self.boxes.addWidget(box)
        layout = column(self, spacing=MEDIUM)
        layout.addLayout(self.form, 1)
        layout.addLayout(self.boxes)

    def _on_looked(self, found: Found) -> None:
        self._formats, annotators = found
        first = self._usual if self._usual in self._formats else next(iter(self._formats), "")
        titles = ((name, one.title_out or one.title) for name, one in self._formats.items())
        self.format.show_choices(sorted(titles, key=lambda one: one[1].casefold()), first)
        people = [("", self.tr("Everybody’s")), *((id_text(one.id), one.name) for one in annotators)]
        self._has_adjudicator = any(one.is_adjudicator for one in annotators)
        people.append((_ADJUDICATED, self.tr("The adjudicated ones")))
        if self._with_each:
            people.append((_EACH, self.tr("Each annotator’s, in files of their own")))
        self.annotator.show_choices(people, "")
        scheme = self._session.scheme
        self.labels.blockSignals(True)
        for name, title in label_titles(scheme.labels if scheme is not None else ()).items():
            item = QListWidgetItem(title)
            item.setData(_NAME, name)
            item.setCheckState(Qt.CheckState.Checked)
            self.labels.addItem(item)
        self.labels.blockSignals(False)
        self._on_format()
        if self._formats:
            self.filled.emit()

    def _on_format(self) -> None:
        known = self._formats.get(self.format.value)
        before = self._suffix
        self._suffix = _ending(known, self._formats.values())
        self.options.show_options(known.options_out if known is not None else ())
        self.format_changed.emit(before, self._suffix)
        self.changed.emit()

    def _is_ticked(self, at: int) -> bool:
        return self.labels.item(at).checkState() == Qt.CheckState.Checked

    def _chosen_labels(self) -> frozenset[str]:
        """Return the labels that are ticked; none at all where all are."""
        count = self.labels.count()
        ticked = [self.labels.item(at).data(_NAME) for at in range(count) if self._is_ticked(at)]
        return frozenset() if len(ticked) == count else frozenset(ticked)


_TICKS = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}


def _look(project: Project) -> Found:
    # Late: loads the formats, which the window does without until then.
    from annotator.services.exporting import formats_out  # noqa: PLC0415

    return formats_out(), project.annotators()


def _ending(known: Format | None, formats: Iterable[Format]) -> str:
    """Return what the name of an export ends with: the format too, where the ending does not tell it.

    So no export asks to take the place of one in another format.
    """
    if known is None or known.exporter is None:
        return ""
    suffix = known.exporter.suffix
    alike = [one for one in formats if one.exporter is not None and one.exporter.suffix == suffix]
    is_plain = suffix and (len(alike) == 1 or suffix == f".{known.name}")
    return suffix if is_plain else f"-{known.name}{suffix}"
