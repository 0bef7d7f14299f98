"""Finds the labels of a file among those of an article, by what formats keep of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any

from annotator.model.ids import Id
from annotator.model.marks import ANY_SUGGESTER
from annotator.model.records import (
    Actor,
    ArticleLabel,
    Frame,
    Record,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)

NOBODY = Id(b"\2" * 16)
"""Stands for the annotator of records of whom the file does not say who made them."""
_UNNAMED = (NOBODY, ANY_SUGGESTER)
_NO_END = RoleEnd("", "span", NOBODY)
_Spans = Span | SuggestedSpan
_Frames = Frame | SuggestedFrame


class Alike:
    """The records of an article by what a file keeps of them: labels, words, ends that are words."""

    def __init__(self, text: str, annotator: Id, *, is_unbroken: bool) -> None:
        self._text = text
        self._annotator = annotator
        self._is_unbroken = is_unbroken
        self._by_place: defaultdict[Hashable, list[Any]] = defaultdict(list)
        self._by_end: defaultdict[Hashable, list[Any]] = defaultdict(list)
        self._spans: dict[Id, Any] = {}
        self._meant: dict[Id, Collection[Id]] = {}
        """What an id of the file may stand for: whatever is alike."""
        self._namesakes: defaultdict[str, list[Id]] = defaultdict(list)

    def add(self, record: Record) -> None:
        """Take in a record that is stored, or is going to be."""
        if isinstance(record, Actor):
            same = self._namesakes[record.name]
            same.append(record.id)
            self._meant[record.id] = same
            return
        self._meant[record.id] = (record.id,)
        if isinstance(record, _Frames):
            for end in (*record.roles, _NO_END):
                self._by_end[_end_key(record, end.role, end.end)].append(record)
        elif isinstance(record, _Spans | ArticleLabel):
            self._by_place[self._place(record)].append(record)
        if isinstance(record, _Spans):
            self._spans[record.id] = record

    def foresee(self, ring: Sequence[Any]) -> dict[Id, Id]:
        """Return what frames that point to each other are here: first by their other ends, then by all."""
        ids = {one.id for one in ring}
        for one in ring:
            others = [end for end in one.roles if end.end not in ids]
            self._meant[one.id] = [found.id for found in self._like_frame(one, others)]
        is_changed = True
        while is_changed:
            is_changed = False
            for one in ring:
                like = {found.id for found in self._like_frame(one, one.roles)}
                left = [own for own in self._meant[one.id] if own in like]
                is_changed |= len(left) < len(self._meant[one.id])
                self._meant[one.id] = left
        return {one.id: meant[0] for one in ring if (meant := [*self._meant[one.id]])}

    def twin(self, given: Any, fresh: Collection[Id]) -> Any:
        """Return the record that says the same as one of a file, or else one alike that is not `fresh`.

        Of several, one of whoever imports comes first: what is new is theirs, and may point to it.
        """
        if isinstance(given, _Frames):
            found = self._like_frame(given, given.roles)
        else:
            found = _made_by_same(given, self._by_place[self._place(given)])
        found.sort(key=lambda one: made_by(one) != self._annotator)
        self._meant[given.id] = [one.id for one in found]
        same = next((one for one in found if not says_more(given, one)), None)
        return same or next((one for one in found if one.id not in fresh), None)

    def _place(self, record: Any) -> Hashable:
        place = () if isinstance(record, ArticleLabel) else self._words(record.fragments)
        return type(record), record.label, place

    def _words(self, fragments: Sequence[tuple[int, int]]) -> Hashable:
        """Return where the words of fragments are, if any: not all formats keep blanks, nor gaps."""
        if self._is_unbroken:
            fragments = [(fragments[0][0], fragments[-1][1])]
        found: list[tuple[int, int]] = []
        for start, end in fragments:
            words = self._text[start:end]
            if not words.strip():
                continue
            first, last = end - len(words.lstrip()), start + len(words.rstrip())
            if found and not self._text[found[-1][1] : first].strip():
                first = found.pop()[0]
            found.append((first, last))
        return tuple(found)

    def _like_frame(self, given: Any, roles: Sequence[RoleEnd]) -> list[Any]:
        """Return the frames of these ends, and of others beside them that a file may not hold."""
        ends = [(one.role, self._meant.get(one.end, (one.end,))) for one in roles]
        near = (
            [self._by_end[_end_key(given, role, one)] for one in ids]
            for role, ids in ends or [("", (NOBODY,))]
        )
        fewest = min(near, key=lambda lists: sum(map(len, lists)))
        every = {one.id: one for frames in fewest for one in frames}
        return _made_by_same(given, (one for one in every.values() if self._is_frame(one, ends)))

    def _is_frame(self, frame: Any, ends: Sequence[tuple[str, Collection[Id]]]) -> bool:
        there = [
            {at for at, (role, ids) in enumerate(ends) if role == one.role and one.end in ids}
            for one in frame.roles
        ]
        if len(set().union(*there)) < len(ends):
            return False
        return all(found or self._is_lost(end, frame) for end, found in zip(frame.roles, there, strict=True))

    def _is_lost(self, end: RoleEnd, frame: Any) -> bool:
        """Tell whether a format may have no place for an end: it is no word, or somebody else's."""
        span = self._spans.get(end.end)
        if span is None or made_by(span) != made_by(frame):
            return True
        return not any(self._text[start:last].strip() for start, last in span.fragments)


def _made_by_same(given: Any, like: Iterable[Any]) -> list[Any]:
    by = made_by(given)
    return [one for one in like if by in (*_UNNAMED, made_by(one))]


def _end_key(frame: Any, role: str, end: Id) -> Hashable:
    return type(frame), frame.label, role, end


def made_by(record: Any) -> Hashable:
    """Return who, or what, made a record."""
    return record.suggester if isinstance(record, SuggestedSpan | SuggestedFrame) else record.annotator


def says_more(record: Any, twin: Any) -> bool:
    """Tell whether a record says of its words what its twin does not; blanks do not count."""
    there: Mapping[str, str] = getattr(twin, "attributes", {})
    for name, value in getattr(record, "attributes", {}).items():
        if name not in there or there[name].split() != value.split():
            return True
    note = getattr(record, "note", "")
    if note and note.split() != twin.note.split():
        return True
    return any(
        (said := getattr(record, name, None)) and said != getattr(twin, name)
        for name in ("actor", "claim_card")
    )
