"""What is learned from labelled articles, beside the rules, on articles that it has not seen (PolNeAR).

    python -m benchmarks.learning [FOLDER] [--part all|report|tune] [--from 20] [--seeds 8] [--guideline NAME]

Articles drawn by a fixed seed are learned from, and all others are asked for.  The rules were made with most
articles in view, so there is little to better there; "unseen" is the same for those that no maker of rules
has read (`benchmarks.quality`, part "unread").  With `--part report` articles are drawn from those for
reporting alone, with `--part tune` from the others, and all that were not drawn are asked for.
"sure found" are those of the people's that are proposed, shown as sure, and right.
"learned" is what the program itself decides to use, by holding out each fourth of the drawn ones in its
turn.  Guidelines other than the one that people followed are made of their labels:

    direct   only attributions of which the content begins with a quotation mark
    bare     contents without quotation marks around them and without "that", sources up to the first comma
    spoken   only attributions with a cue that has a form of "say", "tell", "ask", "add", or "according"
    sentence contents are the whole sentences that they stand in
    names    sources are the first name in them, without offices and what else is said of people
    topic    only attributions that name one of the two candidates of 2016 in source or content
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean, stdev

from annotator.model.job import run
from annotator.model.learning import Learned, Lesson
from annotator.model.suggesting import Proposals, SuggestInput
from annotator.model.tokens import sentence_bounds
from annotator.model.units import paragraph_bounds
from annotator.nlp.attributions import SUGGESTER
from annotator.nlp.learning.suggester import Better
from annotator.nlp.learning.training import learn
from benchmarks.polnear import Article, Attribution, Bounds, read_articles
from benchmarks.quality import FOLDER, TARGETS, Counts, count_article, from_proposals

LABELS = ("CLAIM", "SOURCE", "CUE")
FRAMES = {"ATTRIBUTION": {"CUE": "cue", "CLAIM": "claim", "SOURCE": "source"}}
WHAT = (*TARGETS, "source strict")
INNER = ("content overlap", "content strict", "frame overlap", "frame strict")
"""Also given with what is proposed inside other attributions, which these people do not mark."""
_SPOKEN = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?|elling)|ask(?:ed|s|ing)?|add(?:ed|s)?|according)\b",
    re.IGNORECASE,
)
_AROUND = re.compile(r"[\"“”«»'‘’]|that\b")
_NAME = re.compile(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)*")
_TOPIC = re.compile(r"\b(?:Trump|Clinton)\b")
Figures = dict[str, float]


def _direct(text: str, one: Attribution) -> Attribution | None:
    return one if text[one.claim[0][0]] in "\"“«'" else None


def _spoken(text: str, one: Attribution) -> Attribution | None:
    return one if any(_SPOKEN.search(text, *piece) for piece in one.cue) else None


def _bare(text: str, one: Attribution) -> Attribution | None:
    claim = tuple(found for piece in one.claim if (found := _bare_piece(text, *piece)))
    source = tuple((start, _comma(text, start, end)) for start, end in one.source[:1])
    return replace(one, claim=claim, source=source) if claim else None


def _bare_piece(text: str, start: int, end: int) -> Bounds | None:
    match = _AROUND.match(text, start, end)
    if match:
        start = match.end() + (text[match.end() : match.end() + 1] == " ")
    while end > start and text[end - 1] in "\"”»'’":
        end -= 1
    return (start, end) if start < end else None


def _comma(text: str, start: int, end: int) -> int:
    at = text.find(",", start, end)
    return at if at > start else end


def _sentence(text: str, one: Attribution) -> Attribution | None:
    first, last = one.claim[0][0], one.claim[-1][1]
    around = [
        (start + a, start + b)
        for start, end in paragraph_bounds(text)
        if start < last and first < end
        for a, b in sentence_bounds(text[start:end])
    ]
    met = [bounds for bounds in around if bounds[0] < last and first < bounds[1]]
    start, end = met[0][0], met[-1][1]
    return replace(one, claim=((start, start + len(text[start:end].rstrip())),))


def _names(text: str, one: Attribution) -> Attribution | None:
    found = (_NAME.search(text, *piece) for piece in one.source)
    return replace(one, source=tuple(match.span() for match in found if match)[:1] or one.source)


def _topic(text: str, one: Attribution) -> Attribution | None:
    return one if any(_TOPIC.search(text, *piece) for piece in (*one.source, *one.claim)) else None


GUIDELINES: Mapping[str, Callable[[str, Attribution], Attribution | None]] = {
    "as marked": lambda _, one: one,
    "direct": _direct,
    "bare": _bare,
    "spoken": _spoken,
    "sentence": _sentence,
    "names": _names,
    "topic": _topic,
}


def under(guideline: str, article: Article) -> Article:
    """Return an article as people would have marked it under a guideline."""
    change = GUIDELINES[guideline]
    annotations = tuple(
        tuple(found for one in each if (found := change(article.text, one))) for each in article.annotations
    )
    return replace(article, annotations=annotations)


def lesson(article: Article) -> Lesson:
    """Return an article as its first annotator labelled it."""
    frames = tuple(
        tuple(
            (label, part)
            for label, part in zip(LABELS, (one.claim, one.source, one.cue), strict=True)
            if part
        )
        for one in article.annotations[0]
    )
    marked = tuple(dict.fromkeys(span for one in frames for span in one))
    whole = ((0, len(article.text)),)
    return Lesson(article.name, SuggestInput(article.text), marked, whole, frames=frames)


def figures(articles: Sequence[Article], proposals: Callable[[Article], Proposals]) -> Figures:
    """Return the figures of `benchmarks.quality`, in percent."""
    counts, inner = Counts(), Counts()
    for one in articles:
        made = proposals(one)
        count_article(counts, one, from_proposals(one.text, made))
        count_article(inner, one, from_proposals(one.text, made, with_inner=True))
    found = {what: counts.figures(what) for what in WHAT}
    found |= {f"inner, {what}": inner.figures(what) for what in INNER}
    sure, sure_found, _ = found["sure precision"]
    values = {what: value for what, (_, _, value) in found.items()}
    return values | {"sure precision": sure, "sure found": sure_found}


Measured = tuple[dict[str, Figures], Mapping[str, float], Learned]


def measure(articles: Sequence[Article], part: str, seed: int, count: int) -> Measured:
    """Return the figures of rules and learned, CPU seconds and milliseconds, and what was learned."""
    mixed = [one for one in articles if part == "all" or one.is_for_tuning == (part == "tune")]
    random.Random(seed).shuffle(mixed)
    taught = mixed[:count]
    asked = [one for one in (mixed if part == "report" else articles) if one not in taught]
    rules = SUGGESTER.load("")
    start = time.process_time()
    learned, model = run(learn([lesson(one) for one in taught], rules, LABELS, FRAMES))
    spent = {"learning": time.process_time() - start}
    better = Better(rules, SUGGESTER, learned, model)
    start = time.process_time()
    made = {one.name: next(iter(better.suggest([SuggestInput(one.text)]))) for one in asked}
    spent["ms"] = 5e6 * (time.process_time() - start) / sum(len(one.text) for one in asked)
    said = {one.name: next(iter(rules.suggest([SuggestInput(one.text)]))) for one in asked}
    found = {}
    for name, some in (("", asked), ("unseen ", [one for one in asked if one.is_unread])):
        found[f"{name}rules"] = figures(some, lambda one: said[one.name])
        found[f"{name}learned"] = figures(some, lambda one: made[one.name])
    return found, spent, learned


def gain(rules: Sequence[Figures], learned: Sequence[Figures], what: str) -> str:
    """Return the mean gain over the draws with its standard error."""
    gains = [one[what] - other[what] for one, other in zip(learned, rules, strict=True)]
    error = f" ± {stdev(gains) / len(gains) ** 0.5:.2f}" if len(gains) > 1 else ""
    return f"{mean(gains):+.2f}{error}"


def _uses(learned: Learned) -> str:
    parts = [f"drops below {learned.least}" if learned.least else "", "adds" if learned.adds else ""]
    parts.append("outermost" if learned.outermost else "")
    parts.append(f"moves {', '.join(learned.moves)}" if learned.moves else "")
    parts.append(f"{len(learned.cues)} cues" if learned.cues else "")
    parts.append("scores" if learned.ranking else "")
    return "; ".join(filter(None, parts)) or "nothing"


def main() -> None:
    """Print the figures, means over the seeds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--part", choices=("all", "report", "tune"), default="all")
    parser.add_argument("--from", type=int, default=20, dest="count")
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--guideline", choices=tuple(GUIDELINES), default="as marked")
    options = parser.parse_args()
    if not options.folder.is_dir():
        raise SystemExit(f"{options.folder} is not there: the articles may not be passed on.")
    articles = [under(options.guideline, one) for one in read_articles(options.folder)]
    list(SUGGESTER.load("").suggest([SuggestInput("Anna Quill told Reuters it was warm.")]))
    results = [measure(articles, options.part, seed, options.count) for seed in range(1, options.seeds + 1)]
    for seed, (_, spent, learned) in enumerate(results, 1):
        print(f"seed {seed}: {spent['learning']:.1f} s CPU, then {spent['ms']:.1f} ms; {_uses(learned)}")
    columns = [[found[name] for found, *_ in results] for name in results[0][0]]
    print(f"{'means':22}" + "".join(f"{name:>16}" for name in results[0][0]) + f"{'gain':>18}")
    for what in columns[0][0]:
        means = "".join(f"{mean(one[what] for one in column):16.1f}" for column in columns)
        print(f"{what:22}{means}{gain(columns[0], columns[1], what):>18}")


if __name__ == "__main__":
    main()
