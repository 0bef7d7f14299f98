"""Format `label_studio`: tasks as Label Studio imports and exports them (JSON), and its configuration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from annotator.exchange import flat as flats
from annotator.exchange.files import beside
from annotator.exchange.json_records import check_drafts
from annotator.exchange.tools.label_studio_conf import (
    ARTICLE,
    LABEL,
    TEXT,
    Controls,
    conf_text,
    meant,
    read_again,
)
from annotator.exchange.tools.label_studio_in import CONF, RELATION, SUFFIXES, LabelStudioImporter
from annotator.model.columns import total
from annotator.model.formats import ExportSource, Format, Target
from annotator.model.ids import Id, id_text, id_texts
from annotator.model.proof import not_whole
from annotator.model.records import Annotator, ArticleContent, ArticleLabel, Frame, SuggestedSpan

_KEEPS = (flats.MADE_BY, flats.ARTICLE_LABELS, flats.SUGGESTIONS, flats.ATTRIBUTES, flats.NOTES)


class LabelStudioExporter:
    """Writes one task per article, with an annotation per annotator, and suggestions as predictions."""

    suffix = ".json"
    needs_texts = False

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what tasks cannot hold."""
        left_out: Counter[str] = Counter()
        rest: list[ArticleLabel | Frame] = [*content.labels]
        for *_, found in source.once(_parts, content):
            left_out += found.left_out
            rest += found.frames
        proposed = content.suggested_spans
        left_out[flats.ATTRIBUTES] += sum(len(one.attributes) for one in [*rest, *proposed])
        left_out[flats.NOTES] += sum(bool(one.note) for one in rest)
        left_out[flats.PIECES] += sum(len(one.fragments) > 1 for one in proposed)
        left_out["suggested frames"] += len(content.suggested_frames)
        left_out["that suggestions were rejected"] += sum(one.state == "rejected" for one in proposed)
        return +left_out

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write all tasks, yielding how many are written."""
        target.open(CONF).write(conf_text(source.scheme).encode())
        file = target.open()
        controls = Controls(source.scheme)
        file.write(b"[")
        for count, content in enumerate(source.contents, 1):
            file.write(b"\n" if count == 1 else b",\n")
            file.write(orjson.dumps(_task(content, source, controls, count)))
            text = content.article.text
            proposed = [(one.label, [text[one.start : one.end]]) for one in content.suggested_spans]
            parts = source.once(_parts, content)
            covered = [one for *_, found in parts for one in flats.pieces(found.stretches, text)]
            source.proof.wrote(str(count), text, [*covered, *proposed])
            yield count
        file.write(b"\n]\n")

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the configuration, and the tasks with the importer, yielding how many agree."""
        if read_again(beside(path, CONF).read_bytes()) != meant(source.scheme):
            raise not_whole(CONF)
        return check_drafts(LabelStudioImporter(), path, source.proof)


def _parts(content: ArticleContent, source: ExportSource) -> list[flats.Part]:
    return flats.flat_parts(content, source.scheme, _KEEPS)


def _task(content: ArticleContent, source: ExportSource, controls: Controls, number: int) -> dict[str, Any]:
    article = content.article
    annotations = [
        _annotation(part, found, controls, source.annotators[own])
        for own, part, found in source.once(_parts, content)
        if own is not None
    ]
    by_model: dict[tuple[str, float], list[SuggestedSpan]] = {}
    for one in sorted(content.suggested_spans, key=lambda one: (one.suggester, one.score, one.start, one.id)):
        by_model.setdefault((one.suggester, one.score), []).append(one)
    return {
        "id": number,
        "data": {**dict(sorted(article.meta.items())), "text": article.text, "name": article.name},
        "annotations": annotations,
        "predictions": [
            {
                "model_version": model,
                "score": score,
                "result": [_labelled(one, id_text(one.id), article.text, controls) for one in spans],
            }
            for (model, score), spans in by_model.items()
        ],
    }


def _annotation(
    content: ArticleContent, found: flats.Flat, controls: Controls, annotator: Annotator
) -> dict[str, Any]:
    text = content.article.text
    results: list[dict[str, Any]] = []
    says_more = any(total(content.spans, name, len) for name in ("note", "attributes"))
    ids = [one.id for one in found.stretches]
    called = dict(zip(ids, id_texts(ids), strict=True))
    for one in found.stretches:
        region = _labelled(one, called[one.id], text, controls)
        results.append(region)
        if says_more:
            if one.span.note:
                region["meta"] = {"text": [one.span.note]}
            results += _said(one, region, controls)
    results += [
        {
            "type": RELATION,
            "from_id": called[one.start],
            "to_id": called[one.end],
            "direction": "right",
            "labels": [one.label],
            **one.more,
        }
        for one in found.links
    ]
    results += _categories(content.labels, controls)
    return {"annotator": annotator.name, "result": results}


def _labelled(
    one: flats.Stretch | SuggestedSpan, called: str, text: str, controls: Controls
) -> dict[str, Any]:
    value = {"start": one.start, "end": one.end, "text": text[one.start : one.end], "labels": [one.label]}
    return {
        "id": called,
        "from_name": controls.own[LABEL],
        "to_name": controls.own[TEXT],
        "type": "labels",
        "value": value,
    }


def _said(one: flats.Stretch, region: Mapping[str, Any], controls: Controls) -> Iterator[dict[str, Any]]:
    """Yield a result for each attribute of a span: of the same region, named like the attribute."""
    for name, value in sorted(one.span.attributes.items()):
        kind, field = ("choices", "choices") if controls.is_choice(name) else ("textarea", "text")
        yield {
            "id": region["id"],
            "from_name": name,
            "to_name": controls.own[TEXT],
            "type": kind,
            "value": {"start": one.start, "end": one.end, field: [value]},
        }


def _categories(labels: Sequence[ArticleLabel], controls: Controls) -> list[dict[str, Any]]:
    if not labels:
        return []
    # Label Studio's own checks look for an id with every result.
    names = {"id": id_text(labels[0].id), "from_name": controls.own[ARTICLE], "to_name": controls.own[TEXT]}
    return [{**names, "type": "choices", "value": {"choices": flats.names_of(labels)}}]


FORMAT = Format(
    "label_studio",
    "Label Studio tasks (JSON)",
    SUFFIXES,
    LabelStudioImporter(),
    LabelStudioExporter(),
    about=(
        "A list of tasks as Label Studio imports and exports them: data, annotations with results, "
        "predictions. Positions are characters of the plain text. Beside the tasks, a file .labels.xml holds "
        "the configuration of the labelling interface for this scheme, with its colours: paste it under "
        "Settings, Labeling Interface, Code. A frame of other than two ends is several relations, which "
        "say in `frame` and `roles` what they are parts of. Label Studio 1.23 gives all back as it was, but "
        "says that whoever brings tasks in made their annotations, of proposals gives the numbers alone, and "
        "drops `frame` and `roles` where an annotation is changed there (then roles are told as for "
        "`doccano`). Read are also JSON-MIN, CSV and TSV "
        "(regions and answers about the whole text; of answers about regions none of the three says about "
        "which, and relations are not in them), tasks inside records of projects, dialogues (who "
        "says it stands before it, and is in no span), pages of HTML (as their text), and several texts of "
        "one task, each as an article; answers that are no labels are kept as remarks. Where questions about "
        "the whole text have a choice in common, their labels begin with the question (`Food: good`). "
        "Annotations without "
        "their tasks find these beside them, by their numbers, or a text that is called after the number."
    ),
    example=(
        '[{"id":1,"data":{"text":"She said no."},"annotations":[{"annotator":"Anna","result":['
        '{"id":"a","from_name":"label","to_name":"text","type":"labels",'
        '"value":{"start":9,"end":11,"text":"no","labels":["CLAIM"]}}]}],"predictions":[]}]'
    ),
    lost=(
        "gaps in spans: a span in pieces is written as one stretch",
        "frames that do not link two spans, and ends of others that are no spans",
        "attributes and notes of frames and of labels of the article",
        "actors, claim cards, when a record was made",
        "recorded emptiness, suggested frames, that a suggestion was rejected",
    ),
)
