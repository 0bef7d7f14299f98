"""An article that is read again: what did not change is the same object, so that views find changes fast."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from annotator.model.changes import Add, Remove, Replace
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
