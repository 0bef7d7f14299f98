"""How many suggestions wait in an article: the list and the status bar say the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotator.model.scheme_edits import ReplaceScheme
from annotator.ui import looking


def assert_agree(desk: Any, count: int) -> None:
    (row,) = desk.project.article_rows([desk.bridge])
    waiting = looking.waiting(desk.content(), desk.project.scheme)
    assert (row.suggestions, len(waiting)) == (count, count)


@pytest.fixture
def proposed(desk: Any) -> tuple[Any, ...]:
    """A span alone, and a frame with two spans."""
    alone = desk.suggested("PERSON", "Ada Quist")
    claim, source = desk.suggested("CLAIM", "It is safe"), desk.suggested("SOURCE", "Mayor Ada Quist")
    frame = desk.suggested_frame("ATTRIBUTION", ("claim", claim), ("source", source))
    desk.propose(alone, claim, source, frame)
    return alone, claim, source, frame


def test_a_frame_with_its_spans_is_one_decision(desk: Any, proposed: tuple[Any, ...]) -> None:
    assert_agree(desk, 2)
    desk.project.reject([proposed[3].id])
    content = desk.content()
    assert_agree(desk, sum(one.state == "open" for one in content.suggested_spans))
    desk.project.undo()
    desk.project.accept([proposed[0].id])
    assert_agree(desk, 1)
    desk.project.accept([proposed[3].id])
    assert_agree(desk, 0)


def test_hidden_labels_wait_for_nobody(desk: Any, proposed: tuple[Any, ...]) -> None:
    scheme = desk.project.scheme
    labels = tuple(replace(one, hidden=one.name == "PERSON") for one in scheme.labels)
    desk.project.schemes.change(ReplaceScheme(replace(scheme, labels=labels)))
    assert_agree(desk, 1)


def test_a_span_in_a_frame_that_is_gone_waits_itself(desk: Any, proposed: tuple[Any, ...]) -> None:
    desk.project.reject([proposed[3].id])
    desk.project.reopen([proposed[1].id])
    assert_agree(desk, len(looking.waiting(desk.content(), desk.project.scheme)))
    assert desk.project.article_rows([desk.copy])[0].suggestions == 0
