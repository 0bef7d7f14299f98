"""What brat checks when it opens a document, written anew from its description and its own checks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_STORED = re.compile(r"[a-zA-Z0-9_-]+")
_ID = re.compile(r"[TREAN#][0-9]+|\*")
_SECTIONS = ("entities", "relations", "events", "attributes")


@dataclass
class Conf:
    """The types of a configuration: of each its roles (or values) and what may fill them."""

    sections: dict[str, dict[str, dict[str, list[str]]]] = field(default_factory=dict)

    def fits(self, kinds: list[str], label: str) -> bool:
        groups = {"<ENTITY>": ("entities",), "<EVENT>": ("events",), "<ANY>": ("entities", "events")}
        every = {one for kind in kinds for name in groups.get(kind, ()) for one in self.sections[name]}
        return label in every or label in kinds


def read_conf(path: Path) -> Conf:
    found, section = Conf({name: {} for name in _SECTIONS}), ""
    for line in path.read_text("utf-8").split("\n"):
        if not line.strip():
            continue
        if line.startswith("["):
            section = line.strip("[]")
            assert section in _SECTIONS, line
            continue
        name, *rest = re.split(r"\s+", line, maxsplit=1)
        parts: dict[str, list[str]] = {}
        for argument in (one.strip() for one in (rest[0] if rest else "").split(",")):
            if argument:
                match = re.fullmatch(r"(\S*?):(\S+)", argument)
                assert match, f"brat cannot read {argument!r} in {line!r}"
                assert match[1] not in parts, f"{match[1]} stands twice in {line!r}"
                parts[match[1]] = match[2].split("|")
        assert name.startswith("<") or _STORED.fullmatch(name), f"{name!r} is no name that brat stores"
        assert name not in found.sections[section], f"{name} is declared twice"
        found.sections[section][name] = parts
    return found


def faults(ann: str, text: str, conf: Conf) -> Iterator[str]:
    """Yield what brat would complain about."""
    assert ann == "" or ann.endswith("\n")
    lines = [line.split("\t", 2) for line in ann.splitlines()]
    labels: dict[str, str] = {}
    for one in lines:
        key = one[0]
        if len(one) < 2 or not _ID.fullmatch(key):
            yield f"{one} is no line"
        elif key in labels and key != "*":
            yield f"{key} stands twice"
        elif key[0] in "TER":
            labels[key] = re.split(r"[ :]", one[1])[0]
    checks = {"T": _words, "E": _event, "R": _relation, "*": _equal, "A": _attribute, "#": _note}
    for one in lines:
        yield from checks[one[0][0]](one, text, labels, conf)


Labels = Mapping[str, str]


def _words(one: list[str], text: str, labels: Labels, conf: Conf) -> Iterator[str]:
    label, places = one[1].split(" ", 1)
    pairs = [tuple(map(int, part.split(" "))) for part in places.split(";")]
    if not (label in conf.sections["entities"] or label in conf.sections["events"]):
        yield f"{one[0]}: {label} is not declared"
    for at, (start, end) in enumerate(pairs):
        if not 0 <= start < end <= len(text):
            yield f"{one[0]}: {start} {end} is no place"
        if any(start < other for _, other in pairs[:at]):
            yield f"{one[0]}: its pieces overlap"
        if "\n" in text[start:end]:
            yield f"{one[0]}: {start} {end} goes over the end of a line"
    covered = " ".join(text[start:end] for start, end in pairs)
    if len(one) < 3 or one[2] != covered:
        yield f"{one[0]}: it says {one[2:]}, the text says {covered!r}"


def _event(one: list[str], text: str, labels: Labels, conf: Conf) -> Iterator[str]:
    head, *arguments = one[1].split(" ")
    label, trigger = head.split(":")
    roles = conf.sections["events"].get(label)
    if roles is None:
        yield f"{one[0]}: {label} is no event"
        return
    if labels.get(trigger) != label or trigger[0] != "T":
        yield f"{one[0]}: its trigger {trigger} is no {label}"
    seen: dict[str, int] = {}
    for role, end in (part.split(":") for part in arguments):
        plain = next((known for known in (role, re.sub(r"\d+$", "", role)) if f"{known}*" in roles), "")
        plain = plain or (role if f"{role}?" in roles else "")
        kinds = roles.get(f"{plain}*", roles.get(f"{plain}?", []))
        seen[role] = seen.get(role, 0) + 1
        if end not in labels or end[0] not in "TE":
            yield f"{one[0]}: {role} points to {end}, which is not there"
        elif not plain or not conf.fits(kinds, labels[end]):
            yield f"{one[0]}: {label} takes no {labels[end]} as {role}"
        if seen[role] > 1:
            yield f"{one[0]}: {role} stands twice"


def _relation(one: list[str], text: str, labels: Labels, conf: Conf) -> Iterator[str]:
    label, *arguments = one[1].split(" ")
    roles = conf.sections["relations"].get(label)
    pairs = [part.split(":") for part in arguments]
    if roles is None or len(pairs) != 2 or pairs[0][0] == pairs[1][0]:
        yield f"{one[0]}: {one[1]} is no relation"
        return
    for role, end in pairs:
        if end not in labels or end[0] not in "TE":
            yield f"{one[0]}: {role} points to {end}, which is not there"
        elif role not in roles or not conf.fits(roles[role], labels[end]):
            yield f"{one[0]}: {label} takes no {labels[end]} as {role}"


def _equal(one: list[str], text: str, labels: Labels, conf: Conf) -> Iterator[str]:
    label, *ends = one[1].split(" ")
    if "<REL-TYPE>" not in conf.sections["relations"].get(label, {}):
        yield f"*: {label} is not declared as symmetric"
    yield from (f"*: {end} is not there" for end in ends if end not in labels)


def _attribute(one: list[str], text: str, labels: Labels, conf: Conf) -> Iterator[str]:
    name, end, *value = one[1].split(" ")
    known = conf.sections["attributes"].get(name)
    if known is None or end not in labels or not conf.fits(known["Arg"], labels[end]):
        yield f"{one[0]}: {name} is not declared for {labels.get(end)}"
    elif value != [one for one in known.get("Value", []) if one in value] or bool(value) != (
        "Value" in known
    ):
        yield f"{one[0]}: {value} is no value of {name}"


def _note(one: list[str], text: str, labels: Labels, conf: Conf) -> Iterator[str]:
    parts = one[1].split(" ")
    if len(parts) != 2 or parts[1] not in labels:
        yield f"{one[0]}: {one[1]} is about nothing"
