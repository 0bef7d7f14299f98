"""What a person may change of a scheme, as values; `scheme_editing` does them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from annotator.model.scheme import Attribute, Label, Role, Scheme

Part = Literal["", "attribute", "role"]
Item = Scheme | Label | Attribute | Role | str
"""A value of an attribute is a plain string."""


class Place(NamedTuple):
    """Where something is in a scheme; empty from the left on for the scheme itself."""

    label: str = ""
    part: Part = ""
    name: str = ""
    value: str = ""

    @property
    def kind(self) -> Literal["scheme", "label", "attribute", "role", "value"]:
        """What is there."""
        if self.value:
            return "value"
        return self.part or ("label" if self.label else "scheme")

    @property
    def own(self) -> str:
        """The name of what is there."""
        return self.value or self.name or self.label

    @property
    def parent(self) -> Place:
        """Where the thing is that holds it."""
        if self.value:
            return self._replace(value="")
        return Place(self.label) if self.part else Place()

    def renamed(self, name: str) -> Place:
        """Return the place of something beside it."""
        if self.value:
            return self._replace(value=name)
        return self._replace(name=name) if self.part else Place(name)


@dataclass(frozen=True, slots=True)
class AddItem:
    """Add a label to the scheme, an attribute or role to a label, a value to an attribute; as the last."""

    to: Place
    item: Label | Attribute | Role | str


@dataclass(frozen=True, slots=True)
class ChangeItem:
    """Give something other facts of its own; its name, and what it holds, stay as they are.

    An attribute becomes a choice of values, or free text, in which all that was set stays.
    """

    at: Place
    item: Scheme | Label | Attribute | Role


@dataclass(frozen=True, slots=True)
class RenameItem:
    """Give something another name; annotations follow."""

    at: Place
    to: str


@dataclass(frozen=True, slots=True)
class MoveItem:
    """Put something at another place among its like (0 is the first)."""

    at: Place
    number: int


@dataclass(frozen=True, slots=True)
class MergeItem:
    """Make one of two of a kind; annotations of the first become those of the second."""

    at: Place
    into: str


@dataclass(frozen=True, slots=True)
class RetireItem:
    """Offer something no more (or again); annotations keep it."""

    at: Place
    retired: bool = True


@dataclass(frozen=True, slots=True)
class RemoveItem:
    """Take something out that no annotation uses."""

    at: Place


@dataclass(frozen=True, slots=True)
class ReplaceScheme:
    """Let another scheme hold; what it lacks and annotations use is kept, retired."""

    scheme: Scheme


SchemeEdit = (
    AddItem | ChangeItem | RenameItem | MoveItem | MergeItem | RetireItem | RemoveItem | ReplaceScheme
)
_VERBS: Mapping[type[SchemeEdit], str] = {
    ChangeItem: "change",
    MoveItem: "move",
    RetireItem: "retire",
    RemoveItem: "remove",
}


def operation_name(edit: SchemeEdit) -> str:
    """Return how the list of what was done calls an edit."""
    return f"Scheme: {_said(edit)}"


def _said(edit: SchemeEdit) -> str:
    if isinstance(edit, AddItem):
        return f"add the {_called(edit.item)}" + (f" to {edit.to.own}" if edit.to.own else "")
    if isinstance(edit, ReplaceScheme):
        return f"take over “{edit.scheme.title or edit.scheme.name}”"
    own = edit.at.own or "title and guideline"
    if isinstance(edit, RenameItem):
        return f"rename {own} to {edit.to}"
    if isinstance(edit, MergeItem):
        return f"merge {own} into {edit.into}"
    if isinstance(edit, RetireItem) and not edit.retired:
        return f"bring back {own}"
    return f"{_VERBS[type(edit)]} {own}"


def _called(item: Item) -> str:
    kind = "value" if isinstance(item, str) else type(item).__name__.lower()
    return f"{kind} {item if isinstance(item, str) else item.name}"


def item_at(scheme: Scheme, place: Place) -> Item | None:
    """Return what is at a place; None when nothing is."""
    label = scheme.label(place.label)
    if place.kind == "scheme":
        return scheme
    if label is None or place.kind == "label":
        return label
    if place.kind == "role":
        return label.role(place.name)
    attribute = label.attribute(place.name)
    if place.kind == "attribute" or attribute is None:
        return attribute
    return place.value if place.value in attribute.values else None


def beside(scheme: Scheme, place: Place) -> tuple[str, ...]:
    """Return the names of what stands with something in one list, itself among them, in order.

    Of labels, those of the same kind and group: they are shown apart from the others.
    """
    item = item_at(scheme, place)
    if isinstance(item, Label):
        return tuple(one.name for one in scheme.of(item.kind, item.group))
    holder = item_at(scheme, place.parent)
    if isinstance(holder, Attribute):
        return holder.values
    if isinstance(holder, Label):
        return tuple(one.name for one in (holder.roles if place.part == "role" else holder.attributes))
    return ()
