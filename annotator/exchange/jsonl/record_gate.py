"""Fits records of annotator JSONL to the scheme of the project: labels, attributes, values and roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, get_args

from annotator.model.marks import LabelGate, Marks
from annotator.model.records import EndKind
from annotator.model.scheme import Label, LabelKind, Role
from annotator.model.suggesting import is_actor_name

Row = dict[str, Any]
_ENDS = get_args(EndKind)
_PARTS: tuple[tuple[str, LabelKind], ...] = (
    ("spans", "span"),
    ("article_labels", "article"),
    ("frames", "frame"),
)


def fitted(values: Row, gate: LabelGate, *, is_ordered: bool = False) -> Row:
    """Return a record in the scheme's words, without what has no place there; shapes are not checked.

    With `is_ordered`, the order of a frame's ends says which role they fill, where the label has no such.
    """
    fitting = _Fitting(gate, is_ordered)
    made = values | fitting.part(values)
    suggestions = values.get("suggestions")
    if isinstance(suggestions, dict):
        made["suggestions"] = suggestions | fitting.part(suggestions)
    while fitting.drop_empty(made) or fitting.drop_empty(made.get("suggestions")):
        pass
    return made


class _Fitting:
    """One record on its way; what it holds that is no record is left for the check that comes after."""

    def __init__(self, gate: LabelGate, is_ordered: bool) -> None:
        self._gate = gate
        self._is_ordered = is_ordered
        self._gone: set[str] = set()
        """Ids of what was left out because its label was."""

    def part(self, values: Row) -> Row:
        """Return the lists of records that carry labels, without those whose label is left out."""
        return {
            field: list(self._records(values[field], kind))
            for field, kind in _PARTS
            if _is_plain(values.get(field))
        }

    def _records(self, rows: Sequence[Row], kind: LabelKind) -> Iterator[Row]:
        declared = Marks(declared=_declared(rows) if kind == "frame" else ())
        for one in rows:
            label = self._gate.label(one["label"], kind, declared)
            if label is None:
                self._gone.add(str(one.get("id")))
                continue
            made = one | {"label": label.name}
            if one.get("attributes"):
                made["attributes"] = self._attributes(one, label)
            if _is_linked(one):
                made["roles"] = self._roles(one, label.name)
            yield made

    def _attributes(self, one: Row, label: Label) -> object:
        given = one["attributes"]
        if not isinstance(given, dict) or {*map(type, given.values())} != {str}:
            return given
        others = {name: value for name, value in given.items() if not is_actor_name(name)}
        actors = {name: value for name, value in given.items() if is_actor_name(name)}
        return self._gate.attributes(one["label"], label, others) | actors

    def _roles(self, one: Row, label: str) -> Row:
        roles: dict[str, list[object]] = {}
        for at, (role, ends) in enumerate(one["roles"].items()):
            now = self._gate.scheme.label(label)  # attributes and roles may just have been added to it
            assert now is not None
            name = self._gate.role(one["label"], now, role, at if self._is_ordered else None, {})
            if name is not None:
                roles.setdefault(name, []).extend(ends)
        return roles

    def drop_empty(self, part: object) -> bool:
        """Take ends that are gone out of frames, and frames that have none left; tell if there were any."""
        before = len(self._gone)
        if isinstance(part, dict) and _is_plain(part.get("frames")):
            part["frames"] = [made for one in part["frames"] if (made := self._kept(one)) is not None]
        return len(self._gone) > before

    def _kept(self, one: Row) -> Row | None:
        if not (self._gone and _is_linked(one)):
            return one
        left = {role: [end for end in ends if end not in self._gone] for role, ends in one["roles"].items()}
        roles = {role: ends for role, ends in left.items() if ends or not one["roles"][role]}
        if one["roles"] and not roles:
            self._gone.add(str(one.get("id")))
            return None
        return one | {"roles": roles}


def _is_plain(rows: object) -> bool:
    """Tell whether this is a list of records with labels."""
    return isinstance(rows, list) and all(
        isinstance(one, dict) and isinstance(one.get("label"), str) for one in rows
    )


def _is_linked(one: Row) -> bool:
    roles = one.get("roles")
    return isinstance(roles, dict) and all(isinstance(ends, list) for ends in roles.values())


def _declared(frames: Sequence[Row]) -> list[Label]:
    """Return the labels of frames with the roles that stand in the record."""
    roles: dict[str, dict[str, Role]] = {}
    for one in frames:
        found = roles.setdefault(one["label"], {})
        found.update({name: Role(name, _ENDS) for name in (one["roles"] if _is_linked(one) else ())})
    return [Label(name, "frame", roles=tuple(found.values())) for name, found in roles.items()]
