"""What many formats share: one stretch per span, links between spans, and counts of what that loses."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import filterfalse, pairwise
from typing import Any, Protocol

from annotator.model import left_out as gone
from annotator.model.columns import Columns, Unbroken, different, is_unbroken, total
from annotator.model.ids import Id
from annotator.model.making import maker
from annotator.model.proof import Piece
from annotator.model.records import ArticleContent, ArticleLabel, Fragment, Frame, Span
from annotator.model.scheme import Scheme
from annotator.model.tokens import Bounds, bounds_of, line_sentence_ends, token_words

PIECES = "spans in several pieces, written as one stretch"
NOTES = "notes"
ATTRIBUTES = "attributes"
ALL_FRAMES = gone.FRAMES
FRAMES = gone.NO_LINKS
ENDS = "ends of frames that are no spans of the article"
WORDLESS = gone.WORDLESS
SAME = gone.SAME
MADE_BY = "records that do not say which of several annotators made them"
ARTICLE_LABELS = "labels of whole articles"
SAME_LABELS = "labels of whole articles that are the same as another one"
NOTHING = "answers that nothing is there"
SUGGESTIONS = "suggestions"
ABOVE = "actors and claim cards of spans"


_PLAIN = [*map(chr, range(32, 127)), "\n"]
_APART = {
    two
    for marks, others in ((" \n", _PLAIN), (',;:!?()"“”', filter(str.isalpha, _PLAIN)))
    for one in others
    for mark in marks
    for two in (one + mark, mark + one)
}
"""Two characters between which a token ends, as at most ends of spans."""


class Placed(Protocol):
    """Anything that lies in one place of a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


Said = tuple[Hashable, Mapping[str, str], str]
"""What is said of a span: where it is and of whom, its attributes, its note."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A span as one stretch of the text."""

    id: Id
    start: int
    end: int
    label: str
    spans: Sequence[Span]
    """Those of its article; records are made only where one is asked for."""
    number: int
    """Which of them it is."""

    @property
    def span(self) -> Span:
        """The span itself."""
        return self.spans[self.number]


@dataclass(frozen=True, slots=True)
class Link:
    """A frame, or one of several links that make up a frame, as a link from one span to another."""

    id: Id
    label: str
    start: Id
    end: Id
    frame: Frame
    roles: tuple[str, str]
    """What the two spans are in the frame."""
    number: int
    """The same for all links of a frame, and for no other one of the article."""
    is_whole: bool
    """Whether the frame has these two ends alone, one in each of its label's two roles."""

    @property
    def more(self) -> dict[str, Any]:
        """What a record of the link says beyond its ends, so that the frame can be put together again."""
        return {} if self.is_whole else {"frame": self.number, "roles": list(self.roles)}


InTokens = tuple[int, int, Stretch]
"""The first token of a stretch, the one after its last, and the stretch."""


@dataclass(slots=True)
class Flat:
    """An article as stretches and links, and what is left out of it."""

    stretches: list[Stretch] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    """What the format cannot hold, with counts."""

    @property
    def frames(self) -> list[Frame]:
        """The frames that the links make up."""
        return list({one.id: one.frame for one in self.links}.values())


Part = tuple[Id | None, ArticleContent, Flat]
"""One annotator, what is theirs of an article, and the same as stretches and links."""


def flat(
    content: ArticleContent,
    scheme: Scheme,
    keeps: Iterable[str] = (),
    *,
    links: bool = True,
    blanks: bool = True,
) -> Flat:
    """Return an article as stretches and links.

    `keeps` names what the format holds all the same (`NOTES`, `ATTRIBUTES`, …) and is not counted.
    Without `blanks`, spans without a word are left out, as where a format is one of tokens.
    """
    found, kept = Flat(), {*keeps}
    text, spans = content.article.text, content.spans
    every = sorted(_placed(spans))
    worded = every if blanks else [one for one in every if text[one[0] : one[1]].strip()]
    first = {one[3]: one[3] for one in worded}
    if len({one[:3] for one in worded}) < len(worded):
        first = once((spans[at], _said(spans[at], kept)) for *_, at in worded)
    make = maker(Stretch)
    found.stretches = [
        make(own, start, end, label, spans, at) for start, end, label, own, at in worded if first[own] == own
    ]
    if links:
        for number, frame in enumerate(sorted(content.frames, key=lambda one: one.id)):
            found.links += _links(frame, scheme, first, number)
    labels = content.labels if ARTICLE_LABELS in kept else ()
    counts = _left_out(content, found, labels)
    if not links:
        counts[ALL_FRAMES] = counts.pop(FRAMES)
    counts[WORDLESS] = len(every) - len(worded)
    counts[SAME] = len(worded) - len(found.stretches)
    found.left_out = +Counter({name: count for name, count in counts.items() if name not in kept})
    return found


def _placed(spans: Sequence[Span]) -> Iterable[tuple[int, int, str, Id, int]]:
    """Return where spans lie, what they are, and their numbers."""
    fragments = spans.column("fragments") if isinstance(spans, Columns) else None
    if isinstance(spans, Columns) and isinstance(fragments, Unbroken):
        numbers = range(len(spans))
        return zip(fragments.starts, fragments.ends, spans.column("label"), spans.ids, numbers, strict=True)
    return ((one.start, one.end, one.label, one.id, at) for at, one in enumerate(spans))


def _said(one: Span, keeps: set[str]) -> Said:
    by = one.annotator if MADE_BY in keeps else None
    attributes = one.attributes if ATTRIBUTES in keeps else {}
    return (one.label, one.start, one.end, by), attributes, one.note if NOTES in keeps else ""


def once(spans: Iterable[tuple[Span, Said]]) -> dict[Id, Id]:
    """Return what stands for each span: itself, or an earlier one of which the same is said."""
    known: dict[Hashable, tuple[Id, Mapping[str, str]]] = {}
    found = {}
    for span, (place, attributes, note) in spans:
        before, said = known.get(place, (span.id, None))
        if said != attributes or note:
            known[place] = before, said = span.id, attributes
        found[span.id] = before
    return found


def _links(frame: Frame, scheme: Scheme, first: Mapping[Id, Id], number: int) -> list[Link]:
    """Return links from the first of a frame's spans, in the order of the scheme's roles, to the others."""
    pairs = dict.fromkeys([(role, first[end]) for role, _, end in frame.roles if end in first])
    ends = [*pairs]
    label = scheme.label(frame.label)
    order = [role.name for role in label.roles] if label is not None else []
    if [role for role, _ in ends] != order:
        ends.sort(key=lambda one: order.index(one[0]) if one[0] in order else len(order))
    is_whole = len(order) == len(frame.roles) == 2 and [role for role, _ in ends] == order
    make = maker(Link)
    return [
        make(frame.id, frame.label, ends[0][1], end, frame, (ends[0][0], role), number, is_whole)
        for role, end in ends[1:]
    ]


def _left_out(content: ArticleContent, found: Flat, labels: Sequence[ArticleLabel]) -> dict[str, int]:
    is_whole = len(found.stretches) == len(content.spans)
    spans = content.spans if is_whole else [one.span for one in found.stretches]
    frames = found.frames
    links = Counter(link.frame.id for link in found.links)
    kept = (spans, frames, labels)
    made = {one for records in kept for one in different(records, "annotator")}
    return {
        PIECES: 0 if is_unbroken(spans) else total(spans, "fragments", _is_in_pieces),
        FRAMES: len(content.frames) - len(frames),
        ENDS: sum(len(one.roles) - 1 - links[one.id] for one in frames),
        ATTRIBUTES: sum(total(records, "attributes", len) for records in kept),
        NOTES: sum(total(records, "note", bool) for records in kept),
        ABOVE: total(spans, "actor", bool) + total(spans, "claim_card", bool),
        MADE_BY: sum(map(len, kept)) if len(made) > 1 else 0,
        SAME_LABELS: len(labels) - len(names_of(labels)) if labels else 0,
        **beside(content),
    }


def names_of(labels: Iterable[ArticleLabel]) -> list[str]:
    """Return the names of labels of a whole article, each once."""
    return [*dict.fromkeys(one.label for one in labels)]


def _is_in_pieces(fragments: Sequence[Fragment]) -> bool:
    return len(fragments) > 1


def beside(content: ArticleContent) -> dict[str, int]:
    """Count what stands beside the spans and frames of an article."""
    return {
        ARTICLE_LABELS: len(content.labels),
        NOTHING: len(content.nothing_here),
        SUGGESTIONS: len(content.suggested_spans) + len(content.suggested_frames),
    }


def pieces(stretches: Iterable[Stretch], text: str) -> Iterator[Piece]:
    """Yield what stretches cover, for the proof of an export."""
    return ((one.label, [text[one.start : one.end]]) for one in stretches)


def longest_first(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return stretches of which no two overlap, in text order: of those that do, the longest wins."""
    if all(one.end <= other.start for one, other in pairwise(stretches)):
        return [*stretches]
    taken: list[Stretch] = []
    starts: list[int] = []
    for one in sorted(stretches, key=lambda one: (one.start - one.end, one.start, one.label)):
        at = bisect_left(starts, one.start)
        is_free_before = at == 0 or taken[at - 1].end <= one.start
        if is_free_before and (at == len(taken) or one.end <= starts[at]):
            taken.insert(at, one)
            starts.insert(at, one.start)
    return taken


def tokens_of(text: str, stretches: Collection[Placed]) -> list[Bounds]:
    """Return the tokens of a text, cut where a stretch begins or ends within one."""
    return bounds_of(*words_of(text, stretches))


def words_of(text: str, stretches: Collection[Placed]) -> tuple[list[str], list[int]]:
    """Return the words of a text and where they start, cut where a stretch begins or ends within one."""
    words, starts = token_words(text)
    inside: dict[int, list[int]] = {}
    begins = {one.start for one in stretches if text[one.start - 1 : one.start + 1] not in _APART}
    ends = {one.end for one in stretches if text[one.end - 1 : one.end + 1] not in _APART}
    for cut in sorted(begins | ends):
        at = bisect_right(starts, cut) - 1
        if at >= 0 and starts[at] < cut < starts[at] + len(words[at]):
            inside.setdefault(at, []).append(cut)
    cut_words: list[str] = []
    cut_starts: list[int] = []
    done = 0
    for at, cuts in inside.items():
        edges = [starts[at], *cuts, starts[at] + len(words[at])]
        cut_words += words[done:at]
        cut_words += [text[begin:end] for begin, end in pairwise(edges)]
        cut_starts += starts[done:at]
        cut_starts += edges[:-1]
        done = at + 1
    return ([*cut_words, *words[done:]], [*cut_starts, *starts[done:]]) if inside else (words, starts)


def in_tokens(stretches: Iterable[Stretch], starts: Sequence[int]) -> list[InTokens]:
    """Return stretches with their tokens; `starts` are those of tokens that were cut for them."""
    return [(bisect_left(starts, one.start), bisect_left(starts, one.end), one) for one in stretches]


@lru_cache(maxsize=1)
def plain_sentences(text: str) -> Sequence[Bounds]:
    """Return the sentences of a text; what is counted before it is written is split once."""
    return tuple(sentences_of(text, ()))


def sentences_of(text: str, stretches: Iterable[Placed]) -> list[Bounds]:
    """Return the sentences of a text, and never an end of one within a stretch."""
    ends = _outside(line_sentence_ends(text), stretches)
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    found: list[Bounds] = []
    start = 0
    for end in ends if text else ():
        if not text[start:end].isspace():
            found.append((start, end))
            start = end
    return found


def _outside(ends: list[int], stretches: Iterable[Placed]) -> list[int]:
    """Return the ends of sentences without those that lie within a stretch."""
    within: list[int] = []
    at = 0
    for start, end in sorted([(one.start, one.end) for one in stretches]):
        at = bisect_right(ends, start, at)
        while at < len(ends) and ends[at] < end:
            within.append(ends[at])
            at += 1
    return [*filterfalse({*within}.__contains__, ends)] if within else ends


def token_sentences(text: str, starts: Sequence[int], whole: Iterable[Placed]) -> Iterator[tuple[int, int]]:
    """Yield the first token of each sentence and the one after its last; no stretch is cut."""
    first = 0
    for _, end in sentences_of(text, whole):
        after = bisect_left(starts, end, first)
        yield first, after
        first = after


def kept_whole(found: Flat) -> list[Placed]:
    """Return what no sentence may end in: spans, and the way from one end of a link to the other."""
    by_id = {one.id: one for one in found.stretches}
    kept: list[Placed] = [*found.stretches]
    for link in found.links:
        first, second = by_id[link.start], by_id[link.end]
        kept.append(Fragment(min(first.start, second.start), max(first.end, second.end)))
    return kept


def by_annotator(content: ArticleContent) -> Iterator[tuple[Id | None, ArticleContent]]:
    """Yield each annotator's part of an article; one part of nobody where nobody made anything."""
    records = (content.spans, content.frames, content.labels)
    whose = sorted({one for part in records for one in different(part, "annotator")})
    if len(whose) < 2:
        yield (whose[0] if whose else None), content
        return
    for own in whose:
        yield (
            own,
            replace(
                content,
                spans=[one for one in content.spans if one.annotator == own],
                frames=[one for one in content.frames if one.annotator == own],
                labels=tuple(one for one in content.labels if one.annotator == own),
            ),
        )


def flat_parts(content: ArticleContent, scheme: Scheme, keeps: Iterable[str]) -> list[Part]:
    """Return each annotator's part by itself: no link leads from one to another's.

    What is left out of the article as such is counted once, with the first of them.
    """
    found: list[Part] = []
    for own, part in by_annotator(content):
        if found:
            part = replace(part, nothing_here=(), suggested_spans=(), suggested_frames=())
        found.append((own, part, flat(part, scheme, keeps)))
    return found
