"""Removing: whatever pointed to what goes is cleaned in the same step."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from annotator.model.changes import Add, Changes
from annotator.model.ids import Id, new_id
from annotator.model.job import run
from annotator.model.records import Actor, Article, RoleEnd
from annotator.model.text import sha256_of
from annotator.services.project import Project


def test_roles_that_pointed_to_a_removed_span_are_emptied(desk: Any) -> None:
    claim, source = desk.span("CLAIM", "“It is safe,”"), desk.span("SOURCE", "Mayor Ada Quist")
    frame = desk.frame("ATTRIBUTION", ("claim", claim), ("source", source))
    desk.one_step(lambda: desk.project.remove([claim]))
    assert desk.get(claim) is None
    assert desk.get(frame).roles == (RoleEnd("source", "span", source),)


def test_a_frame_without_any_role_goes_too_and_what_hung_on_it(desk: Any) -> None:
    claim = desk.span("CLAIM", "“It is safe,”")
    outer = desk.frame("ATTRIBUTION", ("claim", claim))
    middle = desk.frame("ATTRIBUTION", ("parent", outer))
    inner = desk.frame("ATTRIBUTION", ("parent", middle), ("claim", desk.span("CLAIM", "safe")))
    desk.one_step(lambda: desk.project.remove([claim]))
    assert desk.get(outer) is desk.get(middle) is None
    assert [end.role for end in desk.get(inner).roles] == ["claim"]


def test_roles_in_other_articles_are_emptied(desk: Any) -> None:
    here, there = desk.span("CLAIM", "It is safe"), desk.span("CLAIM", "It is very safe", article=desk.copy)
    frame = desk.frame("QUOTE_VARIANT", ("original", here), ("altered", there))
    desk.one_step(lambda: desk.project.remove([there]))
    assert desk.get(frame).roles == (RoleEnd("original", "span", here),)


def test_a_frame_is_removed_and_its_spans_stay(desk: Any) -> None:
    claim = desk.span("CLAIM", "It is safe")
    frame = desk.frame("ATTRIBUTION", ("claim", claim))
    desk.one_step(lambda: desk.project.remove([frame]))
    assert desk.get(frame) is None
    assert desk.get(claim) is not None


def test_several_things_go_in_one_step(desk: Any) -> None:
    claim, cue = desk.span("CLAIM", "It is safe"), desk.span("CUE", "said")
    frame = desk.frame("ATTRIBUTION", ("claim", claim), ("cue", cue))
    desk.project.record_nothing(desk.empty, "all")
    desk.project.articles.add_label(desk.bridge, "ARTICLE_KIND")
    (nothing,) = desk.everything()["nothing"]
    (label,) = desk.everything()["label"]
    block = desk.content().blocks[0].id
    desk.one_step(lambda: desk.project.remove([frame, claim, nothing, label, block, claim]))
    left = desk.everything()
    assert list(left["span"]) == [cue]
    assert not left["frame"]
    assert not left["nothing"]
    assert not left["label"]
    assert block not in left["block"]


def test_removing_an_actor(desk: Any) -> None:
    desk.project.add_actor("Ada")
    (actor,) = desk.project.actors()
    source = desk.span("SOURCE", "Mayor Ada Quist", actor=actor.id)
    far = desk.span("SOURCE", "Mayor Ada Quist", article=desk.copy, actor=actor.id)
    stance = desk.frame("STANCE", ("holder", actor.id), ("holder_mention", source))
    implicit = desk.frame("ATTRIBUTION", ("implicit_source", actor.id))
    desk.one_step(lambda: desk.project.remove([actor.id]))
    assert desk.project.actors() == ()
    assert desk.get(source).actor is desk.get(far).actor is None
    assert desk.get(stance).roles == (RoleEnd("holder_mention", "span", source),)
    assert desk.get(implicit) is None


def added(changes: Changes) -> Id:
    (actor,) = changes.of(Actor)
    return actor.record.id


def test_suggestions_are_left_without_what_goes_above_the_articles(desk: Any) -> None:
    actor = added(desk.project.add_actor("Ada Quist"))
    end, claim = RoleEnd("implicit_source", "actor", actor), desk.suggested("CLAIM", "It is safe")
    alone = replace(desk.suggested_frame("ATTRIBUTION"), roles=(end,))
    whole = desk.suggested_frame("ATTRIBUTION", ("claim", claim))
    desk.propose(claim, alone, replace(whole, roles=(*whole.roles, end)))
    desk.one_step(lambda: desk.project.remove([actor]))
    assert desk.get(alone.id) is None
    assert desk.get(whole.id).roles == whole.roles
    assert run(desk.project.check()) == ()


def test_suggestions_are_left_without_labels_that_go(desk: Any) -> None:
    claim = desk.span("CLAIM", "It is safe")
    end, cue = RoleEnd("target", "span", claim), desk.suggested("CUE", "said")
    alone = replace(desk.suggested_frame("STANCE"), roles=(end,))
    whole = desk.suggested_frame("STANCE", ("cue", cue))
    desk.propose(cue, alone, replace(whole, roles=(*whole.roles, end)))
    desk.one_step(lambda: desk.project.remove([claim]))
    assert desk.get(alone.id) is None
    assert desk.get(whole.id).roles == whole.roles
    assert run(desk.project.check()) == ()


def test_suggestions_are_left_without_the_author_of_an_article_that_goes(desk: Any) -> None:
    author = added(desk.project.add_actor("Ada Quist", "author", desk.copy))
    alone = replace(desk.suggested_frame("ATTRIBUTION"), roles=(RoleEnd("implicit_source", "actor", author),))
    inside = replace(alone, id=new_id(), article=desk.copy)
    desk.propose(alone, inside)
    changes = desk.one_step(lambda: desk.project.articles.remove([desk.copy]))
    assert desk.get(alone.id) is None
    assert inside.id not in {one.record.id for one in changes.changes}
    assert run(desk.project.check()) == ()


def test_removing_an_actor_with_a_span_that_names_it(desk: Any) -> None:
    desk.project.add_actor("Ada")
    (actor,) = desk.project.actors()
    source = desk.span("SOURCE", "Mayor Ada Quist", actor=actor.id)
    desk.one_step(lambda: desk.project.remove([source, actor.id]))
    assert desk.get(source) is None


def test_removing_a_claim_card(desk: Any) -> None:
    claims = [desk.span("CLAIM", "It is safe"), desk.span("CLAIM", "It is very safe", article=desk.copy)]
    desk.project.add_claim_card("The bridge is safe.", claims)
    (card,) = desk.project.claim_cards()
    stance = desk.frame("ARTICLE_STANCE", ("claim_card", card.id), ("evidence", claims[0]))
    desk.one_step(lambda: desk.project.remove([card.id]))
    assert {desk.get(one).claim_card for one in claims} == {None}
    assert desk.get(stance).roles == (RoleEnd("evidence", "span", claims[0]),)


def test_removing_articles(desk: Any) -> None:
    here = desk.span("CLAIM", "“It is safe,”")
    there = desk.span("CLAIM", "“It is very safe”", article=desk.copy)
    variant = desk.frame("QUOTE_VARIANT", ("original", here), ("altered", there))
    derived = desk.frame("DERIVED_FROM", ("original", desk.copy), article=desk.empty)
    desk.project.author_of(desk.copy)
    author = desk.project.author(desk.copy)
    source = desk.span("SOURCE", "Radio Six", actor=author.id)
    changes = desk.one_step(lambda: desk.project.articles.remove([desk.copy]))
    assert changes.operation == "Remove articles"
    assert desk.project.article_ids() == [desk.bridge, desk.empty]
    assert desk.get(there) is desk.get(derived) is desk.get(author.id) is None
    assert desk.get(variant).roles == (RoleEnd("original", "span", here),)
    assert desk.get(source).actor is None
    desk.one_step(lambda: desk.project.articles.remove([desk.bridge, desk.empty]))
    assert desk.project.counts().articles == 0


def test_what_cannot_be_removed(desk: Any) -> None:
    claim = desk.span("CLAIM", "It is safe")
    desk.refuses("is not in the project", lambda: desk.project.remove([claim, new_id()]))
    desk.refuses("not removed this way", lambda: desk.project.remove([desk.bridge]))
    desk.refuses("This article is not", lambda: desk.project.articles.remove([new_id()]))
    suggested = desk.suggested("PERSON", "Ada Quist")
    desk.propose(suggested)
    desk.refuses("not removed this way", lambda: desk.project.remove([suggested.id]))
    assert desk.project.remove([]).changes == ()
    assert desk.project.articles.remove([]).changes == ()


def test_a_backup_is_made_before_many_articles_go(desk: Any) -> None:
    texts = [f"Number {number}." for number in range(20)]
    added = [Article(new_id(), text, "", text, sha256_of(text)) for text in texts]
    desk.project.write_import(SimpleNamespace(operation="Import", edits=lambda _: map(Add, added)))
    folder = desk.path.with_name(desk.path.name + ".backups")
    desk.project.articles.remove([one.id for one in added[:19]])
    assert not folder.exists()
    desk.project.undo()
    desk.project.articles.remove([one.id for one in added])
    (backup,) = folder.iterdir()
    kept = Project.open(backup, read_only=True)
    assert kept.counts().articles == 23
    kept.close()
