"""Links by keys: further roles of attributions, stances, and the words that express them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotator.model.ids import Id
from annotator.model.records import Fragment, Frame
from benchmarks.effort_desk import Count, NotMade, Plan, Press
from benchmarks.effort_gold import HEARD, Attribution, Pieces, Stance
from benchmarks.effort_planner import MOST, Planner

_TABS = 40
_SHOWN = 40
"""Characters of a target that the list surely shows."""
_LETTER = "letter"
_TURNS = (
    (), ("Tab",), (_LETTER,), ("Shift+Tab",), ("Tab", "Tab"), (_LETTER, "Tab"), (_LETTER, "Tab", "Tab"),
    ("Space",), *(("Tab",) * number for number in range(3, 12)),
)  # fmt: skip
"""What turns a stance to its target."""
_CHOOSING = 6
"""Places from which choosing a frame is tried."""


class Links:
    """Fills roles and takes sides, for frames that a planner has made."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner

    # --- further roles -------------------------------------------------------------------------

    def further(self, frame: Id, wanted: Attribution) -> None:
        """Link addressee, medium, parent and continued attribution, where `a` has not done so."""
        for role in HEARD:
            for pieces in wanted.heard.get(role, ()):
                self._link_words(frame, role, pieces[0])
        for role, name in wanted.outer.items():
            other = self.planner.find(name)
            if other is None:
                raise NotMade
            if other.id not in self.planner.frame(frame).ends(role):
                self._link_record(frame, role, other.id)

    def _link_words(self, frame: Id, role: str, words: Fragment) -> None:
        """Link words: by the letter of a span that is there, or selected with the digit of the role."""
        there = [one for one in self.planner.desk.content.spans if one.fragments == (words,)]
        if there:
            self._link_record(frame, role, *(one.id for one in there))
            return
        self.planner.do(self.planner.selected(words, ("r",)))
        self.planner.desk.press((self._digit(role),))

    def _link_record(self, frame: Id, role: str, *records: Id) -> None:
        """Press r, the digit of the role, and the letter of one of these records or Tab up to it."""
        plans: list[Plan] = [
            lambda: self._by_letter(frame, role, records, ("r",)),
            lambda: self._by_letter(frame, role, records, ("r", role)),
            lambda: self._by_tab(frame, role, records),
        ]
        presses = next((found for plan in plans if (found := self.planner.desk.attempt(plan, MOST))), None)
        if presses is None:
            raise NotMade
        self.planner.desk.replay(presses)

    def _by_letter(self, frame: Id, role: str, records: Sequence[Id], keys: Sequence[str]) -> bool:
        for key in keys:
            self.planner.desk.press((self._digit(role) if key == role else key,))
        hints = self.planner.desk.window.view.page.hints
        letter = next((hints[one] for one in records if one in hints), None)
        if letter is None:
            return False
        self.planner.desk.press((letter,))
        return bool(set(records) & set(self.planner.frame(frame).ends(role)))

    def _by_tab(self, frame: Id, role: str, records: Sequence[Id]) -> bool:
        self.planner.desk.press(("r",))
        self.planner.desk.press((self._digit(role),))
        for _ in range(_TABS):
            self.planner.desk.press(("Tab",))
            if set(records) & set(self.planner.desk.window.view.page.hints):
                self.planner.desk.press(("Enter",))
                break
        return bool(set(records) & set(self.planner.frame(frame).ends(role)))

    def _digit(self, role: str) -> str:
        """Return the key that the window offers for a role."""
        answers = self.planner.desk.window.prompt.said
        return next(key for key, text in answers if text == role.replace("_", " "))

    # --- stances -------------------------------------------------------------------------------

    def stance(self, wanted: Stance, holder: Attribution) -> Count:
        """Add a stance, from what is chosen or from its holder's attribution; return what the way took."""
        desk = self.planner.desk
        best = self._cheapest(lambda turns: self._take_side(wanted, turns), MOST)
        frame = self.planner.find(holder.name)
        if frame is not None and frame.id != self.planner.chosen_id():
            most = len(best) - 1 if best is not None else MOST
            gone = desk.attempt(lambda: self._go_to_frame(frame), most)
            if gone is not None:
                best = self._cheapest(lambda turns: self._from(gone, wanted, turns), most) or best
        if best is None:
            raise NotMade
        way = next((at for at, (_, travels) in enumerate(best) if not travels), len(best))
        desk.replay(best[:way])
        came = desk.count
        desk.replay(best[way:])
        return came

    def _cheapest(self, make: Callable[[Sequence[str]], bool], most: int) -> tuple[Press, ...] | None:
        """Try ways to turn to a target, and return the presses of the one that takes fewest."""
        best: tuple[Press, ...] | None = None
        for turns in _TURNS:
            found = self.planner.desk.attempt(lambda turns=turns: make(turns), most)  # type: ignore[misc]
            if found is not None:
                best, most = found, len(found) - 1
        return best

    def _from(self, gone: Sequence[Press], wanted: Stance, turns: Sequence[str]) -> bool:
        self.planner.desk.replay(gone)
        return self._take_side(wanted, turns)

    def _take_side(self, wanted: Stance, turns: Sequence[str]) -> bool:
        """Press t, what turns to the target, and the digit of the value; tell if that is what was wanted."""
        desk, there = self.planner.desk, self._stances()
        desk.press(("t",))
        for turn in turns:
            desk.press(self._letter(wanted.target) if turn == _LETTER else (turn,))
            if turn == "Space":
                desk.press((*self._typed(wanted.target), "Enter"))
        if not desk.window.prompt.is_waiting or desk.window.view.page.hints.get(self._target(wanted)) != "◎":
            return False
        desk.press((str(("support", "deny", "question", "neutral").index(wanted.value) + 1),))
        made = [one for one in desk.content.frames if one.id in self._stances() - there]
        held = {one.id for one in desk.content.spans if one.fragments == wanted.mention}
        return any(
            self._target(wanted) in one.ends("target") and held & set(one.ends("holder_mention"))
            for one in made
        )

    def _stances(self) -> set[Id]:
        return {one.id for one in self.planner.desk.content.frames if one.label == "STANCE"}

    def _target(self, wanted: Stance) -> Id:
        spans = self.planner.desk.content.spans
        return next(one.id for one in spans if (one.label, one.fragments) == ("CLAIM", wanted.target))

    def _letter(self, target: Pieces) -> tuple[str, ...]:
        """Return the letter that stands on the target; none when it is out of view or proposed already."""
        spans, hints = self.planner.desk.content.spans, self.planner.desk.window.view.page.hints
        found = (hints[one.id] for one in spans if one.fragments == target and one.id in hints)
        return tuple(one for one in found if one.isalpha())

    def _typed(self, target: Pieces) -> str:
        """Return the fewest letters that bring a target to the top of the list."""
        popup, text = self.planner.desk.popup, self.planner.desk.content.article.text
        if popup is None:
            raise NotMade
        lines = [popup.list.item(row).text().casefold() for row in range(popup.list.count())]
        said = " ".join(text[target[0].start : target[0].end].casefold().split())[:_SHOWN]
        parts = [said[at : at + size] for size in range(1, 8) for at in range(len(said) - size + 1)]
        tops = (
            (one, next(line for line in lines if one in line))
            for one in parts
            if one.isalpha() and one.isascii()
        )
        found = next((one for one, top in tops if said in top), None)
        if found is None:
            raise NotMade
        return found

    def express(self, wanted: Stance) -> None:
        """Link the words that express the last stance."""
        stances = [one for one in self.planner.desk.content.frames if one.label == "STANCE"]
        stance = max(stances, key=lambda one: one.id)
        for pieces in wanted.expression:
            self._go_to_frame(stance)
            self._link_words(stance.id, "expression", pieces[0])

    def _go_to_frame(self, frame: Frame) -> bool:
        """Choose a frame, if it is not chosen: go to one of its parts and press o."""
        if self.planner.chosen_id() == frame.id:
            return True
        ids = {end.end for end in frame.roles}
        parts = [one for one in self.planner.desk.content.spans if one.id in ids]
        places = {place for one in parts for place in self.planner.words(one.fragments[0])}
        prices: list[tuple[int, int]] = []
        for place, way in self.planner.ways.nearest():
            if len(prices) == _CHOOSING or (prices and len(way) + 1 >= min(prices)[0]):
                break
            if place not in places:
                continue
            with self.planner.desk.tried():
                self.planner.desk.put(place, self.planner.chosen_id())
                before = self.planner.desk.count
                if self.planner.choose(frame.id):
                    prices.append(((self.planner.desk.count - before).presses + len(way), place))
        if not prices:
            raise NotMade
        self.planner.ways.go(min(prices)[1])
        return self.planner.choose(frame.id)
