"""What is allowed but worth a second look: the list of an article's open questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from annotator.model.ids import Id
from annotator.model.records import ArticleContent, Fragment, Frame, Layer, Span
from annotator.model.rules import Warning_, in_words, span_text, title_of
from annotator.model.said import say
from annotator.model.scheme import Scheme

NO_CLAIM_BLOCKS: Mapping[str, str] = {
    "caption": "a caption",
    "byline": "a byline",
    "navigation": "navigation",
}
_SHOWN = 60
_ATTRIBUTION, _STANCE = "ATTRIBUTION", "STANCE"
_LAYERS: Mapping[Layer, str] = {
    "all": "any layer",
    "entities": "entities",
    "attributions": "attributions",
    "stances": "stances",
}


@dataclass(frozen=True, slots=True)
class _Facts:
    content: ArticleContent
    scheme: Scheme
    spans: Mapping[Id, Span]
    frames: Mapping[Id, Frame]

    def ends(self, frame: Frame, role: str) -> list[Span]:
        """Return the spans of this article that fill a role."""
        return [self.spans[end] for end in frame.ends(role) if end in self.spans]

    def of(self, label: str) -> list[Frame]:
        name = self.scheme.named(label)
        return [frame for frame in self.content.frames if frame.label == name]

    def spans_of(self, label: str) -> list[Span]:
        name = self.scheme.named(label)
        return [span for span in self.content.spans if span.label == name]

    def quote(self, span: Span) -> str:
        """Return the words of a span as a sentence quotes them."""
        words = span_text(span, self.content.article.text)
        return f"“{words}”" if len(words) <= _SHOWN else f"“{words[: _SHOWN - 1].rstrip()}…”"

    def where(self, frame: Frame) -> str:
        """Return the words by which a frame is found again."""
        parts = [self.spans[end.end] for end in frame.roles if end.end in self.spans]
        return self.quote(parts[0]) if parts else "(no words)"

    def place(self, record: Id) -> int:
        """Return where in the text a record begins, to sort by."""
        if record in self.spans:
            return self.spans[record].start
        frame = self.frames.get(record)
        starts = [self.spans[end.end].start for end in frame.roles if end.end in self.spans] if frame else []
        return min(starts, default=-1)

    def begins(self, warning: Warning_) -> int:
        """Return where in the text a warning begins."""
        return min(map(self.place, warning.records), default=-1)

    def annotators(self, warning: Warning_) -> frozenset[Id]:
        """Return whose records a warning is about."""
        records = (self.spans.get(one) or self.frames.get(one) for one in warning.records)
        return frozenset(one.annotator for one in records if one is not None)


def warnings(content: ArticleContent, scheme: Scheme) -> tuple[Warning_, ...]:
    """Return everything worth a second look in one article, in the order of its text."""
    facts = _Facts(
        content,
        scheme,
        {span.id: span for span in content.spans},
        {frame.id: frame for frame in content.frames},
    )
    found = [one for check in _CHECKS for one in check(facts)]
    return _joined(facts, sorted(found, key=facts.begins))


def _joined(facts: _Facts, found: Iterable[Warning_]) -> tuple[Warning_, ...]:
    """Say once what is so for several annotators, with the records of all of them."""
    known: dict[tuple[str, str, int], list[tuple[Warning_, frozenset[Id]]]] = defaultdict(list)
    for one in found:
        known[one.kind, one.text, facts.begins(one)].append((one, facts.annotators(one)))
    joined: list[Warning_] = []
    for same in known.values():
        people = [who for _, who in same]
        if len(same) > 1 and all(people) and len(frozenset().union(*people)) == sum(map(len, people)):
            records = tuple(record for one, _ in same for record in one.records)
            joined.append(replace(same[0][0], records=records))
        else:
            joined += (one for one, _ in same)
    return tuple(joined)


def _incomplete(facts: _Facts) -> Iterator[Warning_]:
    for frame in facts.content.frames:
        label = facts.scheme.label(frame.label)
        title = title_of(frame.label, facts.scheme)
        if not frame.roles:
            yield Warning_("empty", f"{title}: nothing is linked to it.", (frame.id,))
            continue
        for role in label.roles if label else ():
            if not role.retired and len(frame.ends(role.name)) < role.least:
                text = say(
                    "{title} at {where}: the {role} is missing.",
                    title=title,
                    where=facts.where(frame),
                    role=in_words(role.name),
                )
                yield Warning_("incomplete", text, (frame.id,))


def _without_source(facts: _Facts) -> Iterator[Warning_]:
    for frame in facts.of(_ATTRIBUTION):
        if frame.roles and not frame.ends("source") and not frame.ends("implicit_source"):
            text = say(
                "The attribution of {where} has no source: link one, or say who it is.",
                where=facts.where(frame),
            )
            yield Warning_("no_source", text, (frame.id,))


def _loose_inner_cue(facts: _Facts) -> Iterator[Warning_]:
    for frame in facts.of(_ATTRIBUTION):
        parents = [facts.frames[end] for end in frame.ends("parent") if end in facts.frames]
        outer = [claim for parent in parents for claim in facts.ends(parent, "claim")]
        for cue in facts.ends(frame, "cue") if parents else ():
            if not any(_within(cue, claim) for claim in outer):
                text = say(
                    "The cue {words} of a nested attribution is not inside its parent’s claim.",
                    words=facts.quote(cue),
                )
                yield Warning_("nested_cue", text, (frame.id, cue.id))


def _within(inner: Span, outer: Span) -> bool:
    return all(any(a <= start and end <= b for a, b in outer.fragments) for start, end in inner.fragments)


def _continued_by_another(facts: _Facts) -> Iterator[Warning_]:
    for frame in facts.of(_ATTRIBUTION):
        for end in frame.ends("continues"):
            before, now = _speakers(facts, facts.frames.get(end)), _speakers(facts, frame)
            if before and now and not before & now:
                text = say(
                    "The attribution of {where} continues one with another source.", where=facts.where(frame)
                )
                yield Warning_("continues", text, (frame.id, end))


def _speakers(facts: _Facts, frame: Frame | None) -> set[Id]:
    if frame is None:
        return set()
    said = {span.actor for span in facts.ends(frame, "source") if span.actor is not None}
    return said | set(frame.ends("implicit_source"))


def _unattributed(facts: _Facts) -> Iterator[Warning_]:
    if facts.scheme.meant(_ATTRIBUTION) is None:
        return
    held = {end for frame in facts.of(_ATTRIBUTION) for end in frame.ends("claim")}
    for claim in facts.spans_of("CLAIM"):
        if claim.id not in held:
            yield Warning_(
                "unattributed", f"The claim {facts.quote(claim)} is in no attribution.", (claim.id,)
            )


def _odd_places(facts: _Facts) -> Iterator[Warning_]:
    places = [block for block in facts.content.blocks if block.kind in NO_CLAIM_BLOCKS]
    for claim in facts.spans_of("CLAIM") if places else ():
        for block in places:
            if _overlaps(claim, Fragment(block.start, block.end)):
                text = say(
                    "The claim {words} is in {block}.",
                    words=facts.quote(claim),
                    block=NO_CLAIM_BLOCKS[block.kind],
                )
                yield Warning_("place", text, (claim.id,))
                break


def _overlaps(span: Span, stretch: Fragment) -> bool:
    return any(start < stretch.end and stretch.start < end for start, end in span.fragments)


def _open_pronouns(facts: _Facts) -> Iterator[Warning_]:
    for source in facts.spans_of("SOURCE"):
        values = source.attributes
        if values.get("form") == "pronoun" and source.actor is None and values.get("ambiguous") != "yes":
            text = say(
                "Who is {words}? Give this source an actor, or set it to ambiguous.",
                words=facts.quote(source),
            )
            yield Warning_("pronoun", text, (source.id,))


def _broken_cues(facts: _Facts) -> Iterator[Warning_]:
    for cue in facts.spans_of("CUE"):
        if len(cue.fragments) > 1:
            text = say("The cue {words} is in several pieces; one piece is usual.", words=facts.quote(cue))
            yield Warning_("broken_cue", text, (cue.id,))


def _shared_cues(facts: _Facts) -> Iterator[Warning_]:
    users: dict[Id, list[Id]] = defaultdict(list)
    for frame in facts.of(_ATTRIBUTION):
        for cue in frame.ends("cue"):
            users[cue].append(frame.id)
    for cue, frames in users.items():
        if len(frames) > 1 and cue in facts.spans:
            text = say(
                "The cue {words} is in {count} attributions.",
                words=facts.quote(facts.spans[cue]),
                count=len(frames),
            )
            yield Warning_("shared_cue", text, (cue, *frames))


def _unrelated_evidence(facts: _Facts) -> Iterator[Warning_]:
    for frame in facts.of("ARTICLE_STANCE"):
        if frame.attributes.get("value") == "unrelated" and frame.ends("evidence"):
            text = "The article is set as unrelated to a claim card, yet there is evidence linked."
            yield Warning_("unrelated", text, (frame.id, *frame.ends("evidence")))


def _opposite_stances(facts: _Facts) -> Iterator[Warning_]:
    views: dict[tuple[Id, Id], list[Frame]] = defaultdict(list)
    for frame in facts.of(_STANCE):
        for holder in frame.ends("holder"):
            for target in frame.ends("target"):
                views[holder, _card_or_self(facts, target)].append(frame)
    names = {actor.id: actor.name for actor in facts.content.actors}
    for (holder, _), frames in views.items():
        values = sorted({_value(frame) for frame in frames})
        if len(values) > 1:
            who = names.get(holder, "One holder")
            text = say(
                "{who} has more than one stance on the same target: {values}. Is that so?",
                who=who,
                values=" and ".join(values),
            )
            yield Warning_("opposite", text, tuple(frame.id for frame in frames))


def _card_or_self(facts: _Facts, target: Id) -> Id:
    span = facts.spans.get(target)
    return span.claim_card if span is not None and span.claim_card is not None else target


def _value(frame: Frame) -> str:
    return frame.attributes.get("value", "support")


def _unbalanced(facts: _Facts) -> Iterator[Warning_]:
    run_on = {end for frame in facts.of(_ATTRIBUTION) for end in frame.ends("continues")}
    open_ended = {
        end for frame in run_on if frame in facts.frames for end in facts.frames[frame].ends("claim")
    }
    for claim in facts.spans_of("CLAIM"):
        text = "".join(facts.content.article.text[start:end] for start, end in claim.fragments)
        if claim.id not in open_ended and (text.count('"') % 2 or text.count("“") != text.count("”")):
            words = f"The quotation marks in the claim {facts.quote(claim)} do not pair up."
            yield Warning_("quotation_marks", words, (claim.id,))


def _twice(facts: _Facts) -> Iterator[Warning_]:
    same: dict[tuple[str, tuple[Fragment, ...], Id], list[Span]] = defaultdict(list)
    for span in facts.content.spans:
        same[span.label, span.fragments, span.annotator].append(span)
    for (label, _, _), spans in same.items():
        if len(spans) > 1:
            title = title_of(label, facts.scheme)
            text = say(
                "{words} is marked as {title} {count} times.",
                words=facts.quote(spans[0]),
                title=title,
                count=len(spans),
            )
            yield Warning_("twice", text, tuple(span.id for span in spans))


def _not_empty(facts: _Facts) -> Iterator[Warning_]:
    for nothing in facts.content.nothing_here:
        stretch = nothing.stretch or Fragment(0, len(facts.content.article.text))
        found = [
            span.id
            for span in facts.content.spans
            if span.annotator == nothing.annotator
            and _in_layer(facts, span, nothing.layer)
            and _overlaps(span, stretch)
        ]
        if found:
            text = say(
                "“Nothing here” is recorded for {layer}, yet something is marked there.",
                layer=_LAYERS[nothing.layer],
            )
            yield Warning_("not_empty", text, (nothing.id, *found))


def _in_layer(facts: _Facts, span: Span, layer: Layer) -> bool:
    if layer == "all":
        return True
    label = facts.scheme.label(span.label)
    is_entity = label is not None and label.group == "entity"
    if layer == "entities" or is_entity:
        return layer == "entities" and is_entity
    frame_label = _ATTRIBUTION if layer == "attributions" else _STANCE
    return any(end.end == span.id for frame in facts.of(frame_label) for end in frame.roles)


_CHECKS: tuple[Callable[[_Facts], Iterable[Warning_]], ...] = (
    _incomplete,
    _without_source,
    _loose_inner_cue,
    _continued_by_another,
    _unattributed,
    _odd_places,
    _open_pronouns,
    _broken_cues,
    _shared_cues,
    _unrelated_evidence,
    _opposite_stances,
    _unbalanced,
    _twice,
    _not_empty,
)
