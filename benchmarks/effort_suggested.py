"""Decides suggestions as a person would: right ones taken, nearly right ones put right, others rejected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from annotator.model.ids import Id
from annotator.model.records import Frame, RoleEnd, SuggestedFrame, SuggestedSpan
from annotator.ui import looking
from benchmarks.effort_desk import Count, Desk, Press
from benchmarks.effort_gold import HEARD, Attribution, Mark, Stance, Words
from benchmarks.effort_planner import ORDERS, Planner

_MOST = 6
"""Presses that putting a suggestion right may take; with more, it is rejected and made from nothing."""


class Deciding:
    """Walks through what is suggested in an article, and keeps what is left to be made from nothing."""

    def __init__(
        self,
        planner: Planner,
        entities: Iterable[Mark],
        attributions: Iterable[Attribution],
        stances: Iterable[Stance],
        take_sides: Callable[[list[Stance]], None],
    ) -> None:
        """Begin; `take_sides` makes stances while their attribution is chosen, and drops them."""
        self._planner = planner
        self._take_sides = take_sides
        self._sides: list[Stance] = []
        self._desk: Desk = planner.desk
        self.entities, self.attributions, self.stances = [*entities], [*attributions], [*stances]
        self.taken: list[tuple[str, Count]] = []
        """What was made, by kind; rejecting counts to the next one of its kind."""
        self.right = 0
        """Attributions that were right as they were suggested."""
        self._spent: dict[str, Count] = defaultdict(Count)

    def walk(self) -> None:
        """Go from suggestion to suggestion until none waits."""
        while self._waits():
            before = self._desk.count
            if not isinstance(self._chosen(), SuggestedSpan | SuggestedFrame):
                # Where candidates for a part were gone through, Tab means these, and Enter goes on.
                self._desk.press(("Enter" if self._desk.window.prompt.is_waiting else "Tab",))
            found = self._chosen()
            kind = self._kind(found)
            is_made = self._decide(found)
            self._spent[kind] += self._desk.count - before
            if is_made:
                self.taken.append((kind, self._spent.pop(kind)))
            if self._sides:
                left = list(self._sides)
                self._take_sides(left)
                self.stances = [one for one in self.stances if one in left or one not in self._sides]
                self._sides = []

    def _waits(self) -> bool:
        scheme = self._desk.session.scheme
        return scheme is not None and bool(looking.waiting(self._desk.content, scheme))

    def _chosen(self) -> object:
        return self._desk.content.record(self._desk.session.chosen)

    def _kind(self, found: object) -> str:
        if isinstance(found, SuggestedFrame):
            return {"ATTRIBUTION": "attribution", "STANCE": "stance"}.get(found.label, "further roles")
        return "entity"

    def _decide(self, found: object) -> bool:
        """Take or reject what is chosen; tell if it was taken."""
        if isinstance(found, SuggestedFrame) and found.label == "ATTRIBUTION":
            return self._attribution(found)
        is_right = self._is_stance(found) if isinstance(found, SuggestedFrame) else self._is_entity(found)
        self._desk.press(("Enter",) if is_right else ("Backspace",))
        return is_right

    def _is_entity(self, found: object) -> bool:
        mark = Mark(found.label, found.fragments) if isinstance(found, SuggestedSpan) else None
        if mark is None or mark not in self.entities:
            return False
        self.entities.remove(mark)
        return True

    # --- frames --------------------------------------------------------------------------------

    def _attribution(self, found: SuggestedFrame) -> bool:
        best: tuple[tuple[Press, ...], Attribution] | None = None
        for wanted in self._like(found):
            for order in ORDERS:
                most = (len(best[0]) if best is not None else _MOST + 1) - 1
                presses = self._desk.attempt(lambda: self._comes(found.id, wanted, order), most)  # noqa: B023 - called at once
                best = (presses, wanted) if presses is not None else best
        if best is None:
            self._desk.press(("Backspace",))
            return False
        presses, wanted = best
        self._sides = [one for one in self.stances if self._is_next(one, wanted)]
        self.right += len(presses) == 1
        if len(presses) == 1 and not self._sides:
            self._desk.press(("Enter",))
        else:
            self._desk.replay(presses)
        self.attributions.remove(wanted)
        return True

    def _like(self, found: SuggestedFrame) -> Iterator[Attribution]:
        """Yield the attributions wanted whose cue or claim shares a word with a suggested one."""
        ours = {piece for role in ("cue", "claim") for pieces in self._words(found, role) for piece in pieces}
        for one in self.attributions:
            theirs = [piece for words in (*one.cue, *one.claim) for piece in words]
            if any(a.start < b.end and b.start < a.end for a in ours for b in theirs):
                yield one

    def _comes(self, suggested: Id, wanted: Attribution, order: tuple[str, ...]) -> bool:
        """Accept the suggestion and put right what is wrong; tell if it is just what is wanted then."""
        self._desk.session.choose(suggested)
        self._desk.press(("a",))
        if not self._planner.fix(wanted, order):
            return False
        made = next((one for one in self._desk.content.frames if one.id == self._desk.session.chosen), None)
        return made is not None and all(
            set(self._words(made, role)) <= set(wanted.heard.get(role, ())) for role in HEARD
        )

    def _is_next(self, one: Stance, taken: Attribution) -> bool:
        """Tell whether a stance is to be made by hand now: by the source at hand, on a claim there."""
        known = {span.fragments for span in self._desk.content.spans if span.label == "CLAIM"}
        is_there = one.target in known or one.target in taken.claim
        waiting = (f for f in self._desk.content.suggested_frames if (f.state, f.label) == ("open", "STANCE"))
        is_suggested = any(self._is_like(found, one) for found in waiting)
        return bool(one.mention) and one.mention in taken.source and is_there and not is_suggested

    def _is_stance(self, found: SuggestedFrame) -> bool:
        right = next((one for one in self.stances if self._is_like(found, one)), None)
        if right is None:
            return False
        self.stances.remove(right)
        return True

    def _is_like(self, found: SuggestedFrame, one: Stance) -> bool:
        words = {role: self._words(found, role) for role in ("holder_mention", "target", "expression")}
        value = found.attributes.get("value", "")
        same = (words["holder_mention"], words["target"], value) == ((one.mention,), (one.target,), one.value)
        return same and words["expression"] == one.expression

    def _words(self, frame: Frame | SuggestedFrame, role: str) -> Words:
        content = self._desk.content
        places = {one.id: one.fragments for one in content.suggested_spans}
        places |= {one.id: one.fragments for one in content.spans}
        ends: Iterable[RoleEnd] = frame.roles
        return tuple(sorted(places[end.end] for end in ends if end.role == role and end.end in places))
