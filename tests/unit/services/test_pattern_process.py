"""Patterns in their own process: answers, broken patterns, patterns without an end, an end from outside."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from annotator.model.errors import UserError
from annotator.model.matching import Wanted
from annotator.services.pattern_process import PatternProcess, look

LONG, SHORT = 60.0, 0.5
"""Time limits: one that nothing here comes near to, and one that is reached soon."""
RUNAWAY = Wanted("(a+)+$", "pattern")


def wait(process: PatternProcess) -> list[list[tuple[int, int]]]:
    end = time.monotonic() + 30
    while not process.is_ready():
        assert time.monotonic() < end
        time.sleep(0.002)
    return process.receive()


@contextmanager
def started(time_limit: float) -> Iterator[PatternProcess]:
    made = PatternProcess(time_limit)
    made.start()
    try:
        assert wait(made) == []
        yield made
    finally:
        made.close()


@pytest.fixture
def process() -> Iterator[PatternProcess]:
    with started(LONG) as made:
        yield made


def ask(process: PatternProcess, pattern: str, *texts: str, limit: int = 99) -> list[list[tuple[int, int]]]:
    process.send(Wanted(pattern, "pattern"), texts, limit)
    return wait(process)


def test_places_come_back_text_by_text(process: PatternProcess) -> None:
    assert ask(process, r"\bgov\w*", "the gov 😀 Government", "none") == [[(4, 7), (10, 20)], []]
    assert ask(process, "n", "none", "none", limit=3) == [[(0, 1), (2, 3)], [(0, 1)]]
    assert ask(process, "n") == []


def test_a_broken_pattern_is_said_and_the_next_one_works(process: PatternProcess) -> None:
    with pytest.raises(UserError, match="not a regular expression"):
        ask(process, "(", "text")
    assert ask(process, "t", "text") == [[(0, 1), (3, 4)]]


def test_a_pattern_without_an_end_is_stopped_at_the_limit() -> None:
    """T-67."""
    with started(SHORT) as process:
        process.send(RUNAWAY, ["a" * 60 + "b"], 99)
        with pytest.raises(UserError, match=r"takes more than 0\.5 seconds"):
            wait(process)
        assert process.is_ready()
        with pytest.raises(UserError):
            process.receive()


def test_it_can_be_ended_in_the_middle_of_a_match(process: PatternProcess) -> None:
    process.send(RUNAWAY, ["a" * 60 + "b"], 99)
    process.close()
    assert process._process is not None
    assert process._process.poll() is not None
    with pytest.raises(UserError):
        process.receive()


def test_one_that_was_ended_before_it_started_does_not_stay() -> None:
    process = PatternProcess(LONG)
    process.close()
    process.start()
    assert process._process is not None
    assert process._process.poll() is not None


def test_what_the_process_says() -> None:
    assert look(Wanted("b", "pattern"), ["abc", "b"], 1) == [[(1, 2)], []]
    assert str(look(Wanted("(", "pattern"), ["abc"], 1)).startswith("This is not a regular expression")
