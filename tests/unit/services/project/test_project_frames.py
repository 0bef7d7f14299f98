"""Frames, attributions and stances: made, linked, changed; every refusal."""

from __future__ import annotations

from typing import Any

from annotator.model.ids import new_id
from annotator.model.records import Actor, Frame, RoleEnd
from annotator.model.rules_warnings import warnings


def test_a_frame_is_made_linked_changed_and_unlinked(desk: Any) -> None:
    claim, source = desk.span("CLAIM", "“It is safe,”"), desk.span("SOURCE", "Mayor Ada Quist")
    ends = [RoleEnd("claim", "span", claim)]
    project = desk.project
    changes = desk.one_step(
        lambda: project.add_frame(
            desk.bridge, "ATTRIBUTION", ends, attributes={"anonymity": "named"}, note="first"
        )
    )
    assert changes.operation == "Add attribution"
    (frame,) = desk.content().frames
    assert (frame.roles, frame.attributes, frame.note) == (tuple(ends), {"anonymity": "named"}, "first")
    desk.one_step(lambda: project.link(frame.id, "source", "span", source))
    assert desk.get(frame.id).ends("source") == (source,)
    desk.one_step(lambda: project.change_frame(frame.id, attributes={"anonymity": "on_request"}))
    desk.one_step(lambda: project.change_frame(frame.id, note="second"))
    desk.one_step(lambda: project.change_frame(frame.id, attributes={"anonymity": ""}))
    changed = desk.get(frame.id)
    assert (changed.attributes, changed.note) == ({}, "second")
    desk.one_step(lambda: project.unlink(frame.id, "claim", claim))
    desk.one_step(lambda: project.unlink(frame.id, "source", source))
    assert desk.get(frame.id).roles == ()
    assert project.change_frame(frame.id, note="second").changes == ()


def test_a_frame_takes_another_label_that_its_roles_fit(desk: Any) -> None:
    claims = [desk.span("CLAIM", "It is safe"), desk.span("CLAIM", "it stays open")]
    frame = desk.frame("OVERLAPS", ("claim", claims[0]), ("claim", claims[1]))
    desk.one_step(lambda: desk.project.change_frame(frame, label="CONTRADICTS"))
    assert desk.get(frame).label == "CONTRADICTS"
    desk.refuses("has no role “claim”", lambda: desk.project.change_frame(frame, label="STANCE"))
    desk.refuses("no label “ECHO”", lambda: desk.project.change_frame(frame, label="ECHO"))


def test_a_parent_stays_an_attribution(desk: Any) -> None:
    outer = desk.frame("ATTRIBUTION", ("claim", desk.span("CLAIM", "It is safe")))
    desk.frame("ATTRIBUTION", ("parent", outer))
    desk.refuses("CONTRADICTS frame cannot be", lambda: desk.project.change_frame(outer, label="CONTRADICTS"))


def test_links_between_articles(desk: Any) -> None:
    here = desk.span("CLAIM", "“It is safe,”")
    there = desk.span("CLAIM", "“It is very safe”", article=desk.copy)
    frame = desk.frame("QUOTE_VARIANT", ("original", here), ("altered", there), attributes={"edit": "insert"})
    derived = desk.project.add_frame(desk.copy, "DERIVED_FROM", [RoleEnd("original", "article", desk.bridge)])
    assert derived.touches(desk.copy)
    assert desk.get(frame).ends("altered") == (there,)
    desk.refuses("in the same article", lambda: desk.frame("ATTRIBUTION", ("claim", there)))


def test_frames_that_are_refused(desk: Any) -> None:
    claim, cue = desk.span("CLAIM", "“It is safe,”"), desk.span("CUE", "said")
    frame = desk.frame("ATTRIBUTION", ("claim", claim), ("cue", cue))
    inner = desk.frame("ATTRIBUTION", ("parent", frame))
    told = desk.span("CUE", "told")
    project = desk.project
    desk.refuses("no label “ECHO”", lambda: project.add_frame(desk.bridge, "ECHO"))
    desk.refuses("not for frames", lambda: project.add_frame(desk.bridge, "CLAIM"))
    desk.refuses("This article is not", lambda: project.add_frame(new_id(), "STANCE"))
    desk.refuses("cannot be the source", lambda: desk.frame("ATTRIBUTION", ("source", claim)))
    desk.refuses("takes one end, not 2", lambda: project.link(frame, "cue", "span", told))
    desk.refuses("fills the role “cue” twice", lambda: project.link(frame, "cue", "span", cue))
    desk.refuses("fills the role “claim” twice", lambda: project.link(frame, "claim", "span", claim))
    desk.refuses("is not in the project", lambda: project.link(frame, "claim", "span", new_id()))
    desk.refuses("is not in the project", lambda: project.link(frame, "claim", "actor", claim))
    desk.refuses("has no role “echo”", lambda: project.link(frame, "echo", "span", claim))
    desk.refuses("cannot fill its own role", lambda: project.link(frame, "parent", "frame", frame))
    desk.refuses("in a circle", lambda: project.link(frame, "parent", "frame", inner))
    desk.refuses("does not have that record as source", lambda: project.unlink(frame, "source", claim))
    desk.refuses("This frame is not", lambda: project.unlink(new_id(), "claim", claim))
    desk.refuses("This frame is not", lambda: project.link(new_id(), "claim", "span", claim))
    desk.refuses("This frame is not", lambda: project.change_frame(new_id(), note="x"))
    desk.refuses(
        "not a value of anonymity", lambda: project.change_frame(frame, attributes={"anonymity": "x"})
    )
    desk.refuses("has no attribute", lambda: project.add_frame(desk.bridge, "STANCE", attributes={"x": "y"}))


def test_a_whole_attribution_in_one_step(desk: Any) -> None:
    at = desk.at
    changes = desk.one_step(
        lambda: desk.project.add_attribution(
            desk.bridge,
            claim=[at("“It is safe,”"), at("“and it stays open.”")],
            source=[at("Mayor Ada Quist")],
            cue=[at("said")],
        )
    )
    assert changes.operation == "Add attribution"
    content = desk.content()
    (frame,) = content.frames
    spans = {one.id: one for one in content.spans}
    assert [(end.role, spans[end.end].label) for end in frame.roles] == [
        ("claim", "CLAIM"),
        ("source", "SOURCE"),
        ("cue", "CUE"),
    ]
    assert len(spans[frame.ends("claim")[0]].fragments) == 2
    assert warnings(desk.content(desk.bridge), desk.project.scheme) == ()


def test_an_attribution_uses_spans_that_are_there(desk: Any) -> None:
    claim = desk.span("CLAIM", "“It is safe,”", note="mine")
    desk.project.add_attribution(desk.bridge, claim=[desk.at("“It is safe,”")], cue=[desk.at("said")])
    content = desk.content()
    assert [one.id for one in content.spans if one.label == "CLAIM"] == [claim]
    assert content.frames[0].ends("claim") == (claim,)


def test_an_attribution_to_someone_not_named(desk: Any) -> None:
    desk.project.author_of(desk.bridge)
    author = desk.project.author(desk.bridge).id
    claim = [desk.at("Bridge is safe")]
    unsaid = [RoleEnd("implicit_source", "actor", author)]
    desk.one_step(lambda: desk.project.add_attribution(desk.bridge, claim=claim, further=unsaid))
    assert desk.content().frames[0].ends("implicit_source") == (author,)


def test_attributions_that_are_refused(desk: Any) -> None:
    add = desk.project.add_attribution
    desk.refuses("needs a claim, a source or a cue", lambda: add(desk.bridge))
    desk.refuses("outside the text", lambda: add(desk.bridge, claim=[(0, 9999)]))
    desk.refuses("overlap", lambda: add(desk.bridge, claim=[(0, 5), (2, 7)]))
    unknown = [RoleEnd("implicit_source", "actor", new_id())]
    desk.refuses("is not in the project", lambda: add(desk.bridge, claim=[(0, 5)], further=unknown))
    desk.refuses("This article is not", lambda: add(new_id(), claim=[(0, 5)]))


def stance(desk: Any, **more: Any) -> Any:
    return lambda: desk.project.add_stance(
        desk.bridge, **{"holder": None, "holder_mention": None, "value": "deny", **more}
    )


def test_a_stance_makes_the_actor_from_the_words(desk: Any) -> None:
    source, claim = desk.span("SOURCE", "The union"), desk.span("CLAIM", "the bridge was sound")
    target = RoleEnd("whatever", "span", claim)
    desk.one_step(stance(desk, holder_mention=source, target=target, value="question"))
    (actor,) = desk.project.actors()
    assert actor == Actor(actor.id, "The union")
    (frame,) = desk.content().frames
    assert frame.attributes == {"value": "question"}
    assert frame.roles == (
        RoleEnd("holder", "actor", actor.id),
        RoleEnd("holder_mention", "span", source),
        RoleEnd("target", "span", claim),
    )
    assert desk.get(source).actor == actor.id


def test_a_stance_takes_the_actor_that_is_known(desk: Any) -> None:
    desk.project.add_actor("Trade Union", "organisation", aliases=("the union",))
    (actor,) = desk.project.actors()
    source, claim = desk.span("SOURCE", "The union"), desk.span("CLAIM", "the bridge was sound")
    target = RoleEnd("target", "span", claim)
    desk.one_step(stance(desk, holder_mention=source, target=target))
    desk.one_step(stance(desk, holder_mention=source, target=target, value="support"))
    desk.one_step(stance(desk, holder=actor.id, target=target, value="neutral"))
    assert desk.project.actors() == (actor,)
    assert [one.ends("holder") for one in desk.content().frames] == [(actor.id,)] * 3
    found = warnings(desk.content(desk.bridge), desk.project.scheme)
    assert [one.kind for one in found] == ["opposite", "unattributed"]


def test_the_entity_inside_the_mention_says_what_kind_of_actor(desk: Any) -> None:
    desk.span("PERSON", "Ada Quist")
    source, claim = desk.span("SOURCE", "Mayor Ada Quist"), desk.span("CLAIM", "“It is safe,”")
    stance(desk, holder_mention=source, target=RoleEnd("target", "span", claim))()
    assert [(one.name, one.kind) for one in desk.project.actors()] == [("Mayor Ada Quist", "person")]


def test_stances_on_anything_that_the_scheme_allows(desk: Any) -> None:
    desk.project.add_actor("Ada")
    desk.project.add_claim_card("The bridge is safe.")
    (holder,), (card,) = desk.project.actors(), desk.project.claim_cards()
    action = desk.span("EVENT", "Bridge")
    targets = [("actor", holder.id), ("claim_card", card.id), ("span", action), ("article", desk.copy)]
    for kind, end in targets:
        desk.one_step(stance(desk, holder=holder.id, target=RoleEnd("target", kind, end)))
    assert [(one.roles[-1].kind, one.roles[-1].end) for one in desk.content().frames] == targets


def test_stances_that_are_refused(desk: Any) -> None:
    desk.project.add_actor("Ada")
    (holder,) = desk.project.actors()
    claim, frame = desk.span("CLAIM", "“It is safe,”"), desk.frame("ATTRIBUTION")
    target = RoleEnd("target", "span", claim)
    desk.refuses("needs a holder", stance(desk, target=target))
    desk.refuses("not a value of value", stance(desk, holder=holder.id, target=target, value="like"))
    desk.refuses("is not in the project", stance(desk, holder=new_id(), target=target))
    desk.refuses("This span is not", stance(desk, holder_mention=new_id(), target=target))
    desk.refuses("cannot be the holder mention", stance(desk, holder_mention=claim, target=target))
    frame_target = RoleEnd("target", "frame", frame)
    desk.refuses(
        "an ATTRIBUTION frame cannot be the target", stance(desk, holder=holder.id, target=frame_target)
    )
    desk.one_step(stance(desk, holder=holder.id, target=target))
    (made,) = [one for one in desk.content().frames if one.label == "STANCE"]
    desk.refuses("“holder” takes one end", lambda: desk.project.link(made.id, "holder", "actor", other(desk)))
    desk.refuses("“target” takes one end", lambda: desk.project.link(made.id, "target", "actor", holder.id))


def other(desk: Any) -> bytes:
    known = [one.id for one in desk.project.actors() if one.name == "Bo"]
    return known[0] if known else new_id()


def test_frames_carry_who_made_them(desk: Any) -> None:
    desk.project.people.work_as("Bea")
    changes = desk.project.add_frame(desk.bridge, "STANCE")
    assert [change.after.annotator for change in changes.of(Frame)] == [desk.project.annotator.id]


def test_the_same_attribution_is_not_made_twice(desk: Any) -> None:
    claim, cue = [desk.at("“It is safe,”")], [desk.at("said")]
    desk.project.add_attribution(desk.bridge, claim=claim, cue=cue)
    desk.refuses("there already", lambda: desk.project.add_attribution(desk.bridge, claim=claim, cue=cue))
    desk.project.add_attribution(desk.bridge, claim=claim)
    assert sorted(len(one.roles) for one in desk.content().frames) == [1, 2]
