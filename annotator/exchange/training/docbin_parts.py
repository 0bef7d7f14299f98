"""The parts of spaCy's DocBin, without spaCy: numbers of strings, groups of spans, packing and unpacking."""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from annotator.model.errors import UserError
from annotator.model.resources import resource

ORTH, ENT_IOB, ENT_TYPE = 65, 77, 78
"""What a DocBin calls the columns of tokens."""
BEGINS, GOES_ON, OUTSIDE = 3, 1, 2
"""Values of ENT_IOB."""
UNPACKED_LIMIT = 150_000_000
"""Bytes of an unpacked DocBin; a few kilobytes can claim gigabytes."""
FAULTS = (KeyError, TypeError, ValueError, IndexError, AttributeError, struct.error)
"""What parts of other kinds than they should be raise."""
_SPAN = struct.Struct(">QQQllll")
_ROW_END = struct.Struct("=QQ")
"""What stands in the row of a token behind its word."""
_EMPTY_GROUPS = b"\x90"
"""An empty list, packed."""
_MASK = (1 << 64) - 1
_MIX, _TURN = 0xC6A4A7935BD1E995, 47
Group = list[tuple[int, int, int, int, int]]
"""Number of the label, first token, token after the last, first character, character after the last."""


@cache
def _symbols() -> Mapping[str, int]:
    lines = resource("spacy_symbols.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" ", 1) for line in lines if not line.startswith("#"))
    return {name: int(number) for number, name in pairs}


@lru_cache(maxsize=50_000)
def number_of(text: str) -> int:
    """Return the number that stands for a string: spaCy's own for its names, else MurmurHash 64A (seed 1)."""
    if not text:
        return 0
    own = _symbols().get(text)
    if own is not None:
        return own
    data = text.encode()
    found = 1 ^ (len(data) * _MIX & _MASK)
    whole = len(data) & ~7
    for (part,) in struct.iter_unpack("<Q", data[:whole]):
        part = part * _MIX & _MASK
        part = (part ^ (part >> _TURN)) * _MIX & _MASK
        found = (found ^ part) * _MIX & _MASK
    if whole < len(data):
        found = (found ^ int.from_bytes(data[whole:], "little")) * _MIX & _MASK
    found = (found ^ (found >> _TURN)) * _MIX & _MASK
    return found ^ (found >> _TURN)


@lru_cache(maxsize=50_000)
def row(word: str) -> bytes:
    """Return the row of a token that no entity covers, as most are."""
    return number_of(word).to_bytes(8, sys.byteorder) + _covered(OUTSIDE, "")


def rows_covered(rows: Sequence[bytes], label: str) -> list[bytes]:
    """Return the rows of tokens as they are where an entity covers them."""
    goes_on = _covered(GOES_ON, label)
    found = [one[:8] + goes_on for one in rows]
    found[:1] = [one[:8] + _covered(BEGINS, label) for one in rows[:1]]
    return found


@lru_cache(maxsize=2_000)
def _covered(iob: int, label: str) -> bytes:
    return _ROW_END.pack(iob, number_of(label))


@cache
def _packer() -> Any:
    """One for all: each new one looks through all installed packages for more kinds of values."""
    from srsly.msgpack import Packer  # noqa: PLC0415 - late: loads numpy, 15 MB that other formats do without

    return Packer(use_bin_type=True)


def _packed(value: object) -> bytes:
    return bytes(_packer().pack(value))


def _unpacked(data: bytes) -> Any:
    from srsly.msgpack import unpackb  # noqa: PLC0415 - as above

    # With a hook of one's own, none is looked for in all installed packages.
    return unpackb(data, raw=False, object_pairs_hook=dict)


def groups_data(groups: Mapping[str, Group]) -> bytes:
    """Return groups of spans as a DocBin holds them."""
    packed = {}
    for name, spans in groups.items():
        records = [_SPAN.pack(0, 0, label, *places) for label, *places in spans]
        packed[_packed({"name": name, "attrs": {}, "spans": records})] = [name]
    return _packed(packed) if packed else _EMPTY_GROUPS


def read_groups(data: bytes) -> dict[str, Group]:
    """Return the groups of spans of a part, by name."""
    if not data or data == _EMPTY_GROUPS:
        return {}
    packed = _unpacked(data)
    pairs = packed.items() if isinstance(packed, dict) else ((one, None) for one in packed)
    found = {}
    for raw, names in pairs:
        group = _unpacked(raw)
        spans = [_SPAN.unpack(one) for one in group["spans"]]
        for name in names or [group["name"]]:
            found[name] = [(one[2], one[3], one[4], one[5], one[6]) for one in spans]
    return found


def pack(parts: Sequence[Mapping[str, Any]], strings: set[str]) -> bytes:
    """Return a DocBin of parts with `rows` (of tokens), `spaces` (truths), `cats` and `groups`."""
    return zlib.compress(
        _packed(
            {
                "version": "0.1",
                "attrs": [ORTH, ENT_IOB, ENT_TYPE],
                "tokens": b"".join(one["rows"] for one in parts),
                "spaces": b"".join(one["spaces"] for one in parts),
                "lengths": struct.pack(f"<{len(parts)}i", *(len(one["spaces"]) for one in parts)),
                "strings": sorted(strings),
                "cats": [one["cats"] for one in parts],
                "flags": [{"has_unknown_spaces": False} for _ in parts],
                "span_groups": [groups_data(one["groups"]) for one in parts],
            }
        )
    )


def unpack(data: bytes) -> Iterator[dict[str, Any]]:
    """Yield the parts of a DocBin, each with its columns by name; raises UserError for anything else."""
    message = _message(data)
    try:
        columns: list[int] = message["attrs"]
        lengths = [one for (one,) in struct.iter_unpack("<i", message["lengths"])]
        values = array("Q", message["tokens"])
        words = {number_of(one): one for one in message["strings"]}
        spaced = {number: f"{one} " for number, one in words.items()}
        sound = len(values) == sum(lengths) * len(columns) and min(lengths, default=0) >= 0
        if not sound or ORTH not in columns or len(message["spaces"]) != sum(lengths):
            raise UserError("it is no DocBin: the numbers of its tokens do not agree")
        at = 0
        for number, length in enumerate(lengths):
            rows = values[at * len(columns) : (at + length) * len(columns)]
            by_name = {name: rows[place :: len(columns)] for place, name in enumerate(columns)}
            yield {
                "columns": by_name,
                "spaces": message["spaces"][at : at + length],
                "cats": message["cats"][number],
                "flags": message.get("flags", [{}] * len(lengths))[number],
                "groups": read_groups(message.get("span_groups", [b""] * len(lengths))[number]),
                "words": words,
                "spaced": spaced,
            }
            at += length
    except FAULTS as error:
        raise torn(error) from error


def torn(error: Exception) -> UserError:
    """Return the sentence for a DocBin whose parts are not what they should be."""
    return UserError("it is no whole DocBin of spaCy: {name} in its parts", name=type(error).__name__)


def _message(data: bytes) -> dict[str, Any]:
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(data, UNPACKED_LIMIT)
        if unpacker.unconsumed_tail:
            raise UserError(
                "it is too large: more than {limit:,} bytes unpacked; split it into several files",
                limit=UNPACKED_LIMIT,
            )
        message = _unpacked(plain)
    except (zlib.error, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise UserError("it is no DocBin of spaCy (no packed table)") from error
    if not isinstance(message, dict):
        raise UserError("it is no DocBin of spaCy (no packed table)")
    return message
