"""An adjudicator decides between annotators: one key makes what another one made the decided one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from sys import maxsize

from PySide6.QtCore import QObject

from annotator.model.alike import Outline, is_same, outline
from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import (
    Annotator,
    ArticleContent,
    Fragment,
    Frame,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.ui import looking
from annotator.ui.panels.words import joined
from annotator.ui.saying import several
from annotator.ui.session import Session


class Deciding(QObject):
    """Decides for the chosen span or frame of another annotator, and goes on to the next frame."""

    def __init__(
        self, session: Session, show: Callable[[Span | Frame], None], key: Callable[[str], str]
    ) -> None:
        super().__init__(session)
        self._key = key
        self._session = session
        self._show = show

    @property
    def is_possible(self) -> bool:
        """Tell whether what is chosen is another annotator's, and who is at work decides on that."""
        content = self._session.content
        found = content.record(self._session.chosen) if content is not None else None
        return isinstance(found, Span | Frame) and is_to_decide(found, self._session.annotator)

    def take(self) -> bool:
        """Decide for what is chosen; tells whether there was something to decide."""
        chosen = self._session.chosen
        if chosen is None or not self.is_possible:
            return False
        self._session.do(lambda project: project.people.decide_for(chosen), self._go_on)
        return True

    def take_agreed(self) -> None:
        """Decide at once for all that the others made in the same way in this article."""
        content, mine = self._session.content, self._session.annotator
        if content is None or mine is None:
            return
        if not mine.is_adjudicator:
            self._session.warned.emit(
                self.tr("Only an adjudicator decides: “Annotators…” in the menu “Project” says who is one.")
            )
            return
        article = content.article.id
        self._session.do(lambda project: project.people.decide_agreed(article), self._say_agreed)

    def _say_agreed(self, changes: Changes) -> None:
        """Say how much was decided, and what is left."""
        content, mine = self._session.content, self._session.annotator
        if content is None or mine is None:
            return
        counts = (("{n} frame(s)", Frame), ("{n} span(s)", Span))
        new = [(words, sum(one.before is None for one in changes.of(kind))) for words, kind in counts]
        made = joined([several(words, count) for words, count in new if count], ", ")
        said = self.tr("Decided where all agree: {0}.").format(made)
        more = self._left(content, undecided(content, mine), mine)
        self._session.warned.emit(joined([said, more], " "))

    def go_on(self, at: int) -> bool:
        """Go to the first frame from a place on for which nothing is decided, where no suggestion is chosen.

        Tells whether there is anything of others to decide on, also where all of it is decided by now: the
        key that decided on the last one is not to take, once more, a suggestion under the caret.
        """
        content, mine = self._session.content, self._session.annotator
        if content is None or mine is None or not mine.is_adjudicator:
            return False
        is_suggested = isinstance(content.record(self._session.chosen), SuggestedSpan | SuggestedFrame)
        if is_suggested or all(one.annotator == mine.id for one in content.frames):
            return False
        left = undecided(content, mine)
        if left:
            self._begin(content, left, mine, at)
        else:
            self._session.warned.emit(self._left(content, left, mine))
        return True

    def _begin(self, content: ArticleContent, left: Sequence[Frame], mine: Annotator, at: int) -> None:
        self._show(next((one for one in left if looking.place_of(content, one) >= at), left[0]))
        enter = self.tr("{key} decides on this one as it stands.").format(key=self._key("accept"))
        self._session.warned.emit(joined([enter, self._left(content, left, mine)], " "))

    def _go_on(self, changes: Changes) -> None:
        """Go to the next frame on which nothing is decided; where there is none, stay on what was made."""
        content, mine = self._session.content, self._session.annotator
        added = (one.after for one in (*changes.of(Frame), *changes.of(Span)) if one.before is None)
        made = next((one for one in added if isinstance(one, Span | Frame)), None)
        if content is None or made is None or mine is None:
            return
        left = undecided(content, mine)
        place = partial(looking.place_of, content)
        here = place(made)
        later = (one for one in left if place(one) >= here)
        following = next(later, left[0] if left else None)
        if following is None or isinstance(made, Span):
            self._session.choose(made.id)
        else:
            self._show(following)
        more = self._left(content, left, mine)
        self._session.warned.emit(joined([self.tr("Decided as it stands."), more], " "))

    def _left(self, content: ArticleContent, left: Sequence[Frame], mine: Annotator) -> str:
        """Return how much there is left to decide; where no frame is, what else is, and what ends it."""
        if left:
            return several("{n} frame(s) of this article left.", len(left))
        alone = len(_undecided_spans(content, mine.id))
        spans = several("{n} span(s) outside of frames left: choose one to decide on it.", alone)
        done = self.tr("No frame is left here; {key} marks the article as done.")
        return joined([done.format(key=self._key("next_article")), spans if alone else ""], " ")


def is_to_decide(found: Span | Frame, mine: Annotator | None) -> bool:
    """Tell whether who is at work is an adjudicator, and this another one's."""
    return mine is not None and mine.is_adjudicator and found.annotator != mine.id


def undecided(content: ArticleContent, mine: Annotator | None) -> list[Frame]:
    """Return the frames of others, in text order, that an adjudicator has not decided on; else none."""
    if mine is None or not mine.is_adjudicator:
        return []
    places = {span.id: span.fragments for span in content.spans}
    shapes = {one.id: outline(one.label, one.attributes, one.roles, places) for one in content.frames}
    own = [shapes[one.id] for one in content.frames if one.annotator == mine.id]
    reaching = [(*_reach(one), one) for one in own]
    others = (one for one in content.frames if one.annotator != mine.id)
    left = [one for one in others if not _has_twin(shapes[one.id], reaching)]
    return sorted(left, key=partial(looking.place_of, content))


def _has_twin(shape: Outline, own: Sequence[tuple[int, int, Outline]]) -> bool:
    """Tell whether a frame is the same as another; only those that reach to its words can be."""
    first, last = _reach(shape)
    return any(start < last and first < end and is_same(one, shape) for start, end, one in own)


def _reach(shape: Outline) -> tuple[int, int]:
    """Return from where to where the words of a frame reach; without words, over all of the text."""
    pieces = [piece for spans in shape.words.values() for span in spans for piece in span]
    return min((one.start for one in pieces), default=0), max((one.end for one in pieces), default=maxsize)


def _undecided_spans(content: ArticleContent, mine: Id) -> set[tuple[str, tuple[Fragment, ...]]]:
    """Return what others labelled outside of frames and the own spans have not."""
    ends = {end.end for one in content.frames for end in one.roles}
    others = (one for one in content.spans if one.annotator != mine and one.id not in ends)
    own = {(one.label, one.fragments) for one in content.spans if one.annotator == mine}
    return {(one.label, one.fragments) for one in others} - own
