"""Says what the labels of a file are in the scheme: the same, alike, chosen, added, left out, refused."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from annotator.model.formats import ImportOptions
from annotator.model.marks import Marks
from annotator.model.records import EndKind
from annotator.model.scheme import Attribute, Label, LabelKind, Role, Scheme
from annotator.model.scheme_history import Former
from annotator.model.scheme_parts import with_label

How = Literal["same", "alike", "chosen", "added", "left out", "refused"]
_USUAL = {"PER": "PERSON"}
"""What labels are called in most corpora that a scheme calls otherwise."""
_FLAGS = ("no", "yes")
_MANY = 4096
_ENDS = get_args(EndKind)


@dataclass(frozen=True, slots=True)
class LabelFound:
    """A label of a file: how often it stands there, and what it is in the scheme."""

    name: str
    kind: LabelKind
    count: int
    here: str
    """The label of the scheme; empty where it has none."""
    how: How


@dataclass(frozen=True, slots=True)
class _Known:
    label: Label | None
    how: How
    reason: str = ""


class Labels:
    """The labels of one import; the scheme grows by what is added."""

    def __init__(self, scheme: Scheme, options: ImportOptions, former: Former) -> None:
        """`former` has what the scheme called otherwise before."""
        self.scheme = scheme
        self._former = former
        self._before = scheme
        """As it was, without what is added."""
        self._by_name = {one.name: one for one in scheme.labels}
        self._options = options
        self._is_adding = options.new_labels == "add"
        self._known: dict[tuple[str, LabelKind], _Known] = {}
        self._counts: Counter[tuple[str, LabelKind]] = Counter()
        self._met: defaultdict[LabelKind, list[str]] = defaultdict(list)
        """Labels that are not counted yet: many at once take less time."""
        self._roles: dict[tuple[str, str, str, int | None], str] = {}
        """Roles that were found before, by the file's label, ours, the file's role and the order of ends."""
        self._new_roles: set[tuple[str, str]] = set()
        """Roles that were added, by their label: the order of ends says nothing of them."""
        self.missing: Counter[str] = Counter()
        """What the scheme does not have and was left out, in words, since it was last asked for."""

    def label(self, name: str, kind: LabelKind, marks: Marks) -> Label | None:
        """Return what a label of the file is in the scheme; None where it is left out."""
        key = (name, kind)
        self._counts[key] += 1
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._find(name, kind, marks)
        if known.how == "refused":
            self.missing[known.reason] += 1
        return None if known.label is None else self._by_name[known.label.name]

    def met(self, names: Sequence[str], kind: LabelKind) -> None:
        """Note labels that are in the scheme, each as often as it stands in the file."""
        met = self._met[kind]
        met += names
        if len(met) >= _MANY:
            self._count_met()

    def _count_met(self) -> None:
        for kind, names in self._met.items():
            for name, count in Counter(names).items():
                self._counts[name, kind] += count
                self._known.setdefault((name, kind), _Known(self._by_name[name], "same"))
            names.clear()

    def attributes(self, name: str, label: Label, given: Mapping[str, str]) -> dict[str, str]:
        """Return attributes as the scheme has them; others are added, or left out and counted."""
        found = {}
        for attribute, value in given.items():
            known = self._attribute(name, label, attribute, value)
            if known is not None:
                found[known[0]] = known[1]
                label = self._by_name[label.name]
        return found

    def role(
        self, name: str, label: Label, role: str, at: int | None, known_as: Mapping[str, str]
    ) -> str | None:
        """Return a role as the scheme has it; where it has none such, by the order `at`."""
        key = (name, label.name, role, at)
        if (known := self._roles.get(key)) is not None and not known_as:
            return known
        chosen = self._options.labels.get(f"{name}.{role}")
        if chosen == "":
            return None
        wanted = chosen or role
        names = [one.name for one in label.roles]
        found = _alike(wanted, names) or _alike(known_as.get(f"{label.name}.{role}", ""), names)
        found = found or _alike(self._former.get((label.name, "role", role), ""), names)
        own = [one for one in names if (label.name, one) not in self._new_roles]
        if found is None and at is not None and chosen is None and len(own) in (1, 2):
            found = own[min(at, len(own) - 1)]
        if found is not None:
            if not known_as:
                self._roles[key] = found
            return found
        if (self._is_adding or chosen or self._is_added(name, label)) and not _is_unfit(wanted):
            self._put(replace(label, roles=(*label.roles, Role(wanted, _ENDS))))
            self._new_roles.add((label.name, wanted))
            return wanted
        there = ", ".join(names) or "none"
        self.missing[f"{label.name} has no role {wanted!r} in the scheme (its roles: {there})"] += 1
        return None

    def by_ends(self, name: str, here: str, ends: Sequence[tuple[str, str]]) -> list[str] | None:
        """Return the roles of a frame's label `here` that ends can only fill by their labels.

        `ends` are the role as the file has it, and the label.  None where such a role is known or chosen,
        or where a label fits several roles; a role that names the label goes before those that take any.
        """
        before = self._before.label(here)
        if before is None or len(before.roles) < 3:
            return None
        names = [one.name for one in before.roles]
        if any(_alike(role, names) or f"{name}.{role}" in self._options.labels for role, _ in ends):
            return None
        fitting = [_taking(before, label) or _taking(before, "span") for _, label in ends]
        if any(len(one) != 1 for one in fitting):
            return None
        roles = [one[0] for one in fitting]
        most = {one.name: one.most or len(ends) for one in before.roles}
        return roles if all(roles.count(one) <= most[one] for one in roles) else None

    def found(self) -> tuple[LabelFound, ...]:
        """Return all labels that were met, the most frequent first."""
        self._count_met()
        order = sorted(self._known.items(), key=lambda one: (-self._counts[one[0]], one[0]))
        return tuple(
            LabelFound(*key, self._counts[key], known.label.name if known.label else "", known.how)
            for key, known in order
        )

    def _find(self, name: str, kind: LabelKind, marks: Marks) -> _Known:
        chosen = self._options.labels.get(f"{kind}:{name}", self._options.labels.get(name))
        if chosen == "":
            return _Known(None, "left out")
        of_kind = [one.name for one in self._by_name.values() if one.kind == kind]
        wanted = chosen or name
        if wanted in of_kind:
            return _Known(self._by_name[wanted], "chosen" if chosen else "same")
        meant = next((one for one in self._by_name.values() if (one.means, one.kind) == (name, kind)), None)
        if meant is None and self._former.get((name,)) in of_kind:
            meant = self._by_name[self._former[name,]]
        if meant is not None and not chosen:
            return _Known(meant, "alike")  # it had the name of the file until it was renamed
        names = (marks.known_as.get(name, ""), name, _USUAL.get(name.upper(), ""))
        alike = None if chosen else next(filter(None, (_alike(one, of_kind) for one in names)), None)
        if alike is not None:
            return _Known(self._by_name[alike], "alike")
        declared = next((one for one in marks.declared if (one.name, one.kind) == (name, kind)), None)
        return self._find_new(wanted, declared or Label(wanted, kind), is_chosen=chosen is not None)

    def _find_new(self, wanted: str, declared: Label, *, is_chosen: bool) -> _Known:
        kind = declared.kind
        if self._options.new_labels == "leave_out" and not is_chosen:
            return _Known(None, "left out")
        other = self._by_name.get(wanted)
        if other is not None:
            reason = f"{wanted!r} is a label for a {other.kind} in the scheme, not for a {kind}"
            return _Known(None, "refused", f"{reason}; choose another label for it")
        if not wanted.strip():
            return _Known(None, "refused", f"a {kind} has no label in the file")
        if _is_unfit(wanted):
            reason = f"{wanted!r} is no name for a label: it is empty, or has control characters"
            return _Known(None, "refused", f"{reason}; choose another label for it")
        if not (self._is_adding or is_chosen):
            reason = f"the scheme of this project has no label {wanted!r}"
            return _Known(
                None, "refused", f"{reason}: add it, choose one of the scheme for it, or leave it out"
            )
        roles = tuple(one for one in declared.roles if not _is_unfit(one.name))
        attributes = tuple(one for one in declared.attributes if not _is_unfit(one.name))
        label = replace(declared, name=wanted, roles=roles, attributes=attributes)
        self.scheme = replace(self.scheme, labels=(*self.scheme.labels, label))
        self._by_name[wanted] = label
        return _Known(label, "added")

    def _is_added(self, name: str, label: Label) -> bool:
        known = self._known.get((name, label.kind))
        return known is not None and known.how == "added"

    def _attribute(self, name: str, label: Label, attribute: str, value: str) -> tuple[str, str] | None:
        chosen = self._options.labels.get(f"{name}.{attribute}")
        if chosen == "":
            return None
        wanted = chosen or attribute
        may_add = self._is_adding or chosen is not None or self._is_added(name, label)
        names = [one.name for one in label.attributes]
        own = _alike(wanted, names) or _alike(self._former.get((label.name, "attribute", wanted), ""), names)
        known = label.attribute(own) if own is not None else None
        if known is None:
            if not may_add or _is_unfit(wanted):
                self.missing[f"{label.name} has no attribute {wanted!r} in the scheme"] += 1
                return None
            known = Attribute(wanted, "choice", _FLAGS) if value in _FLAGS else Attribute(wanted, "text")
            self._put(replace(label, attributes=(*label.attributes, known)))
            return known.name, value
        if known.kind == "text":
            return known.name, value
        renamed = self._former.get((label.name, "attribute", known.name, value), "")
        fitting = _alike(value, known.values) or _alike(renamed, known.values)
        if fitting is None and may_add:
            wider = replace(known, values=(*known.values, value))
            attributes = tuple(wider if one.name == known.name else one for one in label.attributes)
            self._put(replace(label, attributes=attributes))
            fitting = value
        if fitting is None:
            values = ", ".join(known.values)
            self.missing[f"{value!r} is not a value of {label.name}.{known.name} (its values: {values})"] += 1
            return None
        return known.name, fitting

    def _put(self, label: Label) -> None:
        self.scheme = with_label(self.scheme, label)
        self._by_name[label.name] = label
        self._roles.clear()


def _is_unfit(name: str) -> bool:
    """Tell whether a name is empty, or has control characters, which files and screens cannot show."""
    return not name.strip() or (
        not name.isprintable() and any(unicodedata.category(char) in ("Cc", "Cs") for char in name)
    )


def _taking(label: Label, end: str) -> list[str]:
    return [one.name for one in label.roles if end in one.ends and not one.retired]


def _alike(name: str, names: Iterable[str]) -> str | None:
    """Return the one name that is the same, or else the only one that is the same but for capitals."""
    found = list(names)
    if name in found:
        return name
    alike = [one for one in found if one.casefold() == name.casefold()] if name else []
    return alike[0] if len(alike) == 1 else None
