"""Lays an article out in layers as INCEpTION has them: words, frames, and a feature for each attribute."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from keyword import kwlist
from typing import NamedTuple

from annotator.exchange import flat as flats
from annotator.exchange.inception.layers_in import ACTOR, FRAME_LAYER, LABEL, NOTE, SLOTS, SPAN_LAYER
from annotator.model import left_out as gone
from annotator.model.columns import Columns, Unbroken, different, is_unbroken, total
from annotator.model.ids import Id
from annotator.model.records import Actor, ArticleContent, ArticleLabel, Frame, RoleEnd, Span
from annotator.model.scheme import LabelKind, Scheme

FRAMES = gone.UNSHOWN
ENDS = "ends of frames that are not in the words of the article"
NAMES = "names that a feature cannot have, written another way"
FACTS = "facts of actors, who are kept by name alone"
WIDE = "lone blanks, and blanks at the ends of spans"
_UNFIT = re.compile(r"[^A-Za-z0-9_]")
_TAKEN = frozenset(
    {LABEL, NOTE, SLOTS, "begin", "end", "sofa", "xmiID", "id", "get", "set", "get_covered_text", *kwlist}
)
"""What UIMA, cassis or Python itself uses, beside our own features."""
_CUE, _TRIGGER = "cue", "trigger"
_AT_ONCE = 20_000
"""Rows that are written in one call: of a very long text, all of them would hold up the window."""
_Placed = tuple[int, int, Id, str, Mapping[str, str], str]
"""Where a span begins and ends, its id, label, attributes and note."""


class Laid(NamedTuple):
    """One annotation: its layer, its place in code points, its features, what its slots point to."""

    id: Id
    layer: str
    start: int
    end: int
    features: Mapping[str, str]
    slots: tuple[tuple[str, Id], ...] = ()


@dataclass(slots=True)
class LaidOut:
    """An article in layers, and what is left out of it."""

    spans: list[Laid] = field(default_factory=list)
    frames: list[Laid] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


class Features:
    """What the attributes of a scheme are called as features of a layer."""

    def __init__(self, scheme: Scheme) -> None:
        self._names = {kind: _fitted(_attributes(scheme, kind)) for kind in ("span", "frame", "article")}
        self._actors = _fitted(
            role.name for label in scheme.of("frame") for role in label.roles if "actor" in role.ends
        )

    def names(self, kind: LabelKind) -> Sequence[str]:
        """Return the features of a layer, in the scheme's order."""
        actors = [f"{one}{ACTOR}" for one in self._actors.values()] if kind == "frame" else []
        return [LABEL, *self._names[kind].values(), *actors, NOTE]

    def of(
        self, record: Span | Frame | ArticleLabel, kind: LabelKind, left_out: Counter[str]
    ) -> dict[str, str]:
        """Return the features of a record; what the scheme does not have is counted as left out."""
        return self.said(kind, record.label, record.attributes, record.note, left_out)

    def said(
        self, kind: LabelKind, label: str, attributes: Mapping[str, str], note: str, left_out: Counter[str]
    ) -> dict[str, str]:
        """Return the features of a record of which this is said, as those of records."""
        found = {LABEL: label}
        for name, value in attributes.items():
            feature = self._names[kind].get(name)
            if feature is None:
                left_out[flats.ATTRIBUTES] += 1
                continue
            left_out[NAMES] += feature != name
            found[feature] = value
        if note:
            found[NOTE] = note
        return found

    def actor(self, role: str) -> str | None:
        """Return the feature that names who fills a role."""
        name = self._actors.get(role)
        return f"{name}{ACTOR}" if name == role else None


def _attributes(scheme: Scheme, kind: LabelKind) -> Iterator[str]:
    return (one.name for label in scheme.of(kind) for one in label.attributes)


def _fitted(names: Iterator[str]) -> dict[str, str]:
    """Return names as features can have them, no two alike."""
    found: dict[str, str] = {}
    taken = set(_TAKEN)
    for name in dict.fromkeys(names):
        plain = _UNFIT.sub("_", name)
        plain = plain if plain[:1].isalpha() else f"f_{plain}"
        count, fit = 1, plain
        while fit in taken:
            count += 1
            fit = f"{plain}{count}"
        taken.add(fit)
        found[name] = fit
    return found


def laid_out(content: ArticleContent, features: Features) -> LaidOut:
    """Return an article in layers; every span is one stretch, a frame lies on the words that show it."""
    made = LaidOut()
    places: dict[Id, tuple[int, int]] = {}
    text = content.article.text
    for one in sorted(_placed(content.spans), key=lambda one: _order(one, text)):
        start, end, span, label, attributes, note = one
        places[span] = start, end
        said = features.said("span", label, attributes, note, made.left_out)
        made.spans.append(Laid(span, SPAN_LAYER, start, end, said))
    shown = {one.id: by for one in content.frames if (by := _shown_by(one, places)) is not None}
    actors = {one.id: one for one in content.actors}
    named: set[Id] = set()
    for frame in sorted(content.frames, key=lambda one: one.id):
        if frame.id in shown:
            own = features.of(frame, "frame", made.left_out)
            slots = tuple((one.role, one.end) for one in frame.roles if one.end in places or one.end in shown)
            who = _actors(frame, actors, features)
            for feature, ends in who.items():
                own[feature] = "\n".join(actors[one].name for one in ends)
                named.update(ends)
            made.left_out[ENDS] += len(frame.roles) - len(slots) - sum(map(len, who.values()))
            made.frames.append(Laid(frame.id, FRAME_LAYER, *places[shown[frame.id]], own, slots))
    made.left_out += _rest(content, len(made.frames))
    made.left_out[FACTS] += sum(_has_facts(actors[one]) for one in named)
    return made


def _placed(spans: Sequence[Span]) -> Iterable[_Placed]:
    """Return what spans are, without making records of columns."""
    fragments = spans.column("fragments") if isinstance(spans, Columns) else None
    if isinstance(spans, Columns) and isinstance(fragments, Unbroken):
        # Columns that say the same of all have no end.
        said = map(spans.column, ("label", "attributes", "note"))
        return zip(fragments.starts, fragments.ends, spans.ids, *said, strict=False)
    return ((one.start, one.end, one.id, one.label, one.attributes, one.note) for one in spans)


def _order(one: _Placed, text: str) -> tuple[object, ...]:
    """Of spans that become the same stretch, those without a note come first, and equal ones together.

    An import then joins the equal ones, and no two others.  Blanks at the ends do not count: TSV cuts them.
    """
    start, end, own, label, attributes, note = one
    words = text[start:end]
    first, last = end - len(words.lstrip()), start + len(words.rstrip())
    return first, -last, label, note != "", sorted(attributes.items()), own


def _shown_by(frame: Frame, places: Mapping[Id, tuple[int, int]]) -> Id | None:
    """Return the span that shows a frame: its trigger, its cue, or the first of its ends."""
    ends = [one for one in frame.roles if one.end in places]
    order = (_TRIGGER, _CUE)
    return min(ends, key=lambda one: order.index(one.role) if one.role in order else 2).end if ends else None


def _actors(frame: Frame, actors: Mapping[Id, Actor], features: Features) -> dict[str, list[Id]]:
    """Return the actors that fill roles, by the feature that names them."""
    found: dict[str, list[Id]] = {}
    for one in frame.roles:
        feature = features.actor(one.role) if _is_named(one, actors) else None
        if feature is not None:
            found.setdefault(feature, []).append(one.end)
    return found


def _is_named(end: RoleEnd, actors: Mapping[Id, Actor]) -> bool:
    return end.kind == "actor" and end.end in actors and "\n" not in actors[end.end].name


def _has_facts(actor: Actor) -> bool:
    facts = (actor.aliases, actor.affiliation, actor.role, actor.note, actor.article)
    return actor.kind != "unspecified" or any(facts)


def _rest(content: ArticleContent, frames: int) -> Counter[str]:
    spans, records = content.spans, (content.spans, content.frames, content.labels)
    made = {one for part in records for one in different(part, "annotator")}
    return Counter(
        {
            flats.PIECES: 0 if is_unbroken(spans) else sum(len(one.fragments) > 1 for one in spans),
            flats.ABOVE: total(spans, "actor", bool) + total(spans, "claim_card", bool),
            FRAMES: len(content.frames) - frames,
            flats.MADE_BY: sum(map(len, records)) if len(made) > 1 else 0,
            flats.NOTHING: len(content.nothing_here),
            flats.SUGGESTIONS: len(content.suggested_spans) + len(content.suggested_frames),
        }
    )


def filled(row: bytes, columns: Sequence[Sequence[int | bytes]]) -> bytes:
    """Return a row for each place in columns of one length, filled with what stands there."""
    portions = range(0, len(columns[0]), _AT_ONCE)
    return b"".join([_filled(row, [one[at : at + _AT_ONCE] for one in columns]) for at in portions])


def _filled(row: bytes, columns: Sequence[Sequence[int | bytes]]) -> bytes:
    found: list[int | bytes] = [0] * (len(columns) * len(columns[0]))
    for at, column in enumerate(columns):
        found[at :: len(columns)] = column
    return (row * len(columns[0])) % tuple(found)
