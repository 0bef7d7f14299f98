"""The names and actors of invented articles that suggestions are measured on, and how they are counted."""

from __future__ import annotations

import pytest

from annotator.model.suggesting import ProposedSpan
from benchmarks.names_gold import NAMES_2, NAMES_3, Named, read_across, read_named, read_names
from benchmarks.polnear import Article
from benchmarks.quality_actors import Pairs, actors_of
from benchmarks.quality_entities import Counted, Entity, decided
from benchmarks.quality_fresh import read_marked


def _one(text: str, *lines: str) -> Named:
    article: Article = read_marked("a", text)
    return read_named(article, list(range(1, len(article.annotations[0]) + 1)), lines)


def test_every_marked_name_stands_in_its_article() -> None:
    assert len(list(read_names(NAMES_2))) == 5
    assert len(list(read_names(NAMES_3))) == 8
    articles = list(read_names())
    assert len(articles) == 16
    assert sum(not name.is_open for one in articles for name in one.names) > 330
    assert sum(mention.is_source for one in articles for mention in one.mentions) > 300
    known = {mention.actor for one in articles for mention in one.mentions}
    assert set(read_across().values()) <= known | {"Istran"}


def test_a_name_is_the_first_after_the_one_before() -> None:
    one = _one("Orla met Orla of Orlando.", "PERSON Orla | PERSON Orla | ?GPE/LOC Orlando")
    assert [(name.start, name.labels, name.is_open) for name in one.names] == [
        (0, ("PERSON",), False),
        (9, ("PERSON",), False),
        (17, ("GPE", "LOC"), True),
    ]


@pytest.mark.parametrize("lines", [["PERSON Quill"], ["PERSON Orla", "* Quill: 1"], ["* : 2"]])
def test_what_is_not_there_is_refused(lines: list[str]) -> None:
    with pytest.raises(ValueError, match=r"not behind|no names|no sources"):
        _one("{s1 Orla} {c1 said} {q1 so}. {c2 Asked} {q2 why}", *lines)


def test_a_label_may_be_one_of_several_and_what_is_open_counts_neither_way() -> None:
    one = _one("Pier Hall and two ships near Orla", "ORG/FAC Pier Hall | ?CARDINAL two | GPE Orla")
    found = frozenset((Entity(0, 9, "FAC"), Entity(14, 17, "CARDINAL"), Entity(29, 33, "PERSON")))
    counted = Counted()
    counted.add(*decided(one, found))
    assert (counted.strict["FAC"], counted.found.total(), counted.gold.total()) == (1, 2, 2)


def test_pairs_are_right_wrong_or_missed() -> None:
    one = _one(
        "{s1 Ann Quill} {c1 said} {q1 so}. {s2 She} {c2 said} {q2 no}. {s3 Lee} {c3 asked} {q3 why} Quill",
        "PERSON Ann Quill | PERSON Lee | PERSON Quill",
        "* Ann Quill, Quill: 1 2",
        "* Lee: 3",
    )
    assert [(mention.actor, mention.is_source) for mention in one.mentions] == [
        ("Ann Quill", True),
        ("Ann Quill", True),
        ("Lee", True),
        ("Ann Quill", False),
    ]
    text = one.article.text
    named = [("SOURCE", 0, 9, "Ann Quill"), ("SOURCE", text.index("She"), text.index("She") + 3, "Lee")]
    named += [("SOURCE", text.index("Lee"), text.index("Lee") + 3, "Lee")]
    named += [("PERSON", text.rindex("Quill"), len(text), "Ann Quill")]
    spans = [ProposedSpan(label, ((start, end),), 1, "", {"actor": who}) for label, start, end, who in named]
    pairs = Pairs()
    pairs.add(one, actors_of(one, spans))
    assert list(pairs.rows()) == [("name", 1, 0, 1), ("pronoun", 0, 1, 2), ("all", 1, 1, 3)]
