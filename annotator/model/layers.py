"""Which layer of the work a label belongs to: entities, attributions or stances."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from annotator.model.records import Layer
from annotator.model.scheme import Scheme
from annotator.model.suggesting import Proposals

LAYERS: tuple[Layer, ...] = ("attributions", "entities", "stances")
OF_FRAME: Mapping[str, Layer] = {"ATTRIBUTION": "attributions", "STANCE": "stances"}


def layer_of(label: str, scheme: Scheme) -> Layer:
    """Return the layer of a label; what is neither entity nor stance goes with the attributions."""
    known = scheme.label(label) or scheme.meant(label)  # a proposal has the name that the program knows
    if known is not None and known.kind == "span" and known.group == "entity":
        return "entities"
    return OF_FRAME.get(scheme.meaning(label), "attributions")


def only(proposals: Proposals, layers: Collection[str], scheme: Scheme) -> Proposals:
    """Return the proposals of some layers: their frames with all parts, and their spans."""
    frames = [at for at, one in enumerate(proposals.frames) if layer_of(one.label, scheme) in layers]
    parts = {number for at in frames for _, number in proposals.frames[at].roles}
    spans = [
        at for at, one in enumerate(proposals.spans) if at in parts or layer_of(one.label, scheme) in layers
    ]
    new_span = {at: number for number, at in enumerate(spans)}
    new_frame = {at: number for number, at in enumerate(frames)}
    return Proposals(
        tuple(proposals.spans[at] for at in spans),
        tuple(
            replace(
                one,
                roles=tuple((role, new_span[number]) for role, number in one.roles),
                links=tuple((role, new_frame[number]) for role, number in one.links if number in new_frame),
            )
            for one in (proposals.frames[at] for at in frames)
        ),
    )
