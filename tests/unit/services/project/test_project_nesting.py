"""Which attribution lies inside which follows the words that are given to them, in the same step."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.model.nesting import outer_ends
from annotator.model.records import Fragment, Frame, RoleEnd

OUTER = ("It claims that Quist said the bridge was sound", "told")
MIDDLE = ("that Quist said the bridge was sound", "claims")
INNER = ("the bridge was sound", "said the")


def cue_at(desk: Any, words: str) -> list[Fragment]:
    """Return where the first of these words stands: the one that is meant is told by those behind it."""
    start = desk.at(words).start
    return [Fragment(start, start + len(words.split(maxsplit=1)[0]))]


def tell(desk: Any, claim: str, cue: str) -> Any:
    """Make an attribution as the window does: linked to the one that its first words lie in."""
    words, by = [desk.at(claim)], cue_at(desk, cue)
    further = outer_ends(desk.content(), desk.project.scheme, words, by)
    made = desk.project.add_attribution(desk.bridge, claim=words, cue=by, further=further)
    return new(made, Frame)


def new(changes: Any, kind: Any) -> Any:
    return next(one.after.id for one in changes.of(kind) if one.before is None)


def outer(desk: Any, frame: Any) -> tuple[Any, ...]:
    return desk.get(frame).ends("parent")


def part(desk: Any, frame: Any, role: str) -> Any:
    return desk.get(frame).ends(role)[0]


def test_another_cue_leads_to_the_attribution_that_it_stands_in(desk: Any) -> None:
    out = tell(desk, *OUTER)
    inner = tell(desk, INNER[0], "told")
    assert outer(desk, inner) == ()
    cue, said = part(desk, inner, "cue"), cue_at(desk, "said the")
    desk.one_step(lambda: desk.project.change_span(cue, fragments=said, frame=inner))
    assert outer(desk, inner) == (out,)
    desk.project.remove([part(desk, inner, "cue")])
    cues = cue_at(desk, "told")
    desk.one_step(lambda: desk.project.add_span(desk.bridge, "CUE", cues, frame=inner, role="cue"))
    assert outer(desk, inner) == ()


def test_one_that_is_made_between_two_takes_its_place(desk: Any) -> None:
    out, inner = tell(desk, *OUTER), tell(desk, *INNER)
    assert outer(desk, inner) == (out,)
    middle = tell(desk, *MIDDLE)
    assert (outer(desk, inner), outer(desk, middle)) == ((middle,), (out,))
    desk.project.undo()
    assert outer(desk, inner) == (out,)


def test_moved_edges_of_a_claim_let_go_of_what_is_not_inside_any_more(desk: Any) -> None:
    out, inner = tell(desk, *OUTER), tell(desk, *INNER)
    claim = part(desk, out, "claim")
    desk.one_step(lambda: desk.project.change_span(claim, fragments=[desk.at("It claims")]))
    assert outer(desk, inner) == ()


@pytest.mark.parametrize("how", ["remove", "unlink"])
def test_one_that_loses_its_claim_has_nothing_inside_it_any_more(desk: Any, how: str) -> None:
    out, inner, middle = tell(desk, *OUTER), tell(desk, *INNER), tell(desk, *MIDDLE)
    assert outer(desk, inner) == (middle,)
    claim = part(desk, middle, "claim")
    if how == "remove":
        desk.one_step(lambda: desk.project.remove([claim]))
    else:
        desk.one_step(lambda: desk.project.unlink(middle, "claim", claim))
    assert (outer(desk, inner), outer(desk, middle)) == ((out,), (out,))


@pytest.mark.parametrize("is_linked", [True, False])
def test_what_a_person_linked_otherwise_stays(desk: Any, is_linked: bool) -> None:
    out, inner = tell(desk, *OUTER), tell(desk, *INNER)
    desk.project.unlink(inner, "parent", out)
    other = tell(desk, "“It is safe,”", "said,")
    if is_linked:
        desk.project.link(inner, "parent", "frame", other)
    tell(desk, *MIDDLE)
    ends = [end for end in desk.get(inner).roles if end.role == "parent"]
    assert ends == ([RoleEnd("parent", "frame", other)] if is_linked else [])


def test_two_in_the_claims_of_each_other_are_not_linked_in_a_circle(desk: Any) -> None:
    out, inner = tell(desk, *OUTER), tell(desk, *INNER)
    assert outer(desk, inner) == (out,)
    cue, within = part(desk, out, "cue"), [desk.at("bridge was sound")]
    desk.one_step(lambda: desk.project.change_span(cue, fragments=within, frame=out))
    assert (outer(desk, inner), outer(desk, out)) == ((out,), ())
