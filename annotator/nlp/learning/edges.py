"""Where the spans of the rules should begin and end: learned from how people cut the same ones."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from sys import intern

from annotator.model.learning import Bounds, Marked, Pieces
from annotator.model.suggesting import Proposals, ProposedSpan
from annotator.nlp.learning.choosing import Choice, Features, Weights, chances, learn
from annotator.nlp.learning.pairing import paired, plain
from annotator.nlp.learning.words import Line, outermost

START, END = "start", "end"
Edges = Mapping[str, Weights]
"""Weights per label and side, as `key` names them."""
NEAR = 3
"""Words around an edge of the rules that are looked at, each of them."""
FAR = 20
"""Words around it that are looked at where a mark or a little word stands beside; of long pieces alone."""
LONG = 30
"""Characters above which a piece is long."""
MARGIN = 0.2
"""How much likelier another edge has to be than the one of the rules."""
_HOLD = 1.0
_LITTLE = 4
"""Letters up to which a word counts as a little one."""
_STEPS = (1, 2, 3, 6, 12)


@dataclass(frozen=True, slots=True)
class _Edge:
    """One edge of the rules: the words that it lies between may be others."""

    line: Line
    at: int
    """The first word of the piece, or the last one."""
    place: int
    """Where the rules have it; the other end of the piece is never reached."""
    other: int
    side: str
    reason: str

    def candidates(self) -> list[tuple[int, Features]]:
        """Return places with what speaks for them, that of the rules first."""
        found = [(self.place, self._features(self.at))]
        for number in self._numbers():
            place = self.line.words[number][self.side == END]
            if place != self.place and (place < self.other if self.side == START else place > self.other):
                found.append((place, self._features(number)))
        return found

    def _numbers(self) -> Iterator[int]:
        reach = FAR if abs(self.place - self.other) > LONG else NEAR
        low, high = max(0, self.at - reach), min(len(self.line.words), self.at + reach + 1)
        ends = [one for one in self._sentence() if not low <= one < high]
        for number in (*range(low, high), *ends):
            if abs(number - self.at) <= NEAR or self._is_break(number) or self._is_sentence(number):
                yield number

    def _sentence(self) -> Iterator[int]:
        """Yield where the sentence begins or ends in which the edge lies."""
        firsts = self.line.firsts
        if self.side == START:
            yield next((one for one in range(self.at, -1, -1) if one in firsts), 0)
        else:
            count = len(self.line.words)
            yield next((one for one in range(self.at + 1, count) if one in firsts), count) - 1

    def _is_sentence(self, number: int) -> bool:
        """Tell whether a sentence begins or ends with a word."""
        beside = number + (self.side == END)
        return beside in self.line.firsts or beside in (0, len(self.line.words))

    def _is_break(self, number: int) -> bool:
        beside = number + (1 if self.side == END else -1)
        if not 0 <= beside < len(self.line.words) or _is_little(self.line.text[beside]):
            return True
        return (self._kind(number) == "Xx") != (self._kind(beside) == "Xx")

    def _features(self, number: int) -> Features:
        by = number - self.at if self.side == END else self.at - number
        inside, outside = number, number + (1 if self.side == END else -1)
        move = _step(by)
        looks = [f"{move}", f"{move} in {self._word(inside)}", f"{move} out {self._word(outside)}"]
        looks += [f"{move} {self.reason}", f"{_sign(by)} out {self._word(outside)}"]
        looks.append(f"{_sign(by)} {self._kind(inside)} {self._kind(outside)}")
        if self._is_sentence(number):
            looks.append(f"{_sign(by)} sentence")
        if by:
            # The words that come or go: the one beside the old edge, and the one beside the new.
            gone = (self.at + 1 if by > 0 else self.at) if self.side == END else self.at - (by > 0)
            looks += [f"{_sign(by)} over {self._word(gone)}", f"{_sign(by)} to {self._word(inside)}"]
        return [*map(intern, looks)]  # the same few thousand, held for thousands of candidates

    def _word(self, number: int) -> str:
        if not 0 <= number < len(self.line.text):
            return "^"
        return self.line.text[number].lower()

    def _kind(self, number: int) -> str:
        if not 0 <= number < len(self.line.text):
            return "^"
        return _kind(self.line.text[number])


@lru_cache(maxsize=20_000)
def _kind(word: str) -> str:
    """Return what a word looks like."""
    if not word[0].isalpha():
        return "0" if word[0].isdigit() else word[0]
    return "Xx" if word[0].isupper() else "x" if len(word) <= _LITTLE else "xx"


def _is_little(word: str) -> bool:
    return not word[0].isalnum() or (len(word) <= _LITTLE and word.islower())


def _sign(by: int) -> str:
    return "+" if by > 0 else "-" if by else "="


def _step(by: int) -> str:
    """Return how far an edge goes out or in, roughly."""
    return _sign(by) + str(bisect_left(_STEPS, abs(by))) if by else "="


def key(label: str, side: str) -> str:
    """Return the name under which the weights of an edge are kept."""
    return f"{label} {side}"


def _edges(lines: Sequence[Line], span: ProposedSpan, piece: Bounds) -> Iterator[_Edge]:
    """Yield both edges of a piece; none where it does not lie in one paragraph."""
    at = bisect_left(lines, piece[1], key=lambda one: one.bounds[1])
    line = lines[at] if at < len(lines) else None
    numbers = line.numbers(*piece) if line is not None else range(0)
    if line is None or not numbers or piece[0] < line.bounds[0] or line.bounds[1] < piece[1]:
        return
    reason = plain(span.reason)
    yield _Edge(line, numbers[0], piece[0], piece[1], START, reason)
    yield _Edge(line, numbers[-1], piece[1], piece[0], END, reason)


def choices(
    lines: Sequence[Line], proposals: Proposals, marked: Sequence[Marked]
) -> Iterator[tuple[str, Choice]]:
    """Yield for edges of the rules which of the candidates people took, with the name of the weights."""
    said = [one for one, _ in outermost(proposals)]
    spans = {(one.label, one.fragments): one for one in proposals.spans}
    for number, other in paired(said, marked).items():
        label, pieces = said[number]
        for piece in pieces:
            wanted = _wanted(piece, pieces, marked[other][1])
            for edge in _edges(lines, spans[said[number]], piece):
                found = edge.candidates()
                places = [place for place, _ in found]
                if wanted.get(edge.side) in places:
                    right = places.index(wanted[edge.side])
                    yield (
                        key(label, edge.side),
                        Choice(
                            tuple(one for _, one in found),
                            tuple(float(n == right) for n in range(len(found))),
                        ),
                    )


def _wanted(piece: Bounds, pieces: Pieces, marked: Pieces) -> dict[str, int]:
    """Return where people have the edges of a piece; none where one of theirs holds several of the rules'."""
    there = [one for one in marked if one[0] < piece[1] and piece[0] < one[1]]
    beside = [one for one in pieces if one != piece]
    found = {}
    if there and not any(one[0] < there[0][1] and there[0][0] < one[1] <= piece[0] for one in beside):
        found[START] = there[0][0]
    if there and not any(piece[1] <= one[0] < there[-1][1] for one in beside):
        found[END] = there[-1][1]
    return found


def learn_edges(found: Iterable[tuple[str, Choice]]) -> dict[str, dict[str, float]]:
    """Return weights per label and side."""
    sorted_out: dict[str, list[Choice]] = {}
    for name, choice in found:
        sorted_out.setdefault(name, []).append(choice)
    return {name: learn(ones, _HOLD) for name, ones in sorted_out.items()}


def moved(lines: Sequence[Line], proposals: Proposals, edges: Edges, labels: Collection[str]) -> Proposals:
    """Return proposals with the edges of some labels where people would have them.

    What lies inside another attribution stays as it is.
    """
    outer = {one for one, _ in outermost(proposals)} if labels else set()
    made = list(proposals.spans)
    places = {(one.label, one.fragments) for one in made}
    for number, span in enumerate(made):
        if span.label in labels and (span.label, span.fragments) in outer:
            pieces = tuple(_best(lines, span, piece, edges) for piece in span.fragments)
            pieces = _joined(pieces)
            if (span.label, pieces) not in places:
                places.add((span.label, pieces))
                made[number] = replace(span, fragments=pieces)
    return replace(proposals, spans=tuple(made))


def _joined(pieces: Pieces) -> Pieces:
    """Return pieces, as one those that now hold words of one another."""
    found = [pieces[0]]
    for start, end in pieces[1:]:
        if start < found[-1][1]:
            found[-1] = (min(start, found[-1][0]), max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _best(lines: Sequence[Line], span: ProposedSpan, piece: Bounds, edges: Edges) -> Bounds:
    found = {START: piece[0], END: piece[1]}
    for edge in _edges(lines, span, piece):
        weights = edges.get(key(span.label, edge.side))
        if weights:
            candidates = edge.candidates()
            likely = chances(weights, (one for _, one in candidates))
            best = max(range(len(likely)), key=likely.__getitem__)
            if likely[best] > likely[0] + MARGIN:
                found[edge.side] = candidates[best][0]
    return (found[START], found[END]) if found[START] < found[END] else piece
