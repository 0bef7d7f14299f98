"""Operations on an article as a whole: its facts, labels, paragraphs, reading and emptiness."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import get_args

from annotator.model import rules
from annotator.model.changes import Add, Edit, Remove, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, new_id
from annotator.model.records import (
    Article,
    ArticleLabel,
    ArticleReading,
    Attributes,
    Block,
    Fragment,
    Layer,
    NothingHere,
    Reading,
)
from annotator.services.project_ground import Ground, allow, described_anew, merged, now, retired


def record_nothing(ground: Ground, article: Id, layer: Layer, stretch: Fragment | None) -> list[Edit]:
    """Record that a stretch, or the article, was read and holds nothing for a layer."""
    place = Fragment(*stretch) if stretch is not None else None
    nothing = NothingHere(new_id(), article, layer, ground.annotator, now(), place)
    allow(rules.nothing_errors(nothing, ground.length(article)))
    wanted = (layer, place, ground.annotator)
    known = ground.content(article).nothing_here
    if any((one.layer, one.stretch, one.annotator) == wanted for one in known):
        raise NotAllowed("“Nothing here” is recorded for this place already.")
    return [Add(nothing)]


def set_reading(ground: Ground, article: Id, state: Reading) -> list[Edit]:
    """Say how far the annotator at work is with an article; raises NotAllowed for a word that is no state."""
    if state not in get_args(Reading):
        raise NotAllowed(
            "There is no state of reading {state!r}; there are {states}.",
            state=state,
            states=" and ".join(get_args(Reading)),
        )
    ground.length(article)  # refuses an article that is not there
    before = reading(ground, article)
    if before is None:
        return [Add(ArticleReading(new_id(), article, ground.annotator, state, now()))]
    return [] if before.state == state else [Replace(replace(before, state=state, changed=now()))]


def reading(ground: Ground, article: Id) -> ArticleReading | None:
    """Return how far the annotator at work is with an article, if there is a record of it."""
    return ground.store.reading(article, ground.annotator)


def begin(ground: Ground, articles: Iterable[Id]) -> list[Edit]:
    """Note the articles as begun that the annotator at work has not begun yet."""
    missing = [one for one in articles if reading(ground, one) is None]
    return [edit for one in missing for edit in set_reading(ground, one, "begun")]


def add_label(ground: Ground, article: Id, label: str, attributes: Attributes | None) -> list[Edit]:
    """Label an article as a whole."""
    ground.need(Article, article)
    found = ArticleLabel(new_id(), article, label, ground.annotator, now(), merged({}, attributes))
    allow((*retired(ground.scheme, found, None), *rules.article_label_errors(found, ground.scheme)))
    return [Add(found)]


def change_label(
    ground: Ground, label_id: Id, label: str | None, attributes: Attributes | None, note: str | None
) -> list[Edit]:
    """Change what is given of a label of a whole article."""
    before = ground.need(ArticleLabel, label_id)
    after = described_anew(ground.scheme, before, label, attributes, note)
    allow((*retired(ground.scheme, after, before), *rules.article_label_errors(after, ground.scheme)))
    return [] if after == before else [Replace(after)]


def change_article(
    ground: Ground, article: Id, title: str | None, language: str | None, meta: Attributes | None
) -> list[Edit]:
    """Change facts about an article; its text never changes."""
    before = ground.need(Article, article)
    after = replace(
        before,
        title=before.title if title is None else title,
        language=before.language if language is None else language,
        meta=merged(before.meta, meta),
    )
    return [] if after == before else [Replace(after)]


def set_block(ground: Ground, article: Id, start: int, end: int, kind: str) -> list[Edit]:
    """Say what a stretch is; blocks it covers go, blocks it cuts are shortened or split."""
    content = ground.content(article)
    text = content.article.text
    block = Block(new_id(), article, start, end, kind)
    allow(rules.block_errors(block, len(text)))
    same = next((one for one in content.blocks if (one.start, one.end) == (start, end)), None)
    if same is not None:
        return [] if same.kind == kind else [Replace(replace(same, kind=kind))]
    edits = [edit for other in content.blocks for edit in _make_room(other, block, text)]
    return [*edits, Add(block)]


def _make_room(other: Block, block: Block, text: str) -> Iterator[Edit]:
    if other.end <= block.start or block.end <= other.start:
        return
    left = _trimmed(other.start, min(other.end, block.start), text)
    right = _trimmed(max(other.start, block.end), other.end, text)
    rest = [piece for piece in (left, right) if piece is not None]
    if not rest:
        yield Remove(other)
        return
    yield Replace(replace(other, start=rest[0].start, end=rest[0].end))
    for piece in rest[1:]:
        yield Add(Block(new_id(), other.article, piece.start, piece.end, other.kind))


def _trimmed(start: int, end: int, text: str) -> Fragment | None:
    words = text[start:end] if start < end else ""
    if not words.strip():
        return None
    return Fragment(end - len(words.lstrip()), start + len(words.rstrip()))
