"""Format `sentences`: a record per sentence with its labels and spans; only written."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson

from annotator.exchange import flat as flats
from annotator.exchange.claims.stance_pairs import trimmed
from annotator.exchange.json_records import covered, other_words
from annotator.exchange.units import OFFSETS, unit_chosen
from annotator.model import left_out as gone
from annotator.model.errors import UserError
from annotator.model.formats import ExportSource, Format, Target
from annotator.model.ids import Id, id_from_text, id_text
from annotator.model.proof import Piece
from annotator.model.raw_offsets import bounds_in
from annotator.model.records import ArticleContent, Span
from annotator.model.tokens import Bounds


class SentencesExporter:
    """Writes every sentence, also those without a label; none ends within a span."""

    suffix = ".jsonl"

    def losses(self, content: ArticleContent, _source: ExportSource) -> Counter[str]:
        """Count what the records do not hold."""
        above = ((one.actor is not None) + (one.claim_card is not None) for one in content.spans)
        return +Counter(
            {
                gone.FRAMES: len(content.frames),
                flats.NOTES: sum(bool(one.note) for one in content.spans),
                flats.ABOVE: sum(above),
                **flats.beside(content),
            }
        )

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write the records, yielding how many articles are written."""
        file = target.open()
        unit = unit_chosen(source.chosen)
        for count, content in enumerate(source.contents, 1):
            records = _Records(content, source, bounds_in(content.article.text, unit))
            lines: list[bytes] = []
            meant: list[Piece] = []
            for number, (place, spans) in enumerate(_sentences(content)):
                record = records.of(number, place, spans)
                lines.append(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
                meant += _meant(content.article.text, number, place, spans, source)
            file.writelines(lines)
            source.proof.wrote(records.article, "", meant)
            yield count

    def verify(self, path: Path, texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the records, comparing every sentence and every piece of a span with its article."""
        unit = unit_chosen(source.chosen)
        count = 0
        with path.open("rb") as file:
            for article, records in groupby(map(orjson.loads, file), itemgetter("article")):
                text = texts[id_from_text(article)]
                bounds = bounds_in(text, unit)
                read = [piece for record in records for piece in _read(record, text, bounds)]
                source.proof.check(article, "", read)
                count += 1
                yield count
        source.proof.check_count(count)


def _meant(
    text: str, number: int, place: Bounds, spans: Sequence[Span], source: ExportSource
) -> Iterator[Piece]:
    """Yield what a record is meant to tell: the sentence, then its spans."""
    is_claim = any(source.scheme.meaning(one.label) == "CLAIM" for one in spans)
    yield f"{number} {is_claim}", [text[place[0] : place[1]]]
    for one in spans:
        places = [text[start:end] for start, end in one.fragments]
        facts = [f"{name}={value}" for name, value in sorted(one.attributes.items())]
        yield f"{number} {one.label}", [*places, *facts, source.annotators[one.annotator].name]


def _sentences(content: ArticleContent) -> Iterator[tuple[Bounds, list[Span]]]:
    """Yield each sentence with the spans in it; a span is in one sentence alone."""
    text = content.article.text
    spans = sorted([(one.start, one.end, one.label, one.id, one) for one in content.spans])
    sentences = flats.sentences_of(text, content.spans) or [(0, 0)]  # one of blanks alone is an empty one
    sentences[-1] = (sentences[-1][0], len(text))  # a span may cover the blanks at the end of the text alone
    at = 0
    for bounds in sentences:
        start, end = trimmed(text, bounds)
        own = []
        while at < len(spans) and spans[at][0] < bounds[1]:
            first, last, *_, span = spans[at]
            start, end = min(start, first), max(end, last)
            own.append(span)
            at += 1
        yield (start, max(start, end)), own


class _Records:
    """Makes the records of one article."""

    def __init__(self, content: ArticleContent, source: ExportSource, bounds: Sequence[int]) -> None:
        self.article = id_text(content.article.id)
        self._text = content.article.text
        self._source = source
        self._bounds = bounds

    def of(self, number: int, place: Bounds, spans: Sequence[Span]) -> dict[str, Any]:
        start, end = place
        labels = sorted({one.label for one in spans})
        return {
            "id": f"{self.article}-{number}",
            "article": self.article,
            "number": number,
            "start": self._at(start),
            "end": self._at(end),
            "text": self._text[start:end],
            "is_claim": "CLAIM" in map(self._source.scheme.meaning, labels),
            "labels": labels,
            "spans": [self._span(one, start) for one in spans],
        }

    def _span(self, span: Span, first: int) -> dict[str, Any]:
        base = self._at(first)
        pieces = [[self._at(start) - base, self._at(end) - base] for start, end in span.fragments]
        return {
            "start": pieces[0][0],
            "end": pieces[-1][1],
            "label": span.label,
            "text": self._text[span.start : span.end],
            "pieces": pieces,
            "attributes": [{"name": name, "value": value} for name, value in sorted(span.attributes.items())],
            "annotator": self._source.annotators[span.annotator].name,
        }

    def _at(self, place: int) -> int:
        return self._bounds[place] if self._bounds else place


def _read(record: Mapping[str, Any], text: str, bounds: Sequence[int]) -> Iterator[Piece]:
    def covered_at(start: int, end: int) -> str:
        places = (start, end)
        if bounds:
            start, end = bisect_left(bounds, start), bisect_left(bounds, end)
            if places != (*bounds[start : start + 1], *bounds[end : end + 1]):
                start = -1  # within a character
        return covered(text, start, end)

    base, number, spans = record["start"], record["number"], record["spans"]
    if covered_at(base, record["end"]) != record["text"]:
        raise other_words(record["id"])
    if record["id"] != f"{record['article']}-{number}":
        raise ValueError(record["id"])
    if any(covered_at(base + one["start"], base + one["end"]) != one["text"] for one in spans):
        raise other_words(record["id"])
    if record["labels"] != sorted({one["label"] for one in spans}):
        raise UserError(
            "The record {name} does not have the labels of its spans; nothing was put in place.",
            name=record["id"],
        )
    yield f"{number} {record['is_claim']}", [record["text"]]
    for one in spans:
        places = [covered_at(base + start, base + end) for start, end in one["pieces"]]
        facts = [f"{fact['name']}={fact['value']}" for fact in one["attributes"]]
        yield f"{number} {one['label']}", [*places, *facts, one["annotator"]]


FORMAT = Format(
    "sentences",
    "Sentences with labels and spans (JSONL)",
    (".jsonl",),
    exporter=SentencesExporter(),
    about=(
        "A line per sentence, also of those that have no label, for claim detection and other tasks by "
        'sentence; loads with `datasets.load_dataset("json", data_files=…)`. `start` and `end` of a sentence '
        "count in its article, those of a span in its sentence; `pieces` are those of a span in pieces. "
        "No sentence ends within a span."
    ),
    example=(
        '{"id":"019b8d0e-5100-7000-8000-00000000000a-0","article":"019b8d0e-5100-7000-8000-00000000000a",'
        '"number":0,"start":0,"end":12,"text":"She said no.","is_claim":true,"labels":["CLAIM"],"spans":'
        '[{"start":9,"end":11,"label":"CLAIM","text":"no","pieces":[[9,11]],"attributes":[],'
        '"annotator":"Anna"}]}'
    ),
    lost=(
        "frames, notes, actors, claim cards, when a record was made",
        "title and facts of the article, kinds of its paragraphs, its labels",
        "recorded emptiness, suggestions",
    ),
    options_out=(OFFSETS,),
)
