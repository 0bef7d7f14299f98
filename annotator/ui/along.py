"""Says what a decision on a suggestion brought along, maybe out of sight."""

from __future__ import annotations

from annotator.model.changes import Changes
from annotator.model.records import Frame, SuggestedFrame, SuggestedSpan
from annotator.model.scheme import Scheme
from annotator.ui.panels.names import names_of
from annotator.ui.panels.words import tr
from annotator.ui.session import Session

_WORDS = 90
"""Letters of what is said of a frame that was taken along."""


def say_along(
    session: Session, scheme: Scheme | None, decided: SuggestedSpan | SuggestedFrame, changes: Changes
) -> None:
    """Say which frames were taken or rejected along with a suggestion, if any."""
    content = session.content
    added = (one.after for one in changes.of(Frame) if one.before is None)
    taken = [one for one in added if isinstance(one, Frame) and one.label != decided.label]
    gone = [one.after for one in changes.of(SuggestedFrame) if one.after and one.after.id != decided.id]
    dropped = [one for one in gone if isinstance(one, SuggestedFrame) and one.state == "rejected"]
    if content is not None and scheme is not None and (taken or dropped):
        names = names_of(content, scheme)
        said = tr("Taken along, because the stance is on it: {0}. Undo takes both back.")
        if dropped and isinstance(decided, SuggestedSpan):
            said = tr("Rejected along, being about these words: {0}. Undo brings all back.")
        elif dropped:
            said = tr("Rejected along, being on its claim: {0}. Undo brings all back.")
        words = (names.frame(one, _WORDS) for one in taken or dropped)
        session.warned.emit(said.format("; ".join(words)))
