"""A scheme with one part of it replaced or left out."""

from __future__ import annotations

from dataclasses import replace

from annotator.model.errors import NotAllowed
from annotator.model.scheme import Attribute, Label, Role, Scheme
from annotator.model.scheme_carry import Names
from annotator.model.scheme_edits import Place


def label_at(scheme: Scheme, at: Place) -> Label:
    """Return the label that is, or holds, what is at a place that exists."""
    found = scheme.label(at.label)
    assert found is not None
    return found


def attribute_at(scheme: Scheme, at: Place) -> Attribute:
    """Return the attribute that is, or holds, what is at a place that exists."""
    found = label_at(scheme, at).attribute(at.name)
    assert found is not None
    return found


def with_label(scheme: Scheme, label: Label) -> Scheme:
    """Return the scheme with this label in place of the one of its name."""
    return replace(scheme, labels=tuple(label if one.name == label.name else one for one in scheme.labels))


def with_named(scheme: Scheme, at: Place, item: Attribute | Role) -> Scheme:
    """Return the scheme with an attribute or role in place of the one at `at`."""
    label = label_at(scheme, at)
    if isinstance(item, Role):
        roles = tuple(item if one.name == at.name else one for one in label.roles)
        return with_label(scheme, replace(label, roles=roles))
    attributes = tuple(item if one.name == at.name else one for one in label.attributes)
    return with_label(scheme, replace(label, attributes=attributes))


def with_values(scheme: Scheme, at: Place, values: tuple[str, ...]) -> Scheme:
    """Return the scheme with other values of a choice."""
    attribute = attribute_at(scheme, at)
    if attribute.kind != "choice":
        raise NotAllowed("{name} is text and takes any value.", name=at.name)
    if values and values[0] in attribute.retired_values:
        raise NotAllowed(
            "{values} is retired: bring it back before it becomes the first value.", values=values[0]
        )
    return with_named(scheme, at, replace(attribute, values=values))


def with_ends(scheme: Scheme, renamed: Names) -> Scheme:
    """Return the scheme with other names of labels in what roles take."""
    labels = (
        replace(label, roles=tuple(replace(role, ends=_ends(role, renamed)) for role in label.roles))
        for label in scheme.labels
    )
    return replace(scheme, labels=tuple(labels))


def _ends(role: Role, renamed: Names) -> tuple[str, ...]:
    return tuple(dict.fromkeys(renamed.get(end, end) for end in role.ends))


def without(scheme: Scheme, at: Place) -> Scheme:
    """Return the scheme without what is at a place."""
    if at.kind == "label":
        return replace(scheme, labels=tuple(one for one in scheme.labels if one.name != at.label))
    if at.kind == "value":
        attribute = attribute_at(scheme, at)
        values = tuple(one for one in attribute.values if one != at.value)
        retired = tuple(one for one in attribute.retired_values if one in values[1:])
        return with_named(scheme, at.parent, replace(attribute, values=values, retired_values=retired))
    label = label_at(scheme, at)
    if at.part == "role":
        return with_label(
            scheme, replace(label, roles=tuple(one for one in label.roles if one.name != at.name))
        )
    attributes = tuple(one for one in label.attributes if one.name != at.name)
    return with_label(scheme, replace(label, attributes=attributes))
