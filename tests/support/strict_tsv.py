"""A second reader of WebAnno TSV 3.3, made from the description of the format, that forgives nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

ESCAPES = ["->", "\\", "[", "]", "|", "_", ";", "*"]


@dataclass
class Mention:
    layer: str
    number: int
    start: int
    end: int
    features: dict[str, str | None]
    slots: list[tuple[str, str, int]] = field(default_factory=list)
    """Role, unit and number of what each points to."""


@dataclass
class Document:
    text: str
    mentions: list[Mention]


def units(text: str) -> bytes:
    return text.encode("utf-16-le")


def words(data: bytes, start: int, end: int) -> str:
    return data[2 * start : 2 * end].decode("utf-16-le")


def unescaped(value: str) -> str:
    found, at = "", 0
    while at < len(value):
        if value[at] != "\\":
            assert value[at] not in "[]|;\t\n", value
            found += value[at]
            at += 1
            continue
        escape = next((one for one in ESCAPES if value.startswith(one, at + 1)), None)
        if escape is None:
            letter = value[at + 1]
            assert letter in "tnr", value
            escape, found = letter, found + {"t": "\t", "n": "\n", "r": "\r"}[letter]
        else:
            found += escape
        at += 1 + len(escape)
    return found


def cut(cell: str, mark: str) -> list[str]:
    parts = [""]
    escaped = False
    for char in cell:
        if char == mark and not escaped:
            parts.append("")
        else:
            parts[-1] += char
        escaped = char == "\\" and not escaped
    return parts


def read(data: bytes) -> Document:
    lines = data.decode("utf-8").split("\n")
    assert lines.pop() == ""
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3"
    layers, at = [], 1
    while lines[at].startswith("#T_SP="):
        name, *columns = lines[at].removeprefix("#T_SP=").split("|")
        assert len(set(columns)) == len(columns) > 0
        layers.append((name, columns))
        at += 1
    assert lines[at] == lines[at + 1] == ""
    blocks, block = [], []
    for line in lines[at + 2 :]:
        if line:
            block.append(line)
        else:
            blocks.append(block)
            block = []
    return _document(layers, [*blocks, block])


def _document(layers: list[tuple[str, list[str]]], blocks: list[list[str]]) -> Document:
    found: dict[int, Mention] = {}
    first: dict[int, str] = {}
    text, rows = b"", []
    for number, block in enumerate(blocks, 1):
        texts = [line.removeprefix("#Text=") for line in block if line.startswith("#Text=")]
        here = [line.split("\t") for line in block if not line.startswith("#")]
        assert texts
        assert len(texts) + len(here) == len(block)
        start = int(here[0][1].partition("-")[0])
        if number == 1:
            text = units(" " * start)
        assert len(text) == 2 * start, "a sentence begins where its first word does"
        text += units("\n".join(_plain_text(one) for one in texts))
        for count, row in enumerate(here, 1):
            assert row[0] == f"{number}-{count}"
            rows.append(row)
    last = 0
    for row in rows:
        begin, end = map(int, row[1].split("-"))
        assert last <= begin < end, "words stand in order, and none is empty"
        last = end
        assert words(text, begin, end).split() == _plain_text(row[2]).split()
        assert row.pop() == ""
        cells = iter(row[3:])
        for name, columns in layers:
            _layer(name, columns, [next(cells) for _ in columns], (row[0], begin, end), (found, first))
        assert next(cells, None) is None
    for one in found.values():
        for _, unit, number in one.slots:
            assert first[number] == unit, "a slot points to where its target begins"
    return Document(text.decode("utf-16-le"), list(found.values()))


def _plain_text(line: str) -> str:
    names = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b", "\\": "\\"}
    return re.sub(r"\\(.)", lambda match: names.get(match[1], match[1]), line, flags=re.DOTALL)


def _layer(name, columns, cells, place, known) -> None:
    unit, begin, end = place
    found, first = known
    if "_" in cells:
        assert set(cells) == {"_"}
        return
    stacks = [cut(cell, "|") for cell in cells]
    assert len({len(one) for one in stacks}) == 1, "as many values in each column"
    for values in zip(*stacks, strict=True):
        features: dict[str, str | None] = {}
        roles: list[str] = []
        slots: list[tuple[str, str, int]] = []
        numbers = set()
        for column, value in zip(columns, values, strict=True):
            if column.startswith("ROLE_"):
                bare, number = re.fullmatch(r"(.*)\[(\d+)\]", value, re.DOTALL).groups()
                numbers.add(int(number))
                roles = [unescaped(one) for one in cut(bare, ";")]
            elif "." in column:
                ends = [re.fullmatch(r"(\d+-\d+)\[(\d+)\]", one).groups() for one in cut(value, ";")]
                assert len(ends) == len(roles)
                slots = [(role, *pair) for role, pair in zip(roles, ends, strict=True)]
                slots = [(role, unit_, int(number)) for role, unit_, number in slots]
            else:
                bare, number = re.fullmatch(r"(.*)\[(\d+)\]", value, re.DOTALL).groups()
                numbers.add(int(number))
                features[column] = None if bare == "*" else unescaped(bare)
        (number,) = numbers
        made = Mention(name, number, begin, end, features, slots)
        if number in found:
            before = found[number]
            assert (before.layer, before.features, before.slots) == (name, features, slots)
            before.end = end
        else:
            found[number], first[number] = made, unit
