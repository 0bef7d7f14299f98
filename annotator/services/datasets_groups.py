"""Gathers what splitting looks at: which labels articles have, and what keeps them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from annotator.model.columns import different
from annotator.model.ids import Id
from annotator.model.job import Job, Progress, paused
from annotator.model.near_copies import SharedRuns
from annotator.model.records import ArticleContent
from annotator.model.scheme import Scheme
from annotator.model.splitting import Key, Splittable, near_copy_keys
from annotator.services.exporting_choice import LABELLED_TWICE, ExportChoice, chosen_content

NEAR_COPY, CLAIM_CARD, ACTOR, OUTLET = "near copy", "claim card", "actor", "outlet"
KINDS = (NEAR_COPY, CLAIM_CARD, ACTOR, OUTLET)
"""What articles may have in common, so that they share a part; a text that is there twice is a near copy."""
USUAL = (NEAR_COPY, CLAIM_CARD)
COMPARING = "comparing texts"


class Gathering:
    """The articles of a dataset, as far as splitting looks at them."""

    def __init__(self, choice: ExportChoice, scheme: Scheme) -> None:
        self.remarks: Counter[str] = Counter()
        self._choice, self._scheme = choice, scheme
        self._runs = SharedRuns()
        self._found: list[Splittable] = []

    def take(self, content: ArticleContent) -> ArticleContent | None:
        """Take in the next article, and return what is chosen of it."""
        chosen = chosen_content(content, self._choice, self._scheme, Counter(), self.remarks)
        if chosen is not None:
            if not self._choice.adjudicated and _makers(chosen) > 1:
                self.remarks[LABELLED_TWICE] += 1
            self._runs.add(chosen.article.text)
            labels, keys = _label_counts(chosen), frozenset(_keys(chosen))
            self._found.append(Splittable(chosen.article.id, labels, keys))
        return chosen

    def found(self) -> Job[list[Splittable]]:
        """Return all of them, those that are near copies of each other with a key for that."""
        pairs = yield from paused(self._runs.pairs(), Progress(len(self._found), len(self._found), COMPARING))
        articles = [one.article for one in self._found]
        copies = near_copy_keys((articles[one], articles[other]) for one, other, _ in pairs)
        return [replace(one, keys=one.keys | copies.get(one.article, set())) for one in self._found]


def _makers(content: ArticleContent) -> int:
    return len({one for made in (content.spans, content.frames) for one in different(made, "annotator")})


def _label_counts(content: ArticleContent) -> Counter[str]:
    return Counter(
        one.label for records in (content.spans, content.frames, content.labels) for one in records
    )


def _keys(content: ArticleContent) -> Iterator[Key]:
    for card_id in {one.claim_card for one in content.spans} | _ends(content, "claim_card"):
        if card_id is not None:
            yield CLAIM_CARD, card_id
    named = {one.id for one in content.actors if one.article is None}
    for actor in ({one.actor for one in content.spans} | _ends(content, "actor")) & named:
        yield ACTOR, actor
    outlet = content.article.meta.get("outlet", "").strip().casefold()
    if outlet:
        yield OUTLET, outlet
    yield NEAR_COPY, content.article.sha256


def _ends(content: ArticleContent, kind: str) -> set[Id | None]:
    return {end.end for frame in content.frames for end in frame.roles if end.kind == kind}
