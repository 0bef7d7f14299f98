"""Format `spacy_json`: spaCy's JSON, in and out: as `Doc.to_json` gives it, or texts with entities."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from annotator.exchange import flat as flats
from annotator.exchange.file_names import Turns
from annotator.exchange.files import read_start, shown
from annotator.exchange.json_lines import Row, first_record, of_pair, preview_records
from annotator.exchange.json_records import covered, facts_of, label_of, read_drafts, stretch_of, triples
from annotator.exchange.record_faults import Fault, kind_of, objects_of, text_of
from annotator.exchange.token_proof import but_tokens
from annotator.exchange.training.spacy_tokens import GROUP, spacy_tokens
from annotator.exchange.training.spacy_training import is_training, places_of, training_drafts
from annotator.exchange.unread_fields import json_fields
from annotator.model.errors import UserError
from annotator.model.formats import (
    Draft,
    ExportSource,
    Format,
    ImportOptions,
    Item,
    Option,
    Preview,
    Problem,
    Target,
)
from annotator.model.ids import Id
from annotator.model.marks import ArticleMark, Marks, SpanMark
from annotator.model.records import ArticleContent
from annotator.model.tokens import Bounds, ends_of

SUFFIXES = (".json", ".jsonl")
_PAIRS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[(?:\s*\[)?\s*\"")
_OWN = frozenset({"text", "ents", "entities", "spans", "cats", "tokens", "sents"})
Labelled = tuple[str, Bounds]
"""A label, and where it stands."""
_PAIRED = "annotations"
_CUT = "spans that begin or end with a blank, cut to their words"


class _Token(msgspec.Struct, gc=False):
    """A token as spaCy has it; there are hundreds in each text."""

    id: int
    start: int
    end: int


class SpacyJsonImporter:
    """Reads entities, groups of spans and categories, of both shapes."""

    fields = staticmethod(json_fields)

    def recognises(self, path: Path) -> bool:
        """Tell by pairs of a text and an object, or the fields of the first record."""
        if path.suffix.lower() not in SUFFIXES:
            return False
        if _PAIRS.match(read_start(path)):
            return bool({"entities", "spans", "cats"} & first_record(path, has_pairs=True).keys())
        first = first_record(path)
        if is_training(first) or _is_tagged(first) or _counts_tokens(first):
            return True
        if _is_of_others(first):
            return False
        ents, cats = first.get("ents") or first.get("entities"), first.get("cats")
        is_doc = isinstance(ents, list) or isinstance(first.get("spans"), dict)
        is_shown = isinstance(ents, list) and any(
            isinstance(one, dict) and {"start", "label"} <= one.keys() for one in ents
        )
        is_shown = is_shown or (isinstance(cats, dict) and bool(cats))
        return isinstance(first.get("text"), str) and (
            is_shown or (is_doc and isinstance(first.get("tokens"), list))
        )

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return how many texts there are, and the start of the first one."""
        return preview_records(path, options, has_pairs=True)

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield one article per text."""
        turns = Turns()
        for item in read_drafts(path, options, _drafts, has_pairs=True):
            if isinstance(item, Draft) and not item.key:
                yield replace(item, turn=turns.next_of(item.text))
            else:
                yield item


def _is_of_others(values: Mapping[str, Any]) -> bool:
    """Tell whether entities are said to be linked or whose they are, or tokens have no place: not here."""
    entities, tokens = values.get("entities"), values.get("tokens")
    own = [one for one in entities if isinstance(one, dict)] if isinstance(entities, list) else []
    is_more = bool(own) and (bool(values.get("relations")) or any("annotator" in one for one in own))
    objects = [one for one in tokens if isinstance(one, dict)] if isinstance(tokens, list) else []
    return is_more or any("start" not in one for one in objects)


def _is_tagged(values: Mapping[str, Any]) -> bool:
    """Tell whether a record is a file of pairs with their labels beside, as NER Annotator writes it."""
    pairs = values.get(_PAIRED)
    return (
        isinstance(pairs, list) and "classes" in values and all(isinstance(one, list | None) for one in pairs)
    )


def _drafts(row: Row, file: str) -> Iterable[Draft | Problem]:
    if is_training(row.values):
        return training_drafts(row, file)
    return _paired(row, file) if _is_tagged(row.values) else [_draft(row, file)]


def _paired(row: Row, file: str) -> Iterator[Draft | Problem]:
    """Yield the texts of a file of pairs; nothing stands for one that was skipped."""
    for number, one in enumerate(row.values[_PAIRED], 1):
        if one is None:
            continue
        try:
            values = of_pair(one)
            if not isinstance(values, dict):
                raise Fault(
                    "", f"it is {kind_of(values)}, it has to be a text and an object with its entities"
                )
            yield replace(_draft(Row(number, b"", values), file), line=row.line)
        except Fault as fault:
            yield Problem(shown(file), str(fault), row.line, fault.inside(f"{_PAIRED}[{number - 1}]").field)


def _draft(row: Row, file: str) -> Draft:
    values = row.values
    spans = [
        SpanMark(f"span {at}", label, (place,)) for at, (label, place) in enumerate(_stretches(values), 1)
    ]
    return Draft(
        f"{file}:{row.line}",
        text_of(values, "text"),
        meta=facts_of(values, but=_OWN),
        line=row.line,
        marks=Marks(spans, (), _categories(values.get("cats")), is_unbroken=True),
    )


def _counts_tokens(values: Mapping[str, Any]) -> bool:
    """Tell whether spans lie from token to token, as displaCy shows spans that overlap."""
    spans, tokens = values.get("spans"), values.get("tokens")
    return (
        isinstance(spans, list)
        and any(isinstance(one, dict) and "start_token" in one and "start" not in one for one in spans)
        and isinstance(tokens, list)
        and all(isinstance(one, str) for one in tokens)
    )


def _by_tokens(values: dict[str, Any]) -> Iterator[Labelled]:
    places = places_of(text_of(values, "text"), values["tokens"], "tokens")
    for at, one in enumerate(objects_of(values, "spans")):
        first, after = one.get("start_token"), one.get("end_token")
        if type(first) is not int or type(after) is not int or not 0 <= first < after <= len(places):
            raise Fault(
                f"spans[{at}]", f"it has to lie from start_token to end_token of {len(places)} tokens"
            )
        yield label_of(one.get("label"), f"spans[{at}].label"), (places[first][0], places[after - 1][1])


def _stretches(values: dict[str, Any]) -> list[Labelled]:
    """Return labels with their stretches; what is an entity is in a group as well, and counts once."""
    entities = values.get("entities")
    are_records = isinstance(entities, list) and any(isinstance(one, dict) for one in entities)
    found = [*_records(values, "ents")]
    found += _records(values, "entities") if are_records else _triples(entities, "entities")
    groups = values.get("spans") or {}
    if _counts_tokens(values):
        found += _by_tokens(values)
    elif isinstance(groups, list):
        found += _group(values, "spans", "")
    elif isinstance(groups, dict):
        found += (one for name in groups for one in _group(groups, name, "spans."))
    else:
        raise Fault("spans", f"it is {kind_of(groups)}, it has to be an object of groups, or a list of spans")
    return list(dict.fromkeys(reversed(found)))[::-1]


def _group(values: dict[str, Any], name: str, where: str) -> Iterable[Labelled]:
    group = values[name]
    is_bare = isinstance(group, list) and group and all(isinstance(one, list) for one in group)
    return _triples([one[:3] for one in group], where + name) if is_bare else _records(values, name, where)


def _records(values: dict[str, Any], field: str, where: str = "") -> Iterator[Labelled]:
    for at, one in enumerate(objects_of(values, field, where)):
        label, start, end = one.get("label"), one.get("start"), one.get("end")
        if type(label) is str and label.strip() and type(start) is type(end) is int:  # as nearly always
            yield label, (start, end)
            continue
        place = f"{where}{field}[{at}]"
        yield label_of(one.get("label"), f"{place}.label"), stretch_of(one, place)


def _triples(values: object, where: str) -> list[Labelled]:
    return [(one.label, one.fragments[0]) for one in triples(values, where)]


def _categories(values: object) -> list[ArticleMark]:
    """Return the categories that hold: each has a number from 0 to 1."""
    if values is None:
        return []
    if not isinstance(values, dict):
        raise Fault("cats", f"it is {kind_of(values)}, it has to be an object of labels and numbers")
    for name, value in values.items():
        if not isinstance(value, int | float):
            raise Fault(f"cats.{name}", f"it is {kind_of(value)}, it has to be a number from 0 to 1")
    return [ArticleMark(label_of(name, "cats")) for name, value in values.items() if value >= 0.5]


class SpacyJsonExporter:
    """Writes all spans into the group `sc`, and the longest of those that overlap as entities."""

    suffix = ".json"
    needs_texts = False

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what spaCy has no place for."""
        return source.once(_flat, content).left_out

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write a list of all articles, yielding how many are written."""
        file = target.open()
        file.write(b"[")
        record_of = _as_pair if source.chosen.get("shape") == "training" else _as_doc
        for count, content in enumerate(source.contents, 1):
            found, text = source.once(_flat, content), content.article.text
            cats = {one.label: 1.0 for one in content.labels}
            line = msgspec.json.encode(record_of(text, found.stretches, cats))
            file.writelines([b"\n" if count == 1 else b",\n", line])
            source.proof.wrote(str(count), text, flats.pieces(found.stretches, text))
            yield count
        file.write(b"\n]\n")

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the file, yielding how many articles agree."""
        count = 0
        for count, line in enumerate(_written(path) if len(source.proof) else (), 1):
            values = of_pair(but_tokens(line))
            text = text_of(values, "text")
            pieces = ((label, [covered(text, *pair)]) for label, pair in _stretches(values))
            source.proof.check(str(count), text, pieces)
            yield count
        source.proof.check_count(count)


def _written(path: Path) -> Iterator[bytes]:
    """Yield the records of a list, a line each; raises UserError where it is not written so."""
    with path.open("rb") as file:
        goes_on = file.readline() == b"[\n"
        number = 1
        while goes_on:
            line = file.readline()
            goes_on = line.endswith(b",\n")
            yield line[: -2 if goes_on else -1]
            number += 1
        if number == 1 or file.read() != b"]\n":
            raise UserError("The written file cannot be read again in line {line}.", line=number)


def _flat(content: ArticleContent, source: ExportSource) -> flats.Flat:
    """Return spans from word to word: spaCy has no place for others."""
    found = flats.flat(content, source.scheme, (flats.ARTICLE_LABELS,), links=False, blanks=False)
    text = content.article.text
    cut: dict[tuple[str, int, int], flats.Stretch] = {}
    for one in found.stretches:
        if text[one.start].isspace() or text[one.end - 1].isspace():
            found.left_out[_CUT] += 1
            covered = text[one.start : one.end]
            start = one.start + len(covered) - len(covered.lstrip())
            one = replace(one, start=start, end=start + len(covered.strip()))
        cut.setdefault((one.label, one.start, one.end), one)
    found.left_out[flats.SAME] += len(found.stretches) - len(cut)
    found.stretches = list(cut.values())
    found.left_out = +found.left_out
    return found


def _as_pair(text: str, stretches: list[flats.Stretch], cats: Mapping[str, float]) -> list[Any]:
    entities = [[one.start, one.end, one.label] for one in flats.longest_first(stretches)]
    every = [[one.start, one.end, one.label] for one in stretches]
    return [text, {"entities": entities, "spans": {GROUP: every}, "cats": cats}]


def _as_doc(text: str, stretches: list[flats.Stretch], cats: Mapping[str, float]) -> dict[str, Any]:
    words, starts, _ = spacy_tokens(text, stretches)
    ends = ends_of(words, starts)
    return {
        "text": text,
        "ents": [
            {"start": one.start, "end": one.end, "label": one.label} for one in flats.longest_first(stretches)
        ],
        "cats": cats,
        "tokens": [*map(_Token, itertools.count(), starts, ends)],
        "spans": {
            GROUP: [
                {"start": one.start, "end": one.end, "label": one.label, "kb_id": ""} for one in stretches
            ]
        },
    }


FORMAT = Format(
    "spacy_json",
    "spaCy JSON (Doc.to_json, or texts with entities)",
    SUFFIXES,
    SpacyJsonImporter(),
    SpacyJsonExporter(),
    about=(
        "A list of texts as `Doc.to_json` gives and `Doc.from_json` takes them, or pairs of a text and what "
        "is said of it, as `Example.from_dict` takes it. All spans are in the group `sc`; as entities, of "
        "those that overlap the longest. Labels of the article are categories. Positions are characters. "
        "Pairs may also stand on a line each. "
        "Read are also the paragraphs of tokens that spaCy 2 trained on, and what NER Annotator saves."
    ),
    example=(
        '[["The mayor said no.",{"entities":[[0,9,"SOURCE"],[15,17,"CLAIM"]],'
        '"spans":{"sc":[[0,9,"SOURCE"],[15,17,"CLAIM"]]},"cats":{}}]]'
    ),
    lost=(
        "gaps in spans, and blanks at their ends: a span is one stretch from word to word",
        "frames, attributes, notes, actors, claim cards, recorded emptiness, suggestions",
        "who made a record and when; name, title and facts of the article",
    ),
    options_out=(
        Option(
            "shape",
            "Shape",
            ("doc", "training"),
            ("as Doc.to_json gives it", "pairs of a text and its entities"),
        ),
    ),
)
