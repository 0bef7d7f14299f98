"""Writes the lines of WebAnno TSV 3.3 for one article."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from annotator.exchange import flat as flats
from annotator.exchange.layers_in import ANYTHING, FRAME_LAYER, SLOTS, SPAN_LAYER
from annotator.exchange.layers_out import ENDS, FRAMES, WIDE, Laid, LaidOut
from annotator.exchange.webanno_text import EMPTY, NOTHING, escaped_text, escaped_value
from annotator.model.ids import Id

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
        self._units: list[str] = []
        self._placed: dict[Id, _Placed] = {}
        starts = [start for start, _ in self._tokens]
        for one in [*laid.spans, *laid.frames]:
            first, last = bisect_left(starts, one.start), bisect_left(starts, one.end)
            if first < last:
                self._placed[one.id] = _Placed(one, len(self._placed) + 1, first, last)
        spans = [self._placed[one.id] for one in laid.spans if one.id in self._placed]
        self._here = {SPAN_LAYER: spans, FRAME_LAYER: []}
        self._here[FRAME_LAYER] = [self._placed[one.id] for one in laid.frames if one.id in self._placed]

    def written(self, names: Mapping[str, Sequence[str]]) -> Written:
        """Return the lines, and what they say."""
        sentences = self._sentences()
        used = {
            layer: [name for name in names[layer] if any(name in one.laid.features for one in here)]
            for layer, here in self._here.items()
        }
        self._fill(used)
        lead = self._tokens[0][0]
        lines = "".join([_HEAD, *self._header(used), "\n", *self._body(sentences, used)])
        return Written(lines, " " * lead + self._text[lead:], self._as_read())

    def _as_read(self) -> list[Laid]:
        """Return the spans from their first word to their last one."""
        found = []
        for one in self._here[SPAN_LAYER]:
            start, end = self._tokens[one.first][0], self._tokens[one.last - 1][1]
            found.append(one.laid._replace(start=start, end=end))
        return found

    def _sentences(self) -> list[int]:
        """Return the first token of each sentence, and name the tokens."""
        firsts = [0]
        starts = [start for start, _ in self._tokens]
        for _, end in flats.sentences_of(self._text, ()):
            first = bisect_left(starts, end)
            if firsts[-1] < first < len(starts):
                firsts.append(first)
        for number, (first, after) in enumerate(zip(firsts, [*firsts[1:], len(starts)], strict=True), 1):
            self._units += [f"{number}-{at}" for at in range(1, after - first + 1)]
        return firsts

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
        targets = ";".join(f"{self._units[end.first]}[{end.number}]" for _, end in there)
        return [f"{roles}[{one.number}]", targets]

    # --- lines -----------------------------------------------------------------------------------

    def _body(self, sentences: Sequence[int], used: Mapping[str, Sequence[str]]) -> Iterator[str]:
        text, tokens, units = self._text, self._tokens, self._units
        columns = self._columns(used)
        is_plain = "".join(text.split()).isprintable() and "\\" not in text
        places: Sequence[int] = range(len(text) + 1)
        if max(text) > "\uffff":
            places = [0, *accumulate(1 + (one > "\uffff") for one in text)]
        for first, after in zip(sentences, [*sentences[1:], len(tokens)], strict=True):
            end = tokens[after][0] if after < len(tokens) else len(text)
            yield "\n"
            for line in text[tokens[first][0] : end].split("\n"):
                yield f"#Text={escaped_text(line)}\n"
            rows = slice(first, after)
            for unit, (start, stop), cells in zip(units[rows], tokens[rows], columns[rows], strict=True):
                word = text[start:stop]
                word = word if is_plain else " ".join(escaped_text(word).split("\\n"))
                yield f"{unit}\t{places[start]}-{places[stop]}\t{word}\t{cells}\n"

    def _columns(self, used: Mapping[str, Sequence[str]]) -> list[str]:
        """Return the cells behind each token."""
        found: list[list[str]] = []
        for layer, here in self._here.items():
            if here:
                width = len(used[layer]) + 2 * (layer == FRAME_LAYER)
                column = [f"{EMPTY}\t" * width] * len(self._tokens)
                stacks: dict[int, list[_Placed]] = {}
                for one in here:
                    for at in range(one.first, one.last):
                        stacks.setdefault(at, []).append(one)
                for at, stack in stacks.items():
                    column[at] = _cells(stack)
                found.append(column)
        return list(map("".join, zip(*found, strict=True))) if found else [""] * len(self._tokens)


def _cells(stack: Sequence[_Placed]) -> str:
    if len(stack) == 1:
        return "".join(f"{cell}\t" for cell in stack[0].cells)
    return "".join(f"{'|'.join(cells)}\t" for cells in zip(*(one.cells for one in stack), strict=True))
