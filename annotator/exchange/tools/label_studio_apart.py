"""Finds the texts of Label Studio's annotations that come without their tasks: inside of them, or beside."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from annotator.exchange.encoding import decode
from annotator.exchange.files import read_bytes, shown
from annotator.exchange.json_lines import Row, first_rows, read_rows
from annotator.exchange.record_faults import Fault, key_of, kind_of
from annotator.model.errors import UserError
from annotator.model.formats import ImportOptions, Note, Nth, Problem
from annotator.model.text import TEXT_LIMIT

_RESULT, _ANNOTATION, _TASK, _DATA = "result", "annotation", "task", "data"
_MADE = ("annotations", "completions", "predictions")
_ENDINGS = (".json", ".jsonl")
_MANY = 50
"""Files of a folder that are looked at."""
_BYTES = 4 * TEXT_LIMIT
_ALONE = (
    "there is no text in it: annotations stand here without their tasks; put the file of the tasks{number} "
    "(with id and data), or their texts as {names}, into the same folder, or export the tasks as JSON"
)


def is_apart(values: Mapping[str, Any]) -> bool:
    """Tell whether a record is an annotation without the task around it, or a single result of one."""
    return _is_result(values) or _has_results(values.get(_ANNOTATION, values))


def _has_results(values: object) -> bool:
    results = values.get(_RESULT) if isinstance(values, dict) else None
    return isinstance(results, list) and bool(results) and all(map(_is_result, results))


def _is_result(one: object) -> bool:
    is_region = isinstance(one, dict) and {"from_name", "to_name", "type"} <= one.keys()
    return is_region or (isinstance(one, dict) and {"from_id", "to_id", "type"} <= one.keys())


def tasks_in(values: Mapping[str, Any], depth: int = 1) -> list[Any] | None:
    """Return the tasks that a record of another kind, such as a project, has in a list; None without one.

    Some of what stands among the tasks may be none.
    """
    if values.keys() & {_DATA, _RESULT, *_MADE}:
        return None
    for name, one in values.items():
        if isinstance(one, list) and (any(map(_is_task, one)) if one else _TASK in name.lower()):
            return one
        if isinstance(one, dict) and depth and (found := tasks_in(one, depth - 1)) is not None:
            return found
    return None


def _is_task(one: object) -> bool:
    if not isinstance(one, dict) or not isinstance(one.get(_DATA), dict):
        return False
    return any(isinstance(one.get(name), list) for name in _MADE)


def first_task(path: Path) -> Mapping[str, Any]:
    """Return the first record of a file, or the first task in its records of another kind."""
    for found in first_rows(path):
        if (held := tasks_in(found.values)) != []:
            return found.values if held is None else next(filter(_is_task, held))
    return {}


def with_tasks(rows: Iterable[Row | Note | Problem], path: Path) -> Iterator[Row | Note | Problem]:
    """Yield records as tasks, annotations that stand apart with the data that is in them or beside them."""
    beside: _Beside | None = None
    results: list[Any] = []
    first: Row | None = None
    for row in rows:
        if not isinstance(row, Row):
            yield row
        elif (held := tasks_in(row.values)) is not None:
            yield from (_held(row, at, one, path) for at, one in enumerate(held))
        elif _is_result(row.values):
            first = first or row
            results.append(row.values)
        elif (task := _task_of(row.values)) is None:
            yield row
        else:
            beside = beside or _Beside(path)
            yield row._replace(values=beside.filled(task))
    if first is not None:
        beside = _Beside(path)
        yield first._replace(line=Nth(1), values=beside.filled({_MADE[0]: [{_RESULT: results}]}))
    if beside is not None and beside.used:
        files = ", ".join(sorted(map(shown, beside.used)))
        yield Note(shown(path.name), f"it holds annotations without texts; those were read from {files}")


def _held(row: Row, at: int, one: object, path: Path) -> Row | Problem:
    """Return a task that a record holds, or that it is none."""
    if isinstance(one, dict):
        return row._replace(raw=b"", values=one)
    reason = f"task {at} is {kind_of(one)}, it has to be an object with named fields"
    return Problem(shown(path.name), reason, row.line)


def _task_of(values: dict[str, Any]) -> dict[str, Any] | None:
    """Return the task around annotations, as far as they tell it; None where its data is there already."""
    if is_apart(values):
        held = values.get(_ANNOTATION, values)
        task = values.get(_TASK, held.get(_TASK))
        made = {_MADE[0]: [{name: one for name, one in held.items() if name != _TASK}]}
        if isinstance(task, dict):
            return {"id": task.get("id"), _DATA: task.get(_DATA), **made}
        return {"id": task, **made}
    has_some = any(isinstance(values.get(name), list) and values[name] for name in _MADE)
    is_bare = _DATA not in values and not any(isinstance(one, str) for one in _rest(values))
    return values if has_some and is_bare else None


def _rest(values: Mapping[str, Any]) -> Iterator[Any]:
    ours = {"created_at", "updated_at", "id", "meta", "drafts", "project", *_MADE}
    return (one for name, one in values.items() if name not in ours)


class _Beside:
    """The tasks and texts that lie in the folder of a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._data: dict[str, tuple[str, Any]] | None = None
        self.used: set[str] = set()
        """Names of the files whose texts were taken."""

    def filled(self, task: dict[str, Any]) -> dict[str, Any]:
        """Return a task with its data; where there is none, it stays without."""
        if isinstance(task.get(_DATA), dict):
            return task
        number = key_of(task.get("id"))
        file, data = (self._of_tasks().get(number) if number else None) or self._of_text(number)
        self.used |= {file} if file else set()
        return task | {_DATA: data}

    def _of_tasks(self) -> Mapping[str, tuple[str, Any]]:
        if self._data is None:
            found = [one for one in self._path.parent.iterdir() if one.suffix.lower() in _ENDINGS]
            others = sorted(one for one in found if one != self._path)
            self._data = {key: (one.name, data) for one in islice(others, _MANY) for key, data in _tasks(one)}
        return self._data

    def _of_text(self, number: str) -> tuple[str, Any]:
        names = _names(number, self._path)
        found = next((one for name in names if (one := self._path.with_name(name)).is_file()), None)
        return ("", None) if found is None else (found.name, {"text": decode(read_bytes(found, _BYTES)).text})


def _names(number: str, path: Path) -> Collection[str]:
    return [f"{one}.txt" for one in dict.fromkeys((number or path.stem, path.stem))]


def _tasks(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield number and data of each task in a file; nothing of a file that holds something else."""
    try:
        for row in read_rows(path, ImportOptions()):
            if not isinstance(row, Row):
                continue
            if not isinstance(row.values.get(_DATA), dict) or "id" not in row.values:
                return
            yield key_of(row.values["id"]), row.values[_DATA]
    except UserError:
        return


def no_text(task: Mapping[str, Any], path_stem: str) -> Fault:
    """Return what to do about annotations whose text is neither with them nor beside them."""
    number = key_of(task.get("id"))
    names = " or ".join(_names(number, Path(path_stem)))
    return Fault(_DATA, _ALONE.format(number=f" {number}" if number else "", names=names))
