"""Suggested frames with links and actors: accepted whole, with another part, and never proposed twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.model.formats import ImportOptions
from annotator.model.ids import new_id
from annotator.model.job import run
from annotator.model.records import RoleEnd, SuggestedFrame, SuggestedSpan
from annotator.model.scheme_edits import Place, RenameItem
from annotator.model.steps import Tally
from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan
from annotator.services.exporting import export_job
from annotator.services.exporting_choice import ExportChoice
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known
from annotator.services.project import Project
from annotator.services.project_ground import Ground
from annotator.services.suggesting import SuggestionPlan

BROKEN = ("“It is safe,”", "“and it stays open.”")


def plan(desk: Any, *, version: str = "1", shift: int = 0, article: Any = None) -> SuggestionPlan:
    """Return the proposals of an attribution inside another one, and of a stance on its claim."""
    at = desk.at
    sound = at("the bridge was sound")
    claim = (sound.start - shift, sound.end)
    spans = (
        ProposedSpan("CLAIM", (claim,), 0.9, "r"),
        ProposedSpan("SOURCE", (at("Quist said the")._replace(end=at("Quist said the").start + 5),), 0.9, "r",
                     {"actor": "Ada Quist", "form": "name"}),
        ProposedSpan("CUE", (at("said the")._replace(end=at("said the").start + 4),), 0.9, "r"),
        ProposedSpan("CLAIM", (at("that Quist said the bridge was sound"),), 0.8, "r"),
        ProposedSpan("SOURCE", (at("It claims")._replace(end=at("It claims").start + 2),), 0.8, "r"),
        ProposedSpan("CUE", (at("claims"),), 0.8, "r"),
    )  # fmt: skip
    frames = (
        ProposedFrame(
            "ATTRIBUTION", (("claim", 0), ("source", 1), ("cue", 2)), 0.9, "r", links=(("parent", 1),)
        ),
        ProposedFrame(
            "ATTRIBUTION", (("claim", 3), ("source", 4), ("cue", 5)), 0.8, "r", {},
            actors=(("implicit_source", ""),),
        ),
        ProposedFrame(
            "STANCE", (("holder_mention", 4), ("target", 0)), 0.6, "r", {"value": "deny"},
            actors=(("holder", "The Union"),),
        ),
    )  # fmt: skip
    found = ((article or desk.bridge, Proposals(spans, frames)),)
    return SuggestionPlan(f"toy {version}", ("attributions",), found)


@pytest.fixture
def proposed(desk: Any) -> list[SuggestedFrame]:
    """Write the proposals and return the three frames: inner, outer, stance."""
    desk.project.write_suggestions(plan(desk), undoable=True)
    return list(desk.content().suggested_frames)


def test_links_and_names_are_stored(desk: Any, proposed: list[SuggestedFrame]) -> None:
    inner, outer, stance = proposed
    assert RoleEnd("parent", "frame", outer.id) in inner.roles
    assert stance.attributes == {"value": "deny", "actor:holder": "The Union"}
    desk.reopen()
    assert list(desk.content().suggested_frames) == proposed


def test_accepting_links_to_the_parent_and_names_the_mention(
    desk: Any, proposed: list[SuggestedFrame]
) -> None:
    inner, outer, _ = proposed
    desk.one_step(lambda: desk.project.accept([outer.id]))
    desk.one_step(lambda: desk.project.accept([inner.id]))
    made = desk.get(desk.get(inner.id).became)
    assert made.ends("parent") == (desk.get(outer.id).became,)
    assert "actor:holder" not in made.attributes
    source = desk.get(made.ends("source")[0])
    assert (desk.get(source.actor).name, source.attributes) == ("Ada Quist", {"form": "name"})


def test_a_mention_is_linked_to_the_actor_of_that_name_or_alias(
    desk: Any, proposed: list[SuggestedFrame]
) -> None:
    changes = desk.project.add_actor("Adelheid Quist", "person", aliases=["ADA Quist"])
    actor = changes.changes[0].record.id
    desk.one_step(lambda: desk.project.accept([proposed[0].id]))
    made = desk.get(desk.get(proposed[0].id).became)
    assert desk.get(made.ends("source")[0]).actor == actor
    assert [one.id for one in desk.project.actors()] == [actor]


def test_a_new_actor_gets_the_kind_of_the_entity_of_its_name(
    desk: Any, proposed: list[SuggestedFrame]
) -> None:
    desk.propose(desk.suggested("PERSON", "Ada Quist", suggester="names 1"))
    desk.project.accept([proposed[0].id])
    assert [(one.name, one.kind) for one in desk.project.actors()] == [("Ada Quist", "person")]


def test_the_author_is_made_once_for_an_article(desk: Any, proposed: list[SuggestedFrame]) -> None:
    outer = proposed[1]
    desk.one_step(lambda: desk.project.accept([outer.id]))
    (author,) = desk.project.actors()
    assert (author.name, author.kind, author.article) == ("Nils Holm", "author", desk.bridge)
    assert desk.get(desk.get(outer.id).became).ends("implicit_source") == (author.id,)
    desk.project.undo()
    assert desk.project.actors() == ()
    desk.project.author_of(desk.bridge)
    desk.project.accept([outer.id])
    assert len(desk.project.actors()) == 1


def test_the_writer_may_hold_a_stance_in_words_of_nobodys(desk: Any) -> None:
    made = plan(desk)
    ((article, given),) = made.proposals
    verdict = ProposedFrame(
        "STANCE", (("target", 0), ("expression", 5)), 0.45, "r", {"value": "deny"}, actors=(("holder", ""),)
    )
    frames = Proposals(given.spans, (*given.frames[:2], verdict))
    desk.project.write_suggestions(replace(made, proposals=((article, frames),)), undoable=True)
    (stance,) = (one for one in waiting(desk) if getattr(one, "label", "") == "STANCE")
    desk.one_step(lambda: desk.project.accept([stance.id]))
    taken = desk.get(desk.get(stance.id).became)
    author = next(one for one in desk.project.actors() if one.kind == "author")
    assert (taken.ends("holder"), taken.ends("holder_mention")) == ((author.id,), ())


def test_a_stance_brings_the_attribution_of_its_claim_and_makes_its_holder(
    desk: Any, proposed: list[SuggestedFrame]
) -> None:
    inner, outer, stance = proposed
    desk.one_step(lambda: desk.project.accept([stance.id]))
    made = desk.get(desk.get(stance.id).became)
    target = desk.get(made.ends("target")[0])
    assert (target.label, made.attributes) == ("CLAIM", {"value": "deny"})
    assert desk.get(made.ends("holder")[0]).name == "The Union"
    assert desk.get(desk.get(inner.id).became).ends("claim") == (target.id,)
    assert desk.get(outer.id).state == "open"


def test_a_rejected_attribution_takes_the_stance_on_its_claim_along(
    desk: Any, proposed: list[SuggestedFrame]
) -> None:
    inner, _, stance = proposed
    desk.one_step(lambda: desk.project.reject([inner.id]))
    assert [desk.get(one.id).state for one in proposed] == ["rejected", "open", "rejected"]
    assert desk.get(stance.roles[1].end).state == "rejected"  # its target, which nothing else is on
    assert desk.get(stance.roles[0].end).state == "open"  # its holder's words are the outer one's source
    desk.project.undo()
    assert [desk.get(one.id).state for one in proposed] == ["open"] * 3
    desk.project.redo()
    desk.one_step(lambda: desk.project.reopen([inner.id]))
    assert [desk.get(one.id).state for one in proposed] == ["open"] * 3
    assert {one.state for one in desk.content().suggested_spans} == {"open"}


def test_a_rejected_claim_takes_its_attribution_and_the_stance_on_it_along(
    desk: Any, proposed: list[SuggestedFrame]
) -> None:
    inner, outer, _ = proposed
    claim = next(end.end for end in inner.roles if end.role == "claim")
    changes = desk.one_step(lambda: desk.project.reject([claim]))
    assert changes.operation == "Reject suggestion"
    assert [desk.get(one.id).state for one in proposed] == ["rejected", "open", "rejected"]
    left = {one.id for one in desk.content().suggested_spans if one.state == "open"}
    assert left == {end.end for end in outer.roles if end.kind == "span"}
    desk.one_step(lambda: desk.project.reopen([claim]))
    assert list(desk.content().suggested_frames) == proposed
    assert {one.state for one in desk.content().suggested_spans} == {"open"}


def test_an_attribution_goes_with_the_last_of_its_claims(desk: Any) -> None:
    claims = [desk.suggested("CLAIM", words) for words in BROKEN]
    frame = desk.suggested_frame("ATTRIBUTION", *(("claim", one) for one in claims))
    desk.propose(*claims, frame)
    desk.project.reject([claims[0].id])
    assert desk.get(frame.id).state == "open"
    desk.project.reject([claims[1].id])
    assert desk.get(frame.id).state == "rejected"


def test_a_frame_goes_when_it_is_left_with_fewer_claims_than_it_needs(desk: Any) -> None:
    claims = [desk.suggested("CLAIM", words) for words in BROKEN]
    both = desk.suggested_frame("CONTRADICTS", *(("claim", one) for one in claims))
    desk.propose(*claims, both)
    desk.one_step(lambda: desk.project.reject([claims[0].id]))
    assert desk.get(both.id).state == "rejected"
    assert desk.get(claims[1].id).state == "rejected"


def test_an_attribution_whose_claim_is_somebody_s_own_span_keeps_it(desk: Any) -> None:
    mine, other = desk.span("CLAIM", BROKEN[0]), desk.suggested("CLAIM", BROKEN[1])
    frame = desk.suggested_frame("ATTRIBUTION", ("claim", other))
    frame = replace(frame, roles=(*frame.roles, RoleEnd("claim", "span", mine)))
    desk.propose(other, frame)
    desk.project.reject([other.id])
    assert desk.get(frame.id).state == "open"
    desk.project.accept([frame.id])
    assert desk.get(desk.get(frame.id).became).ends("claim") == (mine,)


@pytest.mark.parametrize("many", [5, 20])
def test_many_at_once_are_each_looked_up_once(desk: Any, monkeypatch: Any, many: int) -> None:
    words = [desk.at(one) for one in desk.content().article.text.split()[:many]]
    cues = [replace(desk.suggested("CUE", "said"), fragments=(one,)) for one in words]
    frames = [desk.suggested_frame("ATTRIBUTION", ("cue", one)) for one in cues]
    desk.propose(*cues, *frames)
    read: list[str] = []

    class Counted(tuple[Any, ...]):
        def __iter__(self) -> Any:
            read.append("read")
            return super().__iter__()

    def _content(ground: Any, article: Any) -> Any:
        read.append("article")
        found = ground.store.content(article)
        kinds = ("spans", "frames", "suggested_spans", "suggested_frames")
        return replace(found, **{kind: Counted(getattr(found, kind)) for kind in kinds})

    monkeypatch.setattr(Ground, "content", _content)
    for decide in (desk.project.accept, desk.project.reopen, desk.project.reject, desk.project.reopen):
        read.clear()
        assert len(decide([one.id for one in frames]).changes) >= many
        assert (read.count("article"), read.count("read")) <= (1, 20)


def test_a_stance_stays_where_somebody_else_has_told_its_claim(
    desk: Any, proposed: list[SuggestedFrame]
) -> None:
    inner, _, stance = proposed
    claim = desk.get(inner.roles[0].end)
    desk.propose(desk.suggested_frame("ATTRIBUTION", ("claim", claim), suggester="more 1"))
    desk.project.reject([inner.id])
    assert desk.get(stance.id).state == "open"
    desk.project.reject([one.id for one in desk.content().suggested_frames if one.suggester == "more 1"])
    assert desk.get(stance.id).state == "rejected"


def test_a_stance_stays_where_its_claim_was_taken_alone(desk: Any, proposed: list[SuggestedFrame]) -> None:
    inner, _, stance = proposed
    claim = next(end.end for end in inner.roles if end.role == "claim")
    desk.project.accept([claim])
    desk.project.reject([inner.id])
    assert desk.get(stance.id).state == "open"
    desk.project.accept([stance.id])
    assert desk.get(desk.get(stance.id).became).ends("target") == (desk.get(claim).became,)


def test_a_stance_is_not_proposed_on_a_claim_whose_attribution_was_rejected(
    desk: Any, proposed: list[SuggestedFrame]
) -> None:
    desk.project.reject([proposed[0].id])
    later = plan(desk, version="2")
    proposals = later.proposals[0][1]
    doubt = replace(proposals.frames[2], attributes={"value": "question"}, roles=(("target", 0),))
    again = ((desk.bridge, replace(proposals, frames=(*proposals.frames[:2], doubt))),)
    desk.project.write_suggestions(replace(later, proposals=again), undoable=True)
    waiting = [one.label for one in desk.content().suggested_frames if one.state == "open"]
    assert waiting == ["ATTRIBUTION"]


def test_a_stance_on_a_claim_that_has_its_attribution_brings_no_other(
    desk: Any, proposed: list[SuggestedFrame]
) -> None:
    inner, _, stance = proposed
    desk.project.accept([inner.id])
    before = {one.id for one in desk.project.content(desk.bridge).frames}
    desk.one_step(lambda: desk.project.accept([stance.id]))
    after = {one.id for one in desk.project.content(desk.bridge).frames}
    assert after - before == {desk.get(stance.id).became}


def test_of_several_accepted_at_once_a_stance_brings_nothing_that_was_left_out(
    desk: Any, proposed: list[SuggestedFrame]
) -> None:
    _, outer, stance = proposed
    desk.one_step(lambda: desk.project.accept([outer.id, stance.id]))
    assert [desk.get(one.id).state for one in proposed] == ["open", "accepted", "accepted"]


def test_all_at_once_makes_every_actor_once(desk: Any, proposed: list[SuggestedFrame]) -> None:
    second = plan(desk, article=desk.bridge)
    assert second.summary.frames == 3
    desk.one_step(lambda: desk.project.accept([one.id for one in reversed(proposed)]))
    assert sorted(one.name for one in desk.project.actors()) == ["Ada Quist", "Nils Holm", "The Union"]
    inner = desk.get(desk.get(proposed[0].id).became)
    assert inner.ends("parent") == (desk.get(proposed[1].id).became,)


def test_a_role_that_the_scheme_lacks_gets_no_actor(desk: Any) -> None:
    claim = desk.suggested("CLAIM", "It is safe")
    frame = desk.suggested_frame("ATTRIBUTION", ("claim", claim), attributes={"actor:echo": "Nobody"})
    desk.propose(claim, frame)
    desk.project.accept([frame.id])
    assert desk.project.actors() == ()


# --- another part instead ------------------------------------------------------------------------


def test_one_part_is_replaced_and_the_proposed_one_rejected(
    desk: Any, proposed: list[SuggestedFrame]
) -> None:
    inner = proposed[0]
    words = desk.at("a clerk")
    desk.one_step(lambda: desk.project.accept([inner.id], ("SOURCE", [words])))
    made = desk.get(desk.get(inner.id).became)
    (source,) = (desk.get(one) for one in made.ends("source"))
    assert (source.fragments, source.origin, source.actor) == ((words,), "person", None)
    assert made.ends("claim")
    assert made.ends("cue")
    wrong = next(end.end for end in inner.roles if end.role == "source")
    assert desk.get(wrong).state == "rejected"
    assert desk.project.actors() == ()


def test_a_replaced_part_that_another_frame_uses_stays_open(
    desk: Any, proposed: list[SuggestedFrame]
) -> None:
    inner, _, stance = proposed
    desk.one_step(lambda: desk.project.accept([inner.id], ("CLAIM", [desk.at("it stays open")])))
    target = next(end.end for end in stance.roles if end.role == "target")
    assert desk.get(target).state == "open"
    desk.project.accept([stance.id])
    assert desk.get(target).state == "accepted"


def test_a_stance_is_on_the_claim_whose_edges_were_changed(desk: Any, proposed: list[SuggestedFrame]) -> None:
    inner, _, stance = proposed
    words = desk.at("bridge was sound")
    desk.one_step(lambda: desk.project.accept([inner.id], ("CLAIM", [words])))
    (claim,) = desk.get(desk.get(inner.id).became).ends("claim")
    assert desk.get(claim).fragments == (words,)
    desk.one_step(lambda: desk.project.accept([stance.id]))
    assert desk.get(desk.get(stance.id).became).ends("target") == (claim,)
    assert [one.fragments for one in desk.content().spans if one.label == "CLAIM"] == [(words,)]


def test_a_stance_with_other_edges_of_its_claim_brings_the_attribution_of_that_claim(
    desk: Any, proposed: list[SuggestedFrame]
) -> None:
    inner, _, stance = proposed
    desk.one_step(lambda: desk.project.accept([stance.id], ("CLAIM", [desk.at("bridge was sound")])))
    (target,) = desk.get(desk.get(stance.id).became).ends("target")
    assert desk.get(desk.get(inner.id).became).ends("claim") == (target,)


def test_a_stance_on_another_claim_leaves_the_attribution_of_the_first(
    desk: Any, proposed: list[SuggestedFrame]
) -> None:
    inner, _, stance = proposed
    desk.one_step(lambda: desk.project.accept([stance.id], ("CLAIM", [desk.at("it stays open")])))
    assert desk.get(inner.id).state == "open"


def test_a_source_with_other_edges_is_still_the_same_actor(desk: Any, proposed: list[SuggestedFrame]) -> None:
    inner = proposed[0]
    words = desk.at("that Quist")
    desk.one_step(lambda: desk.project.accept([inner.id], ("SOURCE", [words])))
    (source,) = (desk.get(one) for one in desk.get(desk.get(inner.id).became).ends("source"))
    assert (source.fragments, desk.get(source.actor).name) == ((words,), "Ada Quist")


def test_other_edges_of_one_source_leave_the_other_one(desk: Any) -> None:
    spans = [desk.suggested("SOURCE", words) for words in ("The union", "Radio Six", "a clerk")]
    claim = desk.suggested("CLAIM", "It is safe")
    frame = desk.suggested_frame("ATTRIBUTION", ("claim", claim), *(("source", one) for one in spans))
    desk.propose(claim, *spans, frame)
    desk.one_step(lambda: desk.project.accept([frame.id], ("SOURCE", [desk.at("told Radio Six")])))
    made = desk.get(desk.get(frame.id).became)
    found = {desk.get(one).fragments for one in made.ends("source")}
    assert found == {(desk.at(words),) for words in ("The union", "told Radio Six", "a clerk")}


def test_words_labelled_before_are_used_instead(desk: Any, proposed: list[SuggestedFrame]) -> None:
    mine = desk.span("SOURCE", "a clerk", note="mine")
    desk.one_step(lambda: desk.project.accept([proposed[0].id], ("SOURCE", [desk.at("a clerk")])))
    assert desk.get(desk.get(proposed[0].id).became).ends("source") == (mine,)


def test_a_label_without_a_role_is_refused(desk: Any, proposed: list[SuggestedFrame]) -> None:
    ids = [proposed[0].id]
    desk.refuses(
        "“Attribution” has no role for “Person”",
        lambda: desk.project.accept(ids, ("PERSON", [desk.at("Quist")])),
    )


def test_a_role_that_takes_any_span_is_filled_where_a_span_of_that_label_was_proposed(desk: Any) -> None:
    found = plan(desk)
    ((article, proposals),) = found.proposals
    person = ProposedSpan("PERSON", (desk.at("Quist"),), 0.9, "r")
    frame = proposals.frames[0]
    frame = replace(frame, roles=(*frame.roles, ("addressee", len(proposals.spans))), links=())
    changed = Proposals((*proposals.spans, person), (frame,))
    desk.project.write_suggestions(replace(found, proposals=((article, changed),)), undoable=True)
    (inner,) = desk.content().suggested_frames
    desk.one_step(lambda: desk.project.accept([inner.id], ("PERSON", [desk.at("a clerk")])))
    made = desk.get(desk.get(inner.id).became)
    (addressee,) = (desk.get(one) for one in made.ends("addressee"))
    assert (addressee.label, addressee.fragments) == ("PERSON", (desk.at("a clerk"),))
    assert made.ends("source")


# --- not proposed twice ---------------------------------------------------------------------------


def waiting(desk: Any) -> list[SuggestedFrame | SuggestedSpan]:
    content = desk.content()
    return [one for one in (*content.suggested_spans, *content.suggested_frames) if one.state == "open"]


def test_a_rejected_frame_does_not_return_with_other_edges(desk: Any, proposed: list[SuggestedFrame]) -> None:
    for one in reversed(proposed):
        desk.project.reject([one.id])
    assert waiting(desk) == []
    desk.project.write_suggestions(plan(desk, version="2", shift=4), undoable=True)
    assert waiting(desk) == []


def test_an_accepted_frame_does_not_return_and_is_still_a_parent(
    desk: Any, proposed: list[SuggestedFrame]
) -> None:
    _inner, outer, _ = proposed
    desk.project.accept([outer.id], ("SOURCE", [desk.at("The union")]))
    made = desk.get(outer.id).became
    desk.project.write_suggestions(plan(desk, version="2", shift=4), undoable=True)
    frames = [one for one in waiting(desk) if isinstance(one, SuggestedFrame)]
    assert sorted(one.label for one in frames) == ["ATTRIBUTION", "STANCE"]
    again = next(one for one in frames if one.label == "ATTRIBUTION")
    assert RoleEnd("parent", "frame", made) in again.roles
    desk.project.accept([again.id])
    assert desk.get(desk.get(again.id).became).ends("parent") == (made,)


def test_what_was_proposed_inside_an_accepted_one_points_to_its_suggestion_after_undo(
    desk: Any, proposed: list[SuggestedFrame]
) -> None:
    _, outer, _ = proposed
    desk.project.accept([outer.id])
    desk.project.write_suggestions(plan(desk, version="1", shift=4), undoable=False)
    accepted = desk.get(outer.id).became
    inner = next(
        one for one in waiting(desk) if any(end.role == "parent" for end in getattr(one, "roles", ()))
    )
    assert [end.end for end in inner.roles if end.role == "parent"] == [accepted]
    desk.project.undo()
    inner = desk.get(inner.id)
    assert [end.end for end in inner.roles if end.role == "parent"] == [outer.id]
    there = {one.id for one in waiting(desk)}
    assert all(end.end in there for one in waiting(desk) for end in getattr(one, "roles", ()))
    desk.project.redo()
    desk.project.accept([inner.id])
    frame = desk.get(desk.get(inner.id).became)
    assert frame.ends("parent") == (desk.get(outer.id).became,)


def test_the_parent_of_an_accepted_frame_stays_whole_and_is_linked_later(
    desk: Any, proposed: list[SuggestedFrame]
) -> None:
    inner, outer, _stance = proposed
    desk.project.accept([inner.id])
    desk.project.write_suggestions(plan(desk, version="2", shift=4), undoable=True)
    assert run(desk.project.check()) == ()
    frames = [one for one in waiting(desk) if isinstance(one, SuggestedFrame)]
    assert [one.id for one in frames if one.label == "ATTRIBUTION"] == [outer.id]
    desk.project.accept([outer.id])
    made = desk.get(desk.get(outer.id).became)
    assert {end.role for end in made.roles} == {end.role for end in outer.roles} | {"implicit_source"}
    assert desk.get(desk.get(inner.id).became).ends("parent") == (made.id,)


@pytest.mark.parametrize("is_many", [False, True])
def test_suggestions_that_were_made_anew_since_do_not_bar_the_way_back(desk: Any, is_many: bool) -> None:
    """Also where the log holds them as a run."""
    layers = ("attributions", "stances")
    desk.project.write_suggestions(plan(desk, version="1"), undoable=False)
    first = replace(plan(desk, version="2", shift=4), layers=layers)
    if is_many:
        ((article, found),) = first.proposals
        more = tuple(ProposedSpan("CUE", ((at, at + 1),), 0.7, "r") for at in range(60))
        first = replace(first, proposals=((article, replace(found, spans=found.spans + more)),))
    desk.span("SOURCE", "a clerk")
    desk.project.write_suggestions(first, undoable=True)
    last = replace(plan(desk, version="3", shift=1), layers=layers)
    desk.project.write_suggestions(last, undoable=False)
    anew = waiting(desk)
    assert {one.suggester for one in anew} == {"toy 3"}
    desk.project.undo()
    assert waiting(desk) == anew, "they took the place of what was there, too"
    assert desk.project.undo_name() == "Add source"
    desk.project.undo()
    desk.project.redo()
    assert desk.project.redo_name() == first.operation
    desk.project.redo()
    assert waiting(desk) == anew
    assert (desk.project.redo_name(), desk.project.undo_name()) == (None, first.operation)
    assert run(desk.project.check()) == ()


def test_a_renamed_label_gets_its_name_back_although_its_suggestions_were_made_anew(desk: Any) -> None:
    desk.project.write_suggestions(plan(desk), undoable=False)
    desk.project.schemes.change(RenameItem(Place("CLAIM"), "THESIS"))
    desk.project.write_suggestions(plan(desk, version="2", shift=4), undoable=False)
    desk.project.undo()
    assert desk.project.scheme.label("CLAIM") is not None
    assert run(desk.project.check()) == ()


def test_what_was_made_by_hand_is_not_proposed(desk: Any) -> None:
    claim, cue = desk.span("CLAIM", "bridge was sound"), desk.span("CUE", "said the bridge")
    desk.frame("ATTRIBUTION", ("claim", claim), ("cue", cue))
    desk.project.write_suggestions(plan(desk), undoable=True)
    labels = [one.label for one in waiting(desk) if isinstance(one, SuggestedFrame)]
    assert sorted(labels) == ["ATTRIBUTION", "STANCE"]


def test_parts_that_were_rejected_with_their_frame_may_be_parts_of_another(desk: Any) -> None:
    cue, safe = desk.suggested("CUE", "said"), desk.suggested("CLAIM", BROKEN[0])
    frame = desk.suggested_frame("ATTRIBUTION", ("cue", cue), ("claim", safe))
    desk.propose(cue, safe, frame)
    desk.project.reject([frame.id])
    again = desk.suggested("CUE", "said", suggester="rules 2")
    other = desk.suggested("CLAIM", BROKEN[1][:-2], suggester="rules 2")
    desk.propose(again, other, replace_suggester(desk, ("cue", again), ("claim", other)))
    (found,) = [one for one in desk.content().suggested_frames if one.state == "open"]
    assert {end.role for end in found.roles} == {"cue", "claim"}
    assert {desk.get(end.end).state for end in found.roles} == {"open"}


def replace_suggester(desk: Any, *roles: Any) -> SuggestedFrame:
    return replace(desk.suggested_frame("ATTRIBUTION", *roles), suggester="rules 2")


def test_two_suggesters_do_not_propose_the_same_frame_twice(desk: Any) -> None:
    desk.project.write_suggestions(plan(desk), undoable=True)
    before = waiting(desk)
    other = replace(plan(desk, shift=4), suggester="learned 1")
    desk.project.write_suggestions(other, undoable=True)
    assert waiting(desk) == before


# --- looking back ----------------------------------------------------------------------------------


def test_what_was_right_so_far(desk: Any, proposed: list[SuggestedFrame]) -> None:
    inner, outer, stance = proposed
    assert desk.project.decisions.record() == {}
    desk.project.accept([inner.id])
    assert desk.project.decisions.record() == {("toy", "sure"): Tally(1, 0, 0)}
    desk.project.accept([outer.id], ("SOURCE", [desk.at("The union")]))
    desk.project.reject([stance.id])
    assert desk.project.decisions.record() == {
        ("toy", "sure"): Tally(1, 1, 0),
        ("toy", "likely"): Tally(0, 0, 1),
    }
    cue = desk.get(desk.get(inner.id).became).ends("cue")[0]
    desk.project.change_span(cue, fragments=[desk.at("said the")])
    assert desk.project.decisions.record()["toy", "sure"] == Tally(0, 2, 0)
    desk.project.remove([desk.get(inner.id).became])
    assert desk.project.decisions.record()["toy", "sure"] == Tally(0, 1, 1)


def test_names_of_actors_go_out_and_come_in_again(
    desk: Any, proposed: list[SuggestedFrame], tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    run(export_job(desk.project, out, ExportChoice(suggestions=True)))
    other = Project.create(tmp_path / "other.annot", desk.project.scheme, "Ben")
    other.write_import(run(plan_import([out], ImportOptions(), Known(desk.project.scheme))))
    (article,) = [one.article for one in other.contents() if one.article.name == "bridge.txt"]
    came = other.content(article.id)
    other.close()
    assert [(one.label, one.attributes) for one in came.suggested_frames] == [
        (one.label, one.attributes) for one in proposed
    ]
    assert "Ada Quist" in {one.attributes.get("actor") for one in came.suggested_spans}


def test_a_frame_of_which_nothing_is_left_is_no_parent(desk: Any) -> None:
    claim, other = desk.suggested("CLAIM", "It is safe"), desk.suggested("CLAIM", "Quist said")
    desk.propose(claim)
    desk.project.reject([claim.id])
    again = replace(claim, id=new_id())
    outer = desk.suggested_frame("ATTRIBUTION", ("claim", again))
    inner = desk.suggested_frame("ATTRIBUTION", ("claim", other), ("parent", outer))
    desk.propose(again, other, outer, inner)
    assert desk.get(outer.id) is None
    assert [end.role for end in desk.get(inner.id).roles] == ["claim"]
    assert run(desk.project.check()) == ()
