"""Every refusal of the rules, and what may fill a role."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotator.model import rules
from annotator.model.ids import Id, new_id
from annotator.model.records import (
    Actor,
    Article,
    ArticleContent,
    ArticleLabel,
    Block,
    ClaimCard,
    Fragment,
    Frame,
    NothingHere,
    RoleEnd,
    Span,
)
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme

SCHEME = read_scheme(resource("schemes/default.toml"))
ARTICLE = Article(new_id(), "a.txt", "A", "The mayor said that the bridge is safe.", "")
OTHER = Article(new_id(), "b.txt", "B", "Another text.", "")
ME = new_id()


def span(label: str, *fragments: tuple[int, int], article: Article = ARTICLE, **more: Any) -> Span:
    return Span(new_id(), article.id, label, tuple(Fragment(*one) for one in fragments), ME, 0, **more)


def frame(label: str, *roles: RoleEnd, **more: Any) -> Frame:
    return Frame(new_id(), ARTICLE.id, label, roles, ME, 0, **more)


def span_end(role: str, one: Span) -> RoleEnd:
    return RoleEnd(role, "span", one.id)


def faults(one: Frame, *known: rules.End) -> str:
    records: dict[Id, rules.End] = {record.id: record for record in known}

    def look(kind: str, end: Id) -> rules.End | None:
        found = records.get(end)
        return found if found is not None and rules.end_kind(found) == kind else None

    return " ".join(rules.frame_errors(one, SCHEME, look))


CLAIM = span("CLAIM", (15, 38))
SOURCE = span("SOURCE", (0, 9))
CUE = span("CUE", (10, 14))
ACTOR = Actor(new_id(), "Mayor")
CARD = ClaimCard(new_id(), "The bridge is safe.")


@pytest.mark.parametrize(
    ("label", "fragments", "attributes", "part"),
    [
        ("CLAIM", [(30, 40)], {}, "lies outside the text, which has 39 characters"),
        ("CLAIM", [(-1, 4)], {}, "lies outside"),
        ("CLAIM", [(4, 4)], {}, "is empty"),
        ("CLAIM", [(6, 4)], {}, "is empty"),
        ("CLAIM", [], {}, "at least one stretch"),
        ("CLAIM", [(0, 5), (4, 8)], {}, "overlap or are not in the order"),
        ("CLAIM", [(5, 8), (0, 4)], {}, "overlap or are not in the order"),
        ("NOTE", [(0, 3)], {}, "has no label “NOTE”"),
        ("STANCE", [(0, 3)], {}, "is a label for frames, not for stretches of text"),
        ("PERSON", [(0, 3), (5, 6)], {}, "one unbroken stretch"),
        ("CLAIM", [(0, 3)], {"colour": "red"}, "has no attribute “colour”"),
        ("CLAIM", [(0, 3)], {"form": "sung"}, "“sung” is not a value of form; the values are direct, "),
    ],
)
def test_a_span_that_may_not_be(
    label: str, fragments: list[tuple[int, int]], attributes: dict[str, str], part: str
) -> None:
    found = rules.span_errors(span(label, *fragments, attributes=attributes), len(ARTICLE.text), SCHEME)
    assert len(found) == 1
    assert part in found[0]


def test_spans_that_may_be() -> None:
    text = len(ARTICLE.text)
    assert not rules.span_errors(span("CLAIM", (0, 3), (3, 5), (9, text)), text, SCHEME)
    values = {"form": "direct", "normalized": "any words"}
    assert not rules.span_errors(span("CLAIM", (0, 3), attributes=values), text, SCHEME)
    assert not rules.span_errors(span("PERSON", (0, text)), text, SCHEME)


def test_a_frame_that_may_be() -> None:
    roles = (span_end("claim", CLAIM), span_end("source", SOURCE), span_end("cue", CUE))
    assert faults(frame("ATTRIBUTION", *roles), CLAIM, SOURCE, CUE) == ""
    assert faults(frame("ATTRIBUTION")) == ""


def test_labels_and_attributes_of_frames_are_checked() -> None:
    assert "no label “ECHO”" in faults(frame("ECHO"))
    assert "Claim is a label for stretches of text, not for frames" in faults(frame("CLAIM"))
    assert "no attribute “mood”" in faults(frame("STANCE", attributes={"mood": "x"}))
    assert "“maybe” is not a value of value" in faults(frame("STANCE", attributes={"value": "maybe"}))


def test_ends_that_the_scheme_does_not_allow() -> None:
    wrong = faults(frame("ATTRIBUTION", span_end("source", CLAIM)), CLAIM)
    assert wrong == "Attribution: a CLAIM span cannot be the source; that role takes SOURCE."
    actor = faults(frame("ATTRIBUTION", RoleEnd("claim", "actor", ACTOR.id)), ACTOR)
    assert "an actor cannot be the claim" in actor
    assert "no role “echo”" in faults(frame("ATTRIBUTION", span_end("echo", CLAIM)), CLAIM)
    assert "is not in the project (any more)" in faults(frame("ATTRIBUTION", span_end("claim", CLAIM)))
    disguised = frame("ATTRIBUTION", RoleEnd("claim", "frame", CLAIM.id))
    assert "is not in the project (any more)" in faults(disguised, CLAIM)


@pytest.mark.parametrize("role", ["holder", "target"])
def test_a_second_holder_or_target_of_a_stance(role: str) -> None:
    second = Actor(new_id(), "Council")
    ends = [RoleEnd(role, "actor", ACTOR.id), RoleEnd(role, "actor", second.id)]
    assert faults(frame("STANCE", ends[0]), ACTOR) == ""
    assert f"“{role}” takes one end, not 2" in faults(frame("STANCE", *ends), ACTOR, second)


def test_a_role_with_two_ends_takes_no_third() -> None:
    claims = [span("CLAIM", (at, at + 2)) for at in range(3)]
    ends = [span_end("claim", one) for one in claims]
    assert faults(frame("OVERLAPS", *ends[:2]), *claims) == ""
    assert "takes 2 ends, not 3" in faults(frame("OVERLAPS", *ends), *claims)


def test_the_same_end_twice() -> None:
    end = span_end("claim", CLAIM)
    assert "fills the role “claim” twice" in faults(frame("ATTRIBUTION", end, end), CLAIM)


def test_ends_in_other_articles() -> None:
    far = span("CLAIM", (0, 3), article=OTHER)
    assert "has to be in the same article" in faults(frame("ATTRIBUTION", span_end("claim", far)), far)
    assert faults(frame("OVERLAPS", span_end("claim", CLAIM), span_end("claim", far)), CLAIM, far) == ""
    assert faults(frame("DERIVED_FROM", RoleEnd("original", "article", OTHER.id)), OTHER) == ""


@pytest.mark.parametrize("role", ["parent", "continues"])
def test_cycles(role: str) -> None:
    outer, inner, innermost = (frame("ATTRIBUTION") for _ in range(3))
    inner = replace(inner, roles=(RoleEnd(role, "frame", outer.id),))
    innermost = replace(innermost, roles=(RoleEnd(role, "frame", inner.id),))
    assert faults(innermost, outer, inner) == ""
    bent = replace(outer, roles=(RoleEnd(role, "frame", innermost.id),))
    assert "lead back to this frame in a circle" in faults(bent, bent, inner, innermost)
    own = replace(outer, roles=(RoleEnd(role, "frame", outer.id),))
    assert "cannot fill its own role" in faults(own, own)


def test_a_cycle_among_other_frames_ends_the_search() -> None:
    one, two = frame("ATTRIBUTION"), frame("ATTRIBUTION")
    one = replace(one, roles=(RoleEnd("parent", "frame", two.id),))
    two = replace(two, roles=(RoleEnd("parent", "frame", one.id),))
    assert faults(frame("ATTRIBUTION", RoleEnd("parent", "frame", one.id)), one, two) == ""


def test_other_records() -> None:
    label = ArticleLabel(new_id(), ARTICLE.id, "ARTICLE_KIND", ME, 0, {"kind": "interview"})
    assert not rules.article_label_errors(label, SCHEME)
    assert (
        "stretches of text, not for whole"
        in rules.article_label_errors(replace(label, label="CLAIM", attributes={}), SCHEME)[0]
    )
    assert rules.article_label_errors(replace(label, attributes={"kind": "song"}), SCHEME)
    block = Block(new_id(), ARTICLE.id, 0, 9, "headline")
    assert not rules.block_errors(block, 9)
    assert "lies outside" in rules.block_errors(block, 8)[0]
    assert "not a kind of paragraph" in rules.block_errors(replace(block, kind="chorus"), 9)[0]
    nothing = NothingHere(new_id(), ARTICLE.id, "all", ME, 0)
    assert not rules.nothing_errors(nothing, 5)
    assert not rules.nothing_errors(replace(nothing, stretch=Fragment(0, 5)), 5)
    assert rules.nothing_errors(replace(nothing, stretch=Fragment(0, 6)), 5)
    assert not rules.actor_errors(ACTOR)
    assert "needs a name" in rules.actor_errors(replace(ACTOR, name=" "))[0]
    assert "not a kind of actor" in rules.actor_errors(replace(ACTOR, kind="ghost"))[0]
    assert "belongs to an article" in rules.actor_errors(replace(ACTOR, kind="author"))[0]
    assert not rules.actor_errors(replace(ACTOR, kind="author", article=ARTICLE.id))
    assert not rules.card_errors(CARD)
    assert "needs a wording" in rules.card_errors(replace(CARD, wording=" \n"))[0]


def test_open_roles() -> None:
    roles = (span_end("claim", CLAIM), span_end("cue", CUE))
    names = [role.name for role in rules.open_roles(frame("ATTRIBUTION", *roles), SCHEME)]
    assert names == ["claim", "source", "implicit_source", "addressee", "medium", "parent", "continues"]
    assert rules.open_roles(frame("ECHO"), SCHEME) == ()


def test_may_fill() -> None:
    stance = SCHEME.label("STANCE")
    attribution = SCHEME.label("ATTRIBUTION")
    assert stance is not None
    assert attribution is not None
    assert all(rules.may_fill(stance, "target", one) for one in (CLAIM, SOURCE, ACTOR, CARD, ARTICLE))
    assert not rules.may_fill(stance, "target", frame("ATTRIBUTION"))
    assert not rules.may_fill(stance, "holder", CLAIM)
    assert not rules.may_fill(stance, "echo", CLAIM)
    assert rules.may_fill(attribution, "addressee", span("PERSON", (0, 3)))
    assert rules.may_fill(attribution, "parent", frame("ATTRIBUTION"))
    assert not rules.may_fill(attribution, "parent", frame("STANCE"))
    assert not rules.may_fill(attribution, "source", CLAIM)


def test_what_goes_on_a_card() -> None:
    entities = read_scheme(resource("schemes/entities.toml"))
    assert rules.takes_card(CLAIM, SCHEME)
    assert not rules.takes_card(SOURCE, SCHEME)
    assert not rules.takes_card(span("PERSON", (0, 3)), entities)
    assert not rules.takes_card(span("ECHO", (0, 3)), entities)


def test_end_kinds_go_both_ways() -> None:
    for record in (CLAIM, frame("STANCE"), ACTOR, CARD, ARTICLE):
        assert rules.end_type(rules.end_kind(record)) is type(record)


def test_the_chain_of_a_nested_attribution() -> None:
    kerry = Actor(new_id(), "Kerry")
    agency = Actor(new_id(), "Reuters")
    named = span("SOURCE", (4, 9), actor=kerry.id)
    outer = frame("ATTRIBUTION", RoleEnd("implicit_source", "actor", agency.id))
    middle = frame("ATTRIBUTION", span_end("source", SOURCE), RoleEnd("parent", "frame", outer.id))
    inner = frame("ATTRIBUTION", span_end("source", named), RoleEnd("parent", "frame", middle.id))
    content = ArticleContent(
        ARTICLE, spans=(SOURCE, named), frames=(outer, middle, inner), actors=(kerry, agency)
    )
    assert rules.chain(inner, content) == ("the author", "Reuters", "The mayor", "Kerry")
    author = Actor(new_id(), "A. Writer", "author", article=ARTICLE.id)
    with_author = replace(content, actors=(kerry, agency, author))
    assert rules.chain(outer, with_author) == ("A. Writer", "Reuters")
    assert rules.chain(frame("ATTRIBUTION"), content) == ("the author", "not said")


def test_a_chain_that_is_a_circle_ends() -> None:
    one, two = frame("ATTRIBUTION"), frame("ATTRIBUTION")
    one = replace(one, roles=(RoleEnd("parent", "frame", two.id),))
    two = replace(two, roles=(RoleEnd("parent", "frame", one.id),))
    assert len(rules.chain(one, ArticleContent(ARTICLE, frames=(one, two)))) == 3


def test_words_of_a_broken_span() -> None:
    assert rules.span_text(span("CLAIM", (0, 9), (24, 30)), ARTICLE.text) == "The mayor … bridge"


def test_a_stance_starts_where_it_is_told_and_other_frames_at_their_first_part() -> None:
    stance = (("target", 3), ("expression", 50), ("holder_mention", 40))
    assert sorted(rules.starts(stance)) == [40, 50]
    assert rules.starts((("holder", 7), ("target", 3))) == [7, 3]
    assert rules.starts((("source", 7), ("cue", 9), ("claim", 3))) == [7, 9, 3]
    assert rules.starts((("source", 3), ("claim", 30))) == [30], "a quotation that runs on"
    assert rules.starts(()) == []
