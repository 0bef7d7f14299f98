"""Any sequence of edits, undo, redo and reopening equals a plain model, and the log equals the rows."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotator.model.article_filter import ArticleFilter
from annotator.model.changes import Add, Edit, Remove, Replace
from annotator.model.ids import Id, new_id, new_ids
from annotator.model.job import run
from annotator.model.records import (
    Actor,
    Annotator,
    Article,
    Fragment,
    Frame,
    Record,
    RoleEnd,
    Setting,
    Span,
)
from annotator.model.scheme import Label, Scheme
from annotator.model.text import sha256_of
from annotator.store.contents import Contents
from annotator.store.store import Store

KINDS = (Article, Span, Frame, Actor, Setting)
Step = dict[Id, tuple[Record | None, Record | None]]
LABELS = ("CLAIM", "SOURCE", "CUE")
SCHEME = Scheme("t", "T", (*(Label(name, "span") for name in LABELS), Label("STANCE", "frame")))
notes = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


class Sessions(RuleBasedStateMachine):
    """Drives a real project file beside a dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.now: dict[Id, Record] = {}
        self.done: list[Step] = []
        self.undone: list[Step] = []

    @initialize()
    def create(self) -> None:
        self.people = [new_id(), new_id()]
        self.store = Store.create(self.folder / "p.annot", SCHEME, "test")
        added = [Add(Annotator(one, name)) for one, name in zip(self.people, "AB", strict=True)]
        self.store.write("Add annotators", added, undoable=False)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.check()
            self.store.close()
        shutil.rmtree(self.folder)

    def write(self, *edits: Edit, undoable: bool = True) -> None:
        step: Step = {}
        for edit in edits:
            record = edit.record
            first = step[record.id][0] if record.id in step else self.now.get(record.id)
            step[record.id] = (first, None if isinstance(edit, Remove) else record)
        self.apply(step, 1)
        if undoable:
            self.done.append(step)
            self.undone.clear()
        self.store.write("Edit", edits, undoable=undoable)

    def apply(self, step: Step, side: int) -> None:
        for record_id, sides in step.items():
            record = sides[side]
            if record is None:
                self.now.pop(record_id, None)
            else:
                self.now[record_id] = record

    def of(self, *kinds: type) -> list[Any]:
        return [record for record in self.now.values() if isinstance(record, kinds)]

    @rule(text=st.sampled_from(["One word.", "Zwei 👍 Wörter", "x" * 50]))
    def add_article(self, text: str) -> None:
        self.write(Add(Article(new_id(), text[:3], "", text, sha256_of(text))))

    @rule(count=st.integers(49, 70))
    def import_many(self, count: int) -> None:
        ids = new_ids(count + 2)
        article = Article(ids[0], "bulk", "", "bulk text", sha256_of("bulk text"))
        spans = [self.span(one, article.id, LABELS[at % 3]) for at, one in enumerate(ids[1:-1])]
        ends = (RoleEnd("target", "span", ids[1]),)
        frame = Frame(ids[-1], article.id, "STANCE", ends, self.who(ids[-1]), 1)
        self.write(*map(Add, (article, *spans, frame)))

    def span(self, record_id: Id, article: Id, label: str) -> Span:
        return Span(record_id, article, label, (Fragment(0, 3),), self.who(record_id), 1)

    def who(self, record_id: Id) -> Id:
        return self.people[record_id[-1] % 2]

    @precondition(lambda self: self.of(Article))
    @rule(data=st.data(), label=st.sampled_from(LABELS))
    def add_span(self, data: Any, label: str) -> None:
        article = data.draw(st.sampled_from(self.of(Article)))
        self.write(Add(self.span(new_id(), article.id, label)))

    @rule(name=notes)
    def add_actor(self, name: str) -> None:
        self.write(Add(Actor(new_id(), name)))

    @precondition(lambda self: self.of(Span))
    @rule(data=st.data())
    def add_frame(self, data: Any) -> None:
        ends = data.draw(st.lists(st.sampled_from(self.of(Span, Actor)), max_size=3))
        article = data.draw(st.sampled_from(self.of(Span))).article
        roles = tuple(RoleEnd("r", "actor" if isinstance(end, Actor) else "span", end.id) for end in ends)
        made = new_id()
        self.write(Add(Frame(made, article, "STANCE", roles, self.who(made), 2)))

    @precondition(lambda self: self.of(Span))
    @rule(data=st.data(), note=notes, label=st.sampled_from(LABELS))
    def change_span(self, data: Any, note: str, label: str) -> None:
        span = data.draw(st.sampled_from(self.of(Span)))
        changed = replace(span, note=note, label=label, attributes={"n": note})
        if changed != span:
            self.write(Replace(changed))

    @precondition(lambda self: self.of(Frame))
    @rule(data=st.data())
    def drop_an_end(self, data: Any) -> None:
        frame = data.draw(st.sampled_from(self.of(Frame)))
        if frame.roles:
            self.write(Replace(replace(frame, roles=frame.roles[1:])))

    @precondition(lambda self: self.of(Span, Frame, Actor))
    @rule(data=st.data())
    def remove(self, data: Any) -> None:
        self.write(Remove(data.draw(st.sampled_from(self.of(Span, Frame, Actor)))))

    @rule(value=notes)
    def work_by_itself(self, value: str) -> None:
        self.write(Add(Setting(new_id(), "s", value)), undoable=False)

    @rule()
    def undo(self) -> None:
        changes = self.store.undo()
        assert (changes is None) == (not self.done)
        if self.done:
            step = self.done.pop()
            self.apply(step, 0)
            self.undone.append(step)

    @rule()
    def redo(self) -> None:
        changes = self.store.redo()
        assert (changes is None) == (not self.undone)
        if self.undone:
            step = self.undone.pop()
            self.apply(step, 1)
            self.done.append(step)

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Store.open(self.folder / "p.annot", "test")
        assert self.store.notices == ()

    @rule()
    def check(self) -> None:
        assert [one for one in run(self.store.check()) if one.kind == "error"] == []

    @invariant()
    def equals_the_model(self) -> None:
        if not hasattr(self, "store"):
            return
        for kind in KINDS:
            assert {one.id: one for one in self.store.all(kind)} == {one.id: one for one in self.of(kind)}
        assert (self.store.undo_name() is None) == (not self.done)
        assert (self.store.redo_name() is None) == (not self.undone)
        assert self.store.counts().spans == len(self.of(Span))

    @invariant()
    def who_labelled_what_follows_what_is_written(self) -> None:
        for one in self.people if hasattr(self, "store") else ():
            made = {record.article for record in self.of(Span, Frame) if record.annotator == one}
            there = {record.id for record in self.of(Article)}
            assert set(self.store.article_ids(where=ArticleFilter(whose=one))) == made & there

    @invariant()
    def the_article_that_was_read_follows_what_is_written(self) -> None:
        if not hasattr(self, "store") or not self.of(Article):
            return
        article = max(one.id for one in self.of(Article))
        fresh = Contents(self.store._connection, self.store._names)
        assert self.store.content(article) == fresh.one(article)


TestSessions = Sessions.TestCase
TestSessions.settings = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
