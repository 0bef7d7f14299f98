"""Counts the presses and clicks it takes to make all annotations of the sample in the real window.

    python -m benchmarks.effort [--by keys|mouse] [--suggestions] [--only NAME] [--folder DIR] [--json]

The own articles of the sample come with complete annotations. This program opens the bare articles in the
real window, off the screen, and makes entities, attributions and stances anew: once by key events alone,
once by mouse events alone. At each step it tries the ways there are, takes them back, and does the one with
the fewest presses. By keys: accepting, one key at the caret, the next candidate by the same key, moved
edges, grown and word-by-word selections, letters for roles; words, lines, sentences, paragraphs,
quotations, cues, names and open places to move the caret by. By mouse: drags over words (from either end,
with Alt for letters), the bar at the selection, toolbar, menus, context menu, answers, lists, letters in
the text, drags from span to span, the cards of the inspector, the wheel. What trying takes is not counted.
In the end both projects are compared with the sample, span by span and frame by frame; any difference ends
this program with 1.

What is counted: every press of a key. A key with a modifier (Ctrl+Right) is one press; the column "held"
says how many modifiers were held besides. Of the mouse every click, every drag and every turn of the wheel
up to what is wanted; a menu and its entry are two clicks. The way counts: "all" holds everything from the
moment the last thing was done; "at the place" leaves out the way to the first place where something is
pressed for it (of the mouse: the wheel). The goals for attributions (8) and stances (3) are read on "all",
the stricter of the two; that for entities (2) on "at the place", since it is said for the caret at the
name.

What is asked for: entities; of an attribution claim, source, cue and the implicit sources "author",
"unnamed" and "not said"; its further roles (addressee, medium, parent, continues), counted apart; of a
stance holder (by its words, or an actor whom the text does not name), target (words, an actor, a claim
card), value, and apart the words that express it. Actors and claim cards are in the project from the start.
Not asked for, and left to the inspector: attributes other than the stance's value, who an actor is, labels
of whole articles, "nothing here", links between articles, notes.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator.model.formats import ImportOptions
from annotator.model.job import run
from annotator.model.resources import resource, seeds
from annotator.model.scheme import read_scheme
from annotator.model.suggesting import suggest_input
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known
from annotator.services.project import Project
from annotator.services.sample import build_sample
from annotator.services.suggesters import chosen, plan_round
from benchmarks.effort_desk import Count, Desk, NotMade
from benchmarks.effort_gold import Attribution, Gold, Stance, differences, read
from benchmarks.effort_hand import Hand
from benchmarks.effort_links import Links
from benchmarks.effort_mouse import MouseLinks, MousePlanner
from benchmarks.effort_planner import Planner
from benchmarks.effort_suggested import Deciding

GOALS = {"attribution": ("all", 8), "stance": ("all", 3), "entity": ("at the place", 2)}
HANDS = ("keys", "mouse")
Taken = dict[str, list[Count]]


def bare(path: Path, gold: Path, *, with_suggestions: bool) -> None:
    """Make a project of the same articles, actors and claim cards, without annotations."""
    scheme = read_scheme(resource("schemes/default.toml"))
    project = Project.create(path, scheme, "effort")
    try:
        files = sorted(seeds().glob("*.txt"))
        plan = run(plan_import(files, ImportOptions(), Known(scheme)))
        project.write_import(plan, undoable=False)
        _know(project, gold)
        if with_suggestions:
            inputs = [(one.article.id, suggest_input(one)) for one in project.contents()]
            proposed = run(plan_round(inputs, chosen(project), scheme))
            project.write_suggestions(*proposed.plans, undoable=False)
    finally:
        project.close()


def _know(project: Project, gold: Path) -> None:
    """Add what stands above the articles: it is there before most articles of a project are labelled."""
    other = Project.open(gold, read_only=True)
    try:
        for actor in other.actors():
            if actor.article is None:
                project.add_actor(actor.name, actor.kind, aliases=actor.aliases)
        for card in other.claim_cards():
            project.add_claim_card(card.wording)
    finally:
        other.close()


class Making:
    """Makes all of an article, in the order of its text, and keeps what each thing took."""

    def __init__(self, desk: Desk, planner: Planner, links: Links) -> None:
        self.desk = desk
        self.planner = planner
        self.links = links
        self.taken: Taken = defaultdict(list)
        self.failed: list[str] = []
        self.right = 0
        """Attributions that were right as suggested."""

    def all(self, gold: Mapping[str, Gold]) -> None:
        """Make what the articles hold, and close the window."""
        for article in list(self.desk.session.order):
            self.desk.open(article)
            name = self.desk.content.article.name
            if name in gold:
                self.article(name, gold[name])
        self.desk.close()

    def article(self, name: str, gold: Gold) -> None:
        """Open an article and make what it holds: entities first, then attributions with their stances."""
        before = self.desk.count
        began = time.process_time()
        there = {kind: len(counts) for kind, counts in self.taken.items()}
        self.planner.ways.renew()
        found = Deciding(
            self.planner, gold.entities, gold.attributions, gold.stances,
            lambda waiting: self._stances(name, gold, waiting, is_early=True),
        )  # fmt: skip
        found.walk()
        for kind, took in found.taken:
            self.taken[kind].append(took)
        self.right += found.right
        for mark in found.entities:
            self._take("entity", name, lambda mark=mark: self.planner.entity(mark))
        self.desk.go_to_start()
        waiting = found.stances
        for one in in_order(gold.attributions):
            self._attribution(name, one, is_made=one not in found.attributions)
            self._stances(name, gold, waiting)
        self._stances(name, gold, waiting, makes_targets=True)
        self.taken["article"].append(self.desk.count - before)
        here = {kind: counts[there.get(kind, 0) :] for kind, counts in self.taken.items()}
        seconds = time.process_time() - began
        print(f"{name}, {seconds:.0f} s of CPU\n{table(here, {})}\n", file=sys.stderr, flush=True)
        self.failed += (f"{name}: a stance without its attributions: {one}" for one in waiting)

    def _attribution(self, name: str, one: Attribution, *, is_made: bool) -> None:
        frame = self.planner.find(one.name)
        if not is_made and frame is None:
            self._take("attribution", name, lambda: self.planner.attribution(one))
            frame = self.planner.find(one.name)
        if frame is not None and (one.heard or one.outer):
            self._take("further roles", name, lambda: self.links.further(frame.id, one))

    def _stances(
        self,
        name: str,
        gold: Gold,
        waiting: list[Stance],
        *,
        makes_targets: bool = False,
        is_early: bool = False,
    ) -> None:
        """Make the stances for which everything is there; in the end also words that stand for themselves.

        What cannot be made early is tried again later.
        """
        for one in list(waiting):
            made = [self.planner.find(a.name) for a in gold.attributions if one.mention in a.source]
            if not one.mention:
                made = [self.planner.find(a.name) for a in gold.attributions if one.target in a.claim]
            holder = next((frame for frame in made if frame is not None), None)
            is_there = not one.target or any(one.target == span.fragments for span in self.desk.content.spans)
            is_there = is_there or (makes_targets and one.label != "CLAIM")
            if (holder is not None or not one.mention) and is_there:
                waiting.remove(one)
                failed = len(self.failed)
                self._take("stance", name, lambda one=one, holder=holder: self.links.stance(one, holder))
                if is_early and failed < len(self.failed):
                    waiting.append(one)
                    del self.failed[failed:]
                elif one.expression and failed == len(self.failed):
                    self._take("expression", name, lambda one=one: self.links.express(one))

    def _take(self, kind: str, name: str, make: object) -> None:
        """Make something and note what it took; what cannot be made is noted as failed."""
        before = self.desk.count
        try:
            came = make()  # type: ignore[operator]
        except NotMade:
            self.failed.append(f"{name}: {kind} not made")
            self.desk.let_go()
            return
        took = self.desk.count - before
        if isinstance(came, Count):
            took = Count(took.presses, (came - before).presses, took.held)
        self.taken[kind].append(took)


def in_order(attributions: Iterable[Attribution]) -> list[Attribution]:
    """Return attributions in the order of the text, each behind those that it points to."""
    waiting = sorted(attributions, key=lambda one: (one.start, -one.end))
    done: list[Attribution] = []
    while waiting:
        names = {one.name for one in done}
        ready = next((one for one in waiting if all(to in names for to in one.outer.values())), waiting[0])
        waiting.remove(ready)
        done.append(ready)
    return done


def table(taken: Taken, goals: Mapping[str, tuple[str, int]]) -> str:
    """Return the figures as lines, with the goals."""
    heads = f"{'median':>8}{'mean':>7}{'p90':>6}"
    lines = [f"{'':22}{'all presses':>21}   {'at the place':>21}"]
    lines.append(f"{'':15}{'number':>7}{heads}   {heads}{'held':>7}  goal")
    for kind, counts in ((kind, counts) for kind, counts in taken.items() if counts):
        every = [one.presses for one in counts]
        there = [one.presses - one.travel for one in counts]
        held = statistics.mean(one.held for one in counts)
        row = f"{kind:15}{len(counts):7}{_figures(every)}   {_figures(there)}{held:7.1f}"
        if kind in goals:
            which, goal = goals[kind]
            reached = statistics.median(every if which == "all" else there) <= goal
            row += f"  {goal} {which}: {'reached' if reached else 'MISSED'}"
        lines.append(row)
    return "\n".join(lines)


def _figures(values: Sequence[int]) -> str:
    p90 = sorted(values)[max(0, -(-len(values) * 9 // 10) - 1)]
    return f"{statistics.median(values):8g}{statistics.mean(values):7.1f}{p90:6}"


def _makers(app: QApplication, path: Path) -> Mapping[str, Callable[[], Making]]:
    """Return what makes everything in a new window on a project, by keys and by mouse."""

    def _by_keys() -> Making:
        planner = Planner(Desk(app, path))
        return Making(planner.desk, planner, Links(planner))

    def _by_mouse() -> Making:
        hand = Hand(app, path)
        planner = MousePlanner(hand)
        return Making(hand, planner, MouseLinks(planner, hand))

    return {"keys": _by_keys, "mouse": _by_mouse}


def main() -> int:
    """Make the projects, label, compare, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--suggestions", action="store_true")
    parser.add_argument("--by", choices=(*HANDS, "both"), default="both")
    parser.add_argument("--only", default="", help="only articles with this in their name")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    taken: dict[str, Taken] = {}
    wrong: list[str] = []
    right = 0
    app = QApplication([])
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        gold_path = Path(folder) / "gold.annot"
        build_sample(gold_path, whole=True)
        gold = {name: one for name, one in read(gold_path).items() if given.only in name}
        for hand in HANDS if given.by == "both" else (given.by,):
            made_path = Path(folder) / f"{hand}.annot"
            bare(made_path, gold_path, with_suggestions=given.suggestions and hand == "keys")
            making = _makers(app, made_path)[hand]()
            making.all(gold)
            taken[hand] = making.taken
            right += making.right
            found = [*making.failed, *differences(gold, read(made_path))]
            wrong += (f"{hand}: {one}" for one in found)
    if given.json:
        print(json.dumps(taken, default=asdict))
    for hand, counts in taken.items() if not given.json else ():
        print(f"by {hand} alone\n{table(counts, GOALS if hand == 'keys' else {})}\n")
    if right:
        print(f"attributions right as suggested: {right}")
    print("\n".join(wrong) or "The project made is the same as the sample.", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
