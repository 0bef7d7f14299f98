"""Writes the lines of WebAnno TSV 3.3 for one article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import orjson

from annotator.exchange import flat as flats
from annotator.exchange.layers_in import ANYTHING, FRAME_LAYER, LABEL, SLOTS, SPAN_LAYER
from annotator.exchange.layers_out import ENDS, FRAMES, WIDE, Laid, LaidOut
from annotator.exchange.webanno_proof import head_piece, said_piece
from annotator.exchange.webanno_text import EMPTY, NOTHING, VERSION, escaped_text, escaped_value, is_fit
from annotator.model.ids import Id
from annotator.model.proof import Piece
from annotator.model.text import Utf16Map
from annotator.model.tokens import ends_of

START = "white space before the first word, written as blanks"
BLANK = "texts that hold no word"
_FIRST = "#FORMAT=WebAnno TSV {}.{}".format(*VERSION)
_CELLS = bytes.maketrans(b",]", b"-\t")
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
        self._fill(used)
        head = [_FIRST, *self._header(used)]
        lines = b"".join(["\n".join(head).encode(), b"\n\n", *(self._body(used) or [b"\n"])])
        text = ""
        if self._starts:
            lead = self._starts[0]
            text = " " * lead + self._text[lead:]
        return Written(lines, text, [head_piece(head), *self._pieces()])

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

    def _pieces(self) -> list[Piece]:
        """Return what spans cover, from their first word to their last one, and what is said of all."""
        text, starts, ends = self._text, self._starts, self._ends
        found: list[Piece] = []
        for one in self._placed.values():
            features = one.laid.features
            if one.laid.layer == SPAN_LAYER:
                found.append((features[LABEL], [text[starts[one.first] : ends[one.last - 1]]]))
            slots = [
                (role, str(self._placed[end].number)) for role, end in one.laid.slots if end in self._placed
            ]
            found.append(said_piece(str(one.number), features, slots))
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

    def _fill(self, used: Mapping[str, Sequence[str]]) -> None:
        """Make the cells of every annotation once; they are the same in each of its rows."""
        for layer, here in self._here.items():
            for one in here:
                said = one.laid.features
                values = [escaped_value(said[name]) if name in said else NOTHING for name in used[layer]]
                one.cells = [f"{value}[{one.number}]" for value in values]
                if layer == FRAME_LAYER:
                    one.cells += self._slots(one)

    def _slots(self, one: _Placed) -> list[str]:
        there = [(role, self._placed[end]) for role, end in one.laid.slots if end in self._placed]
        roles = ";".join([escaped_value(role) for role, _ in there])
        targets = ";".join([f"{self._unit(end.first)}[{end.number}]" for _, end in there])
        return [f"{roles}[{one.number}]", targets]

    # --- lines -----------------------------------------------------------------------------------

    def _body(self, used: Mapping[str, Sequence[str]]) -> list[bytes]:
        """Return the lines in pieces: of each row its sentence, number, place, word and cells.

        In UTF-8: a text that is joined of thousands of pieces costs several times what their bytes do.
        """
        words, starts = self._words, self._starts
        if not starts:
            return []
        is_plain = is_fit(self._text)
        if not is_plain:
            words = [" ".join(escaped_text(word).split("\\n")) for word in words]
        units = Utf16Map(self._text)
        cuts = [*pairwise([*self._firsts, len(words)])]
        numbers = [b"-%d\t" % at for at in range(1, max(after - first for first, after in cuts) + 1)]
        sentences: list[bytes] = []
        rows: list[bytes] = []
        for number, (first, after) in enumerate(cuts, 1):
            own = b"%d" % number
            sentences.append(self._said(first, after, is_plain=is_plain).encode() + own)
            sentences += [own] * (after - first - 1)
            rows += numbers[: after - first]
        found = [b""] * (5 * len(words))
        found[::5], found[1::5], found[4::5] = sentences, rows, self._columns(used)
        found[3::5] = "\t".join(words).encode().split(b"\t")
        found[2::5] = _places(units.all_to_16(starts), units.all_to_16(self._ends))
        return found

    def _said(self, first: int, after: int, *, is_plain: bool) -> str:
        """Return the lines with the text of a sentence."""
        starts = self._starts
        said = self._text[starts[first] : starts[after] if after < len(starts) else len(self._text)]
        if not is_plain:
            said = "\n".join(map(escaped_text, said.split("\n")))
        return "\n#Text=" + said.replace("\n", "\n#Text=") + "\n"

    def _columns(self, used: Mapping[str, Sequence[str]]) -> list[bytes]:
        """Return the cells behind each token: those of most are empty, and others often the same in a row."""
        empty = [f"{EMPTY}\t" * (len(used[layer]) + 2 * (layer == FRAME_LAYER)) for layer in self._here]
        found = [f"\t{''.join(empty)}\n".encode()] * len(self._words)
        cuts = sorted({at for here in self._here.values() for one in here for at in (one.first, one.last)})
        at = {cut: number for number, cut in enumerate(cuts)}
        stacks: list[list[list[_Placed]]] = [[[] for _ in empty] for _ in cuts]
        for layer, here in enumerate(self._here.values()):
            for one in here:
                for number in range(at[one.first], at[one.last]):
                    stacks[number][layer].append(one)
        for (first, last), stack in zip(pairwise(cuts), stacks, strict=False):
            if any(stack):
                cells = "".join(map(_cells, stack, empty))
                found[first:last] = [f"\t{cells}\n".encode()] * (last - first)
        return found


def _places(starts: Sequence[int], ends: Sequence[int]) -> list[bytes]:
    """Return places as cells, all of them at once."""
    pairs = orjson.dumps([*zip(starts, ends, strict=True)])
    return pairs[2:-1].translate(_CELLS).split(b"-[")


def _cells(stack: Sequence[_Placed], empty: str) -> str:
    """Return the cells of a layer with all that lies on a token."""
    if not stack:
        return empty
    rows = [one.cells for one in stack]
    return "\t".join(rows[0] if len(rows) == 1 else map("|".join, zip(*rows, strict=True))) + "\t"
