"""What comes back when a rejected suggestion is decided again: what went with it, and nothing else."""

from __future__ import annotations

from typing import Any

from annotator.model.scheme_edits import Place, RenameItem


def test_what_was_rejected_by_itself_does_not_come_back_with_a_claim(desk: Any) -> None:
    claim, source = desk.suggested("CLAIM", "“It is safe,”"), desk.suggested("SOURCE", "Mayor Ada Quist")
    holder = desk.suggested("SOURCE", "The union")
    told = desk.suggested_frame("ATTRIBUTION", ("claim", claim), ("source", source))
    stance = desk.suggested_frame("STANCE", ("holder_mention", holder), ("target", claim))
    desk.propose(claim, source, holder, told, stance)
    for alone in (stance.id, source.id):
        desk.one_step(lambda alone=alone: desk.project.reject([alone]))
    desk.one_step(lambda: desk.project.reject([claim.id]))
    for _ in range(2):
        desk.one_step(lambda: desk.project.reopen([claim.id]))
        states = [desk.get(one.id).state for one in (claim, told, stance, source)]
        assert states == ["open", "open", "rejected", "rejected"]
        desk.project.undo()
        desk.reopen()


def test_a_part_that_was_left_for_another_frame_comes_back_with_its_own(desk: Any) -> None:
    words = ("“It is safe,”", "“and it stays open.”")
    claims, source = [desk.suggested("CLAIM", one) for one in words], desk.suggested("SOURCE", "Quist")
    frames = [desk.suggested_frame("ATTRIBUTION", ("claim", one), ("source", source)) for one in claims]
    desk.propose(*claims, source, *frames)
    for one in frames:
        desk.project.reject([one.id])
    desk.project.reopen([frames[0].id])
    assert [desk.get(one.id).state for one in (*frames, source)] == ["open", "rejected", "open"]


def test_labels_that_are_renamed_meanwhile_change_nothing_of_it(desk: Any) -> None:
    claim, source = desk.suggested("CLAIM", "“It is safe,”"), desk.suggested("SOURCE", "Mayor Ada Quist")
    told = desk.suggested_frame("ATTRIBUTION", ("claim", claim), ("source", source))
    desk.propose(claim, source, told)
    desk.project.reject([told.id])
    for name, to in (("CLAIM", "ASSERTION"), ("ATTRIBUTION", "REPORT")):
        desk.project.schemes.change(RenameItem(Place(name), to))
    desk.project.reopen([told.id])
    assert [desk.get(one.id).state for one in (told, claim, source)] == ["open"] * 3


def test_what_was_proposed_once_more_by_redo_is_decided_again(desk: Any) -> None:
    claim = desk.suggested("CLAIM", "“It is safe,”")
    told = desk.suggested_frame("ATTRIBUTION", ("claim", claim))
    desk.propose(claim, told)
    desk.project.undo()
    desk.project.redo()
    desk.project.reject([told.id])
    desk.project.reopen([told.id])
    assert [desk.get(one.id).state for one in (told, claim)] == ["open", "open"]


def test_a_frame_made_by_hand_keeps_the_words_that_it_rests_on_alone(desk: Any) -> None:
    claim = desk.suggested("CLAIM", "“It is safe,”")
    desk.propose(claim)
    desk.project.accept([claim.id])
    span = desk.get(claim.id).became
    mine = desk.frame("ATTRIBUTION", ("claim", span), note="typed")
    outer = desk.frame("ATTRIBUTION", ("parent", mine))
    desk.one_step(lambda: desk.project.reopen([claim.id]))
    assert desk.get(claim.id).state == "open"
    assert [desk.get(one).id for one in (span, mine, outer)] == [span, mine, outer]
    desk.project.accept([claim.id])
    assert [one.id for one in desk.content().spans] == [span]


def test_an_accepted_frame_that_goes_with_its_claim_can_be_decided_again(desk: Any) -> None:
    claim = desk.suggested("CLAIM", "“It is safe,”")
    told = desk.suggested_frame("ATTRIBUTION", ("claim", claim))
    desk.propose(claim, told)
    desk.project.accept([told.id])
    assert len(desk.content().frames) == 1
    desk.one_step(lambda: desk.project.reopen([claim.id]))
    assert (desk.content().frames, desk.content().spans) == ((), ())
    assert [desk.get(one.id).state for one in (claim, told)] == ["open", "open"]
