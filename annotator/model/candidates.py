"""Which words may be a part of an attribution: those it has now, then others, the likeliest first.

Most often a part is nearly right: it goes on too far, or not far enough.  The order of the ways to change it
is how often each was right where a suggestion was not (`benchmarks.candidates`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from annotator.model import proposing
from annotator.model.alike import share_words
from annotator.model.cue_words import lexicon
from annotator.model.records import Fragment
from annotator.model.reports import Pieces, report_at
from annotator.model.units import TextUnits

MOST = 9
"""Candidates for one part, with the words that it has now."""
_BREAKS = frozenset(",;:–—―-()")
_STOPS = _BREAKS | frozenset(".!?")
_GAP = 6
"""Words beside a cue that may belong to it, at most."""


def candidates(
    units: TextUnits, role: str, parts: Mapping[str, Pieces], offset: int | None = None
) -> list[Pieces]:
    """Return what may fill a role, what fills it now first; never words of the other `parts` of the frame.

    `offset` is where a claim is looked for beside those that are like the one there is now.
    """
    held = parts.get(role, ())
    taken = [piece for name, pieces in parts.items() if name != role for piece in pieces]
    taken = [one for one in taken if not share_words((held,), ((one,),))]
    if not units.starts:
        return []
    found = [held] if held else []
    found += _likely(units, role, parts, offset, _Edges(units, held, taken) if held else None)
    is_torn = _cuts_quotation(units.text, held)
    fits = (
        one
        for one in dict.fromkeys(found)
        if one == held or (_fits(units, one, taken) and (is_torn or not _cuts_quotation(units.text, one)))
    )
    return [*islice(fits, MOST)]


def _likely(
    units: TextUnits, role: str, parts: Mapping[str, Pieces], offset: int | None, edges: _Edges | None
) -> Iterator[Pieces]:
    claim, cue = parts.get("claim", ()), next(iter(parts.get("cue", ())), None)
    if role == "claim":
        at = offset if offset is not None else cue.start if cue is not None else claim[0].start
        return _claims(edges, proposing.claims(units, at))
    if role == "cue":
        return _cues(edges, [(one,) for one in proposing.cues(units, claim)])
    cue = cue or next(iter(proposing.cues(units, claim)), None)
    return _sources(edges, [(one,) for one in proposing.sources(units, claim, cue)])


def _sources(edges: _Edges | None, others: Sequence[Pieces]) -> Iterator[Pieces]:
    if edges is not None:
        yield from edges.without_ends(lexicon().joining, 2)
        yield from edges.without_ends(_BREAKS, 2)
        yield from edges.up_to_next()
        yield from edges.further(_BREAKS, 1)
        yield from edges.from_the_front()
    yield from others


def _cues(edges: _Edges | None, others: Sequence[Pieces]) -> Iterator[Pieces]:
    if edges is not None:
        yield from edges.up_to_part(_GAP)
        yield from edges.from_the_front(_GAP)
        yield from edges.without_ends(lexicon().placing, 1)
        yield from edges.with_more_in_front(1)
    yield from others
    if edges is not None:
        yield from edges.with_more_behind(1)
        yield from edges.with_more_in_front(2)
        yield from edges.with_less_behind()
        yield from edges.with_less_in_front()


def _claims(edges: _Edges | None, others: Sequence[Pieces]) -> Iterator[Pieces]:
    if edges is not None:
        yield from edges.with_more_in_front(1, lexicon().leading)
        yield from edges.up_to_next()
        yield from edges.with_fewer_pieces()
        yield from edges.without_ends(_BREAKS, 1)
        yield from edges.without_ends(lexicon().joining, 1)
    yield from others[:1]
    if edges is not None:
        yield from edges.without_ends(lexicon().joining, 2)
        yield from edges.without_ends(_BREAKS, 2)
        yield from edges.with_less_in_front()
    yield from others[1:]


class _Edges:
    """Words that a part may have, and where they may begin and end elsewhere."""

    def __init__(self, units: TextUnits, pieces: Pieces, taken: Iterable[Fragment]) -> None:
        self._report = report_at(units, pieces[0].start)
        self._pieces, self._first, self._last = pieces, pieces[0], pieces[-1]
        ends = [one.end for one in taken if one.end <= self._first.start]
        starts = [one.start for one in taken if one.start >= self._last.end]
        room = self._report
        self._before = room.between(max([room.start, *ends]), self._first.start)
        self._after = room.between(self._last.end, min([room.end, *starts]))
        self._head = room.between(self._first.start, self._first.end)
        self._tail = room.between(self._last.start, self._last.end)
        self._meets = bool(starts) and min(starts) < room.end

    def without_ends(self, words: frozenset[str], most: int) -> Iterator[Pieces]:
        """Yield it without what begins with one of these words, the shortest such end first."""
        cuts = (at for at in range(len(self._tail) - 1, 0, -1) if self._word(self._tail[at]) in words)
        whole = (at for at in cuts if self._is_level(self._tail[at], self._last))
        for at in islice(whole, most):
            yield self._until(self._bare(self._tail[:at]))

    def further(self, words: frozenset[str], most: int) -> Iterator[Pieces]:
        """Yield it with what follows, up to one of these words."""
        cuts = (at for at in range(1, len(self._after)) if self._word(self._after[at]) in words)
        whole = (at for at in cuts if self._is_level(self._after[at], self._last))
        for at in islice(whole, most):
            yield self._until(self._bare(self._after[:at]))

    def up_to_next(self) -> Iterator[Pieces]:
        """Yield it with all that follows, up to the next part or the end of the report."""
        if self._after:
            marks = [self._word(one) for one in self._after]
            # The comma that closes an aside before the next part belongs to it.
            inner = [*map(self._word, self._tail), *marks[:-1]]
            is_closed = self._meets and marks[-1] == "," and "," in inner
            yield self._until(self._after[-1].end if is_closed else self._bare(self._after))

    def up_to_part(self, most: int) -> Iterator[Pieces]:
        """Yield it with the few words between it and the next part, unless they say who is spoken to."""
        is_near = self._meets and 0 < len(self._after) <= most
        if is_near and self._word(self._after[0]) not in lexicon().objects:
            yield from self.up_to_next()

    def from_the_front(self, most: int = 0) -> Iterator[Pieces]:
        """Yield it with all that stands in front, from the part before or the last break."""
        at = len(self._before)
        while at and self._word(self._before[at - 1]) not in _BREAKS:
            at -= 1
        words = self._before[at:]
        while words and self._word(words[0]) in lexicon().openers:
            words = words[1:]
        if words and (not most or len(words) <= most):
            yield self._from(words[0].start)

    def with_more_in_front(self, count: int, words: frozenset[str] | None = None) -> Iterator[Pieces]:
        """Yield it with so many more words in front, if wanted only where that is one of these."""
        if len(self._before) >= count:
            first, nearest = self._before[-count], self._before[-1]
            is_wanted = self._word(nearest) not in _STOPS if words is None else self._word(first) in words
            if is_wanted:
                yield self._from(first.start)

    def with_more_behind(self, count: int) -> Iterator[Pieces]:
        """Yield it with so many more words behind."""
        if len(self._after) >= count and self._word(self._after[count - 1]) not in _STOPS:
            yield self._until(self._after[count - 1].end)

    def with_less_in_front(self) -> Iterator[Pieces]:
        """Yield it without its first word, unless it would begin with a joining word then."""
        if len(self._head) > 1 and self._word(self._head[1]) not in lexicon().joining:
            yield self._from(self._head[1].start)

    def with_less_behind(self) -> Iterator[Pieces]:
        """Yield it without its last word."""
        if len(self._tail) > 1:
            yield self._until(self._tail[-2].end)

    def with_fewer_pieces(self) -> Iterator[Pieces]:
        """Yield it without its last piece, then without its first one."""
        if len(self._pieces) > 1:
            yield from (self._pieces[:-1], self._pieces[1:])

    def _word(self, token: Fragment) -> str:
        return self._report.word(token)

    def _is_level(self, token: Fragment, piece: Fragment) -> bool:
        """Tell whether a part that ends before a token cuts no quotation that it has begun."""
        inside = self._report.quotation_at(token.start)
        return inside is None or inside.start <= piece.start or inside.start == token.start

    def _bare(self, tokens: Sequence[Fragment]) -> int | None:
        """Return where tokens end, without marks and joining words at their end."""
        at, weak = len(tokens), _STOPS | lexicon().joining
        while at and self._word(tokens[at - 1]) in weak:
            at -= 1
        return tokens[at - 1].end if at else None

    def _until(self, end: int | None) -> Pieces:
        last = self._last
        return (*self._pieces[:-1], Fragment(last.start, end)) if end and end > last.start else ()

    def _from(self, start: int) -> Pieces:
        return (Fragment(start, self._first.end), *self._pieces[1:]) if start < self._first.end else ()


def _cuts_quotation(text: str, pieces: Pieces) -> bool:
    """Tell whether words hold one mark of a quotation without the other."""
    said = "".join(text[one.start : one.end] for one in pieces)
    return said.count("“") != said.count("”") or said.count('"') % 2 == 1


def _fits(units: TextUnits, pieces: Pieces, taken: Sequence[Fragment]) -> bool:
    """Tell whether words can be a part at all: whole words, one at least that means something, none taken."""
    if not pieces or share_words((pieces,), (taken,)):
        return False
    text, known = units.text, lexicon()
    first, last = pieces[0].start, pieces[-1].end
    torn = text[first : first + 1] in ("’", "'") or (first and text[first - 1].isalnum())
    small = known.placing | known.openers | known.clauses
    words = text[first : pieces[0].end].lower().split()
    return not torn and not text[last : last + 1].isalnum() and not all(one in small for one in words)
