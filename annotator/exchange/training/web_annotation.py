"""Format `web_annotation`: W3C Web Annotation (JSON-LD) beside the texts; only written."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from annotator.exchange.file_names import FileNames
from annotator.exchange.files import TABLE_LIMIT, TEXT_FILE_LIMIT, read_bytes
from annotator.exchange.units import OFFSETS, unit_chosen
from annotator.model.errors import UserError
from annotator.model.formats import ExportSource, Format, Target
from annotator.model.ids import Id, id_text
from annotator.model.marks import Unit
from annotator.model.proof import Piece
from annotator.model.raw_offsets import bounds_in
from annotator.model.records import ABOVE_KINDS, Annotator, ArticleContent, ArticleLabel, Frame, Span

_CONTEXT = '["http://www.w3.org/ns/anno.jsonld",{"role":"urn:annotator:role"}]'
_POSITION, _QUOTE = "TextPositionSelector", "TextQuoteSelector"
_AROUND = 32
"""Characters of the text before and after that a selector by quotation carries."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class WebAnnotationExporter:
    """Writes a text per article and one page of annotations."""

    suffix = ""
    needs_texts = False

    def losses(self, content: ArticleContent, _source: ExportSource) -> Counter[str]:
        """Count what annotations of texts cannot hold."""
        frames = [end for one in content.frames for end in one.roles]
        return +Counter(
            {
                "answers that nothing is there": len(content.nothing_here),
                "suggestions": len(content.suggested_spans) + len(content.suggested_frames),
                "facts of actors and claim cards, which are named by their ids alone": len(
                    {one.end for one in frames if one.kind in ABOVE_KINDS}
                    | {one.actor for one in content.spans if one.actor is not None}
                    | {one.claim_card for one in content.spans if one.claim_card is not None}
                ),
            }
        )

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write all texts and their annotations, yielding how many articles are written."""
        names = FileNames()
        unit = unit_chosen(source.chosen)
        for count, content in enumerate(source.contents, 1):
            stem, text = names.stem(content.article.name), content.article.text
            target.open(f"{stem}.txt").write(text.encode())
            made = _Annotations(text, f"{stem}.txt", unit, source.annotators)
            lines = [orjson.dumps(one) for one in made.of(content)]
            own = _urn(content.article.id)
            head = f'{{"@context":{_CONTEXT},"id":"{own}","type":"AnnotationPage","items":[\n'
            target.open(f"{stem}.jsonld").write(head.encode() + b",\n".join(lines) + b"\n]}\n")
            source.proof.wrote(stem, text, [("", [own]), *_meant(content, f"{stem}.txt", source.annotators)])
            yield count

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read texts and annotations, yielding how many articles agree."""
        unit = unit_chosen(source.chosen)
        for count, stem in enumerate(source.proof.keys(), 1):
            text = read_bytes(path / f"{stem}.txt", TEXT_FILE_LIMIT).decode()
            page = orjson.loads(read_bytes(path / f"{stem}.jsonld", TABLE_LIMIT))
            if (page["@context"], page["type"]) != (orjson.loads(_CONTEXT), "AnnotationPage"):
                raise ValueError(page["type"])
            bounds = bounds_in(text, unit)
            told = [(one["motivation"], _told(text, one, bounds, f"{stem}.txt")) for one in page["items"]]
            source.proof.check(stem, text, [("", [page["id"]]), *told])
            yield count
        source.proof.check_count(len(list(path.glob("*.jsonld"))))


def _meant(content: ArticleContent, name: str, annotators: Mapping[Id, Annotator]) -> Iterator[Piece]:
    """Yield what the annotations of an article have to tell, each in the order of `_told`."""
    text = content.article.text
    for span in content.spans:
        above = [one for one in (span.actor, span.claim_card) if one is not None]
        places = [f"{name} {text[start:end]}" for start, end in span.fragments]
        yield "tagging", [*places, *_said(span, above, annotators[span.annotator])]
    for frame in content.frames:
        ends = [f"{one.role} {_urn(one.end)}" for one in frame.roles] or [name]
        yield "linking", [*ends, *_said(frame, (), annotators[frame.annotator])]
    for label in content.labels:
        yield "classifying", [name, *_said(label, (), annotators[label.annotator])]


def _said(one: Span | Frame | ArticleLabel, above: Iterable[Id], by: Annotator) -> list[str]:
    facts = [f"TextualBody classifying {name}={value}" for name, value in sorted(one.attributes.items())]
    note = [f"TextualBody commenting {one.note}"] if one.note else []
    resources = (f"SpecificResource identifying {_urn(own)}" for own in above)
    bodies = [f"TextualBody tagging {one.label}", *resources, *facts, *note]
    kind = "Person" if by.kind == "person" else "Software"
    return [*bodies, "Annotation", _urn(one.id), _time(one.created), f"{kind} {by.name}"]


def _told(text: str, item: Mapping[str, Any], bounds: Sequence[int], name: str) -> list[str]:
    """Return what an annotation that was read again tells: what it is on, what it says, who made it."""
    targets = [_target_told(text, one, bounds, name) for one in item["target"]]
    bodies = [
        f"{one['type']} {one['purpose']} {one['source' if one['type'] == 'SpecificResource' else 'value']}"
        for one in item["body"]
    ]
    by = item["creator"]
    return [*targets, *bodies, item["type"], item["id"], item["created"], f"{by['type']} {by['name']}"]


def _target_told(text: str, target: Mapping[str, Any], bounds: Sequence[int], name: str) -> str:
    if "id" in target:
        return f"{target['role']} {target['id']}"
    if "selector" in target:
        return f"{target['source']} {_covered(text, target['selector'], bounds, name)}"
    return str(target["source"])


def _covered(text: str, selectors: Sequence[Mapping[str, Any]], bounds: Sequence[int], name: str) -> str:
    place, quote = selectors
    if (place["type"], quote["type"]) != (_POSITION, _QUOTE):
        raise ValueError(place["type"])
    start, end = place["start"], place["end"]
    if bounds:
        start, end = bisect_left(bounds, start), bisect_left(bounds, end)
    covered = text[start:end]
    around = (text[max(0, start - _AROUND) : start], text[end : end + _AROUND])
    if (covered, *around) != (quote["exact"], quote["prefix"], quote["suffix"]):
        raise UserError("An annotation that was written for {name!r} does not cover what it says.", name=name)
    return covered


class _Annotations:
    """Makes the annotations of one article."""

    def __init__(self, text: str, name: str, unit: Unit, annotators: Mapping[Id, Annotator]) -> None:
        self._text = text
        self._name = name
        self._bounds = bounds_in(text, unit)
        self._annotators = annotators

    def of(self, content: ArticleContent) -> Iterator[dict[str, Any]]:
        """Yield spans in the order of the text, then frames and labels of the article."""
        for span in sorted(content.spans, key=lambda one: (one.fragments, one.id)):
            yield self._record(span, "tagging", [self._target(*one) for one in span.fragments], _above(span))
        for frame in sorted(content.frames, key=lambda one: one.id):
            ends = [{"id": _urn(one.end), "role": one.role} for one in frame.roles]
            yield self._record(frame, "linking", ends or [{"source": self._name}], [])
        for label in content.labels:
            yield self._record(label, "classifying", [{"source": self._name}], [])

    def _record(
        self,
        one: Span | Frame | ArticleLabel,
        motivation: str,
        targets: Sequence[Mapping[str, Any]],
        more: Sequence[Mapping[str, str]],
    ) -> dict[str, Any]:
        bodies = [{"type": "TextualBody", "purpose": "tagging", "value": one.label}, *more]
        for name, value in sorted(one.attributes.items()):
            bodies.append({"type": "TextualBody", "purpose": "classifying", "value": f"{name}={value}"})
        if one.note:
            bodies.append({"type": "TextualBody", "purpose": "commenting", "value": one.note})
        who = self._annotators[one.annotator]
        kind = "Person" if who.kind == "person" else "Software"
        return {
            "id": _urn(one.id),
            "type": "Annotation",
            "motivation": motivation,
            "creator": {"type": kind, "name": who.name},
            "created": _time(one.created),
            "body": bodies,
            "target": list(targets),
        }

    def _target(self, start: int, end: int) -> dict[str, Any]:
        text, bounds = self._text, self._bounds
        first, last = (bounds[start], bounds[end]) if bounds else (start, end)
        quote = {
            "type": _QUOTE,
            "exact": text[start:end],
            "prefix": text[max(0, start - _AROUND) : start],
            "suffix": text[end : end + _AROUND],
        }
        place = {"type": _POSITION, "start": first, "end": last}
        return {"source": self._name, "selector": [place, quote]}


def _above(span: Span) -> list[dict[str, str]]:
    if span.actor is span.claim_card is None:
        return []
    found = [one for one in (span.actor, span.claim_card) if one is not None]
    return [{"type": "SpecificResource", "purpose": "identifying", "source": _urn(one)} for one in found]


@lru_cache(4096)
def _time(microseconds: int) -> str:
    """Return a time in words; many records were made in the same moment."""
    return (_EPOCH + timedelta(microseconds=microseconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _urn(record: Id) -> str:
    return f"urn:uuid:{id_text(record)}"


FORMAT = Format(
    "web_annotation",
    "W3C Web Annotation (JSON-LD)",
    (".jsonld",),
    exporter=WebAnnotationExporter(),
    about=(
        "A folder with each article as a text and a page of annotations beside it (.jsonld): a target per "
        "piece of a span, by position and by quotation; frames link the ids of what fills their roles."
    ),
    example=(
        '{"id":"urn:uuid:019b8d0e-5100-7000-8000-000000000016","type":"Annotation","motivation":"tagging",'
        '"body":[{"type":"TextualBody","purpose":"tagging","value":"CLAIM"}],"target":[{"source":"a.txt",'
        '"selector":[{"type":"TextPositionSelector","start":9,"end":11},'
        '{"type":"TextQuoteSelector","exact":"no","prefix":"She said ","suffix":"."}]}]}'
    ),
    lost=(
        "title, language and facts of the article, and the kinds of its paragraphs",
        "names and facts of actors and claim cards; recorded emptiness, suggestions",
    ),
    options_out=(OFFSETS,),
)
