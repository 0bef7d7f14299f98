"""Which of the rules' spans is which of those that people marked."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model.learning import Marked, Pieces


def paired(made: Sequence[Marked], wanted: Sequence[Marked]) -> dict[int, int]:
    """Return who is whom by number: of one label, one to one, the most alike first."""
    by_label: dict[str, list[int]] = {}
    for at, (label, _) in enumerate(wanted):
        by_label.setdefault(label, []).append(at)
    ranked: list[tuple[float, int, int]] = []
    for number, (label, pieces) in enumerate(made):
        for at in by_label.get(label, ()):
            other = wanted[at][1]
            common = _common(pieces, other)
            if common:
                ranked.append((-common / (_size(pieces) + _size(other) - common), number, at))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, at in sorted(ranked):
        if number not in pairs and at not in taken:
            taken.add(at)
            pairs[number] = at
    return pairs


def _common(one: Pieces, other: Pieces) -> int:
    if one[-1][1] <= other[0][0] or other[-1][1] <= one[0][0]:
        return 0
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def _size(pieces: Pieces) -> int:
    return sum(end - start for start, end in pieces)


def plain(reason: str) -> str:
    """Return a reason without the words of this very text that it may quote."""
    return " ".join(word for word in reason.split() if word.isalpha() and word.islower())
