"""A project beside a plain model of it: what every random sequence of operations shares."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from plain_nesting import follows, without_outer

from annotator.model.changes import Add, Changes, Edit
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, new_id
from annotator.model.records import (
    Actor,
    Article,
    ArticleLabel,
    ArticleReading,
    Block,
    ClaimCard,
    Fragment,
    Frame,
    NothingHere,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.services.project import Project

SCHEME = read_scheme(resource("schemes/default.toml"))
TEXT = "The mayor said that the bridge is safe. 😀 The union doubts it."
LENGTH = len(TEXT)
NUMBER = st.integers(0, 10**6)
STRETCH = st.tuples(st.integers(0, LENGTH - 2), st.integers(1, 12)).map(
    lambda one: Fragment(one[0], min(one[0] + one[1], LENGTH))
)
SETTINGS = settings(
    max_examples=8,
    stateful_step_count=30,
    deadline=None,
    phases=(Phase.generate,),
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
Delta = dict[Any, tuple[Any, Any]]


class Given:
    """A plan with these edits."""

    def __init__(self, edits: list[Edit], articles: tuple[Id, ...] = ()) -> None:
        self.operation, self.given, self.articles, self.suggester = "Plan", edits, articles, "rules 1"

    layers: tuple[str, ...] = ()
    instead_of: frozenset[str] = frozenset()
    comes_first: bool = False

    def edits(self, annotator: Id) -> Iterable[Edit]:
        return iter(self.given)


class PlainModel(RuleBasedStateMachine):
    """The project on one side; on the other a dictionary of records and two lists of differences."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="annotator-model-")
        self.path = Path(self.folder.name) / "model.annot"
        self.project = Project.create(self.path, SCHEME, "Ann")
        self.me = self.project.annotator.id
        self.now: dict[Any, Any] = {"scheme": SCHEME, "setting": ""}
        self.done: list[Delta] = []
        self.undone: list[Delta] = []
        self.steps = 0
        self.decided_in: dict[Any, int] = {}
        """In which step the state of a suggestion changed last."""
        for name in ("a.txt", "b.txt"):
            article, block = drafted(name)
            self.project.write_import(Given([Add(article), Add(block)]), undoable=False)
            self.now |= {article.id: article, block.id: block}

    def teardown(self) -> None:
        self.project.close()
        self.folder.cleanup()

    def of(self, kind: Any, **wanted: Any) -> list[Any]:
        found = [one for one in self.visible().values() if isinstance(one, kind)]
        return [one for one in found if all(getattr(one, name) == value for name, value in wanted.items())]

    def visible(self) -> dict[Any, Any]:
        """Return what is in articles that are there."""
        articles = {key for key, one in self.now.items() if isinstance(one, Article)}
        return {
            key: one for key, one in self.now.items() if getattr(one, "article", None) in {None, *articles}
        }

    def pick(self, number: int, kind: Any, **wanted: Any) -> Any:
        found = self.of(kind, **wanted)
        return found[number % len(found)] if found else None

    def step(self, operation: Callable[[], Changes], *after: Any, gone: Iterable[Any] = ()) -> None:
        """Run an operation that the model says leads to these records, and away from those."""
        changes = operation()
        begun = [one.after for one in changes.of(ArticleReading) if changes.operation[:4] != "Mark"]
        delta: Delta = {one.id: (self.now.get(one.id), one) for one in after}
        delta |= {one.id: (one, None) for one in gone}
        delta |= self.led_anew(changes, delta)
        self.apply({one.id: (None, plain(one)) for one in begun})
        self.record(delta)

    def led_anew(self, changes: Changes, delta: Delta) -> Delta:
        """Return the attributions that are led to another outer one, as the words that changed have it."""
        after = self.now | {key: pair[1] for key, pair in delta.items()}
        after = {key: one for key, one in after.items() if one is not None}
        led = {one.record.id: plain(one.after) for one in changes.of(Frame) if one.after is not None}
        led = {key: one for key, one in led.items() if key in self.now and _is_led(one, after.get(key))}
        for key, one in led.items():
            assert follows(self.now[key], one, self.now, after | led)
        return {key: (self.now[key], one) for key, one in led.items()}

    def record(self, delta: Delta) -> None:
        delta = {key: pair for key, pair in delta.items() if pair[0] != pair[1]}
        if delta:
            self.apply(delta)
            self.done.append(delta)
            self.undone.clear()

    def apply(self, delta: Delta) -> None:
        self.steps += 1
        for key, (before, after) in delta.items():
            if before is not None and getattr(before, "state", None) != getattr(after, "state", None):
                self.decided_in[key] = self.steps
            if after is None:
                self.now.pop(key, None)
            else:
                self.now[key] = after

    def new(self, kind: type[Any], operation: Callable[[], Changes]) -> tuple[Any, Callable[[], Changes]]:
        """Run an operation at once; return the record of a kind that it added, and what it returned."""
        changes = operation()
        added = [one.after for one in changes.of(kind) if one.before is None]
        return added[0].id, lambda: changes

    def cleaned(self, gone: set[Id]) -> tuple[list[Any], list[Any]]:
        """Return the records as they are once these ids are gone, and all that goes."""
        while True:
            emptied = [
                one.id
                for one in self.of(Frame)
                if one.id not in gone and one.roles and all(end.end in gone for end in one.roles)
            ]
            if not emptied:
                break
            gone.update(emptied)
        after = []
        for one in self.now.values():
            if isinstance(one, Frame) and one.id not in gone and any(end.end in gone for end in one.roles):
                after.append(replace(one, roles=tuple(end for end in one.roles if end.end not in gone)))
            if isinstance(one, Span) and one.id not in gone and gone & {one.actor, one.claim_card}:
                actor = None if one.actor in gone else one.actor
                after.append(
                    replace(one, actor=actor, claim_card=None if one.claim_card in gone else one.claim_card)
                )
        return after, [one for key, one in self.now.items() if key in gone]

    @rule(number=NUMBER)
    def import_article(self, number: int) -> None:
        if len(self.of(Article)) < 4:
            article, block = drafted(f"{number}.txt")
            self.step(lambda: self.project.write_import(Given([Add(article), Add(block)])), article, block)

    @rule(
        number=NUMBER, label=st.sampled_from(["CLAIM", "SOURCE", "CUE", "PERSON"]), one=STRETCH, two=STRETCH
    )
    def add_span(self, number: int, label: str, one: Fragment, two: Fragment) -> None:
        article = self.pick(number, Article)
        fragments = (one, two) if one.end < two.start else (one,)
        add = lambda: self.project.add_span(article.id, label, fragments, note="n")  # noqa: E731
        if label == "PERSON" and len(fragments) > 1:
            self.refused(add)
            return
        if self.of(Span, article=article.id, label=label, fragments=fragments):
            self.refused(add)
            return
        found, again = self.new(Span, add)
        self.step(again, Span(found, article.id, label, fragments, self.me, 0, note="n"))

    @rule(numbers=st.lists(NUMBER, min_size=1, max_size=3))
    def remove(self, numbers: list[int]) -> None:
        kinds = Span | Frame | Actor | ClaimCard | NothingHere | ArticleLabel
        chosen = {one.id for one in (self.pick(number, kinds) for number in numbers) if one is not None}
        after, gone = self.cleaned(set(chosen))
        self.step(lambda: self.project.remove(chosen), *after, gone=gone)

    @rule()
    def undo(self) -> None:
        self.back(self.done, self.undone, self.project.undo)

    @rule()
    def redo(self) -> None:
        self.back(self.undone, self.done, self.project.redo)

    def back(self, taken: list[Delta], given: list[Delta], move: Callable[[], Changes | None]) -> None:
        if not taken:
            assert move() is None
            return
        wanted = self.without_away(taken[-1])
        if any(self.now.get(key) != after for key, (_, after) in wanted.items()):
            self.refused(move)
            return
        assert move() is not None
        taken.pop()
        delta = {key: (after, before) for key, (before, after) in wanted.items()}
        self.apply(delta)
        given.append(delta)

    def without_away(self, delta: Delta) -> Delta:
        """Return a difference without open suggestions that newer ones replaced: they do not come back."""
        gone = {key for key, (_, after) in delta.items() if _is_open(after) and key not in self.now}
        replaced = {_whose(delta[key][1]) for key in gone}
        away = {
            key
            for key, (before, after) in delta.items()
            if after is None and _is_open(before) and _whose(before) in replaced
        }
        return {key: pair for key, pair in delta.items() if key not in gone | away}

    @rule()
    def close_and_open(self) -> None:
        self.project.close()
        self.project = Project.open(self.path)

    def refused(self, operation: Callable[[], object]) -> None:
        count = len(self.project.history(10**6))
        with pytest.raises(NotAllowed):
            operation()
        assert len(self.project.history(10**6)) == count

    @invariant()
    def equal(self) -> None:
        there: dict[Any, Any] = {"scheme": self.project.scheme, "setting": self.project.setting("pipeline")}
        for content in self.project.contents():
            inside = (content.blocks, content.spans, content.frames, content.labels, content.nothing_here)
            proposed = (content.readings, content.suggested_spans, content.suggested_frames)
            for records in (*inside, *proposed, (content.article,)):
                there |= {one.id: plain(one) for one in records}
        there |= {one.id: one for one in (*self.project.actors(), *self.project.claim_cards())}
        assert there == self.visible()
        assert (self.project.undo_name() is None) == (not self.done)
        assert (self.project.redo_name() is None) == (not self.undone)


def drafted(name: str) -> tuple[Article, Block]:
    """Return a new article of one paragraph."""
    article = Article(new_id(), name, "T", TEXT, new_id().hex())
    return article, Block(new_id(), article.id, 0, LENGTH, "body")


def _is_open(record: Any) -> bool:
    """Tell whether a record is a suggestion that is not decided."""
    return isinstance(record, SuggestedSpan | SuggestedFrame) and record.state == "open"


def _whose(record: Any) -> tuple[Id, str]:
    return record.article, record.suggester


def _is_led(led: Frame, expected: Any) -> bool:
    """Tell whether a frame differs from what was expected by nothing but its link to an outer one."""
    is_same = isinstance(expected, Frame) and without_outer(led) == without_outer(expected)
    return is_same and led != expected


def plain(record: Any) -> Any:
    """Return the record without the times that nobody can foretell."""
    if isinstance(record, ArticleReading):
        return replace(record, changed=0)
    return replace(record, created=0) if hasattr(record, "created") else record
