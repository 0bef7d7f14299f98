"""Takes over another scheme without losing what annotations carry: what it lacks is kept, retired."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from annotator.model.errors import NotAllowed
from annotator.model.scheme import Attribute, Label, Role, Scheme
from annotator.model.scheme_meaning import kept_beside


def widened(before: Scheme, after: Scheme, used: Collection[str]) -> Scheme:
    """Return the new scheme, with what it lacks of the labels in use, retired."""
    found = [_widened(before.label(one.name), one, used) for one in after.labels]
    while True:
        # What was kept may have roles that only labels of the scheme before can fill.
        wanted = {*used, *(end for one in found for role in one.roles for end in role.ends)}
        known = {one.name for one in found}
        more = [one for one in before.labels if one.name in wanted - known]
        if not more:
            return replace(after, labels=tuple(found))
        found += [replace(kept_beside(one, found), retired=True, key="") for one in more]


def _widened(old: Label | None, new: Label, used: Collection[str]) -> Label:
    if old is None or old.name not in used:
        return new
    if old.kind != new.kind:
        raise NotAllowed(
            "{name} is a label for a {kind} here and for a {other} there, and annotations carry"
            " it: rename one of them before.",
            name=new.name,
            kind=old.kind,
            other=new.kind,
        )
    attributes = [_attribute(old.attribute(one.name), one) for one in new.attributes]
    attributes += [replace(one, retired=True) for one in old.attributes if new.attribute(one.name) is None]
    roles = [*new.roles, *_missing(old, new)]
    return replace(new, attributes=tuple(attributes), roles=tuple(roles))


def _attribute(old: Attribute | None, new: Attribute) -> Attribute:
    if old is None or new.kind == "text" or old.kind == "text":
        return new
    more = tuple(one for one in old.values if one not in new.values)
    retired = (*new.retired_values, *more)
    return replace(new, values=(*new.values, *more), retired_values=retired)


def _missing(old: Label, new: Label) -> list[Role]:
    return [replace(one, retired=True) for one in old.roles if new.role(one.name) is None]
