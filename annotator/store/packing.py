"""Small values in and out of columns, and records out of rows without ceremony."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, make_dataclass
from typing import Any, TypeVar, cast

import orjson

from annotator.model.records import Fragment

R = TypeVar("R")


def open_twin(kind: type[R]) -> Callable[..., R]:
    """Return a class with the slots of a frozen kind of record that fills them without ceremony.

    A frozen dataclass sets each field through `object.__setattr__`, which takes most of the time of
    reading a project.  So a record is filled as its open twin, and becomes what it is by `__class__`.
    """
    names = [one.name for one in fields(cast(Any, kind))]
    return cast("Callable[..., R]", make_dataclass(f"Open{kind.__name__}", names, slots=True, eq=False))


def pack(value: Mapping[str, str] | Sequence[Any]) -> str:
    """Return JSON, the same for equal values; an empty text for nothing."""
    if not value:
        return ""
    plain = dict(value) if isinstance(value, Mapping) else value
    return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS).decode()


def unpack(text: str) -> dict[str, str]:
    """Return the mapping that `pack` wrote."""
    return cast("dict[str, str]", orjson.loads(text)) if text else {}


def strings(text: str) -> tuple[str, ...]:
    """Return the strings that `pack` wrote."""
    return tuple(orjson.loads(text)) if text else ()


def several(fragments: tuple[Fragment, ...]) -> str:
    """Return the fragments as JSON; an empty text for one alone, whose start and stop say it all."""
    return "" if len(fragments) == 1 else pack([tuple(one) for one in fragments])


def fragments_of(start: int, stop: int, more: str) -> tuple[Fragment, ...]:
    """Return the fragments that `several` wrote."""
    if more:
        return tuple(Fragment(*pair) for pair in orjson.loads(more))
    return (Fragment(start, stop),)
