"""Small shared pieces of the panels: plain labels, headings, spacing, tool tips, buttons."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPaintEvent, QPalette, QPixmap, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.icons import icon
from annotator.ui.painters import draw_choice, painting
from annotator.ui.panels.dialogs import Answers

SMALL = 4
MEDIUM = 8
LARGE = 16
LONGEST_LABEL = 600
_WIDEST = 66
"""Letters of a choice that asks for the room of its words; of longer ones the tool tip says all."""
MUTED = QPalette.ColorRole.PlaceholderText


class PlainLabel(QLabel):
    """A label that shows its text letter by letter, and where it wraps never widens its window."""

    def __init__(
        self, text: str = "", *, muted: bool = False, strong: bool = False, wrap: bool = True
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            self.setMinimumWidth(1)
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if muted:
            self.setForegroundRole(MUTED)
        if strong:
            self.setFont(bold(self.font()))
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show a text, cut where it would fill the panel; hidden while it is empty."""
        cut = text if len(text) <= LONGEST_LABEL else text[:LONGEST_LABEL] + "…"
        self.setText(cut)
        if self.parentWidget() is not None:
            self.setVisible(bool(cut))
        else:
            # Shown now, it would flash up as a window of its own: it is said how it is to come up.
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, not cut)


class ElidedLabel(QWidget):
    """One line of text, cut with dots where it does not fit; the whole is in the tool tip."""

    def __init__(self, text: str = "", *, muted: bool = False) -> None:
        super().__init__()
        self._text = self._whole = ""
        if muted:
            self.setForegroundRole(MUTED)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another text; it gets the room there is, so that nothing has to be laid out anew for it."""
        if text == self._whole:
            return
        self._whole = text
        self._text = " ".join(text[:LONGEST_LABEL].split())
        self.setAccessibleName(self._text)
        tip(self, text)
        self.update()

    def text(self) -> str:
        """Return what is shown."""
        return self._text

    def sizeHint(self) -> QSize:
        """As wide as the text, one line high."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * 4, self.fontMetrics().height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all is drawn
        """Draw the text."""
        with painting(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            line = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line)


def bold(font: QFont) -> QFont:
    """Return the font in bold."""
    strong = QFont(font)
    strong.setBold(True)
    return strong


def smaller(font: QFont) -> QFont:
    """Return the font a little smaller, for tags and facts beside the matter."""
    small = QFont(font)
    if font.pointSizeF() > 0:
        small.setPointSizeF(font.pointSizeF() * 0.88)
    else:
        small.setPixelSize(max(1, round(font.pixelSize() * 0.88)))
    return small


def swatch(colour: QColor, size: QSize) -> QIcon:
    """Return a patch of a colour, the same on a chosen line; of none, an empty one."""
    picture = QPixmap(size)
    picture.fill(colour if colour.isValid() else Qt.GlobalColor.transparent)
    drawn = QIcon(picture)
    drawn.addPixmap(picture, QIcon.Mode.Selected)  # Qt would tint it on the chosen line
    return drawn


def heading(text: str) -> PlainLabel:
    """Return the heading of a section."""
    label = PlainLabel(text, strong=True)
    label.setContentsMargins(0, MEDIUM, 0, 0)
    return label


def tip_text(text: str) -> str:
    """Return a text as a tool tip that shows it letter by letter."""
    cut = text if len(text) <= LONGEST_LABEL else text[:LONGEST_LABEL] + "…"
    return f"<qt>{html.escape(cut)}</qt>" if cut else ""


def tip(widget: QWidget, text: str) -> None:
    """Give a widget a tool tip that shows its text letter by letter."""
    widget.setToolTip(tip_text(text))


def button(text: str, clicked: Callable[[], None], *, explain: str = "", name: str = "") -> QPushButton:
    """Return a push button; `name` is what a screen reader says where the text is not enough."""
    made = QPushButton(text.replace("&", "&&"))
    made.setAutoDefault(False)
    made.setAccessibleName(name or text)
    tip(made, explain)
    made.clicked.connect(lambda *_: clicked())  # the slot is not to hear of `checked`
    return made


def answers(*standard: QDialogButtonBox.StandardButton) -> QDialogButtonBox:
    """Return the answers of a dialog as words alone: the pictures of the style have colours of their own."""
    box = Answers()
    for one in standard:
        box.addButton(one).setIcon(QIcon())
    return box


def widen(dialog: QWidget, letters: int, lines: int = 0) -> None:
    """Give a dialog the room of so many letters and lines of its text, and no more than the screen has."""
    room, metrics = dialog.screen().availableGeometry(), dialog.fontMetrics()
    width = min(metrics.averageCharWidth() * letters, room.width() - 60)
    height = max(metrics.lineSpacing() * lines, dialog.sizeHint().height())
    dialog.resize(width, min(height, room.height() - 60))


def icon_button(icon_name: str, text: str, clicked: Callable[[], None]) -> QToolButton:
    """Return a small button with a picture; its text is its tool tip and its accessible name."""
    made = QToolButton()
    made.setIcon(icon(icon_name))
    size = made.fontMetrics().height()
    made.setIconSize(QSize(size, size))
    made.setAutoRaise(True)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    name_button(made, text)
    made.clicked.connect(lambda *_: clicked())  # the slot is not to hear of `checked`
    return made


def name_button(made: QToolButton, text: str) -> None:
    """Say in words what a button with a picture does."""
    made.setAccessibleName(text)
    tip(made, text)


def column(parent: QWidget | None = None, *, margin: int = 0, spacing: int = SMALL) -> QVBoxLayout:
    """Return a vertical layout with the panels' spacing."""
    layout = QVBoxLayout(parent) if parent else QVBoxLayout()
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(spacing)
    return layout


def row(*widgets: QWidget, spacing: int = SMALL, stretch: int = -1) -> QHBoxLayout:
    """Return a horizontal layout of these; `stretch` is the number of the one that takes what is left."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for at, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if at == stretch else 0)
    if stretch < 0:
        layout.addStretch(1)
    return layout


def as_field(layout: QLayout) -> QWidget:
    """Return a layout as one field of a form."""
    field = QWidget()
    field.setLayout(layout)
    return field


def new_form() -> QFormLayout:
    """Return a form whose fields take the room there is, and stand below their names where it is scarce."""
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setSpacing(MEDIUM)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def add_row(form: QFormLayout, name: str, field: QWidget, at: int = -1) -> None:
    """Add a field to a form, its name before it as plain text; at the end where no row is given."""
    label = PlainLabel(name, wrap=False)
    label.setBuddy(field.focusProxy() or field)  # a key goes to no widget that takes no keys itself
    form.insertRow(at, label, field)


def tab_through(*widgets: QWidget) -> None:
    """Let Tab go from each of these to the next."""
    for one, following in pairwise(widgets):
        QWidget.setTabOrder(one, following)


def scrolled(widget: QWidget) -> QScrollArea:
    """Return a scroll area that is as wide as its place and scrolls up and down."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area


class FittingScroll(QScrollArea):
    """A scroll area as high as what it holds, until its place runs out."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._widget = widget
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(widget)
        widget.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """As high as its widget is at this width."""
        hint = self._widget.sizeHint()
        if self._widget.hasHeightForWidth():
            hint.setHeight(self._widget.heightForWidth(max(1, self.viewport().width())))
        return hint

    def minimumSizeHint(self) -> QSize:
        """A few lines, or less when there is less."""
        return QSize(1, min(4 * self.fontMetrics().lineSpacing(), self.sizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another height when the widget needs one."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.updateGeometry()
        return super().eventFilter(watched, event)


class WideScroll(FittingScroll):
    """A scroll area that is never narrower than what it holds: it scrolls up and down, and cuts nothing."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """As high as its widget, with room for the bar beside it."""
        hint = super().sizeHint()
        return QSize(hint.width() + self._bar(), hint.height())

    def minimumSizeHint(self) -> QSize:
        """As wide as its widget must be, and a few lines."""
        least = self._widget.minimumSizeHint().width()
        return QSize(least + self._bar(), super().minimumSizeHint().height())

    def _bar(self) -> int:
        return self.verticalScrollBar().sizeHint().width()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()  # it is deleted a moment later, and must not be seen beside what comes now
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


class Combo(QComboBox):
    """A choice that the mouse wheel passes over, so that scrolling a page changes nothing.

    A `whole` one asks for the room of its longest words; others give way to what is beside them.
    """

    def __init__(self, name: str, *, whole: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAccessibleDescription(name)  # under Linux the name that is read out is what is chosen
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policies = QComboBox.SizeAdjustPolicy
        self.setSizeAdjustPolicy(
            policies.AdjustToContents if whole else policies.AdjustToMinimumContentsLengthWithIcon
        )
        self.setMinimumContentsLength(0 if whole else 6)
        self._is_whole = whole

    def sizeHint(self) -> QSize:
        """As wide as the longest words, up to the width that a small screen has for them."""
        hint, letter = super().sizeHint(), self.fontMetrics().averageCharWidth()
        return QSize(min(hint.width() + letter, _WIDEST * letter), hint.height()) if self._is_whole else hint

    def minimumSizeHint(self) -> QSize:
        """The same where all words are to be seen: Qt keeps what it found before they came."""
        return self.sizeHint() if self._is_whole else super().minimumSizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Cut words that find no room."""
        draw_choice(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def show_choices(self, choices: Sequence[tuple[str, str]], value: str) -> None:
        """Offer (value, words) pairs and show `value`, without telling anybody."""
        self.blockSignals(True)
        if [(self.itemData(at), self.itemText(at)) for at in range(self.count())] != list(choices):
            self.clear()
            for at, (one, words) in enumerate(choices):
                self.addItem(words, one)
                self.setItemData(at, tip_text(words), Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(self.findData(value))
        self.blockSignals(False)

    @property
    def value(self) -> str:
        """The value that is shown."""
        return str(self.currentData() or "")


class FactEdit(QLineEdit):
    """A line of text that tells when a person has changed it and is done."""

    edited = Signal(str)

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.editingFinished.connect(self.commit)

    def show_text(self, text: str) -> None:
        """Show a text, unless a person is just changing it."""
        if not (self.hasFocus() and self.isModified()) and text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def commit(self) -> None:
        """Tell what was typed, if anything was."""
        if self.isModified():
            self.setModified(False)
            self.edited.emit(self.text().strip())
