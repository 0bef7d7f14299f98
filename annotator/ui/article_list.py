"""The panel at the left: articles with progress and waiting suggestions; search, filter, sort."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, QTimer
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.model.article_filter import ArticleFilter
from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.job import Job
from annotator.model.records import Annotator, ArticleContent
from annotator.model.scheme import Scheme
from annotator.ui.article_model import ArticleModel
from annotator.ui.article_rows import RowDelegate
from annotator.ui.focus_ring import FocusRing
from annotator.ui.labels import plain_label
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.ordering import Computed
    from annotator.services.project import Project

COMPUTED = ("worth", "useful", "copies")
"""Orders that take a look at every article."""
_LETTERS = 34
"""Letters of room that filter and order need beside each other."""
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
        self.filter = _combo(self, self.tr("Show"))
        self.sort = _combo(self, self.tr("Order"))
        for text, order in (
            (self.tr("As given"), "given"),
            (self.tr("By date"), "date"),
            (self.tr("By title"), "title"),
            (self.tr("Most worth checking"), "worth"),
            (self.tr("Most useful next"), "useful"),
            (self.tr("Near copies together"), "copies"),
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
        if mine is not None and mine.is_adjudicator:
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
        self.model.show_only(ArticleFilter(self.search.text().strip(), **what))

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


def _ordered(order: Computed, project: Project) -> Job[tuple[Id, ...]]:
    from annotator.services.ordering import order_articles  # noqa: PLC0415 - late: see keeper

    return order_articles(project, order)


def _combo(parent: QWidget, name: str) -> QComboBox:
    box = QComboBox(parent)
    box.setAccessibleName(name)
    box.setAccessibleDescription(name)  # under Linux the name that is read out is what is chosen
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
