"""What is learned from 20 labelled articles, beside the rules, on articles that neither has seen (PolNeAR).

    python -m benchmarks.learning [FOLDER] [--seeds 8]

The articles are those that the rules were not made with (`benchmarks.quality`, part "report"): 20 drawn by a
fixed seed are learned from, the others are asked for.  "takes over" is what the program itself decides, by
holding out each fifth of the 20 in its turn; "added" is what the rules miss and it proposes, in any case.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from annotator.model.job import run
from annotator.model.learning import Lesson
from annotator.model.suggesting import Proposals, SuggestInput
from annotator.nlp.attributions import SUGGESTER
from annotator.nlp.learning.improving import improve, see
from annotator.nlp.learning.tagger import Tagger
from annotator.nlp.learning.training import learn
from benchmarks.polnear import Article, read_articles
from benchmarks.quality import FOLDER, TARGETS, Counts, count_article, from_proposals

LABELS = ("CLAIM", "SOURCE", "CUE")
FRAMES = {"ATTRIBUTION": {"CUE": "cue", "CLAIM": "claim", "SOURCE": "source"}}
LEARNED_FROM = 20
Figures = dict[str, float]


def lesson(article: Article) -> Lesson:
    """Return an article as its first annotator labelled it."""
    marked = [
        (label, part)
        for one in article.annotations[0]
        for label, part in zip(LABELS, (one.claim, one.source, one.cue), strict=True)
        if part
    ]
    whole = ((0, len(article.text)),)
    return Lesson(article.name, SuggestInput(article.text), tuple(dict.fromkeys(marked)), whole)


def figures(articles: Sequence[Article], proposals: Callable[[Article], Proposals]) -> Figures:
    """Return the figures of `benchmarks.quality`, in percent."""
    counts = Counts()
    for one in articles:
        count_article(counts, one, from_proposals(one.text, proposals(one)))
    found = {what: counts.figures(what) for what in TARGETS}
    return {what: one[0 if what.startswith("sure") else 2] for what, one in found.items()}


def measure(articles: Sequence[Article], seed: int) -> tuple[dict[str, Figures], float, tuple[str, ...]]:
    """Return the figures of rules and learned, CPU seconds of learning, and the labels that it takes over."""
    mixed = list(articles)
    random.Random(seed).shuffle(mixed)
    taught, asked = mixed[:LEARNED_FROM], mixed[LEARNED_FROM:]
    rules = SUGGESTER.load("")
    start = time.process_time()
    learned, model = run(learn([lesson(one) for one in taught], rules, LABELS, FRAMES))
    spent = time.process_time() - start
    made = {one.name: next(iter(rules.suggest([SuggestInput(one.text)]))) for one in asked}
    found = {"rules": figures(asked, lambda one: made[one.name])}
    seen = {one.name: see(Tagger(model), LABELS, one.text, made[one.name]) for one in asked}

    def _better(article: Article, moves: Sequence[str], adds: bool) -> Proposals:
        frames = FRAMES if adds else {}
        return improve(article.text, made[article.name], seen[article.name], moves=moves, frames=frames)

    found["added"] = figures(asked, lambda one: _better(one, (), True))
    found["takes over"] = figures(asked, lambda one: _better(one, learned.moves, learned.adds))
    return found, spent, (*(("what is missed",) if learned.adds else ()), *learned.moves)


def main() -> None:
    """Print the figures, their means over the seeds last."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--seeds", type=int, default=8)
    options = parser.parse_args()
    if not options.folder.is_dir():
        raise SystemExit(f"{options.folder} is not there: the articles may not be passed on.")
    articles = [one for one in read_articles(options.folder) if not one.is_for_tuning]
    SUGGESTER.load("")
    results = [measure(articles, seed) for seed in range(1, options.seeds + 1)]
    for seed, (_, spent, winners) in enumerate(results, 1):
        print(f"seed {seed}: learning {spent:.1f} s CPU, takes over {', '.join(winners) or 'nothing'}")
    names = ("rules", "added", "takes over")
    print(f"{'mean of all':18}" + "".join(f"{name:>12}" for name in names))
    for what in TARGETS:
        means = (sum(found[name][what] for found, _, _ in results) / len(results) for name in names)
        print(f"{what:18}" + "".join(f"{mean:12.1f}" for mean in means))


if __name__ == "__main__":
    main()
