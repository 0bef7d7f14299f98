"""Candidates for one part of a frame: the part's key takes the next one, then Tab goes through all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

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
from annotator.model.scheme import Label
from annotator.ui import looking
from annotator.ui.another import PARTS, Another, Pieces, Turn, another, another_claim, another_suggested
from annotator.ui.article_view.view import ArticleView
from annotator.ui.panels.words import both_ends
from annotator.ui.prompt import BACK, DROP, LEAVE, NEXT, TAKE, Answer, Prompt
from annotator.ui.session import Session

_CANDIDATE = "candidate"
"""What keys wait for: that a candidate is saved and shown."""
_NEXT = Turn()
_SHOWN = 60
"""Letters of a candidate that are said."""
Then = Callable[[Changes], None]


class Candidates(QObject):
    """Puts candidates in the place of a part, each at once; asks whether to stay with it."""

    kept = Signal()
    """The person stays with what was taken, and wants to go on."""

    def __init__(
        self,
        session: Session,
        view: ArticleView,
        prompt: Prompt,
        key: Callable[[str], str],
        choose_new: Callable[[Changes], None],
    ) -> None:
        super().__init__(view)
        self._session, self._view, self._prompt = session, view, prompt
        self._key, self._choose_new = key, choose_new
        self._asked_of: Id | None = None
        """The frame or claim that the question is about, while it is asked."""
        self._own = self._every = 0
        """How many operations there were since the first candidate: of our own, of anybody."""
        self._stood: int | None = None
        """Where the caret was when the frame was chosen or its part put: elsewhere it was moved to."""
        session.changed.connect(self._on_changed)
        session.chosen_changed.connect(self._on_chosen)
        prompt.ended.connect(self._on_ended)

    def take(self, content: ArticleContent, label: Label, turn: Turn = _NEXT) -> bool:
        """Take a candidate for a part of what is chosen, while the caret is at it; tell if it was so."""
        self._choose_whole(content, label)
        found = self._another(content, label, turn)
        moved, self._stood = self._stood != self._view.caret, self._view.caret
        if found is None:
            return False
        frame = content.record(self._session.chosen)
        is_there = found.held is not None
        if isinstance(frame, SuggestedFrame):
            is_there = any(end.role == found.role for end in frame.roles)
        mine = self._session.annotator
        if found.held is not None and mine is not None and found.held.annotator != mine.id:
            self._say(self.tr("This {0} is somebody else's: select the words first.").format(found.role))
        elif is_there and len(found.every) == 1:
            self._say_only(frame, found)
        elif moved and not turn.among and self._is_held(found):
            self._say_held(content, label, found)
        else:
            self._put(content, label, found)
        return True

    def _say_only(self, chosen: Shown | None, found: Another) -> None:
        """Say that there is no other candidate; of a frame, what is there may be taken out."""
        said = self.tr("No other {0} is seen here: select the words first.").format(found.role)
        drop = self._dropper(found.role) if isinstance(chosen, Frame) else None
        if drop is None:
            self._say(said)
        else:
            self._own = self._every = 0
            self._prompt.ask(said, {DROP: drop, TAKE: self._keeper}, passes=True, about=self._chosen_words())
            self._asked_of = self._session.chosen

    def _is_held(self, found: Another) -> bool:
        """Tell whether the caret is at words that are a source or cue already; in a claim it is anywhere."""
        return found.held is not None and found.role != "claim" and found.held.start == self._view.caret

    def _say_held(self, content: ArticleContent, label: Label, found: Another) -> None:
        """Say that the words gone to are that part already: who moved there means them, not others."""
        said = self.tr("“{0}” is the {1} already; {2} again takes another.")
        words = _shown(content, found.held.fragments if found.held else ())
        self._say(said.format(words, found.role, self._key(f"label.{label.name}")))

    def _choose_whole(self, content: ArticleContent, label: Label) -> None:
        """Choose the frame of a suggested part for the key of another part, which is not for these words."""
        chosen, scheme = content.record(self._session.chosen), self._session.scheme
        if scheme is None or self._view.selection is not None or not isinstance(chosen, SuggestedSpan):
            return
        frame = looking.waiting_frame_of(content, chosen.id, scheme.named("ATTRIBUTION"))
        is_other = chosen.label != label.name and scheme.meaning(label.name) in PARTS
        if frame is not None and is_other and looking.covers(chosen, self._view.caret):
            self._session.choose(frame.id)

    def _another(self, content: ArticleContent, label: Label, turn: Turn) -> Another | None:
        """Return the candidate that is wanted for a part of what is chosen."""
        chosen, scheme = content.record(self._session.chosen), self._session.scheme
        if self._view.selection is not None or scheme is None:
            return None
        units, caret, part = self._view.page.units, self._view.caret, scheme.meaning(label.name)
        if isinstance(chosen, SuggestedFrame):
            return another_suggested(content, units, chosen, part, caret, turn=turn)
        if isinstance(chosen, Frame) and chosen.label == scheme.named("ATTRIBUTION"):
            return another(content, units, chosen, part, caret, turn=turn)
        if isinstance(chosen, Span) and chosen.label == label.name == scheme.named("CLAIM"):
            return another_claim(units, chosen, caret, turn)
        return None

    def _put(self, content: ArticleContent, label: Label, found: Another) -> None:
        """Put a candidate in the place of what is there, and ask once it is saved."""
        if self._asked_of is None:
            self._own = self._every = 0
        chosen = content.record(self._session.chosen)
        words = _shown(content, found.pieces)
        question = self.tr("{0} {1} of {2}: “{3}”:")
        question = question.format(label.title or label.name, found.at + 1, len(found.every), words)
        is_at_hand = any(piece.start <= self._view.caret < piece.end for piece in found.pieces)
        if isinstance(chosen, SuggestedFrame) or found.held is None or not is_at_hand:
            self._view.caret = found.pieces[0].start

        def _put(changes: Changes) -> None:
            self._own += 1
            self._stood = self._view.caret
            if isinstance(chosen, SuggestedFrame):
                self._choose_new(changes)
            self._ask(label, found, question)
            self._session.held.emit(_CANDIDATE, False)

        # The next key means what is there then: another candidate, or something else done to the frame.
        self._session.held.emit(_CANDIDATE, True)
        self._do(content, label, found, chosen, _put)

    def _do(
        self, content: ArticleContent, label: Label, found: Another, chosen: Shown | None, then: Then
    ) -> None:
        pieces, held = found.pieces, found.held
        if isinstance(chosen, SuggestedFrame):
            frame, instead = chosen.id, (label.name, pieces)
            self._session.do(lambda project: project.accept([frame], instead), then)
            return
        within = chosen.id if isinstance(chosen, Frame) else None
        if held is not None:
            self._session.do(
                lambda project: project.change_span(held.id, fragments=pieces, frame=within), then
            )
        else:
            article, role = content.article.id, found.role
            self._session.do(
                lambda project: project.add_span(article, label.name, pieces, frame=within, role=role), then
            )

    # --- the question ----------------------------------------------------------------------------

    def _ask(self, label: Label, found: Another, question: str) -> None:
        """Ask whether to stay; every key but these ends the question and means what it always does."""
        drop = self._dropper(found.role)
        # Seen from where the caret is now they may be others, and none may be seen at all.
        on, back = Turn(1, found.every), Turn(-1, found.every)
        answers: dict[str, Answer] = {
            NEXT: (self.tr("another"), lambda: self._turn(label, on)),
            BACK: (self.tr("back"), lambda: self._turn(label, back)),
            TAKE: self._keeper,
            **({DROP: drop} if drop is not None else {}),
            LEAVE: (self.tr("as it was"), self._take_back),
        }
        key = self._key(f"label.{label.name}").lower()
        if len(key) == 1:  # the part's own key goes on as Tab does
            answers[key] = ("", lambda: self._turn(label, on))
        self._prompt.ask(question, answers, passes=True, about=self._chosen_words())
        self._asked_of = self._session.chosen

    @property
    def _keeper(self) -> Answer:
        return self.tr("keeps it, goes on"), self.kept.emit

    def _dropper(self, role: str) -> Answer | None:
        """Return what takes a part out of the chosen frame; nothing where it has no other part."""
        content = self._session.content
        frame = content.record(self._session.chosen) if content is not None else None
        if content is None or not isinstance(frame, Frame) or not frame.ends(role):
            return None
        part, others = frame.ends(role)[0], {end.end for end in frame.roles} - {frame.ends(role)[0]}
        rest = [one.start for one in content.spans if one.id in others]
        is_shared = len(looking.frames_of(content, part)) > 1

        def _drop() -> None:
            self._view.caret = self._stood = min(rest)  # where the keys of the other parts are heard
            self._session.do(
                lambda project: project.unlink(frame.id, role, part) if is_shared else project.remove([part]),
                lambda _: self._say(self.tr("Without a {0} now.").format(role)),
            )

        return (self.tr("takes it out"), _drop) if rest else None

    def _chosen_words(self) -> Fragment | None:
        """Return from where to where the chosen frame or claim goes, which the answers are not to cover."""
        content = self._session.content
        found = content.record(self._session.chosen) if content is not None else None
        ends = {end.end for end in found.roles} if isinstance(found, Frame) else {self._session.chosen}
        spans = [one for one in content.spans if one.id in ends] if content is not None else []
        return Fragment(min(one.start for one in spans), max(one.end for one in spans)) if spans else None

    def _turn(self, label: Label, turn: Turn) -> None:
        """Take the next candidate or the one before; what is put back then is what was there at first."""
        content = self._session.content
        self._asked_of = self._session.chosen
        if content is None or not self.take(content, label, turn):
            self._asked_of = None

    def _take_back(self) -> None:
        """Undo what the candidates did, unless something else was done in between."""
        for _ in range(self._own if self._own == self._every else 0):
            self._session.undo()

    def _on_changed(self, changes: Changes) -> None:
        self._every += bool(changes.changes or changes.many)

    def _on_chosen(self, chosen: Id | None) -> None:
        self._stood = self._view.caret
        if self._asked_of is not None and chosen != self._asked_of:
            self._prompt.stop()

    def _on_ended(self) -> None:
        self._asked_of = None

    def _say(self, text: str) -> None:
        self._session.warned.emit(text)


def _shown(content: ArticleContent, pieces: Pieces) -> str:
    """Return the words of a candidate as they are said."""
    return both_ends(looking.words(content, pieces, 10_000), _SHOWN)
