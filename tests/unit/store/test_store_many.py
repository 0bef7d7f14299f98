from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.changes import Add, AddMany, Remove, Replace
from annotator.model.collecting import no_collecting
from annotator.model.columns import Columns, Same, Unbroken
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, id_time, new_id, new_ids
from annotator.model.job import run
from annotator.model.records import Article, ArticleReading, Fragment, Setting, Span, SuggestedSpan
from annotator.store import sqlite, statements
from annotator.store.keys import Keys
from annotator.store.store import Store


def spans(article: Article, make: Any, ids: Sequence[Id]) -> list[Span]:
    return [Span(one, article.id, "CLAIM", (Fragment(0, 3),), make.who.id, 9) for one in ids]


@pytest.mark.parametrize("count", [1, 3, 60, 1500, 2500])
def test_many_are_stored_as_one_by_one(store: Store, make: Any, count: int) -> None:
    article = make.article()
    added = spans(article, make, new_ids(count))
    changes = store.write("Import", [Add(article), AddMany(added)])
    assert store.content(article.id).spans == tuple(added)
    assert store.counts().spans == count
    assert changes.many == (count >= 2000)
    assert [one.after for one in changes.changes] == ([] if changes.many else [article, *added])
    store.undo()
    assert store.counts().spans == 0
    store.redo()
    assert store.content(article.id).spans == tuple(added)


def test_settings_are_listed_among_many(store: Store, make: Any) -> None:
    article, setting = make.article(), Setting(new_id(), "suggesters", "none")
    changes = store.write(
        "Choose", [Add(article), Add(setting), *map(Add, spans(article, make, new_ids(2500)))]
    )
    assert (changes.many, [one.after for one in changes.changes]) == (True, [setting])
    undone, redone = store.undo(), store.redo()
    assert undone is not None
    assert [one.before for one in undone.changes] == [setting]
    assert redone is not None
    assert [one.after for one in redone.changes] == [setting]


@pytest.mark.parametrize("noted", ["", "why"])
def test_columns_stand_among_records_with_more_to_write(store: Store, make: Any, noted: str) -> None:
    article, ids = make.article(), new_ids(130)
    ends = Unbroken(range(60), range(5, 65))
    made = ["CLAIM"] * 60, ends, Same(make.who.id), Same(9), Same({}), Same(None), Same(None)
    columns = Columns(Span, ids[:60], Same(article.id), *made, Same(noted), Same("person"))
    others = spans(article, make, ids[60:])
    others[5:20] = [replace(one, note="a remark") for one in others[5:20]]
    edits = [Add(article), *map(Add, others[:10]), AddMany(columns), AddMany(others[10:])]
    store.write("Import", edits)
    assert {one.id: one for one in store.content(article.id).spans} == {
        one.id: one for one in (*columns, *others)
    }
    store.undo()
    assert store.counts().spans == 0


def test_ids_in_any_order_will_do(store: Store, make: Any) -> None:
    article = make.article()
    added = spans(article, make, [*reversed(new_ids(70)), *new_ids(5)])
    store.write("Import", [Add(article), AddMany(added)])
    assert {one.id for one in store.content(article.id).spans} == {one.id for one in added}


@pytest.mark.parametrize("again", [0, 1, 2])
def test_one_that_is_there_already_refuses_all(store: Store, make: Any, again: int) -> None:
    article, ids = make.article(), new_ids(3)
    store.write("Import", [Add(article), Add(spans(article, make, [ids[again]])[0])])
    with pytest.raises(NotAllowed, match="already"):
        store.write("Import", [AddMany(spans(article, make, ids))])
    assert [one.id for one in store.content(article.id).spans] == [ids[again]]


def test_an_id_twice_among_many_is_refused(store: Store, make: Any) -> None:
    article, (one, two) = make.article(), new_ids(2)
    with pytest.raises(NotAllowed, match="twice"):
        store.write("Import", [Add(article), AddMany(spans(article, make, [one, two, one]))])
    assert store.article_ids() == []


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=12))
def test_a_run_claimed_at_once_is_what_claiming_one_by_one_gives(stretches: list[tuple[int, int]]) -> None:
    ids = new_ids(40)
    keys, taken = Keys(), set[Id]()
    for start, count in stretches:
        wanted = ids[start : start + count]
        if not taken.isdisjoint(wanted):
            assert keys.claim_run(wanted) is None
            continue
        found = keys.claim_run(wanted)
        assert found is not None
        taken.update(wanted)
        assert [keys.id(key) for key in found] == wanted
    assert len({keys.find(one) for one in taken}) == len(taken)
    assert all(keys.find(one) is None for one in ids if one not in taken)
    read = Keys(keys.unsaved())
    assert {one: read.find(one) for one in ids} == {one: keys.find(one) for one in ids}


def test_operations_together_are_all_or_nothing(store: Store, make: Any) -> None:
    article = make.article()
    store.write("Import", [Add(article)])
    first, second = spans(article, make, new_ids(2))

    def add_both() -> None:
        with store.together():
            store.write("Add claim", [Add(first)])
            store.write("Add claim", [Add(second), Add(second)])

    with pytest.raises(NotAllowed):
        add_both()
    assert store.content(article.id).spans == ()
    assert store.undo_name() == "Import"
    with store.together():
        store.write("Add claim", [Add(first)])
        store.write("Begin", [Add(second)], undoable=False)
    assert store.undo_name() == "Add claim"
    store.undo()
    assert store.content(article.id).spans == (second,)


def test_length_and_reading_without_the_rest(store: Store, make: Any) -> None:
    article = make.article()
    reading = ArticleReading(new_id(), article.id, make.who.id, "begun", 9)
    store.write("Import", [Add(article)])
    assert store.length(article.id) == len(article.text)
    assert store.reading(article.id, make.who.id) is None
    store.write("Begin", [Add(reading)])
    assert store.reading(article.id, make.who.id) == reading
    assert store.reading(article.id, new_id()) is None
    assert store.length(new_id()) is None
    store.undo()
    store.undo()
    assert store.reading(article.id, make.who.id) is None
    assert store.length(article.id) is None


def test_rows_asked_for_in_any_number_are_found_once(store: Store, make: Any) -> None:
    store.write("Import", make.bulk(21, 0))
    ids = store.article_ids()
    for count in (1, 2, 3, 8, 9, 21):
        assert [one.id for one in store.article_rows(ids[:count])] == ids[:count]
        assert [one.id for one in store.get_many(Article, ids[:count])] == ids[:count]


def test_nothing_that_is_asked_for_by_key_walks_all_articles(store: Store, make: Any) -> None:
    """SQLite takes the index of those that are not deleted where a query names that, and walks them all."""
    store.write("Import", make.bulk(200, 2))
    ids, asked = store.article_ids(), list[str]()
    driver = sqlite.driver(store._connection)
    driver.set_trace_callback(asked.append)
    assert len(store.article_rows(ids[:128])) == 128
    assert store.length(ids[7]) is not None
    assert store.content(ids[7]).spans
    assert len(list(store.contents())) == 200
    driver.set_trace_callback(None)
    of_all = 'SELECT articles."key" \nFROM articles \nWHERE articles.deleted = 0 ORDER BY'
    of_any = "SELECT EXISTS"  # ends at the first row
    by_key = [one for one in asked if one.startswith("SELECT") and not one.startswith((of_all, of_any))]
    plans = [(one[:60], row[3]) for one in by_key for row in driver.execute(f"EXPLAIN QUERY PLAN {one}")]
    assert len(by_key) > 20
    of_results = "SCAN anon_"  # goes through what a query within found
    plans = [one for one in plans if not one[1].startswith(of_results)]
    assert [one for one in plans if "articles_in_order" in one[1] or one[1].startswith("SCAN")] == []


def test_frames_that_wait_are_found_by_their_parts(store: Store, make: Any) -> None:
    """By their article, all of them would be looked at for each span: seconds with a thousand."""
    store.write("Import", make.bulk(2, 2))
    asked = list[str]()
    driver = sqlite.driver(store._connection)
    driver.set_trace_callback(asked.append)
    store.article_rows(store.article_ids())
    driver.set_trace_callback(None)
    (query,) = (one for one in asked if "suggested_spans" in one and "EXISTS" in one)
    plan = [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert any("roles_by_ending" in one for one in plan)
    assert not any("suggested_frames_by_article" in one for one in plan)


def test_collecting_is_held_back_and_comes_back() -> None:
    def fail() -> None:
        with no_collecting():
            with no_collecting():
                pass
            assert not gc.isenabled()
            raise KeyError

    was = gc.isenabled()
    gc.enable()
    try:
        with pytest.raises(KeyError):
            fail()
        assert gc.isenabled()
        gc.disable()
        with no_collecting():
            pass
        assert not gc.isenabled()
    finally:
        (gc.enable if was else gc.disable)()


def test_many_replaced_at_once_are_as_one_by_one_and_taken_back_as_well(store: Store, make: Any) -> None:
    article = make.article()
    ids = new_ids(600)
    open_ = [
        SuggestedSpan(one, article.id, "CLAIM", (Fragment(0, 3),), 0.5, "r 1", "because", id_time(one))
        for one in ids
    ]
    store.write("Suggest", [Add(article), AddMany(open_)])
    decided = [replace(one, state="rejected") for one in open_[:500]]
    again = [replace(one, state="accepted", became=one.id) for one in decided[:3]]
    moved = replace(open_[550], fragments=(Fragment(1, 2),))
    edits = [*map(Replace, [*decided, *again, moved]), Remove(open_[599]), Replace(open_[499])]
    store.write("Decide", edits)
    after = {one.id: one for one in store.content(article.id).suggested_spans}
    expected = {one.id: one for one in [*open_[:599], *decided[:499], *again, moved]}
    assert after == expected
    assert store.article_rows([article.id])[0].suggestions == 100
    assert run(store.check()) == ()
    store.undo()
    assert store.content(article.id).suggested_spans == tuple(open_)
    assert store.article_rows([article.id])[0].suggestions == 600
    store.redo()
    assert {one.id: one for one in store.content(article.id).suggested_spans} == expected
    assert run(store.check()) == ()


def test_many_replaced_take_few_statements(store: Store, make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    article = make.article()
    added = spans(article, make, new_ids(1000))
    store.write("Import", [Add(article), AddMany(added)])
    written, real = [], statements.update_rows

    def _update_rows(connection: Any, table: str, columns: Any, values: Any) -> None:
        written.append(len(values))
        real(connection, table, columns, values)

    monkeypatch.setattr(statements, "update_rows", _update_rows)
    store.write("Note", [Replace(replace(one, note="new")) for one in added])
    assert sum(written) == 1000
    assert len(written) < 10


def test_what_was_pointed_to_before_it_came_is_in_a_run_of_its_own(store: Store, make: Any) -> None:
    article = make.article()
    late, *others = spans(article, make, new_ids(2500))
    frame = make.frame(article, ("target", "span", late.id))
    edits = [Add(article), Add(frame), AddMany(others[:1200]), Add(late), AddMany(others[1200:])]
    store.write("Import", edits)
    assert run(store.check()) == ()
    assert store.counts().spans == 2500
    store.undo()
    assert store.counts().spans == 0
    store.redo()
    assert {one.id for one in store.content(article.id).spans} == {one.id for one in (late, *others)}
    assert run(store.check()) == ()
