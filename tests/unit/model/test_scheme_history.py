"""Former names in a scheme are known by its versions; what was no rename is none."""

from __future__ import annotations

from itertools import accumulate

import pytest

from annotator.model.scheme import Attribute, Label, Role, Scheme
from annotator.model.scheme_editing import edited
from annotator.model.scheme_edits import (
    AddItem,
    MergeItem,
    MoveItem,
    Place,
    RemoveItem,
    RenameItem,
    ReplaceScheme,
    SchemeEdit,
)
from annotator.model.scheme_history import former_names

TONE = Place("SLANT", "attribute", "tone")
SCHEME = Scheme(
    "t",
    "T",
    (
        Label("SLANT", "span", attributes=(Attribute("tone", "choice", ("loaded", "ironic", "hedged")),)),
        Label("IRONY", "span"),
        Label("HINT", "frame", roles=(Role("at", ("SLANT",)), Role("from", ("span",)))),
    ),
)


def known(*edits: SchemeEdit) -> dict[tuple[str, ...], str]:
    versions = accumulate(edits, lambda scheme, edit: edited(scheme, edit, ()).scheme, initial=SCHEME)
    return former_names(list(versions))


def test_names_follow_through_several_renames() -> None:
    found = known(
        RenameItem(Place(*TONE[:3], "hedged"), "soft"),
        RenameItem(Place("SLANT"), "TILT"),
        RenameItem(Place("TILT", "attribute", "tone"), "sound"),
        RenameItem(Place("HINT", "role", "at"), "on"),
        AddItem(Place(), Label("NEW", "span")),
        RenameItem(Place("TILT", "attribute", "sound", "soft"), "mild"),
        RenameItem(Place("TILT"), "LEAN"),
    )
    assert found == {
        ("SLANT",): "LEAN",
        ("TILT",): "LEAN",
        ("LEAN", "attribute", "tone"): "sound",
        ("LEAN", "attribute", "sound", "hedged"): "mild",
        ("LEAN", "attribute", "sound", "soft"): "mild",
        ("HINT", "role", "at"): "on",
    }


@pytest.mark.parametrize(
    "edit",
    [
        MoveItem(Place("SLANT"), 1),
        MergeItem(Place("IRONY"), "SLANT"),
        RemoveItem(Place(*TONE[:3], "hedged")),
        ReplaceScheme(Scheme("t", "T", (Label("OTHER", "span"), SCHEME.labels[1]))),
        ReplaceScheme(Scheme("t", "T", (Label("A", "span"), Label("B", "span")))),
    ],
)
def test_other_changes_are_no_renames(edit: SchemeEdit) -> None:
    assert known(edit) == {}
