"""How well mentions are joined to actors, as pairs of them, on the invented articles of `fresh_names*.txt`.

    python -m benchmarks.quality_actors [--wrong] [--missed]

A mention is the source of an attribution or a name of a person or body outside one.  Two mentions are joined
when what is proposed where they stand has the same actor.  Right are the pairs that a person says are one
actor.  A wrong pair, two actors taken for one, is worse than a missed one: those are counted apart.
Below stand the proposals to merge actors of different articles, with their reasons.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from annotator.model.actor_pairs import actor_pairs
from annotator.model.ids import new_id
from annotator.model.records import Actor
from annotator.model.suggesting import ProposedSpan, SuggestInput
from annotator.nlp.attributions import SUGGESTER as ATTRIBUTIONS
from annotator.nlp.attributions.resolving import is_pronoun
from annotator.nlp.entities import SUGGESTER as ENTITIES
from benchmarks.names_gold import ALL_NAMES, Mention, Named, read_across, read_names

_PARTS = frozenset(("SOURCE", "CUE", "CLAIM"))
"""Labels of the parts of attributions; all others are those of names."""


@dataclass
class Pairs:
    """Pairs of mentions, by whether names, descriptions or pronouns are in them."""

    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    wanted: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    wrong: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    missed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, one: Named, actors: Sequence[str]) -> None:
        """Count the pairs of an article, given the proposed actor of each mention."""
        for (first, actor), (second, other) in combinations(zip(one.mentions, actors, strict=True), 2):
            kind = max(_kind(one, first), _kind(one, second))
            is_joined, is_one = bool(actor) and actor == other, first.actor == second.actor
            told = f"{one.article.name}: {_words(one, first)} = {_words(one, second)}"
            if is_one:
                self.wanted[kind] += 1
            if is_joined and is_one:
                self.right[kind] += 1
            elif is_joined:
                self.wrong[kind].append(f"{told} ({actor})")
            elif is_one:
                self.missed[kind].append(told)

    def rows(self) -> Iterator[tuple[str, int, int, int]]:
        """Yield a kind with the pairs that are right, wrong and wanted, and all at last."""
        kinds = sorted(self.wanted.keys() | self.wrong.keys())
        rows = [(kind, self.right[kind], len(self.wrong[kind]), self.wanted[kind]) for kind in kinds]
        yield from rows
        right, wrong, wanted = (sum(column) for column in zip(*(row[1:] for row in rows), strict=True))
        yield "all", right, wrong, wanted


def proposed(text: str) -> list[ProposedSpan]:
    """Return the spans that the program proposes for a text."""
    given = [SuggestInput(text)]
    return [
        span
        for one in (ATTRIBUTIONS, ENTITIES)
        for found in one.load("").suggest(given)
        for span in found.spans
    ]


def actors_of(one: Named, spans: Sequence[ProposedSpan]) -> list[str]:
    """Return the actor that is proposed for each mention; empty where there is none."""
    return [_actor(mention, spans) for mention in one.mentions]


def _actor(mention: Mention, spans: Sequence[ProposedSpan]) -> str:
    best: tuple[tuple[int, bool], str] = ((0, False), "")
    for span in spans:
        (start, end), *_ = span.fragments
        is_meant = span.label == "SOURCE" if mention.is_source else span.label not in _PARTS
        common, actor = min(end, mention.end) - max(start, mention.start), span.attributes.get("actor", "")
        if is_meant and common > 0:
            best = max(best, ((common, bool(actor)), actor), key=lambda one: one[0])
    return best[1]


def _kind(one: Named, mention: Mention) -> str:
    """Return what a mention is; the last in the alphabet decides for a pair."""
    words = _words(one, mention)
    if is_pronoun(words) or words.lower() in ("i", "we", "you"):
        return "pronoun"
    return "name" if any(word[:1].isupper() for word in words.split()[1:] or [words]) else "office"


def _words(one: Named, mention: Mention) -> str:
    return one.article.text[mention.start : mention.end]


def merges(path: Path, found: Iterable[tuple[Named, Sequence[str]]]) -> Iterator[tuple[bool, str]]:
    """Yield the merges proposed between articles, in order: whether right, and what a person sees."""
    meant: dict[str, set[str]] = defaultdict(set)
    across = read_across(path)
    for one, actors in found:
        for mention, actor in zip(one.mentions, actors, strict=True):
            if actor:
                meant[actor].add(across.get(mention.actor, mention.actor))
    for pair in actor_pairs(Actor(new_id(), name) for name in sorted(meant)):
        is_right = bool(meant[pair.kept.name] & meant[pair.other.name])
        yield is_right, f"{pair.kept.name} = {pair.other.name}: {pair.reason}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for kind in ("wrong", "missed"):
        parser.add_argument(f"--{kind}", action="store_true", help=f"show the {kind} pairs")
    options = parser.parse_args()
    for path in ALL_NAMES:
        pairs = Pairs()
        found = [(one, actors_of(one, proposed(one.article.text))) for one in read_names(path)]
        for one, actors in found:
            pairs.add(one, actors)
        _show(pairs, path.stem, list(merges(path, found)))
        for kind in ("wrong", "missed"):
            for what, lines in getattr(pairs, kind).items() if getattr(options, kind) else ():
                print(*(f"{kind} {what} {line}" for line in lines), sep="\n")


def _show(pairs: Pairs, title: str, found: Sequence[tuple[bool, str]]) -> None:
    print(f"{title:14}{'precision':>10}{'recall':>8}{'wanted':>8}{'false':>7}")
    for kind, right, wrong, wanted in pairs.rows():
        precision = 100 * right / ((right + wrong) or 1)
        print(f"{kind:14}{precision:10.1f}{100 * right / (wanted or 1):8.1f}{wanted:8}{wrong:7}")
    print(f"merges proposed between articles: {len(found)}, right {sum(is_right for is_right, _ in found)}")
    for is_right, told in found:
        print(f"  {'right' if is_right else 'WRONG'} {told}")


if __name__ == "__main__":
    main()
