"""Going from a panel to what one of its lines means: chosen, and in sight in the text."""

from __future__ import annotations

from annotator.model.ids import Id
from annotator.ui import looking
from annotator.ui.session import Session


def seek(session: Session, record: Id) -> None:
    """Choose a record of the open article, and let caret and text go to where it stands."""
    session.choose(record)
    content = session.content
    found = content.record(record) if content is not None else None
    if content is not None and found is not None:
        session.reveal(looking.place_of(content, found))
