"""Links by keys: further roles of attributions, stances, and the words that express them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from annotator.model.ids import Id
from annotator.model.records import Fragment, Frame
from annotator.ui.picker import Choice
from benchmarks.effort_desk import Count, NotMade, Plan, Press
from benchmarks.effort_gold import HEARD, Attribution, Pieces, Stance, gold_stance
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
VALUES = ("support", "deny", "question", "neutral")
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
                if pieces in self.planner.part(frame, role):
                    continue
                self._go_to_frame(self.planner.frame(frame))
                self._link_words(frame, role, pieces[0])
        for role, name in wanted.outer.items():
            other = self.planner.find(name)
            if other is None:
                raise NotMade
            if other.id not in self.planner.frame(frame).ends(role):
                self._go_to_frame(self.planner.frame(frame))
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
        found = next((key for key, text in answers if text == role.replace("_", " ")), None)
        if found is None:
            raise NotMade
        return found

    # --- stances -------------------------------------------------------------------------------

    def stance(self, wanted: Stance, frame: Frame | None) -> Count | None:
        """Add a stance, from what is chosen or from an attribution; return what the way took."""
        desk = self.planner.desk
        if wanted.target and not self._targets(wanted):
            self._mark(wanted)
        best = self._cheapest(wanted, lambda turns: self._take_side(wanted, turns), MOST)
        if frame is not None and frame.id != self.planner.chosen_id():
            most = len(best) - 1 if best is not None else MOST
            gone = desk.attempt(lambda: self._go_to_frame(frame), most)
            if gone is not None:
                best = self._cheapest(wanted, lambda turns: self._from(gone, wanted, turns), most) or best
        if best is None:
            raise NotMade
        way = next((at for at, (_, travels) in enumerate(best) if not travels), len(best))
        desk.replay(best[:way])
        came = desk.count
        desk.replay(best[way:])
        return came

    def _mark(self, wanted: Stance) -> None:
        """Label words that are in no attribution."""
        scheme = self.planner.desk.session.scheme
        label = scheme.label(wanted.label) if scheme is not None else None
        assert label is not None
        self.planner.desk.press(("Esc",))
        self.planner.do(self.planner.selected(wanted.target[0], (label.key,)))

    def _cheapest(
        self, wanted: Stance, make: Callable[[Sequence[str]], bool], most: int
    ) -> tuple[Press, ...] | None:
        """Try ways to turn to a target, and return the presses of the one that takes fewest."""
        best: tuple[Press, ...] | None = None
        for turns in _TURNS if wanted.label == "CLAIM" else (("Space",),):
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
        if not desk.window.prompt.is_waiting:
            return False  # a Tab would go on to the suggestions of another article
        for turn in turns:
            desk.press(self._letter(wanted.target) if turn == _LETTER else (turn,))
            if turn == "Space":
                desk.press((*self.typed(wanted.named or self._text(wanted.target), wanted.kind), "Enter"))
        if wanted.holder and desk.window.prompt.is_waiting:
            desk.press(("0",))
            desk.press((*self.typed(wanted.holder), "Enter"))
        if not desk.window.prompt.is_waiting or not self._is_target(wanted):
            return False
        desk.press((str(VALUES.index(wanted.value) + 1),))
        return any(one.id not in there for one in desk.content.frames if self.is_made(one, wanted))

    def _is_target(self, wanted: Stance) -> bool:
        """Tell whether a target in the text is the one that is marked."""
        hints = self.planner.desk.window.view.page.hints
        return not wanted.target or "◎" in {hints.get(one) for one in self._targets(wanted)}

    def is_made(self, frame: Frame, wanted: Stance) -> bool:
        """Tell whether a stance is by whom, on what and of the value that is wanted."""
        content = self.planner.desk.content
        return frame.label == "STANCE" and replace(gold_stance(content, frame), expression=()) == replace(
            wanted, expression=()
        )

    def _stances(self) -> set[Id]:
        return {one.id for one in self.planner.desk.content.frames if one.label == "STANCE"}

    def _targets(self, wanted: Stance) -> list[Id]:
        spans = self.planner.desk.content.spans
        return [one.id for one in spans if (one.label, one.fragments) == (wanted.label, wanted.target)]

    def _text(self, target: Pieces) -> str:
        text = self.planner.desk.content.article.text
        return " ".join(text[target[0].start : target[0].end].split())

    def _letter(self, target: Pieces) -> tuple[str, ...]:
        """Return the letter that stands on the target; none when it is out of view or proposed already."""
        spans, hints = self.planner.desk.content.spans, self.planner.desk.window.view.page.hints
        found = (hints[one.id] for one in spans if one.fragments == target and one.id in hints)
        return tuple(one for one in found if one.isalpha())

    def typed(self, name: str, kind: str = "") -> str:
        """Return the fewest letters that bring a line to the top of the list, its kind's if need be."""
        popup = self.planner.desk.popup
        lines = popup.choices if popup is not None else ()
        said = " ".join(name.casefold().split())[:_SHOWN]
        wanted = next((one for one in lines if said in one.text.casefold() and kind in ("", one.also)), None)
        pairs = (f"{one} {other}" for one in _parts(kind, 5) for other in _parts(said, 4))
        for typed in (*_parts(said, 7), *_parts(kind, 7), *pairs) if wanted is not None else ():
            words = typed.split()
            if next((one for one in lines if all(word in _line(one) for word in words)), None) is wanted:
                return typed
        raise NotMade

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


def _parts(text: str, most: int) -> list[str]:
    """Return what of a text can be typed in up to so many letters, the shortest first."""
    parts = [text[at : at + size] for size in range(1, most + 1) for at in range(len(text) - size + 1)]
    return [one for one in dict.fromkeys(parts) if one.isalpha() and one.isascii()]


def _line(choice: Choice) -> str:
    return f"{choice.text} {choice.also}".casefold()
