"""Walking through suggestions and articles: one key decides and moves on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.model.article_filter import ArticleFilter
from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import (
    ArticleContent,
    Fragment,
    Frame,
    Shown,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.said import ended
from annotator.model.scheme import Scheme
from annotator.model.steps import step_of
from annotator.ui import looking
from annotator.ui.along import say_along
from annotator.ui.article_view.view import ArticleView
from annotator.ui.deciding import Deciding
from annotator.ui.panels.names import names_of
from annotator.ui.panels.sure_dialog import SureDialog
from annotator.ui.panels.words import joined
from annotator.ui.passing import Passing, is_passed, passed_words
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.project import Project

_Waiting = SuggestedSpan | SuggestedFrame
_NEAR = 400
"""Letters within which the parts of a frame are brought to sight together."""
_DECISION, _FURTHER = "decision", "further"
"""What keys wait for: that a decision is saved, that the next article with suggestions is found."""


class Walking(QObject):
    """Goes from suggestion to suggestion, across articles at the end, and from article to article."""

    picker_wanted = Signal()
    """Enter was pressed where no suggestion is, and the person wants the label picker then."""

    def __init__(
        self,
        session: Session,
        view: ArticleView,
        scheme: Callable[[], Scheme | None],
        passing: Passing,
        key: Callable[[str], str],
    ) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._scheme = scheme
        self._passing = passing
        self._key = key
        self._deciding = Deciding(session, self._show, key)
        self._enter, self._idle = "next", "say"
        self._sorted: tuple[ArticleContent, Scheme, Sequence[_Waiting]] | None = None
        """What waits in the article as it is now; thousands of frames are not put in order at each step."""
        self._arriving: tuple[Id, int] | None = None
        """The article on its way to be walked, and which way."""
        session.content_changed.connect(self._on_content)
        session.travelled.connect(self._on_travelled)

    def set_enter(self, enter: str, idle: str) -> None:
        """Say what Enter does on a suggestion and elsewhere; see `CHOICES` of the settings."""
        self._enter, self._idle = enter, idle

    def next(self) -> None:
        """Choose the next suggestion."""
        self._walk(1)

    def previous(self) -> None:
        """Choose the suggestion before."""
        self._walk(-1)

    def accept(self) -> None:
        """Accept the suggestion that is chosen or under the caret, and go on; an adjudicator decides so."""
        if self._deciding.take() or self._deciding.go_on(self._view.caret):
            return  # a suggestion that the caret happens to stand in is not what an adjudicator decides on
        self._decide(is_accepted=True)

    def decide_agreed(self) -> None:
        """Let an adjudicator decide at once where all agree."""
        self._deciding.take_agreed()

    def reject(self) -> None:
        """Reject it and go on."""
        self._decide(is_accepted=False)

    def decide(self, suggestion: Id, is_accepted: bool) -> None:
        """Accept or reject a suggestion and go on; a part of a frame that waits on is stayed at."""
        content = self._session.content
        found = content.record(suggestion) if content is not None else None
        if content is None or not isinstance(found, _Waiting):
            return
        frame = looking.waiting_frame_of(content, found.id) if isinstance(found, SuggestedSpan) else None
        if frame is not None:
            self._decide_part(content, frame, found, is_accepted=is_accepted)
        else:
            self._decide_on(found, is_accepted=is_accepted)
            self._view.setFocus()  # the keys that are named on both answers are heard there

    def _decide_part(
        self, content: ArticleContent, frame: SuggestedFrame, part: _Waiting, *, is_accepted: bool
    ) -> None:
        here, ids = self._order(content)(frame), [part.id]

        def _then(changes: Changes) -> None:
            if any(one.after is not None and one.after.id == frame.id for one in changes.of(SuggestedFrame)):
                self._go_on_from(here)  # a claim takes its frame along
            elif is_accepted:
                taken = (one.after for one in changes.changes if isinstance(one.after, SuggestedSpan))
                self._session.choose(next((one.became for one in taken), None))
            say_along(self._session, self._scheme(), part, changes)

        self._session.do(lambda project: project.accept(ids) if is_accepted else project.reject(ids), _then)

    def go_on(self) -> None:
        """Go on from a frame that was just taken, as accepting it would have."""
        content = self._session.content
        found = content.record(self._session.chosen) if content is not None else None
        if content is None or found is None or self._enter == "stay":
            return
        suggested = (one for one in content.suggested_frames if one.became == found.id)
        self._go_on_from(self._order(content)(next(suggested, found)))

    def accept_all(self) -> None:
        """Accept everything that waits in this article, as one step."""
        ids = [one.id for one in self._waiting()]
        if ids:
            self._session.do(lambda project: project.accept(ids))
        else:
            self._session.warned.emit(self.tr("No suggestions wait in this article."))

    def accept_sure(self) -> None:
        """List the sure suggestions of this article, and accept those that stay ticked, as one step."""
        content, scheme = self._session.content, self._scheme()
        sure = [one for one in self._waiting() if step_of(one.score) == "sure"]
        if content is None or scheme is None or not sure:
            self._session.warned.emit(self.tr("No sure suggestions wait in this article."))
            return
        names = names_of(content, scheme)
        SureDialog(self._session, names, sure, self._view, self._go_to_rest).open()

    def _go_to_rest(self) -> None:
        """Choose the next of what is not sure."""
        following = self._from_caret(1)
        if following is not None and self._enter != "stay":
            self._show(following)

    def next_article(self) -> None:
        """Mark this article as done, and open the next one at its first suggestion."""
        article = self._session.at
        if article is None:
            return
        if not self._session.read_only:
            self._session.do(lambda project: project.set_reading(article, "done"))
            if list(self._session.order[-1:]) == [article]:
                self._session.warned.emit(self.tr("Marked as done; this is the last article."))
                return
            self._session.warned.emit(self.tr("Marked as done; {0} takes it back.").format(self._key("undo")))
        self._session.next_article()
        if (following := self._session.at) is not None and following != article:
            self._arriving = (following, 1)

    def previous_article(self) -> None:
        """Open the article before this one."""
        self._session.previous_article()

    def _waiting(self) -> Sequence[_Waiting]:
        content, scheme = self._session.content, self._scheme()
        if content is None or scheme is None:
            return ()
        if self._sorted is None or self._sorted[0] is not content or self._sorted[1] is not scheme:
            self._sorted = content, scheme, looking.suggestions(content, scheme)
        return self._sorted[2]

    def _order(self, content: ArticleContent) -> Callable[[Shown], looking.Order]:
        return looking.order_in(content, self._scheme())

    def _stops(self) -> list[_Waiting]:
        """Return what is gone to of that."""
        passed = self._passing.labels
        return [one for one in self._waiting() if not is_passed(one, passed)]

    def _current(self) -> _Waiting | None:
        content, scheme = self._session.content, self._scheme()
        if content is None or scheme is None:
            return None
        found = content.record(self._session.chosen)
        if isinstance(found, SuggestedSpan):
            return looking.waiting_frame_of(content, found.id) or found
        if isinstance(found, SuggestedFrame):
            return found
        here = looking.suggestion_at(content, scheme, self._view.caret)
        # Where the last one was decided, the caret may stand in a name, which Enter is not to take unseen.
        return None if here is not None and is_passed(here, self._passing.labels) else here

    @property
    def has_answer(self) -> bool:
        """Tell whether accepting means something: for what waits, or for what an adjudicator decides on."""
        return self._current() is not None or self._deciding.is_possible

    def _decide(self, *, is_accepted: bool) -> None:
        current = self._current()
        if current is None:
            self._decide_nothing(is_accepted=is_accepted)
        else:
            self._decide_on(current, is_accepted=is_accepted)

    def _decide_on(self, current: _Waiting, *, is_accepted: bool) -> None:
        content = self._session.content
        if content is None:
            return
        here, stays = self._order(content)(current), is_accepted and self._enter == "stay"
        ids, place = [current.id], self._place()

        def _then(changes: Changes) -> None:
            # Where the person is somewhere else by now, there they stay.
            if place == self._place():
                if stays:
                    self._stay(changes)
                else:
                    self._go_on_from(here)
            say_along(self._session, self._scheme(), current, changes)
            self._session.held.emit(_DECISION, False)

        # The next key decides on what comes next, not once more on this one.
        self._session.held.emit(_DECISION, True)
        self._session.do(lambda project: project.accept(ids) if is_accepted else project.reject(ids), _then)

    def _place(self) -> tuple[Id | None, int, Fragment | None]:
        """Return where the person is: article, caret and selection."""
        return self._session.at, self._view.caret, self._view.selection

    def _decide_nothing(self, *, is_accepted: bool) -> None:
        """Do what the person wants where no suggestion is; rejecting nothing is never anything else."""
        if is_accepted and self._idle == "walk":
            self._walk(1)
        elif is_accepted and self._idle == "pick":
            self.picker_wanted.emit()
        elif not self._stops():
            self._say_end()
        else:
            said = self.tr("No suggestion is chosen: {0} goes to the next one.")
            self._say(said.format(self._key("next_suggestion")))

    def _stay(self, changes: Changes) -> None:
        """Choose what came of the suggestion; of a frame with its spans, the frame."""
        made = [one.after for one in (*changes.of(Frame), *changes.of(Span)) if one.before is None]
        if made and made[0] is not None:
            self._session.choose(made[0].id)

    def _go_on_from(self, here: looking.Order) -> None:
        """Go to what waits behind a place now: a stance may have taken the attribution of its claim along."""
        content, stops, at = self._session.content, self._stops(), 0
        if content is not None:
            at = bisect_right(stops, here, key=self._order(content))
        if stops:
            self._show(stops[at % len(stops)])  # behind the last one, what was passed by
        elif self._enter == "across":
            self._look_further(1)
        else:
            self._session.choose(None)
            self._say_end()

    def _say_end(self) -> None:
        said = self.tr("No more suggestions here: {0} marks the article as done, {1} goes on without.")
        self._say(said.format(self._key("next_article"), self._key("next_suggestion")))

    def _nothing_further(self, step: int) -> str:
        if self._session.proposer.is_at_work:
            return self.tr("Nothing to go to yet: suggestions are on their way.")
        if self._stops():
            if step > 0:
                said = self.tr("No suggestions wait further on; {0} goes to those before.")
                return said.format(self._key("previous_suggestion"))
            said = self.tr("No suggestions wait before; {0} goes to those further on.")
            return said.format(self._key("next_suggestion"))
        if step < 0:
            return self.tr("No suggestions wait any more, here and before.")
        return self.tr("No suggestions wait any more, here and further on.")

    def _say(self, said: str) -> None:
        """Say why there is nothing to go to, and how many names of the article are passed over."""
        words = passed_words(len(self._waiting()) - len(self._stops()))
        self._session.warned.emit(joined([said, ended(words) if words else ""], " "))

    def _walk(self, step: int) -> None:
        current = self._current()
        following = self._after(current, step) if current is not None and self._is_chosen(current) else None
        if current is None or not self._is_chosen(current):
            following = self._from_caret(step)
        if following is not None:
            self._show(following)
        else:
            self._look_further(step)

    def _is_chosen(self, current: _Waiting) -> bool:
        return self._session.chosen == current.id or any(
            end.end == self._session.chosen for end in getattr(current, "roles", ())
        )

    def _after(self, current: _Waiting, step: int) -> _Waiting | None:
        waiting, passed = self._waiting(), self._passing.labels
        at = next((at for at, one in enumerate(waiting) if one.id == current.id), -1)
        rest = waiting[at + 1 :] if step > 0 else waiting[: max(at, 0)][::-1]
        return next((one for one in rest if not is_passed(one, passed)), None)

    def _from_caret(self, step: int) -> _Waiting | None:
        content, waiting = self._session.content, self._stops()
        if content is None or not waiting:
            return None
        at = bisect_left(waiting, self._view.caret, key=partial(looking.place_of, content))
        return waiting[at % len(waiting) if step > 0 else at - 1]

    def _show(self, one: _Waiting | Span | Frame) -> None:
        """Choose it, and let the caret come along, so that every key means what is seen."""
        content = self._session.content
        if content is not None:
            self._view.select(None)
            place = looking.place_of(content, one)
            self._view.reveal(_end_near(content, one, place))
            self._view.caret = place
        self._session.choose(one.id)

    def _look_further(self, step: int) -> None:
        """Open the next article of the list in which suggestions wait."""
        content, order = self._session.content, self._session.order
        if content is None or content.article.id not in order:
            return
        at = order.index(content.article.id)
        rest = order[at + 1 :] if step > 0 else order[:at][::-1]
        hidden = looking.not_offered(self._scheme()) | self._passing.labels

        def _next_with_suggestions(project: Project) -> Id | None:
            waiting = set(project.article_ids(where=ArticleFilter(suggestions=True, hidden=hidden)))
            return next((one for one in rest if one in waiting), None)

        def _go(article: Id | None) -> None:
            self._session.held.emit(_FURTHER, False)
            if article is None:
                self._say(self._nothing_further(step))
            else:
                self._arriving = (article, step)
                self._session.open_article(article)

        def _fail(error: Exception) -> None:
            self._session.held.emit(_FURTHER, False)
            self._session.tell(error)

        self._session.held.emit(_FURTHER, True)
        self._session.ask(_next_with_suggestions, _go, _fail)

    def _on_travelled(self, changes: Changes) -> None:
        """Go to what an undo or redo brought back, so that the next key means that again."""
        content = self._session.content
        found = looking.brought_back(content, changes) if content is not None else None
        if found is not None:
            self._show(found)

    def _on_content(self, content: ArticleContent | None) -> None:
        article, step = self._arriving or (None, 0)
        if content is None or content.article.id != article:
            if self._session.at != article:
                self._arriving = None
            return
        self._arriving = None
        stops = self._stops()
        if stops:
            self._show(stops[0] if step > 0 else stops[-1])


def _end_near(content: ArticleContent, one: _Waiting | Span | Frame, start: int) -> int:
    """Return the last letter of what stands at `start`, without parts that are told elsewhere."""
    ends = {end.end for end in one.roles} if isinstance(one, Frame | SuggestedFrame) else {one.id}
    near = (
        span.end for span in content.every_span if span.id in ends and start <= span.start < start + _NEAR
    )
    return max(start, max(near, default=start) - 1)
