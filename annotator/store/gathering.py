"""Gathers what many edits of one operation add up to, so that few statements write it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

from sqlalchemy.engine import Connection

from annotator.store import statements
from annotator.store.keys import Names
from annotator.store.kinds import Kind, Values

_MANY = 10_000
_ARTICLE_AND_LABEL = itemgetter(1, 2)
Run = tuple[int, int]
"""First and last key of a run of records."""


def unbroken(keys: Iterable[int]) -> list[Run]:
    """Return ascending keys as runs in which each follows the one before."""
    runs: list[Run] = []
    for key in keys:
        if runs and runs[-1][1] == key - 1:
            runs[-1] = (runs[-1][0], key)
        else:
            runs.append((key, key))
    return runs


class Updates:
    """Columns that rows get anew; rows in turn that get the same columns are written together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._what: tuple[str, tuple[str, ...]] = ("", ())
        self._rows: list[Values] = []

    def add(self, kind: Kind, key: int, values: Mapping[str, Any]) -> None:
        """Take in columns of one row."""
        what = (kind.table.name, tuple(values))
        if what != self._what:
            self.flush()
            self._what = what
        self._rows.append((*values.values(), key))

    def flush(self) -> None:
        """Write them; before a row is read that may be among them."""
        if self._rows:
            statements.update_rows(self._connection, *self._what, self._rows)
            self._rows = []


class Tallies:
    """How many records of a kind and label an article has more, or fewer; of suggestions the open ones."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names
        self._counts: dict[int, Counter[tuple[int, int]]] = {}
        """By kind, then by article and label."""

    def count(self, kind: Kind, row: Values, step: int) -> None:
        """Count one row."""
        if "state" not in kind.columns or row[kind.columns.index("state")] == self._names.word_key["open"]:
            self._of(kind)[row[1], row[2]] += step

    def count_rows(self, kind: Kind, values: Iterable[Values]) -> None:
        """Count new rows by label and article; they begin with key, article, label."""
        if "state" in kind.columns:
            at, open_ = kind.columns.index("state"), self._names.word_key["open"]
            values = [row for row in values if row[at] == open_]
        counts = self._of(kind)
        counts.update(map(_ARTICLE_AND_LABEL, values))
        if len(counts) >= _MANY:
            self.flush()

    def _of(self, kind: Kind) -> Counter[tuple[int, int]]:
        return self._counts.setdefault(self._names.word_key[kind.table.name], Counter())

    def flush(self) -> None:
        """Write them."""
        found = [
            (kind, label, article, count)
            for kind, counts in self._counts.items()
            for (article, label), count in counts.items()
            if count
        ]
        statements.add_tallies(self._connection, sorted(found))
        self._counts.clear()
