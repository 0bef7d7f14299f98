"""What fills the roles of a suggestion, below each other: the roles quietly at the left, the words beside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from annotator.ui.panels.widgets import MEDIUM, SMALL, PlainLabel

Line = tuple[str, str]
"""A role, and what fills it."""


class RoleLines(QWidget):
    """Two columns of text; hidden where there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[Line] = ()
        self._labels: list[tuple[PlainLabel, PlainLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(MEDIUM)
        self._grid.setVerticalSpacing(SMALL // 2)
        self._grid.setColumnStretch(1, 1)

    def text(self) -> str:
        """Return it as lines of text."""
        return "\n".join(f"{role}: {words}" if role else words for role, words in self._lines)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        self._lines = tuple(lines)
        while len(self._labels) < len(lines):
            self._add()
        for at, (role, words) in enumerate(self._labels):
            shown = lines[at] if at < len(lines) else ("", "")
            role.show_text(shown[0])
            words.show_text(shown[1])
        self.setVisible(bool(lines))

    def _add(self) -> None:
        role, words = PlainLabel(muted=True, wrap=False), PlainLabel()
        self._grid.addWidget(role, len(self._labels), 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words, len(self._labels), 1)
        self._labels.append((role, words))
