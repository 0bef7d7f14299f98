"""How good the proposed attributions are, on articles that people have annotated (PolNeAR).

    python -m benchmarks.quality [FOLDER] [--part unread|opened|report|tune|all]
    python -m benchmarks.quality --sample | --fresh | --fresh-2 | --fresh-3 | ... | --fresh-6

Overlap: a part shares a word with the part of one of the people's, one to one, the pair with most words in
common first; a whole frame when all its three parts do (a missing source stands for a missing one).
Strict: the same characters, pieces with only white space between them counting as one; a whole frame when all
its three parts are.  Contents count once per attribution, sources and contents marked twice count once.
The people marked outermost attributions only, so only ours without a parent count, and what continues one
belongs to it.  Where several people annotated an article, each counts for a part of one.
Direct quotations are contents that begin with a quotation mark and have three words or more; theirs may be
met by any of ours, and ours by any of theirs.
Sure ones score 0.8 or more, and are right when the whole frame overlaps.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from annotator.model.suggesting import Proposals, SuggestInput
from annotator.nlp.attributions import SUGGESTER
from benchmarks.polnear import Article, Attribution, Bounds, joined, read_articles
from benchmarks.quality_fresh import GOLD, GOLD_2, GOLD_3, GOLD_4, GOLD_5, GOLD_6, read_fresh
from benchmarks.quality_sample import read_sample

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "polnear"
SURE = 0.8
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"[\"“”«]|''")
TARGETS = {
    "content overlap": 78, "content strict": 52, "source overlap": 72, "frame overlap": 60,
    "frame strict": 42, "direct content": 92, "direct source": 88, "sure precision": 88,
}  # fmt: skip
PARTS = ("unread", "opened", "report", "tune", "all")
_OWN: dict[str, tuple[str, Callable[[], Iterator[Article]]]] = {
    "sample": ("the project's own sample", read_sample),
    "fresh": ("invented articles", partial(read_fresh, GOLD)),
    "fresh-2": ("ten more of them", partial(read_fresh, GOLD_2)),
    "fresh-3": ("fourteen of a campaign", partial(read_fresh, GOLD_3)),
    "fresh-4": ("eight of ordinary difficulty", partial(read_fresh, GOLD_4)),
    "fresh-5": ("fourteen of campaigns and statehouses", partial(read_fresh, GOLD_5)),
    "fresh-6": ("ten of politics beside the campaign", partial(read_fresh, GOLD_6)),
}
"""Option -> what its articles are, and what reads them."""
ROLES = ("source", "cue", "claim")
Scored = tuple[Attribution, float]
_Sides = tuple[Sequence[tuple[Bounds, ...]], Sequence[tuple[Bounds, ...]]]


class Counts:
    """Right, proposed and wanted ones, summed over articles with their weights."""

    def __init__(self) -> None:
        self.sums: Counter[tuple[str, str]] = Counter()

    def add(self, what: str, weight: float, right: float, proposed: float, wanted: float) -> None:
        """Count one article."""
        for key, value in (("right", right), ("proposed", proposed), ("wanted", wanted)):
            self.sums[what, key] += value * weight  # type: ignore[assignment]

    def figures(self, what: str) -> tuple[float, float, float]:
        """Return precision, recall and F1 in percent."""
        right, proposed, wanted = (self.sums[what, key] for key in ("right", "proposed", "wanted"))
        return (
            100 * right / proposed if proposed else 0.0,
            100 * right / wanted if wanted else 0.0,
            200 * right / (proposed + wanted) if proposed + wanted else 0.0,
        )


def from_proposals(text: str, proposals: Proposals, *, with_inner: bool = False) -> list[Scored]:
    """Return the attributions that were proposed, without inner ones; what continues one is joined to it."""
    if with_inner:
        return list(_each(text, proposals))
    links = [dict(frame.links) for frame in proposals.frames]
    parts: dict[int, dict[str, list[Bounds]]] = {}
    for number, frame in enumerate(proposals.frames):
        if frame.label != "ATTRIBUTION" or "parent" in links[number]:
            continue
        head, seen = number, set()
        while "continues" in links[head] and head not in seen:
            seen.add(head)
            head = links[head]["continues"]
        if "parent" in links[head]:
            continue
        held = parts.setdefault(head, {"source": [], "cue": [], "claim": []})
        for role, span in frame.roles:
            if role == "claim" or (head == number and role in held):
                held[role] += proposals.spans[span].fragments
    return [
        (
            Attribution(*(joined(text, iter(held[role])) for role in ROLES)),
            proposals.frames[at].score,
        )
        for at, held in parts.items()
    ]  # fmt: skip


def _each(text: str, proposals: Proposals) -> Iterator[Scored]:
    for frame in proposals.frames:
        if frame.label == "ATTRIBUTION":
            roles = dict(frame.roles)
            held = (proposals.spans[roles[role]].fragments if role in roles else () for role in ROLES)
            yield Attribution(*(joined(text, iter(pieces)) for pieces in held)), frame.score


def quotation_floor(article: Article) -> list[Scored]:
    """Return every stretch between quotation marks as a claim that nobody makes."""
    return [
        (Attribution((), (), (match.span(),)), 1.0)
        for match in re.finditer(r'“[^”\n]+”|"[^"\n]+"|\'\'(?:(?!\'\').)+\'\'', article.text)
        if len(match.group().split()) >= 3
    ]


def words(text: str, pieces: Iterable[Bounds]) -> frozenset[int]:
    """Return where the words of pieces start."""
    return frozenset(match.start() for start, end in pieces for match in _WORD.finditer(text, start, end))


def paired(wanted: Sequence[frozenset[int]], made: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
    """Return who matches whom, one to one, most words in common first."""
    at: dict[int, list[int]] = {}
    for number, places in enumerate(wanted):
        for word in places:
            at.setdefault(word, []).append(number)
    common = Counter(
        (number, other) for other, places in enumerate(made) for word in places for number in at.get(word, ())
    )
    ranked = sorted(common.items(), key=lambda one: (-one[1], one[0]))
    first: set[int] = set()
    second: set[int] = set()
    found = []
    for (one, other), _ in ranked:
        if one not in first and other not in second:
            found.append((one, other))
            first.add(one)
            second.add(other)
    return found


def count_article(counts: Counts, article: Article, made: Sequence[Scored]) -> None:
    """Compare what was made for one article with what each of its annotators marked."""
    for gold in article.annotations:
        _count(counts, article.text, gold, made, 1 / len(article.annotations))


def _count(
    counts: Counts, text: str, gold: Sequence[Attribution], made: Sequence[Scored], weight: float
) -> None:
    ours = [one for one, _ in made]
    for name, part in (("content", lambda one: one.claim), ("source", lambda one: one.source)):
        _count_part(counts, text, name, weight, (_distinct(part, gold), _distinct(part, ours)))
    pairs = frame_pairs(text, gold, ours)
    strict = sum(gold[a] == ours[b] for a, b in pairs)
    counts.add("frame overlap", weight, len(pairs), len(ours), len(gold))
    counts.add("frame strict", weight, strict, len(ours), len(gold))
    right = {b for _, b in pairs}
    sure = [at for at, (_, score) in enumerate(made) if score >= SURE]
    counts.add("sure precision", weight, len(right & set(sure)), len(sure), len(gold))
    contents = {
        b
        for _, b in paired([words(text, one.claim) for one in gold], [words(text, one.claim) for one in ours])
    }
    counts.add("sure content", weight, len(contents & set(sure)), len(sure), len(gold))
    _count_direct(counts, text, gold, ours, weight)


def _distinct(
    part: Callable[[Attribution], tuple[Bounds, ...]], found: Iterable[Attribution]
) -> list[tuple[Bounds, ...]]:
    return list(dict.fromkeys(part(one) for one in found if part(one)))


def _count_part(counts: Counts, text: str, name: str, weight: float, sides: _Sides) -> None:
    gold, ours = sides
    pairs = paired([words(text, one) for one in gold], [words(text, one) for one in ours])
    counts.add(f"{name} overlap", weight, len(pairs), len(ours), len(gold))
    counts.add(f"{name} strict", weight, len(set(gold) & set(ours)), len(ours), len(gold))


def frame_pairs(text: str, gold: Sequence[Attribution], ours: Sequence[Attribution]) -> list[tuple[int, int]]:
    """Return which frames share words in all three parts."""
    parts = [
        [tuple(words(text, part) for part in (one.source, one.cue, one.claim)) for one in side]
        for side in (gold, ours)
    ]
    found: list[tuple[float, int, int]] = []
    for a, one in enumerate(parts[0]):
        for b, other in enumerate(parts[1]):
            if one[2] & other[2] and all(
                bool(x & y) or (not x and not y) for x, y in zip(one, other, strict=True)
            ):
                found.append(
                    (-sum(len(x & y) / max(1, len(x | y)) for x, y in zip(one, other, strict=True)), a, b)
                )
    first: set[int] = set()
    second: set[int] = set()
    pairs = []
    for _, a, b in sorted(found):
        if a not in first and b not in second:
            pairs.append((a, b))
            first.add(a)
            second.add(b)
    return pairs


def _count_direct(
    counts: Counts, text: str, gold: Sequence[Attribution], ours: Sequence[Attribution], weight: float
) -> None:
    wanted, made = ([one for one in side if _is_direct(text, one)] for side in (gold, ours))
    all_ours = paired([words(text, one.claim) for one in wanted], [words(text, one.claim) for one in ours])
    all_gold = paired([words(text, one.claim) for one in gold], [words(text, one.claim) for one in made])
    found = len(all_ours)
    proposed = found + len(made) - len(all_gold)
    same = sum(_same_source(text, wanted[a], ours[b]) for a, b in all_ours)
    counts.add("direct content", weight, found, proposed, len(wanted))
    counts.add("direct source", weight, same, proposed, len(wanted))


def _same_source(text: str, one: Attribution, other: Attribution) -> bool:
    return bool(words(text, one.source) & words(text, other.source)) or (not one.source and not other.source)


def _is_direct(text: str, one: Attribution) -> bool:
    starts = bool(one.claim) and _QUOTED.match(text, one.claim[0][0]) is not None
    return starts and len(words(text, one.claim)) >= 3


def measure(articles: Sequence[Article], least: float, *, with_inner: bool) -> tuple[Counts, Counts, float]:
    """Return the figures of the suggester, those of the floor, and CPU milliseconds per 5,000 characters."""
    suggester = SUGGESTER.load("")
    list(suggester.suggest([SuggestInput("Anna Quill told Reuters it was warm.")]))
    start = time.process_time()
    proposed = list(suggester.suggest(SuggestInput(one.text) for one in articles))
    spent = time.process_time() - start
    counts, floor = Counts(), Counts()
    for article, proposals in zip(articles, proposed, strict=True):
        made = from_proposals(article.text, proposals, with_inner=with_inner)
        made = [one for one in made if one[1] >= least]
        count_article(counts, article, made)
        count_article(floor, article, quotation_floor(article))
    size = sum(len(one.text) for one in articles)
    return counts, floor, 5_000_000 * spent / max(1, size)


def table(counts: Counts, floor: Counts) -> list[dict[str, float | str]]:
    """Return a row per figure."""
    rows: list[dict[str, float | str]] = []
    for what in (*TARGETS, "source strict", "sure content"):
        precision, recall, f1 = counts.figures(what)
        reached = precision if what.startswith("sure") else f1
        shares = (
            ("precision", precision),
            ("recall", recall),
            ("value", reached),
            ("floor", floor.figures(what)[2]),
        )
        rows.append(
            {
                "figure": what,
                **{key: round(share, 1) for key, share in shares},
                "target": TARGETS.get(what, ""),
            }
        )
    return rows


def read_part(folder: Path, part: str) -> list[Article]:
    """Return the articles of a part of PolNeAR."""
    if not folder.is_dir():
        raise SystemExit(f"{folder} is not there: the articles may not be passed on.")
    return [one for one in read_articles(folder) if _is_in(one, part)]


def _is_in(article: Article, part: str) -> bool:
    """Tell whether an article belongs to a part; "report" is "unread" and "opened" together."""
    if part == "all":
        return True
    is_report = not article.is_for_tuning
    return {
        "tune": not is_report,
        "report": is_report,
        "unread": article.is_unread,
        "opened": is_report and not article.is_unread,
    }[part]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--part", choices=PARTS, default="report")
    own_ones = parser.add_mutually_exclusive_group()
    for kind, (meaning, _) in _OWN.items():
        own_ones.add_argument(
            f"--{kind}", dest="own", action="store_const", const=kind, help=f"{meaning}, inner ones too"
        )
    parser.add_argument("--least", type=float, default=0.0, help="leave out what scores less")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    own = options.own or ""
    articles = list(_OWN[own][1]()) if own else read_part(options.folder, options.part)
    counts, floor, spent = measure(articles, options.least, with_inner=bool(own))
    rows = table(counts, floor)
    if options.json:
        print(
            json.dumps(
                {"part": options.part, "articles": len(articles), "cpu_ms": round(spent, 2), "rows": rows}
            )
        )
        return
    print(f"{len(articles)} articles ({own or options.part}); {spent:.1f} ms CPU per 5,000 characters")
    print(f"{'figure':18}{'precision':>10}{'recall':>8}{'value':>8}{'marks':>8}{'target':>8}")
    for row in rows:
        print("{figure:18}{precision:>10}{recall:>8}{value:>8}{floor:>8}{target:>8}".format(**row))


if __name__ == "__main__":
    main()
