"""The panel at the left: articles with progress and waiting suggestions; search, filter, sort."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.job import Job
from annotator.model.records import Annotator, ArticleContent, ArticleRow
from annotator.model.scheme import Scheme
from annotator.ui.article_model import ROW, ArticleModel, Only
from annotator.ui.focus_ring import FocusRing
from annotator.ui.labels import plain_label
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.project import Project

COMPUTED = ("worth", "useful")
"""Orders that take a look at every article."""
_LETTERS = 34
"""Letters of room that filter and order need beside each other."""
_SIGN = 0.36
"""Half of the side of the sign of how far an article is, as a share of a line's height."""
_TYPING = 250
"""Milliseconds without a key before the search begins."""


class ArticleList(QWidget):
    """Lists the articles of the project; a click or Enter opens one."""

    def __init__(self, session: Session, scheme: Callable[[], Scheme | None]) -> None:
        super().__init__()
        self._session = session
        self.model = ArticleModel(session, scheme)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search all texts"))
        self.search.setAccessibleName(self.tr("Search all texts"))
        self.search.setClearButtonEnabled(True)
        self.filter, self.sort = (_combo(self, name) for name in (self.tr("Show"), self.tr("Order")))
        for text, order in (
            (self.tr("As given"), "given"),
            (self.tr("By date"), "date"),
            (self.tr("By title"), "title"),
            (self.tr("Most worth checking"), "worth"),
            (self.tr("Most useful next"), "useful"),
        ):
            self.sort.addItem(text, order)
        self._ordering, self._chosen_order = 0, 0
        self._people: tuple[Annotator, ...] = ()
        self.view = _table(self, self.model)
        self.none = plain_label("", parent=self, wraps=True)
        self.none.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.none.hide()
        self._fill_filter()
        self._lay_out()
        self._wait = QTimer(self, singleShot=True, interval=_TYPING)
        self._connect(session)

    def _connect(self, session: Session) -> None:
        self._wait.timeout.connect(self._on_filter)
        self.search.textChanged.connect(self._wait.start)
        self.search.returnPressed.connect(self._on_filter)
        self.filter.currentIndexChanged.connect(self._on_filter)
        self.sort.currentIndexChanged.connect(self._on_sort)
        self.sort.activated.connect(self._on_sort_again)
        self.view.clicked.connect(self._on_clicked)
        self.model.loaded.connect(self._on_loaded)
        session.content_changed.connect(self._on_content)
        session.project_changed.connect(self._on_project)
        session.scheme_changed.connect(self._fill_filter)
        session.annotator_changed.connect(self._fill_filter)
        session.changed.connect(self._on_changed)

    def changeEvent(self, event: QEvent) -> None:
        """Make the rows as high as the font asks for."""
        if event.type() == QEvent.Type.FontChange:
            self.view.verticalHeader().setDefaultSectionSize(RowDelegate.height(self.font()))
            self._stack()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put filter and order below each other where they have no room beside each other."""
        super().resizeEvent(event)
        self._stack()

    def _stack(self) -> None:
        letters = self.fontMetrics().averageCharWidth() * _LETTERS
        across, down = QHBoxLayout.Direction.LeftToRight, QHBoxLayout.Direction.TopToBottom
        self._chosen.setDirection(across if self.width() >= letters else down)

    def open_row(self) -> None:
        """Open the article of the current row."""
        self._on_clicked(self.view.currentIndex())

    @property
    def is_filtered(self) -> bool:
        """Tell whether search or filter may hide articles."""
        return bool(self.search.text().strip()) or self.filter.currentIndex() > 0

    def selected(self) -> list[Id]:
        """Return the articles of the selected rows."""
        rows = sorted({index.row() for index in self.view.selectionModel().selectedIndexes()})
        return [self.model.ids[row] for row in rows]

    def _lay_out(self) -> None:
        self._chosen = chosen = QHBoxLayout()
        chosen.setSpacing(6)
        chosen.addWidget(self.filter, 3)
        chosen.addWidget(self.sort, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 0)
        layout.setSpacing(6)
        layout.addWidget(self.search)
        layout.addLayout(chosen)
        layout.addWidget(self.none)
        layout.addWidget(self.view)

    def _ask_for_people(self) -> None:
        """Find out who else annotates, for the filter."""
        if self._session.path is not None:
            self._session.ask(lambda project: project.annotators(), self._on_people)

    def _on_people(self, people: Sequence[Annotator]) -> None:
        if tuple(people) != self._people:
            self._people = tuple(people)
            self._fill_filter()

    def _on_changed(self, changes: Changes) -> None:
        if changes.many or changes.has(Annotator):
            self._ask_for_people()

    def _fill_filter(self) -> None:
        """Offer what can be shown alone; what is shown stays, as long as it is offered."""
        chosen = self.filter.currentData()
        self.filter.blockSignals(True)
        self.filter.clear()
        for text, what in self._offered():
            if what is None:
                self.filter.insertSeparator(self.filter.count())
            else:
                self.filter.addItem(text, what)
        every = range(self.filter.count())
        at = next((at for at in every if chosen and self.filter.itemData(at) == chosen), 0)
        self.filter.setCurrentIndex(at)
        self.filter.blockSignals(False)
        if chosen and not at:
            self._on_filter()

    def _offered(self) -> Iterator[tuple[str, dict[str, Any] | None]]:
        """Yield what can be shown alone, by its words, and None for a line between."""
        yield self.tr("All articles"), {}
        yield self.tr("New"), {"reading": "new"}
        yield self.tr("Begun"), {"reading": "begun"}
        yield self.tr("Done"), {"reading": "done"}
        yield self.tr("With suggestions"), {"suggestions": True}
        mine, scheme = self._session.annotator, self._session.scheme
        if mine is not None and mine.kind == "adjudicator":
            yield self.tr("To decide"), {"undecided": True}
        if len(self._people) > 1:
            yield "", None
            for one in self._people:
                yield self.tr("Labelled by {0}").format(one.name), {"whose": one.id}
                yield self.tr("Done by {0}").format(one.name), {"reading": "done", "whose": one.id}
        if scheme is not None and scheme.labels:
            yield "", None
            for label in (one for one in scheme.labels if not one.hidden):
                yield self.tr("With {0}").format(label.title or label.name), {"label": label.name}

    def _on_filter(self) -> None:
        self._wait.stop()
        what = self.filter.currentData() or {}
        self.model.show_only(Only(self.search.text().strip(), **what))

    def _on_sort(self) -> None:
        order = self.sort.currentData()
        self._ordering += 1
        if order in COMPUTED:
            turn, name = self._ordering, self.tr("Ordering the articles")
            self._session.long_work.run_on_project(
                name, partial(_ordered, order), lambda found: self._on_ordered(turn, found)
            )
        else:
            self.model.sort_by(order)

    def _on_sort_again(self, index: int) -> None:
        """Compute an order anew when it is chosen once more."""
        if index == self._chosen_order and self.sort.currentData() in COMPUTED:
            self._on_sort()
        self._chosen_order = index

    def _on_ordered(self, turn: int, articles: Sequence[Id]) -> None:
        if turn == self._ordering:
            self.model.rank(articles)

    def _on_project(self) -> None:
        self._people = ()
        self._fill_filter()
        self._ask_for_people()
        if self.sort.currentData() in COMPUTED:
            self.sort.setCurrentIndex(0)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.isValid():
            self._session.open_article(self.model.ids[index.row()])

    def _on_content(self, content: ArticleContent | None) -> None:
        if content is not None:
            self._show_current()

    def _on_loaded(self) -> None:
        """Say why the list is empty, where it is; show the open article in it."""
        lost = self.tr("No article is like that: change the search or the choice above.")
        self.none.setText(lost if self.is_filtered else self.tr("No articles yet."))
        self.none.setVisible(not self.model.ids)
        self._show_current()

    def _show_current(self) -> None:
        content = self._session.content
        row = self.model.row_of(content.article.id) if content is not None else None
        if row is None:
            return
        if self.view.currentIndex().row() != row:
            place, only = self.model.index(row, 0), QItemSelectionModel.SelectionFlag
            # Not `selectRow`: while Ctrl or Shift is held it adds to what is selected.
            self.view.selectionModel().setCurrentIndex(place, only.ClearAndSelect | only.Rows)
            self.view.scrollTo(place, QAbstractItemView.ScrollHint.EnsureVisible)


def _ordered(order: Literal["worth", "useful"], project: Project) -> Job[tuple[Id, ...]]:
    from annotator.services.ordering import order_articles  # noqa: PLC0415 - late: see keeper

    return order_articles(project, order)


def _combo(parent: QWidget, name: str) -> QComboBox:
    box = QComboBox(parent)
    box.setAccessibleName(name)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    box.setMinimumWidth(90)
    return box


def _table(parent: QWidget, model: ArticleModel) -> QTableView:
    table = QTableView(parent)
    table.setModel(model)
    table.setAccessibleName(parent.tr("Articles"))
    table.setFrameShape(QTableView.Shape.NoFrame)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setItemDelegate(RowDelegate(table))
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(RowDelegate.height(table.font()))
    table.horizontalHeader().hide()
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column in range(1, model.columnCount()):
        table.setColumnHidden(column, True)
    FocusRing(table)
    return table


class RowDelegate(QStyledItemDelegate):
    """Draws an article in two lines: title; outlet and date, progress sign, waiting suggestions."""

    @staticmethod
    def height(font: QFont) -> int:
        """Return the height of a row for a font."""
        return QFontMetrics(font).height() * 2 + 16

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Return the size of a row."""
        return QSize(180, self.height(option.font))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row in the palette's colours."""
        row = index.data(ROW)
        palette = option.palette
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.AlternateBase))
        role = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        quiet = role if is_chosen else QPalette.ColorRole.PlaceholderText
        ink, soft = palette.color(role), palette.color(quiet)
        if isinstance(row, ArticleRow):
            self._draw(painter, option.rect.adjusted(8, 6, -8, -6), row, ink, soft)
        painter.setPen(palette.color(QPalette.ColorRole.Midlight))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _draw(self, painter: QPainter, place: QRect, row: ArticleRow, ink: QColor, soft: QColor) -> None:
        metrics = painter.fontMetrics()
        half = metrics.height() * _SIGN
        left = place.left() + round(2 * half) + 10
        middle = QPointF(place.left() + half + 1, place.top() + metrics.height() / 2 + 1)
        _draw_sign(painter, middle, half, row.reading, ink)
        font = painter.font()
        font.setWeight(QFont.Weight.DemiBold if row.reading != "done" else QFont.Weight.Normal)
        below = QRect(left, place.bottom() - metrics.height() - 1, place.right() - left, metrics.height() + 2)
        if row.stops:
            below.setRight(_draw_count(painter, below, row.stops, soft) - 8)
        facts = " · ".join(fact for fact in (row.outlet, row.published[:10]) if fact)
        painter.setPen(ink)
        painter.setFont(font)
        line = QRect(left, place.top(), place.right() - left, metrics.height() + 2)
        _draw_title(painter, line, QRect() if facts else below, " ".join((row.title or row.name).split()))
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(soft)
        facts = metrics.elidedText(facts, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, facts)


def _draw_title(painter: QPainter, line: QRect, below: QRect, title: str) -> None:
    """Draw a title in one line, or where the line below is free, in two."""
    metrics = painter.fontMetrics()
    first, rest = title, ""
    if below.isValid() and metrics.horizontalAdvance(title) > line.width():
        words, room, count = title.split(" "), line.width(), 0
        space = metrics.horizontalAdvance(" ")
        while count < len(words) and (room := room - metrics.horizontalAdvance(words[count])) >= 0:
            count, room = count + 1, room - space
        first, rest = " ".join(words[: max(1, count)]), " ".join(words[max(1, count) :])
    for place, text in ((line, first), (below, rest)):
        if text:
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def _draw_sign(painter: QPainter, middle: QPointF, half: float, reading: str, ink: QColor) -> None:
    """Draw how far the article is: a ring, a half-filled ring, a tick."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, half * 0.28))
    side = QPointF(half, half)
    ring = QRectF(middle - side, middle + side)
    if reading == "done":
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(ink, half * 0.4, Qt.PenStyle.SolidLine, cap, join))
        corners = ((-1.0, 0.0), (-0.2, 0.8), (1.0, -0.8))
        painter.drawPolyline([middle + QPointF(x, y) * half for x, y in corners])
        return
    painter.drawEllipse(ring)
    if reading == "begun":
        painter.setBrush(ink)
        painter.drawPie(ring, 90 * 16, 180 * 16)


def _draw_count(painter: QPainter, line: QRect, count: int, ink: QColor) -> int:
    """Draw how many suggestions are gone to, in a dashed box as suggestions are; return where it begins."""
    text = str(count)
    width = painter.fontMetrics().horizontalAdvance(text) + 12
    box = QRectF(line.right() - width, line.top() + 1, width, line.height() - 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 1.0, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return int(box.left())
