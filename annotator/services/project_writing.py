"""The one way from an operation to the store: written in one step, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager
from dataclasses import replace

from annotator.model.changes import AddMany, BulkEdit, Change, Changes, Edit, Hear, Portions
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id
from annotator.model.records import Annotator, SchemeVersion
from annotator.model.rules import in_sentence, title_of
from annotator.model.scheme import Scheme
from annotator.services import project_above, project_articles, project_suggestions
from annotator.services.project_ground import Ground
from annotator.store.store import Store


class Writer:
    """Writes for the annotator at work; keeps the scheme that holds, and which articles are begun."""

    def __init__(self, store: Store, annotator: str) -> None:
        self._store = store
        self._begun: set[Id] = set()
        self._hear: Hear | None = None
        self.scheme: Scheme = store.scheme()
        self.annotator: Annotator = project_above.choose_annotator(store, annotator)[0]

    @property
    def ground(self) -> Ground:
        """What operations stand on, as it is now."""
        return Ground(self._store, self.scheme, self.annotator.id)

    @property
    def hidden(self) -> list[str]:
        """The labels whose suggestions are not shown."""
        return [label.name for label in self.scheme.labels if not label.is_offered]

    def work_as(self, name: str) -> Changes:
        """Let another annotator be at work from now on."""
        self._begun.clear()
        self.annotator, changes = project_above.choose_annotator(self._store, name)
        return changes

    def adding(self, label: str) -> str:
        """Return what the operation is called that adds something with this label."""
        return f"Add {in_sentence(title_of(label, self.scheme))}"

    def small(
        self, operation: str, edits: Sequence[Edit], article: Id | None = None, *, begins: bool = True
    ) -> Changes:
        """Write a small operation; the article that it works on counts as begun."""
        if not edits:
            return Changes(operation, undo=self._store.undo_name(), redo=self._store.redo_name())
        if not begins:
            return self.large(operation, edits)
        self._refuse_reading_only()
        with self._store.together():
            changes = self.large(operation, edits)
            articles = {article} if article is not None else set(changes.articles)
            begun = self._begin(articles - self._begun)
        self._begun |= articles
        return replace(changes, changes=(*changes.changes, *begun))

    def large(
        self, operation: str, edits: Iterable[BulkEdit], *, by: Id | None = None, undoable: bool = True
    ) -> Changes:
        """Write any number of edits in one step; raises NotAllowed when the file is read only."""
        self._refuse_reading_only()
        told = edits if self._hear is None else _told(edits, self._hear)
        return self._followed(
            self._store.write(operation, told, by=by or self.annotator.id, undoable=undoable)
        )

    @contextmanager
    def telling(self, hear: Hear) -> Iterator[None]:
        """Tell somebody, edit by edit, how far what is written meanwhile is."""
        self._hear = hear
        try:
            yield
        finally:
            self._hear = None

    def _refuse_reading_only(self) -> None:
        if self._store.read_only:
            raise NotAllowed("This project is open for reading only: save a copy and work on that.")

    def undo(self) -> Changes | None:
        """Take back the last operation; None when there is nothing to take back."""
        changes = self._moved(self._store.undo(self.annotator.id, self._hear))
        edits = project_suggestions.point_again(self.ground, changes) if changes is not None else []
        if changes is None or not edits:
            return changes
        again = self._store.write("Point to suggestions", edits, by=self.annotator.id, undoable=False)
        return replace(changes, changes=(*changes.changes, *again.changes))

    def redo(self) -> Changes | None:
        """Do again what was taken back; None when there is nothing."""
        return self._moved(self._store.redo(self.annotator.id, self._hear))

    def _moved(self, changes: Changes | None) -> Changes | None:
        self._begun.clear()
        return None if changes is None else self._followed(changes)

    def _followed(self, changes: Changes) -> Changes:
        if changes.many or changes.has(SchemeVersion):
            found = self._store.scheme()
            # The same one stays the same object, so that nobody draws everything anew for it.
            self.scheme = self.scheme if found == self.scheme else found
        for change in changes.of(Annotator):
            if isinstance(change.after, Annotator) and change.after.id == self.annotator.id:
                self.annotator = change.after
        return changes

    def _begin(self, articles: set[Id]) -> tuple[Change, ...]:
        """Note that articles are begun: no step of its own, and undo leaves it alone."""
        edits = project_articles.begin(self.ground, articles)
        if not edits:
            return ()
        return self._store.write("Begin article", edits, by=self.annotator.id, undoable=False).changes


def _told(edits: Iterable[BulkEdit], hear: Hear) -> Iterator[BulkEdit]:
    if isinstance(edits, Portions):
        yield from _told_by_portion(edits, hear)
        return
    total, done = len(edits) if isinstance(edits, Sized) else 0, 0
    for edit in edits:
        hear(done, total)
        yield edit
        done += len(edit.records) if isinstance(edit, AddMany) else 1
    hear(done, total)


def _told_by_portion(edits: Portions, hear: Hear) -> Iterator[BulkEdit]:
    yield from edits.opening
    for done, portion in enumerate(edits.portions):
        hear(min(done, edits.total), edits.total)
        for edit in portion:
            yield edit
            hear(min(done, edits.total), edits.total)
    hear(edits.total, edits.total)
