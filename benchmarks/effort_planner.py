"""Makes annotations by keys: tries ways in the real window, takes them back, does the cheapest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.model.ids import Id
from annotator.model.records import Fragment, Frame, Span
from annotator.ui import looking
from annotator.ui.actions import letters
from benchmarks.effort_desk import Count, Desk, NotMade, Press
from benchmarks.effort_gold import Attribution, Mark, Words
from benchmarks.effort_ways import Selecting, Ways

_PLACES = 5
"""Places at which a whole attribution is tried."""
_CYCLES = 12
"""Presses of a label key that look for the right candidate."""
_KEYS = {"claim": "c", "source": "s", "cue": "u"}
_PARTS = ("claim", "source", "cue")
ORDERS = (_PARTS, ("claim", "cue", "source"))
"""In which order the parts are put right."""
MOST = 60
"""Presses that anything takes at most."""


class Planner:
    """Makes one thing after another in the open article of a window."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.ways = Ways(desk)

    # --- entities ------------------------------------------------------------------------------

    def entity(self, mark: Mark) -> None:
        """Label an entity: where its words are proposed, else with its edges moved, else selected first."""
        scheme = self.desk.session.scheme
        assert scheme is not None
        found = letters(tuple(one for one in scheme.of("span", "entity") if not one.hidden))
        keys = ("e", next(letter for letter, label in found.items() if label.name == mark.label))
        (stretch,) = mark.pieces
        plans = [*self._proposed_entities(mark, keys), *self.selected(stretch, keys)]
        self.do(plans)

    def _proposed_entities(self, mark: Mark, keys: tuple[str, ...]) -> Iterator[Selecting]:
        desk, (stretch,) = self.desk, mark.pieces
        scheme = desk.session.scheme
        label = scheme.label(mark.label) if scheme is not None else None
        assert label is not None
        caret, chosen = desk.caret, desk.session.chosen
        for place in self.words(stretch):
            desk.put_caret(place)
            proposed = desk.window.labelling.stretches.of(label)
            if len(proposed) == 1:
                edges = self.ways.edges(proposed[0], stretch)
                if edges is not None:
                    yield Selecting(place, (*keys, *edges))
        desk.put(caret, chosen)

    def selected(self, stretch: Fragment, keys: tuple[str, ...]) -> list[Selecting]:
        return [Selecting(one.place, (*one.keys, *keys)) for one in self.ways.selecting(stretch)]

    def do(self, plans: Sequence[Selecting]) -> None:
        """Do the plan that takes the fewest presses."""
        best = self.ways.cheapest(plans)
        if best is None:
            raise NotMade
        self.ways.go(best[1].place)
        self.desk.press(best[1].keys)

    def words(self, stretch: Fragment) -> list[int]:
        units = self.desk.window.view.page.units
        return [
            start
            for section in units.sections_of(*stretch)
            for start, _ in units.tokens(section)
            if stretch.start <= start < stretch.end
        ]

    # --- attributions --------------------------------------------------------------------------

    def attribution(self, wanted: Attribution) -> Count | None:
        """Make claim, cue and source, the cheapest way found; return what the way to the place took."""
        best: tuple[int, int, tuple[Press, ...]] | None = None
        for place, way, keys in self._beginnings(wanted):
            if keys[-1] == "c" and best is not None:
                break
            most = (best[0] if best is not None else MOST) - len(way) - 1
            tries = (self._try(wanted, place, keys, order, most) for order in ORDERS) if most > 0 else ()
            presses = next((one for one in tries if one is not None), None)
            if presses is not None:
                best = (len(way) + len(presses), place, presses)
        if best is None:
            raise NotMade
        self.ways.go(best[1])
        came = self.desk.count
        self.desk.replay(best[2])
        if not self._is_made(wanted):
            raise NotMade
        return came

    def _beginnings(self, wanted: Attribution) -> Iterator[tuple[int, Sequence[str], tuple[str, ...]]]:
        """Yield where `a` may be pressed for this: at its nearest words, and after its words are selected."""
        places, tried = self._places(wanted), 0
        for place, way in self.ways.nearest():
            if place in places:
                yield place, way, ("a",)
                tried += 1
            if tried == min(_PLACES, len(places)):
                break
        pieces = (*wanted.claim, *wanted.cue, *wanted.source)[0]
        cheapest = self.ways.cheapest(self.selected(pieces[0], ("a",)))
        if cheapest is not None:
            total, plan = cheapest
            yield plan.place, [""] * (total - len(plan.keys)), plan.keys
            if wanted.claim:
                yield plan.place, [""] * (total - len(plan.keys)), ("Esc", *plan.keys[:-1], "c")

    def _try(
        self, wanted: Attribution, place: int, keys: tuple[str, ...], order: Sequence[str], most: int
    ) -> tuple[Press, ...] | None:
        """Try keys at a place and whatever they leave to be done; return all presses, or None."""
        there = self._made()

        def _make() -> bool:
            self.desk.put(place, self.desk.session.chosen)
            self.desk.press(keys)
            if keys[-1] == "c":
                self._join_words(wanted)
            is_made = self.chosen_id() not in there and self.fix(wanted, order)
            return is_made and there.items() <= self._made().items()

        return self.desk.attempt(_make, most)

    def _made(self) -> dict[Id, tuple[Words, ...]]:
        """Return the words of all attributions that are there."""
        frames = [one.id for one in self.desk.content.frames if one.label == "ATTRIBUTION"]
        return {one: tuple(self.part(one, role) for role in _PARTS) for one in frames}

    def _is_made(self, wanted: Attribution) -> bool:
        return self.find(wanted.name) is not None

    def _places(self, wanted: Attribution) -> set[int]:
        """Return the words at which `a` may mean this: those of the claim and of the cue."""
        pieces = [piece for words in (*wanted.cue, *wanted.claim, *wanted.source) for piece in words]
        return {place for piece in pieces for place in self.words(piece)}

    def _join_words(self, wanted: Attribution) -> None:
        """Make an attribution of the claim just labelled and its cue, else of a word that goes again."""
        last = self.words(wanted.claim[0][-1])[-1]
        junk = self.desk.window.view.page.units.token_at(last)
        words, key = (wanted.cue[0][0], "u") if wanted.cue else (junk, "s")
        self.do(self.selected(words, (key,)))

    def fix(self, wanted: Attribution, order: Sequence[str]) -> bool:
        """Put right what is not as wanted; the attribution just made is chosen."""
        frame = self._chosen()
        if frame is None or frame.label != "ATTRIBUTION":
            return False
        if wanted.implicit and wanted.implicit not in self._implicit(frame.id):
            self._ask_implicit(wanted.implicit)
        for role in order:
            is_right = self.part(frame.id, role) == getattr(wanted, role)
            if not is_right and not self._fix_part(frame.id, role, wanted):
                return False
        made = self.frame(frame.id)
        others = {one.id for name in wanted.outer.values() if (one := self.find(name)) is not None}
        is_linked_right = others >= {end for role in wanted.outer or ("parent",) for end in made.ends(role)}
        return is_linked_right and all(self.part(made.id, role) == getattr(wanted, role) for role in _PARTS)

    def _implicit(self, frame: Id) -> list[str]:
        """Return the sources that the text does not name, as a suggestion may bring them."""
        ends = self.frame(frame).ends("implicit_source")
        return [one.name for one in self.desk.content.actors if one.id in ends]

    def _ask_implicit(self, implicit: str) -> None:
        self.desk.press(("i", {"author": "1", "unnamed": "2", "not said": "3"}[implicit]))

    def _fix_part(self, frame: Id, role: str, wanted: Attribution) -> bool:
        """Try the ways to put one part right, and do the cheapest."""
        goal: Words = getattr(wanted, role)
        if not goal:
            return self._drop(frame, role)
        if len(goal) > 1:
            return False
        best = self._cycle(frame, role, goal)
        most = len(best) - 1 if best is not None else MOST
        best = self.desk.attempt(lambda: self._reselect(frame, role, goal), most) or best
        if best is None:
            return False
        self.desk.replay(best)
        return self.part(frame, role) == goal

    def _cycle(self, frame: Id, role: str, goal: Words) -> tuple[Press, ...] | None:
        """Press the label's key up to the candidate from which the fewest steps of its edges are left."""
        (pieces,) = goal
        found: list[tuple[int, tuple[str, ...]]] = []
        seen: list[Words] = []
        with self.desk.tried():
            for number in range(_CYCLES):
                part = self.part(frame, role)
                if part in seen or (found and min(found)[0] <= number):
                    break
                seen.append(part)
                edges = () if part == goal else self._edges(frame, role, pieces)
                if edges is not None:
                    found.append((number + len(edges), (_KEYS[role],) * number + edges))
                try:
                    self.desk.press((_KEYS[role],))
                except NotMade:
                    break
        for _, keys in sorted(found):
            presses = self.desk.attempt(lambda keys=keys: self._comes(frame, role, goal, keys), MOST)  # type: ignore[misc]
            if presses is not None:
                return presses
        return None

    def _comes(self, frame: Id, role: str, goal: Words, keys: tuple[str, ...]) -> bool:
        """Press keys and tell whether they bring a part to what it should be."""
        self.desk.press(keys)
        return self.part(frame, role) == goal

    def _edges(self, frame: Id, role: str, wanted: Sequence[Fragment]) -> tuple[str, ...] | None:
        part = self.part(frame, role)
        if len(part) != 1 or len(part[0]) != 1 or len(wanted) != 1:
            return None
        (held,) = part[0]
        caret = self.desk.caret
        if not held.start <= caret < held.end:
            return None
        return self.ways.edges(held, wanted[0])

    def _reselect(self, frame: Id, role: str, goal: Words) -> bool:
        """Select the words and press the label's key; further pieces are added by +."""
        (pieces,) = goal
        if role == "claim" and self.part(frame, role):
            (held, *_) = self.part(frame, role)
            if not set(held) < set(pieces):
                return False
            rest, keys = [one for one in pieces if one not in held], "+"
        else:
            rest, keys = list(pieces), _KEYS[role]
        for number, one in enumerate(rest):
            plans = self.selected(one, (keys if number == 0 else "+",))
            if keys == "+" or number:
                plans += self._quoted(one)
            if not plans:
                return False
            self.do(plans)
            if self.chosen_id() != frame:
                return False
        return self.part(frame, role) == goal

    def _quoted(self, piece: Fragment) -> list[Selecting]:
        """Return where + alone takes a piece: in a quotation that is just that."""
        units = self.desk.window.view.page.units
        return [Selecting(one, ("+",)) for one in self.words(piece) if units.quotation_at(one) == piece]

    def _drop(self, frame: Id, role: str) -> bool:
        """Delete a part that was proposed and is not there, by the way that takes fewer presses."""
        ways = (self._drop_asked, self._drop_chosen)
        tried = [self.desk.attempt(lambda way=way: way(frame, role), MOST) for way in ways]  # type: ignore[misc]
        best = min((one for one in tried if one is not None), key=len, default=None)
        if best is None:
            return False
        self.desk.replay(best)
        return True

    def _drop_asked(self, frame: Id, role: str) -> bool:
        """Take a part out while its candidates are gone through."""
        self.desk.press((_KEYS[role], "Delete"))
        return self.chosen_id() == frame and not self.part(frame, role)

    def _drop_chosen(self, frame: Id, role: str) -> bool:
        """Choose a part and delete it, an own one in place of a shared one first; then choose the frame."""
        (span,) = self._spans(frame, role)[:1]
        if len(looking.frames_of(self.desk.content, span.id)) > 1:
            self.desk.press((_KEYS[role],))
            (span,) = self._spans(frame, role)[:1]
        places = self.ways.to(self.words(span.fragments[0]))
        place = min(places, key=lambda one: len(places[one]))
        self.ways.go(place)
        if not self.choose(span.id):
            return False
        self.desk.press(("Delete",))
        rest = self.frame(frame)
        parts = [one for one in self.desk.content.spans if any(end.end == one.id for end in rest.roles)]
        if not parts:
            return False
        ways = self.ways.to({place for one in parts for place in self.words(one.fragments[0])})
        self.ways.go(min(ways, key=lambda one: len(ways[one])))
        return self.choose(frame)

    def _spans(self, frame: Id, role: str) -> list[Span]:
        ends = self.frame(frame).ends(role)
        return [one for one in self.desk.content.spans if one.id in ends]

    def choose(self, record: Id) -> bool:
        """Press `o` until a record here is chosen."""
        for _ in range(12):
            if self.chosen_id() == record:
                return True
            self.desk.press(("o",), travels=True)
        return self.chosen_id() == record

    # --- what is there -------------------------------------------------------------------------

    def find(self, name: tuple[Words, Words]) -> Frame | None:
        """Return the attribution with that claim and cue."""
        made = (one for one in self.desk.content.frames if one.label == "ATTRIBUTION")
        return next(
            (one for one in made if (self.part(one.id, "claim"), self.part(one.id, "cue")) == name), None
        )

    def frame(self, frame: Id) -> Frame:
        found = next((one for one in self.desk.content.frames if one.id == frame), None)
        if found is None:
            raise NotMade
        return found

    def part(self, frame: Id, role: str) -> Words:
        ends = self.frame(frame).ends(role)
        return tuple(sorted(one.fragments for one in self.desk.content.spans if one.id in ends))

    def _chosen(self) -> Frame | None:
        found = self.desk.content.record(self.desk.session.chosen)
        return found if isinstance(found, Frame) else None

    def chosen_id(self) -> Id | None:
        return self.desk.session.chosen
