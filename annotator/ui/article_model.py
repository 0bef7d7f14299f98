"""The list of articles as a model: an ordered array of ids, and pages of rows read when they are shown."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from annotator.model.article_filter import ArticleFilter, Order
from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import Article, ArticleRow
from annotator.model.scheme import Scheme
from annotator.ui import looking
from annotator.ui.labels import tip_words
from annotator.ui.panels.words import joined
from annotator.ui.passing import passed_words
from annotator.ui.saying import several
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.project import Project

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
"""Role that gives the whole ArticleRow, None while it is being read."""
_PAGE = 128
_PAGES = 64
_HITS = 5000
_ROOT = QModelIndex()


class ArticleModel(QAbstractTableModel):
    """Rows of articles in an order, through a filter; asks the store for what comes into view."""

    loaded = Signal()
    """The ids of a new order or filter have come."""

    def __init__(self, session: Session, scheme: Callable[[], Scheme | None]) -> None:
        super().__init__(session)
        self._session = session
        self._scheme = scheme
        self.passed: Callable[[], Set[str]] = frozenset
        """The labels whose single spans are passed over in going through suggestions."""
        self.ids: Sequence[Id] = ()
        self._rows_of: dict[Id, int | None] = {}
        """Where those articles stand that were asked for."""
        self._pages: OrderedDict[int, list[ArticleRow]] = OrderedDict()
        self._old: set[int] = set()
        """Pages that may have changed: read again when they come to sight, and shown until then."""
        self._asked: set[int] = set()
        self._order: Order = "given"
        self._only = ArticleFilter()
        self._ranks: dict[Id, int] = {}
        self._turn = 0
        for another in (session.project_changed, session.annotator_changed):  # who each have read their own
            another.connect(self.reload)
        session.changed.connect(self._on_changed)

    def show_only(self, only: ArticleFilter) -> None:
        """Show these articles alone."""
        self._only = only
        self.reload()

    def sort_by(self, order: Order) -> None:
        """Put the articles in another order."""
        self._order, self._ranks = order, {}
        self.reload()

    def rank(self, articles: Sequence[Id]) -> None:
        """Put the articles in an order that was computed; those that are not in it come last."""
        self._ranks = {one: at for at, one in enumerate(articles)}
        self.reload()

    def reload(self) -> None:
        """Read the ids anew."""
        self._turn += 1
        if self._session.path is None:
            self._take(self._turn, [])
            return
        self._ask_ids()

    def _ask_ids(self) -> None:
        """Ask for the ids, again and again where much is to be read for them: others come in between."""
        turn, order, only = self._turn, self._order, self._only
        hidden, ranks = looking.not_offered(self._scheme()) | self.passed(), self._ranks

        def _ids(project: Project) -> Sequence[Id] | None:
            where = replace(only, hidden=hidden)
            if project.read_on(where):
                return None
            hits = {hit.article for hit in project.search(only.text, _HITS)} if only.text else ()
            ids = project.article_ids(order, replace(where, also=hits))
            return sorted(ids, key=lambda one: ranks.get(one, len(ranks))) if ranks else ids

        self._session.ask(_ids, lambda ids: self._take(turn, ids))

    def row_of(self, article: Id) -> int | None:
        """Return where an article stands, None when the filter hides it."""
        if article not in self._rows_of:
            try:
                self._rows_of[article] = self.ids.index(article)
            except ValueError:
                self._rows_of[article] = None
        return self._rows_of[article]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many articles are shown."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many facts are shown of each."""
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return the names of the facts."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (
            self.tr("Title"),
            self.tr("Outlet"),
            self.tr("Date"),
            self.tr("Progress"),
            self.tr("Suggestions"),
        )
        return names[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a fact of an article; the page it is on is asked for when it is not there yet."""
        if not index.isValid():
            return None
        row = self._row(index.row())
        if role == ROW:
            return row
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._facts(row)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return joined((*self._facts(row)[:-1], *self._counts(row)), ", ")
        return tip_words(self._told(row)) if role == Qt.ItemDataRole.ToolTipRole else None

    def _told(self, row: ArticleRow) -> str:
        """Return the whole title, how many suggestions are gone to, and how many are not."""
        return "\n".join(one for one in (row.title or row.name, joined(self._counts(row), ", ")) if one)

    def _counts(self, row: ArticleRow) -> tuple[str, str]:
        return several("{n} suggestion(s)", row.stops) if row.stops else "", passed_words(row.passed)

    def _facts(self, row: ArticleRow) -> tuple[str, str, str, str, str]:
        signs = {"new": self.tr("new"), "begun": self.tr("begun"), "done": self.tr("done")}
        waiting = str(row.stops) if row.stops else ""
        return (row.title or row.name, row.outlet, row.published[:10], signs[row.reading], waiting)

    def _row(self, at: int) -> ArticleRow | None:
        number = at // _PAGE
        page = self._pages.get(number)
        if page is None or number in self._old:
            self._read(number)
        if page is None:
            return None
        self._pages.move_to_end(number)
        return page[at % _PAGE] if at % _PAGE < len(page) else None

    def _read(self, number: int) -> None:
        if number in self._asked:
            return
        self._asked.add(number)
        turn = self._turn
        ids = tuple(self.ids[number * _PAGE : (number + 1) * _PAGE])
        self._ask_rows(ids, lambda rows: self._keep(turn, number, rows))

    def _ask_rows(self, ids: Sequence[Id], then: Callable[[tuple[ArticleRow, ...]], None]) -> None:
        hidden, passed = looking.not_offered(self._scheme()), self.passed()
        self._session.ask(lambda project: _rows(project, ids, hidden, passed), then)

    def _keep(self, turn: int, number: int, rows: tuple[ArticleRow, ...]) -> None:
        if turn != self._turn:
            return
        self._asked.discard(number)
        self._old.discard(number)
        self._pages[number] = list(rows)
        while len(self._pages) > _PAGES:
            self._pages.popitem(last=False)
        first = number * _PAGE
        self.dataChanged.emit(self.index(first, 0), self.index(first + len(rows) - 1, self.columnCount() - 1))

    def _take(self, turn: int, ids: Sequence[Id] | None) -> None:
        if turn != self._turn:
            return
        if ids is None:
            self._ask_ids()
            return
        self._asked.clear()
        if ids and ids == self.ids:
            self._old.update(self._pages)
            self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, self.columnCount() - 1))
        else:
            self._reset(ids)
        self._session.order = ids
        self.loaded.emit()

    def _reset(self, ids: Sequence[Id]) -> None:
        self.beginResetModel()
        self.ids = ids
        self._rows_of = {}
        self._pages.clear()
        self._old.clear()
        self.endResetModel()

    def _on_changed(self, changes: Changes) -> None:
        if changes.many or any(one.before is None or one.after is None for one in changes.of(Article)):
            self.reload()
            return
        shown = [one for one in changes.articles if self._is_read(one)]
        if shown:
            turn = self._turn
            self._ask_rows(shown, lambda rows: self._renew(turn, rows))

    def _is_read(self, article: Id) -> bool:
        row = self.row_of(article)
        return row is not None and (row // _PAGE in self._pages or row // _PAGE in self._asked)

    def _renew(self, turn: int, rows: Sequence[ArticleRow]) -> None:
        """Show these rows anew, on whatever pages they are."""
        for one in rows if turn == self._turn else ():
            row = self.row_of(one.id)
            page = self._pages.get(row // _PAGE) if row is not None else None
            if row is not None and page and row % _PAGE < len(page):
                page[row % _PAGE] = one
                self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))


def _rows(project: Project, ids: Sequence[Id], hidden: Set[str], passed: Set[str]) -> tuple[ArticleRow, ...]:
    """Return the rows of a page; none when an article has just gone: new ids are on their way then."""
    try:
        return project.article_rows(ids, hidden, passed)
    except KeyError:
        return ()
