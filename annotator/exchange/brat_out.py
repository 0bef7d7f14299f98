"""Writes the standoff of one article, and counts what standoff cannot hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from annotator.exchange.brat_in import NO_SOURCE, NOTE, TRIGGER, TRIGGER_LABEL
from annotator.model.ids import Id
from annotator.model.proof import Piece
from annotator.model.records import ArticleContent, Fragment, Frame, RoleEnd, Span
from annotator.model.scheme import Label, Scheme

_UNFIT = re.compile(r"[\s:]+")
_FLAG = ("no", "yes")
_POLNEAR = {"CLAIM": "Content", "SOURCE": "Source", "CUE": "Cue", "ATTRIBUTION": "Attribution"}
_POLNEAR_ROLES = {"claim": "Content", "source": "Source", "cue": "Cue"}


class Names:
    """How labels and roles are called in the files."""

    def __init__(self, scheme: Scheme, *, is_polnear: bool) -> None:
        self._is_polnear = is_polnear
        self._attribution = scheme.named("ATTRIBUTION")
        self.labels = {one.name: self._label(one) for one in scheme.labels}
        self.frames = {one.name: one for one in scheme.of("frame")}
        self.attributes = {one.name: {each.name: each for each in one.attributes} for one in scheme.labels}

    def _label(self, label: Label) -> str:
        return (self._is_polnear and _POLNEAR.get(label.meaning)) or fit(label.name)

    def frame(self, frame: Frame) -> str:
        """Return what a frame is called: PolNeAR has two names for attributions."""
        if self._is_polnear and frame.label == self._attribution:
            roles = {one.role for one in frame.roles}
            if "implicit_source" in roles and "source" not in roles:
                return NO_SOURCE
        return self.labels[frame.label]

    def role(self, frame: Frame, role: str) -> str:
        """Return what a role of an event is called."""
        if self._is_polnear and frame.label == self._attribution and role in _POLNEAR_ROLES:
            return _POLNEAR_ROLES[role]
        return fit(role)


def fit(name: str) -> str:
    """Return a name as brat can have it."""
    return _UNFIT.sub("_", name) or "_"


@dataclass(slots=True)
class Written:
    """The standoff of one article, and what was left out of it."""

    lines: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    relations: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)


class Standoff:
    """Writes one article."""

    def __init__(self, content: ArticleContent, names: Names) -> None:
        self._content = content
        self._names = names
        self._text = content.article.text
        self._made = Written()
        self._keys: dict[Id, str] = {}
        self._spans: dict[Id, Span] = {}
        self._words: dict[tuple[str, tuple[Fragment, ...]], str] = {}
        """Keys of T lines that were written for events, by label and place."""
        self._counts: Counter[str] = Counter()

    def written(self) -> Written:
        """Return the lines, in the order of the text."""
        triggers = self._only_triggers()
        for span in sorted(self._content.spans, key=lambda one: (one.fragments, one.label, one.id)):
            self._spans[span.id] = span
            if span.id not in triggers:
                self._span(span)
        frames = self._writable()
        for frame in frames:
            self._keys[frame.id] = self._next(self._kind(frame))
        for frame in frames:
            self._frame(frame)
        self._count_rest(len(frames))
        return self._made

    def _next(self, kind: str) -> str:
        self._counts[kind] += 1
        return "*" if kind == "*" else f"{kind}{self._counts[kind]}"

    # --- words -----------------------------------------------------------------------------------

    def _only_triggers(self) -> set[Id]:
        """Return the words that do nothing but show one event: their line is that of the event's label."""
        uses: Counter[Id] = Counter(end.end for one in self._content.frames for end in one.roles)
        return {
            span.id
            for span in self._content.spans
            if span.label == TRIGGER_LABEL and not (span.attributes or span.note)
            for frame in self._content.frames
            if uses[span.id] == 1 and RoleEnd(TRIGGER, "span", span.id) in frame.roles
            and self._trigger(frame) == span.id
        }  # fmt: skip

    def _span(self, span: Span) -> None:
        label = self._names.labels[span.label]
        key = self._keys[span.id] = self._words_line(label, span.fragments)
        self._made.pieces.append((label, [self._text[start:end] for start, end in span.fragments]))
        self._renamed(span.label, label)
        self._said(span, key)
        left_out = self._made.left_out
        left_out["actors of spans"] += span.actor is not None
        left_out["claim cards of spans"] += span.claim_card is not None

    def _words_line(self, label: str, fragments: Sequence[Fragment]) -> str:
        key = self._next("T")
        places = ";".join(f"{start} {end}" for start, end in fragments)
        covered = " ".join(self._text[start:end] for start, end in fragments)
        self._made.lines.append(f"{key}\t{label} {places}\t{_line(covered)}")
        return key

    # --- frames ----------------------------------------------------------------------------------

    def _writable(self) -> list[Frame]:
        """Return the frames that words show; others would have no place in the text."""
        return [one for one in sorted(self._content.frames, key=lambda one: one.id) if self._trigger(one)]

    def _trigger(self, frame: Frame) -> Id | None:
        """Return the span that shows a frame: its trigger, its cue, or the first of its ends."""
        own = {one.id for one in self._content.spans}
        ends = [one for one in frame.roles if one.kind == "span" and one.end in own]
        for wanted in (TRIGGER, "cue", None):
            for one in ends:
                if wanted in (None, one.role):
                    return one.end
        return None

    def _kind(self, frame: Frame) -> str:
        """Return which line a frame becomes: * for equal ones, R for a pair of roles, else E."""
        label = self._names.frames.get(frame.label)
        roles = [one.role for one in frame.roles]
        if label is None or frame.attributes or any(one.end not in self._spans for one in frame.roles):
            return "E"
        if len(label.roles) == 1 and len(roles) > 1 and not frame.note:
            return "*"
        is_pair = len(label.roles) == 2 and all(role.most == 1 for role in label.roles)
        return "R" if is_pair and len(roles) == 2 and len({*roles}) == 2 else "E"

    def _frame(self, frame: Frame) -> None:
        key, label = self._keys[frame.id], self._names.frame(frame)
        ends = [one for one in frame.roles if one.end in self._keys or one.end in self._spans]
        self._made.left_out["ends of frames that are not in the words of the article"] += (
            len(frame.roles) - len(ends) - self._says_no_source(frame, label)
        )
        self._renamed(frame.label, self._names.labels[frame.label])
        if key == "*":
            self._made.relations.add(frame.label)
            self._made.lines.append(f"*\t{label} {' '.join(self._keys[one.end] for one in ends)}")
            return
        if key[0] == "R":
            self._made.relations.add(frame.label)
            listed = " ".join(f"{fit(one.role)}:{self._keys[one.end]}" for one in ends)
            self._made.lines.append(f"{key}\t{label} {listed}")
            for one in ends:
                self._renamed(one.role, fit(one.role))
        else:
            self._event(frame, key, label, ends)
        self._said(frame, key)

    def _says_no_source(self, frame: Frame, label: str) -> int:
        if label != NO_SOURCE:
            return 0
        names = {one.id: one.name for one in self._content.actors}
        return sum(one.role == "implicit_source" and names.get(one.end) == "not said" for one in frame.roles)

    def _event(self, frame: Frame, key: str, label: str, ends: Sequence[RoleEnd]) -> None:
        shown = self._trigger(frame)
        assert shown is not None
        fragments = self._spans[shown].fragments
        trigger = self._words.get((label, fragments))
        if trigger is None:
            trigger = self._words[label, fragments] = self._words_line(label, fragments)
        others = [one for one in ends if (one.role, one.end) != (TRIGGER, shown)]
        if len(others) < len(ends):
            same = any(
                self._spans[one.end].fragments == fragments for one in others if one.end in self._spans
            )
            self._made.left_out["triggers on the same words as another end"] += same
        counts: Counter[str] = Counter()
        listed = []
        for one in others:
            role = self._names.role(frame, one.role)
            counts[role] += 1
            number = "" if counts[role] == 1 else str(counts[role])
            listed.append(f" {role}{number}:{self._keys[one.end]}")
            if role not in (one.role, _POLNEAR_ROLES.get(one.role)):
                self._made.left_out["names that brat cannot have, written another way"] += 1
        self._made.events.add(frame.label)
        self._made.lines.append(f"{key}\t{label}:{trigger}{''.join(listed)}")

    # --- what is said of both --------------------------------------------------------------------

    def _said(self, record: Span | Frame, key: str) -> None:
        known = self._names.attributes.get(record.label, {})
        for name, value in sorted(record.attributes.items()):
            one = known.get(name)
            is_choice = one is not None and one.kind == "choice"
            written = fit(name)
            self._renamed(name, written)
            if is_choice and value.split() == [value]:
                own = "" if one is not None and one.values == _FLAG and value == "yes" else f" {value}"
                self._made.lines.append(f"{self._next('A')}\t{written} {key}{own}")
            else:
                self._made.lines.append(f"{self._next('#')}\t{written} {key}\t{self._one_line(value)}")
        if record.note:
            self._made.lines.append(f"{self._next('#')}\t{NOTE} {key}\t{self._one_line(record.note)}")

    def _one_line(self, value: str) -> str:
        written = _line(value)
        self._made.left_out["line breaks in notes and text attributes"] += written != value
        return written

    def _renamed(self, name: str, written: str) -> None:
        if name != written and written != _POLNEAR.get(name):
            self._made.left_out["names that brat cannot have, written another way"] += 1

    def _count_rest(self, frames: int) -> None:
        content, left_out = self._content, self._made.left_out
        left_out["frames that no words of the article show"] += len(content.frames) - frames
        for what, count in rest_of(content).items():
            left_out[what] += count


def rest_of(content: ArticleContent) -> dict[str, int]:
    """Count what formats of words and links have no place for."""
    made = [one.annotator for records in (content.spans, content.frames) for one in records]
    proposed = len(content.suggested_spans) + len(content.suggested_frames)
    return {
        "labels of whole articles": len(content.labels),
        "answers that nothing is there": len(content.nothing_here),
        "records that do not say which of several annotators made them": len(made) if len({*made}) > 1 else 0,
        "suggestions": proposed,
    }


def _line(text: str) -> str:
    """Return a text on one line."""
    return re.sub(r"[\n\r\t]", " ", text)
