"""What can be added at a place of a scheme, or made of it, and what has to be asked for that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from annotator.model.scheme import Attribute, Label, Role, Scheme
from annotator.model.scheme_edits import AddItem, ChangeItem, Place, item_at
from annotator.ui.panels.scheme_bar import SchemeBar
from annotator.ui.panels.scheme_words import SECTIONS, Section, kind_title
from annotator.ui.panels.words import tr
from annotator.ui.session import Session

_MOST = 40
"""Values in use that are proposed for a choice."""


@dataclass(frozen=True, slots=True)
class Addable:
    """One thing that can be added: how it is called, and where it goes."""

    title: str
    to: Place
    kind: str
    """`label`, `attribute`, `role` or `value`."""
    section: Section = ("span", "")


def addable(scheme: Scheme, place: Place, section: Section) -> list[Addable]:
    """Return what can be added while something is chosen, what is nearest to the choice first."""
    found = []
    label = scheme.label(place.label)
    if label is not None:
        attribute = label.attribute(place.name) if place.part == "attribute" else None
        if attribute is not None and attribute.kind == "choice":
            at = Place(place.label, "attribute", place.name)
            found.append(Addable(tr("Value of {0}…").format(place.name), at, "value"))
        title = label.title or label.name
        found.append(Addable(tr("Attribute of {0}…").format(title), Place(label.name), "attribute"))
        if label.kind == "frame":
            found.append(Addable(tr("Role of {0}…").format(title), Place(label.name), "role"))
    order = sorted(dict.fromkeys((*SECTIONS, section)), key=lambda one: one != section)
    return [
        *found,
        *(Addable(f"{kind_title(one)}…", Place(), "label", one) for one in order),
    ]


def ask_for(bar: SchemeBar, one: Addable, then: Callable[[AddItem], None]) -> None:
    """Ask for the name of what is to be added, and give the edit that adds it."""
    more = {"attribute": tr("Values, as in: yes, no"), "label": tr("Title")}
    text = one.title.rstrip("…")
    if one.kind == "attribute":
        asked = tr("{0}: its name, and its values with commas between; without values it is free text.")
        text = asked.format(text)
    hint = tr("Name in files, such as CLAIM") if one.kind == "label" else tr("Name")
    bar.ask_name(
        text,
        tr("Add"),
        lambda name, rest: then(AddItem(one.to, _made(one, name.strip(), rest.strip()))),
        name=hint,
        more=more.get(one.kind, ""),
        is_more_asked=one.kind == "attribute",
    )


def _made(one: Addable, name: str, rest: str) -> Label | Attribute | Role | str:
    if one.kind == "label":
        kind, group = one.section
        return Label(name, kind, rest, group=group)
    if one.kind == "attribute":
        values = _values(rest)
        return Attribute(name, "choice" if values else "text", values)
    return Role(name, ("span",)) if one.kind == "role" else name


def _values(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in text.split(",") if value.strip()))


def ask_kind(
    session: Session, bar: SchemeBar, place: Place, one: Attribute, then: Callable[[ChangeItem], None]
) -> None:
    """Give the edit that makes free text of a choice; for the other way, ask for the values first."""
    if one.kind == "choice":
        then(ChangeItem(place, Attribute(one.name, "text")))
        return

    def ask(used: tuple[str, ...]) -> None:
        text = tr("Make {0} a choice: its values with commas between. The first holds while none is set.")
        bar.ask_name(
            text.format(one.name),
            tr("Make it a choice"),
            lambda values, _: then(ChangeItem(place, Attribute(one.name, "choice", _values(values)))),
            name=tr("Values, as in: yes, no"),
        )
        bar.name.setText(", ".join(dict.fromkeys((tr("none"), *used[:_MOST]))))

    session.ask(lambda project: project.schemes.values_in_use(place), ask)


def place_of(edit: AddItem, scheme: Scheme) -> Place:
    """Return where the added thing will be."""
    name = edit.item if isinstance(edit.item, str) else edit.item.name
    if isinstance(item_at(scheme, edit.to), Attribute):
        return edit.to._replace(value=name)
    if isinstance(edit.item, Label):
        return Place(name)
    return Place(edit.to.label, "role" if isinstance(edit.item, Role) else "attribute", name)
