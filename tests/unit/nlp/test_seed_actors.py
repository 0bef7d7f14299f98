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


def actors(path):
    text = path.read_text(encoding="utf-8")
    found = find_entities(tokens_of(blank_pipeline("en").tokenizer(text)))
    named = [Mention(text[one.start : one.end], one.start, one.label) for one in found if one.label != "NORP"]
    return [Actor(new_id(), one.name, one.kind, one.aliases) for one in link_actors(named)]


@pytest.mark.skipif(len(SEEDS) < 2, reason="the two articles are not there")
def test_all_pairs_of_the_two_articles_are_proposed_and_no_other():
    spun, agency = map(actors, SEEDS)
    pairs = [(one, other) for one, other in product(spun, agency) if same_actor(one, other)]
    assert {one.name for one, _ in pairs} == PAIRS | PLACES_TOO
    assert len(pairs) == len(PAIRS | PLACES_TOO)
    assert [pair for one in (spun, agency) for pair in combinations(one, 2) if same_actor(*pair)] == []


@pytest.mark.skipif(len(SEEDS) < 2, reason="the two articles are not there")
def test_every_spelling_in_one_article_is_one_actor():
    spun, agency = map(actors, SEEDS)
    assert [one.aliases for one in spun if one.name == "Sergey Lavrov"] == [("Lavrov", "Sergei Lavrov")]
    assert [one.aliases for one in agency if one.name == "Bashar Al-Assad"] == [("Assad", "Bashar al-Assad")]
