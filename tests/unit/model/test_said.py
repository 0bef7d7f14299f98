"""Sentences that keep their pattern: in errors, in other processes, one after another."""

from __future__ import annotations

import pickle

import pytest

from annotator.model.errors import NotAllowed, UserError
from annotator.model.said import Said, ended, joined, say


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 articles of X"), (1, "1 article of X"), (2, "2 articles of X"), (1234, "1,234")],
)
def test_a_count_has_its_plural(count, words):
    assert say("{n} article(s) of {name}", count, name="X").startswith(words)


def test_only_the_pattern_is_changed_and_not_what_stands_in_it():
    said = say("{words}: {n}", 1, words="file(s) {x} {n}")
    assert said == "file(s) {x} {n}: 1"
    assert say("the file(s) {name}", name="a") == "the file(s) a"


def test_pattern_and_values_outlive_text_error_and_pipe():
    error = pickle.loads(pickle.dumps(NotAllowed("{what} is {n} year(s) old", 3, what="Ada")))
    said = str(error)
    assert isinstance(error, NotAllowed)
    assert isinstance(said, Said)
    assert said == "Ada is 3 years old"
    assert (said.pattern, said.number, said.values) == ("{what} is {n} year(s) old", 3, {"what": "Ada"})
    assert str(said) is said


def test_a_sentence_without_values_is_left_as_it_is():
    assert str(UserError("100 % {sure}(s)")) == "100 % {sure}(s)"


def test_sentences_are_joined_without_the_empty_ones():
    said = joined("One {odd}.", "", say("{n} dog(s).", 2))
    assert said == "One {odd}. 2 dogs."
    assert said.pattern == "{part0} {part1}"
    assert joined() == ""
    assert joined("a", "b", between=", ") == "a, b"


@pytest.mark.parametrize("text", ["It broke.", "Really?", "No!", "and so on…"])
def test_what_has_an_end_keeps_it(text):
    assert ended(text) == text


def test_what_has_no_end_gets_one():
    assert ended("TypeError: no len()") == "TypeError: no len()."
