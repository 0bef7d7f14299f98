"""Makes pairs of a claim and an article that has nothing to do with it, where that is asked for."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from annotator.exchange.claims.stance_pairs import Pair
from annotator.model.formats import ExportSource, Option
from annotator.model.ids import Id
from annotator.model.near_copies import fingerprint, is_partly
from annotator.model.records import ArticleContent

NEGATIVES = Option("negatives", "Unrelated pairs made for each pair", ("0", "1", "2", "3", "4", "5"))
SEED = Option("seed", "Seed of the unrelated pairs", tuple(map(str, range(1, 10))))
POOL = 2_000
"""Articles that are kept to draw from: all of a small project, and a fair draw of a large one."""
OWED = 5_000
"""Pairs that wait for an article to come that has nothing to do with them."""
CLAIMS = 5_000
"""Claims of which it is kept which articles they were paired with, the latest ones."""
_TRIES = 30

Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class _Other(Generic[Said]):
    """An article as far as it is looked at to tell whether it has to do with a claim."""

    article: Id
    sha256: str
    prints: frozenset[int]
    cards: frozenset[Id]
    people: frozenset[Id]
    said: Sequence[Said]

    def is_copy_of(self, other: _Other[Said]) -> bool:
        return self.sha256 == other.sha256 or is_partly(self.prints, other.prints)


@dataclass(slots=True)
class _Debt(Generic[Said]):
    """A pair that lacks unrelated ones, its article, and the articles that its claim was paired with."""

    pair: Pair
    own: _Other[Said]
    count: int
    prints: frozenset[int]
    used: set[Id]

    def takes(self, other: _Other[Said]) -> bool:
        """Tell whether an article has nothing to do with the claim, as far as can be known."""
        own = self.own
        if not other.said or other.article in self.used or other.is_copy_of(own):
            return False
        is_known = self.pair.people & other.people or own.cards & other.cards
        return not (is_known or self.prints & other.prints)


class Negatives(Generic[Said]):
    """Draws, for each pair, what other articles say: never a near copy or one on the same claim card.

    Pairs about one claim each get other articles: the same pair twice would teach nothing.
    """

    def __init__(self, source: ExportSource) -> None:
        self._count = int(source.chosen.get(NEGATIVES.name, "0"))
        self._seed = source.chosen.get(SEED.name, "1")
        self._pool: list[_Other[Said]] = []
        self._seen = 0
        self._owed: list[_Debt[Said]] = []
        self._used: dict[str, set[Id]] = {}

    def of(
        self, content: ArticleContent, pairs: Sequence[Pair], said: Sequence[Said]
    ) -> Iterator[tuple[Pair, Said]]:
        """Take in the next article and yield unrelated pairs: of its claims, and of earlier ones with it."""
        if not self._count:
            return
        other = _other(content, said)
        for debt in self._owed:
            if debt.count and debt.takes(other):
                yield self._paired(debt, other)
        self._owed = [one for one in self._owed if one.count]
        for pair in pairs:
            debt = _Debt(pair, other, self._count, fingerprint(pair.claim), self._used_for(pair.claim))
            yield from self._drawn(debt)
            if debt.count and len(self._owed) < OWED:
                self._owed.append(debt)
        self._keep(other)

    def _used_for(self, claim: str) -> set[Id]:
        used = self._used.pop(claim, set())
        self._used[claim] = used
        if len(self._used) > CLAIMS:
            del self._used[next(iter(self._used))]
        return used

    def _drawn(self, debt: _Debt[Said]) -> Iterator[tuple[Pair, Said]]:
        chance = self._chance("draw", debt.pair.frame.id)
        for other in chance.sample(self._pool, min(_TRIES, len(self._pool))):
            if not debt.count:
                return
            if debt.takes(other):
                yield self._paired(debt, other)

    def _paired(self, debt: _Debt[Said], other: _Other[Said]) -> tuple[Pair, Said]:
        debt.count -= 1
        debt.used.add(other.article)
        return debt.pair, self._chance(f"say {debt.count}", debt.pair.frame.id).choice(other.said)

    def _keep(self, other: _Other[Said]) -> None:
        """Keep an article to draw from; of many, each has the same chance."""
        self._seen += 1
        if len(self._pool) < POOL:
            self._pool.append(other)
            return
        place = self._chance("keep", other.article).randrange(self._seen)
        if place < POOL:
            self._pool[place] = other

    def _chance(self, what: str, record: Id) -> random.Random:
        # By the record alone, so that what is drawn for one claim does not hang on the others.
        return random.Random(f"{self._seed} {what} {record.hex()}")  # noqa: S311 - no secret


def _other(content: ArticleContent, said: Sequence[Said]) -> _Other[Said]:
    article = content.article
    cards = frozenset(one.id for one in content.claim_cards)
    people = frozenset(one.id for one in content.actors if one.article is None)
    return _Other(article.id, article.sha256, fingerprint(article.text), cards, people, said)
