"""The actors of the two articles the program was made for: every pair found, no two wrongly joined."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from shared_data import DATA

from annotator.model.actor_names import Mention, link_actors, same_actor
from annotator.model.ids import new_id
from annotator.model.records import Actor
from annotator.nlp.entities import find_entities
from annotator.nlp.tokens import blank_pipeline, tokens_of

SEEDS = sorted((DATA / "seeds").glob("*.txt"))
PAIRS = {
    "Sergey Lavrov",
    "Kerry",
    "Bashar Assad",
    "Islamic State",
    "al-Nusra Front",
    "Free Syrian Army",
    "UN Security Council",
    "United States",
    "Russia",
    "Syria",
}
PLACES_TOO = {"Iraq", "Moscow", "Homs"}
SEATS = {("Moscow", "Russia"), ("Washington", "United States"), ("Baghdad", "Iraq")}
"""Capitals, and the countries whose governments go by them."""


def kinds_of_pairs(found):
    """Return the pairs of one name, and those of a capital and its country."""
    pairs = [tuple(sorted((one.name, other.name))) for one, other in found if same_actor(one, other)]
    seats = {tuple(sorted(one)) for one in SEATS}
    return [one for one in pairs if one not in seats], {one for one in pairs if one in seats}


def actors(path):
    text = path.read_text(encoding="utf-8")
    found = find_entities(tokens_of(blank_pipeline("en").tokenizer(text)))
    named = [Mention(text[one.start : one.end], one.start, one.label) for one in found if one.label != "NORP"]
    return [Actor(new_id(), one.name, one.kind, one.aliases) for one in link_actors(named)]


@pytest.mark.skipif(len(SEEDS) < 2, reason="the two articles are not there")
def test_all_pairs_of_the_two_articles_are_proposed_and_no_other():
    spun, agency = map(actors, SEEDS)
    pairs, seats = kinds_of_pairs(product(spun, agency))
    assert len(pairs) == len(PAIRS | PLACES_TOO)
    assert {name for pair in pairs for name in pair} >= PAIRS | PLACES_TOO
    assert seats == {tuple(sorted(one)) for one in SEATS}
    assert [kinds_of_pairs(combinations(one, 2))[0] for one in (spun, agency)] == [[], []]


@pytest.mark.skipif(len(SEEDS) < 2, reason="the two articles are not there")
def test_every_spelling_in_one_article_is_one_actor():
    spun, agency = map(actors, SEEDS)
    assert [one.aliases for one in spun if one.name == "Sergey Lavrov"] == [("Lavrov", "Sergei Lavrov")]
    assert [one.aliases for one in agency if one.name == "Bashar Al-Assad"] == [("Assad", "Bashar al-Assad")]
