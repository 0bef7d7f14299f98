"""A small project to work on, and a way to prove that an operation is one step that undo takes back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from annotator.model.changes import Add, Changes, Edit
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, new_id
from annotator.model.records import (
    Article,
    ArticleContent,
    Block,
    Fragment,
    Frame,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.text import sha256_of
from annotator.services.project import Project

SCHEME = read_scheme(resource("schemes/default.toml"))
TEXTS = {
    "bridge.txt": (
        "Bridge is safe: mayor\n\n"
        "“It is safe,” Mayor Ada Quist said, “and it stays open.”\n\n"
        "The union doubted that. It claims that Quist said the bridge was sound, a clerk told Radio Six."
    ),
    "copy.txt": "“It is very safe”, Mayor Ada Quist insisted.\n\nRadio Six asked who paid.",
    "empty.txt": "The library opens at nine. 😀 It closes at six.",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Edits under a name, as jobs give them."""

    operation: str
    given: list[Edit]
    articles: tuple[Id, ...] = ()
    suggester: str = "rules 1"
    layers: tuple[str, ...] = ()
    instead_of: frozenset[str] = frozenset()
    comes_first: bool = False

    def edits(self, annotator: Id) -> Iterator[Edit]:
        """Yield the edits, made by that annotator where they name nobody."""
        for edit in self.given:
            record = edit.record
            if isinstance(record, Span | Frame) and record.annotator == b"":
                record = replace(record, annotator=annotator)
            yield type(edit)(record)


@dataclass(slots=True)
class Desk:
    """A project with three articles, and short ways to name things in them."""

    project: Project
    path: Path
    articles: dict[str, Id] = field(default_factory=dict)

    @property
    def bridge(self) -> Id:
        return self.articles["bridge.txt"]

    @property
    def copy(self) -> Id:
        return self.articles["copy.txt"]

    @property
    def empty(self) -> Id:
        return self.articles["empty.txt"]

    def at(self, words: str, article: Id | None = None) -> Fragment:
        text = self.content(article).article.text
        assert words in text
        start = text.index(words)
        return Fragment(start, start + len(words))

    def content(self, article: Id | None = None) -> ArticleContent:
        return self.project.content(article or self.bridge)

    def span(self, label: str, *words: str, article: Id | None = None, **more: Any) -> Id:
        place = article or self.bridge
        fragments = [self.at(one, place) for one in words]
        return new(self.project.add_span(place, label, fragments, **more), Span)

    def frame(self, label: str, *roles: tuple[str, Id], article: Id | None = None, **more: Any) -> Id:
        ends = [RoleEnd(role, self.kind(end), end) for role, end in roles]
        return new(self.project.add_frame(article or self.bridge, label, ends, **more), Frame)

    def kind(self, end: Id) -> Any:
        stored = self.everything()
        return next(
            kind for kind in ("span", "frame", "actor", "claim_card", "article") if end in stored[kind]
        )

    def get(self, record: Id) -> Any:
        found = [held[record] for held in self.everything().values() if record in held]
        return found[0] if found else None

    def everything(self, *, readings: bool = True) -> dict[str, dict[Id, Any]]:
        """Return every record that is there, by kind and id."""
        contents = list(self.project.contents())
        kinds: dict[str, list[Any]] = {
            "span": [one for content in contents for one in content.spans],
            "frame": [one for content in contents for one in content.frames],
            "actor": list(self.project.actors()),
            "claim_card": list(self.project.claim_cards()),
            "article": [content.article for content in contents],
            "block": [one for content in contents for one in content.blocks],
            "label": [one for content in contents for one in content.labels],
            "nothing": [one for content in contents for one in content.nothing_here],
            "suggested": [
                one for content in contents for one in (*content.suggested_spans, *content.suggested_frames)
            ],
        }
        if readings:
            kinds["reading"] = [one for content in contents for one in content.readings]
        return {kind: {one.id: one for one in held} for kind, held in kinds.items()}

    def one_step(self, operation: Callable[[], Changes]) -> Changes:
        """Run an operation; prove that it is one step, that undo takes it back and redo brings it again."""
        before, count = self.everything(readings=False), len(self.project.history(10_000))
        changes = operation()
        after = self.everything(readings=False)
        assert after != before or changes.changes, "nothing happened"
        steps = [one for one in self.project.history(10_000) if one.name != "Begin article"]
        assert self.project.undo_name() == changes.operation == steps[0].name
        assert len(self.project.history(10_000)) - count in (1, 2)
        undone = self.project.undo()
        assert undone is not None
        assert self.everything(readings=False) == before
        redone = self.project.redo()
        assert redone is not None
        assert self.everything(readings=False) == after
        return changes

    def refuses(self, part: str, operation: Callable[[], object]) -> None:
        """Prove that an operation is refused with a sentence, and that nothing was written."""
        before, count = self.everything(), len(self.project.history(10_000))
        with pytest.raises(NotAllowed) as refused:
            operation()
        assert part in str(refused.value)
        assert str(refused.value).endswith((".", "!", "?"))
        assert self.everything() == before
        assert len(self.project.history(10_000)) == count

    def reopen(self) -> None:
        """Close the project and open it again."""
        self.project.close()
        self.project = Project.open(self.path)

    def propose(
        self,
        *records: SuggestedSpan | SuggestedFrame,
        undoable: bool = True,
        looked_at: tuple[Id, ...] = (),
    ) -> Changes:
        """Write suggestions of one suggester."""
        name = records[0].suggester if records else "rules 1"
        plan = Plan("Suggest", [Add(one) for one in records], looked_at, name)
        return self.project.write_suggestions(plan, undoable=undoable)

    def suggested(self, label: str, *words: str, article: Id | None = None, **more: Any) -> SuggestedSpan:
        """Return a proposed span, not written yet."""
        place = article or self.bridge
        values = {"score": 0.9, "suggester": "rules 1", "reason": "because", "created": 1} | more
        return SuggestedSpan(new_id(), place, label, tuple(self.at(one, place) for one in words), **values)

    def suggested_frame(self, label: str, *roles: tuple[str, Any], **more: Any) -> SuggestedFrame:
        """Return a proposed frame, not written yet."""
        ends = tuple(
            RoleEnd(role, "frame" if isinstance(one, SuggestedFrame) else "span", one.id)
            for role, one in roles
        )
        values = {"score": 0.9, "suggester": "rules 1", "reason": "because", "created": 1} | more
        return SuggestedFrame(new_id(), self.bridge, label, ends, **values)


def new(changes: Changes, kind: type[Any]) -> Id:
    """Return the id of the one record of a kind that an operation added."""
    added = [one.after.id for one in changes.of(kind) if one.before is None and one.after is not None]
    assert len(added) == 1
    return added[0]


def kind_of(record: Any) -> Any:
    """Return how a role names a record, suggested or not."""
    return "frame" if isinstance(record, Frame | SuggestedFrame) else "span"


def import_plan() -> Plan:
    """Return the import of the three articles, with a block per paragraph."""
    edits: list[Edit] = []
    for name, text in TEXTS.items():
        meta = {"byline": "Nils Holm", "published": "2024-05-01"} if name == "bridge.txt" else {}
        article = Article(new_id(), name, text.splitlines()[0], text, sha256_of(text), "en", meta)
        edits.append(Add(article))
        start = 0
        for number, paragraph in enumerate(text.split("\n\n")):
            kind = "headline" if number == 0 and name == "bridge.txt" else "body"
            edits.append(Add(Block(new_id(), article.id, start, start + len(paragraph), kind)))
            start += len(paragraph) + 2
    return Plan("Import 3 articles", edits)


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Id]]:
    """A project of annotator Ann with three articles, of which every test has a copy, and their ids."""
    path = tmp_path_factory.mktemp("small") / "small.annot"
    project = Project.create(path, SCHEME, "Ann")
    project.write_import(import_plan())
    ids = {content.article.name: content.article.id for content in project.contents()}
    project.close()
    return path, ids


@pytest.fixture
def desk(_made: tuple[Path, dict[str, Id]], tmp_path: Path) -> Iterator[Desk]:
    """A project of annotator Ann with three articles."""
    path = tmp_path / "small.annot"
    shutil.copyfile(_made[0], path)
    made = Desk(Project.open(path), path, dict(_made[1]))
    yield made
    made.project.close()
