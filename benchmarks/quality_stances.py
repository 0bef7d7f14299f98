"""How good the proposed stances are, on the invented articles that have stances marked.

    python -m benchmarks.quality_stances [GOLD] [--only held|open] [--wrong]

GOLD is `fresh_gold_2.txt` beside this module unless another one is named.

A stance is found when a proposed one is shown by a word of the same cue, or, showing none, has the same
holder; its target is right when more than half of the words of both targets together are common to them.
A target is named when it is right, or is alike the words of the holder that name it ("the story").
Of those that are proposed, as many are right as have the right value and a target that is named; "led" are
those on the claim of another attribution, of which only those with the right target are right.
`stance_gold_2.txt` and `stance_gold_3.txt` have every side marked, the others hardly any that is on the
holder's own words ("applauded the outcome"), so that fewer are right there.
Of the passages of `stance_gold.txt` some were held out: not looked at while the rules were made.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.model.suggesting import Proposals, ProposedFrame, SuggestInput
from annotator.nlp.attributions import SUGGESTER
from benchmarks.polnear import Article, Bounds
from benchmarks.quality import words
from benchmarks.quality_fresh import GOLD_2, Stance, read_gold

PASSAGES = GOLD_2.with_name("stance_gold.txt")
ARTICLES = GOLD_2.with_name("stance_gold_2.txt")
MORE_ARTICLES = GOLD_2.with_name("stance_gold_3.txt")
_HELD = "held-"
_PARTS = ("holder_mention", "target", "expression")


@dataclass(frozen=True, slots=True)
class Made:
    """A proposed stance: its value, and the pieces of its parts."""

    value: str
    holder: tuple[Bounds, ...]
    target: tuple[Bounds, ...]
    expression: tuple[Bounds, ...]
    is_led: bool = False
    """Whether the target is the claim of another attribution."""


def stances(proposals: Proposals) -> Iterator[Made]:
    """Yield the stances among proposals."""
    own = {
        (roles.get("source"), roles.get("cue"), roles.get("claim"))
        for roles in (dict(frame.roles) for frame in proposals.frames if frame.label == "ATTRIBUTION")
    }
    for frame in proposals.frames:
        if frame.label == "STANCE":
            holder, target, expression = (_pieces(proposals, frame, role) for role in _PARTS)
            roles = dict(frame.roles)
            shown = (roles.get("holder_mention"), roles.get("expression"), roles["target"])
            yield Made(frame.attributes["value"], holder, target, expression, shown not in own)


def read_passages(gold: Path, only: str | None = None) -> Iterator[tuple[Article, list[Stance]]]:
    """Yield the articles of a file, or only those that were held out, or the others."""
    for article, wanted in read_gold(gold):
        if only is None or article.name.startswith(_HELD) == (only == "held"):
            yield article, wanted


def _pieces(proposals: Proposals, frame: ProposedFrame, role: str) -> tuple[Bounds, ...]:
    return tuple(
        bounds for name, number in frame.roles if name == role for bounds in proposals.spans[number].fragments
    )


def matches(
    text: str, wanted: Sequence[Stance], made: Sequence[Made]
) -> Iterator[tuple[Stance, Made | None]]:
    """Yield each stance that is wanted with the proposed one that meets it best, one to one."""
    left = list(made)
    for one in wanted:
        near = [other for other in left if _is_shown_alike(text, one, other)]
        best = max(near, key=lambda other: _rank(text, one, other), default=None)
        if best is not None:
            left.remove(best)
        yield one, best


def _is_shown_alike(text: str, one: Stance, other: Made) -> bool:
    shown = other.expression or other.holder
    return bool(words(text, one.frame.cue if other.expression else one.frame.source) & words(text, shown))


def _rank(text: str, one: Stance, other: Made) -> tuple[bool, bool]:
    return has_same_target(text, one, other), one.value == other.value


def has_same_target(text: str, one: Stance, other: Made) -> bool:
    """Tell whether both targets have most of their words in common."""
    return _is_alike(text, other.target, one.target)


def names_target(text: str, one: Stance, other: Made) -> bool:
    """Tell whether the target is right, or is what the holder calls it."""
    return has_same_target(text, one, other) or _is_alike(text, other.target, one.frame.claim)


def _is_alike(text: str, one: Sequence[Bounds], other: Sequence[Bounds]) -> bool:
    ours, theirs = words(text, one), words(text, other)
    return 2 * len(ours & theirs) > len(ours | theirs)


def count(pairs: Iterable[tuple[str, Stance, Made | None]]) -> Counter[str]:
    """Count what is found and right of the stances that are marked, and right of those that are proposed."""
    names = ("marked", "found", "value", "target", "named", "both", "right", "right of led")
    counts = Counter(dict.fromkeys(names, 0))
    for text, one, other in pairs:
        counts["marked"] += 1
        if other is not None:
            value, target = one.value == other.value, has_same_target(text, one, other)
            named = names_target(text, one, other)
            counts.update(found=1, value=value, target=target, named=named, both=value and target)
            counts["right"] += value and named
            counts["right of led"] += value and target and other.is_led
    return counts


def main() -> None:
    """Print how many of the marked stances are found, with the right value and target."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, nargs="?", default=GOLD_2)
    parser.add_argument("--wrong", action="store_true", help="print the stances that are not right, too")
    parser.add_argument("--only", choices=("held", "open"), help="passages that were held out, or the others")
    options = parser.parse_args()
    suggester = SUGGESTER.load("")
    pairs: list[tuple[str, Stance, Made | None]] = []
    extra: list[tuple[str, Made]] = []
    proposed = led = 0
    for article, wanted in read_passages(options.gold, options.only):
        made = list(stances(next(iter(suggester.suggest([SuggestInput(article.text)])))))
        proposed += len(made)
        led += sum(one.is_led for one in made)
        met = list(matches(article.text, wanted, made))
        pairs += ((article.text, *pair) for pair in met)
        extra += ((article.text, one) for one in made if not any(one is other for _, other in met))
    if options.wrong:
        for text, one, other in pairs:
            if other is None or one.value != other.value or not has_same_target(text, one, other):
                got = "-" if other is None else f"{other.value} {_said(text, other.target)}"
                print(f"{one.value} “{_said(text, one.frame.cue)}” {_said(text, one.target)}")
                print(f"    proposed: {got}")
        for text, other in extra:
            print(f"not marked: {other.value} “{_said(text, other.expression)}” {_said(text, other.target)}")
    counts = {"proposed": proposed, "led": led, **count(pairs)}
    print(", ".join(f"{name} {number}" for name, number in counts.items()))


def _said(text: str, pieces: Sequence[Bounds]) -> str:
    return " … ".join(text[start:end] for start, end in pieces)


if __name__ == "__main__":
    main()
