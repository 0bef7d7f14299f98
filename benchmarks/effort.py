"""Counts the presses it takes to make all annotations of the sample in the real window, by keys alone.

    python -m benchmarks.effort [--suggestions] [--only NAME] [--folder DIR] [--json]

The own articles of the sample come with complete annotations.  This program opens the bare articles in the
real window, off the screen, and makes entities, attributions and stances anew by key events alone.  At each
step it tries the ways there are (accepting, one key at the caret, the next candidate by the same key, moved
edges, grown and word-by-word selections, letters for roles; words, lines, sentences, paragraphs, quotations,
cues, names and open places to move the caret by), takes them back, and does the one with the fewest presses.
What trying takes is not counted.  In the end the project is compared with the sample, span by span and frame
by frame; any difference ends this program with 1.

What is counted: every press.  A key with a modifier (Ctrl+Right) is one press; the column "held" says how
many modifiers were held besides.  The caret's way counts: "all" holds everything from the moment the last
thing was done; "at the place" leaves out the way to the first place where something is pressed for it (the
ways between its parts stay in).  The goals for attributions (8) and stances (3) are read on "all", the
stricter of the two; that for entities (2) on "at the place", since it is said for the caret at the name.

What is asked for: entities; of an attribution claim, source, cue and the implicit sources "author", "unnamed"
and "not said"; its further roles (addressee, medium, parent, continues), counted apart; of a stance holder
by its words, target, value, and apart the words that express it.  Not asked for, and left to the inspector:
attributes other than the stance's value, who an actor is, claim cards, stances on actors and cards (the table
says how many), labels of whole articles, "nothing here", links between articles, notes.
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
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator.model.formats import ImportOptions
from annotator.model.job import run
from annotator.model.resources import resource, seeds
from annotator.model.scheme import read_scheme
from annotator.model.suggesting import suggest_input
from annotator.services.importing import plan_import
from annotator.services.project import Project
from annotator.services.sample import build_sample
from annotator.services.suggesting import plan_suggestions
from benchmarks.effort_desk import Count, Desk, NotMade
from benchmarks.effort_gold import Attribution, Gold, Mark, Stance, differences, read
from benchmarks.effort_links import Links
from benchmarks.effort_planner import Planner

GOALS = {"attribution": ("all", 8), "stance": ("all", 3), "entity": ("at the place", 2)}
Taken = dict[str, list[Count]]


def bare(path: Path, *, with_suggestions: bool) -> None:
    """Make a project of the same articles without annotations, with or without entity suggestions."""
    scheme = read_scheme(resource("schemes/default.toml"))
    project = Project.create(path, scheme, "effort")
    try:
        files = sorted(seeds().glob("*.txt"))
        plan = run(plan_import(files, ImportOptions(), known={}, scheme=scheme, annotators={}))
        project.write_import(plan, undoable=False)
        if with_suggestions:
            inputs = [(one.article.id, suggest_input(one)) for one in project.contents()]
            proposed = run(plan_suggestions(inputs, suggester="entities", choice=""))
            project.write_suggestions(proposed, undoable=False)
    finally:
        project.close()


class Making:
    """Makes all of an article, in the order of its text, and keeps what each thing took."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.planner = Planner(desk)
        self.links = Links(self.planner)
        self.taken: Taken = defaultdict(list)
        self.failed: list[str] = []

    def article(self, name: str, gold: Gold) -> None:
        """Open an article and make what it holds: entities first, then attributions with their stances."""
        before = self.desk.count
        began = time.process_time()
        there = {kind: len(counts) for kind, counts in self.taken.items()}
        self.planner.ways.renew()
        marks = self._decide(gold.entities)
        for mark in marks:
            self._take("entity", name, lambda mark=mark: self.planner.entity(mark))
        self.desk.press(("Home",), travels=True)
        waiting = list(gold.stances)
        for one in in_order(gold.attributions):
            self._attribution(name, one)
            self._stances(name, gold, waiting)
        self.taken["article"].append(self.desk.count - before)
        here = {kind: counts[there.get(kind, 0) :] for kind, counts in self.taken.items()}
        seconds = time.process_time() - began
        print(f"{name}, {seconds:.0f} s of CPU\n{table(here)}\n", file=sys.stderr, flush=True)
        self.failed += (f"{name}: a stance without its attributions: {one}" for one in waiting)

    def _decide(self, marks: Sequence[Mark]) -> list[Mark]:
        """Accept or reject each entity that is suggested; return what has to be made besides."""
        missing = list(marks)
        before = self.desk.count
        for one in iter(self.planner.suggested, None):
            is_right = one in missing
            self.desk.press(("Enter",) if is_right else ("Backspace",))
            if is_right:
                missing.remove(one)
                self.taken["entity"].append(self.desk.count - before)
                before = self.desk.count
        return missing

    def _attribution(self, name: str, one: Attribution) -> None:
        self._take("attribution", name, lambda: self.planner.attribution(one))
        frame = self.planner.find(one.name)
        if frame is not None and (one.heard or one.outer):
            self._take("further roles", name, lambda: self.links.further(frame.id, one))

    def _stances(self, name: str, gold: Gold, waiting: list[Stance]) -> None:
        """Make the stances for which everything is there, those by the last attribution first."""
        for one in list(waiting):
            holder = next(
                (a for a in gold.attributions if one.mention in a.source and self.planner.find(a.name)), None
            )
            is_there = any(one.target == span.fragments for span in self.desk.content.spans)
            if holder is not None and is_there:
                waiting.remove(one)
                self._take("stance", name, lambda one=one, holder=holder: self.links.stance(one, holder))
                if one.expression:
                    self._take("expression", name, lambda one=one: self.links.express(one))

    def _take(self, kind: str, name: str, make: object) -> None:
        """Make something and note what it took; what cannot be made is noted as failed."""
        before = self.desk.count
        try:
            came = make()  # type: ignore[operator]
        except NotMade:
            self.failed.append(f"{name}: {kind} not made")
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


def table(taken: Taken) -> str:
    """Return the figures as lines, with the goals."""
    heads = f"{'median':>8}{'mean':>7}{'p90':>6}"
    lines = [f"{'':22}{'all presses':>21}   {'at the place':>21}"]
    lines.append(f"{'':15}{'number':>7}{heads}   {heads}{'held':>7}  goal")
    for kind, counts in ((kind, counts) for kind, counts in taken.items() if counts):
        every = [one.presses for one in counts]
        there = [one.presses - one.travel for one in counts]
        held = statistics.mean(one.held for one in counts)
        row = f"{kind:15}{len(counts):7}{_figures(every)}   {_figures(there)}{held:7.1f}"
        if kind in GOALS:
            which, goal = GOALS[kind]
            reached = statistics.median(every if which == "all" else there) <= goal
            row += f"  {goal} {which}: {'reached' if reached else 'MISSED'}"
        lines.append(row)
    return "\n".join(lines)


def _figures(values: Sequence[int]) -> str:
    p90 = sorted(values)[max(0, -(-len(values) * 9 // 10) - 1)]
    return f"{statistics.median(values):8g}{statistics.mean(values):7.1f}{p90:6}"


def main() -> int:
    """Make the projects, label, compare, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--suggestions", action="store_true")
    parser.add_argument("--only", default="", help="only articles with this in their name")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        gold_path, made_path = Path(folder) / "gold.annot", Path(folder) / "made.annot"
        build_sample(gold_path, whole=True)
        gold = {name: one for name, one in read(gold_path).items() if chosen.only in name}
        bare(made_path, with_suggestions=chosen.suggestions)
        desk = Desk(QApplication([]), made_path)
        making = Making(desk)
        for article in list(desk.session.order):
            desk.open(article)
            name = desk.content.article.name
            if name in gold:
                making.article(name, gold[name])
        desk.close()
        found = read(made_path)
        wrong = [*making.failed, *differences(gold, found)]
    if chosen.json:
        print(json.dumps({kind: [asdict(one) for one in counts] for kind, counts in making.taken.items()}))
    else:
        print(table(making.taken))
        print(f"stances on actors and cards, left out: {sum(one.left_out for one in gold.values())}")
    print("\n".join(wrong) or "The project made is the same as the sample.", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
