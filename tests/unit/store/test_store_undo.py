from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from annotator.model.changes import Add, Remove, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import new_id
from annotator.model.records import Annotator, Setting, Span
from annotator.store.store import Store


def test_there_is_nothing_to_undo_at_first(store: Store) -> None:
    assert store.undo() is None
    assert store.redo() is None
    assert store.undo_name() is None
    assert store.redo_name() is None


def test_a_hundred_steps_back_and_forth_over_restarts(reopened: Callable[[], Store], make: Any) -> None:
    """T-41."""
    store = reopened()
    article = make.article()
    span = make.span(article)
    store.write("Add", [Add(article), Add(span)])
    for number in range(100):
        store.write(f"Note {number}", [Replace(replace(span, note=str(number)))])
    store = reopened()
    for number in reversed(range(100)):
        assert store.undo_name() == f"Note {number}"
        store.undo()
        if number % 40 == 0:
            store = reopened()
    assert store.get(Span, span.id) == span
    store.undo()
    assert store.undo_name() is None
    store = reopened()
    for _ in range(101):
        store.redo()
    assert store.redo_name() is None
    assert store.get(Span, span.id) == replace(span, note="99")


def test_something_new_ends_redo(store: Store, make: Any) -> None:
    article = make.article()
    store.write("First", [Add(article)])
    store.write("Second", [Add(make.span(article))])
    store.undo()
    store.write("Third", [Add(make.span(article))])
    assert store.redo_name() is None
    assert store.redo() is None
    assert store.undo_name() == "Third"
    store.undo()
    assert (store.undo_name(), store.redo_name()) == ("First", "Third")
    store.redo()
    store.undo()
    assert (store.undo_name(), store.redo_name()) == ("First", "Third")


def test_automatic_work_is_passed_over(store: Store, make: Any) -> None:
    article = make.article()
    store.write("Import", [Add(article)])
    changes = store.write("Begin reading", [Add(Setting(new_id(), "a", "b"))], undoable=False)
    assert (changes.undo, changes.redo) == ("Import", None)
    store.undo()
    store.write("Begin reading", [Add(Setting(new_id(), "c", "d"))], undoable=False)
    assert store.redo_name() == "Import"
    store.redo()
    assert store.article_ids() == [article.id]
    assert len(store.all(Setting)) == 2


def test_undo_is_refused_when_another_changed_the_same_field_since(store: Store, make: Any) -> None:
    article, other = make.article(), Annotator(new_id(), "Boris")
    span = make.span(article)
    store.write("Add", [Add(article), Add(span), Add(other)])
    store.write("Change note", [Replace(replace(span, note="mine"))], by=make.who.id)
    store.write("Tidy up", [Replace(replace(span, note="his"))], by=other.id, undoable=False)
    before = store.history(), store.get(Span, span.id)
    with pytest.raises(NotAllowed, match=r"Change note.*span CLAIM.*by Boris.*Tidy up"):
        store.undo()
    assert (store.history(), store.get(Span, span.id)) == before
    store.write("Put back", [Replace(replace(span, note="mine"))], undoable=False)
    store.undo()
    assert store.get(Span, span.id) == span


def test_undo_keeps_what_was_changed_in_other_fields_since(store: Store, make: Any) -> None:
    article = make.article()
    span = make.span(article)
    store.write("Add", [Add(article), Add(span)])
    store.write("Change note", [Replace(replace(span, note="mine"))])
    store.write("Tidy up", [Replace(replace(span, note="mine", label="SOURCE"))], undoable=False)
    store.undo()
    assert store.get(Span, span.id) == replace(span, label="SOURCE")


def test_undo_of_an_addition_is_refused_when_the_record_was_changed(store: Store, make: Any) -> None:
    article = make.article()
    span = make.span(article)
    store.write("Add article", [Add(article)])
    store.write("Add span", [Add(span)])
    store.write("Tidy up", [Replace(replace(span, note="x"))], undoable=False)
    with pytest.raises(NotAllowed, match="changed since"):
        store.undo()
    store.write("Tidy up", [Remove(replace(span, note="x"))], undoable=False)
    with pytest.raises(NotAllowed, match="changed since"):
        store.undo()


def test_undo_of_a_bulk_import_is_refused_when_one_record_was_changed(store: Store, make: Any) -> None:
    edits = list(make.bulk(10, 20))
    store.write("Import", edits)
    span = next(edit.record for edit in edits if isinstance(edit.record, Span))
    store.write("Tidy up", [Replace(replace(span, note="x"))], undoable=False)
    with pytest.raises(NotAllowed, match=r"“Import” cannot be undone: the span CLAIM"):
        store.undo()
    store.write("Tidy up", [Replace(span)], undoable=False)
    store.write("Tidy up", [Remove(span)], undoable=False)
    with pytest.raises(NotAllowed, match="changed since"):
        store.undo()
    assert store.counts().spans == 199


def test_redo_is_refused_when_a_record_came_back_meanwhile(store: Store, make: Any) -> None:
    article = make.article()
    store.write("Import", [Add(article)])
    store.undo()
    store.write("Import again", [Add(article)], undoable=False)
    with pytest.raises(NotAllowed, match="cannot be done again"):
        store.redo()


def test_a_bulk_import_goes_and_comes_back_whole(reopened: Callable[[], Store], make: Any) -> None:
    store = reopened()
    store.write("Import", make.bulk(40, 30), by=make.who.id)
    before = list(store.contents()), store.counts(), store.search("mayor"), store.known_texts()
    undone = store.undo()
    assert undone is not None
    assert list(store.contents()) == []
    assert store.counts().spans == store.counts().articles == 0
    assert store.search("mayor") == ()
    assert store.known_texts() == {}
    store = reopened()
    store.redo()
    assert (list(store.contents()), store.counts(), store.search("mayor"), store.known_texts()) == before
    store.undo()
    store.redo()
    assert store.counts() == before[1]


def test_undo_of_a_bulk_import_lists_what_went_when_it_is_not_much(store: Store, make: Any) -> None:
    edits = list(make.bulk(3, 30))
    store.write("Import", edits)
    undone = store.undo()
    assert undone is not None
    assert sorted(change.record.id for change in undone.changes) == sorted(edit.record.id for edit in edits)
    assert all(change.after is None for change in undone.changes)
    redone = store.redo()
    assert redone is not None
    assert all(change.before is None and change.after is not None for change in redone.changes)
    assert len(redone.changes) == len(edits)


def test_history_shows_what_was_done_and_what_is_undone(store: Store, make: Any) -> None:
    article = make.article()
    store.write("Import", [Add(article)], by=make.who.id)
    store.write("Add claim", [Add(make.span(article))], by=make.who.id)
    store.undo(make.who.id)
    shown = [(one.name, one.undone, one.records, one.who) for one in store.history(2)]
    assert shown == [("Add claim", True, 1, make.who.id), ("Import", False, 1, make.who.id)]
    assert len({one.id for one in store.history()}) == len(store.history())
    store.redo()
    assert not store.history(1)[0].undone
