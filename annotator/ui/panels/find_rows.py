"""The hits of a search as rows, under a row for each article; each can be ticked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, KeysView, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from annotator.model.ids import Id
from annotator.model.matching import Place
from annotator.model.records import Hit
from annotator.ui.panels.words import brief, tr

if TYPE_CHECKING:
    from annotator.services.project_finding import Found, Standing

AnyIndex = QModelIndex | QPersistentModelIndex
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class Sum:
    """What putting a label on the ticked hits would do."""

    adds: int = 0
    articles: int = 0
    """Those in which something is added."""
    same: int = 0
    """Ticked hits that carry the label already."""
    overlaps: int = 0
    """Hits to be labelled that share words with other spans."""


class FindRows(QAbstractListModel):
    """Articles and their hits as Qt asks for them; the rows of an article follow its own."""

    ticked = Signal()
    """Something was ticked or unticked."""

    def __init__(self) -> None:
        super().__init__()
        self.label = ""
        """The label that is to be put."""
        self.sum = Sum()
        """What putting it on the ticked hits would do."""
        self._found: list[Found] = []
        self._standings: list[Sequence[Standing]] = []
        self._ticks: list[bytearray] = []
        self._starts: list[int] = []
        self._groups: dict[Id, int] = {}
        self._count = 0

    def clear(self) -> list[Found]:
        """Show nothing; return what was shown."""
        self.beginResetModel()
        old, self._found = self._found, []
        self._standings, self._ticks, self._starts, self._groups = [], [], [], {}
        self._count, self.sum = 0, Sum()
        self.endResetModel()
        return old

    def add(self, found: Sequence[Found]) -> None:
        """Show some more hits, ticked; none of their articles is there yet."""
        new = sum(len(one.hits) + 1 for one in found)
        first = len(self._found)
        self.beginInsertRows(QModelIndex(), self._count, self._count + new - 1)
        for one in found:
            self._groups[one.article] = len(self._found)
            self._starts.append(self._count)
            self._found.append(one)
            self._standings.append(one.standings)
            self._ticks.append(bytearray(b"\1") * len(one.hits))
            self._count += len(one.hits) + 1
        self.endInsertRows()
        self._add_up(range(first, len(self._found)))

    @property
    def hits(self) -> int:
        """How many hits there are."""
        return self._count - len(self._found)

    @property
    def found_in(self) -> int:
        """In how many articles they are."""
        return len(self._found)

    @property
    def articles(self) -> KeysView[Id]:
        """The articles with hits."""
        return self._groups.keys()

    def found_at(self, row: int) -> tuple[Found, Hit | None]:
        """Return what a row shows: an article, and one of its hits unless it is the row of the article."""
        group, at = self._at(row)
        found = self._found[group]
        return found, found.hits[at] if at >= 0 else None

    def heading_of(self, row: int) -> int:
        """Return the row of the article that a row belongs to."""
        return self._starts[self._at(row)[0]]

    # --- ticks -------------------------------------------------------------------------------------

    def tick_of(self, row: int) -> Qt.CheckState:
        """Return whether a hit is ticked; of an article: all of its hits, some, or none."""
        group, at = self._at(row)
        ticks = self._ticks[group]
        if at >= 0:
            return Qt.CheckState.Checked if ticks[at] else Qt.CheckState.Unchecked
        some = sum(ticks)
        if not some:
            return Qt.CheckState.Unchecked
        return Qt.CheckState.Checked if some == len(ticks) else Qt.CheckState.PartiallyChecked

    def toggle(self, row: int) -> None:
        """Tick or untick a hit, or all hits of an article."""
        group, at = self._at(row)
        on = self.tick_of(row) != Qt.CheckState.Checked
        self._add_up([group], -1)
        if at >= 0:
            self._ticks[group][at] = on
        else:
            self._ticks[group] = bytearray([on]) * len(self._ticks[group])
        self._add_up([group])
        first, last = self._starts[group], self._starts[group] + len(self._ticks[group])
        self.dataChanged.emit(self.index(first), self.index(last))
        self.ticked.emit()

    def tick_all(self, *, on: bool) -> None:
        """Tick or untick all hits."""
        self._ticks = [bytearray([on]) * len(ticks) for ticks in self._ticks]
        self._start_anew()

    def ticked_places(self) -> Callable[[], dict[Id, list[Place]]]:
        """Return what lists the places that are ticked now, on any thread."""
        found, ticks = tuple(self._found), tuple(map(bytes, self._ticks))
        return lambda: _ticked(found, ticks)

    def places(self, articles: Iterable[Id]) -> dict[Id, list[Place]]:
        """Return the places of all hits in some articles."""
        found = [self._found[self._groups[one]] for one in articles if one in self._groups]
        return {one.article: [(hit.start, hit.end) for hit in one.hits] for one in found}

    def set_label(self, label: str) -> None:
        """Take another label as the one to be put."""
        self.label = label
        self._start_anew()

    def set_standings(self, found: Mapping[Id, Sequence[Standing]]) -> None:
        """Know anew what is labelled in some articles."""
        groups = [self._groups[one] for one in found if one in self._groups]
        self._add_up(groups, -1)
        for group in groups:
            self._standings[group] = found[self._found[group].article]
        self._add_up(groups)
        self.renew()
        self.ticked.emit()

    def _start_anew(self) -> None:
        self.sum = Sum()
        self._add_up(range(len(self._found)))
        self.renew()
        self.ticked.emit()

    def _add_up(self, groups: Iterable[int], sign: int = 1) -> None:
        """Add some articles to the sum, or take them away with what they are before a change."""
        adds = articles = same = overlaps = 0
        for group in groups:
            ticks, standings = self._ticks[group], self._standings[group]
            if any(standings):
                some = [one for one, on in zip(standings, ticks, strict=True) if on]
                new = [one for one in some if self.label not in one.same]
                count = len(new)
                same += len(some) - count
                overlaps += sum(one.overlaps for one in new)
            else:
                count = sum(ticks)
            adds += count
            articles += count > 0
        was = self.sum
        self.sum = Sum(
            was.adds + sign * adds,
            was.articles + sign * articles,
            was.same + sign * same,
            was.overlaps + sign * overlaps,
        )

    def renew(self) -> None:
        """Let all rows be painted anew."""
        if self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))

    def note_of(self, row: int) -> str:
        """Return what is to be known of a hit before it is labelled."""
        group, at = self._at(row)
        if at < 0 or not self.label:
            return ""
        standing = self._standings[group][at]
        if self.label in standing.same:
            return tr("has it")
        return tr("overlaps") if standing.overlaps else ""

    # --- Qt ----------------------------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's way
        """Return how many rows there are."""
        return 0 if parent.isValid() else self._count

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Rows can be ticked, which screen readers are told."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row's words, for the list and for screen readers, and its tick."""
        row = index.row()
        if role == Qt.ItemDataRole.CheckStateRole:
            return self.tick_of(row)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        found, hit = self.found_at(row)
        if hit is None:
            return tr("{0}, places: {1}").format(brief(found.title, _LONGEST), len(found.hits))
        return brief(f"{hit.before}{hit.text}{hit.after} {self.note_of(row)}", _LONGEST)

    def _at(self, row: int) -> tuple[int, int]:
        """Return the number of the article and of the hit in it, which is -1 for the article itself."""
        group = bisect_right(self._starts, row) - 1
        return group, row - self._starts[group] - 1


def _ticked(found: Sequence[Found], ticks: Sequence[bytes]) -> dict[Id, list[Place]]:
    return {
        one.article: [(hit.start, hit.end) for hit, on in zip(one.hits, some, strict=True) if on]
        for one, some in zip(found, ticks, strict=True)
        if any(some)
    }
