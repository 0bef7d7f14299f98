"""Shared by the tests of the store: projects, records, and the check that follows every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.model.changes import Add
from annotator.model.ids import Id, new_id, new_ids
from annotator.model.job import run
from annotator.model.records import Annotator, Article, Block, Fragment, Frame, RoleEnd, Span
from annotator.model.scheme import Label, Role, Scheme
from annotator.model.text import sha256_of
from annotator.store.store import Store

SCHEME = Scheme(
    "test",
    "Test",
    (
        Label("CLAIM", "span"),
        Label("SOURCE", "span"),
        Label("STANCE", "frame", roles=(Role("target", ("span",)), Role("holder", ("actor",)))),
        Label("TOPIC", "article"),
    ),
)
TEXT = "The mayor said the bridge is safe.\n\nNobody asked: “Is it?” 👍 Café."


class Maker:
    """Makes records that belong together."""

    def __init__(self) -> None:
        self.who = Annotator(new_id(), "Anna")

    def article(self, name: str = "one.txt", text: str = TEXT, **more: object) -> Article:
        facts: Any = {"created": 5, **more}
        return Article(new_id(), name, f"Title of {name}", text, sha256_of(text), **facts)

    def span(
        self, article: Article, start: int = 0, end: int = 9, label: str = "CLAIM", **more: object
    ) -> Span:
        return Span(new_id(), article.id, label, (Fragment(start, end),), self.who.id, 77, **more)  # type: ignore[arg-type]

    def frame(self, article: Article, *ends: tuple[str, str, Id], label: str = "STANCE") -> Frame:
        roles = tuple(RoleEnd(*end) for end in ends)  # type: ignore[arg-type]
        return Frame(new_id(), article.id, label, roles, self.who.id, 78)

    def bulk(self, articles: int, spans: int) -> Iterator[Add]:
        """Articles as an importer gives them: ids in runs, one block, some spans, a frame over two."""
        for number in range(articles):
            ids = iter(new_ids(spans + 3))
            text = f"Number {number}. " + TEXT
            article = Article(next(ids), f"{number}.txt", f"T{number}", text, sha256_of(text))
            yield Add(article)
            yield Add(Block(next(ids), article.id, 0, len(text), "body"))
            made = [
                Span(next(ids), article.id, "CLAIM", (Fragment(at, at + 4),), self.who.id, 9, origin="import")
                for at in range(spans)
            ]
            yield from map(Add, made)
            ends = tuple(RoleEnd("target", "span", span.id) for span in made[:2])
            yield Add(Frame(next(ids), article.id, "STANCE", ends, self.who.id, 9))


@pytest.fixture
def make() -> Maker:
    return Maker()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "project.annot"


def assert_whole(store: Store) -> None:
    """The rows are what the log adds up to, and nothing else is wrong (an end may be missing)."""
    assert [one for one in run(store.check()) if one.kind == "error"] == []


@pytest.fixture
def store(path: Path, make: Maker) -> Iterator[Store]:
    """An open project with one annotator; checked through and through when the test is over."""
    made = Store.create(path, SCHEME, "test")
    made.write("Add annotator", [Add(make.who)], undoable=False)
    yield made
    assert_whole(made)
    made.close()


@pytest.fixture
def reopened(path: Path, make: Maker) -> Iterator[Callable[[], Store]]:
    """Closes and opens the project anew, as often as asked."""
    made = [Store.create(path, SCHEME, "test")]
    made[0].write("Add annotator", [Add(make.who)], undoable=False)

    def again() -> Store:
        made[-1].close()
        made.append(Store.open(path, "test"))
        return made[-1]

    yield again
    assert_whole(made[-1])
    made[-1].close()
