"""How many presses a wrong part of a suggestion takes: where the right words are among its candidates.

    python -m benchmarks.candidates [--part tune|opened|report] [FOLDER]
    python -m benchmarks.candidates --fresh

Each proposed attribution is set beside the one that people marked around the same cue.  Where source, cue or
claim differ in a word, the part's key takes the first candidate, Tab each further one; counted is how often
the right one is the first, among the first three, or there at all.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from annotator.model.candidates import candidates
from annotator.model.records import Fragment
from annotator.model.suggesting import Proposals, SuggestInput
from annotator.model.units import TextUnits
from annotator.nlp.attributions import SUGGESTER
from benchmarks.polnear import Article, Attribution
from benchmarks.quality import FOLDER, read_part, words
from benchmarks.quality_fresh import GOLD, GOLD_2, read_fresh

_ROLES = ("source", "cue", "claim")
Parts = Mapping[str, tuple[Fragment, ...]]


def count(articles: Iterable[Article]) -> dict[str, Counter[int]]:
    """Return for each role how often the right words are the first, second … candidate; 0: never."""
    found: dict[str, Counter[int]] = {role: Counter() for role in _ROLES}
    suggester = SUGGESTER.load("")
    for article in articles:
        units = TextUnits(article.text)
        for proposals in suggester.suggest([SuggestInput(article.text)]):
            for parts, gold in _pairs(proposals, article.annotations[0]):
                for role in _ROLES:
                    place = _place(units, role, parts, getattr(gold, role))
                    if place is not None:
                        found[role][place] += 1
    return found


def _pairs(proposals: Proposals, gold: Sequence[Attribution]) -> Iterator[tuple[Parts, Attribution]]:
    for frame in proposals.frames:
        parts = {
            role: tuple(Fragment(*piece) for piece in proposals.spans[at].fragments)
            for role, at in frame.roles
            if role in _ROLES
        }
        cue = parts.get("cue", ())
        same = (one for one in gold if any(a < d and c < b for a, b in one.cue for c, d in cue))
        known = next(same, None)
        if known is not None and frame.label == "ATTRIBUTION":
            yield parts, known


def _place(units: TextUnits, role: str, parts: Parts, wanted: Sequence[tuple[int, int]]) -> int | None:
    """Return which press brings the right words, 0 where none does; None where nothing is to be done."""
    right, held = words(units.text, wanted), words(units.text, parts.get(role, ()))
    if not wanted or right == held:
        return None
    every = [words(units.text, one) for one in candidates(units, role, parts)]
    others = every[1:] if held else every
    return others.index(right) + 1 if right in others else 0


def rows(found: Mapping[str, Counter[int]]) -> list[dict[str, str | int]]:
    """Return a row per role."""
    return [
        {
            "part": role,
            "wrong": places.total(),
            "right at the first press": places[1],
            "within three": sum(places[at] for at in (1, 2, 3)),
            "among the candidates": places.total() - places[0],
        }
        for role, places in found.items()
    ]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--part", choices=("tune", "opened", "report"), default="opened")
    parser.add_argument("--fresh", action="store_true", help="the invented articles")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    articles = [*read_fresh(GOLD), *read_fresh(GOLD_2)] if args.fresh else read_part(args.folder, args.part)
    made = rows(count(articles))
    print(json.dumps(made) if args.json else "\n".join(str(one) for one in made))


if __name__ == "__main__":
    main()
