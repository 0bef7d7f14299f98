"""Says for which layer a stretch of an article can be recorded as read and empty."""

from __future__ import annotations

from annotator.model.ids import Id
from annotator.model.layers import LAYERS, OF_FRAME
from annotator.model.records import ArticleContent, Fragment, Layer, Span
from annotator.model.scheme import Scheme


def layer_left(
    content: ArticleContent, scheme: Scheme, annotator: Id, stretch: Fragment | None
) -> Layer | None:
    """Return the layer in which an annotator has marked nothing here, and recorded nothing yet.

    "all" when nothing at all is marked; None when every layer has something or is recorded. Without a
    stretch it is the whole article.
    """
    spans = [one for one in content.spans if one.annotator == annotator and _is_in(one, stretch)]
    marked = {layer for one in spans for layer in _layers_of(one, content, scheme)}
    recorded = {
        one.layer for one in content.nothing_here if (one.annotator, one.stretch) == (annotator, stretch)
    }
    if not marked and not recorded:
        return "all"
    if "all" in recorded:
        return None
    return next((one for one in _layers(scheme) if one not in marked | recorded), None)


def _layers(scheme: Scheme) -> list[Layer]:
    """Return the layers that a scheme has labels for."""
    frames = {layer for name, layer in OF_FRAME.items() if scheme.named(name)}
    return [one for one in LAYERS if one in frames or (one == "entities" and scheme.of("span", "entity"))]


def _layers_of(span: Span, content: ArticleContent, scheme: Scheme) -> set[Layer]:
    label = scheme.label(span.label)
    if label is not None and label.group == "entity":
        return {"entities"}
    layers = {scheme.named(name): layer for name, layer in OF_FRAME.items()}
    frames = [one.label for one in content.frames if any(end.end == span.id for end in one.roles)]
    return {layers[one] for one in frames if one in layers} or {"attributions"}


def _is_in(span: Span, stretch: Fragment | None) -> bool:
    return stretch is None or any(
        start < stretch.end and stretch.start < end for start, end in span.fragments
    )
