"""What the suggester of attributions proposes for a text, as lines that a test can compare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.model.suggesting import Proposals, ProposedFrame, SuggestInput
from annotator.nlp.attributions import SUGGESTER


def proposed(text: str, blocks: tuple[tuple[int, int, str], ...] = ()) -> Proposals:
    """Return the proposals for one text."""
    (found,) = SUGGESTER.load("").suggest([SuggestInput(text, blocks=blocks)])
    return found


@dataclass(frozen=True)
class Said:
    """A proposed frame with the words in its roles."""

    text: str
    found: Proposals
    frame: ProposedFrame

    def words(self, role: str) -> str:
        """Return the words in a role, pieces parted by an ellipsis."""
        number = dict(self.frame.roles).get(role)
        pieces = self.found.spans[number].fragments if number is not None else ()
        return " … ".join(self.text[start:end] for start, end in pieces)

    def of(self, role: str, attribute: str) -> str:
        """Return an attribute of the span in a role."""
        return self.found.spans[dict(self.frame.roles)[role]].attributes.get(attribute, "")

    def linked(self, role: str) -> Said | None:
        """Return the frame that a link leads to."""
        number = dict(self.frame.links).get(role)
        return Said(self.text, self.found, self.found.frames[number]) if number is not None else None

    @property
    def line(self) -> str:
        """Return "source | cue | claim"."""
        return " | ".join(self.words(role) for role in ("source", "cue", "claim"))


def frames(text: str, label: str = "ATTRIBUTION") -> Iterator[Said]:
    """Yield the proposed frames of a label."""
    found = proposed(text)
    return (Said(text, found, frame) for frame in found.frames if frame.label == label)


def stances(text: str) -> list[Said]:
    """Return the proposed stances."""
    return list(frames(text, "STANCE"))


def holder(one: Said) -> str:
    """Return who takes a side."""
    return dict(one.frame.actors)["holder"]


def sides(text: str) -> list[tuple[str, str]]:
    """Return the values of the proposed stances, each with what it is on."""
    return [(one.frame.attributes["value"], one.words("target")) for one in stances(text)]


def held_sides(text: str) -> list[tuple[str, str, str]]:
    """Return who takes which side on what; the writer is nobody."""
    return [(holder(one), one.frame.attributes["value"], one.words("target")) for one in stances(text)]


def lines(text: str) -> set[str]:
    """Return the lines of the proposed attributions."""
    return {one.line for one in frames(text)}


def said(text: str, start: str) -> Said:
    """Return the attribution whose line begins like this."""
    found = list(frames(text))
    return next((one for one in found if one.line.startswith(start)), None) or _missing(start, found)


def _missing(start: str, found: list[Said]) -> Said:
    raise AssertionError(f"{start!r} is not among {[one.line for one in found]}")
