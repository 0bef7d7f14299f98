"""Spans: adding, changing, saying who and on which card; every refusal."""

from __future__ import annotations

from typing import Any

from annotator.model.ids import new_id
from annotator.model.records import ACTOR_KINDS, Actor, ClaimCard, Fragment, Frame, RoleEnd, Span


def test_a_span_is_added_as_given(desk: Any) -> None:
    fragments = [desk.at("It is safe"), desk.at("it stays open")]
    values = {"form": "direct", "type": "opinion"}
    changes = desk.one_step(
        lambda: desk.project.add_span(desk.bridge, "CLAIM", fragments, attributes=values, note="two pieces")
    )
    assert changes.operation == "Add claim"
    assert changes.touches(desk.bridge)
    assert not changes.touches(desk.copy)
    (span,) = desk.content().spans
    assert (span.label, span.fragments, span.attributes) == ("CLAIM", tuple(fragments), values)
    assert (span.annotator, span.origin, span.note) == (desk.project.annotator.id, "person", "two pieces")
    assert span.created > 0


def test_fragments_are_put_in_order_and_touching_ones_become_one(desk: Any) -> None:
    changes = desk.project.add_span(desk.bridge, "CLAIM", [(40, 50), (3, 8), (8, 12)])
    (change,) = changes.of(Span)
    assert change.after.fragments == (Fragment(3, 12), Fragment(40, 50))


def test_spans_may_overlap_and_nest_but_stand_on_the_same_words_once(desk: Any) -> None:
    desk.span("CLAIM", "It is safe")
    inner = desk.span("CLAIM", "is safe,”")
    safe = desk.span("CLAIM", "safe")
    desk.span("SOURCE", "safe")
    words, there = [desk.at("safe")], "These words have this label already."
    desk.refuses(there, lambda: desk.project.add_span(desk.bridge, "CLAIM", words, note="again"))
    desk.refuses(there, lambda: desk.project.change_span(inner, fragments=words))
    desk.refuses(there, lambda: desk.project.change_span(safe, label="SOURCE"))
    desk.project.change_span(safe, note="once")
    desk.project.people.work_as("Ben")
    desk.span("CLAIM", "safe")
    assert len(desk.content().spans) == 5


def test_the_own_span_on_these_words_is_linked_instead_of_a_second_one(desk: Any) -> None:
    safe, words = desk.span("SOURCE", "safe"), [desk.at("safe")]
    frame = desk.frame("ATTRIBUTION")
    desk.one_step(lambda: desk.project.add_span(desk.bridge, "SOURCE", words, frame=frame, role="source"))
    assert desk.get(frame).roles == (RoleEnd("source", "span", safe),)
    assert len(desk.content().spans) == 1


def test_a_span_can_be_linked_in_the_same_step(desk: Any) -> None:
    claim = desk.span("CLAIM", "“It is safe,”")
    frame = desk.frame("ATTRIBUTION", ("claim", claim))
    words = [desk.at("Mayor Ada Quist")]
    desk.one_step(lambda: desk.project.add_span(desk.bridge, "SOURCE", words, frame=frame, role="source"))
    (source,) = [one for one in desk.content().spans if one.label == "SOURCE"]
    assert desk.get(frame).roles == (RoleEnd("claim", "span", claim), RoleEnd("source", "span", source.id))


def test_a_span_that_cannot_be_linked_is_not_added(desk: Any) -> None:
    frame = desk.frame("ATTRIBUTION")
    words = [desk.at("said")]

    def add(**more: Any) -> Any:
        return lambda: desk.project.add_span(desk.bridge, "CUE", words, **more)

    desk.refuses("cannot be the claim", add(frame=frame, role="claim"))
    desk.refuses("has no role “echo”", add(frame=frame, role="echo"))
    desk.refuses("This frame is not in the project", add(frame=new_id(), role="cue"))
    desk.span("CUE", "said", frame=frame, role="cue")
    desk.refuses("the same end fills the role “cue” twice", add(frame=frame, role="cue"))
    words = [desk.at("doubted")]
    desk.refuses("takes one end, not 2", add(frame=frame, role="cue"))
    far = desk.frame("ATTRIBUTION", article=desk.copy)
    desk.refuses("in the same article", add(frame=far, role="cue"))


def test_spans_that_are_refused(desk: Any) -> None:
    def add(label: str, *fragments: tuple[int, int], **more: Any) -> Any:
        return lambda: desk.project.add_span(desk.empty, label, fragments, **more)

    length = len(desk.content(desk.empty).article.text)
    desk.refuses("no label “ECHO”", add("ECHO", (0, 3)))
    desk.refuses("for frames", add("STANCE", (0, 3)))
    desk.refuses("outside the text", add("CLAIM", (0, length + 1)))
    desk.refuses("outside the text", add("CLAIM", (-1, 2)))
    desk.refuses("empty", add("CLAIM", (2, 2)))
    desk.refuses("at least one stretch", add("CLAIM"))
    desk.refuses("overlap", add("CLAIM", (0, 5), (4, 9)))
    desk.refuses("one unbroken stretch", add("DATE", (0, 2), (4, 9)))
    desk.refuses("no attribute “mood”", add("CLAIM", (0, 2), attributes={"mood": "glad"}))
    desk.refuses("not a value of form", add("CLAIM", (0, 2), attributes={"form": "sung"}))
    desk.refuses("This actor is not in the project", add("SOURCE", (0, 2), actor=new_id()))
    desk.refuses(
        "This article is not in the project", lambda: desk.project.add_span(new_id(), "CLAIM", [(0, 1)])
    )
    whole = desk.project.add_span(desk.empty, "CLAIM", [(0, length)])
    assert [change.after.end for change in whole.of(Span)] == [length]


def test_a_span_is_changed_piece_by_piece(desk: Any) -> None:
    claim = desk.span("CLAIM", "It is safe", attributes={"form": "direct", "type": "fact"})
    project = desk.project
    desk.one_step(lambda: project.change_span(claim, fragments=[desk.at("It is safe,”")]))
    desk.one_step(lambda: project.change_span(claim, attributes={"type": "opinion"}))
    desk.one_step(lambda: project.change_span(claim, note="sure?"))
    changed = desk.get(claim)
    assert changed.fragments == (desk.at("It is safe,”"),)
    assert changed.attributes == {"form": "direct", "type": "opinion"}
    desk.one_step(lambda: project.change_span(claim, attributes={"form": ""}, note=""))
    assert (desk.get(claim).attributes, desk.get(claim).note) == ({"type": "opinion"}, "")


def test_nothing_is_written_when_nothing_changes(desk: Any) -> None:
    claim = desk.span("CLAIM", "It is safe", note="x")
    count = len(desk.project.history(1000))
    changes = desk.project.change_span(claim, label="CLAIM", note="x", fragments=[desk.at("It is safe")])
    assert changes.changes == ()
    assert changes.undo == desk.project.undo_name() == "Add claim"
    desk.project.set_actor(claim, None)
    desk.project.set_claim_card(claim, None)
    assert len(desk.project.history(1000)) == count


def test_a_new_label_keeps_the_attributes_that_it_has_too(desk: Any) -> None:
    span = desk.span("SOURCE", "Mayor Ada Quist", attributes={"form": "nominal", "compound": "yes"})
    desk.one_step(lambda: desk.project.change_span(span, label="CUE", attributes={"kind": "thought"}))
    assert (desk.get(span).label, desk.get(span).attributes) == ("CUE", {"kind": "thought"})


def test_changes_that_are_refused(desk: Any) -> None:
    claim = desk.span("CLAIM", "“It is safe,”", "“and it stays open.”")
    desk.frame("ATTRIBUTION", ("claim", claim))
    change = desk.project.change_span
    desk.refuses("a SOURCE span cannot be the claim", lambda: change(claim, label="SOURCE"))
    desk.refuses("one unbroken stretch", lambda: change(claim, label="PERSON"))
    desk.refuses("outside the text", lambda: change(claim, fragments=[(0, 10_000)]))
    desk.refuses("not a value of polarity", lambda: change(claim, attributes={"polarity": "both"}))
    desk.refuses("This span is not in the project", lambda: change(new_id(), note="x"))


def test_a_claim_on_a_card_keeps_its_label(desk: Any) -> None:
    claim = desk.span("CLAIM", "“It is safe,”")
    desk.project.add_claim_card("The bridge is safe.", [claim])
    desk.refuses("take it off the card", lambda: desk.project.change_span(claim, label="CUE"))


def test_who_a_span_names(desk: Any) -> None:
    source = desk.span("SOURCE", "Mayor Ada Quist")
    desk.one_step(lambda: desk.project.add_actor("Ada Quist", "person", aliases=("Quist",), role="mayor"))
    (actor,) = desk.project.actors()
    assert actor == Actor(actor.id, "Ada Quist", "person", ("Quist",), "", "mayor")
    desk.one_step(lambda: desk.project.set_actor(source, actor.id))
    assert desk.get(source).actor == actor.id
    assert desk.content().actors == (actor,)
    desk.one_step(lambda: desk.project.set_actor(source, None))
    desk.one_step(lambda: desk.project.add_actor("Mayor Quist", "person", span=source))
    named = {one.id: one.name for one in desk.project.actors()}
    assert named[desk.get(source).actor] == "Mayor Quist"
    desk.refuses("This span is not", lambda: desk.project.add_actor("Nobody", span=new_id()))
    desk.refuses("This actor is not", lambda: desk.project.set_actor(source, new_id()))
    desk.refuses("This span is not", lambda: desk.project.set_actor(actor.id, actor.id))


def test_claims_on_cards(desk: Any) -> None:
    one, two = desk.span("CLAIM", "It is safe"), desk.span("CLAIM", "It is very safe", article=desk.copy)
    desk.one_step(lambda: desk.project.add_claim_card("  The bridge is safe. ", [one, one]))
    (card,) = desk.project.claim_cards()
    assert card == ClaimCard(card.id, "The bridge is safe.")
    desk.one_step(lambda: desk.project.set_claim_card(two, card.id))
    assert {desk.get(one).claim_card, desk.get(two).claim_card} == {card.id}
    desk.one_step(lambda: desk.project.change_claim_card(ClaimCard(card.id, "It is safe.", "short")))
    assert desk.project.claim_cards()[0].note == "short"
    desk.one_step(lambda: desk.project.add_claim_card("It is not.", [two], moves=True))
    other = next(found for found in desk.project.claim_cards() if found.id != card.id)
    assert desk.get(two).claim_card == other.id
    desk.one_step(lambda: desk.project.set_claim_card(two, card.id, moves=True))
    assert desk.get(two).claim_card == card.id
    desk.one_step(lambda: desk.project.set_claim_card(two, None))


def test_cards_that_are_refused(desk: Any) -> None:
    claim, cue = desk.span("CLAIM", "It is safe"), desk.span("CUE", "said")
    desk.project.add_claim_card("One", [claim])
    desk.project.add_claim_card("Two")
    one, two = desk.project.claim_cards()
    desk.refuses("on another claim card already", lambda: desk.project.set_claim_card(claim, two.id))
    desk.refuses("on another claim card already", lambda: desk.project.add_claim_card("Three", [claim]))
    desk.refuses(
        "Only claims go on a claim card; this is marked as Cue",
        lambda: desk.project.set_claim_card(cue, one.id),
    )
    desk.refuses("needs a wording", lambda: desk.project.add_claim_card("  "))
    desk.refuses("needs a wording", lambda: desk.project.change_claim_card(ClaimCard(one.id, "")))
    desk.refuses("claim card is not in", lambda: desk.project.change_claim_card(ClaimCard(new_id(), "x")))
    desk.refuses("claim card is not in", lambda: desk.project.set_claim_card(claim, new_id()))
    desk.refuses("This span is not", lambda: desk.project.add_claim_card("Three", [new_id()]))


def test_actors_are_changed_and_refused(desk: Any) -> None:
    desk.project.add_actor("Ada Quist")
    (actor,) = desk.project.actors()
    changed = Actor(actor.id, "Ada Quist", "person", affiliation="Town", note="since 2020")
    desk.one_step(lambda: desk.project.change_actor(changed))
    assert desk.project.actors() == (changed,)
    assert desk.project.change_actor(changed).changes == ()
    desk.refuses("needs a name", lambda: desk.project.add_actor(" "))
    desk.refuses("not a kind of actor", lambda: desk.project.add_actor("Ann", "ghost"))
    desk.refuses("belongs to an article", lambda: desk.project.add_actor("Ann", "author"))
    desk.refuses("This article is not", lambda: desk.project.add_actor("Ann", "author", new_id()))
    desk.refuses("This actor is not", lambda: desk.project.change_actor(Actor(new_id(), "Ann")))
    assert len(ACTOR_KINDS) == 10


def test_the_author_of_an_article(desk: Any) -> None:
    assert desk.project.author(desk.bridge) is None
    desk.one_step(lambda: desk.project.author_of(desk.bridge))
    author = desk.project.author(desk.bridge)
    assert (author.name, author.kind, author.article) == ("Nils Holm", "author", desk.bridge)
    assert desk.project.author_of(desk.bridge).changes == ()
    desk.refuses(
        "has an author already: Nils Holm", lambda: desk.project.add_actor("Ann", "author", desk.bridge)
    )
    desk.project.author_of(desk.copy)
    assert desk.project.author(desk.copy).name == "the author"
    desk.refuses("This article is not", lambda: desk.project.author_of(new_id()))
    frame = desk.project.add_frame(
        desk.bridge, "ATTRIBUTION", [RoleEnd("implicit_source", "actor", author.id)]
    )
    assert [change.after.ends("implicit_source") for change in frame.of(Frame)] == [(author.id,)]


def test_other_words_for_one_frame_leave_those_of_others(desk: Any) -> None:
    source = desk.span("SOURCE", "It")
    first, second = (
        desk.frame("ATTRIBUTION", ("claim", desk.span("CLAIM", words)), ("source", source))
        for words in ("It is safe", "it stays open")
    )
    start = desk.get(source).start
    desk.one_step(lambda: desk.project.change_span(source, fragments=[(start + 3, start + 5)], frame=first))
    (new,) = desk.get(first).ends("source")
    assert new != source
    assert desk.get(second).ends("source") == (source,)
    assert desk.get(source).start == start


def test_other_words_for_one_frame_that_are_labelled_already_are_used(desk: Any) -> None:
    source, other = desk.span("SOURCE", "It"), desk.span("SOURCE", "stays")
    frame = desk.frame("ATTRIBUTION", ("claim", desk.span("CLAIM", "It is safe")), ("source", source))
    pieces = desk.get(other).fragments
    desk.one_step(lambda: desk.project.change_span(source, fragments=pieces, frame=frame))
    assert desk.get(frame).ends("source") == (other,)
