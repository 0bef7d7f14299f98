"""Invented articles with their attributions and stances, for `benchmarks.quality --fresh` and the like."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.polnear import Article, Attribution, Bounds, joined

GOLD = Path(__file__).with_name("fresh_gold.txt")
GOLD_2 = Path(__file__).with_name("fresh_gold_2.txt")
GOLD_3 = Path(__file__).with_name("fresh_gold_3.txt")
GOLD_4 = Path(__file__).with_name("fresh_gold_4.txt")
GOLD_5 = Path(__file__).with_name("fresh_gold_5.txt")
GOLD_6 = Path(__file__).with_name("fresh_gold_6.txt")
_MARK = re.compile(
    r"\{(?P<role>[scq])(?P<number>\d+)(?:=(?P<other>\d+)|-)?(?:>(?P<value>\w+):(?P<target>\d+))? |\}"
)


@dataclass(frozen=True, slots=True)
class Stance:
    """Which side the source of one attribution takes on what is said in another."""

    value: str
    frame: Attribution
    target: tuple[Bounds, ...]


def read_fresh(path: Path) -> Iterator[Article]:
    """Yield the articles of a file with all their attributions, nested ones too."""
    return (article for article, _ in read_gold(path))


def read_gold(path: Path) -> Iterator[tuple[Article, list[Stance]]]:
    """Yield the articles of a file, each with the stances that are marked in it."""
    return (read_sides(name, marked.strip()) for name, marked in parts_of(path))


def parts_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the headings of a file, each with the lines below it."""
    for part in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, lines = part.partition("\n")
        yield name, lines


def read_marked(name: str, marked: str) -> Article:
    """Return an article from its text with marks in braces."""
    return read_sides(name, marked)[0]


def read_sides(name: str, marked: str) -> tuple[Article, list[Stance]]:
    """Return an article from its text with marks in braces, and the stances among them."""
    text, at = "", 0
    opened: list[tuple[str, str, int]] = []
    pieces: dict[str, dict[str, list[Bounds]]] = defaultdict(lambda: {"s": [], "c": [], "q": []})
    shared: dict[str, str] = {}
    sides: list[tuple[str, str, str]] = []
    for mark in _MARK.finditer(marked):
        text, at = text + marked[at : mark.start()], mark.end()
        if mark["role"]:
            opened.append((mark["role"], mark["number"], len(text)))
            if mark["other"]:
                shared[mark["number"]] = mark["other"]
            if mark["value"]:
                sides.append((mark["number"], mark["value"], mark["target"]))
        else:
            role, number, start = opened.pop()
            pieces[number][role].append((start, len(text)))
    text += marked[at:]
    for number, other in shared.items():
        pieces[number]["s"] = pieces[other]["s"]
    found = {
        number: Attribution(*(joined(text, iter(held[role])) for role in "scq"))
        for number, held in sorted(pieces.items(), key=lambda one: int(one[0]))
    }
    stances = [Stance(value, found[number], found[target].claim) for number, value, target in sides]
    return Article(name, text, (tuple(found.values()),)), stances
