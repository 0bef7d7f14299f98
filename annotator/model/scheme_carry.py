"""How annotations follow a change of the scheme: label A becomes B, value x becomes y, role r becomes s."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from annotator.model.records import ArticleLabel, Attributes, Frame, Span, SuggestedFrame, SuggestedSpan
from annotator.model.scheme import Attribute, Label, Scheme

Labelled = Span | Frame | ArticleLabel | SuggestedSpan | SuggestedFrame
R = TypeVar("R", bound=Labelled)
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LabelCarry:
    """What becomes of the records of one label; names that are not listed stay as they are."""

    label: str
    """What the label is called now."""
    attributes: Names = field(default_factory=dict)
    values: Mapping[str, Names] = field(default_factory=dict)
    """By the attribute's name before."""
    unset: Names = field(default_factory=dict)
    """By the attribute's name now: what is written where nothing was set, because the default is another."""
    roles: Names = field(default_factory=dict)

    @property
    def is_idle(self) -> bool:
        """Whether nothing but (perhaps) the label's name changes."""
        return not (self.attributes or self.values or self.unset or self.roles)


@dataclass(frozen=True, slots=True)
class Carry:
    """What becomes of all records, by the label that they carry before."""

    labels: Mapping[str, LabelCarry] = field(default_factory=dict)

    def label(self, name: str) -> str:
        """Return what a label is called now."""
        found = self.labels.get(name)
        return found.label if found is not None else name

    def carried(self, record: R) -> R:
        """Return the record as it is under the new scheme."""
        rule = self.labels.get(record.label)
        if rule is None:
            return record
        changed: dict[str, Any] = {"label": rule.label}
        if not rule.is_idle:
            changed["attributes"] = _attributes(rule, record.attributes)
            if rule.roles and isinstance(record, Frame | SuggestedFrame):
                roles = (end._replace(role=rule.roles.get(end.role, end.role)) for end in record.roles)
                changed["roles"] = tuple(dict.fromkeys(roles))
        if all(getattr(record, name) == value for name, value in changed.items()):
            return record
        return replace(record, **changed)


def _attributes(rule: LabelCarry, before: Attributes) -> Attributes:
    found = dict(rule.unset)
    for name, value in before.items():
        now = rule.attributes.get(name, name)
        if now in found and now != name and now in before:
            continue  # both were set: the attribute that stays says what holds
        found[now] = rule.values.get(name, {}).get(value, value)
    return found


def rule_between(
    before: Label,
    after: Label,
    attributes: Names | None = None,
    values: Mapping[str, Names] | None = None,
    roles: Names | None = None,
) -> LabelCarry | None:
    """Return how records of one label follow into another, so that each still says what it said.

    Where nothing was set, the default held: it is written out where the default is another now.
    """
    attributes, values, unset = attributes or {}, values or {}, dict[str, str]()
    for old in before.attributes:
        name = attributes.get(old.name, old.name)
        new = after.attribute(name)
        held = values.get(old.name, {}).get(old.default, old.default)
        is_own = name == old.name or before.attribute(name) is None
        if new is not None and is_own and _differs(old, new, held):
            unset[name] = held
    rule = LabelCarry(after.name, attributes, values, unset, roles or {})
    return None if rule.is_idle and after.name == before.name else rule


def _differs(old: Attribute, new: Attribute, held: str) -> bool:
    if new.kind == "text":
        return old.kind == "choice"  # what held unwritten would be no text at all
    return new.default != held and held in new.values


def narrowed(before: Label, after: Label | None, carry: Carry) -> bool:
    """Tell whether a record that was allowed may be refused now, once it has been carried."""
    if after is None or after.kind != before.kind or (before.discontinuous and not after.discontinuous):
        return True
    rule = carry.labels.get(before.name, LabelCarry(after.name))
    if before.name != after.name and before.name not in carry.labels:
        return True
    return _attributes_narrowed(before, after, rule) or _roles_narrowed(before, after, rule, carry)


def _attributes_narrowed(before: Label, after: Label, rule: LabelCarry) -> bool:
    names = [rule.attributes.get(old.name, old.name) for old in before.attributes]
    if len(set(names)) < len(names):
        return True
    for old, name in zip(before.attributes, names, strict=True):
        new = after.attribute(name)
        if new is None:
            return True
        became = rule.values.get(old.name, {})
        held = {became.get(value, value) for value in old.values}
        if new.kind == "choice" and (old.kind != "choice" or not held <= set(new.values)):
            return True
    return False


def _roles_narrowed(before: Label, after: Label, rule: LabelCarry, carry: Carry) -> bool:
    targets = [rule.roles.get(old.name, old.name) for old in before.roles]
    if len(set(targets)) < len(targets):
        return True
    for old, name in zip(before.roles, targets, strict=True):
        new = after.role(name)
        if new is None or (old.other_articles and not new.other_articles):
            return True
        if not {carry.label(end) for end in old.ends} <= set(new.ends):
            return True
        if new.most is not None and (old.most is None or old.most > new.most):
            return True
    return False


def to_check(before: Scheme, after: Scheme, carry: Carry) -> frozenset[str]:
    """Return the labels, by their names before, whose records have to be looked at one by one."""
    return frozenset(
        one.name for one in before.labels if narrowed(one, after.label(carry.label(one.name)), carry)
    )


def fitted(one: SuggestedSpan | SuggestedFrame, scheme: Scheme) -> SuggestedSpan | SuggestedFrame:
    """Return a suggestion without what its label has no place for."""
    label = scheme.label(one.label)
    if label is None:
        return one
    kept = {name: value for name, value in one.attributes.items() if _has(label.attribute(name), value)}
    if isinstance(one, SuggestedSpan):
        return one if kept == one.attributes else replace(one, attributes=kept)
    roles = tuple(end for end in one.roles if label.role(end.role) is not None)
    return one if (kept, roles) == (one.attributes, one.roles) else replace(one, attributes=kept, roles=roles)


def _has(attribute: Attribute | None, value: str) -> bool:
    return attribute is not None and (attribute.kind == "text" or value in attribute.values)
