"""The sheet of keys, drawn from the table of actions, and the guideline of the chosen label beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.model.scheme import Label, Scheme
from annotator.ui.action_set import ActionSet
from annotator.ui.actions import SECTIONS, Row, letters
from annotator.ui.labels import plain_label
from annotator.ui.palette import keys_text

_COLUMNS = (("label", "suggestions", "go"), ("entities", "project", "edit"), ("move",), ("view", "help"))


class KeySheet(QDialog):
    """All keys at a glance; Escape closes it."""

    def __init__(
        self, parent: QWidget, actions: ActionSet, scheme: Scheme | None, chosen: Label | None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys and guideline"))
        keys = QWidget()
        across = QHBoxLayout(keys)
        across.setSpacing(28)
        columns = [self._column(sections, actions, scheme) for sections in _COLUMNS]
        for column in columns:
            across.addLayout(column, 1 if column is columns[-1] else 0)
        guide = self._guideline(scheme, chosen)
        if guide is not None:
            columns[-1].addWidget(guide)
        columns[-1].addStretch(1)
        inside = _scrolled(keys)
        layout = QVBoxLayout(self)
        layout.addWidget(inside, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout.addWidget(buttons)
        size = parent.size()
        self.resize(min(1500, size.width() - 60), min(760, size.height() - 60))

    def _column(self, sections: tuple[str, ...], actions: ActionSet, scheme: Scheme | None) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(14)
        for name in sections:
            if name == "entities":
                if scheme is not None and scheme.of("span", "entity"):
                    column.addLayout(self._letters(scheme, keys_text(actions["entity"])))
                continue
            rows = [row for row in actions.menu_rows(name) if actions[row.id].shortcuts()]
            column.addLayout(self._section(SECTIONS[name].replace("&", ""), rows, actions))
        if "help" not in sections:
            column.addStretch(1)
        return column

    def _section(self, title: str, rows: list[Row], actions: ActionSet) -> QGridLayout:
        return _grid(self.tr(title), [(keys_text(actions[row.id]), row.shown.rstrip("…")) for row in rows])

    def _letters(self, scheme: Scheme, key: str) -> QGridLayout:
        shown = letters(tuple(one for one in scheme.of("span", "entity") if one.is_offered))
        lines = [
            (f"{key} {letter.upper()}".strip(), label.title or label.name) for letter, label in shown.items()
        ]
        return _grid(self.tr("Entities: {0}, then a letter").format(key or self.tr("picker")), lines)

    def _guideline(self, scheme: Scheme | None, chosen: Label | None) -> QWidget | None:
        text = chosen.guideline if chosen is not None else (scheme.guideline if scheme is not None else "")
        if not text:
            return None
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        title = (
            (chosen.title or chosen.name)
            if chosen is not None
            else (scheme.title if scheme is not None else "")
        )
        layout.addWidget(_strong(plain_label(title)))
        label = plain_label(text.strip(), wraps=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(label)
        layout.addStretch(1)
        return page


def _grid(title: str, lines: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(1, 1)
    grid.addWidget(_strong(plain_label(title)), 0, 0, 1, 2)
    for at, (keys, text) in enumerate(lines, 1):
        label = plain_label(keys)
        label.setForegroundRole(QPalette.ColorRole.Link)
        grid.addWidget(label, at, 0)
        grid.addWidget(plain_label(text), at, 1)
    return grid


def _strong(label: QLabel) -> QLabel:
    font = label.font()
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    return label


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(page)
    return area
