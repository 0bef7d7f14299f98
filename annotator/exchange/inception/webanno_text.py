"""Texts and values as WebAnno TSV writes them: what is escaped, and how cells are cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

TEXT = "#Text="
EMPTY, NOTHING = "_", "*"
"""A cell without an annotation, and a feature without a value."""
VERSION = (3, 3)
"""What exports are written in."""
FIRST_LINE = f"#FORMAT=WebAnno TSV {VERSION[0]}.{VERSION[1]}"
_JAVA = (3, 1)
"""Up to this version, texts are escaped as in Java."""
_LETTERS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b", "\\": "\\"}
_NAMES = {value: f"\\{letter}" for letter, value in _LETTERS.items()}
_TEXT_ESCAPED = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_LINE_UNFIT = re.compile(r"[\x00-\x08\t\x0c\r\x0e-\x1f\\]")
_TEXT_UNFIT = re.compile(r"[\x00-\x08\t\n\x0c\r\x0e-\x1f\\]")
_VALUE_ESCAPED = re.compile(r"\\(->|[\\\[\]|_;tnr*])")
_VALUE_UNFIT = re.compile(r"->|[\\\[\]|_;\t\n\r*]")
_VALUE_LETTERS = {"\t": "t", "\n": "n", "\r": "r"}
_LONG, _OFTEN = 64, 64
"""Rows of a sentence whose names are kept, and of how many sentences."""
_NUMBER = re.compile(r"\[\d+\]\Z")
_CUTS = {one: re.compile(rf"(?:[^\\{one}]|\\.)*", re.DOTALL) for one in "|;"}


def plain_text(text: str, version: tuple[int, int]) -> str:
    """Return a text without escapes."""
    if "\\" not in text:
        return text
    java = version <= _JAVA

    def plain(match: re.Match[str]) -> str:
        said = match[1]
        if said[0] == "u" and len(said) == 5:
            return chr(int(said[1:], 16)) if java else match[0]
        known = _LETTERS.get(said)
        return known or (said if java or said < " " else match[0])

    found = _TEXT_ESCAPED.sub(plain, text)
    # What Java writes as two halves is one character.
    return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if java else found


def is_fit(text: str) -> bool:
    """Tell whether nothing of a text is escaped in it, beside the ends of its lines."""
    return _LINE_UNFIT.search(text) is None


def escaped_text(text: str) -> str:
    """Return a line of text with everything escaped that would end it or its cell."""
    return _TEXT_UNFIT.sub(lambda match: _NAMES.get(match[0]) or f"\\{match[0]}", text)


def plain_value(value: str) -> str:
    """Return a feature's value without escapes."""
    if "\\" not in value:
        return value
    letters = {letter: char for char, letter in _VALUE_LETTERS.items()}
    return _VALUE_ESCAPED.sub(lambda match: letters.get(match[1], match[1]), value)


def escaped_value(value: str) -> str:
    """Return a feature's value with everything escaped that means something in a cell."""
    if value.isalnum():
        return value
    return _VALUE_UNFIT.sub(lambda match: f"\\{_VALUE_LETTERS.get(match[0], match[0])}", value)


def split_cell(cell: str, mark: str) -> Sequence[str]:
    """Return the parts of a cell between marks that are not escaped."""
    if "\\" not in cell:
        return cell.split(mark)
    found, at = [], 0
    while True:
        match = _CUTS[mark].match(cell, at)
        assert match is not None
        found.append(match[0])
        at = match.end() + 1
        if at > len(cell):
            return found


def stacked(cells: Sequence[str]) -> list[Sequence[str]]:
    """Return the cells of each annotation of a layer in a row."""
    if not [one for one in cells if "|" in one or one == EMPTY or one.endswith("\\")]:
        return [cells]
    stacks = [[] if one == EMPTY else split_cell(one, "|") for one in cells]
    numbers = [_number(one) for one in max(stacks, key=len)]
    return [[*each] for each in zip(*(_in_line(one, numbers) for one in stacks), strict=True)]


def _number(value: str) -> str:
    found = _NUMBER.search(value) if value[-1:] == "]" else None
    return found[0] if found else ""


def _in_line(stack: Sequence[str], numbers: Sequence[str]) -> Sequence[str]:
    """Return the values of a cell with gaps for the annotations of which it says nothing.

    Some programs leave such gaps out, and the values' own numbers tell where they are.
    """
    if len(stack) == len(numbers):
        return stack
    held = {_number(one): one for one in stack}
    if len(held) == len(stack) and held.keys() <= {*filter(None, numbers)}:
        return [held.get(one, EMPTY) for one in numbers]
    return [*stack, *([EMPTY] * (len(numbers) - len(stack)))]


def names_of(sentence: int, count: int) -> Sequence[bytes]:
    """Return what so many rows of a sentence are called, each with the tab behind it."""
    return _first_names(sentence)[:count] if count <= _LONG else _names(sentence, count)


@lru_cache(_OFTEN)
def _first_names(sentence: int) -> list[bytes]:
    return _names(sentence, _LONG)


def _names(sentence: int, count: int) -> list[bytes]:
    return [b"%d-%d\t" % (sentence, row) for row in range(1, count + 1)]
