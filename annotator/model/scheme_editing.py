"""Does one edit of a scheme: the new scheme and how annotations follow, or a refusal in a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from annotator.model.errors import NotAllowed, UserError
from annotator.model.scheme import GENERIC_ENDS, Attribute, Label, Role, Scheme, check_scheme
from annotator.model.scheme_carry import Carry, LabelCarry, Names, rule_between
from annotator.model.scheme_edits import (
    AddItem,
    ChangeItem,
    MergeItem,
    MoveItem,
    Place,
    RemoveItem,
    RenameItem,
    ReplaceScheme,
    RetireItem,
    SchemeEdit,
    beside,
    item_at,
)
from annotator.model.scheme_meaning import merged, renamed
from annotator.model.scheme_parts import (
    attribute_at,
    label_at,
    with_ends,
    with_label,
    with_named,
    with_values,
    without,
)
from annotator.model.scheme_replacing import widened

Named = TypeVar("Named", Label, Attribute, Role)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_KINDS = {"span": "spans", "frame": "frames", "article": "whole articles"}


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit makes of a scheme."""

    scheme: Scheme
    carry: Carry


def edited(scheme: Scheme, edit: SchemeEdit, used: Collection[str] = ()) -> Edited:
    """Return the scheme after an edit; raises NotAllowed with the reason where it would break.

    `used` names the labels that annotations or suggestions carry; only `ReplaceScheme` asks for them.
    """
    if not isinstance(edit, AddItem | ReplaceScheme) and item_at(scheme, edit.at) is None:
        raise NotAllowed("The scheme has no “{own}” (any more).", own=edit.at.own)
    found = _done(scheme, edit, used)
    _check(found.scheme)
    if not isinstance(edit, ReplaceScheme):
        _keep_a_label(scheme, found.scheme)
    return found


def _done(scheme: Scheme, edit: SchemeEdit, used: Collection[str]) -> Edited:
    match edit:
        case AddItem():
            found = Edited(_added(scheme, edit), Carry())
        case ChangeItem(at):
            found = _followed(scheme, _changed(scheme, edit), at)
        case RenameItem(at, to):
            found = _renamed(scheme, at, _name(to, at.kind))
        case MoveItem(at, number):
            found = _followed(scheme, _moved(scheme, at, number), at)
        case MergeItem():
            found = _merged(scheme, edit)
        case RetireItem(at, retired):
            found = Edited(_retired(scheme, at, retired), Carry())
        case RemoveItem(at):
            found = Edited(_removed(scheme, at), Carry())
        case ReplaceScheme(new):
            found = _replaced(scheme, widened(scheme, new, used))
    return found


# --- names and facts -----------------------------------------------------------------------------


def _name(text: str, kind: str) -> str:
    name = text.strip()
    if not name:
        raise NotAllowed("A {kind} needs a name.", kind=kind)
    if not name.isprintable():
        raise NotAllowed("The name of a {kind} is one line of plain text.", kind=kind)
    if kind == "label" and name in GENERIC_ENDS:
        raise NotAllowed(
            "“{name}” means any {what} in roles; a label needs another name.",
            name=name,
            what=name.replace("_", " "),
        )
    return name


def _added(scheme: Scheme, edit: AddItem) -> Scheme:
    to, item = edit.to, edit.item
    holder = item_at(scheme, to)
    if isinstance(item, str) and isinstance(holder, Attribute):
        return with_values(scheme, to, (*holder.values, _name(item, "value")))
    if isinstance(item, Label):
        return replace(scheme, labels=(*scheme.labels, _facts(replace(item, name=_name(item.name, "label")))))
    if not isinstance(holder, Label) or isinstance(item, str):
        raise NotAllowed("The scheme has no “{own}” (any more).", own=to.own)
    if isinstance(item, Attribute):
        named = replace(item, name=_name(item.name, "attribute"))
        return with_label(scheme, replace(holder, attributes=(*holder.attributes, named)))
    if holder.kind != "frame":
        raise NotAllowed(
            "{title} is no frame, and only frames have roles.", title=holder.title or holder.name
        )
    role = replace(item, name=_name(item.name, "role"))
    return with_label(scheme, replace(holder, roles=(*holder.roles, role)))


def _changed(scheme: Scheme, edit: ChangeItem) -> Scheme:
    at, item, before = edit.at, edit.item, item_at(scheme, edit.at)
    if isinstance(item, Scheme):
        return replace(scheme, title=item.title.strip(), guideline=item.guideline.strip())
    if isinstance(item, Label) and isinstance(before, Label):
        kept = replace(
            item, name=before.name, kind=before.kind, attributes=before.attributes, roles=before.roles
        )
        return with_label(scheme, _facts(replace(kept, retired=before.retired, means=before.means)))
    if isinstance(item, Role) and isinstance(before, Role):
        if item.most is not None and not 1 <= max(item.least, 1) <= item.most:
            raise NotAllowed(
                "The role {name} cannot take at least {least} and at most {most}.",
                name=before.name,
                least=item.least,
                most=item.most,
            )
        return with_named(scheme, at, replace(item, name=before.name, retired=before.retired))
    if isinstance(item, Attribute) and isinstance(before, Attribute) and item.kind != before.kind:
        is_choice = item.kind == "choice"
        values = tuple(dict.fromkeys(_name(one, "value") for one in item.values)) if is_choice else ()
        if is_choice and not values:
            raise NotAllowed("A choice needs a value.")
        return with_named(scheme, at, replace(before, kind=item.kind, values=values, retired_values=()))
    raise NotAllowed("{own} has nothing but its name and its place to change.", own=at.own)


def _facts(label: Label) -> Label:
    key = label.key.strip()
    if len(key) > 1 or (key and not key.isalnum()):
        raise NotAllowed("A key is one letter or digit, not “{key}”.", key=key)
    if label.colour and not _COLOUR.fullmatch(label.colour):
        raise NotAllowed("A colour is written like #3b6ea5, not “{colour}”.", colour=label.colour)
    guideline, title = label.guideline.strip(), " ".join(label.title.split())
    return replace(label, key=key, guideline=guideline, title=title)


# --- renaming, moving, merging -------------------------------------------------------------------


def _renamed(scheme: Scheme, at: Place, to: str) -> Edited:
    if to != at.own and item_at(scheme, at.renamed(to)) is not None:
        raise NotAllowed(
            "There is a {kind} {to} already: merge {own} into it, or take another name.",
            kind=at.kind,
            to=to,
            own=at.own,
        )
    one = {at.own: to}
    if at.kind == "label":
        labels = tuple(renamed(label, to) if label.name == at.label else label for label in scheme.labels)
        carry = Carry({at.label: LabelCarry(to)} if to != at.label else {})
        return Edited(with_ends(replace(scheme, labels=labels), one), carry)
    if at.kind == "value":
        found = item_at(scheme, at.parent)
        assert isinstance(found, Attribute)
        after = with_values(scheme, at.parent, tuple(one.get(value, value) for value in found.values))
        retired = tuple(one.get(value, value) for value in found.retired_values)
        after = with_named(after, at.parent, replace(attribute_at(after, at), retired_values=retired))
        return _followed(scheme, after, at, values={at.name: one})
    item = item_at(scheme, at)
    assert isinstance(item, Attribute | Role)
    after = with_named(scheme, at, replace(item, name=to))
    return _named_followed(scheme, after, at, one)


def _moved(scheme: Scheme, at: Place, number: int) -> Scheme:
    names = list(beside(scheme, at))
    names.remove(at.own)
    names.insert(min(max(number, 0), len(names)), at.own)
    if at.kind == "label":
        places = [place for place, one in enumerate(scheme.labels) if one.name in names]
        labels = list(scheme.labels)
        for place, name in zip(places, names, strict=True):
            found = scheme.label(name)
            assert found is not None
            labels[place] = found
        return replace(scheme, labels=tuple(labels))
    if at.kind == "value":
        return with_values(scheme, at.parent, tuple(names))
    label = label_at(scheme, at)
    if at.part == "role":
        return with_label(scheme, replace(label, roles=_in_order(label.roles, names)))
    return with_label(scheme, replace(label, attributes=_in_order(label.attributes, names)))


def _in_order(items: Sequence[Named], names: Sequence[str]) -> tuple[Named, ...]:
    return tuple(sorted(items, key=lambda one: names.index(one.name)))


def _merged(scheme: Scheme, edit: MergeItem) -> Edited:
    at, into = edit.at, edit.into
    target = item_at(scheme, at.renamed(into))
    if target is None or into == at.own:
        raise NotAllowed(
            "{own} can be merged into another {kind} only; “{into}” is none.",
            own=at.own,
            kind=at.kind,
            into=into,
        )
    one = {at.own: into}
    if at.kind == "label":
        before, after = label_at(scheme, at), label_at(scheme, Place(into))
        if before.kind != after.kind:
            raise NotAllowed(
                "{own} is for {these} and {into} for {those}: they cannot become one.",
                own=at.own,
                these=_KINDS[before.kind],
                into=into,
                those=_KINDS[after.kind],
            )
        rule = rule_between(before, after) or LabelCarry(into)
        joined = with_label(without(with_ends(scheme, one), at), merged(before, after))
        return Edited(joined, Carry({at.label: rule}))
    after_merge = without(_joined(scheme, at, into), at)
    if at.kind == "value":
        return _followed(scheme, after_merge, at, values={at.name: one})
    return _named_followed(scheme, after_merge, at, one)


def _joined(scheme: Scheme, at: Place, into: str) -> Scheme:
    """Return the scheme with the target taking what the merged attribute or role takes."""
    before, after = item_at(scheme, at), item_at(scheme, at.renamed(into))
    if isinstance(before, Attribute) and isinstance(after, Attribute):
        if before.kind != after.kind:
            raise NotAllowed(
                "{own} and {into} hold different things: one is a choice, the other is text.",
                own=at.own,
                into=into,
            )
        values = tuple(dict.fromkeys((*after.values, *before.values)))
        return with_named(scheme, at.renamed(into), replace(after, values=values))
    if isinstance(before, Role) and isinstance(after, Role):
        ends = tuple(dict.fromkeys((*after.ends, *before.ends)))
        others = before.other_articles or after.other_articles
        return with_named(scheme, at.renamed(into), replace(after, ends=ends, other_articles=others))
    return scheme


def _named_followed(before: Scheme, after: Scheme, at: Place, one: Names) -> Edited:
    if at.part == "role":
        return _followed(before, after, at, roles=one)
    return _followed(before, after, at, attributes=one)


def _followed(
    before: Scheme,
    after: Scheme,
    at: Place,
    *,
    attributes: Names | None = None,
    values: Mapping[str, Names] | None = None,
    roles: Names | None = None,
) -> Edited:
    """Return what an edit makes, with the rule for a label's records where it was inside of that."""
    if not at.part:
        return Edited(after, Carry())
    rule = rule_between(label_at(before, at), label_at(after, at), attributes, values, roles)
    return Edited(after, Carry({} if rule is None else {at.label: rule}))


# --- retiring, removing, replacing ---------------------------------------------------------------


def _retired(scheme: Scheme, at: Place, retired: bool) -> Scheme:
    item = item_at(scheme, at)
    if isinstance(item, Label):
        # A key that nothing offers would be lost to the others.
        return with_label(scheme, replace(item, retired=retired, key="" if retired else item.key))
    if isinstance(item, Attribute | Role):
        return with_named(scheme, at, replace(item, retired=retired))
    attribute = attribute_at(scheme, at)
    if retired and at.value == attribute.default:
        raise NotAllowed(
            "{value} holds wherever nothing is set, because it is the first value of {name}:"
            " move another value to the first place before.",
            value=at.value,
            name=at.name,
        )
    gone = [one for one in attribute.retired_values if one != at.value]
    kept = tuple([*gone, at.value] if retired else gone)
    return with_named(scheme, at.parent, replace(attribute, retired_values=kept))


def _removed(scheme: Scheme, at: Place) -> Scheme:
    if at.kind == "scheme":
        raise NotAllowed("A project needs a scheme.")
    if at.kind == "value" and at.value == attribute_at(scheme, at).default:
        raise NotAllowed(
            "{value} holds wherever nothing is set, because it is the first value of {name}:"
            " merge it into another one, or move another one to the first place before.",
            value=at.value,
            name=at.name,
        )
    if at.kind != "label":
        return without(scheme, at)
    alone = [
        f"{label.name}.{role.name}"
        for label in scheme.labels
        for role in label.roles
        if set(role.ends) == {at.label} and label.name != at.label
    ]
    if alone:
        raise NotAllowed(
            "Only {label} can fill {alone}: let it take something else before.",
            label=at.label,
            alone=", ".join(alone),
        )
    labels = tuple(
        replace(label, roles=tuple(_without_end(role, at.label) for role in label.roles))
        for label in scheme.labels
        if label.name != at.label
    )
    return replace(scheme, labels=labels)


def _without_end(role: Role, end: str) -> Role:
    return replace(role, ends=tuple(one for one in role.ends if one != end))


def _replaced(before: Scheme, after: Scheme) -> Edited:
    rules: dict[str, LabelCarry] = {}
    for old in before.labels:
        new = after.label(old.name)
        rule = rule_between(old, new) if new is not None else None
        if rule is not None:
            rules[old.name] = rule
    return Edited(after, Carry(rules))


# --- what holds of every scheme ------------------------------------------------------------------


def _keep_a_label(before: Scheme, after: Scheme) -> None:
    for kind, what in _KINDS.items():
        had = any(not one.retired for one in before.labels if one.kind == kind)
        if had and not any(not one.retired for one in after.labels if one.kind == kind):
            raise NotAllowed("That is the last label for {what}: add another one before.", what=what)


def _check(scheme: Scheme) -> None:
    _check_keys(scheme)
    try:
        check_scheme(scheme)
    except UserError as error:
        raise NotAllowed("That would break the scheme: {error}.", error=error) from error
    offered = {one.name for one in scheme.labels if not one.retired} | set(GENERIC_ENDS)
    for label in scheme.labels:
        for role in label.roles if not label.retired else ():
            if not role.retired and not offered & set(role.ends):
                raise NotAllowed(
                    "Nothing could fill {label}.{role} then: let it take something else before.",
                    label=label.name,
                    role=role.name,
                )


def _check_keys(scheme: Scheme) -> None:
    keys: dict[tuple[bool, str], Label] = {}
    for label in scheme.labels:
        place = label.group == "entity", label.key.lower()
        other = keys.setdefault(place, label)
        if label.key and other is not label:
            raise NotAllowed(
                "{one} and {other} would have the same key: {key}.",
                one=label.title or label.name,
                other=other.title or other.name,
                key=label.key,
            )
