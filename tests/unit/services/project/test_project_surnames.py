"""A surname alone means an actor of its own article; in another article it is somebody else's until asked."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.model.ids import Id
from annotator.model.records import Actor, SuggestedSpan
from annotator.store.store import Store


def suggested(desk: Any, words: str, name: str, article: Id, label: str = "PERSON") -> SuggestedSpan:
    one: SuggestedSpan = desk.suggested(label, words, attributes={"actor": name}, article=article)
    return one


def accepted(desk: Any, *suggestions: SuggestedSpan) -> list[Id | None]:
    """Return the actors of what the suggestions became, accepted in one step."""
    desk.propose(*suggestions)
    desk.one_step(lambda: desk.project.accept([one.id for one in suggestions]))
    return [desk.get(desk.get(one.id).became).actor for one in suggestions]


def names(desk: Any) -> list[str]:
    return sorted(one.name for one in desk.project.actors())


def test_a_surname_of_two_articles_is_two_actors_that_are_proposed_as_one(desk: Any) -> None:
    first = accepted(desk, suggested(desk, "Quist", "Quist", desk.bridge))
    second = accepted(desk, suggested(desk, "Quist", "Quist", desk.copy))
    assert first != second
    assert names(desk) == ["Quist", "Quist"]
    (pair,) = desk.project.pairs.proposed()
    assert (pair.key, pair.reason) == (frozenset((*first, *second)), "the same name")


def test_also_where_both_are_accepted_in_one_step(desk: Any) -> None:
    both = [suggested(desk, "Quist", "Quist", article) for article in (desk.bridge, desk.copy)]
    first, second = accepted(desk, *both)
    assert first != second


def test_in_one_article_it_is_one_actor(desk: Any) -> None:
    first = accepted(desk, suggested(desk, "Quist", "Quist", desk.copy))
    accepted(desk, suggested(desk, "Quist", "Quist", desk.bridge))
    again = accepted(desk, suggested(desk, "Mayor Ada Quist", "Quist", desk.copy, "SOURCE"))
    assert again == first
    assert names(desk) == ["Quist", "Quist"]


@pytest.mark.parametrize("role", ["holder", "implicit_source"])
def test_an_actor_in_a_role_alone_is_of_the_article_too(desk: Any, role: str) -> None:
    (actor,) = accepted(desk, suggested(desk, "Quist", "Quist", desk.bridge))
    claim = desk.span("CLAIM", "“It is very safe”", article=desk.copy)
    label = "STANCE" if role == "holder" else "ATTRIBUTION"
    attributes = {"value": "support"} if role == "holder" else {}
    other = "target" if role == "holder" else "claim"
    desk.frame(label, (role, actor), (other, claim), article=desk.copy, attributes=attributes)
    assert accepted(desk, suggested(desk, "Quist", "Quist", desk.copy)) == [actor]


def test_a_surname_among_the_other_names_joins_no_other_article(desk: Any) -> None:
    full = desk.project.add_actor("Ada Quist", "person", aliases=["Quist"]).changes[0].record.id
    desk.span("PERSON", "Ada Quist", actor=full)
    assert accepted(desk, suggested(desk, "Quist", "Quist", desk.copy)) != [full]
    assert accepted(desk, suggested(desk, "Quist", "Quist", desk.bridge)) == [full]


def test_an_actor_of_no_article_yet_is_meant(desk: Any) -> None:
    known = desk.project.add_actor("Quist", "person").changes[0].record.id
    assert accepted(desk, suggested(desk, "Quist", "Quist", desk.copy)) == [known]


@pytest.mark.parametrize(
    ("words", "label"), [("Radio Six", "ORG"), ("Ada Quist", "PERSON"), ("Six", "ORG"), ("Mayor", "SOURCE")]
)
def test_full_names_and_bodies_are_one_actor_in_all_articles(desk: Any, words: str, label: str) -> None:
    first = accepted(desk, suggested(desk, words, words, desk.bridge, label))
    assert accepted(desk, suggested(desk, words, words, desk.copy, label)) == first
    assert names(desk) == [words]


def test_of_two_of_one_name_the_one_of_the_article_is_meant(desk: Any) -> None:
    older, newer = (desk.project.add_actor("Ada Quist", "person").changes[0].record.id for _ in range(2))
    desk.span("PERSON", "Ada Quist", article=desk.copy, actor=newer)
    assert accepted(desk, suggested(desk, "Mayor Ada Quist", "Ada Quist", desk.copy, "SOURCE")) == [newer]
    assert accepted(desk, suggested(desk, "Mayor Ada Quist", "Ada Quist", desk.bridge, "SOURCE")) == [older]


def test_actors_are_read_once_for_all_that_is_accepted(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("Quist", "Radio Six", "The union", "mayor", "clerk")
    many = [suggested(desk, one, one, desk.bridge, "ORG") for one in words]
    desk.propose(*many)
    read: list[Any] = []
    all_of = Store.all

    def noted(store: Store, kind: Any) -> Any:
        read.append(kind)
        return all_of(store, kind)

    monkeypatch.setattr(Store, "all", noted)
    desk.project.accept([one.id for one in many])
    assert read.count(Actor) == 1
