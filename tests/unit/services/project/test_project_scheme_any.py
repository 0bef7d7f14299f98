"""Any edits of a scheme, one after another: each said exactly, each taken back, the file always clean."""

from __future__ import annotations

import random
from typing import Any

import pytest

from annotator.model.job import run
from annotator.model.records import Frame, Span
from annotator.model.scheme import Attribute, Label, Role, Scheme
from annotator.model.scheme_edits import (
    AddItem,
    MergeItem,
    MoveItem,
    Place,
    RemoveItem,
    RenameItem,
    ReplaceScheme,
    RetireItem,
    SchemeEdit,
    beside,
)

STEPS = 16


@pytest.fixture
def labelled(desk: Any) -> Any:
    """The small project with records of every kind, set and unset values, suggestions."""
    claim = desk.span("CLAIM", "It is safe", "it stays open", attributes={"form": "mixed"})
    other = desk.span("CLAIM", "Quist said the bridge was sound")
    cue = desk.span("CUE", "said", attributes={"kind": "speech", "negated": "yes"})
    source = desk.span("SOURCE", "Mayor Ada Quist")
    desk.span("PERSON", "Ada Quist")
    desk.span("ORG", "Radio Six", article=desk.copy)
    outer = desk.frame("ATTRIBUTION", ("claim", claim), ("cue", cue), ("source", source))
    desk.frame("ATTRIBUTION", ("claim", other), ("parent", outer), attributes={"anonymity": "unnamed"})
    desk.frame("CONTRADICTS", ("claim", claim), ("claim", other))
    desk.project.articles.add_label(desk.bridge, "ARTICLE_KIND", {"kind": "interview"})
    proposed = desk.suggested("CUE", "doubted", attributes={"kind": "stance"})
    desk.propose(proposed, desk.suggested_frame("ATTRIBUTION", ("cue", proposed)))
    return desk


def places(scheme: Scheme) -> list[Place]:
    found = []
    for label in scheme.labels:
        found.append(Place(label.name))
        found += [Place(label.name, "role", one.name) for one in label.roles]
        for one in label.attributes:
            at = Place(label.name, "attribute", one.name)
            found += [at, *(at._replace(value=value) for value in one.values)]
    return found


def places_in_use(desk: Any) -> list[Place]:
    """Return where the scheme is used, and the values that hold because none is set."""
    found: set[Place] = set()
    for held in desk.everything().values():
        for one in held.values():
            label = desk.project.scheme.label(getattr(one, "label", ""))
            if label is None:
                continue
            found.add(Place(label.name))
            found |= {Place(label.name, "role", end.role) for end in getattr(one, "roles", ())}
            for attribute in label.attributes:
                at = Place(label.name, "attribute", attribute.name)
                value = one.attributes.get(attribute.name, attribute.default)
                found |= {at, at._replace(value=value)}
    return sorted(found)


def any_edit(dice: random.Random, desk: Any, number: int) -> SchemeEdit:
    scheme = desk.project.scheme
    at = dice.choice(places_in_use(desk) if dice.random() < 0.8 else places(scheme))
    label = scheme.label(at.label)
    assert label is not None
    kind = "frame" if label.kind == "frame" else "span"
    return dice.choice(
        [
            lambda: RenameItem(at, f"name{number}"),
            lambda: RenameItem(at, f"name{number}"),
            lambda: MoveItem(at, dice.randrange(4)),
            lambda: MergeItem(at, dice.choice(beside(scheme, at))),
            lambda: MergeItem(at, dice.choice(beside(scheme, at))),
            lambda: RetireItem(at, dice.random() < 0.7),
            lambda: RemoveItem(at),
            lambda: AddItem(Place(), Label(f"new{number}", "span")),
            lambda: AddItem(Place(at.label), Attribute(f"new{number}", "choice", ("a", "b"))),
            lambda: AddItem(Place(at.label), Role(f"new{number}", (kind,))),
            lambda: ReplaceScheme(
                Scheme("s", "S", tuple(dice.sample(scheme.labels, len(scheme.labels) // 2)))
            ),
        ]
    )()


def values(desk: Any) -> dict[Any, tuple[Any, ...]]:
    """Return what annotations say, whatever things are called: where, by whom, and how much is linked."""
    found = {}
    for kind in ("span", "frame"):
        for one in desk.everything()[kind].values():
            assert isinstance(one, Span | Frame)
            where = one.fragments if isinstance(one, Span) else tuple(end.end for end in one.roles)
            found[one.id] = (one.article, one.annotator, one.created, where)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_any_edits(labelled: Any, seed: int) -> None:
    desk, dice = labelled, random.Random(seed)
    schemes = desk.project.schemes
    first, before = desk.project.scheme, desk.everything(readings=False)
    said, done, touched = values(desk), 0, 0
    for number in range(STEPS):
        try:
            edit = any_edit(dice, desk, number)
        except IndexError:
            continue  # nothing stands beside it
        found, count = schemes.preview(edit), len(desk.project.history(1000))
        if found.refused:
            desk.refuses(found.refused[0][:20], lambda edit=edit: schemes.change(edit))
            continue
        changes = schemes.change(edit)
        written = len(desk.project.history(1000)) - count
        assert desk.project.scheme == found.scheme
        assert len(changes.changes) - written == found.annotations + found.suggestions
        assert values(desk) == said
        assert run(desk.project.check()) == ()
        done += written
        touched += found.annotations
    assert done > 5
    assert touched
    desk.reopen()
    for _ in range(done):
        desk.project.undo()
    assert (desk.project.scheme, desk.everything(readings=False)) == (first, before)
    assert run(desk.project.check()) == ()
