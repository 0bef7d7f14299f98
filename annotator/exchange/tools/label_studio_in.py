"""Reads tasks of Label Studio: text labels, choices, remarks and relations, of annotators and of models."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.exchange.corpora.json_inside import records_in
from annotator.exchange.files import read_start, shown
from annotator.exchange.json_lines import Row, preview_records, read_rows
from annotator.exchange.json_records import (
    as_sure,
    facts_of,
    joined,
    label_of,
    read_drafts,
    unkept,
    with_line_ends,
)
from annotator.exchange.record_faults import Fault, Faults, key_of, kind_of, list_of, objects_of
from annotator.exchange.tools.label_studio_apart import first_task, is_apart, no_text, with_tasks
from annotator.exchange.tools.label_studio_asked import BY_TASK, Asked, asked, is_ours
from annotator.exchange.tools.label_studio_csv import TABLES, is_table, table_rows
from annotator.exchange.tools.label_studio_min import APART, LABELS, is_min, task_of
from annotator.exchange.tools.label_studio_texts import TEXT, TaskText, default_fields, field_of, texts_of
from annotator.exchange.unread import Value
from annotator.exchange.unread_fields import json_fields
from annotator.model.formats import Draft, ImportOptions, Item, Note, Preview, Problem
from annotator.model.marks import ArticleMark, EndMark, FrameMark, Marks, Proposal, SpanMark

SUFFIXES = (".json", ".jsonl", *TABLES)
CONF = ".labels.xml"
"""What the configuration beside the tasks is called, behind their own name."""
RELATION = "relation"
_BELOW = " / "
"""Stands between the names of choices below each other."""
_START = 65_536
"""Bytes of a file without an ending that are looked at."""
_OTHER = "results of kinds that are not read"
_ELSEWHERE = "results about what is no text"
_NOT_OF_ONE = {
    "chatmessage": "messages of a chat that was written while labelling",
    "selected": "choices between two texts",
}
"""Results that are about no text alone, by the field that holds them."""
_BETWEEN = "relations between two texts of a task"
_SKIPPED = "skipped annotations, with what was in them"
_DRAFTS = "drafts, which nobody submitted"
_UNLABELLED = "regions without a label"
_NUMBERS = "proposals of models, of which the file has the numbers alone"
_APART = "answers about regions, which do not say about which"
_PREDICTED = "labels of the whole text that a model proposed"
_COUNTED = re.compile(r"\d|^(?:true|false)$")
"""What Label Studio notes for itself: days, numbers, ids, whether something is so."""
_ABOUT_TASKS = frozenset(
    {*BY_TASK, "predictions", "drafts", "meta", "id", "created_at", "updated_at", "project"}
)
"""Fields of a task whose data stands beside them."""


class LabelStudioImporter:
    """Reads tasks: text labels, choices, remarks and relations, of annotators and of models."""

    def fields(self, path: Path, options: ImportOptions) -> Iterator[Value]:
        """Yield what tasks say: beside data and results, what are words; the rest is Label Studio's own."""
        for name, value in json_fields(path, options):
            is_said = name.startswith(("data", "meta")) or ".result." in name or not _COUNTED.search(value)
            if is_said and not name.endswith((".value.start", ".value.end", ".value.text")):
                yield name, value

    def recognises(self, path: Path) -> bool:
        """Tell by the fields of the first record."""
        if path.suffix.lower() in TABLES:
            return is_table(path)
        if path.suffix.lower() not in SUFFIXES and not _is_of_storage(path):
            return False
        first = first_task(path)
        found = [first.get(name) for name in (*BY_TASK, "predictions")]
        made = [one for each in found if isinstance(each, list) for one in each if type(one) is not int]
        is_own = all(isinstance(one, dict) and "result" in one for one in made)
        texts = [name for name, one in first.items() if isinstance(one, str) and name not in _ABOUT_TASKS]
        is_task = any(isinstance(one, list) for one in found) and bool(made or texts or "data" in first)
        if is_min(first) or is_apart(first) or _is_bare(first):
            return True
        return is_task and is_own and isinstance(first.get("data", first), dict)

    def parts(self, path: Path, _options: ImportOptions) -> tuple[Path, ...]:
        """Return the configuration beside the tasks: it says how they are labelled, and is no article."""
        return (path.with_name(f"{path.stem}{CONF}"),)

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return how many tasks there are, and the start of the first text."""
        return preview_records(path, options, rows=map(_with_text, _rows(path, options)))

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield an article for each text of each task."""
        found = asked(_rows(path, options))
        rows = _rows(path, options)
        return read_drafts(path, options, lambda row, file: _drafts(row, file, found), rows=rows)


def _is_bare(task: Mapping[str, Any]) -> bool:
    """Tell whether a record is a task as it is brought in, of which nothing is said yet."""
    data = task.get("data")
    is_alone = task.keys() <= {"data", *_ABOUT_TASKS} and not records_in(task)[1]
    return is_alone and isinstance(data, dict) and any(isinstance(one, str) for one in data.values())


def _with_text(found: Row | Note | Problem) -> Row | Note | Problem:
    """Return a task with the longest of its texts where a preview looks for it."""
    if isinstance(found, Row) and is_min(found.values):
        found = found._replace(values=task_of(found.values))
    data = found.values.get("data") if isinstance(found, Row) else None
    texts = [one for one in data.values() if isinstance(one, str)] if isinstance(data, dict) else []
    if not isinstance(found, Row) or not texts:
        return found
    return found._replace(values={**found.values, "text": max(texts, key=len)})


def _is_of_storage(path: Path) -> bool:
    """Tell whether a file without an ending is an annotation, as Label Studio puts each into a storage."""
    start = b"" if path.suffix else read_start(path, _START).lstrip()
    return start.startswith(b"{") and b'"result"' in start


def _rows(path: Path, options: ImportOptions) -> Iterator[Row | Note | Problem]:
    if path.suffix.lower() in TABLES:
        return table_rows(path, options)
    return with_tasks(read_rows(path, options), path)


def _drafts(row: Row, file: str, questions: Asked) -> list[Draft | Problem]:
    task = task_of(row.values, questions.apart) if is_min(row.values) else row.values
    task, numbers = _without_numbers(task)
    data = task.get("data", {name: one for name, one in task.items() if name not in _ABOUT_TASKS})
    if data is None:
        raise no_text(task, file)
    if not isinstance(data, dict):
        raise Fault("data", f"it is {kind_of(data)}, it has to be an object with the text")
    texts = texts_of(data, _kind_of_place(task))
    if is_ours(task):
        texts[TEXT] = TaskText(data[TEXT])
    reading = _Reading(data, texts, questions)
    for made in BY_TASK:
        for at, one in enumerate(objects_of(task, made)):
            if one.get("was_cancelled"):
                reading.left_out[_SKIPPED] += 1
            else:
                reading.results(one, f"{made}[{at}]", _by(one), None)
    reading.left_out[_DRAFTS] += len(list_of(task, "drafts"))
    reading.left_out[_NUMBERS] += numbers
    for at, one in enumerate(objects_of(task, "predictions")):
        score = one.get("score")
        sure = float(score) if isinstance(score, int | float) and 0 <= score <= 1 else 1.0
        model = one.get("model_version")
        proposal = Proposal(model if isinstance(model, str) and model else "Label Studio", sure)
        reading.results(one, f"predictions[{at}]", "", proposal)
    fields = [name for name in data if name in reading.found]
    if TEXT not in fields and (not fields or TEXT in reading.texts):
        fields += default_fields(reading.texts, data, reading.usual)
    own = key_of(task.get("id"))
    name = data.get("name")
    name = name if isinstance(name, str) and name and "name" not in fields else f"{file}:{own or row.line}"
    drafts = (
        _draft(data, reading, one, f" ({one})" if len(fields) > 1 else "", (name, own, row.line))
        for one in fields
    )
    return [*(Problem(shown(file), str(one), row.line, one.field) for one in reading.faults.found), *drafts]


def _without_numbers(task: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Return a task without predictions that are numbers, as its own export has them, and how many."""
    found = task.get("predictions")
    if not isinstance(found, list) or not found or any(type(one) is not int for one in found):
        return task, 0
    return {**task, "predictions": []}, len(found)


def _draft(
    data: Mapping[str, Any], reading: _Reading, field: str, more: str, named: tuple[str, str, int]
) -> Draft:
    """Return the article of one field, without those that are articles of their own."""
    name, own, line = named
    but = frozenset({"text", "name", field, *(reading.found if more else ())})
    found, read = reading.found[field], reading.texts[field]
    is_plain = read.page is None and not read.paragraphs
    text, once = with_line_ends(read.text, found.spans) if is_plain else (read.text, [])
    return Draft(
        name + more,
        text,
        meta=facts_of(data, but=but),
        line=line,
        notes=(
            *found.notes,
            *once,
            *(f"left out: {count} × {what}" for what, count in (+reading.left_out).items()),
            *unkept(data, but=but),
        ),
        key=own + more if own else "",
        marks=Marks(found.spans, found.frames, found.labels, is_unbroken=True),
    )


def _kind_of_place(task: dict[str, Any]) -> type | None:
    """Return what regions of a task lie between: two numbers, or two paths (str) in a page."""
    made = [one for name in (*BY_TASK, "predictions") for one in objects_of(task, name)]
    results = [each for one in made if isinstance(one.get("result"), list) for each in one["result"]]
    values = [one.get("value") for one in results if isinstance(one, dict)]
    objects = [one for one in values if isinstance(one, dict)]
    if any(type(one.get("start")) is int and "globalOffsets" not in one for one in objects):
        return int
    if any(isinstance(at := one.get("start"), str) and at.startswith("/") for one in objects):
        return str
    return None


def _elsewhere(value: Mapping[str, Any], field: str) -> str:
    """Return what a result is counted as that is not about the text of one field, else ""."""
    return next((said for one, said in _NOT_OF_ONE.items() if one in value), "" if field else _ELSEWHERE)


def _about(result: Mapping[str, Any]) -> tuple[str, str]:
    return str(result.get("source")), str(result.get("to_name"))


def _by(annotation: Mapping[str, Any]) -> str:
    """Return who made an annotation: our own field, else the address or number of the user."""
    own = annotation.get("annotator")
    if isinstance(own, str):
        return own
    user = annotation.get("completed_by", annotation.get("created_username"))
    if isinstance(user, dict):
        user = user.get("email") or user.get("id")
    return key_of(user)


class _Found:
    """What was found of one text."""

    def __init__(self) -> None:
        self.spans: list[SpanMark] = []
        self.frames: list[FrameMark] = []
        self.labels: list[ArticleMark] = []
        self.notes: list[str] = []


class _Reading:
    """The results of one task, as marks of its texts."""

    def __init__(self, data: Mapping[str, Any], texts: Mapping[str, TaskText], questions: Asked) -> None:
        self._data, self.texts = data, texts
        self._alike, self.usual = questions.alike, questions.longest
        self.found: defaultdict[str, _Found] = defaultdict(_Found)
        self.left_out: Counter[str] = Counter()
        self.faults = Faults()

    def results(self, one: dict[str, Any], where: str, by: str, proposal: Proposal | None) -> None:
        """Take in the results of one annotation or prediction."""
        said: dict[str, dict[str, str]] = {}
        regions: list[tuple[str, str, dict[str, Any], str]] = []
        relations: list[tuple[FrameMark, Mapping[str, Any]]] = []
        results = objects_of(one, "result", f"{where}.")
        fields = self._fields(results)
        for at, result in enumerate(results):
            place, key = f"{where}.result[{at}]", f"{where} {result.get('id', at)}"
            if result.get("type") == RELATION:
                with self.faults:
                    relations += ((mark, result) for mark in _relation(result, where, place, by, proposal))
                continue
            field, value = fields[_about(result)], result.get("value")
            name = next((name for name in LABELS if name in value), None) if isinstance(value, dict) else None
            if not isinstance(value, dict):
                self.faults.add(f"{place}.value", f"it is {kind_of(value)}, it has to be an object")
            elif elsewhere := _elsewhere(value, field):
                self.left_out[elsewhere] += 1
            elif name is not None and value[name] == []:
                self.left_out[_UNLABELLED] += 1
            elif name is not None:
                regions.append((key, field, result, place))
            elif "start" in value:
                said.setdefault(key, {})[str(result.get("from_name"))] = _answer(value)
            else:
                with self.faults:
                    self._of_text(result, field, place, by, proposal)
        self.left_out[_OTHER] += len(said.keys() - {key for key, *_ in regions})
        for key, field, result, place in regions:
            own = as_sure(proposal, result, result["value"])
            bare = SpanMark(key, "", (), attributes=said.get(key, {}), by=by, proposal=own)
            with self.faults:
                self.found[field].spans += self._region(bare, field, result, place)
        self._join(relations, {key: field for key, field, *_ in regions})

    def _fields(self, results: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
        """Return the field that results are about, by what they say of it."""
        alike: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for one in results:
            if one.get("type") != RELATION:
                alike.setdefault(_about(one), []).append(one)
        return {about: field_of(group, self.texts, self._data, self.usual) for about, group in alike.items()}

    def _join(self, relations: list[tuple[FrameMark, Mapping[str, Any]]], fields: Mapping[str, str]) -> None:
        """Take in relations where their ends are; both have to be in one text."""
        for frame in joined(relations):
            where = {fields[end.key] for end in frame.ends if end.key in fields}
            if len(where) > 1:
                self.left_out[_BETWEEN] += 1
            else:
                field = next(iter(where), default_fields(self.texts, self._data, self.usual)[0])
                self.found[field].frames.append(frame)

    def _region(self, bare: SpanMark, field: str, result: dict[str, Any], place: str) -> Iterator[SpanMark]:
        """Yield a span for each label of a region."""
        value = result["value"]
        kind = next(name for name in LABELS if name in value)
        labels = value[kind]
        if not isinstance(labels, list) or not labels:
            raise Fault(f"{place}.value.{kind}", f"it is {kind_of(labels)}, it has to be a list of labels")
        pieces, quote = self.texts[field].place(value, f"{place}.value")
        meta = result.get("meta")
        remarks = meta.get("text") if isinstance(meta, dict) else None
        note = "\n".join(one for one in remarks if isinstance(one, str)) if isinstance(remarks, list) else ""
        for number, label in enumerate(labels):
            own = bare.key if number == 0 else f"{bare.key} ({number + 1})"
            name = label_of(label, f"{place}.value.{kind}")
            yield bare._replace(key=own, label=name, fragments=pieces, quote=quote, note=note)

    def _of_text(
        self, result: dict[str, Any], field: str, place: str, by: str, proposal: Proposal | None
    ) -> None:
        """Take in what is said of a whole text: choices are its labels, the rest is kept as remarks."""
        value = result["value"]
        choices, answer, text = _chosen(value), _answer(value), value.get("text")
        if result.get("type") == "textarea" and isinstance(text, str):
            answer = text  # as it was written once
        if isinstance(choices, list) and proposal is not None:
            self.left_out[_PREDICTED] += len(choices)
        elif isinstance(choices, list):
            question = str(result.get("from_name"))
            before = f"{question}: " if question in self._alike else ""
            names = [before + label_of(one, f"{place}.value") for one in choices]
            self.found[field].labels += [ArticleMark(one, by=by) for one in names]
        elif APART in value:
            self.left_out[_APART] += len(value[APART])
        elif answer and proposal is None:
            whose = f", {by}" if by else ""
            name = result.get("from_name") or result.get("type")
            self.found[field].notes.append(f"{name}{whose}: {answer}")
        else:
            self.left_out[_OTHER] += 1


def _relation(
    result: dict[str, Any], where: str, place: str, by: str, proposal: Proposal | None
) -> Iterator[FrameMark]:
    """Yield a frame for each label of a relation."""
    for name in ("from_id", "to_id"):
        if name not in result:
            raise Fault(f"{place}.{name}", f"there is no {name}")
    ends = [f"{where} {result[name]}" for name in ("from_id", "to_id")]
    if result.get("direction") == "left":
        ends.reverse()
    pair = (EndMark("from", ends[0]), EndMark("to", ends[1]))
    labels = result.get("labels") or [RELATION]
    if not isinstance(labels, list):
        raise Fault(f"{place}.labels", f"it is {kind_of(labels)}, it has to be a list of labels")
    for number, label in enumerate(labels):
        name = label_of(label, f"{place}.labels")
        own = as_sure(proposal, result)
        yield FrameMark(f"{place} ({number + 1})", name, pair, by=by, proposal=own, is_ordered=True)


def _chosen(value: Mapping[str, Any]) -> object:
    """Return what was chosen of a list, or of a tree of choices, each with the ways to it."""
    tree = value.get("taxonomy")
    if not isinstance(tree, list) or not all(isinstance(one, list) and one for one in tree):
        return value.get("choices")
    return [_BELOW.join(map(str, one)) for one in tree]


def _answer(value: Mapping[str, Any]) -> str:
    """Return what is said of a region: a choice, a number, a day, a text.

    A text on its own, and not in a list, is what the region covers.
    """
    for name in ("choices", "taxonomy", "rating", "number", "datetime"):
        found = value.get(name)
        if isinstance(found, list):
            return ", ".join(
                _BELOW.join(map(str, one)) if isinstance(one, list) else str(one) for one in found
            )
        if found is not None:
            return str(found)
    text = value.get("text")
    return ", ".join(map(str, text)) if isinstance(text, list) else ""
