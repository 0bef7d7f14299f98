"""Writes the lines of WebAnno TSV 3.3 for one article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from annotator.exchange import flat as flats
from annotator.exchange.layers_in import ANYTHING, FRAME_LAYER, SLOTS, SPAN_LAYER
from annotator.exchange.layers_out import ENDS, FRAMES, WIDE, Laid, LaidOut
from annotator.exchange.webanno_text import EMPTY, NOTHING, escaped_text, escaped_value, is_fit
from annotator.model.ids import Id
from annotator.model.text import Utf16Map

START = "white space before the first word, written as blanks"
_HEAD = "#FORMAT=WebAnno TSV 3.3\n"
_SLOTS = f"|ROLE_{FRAME_LAYER}:{SLOTS}_{FRAME_LAYER}LinksLink|{ANYTHING}"


@dataclass(slots=True)
class Written:
    """The lines of an article, and its text and spans as they read again."""

    lines: str
    text: str
    spans: list[Laid]


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
    found[START] += text[: len(text) - len(text.lstrip())].strip(" ") != ""
    return +found


class _Writing:
    """The lines of one article."""

    def __init__(self, text: str, laid: LaidOut) -> None:
        self._text = text
        self._tokens = flats.tokens_of(text, laid.spans)
        self._placed: dict[Id, _Placed] = {}
        starts = self._starts = [start for start, _ in self._tokens]
        self._firsts = self._sentences()
        for one in [*laid.spans, *laid.frames]:
            first, last = bisect_left(starts, one.start), bisect_left(starts, one.end)
            if first < last:
                self._placed[one.id] = _Placed(one, len(self._placed) + 1, first, last)
        spans = [self._placed[one.id] for one in laid.spans if one.id in self._placed]
        self._here = {SPAN_LAYER: spans, FRAME_LAYER: []}
        self._here[FRAME_LAYER] = [self._placed[one.id] for one in laid.frames if one.id in self._placed]

    def written(self, names: Mapping[str, Sequence[str]]) -> Written:
        """Return the lines, and what they say."""
        used = {
            layer: [name for name in names[layer] if any(name in one.laid.features for one in here)]
            for layer, here in self._here.items()
        }
        self._fill(used)
        lead = self._tokens[0][0]
        lines = "".join([_HEAD, *self._header(used), "\n", *self._body(used)])
        return Written(lines, " " * lead + self._text[lead:], self._as_read())

    def _as_read(self) -> list[Laid]:
        """Return the spans from their first word to their last one."""
        found = []
        for one in self._here[SPAN_LAYER]:
            start, end = self._tokens[one.first][0], self._tokens[one.last - 1][1]
            found.append(one.laid._replace(start=start, end=end))
        return found

    def _sentences(self) -> list[int]:
        """Return the first token of each sentence."""
        firsts = [0]
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
        for layer, here in self._here.items():
            if here:
                slots = _SLOTS if layer == FRAME_LAYER else ""
                yield f"#T_SP={layer}|{'|'.join(used[layer])}{slots}\n"

    def _fill(self, used: Mapping[str, Sequence[str]]) -> None:
        """Make the cells of every annotation once; they are the same in each of its rows."""
        for layer, here in self._here.items():
            for one in here:
                values = (one.laid.features.get(name) for name in used[layer])
                ends = (NOTHING if value is None else escaped_value(value) for value in values)
                one.cells = [f"{value}[{one.number}]" for value in ends]
                if layer == FRAME_LAYER:
                    one.cells += self._slots(one)

    def _slots(self, one: _Placed) -> list[str]:
        there = [(role, self._placed[end]) for role, end in one.laid.slots if end in self._placed]
        roles = ";".join(escaped_value(role) for role, _ in there)
        targets = ";".join(f"{self._unit(end.first)}[{end.number}]" for _, end in there)
        return [f"{roles}[{one.number}]", targets]

    # --- lines -----------------------------------------------------------------------------------

    def _body(self, used: Mapping[str, Sequence[str]]) -> list[str]:
        text, tokens = self._text, self._tokens
        units = Utf16Map(text)
        starts, ends = units.all_to_16(self._starts), units.all_to_16([end for _, end in tokens])
        words = [text[start:end] for start, end in tokens]
        is_plain = is_fit(text)
        if not is_plain:
            words = [" ".join(escaped_text(word).split("\\n")) for word in words]
        rows = list(zip(starts, ends, words, self._columns(used), strict=True))
        found = []
        for number, (first, after) in enumerate(pairwise([*self._firsts, len(tokens)]), 1):
            end = tokens[after][0] if after < len(tokens) else len(text)
            lines = text[tokens[first][0] : end].split("\n")
            lines = lines if is_plain else [escaped_text(line) for line in lines]
            found += ["\n", *[f"#Text={line}\n" for line in lines]]
            found += [
                f"{number}-{at}\t{begin}-{stop}\t{word}\t{cells}\n"
                for at, (begin, stop, word, cells) in enumerate(rows[first:after], 1)
            ]
        return found

    def _columns(self, used: Mapping[str, Sequence[str]]) -> list[str]:
        """Return the cells behind each token; most have none."""
        empty, said = [], []
        for layer, here in self._here.items():
            if here:
                empty.append(f"{EMPTY}\t" * (len(used[layer]) + 2 * (layer == FRAME_LAYER)))
                said.append(_stacked(here))
        found = ["".join(empty)] * len(self._tokens)
        for at in {at for cells in said for at in cells}:
            found[at] = "".join([cells.get(at, none) for cells, none in zip(said, empty, strict=True)])
        return found


def _stacked(here: Iterable[_Placed]) -> dict[int, str]:
    """Return the cells of a layer behind each token of which it says something."""
    stacks: dict[int, list[_Placed]] = {}
    for one in here:
        for at in range(one.first, one.last):
            stacks.setdefault(at, []).append(one)
    alone = {one.number: "".join([f"{cell}\t" for cell in one.cells]) for one in here}
    return {at: alone[stack[0].number] if len(stack) == 1 else _cells(stack) for at, stack in stacks.items()}


def _cells(stack: Sequence[_Placed]) -> str:
    return "".join([f"{'|'.join(cells)}\t" for cells in zip(*(one.cells for one in stack), strict=True)])
