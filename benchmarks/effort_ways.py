"""Ways about in an article: the fewest presses that bring the caret to a place or select a stretch there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.model import places
from annotator.model.records import ArticleContent, Fragment
from annotator.model.units import TextUnits
from annotator.ui.article_view.caret import Caret, Unit, moved_edge
from annotator.ui.moving import Moving
from benchmarks.effort_desk import Desk

STEPS = {
    "right": "Right", "left": "Left", "down": "Down", "up": "Up", "sentence_right": "Ctrl+Right",
    "sentence_left": "Ctrl+Left", "paragraph_down": "Ctrl+Down", "paragraph_up": "Ctrl+Up",
    "to_end": "End", "to_start": "Home",
}  # fmt: skip
"""Actions that lead from a place to always the same one, and their keys."""
JUMPS = {
    "next_quotation": "q", "previous_quotation": "Shift+Q", "next_cue": "w", "previous_cue": "Shift+W",
    "next_open": "j", "previous_open": "Shift+J", "next_name": "m", "previous_name": "Shift+M",
}  # fmt: skip
"""Actions that lead to the next of some places, forwards or back."""
OPEN = ("open", "name")
"""Kinds of places that depend on the labels."""
UNITS: dict[str, tuple[Unit, int]] = {
    "right": ("token", 1), "left": ("token", -1), "sentence_right": ("sentence", 1),
    "sentence_left": ("sentence", -1), "paragraph_down": ("paragraph", 1), "paragraph_up": ("paragraph", -1),
    "to_end": ("article", 1), "to_start": ("article", -1),
}  # fmt: skip
"""What the steps go by, other than lines."""
MOST_GROWN = 5


@dataclass(frozen=True, slots=True)
class Selecting:
    """How a stretch is selected: where the caret has to be, then which keys."""

    place: int
    keys: tuple[str, ...]


class Ways:
    """Where each key leads in the open article."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        known = desk.window.actions_
        self._keys = {name: key for name, key in (STEPS | JUMPS).items() if name in known}
        self._known: dict[tuple[int, str], int] = {}
        self._stops: dict[tuple[str, int], Sequence[Fragment]] = {}
        self._content: ArticleContent | None = None
        moving = Moving(desk.session, desk.window.view, desk.window.prompt, str)
        self._finders: dict[str, places.Find] = {
            "quotation": places.quotations, "cue": places.cues, "open": moving.open_places,
            "name": moving.open_names,
        }  # fmt: skip

    def renew(self) -> None:
        """Forget everything: another article is open."""
        self._known.clear()
        self._stops.clear()

    def nearest(self, *, with_lines: bool = True) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the places of the article, nearest first, with the fewest keys that lead there."""
        start = self._desk.caret
        reached: dict[int, tuple[str, ...]] = {start: ()}
        edge = [start]
        while edge:
            for place in edge:
                yield place, reached[place]
            edge = [place for one in edge for place in self._further(one, reached, with_lines)]

    def to(self, places: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """Return, for each of some places, the fewest keys that lead there from the caret."""
        wanted = set(places)
        found: dict[int, tuple[str, ...]] = {}
        for place, keys in self.nearest():
            if place in wanted:
                found[place] = keys
            if len(found) == len(wanted):
                break
        return found

    def cheapest(self, plans: Iterable[Selecting]) -> tuple[int, Selecting] | None:
        """Return the plan that takes the fewest presses, the way to its place included, and how many."""
        inner: dict[int, Selecting] = {}
        for one in plans:
            if one.place not in inner or len(one.keys) < len(inner[one.place].keys):
                inner[one.place] = one
        least = min((len(one.keys) for one in inner.values()), default=0)
        best: tuple[int, Selecting] | None = None
        for place, keys in self.nearest() if inner else ():
            if best is not None and best[0] <= len(keys) + least:
                break
            if place in inner:
                price = len(keys) + len(inner[place].keys)
                best = (price, inner[place]) if best is None or price < best[0] else best
        return best

    def _further(self, here: int, reached: dict[int, tuple[str, ...]], with_lines: bool) -> Iterator[int]:
        for name, key in self._keys.items():
            if name in ("up", "down") and not with_lines:
                continue
            there = self._lead(here, name)
            if there not in reached:
                reached[there] = (*reached[here], key)
                yield there

    def _lead(self, here: int, name: str) -> int:
        """Return where a key leads, as the window's own rules have it."""
        if name in JUMPS:
            step, kind = 1 if name.startswith("next") else -1, name.partition("_")[2]
            found = places.jump(self._units, lambda _, section: self._places(kind, section), here, step)
            return self._units.token_at(found.start).start if found is not None else here
        if (here, name) not in self._known:
            self._known[here, name] = self._step(here, name)
        return self._known[here, name]

    def _step(self, here: int, name: str) -> int:
        if name in UNITS:
            caret = Caret(self._units)
            caret.go(here)
            caret.move(*UNITS[name])
            return caret.offset
        page = self._desk.window.view.page
        before = page.caret.offset
        page.caret.go(here)
        there, _ = page.line_step("line", 1 if name == "down" else -1, None)
        page.caret.go(there)
        there = page.caret.offset
        page.caret.go(before)
        return there

    def _places(self, kind: str, section: int) -> Sequence[Fragment]:
        """Return the places of a section that a jump stops at."""
        if self._content is not self._desk.content:
            self._content = self._desk.content
            self._stops = {key: found for key, found in self._stops.items() if key[0] not in OPEN}
        if (kind, section) not in self._stops:
            self._stops[kind, section] = tuple(self._finders[kind](self._units, section))
        return self._stops[kind, section]

    @property
    def _units(self) -> TextUnits:
        return self._desk.window.view.page.units

    def go(self, place: int) -> None:
        """Press the fewest keys that lead to a place; where lines lead elsewhere, go on without them."""
        with_lines = True
        while self._desk.caret != place:
            way = next(keys for there, keys in self.nearest(with_lines=with_lines) if there == place)
            for key in way:
                name = next(one for one, held in self._keys.items() if held == key)
                expected = self._lead(self._desk.caret, name)
                self._desk.press([key], travels=True)
                if self._desk.caret != expected:
                    with_lines = False
                    break

    def selecting(self, stretch: Fragment) -> list[Selecting]:
        """Return ways to select a stretch, from any of its words: grown and trimmed, or word by word."""
        units = self._desk.window.view.page.units
        tokens = [Fragment(*one) for n in units.sections_of(*stretch) for one in units.tokens(n)]
        inside = [one.start for one in tokens if stretch.start <= one.start < stretch.end]
        grown = [way for place in inside for way in self._grown(place, stretch, tokens)]
        right = ("Shift+Right",) * (len(inside) - 1) or ("]",)
        left = ("Shift+Left",) * (len(inside) - 1) or ("]",)
        found = [*grown, Selecting(inside[0], right), Selecting(inside[-1], left)]
        return [one for one in found if self._selects(one, stretch)]

    def edges(self, have: Fragment, want: Fragment) -> tuple[str, ...] | None:
        """Return the edge keys that make one stretch of another that it overlaps, outwards first."""
        if have.start >= want.end or want.start >= have.end:
            return None
        units = self._desk.window.view.page.units
        low, high = min(have.start, want.start), max(have.end, want.end)
        tokens = [Fragment(*one) for n in units.sections_of(low, high) for one in units.tokens(n)]
        start = _steps(have.start, want.start, tokens, (".", ","))
        end = _steps(have.end, want.end, tokens, (">", "<"))
        keys = sorted((*start, *end), key=lambda key: key in ".<")
        made = have
        for key in keys:
            made = moved_edge(units, made, "start" if key in ",." else "end", 1 if key in ".>" else -1)
        return tuple(keys) if made == want else None

    def _grown(self, place: int, stretch: Fragment, tokens: Sequence[Fragment]) -> Iterator[Selecting]:
        """Yield how many presses of ] and of the edge keys make the stretch of what is at a place."""
        caret = Caret(self._desk.window.view.page.units)
        caret.go(place)
        for number in range(1, MOST_GROWN):
            caret.grow()
            if caret.selection is None:
                return
            start, end = caret.selection
            keys = [
                *_steps(start, stretch.start, tokens, (".", ",")),
                *_steps(end, stretch.end, tokens, (">", "<")),
            ]
            yield Selecting(place, ("]",) * number + tuple(keys))

    def _selects(self, way: Selecting, stretch: Fragment) -> bool:
        """Tell whether keys select just this, as the caret's own rules have it."""
        caret = Caret(self._desk.window.view.page.units)
        caret.go(way.place)
        for key in way.keys:
            _apply(caret, key)
        return caret.selection == stretch


def _apply(caret: Caret, key: str) -> None:
    if key == "]":
        caret.grow()
    elif key in ("Shift+Right", "Shift+Left"):
        caret.move("token", 1 if key.endswith("Right") else -1, extend=True)
    else:
        caret.move_edge("start" if key in ",." else "end", 1 if key in ".>" else -1)


def _steps(have: int, want: int, tokens: Sequence[Fragment], keys: tuple[str, str]) -> list[str]:
    """Return the edge keys that move an edge over the words between where it is and where it should be."""
    low, high = min(have, want), max(have, want)
    count = sum(low <= one.start < high for one in tokens)
    return [keys[0] if want > have else keys[1]] * count
