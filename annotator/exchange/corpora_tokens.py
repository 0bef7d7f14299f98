"""Reads DyGIE++: sentences of tokens, and marks that name their first and last token."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from annotator.exchange.corpora_json import draft_of, dropped
from annotator.exchange.json_lines import Row
from annotator.exchange.json_records import label_of
from annotator.exchange.record_faults import Fault, kind_of, list_of, offset_of
from annotator.model.formats import Draft
from annotator.model.marks import EndMark, FrameMark, Marks, SpanMark

_READ = ("doc_key", "sentences", "ner", "relations")
_BY_SENTENCE = "events"
_NOT_READ = ("clusters", _BY_SENTENCE, "event_clusters")


def dygie(row: Row, file: str) -> Draft:
    """Return the article of a record: a line for each sentence, a blank between tokens."""
    text, places = "", list[tuple[int, int]]()
    for at, sentence in enumerate(list_of(row.values, "sentences")):
        if not isinstance(sentence, list) or not all(isinstance(one, str) for one in sentence):
            raise Fault(f"sentences[{at}]", f"it is {kind_of(sentence)}, it has to be a list of tokens")
        for number, token in enumerate(sentence):
            text += " " if number else ""
            places.append((len(text), len(text) + len(token)))
            text += token
        text += "\n"
    spans: dict[str, SpanMark] = {}
    for where, one in _marks(row.values, "ner", 3):
        start, end = _place(one, places, where)
        key = f"{one[0]} {one[1]}"
        key = f"{key} {one[2]}" if key in spans else key  # relations do not tell which of the two they mean
        spans[key] = SpanMark(key, label_of(one[2], where), ((start, end),), text[start:end])
    frames = [
        FrameMark(
            where,
            label_of(one[4], where),
            (EndMark("from", f"{one[0]} {one[1]}"), EndMark("to", f"{one[2]} {one[3]}")),
            is_ordered=True,
        )
        for where, one in _marks(row.values, "relations", 5)
    ]
    left_out = Counter({name: _count(row.values, name) for name in _NOT_READ})
    own = row._replace(values={**row.values, "text": text, "id": row.values.get("doc_key")})
    marks = Marks([*spans.values()], frames)
    return draft_of(own, file, "text", marks, but=(*_READ, *_NOT_READ), notes=dropped(+left_out))


def _marks(values: Mapping[str, Any], field: str, fewest: int) -> Iterator[tuple[str, list[Any]]]:
    """Yield the marks of all sentences; more than these numbers and names may stand in them."""
    for at, some in enumerate(list_of(dict(values), field)):
        for number, one in enumerate(some if isinstance(some, list) else [some]):
            where = f"{field}[{at}][{number}]"
            if not isinstance(one, list) or len(one) < fewest:
                raise Fault(where, f"it is {kind_of(one)}, it has to be a list of {fewest} values")
            yield where, one


def _place(one: list[Any], places: list[tuple[int, int]], where: str) -> tuple[int, int]:
    first, last = (offset_of(number, where) for number in one[:2])
    if not 0 <= first <= last < len(places):
        raise Fault(where, f"tokens {first} to {last} are not there; there are {len(places):,}")
    return places[first][0], places[last][1]


def _count(values: Mapping[str, Any], field: str) -> int:
    """Count what is not read; events stand in a list for each sentence."""
    held = values.get(field)
    found = held if isinstance(held, list) else []
    if field == _BY_SENTENCE:
        found = [one for some in found if isinstance(some, list) for one in some]
    return len(found)
