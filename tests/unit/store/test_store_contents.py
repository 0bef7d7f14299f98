"""An article that is read again: what did not change is the same object, so that views find changes fast."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotator.model.changes import Add, Remove, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import new_id
from annotator.model.records import Actor, Fragment, Span, SuggestedFrame
from annotator.store.contents import Contents
from annotator.store.store import Store


def test_what_did_not_change_stays_the_same_object(store: Store, make: Any) -> None:
    article = make.article()
    spans = [make.span(article, at, at + 3) for at in range(5)]
    frames = [make.frame(article, ("target", "span", span.id)) for span in spans]
    store.write("Add", map(Add, [article, *spans, *frames]), by=make.who.id)
    before = store.content(article.id)
    edits = [Replace(replace(spans[1], note="new")), Remove(frames[4])]
    store.write("Change", edits, by=make.who.id)
    after = store.content(article.id)
    assert [one.note for one in after.spans] == ["", "new", "", "", ""]
    assert [new is old for old, new in zip(before.spans, after.spans, strict=True)] == [
        True, False, True, True, True,
    ]  # fmt: skip
    assert all(new is old for old, new in zip(before.frames, after.frames, strict=False))
    assert len(after.frames) == 4
    store.undo()
    assert store.content(article.id) == before


def test_a_role_that_changed_makes_another_frame(store: Store, make: Any) -> None:
    article = make.article()
    one, other = make.span(article), make.span(article, 3, 5)
    frame = make.frame(article, ("target", "span", one.id))
    store.write("Add", map(Add, [article, one, other, frame]), by=make.who.id)
    assert store.content(article.id).frames == (frame,)
    linked = replace(frame, roles=(replace_end(frame, other.id),))
    store.write("Link", [Replace(linked)], by=make.who.id)
    assert store.content(article.id).frames == (linked,)


def replace_end(frame: Any, end: Any) -> Any:
    return frame.roles[0]._replace(end=end)


def test_a_small_change_reads_no_rows(store: Store, make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    article = make.article()
    spans = [make.span(article, at, at + 3) for at in range(5)]
    store.write("Add", map(Add, [article, *spans]), by=make.who.id)
    store.content(article.id)

    def _refuse(*_: object, **__: object) -> None:
        raise AssertionError("the article was read anew")

    monkeypatch.setattr(Contents, "_read", _refuse)
    first = make.span(article, 0, 2)
    store.write("Add", [Add(first), Remove(spans[4])], by=make.who.id)
    moved = replace(spans[0], fragments=(Fragment(7, 9),))
    store.write("Move", [Replace(moved)], by=make.who.id)
    store.write("Elsewhere", [Add(make.article(text="Another text."))], by=make.who.id)
    assert store.content(article.id).spans == (first, *spans[1:4], moved)
    store.undo()


def test_a_record_is_found_by_its_id_whatever_was_written_since(store: Store, make: Any) -> None:
    article = make.article()
    spans = [make.span(article, at, at + 3) for at in range(3)]
    store.write("Add", map(Add, [article, *spans]), by=make.who.id)
    assert store.content(article.id).record(spans[0].id) == spans[0]
    new, noted = make.span(article, 0, 2), replace(spans[1], note="new")
    store.write("Change", [Add(new), Replace(noted), Remove(spans[2])], by=make.who.id)
    found = [store.content(article.id).record(one.id) for one in (*spans, new)]
    assert found == [spans[0], noted, None, new]
    store.undo()
    found = [store.content(article.id).record(one.id) for one in (*spans, new)]
    assert found == [*spans, None]
    assert store.content(article.id).record(None) is None


def test_many_changes_are_read_anew_at_once_and_what_stayed_is_the_same_object(
    store: Store, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make.article()
    first = make.span(article, 0, 2)
    store.write("Add", map(Add, [article, first]), by=make.who.id)
    before = store.content(article.id)
    monkeypatch.setattr(Contents, "_settled", None)  # nothing is followed
    many = [make.span(article, at % 5 + 1, at % 5 + 3) for at in range(65)]
    store.write("Add", map(Add, many), by=make.who.id)
    after = store.content(article.id)
    assert after.spans[0] is before.spans[0]
    assert after.spans[1:] == tuple(sorted(many, key=lambda one: (one.start, one.end, one.id)))


def test_what_lies_above_an_article_is_read_anew_where_it_changes(store: Store, make: Any) -> None:
    article, actor, other = make.article(), Actor(new_id(), "Ann"), Actor(new_id(), "Bo")
    span = make.span(article)
    store.write("Add", map(Add, [article, actor, other, span]), by=make.who.id)
    for who in (actor, other, None):
        store.write("Name", [Replace(replace(span, actor=who.id if who else None))], by=make.who.id)
        assert store.content(article.id).actors == ((who,) if who else ())
    store.undo()
    store.write("Rename", [Replace(replace(other, name="Bob"))], by=make.who.id)
    assert [one.name for one in store.content(article.id).actors] == ["Bob"]


def test_what_was_not_written_after_all_is_not_shown(store: Store, make: Any) -> None:
    article = make.article()
    store.write("Add", [Add(article)], by=make.who.id)
    store.content(article.id)
    span = make.span(article)
    with pytest.raises(NotAllowed):
        _write_twice(store, span)
    assert store.content(article.id).spans == ()


def test_an_article_that_was_removed_is_gone(store: Store, make: Any) -> None:
    article = make.article()
    store.write("Add", [Add(article)], by=make.who.id)
    store.content(article.id)
    store.write("Remove", [Remove(article)], by=make.who.id)
    with pytest.raises(KeyError):
        store.content(article.id)


def _write_twice(store: Store, span: Span) -> None:
    with store.together():
        store.write("Add", [Add(span)])
        store.write("Add again", [Add(span)])


def test_frames_without_ends_are_read_where_no_frame_has_any(store: Store, make: Any) -> None:
    article = make.article()
    frame = make.frame(article)
    proposed = SuggestedFrame(new_id(), article.id, frame.label, (), 0.5, "rules", "", 1)
    store.write("Add", map(Add, [article, frame, proposed]), by=make.who.id)
    for content in (store.content(article.id), *store.contents()):
        assert tuple(content.frames) == (frame,)
        assert content.suggested_frames == (proposed,)


def test_articles_that_are_asked_for_come_in_the_order_given(store: Store, make: Any) -> None:
    articles = [make.article() for _ in range(5)]
    store.write("Add", map(Add, articles), by=make.who.id)
    wanted = [articles[3].id, articles[1].id, new_id()]
    assert [one.article.id for one in store.contents(None, wanted)] == [articles[1].id, articles[3].id]
    assert list(store.contents(None, ())) == []
