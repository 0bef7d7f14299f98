"""Layers of labels, and proposals of some layers alone."""

from __future__ import annotations

from annotator.model.layers import layer_of, only
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan

SCHEME = read_scheme(resource("schemes/default.toml"))
SPANS = tuple(
    ProposedSpan(label, ((at, at + 1),), 1.0, "")
    for at, label in enumerate(("PERSON", "CUE", "SOURCE", "CLAIM"))
)
ATTRIBUTION = ProposedFrame("ATTRIBUTION", (("cue", 1), ("claim", 3)), 1.0, "", links=(("continues", 1),))
STANCE = ProposedFrame("STANCE", (("holder_mention", 2), ("target", 3)), 1.0, "", links=(("about", 0),))
ALL = Proposals(SPANS, (ATTRIBUTION, STANCE))


def test_layers_of_labels() -> None:
    found = [layer_of(one, SCHEME) for one in ("PERSON", "CLAIM", "ATTRIBUTION", "STANCE", "UNKNOWN")]
    assert found == ["entities", "attributions", "attributions", "stances", "attributions"]


def test_all_layers_change_nothing() -> None:
    assert only(ALL, ("entities", "attributions", "stances"), SCHEME) == ALL


def test_stances_alone_keep_their_parts_and_lose_links_to_others() -> None:
    found = only(ALL, ("stances",), SCHEME)
    assert [one.label for one in found.spans] == ["SOURCE", "CLAIM"]
    (frame,) = found.frames
    assert (frame.label, frame.roles, frame.links) == ("STANCE", (("holder_mention", 0), ("target", 1)), ())


def test_entities_alone() -> None:
    found = only(ALL, ("entities",), SCHEME)
    assert ([one.label for one in found.spans], found.frames) == (["PERSON"], ())
