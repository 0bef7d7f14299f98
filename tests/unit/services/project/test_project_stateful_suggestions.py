"""Suggestions and articles in random order, with undo, redo, close and open, equal a plain model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule
from plain_model import NUMBER, SCHEME, SETTINGS, STRETCH, Given, PlainModel

from annotator.model.alike import is_begun, is_same, outline
from annotator.model.changes import Add, Changes
from annotator.model.ids import new_id
from annotator.model.records import (
    Article,
    ArticleLabel,
    ArticleReading,
    Block,
    Fragment,
    Frame,
    NothingHere,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.scheme import Label
from annotator.model.scheme_edits import ReplaceScheme

WIDER = replace(SCHEME, labels=(*SCHEME.labels, Label("IRONY", "span", "Irony")))


class Suggesting(PlainModel):
    """Suggestions, articles, the scheme and settings."""

    @rule(number=NUMBER, stretch=st.one_of(st.none(), STRETCH))
    def record_nothing(self, number: int, stretch: Fragment | None) -> None:
        article = self.pick(number, Article)
        record = lambda: self.project.record_nothing(article.id, "all", stretch)  # noqa: E731
        if self.of(NothingHere, article=article.id, stretch=stretch):
            self.refused(record)
            return
        found, again = self.new(NothingHere, record)
        self.step(again, NothingHere(found, article.id, "all", self.me, 0, stretch))

    @rule(number=NUMBER, kind=st.sampled_from(["report", "interview"]))
    def label_article(self, number: int, kind: str) -> None:
        article = self.pick(number, Article)
        add = self.project.articles.add_label
        found, again = self.new(ArticleLabel, lambda: add(article.id, "ARTICLE_KIND", {"kind": kind}))
        self.step(again, ArticleLabel(found, article.id, "ARTICLE_KIND", self.me, 0, {"kind": kind}))

    @rule(number=NUMBER, state=st.sampled_from(["begun", "done"]))
    def set_reading(self, number: int, state: Any) -> None:
        article = self.pick(number, Article)
        before = self.pick(0, ArticleReading, article=article.id)
        changes = self.project.set_reading(article.id, state)
        found = [one.after.id for one in changes.of(ArticleReading)]
        if before is not None:
            self.step(lambda: changes, replace(before, state=state))
        else:
            self.step(lambda: changes, ArticleReading(found[0], article.id, self.me, state, 0))

    @rule(number=NUMBER, title=st.sampled_from(["A", "B"]), outlet=st.sampled_from(["", "O"]))
    def change_article(self, number: int, title: str, outlet: str) -> None:
        article = self.pick(number, Article)
        after = replace(article, title=title, meta={"outlet": outlet} if outlet else {})
        change = self.project.articles.change
        self.step(lambda: change(article.id, title=title, meta={"outlet": outlet}), after)

    @rule(number=NUMBER, kind=st.sampled_from(["headline", "caption"]))
    def set_block(self, number: int, kind: str) -> None:
        block = self.pick(number, Block)
        set_block = self.project.articles.set_block
        self.step(lambda: set_block(block.article, block.start, block.end, kind), replace(block, kind=kind))

    @rule(value=st.sampled_from(["", "a", "b"]))
    def set_setting(self, value: str) -> None:
        self.project.set_setting("pipeline", value)
        self.record({"setting": (self.now["setting"], value)})

    @rule(wider=st.booleans())
    def set_scheme(self, wider: bool) -> None:
        scheme = WIDER if wider else SCHEME
        self.project.schemes.change(ReplaceScheme(scheme))
        self.record({"scheme": (self.now["scheme"], scheme)})

    @rule(number=NUMBER, claim=STRETCH, cue=STRETCH, undoable=st.booleans())
    def propose(self, number: int, claim: Fragment, cue: Fragment, undoable: bool) -> None:
        article = self.pick(number, Article)
        about = {"score": 0.5, "suggester": "rules 1", "reason": "r", "created": 0}
        one = SuggestedSpan(new_id(), article.id, "CLAIM", (claim,), **about)
        two = SuggestedSpan(new_id(), article.id, "CUE", (cue,), **about)
        roles = (RoleEnd("claim", "span", one.id), RoleEnd("cue", "span", two.id))
        frame = SuggestedFrame(new_id(), article.id, "ATTRIBUTION", roles, **about)
        here = [*self.of(SuggestedSpan, article=article.id), *self.of(Span, article=article.id)]
        decided = [
            known for known in here if isinstance(known, Span) or known.state != "open" or self.used(known)
        ]
        if any(known.fragments in ((claim,), (cue,)) for known in decided) or self.is_known(frame, one, two):
            return  # what becomes of decided ones is tested case by case
        stale = [
            known
            for known in self.of(SuggestedSpan | SuggestedFrame, article=article.id)
            if known.state == "open" and not self.used(known)
        ]
        plan = Given([Add(one), Add(two), Add(frame)], (article.id,))
        changes = self.project.write_suggestions(plan, undoable=undoable)
        if undoable:
            self.step(lambda: changes, one, two, frame, gone=stale)
        else:
            self.apply(
                {known.id: (known, None) for known in stale} | {s.id: (None, s) for s in (one, two, frame)}
            )

    def is_known(self, frame: SuggestedFrame, *parts: SuggestedSpan) -> bool:
        places = {one.id: one.fragments for one in (*self.of(Span | SuggestedSpan), *parts)}
        proposed = outline(frame.label, frame.attributes, frame.roles, places)
        frames = [*self.of(Frame, article=frame.article), *self.of(SuggestedFrame, article=frame.article)]
        known = [one for one in frames if isinstance(one, Frame) or one.state != "open"]
        shapes = [outline(k.label, k.attributes, k.roles, places) for k in known]
        return any(is_same(one, proposed) or is_begun(one, proposed) for one in shapes)

    def used(self, one: Any) -> bool:
        decided = [frame for frame in self.of(SuggestedFrame) if frame.state != "open"]
        return any(end.end == one.id for frame in decided for end in frame.roles)

    @rule(number=NUMBER)
    def accept_span(self, number: int) -> None:
        one = self.pick(number, SuggestedSpan)
        if one is None or (one.state == "accepted" and one.became in self.now):
            return
        known = self.of(Span, article=one.article, label=one.label, fragments=one.fragments)
        changes = self.project.accept([one.id])
        self.step(lambda: changes, *self.became(one, changes, known))

    def became(self, one: SuggestedSpan, changes: Changes, known: list[Any]) -> list[Any]:
        made = [each.after for each in changes.of(SuggestedSpan) if each.after.id == one.id]
        span_id = made[0].became
        after = [replace(one, state="accepted", became=span_id)]
        if known:
            assert span_id in {span.id for span in known}
            return after
        span = Span(span_id, one.article, one.label, one.fragments, self.me, 0, origin="suggestion")
        return [*after, span]

    @rule(number=NUMBER)
    def accept_frame(self, number: int) -> None:
        one = self.pick(number, SuggestedFrame)
        if one is None or (one.state == "accepted" and one.became in self.now):
            return
        parts = [self.now[end.end] for end in one.roles if end.end in self.now]
        if any(part.state == "accepted" for part in parts):
            return  # reuse is tested case by case
        changes = self.project.accept([one.id])
        after: list[Any] = []
        roles = []
        for end, part in zip(one.roles, parts, strict=True):
            if part.state == "open":
                known = self.of(Span, article=one.article, label=part.label, fragments=part.fragments)
                after += self.became(part, changes, known)
                roles.append(RoleEnd(end.role, "span", next(s.became for s in after if s.id == part.id)))
        (frame,) = [each.after for each in changes.of(Frame)]
        made = Frame(frame.id, one.article, "ATTRIBUTION", tuple(roles), self.me, 0, origin="suggestion")
        self.step(lambda: changes, *after, made, replace(one, state="accepted", became=frame.id))

    @rule(number=NUMBER)
    def reject(self, number: int) -> None:
        one = self.pick(number, SuggestedSpan | SuggestedFrame)
        if one is None:
            return
        if one.state == "accepted":
            self.refused(lambda: self.project.reject([one.id]))
            return
        frames = [one] if isinstance(one, SuggestedFrame) else self.about(one, "open")
        after = [replace(one, state="rejected", became=None)]
        others = [f for f in self.of(SuggestedFrame) if f not in frames and f.state != "rejected"]
        shared = {end.end for frame in others for end in frame.roles}
        for frame in frames:
            parts = [self.now.get(end.end) for end in frame.roles if end.end not in shared]
            after += [replace(part, state="rejected") for part in parts if part and part.state == "open"]
            after += [replace(frame, state="rejected")]
        self.step(lambda: self.project.reject([one.id]), *after)

    def about(self, one: SuggestedSpan, state: str) -> list[SuggestedFrame]:
        """Return the frames in a state whose claim this is, and that go with it."""
        found = self.of(SuggestedFrame, state=state)
        return [frame for frame in found if RoleEnd("claim", "span", one.id) in frame.roles]

    @rule(number=NUMBER)
    def reopen_suggestion(self, number: int) -> None:
        one = self.pick(number, SuggestedSpan | SuggestedFrame)
        if one is None:
            return
        opened = [replace(one, state="open", became=None)]
        frames = self.about(one, "rejected") if isinstance(one, SuggestedSpan) else [one]
        when = self.decided_in
        for frame in frames if one.state == "rejected" else ():
            if when[frame.id] != when[one.id]:
                continue
            opened.append(replace(frame, state="open", became=None))
            parts = [self.now.get(end.end) for end in frame.roles]
            opened += [
                replace(part, state="open", became=None)
                for part in parts
                if part and part.state == "rejected" and when[part.id] >= when[frame.id]
            ]
        after, gone = self.cleaned({one.became} if one.became in self.now else set())
        along = [each for each in gone if each.id != one.became]
        if any(each.origin != "suggestion" for each in along):
            after, gone, along = [], [], []  # what is made by hand keeps the words that it rests on
        ids = {each.id for each in along}
        others = [each for each in self.of(SuggestedFrame) if each.became in ids]
        opened += [replace(each, state="open", became=None) for each in others]
        self.step(lambda: self.project.reopen([one.id]), *opened, *after, gone=gone)


Suggesting.TestCase.settings = SETTINGS
TestSuggestionsEqualAPlainModel = Suggesting.TestCase
