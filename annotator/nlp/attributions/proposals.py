"""What was found, as proposals: spans with their attributes, frames with roles and links."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan
from annotator.nlp.attributions.found import Bounds, Found


class _Spans:
    """The spans proposed so far; what two frames share is proposed once."""

    def __init__(self) -> None:
        self.made: list[ProposedSpan] = []
        self._known: dict[tuple[str, tuple[Bounds, ...]], int] = {}

    def add(self, label: str, fragments: tuple[Bounds, ...], one: Found) -> int:
        """Return the number of a span."""
        key = (label, fragments)
        if key not in self._known:
            self._known[key] = len(self.made)
            self.made.append(ProposedSpan(label, fragments, round(one.score, 3), one.reason))
        return self._known[key]


def proposals_of(found: Sequence[Found]) -> Proposals:
    """Return spans and frames."""
    spans = _Spans()
    numbers = {id(one): at for at, one in enumerate(found)}
    frames = []
    for one in found:
        roles = [("claim", spans.add("CLAIM", tuple(sorted(one.claim)), one))]
        roles += [
            (role, spans.add(role.upper(), (part,), one))
            for role, part in (("source", one.source), ("cue", one.cue))
            if part is not None
        ]
        links = tuple(
            (role, numbers[id(other)])
            for role, other in (("parent", one.parent), ("continues", one.continues))
            if other is not None
        )
        frames.append(ProposedFrame("ATTRIBUTION", tuple(roles), round(one.score, 3), one.reason, {}, links))
    return Proposals(tuple(spans.made), tuple(frames))
