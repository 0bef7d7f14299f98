"""Writes the standoff of one article, and counts what standoff cannot hold."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotator.exchange import flat as flats
from annotator.exchange.brat.brat_in import NOTE, TRIGGER, TRIGGER_LABEL
from annotator.exchange.brat.brat_lines import LINE_ENDS, joined, link_piece, said_piece
from annotator.exchange.brat.brat_names import NO_SOURCE, Names
from annotator.model import left_out as gone
from annotator.model.ids import Id
from annotator.model.proof import Piece
from annotator.model.records import ArticleContent, Fragment, Frame, RoleEnd, Span

_BREAK = re.compile(f"[{LINE_ENDS}]")
_AT_BREAKS = "spans that begin, end or have a gap at a line break, which goes out of them or closes"
_BREAKS_ALONE = gone.BREAKS_ALONE
_NAMES = "names that brat cannot have, written another way"


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
        self._breaks = [one.start() for one in _BREAK.finditer(self._text)]
        self._pieces = {one.id: self._parted(one.fragments) for one in content.spans}
        """Where spans lie, as brat has it."""
        self._spans = {one.id: one for one in content.spans if self._pieces[one.id]}
        """Those that have a place; a line break has none in brat."""
        self._pointed = {end.end for one in content.frames for end in one.roles}
        self._words: dict[tuple[str, tuple[Fragment, ...]], str] = {}
        """Keys of T lines that were written for events, by label and place."""
        self._counts: Counter[str] = Counter()

    def written(self) -> Written:
        """Return the lines, in the order of the text."""
        triggers = self._only_triggers()
        spans = sorted(self._spans.values(), key=lambda one: (one.fragments, one.label, one.id))
        shown = [one for one in spans if one.id not in triggers]
        first = self._first_of(shown)
        self._count_said([one for one in shown if first[one.id] == one.id])
        for span in shown:
            if first[span.id] == span.id:
                self._span(span)
            else:
                self._keys[span.id] = self._keys[first[span.id]]
                self._made.left_out[flats.SAME] += 1
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

    def _first_of(self, shown: Sequence[Span]) -> Mapping[Id, Id]:
        """Return what stands for each span: itself, or an earlier one of which the same is said."""
        if len({(one.label, self._pieces[one.id]) for one in shown}) == len(shown):
            return {one.id: one.id for one in shown}
        return flats.once((one, self._said_of(one)) for one in shown)

    def _said_of(self, span: Span) -> flats.Said:
        attributes = {name: _line(value) for name, value in span.attributes.items()}
        return (span.label, self._pieces[span.id]), attributes, span.note

    def _span(self, span: Span) -> None:
        label = self._names.labels[span.label]
        pieces = self._pieces[span.id]
        key, covered = self._words_line(label, pieces)
        self._keys[span.id] = key
        self._made.pieces.append((label, covered))
        if pieces != span.fragments or len(pieces) > 1:
            self._made.left_out[_AT_BREAKS] += joined(pieces, self._text) != span.fragments
        if span.attributes or span.note:
            self._said(span, key)

    def _words_line(self, label: str, fragments: Sequence[Fragment]) -> tuple[str, list[str]]:
        """Add a T line, and return its key and what its pieces cover."""
        self._counts["T"] = number = self._counts["T"] + 1
        covered = [self._text[start:end] for start, end in fragments]
        places = ";".join([f"{start} {end}" for start, end in fragments])
        self._made.lines.append(f"T{number}\t{label} {places}\t{' '.join(covered)}")
        return f"T{number}", covered

    def _parted(self, fragments: tuple[Fragment, ...]) -> tuple[Fragment, ...]:
        """Return the pieces of a span as brat has it: none goes over the end of a line."""
        breaks = self._breaks
        if all(bisect_left(breaks, start) == bisect_left(breaks, end) for start, end in fragments):
            return fragments
        found = []
        for start, end in fragments:
            at = start
            for line in _BREAK.split(self._text[start:end]):
                if line:
                    found.append(Fragment(at, at + len(line)))
                at += len(line) + 1
        return tuple(found)

    # --- frames ----------------------------------------------------------------------------------

    def _writable(self) -> list[Frame]:
        """Return the frames that words show; others would have no place in the text."""
        return [one for one in sorted(self._content.frames, key=lambda one: one.id) if self._trigger(one)]

    def _trigger(self, frame: Frame) -> Id | None:
        """Return the span that shows a frame: its trigger, its cue, or the first of its ends."""
        ends = [one for one in frame.roles if one.end in self._spans]
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
        if frame.id in self._pointed:  # only words and events can be pointed to
            return "E"
        if len(label.roles) == 1 and len(roles) > 1 and not frame.note:
            return "*"
        is_pair = len(label.roles) == 2 and all(role.most == 1 for role in label.roles)
        return "R" if is_pair and len(roles) == 2 and len({*roles}) == 2 else "E"

    def _frame(self, frame: Frame) -> None:
        key, label = self._keys[frame.id], self._names.frame(frame)
        ends = [one for one in frame.roles if one.end in self._keys or one.end in self._spans]
        ends = self._once(ends)
        self._made.left_out["ends of frames that are not in the words of the article"] += (
            len(frame.roles) - len(ends) - self._says_no_source(frame, label)
        )
        self._renamed(frame.label, self._names.labels[frame.label])
        if key == "*":
            self._made.relations.add(frame.label)
            keys = [self._keys[one.end] for one in ends]
            self._made.lines.append(f"*\t{label} {' '.join(keys)}")
            self._made.pieces.append(link_piece(key, label, "", (("", one) for one in keys)))
            return
        if key[0] == "R":
            self._made.relations.add(frame.label)
            roles = [self._names.role(frame.label, one.role) for one in ends]
            self._link(
                key, label, "", [(role, self._keys[one.end]) for role, one in zip(roles, ends, strict=True)]
            )
            for role, one in zip(roles, ends, strict=True):
                self._renamed(one.role, role)
        else:
            self._event(frame, key, label, ends)
        self._said(frame, key)

    def _once(self, ends: Sequence[RoleEnd]) -> list[RoleEnd]:
        """Return ends without those that another one of the same role stands for."""
        found = {(one.role, self._keys.get(one.end, one.end)): one for one in reversed(ends)}
        return list(reversed(found.values()))

    def _says_no_source(self, frame: Frame, label: str) -> int:
        if label != NO_SOURCE:
            return 0
        names = {one.id: one.name for one in self._content.actors}
        return sum(one.role == "implicit_source" and names.get(one.end) == "not said" for one in frame.roles)

    def _event(self, frame: Frame, key: str, label: str, ends: Sequence[RoleEnd]) -> None:
        shown = self._trigger(frame)
        assert shown is not None
        fragments = self._pieces[shown]
        trigger = self._words.get((label, fragments))
        if trigger is None:
            trigger, _ = self._words_line(label, fragments)
            self._words[label, fragments] = trigger
        others = [one for one in ends if (one.role, one.end) != (TRIGGER, shown)]
        if len(others) < len(ends):
            spans = [self._spans[one.end] for one in others if one.end in self._spans]
            same = any(self._pieces[one.id] == fragments for one in spans)
            self._made.left_out["triggers on the same words as another end"] += same
        counts: Counter[str] = Counter()
        listed = []
        for one in others:
            role = self._names.role(frame.label, one.role)
            counts[role] += 1
            number = "" if counts[role] == 1 else str(counts[role])
            listed.append((f"{role}{number}", self._keys[one.end]))
            self._renamed(one.role, role)
        self._made.events.add(frame.label)
        self._link(key, label, trigger, listed)

    def _link(self, key: str, label: str, trigger: str, ends: Sequence[tuple[str, str]]) -> None:
        shown = f"{label}:{trigger}" if trigger else label
        self._made.lines.append(f"{key}\t{' '.join([shown, *map(':'.join, ends)])}")
        self._made.pieces.append(link_piece(key, label, trigger, ends))

    # --- what is said of both --------------------------------------------------------------------

    def _said(self, record: Span | Frame, key: str) -> None:
        for name, value in sorted(record.attributes.items()):
            if not value:  # such an attribute of brat is one that is simply there
                self._made.left_out["attributes without a value"] += 1
                continue
            written = self._names.attribute(name)
            self._renamed(name, written)
            if self._names.is_value(record.label, name, value):
                value = "" if self._names.is_flag(name) else value
                own = f" {value}" if value else ""
                self._made.lines.append(f"{self._next('A')}\t{written} {key}{own}")
                self._made.pieces.append(said_piece(written, key, value))
            else:
                self._remark(written, key, value)
        if record.note:
            self._remark(NOTE, key, record.note)

    def _remark(self, name: str, key: str, value: str) -> None:
        value = self._one_line(value)
        self._made.lines.append(f"{self._next('#')}\t{name} {key}\t{value}")
        self._made.pieces.append(said_piece(name, key, value))

    def _one_line(self, value: str) -> str:
        written = _line(value)
        self._made.left_out["line breaks in notes and text attributes"] += written != value
        return written

    def _count_said(self, spans: Sequence[Span]) -> None:
        """Count what standoff cannot say of the spans that are written."""
        left_out = self._made.left_out
        left_out["actors of spans"] += sum([one.actor is not None for one in spans])
        left_out["claim cards of spans"] += sum([one.claim_card is not None for one in spans])
        for label, count in Counter([one.label for one in spans]).items():
            left_out[_NAMES] += count * self._names.is_changed(label, self._names.labels[label])

    def _renamed(self, name: str, written: str) -> None:
        self._made.left_out[_NAMES] += self._names.is_changed(name, written)

    def _count_rest(self, frames: int) -> None:
        content, left_out = self._content, self._made.left_out
        left_out[gone.UNSHOWN] += len(content.frames) - frames
        left_out[_BREAKS_ALONE] += len(content.spans) - len(self._spans)
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
    return _BREAK.sub(" ", text)
