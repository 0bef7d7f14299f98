from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.model.changes import Add, Edit, Remove, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import new_id, new_ids
from annotator.model.records import (
    Actor,
    Annotator,
    Article,
    ArticleLabel,
    ArticleReading,
    Block,
    ClaimCard,
    Fragment,
    Frame,
    NothingHere,
    Record,
    RoleEnd,
    SchemeVersion,
    Setting,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.store.store import Store


def records_of_every_kind(make: Any) -> list[Record]:
    """Two of each kind: as empty as it may be, and with everything filled in."""
    who, article = make.who.id, make.article(meta={"outlet": "The Bay", "published": "2024-05-01", "x": "ü"})
    bare = Article(new_id(), "bare", "", "x", "not checked here", language="", created=0)
    actor = Actor(new_id(), "Bob", "person", ("B.", "Bobby"), "Bay Council", "mayor", "a note", article.id)
    card = ClaimCard(new_id(), "The bridge is safe", "note")
    one, two = (Fragment(0, 3), Fragment(4, 9)), (Fragment(1, 2),)
    full = Span(
        new_id(), article.id, "CLAIM", one, who, 7, {"b": "2", "a": ""}, actor.id, card.id, "n", "import"
    )
    proposed = SuggestedSpan(
        new_id(), article.id, "CLAIM", one, 1 / 3, "built in 1", "why", 8, {"a": "b"}, "accepted", full.id
    )
    roles = (RoleEnd("target", "span", full.id), RoleEnd("holder", "actor", actor.id))
    frame = Frame(new_id(), article.id, "STANCE", roles, who, 9, {"value": "deny"}, "n", "suggestion")
    return [
        article,
        replace(bare, sha256=__import__("hashlib").sha256(b"x").hexdigest()),
        Block(new_id(), article.id, 0, 5, "headline"),
        actor,
        Actor(new_id(), "", ""),
        card,
        ClaimCard(new_id(), ""),
        full,
        Span(new_id(), article.id, "SOURCE", two, who, 0),
        frame,
        Frame(new_id(), article.id, "STANCE", (), who, 0),
        ArticleLabel(new_id(), article.id, "TOPIC", who, 5, {"a": "b"}, "n", "import"),
        NothingHere(new_id(), article.id, "entities", who, 6, Fragment(0, 4)),
        NothingHere(new_id(), article.id, "all", who, 6),
        ArticleReading(new_id(), article.id, who, "done", 12345),
        Annotator(new_id(), "suggester", "program"),
        proposed,
        SuggestedSpan(new_id(), article.id, "CLAIM", two, 0.0, "", "", 0),
        SuggestedFrame(
            new_id(),
            article.id,
            "STANCE",
            (RoleEnd("target", "span", proposed.id),),
            0.5,
            "s",
            "r",
            3,
            {"v": "w"},
        ),
        SchemeVersion(new_id(), 2, '{"name":"next"}', 4),
        Setting(new_id(), "pipeline", ""),
    ]


def test_every_kind_of_record_comes_back_as_it_was(store: Store, make: Any) -> None:
    records = records_of_every_kind(make)
    changes = store.write("Add all", map(Add, records), by=make.who.id)
    assert [change.after for change in changes.changes] == records
    assert all(change.before is None for change in changes.changes)
    for record in records:
        assert store.get(type(record), record.id) == record
    store.undo()


def test_records_in_reverse_order_come_back_too(store: Store, make: Any) -> None:
    """Everything points to what is not there yet."""
    records = records_of_every_kind(make)[::-1]
    store.write("Add all", map(Add, records))
    for record in records:
        assert store.get(type(record), record.id) == record
    store.undo()


def test_every_kind_can_be_removed_and_comes_back_by_undo(store: Store, make: Any) -> None:
    records = records_of_every_kind(make)
    store.write("Add all", map(Add, records))
    store.write("Remove all", map(Remove, records))
    assert all(store.get(type(record), record.id) is None for record in records)
    store.undo()
    assert all(store.get(type(record), record.id) == record for record in records)
    store.undo()


def test_articles_come_in_the_order_they_were_added(store: Store, make: Any) -> None:
    first, second, third = make.article("b"), make.article("a"), make.article("c")
    points_ahead = make.frame(first, ("target", "article", third.id))
    store.write("Import", map(Add, (first, points_ahead, second, third)))
    assert store.article_ids() == [first.id, second.id, third.id]


def test_a_replaced_field_is_the_only_one_in_the_log(store: Store, make: Any) -> None:
    article = make.article()
    span = make.span(article, note="before")
    store.write("Add", [Add(article), Add(span)])
    changes = store.write("Change note", [Replace(replace(span, note="after"))])
    (change,) = changes.changes
    assert change.before == span
    assert change.after == replace(span, note="after")
    assert changes.articles == {article.id}
    entries = list(store._journal.entries(store._journal._operation))
    assert [(one.op, one.before, one.after) for one in entries] == [
        ("change", '{"note":"before"}', '{"note":"after"}')
    ]


def test_replacing_with_the_same_values_is_no_operation(store: Store, make: Any) -> None:
    article = make.article()
    store.write("Add", [Add(article)])
    assert store.write("Change", [Replace(article)]).changes == ()
    assert store.undo_name() == "Add"


def test_roles_are_one_field_of_the_frame(store: Store, make: Any) -> None:
    article = make.article()
    spans = [make.span(article, at, at + 2) for at in range(3)]
    frame = make.frame(article, ("target", "span", spans[0].id), ("target", "span", spans[1].id))
    store.write("Add", map(Add, (article, *spans, frame)))
    changed = replace(frame, roles=(frame.roles[1], RoleEnd("target", "span", spans[2].id)))
    store.write("Change", [Replace(changed)])
    assert store.get(Frame, frame.id) == changed
    assert store.frames_with_end([spans[0].id]) == ()
    assert store.frames_with_end([spans[1].id, spans[2].id]) == (changed,)
    store.undo()
    assert store.frames_with_end([spans[0].id]) == (frame,)


def test_the_text_of_an_article_is_fixed(store: Store, make: Any) -> None:
    article = make.article()
    store.write("Add", [Add(article)])
    with pytest.raises(NotAllowed, match="fixed"):
        store.write("Change", [Replace(replace(article, text="new", sha256="other"))])
    assert store.get(Article, article.id) == article


@pytest.mark.parametrize("edit", [Replace, Remove])
def test_what_is_not_there_cannot_be_changed(store: Store, make: Any, edit: Callable[[Record], Edit]) -> None:
    article = make.article()
    with pytest.raises(NotAllowed, match="no longer"):
        store.write("Change", [edit(article)])
    store.write("Add", [Add(article)])
    store.write("Remove", [Remove(article)])
    with pytest.raises(NotAllowed, match="no longer"):
        store.write("Change", [edit(article)])


def test_the_same_id_twice_is_refused(store: Store, make: Any) -> None:
    article = make.article()
    with pytest.raises(NotAllowed, match="twice"):
        store.write("Add", [Add(article), Add(article)])
    store.write("Add", [Add(article)])
    with pytest.raises(NotAllowed, match="already"):
        store.write("Add", [Add(article)])
    assert store.article_ids() == [article.id]


def test_a_removed_record_added_again_comes_back_with_its_new_values(store: Store, make: Any) -> None:
    article = make.article()
    span = make.span(article)
    store.write("Import", [Add(article), Add(span)])
    store.undo()
    again = replace(span, label="SOURCE", note="again")
    store.write("Import again", [Add(article), Add(again)])
    assert store.content(article.id).spans == (again,)
    store.undo()
    assert store.article_ids() == []
    store.redo()
    assert store.content(article.id).spans == (again,)


def test_bulk_added_again_after_undo(store: Store, make: Any) -> None:
    edits = list(make.bulk(20, 5))
    store.write("Import", edits)
    store.undo()
    store.write("Import again", edits)
    assert store.counts().spans == 100
    store.undo()
    assert store.counts().spans == 0


def test_an_error_in_the_edits_leaves_nothing(store: Store, make: Any) -> None:
    def broken() -> Iterator[Edit]:
        yield from make.bulk(60, 30)
        raise RuntimeError("stopped")

    before = store.counts(), store.history(), store.article_ids()
    with pytest.raises(RuntimeError, match="stopped"):
        store.write("Import", broken())
    assert (store.counts(), store.history(), store.article_ids()) == before
    assert store.search("mayor") == ()
    store.write("Import", make.bulk(3, 3))
    assert store.counts().articles == 3


def test_many_changes_are_not_listed(store: Store, make: Any) -> None:
    changes = store.write("Import", make.bulk(60, 40))
    assert changes.many
    assert changes.changes == ()
    assert changes.touches(new_id())
    assert store.undo().many  # type: ignore[union-attr]
    assert not store.write("Import", make.bulk(10, 10)).many


def test_add_then_change_then_remove_in_one_step(store: Store, make: Any) -> None:
    article = make.article()
    span = make.span(article)
    edits = [Add(article), Add(span), Replace(replace(span, note="x")), Remove(span)]
    store.write("All at once", edits)
    assert store.content(article.id).spans == ()
    store.undo()
    assert store.article_ids() == []
    store.redo()
    assert store.content(article.id).spans == ()


def test_a_changed_actor_touches_the_articles_that_name_it(store: Store, make: Any) -> None:
    one, two, three = (make.article(name) for name in "abc")
    actor = Actor(new_id(), "Bob")
    span, frame = make.span(one, actor=actor.id), make.frame(two, ("holder", "actor", actor.id))
    store.write("Add", map(Add, (one, two, three, actor, span, frame)))
    changes = store.write("Rename", [Replace(replace(actor, name="Robert"))])
    assert changes.articles == {one.id, two.id}


def test_changes_say_what_undo_and_redo_would_do(store: Store, make: Any) -> None:
    article = make.article()
    first = store.write("Add article", [Add(article)])
    assert (first.undo, first.redo) == ("Add article", None)
    second = store.write("Add claim", [Add(make.span(article))])
    assert (second.undo, second.redo) == ("Add claim", None)
    undone = store.undo()
    assert undone is not None
    assert (undone.operation, undone.undo, undone.redo) == ("Add claim", "Add article", "Add claim")


def test_a_suggestion_counts_while_it_is_open(store: Store, make: Any) -> None:
    article = make.article()
    ids = new_ids(60)
    proposed = [SuggestedSpan(one, article.id, "CLAIM", (Fragment(0, 3),), 0.5, "s", "r", 1) for one in ids]
    store.write("Suggest", map(Add, (article, *proposed)), undoable=False)
    assert store.counts().suggestions == 60
    store.write("Reject", [Replace(replace(proposed[0], state="rejected"))])
    assert store.counts().suggestions == 59
    assert store.article_rows([article.id])[0].suggestions == 59
    store.undo()
    assert store.counts().suggestions == 60


def test_log_of_a_label_is_small(store: Store, make: Any, path: Path) -> None:
    """T-48: less than 400 bytes of log for each label made by hand."""
    article = make.article()
    store.write("Add", [Add(article)])
    for at in range(300):
        store.write("Add claim", [Add(make.span(article, at % 50, at % 50 + 3))], by=make.who.id)
    size = sum(
        store._connection.exec_driver_sql(
            "SELECT sum(pgsize) FROM dbstat WHERE name = ?", (name,)
        ).scalar_one()
        for name in ("operations", "changes", "operations_by_seq")
    )
    assert size / 300 < 400


def test_the_log_of_a_bulk_import_is_next_to_nothing(store: Store, make: Any) -> None:
    store.write("Import", make.bulk(100, 30))
    query = "SELECT sum(pgsize) FROM dbstat WHERE name = 'changes'"
    assert store._connection.exec_driver_sql(query).scalar_one() <= 3 * 4096


def test_many_replaced_at_once_are_each_held_against_what_is_stored(store: Store, make: Any) -> None:
    article = make.article()
    spans = [make.span(article, at, at + 3) for at in range(9)]
    store.write("Add", map(Add, [article, *spans]), by=make.who.id)
    twice = [replace(spans[0], note="one"), replace(spans[0], note="two")]
    same, others = spans[1], [replace(one, note="new") for one in spans[2:]]
    changes = store.write("Change", map(Replace, [*twice, same, *others]), by=make.who.id)
    assert [(one.before.note, one.after.note) for one in changes.changes][:3] == [
        ("", "one"),
        ("one", "two"),
        ("", "new"),
    ]
    assert len(changes.changes) == 9
    with pytest.raises(NotAllowed):
        store.write("Gone", map(Replace, [spans[0], make.span(article), spans[1]]), by=make.who.id)
    assert [one.note for one in store.content(article.id).spans] == ["two", "", *["new"] * 7]
    store.undo()
    assert store.content(article.id).spans == tuple(spans)
