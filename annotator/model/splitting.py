"""Splits articles into train, dev and test so that what belongs together stays together.

Articles that share a near copy, a claim card or, if wished, an actor or an outlet form a group; a group goes
into one part whole.  Groups are dealt out so that every part gets its share of every label as well as whole
groups allow: the rarest label first, to the part that lacks most of it (iterative stratification, Sechidis,
Tsoumakas and Vlahavas 2011, with groups in place of single examples). Then groups move where that brings
all parts nearer to their shares: of few articles, some with many labels, the deal alone misses these by far.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.model.errors import UserError
from annotator.model.ids import Id
from annotator.model.said import Said, say

PARTS = ("train", "dev", "test")
Key = tuple[str, Hashable]
"""What articles may have in common: a kind ("near copy", "claim card", "actor", "outlet") and which one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a dataset: its name, and the share of the articles that it is to hold."""

    name: str
    share: float


@dataclass(frozen=True, slots=True)
class Splittable:
    """An article as far as splitting looks at it."""

    article: Id
    labels: Mapping[str, int] = field(default_factory=dict)
    """How many spans and frames of each label it has."""
    keys: frozenset[Key] = frozenset()
    """What it may have in common with others."""


_LEAKAGE = "Leaks by {kind}: {count:,} of the {total:,} in several articles stand in more than one part."
_NO_LEAK = "Leaks by {kind}: none, as no article has one in common with another."
_GROUPS = "Groups of articles that stay together: {groups:,}, the largest of {largest:,}."
_NO_GROUPS = "No articles had to stay together: each was dealt out by itself."
_KEPT = "Articles that stay in the part which they had in the dataset before: {kept:,}."
_MOVED = "Articles that had to move, as they belong together with others of another part: {moved:,}."
NOT_SPLIT = "Nothing is held out: all articles are in {part}."


@dataclass(frozen=True, slots=True)
class Leak:
    """What stands in more than one part all the same: how many of a kind, of how many in several articles."""

    kind: str
    count: int
    total: int

    def said(self) -> Said:
        """Return it as one sentence for a person."""
        pattern = _LEAKAGE if self.total else _NO_LEAK
        return say(pattern, kind=say(self.kind), count=self.count, total=self.total)


@dataclass(frozen=True, slots=True)
class Split:
    """Which article goes where, and how good that is."""

    parts: Mapping[str, tuple[Id, ...]]
    groups: int
    largest: int
    """How many articles the largest group holds."""
    leaks: tuple[Leak, ...]
    kept: int = 0
    """How many articles stay in the part that they had before."""
    moved: int = 0
    """How many could not, because of what they belong together with."""

    def said(self) -> Iterator[Said]:
        """Yield what stays together, what leaks all the same, and what of the split was there before."""
        yield say(_GROUPS, groups=self.groups, largest=self.largest) if self.largest > 1 else say(_NO_GROUPS)
        yield from (one.said() for one in self.leaks)
        if self.kept:
            yield say(_KEPT, kept=self.kept)
        if self.moved:
            yield say(_MOVED, moved=self.moved)


def split(
    articles: Sequence[Splittable],
    parts: Sequence[Part],
    *,
    seed: int,
    together: Iterable[str],
    before: Mapping[Id, str] | None = None,
) -> Split:
    """Return a split in which articles with a common key of one of the kinds `together` share a part.

    The same articles, parts and seed give the same split.  An article that had a part `before` stays there;
    its group goes where most of its articles were.  Raises UserError for shares that make no whole.
    """
    _check(parts)
    kinds = frozenset(together)
    groups = _groups(articles, kinds)
    names = {part.name for part in parts}
    was = {one: name for one, name in (before or {}).items() if name in names}
    home = _home_before(articles, groups, [part.name for part in parts], was)
    dealt = _deal(articles, groups, parts, random.Random(seed), home)  # noqa: S311 - no secret
    chosen = {number: name for name, numbers in dealt.items() for number in numbers}
    stays = [chosen[number] == was[one.article] for number, one in enumerate(articles) if one.article in was]
    return Split(
        {part.name: tuple(articles[at].article for at in sorted(dealt[part.name])) for part in parts},
        len(groups),
        max(map(len, groups), default=0),
        tuple(_leaks(articles, chosen)),
        sum(stays),
        len(stays) - sum(stays),
    )


def _check(parts: Sequence[Part]) -> None:
    names = [part.name for part in parts]
    if len(set(names)) != len(names) or not names:
        raise UserError("A split needs parts with names of their own.")
    if any(part.share <= 0 for part in parts) or abs(sum(part.share for part in parts) - 1) > 1e-6:
        said = ", ".join(f"{part.name} {part.share:g}" for part in parts)
        raise UserError(
            "The shares of a split have to be above 0 and make 1 together, not {said}.", said=said
        )


def _groups(articles: Sequence[Splittable], kinds: frozenset[str]) -> list[list[int]]:
    """Return the numbers of the articles, those that belong together in one list, in the order given."""
    parent = list(range(len(articles)))

    def _root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    first: dict[Key, int] = {}
    for number, article in enumerate(articles):
        for key in article.keys:
            if key[0] in kinds:
                # The older one stays the root, so that the order of a set does not matter.
                low, high = sorted((_root(number), _root(first.setdefault(key, number))))
                parent[high] = low
    found: dict[int, list[int]] = defaultdict(list)
    for number in range(len(articles)):
        found[_root(number)].append(number)
    return list(found.values())


def _home_before(
    articles: Sequence[Splittable],
    groups: Sequence[Sequence[int]],
    parts: Sequence[str],
    before: Mapping[Id, str],
) -> dict[int, str]:
    """Return the part that most articles of a group had, for the groups that had any."""
    found: dict[int, str] = {}
    for number, group in enumerate(groups):
        had = Counter(before[articles[at].article] for at in group if articles[at].article in before)
        if had:
            found[number] = max(parts, key=lambda part: had[part])
    return found


def _deal(
    articles: Sequence[Splittable],
    groups: Sequence[Sequence[int]],
    parts: Sequence[Part],
    chance: random.Random,
    home: dict[int, str],
) -> dict[str, list[int]]:
    """Deal the groups out that have no home, so that no part stays empty while there are groups enough."""
    counts = [_count(articles, group) for group in groups]
    total = sum(counts, Counter())
    lacking = {part.name: {label: total[label] * part.share for label in total} for part in parts}
    for one, part in home.items():
        for label, count in counts[one].items():
            lacking[part][label] -= count
    order = list(range(len(groups)))
    chance.shuffle(order)
    # Large groups first, while there is room for them; among equals the rarest label decides.
    order.sort(key=lambda one: (-len(groups[one]), min((total[label] for label in counts[one]), default=0)))
    free = [one for one in order if one not in home]
    for left, one in zip(range(len(free), 0, -1), free, strict=True):
        empty = [name for name in lacking if name not in home.values()] if left <= len(parts) else []
        open_ = empty if left <= len(empty) else lacking
        home[one] = max(open_, key=lambda part: _need(lacking[part], counts[one], total))
        for label, count in counts[one].items():
            lacking[home[one]][label] -= count
    _even_out(
        home, {one: counts[one] for one in free}, {part.name: part.share for part in parts}, lacking, total
    )
    return {
        part.name: [at for one in order if home[one] == part.name for at in groups[one]] for part in parts
    }


def _even_out(
    home: dict[int, str],
    free: Mapping[int, Mapping[str, int]],
    shares: Mapping[str, float],
    lacking: Mapping[str, dict[str, float]],
    total: Mapping[str, int],
) -> None:
    """Move `free` groups, the largest first, while parts get nearer to their shares; none gets empty."""
    held = Counter(home.values())

    def _far(name: str, count: Mapping[str, int], sign: int) -> float:
        """Return how much farther from its share a part gets without a group (sign 1) or with it (-1)."""
        lack, share = lacking[name], shares[name]
        return sum(
            ((lack[label] + sign * some) ** 2 - lack[label] ** 2) / total[label] ** 2 / share
            for label, some in count.items()
        )

    for _ in range(_ROUNDS):
        moved = False
        for one, count in free.items():
            name = home[one]
            others = [part for part in shares if part != name]
            if held[name] == 1 or not others:
                continue
            better = min(others, key=lambda part: _far(part, count, -1))
            if _far(name, count, 1) + _far(better, count, -1) < -_LEAST:
                moved = True
                home[one] = better
                held.update({name: -1, better: 1})
                for label, some in count.items():
                    lacking[name][label] += some
                    lacking[better][label] -= some
        if not moved:
            return


_ROUNDS = 5
_LEAST = 1e-9
"""What a move has to gain, so that rounding moves nothing to and fro."""
_ARTICLES = "\0articles"
"""Stands for the number of articles among the labels; no label is called so."""


def _count(articles: Sequence[Splittable], group: Sequence[int]) -> Counter[str]:
    count = Counter({_ARTICLES: len(group)})
    for number in group:
        count.update(articles[number].labels)
    return Counter({label: some for label, some in count.items() if some > 0})


def _need(
    lacking: Mapping[str, float], count: Mapping[str, int], total: Mapping[str, int]
) -> tuple[float, float]:
    """Return how much a part gains by a group: what it lacks of each label, weighed by how rare that is."""
    after = sum(
        abs(lacking[label] - some) / total[label] - abs(lacking[label]) / total[label]
        for label, some in count.items()
    )
    return -after, lacking[_ARTICLES]


def _leaks(articles: Sequence[Splittable], chosen: Mapping[int, str]) -> Iterator[Leak]:
    """Yield, for each kind, how many keys of several articles stand in more than one part."""
    where: dict[Key, list[str]] = defaultdict(list)
    for number, article in enumerate(articles):
        for key in article.keys:
            where[key].append(chosen[number])
    kinds = sorted({kind for kind, _ in where})
    for kind in kinds:
        shared = [set(parts) for key, parts in where.items() if key[0] == kind and len(parts) > 1]
        yield Leak(kind, sum(len(parts) > 1 for parts in shared), len(shared))


def near_copy_keys(pairs: Iterable[tuple[Id, Id]]) -> dict[Id, set[Key]]:
    """Return the keys that pairs of near copies give to their articles."""
    keys: dict[Id, set[Key]] = defaultdict(set)
    for pair in pairs:
        key: Key = ("near copy", tuple(sorted(pair)))
        for one in pair:
            keys[one].add(key)
    return keys
