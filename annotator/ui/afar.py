"""Asks the open project from another thread than the store's: long work there keeps no save waiting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from annotator.ui.keeper import Keeper
from annotator.ui.worker import Worker, closed_meanwhile

if TYPE_CHECKING:
    from annotator.services.project import Project

T = TypeVar("T")


class Afar:
    """Asks the project that was open at its first question; raises Stopped once that is closed."""

    def __init__(self, keeper: Keeper, store: Worker) -> None:
        self._keeper = keeper
        self._store = store
        self._project: Project | None = None

    def __call__(self, query: Callable[[Project], T], /) -> T:
        """Return what the project answers; waits for what was asked before."""
        return self._store.fetch(lambda: query(self._same()))

    def _same(self) -> Project:
        if self._project is None:
            self._project = self._keeper.project()
        if not self._keeper.has(self._project):
            raise closed_meanwhile()
        return self._project
