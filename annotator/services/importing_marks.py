"""Turns what a file says about a text into records of the project: offsets, labels, roles, all checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from annotator.exchange.record_faults import other_reading_of, short
from annotator.model import rules
from annotator.model.formats import Draft, ImportOptions, Note, Problem
from annotator.model.ids import Id, new_id, new_ids
from annotator.model.making import maker
from annotator.model.marks import ArticleMark, EndMark, FrameMark, Marks, SpanMark
from annotator.model.raw_offsets import RawOffsets
from annotator.model.records import (
    ABOVE_KINDS,
    Actor,
    ArticleLabel,
    ClaimCard,
    EndKind,
    Fragment,
    Frame,
    RoleEnd,
    Span,
)
from annotator.model.rings import Rings
from annotator.model.scheme import Scheme
from annotator.model.scheme_history import Former
from annotator.model.text import Settled
from annotator.services.importing_labels import Labels
from annotator.services.importing_relations import Linked, whole_frames

_HERE = Id(bytes(16))
"""Stands for the article, whose id is made when it is written."""
_NOBODY = Id(b"\1" * 16)
"""Stands for the annotator, of whom the mark has the name."""
_NO_ONE: tuple[Id | None, Id | None] = (None, None)
"""Neither an actor nor a claim card."""
_SHORTEST = 3
"""Characters of a covered text that may be looked for elsewhere."""
_PACE = 2_000
"""Marks that are read between two moments at which a person may stop the import."""
_make_span, _make_frame = maker(Span), maker(Frame)
_tuple = tuple.__new__  # a Fragment in half the time
Mark = TypeVar("Mark", SpanMark, FrameMark)


@dataclass(frozen=True, slots=True)
class Read:
    """The records of one text, ready to be written; whose they are is said by name."""

    spans: list[tuple[Span, SpanMark]] = field(default_factory=list)
    frames: list[tuple[Frame, FrameMark]] = field(default_factory=list)
    labels: list[tuple[ArticleLabel, ArticleMark]] = field(default_factory=list)
    above: dict[tuple[EndKind, str], Id] = field(default_factory=dict)
    """Ids that stand for actors, by name, and for claim cards, by wording."""
    adjudicators: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """How many spans, frames, labels of the article and suggestions."""
        spans = sum(mark.proposal is None for _, mark in self.spans)
        frames = sum(mark.proposal is None for _, mark in self.frames)
        proposed = len(self.spans) + len(self.frames) - spans - frames
        return spans, frames, len(self.labels), proposed


class MarkReader:
    """Reads the marks of one import against its scheme."""

    def __init__(self, scheme: Scheme, options: ImportOptions, former: Former) -> None:
        self.labels = Labels(scheme, options, former)
        self.finds_words = options.find_words
        self._is_left_out = options.new_labels == "leave_out"
        self.problems: list[Problem] = []
        self.notes: list[tuple[int | None, str]] = []
        self.linked = Linked()
        """How many links of all files were read as frames."""
        self.right: set[tuple[str, ...]] = set()
        """Shapes of frames that the scheme allows; the scheme only grows while files are read."""
        self._missing: dict[str, dict[str, int]] = {}
        """What the scheme does not have: how often, by file."""

    def read(self, draft: Draft, marks: Marks, settled: Settled, file: str) -> Generator[None, None, Read]:
        """Return the records, yielding now and then; `problems` and `notes` grow by what is wrong and odd."""
        return _Reading(self, draft, marks, settled, file).read()

    def keep_missing(self, file: str) -> None:
        """Keep what the scheme does not have and was left out since the last file."""
        for what, count in self.labels.missing.items():
            files = self._missing.setdefault(what, {})
            files[file] = files.get(file, 0) + count
        self.labels.missing.clear()

    def missing(self) -> Iterator[Problem | Note]:
        """Yield once for all files, with counts, what the scheme does not have and was left out."""
        for what, files in sorted(self._missing.items()):
            count, first = sum(files.values()), next(iter(files))
            times = "once" if count == 1 else f"{count:,} times"
            sentence = f"{what}; left out {times}" + (f" in {len(files):,} files" if len(files) > 1 else "")
            if self._is_left_out:
                yield Note(first, sentence)
            else:
                yield Problem(first, sentence, field="label")


class _Reading:
    """The marks of one text."""

    def __init__(self, reader: MarkReader, draft: Draft, marks: Marks, settled: Settled, file: str) -> None:
        self._reader = reader
        self._line = draft.line
        self._labels = reader.labels
        self._marks = marks
        self._offsets = RawOffsets(draft.text, settled, marks.unit)
        self._length = len(settled.text)
        self._file = file
        self._made = Read(adjudicators=marks.adjudicators, done=marks.done)
        self._spans: dict[str, Span] = {}
        """By key; two keys may stand for one span."""
        self._frames: dict[str, Frame] = {}
        self._gone: set[str] = set()
        """Keys of what was left out because its label was."""
        self._proposed = {
            one.key for part in (marks.spans, marks.frames) for one in part if one.proposal is not None
        }
        self._above: dict[Id, Actor | ClaimCard] = {}

    def read(self) -> Generator[None, None, Read]:
        """Return the records of the text, yielding after a number of marks."""
        twins: dict[tuple[Any, ...], Span] = {}
        ids = iter(new_ids(len(self._marks.spans) + 1))
        for at, mark in enumerate(self._marks.spans, 1):
            fault = self._twice(mark) or self._span(mark, next(ids), twins)
            if fault:
                self._refuse(mark, fault)
            if at % _PACE == 0:
                yield
        yield from self._read_frames()
        for one in self._marks.labels:
            self._label(one)
        return self._made

    def _twice(self, mark: SpanMark | FrameMark) -> str:
        known = mark.key in self._spans or mark.key in self._frames
        return f"the id {mark.key} stands twice" if known else ""

    # --- spans -----------------------------------------------------------------------------------

    def _span(self, mark: SpanMark, own: Id, twins: dict[tuple[Any, ...], Span]) -> str:
        """Make the span of a mark; returns what is wrong with it."""
        label = self._labels.label(mark.label, "span", self._marks)
        if label is None:
            self._gone.add(mark.key)
            return ""
        fragments, fault = self._fragments(mark)
        if fault:
            return fault
        start, end = fragments[0]
        attributes = self._labels.attributes(mark.label, label, mark.attributes) if mark.attributes else {}
        key = (label.name, fragments, mark.by, mark.proposal)
        twin = twins.get(key)
        above = _NO_ONE
        if mark.actor or mark.claim_card:
            above = (self._above_of("actor", mark.actor), self._above_of("claim_card", mark.claim_card))
        same = twin is not None and (twin.attributes, twin.actor, twin.claim_card) == (attributes, *above)
        if twin is not None and same and not mark.note and not self._marks.has_twins:
            self._spans[mark.key] = twin
            self._note(mark, f"{label.name} {start} to {end} stands twice; the second was left out")
            return ""
        span = _make_span(
            own, _HERE, label.name, fragments, _NOBODY, 0, attributes, *above, mark.note, "import"
        )
        # A label of the scheme in one place of the text is always allowed.
        if attributes or len(fragments) > 1 or not 0 <= start < end <= self._length:
            errors = rules.span_errors(span, self._length, self._labels.scheme)
            if errors:
                return " ".join(errors)
        twins[key] = self._spans[mark.key] = span
        self._made.spans.append((span, mark))
        return ""

    def _fragments(self, mark: SpanMark) -> tuple[tuple[Fragment, ...], str]:
        """Return a mark's fragments in the settled text, or what is wrong with them."""
        offsets = self._offsets
        if len(mark.fragments) == 1 and offsets.is_still:
            start, end = mark.fragments[0]
            if 0 <= start < end <= self._length and mark.quote in (None, offsets.raw[start:end]):
                return (_tuple(Fragment, (start, end)),), ""
        pairs: list[tuple[int, int]] = []
        for start, end in mark.fragments:
            first, last = offsets.raw_of(start), offsets.raw_of(end)
            if first is None or last is None:
                return self._elsewhere(mark, self._outside(mark, start, end))
            if first >= last:
                return self._elsewhere(
                    mark, f"the stretch {start} to {end} is empty or ends before it starts"
                )
            pairs.append((first, last))
        if not pairs:
            return self._elsewhere(mark, "it has no place in the text")
        if mark.quote is not None:
            covered = " ".join(offsets.raw[first:last] for first, last in pairs)
            if covered != mark.quote and not _are_words(covered, mark.quote, has_pieces=len(pairs) > 1):
                first, last = pairs[0]
                other = other_reading_of(offsets.raw, first, last, mark.quote) if len(pairs) == 1 else ""
                return self._elsewhere(mark, f"the article has {short(covered)} at {first} to {last}{other}")
        if pairs != sorted(pairs):
            self._note(mark, "its pieces were put in the order of the text")
        return tuple(Fragment(*map(offsets.settled_of, pair)) for pair in sorted(pairs)), ""

    def _outside(self, mark: SpanMark, start: int, end: int) -> str:
        size = len(self._offsets.raw)
        other = other_reading_of(self._offsets.raw, start, end, mark.quote)
        return f"{start} to {end} lies beyond the text of {size:,} characters, or inside one of them{other}"

    def _elsewhere(self, mark: SpanMark, why: str) -> tuple[tuple[Fragment, ...], str]:
        """Find the words where they stand only once, if that is asked for; else say what is wrong."""
        quote, raw = mark.quote or "", self._offsets.raw
        at = raw.find(quote) if len(quote) >= _SHORTEST else -1
        said = short(quote) if quote else "nothing"
        covers = "" if mark.quote is None else f"the file says it covers {said}, but "
        if at < 0 or raw.find(quote, at + 1) >= 0:
            return (), covers + why
        if not self._reader.finds_words:
            return (), f"{covers}{why}; the words stand at {at} alone (option: look for words)"
        self._note(mark, f"{covers}{why}; taken from {at}, the only place where it stands")
        return (Fragment(*map(self._offsets.settled_of, (at, at + len(quote)))),), ""

    # --- frames ----------------------------------------------------------------------------------

    def _read_frames(self) -> Generator[None, None, None]:
        waiting: list[FrameMark] = []
        own_ids = new_ids(len(self._marks.frames))
        for at, (mark, own) in enumerate(zip(self._marks.frames, own_ids, strict=True), 1):
            if at % _PACE == 0:
                yield
            label = self._labels.label(mark.label, "frame", self._marks)
            if label is None:
                self._gone.add(mark.key)
            elif fault := self._twice(mark):
                self._refuse(mark, fault)
            else:
                attributes = self._labels.attributes(mark.label, label, mark.attributes)
                self._frames[mark.key] = _make_frame(
                    own, _HERE, label.name, (), _NOBODY, 0, attributes, mark.note, "import"
                )
                waiting.append(mark)
        whole, linked = whole_frames(waiting, self._frames, self._spans, self._labels)
        self._reader.linked = self._reader.linked.and_more(linked)
        for key in {mark.key for mark in waiting} - {mark.key for mark in whole}:
            del self._frames[key]
        linked_ones: list[FrameMark] = []
        for at, mark in enumerate(whole, 1):
            if self._link(mark):
                linked_ones.append(mark)
            if at % _PACE == 0:
                yield
        yield from self._check(linked_ones)

    def _link(self, mark: FrameMark) -> bool:
        """Fill a frame's roles; tells whether it stays."""
        frame = self._frames[mark.key]
        ends: list[RoleEnd] = []
        for at, end in enumerate(mark.ends):
            kind, found = self._end(end)
            if found is None:
                if end.key in self._gone:
                    continue
                return self._drop(mark, f"{end.role} points to {short(end.key)}, which is not there")
            if mark.proposal is None and end.key in self._proposed:
                return self._drop(mark, f"{end.role} points to {short(end.key)}, which is only proposed")
            label = self._labels.scheme.label(frame.label)
            assert label is not None
            role = self._labels.role(
                mark.label, label, end.role, at if mark.is_ordered else None, self._marks.known_as
            )
            if role is not None:
                ends.append(RoleEnd(role, kind, found))
        if mark.ends and not ends:
            return self._drop(mark, "nothing of what it points to was taken")
        self._frames[mark.key] = _make_frame(
            frame.id,
            _HERE,
            frame.label,
            tuple(dict.fromkeys(ends)),
            _NOBODY,
            0,
            frame.attributes,
            frame.note,
            "import",
        )
        return True

    def _end(self, end: EndMark) -> tuple[EndKind, Id | None]:
        if end.kind in ABOVE_KINDS:
            return end.kind, self._above_of(end.kind, end.key)
        span = self._spans.get(end.key)
        if span is not None:
            return "span", span.id
        frame = self._frames.get(end.key)
        return "frame", None if frame is None else frame.id

    def _above_of(self, kind: EndKind, key: str) -> Id | None:
        """Return what stands for an actor, by name, or a claim card, by wording."""
        if not key:
            return None
        own = self._made.above.setdefault((kind, key), new_id())
        self._above.setdefault(own, (Actor if kind == "actor" else ClaimCard)(own, key))
        return own

    def _check(self, marks: list[FrameMark]) -> Generator[None, None, None]:
        """Leave out frames that the scheme does not allow, and then those that point to them."""
        there, rings = self._there(), Rings(self._frames[mark.key] for mark in marks)
        pointing: defaultdict[Id, list[FrameMark]] = defaultdict(list)
        for mark in marks:
            for end in self._frames[mark.key].roles:
                pointing[end.end].append(mark)
        suspects = marks
        while suspects:
            faulty: list[tuple[FrameMark, str]] = []
            for at, mark in enumerate(suspects, 1):
                if errors := self._errors(self._frames[mark.key], there.get, rings):
                    faulty.append((mark, " ".join(errors)))
                if at % _PACE == 0:
                    yield
            gone = [self._frames[mark.key].id for mark, _ in faulty]
            for mark, fault in faulty:
                del there[self._frames[mark.key].id]
                self._drop(mark, fault)
            left = {mark.key: mark for own in gone for mark in pointing[own]}
            suspects = [mark for key, mark in left.items() if key in self._frames]
        self._made.frames.extend((self._frames[mark.key], mark) for mark in marks if mark.key in self._frames)

    def _errors(self, frame: Frame, there: Callable[[Id], rules.End | None], rings: Rings) -> tuple[str, ...]:
        """Return why the scheme does not allow a frame; what is like one that it allows is not looked at."""
        shape = _shape(frame, there)
        if shape in self._reader.right:
            return ()
        errors = rules.frame_errors(frame, self._labels.scheme, lambda _kind, own: there(own), rings.hold)
        if shape is not None and not errors:
            self._reader.right.add(shape)
        return errors

    def _there(self) -> dict[Id, rules.End]:
        return {
            **{one.id: one for one in self._spans.values()},
            **{one.id: one for one in self._frames.values()},
            **self._above,
        }

    def _drop(self, mark: FrameMark, reason: str) -> bool:
        del self._frames[mark.key]
        self._refuse(mark, reason)
        return False

    # --- the article, and words ------------------------------------------------------------------

    def _label(self, mark: ArticleMark) -> None:
        label = self._labels.label(mark.label, "article", self._marks)
        if label is not None:
            attributes = self._labels.attributes(mark.label, label, mark.attributes)
            made = ArticleLabel(new_id(), _HERE, label.name, _NOBODY, 0, attributes, mark.note, "import")
            said = (label.name, attributes, mark.note, mark.by)
            twins = ((one.label, one.attributes, one.note, other.by) for one, other in self._made.labels)
            if said in twins and not self._marks.has_twins:
                text = f"the label {label.name} of the text stands twice; the second was left out"
                self._reader.notes.append((mark.line or self._line, text))
            else:
                self._made.labels.append((made, mark))

    def _refuse(self, mark: Mark, reason: str) -> None:
        self._reader.problems.append(Problem(self._file, reason, mark.line or self._line, mark.key))

    def _note(self, mark: SpanMark, text: str) -> None:
        self._reader.notes.append((mark.line or self._line, f"{mark.key}: {text}"))


def _shape(frame: Frame, there: Callable[[Id], rules.End | None]) -> tuple[str, ...] | None:
    """Return what decides whether a frame is allowed, where it is its ends alone, all of them spans."""
    if frame.attributes:
        return None
    shape = [frame.label]
    for role, _kind, end in frame.roles:
        found = there(end)
        if not isinstance(found, Span):
            return None
        shape += role, found.label
    return tuple(shape)


def _are_words(covered: str, quote: str, *, has_pieces: bool) -> bool:
    """Tell whether a text covers what a file says, but for blanks; pieces may have none between them."""
    said, found = quote.split(), covered.split()
    return said == found or (has_pieces and "".join(said) == "".join(found))
