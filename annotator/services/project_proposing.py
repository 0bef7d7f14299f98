"""Writing new suggestions: nothing that was decided before comes again, open ones are replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

from annotator.model.alike import (
    CLAIM,
    Outline,
    is_bare_claim,
    is_begun,
    is_proposed_again,
    is_same,
    outline,
    share_words,
    twin_of,
)
from annotator.model.changes import Add, Edit, Portions, Remove, Replace
from annotator.model.ids import Id
from annotator.model.layers import layer_of
from annotator.model.records import ArticleContent, Fragment, RoleEnd, Span, SuggestedFrame, SuggestedSpan
from annotator.model.scheme import Scheme
from annotator.model.steps import suggester_name
from annotator.services.project_ground import Ground, SuggestionPlan

Place = tuple[str, tuple[Fragment, ...]]
Suggested = SuggestedSpan | SuggestedFrame
Kind = TypeVar("Kind", SuggestedSpan, SuggestedFrame)


def fresh(ground: Ground, plans: Sequence[SuggestionPlan], annotator: Id) -> Portions:
    """Return what of the proposed suggestions is to be written: plan after plan, article after article.

    A plan takes the place of what is still open of the same suggester (of any version), and of those that
    it stands in for, in its layers, also in articles for which nothing is proposed any more; where it is all
    there already, nothing is written.  Labels that the scheme lacks are left out.
    """
    return Portions(_portions(ground, plans, annotator), sum(len(plan.articles) for plan in plans))


def _portions(ground: Ground, plans: Sequence[SuggestionPlan], annotator: Id) -> Iterator[list[Edit]]:
    articles: set[Id] = set()
    so_far: list[Edit] = []
    for plan in plans:
        if not articles & set(plan.articles):
            articles, so_far = set(plan.articles), []
        for portion in _of_plan(ground, plan, annotator, so_far):
            so_far += portion
            yield portion


def name_of(plans: Sequence[SuggestionPlan]) -> str:
    """Return the name of the operation that writes plans."""
    operations = [*dict.fromkeys(one.operation for one in plans)]
    if len(operations) < 2:
        return "".join(operations) or "Suggest"
    *first, last = dict.fromkeys(layer for one in plans for layer in one.layers)
    return f"Suggest {', '.join(first)} and {last}" if first else f"Suggest {last}"


def _of_plan(
    ground: Ground, plan: SuggestionPlan, annotator: Id, so_far: Sequence[Edit]
) -> Iterator[list[Edit]]:
    """Yield the edits of a plan, a portion for each article, also where nothing is to be written."""
    seen: set[Id] = set()
    for article, group in groupby(plan.edits(annotator), key=_article):
        edits = list(group)
        if article is None:
            yield edits
            continue
        content = _content(ground, article, so_far)
        added = [_named(one, ground.scheme) for one in _added(edits)]
        if content is None:
            yield []
            continue
        given = _given_over(content, plan, added) if plan.comes_first else content
        old = [] if article in seen else list(_stale(ground, given, plan))
        seen.add(article)
        written = _of_article(ground, plan, given, old, added)
        yield [*written, *map(Replace, _led_over(content, written) if plan.comes_first else ())]
    for article in plan.articles:
        if article not in seen:
            content = _content(ground, article, so_far)
            yield [] if content is None else [*map(Remove, _stale(ground, content, plan))]


def _of_article(
    ground: Ground,
    plan: SuggestionPlan,
    content: ArticleContent,
    old: list[Suggested],
    added: list[Suggested],
) -> list[Edit]:
    new = list(_unknown(ground, _known(ground, content, plan), added))
    return [] if is_proposed_again(old, new) else [*map(Remove, old), *map(Add, new)]


def _led_over(content: ArticleContent, edits: Sequence[Edit]) -> Iterator[SuggestedFrame]:
    """Yield the frames that stay and pointed to one that goes: they point to the one in its place."""
    old, new = [one.record for one in edits if isinstance(one, Remove)], _added(edits)
    places = {one.id: one.fragments for one in content.every_span}
    places |= {one.id: one.fragments for one in new if isinstance(one, SuggestedSpan)}
    shapes = [
        (outline(one.label, one.attributes, one.roles, places), one.id)
        for one in new
        if isinstance(one, SuggestedFrame)
    ]
    now = {
        one.id: twin_of(outline(one.label, one.attributes, one.roles, places), shapes)
        for one in old
        if isinstance(one, SuggestedFrame)
    }
    for frame in content.suggested_frames:
        if frame.id not in now and any(end.end in now for end in frame.roles):
            ends = ((end, now.get(end.end, end.end)) for end in frame.roles)
            roles = tuple(end._replace(end=place) for end, place in ends if place is not None)
            yield replace(frame, roles=roles)


def _given_over(content: ArticleContent, plan: SuggestionPlan, added: Sequence[Suggested]) -> ArticleContent:
    """Return an article as if what others suggest of the same as a plan were of its suggester, too."""
    spans = [one for one in added if isinstance(one, SuggestedSpan)]
    places = {one.id: one.fragments for one in (*content.every_span, *spans)}
    shapes = [
        outline(one.label, one.attributes, one.roles, places)
        for one in added
        if isinstance(one, SuggestedFrame)
    ]
    gone: set[Id] = set()
    for frame in content.suggested_frames:
        shape = outline(frame.label, frame.attributes, frame.roles, places)
        if any(is_same(one, shape) for one in shapes):
            gone |= {frame.id, *(end.end for end in frame.roles if end.kind == "span")}
    for span in content.suggested_spans:
        like = (one.fragments for one in spans if one.label == span.label)
        if share_words([span.fragments], like):
            gone.add(span.id)
    return replace(
        content,
        suggested_spans=tuple(map(_of(plan, gone), content.suggested_spans)),
        suggested_frames=tuple(map(_of(plan, gone), content.suggested_frames)),
    )


def _of(plan: SuggestionPlan, gone: Set[Id]) -> Callable[[Kind], Kind]:
    return lambda one: replace(one, suggester=plan.suggester) if one.id in gone else one


def _content(ground: Ground, article: Id, so_far: Sequence[Edit]) -> ArticleContent | None:
    """Return an article as it will be; None when it was removed while suggestions for it were made."""
    try:
        content = ground.store.content(article)
    except KeyError:
        return None
    gone = {edit.record.id for edit in so_far if isinstance(edit, Remove)}
    new = [one for one in _added(so_far) if one.article == article]
    return replace(
        content,
        suggested_spans=tuple(
            one
            for one in (*content.suggested_spans, *(one for one in new if isinstance(one, SuggestedSpan)))
            if one.id not in gone
        ),
        suggested_frames=tuple(
            one
            for one in (*content.suggested_frames, *(one for one in new if isinstance(one, SuggestedFrame)))
            if one.id not in gone
        ),
    )


def _article(edit: Edit) -> Id | None:
    record = edit.record
    return record.article if isinstance(record, SuggestedSpan | SuggestedFrame) else None


def _added(edits: Iterable[Edit]) -> list[Suggested]:
    return [
        edit.record
        for edit in edits
        if isinstance(edit, Add) and isinstance(edit.record, SuggestedSpan | SuggestedFrame)
    ]


def _named(one: Suggested, scheme: Scheme) -> Suggested:
    """Return a suggestion under the scheme's name for what the program calls its label."""
    name = scheme.named(one.label) or one.label
    return one if name == one.label else replace(one, label=name)


def _stale(ground: Ground, content: ArticleContent, plan: SuggestionPlan) -> Iterator[Suggested]:
    parts = _parts_kept(ground, content, plan)
    suggestions: tuple[Suggested, ...] = (*content.suggested_frames, *content.suggested_spans)
    for one in suggestions:
        if _is_replaced(ground, one, plan) and one.id not in parts:
            yield one


def _is_replaced(ground: Ground, one: Suggested, plan: SuggestionPlan) -> bool:
    """Tell whether a plan takes the place of a suggestion."""
    is_of_layer = not plan.layers or layer_of(one.label, ground.scheme) in plan.layers
    names = {suggester_name(plan.suggester), *plan.instead_of}
    return one.state == "open" and is_of_layer and suggester_name(one.suggester) in names


def _parts_kept(ground: Ground, content: ArticleContent, plan: SuggestionPlan) -> set[Id]:
    """Return what the frames that stay point to: decided ones too, so that they can be known again.

    A frame among these stays with its own parts: once it is accepted, those inside it are linked to it.
    Where a plan comes first, there is another one in its place.
    """
    frames = {one.id: one for one in content.suggested_frames}
    parts: set[Id] = set()
    left = [one for one in frames.values() if not _is_replaced(ground, one, plan)]
    while left:
        ends = left.pop().roles
        more = {one.end for one in ends if one.kind != "frame" or not plan.comes_first} - parts
        parts |= more
        left += [frames[one] for one in more if one in frames]
    return parts


@dataclass(frozen=True, slots=True)
class _Known:
    """What is decided, stored, or proposed by others in one article, and what it became (None: nothing)."""

    spans: Mapping[Place, Id | None]
    frames: Sequence[tuple[Outline, Id | None]]
    begun: Sequence[tuple[Outline, Id]]
    """Stored frames that have a claim and nothing else, with the claim."""

    def twin(self, frame: Outline) -> tuple[Outline, Id | None] | None:
        """Return the frame known before that a proposed one is the same as."""
        return next((one for one in self.frames if is_same(one[0], frame)), None)

    def claim_for(self, frame: Outline) -> Id | None:
        """Return the claim of the stored frame to which a proposed one only adds its other parts."""
        return next((claim for one, claim in self.begun if is_begun(one, frame)), None)


def _unknown(ground: Ground, known: _Known, proposed: Sequence[Suggested]) -> Iterator[Suggested]:
    """Yield what is new; the parts of a frame that is not new go with it, unless a new one has them too."""
    spans = [one for one in proposed if isinstance(one, SuggestedSpan)]
    frames = [one for one in proposed if isinstance(one, SuggestedFrame) and _has_label(ground, one)]
    places = {one.id: one.fragments for one in spans}
    became: dict[Id, Id | None] = {one.id: None for one in proposed if not _has_label(ground, one)}
    parts: set[Id] = set()
    for one in frames:
        shape = outline(one.label, one.attributes, one.roles, places)
        twin = known.twin(shape)
        if twin is not None:
            became[one.id] = twin[1]
            parts |= {end.end for end in one.roles}
        elif (claim := known.claim_for(shape)) is not None:
            became |= {end.end: claim for end in one.roles if end.role == CLAIM}
    for one in _on_nothing(ground, known, frames, spans, became):
        became[one.id] = None
        parts |= {end.end for end in one.roles}
    new = [one for one in frames if one.id not in became]
    parts -= {end.end for one in new for end in one.roles}
    became |= {one.id: known.spans[_place(one)] for one in spans if _place(one) in known.spans}
    yield from (one for one in spans if one.id not in became and one.id not in parts)
    # A frame of which nothing is left does not come, nor do the roles of others that point to it.
    while bare := [one for one in new if not any(_mapped(end, became) for end in one.roles)]:
        became |= {one.id: None for one in bare}
        new = [one for one in new if one.id not in became]
    for frame in new:
        roles = tuple(end for end in (_mapped(end, became) for end in frame.roles) if end is not None)
        yield replace(frame, roles=roles)


def _on_nothing(
    ground: Ground,
    known: _Known,
    frames: Sequence[SuggestedFrame],
    spans: Sequence[SuggestedSpan],
    became: Mapping[Id, Id | None],
) -> list[SuggestedFrame]:
    """Return the new stances on claims whose attributions were all rejected: they went with these."""
    told = [one for one in frames if one.label == ground.scheme.named("ATTRIBUTION")]
    gone, left = (
        {end.end for one in told if (became.get(one.id, one.id) is None) is is_gone for end in one.roles}
        for is_gone in (True, False)
    )
    gone -= left | {one.id for one in spans if known.spans.get(_place(one)) is not None}
    stances = (one for one in frames if one.label == ground.scheme.named("STANCE") and one.id not in became)
    targets = ((one, {end.end for end in one.roles if end.role == "target"}) for one in stances)
    return [one for one, ends in targets if ends and ends <= gone]


def _has_label(ground: Ground, one: Suggested) -> bool:
    label = ground.scheme.label(one.label)
    return label is not None and not label.retired


def _mapped(end: RoleEnd, became: Mapping[Id, Id | None]) -> RoleEnd | None:
    if end.end not in became:
        return end
    found = became[end.end]
    return None if found is None else end._replace(end=found)


def _known(ground: Ground, content: ArticleContent, plan: SuggestionPlan) -> _Known:
    """Return what is decided, stored, or still proposed by other suggesters."""
    stored = {one.id for one in content.spans} | {one.id for one in content.frames}
    places = {one.id: one.fragments for one in content.every_span}
    # Whom an accepted suggestion names is known by that one; here its words may have been changed.
    accepted = {one.became for one in content.suggested_frames}
    frames: list[tuple[Outline, Id | None]] = []
    begun: list[tuple[Outline, Id]] = []
    for one in content.frames:
        shape = outline(one.label, one.attributes, one.roles, places)
        frames.append((shape if one.id in accepted else replace(shape, actors=None), one.id))
        if is_bare_claim(one.roles):
            begun.append((shape, one.roles[0].end))
    parts = _parts_kept(ground, content, plan)
    for frame in content.suggested_frames:
        if frame.id in parts or not _is_replaced(ground, frame, plan):
            decided = frame.became if frame.became in stored else None
            shape = outline(frame.label, frame.attributes, frame.roles, places)
            frames.append((shape, frame.id if frame.state == "open" else decided))
    return _Known(_known_spans(ground, content, plan, stored, parts), frames, begun)


def _known_spans(
    ground: Ground, content: ArticleContent, plan: SuggestionPlan, stored: Set[Id], parts: Set[Id]
) -> dict[Place, Id | None]:
    """Return what is known of spans; those that were rejected with their frame may be parts of others."""
    spans: dict[Place, Id | None] = {}
    rejected = {end.end for one in content.suggested_frames if one.state == "rejected" for end in one.roles}
    for one in content.suggested_spans:
        if one.state == "rejected" and one.id in rejected:
            continue
        if one.state != "open":
            spans[_place(one)] = one.became if one.became in stored else None
        elif one.id in parts or not _is_replaced(ground, one, plan):
            spans[_place(one)] = one.id
    return spans | {_place(one): one.id for one in content.spans}


def _place(one: SuggestedSpan | Span) -> Place:
    return (one.label, tuple(one.fragments))
