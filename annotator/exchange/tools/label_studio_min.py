"""Turns records of Label Studio's JSON-MIN, in which answers stand beside the data, into tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

LABELS = ("labels", "paragraphlabels", "hypertextlabels", "htmllabels")
"""What the labels of a region are called, by what it is a region of."""
_MADE = ("annotation_id", "completion_id")
_OWN = frozenset(
    {*_MADE, "annotator", "created_at", "updated_at", "lead_time", "agreement", "completed_by", "id"}
)
_ANSWERS = (*LABELS, "choices", "rating", "taxonomy", "number", "datetime")
APART = "answers"
"""Where answers stand that are about regions, without a word about which."""
_LONGEST_CHOICE = 80
"""A choice and a remark are both written as text; a longer one is taken as a remark."""


def is_min(values: Mapping[str, Any]) -> bool:
    """Tell whether a record is of JSON-MIN: it says which annotation it is, or has regions in a field."""
    if "annotations" in values or "data" in values:
        return False
    has_regions = any(
        isinstance(one, dict) and "start" in one and any(isinstance(one.get(name), list) for name in LABELS)
        for value in values.values()
        if isinstance(value, list)
        for one in value
    )
    return has_regions or any(name in values for name in _MADE) or {"annotator", "lead_time"} <= values.keys()


def asked_apart(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the fields whose answers are about regions: what is asked of a text is answered once."""
    for name, value in values.items():
        if isinstance(value, list) and len(value) > 1 and all(isinstance(one, str) for one in value):
            yield name


def task_of(values: Mapping[str, Any], apart: Collection[str] = ()) -> dict[str, Any]:
    """Return a record as the task that it was made of; the fields `apart` answer what is asked of regions."""
    answers = {*_answers(values)}.union(name for name in apart if values.get(name))
    results = [
        one
        for name in values
        if name in answers
        for one in ([_apart(name, values[name])] if name in apart else _results(name, values[name]))
    ]
    by = values.get("annotator", values.get("completed_by"))
    return {
        "id": values.get("id"),
        "data": {name: value for name, value in values.items() if name not in answers and name not in _OWN},
        "annotations": [{"completed_by": by, "result": results}],
    }


def _answers(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the fields that are answers: those that look so, and all between id and annotator.

    Where the data has an id itself, that stands before its other fields, and they are no answers.
    """
    names = [*values]
    first = names.index("id") if "id" in names else len(names)
    last = names.index("annotator") if "annotator" in names else len(names)
    if not any(isinstance(values[name], str | list) for name in names[:first]):
        first = last
    for at, name in enumerate(names):
        if name not in _OWN and (looks_like_answer(values[name]) or first < at < last):
            yield name


def looks_like_answer(value: Any) -> bool:
    """Tell whether a value is an object as answers are, or a list with such."""
    items = value if isinstance(value, list) else [value]
    return any(isinstance(one, dict) and any(kind in one for kind in _ANSWERS) for one in items)


def _apart(name: str, value: Any) -> dict[str, Any]:
    return {"id": name, "from_name": name, "value": {APART: value if isinstance(value, list) else [value]}}


def _results(name: str, value: Any) -> Iterator[dict[str, Any]]:
    for at, one in enumerate(value if isinstance(value, list) else [value]):
        result = {"id": f"{name} {at}", "from_name": name}
        if isinstance(one, dict):
            yield {**result, "value": one}
        elif isinstance(one, str) and len(one) <= _LONGEST_CHOICE and "\n" not in one:
            yield {**result, "value": {"choices": [one]}}
        elif one is not None:
            yield {**result, "value": {"text": [str(one)]}}
