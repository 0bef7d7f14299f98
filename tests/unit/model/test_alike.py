"""When two proposals of a frame are the same one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotator.model.alike import Outline, count_new, is_proposed_again, is_same, outline, share_words
from annotator.model.ids import Id, new_id, new_ids
from annotator.model.records import Fragment, RoleEnd, SuggestedFrame, SuggestedSpan

CLAIM, CUE, SOURCE = (0, 40), (41, 45), (46, 60)


def made(label: str = "ATTRIBUTION", value: str = "", actors: Any = (), **words: Any) -> Outline:
    """Return the outline of a frame with these words: a pair per role."""
    ids = new_ids(len(words))
    places = {one: (Fragment(*pair),) for one, pair in zip(ids, words.values(), strict=True)}
    roles = [RoleEnd(role, "span", one) for role, one in zip(words, ids, strict=True)]
    named = {f"actor:{role}": name for role, name in actors}
    return outline(label, named | ({"value": value} if value else {}), roles, places)


WHOLE = made(claim=CLAIM, cue=CUE, source=SOURCE)


@pytest.mark.parametrize(
    "other",
    [
        made(claim=CLAIM, cue=CUE, source=SOURCE),
        made(claim=(2, 38), cue=(40, 45), source=(50, 60)),
        made(claim=CLAIM, cue=CUE),
        made(cue=CUE, source=SOURCE),
        made(claim=CLAIM, cue=CUE, source=(80, 90)),
        made(claim=(1, 40), source=(50, 60)),
    ],
    ids=["equal", "other edges", "no source", "no claim", "another source", "no cue"],
)
def test_it_is_the_same(other: Outline) -> None:
    assert is_same(WHOLE, other)
    assert is_same(other, WHOLE)


@pytest.mark.parametrize(
    "other",
    [
        made(claim=(41, 80), cue=CUE, source=SOURCE),
        made(claim=CLAIM, cue=(80, 84), source=SOURCE),
        made(claim=CLAIM, source=(80, 90)),
        made(claim=CLAIM),
        made(addressee=(90, 95)),
        made("STANCE", claim=CLAIM, cue=CUE, source=SOURCE),
    ],
    ids=[
        "same cue, another claim",
        "nested",
        "another source, no cue",
        "claim alone",
        "nothing shared",
        "label",
    ],
)
def test_it_is_another(other: Outline) -> None:
    assert not is_same(WHOLE, other)
    assert not is_same(other, WHOLE)


def test_a_claim_alone_is_known_by_its_words() -> None:
    assert is_same(made(claim=CLAIM), made(claim=(0, 39)))
    assert not is_same(made(claim=CLAIM), made(claim=(50, 60)))


def test_two_stances_on_a_claim_are_told_apart_by_value_and_holder() -> None:
    deny, other = (made("STANCE", value, [("holder", "Ada")], target=CLAIM) for value in ("deny", "question"))
    assert not is_same(deny, other)
    assert not is_same(deny, made("STANCE", "deny", [("holder", "Nils")], target=CLAIM))
    assert is_same(deny, made("STANCE", "deny", [("holder", "Ada")], target=CLAIM))


def test_other_ends_than_words_do_not_count() -> None:
    span, frame = new_ids(2)
    roles = [RoleEnd("claim", "span", span), RoleEnd("parent", "frame", frame)]
    assert outline("A", {}, roles, {span: (Fragment(1, 2),)}).words == {"claim": {((1, 2),)}}
    assert outline("A", {}, roles, {}).words == {}


def test_sharing_words() -> None:
    one, other = ((Fragment(0, 5), Fragment(8, 9)),), ((Fragment(5, 8),),)
    assert not share_words(one, other)
    assert share_words(one, [*other, (Fragment(8, 12),)])


def suggested(article: Id, *edges: tuple[int, int]) -> list[SuggestedSpan | SuggestedFrame]:
    """Return a frame and its parts, with ids of their own."""
    parts = [
        SuggestedSpan(new_id(), article, "CUE", (Fragment(*pair),), 0.6, "tiny 1", "said", 0)
        for pair in edges
    ]
    roles = tuple(RoleEnd("cue", "span", one.id) for one in parts)
    return [*parts, SuggestedFrame(new_id(), article, "ATTRIBUTION", roles, 0.6, "tiny 1", "said", 0)]


def test_what_says_the_same_under_another_id_is_not_new() -> None:
    here, there = new_ids(2)
    assert count_new((), suggested(here, CUE)) == 2
    assert count_new(suggested(here, CUE), suggested(here, CUE)) == 0
    assert count_new(suggested(here, CUE), suggested(there, CUE)) == 2
    assert count_new(suggested(here, CUE), suggested(here, CUE, SOURCE)) == 2, "a part, and the frame with it"
    assert count_new(suggested(here, CUE, SOURCE), suggested(here, CUE)) == 1, "a frame with a part less"
    assert count_new(suggested(here, CUE), [*suggested(here, CUE), *suggested(here, CUE)]) == 2


def test_a_chain_of_frames_under_other_ids_is_proposed_again() -> None:
    def chain() -> list[SuggestedSpan | SuggestedFrame]:
        found: list[SuggestedSpan | SuggestedFrame] = []
        for at in range(3):
            cue, frame = suggested(article, (at, at + 1))
            assert isinstance(frame, SuggestedFrame)
            around = [RoleEnd("parent", "frame", found[-1].id)] if found else []
            found += [cue, replace(frame, roles=(*frame.roles, *around))]
        return found

    article = new_id()
    assert is_proposed_again(chain(), chain())
    assert not is_proposed_again(chain(), [*chain()[:-1], suggested(article, (2, 3))[1]])
