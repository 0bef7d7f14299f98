"""Changes: what a view asks them."""

import pytest

from annotator.model.changes import Change, Changes
from annotator.model.ids import new_ids
from annotator.model.records import Actor, Annotator, Setting

ONE, TWO = new_ids(2)


def test_a_view_looks_only_when_its_article_is_touched() -> None:
    changes = Changes("Add claim", articles=frozenset({ONE}))
    assert changes.touches(ONE)
    assert not changes.touches(TWO)
    assert Changes("Import", many=True).touches(TWO)


def test_changes_of_one_kind() -> None:
    actor, annotator = Actor(ONE, "Anna Ode"), Annotator(TWO, "Ben")
    changes = Changes("Add", (Change(None, actor), Change(annotator, None)))
    assert [change.record for change in changes.of(Actor)] == [actor]
    assert [change.record for change in changes.of(Annotator)] == [annotator]
    assert [change.record for change in changes.of(Annotator, Actor)] == [annotator, actor]
    assert not list(changes.of(Setting))
    assert changes.has(Setting, Actor)
    assert not changes.has(Setting)


def test_a_change_of_nothing_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        Change(None, None).record  # noqa: B018
