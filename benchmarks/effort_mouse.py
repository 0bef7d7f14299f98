"""Makes annotations by mouse alone: tries ways in the real window, takes them back, does the cheapest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from annotator.model.ids import Id, id_text
from annotator.model.records import Fragment, Frame, Span
from annotator.ui import looking
from benchmarks.effort_desk import Desk, NotMade, Press
from benchmarks.effort_gold import Attribution, Mark, Pieces, Stance, Words
from benchmarks.effort_hand import Hand
from benchmarks.effort_links import VALUES, Links
from benchmarks.effort_planner import MOST, Planner

_LABELS = {"claim": "label.CLAIM", "source": "label.SOURCE", "cue": "label.CUE"}
_ORDERS = (("claim", "source", "cue"), ("claim", "cue", "source"))
_PLACES = 4
"""Words at which a whole attribution is tried."""
_CANDIDATES = 3
_IMPLICIT = {"author": "1", "unnamed": "2", "not said": "3"}
_DRAGS = ("drag", "back", "letters")


class MousePlanner(Planner):
    """Makes one thing after another in the open article of a window."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand)
        self.hand = hand

    def cheapest(self, plans: Sequence[Callable[[], bool]], most: int = MOST) -> tuple[Press, ...] | None:
        """Try plans, and return the steps of the one that takes fewest."""
        best: tuple[Press, ...] | None = None
        for plan in plans:
            before = self.desk.count
            with self.desk.tried():
                bound, at = self.desk.most, len(self.desk.pressed)
                self.desk.most = min(bound, before.presses + most)
                try:
                    is_made = plan()
                    took = (self.desk.count - before).presses
                    if is_made and took <= most:
                        best, most = tuple(self.desk.pressed[at:]), took - 1
                except NotMade:
                    pass
                finally:
                    self.desk.most = bound
        return best

    def best(self, plans: Sequence[Callable[[], bool]]) -> None:
        """Do the plan that takes the fewest steps."""
        steps = self.cheapest(plans)
        if steps is None:
            raise NotMade
        self.desk.replay(steps)

    def step(self, *steps: str) -> None:
        """Do steps."""
        self.desk.press(steps)

    def entity(self, mark: Mark) -> None:
        """Drag over the words and press the label in the bar."""
        (piece,) = mark.pieces

        def _made() -> bool:
            self.step(f"entity {mark.label}")
            here = (one for one in self.desk.content.spans if one.fragments == mark.pieces)
            return any(one.label == mark.label for one in here)

        self.best([lambda drag=drag: self.drag(piece, drag) and _made() for drag in _DRAGS])  # type: ignore[misc]

    def drag(self, piece: Fragment, how: str) -> bool:
        """Drag over words; tell whether just these are selected."""
        self.step(f"{how} {piece.start} {piece.end}")
        return self.desk.window.view.selection == piece

    def select(self, piece: Fragment) -> None:
        """Drag over words in the first way that selects just these."""
        for how in _DRAGS:
            if self.cheapest([lambda how=how: self.drag(piece, how)]) is not None:  # type: ignore[misc]
                self.drag(piece, how)
                return
        raise NotMade

    # --- attributions --------------------------------------------------------------------------

    def attribution(self, wanted: Attribution) -> None:
        """Make claim, cue and source, the cheapest way found; only the wheel leads to the place."""
        there = self._made()
        plans = [
            lambda begin=begin, order=order: self._whole(wanted, begin, order, there)
            for begin in self._begin(wanted)
            for order in _ORDERS
        ]
        self.best(plans)
        if not self._is_made(wanted):
            raise NotMade

    def _begin(self, wanted: Attribution) -> Iterator[Callable[[], None]]:
        """Yield ways to begin: a click in the words and the button, or a drag over the claim."""
        pieces = [words[0] for words in (*wanted.claim, *wanted.cue, *wanted.source)]
        for piece in pieces[:_PLACES]:
            middle = self.words(piece)[len(self.words(piece)) // 2]
            for place in dict.fromkeys((piece.start, middle)):
                yield lambda place=place: self.step(f"click {place}", "tool attribution")  # type: ignore[misc]
        for words in wanted.claim[:1]:
            yield lambda words=words: self._select_and(words, "bar attribution")  # type: ignore[misc]

    def _select_and(self, pieces: Pieces, step: str) -> None:
        self.select(pieces[0])
        self.step(step)

    def _whole(
        self,
        wanted: Attribution,
        begin: Callable[[], None],
        order: Sequence[str],
        there: dict[Id, tuple[Words, ...]],
    ) -> bool:
        begin()
        is_made = self.chosen_id() not in there and self.fix(wanted, order)
        return is_made and there.items() <= self._made().items()

    def _ask_implicit(self, implicit: str) -> None:
        self.step("menu implicit", f"answer {_IMPLICIT[implicit]}")

    def _fix_part(self, frame: Id, role: str, wanted: Attribution) -> bool:
        """Try the ways to put one part right, and do the cheapest."""
        goal: Words = getattr(wanted, role)
        plans: list[Callable[[], bool]] = [
            lambda: self._label_again(frame, role, goal),
            lambda: self._drop_wrong(frame, role, goal) and self._label_again(frame, role, goal),
            lambda: self._unlink_wrong(frame, role, goal) and self._label_again(frame, role, goal),
        ]
        plans += (
            lambda number=number: self._candidate(frame, role, goal, number)  # type: ignore[misc]
            for number in range(1, _CANDIDATES)
        )
        steps = self.cheapest(plans)
        if steps is None:
            return False
        self.desk.replay(steps)
        return self.part(frame, role) == goal

    def _candidate(self, frame: Id, role: str, goal: Words, number: int) -> bool:
        self.step(*[f"menu {_LABELS[role]}"] * number)
        return self.part(frame, role) == goal

    def _label_again(self, frame: Id, role: str, goal: Words) -> bool:
        """Drag over the words that are not there yet and press the label, or + for further pieces."""
        for pieces in goal:
            held = next((one for one in self.part(frame, role) if set(one) < set(pieces)), ())
            if pieces in self.part(frame, role):
                continue
            for piece in (one for one in pieces if one not in held):
                is_first = not held and piece == pieces[0]
                self.select(piece)
                self.step(f"bar {_LABELS[role] if is_first else 'fragment'}")
        if self.chosen_id() != frame:
            self.choose(frame)
        return self.part(frame, role) == goal

    def _drop_wrong(self, frame: Id, role: str, goal: Words) -> bool:
        """Delete what was proposed and is not there, by the menu on its words; choose the frame again."""
        for span in self._spans(frame, role):
            if span.fragments not in goal:
                self.step(f"context {span.start} delete")
        if self.chosen_id() != frame:
            self.choose(frame)
        return set(self.part(frame, role)) <= set(goal)

    def _unlink_wrong(self, frame: Id, role: str, goal: Words) -> bool:
        """Take what is not there out of the role, as it is a part of others too."""
        ends = list(self.frame(frame).ends(role))
        spans = {one.id: one.fragments for one in self._spans(frame, role)}
        for at, end in reversed(list(enumerate(ends))):
            if spans[end] not in goal:
                self.step(f"unlink {role} {at}")
        return set(self.part(frame, role)) <= set(goal)

    def choose(self, record: Id) -> bool:
        """Choose a frame by its card."""
        if self.chosen_id() != record:
            if self.hand.is_page_hidden:
                self.step("page")
            self.step(f"card {self.hand.card_of(record)}")
        return self.chosen_id() == record


class MouseLinks(Links):
    """Fills roles and takes sides, for frames that a planner has made."""

    def __init__(self, planner: MousePlanner, desk: Desk) -> None:
        super().__init__(planner)
        self._mouse = planner
        self._desk = desk

    def _go_to_frame(self, frame: Frame) -> bool:
        return self._mouse.choose(frame.id)

    def _link_words(self, frame: Id, role: str, words: Fragment) -> None:
        there = [one for one in self._desk.content.spans if one.fragments == (words,)]
        if there:
            self._link_record(frame, role, *(one.id for one in there))
            return
        self._mouse.best([lambda: self._select_role(frame, role, words)])

    def _select_role(self, frame: Id, role: str, words: Fragment) -> bool:
        self._mouse.choose(frame)
        self._mouse.select(words)
        self._mouse.step("tool roles")
        self._mouse.step(f"answer {self._digit(role)}")
        return bool(self._mouse.frame(frame).ends(role))

    def _link_record(self, frame: Id, role: str, *records: Id) -> None:
        """Press the button, then what fills the role: in the text or the list; or drag to it."""
        plans = [lambda: self._drag_to(frame, role, records)]
        plans += (
            lambda digit=digit, way=way: self._link_by(frame, role, records, digit, way)  # type: ignore[misc]
            for digit in (False, True)
            for way in (self._by_hint, self._by_list)
        )
        self._mouse.best(plans)

    def _drag_to(self, frame: Id, role: str, records: Sequence[Id]) -> bool:
        target = self._desk.content.record(records[0])
        made = self._mouse.frame(frame)
        parts = [one for one in self._desk.content.spans if any(end.end == one.id for end in made.roles)]
        if not isinstance(target, Span) or not parts:
            return False
        self._mouse.step(f"link {parts[0].start} {target.start}")
        return self._is_linked(frame, role, records)

    def _link_by(
        self, frame: Id, role: str, records: Sequence[Id], digit: bool, way: Callable[[Sequence[Id]], None]
    ) -> bool:
        self._mouse.choose(frame)
        self._mouse.step("tool roles")
        if digit:
            self._mouse.step(f"answer {self._digit(role)}")
        way(records)
        return self._is_linked(frame, role, records)

    def _by_hint(self, records: Sequence[Id]) -> None:
        hints = self._desk.window.view.page.hints
        record = next((one for one in records if one in hints), None)
        if record is None:
            raise NotMade
        self._mouse.step(f"hint {id_text(record)}")

    def _by_list(self, records: Sequence[Id]) -> None:
        """Press the list and the line of a record, which has the words of its first part."""
        self._mouse.step("answer  ")
        popup, content = self._desk.popup, self._desk.content
        found = content.record(records[0])
        if popup is None or found is None:
            raise NotMade
        spans = [found] if isinstance(found, Span) else self._parts(found)
        words = [looking.words(content, one.fragments, 30).removesuffix("…") for one in spans]
        rows = range(popup.list.count())
        row = next((at for at in rows if all(one in popup.list.item(at).text() for one in words)), None)
        if row is None:
            raise NotMade
        self._mouse.step(f"pick {row}")

    def _parts(self, frame: object) -> list[Span]:
        ends = {end.end for end in frame.roles} if isinstance(frame, Frame) else set()
        return [one for one in self._desk.content.spans if one.id in ends]

    def _is_linked(self, frame: Id, role: str, records: Sequence[Id]) -> bool:
        return bool(set(records) & set(self._mouse.frame(frame).ends(role)))

    # --- stances -------------------------------------------------------------------------------

    def stance(self, wanted: Stance, frame: Frame | None) -> None:
        """Add a stance: choose whose if need be, press the button, turn to the target, press the value."""
        if wanted.target and not self._targets(wanted):
            self._mark(wanted)
        plans: list[Callable[[], bool]] = []
        for first in (None, frame) if frame is not None else (None,):
            for turn in ("", "hint", "next", "list"):
                plans.append(lambda first=first, turn=turn: self._take(wanted, first, turn))  # type: ignore[misc]  # noqa: PERF401
        self._mouse.best(plans)

    def _mark(self, wanted: Stance) -> None:
        """Label words that are in no attribution."""
        self._mouse.step("menu clear")
        self._mouse.select(wanted.target[0])
        self._mouse.step(f"bar label.{wanted.label}")

    def _take(self, wanted: Stance, frame: Frame | None, turn: str) -> bool:
        there = self._stances()
        if frame is not None:
            self._mouse.choose(frame.id)
        self._mouse.step("tool stance")
        self._turn_to(wanted, turn)
        if wanted.holder:
            self._mouse.step("answer 0")
            self._pick(wanted.holder, "")
        if not self._desk.window.prompt.is_waiting or not self._is_target(wanted):
            return False
        self._mouse.step(f"answer {VALUES.index(wanted.value) + 1}")
        return any(one.id not in there for one in self._desk.content.frames if self.is_made(one, wanted))

    def _turn_to(self, wanted: Stance, turn: str) -> None:
        if turn == "hint":
            self._by_hint(self._targets(wanted))
        elif turn == "next":
            self._mouse.step("answer \t")
        elif turn == "list":
            self._mouse.step("answer  ")
            self._pick(wanted.named or self._text(wanted.target), wanted.kind)

    def _pick(self, name: str, kind: str) -> None:
        popup = self._desk.popup
        if popup is None:
            raise NotMade
        said = " ".join(name.casefold().split())[:40]
        for at, one in enumerate(popup.choices):
            if said in one.text.casefold() and kind in ("", one.also):
                self._mouse.step(f"pick {at}")
                return
        raise NotMade
