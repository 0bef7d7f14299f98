"""Reads tasks of Label Studio: text labels, choices, remarks and relations, of annotators and of models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.exchange.json_lines import Row, first_record, preview_records
from annotator.exchange.json_records import facts_of, joined, label_of, read_drafts, stretch_of, unkept
from annotator.exchange.record_faults import Fault, kind_of, objects_of
from annotator.model.formats import Draft, ImportOptions, Item, Preview
from annotator.model.marks import ArticleMark, EndMark, FrameMark, Marks, Proposal, SpanMark

SUFFIXES = (".json", ".jsonl")
RELATION = "relation"
_OWN = frozenset({"text", "name"})
_OTHER = "results of kinds that are not read"
_SKIPPED = "skipped annotations, with what was in them"
_DRAFTS = "drafts, which nobody submitted"
_UNLABELLED = "regions without a label"
_BY_TASK = ("annotations", "completions")
"""Where annotations stand; before its version 1.0, Label Studio called them completions."""
_PREDICTED = "labels of the whole text that a model proposed"


class LabelStudioImporter:
    """Reads tasks: text labels, choices, remarks and relations, of annotators and of models."""

    def recognises(self, path: Path) -> bool:
        """Tell by the fields of the first record."""
        if path.suffix.lower() not in SUFFIXES:
            return False
        first = first_record(path)
        found = [first.get(name) for name in (*_BY_TASK, "predictions")]
        made = [one for each in found if isinstance(each, list) for one in each]
        is_own = all(isinstance(one, dict) and "result" in one for one in made)
        return (
            any(isinstance(one, list) for one in found)
            and is_own
            and isinstance(first.get("data", first), dict)
        )

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return how many tasks there are."""
        return preview_records(path, options)

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield one article per task."""
        return read_drafts(path, options, _draft)


def _draft(row: Row, file: str) -> Draft:
    data = row.values.get("data", row.values)
    if not isinstance(data, dict):
        raise Fault("data", f"it is {kind_of(data)}, it has to be an object with the text")
    field = _text_field(data, row.values)
    reading = _Reading()
    for made in _BY_TASK:
        for at, one in enumerate(objects_of(row.values, made)):
            if one.get("was_cancelled"):
                reading.left_out[_SKIPPED] += 1
            else:
                reading.results(one, f"{made}[{at}]", _by(one), None)
    reading.left_out[_DRAFTS] += len(objects_of(row.values, "drafts"))
    for at, one in enumerate(objects_of(row.values, "predictions")):
        score = one.get("score")
        sure = float(score) if isinstance(score, int | float) and 0 <= score <= 1 else 1.0
        model = one.get("model_version")
        proposal = Proposal(model if isinstance(model, str) and model else "Label Studio", sure)
        reading.results(one, f"predictions[{at}]", "", proposal)
    name, key = data.get("name"), row.values.get("id")
    own = str(key) if isinstance(key, int | str) and not isinstance(key, bool) else ""
    return Draft(
        name if isinstance(name, str) and name else f"{file}:{own or row.line}",
        data[field],
        meta=facts_of(data, but=_OWN | {field}),
        line=row.line,
        notes=(
            *(f"left out: {count} × {what}" for what, count in (+reading.left_out).items()),
            *unkept(data, but=_OWN | {field}),
        ),
        key=own,
        marks=Marks(reading.spans, reading.frames, reading.labels),
    )


def _text_field(data: Mapping[str, Any], task: Mapping[str, Any]) -> str:
    """Return the field of the text: `text`, or the only one that results can be about."""
    if isinstance(data.get("text"), str):
        return "text"
    texts = [name for name, value in data.items() if isinstance(value, str) and name != "id"]
    if len(texts) == 1 and task is not data:
        return texts[0]
    raise Fault("data", "there is no text in it: expected a field text")


def _by(annotation: Mapping[str, Any]) -> str:
    """Return who made an annotation: our own field, else the address or number of the user."""
    own = annotation.get("annotator")
    if isinstance(own, str):
        return own
    user = annotation.get("completed_by")
    if isinstance(user, dict):
        user = user.get("email") or user.get("id")
    return str(user) if isinstance(user, int | str) and not isinstance(user, bool) else ""


class _Reading:
    """The results of one task, as marks."""

    def __init__(self) -> None:
        self.spans: list[SpanMark] = []
        self.frames: list[FrameMark] = []
        self.labels: list[ArticleMark] = []
        self.left_out: Counter[str] = Counter()

    def results(self, one: dict[str, Any], where: str, by: str, proposal: Proposal | None) -> None:
        """Take in the results of one annotation or prediction."""
        said: dict[str, dict[str, str]] = {}
        regions: list[tuple[str, dict[str, Any], str]] = []
        relations: list[tuple[FrameMark, Mapping[str, Any]]] = []
        for at, result in enumerate(objects_of(one, "result", f"{where}.")):
            place, kind = f"{where}.result[{at}]", result.get("type")
            key = f"{where} {result.get('id', at)}"
            value = result.get("value")
            if kind == RELATION:
                relations += ((mark, result) for mark in _relation(result, where, place, by, proposal))
            elif not isinstance(value, dict):
                raise Fault(f"{place}.value", f"it is {kind_of(value)}, it has to be an object")
            elif value.get("labels") == []:
                self.left_out[_UNLABELLED] += 1
            elif "labels" in value:
                regions.append((key, result, place))
            elif "start" in value:
                said.setdefault(key, {})[str(result.get("from_name"))] = _answer(value)
            else:
                self._choices(value, place, by, proposal)
        self.frames += joined(relations)
        self.left_out[_OTHER] += len(said.keys() - {key for key, _, _ in regions})
        for key, result, place in regions:
            bare = SpanMark(key, "", (), attributes=said.get(key, {}), by=by, proposal=proposal)
            self._region(bare, result, place)

    def _region(self, bare: SpanMark, result: dict[str, Any], place: str) -> None:
        """Take in one region: a span for each of its labels."""
        value = result["value"]
        labels = value["labels"]
        if not isinstance(labels, list) or not labels:
            raise Fault(f"{place}.value.labels", f"it is {kind_of(labels)}, it has to be a list of labels")
        pair, quote = stretch_of(value, f"{place}.value"), value.get("text")
        meta = result.get("meta")
        remarks = meta.get("text") if isinstance(meta, dict) else None
        note = "\n".join(one for one in remarks if isinstance(one, str)) if isinstance(remarks, list) else ""
        for number, label in enumerate(labels):
            own = bare.key if number == 0 else f"{bare.key} ({number + 1})"
            name = label_of(label, f"{place}.value.labels")
            self.spans.append(
                replace(
                    bare,
                    key=own,
                    label=name,
                    fragments=(pair,),
                    quote=quote if isinstance(quote, str) else None,
                    note=note,
                )
            )

    def _choices(self, value: dict[str, Any], place: str, by: str, proposal: Proposal | None) -> None:
        choices = value.get("choices")
        if not isinstance(choices, list):
            self.left_out[_OTHER] += 1
        elif proposal is not None:
            self.left_out[_PREDICTED] += len(choices)
        else:
            self.labels += (ArticleMark(label_of(one, f"{place}.value.choices"), by=by) for one in choices)


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
        yield FrameMark(f"{place} ({number + 1})", name, pair, by=by, proposal=proposal, is_ordered=True)


def _answer(value: Mapping[str, Any]) -> str:
    """Return what is said of a region: a choice, a number, a day, a text.

    A text on its own, and not in a list, is what the region covers.
    """
    for name in ("choices", "taxonomy", "rating", "number", "datetime"):
        found = value.get(name)
        if isinstance(found, list):
            return ", ".join(
                " / ".join(map(str, one)) if isinstance(one, list) else str(one) for one in found
            )
        if found is not None:
            return str(found)
    text = value.get("text")
    return ", ".join(map(str, text)) if isinstance(text, list) else ""
