"""Dates, times, sums and numbers: each pattern, and what must not be one."""

from __future__ import annotations

import re

import pytest

from annotator.model.resources import resource
from annotator.nlp import numbers

MARKED = [
    "It began [[DATE Thursday]] and ended [[DATE early on Wednesday]].",
    "On [[DATE September 30, 2015]], on [[DATE 4 May 2016]], and in [[DATE March 2011]].",
    "By [[DATE Wednesday, Sept. 30, 2015]], it was over.",
    "In [[DATE May]] they may march; the March on the capital is off.",
    "During [[DATE the 1990s]], [[DATE late 2015]] and [[DATE mid-November]].",
    "[[DATE Last week]], [[DATE this month]], [[DATE the past two years]] and [[DATE the next month]].",
    "In [[DATE recent weeks]], [[DATE three days ago]], for [[DATE over a year]], [[DATE years ago]].",
    "A [[DATE 45-year-old]] man waited [[DATE 10 days]].",
    "At [[DATE the end of the year]], on [[DATE Christmas Day]], after [[DATE 9/11]].",
    "At [[TIME 10:30 a.m. EST]], [[TIME Tuesday night]], after [[TIME two hours]].",
    "It cost [[MONEY $1.5 billion]], [[MONEY more than €20 million]] or [[MONEY 500 euros]].",
    "[[PERCENT About 45 percent]], or [[PERCENT 3.5%]]; then [[PERCENT at least 12 per cent]].",
    "They walked [[QUANTITY five miles]] with [[QUANTITY 20 pounds]].",
    "[[CARDINAL More than 2,000]] men, [[CARDINAL hundreds of thousands]] of men, [[CARDINAL half]] of us.",
    "It was [[CARDINAL one]] of the best; no one liked this one.",
    "[[CARDINAL Five]]-page notes; the [[CARDINAL 2000]] people of [[DATE 2000]].",
    "The [[ORDINAL second]] vote was the [[ORDINAL 45th]].",
    "[[CARDINAL A third]] of them left [[DATE that year]].",
]
NOTHING = [
    "1 / 3",
    "1. First item",
    "room B-52a4",
    "Did he say that she will march on?",
    "http://example.org/2016x/7",
    "The minister may go.",
    "day and night",
]


@pytest.mark.parametrize("marked", MARKED, ids=lambda marked: marked[:40])
def test_finds_exactly_what_is_marked(marked, unmark, find):
    text, expected = unmark(marked)
    numbered = {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"}
    assert [one for one in find(text) if one[0] in numbered] == expected


@pytest.mark.parametrize("text", NOTHING)
def test_finds_nothing(text, find):
    assert [one for one in find(text) if one[0] in {"DATE", "TIME", "CARDINAL", "QUANTITY"}] == []


@pytest.mark.parametrize("tail", ["", " of May 2016"])
def test_what_the_second_word_cannot_begin_is_left_out_alone(tail: str) -> None:
    text = resource("lexicons/numbers.txt").read_text(encoding="utf-8")
    seconds = set(re.findall("[a-z]{2,}", re.sub(r"\[[A-Z]([a-z])\]", r"\1", text)))
    seconds |= {word[:-1] for word in re.findall(r"([a-z]{3,})\?", text)} | {"centuries", "century", "a"}
    patterns, kinds = numbers._patterns()
    firsts = {kind: word for word, kind in kinds.items() if kind in numbers._WIDE_KINDS}
    found = left_out = 0
    for first, kind in kinds.items():
        if kind not in firsts:
            continue
        for second in seconds:
            words = f"{first} {second}{tail}"
            wanted = numbers._longest(words, 0, patterns[kind])
            tried = numbers._before(kind, second[: numbers._BEGINNING])
            assert numbers._longest(words, 0, tried) == wanted, words
            found += wanted is not None
            left_out += len(patterns[kind]) - len(tried)
    assert found > 100
    assert left_out > 10_000
