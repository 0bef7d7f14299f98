"""Invented articles with their attributions (`fresh_gold.txt`), for `benchmarks.quality --fresh`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.polnear import Article, Attribution, Bounds, joined

GOLD = Path(__file__).with_name("fresh_gold.txt")
_MARK = re.compile(r"\{(?P<role>[scq])(?P<number>\d+)(?:=(?P<other>\d+)|-)? |\}")


def read_fresh() -> Iterator[Article]:
    """Yield the articles with all their attributions, nested ones too."""
    for part in re.split(r"^## ", GOLD.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, marked = part.partition("\n")
        yield read_marked(name, marked.strip())


def read_marked(name: str, marked: str) -> Article:
    """Return an article from its text with marks in braces."""
    text, at = "", 0
    opened: list[tuple[str, str, int]] = []
    pieces: dict[str, dict[str, list[Bounds]]] = defaultdict(lambda: {"s": [], "c": [], "q": []})
    shared: dict[str, str] = {}
    for mark in _MARK.finditer(marked):
        text, at = text + marked[at : mark.start()], mark.end()
        if mark["role"]:
            opened.append((mark["role"], mark["number"], len(text)))
            if mark["other"]:
                shared[mark["number"]] = mark["other"]
        else:
            role, number, start = opened.pop()
            pieces[number][role].append((start, len(text)))
    text += marked[at:]
    for number, other in shared.items():
        pieces[number]["s"] = pieces[other]["s"]
    found = (
        Attribution(*(joined(text, iter(held[role])) for role in "scq"))
        for _, held in sorted(pieces.items(), key=lambda one: int(one[0]))
    )
    return Article(name, text, (tuple(found),))
