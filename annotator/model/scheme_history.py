"""What names of a scheme were before they were renamed, told by its versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from annotator.model.scheme import Attribute, Label, Role, Scheme

Path = tuple[str, ...]
"""Names from a label down: a label; with `attribute` or `role` its part; with a value of that attribute."""
Former = Mapping[Path, str]
"""By a path whose last name is a former one, the others those of now: the name of now."""


def former_names(versions: Sequence[Scheme]) -> dict[Path, str]:
    """Return what was renamed, from the oldest version to the newest; each former name as it is now.

    A rename leaves the number and order of names as they are and changes one of them.
    """
    found: dict[Path, str] = {}
    for before, after in pairwise(versions):
        for path, now in _renamed(before, after):
            found = {_moved(one, path, now): _name(one, name, path, now) for one, name in found.items()}
            found[path] = now
    return found


def _moved(path: Path, renamed: Path, now: str) -> Path:
    """Return a path to a former name, what it lies in called as it is now."""
    at = len(renamed)
    return (*renamed[:-1], now, *path[at:]) if len(path) > at and path[:at] == renamed else path


def _name(path: Path, name: str, renamed: Path, now: str) -> str:
    return now if (*path[:-1], name) == renamed else name


def _renamed(before: Scheme, after: Scheme) -> Iterator[tuple[Path, str]]:
    labels = _one(_names(before.labels), _names(after.labels))
    if labels is not None:
        old, new = before.label(labels[0]), after.label(labels[1])
        if old is not None and new is not None and _shape(old) == _shape(new):
            yield (labels[0],), labels[1]
        return
    for label in after.labels:
        earlier = before.label(label.name)
        if earlier is not None and earlier != label:
            yield from _renamed_parts(earlier, label)


def _renamed_parts(before: Label, after: Label) -> Iterator[tuple[Path, str]]:
    parts = (("attribute", before.attributes, after.attributes), ("role", before.roles, after.roles))
    for part, old, new in parts:
        names = _one(_names(old), _names(new))
        if names is not None:
            yield (after.name, part, names[0]), names[1]
    for attribute in after.attributes:
        earlier = before.attribute(attribute.name)
        values = _one(earlier.values, attribute.values) if earlier is not None else None
        if values is not None:
            yield (after.name, "attribute", attribute.name, values[0]), values[1]


def _one(before: Sequence[str], after: Sequence[str]) -> tuple[str, str] | None:
    """Return the only name that is another one now, at the same place; None where more changed, or less."""
    if len(before) != len(after):
        return None
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    if len(changed) != 1 or changed[0][0] in after or changed[0][1] in before:
        return None
    return changed[0]


def _names(items: Sequence[Label | Attribute | Role]) -> list[str]:
    return [one.name for one in items]


def _shape(label: Label) -> tuple[object, ...]:
    return label.kind, label.attributes, _names(label.roles)
