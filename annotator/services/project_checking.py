"""Checks a project against its scheme: what the store cannot know, record by record."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model import rules
from annotator.model.ids import Id
from annotator.model.job import Job, Progress
from annotator.model.records import ArticleContent, EndKind, Frame
from annotator.model.rings import Rings
from annotator.services.project_ground import Ground
from annotator.store.findings import Finding

_STEP = 100


def check(ground: Ground) -> Job[tuple[Finding, ...]]:
    """Return all that is wrong with the file, the offsets and the scheme; changes nothing."""
    found = list((yield from ground.store.check()))
    known = {one.record for one in found}
    total = ground.store.counts().articles
    for done, content in enumerate(ground.store.contents()):
        if done % _STEP == 0:
            yield Progress(done, total, "scheme")
        found += (one for one in _faults(ground, content) if one.record not in known)
    yield Progress(total, total, "scheme")
    return tuple(found)


def _faults(ground: Ground, content: ArticleContent) -> Iterator[Finding]:
    article, length, scheme = content.article, len(content.article.text), ground.scheme
    look = _look(ground, content)
    leads_back = _leads_back(content, look)
    faults: list[tuple[Id, tuple[str, ...]]] = []
    faults += ((one.id, rules.span_errors(one, length, scheme)) for one in content.spans)
    faults += ((one.id, rules.frame_errors(one, scheme, look, leads_back)) for one in content.frames)
    faults += ((one.id, rules.article_label_errors(one, scheme)) for one in content.labels)
    for record, texts in faults:
        for text in texts:
            yield Finding("error", article.id, record, f"{article.name}: {text}")


def _leads_back(content: ArticleContent, look: rules.Look) -> rules.LeadsBack:
    """Return what tells rings; roles that lead to other articles have to be followed."""
    rings, here = Rings(content.frames), {one.id for one in content.frames}
    ends = (end for one in content.frames for end in one.roles)
    away = {end.role for end in ends if end.kind == "frame" and end.end not in here}

    def find(frame: Frame, role: str) -> bool:
        return rules.comes_back(frame, role, look) if role in away else rings.hold(frame, role)

    return find


def _look(ground: Ground, content: ArticleContent) -> rules.Look:
    """Look in the article first, which is quick, and then in the project."""
    parts = (content.spans, content.frames, content.actors, content.claim_cards, (content.article,))
    here: dict[Id, rules.End] = {}
    for records in parts:
        here |= {one.id: one for one in records}
    stored = ground.look()

    def find(kind: EndKind, end: Id) -> rules.End | None:
        found = here.get(end)
        return found if isinstance(found, rules.end_type(kind)) else stored(kind, end)

    return find
