"""Writes the lines of WebAnno TSV 3.3 for one article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from annotator.exchange import flat as flats
from annotator.exchange.inception.layers_in import ANYTHING, FRAME_LAYER, SLOTS, SPAN_LAYER
from annotator.exchange.inception.layers_out import ENDS, FRAMES, WIDE, Laid, LaidOut, filled
from annotator.exchange.inception.webanno_text import (
    EMPTY,
    FIRST_LINE,
    NOTHING,
    TEXT,
    escaped_text,
    escaped_value,
    is_fit,
    names_of,
)
from annotator.model.ids import Id
from annotator.model.proof import Piece
from annotator.model.text import Utf16Map
from annotator.model.tokens import ends_of

START = "white space before the first word, written as blanks"
BLANK = "texts that hold no word"
_MARK = TEXT.encode()
_SLOTS = f"|ROLE_{FRAME_LAYER}:{SLOTS}_{FRAME_LAYER}LinksLink|{ANYTHING}"


@dataclass(slots=True)
class Written:
    """The lines of an article, in UTF-8, and its text and what its spans cover as they read again."""

    lines: bytes
    text: str
    pieces: list[Piece]


@dataclass(slots=True)
class _Placed:
    """An annotation with its number and its words."""

    laid: Laid
    number: int
    first: int
    last: int
    cells: list[str] = field(default_factory=list)


def written(text: str, laid: LaidOut, names: Mapping[str, Sequence[str]]) -> Written:
    """Return an article as lines; `names` are the features that each layer may have."""
    return _Writing(text, laid).written(names)


def left_out(text: str, laid: LaidOut) -> Counter[str]:
    """Count what lines cannot hold of an article: words alone have places in them."""
    found = Counter(laid.left_out)
    blank = {one.id for one in (*laid.spans, *laid.frames) if text[one.start : one.end].isspace()}
    found[FRAMES] += sum(one.id in blank for one in laid.frames)
    ends = (end for one in laid.frames if one.id not in blank for _, end in one.slots)
    found[ENDS] += sum(end in blank for end in ends)
    found[WIDE] += sum(text[one.start].isspace() or text[one.end - 1].isspace() for one in laid.spans)
    words = text.lstrip()
    if not words:
        found[BLANK] += 1
    elif text[: len(text) - len(words)].strip(" "):
        found[START] += 1
    return +found


class _Writing:
    """The lines of one article."""

    def __init__(self, text: str, laid: LaidOut) -> None:
        self._text = text
        self._words, self._starts = flats.words_of(text, laid.spans)
        self._ends = ends_of(self._words, self._starts)
        self._firsts = self._sentences()
        self._placed: dict[Id, _Placed] = {}
        spans, frames = self._place(laid.spans), self._place(laid.frames)
        self._here = {layer: here for layer, here in ((SPAN_LAYER, spans), (FRAME_LAYER, frames)) if here}

    def written(self, names: Mapping[str, Sequence[str]]) -> Written:
        """Return the lines, and what they say."""
        used = {}
        for layer, here in self._here.items():
            said = {name for one in here for name in one.laid.features}
            used[layer] = [name for name in names[layer] if name in said]
        told = self._fill(used)
        head = [FIRST_LINE, *self._header(used)]
        lines = b"".join(["\n".join(head).encode(), b"\n\n", self._body(used)])
        text = ""
        if self._starts:
            lead = self._starts[0]
            text = " " * lead + self._text[lead:]
        return Written(lines, text, [("", head), ("", told)])

    def _place(self, annotations: Iterable[Laid]) -> list[_Placed]:
        """Number annotations, and find their words; those without any are left out."""
        starts, found = self._starts, []
        for one in annotations:
            first = bisect_left(starts, one.start)
            last = bisect_left(starts, one.end, first)
            if first < last:
                placed = self._placed[one.id] = _Placed(one, len(self._placed) + 1, first, last)
                found.append(placed)
        return found

    def _sentences(self) -> list[int]:
        """Return the first token of each sentence."""
        firsts = [0] if self._starts else []
        for _, end in flats.sentences_of(self._text, ()):
            first = bisect_left(self._starts, end, firsts[-1])
            if firsts[-1] < first < len(self._starts):
                firsts.append(first)
        return firsts

    def _unit(self, token: int) -> str:
        """Return what the row of a token is called."""
        sentence = bisect_right(self._firsts, token)
        return f"{sentence}-{token - self._firsts[sentence - 1] + 1}"

    # --- columns ---------------------------------------------------------------------------------

    def _header(self, used: Mapping[str, Sequence[str]]) -> Iterator[str]:
        for layer in self._here:
            slots = _SLOTS if layer == FRAME_LAYER else ""
            yield f"#T_SP={layer}|{'|'.join(used[layer])}{slots}"

    def _fill(self, used: Mapping[str, Sequence[str]]) -> list[str]:
        """Make the cells of every annotation once, and return what they tell of all of them."""
        text, starts, ends = self._text, self._starts, self._ends
        told: list[str] = []
        for layer, here in self._here.items():
            for one in here:
                said = one.laid.features
                end = f"[{one.number}]"
                values = [escaped_value(said[name]) if name in said else NOTHING for name in used[layer]]
                one.cells = [f"{value}{end}" for value in values]
                told += (str(one.number), layer, text[starts[one.first] : ends[one.last - 1]])
                told += [f"{name}={said[name]}" for name in used[layer] if name in said]
                if layer == FRAME_LAYER:
                    there = [(role, self._placed[end]) for role, end in one.laid.slots if end in self._placed]
                    one.cells += self._slots(one, there)
                    told += [f"{role}\0{end.number}" for role, end in there]
        return told

    def _slots(self, one: _Placed, there: Sequence[tuple[str, _Placed]]) -> list[str]:
        roles = ";".join([escaped_value(role) for role, _ in there])
        targets = ";".join([f"{self._unit(end.first)}[{end.number}]" for _, end in there])
        return [f"{roles}[{one.number}]", targets]

    # --- lines -----------------------------------------------------------------------------------

    def _body(self, used: Mapping[str, Sequence[str]]) -> bytes:
        """Return the lines: of each row its name, place, word and cells, layer by layer."""
        words = self._words
        if not words:
            return b"\n"
        is_plain = is_fit(self._text)
        if not is_plain:
            words = [" ".join(escaped_text(word).split("\\n")) for word in words]
        units = Utf16Map(self._text)
        columns = self._columns(used)
        called = self._called(is_plain=is_plain)
        places = map(units.all_to_16, (self._starts, self._ends))
        said: Sequence[Sequence[int | bytes]]
        said = (called, *places, "\t".join(words).encode().split(b"\t"), *columns)
        return filled(b"%b%d-%d\t%b" + b"%b" * len(columns), said)

    def _called(self, *, is_plain: bool) -> list[bytes]:
        """Return what rows are called, before the first of each sentence the lines with its text."""
        firsts, starts, text = self._firsts, self._starts, self._text
        bounds = pairwise([*[starts[first] for first in firsts], len(text)])
        said = "\0".join([text[start:end] for start, end in bounds])
        if not is_plain:
            said = "\n".join(["\0".join(map(escaped_text, line.split("\0"))) for line in said.split("\n")])
        texts = said.replace("\n", f"\n{TEXT}").encode().split(b"\0")
        found: list[bytes] = []
        cuts = pairwise([*firsts, len(self._words)])
        for number, (said_here, (first, after)) in enumerate(zip(texts, cuts, strict=True), 1):
            found += names_of(number, after - first)
            found[first] = b"\n%b%b\n%b" % (_MARK, said_here, found[first])
        return found

    def _columns(self, used: Mapping[str, Sequence[str]]) -> list[list[bytes]]:
        """Return the cells of each layer: those of most rows are empty."""
        found: list[list[bytes]] = []
        for layer, here in self._here.items():
            width = len(used[layer]) + 2 * (layer == FRAME_LAYER)
            before, after = b"" if found else b"\t", b"\n" if len(found) + 1 == len(self._here) else b""
            column = [before + f"{EMPTY}\t".encode() * width + after] * len(self._words)
            for first, last, cells in _stretches(here):
                column[first:last] = [b"%b%b\t%b" % (before, cells.encode(), after)] * (last - first)
            found.append(column)
        return found or [[b"\t\n"] * len(self._words)]


def _stretches(placed: Sequence[_Placed]) -> Iterator[tuple[int, int, str]]:
    """Yield the cells of a layer where it says something: where several overlap, they are stacked."""
    order = sorted([(one.first, one.last) for one in placed])
    if all(before[1] <= after[0] for before, after in pairwise(order)):
        yield from ((one.first, one.last, "\t".join(one.cells)) for one in placed)
        return
    cuts = sorted({at for pair in order for at in pair})
    at = {cut: number for number, cut in enumerate(cuts)}
    stacks: list[list[list[str]]] = [[] for _ in cuts]
    for one in placed:
        for number in range(at[one.first], at[one.last]):
            stacks[number].append(one.cells)
    for (first, last), stack in zip(pairwise(cuts), stacks, strict=False):
        if stack:
            yield first, last, "\t".join(map("|".join, zip(*stack, strict=True)))
