"""Measures the order of sentences by what is worth checking: mean average precision beside chance.

python -m benchmarks.quality_worth

The gold is small and this project's own (`worth_gold.txt`: two invented speeches and a report): it shows that
the order is far from chance, not how good it is on debates.  Average precision of a list: the mean,
over those worth checking, of the share of such ones up to there.  Chance is the mean over 2,000 shuffles.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path

from annotator.model.worth import worth

GOLD = Path(__file__).with_name("worth_gold.txt")
_SHUFFLES = 2_000


def average_precision(ordered: Sequence[bool]) -> float:
    """Return the average precision of an order of right (True) and wrong ones."""
    right, total = 0, 0.0
    for place, is_right in enumerate(ordered, 1):
        right += is_right
        total += right / place if is_right else 0.0
    return total / right if right else 0.0


def main() -> int:
    """Print the figures."""
    lines = [line for line in GOLD.read_text(encoding="utf-8").splitlines() if line[:1] in "+-"]
    gold = [(line[0] == "+", line[2:]) for line in lines]
    ranked = sorted(gold, key=lambda pair: -worth(pair[1]).score)
    shuffled = [is_right for is_right, _ in gold]
    dice = random.Random(1)
    chance = 0.0
    for _ in range(_SHUFFLES):
        dice.shuffle(shuffled)
        chance += average_precision(shuffled) / _SHUFFLES
    found = average_precision([is_right for is_right, _ in ranked])
    print(f"{len(gold)} sentences, {sum(is_right for is_right, _ in gold)} worth checking")
    print(f"average precision {found:.2f}, by chance {chance:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
