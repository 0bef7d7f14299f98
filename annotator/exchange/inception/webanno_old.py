"""Reads the lines of WebAnno TSV 2: words without places, and layers in columns with B- and I-."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.exchange.encoding import MARK
from annotator.exchange.inception.layers_in import DEPENDENCY, TOKEN, Found, Lines, Relation, numbered, short
from annotator.exchange.inception.webanno_text import EMPTY, plain_value, split_cell
from annotator.model.errors import UserError

HEADER = re.compile(r"\ufeff?(?: # [\w.]+|# \w+(?:\.\w+)+) (?:\||#|$)")
_ROW = re.compile(r"(\d+-\d+)\t([^\t]+)\t?(.*)")
_TEXT = "#text="
_ATTACHED = "AttachTo="
_FREE = ("O", EMPTY, "")


@dataclass(frozen=True, slots=True)
class _Layer:
    name: str
    features: tuple[str, ...]
    attached: str
    """What its relations link; empty where it is one of spans."""
    first: int

    @property
    def width(self) -> int:
        return len(self.features) + bool(self.attached)


def read_old_lines(lines: Sequence[str]) -> Lines:
    """Return what a file of version 2 says; offsets are characters."""
    return _Reading(_declared(lines[0])).read(lines)


def _declared(header: str) -> list[_Layer]:
    found: list[_Layer] = []
    first = 0
    for each in f" {header.removeprefix(MARK).lstrip()}".split(" # ")[1:]:
        name, *features = [one.strip() for one in each.split("|")]
        attached = ""
        if features and features[-1].startswith(_ATTACHED):
            attached = features.pop().removeprefix(_ATTACHED)
        layer = _Layer(name, tuple(features), attached, first)
        found.append(layer)
        first += layer.width
    return found


class _Reading:
    """The lines of one file."""

    def __init__(self, declared: Sequence[_Layer]) -> None:
        self._declared = declared
        self._lines = Lines()
        self._fault = self._lines.add_fault
        self._length = 0
        self._at = 0
        """Where the next word is looked for."""
        self._text: list[str] = []
        self._places: dict[str, tuple[int, int]] = {}
        self._at_unit: dict[tuple[str, str], Found] = {}
        self._open: dict[str, dict[str, deque[Found]]] = {}
        """Spans that may go on, by layer and by the value that says so, in the order they began."""
        self._waiting: list[tuple[int, _Layer, dict[str, str], str, str]] = []

    def read(self, lines: Sequence[str]) -> Lines:
        """Return everything, with what is pointed to."""
        for number, line in enumerate(lines[1:], 2):
            match = _ROW.fullmatch(line)
            if line.startswith(_TEXT):
                self._sentence(line.removeprefix(_TEXT))
            elif match is not None:
                self._row(number, *match.groups())
            elif line.strip() and not line.startswith("#"):
                self._fault(number, "", "it is no row: expected 1-1, a tab, the word, and columns")
        self._lines.text = "\n".join(self._text)
        for waiting in self._waiting:
            self._relation(*waiting)
        numbered(self._lines.layers.found)
        return self._lines

    def _sentence(self, text: str) -> None:
        self._at = self._length + bool(self._text)
        self._text.append(text)
        self._length = self._at + len(text)
        self._open.clear()

    def _row(self, line: int, unit: str, word: str, rest: str) -> None:
        if not self._text:
            raise UserError(f"line {line}: there is a word, but no #text= before it")
        text = self._text[-1]
        begin = self._length - len(text)
        at = text.find(word, max(0, self._at - begin))
        if at < 0:
            self._fault(line, "", f"the sentence has no {word!r} here")
            return
        self._places[unit] = (begin + at, begin + at + len(word))
        self._at = begin + at + len(word)
        cells = rest.split("\t")
        for layer in self._declared:
            own = [split_cell(one, "|") for one in cells[layer.first : layer.first + layer.width]]
            if len(own) < layer.width:
                self._fault(line, layer.name, f"expected {layer.width} columns, found {len(own)}")
            elif layer.attached:
                self._take_relations(line, layer, unit, own)
            else:
                self._spans(line, layer, unit, own)

    def _spans(self, line: int, layer: _Layer, unit: str, cells: Sequence[Sequence[str]]) -> None:
        """Take in the spans of a word; those that go on are told by their value."""
        start, end = self._places[unit]
        before = self._open.pop(layer.name, {})
        here = self._open[layer.name] = defaultdict(deque)
        for at in range(max((len(one) for one in cells), default=0)):
            values = [one[at] if at < len(one) else "" for one in cells]
            if all(one in _FREE for one in values):
                continue
            goes_on = values[0].startswith("I-")
            bare = [_bare(one) for one in values]
            if goes_on and before.get(bare[0]):
                found = before[bare[0]].popleft()
                found.end = end
                here[bare[0]].append(found)
                continue
            made = Found(f"{short(layer.name)} {unit}", layer.name, start, end, line=line)
            made.features = _features(layer, bare)
            self._lines.layers.found.append(made)
            self._at_unit.setdefault((layer.name, unit), made)
            here[bare[0]].append(made)

    def _take_relations(self, line: int, layer: _Layer, unit: str, cells: Sequence[Sequence[str]]) -> None:
        for at, source in enumerate(cells[-1]):
            if source not in _FREE:
                values = [_bare(one[at]) if at < len(one) else "" for one in cells[:-1]]
                self._waiting.append((line, layer, _features(layer, values), source, unit))

    def _relation(self, line: int, layer: _Layer, features: dict[str, str], source: str, unit: str) -> None:
        attached = TOKEN if layer.name == DEPENDENCY else layer.attached
        ends = [self._end(attached, one) for one in (source, unit)]
        if ends[0] is None or ends[1] is None:
            self._fault(line, layer.name, f"it comes from {source}, where nothing is")
            return
        key = f"{short(layer.name)} {source}→{unit} {len(self._lines.layers.relations) + 1}"
        self._lines.layers.relations.append(Relation(key, layer.name, features, ends[0], ends[1], line))

    def _end(self, layer: str, unit: str) -> Found | None:
        """Return what a relation links: an annotation, or the word itself where there is none."""
        found = self._at_unit.get((layer, unit)) or self._at_unit.get((TOKEN, unit))
        place = self._places.get(unit)
        if found is None and place is not None:
            found = self._at_unit[TOKEN, unit] = Found(f"Token {unit}", TOKEN, *place)
            self._lines.layers.found.append(found)
        return found


def _bare(value: str) -> str:
    return value[2:] if value.startswith(("B-", "I-")) else value


def _features(layer: _Layer, values: Sequence[str]) -> dict[str, str]:
    """Return the features that have a value; a layer's name with a dash below is none."""
    return {
        name: plain_value(value)
        for name, value in zip(layer.features, values, strict=False)
        if value not in _FREE and value != f"{layer.name}_"
    }
