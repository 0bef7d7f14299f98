"""What the movement keys do: the caret, the selection, the edges of what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject

from annotator.model import places
from annotator.model.records import Fragment, Frame, Span, SuggestedSpan
from annotator.model.same import same_span
from annotator.model.units import TextUnits
from annotator.ui import looking
from annotator.ui.another import own_part
from annotator.ui.article_view.caret import Edge, moved_edge, with_fragment
from annotator.ui.article_view.view import ArticleView
from annotator.ui.prompt import Prompt
from annotator.ui.session import Session


class Moving(QObject):
    """Passes movement keys on to the article view."""

    def __init__(
        self, session: Session, view: ArticleView, prompt: Prompt, key: Callable[[str], str]
    ) -> None:
        super().__init__(view)
        self._key = key
        self._session = session
        self._view = view
        self._prompt = prompt

    def focus(self) -> None:
        """Let the text hear the keys."""
        self._view.setFocus()

    def clear(self) -> None:
        """Drop selection first, then the choice."""
        self._prompt.stop()
        if self._view.selection is not None:
            self._view.select(None)
        else:
            self._session.choose(None)

    def right(self) -> None:
        """Go one token on."""
        self._view.move_caret("token", 1)

    def left(self) -> None:
        """Go one token back."""
        self._view.move_caret("token", -1)

    def down(self) -> None:
        """Go one line down."""
        self._view.move_caret("line", 1)

    def up(self) -> None:
        """Go one line up."""
        self._view.move_caret("line", -1)

    def sentence_right(self) -> None:
        """Go one sentence on."""
        self._view.move_caret("sentence", 1)

    def sentence_left(self) -> None:
        """Go one sentence back."""
        self._view.move_caret("sentence", -1)

    def paragraph_down(self) -> None:
        """Go one paragraph on."""
        self._view.move_caret("paragraph", 1)

    def paragraph_up(self) -> None:
        """Go one paragraph back."""
        self._view.move_caret("paragraph", -1)

    def page_down(self) -> None:
        """Go one page on."""
        self._view.move_caret("page", 1)

    def page_up(self) -> None:
        """Go one page back."""
        self._view.move_caret("page", -1)

    def to_end(self) -> None:
        """Go to the end of the article."""
        self._view.move_caret("article", 1)

    def to_start(self) -> None:
        """Go to the start of the article."""
        self._view.move_caret("article", -1)

    def extend_right(self) -> None:
        """Select one token more."""
        self._view.move_caret("token", 1, extend=True)

    def extend_left(self) -> None:
        """Select one token back."""
        self._view.move_caret("token", -1, extend=True)

    def extend_down(self) -> None:
        """Select one line more."""
        self._view.move_caret("line", 1, extend=True)

    def extend_up(self) -> None:
        """Select one line back."""
        self._view.move_caret("line", -1, extend=True)

    def extend_sentence_right(self) -> None:
        """Select to the end of the sentence."""
        self._view.move_caret("sentence", 1, extend=True)

    def extend_sentence_left(self) -> None:
        """Select to the start of the sentence."""
        self._view.move_caret("sentence", -1, extend=True)

    def character_right(self) -> None:
        """Select one character more."""
        self._view.move_caret("token", 1, extend=True, characters=True)

    def character_left(self) -> None:
        """Select one character back."""
        self._view.move_caret("token", -1, extend=True, characters=True)

    def grow(self) -> None:
        """Take the next larger stretch."""
        self._view.grow()

    def shrink(self) -> None:
        """Take the next smaller stretch."""
        self._view.shrink()

    def next_quotation(self) -> None:
        """Go into the next quotation."""
        self._jump(places.quotations, 1, "quotation")

    def previous_quotation(self) -> None:
        """Go into the quotation before."""
        self._jump(places.quotations, -1, "quotation")

    def next_cue(self) -> None:
        """Go to the next word that shows that somebody speaks."""
        self._jump(places.cues, 1, "cue")

    def previous_cue(self) -> None:
        """Go to the word before that shows that somebody speaks."""
        self._jump(places.cues, -1, "cue")

    def next_name(self) -> None:
        """Go to the next name, date or number that is no entity yet."""
        self._jump(self.open_names, 1, "name")

    def previous_name(self) -> None:
        """Go to the name, date or number before that is no entity yet."""
        self._jump(self.open_names, -1, "name")

    def next_open(self) -> None:
        """Go to the next quotation or cue that is in no attribution yet."""
        self._jump(self.open_places, 1, "open")

    def previous_open(self) -> None:
        """Go to the quotation or cue before that is in no attribution yet."""
        self._jump(self.open_places, -1, "open")

    def overlap(self) -> None:
        """Choose the next of the spans that overlap here, then of the frames that they are parts of."""
        content, view = self._session.content, self._view
        if content is None:
            return
        spans = [
            one.id for one in view.page.column.marks.covering(*(view.selection or view.page.caret.token))
        ]
        frames = [frame.id for one in spans for frame in looking.frames_of(content, one)]
        here = list(dict.fromkeys((*spans, *frames)))
        if here:
            at = here.index(self._session.chosen) + 1 if self._session.chosen in here else 0
            self._session.choose(here[at % len(here)])
        else:
            self._session.warned.emit(self.tr("No span lies here."))

    def start_left(self) -> None:
        """Move the start of selection, chosen span or the chosen frame's part here to the left."""
        self._move_edge("start", -1)

    def start_right(self) -> None:
        """Move the start to the right."""
        self._move_edge("start", 1)

    def end_left(self) -> None:
        """Move the end to the left."""
        self._move_edge("end", -1)

    def end_right(self) -> None:
        """Move the end to the right."""
        self._move_edge("end", 1)

    def open_names(self, units: TextUnits, section: int) -> Iterable[Fragment]:
        """Return the names, dates and numbers of a section that are no entity yet."""
        content, scheme = self._session.content, self._session.scheme
        if content is None or scheme is None:
            return ()
        taken = looking.taken(content, {one.name for one in scheme.of("span", "entity")}, units, section)
        return (one for one in places.names(units, section) if not _is_in(one, taken))

    def open_places(self, units: TextUnits, section: int) -> Iterable[Fragment]:
        """Return the quotations and cues of a section that are in no attribution yet."""
        content = self._session.content
        if content is None:
            return ()
        cues = looking.taken(content, {looking.named(self._session.scheme, "CUE")}, units, section)
        claims = looking.taken(content, {looking.named(self._session.scheme, "CLAIM")}, units, section)
        empty = [one.stretch for one in content.nothing_here if one.stretch is not None]
        found = [one for one in places.cues(units, section) if not _is_in(one, cues)]
        starts = {one.start for one in claims}
        found += (
            one
            for one in places.quotations(units, section)
            if one.start not in starts and one.start - 1 not in starts
        )
        return (one for one in dict.fromkeys(found) if not _is_in(one, empty))

    def _move_edge(self, edge: Edge, step: int) -> None:
        part = self._part() if self._view.selection is None else None
        if part is None:
            self._select_suggestion()
            self._view.move_edge(edge, step)
            return
        caret = self._view.caret
        at = next(at for at, one in enumerate(part.fragments) if one.start <= caret < one.end)
        moved = self._moved_over(part, at, edge, step)
        if not moved.start <= caret < moved.end or caret == part.fragments[at].start:
            self._view.caret = moved.start
        self._view.edge_dragged.emit(part.id, with_fragment(part.fragments, at, moved))

    def _moved_over(self, part: Span, at: int, edge: Edge, step: int) -> Fragment:
        """Return a fragment with an edge moved, beyond words that are another such span already."""
        content, units = self._session.content, self._view.page.units
        others = [one for one in content.spans if one.id != part.id] if content is not None else []
        moved = moved_edge(units, part.fragments[at], edge, step)
        while same_span(others, part.annotator, part.label, with_fragment(part.fragments, at, moved)):
            further = moved_edge(units, moved, edge, step)
            if further == moved:
                break
            moved = further
            self._session.warned.emit(self.tr("Passed over words that have this label already."))
        return moved

    def _select_suggestion(self) -> None:
        """Select the words of the chosen suggested span, whose edges are not where they should be."""
        content = self._session.content
        found = content.record(self._session.chosen) if content is not None else None
        if isinstance(found, SuggestedSpan) and len(found.fragments) == 1 and self._view.selection is None:
            self._view.select(found.fragments[0])

    def _part(self) -> Span | None:
        """Return the chosen span, or the part of the chosen frame, that the caret stands in."""
        content, mine = self._session.content, self._session.annotator
        found = content.record(self._session.chosen) if content is not None else None
        caret = self._view.caret
        if isinstance(found, Frame) and content is not None and mine is not None:
            return own_part(content, found, caret, mine.id)
        is_here = isinstance(found, Span) and any(one.start <= caret < one.end for one in found.fragments)
        return found if isinstance(found, Span) and is_here else None

    def _jump(self, find: places.Find, step: int, kind: str) -> None:
        found = places.jump(self._view.page.units, find, self._view.caret, step)
        if found is None:
            self._session.warned.emit(self._nowhere(step, kind))
        else:
            self._view.caret = found.start

    def _nowhere(self, step: int, kind: str) -> str:
        """Say what there is none of, and the key that looks for it the other way."""
        what = {
            "quotation": self.tr("No quotation"),
            "cue": self.tr("No word of speaking"),
            "name": self.tr("No name, date or number without a label"),
            "open": self.tr("No quotation or word of speaking without an attribution"),
        }[kind]
        if step > 0:
            words, back = self.tr("{0} on the next pages: {1} looks backwards."), f"previous_{kind}"
        else:
            words, back = self.tr("{0} on the pages before: {1} looks forwards."), f"next_{kind}"
        return words.format(what, self._key(back))


def _is_in(one: Fragment, stretches: Iterable[Fragment]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in stretches)
