"""What is seen without a project: open the sample, make a project, go on with a recent one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.ui.icons import icon
from annotator.ui.labels import plain_label
from annotator.ui.painters import painting
from annotator.ui.panels.widgets import clear, scrolled, tip

_WIDTH = 560
_LETTERS = 60
"""Letters on a line of the page, where the text is larger than usual."""


class _Way(QPushButton):
    """A quiet card that also Enter presses; the one with the keys has an edge that is seen from afar."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card: flat, a little darker under the pointer."""
        role, palette = QPalette.ColorRole, self.palette()
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            is_over = self.underMouse() or self.isDown()
            painter.setBrush(palette.color(role.Button if is_over else role.AlternateBase))
            has_keys = self.hasFocus()
            painter.setPen(
                QPen(palette.color(role.Highlight if has_keys else role.Mid), 2 if has_keys else 1)
            )
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)


class _Recent(QToolButton):
    """A quiet button that also Enter presses."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a frame where the keys are: a flat button shows none."""
        super().paintEvent(event)
        if self.hasFocus():
            with painting(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


class StartPage(QFrame):
    """Three ways in; files dropped here begin a project."""

    recent_wanted = Signal(object)
    """Path of the recent project to open."""

    def __init__(self, sample: QAction, new: QAction, open_: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._titles: list[tuple[QLabel, float]] = []
        """Labels in bold, and how much larger than other text they are."""
        self._ways: list[QPushButton] = []
        self._middle = QWidget(self)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(self._title("annotator", 2.4))
        column.addWidget(
            _quiet(plain_label(self.tr("Who claims what in the news, and who stands where."), wraps=True))
        )
        column.addSpacing(18)
        self.sample = self._way(
            sample,
            self.tr("Five short articles: a tour in the first, and suggestions to try the keys on."),
        )
        self.new = self._way(new, self.tr("Choose articles, a scheme and your name."))
        self.open = self._way(open_, self.tr("Open a project file (*.annot)."))
        for one in (self.sample, self.new, self.open):
            column.addWidget(one)
        column.addSpacing(14)
        self._heading = self._title(self.tr("Recent"), 1.0)
        column.addWidget(self._heading)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        column.addLayout(self._recent)
        column.addSpacing(14)
        column.addWidget(
            _quiet(plain_label(self.tr("Or drop files, folders or a project here."), wraps=True))
        )
        self._lay_out(column)

    def first(self) -> QWidget:
        """Return what Enter does first: the project opened last, else the sample."""
        item = self._recent.itemAt(0)
        found = item.widget() if item is not None else None
        return found if found is not None else self.sample

    def show_recent(self, paths: tuple[Path, ...]) -> None:
        """List the projects opened lately."""
        clear(self._recent)
        for path in paths[:6]:
            self._recent.addWidget(self._recent_button(path))
        self._heading.setVisible(bool(paths))

    def changeEvent(self, event: QEvent) -> None:
        """Follow another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._ways:
            self._fit()

    def _lay_out(self, column: QVBoxLayout) -> None:
        self._middle.setLayout(column)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._middle)
        across.addStretch(1)
        page = QWidget()
        page.setBackgroundRole(QPalette.ColorRole.Base)
        down = QVBoxLayout(page)
        down.addStretch(2)
        down.addLayout(across)
        down.addStretch(3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(page))
        self._fit()

    def _fit(self) -> None:
        """Give everything the room that its text needs."""
        for label, factor in self._titles:
            font = QFont(self.font())
            font.setPointSizeF(font.pointSizeF() * factor)
            font.setWeight(QFont.Weight.DemiBold)
            label.setFont(font)
        width = max(_WIDTH, self.fontMetrics().averageCharWidth() * _LETTERS)
        self._middle.setFixedWidth(width)
        for one in self._ways:
            inside = one.layout()
            assert inside is not None, "a way without words"
            for sign in one.findChildren(QToolButton):
                sign.setIconSize(QSize(1, 1) * round(self.fontMetrics().height() * 1.9))
            inside.activate()
            one.setMinimumHeight(max(64, inside.totalHeightForWidth(width)))

    def _title(self, text: str, factor: float) -> QLabel:
        label = plain_label(text)
        self._titles.append((label, factor))
        return label

    def _way(self, action: QAction, what: str) -> QPushButton:
        button = _Way(self)
        button.setAccessibleName(action.text())
        button.setAccessibleDescription(what)
        button.clicked.connect(action.trigger)
        sign = QToolButton(button)  # a label would keep the colour of an old theme
        sign.setIcon(action.icon())
        sign.setAutoRaise(True)
        sign.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addStretch(1)
        words.addWidget(self._title(action.text().rstrip("…"), 1.1))
        words.addWidget(_quiet(plain_label(what, wraps=True)))
        words.addStretch(1)
        inside = QHBoxLayout(button)
        inside.setContentsMargins(12, 10, 12, 10)
        inside.setSpacing(12)
        inside.addWidget(sign)
        inside.addLayout(words, 1)
        for child in button.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ways.append(button)
        return button

    def _recent_button(self, path: Path) -> QToolButton:
        button = _Recent(self)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(icon("mdi6.file-document-outline"))
        text = " ".join(f"{path.stem}  —  {_short(path.parent)}".split())
        room = self._middle.width() - 60
        shown = button.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room)
        button.setText(shown.replace("&", "&&"))
        tip(button, str(path))
        button.clicked.connect(self._wanting(path))
        return button

    def _wanting(self, path: Path) -> Callable[[], None]:
        return lambda: self.recent_wanted.emit(path)


def _quiet(label: QLabel) -> QLabel:
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def _short(folder: Path) -> str:
    try:
        return (Path("~") / folder.relative_to(Path.home())).as_posix()
    except ValueError:
        return str(folder)
