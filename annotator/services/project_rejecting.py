"""Operations on suggestions: rejecting them and making them open again, with all that goes along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from annotator.model.changes import Edit, Remove, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id
from annotator.model.records import ArticleContent, Frame, SuggestedFrame
from annotator.model.scheme import Scheme
from annotator.services.project_accepting import Suggested
from annotator.services.project_ground import Ground
from annotator.services.project_removing import remove
from annotator.services.project_suggestions import Step, find, named

_WHAT = ("claim", "target")
"""The roles of what is said, without which there is nothing to say who says it."""


def reject(ground: Ground, ids: Iterable[Id]) -> Step:
    """Reject suggestions; the open spans of a rejected frame go with it, unless another uses them.

    An attribution goes with its only claim, and stances with the claim that they are on, whether that is
    rejected itself or with its attribution: nobody is left who made it.
    """
    found = find(ground, ids)
    if any(one.state == "accepted" for one in found):
        raise NotAllowed("This suggestion has been accepted: remove what it became instead.")
    gone = {one.id: one for one in found}
    for asked in _by_article(ground, found):
        gone |= asked.rejected()
    edits: list[Edit] = [
        Replace(replace(one, state="rejected", became=None))
        for one in gone.values()
        if one.state != "rejected"
    ]
    return named("Reject", found), edits


def reopen(ground: Ground, ids: Iterable[Id]) -> Step:
    """Make suggestions open again; what an accepted one became is removed, a frame's spans come along.

    So does what was rejected with them, in one step: the stances on a claim, and the attribution whose
    only claim it is. What was rejected by itself before stays rejected. An accepted frame of which nothing
    is left is open again, too; words on which alone a frame made by hand rests stay.
    """
    found = find(ground, ids)
    opened = {one.id: one for one in found}
    gone: list[Id] = []
    for asked in _by_article(ground, [one for one in found if one.became is not None]):
        gone += asked.made()
    for asked in _by_article(ground, [one for one in found if one.state == "rejected"]):
        opened |= asked.opened(ground.store.last_decisions)
    edits, along = _taken_back(ground, gone)
    opened |= {one.id: one for one in along}
    edits += (
        Replace(replace(one, state="open", became=None)) for one in opened.values() if one.state != "open"
    )
    return named("Reopen", found), edits


def _taken_back(ground: Ground, gone: Sequence[Id]) -> tuple[list[Edit], list[SuggestedFrame]]:
    """Return the edits that remove what suggestions became, and the suggestions of frames that go along."""
    while True:
        edits = remove(ground, gone)
        removed = (edit.record for edit in edits if isinstance(edit, Remove))
        frames = {one.id: one for one in removed if isinstance(one, Frame)}
        along = {one: frames[one] for one in frames.keys() - {*gone}}
        held = _held_by_hand(along)
        if held.isdisjoint(gone):
            break
        gone = [one for one in gone if one not in held]
    articles = dict.fromkeys(one.article for one in along.values())
    proposed = [one for article in articles for one in ground.content(article).suggested_frames]
    return edits, [one for one in proposed if one.became in along]


def _held_by_hand(frames: Mapping[Id, Frame]) -> set[Id]:
    """Return what frames made by hand point to, also by way of others among these."""
    held = set[Id]()
    fresh = [one for one in frames.values() if one.origin != "suggestion"]
    while fresh:
        ends = {end.end for one in fresh for end in one.roles} - held
        held |= ends
        fresh = [frames[one] for one in ends if one in frames]
    return held


def _by_article(ground: Ground, found: Sequence[Suggested]) -> Iterator[_Asked]:
    """Yield what was asked for article by article, each of them read once."""
    articles: dict[Id, set[Id]] = {}
    for one in found:
        articles.setdefault(one.article, set()).add(one.id)
    for article, ids in articles.items():
        yield _Asked(ground.scheme, ground.content(article), ids)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The suggestions of one article that were asked for, and what goes along with them."""

    scheme: Scheme
    content: ArticleContent
    ids: Set[Id]

    def made(self) -> list[Id]:
        """Return what these became and is there, made by no other that stays accepted and not by hand."""
        content = self.content
        proposed: list[Suggested] = [*content.suggested_spans, *content.suggested_frames]
        there = {one.id for one in content.spans}
        there |= {one.id for one in content.frames if one.origin == "suggestion"}
        there -= {one.became for one in proposed if one.became is not None and one.id not in self.ids}
        return [one.became for one in proposed if one.id in self.ids and one.became in there]

    def rejected(self) -> dict[Id, Suggested]:
        """Return what is rejected along, by its id."""
        frames, spans = self.content.suggested_frames, self.content.suggested_spans
        lost = {one.id for one in spans if one.id in self.ids or one.state == "rejected"}
        gone = {one.id for one in frames if one.id in self.ids or self._lacks(one, lost)}
        on_claims = self._stances_on(self._untold(gone))
        gone |= {one.id for one in on_claims if one.state == "open"}
        used = _parts(one for one in frames if one.state != "rejected" and one.id not in gone)
        alone = _parts(one for one in frames if one.id in gone) - used
        along: dict[Id, Suggested] = {one.id: one for one in frames if one.id in gone}
        return along | {one.id: one for one in spans if one.id in alone and one.state == "open"}

    def opened(self, last: Callable[[Iterable[Id]], Mapping[Id, int]]) -> dict[Id, Suggested]:
        """Return what is opened along, by its id; `last` tells in which operation each was decided."""
        content, state = self.content, "rejected"
        was = [one for one in content.suggested_frames if one.state == state]
        spans = {one.id: one for one in content.suggested_spans if one.state == state}
        steps = last([*(one.id for one in was), *spans])
        asked = {steps.get(one, 0) for one in self.ids}
        along = [one for one in was if one.id in self.ids or steps.get(one.id, 0) in asked]
        frames = {one.id: one for one in along if one.id in self.ids or self._needs(one)}
        told = (one for one in frames.values() if one.label == self.scheme.named("ATTRIBUTION"))
        claims = {claim for one in told for claim in _ends(one, "claim")}
        stances = {one.id for one in self._stances_on(claims)}
        frames |= {one.id: one for one in along if one.id in stances}
        opened = dict[Id, Suggested](frames)
        for frame in frames.values():
            # A part may have been left for another frame, and rejected with that one afterwards.
            parts = (spans[end.end] for end in frame.roles if end.end in spans)
            opened |= {one.id: one for one in parts if steps.get(one.id, 0) >= steps.get(frame.id, 0)}
        return opened

    def _needs(self, frame: SuggestedFrame) -> list[tuple[str, int]]:
        """Return the roles of a frame in which something is that was asked for, and how many each needs."""
        label = self.scheme.label(frame.label)
        asked = {end.role for end in frame.roles if end.end in self.ids}
        roles = label.roles if label is not None else ()
        needed = ((one.name, max(one.least, one.name in _WHAT)) for one in roles if one.name in asked)
        return [(role, least) for role, least in needed if least]

    def _lacks(self, frame: SuggestedFrame, lost: Set[Id]) -> bool:
        """Tell whether an open frame is left without what it needs once these spans are lost."""
        needs = self._needs(frame) if frame.state == "open" else ()
        return any(len(_ends(frame, role) - lost) < least for role, least in needs)

    def _untold(self, gone: Set[Id]) -> set[Id]:
        """Return the suggested claims that wait and that only rejected attributions have told."""
        label, frames = self.scheme.named("ATTRIBUTION"), self.content.suggested_frames
        told = [one for one in frames if one.label == label]
        claims = {claim for one in told if one.id in gone for claim in _ends(one, "claim")}
        left = (one for one in told if one.state != "rejected" and one.id not in gone)
        claims -= {claim for one in left for claim in _ends(one, "claim")}
        return {one.id for one in self.content.suggested_spans if one.id in claims and one.state == "open"}

    def _stances_on(self, claims: Set[Id]) -> Iterator[SuggestedFrame]:
        """Yield the suggested stances that are on these claims and on nothing else."""
        stance = self.scheme.named("STANCE")
        for one in self.content.suggested_frames:
            targets = _ends(one, "target")
            if one.label == stance and targets and targets <= claims:
                yield one


def _ends(frame: SuggestedFrame, role: str) -> set[Id]:
    return {end.end for end in frame.roles if end.role == role}


def _parts(frames: Iterable[SuggestedFrame]) -> set[Id]:
    return {end.end for frame in frames for end in frame.roles}
