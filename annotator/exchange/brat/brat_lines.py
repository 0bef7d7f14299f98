"""Reads the lines of brat standoff: T (with pieces), E, R, A, M, N, # and *; torn lines are put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.model.proof import Piece
from annotator.model.text import cut

_PLAIN = re.compile(r"(T[^\t ]*)\t(\S+) ([0-9]{1,18}) ([0-9]{1,18})\t(.*)", re.DOTALL)
"""A T line of one piece, as nearly all are."""
_LINE = re.compile(r"([TERAMN#*][^\t ]*)\t(.*)", re.DOTALL)
# More digits are no place in any text, and thousands of them no number that Python reads.
_WORDS = re.compile(
    r"(\S+|\S[^\t]*\S) ([0-9]{1,18} [0-9]{1,18}(?:;[0-9]{1,18} [0-9]{1,18})*)(?:\t(.*))?", re.DOTALL
)
_GAP = r"[ \t]+"
_LOOSE = tuple(
    (re.compile(_GAP.join(parts) + rest, re.DOTALL), whole)
    for *parts, rest, whole in (
        (
            r"(T\d+)",
            r"(\S+)",
            r"(\d{1,18})",
            r"(\d{1,18}(?:;\d{1,18} \d{1,18})*)",
            r"(?:[ \t]+(.*))?",
            "{}\t{} {} {}\t{}",
        ),
        (r"([RE]\d+)", r"(\S+(?:[ \t]+\S[^\s:]*:\S+)+|\S+:T\d+)", r"\s*", "{}\t{}"),
        (r"([AM]\d+)", r"(\S+)", r"([TREA]\d+)", r"(?:[ \t]+(\S.*))?", "{}\t{} {} {}"),
        (r"(#\d+)", r"(\S+)", r"([TREA]\d+)", r"[ \t]+(.*)", "{}\t{} {}\t{}"),
    )
)
"""Lines as others write them, with blanks for tabs or tabs for blanks, and how brat writes them."""
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""Where brat takes a line of standoff to end, and writes it anew as two that it cannot read."""
_NUMBERED = re.compile(r"(.+?)([0-9]+)")


@dataclass(slots=True)
class TextBound:
    """A T line: a label on words, in one piece or several."""

    key: str
    line: int
    label: str
    pieces: tuple[tuple[int, int], ...]
    quote: str | None
    torn: list[tuple[int, str]] = field(default_factory=list)
    """Lines below that are none of their own: the rest of the covered text, torn off by a line break."""


@dataclass(frozen=True, slots=True)
class Linked:
    """An E, R or * line: a label and what it links, each under a role (none on a * line)."""

    key: str
    line: int
    label: str
    trigger: str
    """The T line of an event; empty on others."""
    ends: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """An A, M, N or # line: something said of another line."""

    key: str
    line: int
    name: str
    about: str
    value: str


@dataclass(slots=True)
class Lines:
    """All lines of a file, and what is wrong with those that cannot be read."""

    words: dict[str, TextBound] = field(default_factory=dict)
    links: list[Linked] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    """Line, id and what is wrong."""
    keys: set[str] = field(default_factory=set)
    loose: list[int] = field(default_factory=list)
    """Lines with blanks for tabs, or tabs for blanks."""


def link_piece(key: str, label: str, trigger: str, ends: Iterable[tuple[str, str]]) -> Piece:
    """Return an E, R or * line as a proof has it."""
    return f"{key.partition('*')[1] or key} {label}", [trigger, *map(":".join, ends)]


def said_piece(name: str, about: str, value: str) -> Piece:
    """Return an A or # line as a proof has it."""
    return f"{name} {about}", [value]


def read_lines(text: str) -> Lines:
    """Return what a file of standoff says."""
    found = Lines()
    last: TextBound | None = None
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        line = line.removesuffix("\r")
        plain = _PLAIN.fullmatch(line)
        if plain is not None and plain[1] not in found.keys:
            key, label, start, end, quote = plain.groups()
            found.words[key] = last = TextBound(key, number, label, ((int(start), int(end)),), quote)
            found.keys.add(key)
            continue
        match = _matched(found, number, line)
        if match is None:
            if last is not None:
                last.torn.append((number, line))
            elif line.strip():
                found.faults.append((number, "", _no_line(line)))
            continue
        last = None
        key, rest = match.groups()
        reason = ""
        if key in found.keys and key[0] != "*":
            reason = f"the id {key} stands twice"
        elif key[0] == "T":
            reason, last = _read_words(found, key, number, rest)
        elif key[0] in "ER*":
            reason = _read_link(found, key, number, rest)
        else:
            reason = _read_said(found, key, number, rest)
        found.keys.add(key)
        if reason:
            found.faults.append((number, key, reason))
    return found


def _matched(found: Lines, number: int, line: str) -> re.Match[str] | None:
    """Return the parts of a line, of one that is loosely written as well; None for what is none."""
    match = _LINE.fullmatch(line)
    if match is not None and not _is_odd(*match.groups()):
        return match
    loose = _LINE.fullmatch(_tabbed(line))
    found.loose += [number] if loose is not None else []
    return loose or match


def _is_odd(key: str, rest: str) -> bool:
    """Tell whether what a line says is parted by something else than brat parts it by."""
    if key[0] == "T":
        return _WORDS.fullmatch(rest) is None
    return key[0] in "AM#" and " " not in rest.partition("\t")[0]


def _tabbed(line: str) -> str:
    """Return a line that is loosely written as brat has it; nothing for any other."""
    for pattern, whole in _LOOSE:
        if (match := pattern.fullmatch(line)) is not None:
            return whole.format(*(one or "" for one in match.groups())).rstrip(" ")
    return ""


def _no_line(line: str) -> str:
    shown = cut(line, 40)
    return f"{shown!r} is no line of brat standoff: expected an id such as T1, a tab, and what it says"


def _read_words(found: Lines, key: str, line: int, rest: str) -> tuple[str, TextBound | None]:
    match = _WORDS.fullmatch(rest)
    if match is None:
        return "expected LABEL START END (further pieces after ;), a tab, and the covered text", None
    label, pieces, quote = match.groups()
    made = TextBound(key, line, label, tuple(map(_piece, pieces.split(";"))), quote)
    found.words[key] = made
    return "", made


def _piece(places: str) -> tuple[int, int]:
    start, end = places.split(" ")
    return int(start), int(end)


def _read_link(found: Lines, key: str, line: int, rest: str) -> str:
    first, *others = rest.split() or [""]
    if not first:
        return "expected a label, and what it links"
    if key[0] == "*":
        ends = tuple(("", one) for one in others)
        found.links.append(Linked(f"*{line}", line, first, "", ends))
        return "" if ends else "it names nothing that is equal"
    while key[0] == "R" and others and ":" not in others[0]:
        first += f" {others.pop(0)}"  # other programs write labels with blanks in them
    pairs = [one.partition(":") for one in others]
    if any(not (role and end) for role, _, end in pairs):
        return "expected ROLE:ID for each end"
    label, _, trigger = first.partition(":") if key[0] == "E" else (first, "", "")
    ends = tuple((role, end) for role, _, end in pairs)
    if key[0] == "E" and not trigger:
        return "expected LABEL:ID, the id that of the words that show it"
    if key[0] == "R" and len(ends) != 2:
        return f"a relation has two ends, not {len(ends)}"
    found.links.append(Linked(key, line, label, trigger, ends))
    return ""


def _read_said(found: Lines, key: str, line: int, rest: str) -> str:
    head, _, text = rest.partition("\t")
    parts = head.split(" ", 2)
    if len(parts) < 2 or not parts[1]:
        return "expected a name and the id of what it is about"
    value = text if key[0] == "#" else " ".join(parts[2:])
    about = parts[1]
    if key[0] == "N":
        # In shared tasks the two are named: Annotation:T3 Referent:1590.
        about, value = (
            about.removeprefix("Annotation:"),
            f"{value.removeprefix('Referent:')} {text.strip()}".strip(),
        )
    found.said.append(Said(key, line, parts[0], about, value))
    return ""


def without_number(role: str, known: Iterable[str] = ()) -> str:
    """Return the role of an event's end; ends after the first of a role have a number behind it.

    `known` are roles of which the number may be a part.
    """
    for one in sorted(known, key=len, reverse=True):
        if role == one or (role.startswith(one) and role[len(one) :].isdecimal()):
            return one
    match = _NUMBERED.fullmatch(role)
    return match[1] if match and match[2] != "1" else role  # the second end of a role has a 2


def joined(pieces: Sequence[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Return pieces, as one those that only the end of a line parts: brat has no piece that goes over it."""
    if len(pieces) == 1:
        return tuple(pieces)
    found: list[tuple[int, int]] = []
    for start, end in pieces:
        gap = text[found[-1][1] : start] if found else ""
        if gap and not gap.strip(LINE_ENDS):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def rename(lines: Lines, labels: Mapping[str, str], attributes: Mapping[str, str]) -> None:
    """Give labels and attributes the names that are shown for those that are written."""
    if labels:
        for word in lines.words.values():
            word.label = labels.get(word.label, word.label)
        lines.links[:] = (replace(one, label=labels.get(one.label, one.label)) for one in lines.links)
    if attributes:
        lines.said[:] = (replace(one, name=attributes.get(one.name, one.name)) for one in lines.said)
