"""Measures the CPU time of all that is worked out for an article, in milliseconds per 5,000 characters.

    python -m benchmarks.thinking [--data FOLDER] [--rounds 3] [--json]

Parts: attributions with their stances and actors, names with theirs, and what is worth checking.  Two kinds
of text: the invented articles (`fresh_gold*.txt`), which are dense, and PolNeAR, where it is there.  "first"
is the pass in which every article is new; "again" the best of the rounds after it, when all words were met.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from annotator.model.suggesting import Suggester, SuggestInput
from annotator.model.worth import sentences
from annotator.nlp.attributions import SUGGESTER as ATTRIBUTIONS
from annotator.nlp.entities import SUGGESTER as ENTITIES
from benchmarks.quality_entities import DATA
from benchmarks.quality_fresh import parts_of, read_marked

GOAL = 30.0
_UNIT = 5000
_WARMING = "The mayor, Ann Quill, said on Monday that 12 of the 20 boats leak. “They do not,” the union said."
Work = Callable[[str], object]


def works() -> Mapping[str, Work]:
    """Return what is done with each text."""
    return {
        "attributions": _suggesting(ATTRIBUTIONS.load("")),
        "names": _suggesting(ENTITIES.load("")),
        "worth": sentences,
    }


def _suggesting(suggester: Suggester) -> Work:
    return lambda text: list(suggester.suggest([SuggestInput(text)]))


def own_texts() -> list[str]:
    """Return the invented articles."""
    files = sorted(Path(__file__).parent.glob("fresh_gold*.txt"))
    return [read_marked(name, marked.strip()).text for path in files for name, marked in parts_of(path)]


def spent(work: Work, texts: Sequence[str]) -> float:
    """Return CPU milliseconds per 5,000 characters of one pass."""
    begun = time.process_time()
    for text in texts:
        work(text)
    return 1000 * (time.process_time() - begun) / sum(map(len, texts)) * _UNIT


def measure(texts: Sequence[str], rounds: int) -> dict[str, tuple[float, float]]:
    """Return for each part the first pass and the best of the others."""
    found = {}
    for part, work in works().items():
        work(_WARMING)
        first = spent(work, texts)
        found[part] = first, min([first, *(spent(work, texts) for _ in range(rounds))])
    first, again = (sum(column) for column in zip(*found.values(), strict=True))
    return found | {"all together": (first, again)}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    files = sorted((options.data / "polnear" / "text").glob("*.txt"))
    kinds = {"own": own_texts(), "polnear": [path.read_text(encoding="utf-8") for path in files]}
    figures = {kind: measure(texts, options.rounds) for kind, texts in kinds.items() if texts}
    if options.json:
        print(json.dumps(figures))
        return
    for kind, parts in figures.items():
        of_what = f"{len(kinds[kind])} articles, CPU ms per {_UNIT:,} characters"
        print(f"{kind:14}{'first':>8}{'again':>8}   {of_what}")
        for part, (first, again) in parts.items():
            is_all = part == "all together"
            verdict = f"   goal {GOAL:.0f}: {'reached' if first <= GOAL else 'MISSED'}" if is_all else ""
            print(f"{part:14}{first:8.1f}{again:8.1f}{verdict}")


if __name__ == "__main__":
    main()
