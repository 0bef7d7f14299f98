"""An adjudicator decides between annotators: one key makes what another one made the decided one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from annotator.model.alike import outline, twin_of
from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import ArticleContent, Frame, Span
from annotator.ui import looking
from annotator.ui.panels.words import joined
from annotator.ui.saying import several
from annotator.ui.session import Session


class Deciding(QObject):
    """Decides for the chosen span or frame of another annotator, and goes on to the next frame."""

    def __init__(self, session: Session, show: Callable[[Span | Frame], None]) -> None:
        super().__init__(session)
        self._session = session
        self._show = show

    def take(self) -> bool:
        """Decide for what is chosen; tells whether there was something to decide."""
        content, mine = self._session.content, self._session.annotator
        found = content.record(self._session.chosen) if content is not None else None
        if mine is None or mine.kind != "adjudicator" or not isinstance(found, Span | Frame):
            return False
        if found.annotator == mine.id:
            return False
        chosen = found.id
        self._session.do(lambda project: project.people.decide_for(chosen), self._go_on)
        return True

    def begin(self, at: int) -> bool:
        """Go to the first frame from a place on for which nothing is decided; tells whether there is one."""
        content, mine = self._session.content, self._session.annotator
        if content is None or mine is None or mine.kind != "adjudicator":
            return False
        left, place = _undecided(content, mine.id), partial(looking.place_of, content)
        if left:
            self._show(next((one for one in left if place(one) >= at), left[0]))
            more = several("{n} frame(s) of this article left.", len(left))
            self._session.warned.emit(joined([self.tr("Enter decides on this one as it stands."), more], " "))
        return bool(left)

    def _go_on(self, changes: Changes) -> None:
        """Go to the next frame on which nothing is decided; where there is none, stay on what was made."""
        content = self._session.content
        added = (one.after for one in (*changes.of(Frame), *changes.of(Span)) if one.before is None)
        made = next((one for one in added if isinstance(one, Span | Frame)), None)
        if content is None or made is None:
            return
        left = _undecided(content, made.annotator)
        place = partial(looking.place_of, content)
        here = place(made)
        later = (one for one in left if place(one) >= here)
        following = next(later, left[0] if left else None)
        if following is None or isinstance(made, Span):
            self._session.choose(made.id)
        else:
            self._show(following)
        more = several("{n} frame(s) of this article left.", len(left))
        self._session.warned.emit(joined([self.tr("Decided as it stands."), more], " "))


def _undecided(content: ArticleContent, mine: Id) -> list[Frame]:
    """Return the frames of others, in text order, that are the same as none of the own ones."""
    places = {span.id: span.fragments for span in content.spans}
    shapes = {one.id: outline(one.label, one.attributes, one.roles, places) for one in content.frames}
    own = [(shapes[one.id], one) for one in content.frames if one.annotator == mine]
    others = (one for one in content.frames if one.annotator != mine)
    left = [one for one in others if twin_of(shapes[one.id], own) is None]
    return sorted(left, key=partial(looking.place_of, content))
