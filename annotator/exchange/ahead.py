"""Looks ahead in what is read piece by piece, and loses nothing that comes before what ends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TypeVar

from annotator.model.errors import UserError

T = TypeVar("T")


def looked_ahead(items: Iterator[T], count: int) -> tuple[Sequence[T], Iterator[T]]:
    """Return the first items, and all of them; what is wrong with the file behind these is raised there."""
    first: list[T] = []
    try:
        for one in islice(items, count):
            first.append(one)  # noqa: PERF402 - what came before a fault is kept
    except UserError as error:
        return first, _until(first, error)
    return first, chain(first, items)


def _until(items: Sequence[T], error: UserError) -> Iterator[T]:
    yield from items
    raise error
