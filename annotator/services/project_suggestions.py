"""Operations on suggestions: accepting, rejecting, taking back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

from annotator.model.changes import Add, Changes, Edit, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id
from annotator.model.records import ArticleContent, Frame, Span, SuggestedFrame, SuggestedSpan
from annotator.services.project_accepting import Accepting, Instead, Suggested
from annotator.services.project_ground import Ground
from annotator.services.project_people import People
from annotator.services.project_removing import remove
from annotator.services.project_spans import Pieces

Step = tuple[str, list[Edit]]
"""The name of an operation, and its edits."""


def find(ground: Ground, ids: Iterable[Id]) -> list[Suggested]:
    """Return the suggestions with these ids; raises NotAllowed when one is missing."""
    found: list[Suggested] = []
    for one in dict.fromkeys(ids):
        span = ground.store.get(SuggestedSpan, one)
        found.append(span if span is not None else ground.need(SuggestedFrame, one))
    return found


def accept(ground: Ground, ids: Iterable[Id], instead: tuple[str, Pieces] | None = None) -> Step:
    """Make spans and frames of suggestions; a frame brings its spans along, one of them `instead` others.

    A stance that is accepted alone brings the suggested attribution of the claim that it is on, too.
    """
    works: dict[Id, Accepting] = {}
    people = People(ground)
    found = find(ground, ids)
    for one in found:
        if one.article not in works:
            works[one.article] = Accepting(ground, ground.content(one.article), people)
        works[one.article].take(one, Instead(*instead) if instead is not None else None)
    if len(found) == 1:
        works[found[0].article].take_told(found[0])
    edits = [edit for work in works.values() for edit in work.edits()]
    return _name("Accept", found), [*map(Add, people.new), *edits]


def _name(verb: str, found: Sequence[Suggested]) -> str:
    """Return the name of an operation, with how many suggestions were asked for."""
    return f"{verb} suggestion" if len(found) == 1 else f"{verb} {len(found):,} suggestions"


def reject(ground: Ground, ids: Iterable[Id]) -> Step:
    """Reject suggestions; the open spans of a rejected frame go with it, unless another uses them.

    Stances on the claim of a rejected attribution go with it too: nobody is left who made that claim.
    """
    rejected: dict[Id, Suggested] = {}
    found = find(ground, ids)
    for one in found:
        if one.state == "accepted":
            raise NotAllowed("This suggestion has been accepted: remove what it became instead.")
        rejected[one.id] = one
    for article in dict.fromkeys(one.article for one in found):
        content = ground.content(article)
        gone = _claims_gone(ground, content, set(rejected))
        rejected |= {one.id: one for one in _stances_on(ground, content, gone) if one.state == "open"}
    for frame in [one for one in rejected.values() if isinstance(one, SuggestedFrame)]:
        content = ground.content(frame.article)
        rejected |= {span.id: span for span in _only_in(frame, content, set(rejected))}
    edits: list[Edit] = [
        Replace(replace(one, state="rejected", became=None))
        for one in rejected.values()
        if one.state != "rejected"
    ]
    return _name("Reject", found), edits


def _claims_gone(ground: Ground, content: ArticleContent, rejected: Set[Id]) -> set[Id]:
    """Return the open suggested claims that rejected attributions alone have told."""
    told = [one for one in content.suggested_frames if one.label == ground.scheme.named("ATTRIBUTION")]
    gone = {claim for one in told if one.id in rejected for claim in _ends(one, "claim")}
    left = [one for one in told if one.state != "rejected" and one.id not in rejected]
    gone -= {claim for one in left for claim in _ends(one, "claim")}
    return {one.id for one in content.suggested_spans if one.id in gone and one.state == "open"}


def _stances_on(ground: Ground, content: ArticleContent, claims: Set[Id]) -> Iterator[SuggestedFrame]:
    """Yield the suggested stances that are on these claims and on nothing else."""
    stance = ground.scheme.named("STANCE")
    for one in content.suggested_frames:
        targets = _ends(one, "target")
        if one.label == stance and targets and targets <= claims:
            yield one


def _ends(frame: SuggestedFrame, role: str) -> set[Id]:
    return {end.end for end in frame.roles if end.role == role}


def _only_in(frame: SuggestedFrame, content: ArticleContent, rejected: set[Id]) -> Iterator[SuggestedSpan]:
    others = {
        end.end
        for other in content.suggested_frames
        if other.state != "rejected" and other.id not in rejected
        for end in other.roles
    }
    parts = {end.end for end in frame.roles} - others
    return (span for span in content.suggested_spans if span.id in parts and span.state == "open")


def reopen(ground: Ground, ids: Iterable[Id]) -> Step:
    """Make suggestions open again; what an accepted one became is removed, a frame's spans come along.

    So do the stances that are on the claim of an attribution and were rejected, as they were with it.
    """
    opened: dict[Id, Suggested] = {}
    gone: list[Id] = []
    found = find(ground, ids)
    for one in found:
        opened |= {each.id: each for each in _with_what_went_along(ground, one)}
        if one.became is not None and _still_there(ground, one):
            gone.append(one.became)
    edits: list[Edit] = remove(ground, gone)
    edits += (
        Replace(replace(one, state="open", became=None)) for one in opened.values() if one.state != "open"
    )
    return _name("Reopen", found), edits


def _with_what_went_along(ground: Ground, one: Suggested) -> Iterator[Suggested]:
    """Yield a suggestion, and what is rejected with a frame: its stances, and the spans of all of these."""
    yield one
    if not isinstance(one, SuggestedFrame) or one.state != "rejected":
        return
    frames = [one]
    if one.label == ground.scheme.named("ATTRIBUTION"):
        stances = _stances_on(ground, ground.content(one.article), _ends(one, "claim"))
        frames += [stance for stance in stances if stance.state == "rejected"]
    yield from frames[1:]
    ends = [end.end for frame in frames for end in frame.roles]
    yield from (part for part in ground.store.get_many(SuggestedSpan, ends) if part.state == "rejected")


def point_again(ground: Ground, changes: Changes) -> list[Edit]:
    """Return the edits by which what waits points to suggestions that wait again, not to what these were.

    An attribution that was proposed inside an accepted one points to the frame, which is gone after an undo.
    """
    became: dict[Id, Id] = {}
    articles: set[Id] = set()
    for change in changes.changes:
        before, after = change.before, change.after
        if not isinstance(before, Suggested) or not isinstance(after, Suggested) or after.state != "open":
            continue
        if before.became is not None and not _still_there(ground, before):
            became[before.became] = after.id
            articles.add(after.article)
    edits: list[Edit] = []
    for article in articles:
        for frame in ground.content(article).suggested_frames:
            roles = tuple(end._replace(end=became.get(end.end, end.end)) for end in frame.roles)
            if frame.state == "open" and roles != frame.roles:
                edits.append(Replace(replace(frame, roles=tuple(dict.fromkeys(roles)))))
    return edits


def _still_there(ground: Ground, one: Suggested) -> bool:
    kind = Span if isinstance(one, SuggestedSpan) else Frame
    return one.became is not None and ground.store.get(kind, one.became) is not None
