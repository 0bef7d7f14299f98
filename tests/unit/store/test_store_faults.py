"""Whatever fails, at whatever statement: all of an operation is in the file, or nothing of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from annotator.model.changes import Add, Changes, Remove, Replace
from annotator.model.errors import NotSaved
from annotator.model.records import Article, Span
from annotator.store import statements
from annotator.store.store import Store


class Fault(Exception):
    pass


@contextmanager
def fault_at(store: Store, number: int, *, sticky: bool) -> Iterator[list[int]]:
    """Fail at the n-th statement from now on, once or from then on."""
    seen = [0]

    def before(*_: object) -> None:
        seen[0] += 1
        if seen[0] == number or (sticky and seen[0] > number):
            raise Fault(number)

    def counting(work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any) -> Any:
            before()
            return work(*args)

        return run

    engine = store._connection.engine
    event.listen(engine, "before_cursor_execute", before)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("execute", "execute_many"):
            patch.setattr(statements, name, counting(getattr(statements, name)))
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", before)


def state(store: Store) -> object:
    return list(store.contents()), store.counts(), store.history(), store.undo_name(), store.redo_name()


Action = Callable[[Store], Changes | None]


def actions(make: Any, article: Article, span: Span) -> dict[str, Action]:
    return {
        "add": lambda store: store.write("Add", [Add(make.span(article))], by=make.who.id),
        "change": lambda store: store.write("Change", [Replace(replace(span, note="x", label="SOURCE"))]),
        "remove": lambda store: store.write("Remove", [Remove(span)]),
        "import": lambda store: store.write("Import", make.bulk(3, 60)),
        "undo": lambda store: store.undo(),
        "redo": lambda store: store.redo(),
    }


@pytest.mark.parametrize("sticky", [False, True])
@pytest.mark.parametrize("name", ["add", "change", "remove", "import", "undo", "redo"])
def test_a_fault_at_any_statement_leaves_all_or_nothing(
    store: Store, make: Any, name: str, sticky: bool
) -> None:
    """T-13."""
    article = make.article()
    span = make.span(article)
    store.write("Start", [Add(article), Add(span)])
    store.write("Bulk", make.bulk(1, 50))
    store.write("More", make.bulk(1, 50))
    store.undo()
    action = actions(make, article, span)[name]
    before = state(store)
    for number in range(1, 200):
        with fault_at(store, number, sticky=sticky) as seen, contextlib.suppress(Fault):
            action(store)
        if seen[0] < number:
            break
        if state(store) != before:
            # The fault came after the commit: what was done must be there as a whole.
            assert number > 4
            break
    assert number > 4
    assert state(store) != before
    store.write("Next", [Add(make.span(article))])


def pages(store: Store) -> int:
    count: int = store._connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    return count


def test_a_full_disk_keeps_what_was_saved_and_the_store_goes_on(store: Store, make: Any) -> None:
    """T-14: the disk has room for a few more pages, then none, at every point of an import."""
    article = make.article()
    store.write("Start", [Add(article)])
    before = state(store)
    now = pages(store)
    for more in range(1000):
        store._connection.exec_driver_sql(f"PRAGMA max_page_count = {now + more}")
        if not _refused(lambda: store.write("Import", make.bulk(20, 60))):
            break
        assert state(store) == before
    assert more > 5
    store._connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    store.undo()
    store.redo()
    assert store.counts().spans == 1200


def test_a_full_disk_at_undo_changes_nothing(store: Store, make: Any) -> None:
    store.write("Import", make.bulk(5, 60))
    store._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages(store)}")
    for turn in range(400):
        before = state(store)
        if _refused(store.redo if turn % 2 else store.undo):
            break
    assert turn < 399
    assert state(store) == before
    store._connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    store.write("Next", make.bulk(1, 1))


def _refused(action: Callable[[], object]) -> bool:
    try:
        action()
    except NotSaved as error:
        return "disk that holds project.annot is full" in str(error)
    return False


def test_a_text_that_cannot_be_stored_is_our_mistake_and_leaves_nothing(store: Store, make: Any) -> None:
    article = make.article()
    store.write("Add", [Add(article)])
    with pytest.raises(ValueError, match=r"surrogates|UTF-8"):
        store.write("Add", [Add(make.span(article, note="\ud800"))])
    store.write("Add", [Add(make.span(article, note="fine"))])
    assert [one.note for one in store.content(article.id).spans] == ["fine"]
