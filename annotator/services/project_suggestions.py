"""Operations on suggestions: accepting them, and what an undo of that leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from annotator.model.changes import Add, Changes, Edit, Replace
from annotator.model.ids import Id
from annotator.model.records import Frame, Span, SuggestedFrame, SuggestedSpan
from annotator.services.project_accepting import Accepting, Instead, Suggested
from annotator.services.project_ground import Ground
from annotator.services.project_people import People
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
    return named("Accept", found), [*map(Add, people.new.values()), *edits]


def named(verb: str, found: Sequence[Suggested]) -> str:
    """Return the name of an operation, with how many suggestions were asked for."""
    return f"{verb} suggestion" if len(found) == 1 else f"{verb} {len(found):,} suggestions"


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
        if before.became is not None and not still_there(ground, before):
            became[before.became] = after.id
            articles.add(after.article)
    edits: list[Edit] = []
    for article in articles:
        for frame in ground.content(article).suggested_frames:
            roles = tuple(end._replace(end=became.get(end.end, end.end)) for end in frame.roles)
            if frame.state == "open" and roles != frame.roles:
                edits.append(Replace(replace(frame, roles=tuple(dict.fromkeys(roles)))))
    return edits


def still_there(ground: Ground, one: Suggested) -> bool:
    """Tell whether what a suggestion became is still there."""
    kind = Span if isinstance(one, SuggestedSpan) else Frame
    return one.became is not None and ground.store.get(kind, one.became) is not None
