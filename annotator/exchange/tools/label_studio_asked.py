"""Tells what the questions of a file of Label Studio are about, before its answers are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from annotator.exchange.json_lines import Row
from annotator.exchange.tools.label_studio_min import asked_apart, is_min, task_of
from annotator.exchange.tools.label_studio_texts import TEXT
from annotator.model.formats import Note, Problem

BY_TASK = ("annotations", "completions")
"""Where annotations stand; before its version 1.0, Label Studio called them completions."""
_OWN_FIELDS = frozenset({"id", "data", "annotations", "predictions"})
"""All the fields of a task that this program writes."""


class Asked(NamedTuple):
    """What the questions of a file are about."""

    apart: Collection[str]
    """Fields of JSON-MIN that are about regions: in one record they may have one answer alone."""
    alike: Collection[str]
    """Questions about a whole text of which another one has a choice too: that alone does not tell them."""
    longest: str
    """The field that says most in all records: the text, where no name tells it."""


def asked(rows: Iterable[Row | Note | Problem]) -> Asked:
    """Return what the questions of a file are about."""
    apart, choices, sizes = set[str](), dict[str, set[str]](), Counter[str]()
    for row in rows:
        if not isinstance(row, Row):
            continue
        if is_ours(row.values):
            break
        task = row.values
        if is_min(task):
            apart.update(asked_apart(task))
            task = task_of(task)
        for name, chosen in _choices(task):
            choices.setdefault(name, set()).update(chosen)
        data = task.get("data", task)
        for name, one in data.items() if isinstance(data, dict) else ():
            sizes[name] += len(one) if isinstance(one, str) else 0
    return Asked(frozenset(apart), frozenset(_alike(choices)), max(sizes, key=sizes.__getitem__, default=""))


def is_ours(task: Mapping[str, Any]) -> bool:
    """Tell whether this program wrote a task: its text is one, whatever it looks like."""
    data = task.get("data")
    is_named = isinstance(data, dict) and all(isinstance(data.get(one), str) for one in ("name", TEXT))
    return is_named and {*task} == _OWN_FIELDS


def _choices(task: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for made in (one for name in BY_TASK for one in _objects(task.get(name))):
        for result in _objects(made.get("result")):
            value = result.get("value")
            found = value.get("choices") if isinstance(value, dict) and "start" not in value else None
            if isinstance(found, list):
                yield str(result.get("from_name")), [one for one in found if isinstance(one, str)]


def _objects(found: object) -> Iterator[dict[str, Any]]:
    return (one for one in (found if isinstance(found, list) else ()) if isinstance(one, dict))


def _alike(choices: Mapping[str, set[str]]) -> Iterator[str]:
    asked_by = Counter(chain.from_iterable(choices.values()))
    return (name for name, own in choices.items() if any(asked_by[one] > 1 for one in own))
