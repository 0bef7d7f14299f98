"""The scheme: which labels there are, what they carry, and which frames are allowed."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from annotator.model.disk import unread
from annotator.model.errors import UserError

LabelKind = Literal["span", "frame", "article"]
LABEL_KINDS: tuple[LabelKind, ...] = ("span", "frame", "article")
ATTRIBUTE_KINDS = ("choice", "text")
GENERIC_ENDS = ("span", "frame", "actor", "claim_card", "article")


@dataclass(frozen=True, slots=True)
class Attribute:
    """A named value of a label; the first of a choice's values is its default.

    What is retired stays as it is where it was given, and is given to nothing new.
    """

    name: str
    kind: Literal["choice", "text"]
    values: tuple[str, ...] = ()
    retired: bool = False
    retired_values: tuple[str, ...] = ()

    @property
    def default(self) -> str:
        """The value that holds while none is set."""
        return self.values[0] if self.values else ""

    @property
    def offered(self) -> tuple[str, ...]:
        """The values that may be given."""
        return tuple(one for one in self.values if one not in self.retired_values)


@dataclass(frozen=True, slots=True)
class Role:
    """A named place in a frame: how many ends it takes and what may fill it.

    `ends` names labels, or `span`, `frame`, `actor`, `claim_card`, `article` for any such record.
    """

    name: str
    ends: tuple[str, ...]
    least: int = 0
    most: int | None = None
    other_articles: bool = False
    retired: bool = False
    """What is linked stays linked, and nothing more is."""


@dataclass(frozen=True, slots=True)
class Label:
    """One allowed type of span, frame or article label."""

    name: str
    kind: LabelKind
    title: str = ""
    colour: str = ""
    key: str = ""
    group: str = ""
    """Labels of group `entity` are proposed by entity suggesters and drawn as light tints."""
    hidden: bool = False
    discontinuous: bool = True
    attributes: tuple[Attribute, ...] = ()
    roles: tuple[Role, ...] = ()
    guideline: str = ""
    retired: bool = False
    """What carries it keeps it and is shown; nothing new gets it."""
    means: str = ""
    """What keys, checks and suggesters take it for, where its name is another one now."""

    @property
    def meaning(self) -> str:
        """The name by which keys, checks and suggesters know it."""
        return self.means or self.name

    @property
    def is_offered(self) -> bool:
        """Whether people and suggesters may put this label."""
        return not (self.hidden or self.retired)

    def offering(self, values: Mapping[str, str], roles: Iterable[str] = ()) -> Label:
        """Return the label as it is shown for one record: of what is retired, only what the record has."""
        gone = any(one.retired or one.retired_values for one in self.attributes)
        if not gone and not any(one.retired for one in self.roles):
            return self
        attributes = (
            replace(one, values=tuple(value for value in one.values if _is_shown(one, value, values)))
            for one in self.attributes
            if not one.retired or one.name in values
        )
        there = set(roles)
        ends = (
            replace(one, most=0) if one.retired else one
            for one in self.roles
            if not one.retired or one.name in there
        )
        return replace(self, attributes=tuple(attributes), roles=tuple(ends))

    def attribute(self, name: str) -> Attribute | None:
        """Return the attribute of that name, if there is one."""
        return next((one for one in self.attributes if one.name == name), None)

    def role(self, name: str) -> Role | None:
        """Return the role of that name, if there is one."""
        return next((one for one in self.roles if one.name == name), None)

    def role_for(self, label: str, parts: Iterable[tuple[str, str]]) -> str:
        """Return the role that other words of a label would fill; empty for none.

        That is the one named for the label; else one that takes any span, and by the `parts` (roles, and
        the labels of what fills them) has one of that label.
        """
        filled = set(parts)
        roles = [one for one in self.roles if not one.retired]
        named = (one.name for one in roles if label in one.ends)
        loose = (one.name for one in roles if "span" in one.ends and (one.name, label) in filled)
        return next(chain(named, loose), "")


def _is_shown(attribute: Attribute, value: str, values: Mapping[str, str]) -> bool:
    return value not in attribute.retired_values or value == values.get(attribute.name)


@dataclass(frozen=True, slots=True)
class Scheme:
    """All labels of a project, in the order they are shown."""

    name: str
    title: str
    labels: tuple[Label, ...]
    guideline: str = ""
    _by_name: Mapping[str, Label] = field(init=False, repr=False, compare=False)
    _names: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {one.name: one for one in reversed(self.labels)})
        # Asked for every record that is written, so found once; the best one of a meaning is put last.
        ranked = sorted(self.labels, key=lambda one: (one.retired, not one.means))[::-1]
        object.__setattr__(self, "_names", {one.meaning: one.name for one in ranked})

    def label(self, name: str) -> Label | None:
        """Return the label of that name, if there is one."""
        return self._by_name.get(name)

    def named(self, meaning: str) -> str:
        """Return the name that a label has here which the program knows by another one; empty for none.

        Where two would do, the one that is offered does, then the one that had the name first.
        """
        return self._names.get(meaning, "")

    def meant(self, meaning: str) -> Label | None:
        """Return the label that the program knows by a name, whatever it is called here."""
        name = self.named(meaning)
        return self.label(name) if name else None

    def meaning(self, name: str) -> str:
        """Return what the program takes a label for; empty when another one is taken for that."""
        label = self.label(name)
        if label is None:
            return name
        return label.meaning if self.named(label.meaning) == name else ""

    def of(self, kind: LabelKind, group: str | None = None) -> tuple[Label, ...]:
        """Return the labels of one kind, and of one group where that is given."""
        return tuple(one for one in self.labels if one.kind == kind and (group is None or one.group == group))


def scheme_to_text(scheme: Scheme) -> str:
    """Return the scheme as JSON, as the project file keeps it; the same scheme gives the same text."""
    labels = [asdict(label) for label in scheme.labels]
    for label in labels:
        if not label["means"]:
            del label["means"]  # so that a scheme is written as it always was
    data = {"name": scheme.name, "title": scheme.title, "labels": labels, "guideline": scheme.guideline}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def scheme_from_text(text: str) -> Scheme:
    """Return the scheme that `scheme_to_text` wrote; raises UserError when it is none."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise UserError("This is not a scheme: {error}", error=error) from error
    return scheme_from_data(data)


def read_scheme(path: Path) -> Scheme:
    """Read a scheme file (TOML); raises UserError that names the file and the fault."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(
            "The scheme {path} cannot be read: {reason}", path=path, reason=unread(error)
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError("The scheme {path} is not a TOML file: {error}", path=path, error=error) from error
    try:
        return scheme_from_data(data)
    except UserError as error:
        raise UserError(
            "The scheme {path} does not hold together: {error}", path=path, error=error
        ) from error


def scheme_from_data(data: object) -> Scheme:
    """Return the scheme that a parsed file describes; raises UserError on the first fault."""
    top = _table(data, "the scheme")
    labels = tuple(_label(item) for item in _items(top, "labels", "the scheme"))
    scheme = Scheme(_name(top, "the scheme"), _text(top, "title"), labels, _text(top, "guideline"))
    check_scheme(scheme)
    return scheme


def _label(data: object) -> Label:
    table = _table(data, "a label")
    name = _name(table, "a label")
    kind = table.get("kind", "span")
    if kind not in LABEL_KINDS:
        raise UserError(
            "{name}: kind is {kind!r}, expected one of {label_kinds}",
            name=name,
            kind=kind,
            label_kinds=", ".join(LABEL_KINDS),
        )
    return Label(
        name=name,
        kind=kind,
        title=_text(table, "title"),
        colour=_text(table, "colour"),
        key=_text(table, "key"),
        group=_text(table, "group"),
        hidden=bool(table.get("hidden", False)),
        discontinuous=bool(table.get("discontinuous", True)),
        attributes=tuple(_attribute(item, name) for item in _items(table, "attributes", name)),
        roles=tuple(_role(item, name) for item in _items(table, "roles", name)),
        guideline=_text(table, "guideline").strip(),
        retired=bool(table.get("retired", False)),
        means=_text(table, "means"),
    )


def _attribute(data: object, where: str) -> Attribute:
    table = _table(data, f"an attribute of {where}")
    name = _name(table, f"an attribute of {where}")
    values = tuple(str(value) for value in _items(table, "values", name))
    kind = table.get("kind", "choice" if values else "text")
    if kind not in ATTRIBUTE_KINDS:
        raise UserError(
            "{where}.{name}: kind is {kind!r}, expected choice or text", where=where, name=name, kind=kind
        )
    retired = tuple(str(value) for value in _items(table, "retired_values", name))
    if any(value not in values[1:] for value in retired):
        raise UserError("{where}.{name}: only values after the first can be retired", where=where, name=name)
    return Attribute(name, kind, values, bool(table.get("retired", False)), retired)


def _role(data: object, where: str) -> Role:
    table = _table(data, f"a role of {where}")
    name = _name(table, f"a role of {where}")
    ends = tuple(str(end) for end in _items(table, "ends", name))
    least, most = table.get("least", 0), table.get("most")
    if not isinstance(least, int) or not (most is None or isinstance(most, int)):
        raise UserError("{where}.{name}: least and most are whole numbers", where=where, name=name)
    others, retired = bool(table.get("other_articles", False)), bool(table.get("retired", False))
    return Role(name, ends, least, most, others, retired)


def check_scheme(scheme: Scheme) -> None:
    """Raise UserError on the first thing that does not hold together."""
    _refuse_twins((label.name for label in scheme.labels), "label")
    _refuse_twins((label.means for label in scheme.labels if label.means), "meaning")
    _refuse_twins((label.key for label in scheme.labels if label.key and label.group == ""), "key")
    names = {label.name for label in scheme.labels} | set(GENERIC_ENDS)
    for label in scheme.labels:
        _refuse_twins((one.name for one in label.attributes), f"attribute of {label.name}")
        _refuse_twins((one.name for one in label.roles), f"role of {label.name}")
        for attribute in label.attributes:
            where = f"{label.name}.{attribute.name}"
            _refuse_twins(attribute.values, f"value of {where}")
            if attribute.kind == "choice" and not attribute.values:
                raise UserError("{where}: a choice needs values", where=where)
        if label.roles and label.kind != "frame":
            raise UserError("{name}: only frames have roles", name=label.name)
        for role in label.roles:
            unknown = [end for end in role.ends if end not in names]
            if unknown or not role.ends:
                raise UserError(
                    "{label}.{role}: unknown end {unknown}",
                    label=label.name,
                    role=role.name,
                    unknown=", ".join(unknown) or "(none)",
                )


def _refuse_twins(names: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise UserError("two have the same name: {what} {name}", what=what, name=name)
        seen.add(name)


def _table(data: object, where: str) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise UserError("{where} is not a table of names and values", where=where)
    return data


def _items(table: Mapping[str, Any], key: str, where: str) -> list[Any]:
    found = table.get(key, [])
    if not isinstance(found, list | tuple):
        raise UserError("{where}: {key} is not a list", where=where, key=key)
    return list(found)


def _name(table: Mapping[str, Any], where: str) -> str:
    name = table.get("name")
    if not isinstance(name, str) or not name.strip():
        raise UserError("{where} has no name", where=where)
    return name


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise UserError("{key} is not text: {value!r}", key=key, value=value)
    return value
