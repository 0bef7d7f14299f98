"""The sheet of keys, drawn from the table of actions, and the guideline of the chosen label beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from annotator.model.scheme import Label, Scheme
from annotator.ui.action_set import ActionSet
from annotator.ui.actions import SECTIONS, Row, letters
from annotator.ui.labels import plain_label
from annotator.ui.palette import keys_text
from annotator.ui.panels.widgets import LARGE, MEDIUM, SMALL, answers, column, scrolled

_SECTIONS = ("label", "suggestions", "go", "entities", "project", "edit", "view", "help", "move")
_LETTERS = 44
"""Width of a column, in letters."""
_MOST = 4
"""Columns."""
Section = tuple[str, list[tuple[str, str]]]
"""A title, and keys with what they do."""


class KeySheet(QDialog):
    """All keys at a glance, below the guideline; Escape closes it."""

    def __init__(
        self, parent: QWidget, actions: ActionSet, scheme: Scheme | None, chosen: Label | None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys and guideline"))
        room = parent.size()
        wide = min(1500, room.width() - 40)
        page = QWidget()
        down = column(page, margin=MEDIUM, spacing=LARGE)
        guide = self._guideline(scheme, chosen)
        if guide is not None:
            down.addWidget(guide)
        down.addLayout(self._across(wide, actions, scheme))
        down.addStretch(1)
        layout = column(self, margin=MEDIUM, spacing=MEDIUM)
        layout.addWidget(scrolled(page), 1)
        buttons = answers(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout.addWidget(buttons)
        self.resize(wide, min(800, room.height() - 40))

    def _across(self, wide: int, actions: ActionSet, scheme: Scheme | None) -> QHBoxLayout:
        """Return the sections in as many columns as there is room for, about equally long."""
        across = QHBoxLayout()
        across.setSpacing(2 * LARGE)
        count = min(_MOST, max(1, wide // (self.fontMetrics().averageCharWidth() * _LETTERS)))
        sections = [found for name in _SECTIONS if (found := self._lines(name, actions, scheme)) is not None]
        for stack in _stacks([len(lines) + 2 for _, lines in sections], count):
            column_ = column(spacing=LARGE)
            for at in stack:
                column_.addLayout(_grid(*sections[at]))
            column_.addStretch(1)
            across.addLayout(column_, 1)
        return across

    def _lines(self, name: str, actions: ActionSet, scheme: Scheme | None) -> Section | None:
        if name == "entities":
            return self._letters(scheme, keys_text(actions["entity"])) if scheme is not None else None
        rows = [row for row in actions.menu_rows(name) if actions[row.id].shortcuts()]
        return self._section(SECTIONS[name].replace("&", ""), rows, actions)

    def _section(self, title: str, rows: list[Row], actions: ActionSet) -> Section:
        return self.tr(title), [(keys_text(actions[row.id]), row.shown.rstrip("…")) for row in rows]

    def _letters(self, scheme: Scheme, key: str) -> Section | None:
        shown = letters(tuple(one for one in scheme.of("span", "entity") if one.is_offered))
        lines = [
            (f"{key} {letter.upper()}".strip(), label.title or label.name) for letter, label in shown.items()
        ]
        title = self.tr("Entities: {0}, then a letter").format(key or self.tr("picker"))
        return (title, lines) if lines else None

    def _guideline(self, scheme: Scheme | None, chosen: Label | None) -> QWidget | None:
        text = chosen.guideline if chosen is not None else (scheme.guideline if scheme is not None else "")
        if not text:
            return None
        page = QWidget()
        layout = column(page, spacing=SMALL)
        title = (
            (chosen.title or chosen.name)
            if chosen is not None
            else (scheme.title if scheme is not None else "")
        )
        layout.addWidget(_strong(plain_label(title)))
        label = plain_label(text.strip(), wraps=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        beside = QHBoxLayout()  # a line over the whole window would be too long to read
        beside.addWidget(label, 2)
        beside.addStretch(1)
        layout.addLayout(beside)
        return page


def _stacks(heights: Sequence[int], count: int) -> list[list[int]]:
    """Return which of some things, in order, go into each of `count` columns, so that none is very long."""
    most = max(*heights, -(-sum(heights) // count))
    while True:
        stacks: list[list[int]] = [[]]
        left = most
        for at, height in enumerate(heights):
            if height > left and stacks[-1]:
                stacks.append([])
                left = most
            stacks[-1].append(at)
            left -= height
        if len(stacks) <= count:
            return stacks
        most += 1


def _grid(title: str, lines: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(1, 1)
    grid.addWidget(_strong(plain_label(title)), 0, 0, 1, 2)
    for at, (keys, text) in enumerate(lines, 1):
        label = plain_label(keys)
        label.setForegroundRole(QPalette.ColorRole.Link)
        grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(plain_label(text, wraps=True), at, 1)
    return grid


def _strong(label: QLabel) -> QLabel:
    font = label.font()
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    return label
