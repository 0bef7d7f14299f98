"""Fixtures of the tests of nlp: a reader of marked sentences, and a finder of entities."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from annotator.nlp.entities import find_entities
from annotator.nlp.tokens import blank_pipeline, tokens_of

Spans = list[tuple[str, str, int]]
_MARK = re.compile(r"\[\[([A-Z_]+) ((?:.|\n)*?)\]\]")


def _unmark(marked: str) -> tuple[str, Spans]:
    text, found, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        found.append((mark[1], mark[2], len(text)))
        text += mark[2]
        at = mark.end()
    return text + marked[at:], found


def _find(text: str, language: str = "en") -> Spans:
    tokens = tokens_of(blank_pipeline(language).tokenizer(text))
    return [(one.label, text[one.start : one.end], one.start) for one in find_entities(tokens)]


@pytest.fixture
def unmark() -> Callable[[str], tuple[str, Spans]]:
    """`[[PERSON Ada]] wrote.` -> its text, and (label, text, start) of every mark."""
    return _unmark


@pytest.fixture
def find() -> Callable[[str], Spans]:
    """A text -> (label, text, start) of every entity found."""
    return _find
