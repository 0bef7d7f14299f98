"""What is worth checking: numbers, names, comparisons, causes; not questions, hedges, greetings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.worth import MARKED, article_worth, marked, sentences, worth

PAIRS = [
    ("Crime fell by 40 percent in 2015.", "Crime is on my mind today."),
    ("The bridge cost $3 million more than the tunnel.", "The bridge is a beautiful thing to see."),
    ("Rents rose because Harlow sold 900 flats.", "Rents might perhaps rise if they sell."),
    ("Senator Ada Quist voted against the dam in 2011.", "You should ask yourself about the dam."),
    ("Wages are lower than in any year since 1990.", "Are wages lower than in any year since 1990?"),
    ("The mayor closed 12 schools in Harlow last year.", "Thank you."),
]


@pytest.mark.parametrize(("more", "less"), PAIRS)
def test_what_states_facts_is_worth_more(more, less):
    assert worth(more).score > worth(less).score + 0.2


def test_the_reason_names_what_speaks_for_it():
    assert (
        worth("Crime fell by 40% in 2015.").reason
        == "numbers, a sum or share, a date, a comparison, something past"
    )
    assert worth("Nothing to see.") == (0.0, "")


def test_sentences_have_their_places_without_the_full_stop():
    text = "Head line\n\nCrime fell by 40 percent. “You lie,” he said."
    found = sentences(text)
    assert [text[one.start : one.end] for one in found][:2] == ["Head line", "Crime fell by 40 percent"]


def test_only_blocks_that_state_something_are_looked_at():
    text = "Menu of 40 pages\n\nCrime fell by 40 percent.\n\nBy Ada Quist"
    blocks = ((0, 16, "navigation"), (18, 43, "body"), (45, 57, "byline"))
    (found,) = sentences(text, blocks)
    assert text[found.start : found.end] == "Crime fell by 40 percent"


def test_few_sentences_are_marked_and_the_best_ones():
    text = "\n".join(
        f"Crime fell by {number} percent in 2015." if number % 2 else "It is so." for number in range(80)
    )
    found = marked(sentences(text))
    assert len(found) == 12
    assert all(one.worth.score >= MARKED for one in found)
    assert found == sorted(found)
    assert marked(sentences("It is so. You know. Why?")) == []


def test_an_article_of_facts_is_worth_more_than_one_of_opinions():
    facts = "Crime fell by 40 percent in 2015. The mayor spent $3 million on the dam in May."
    views = "I think it may be so. You could ask. What do you want? Perhaps we should wait."
    assert article_worth(facts) > article_worth(views)
    assert article_worth("") == 0.0


@given(st.text())
def test_any_text_has_sentences_in_order_with_scores(text):
    end = 0
    for one in sentences(text):
        assert end <= one.start < one.end <= len(text)
        assert 0 <= one.worth.score <= 1
        end = one.end
