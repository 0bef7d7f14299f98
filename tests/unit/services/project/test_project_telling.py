"""Large operations tell how far they are, and stopped in the middle they leave nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.model.changes import Changes
from annotator.model.errors import Stopped
from annotator.model.ids import Id
from annotator.model.job import run
from annotator.model.records import Actor
from annotator.model.scheme_edits import Place, RenameItem
from annotator.model.suggesting import Proposals, ProposedSpan
from annotator.services.suggesting import SuggestionPlan

Operation = Callable[[Any], Changes]


def label_all(desk: Any) -> Changes:
    places = {desk.bridge: [(at, at + 1) for at in range(30)], desk.copy: [(0, 3)]}
    found: Changes = desk.project.finder.write(run(desk.project.finder.plan("PRODUCT", places)))
    return found


def merge_actors(desk: Any) -> Changes:
    kept, other = (one.id for one in desk.project.actors())
    found: Changes = desk.project.pairs.merge(kept, other)
    return found


def rename(desk: Any) -> Changes:
    found: Changes = desk.project.schemes.change(RenameItem(Place("PERSON"), "HUMAN"))
    return found


def accept(desk: Any) -> Changes:
    content = desk.content()
    found: Changes = desk.project.accept([one.id for one in content.suggested_spans])
    return found


def remove(desk: Any) -> Changes:
    found: Changes = desk.project.articles.remove([desk.copy, desk.bridge])
    return found


@pytest.fixture
def full(desk: Any) -> Any:
    """The project with a little of everything that large operations touch."""
    actors = [made(desk, name) for name in ("Ada Quist", "Quist")]
    for actor, words in zip(actors, ("Mayor Ada Quist", "Ada Quist"), strict=True):
        desk.span("SOURCE", words, article=desk.copy, actor=actor)
    for words in ("Ada Quist", "Quist"):
        desk.span("PERSON", words)
    desk.propose(desk.suggested("ORG", "Radio Six"), desk.suggested("PERSON", "Ada"))
    return desk


def made(desk: Any, name: str) -> Id:
    changes = desk.project.add_actor(name, "person")
    return next(one.record.id for one in changes.changes if isinstance(one.record, Actor))


@pytest.mark.parametrize("operation", [label_all, merge_actors, rename, accept, remove])
def test_what_is_stopped_anywhere_leaves_nothing(full: Any, operation: Operation) -> None:
    before, undo = full.everything(), full.project.undo_name()
    reports = told(full, operation)
    assert [done for done, _ in reports] == sorted(done for done, _ in reports)
    assert reports[-1][0] > 1
    full.project.undo()
    for last in range(len(reports)):
        with pytest.raises(Stopped):
            stopped_at(full, operation, last)
        assert full.everything() == before
        assert full.project.undo_name() == undo
    changes = operation(full)
    assert changes.operation == full.project.undo_name(), "afterwards it is written as ever"
    assert run(full.project.check()) == ()


@pytest.mark.parametrize("operation", [label_all, merge_actors, rename, accept, remove])
def test_undo_and_redo_are_stopped_anywhere_and_leave_nothing(full: Any, operation: Operation) -> None:
    operation(full)
    for travel in (undo, redo):
        before, names = full.everything(), (full.project.undo_name(), full.project.redo_name())
        reports = told(full, travel)
        after = full.everything()
        assert [done for done, _ in reports] == sorted(done for done, _ in reports)
        assert {total for _, total in reports} == {reports[-1][0]}
        (redo if travel is undo else undo)(full)
        for last in range(len(reports)):
            with pytest.raises(Stopped):
                stopped_at(full, travel, last)
            assert full.everything() == before
            assert (full.project.undo_name(), full.project.redo_name()) == names
        travel(full)
        assert full.everything() == after
    assert run(full.project.check()) == ()


def undo(desk: Any) -> Changes:
    found: Changes = desk.project.undo()
    return found


def redo(desk: Any) -> Changes:
    found: Changes = desk.project.redo()
    return found


def test_suggestions_are_counted_by_article(full: Any) -> None:
    plans = [plan(full, number) for number in range(2)]
    reports = told(full, lambda desk: desk.project.write_suggestions(*plans, undoable=True))
    assert [done for done, _ in reports] == sorted(done for done, _ in reports)
    assert {total for _, total in reports} == {4}
    assert {done for done, _ in reports} == {0, 1, 2, 3, 4}


def plan(desk: Any, number: int) -> SuggestionPlan:
    """Return one that proposes in the first article alone."""
    span = ProposedSpan("PERSON", ((number, number + 2),), 0.5, "for the test")
    proposals = ((desk.bridge, Proposals((span,), ())), (desk.copy, Proposals((), ())))
    return SuggestionPlan(f"test{number} 1", ("entities",), proposals)


def test_many_records_are_counted_one_by_one(full: Any) -> None:
    assert told(full, label_all)[-1][0] == 31


def test_who_knows_how_much_it_is_tells(full: Any) -> None:
    reports = told(full, rename)
    assert {total for _, total in reports} == {reports[-1][0]}


def test_nobody_is_told_afterwards(full: Any) -> None:
    reports = told(full, accept)
    count = len(reports)
    full.span("PERSON", "Mayor")
    assert len(reports) == count


def told(desk: Any, operation: Operation) -> list[tuple[int, int]]:
    """Do it, and return what was told meanwhile."""
    reports: list[tuple[int, int]] = []
    with desk.project.telling(lambda done, total: reports.append((done, total))):
        operation(desk)
    return reports


def stopped_at(desk: Any, operation: Operation, last: int) -> None:
    """Do it, and stop it at one of its reports."""
    count = 0

    def hear(_done: int, _total: int) -> None:
        nonlocal count
        if count == last:
            raise Stopped("Stopped: nothing was changed.")
        count += 1

    with desk.project.telling(hear):
        operation(desk)
