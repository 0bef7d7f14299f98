"""The frames of an article as a list of painted cards: hundreds cost no more than those in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.model.ids import Id
from annotator.ui.panels.chips import ink_on
from annotator.ui.panels.frame_cards import TWO_LINE_ROLES, CardLine, FrameCard
from annotator.ui.panels.rows import AnyIndex, QuietList, draw_line
from annotator.ui.panels.widgets import MEDIUM, SMALL, bold, smaller, tip_text

_ROLE_SHARE = 0.45
Colour = Callable[[str], QColor]


class CardModel(QAbstractListModel):
    """Cards as Qt asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: Sequence[FrameCard] = ()
        self.rows: dict[Id, int] = {}
        """The row of each card."""

    def set_cards(self, cards: Sequence[FrameCard]) -> None:
        """Show other cards; where only their words changed, the list stays where it is."""
        before, rows = self.cards, {card.id: at for at, card in enumerate(cards)}
        if rows == self.rows:
            self.cards = cards
            for at, (old, new) in enumerate(zip(before, cards, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(at), self.index(at))
            self.layoutChanged.emit()
            return
        self.beginResetModel()
        self.cards, self.rows = cards, rows
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's way
        """Return how many cards there are."""
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a card as words."""
        card = self.cards[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return card.spoken
        return tip_text(card.tip) if role == Qt.ItemDataRole.ToolTipRole else None


@dataclass(frozen=True, slots=True)
class _Measure:
    """How wide the roles of a card are, and its texts that may take two lines; how many lines it has."""

    roles: int
    long: tuple[int, ...]
    lines: int


class CardDelegate(QStyledItemDelegate):
    """Paints a card: tag, chain, and a line for each role."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._view = parent
        self._measures: dict[Id, tuple[FrameCard, _Measure]] = {}
        self.colour: Colour = lambda _: parent.palette().color(QPalette.ColorRole.Dark)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As high as its lines."""
        card, metrics = _card(index), option.fontMetrics
        measure = self.measure(card, metrics)
        width = self._widths(measure)[1]
        lines = measure.lines + sum(one > width for one in measure.long)
        return QSize(20 * SMALL, _head_height(metrics) + lines * metrics.lineSpacing() + 4 * SMALL)

    def measure(self, card: FrameCard, metrics: QFontMetrics) -> _Measure:
        """Return how wide the words of a card are; measured once."""
        found = self._measures.get(card.id)
        if found is None or found[0] is not card:
            found = self._measures[card.id] = (card, _measured(card, metrics))
        return found[1]

    def forget(self) -> None:
        """Forget what was measured: the font, or the article, is another one."""
        self._measures.clear()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the card from the palette."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card, metrics = _card(index), option.fontMetrics
        box = option.rect.adjusted(SMALL, SMALL // 2, -SMALL, -SMALL // 2)
        self._draw_box(painter, option, box, dashed=bool(card.suggested), colour=self.colour(card.label))
        inner = box.adjusted(MEDIUM + SMALL, SMALL, -MEDIUM, -SMALL)
        y = inner.top() + self._draw_head(painter, option, inner, card)
        if card.chain:
            painter.setFont(option.font)
            painter.setPen(_ink(option, muted=True))
            draw_line(painter, QRect(inner.left(), y, inner.width(), metrics.lineSpacing()), card.chain)
            y += metrics.lineSpacing()
        role_width, text_width = self._widths(self.measure(card, metrics))
        for line in card.lines:
            place = QRect(inner.left(), y, role_width, metrics.lineSpacing())
            y += _draw_role(painter, option, place, text_width, line)
        painter.restore()

    def _draw_box(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, *, dashed: bool, colour: QColor
    ) -> None:
        role = QPalette.ColorRole
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        edge = option.palette.color(role.Highlight if chosen else role.Mid)
        fill = option.palette.color(role.AlternateBase if chosen or over else role.Base)
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(edge, 2 if chosen else 1, style))
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), SMALL + 2, SMALL + 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        bar = QRectF(box.left() + SMALL, box.top() + MEDIUM, 3, box.height() - 2 * MEDIUM)
        painter.drawRoundedRect(bar, 1.5, 1.5)

    def _draw_head(
        self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, card: FrameCard
    ) -> int:
        font = bold(smaller(option.font))
        metrics = QFontMetrics(font)
        most = inner.width() - min(_side_width(metrics, card), inner.width() // 2)
        width = min(metrics.horizontalAdvance(card.title) + 3 * SMALL, most)
        tag = QRect(inner.left(), inner.top() + SMALL // 2, width, metrics.height() + 2)
        colour = self.colour(card.label)
        painter.setFont(font)
        if card.suggested:
            painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ink = _ink(option)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            ink = ink_on(colour)
        painter.drawRoundedRect(QRectF(tag), 3, 3)
        painter.setPen(ink)
        draw_line(painter, tag.adjusted(6, 0, -2, 0), card.title)
        self._draw_side(painter, option, inner, tag, card)
        return _head_height(option.fontMetrics)

    def _draw_side(
        self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, tag: QRect, card: FrameCard
    ) -> None:
        painter.setFont(smaller(option.font))
        painter.setPen(_ink(option, muted=True))
        room = QRect(tag.right() + MEDIUM, tag.top(), inner.right() - tag.right() - MEDIUM, tag.height())
        # That it is a suggestion is drawn, too: without that word before how sure it is, rather than cut.
        metrics, sides = painter.fontMetrics(), [_side(card, one) for one in (card.suggested, card.step)]
        side = next((one for one in sides if metrics.horizontalAdvance(one) <= room.width()), sides[-1])
        side = metrics.elidedText(side, Qt.TextElideMode.ElideLeft, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, side)

    def _widths(self, measure: _Measure) -> tuple[int, int]:
        # What box and inner margins leave of the list's width, shared by roles and texts.
        width = self._view.viewport().width() - 2 * SMALL - 2 * MEDIUM - SMALL
        roles = min(measure.roles + MEDIUM, int(width * _ROLE_SHARE))
        return roles, max(20, width - roles)


class CardList(QuietList):
    """The list of cards; moving to one, by key or mouse, chooses its frame."""

    def __init__(self, name: str) -> None:
        self._cards = CardModel()
        super().__init__(name, self._cards, lambda at: self._cards.cards[at].id)
        self._delegate = CardDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setSpacing(0)
        self.clicked.connect(lambda index: self.moved.emit(self._cards.cards[index.row()].id))

    @property
    def cards(self) -> Sequence[FrameCard]:
        """What is shown."""
        return self._cards.cards

    def set_colours(self, colour: Colour) -> None:
        """Use these colours of labels."""
        self._delegate.colour = colour
        self.viewport().update()

    def set_cards(self, cards: Sequence[FrameCard], chosen: Id | None) -> None:
        """Show other cards, that of `chosen` current."""
        if cards is not self._cards.cards and list(cards) != list(self._cards.cards):
            self._cards.set_cards(cards)
        if not cards:
            self._delegate.forget()
        self.go_to(chosen)

    def measure(self, card: FrameCard) -> None:
        """Measure a card that is going to be shown, so that laying all of them out is quick."""
        self._delegate.measure(card, self.fontMetrics())

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew in another font."""
        if event.type() == QEvent.Type.FontChange:
            self._delegate.forget()
        super().changeEvent(event)

    def row_of(self, value: object) -> int | None:
        """Return the row of a frame's card."""
        return self._cards.rows.get(value)  # type: ignore[call-overload, no-any-return]


def _card(index: AnyIndex) -> FrameCard:
    model = index.model()
    assert isinstance(model, CardModel)
    return model.cards[index.row()]


def _ink(option: QStyleOptionViewItem, *, muted: bool = False) -> QColor:
    role = QPalette.ColorRole.PlaceholderText if muted else QPalette.ColorRole.Text
    return option.palette.color(role)


def _side(card: FrameCard, suggested: str) -> str:
    return "  ".join(part for part in (suggested, card.maker, "✎" if card.note else "") if part)


def _side_width(metrics: QFontMetrics, card: FrameCard) -> int:
    """Return the room that a card's score, maker and note need beside its tag."""
    side = _side(card, card.suggested)
    return metrics.horizontalAdvance(side) + MEDIUM if side else 0


def _head_height(metrics: QFontMetrics) -> int:
    return metrics.height() + SMALL


def _draw_role(
    painter: QPainter, option: QStyleOptionViewItem, place: QRect, text_width: int, line: CardLine
) -> int:
    """Draw a line of a card, its role at `place`; return how high it is."""
    painter.setFont(option.font)
    painter.setPen(_ink(option, muted=True))
    draw_line(painter, place.adjusted(0, 0, -SMALL, 0), line.role)
    painter.setPen(_ink(option, muted=line.missing))
    font = bold(option.font) if line.strong else QFont(option.font)
    font.setItalic(line.missing)
    painter.setFont(font)
    lines = _line_count(line, option.fontMetrics, text_width)
    box = QRect(place.right() + 1, place.top(), text_width, lines * place.height())
    if lines == 1:
        draw_line(painter, box, line.text)
    else:
        _draw_two(painter, box, line.text)
    return box.height()


def _measured(card: FrameCard, metrics: QFontMetrics) -> _Measure:
    width = metrics.horizontalAdvance
    roles = max((width(line.role) for line in card.lines), default=0)
    long = tuple(width(line.text) for line in card.lines if line.role in TWO_LINE_ROLES)
    return _Measure(roles, long, len(card.lines) + (1 if card.chain else 0))


def _line_count(line: CardLine, metrics: QFontMetrics, width: int) -> int:
    if line.role not in TWO_LINE_ROLES:
        return 1
    return 2 if metrics.horizontalAdvance(line.text) > width else 1


def _draw_two(painter: QPainter, box: QRect, text: str) -> None:
    """Draw a text on two lines, broken at a blank, the second cut with dots."""
    metrics = painter.fontMetrics()
    first = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width()).removesuffix("…")
    blank = first.rfind(" ")
    cut = blank if blank > len(first) // 4 else len(first)
    line = QRect(box.left(), box.top(), box.width(), metrics.lineSpacing())
    draw_line(painter, line, text[:cut])
    draw_line(painter, line.translated(0, metrics.lineSpacing()), text[cut:].strip())
