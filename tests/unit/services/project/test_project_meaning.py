"""Attributions, stances and suggestions in a project whose labels were renamed."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.model.records import Actor, RoleEnd
from annotator.model.scheme_edits import Place, RenameItem

NAMES = {
    "CLAIM": "ASSERTION", "SOURCE": "SPEAKER", "CUE": "VERB", "ATTRIBUTION": "REPORT", "STANCE": "VIEW",
    "PERSON": "HUMAN",
}  # fmt: skip


@pytest.fixture
def renamed(desk: Any) -> Any:
    """The project with other names for what the program knows."""
    for name, other in NAMES.items():
        desk.project.schemes.change(RenameItem(Place(name), other))
    return desk


def make(desk: Any) -> Any:
    desk.one_step(
        lambda: desk.project.add_attribution(
            desk.bridge,
            claim=[desk.at("“It is safe,”")],
            source=[desk.at("Mayor Ada Quist")],
            cue=[desk.at("said")],
        )
    )
    (frame,) = desk.content().frames
    return frame


def test_an_attribution_is_made_of_the_renamed_labels(renamed: Any) -> None:
    frame = make(renamed)
    assert frame.label == "REPORT"
    labels = {one.id: one.label for one in renamed.content().spans}
    found = {role: [labels[end] for end in frame.ends(role)] for role in ("claim", "source", "cue")}
    assert found == {"claim": ["ASSERTION"], "source": ["SPEAKER"], "cue": ["VERB"]}


def test_a_stance_is_made_and_its_holder_is_a_person(renamed: Any) -> None:
    renamed.span("HUMAN", "Ada Quist")
    frame = make(renamed)
    (claim,), (source,) = frame.ends("claim"), frame.ends("source")
    renamed.one_step(
        lambda: renamed.project.add_stance(
            renamed.bridge, holder=None, holder_mention=source, target=RoleEnd("target", "span", claim),
            value="deny",
        )
    )  # fmt: skip
    stance = next(one for one in renamed.content().frames if one.label == "VIEW")
    (holder,) = stance.ends("holder")
    assert [one.kind for one in renamed.project.actors() if one.id == holder] == ["person"]
    assert isinstance(renamed.get(holder), Actor)


def test_suggestions_under_the_old_names_come_under_the_new_ones(renamed: Any) -> None:
    claim, person = renamed.suggested("CLAIM", "“It is safe,”"), renamed.suggested("PERSON", "Ada Quist")
    frame = renamed.suggested_frame("ATTRIBUTION", ("claim", claim))
    renamed.propose(claim, person, frame, renamed.suggested("THEME", "The union"))
    content = renamed.content()
    assert {one.label for one in content.suggested_spans} == {"ASSERTION", "HUMAN"}
    assert [one.label for one in content.suggested_frames] == ["REPORT"]
    renamed.project.accept([frame.id])
    assert [one.label for one in renamed.content().frames] == ["REPORT"]
    renamed.propose(renamed.suggested("CLAIM", "“It is safe,”"))
    assert len([one for one in renamed.content().suggested_spans if one.state == "open"]) <= 1
