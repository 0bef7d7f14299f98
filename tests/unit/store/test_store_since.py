"""Articles are read as they were at one moment, whatever is written since."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from annotator.model.changes import Add, BulkEdit, Remove, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import new_id
from annotator.model.records import Actor, Annotator, Article, ArticleContent, Fragment, Frame, Span
from annotator.store.since import Overtaken
from annotator.store.store import Store
from annotator.store.writing import MANY


@pytest.fixture
def articles(store: Store, make: Any) -> list[Article]:
    """Two articles with spans of two annotators, and frames."""
    found = [make.article(name) for name in ("one.txt", "two.txt")]
    store.write("Add annotator", [Add(Annotator(OTHER, "Ben"))], undoable=False)
    edits: list[BulkEdit] = [Add(one) for one in found]
    for article in found:
        spans = [make.span(article, at, at + 5) for at in range(4)]
        spans += [replace(make.span(article, at, at + 7), annotator=OTHER) for at in range(2)]
        edits += map(Add, spans)
        edits += [Add(make.frame(article, ("target", "span", one.id))) for one in spans[:2]]
    store.write("Add", edits, by=make.who.id, undoable=False)
    return found


OTHER = new_id()


def _change(store: Store, make: Any, article: Article, dice: random.Random) -> None:
    """Do something in an article, or take something back."""
    content = store.content(article.id)
    spans, frames = list(content.spans), list(content.frames)
    one = dice.choice(spans) if spans else make.span(article)
    start = dice.randrange(20)
    ways: list[Callable[[], Iterable[BulkEdit]]] = [
        lambda: [Add(make.span(article, start, start + 1 + dice.randrange(9)))],
        lambda: [Add(make.frame(article, ("target", "span", one.id)))],
        lambda: [Replace(replace(one, fragments=(Fragment(start, start + 3),), note="moved"))],
        lambda: [Remove(dice.choice(frames)) if frames else Remove(one)],
        lambda: [Replace(replace(frames[0], roles=()))] if frames else [Add(make.frame(article))],
    ]
    if dice.random() < 0.2:
        store.undo()
    elif dice.random() < 0.1:
        store.redo()
    elif spans:
        store.write("Change", dice.choice(ways)(), by=make.who.id)


@pytest.mark.parametrize("by", [None, OTHER], ids=["everybody", "one annotator"])
@pytest.mark.parametrize("seed", range(6))
def test_an_article_is_read_as_it_was(
    store: Store, make: Any, articles: list[Article], seed: int, by: bytes | None
) -> None:
    dice, whose, ids = random.Random(seed), by and {by}, [one.id for one in articles]
    since, before = store.articles.since(), _read(store, whose)
    for _ in range(12):
        _change(store, make, dice.choice(articles), dice)
        assert _plain(store.articles.then(since, whose, ids)) == before
    assert by or _read(store, whose) != before


def _read(store: Store, by: Any) -> list[ArticleContent]:
    return _plain(store.contents(by))


def _plain(contents: Iterable[ArticleContent]) -> list[ArticleContent]:
    return [replace(one, spans=tuple(one.spans), frames=tuple(one.frames)) for one in contents]


def _rename(_make: Any, article: Article) -> list[BulkEdit]:
    return [Replace(replace(article, title="Another"))]


def _actor(_make: Any, _article: Article) -> list[BulkEdit]:
    return [Add(Actor(new_id(), "Ann"))]


def _removal(_make: Any, article: Article) -> list[BulkEdit]:
    return [Remove(article)]


def _much(make: Any, article: Article) -> list[BulkEdit]:
    return [Add(make.span(article, at % 30, at % 30 + 1 + at % 7)) for at in range(MANY + 1)]


@pytest.mark.parametrize("what", [_rename, _actor, _removal, _much])
def test_what_cannot_be_taken_back_is_told(
    store: Store, make: Any, articles: list[Article], what: Callable[[Any, Article], list[BulkEdit]]
) -> None:
    since = store.articles.since()
    store.write("Change", what(make, articles[0]), by=make.who.id)
    with pytest.raises(Overtaken):
        store.articles.then(since, None, [articles[0].id])


def test_what_was_not_written_after_all_is_not_taken_back(
    store: Store, make: Any, articles: list[Article]
) -> None:
    since, span = store.articles.since(), make.span(articles[0])
    with pytest.raises(NotAllowed):
        _write_in_vain(store, store.content(articles[0].id).spans[0], span)
    with pytest.raises(Overtaken):
        store.articles.then(since, None, [articles[0].id])


def _write_in_vain(store: Store, old: Span, new: Span) -> None:
    with store.together():
        store.write("Remove", [Remove(old)])
        store.write("Add", [Add(new)])
        store.write("Add again", [Add(new)])


def test_one_that_is_over_hears_nothing_more(store: Store, make: Any, articles: list[Article]) -> None:
    since = store.articles.since()
    since.is_over = True
    store.write("Add", [Add(make.span(articles[0]))], by=make.who.id)
    with pytest.raises(Overtaken):
        store.articles.then(since, None, [articles[0].id])


def test_spans_and_frames_of_many_articles_are_columns_as_long_as_nothing_changed(
    store: Store, articles: list[Article]
) -> None:
    first = store.articles.then(store.articles.since(), None, [articles[1].id, articles[0].id])
    assert [one.article.name for one in first] == ["two.txt", "one.txt"]
    assert not isinstance(first[0].spans, tuple)
    assert all(isinstance(one, Span) for one in first[0].spans)
    assert all(isinstance(one, Frame) for one in first[0].frames)
