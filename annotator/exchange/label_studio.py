"""Format `label_studio`: tasks as Label Studio imports and exports them (JSON)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from annotator.exchange import flat as flats
from annotator.exchange.json_lines import Row, first_record, preview_records
from annotator.exchange.json_records import facts_of, label_of, read_drafts, stretch_of
from annotator.exchange.record_faults import Fault, kind_of, objects_of
from annotator.model.formats import Draft, ExportSource, Format, ImportOptions, Item, Note, Preview, Target
from annotator.model.ids import Id, id_text
from annotator.model.marks import ArticleMark, EndMark, FrameMark, Marks, Proposal, SpanMark
from annotator.model.records import Annotator, ArticleContent, SuggestedSpan

SUFFIXES = (".json", ".jsonl")
_OWN = frozenset({"text", "name"})
_RELATION = "relation"


class LabelStudioImporter:
    """Reads tasks: text labels, choices, remarks and relations, of annotators and of models."""

    def recognises(self, path: Path) -> bool:
        """Tell by the fields of the first record."""
        if path.suffix.lower() not in SUFFIXES:
            return False
        first = first_record(path)
        has_results = any(isinstance(first.get(name), list) for name in ("annotations", "predictions"))
        return has_results and isinstance(first.get("data", first), dict)

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return how many tasks there are."""
        return preview_records(path, options, uses={})

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield one article per task."""
        return read_drafts(path, options, _draft)


def _draft(row: Row, file: str) -> Draft:
    data = row.values.get("data", row.values)
    if not isinstance(data, dict):
        raise Fault("data", f"it is {kind_of(data)}, it has to be an object with the text")
    field = _text_field(data, row.values)
    reading = _Reading()
    for at, one in enumerate(objects_of(row.values, "annotations")):
        if not one.get("was_cancelled"):
            reading.results(one, f"annotations[{at}]", _by(one), None)
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

    def results(self, one: dict[str, Any], where: str, by: str, proposal: Proposal | None) -> None:
        """Take in the results of one annotation or prediction."""
        said: dict[str, dict[str, str]] = {}
        regions: list[tuple[str, dict[str, Any], str]] = []
        for at, result in enumerate(objects_of(one, "result", f"{where}.")):
            place, kind = f"{where}.result[{at}]", result.get("type")
            key = f"{where} {result.get('id', at)}"
            value = result.get("value")
            if kind == _RELATION:
                self._relation(result, where, place, by, proposal)
            elif not isinstance(value, dict):
                raise Fault(f"{place}.value", f"it is {kind_of(value)}, it has to be an object")
            elif "labels" in value:
                regions.append((key, result, place))
            elif "start" in value:
                said.setdefault(key, {})[str(result.get("from_name"))] = _answer(value)
            elif proposal is None:
                self._choices(value, place, by)
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

    def _relation(
        self, result: dict[str, Any], where: str, place: str, by: str, proposal: Proposal | None
    ) -> None:
        for name in ("from_id", "to_id"):
            if name not in result:
                raise Fault(f"{place}.{name}", f"there is no {name}")
        ends = [f"{where} {result[name]}" for name in ("from_id", "to_id")]
        if result.get("direction") == "left":
            ends.reverse()
        pair = (EndMark("from", ends[0]), EndMark("to", ends[1]))
        labels = result.get("labels") or [_RELATION]
        if not isinstance(labels, list):
            raise Fault(f"{place}.labels", f"it is {kind_of(labels)}, it has to be a list of labels")
        for number, label in enumerate(labels):
            key = f"{place} ({number + 1})"
            name = label_of(label, f"{place}.labels")
            self.frames.append(FrameMark(key, name, pair, by=by, proposal=proposal, is_ordered=True))

    def _choices(self, value: dict[str, Any], place: str, by: str) -> None:
        choices = value.get("choices")
        for one in choices if isinstance(choices, list) else []:
            self.labels.append(ArticleMark(label_of(one, f"{place}.value.choices"), by=by))


def _answer(value: Mapping[str, Any]) -> str:
    """Return what is said of a region: a choice, a text, a number."""
    for name in ("choices", "text", "rating", "number"):
        found = value.get(name)
        if isinstance(found, list):
            return ", ".join(map(str, found))
        if found is not None:
            return str(found)
    return ""


class LabelStudioExporter:
    """Writes one task per article, with an annotation per annotator, and suggestions as predictions."""

    suffix = ".json"

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what tasks cannot hold."""
        keeps = (flats.MADE_BY, flats.ARTICLE_LABELS, flats.SUGGESTIONS, flats.ATTRIBUTES, flats.NOTES)
        found = flats.flat(content, source.scheme, keeps)
        of_labels = [(len(one.attributes), bool(one.note)) for one in content.labels]
        of_links = [(len(one.frame.attributes), bool(one.frame.note)) for one in found.links]
        of_proposed = sum(len(one.attributes) for one in content.suggested_spans)
        both = of_labels + of_links
        found.left_out[flats.ATTRIBUTES] += sum(count for count, _ in both) + of_proposed
        found.left_out[flats.NOTES] += sum(note for _, note in both)
        found.left_out[flats.PIECES] += sum(len(one.fragments) > 1 for one in content.suggested_spans)
        found.left_out["suggested frames"] += len(content.suggested_frames)
        found.left_out["that suggestions were rejected"] += sum(
            one.state == "rejected" for one in content.suggested_spans
        )
        return +found.left_out

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write all tasks, yielding how many are written."""
        file = target.open()
        source.proof.clear()
        file.write(b"[")
        for count, content in enumerate(source.contents, 1):
            file.write(b"\n" if count == 1 else b",\n")
            file.write(orjson.dumps(_task(content, source, count)))
            text = content.article.text
            proposed = [(one.label, [text[one.start : one.end]]) for one in content.suggested_spans]
            found = flats.flat(content, source.scheme)
            covered = [*flats.pieces(found.stretches, text), *proposed]
            source.proof.wrote(str(count), text, covered)
            yield count
        file.write(b"\n]\n")

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the file with the importer, yielding how many tasks agree."""
        count = 0
        for item in LabelStudioImporter().read(path, ImportOptions()) if len(source.proof) else ():
            if isinstance(item, Note):
                continue
            assert isinstance(item, Draft)
            count += 1
            spans, text = item.marks.spans if item.marks else (), item.text
            covered = ((one.label, [text[start:end] for start, end in one.fragments]) for one in spans)
            source.proof.check(str(count), text, covered)
            yield count
        source.proof.check_count(count)


def _task(content: ArticleContent, source: ExportSource, number: int) -> dict[str, Any]:
    article = content.article
    annotations = [
        _annotation(part, source, source.annotators[own])
        for own, part in flats.by_annotator(content)
        if own is not None
    ]
    by_model: dict[tuple[str, float], list[SuggestedSpan]] = {}
    for one in sorted(content.suggested_spans, key=lambda one: (one.suggester, one.score, one.start, one.id)):
        by_model.setdefault((one.suggester, one.score), []).append(one)
    return {
        "id": number,
        "data": {"text": article.text, "name": article.name, **dict(sorted(article.meta.items()))},
        "annotations": annotations,
        "predictions": [
            {
                "model_version": model,
                "score": score,
                "result": [_labelled(one, article.text) for one in spans],
            }
            for (model, score), spans in by_model.items()
        ],
    }


def _annotation(content: ArticleContent, source: ExportSource, annotator: Annotator) -> dict[str, Any]:
    found = flats.flat(content, source.scheme)
    text = content.article.text
    results: list[dict[str, Any]] = []
    for one in found.stretches:
        region = _labelled(one, text)
        if one.span.note:
            region["meta"] = {"text": [one.span.note]}
        results.append(region)
        results += _said(one, region)
    results += [
        {
            "type": _RELATION,
            "from_id": id_text(one.start),
            "to_id": id_text(one.end),
            "direction": "right",
            "labels": [one.label],
        }
        for one in found.links
    ]
    results += _categories([one.label for one in content.labels])
    return {"annotator": annotator.name, "result": results}


def _labelled(one: flats.Stretch | SuggestedSpan, text: str) -> dict[str, Any]:
    value = {"start": one.start, "end": one.end, "text": text[one.start : one.end], "labels": [one.label]}
    return {
        "id": id_text(one.id),
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": value,
    }


def _said(one: flats.Stretch, region: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a result for each attribute of a span: of the same region, named like the attribute."""
    for name, value in sorted(one.span.attributes.items()):
        yield {
            "id": region["id"],
            "from_name": name,
            "to_name": "text",
            "type": "choices",
            "value": {"start": one.start, "end": one.end, "choices": [value]},
        }


def _categories(labels: Sequence[str]) -> list[dict[str, Any]]:
    if not labels:
        return []
    value = {"choices": list(labels)}
    return [{"from_name": "article", "to_name": "text", "type": "choices", "value": value}]


FORMAT = Format(
    "label_studio",
    "Label Studio tasks (JSON)",
    SUFFIXES,
    LabelStudioImporter(),
    LabelStudioExporter(),
    about=(
        "A list of tasks as Label Studio imports and exports them: data, annotations with results, "
        "predictions. Positions are characters of the plain text. In the labelling interface, the text "
        "is called `text`, the labels `label`, and what is asked of a span as its attribute is."
    ),
    example=(
        '[{"id":1,"data":{"text":"She said no."},"annotations":[{"annotator":"Anna","result":['
        '{"id":"a","from_name":"label","to_name":"text","type":"labels",'
        '"value":{"start":9,"end":11,"text":"no","labels":["CLAIM"]}}]}],"predictions":[]}]'
    ),
    lost=(
        "gaps in spans: a span in pieces is written as one stretch",
        "frames that are no link of two spans; attributes and notes of links and of labels of the article",
        "actors, claim cards, when a record was made",
        "recorded emptiness, suggested frames, that a suggestion was rejected",
    ),
)
