"""Labelling in random order, with undo, redo, close and open again, equals a plain model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from plain_model import NUMBER, SETTINGS, STRETCH, TEXT, PlainModel

from annotator.model.errors import NotAllowed
from annotator.model.ids import Id
from annotator.model.records import Actor, Article, ClaimCard, Fragment, Frame, RoleEnd, Span

ROLES = {"claim": "CLAIM", "source": "SOURCE", "cue": "CUE"}
HELD = {*ROLES, "holder_mention"}
"""The roles that a span keeps under its own label only; a stance may be on a span of any label."""


class Labelling(PlainModel):
    """Spans, frames, actors and claim cards."""

    @rule(number=NUMBER)
    @precondition(lambda self: len(self.of(Article)) > 1)
    def remove_article(self, number: int) -> None:
        article = self.pick(number, Article)
        inside = {key for key, one in self.now.items() if getattr(one, "article", None) == article.id}
        own = {key for key in inside if isinstance(self.now[key], Span | Frame | Actor)} | {article.id}
        after, gone = self.cleaned(set(own))
        hidden = [self.now[key] for key in inside]
        self.step(
            lambda: self.project.articles.remove([article.id]),
            *(one for one in after if one.id not in inside),
            gone=[*gone, *hidden],
        )

    @rule(
        number=NUMBER, stretch=STRETCH, note=st.sampled_from(["", "a"]), form=st.sampled_from(["", "direct"])
    )
    def change_span(self, number: int, stretch: Fragment, note: str, form: str) -> None:
        span = self.pick(number, Span)
        if span is None:
            return
        attributes = {"form": form} if span.label == "CLAIM" else {}
        kept = {name: value for name, value in {**span.attributes, **attributes}.items() if value}
        after = replace(span, fragments=(stretch,), note=note, attributes=kept)
        change = lambda: self.project.change_span(  # noqa: E731
            span.id, fragments=[stretch], note=note, attributes=attributes
        )
        if after.fragments != span.fragments and self.has_twin(after):
            self.refused(change)
        else:
            self.step(change, after)

    @rule(number=NUMBER, label=st.sampled_from(["CLAIM", "CUE", "EVENT"]))
    def change_label(self, number: int, label: str) -> None:
        span = self.pick(number, Span)
        if span is None:
            return
        held = any(end.end == span.id and end.role in HELD for one in self.of(Frame) for end in one.roles)
        change = lambda: self.project.change_span(span.id, label=label)  # noqa: E731
        pieces = len(span.fragments) > 1 and label == "EVENT"
        is_twin = self.has_twin(replace(span, label=label))
        if label != span.label and (held or pieces or is_twin or span.claim_card):
            self.refused(change)
            return
        kept = span.attributes if label == span.label else {}
        self.step(change, replace(span, label=label, attributes=kept))

    def has_twin(self, span: Span) -> bool:
        """Tell whether another span has this label on these words already."""
        there = self.of(Span, article=span.article, label=span.label, fragments=span.fragments)
        return any(one.id != span.id for one in there)

    @rule(number=NUMBER, other=NUMBER)
    def add_frame(self, number: int, other: int) -> None:
        article = self.pick(number, Article)
        spans = [self.pick(other, Span, article=article.id, label=label) for label in ROLES.values()]
        ends = [RoleEnd(role, "span", one.id) for role, one in zip(ROLES, spans, strict=True) if one]
        add = self.project.add_frame
        found, again = self.new(Frame, lambda: add(article.id, "ATTRIBUTION", ends, note="f"))
        self.step(again, Frame(found, article.id, "ATTRIBUTION", tuple(ends), self.me, 0, note="f"))

    @rule(number=NUMBER, other=NUMBER, role=st.sampled_from(["claim", "source", "cue", "parent"]))
    def link(self, number: int, other: int, role: str) -> None:
        frame = self.pick(number, Frame, label="ATTRIBUTION")
        end = self.pick(other, Frame if role == "parent" else Span)
        if frame is None or end is None:
            return
        kind: Any = "frame" if role == "parent" else "span"
        link = lambda: self.project.link(frame.id, role, kind, end.id)  # noqa: E731
        if self.may_link(frame, role, end):
            self.step(link, replace(frame, roles=(*frame.roles, RoleEnd(role, kind, end.id))))
        else:
            self.refused(link)

    def may_link(self, frame: Frame, role: str, end: Any) -> bool:
        fits = end.label == ROLES.get(role, "ATTRIBUTION") and end.article == frame.article
        full = role in ("cue", "parent") and bool(frame.ends(role))
        return fits and not full and end.id not in frame.ends(role) and frame.id not in self.above(end)

    def above(self, frame: Any) -> set[Id]:
        found: set[Id] = set()
        while isinstance(frame, Frame) and frame.id not in found:
            found.add(frame.id)
            frame = next((self.now.get(end) for end in frame.ends("parent")), None)
        return found

    @rule(number=NUMBER, other=NUMBER)
    def unlink(self, number: int, other: int) -> None:
        frame = self.pick(number, Frame)
        if frame is None or not frame.roles:
            return
        end = frame.roles[other % len(frame.roles)]
        after = replace(frame, roles=tuple(one for one in frame.roles if one != end))
        self.step(lambda: self.project.unlink(frame.id, end.role, end.end), after)

    def has_attribution(self, article: Id, claim: Fragment, cue: Fragment) -> bool:
        spans = {
            role: {one.id for one in self.of(Span, article=article, label=label, fragments=(stretch,))}
            for role, label, stretch in (("claim", "CLAIM", claim), ("cue", "CUE", cue))
        }
        frames = [one for one in self.of(Frame, article=article, label="ATTRIBUTION") if len(one.roles) == 2]
        return any(set(one.ends(role)) <= spans[role] for one in frames for role in spans)

    @rule(number=NUMBER, claim=STRETCH, cue=STRETCH)
    def add_attribution(self, number: int, claim: Fragment, cue: Fragment) -> None:
        article = self.pick(number, Article)
        try:
            changes = self.project.add_attribution(article.id, claim=[claim], cue=[cue])
        except NotAllowed:
            assert self.has_attribution(article.id, claim, cue)
            return
        fresh = [one.after for one in changes.of(Span)]
        (made,) = [one.after for one in changes.of(Frame) if one.before is None]
        ends = []
        for role, label, stretch in (("claim", "CLAIM", claim), ("cue", "CUE", cue)):
            known = self.of(Span, article=article.id, label=label, fragments=(stretch,))
            added = [one for one in fresh if one.label == label]
            assert bool(added) != bool(known)
            assert added or self.now[made.ends(role)[0]] in known
            ends.append(RoleEnd(role, "span", (added[0] if added else self.now[made.ends(role)[0]]).id))
        spans = [
            Span(one.id, article.id, one.label, (claim if one.label == "CLAIM" else cue,), self.me, 0)
            for one in fresh
        ]
        frame = Frame(made.id, article.id, "ATTRIBUTION", tuple(ends), self.me, 0)
        self.step(lambda: changes, *spans, frame)

    @rule(number=NUMBER, value=st.sampled_from(["support", "deny"]))
    def add_stance(self, number: int, value: str) -> None:
        claim, mention = self.pick(number, Span, label="CLAIM"), self.pick(number, Span, label="SOURCE")
        if claim is None or mention is None or claim.article != mention.article:
            return
        target = RoleEnd("target", "span", claim.id)
        words = " … ".join(" ".join(TEXT[start:end].split()) for start, end in mention.fragments)
        if mention.actor is None and not words:
            with pytest.raises(NotAllowed, match="name anybody"):
                self.project.add_stance(
                    claim.article, holder=None, holder_mention=mention.id, target=target, value=value
                )
            return
        changes = self.project.add_stance(
            claim.article, holder=None, holder_mention=mention.id, target=target, value=value
        )
        fresh = [one.after for one in changes.of(Actor)]
        (made,) = [one.after for one in changes.of(Frame)]
        if fresh:
            assert fresh[0].name == words
            assert not [one for one in self.of(Actor) if one.name.casefold() == words.casefold()]
        holder = mention.actor or (fresh[0].id if fresh else made.ends("holder")[0])
        assert mention.actor or fresh or self.now[holder].name.casefold() == words.casefold()
        roles = (RoleEnd("holder", "actor", holder), RoleEnd("holder_mention", "span", mention.id), target)
        frame = Frame(made.id, claim.article, "STANCE", roles, self.me, 0, {"value": value})
        actors = [Actor(one.id, words, one.kind) for one in fresh]
        self.step(lambda: changes, *actors, replace(mention, actor=holder), frame)

    @rule(name=st.sampled_from(["Ada", "Bo"]))
    def add_actor(self, name: str) -> None:
        if len(self.of(Actor)) < 4:
            found, again = self.new(Actor, lambda: self.project.add_actor(name, "person"))
            self.step(again, Actor(found, name, "person"))

    @rule(number=NUMBER, other=NUMBER)
    def set_actor(self, number: int, other: int) -> None:
        span, actor = self.pick(number, Span), self.pick(other, Actor)
        if span is not None:
            wanted = actor.id if actor and other % 3 else None
            self.step(lambda: self.project.set_actor(span.id, wanted), replace(span, actor=wanted))

    @rule(number=NUMBER)
    def add_card(self, number: int) -> None:
        span = self.pick(number, Span, label="CLAIM")
        members = [span.id] if span is not None else []
        add = lambda: self.project.add_claim_card("w", members)  # noqa: E731
        if span is not None and span.claim_card is not None:
            self.refused(add)
            return
        found, again = self.new(ClaimCard, add)
        on_card = [replace(span, claim_card=found)] if span is not None else []
        self.step(again, ClaimCard(found, "w"), *on_card)

    @rule(number=NUMBER, other=NUMBER)
    def set_card(self, number: int, other: int) -> None:
        span, card = self.pick(number, Span), self.pick(other, ClaimCard)
        if span is None:
            return
        wanted = card.id if card and other % 3 else None
        put = lambda: self.project.set_claim_card(span.id, wanted)  # noqa: E731
        if wanted and (span.label != "CLAIM" or span.claim_card not in (None, wanted)):
            self.refused(put)
        else:
            self.step(put, replace(span, claim_card=wanted))


Labelling.TestCase.settings = SETTINGS
TestLabellingEqualsAPlainModel = Labelling.TestCase
