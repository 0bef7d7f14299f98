"""Reads and writes brat's annotation.conf: which labels, roles and attributes there are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from annotator.exchange.brat.brat_names import Names
from annotator.exchange.encoding import decode
from annotator.exchange.files import read_bytes, stamp_of
from annotator.model.errors import UserError
from annotator.model.scheme import Attribute, Label, LabelKind, Role, Scheme

VISUAL = "visual.conf"
_OWN = "# made by annotator: names that are no names in brat"
_ATTRIBUTES = "# attributes"
Shown = tuple[Mapping[str, str], Mapping[str, str]]
_DRAWN = (
    "SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken",
    "ARC_DEFAULT\tcolor:black, arrowHead:triangle-5",
)
"""How brat draws what is said nowhere else; without it, it draws nothing in colour."""
_LIMIT = 1_000_000
_SECTION = re.compile(r"\[(\w+)\]")
MEMBER = "member"
"""The role of what is equal to one another."""
PAIR_ENDS = ("span", "frame")
_UNSET = "unset"
_OVERLAPS = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
"""Spans may overlap, which brat takes for a mistake unless it is told."""
_KINDS: Mapping[str, LabelKind] = {"entities": "span", "relations": "frame", "events": "frame"}
_EVERY = {"<ENTITY>": ("entities",), "<EVENT>": ("events",), "<ANY>": ("entities", "events")}


def read_conf(path: Path) -> tuple[Label, ...]:
    """Return the labels that a configuration defines; none where it cannot be read."""
    stamp, shown = stamp_of(path), read_visual(path)
    found = _read_conf(path, stamp) if stamp else ()
    return tuple(_called(one, *shown) for one in found) if any(shown) else found


def _called(label: Label, labels: Mapping[str, str], names: Mapping[str, str]) -> Label:
    attributes = [replace(one, name=names.get(one.name, one.name)) for one in label.attributes]
    return replace(label, name=labels.get(label.name, label.name), attributes=tuple(attributes))


@lru_cache(maxsize=1)
def _read_conf(path: Path, _stamp: tuple[int, ...]) -> tuple[Label, ...]:
    """Read a configuration once for the many files of a folder, as long as it is the same."""
    try:
        text = decode(read_bytes(path, _LIMIT)).text
    except UserError:
        return ()
    kinds: dict[str, str] = {}
    roles: dict[str, tuple[Role, ...]] = {}
    attributes: dict[str, list[Attribute]] = {}
    said: list[tuple[str, str]] = []
    """Attributes, which may be told before the labels that have them."""
    section = ""
    for line in text.split("\n"):
        line = line.strip()
        found = _SECTION.fullmatch(line)
        if found:
            section = found[1]
        elif line and not line.startswith(("#", "<", "!", "-")):
            name, rest = (*line.split(None, 1), "")[:2]
            if section in _KINDS:
                kinds.setdefault(name, section)
                roles.setdefault(name, tuple(_roles(rest, is_pair=section == "relations")))
            elif section == "attributes":
                said.append((name, rest))
    for name, rest in said:
        _add_attribute(name, rest, kinds, attributes)
    return tuple(
        Label(name, _KINDS[kind], attributes=tuple(attributes.get(name, ())), roles=roles[name])
        for name, kind in kinds.items()
    )


def visual_text(names: Names) -> str:
    """Return a visual.conf that shows names which brat cannot have as they are; nothing without any."""
    kinds = [[f"{written} | {name}" for written, name in sorted(one.items())] for one in names.shown()]
    labels, attributes = kinds
    listed = [_OWN, "[labels]", *labels, _ATTRIBUTES, *attributes, "", "[drawing]", *_DRAWN, ""]
    return "\n".join(listed) if any(kinds) else ""


def read_visual(conf: Path) -> Shown:
    """Return what was written another way, as the export beside a configuration says: labels, attributes."""
    path = conf.with_name(VISUAL)
    stamp = stamp_of(path)
    return _read_visual(path, stamp) if stamp else ({}, {})


@lru_cache(maxsize=1)
def _read_visual(path: Path, _stamp: tuple[int, ...]) -> Shown:
    try:
        text = decode(read_bytes(path, _LIMIT)).text
    except UserError:
        return {}, {}
    if not text.startswith(f"{_OWN}\n"):
        return {}, {}
    labels, _, attributes = (
        {one[0]: one[1] for line in part.split("\n") if len(one := line.split(" | ")) == 2}
        for part in text.partition(f"{_ATTRIBUTES}\n")
    )
    return labels, attributes


def _roles(text: str, *, is_pair: bool) -> Iterator[Role]:
    if "<REL-TYPE>:symmetric" in text:
        yield Role(MEMBER, PAIR_ENDS)
        return
    least, most = (1, 1) if is_pair else (0, None)
    seen: set[str] = set()
    for part in text.split(","):
        name, colon, _ends = part.strip().partition(":")
        plain = re.sub(r"[?*+]|\{.*\}", "", name)
        if colon and plain and not plain.startswith("<") and plain not in seen:
            seen.add(plain)
            yield Role(plain, PAIR_ENDS, least, most)


def _add_attribute(
    name: str, text: str, kinds: Mapping[str, str], attributes: dict[str, list[Attribute]]
) -> None:
    parts = dict(part.strip().split(":", 1) for part in text.split(",") if ":" in part)
    values = [one.strip() for one in parts.get("Value", "").split("|") if one.strip()]
    made = Attribute(name, "choice", (_UNSET, *dict.fromkeys(values)) if values else ("no", "yes"))
    for target in map(str.strip, parts.get("Arg", "<ANY>").split("|")):
        sections = _EVERY.get(target, ())
        for label, section in kinds.items():
            if label == target or section in sections:
                attributes.setdefault(label, []).append(made)


def declared(text: str) -> Mapping[str, Collection[str]]:
    """Return the names that a configuration declares, by the letter that lines which bear them begin with."""
    sections: dict[str, set[str]] = {
        "entities": set(),
        "relations": set(),
        "events": set(),
        "attributes": set(),
    }
    section = set[str]()
    for line in text.split("\n"):
        found = _SECTION.fullmatch(line)
        if found:
            section = sections.get(found[1], set())
        elif line:
            section.add(line.partition("\t")[0])
    entities, relations, events, attributes = sections.values()
    return {"T": entities | events, "E": events, "R": relations, "*": relations, "A": attributes}


def conf_text(scheme: Scheme, names: Names, relations: Iterable[str], events: Iterable[str]) -> str:
    """Return a configuration for the labels of a scheme, by their written names.

    `relations` and `events` are the labels of frames that were written as such.
    """
    pairs, own = set(relations), set(events)
    spans, frames = scheme.of("span"), scheme.of("frame")
    parts = ["[entities]", *(names.labels[one.name] for one in spans), "", "[relations]", _OVERLAPS]
    parts += [_line(one, names.labels[one.name], names, is_pair=True) for one in frames if one.name in pairs]
    parts += ["", "[events]"]
    for one in frames:
        if one.name in own or one.name not in pairs:
            parts += [_line(one, name, names, is_pair=False) for name in names.of_frame(one.name)]
    parts += ["", "[attributes]", *_attribute_lines(scheme, names)]
    return "\n".join(parts) + "\n"


def _line(label: Label, name: str, names: Names, *, is_pair: bool) -> str:
    ends = [(role, "|".join(_types(role, names))) for role in label.roles]
    ends = [(role, types) for role, types in ends if types]
    if is_pair and len(ends) == 1:
        ((_, types),) = ends
        return f"{name}\tArg1:{types}, Arg2:{types}, <REL-TYPE>:symmetric-transitive"
    count = "" if is_pair else "*"
    listed = ", ".join(
        f"{names.role(label.name, role.name)}{'?' if role.most == 1 and not is_pair else count}:{types}"
        for role, types in ends
    )
    return f"{name}\t{listed}" if listed else name


def _types(role: Role, names: Names) -> Iterator[str]:
    for end in role.ends:
        if end == "span":
            yield "<ENTITY>"
        elif end == "frame":
            yield "<EVENT>"
        elif end in names.frames:
            yield from names.of_frame(end)
        elif end in names.labels:
            yield names.labels[end]


def _attribute_lines(scheme: Scheme, names: Names) -> Iterator[str]:
    """Yield a line per name of an attribute: in brat, one name has the same values everywhere."""
    found: dict[str, list[str]] = {}
    for label in scheme.labels:
        for one in label.attributes:
            if one.kind == "choice" and label.kind != "article":
                written = names.of_frame(label.name) if label.kind == "frame" else [names.labels[label.name]]
                found.setdefault(one.name, []).extend(written)
    for name, labels in found.items():
        values = "" if names.is_flag(name) else f", Value:{'|'.join(names.values(name))}"
        if names.is_flag(name) or names.values(name):
            yield f"{names.attribute(name)}\tArg:{'|'.join(labels)}{values}"
