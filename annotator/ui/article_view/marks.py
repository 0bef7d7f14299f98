"""What is drawn on an article: its spans, suggestions and frames, found by section and by id."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import Protocol, TypeVar

from PySide6.QtCore import QCoreApplication

from annotator.model.ids import Id
from annotator.model.records import Actor, ArticleContent, Frame, Span, SuggestedFrame, SuggestedSpan
from annotator.model.rules import PARENT, in_sentence, outwards
from annotator.model.scheme import Scheme
from annotator.model.text import words_at
from annotator.model.units import TextUnits
from annotator.ui.article_view.theme import SIGNS

Drawn = Span | SuggestedSpan
AnyFrame = Frame | SuggestedFrame


class _HasId(Protocol):
    @property
    def id(self) -> Id: ...


Kept = TypeVar("Kept", bound=_HasId)
_SOURCES = ("source", "implicit_source")
_DEEPEST = 8
_STRETCH = 256


class Marks:
    """The drawn records of one article; `update` tells which sections a change touches."""

    def __init__(self, units: TextUnits, scheme: Scheme) -> None:
        self._units = units
        self.titles = {one.name: in_sentence(one.title) for one in scheme.labels if one.title}
        self.entities = frozenset(one.name for one in scheme.of("span", "entity"))
        self._hidden = frozenset(one.name for one in scheme.labels if one.hidden)
        self._roles = {one.name: one for one in scheme.of("frame")}
        self.by_section: dict[int, list[Drawn]] = {}
        self.records: dict[Id, Drawn] = {}
        self.frames: dict[Id, AnyFrame] = {}
        self.frames_of: dict[Id, list[AnyFrame]] = {}
        self._content: ArticleContent | None = None
        self._actors: Mapping[Id, Actor] = {}

    def update(self, content: ArticleContent) -> set[int]:
        """Take over the records of `content` and return the sections that look different now."""
        old, self._content = self._content, content
        touched: set[int] = set()
        self._actors = {one.id: one for one in content.actors}
        for gone, new in (
            difference(old.spans if old else (), content.spans),
            difference(old.suggested_spans if old else (), content.suggested_spans),
        ):
            touched.update(*map(self._drop, gone), *map(self._add, new))
            if old:
                touched.update(*map(self._named, (*gone, *new)))
        for gone_frames, new_frames in (
            difference(old.frames if old else (), content.frames),
            difference(old.suggested_frames if old else (), content.suggested_frames),
        ):
            for frame in gone_frames:
                self._drop_frame(frame)
            for frame in new_frames:
                self._add_frame(frame)
            if old:
                touched.update(*map(self._signed, (*gone_frames, *new_frames)))
        return touched

    def is_entity(self, record: Drawn) -> bool:
        """Tell whether a record is drawn as a light tint without a tag."""
        return record.label in self.entities

    def sections_of(self, start: int, end: int) -> Sequence[int]:
        """Return the sections that hold a stretch."""
        return self._units.sections_of(start, end)

    def covering(self, start: int, end: int) -> list[Drawn]:
        """Return what covers a stretch (or, where it is empty, its place), innermost first."""
        end = max(end, start + 1)
        found = {
            record.id: record
            for section in self._units.sections_of(start, end)
            for record in self.by_section.get(section, ())
            if any(one.start < end and start < one.end for one in record.fragments)
        }
        return sorted(found.values(), key=lambda one: (one.end - one.start, -one.start, one.id))

    def signs(self, record: Id) -> str:
        """Return the signs of the stances on a record, each once."""
        signs = ""
        for frame in self.frames_of.get(record, ()):
            sign = sign_of(frame)
            if sign and sign not in signs and record in frame_targets(frame):
                signs += sign
        return signs

    def parts(self, frame: AnyFrame) -> list[tuple[str, Drawn]]:
        """Return the drawn parts of a frame with their roles; a frame in a role stands for its source."""
        found = [(end.role, part) for end in frame.roles if (part := self._part(end.end)) is not None]
        return sorted(found, key=lambda part: part[1].start)

    def chain(self, frame: AnyFrame) -> tuple[str, ...]:
        """Return who passes a nested attribution on, from the author inwards; empty when it is not nested."""
        steps = [self._speaker(one) for one in islice(outwards(frame, self.frames), _DEEPEST)]
        return (tr("the author"), *reversed(steps)) if len(steps) > 1 else ()

    def chain_of(self, record: Id) -> tuple[str, ...]:
        """Return the breadcrumb of the nested attribution that has this record as its claim."""
        for frame in self.frames_of.get(record, ()):
            roles = [end.role for end in frame.roles]
            if PARENT in roles and any(end.end == record and end.role == "claim" for end in frame.roles):
                return self.chain(frame)
        return ()

    def _part(self, name: Id, depth: int = 0) -> Drawn | None:
        """Return the span of that id, or what stands for the frame of that id."""
        record, frame = self.records.get(name), self.frames.get(name)
        if record is not None or frame is None or depth > _DEEPEST:
            return record
        drawn = [end for end in frame.roles if end.end in self.records]
        spans = [self.records[end.end] for end in drawn if end.role in _SOURCES]
        spans = spans or [self.records[end.end] for end in drawn]
        if spans:
            return min(spans, key=lambda one: one.start)
        found = (self._part(end.end, depth + 1) for end in frame.roles if end.role != PARENT)
        return next((one for one in found if one is not None), None)

    def _speaker(self, frame: AnyFrame) -> str:
        """Return who speaks in an attribution: the actor where there is one, else the words."""
        for end in frame.roles:
            if end.role in _SOURCES:
                span = self.records.get(end.end)
                actor = self._actors.get(span.actor if isinstance(span, Span) and span.actor else end.end)
                if actor is not None:
                    return tr("the author") if actor.kind == "author" else actor.name
                if span is not None:
                    return words_at(span.fragments, self._units.text)
        return tr("not said")

    def _add(self, record: Drawn) -> Collection[int]:
        if record.label in self._hidden or (isinstance(record, SuggestedSpan) and record.state != "open"):
            return ()
        self.records[record.id] = record
        sections = self._sections(record)
        for section in sections:
            self.by_section.setdefault(section, []).append(record)
        return sections

    def _drop(self, record: Drawn) -> Collection[int]:
        if self.records.pop(record.id, None) is None:
            return ()
        sections = self._sections(record)
        for section in sections:
            self.by_section[section] = [one for one in self.by_section[section] if one.id != record.id]
        return sections

    def _sections(self, record: Drawn) -> Collection[int]:
        if len(record.fragments) == 1:
            return self._units.sections_of(*record.fragments[0])
        return {section for one in record.fragments for section in self._units.sections_of(*one)}

    def _add_frame(self, frame: AnyFrame) -> None:
        if isinstance(frame, SuggestedFrame) and frame.state != "open":
            return
        self.frames[frame.id] = frame
        for end in frame.roles:
            self.frames_of.setdefault(end.end, []).append(frame)

    def _drop_frame(self, frame: AnyFrame) -> None:
        if self.frames.pop(frame.id, None) is None:
            return
        for end in frame.roles:
            self.frames_of[end.end] = [one for one in self.frames_of.get(end.end, ()) if one.id != frame.id]

    def _signed(self, frame: AnyFrame) -> set[int]:
        """Return the sections where the tag of a part changes: its sign, its role, who passed it on."""
        found: set[int] = set()
        for one in self._with_inner(frame):
            for end in one.roles:
                record = self.records.get(end.end)
                if record is not None and not self.is_entity(record):
                    found |= set(self._units.sections_of(record.start, record.start + 1))
        return found

    def _named(self, record: Drawn) -> set[int]:
        """Return the sections that name a source in the breadcrumb of an attribution."""
        frames = [
            one
            for one in self.frames_of.get(record.id, ())
            if any(end.end == record.id and end.role in _SOURCES for end in one.roles)
        ]
        return set().union(*map(self._signed, frames))

    def _with_inner(self, frame: AnyFrame) -> list[AnyFrame]:
        """Return a frame and those that lie inside it."""
        found, at = {frame.id: frame}, 0
        while at < len(found):
            outer = list(found.values())[at]
            inner = self.frames_of.get(outer.id, ())
            found |= {
                one.id: one for one in inner if any(e == (PARENT, "frame", outer.id) for e in one.roles)
            }
            at += 1
        return list(found.values())


def tr(text: str) -> str:
    """Return the text in the language of the window."""
    return QCoreApplication.translate("article_view", text)


def sign_of(frame: AnyFrame) -> str:
    """Return the sign of a frame that carries a stance, else nothing."""
    return SIGNS.get(frame.attributes.get("value", ""), "")


def frame_targets(frame: AnyFrame) -> tuple[Id, ...]:
    """Return what the stance of a frame is about."""
    return tuple(end.end for end in frame.roles if end.role == "target")


def difference(old: Sequence[Kept], new: Sequence[Kept]) -> tuple[list[Kept], list[Kept]]:
    """Return what was removed and what was added; the same objects in the same order cost next to nothing."""
    if old is new:
        return [], []
    first = _same(old, new)
    last = _same_last(old, new, min(len(old), len(new)) - first)
    before = {one.id: one for one in old[first : len(old) - last]}
    now = {one.id: one for one in new[first : len(new) - last]}
    return (
        [one for name, one in before.items() if now.get(name) != one],
        [one for name, one in now.items() if before.get(name) != one],
    )


def _same(one: Sequence[Kept], other: Sequence[Kept]) -> int:
    """Return how many records are the same at the start; by stretches, which Python compares fast."""
    count, most = 0, min(len(one), len(other))
    while count < most and one[count : count + _STRETCH] == other[count : count + _STRETCH]:
        count += _STRETCH
    while count < most and (one[count] is other[count] or one[count] == other[count]):
        count += 1
    return min(count, most)


def _same_last(one: Sequence[Kept], other: Sequence[Kept], most: int) -> int:
    """Return how many of the last `most` records are the same, counted from the end."""
    count, end, its_end = 0, len(one), len(other)
    while count + _STRETCH <= most and one[end - _STRETCH : end] == other[its_end - _STRETCH : its_end]:
        count, end, its_end = count + _STRETCH, end - _STRETCH, its_end - _STRETCH
    while count < most and one[end - 1] == other[its_end - 1]:
        count, end, its_end = count + 1, end - 1, its_end - 1
    return count
