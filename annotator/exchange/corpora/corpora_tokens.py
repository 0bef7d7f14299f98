"""Reads DyGIE++: sentences of tokens, and marks that name their first and last token."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from annotator.exchange.corpora.corpora_json import draft_of, dropped
from annotator.exchange.corpora.corpora_relations import Places, place_of, same, together
from annotator.exchange.json_lines import Row
from annotator.exchange.json_records import label_of
from annotator.exchange.record_faults import Fault, kind_of, list_of
from annotator.model.formats import Draft
from annotator.model.marks import EndMark, FrameMark, Marks, SpanMark

_READ = ("doc_key", "sentences", "ner", "relations", "events", "clusters")
_NOT_READ = ("event_clusters",)
_TRIGGER = "TRIGGER"
_CUE = "cue"
"""What a scheme of attributions calls the role of the word that shows one."""


def dygie(row: Row, file: str) -> Draft:
    """Return the article of a record: a line for each sentence, a blank between tokens."""
    text, places, _ = together(list_of(row.values, "sentences"), "sentences")
    spans: dict[str, SpanMark] = {}
    for where, one in _marks(row.values, "ner", 3):
        place = place_of(one[0], one[1], places, where)
        key = f"{one[0]} {one[1]}"
        key = f"{key} {one[2]}" if key in spans else key  # relations do not tell which of the two they mean
        spans[key] = SpanMark(key, label_of(one[2], where), (place,), text[slice(*place)])
    frames = [
        FrameMark(
            where,
            label_of(one[4], where),
            (EndMark("from", f"{one[0]} {one[1]}"), EndMark("to", f"{one[2]} {one[3]}")),
            is_ordered=True,
        )
        for where, one in _marks(row.values, "relations", 5)
    ]
    events = [_event(where, one, spans, places) for where, one in _marks(row.values, "events", 1)]
    clusters, lost = _clusters(row.values, spans)
    left_out = Counter({name: len(list_of(row.values, name)) for name in _NOT_READ})
    left_out["mentions in clusters that are no names"] += lost
    own = row._replace(values={**row.values, "text": text, "id": row.values.get("doc_key")})
    known_as = {f"{one.label}.trigger": _CUE for one in events}
    marks = Marks([*spans.values()], [*frames, *events, *clusters], known_as=known_as)
    return draft_of(own, file, "text", marks, but=(*_READ, *_NOT_READ), notes=dropped(+left_out))


def _marks(values: Mapping[str, Any], name: str, fewest: int) -> Iterator[tuple[str, list[Any]]]:
    """Yield the marks of all sentences; more than these numbers and names may stand in them."""
    for at, some in enumerate(list_of(dict(values), name)):
        for number, one in enumerate(some if isinstance(some, list) else [some]):
            where = f"{name}[{at}][{number}]"
            if not isinstance(one, list) or len(one) < fewest:
                raise Fault(where, f"it is {kind_of(one)}, it has to be a list of {fewest} values")
            yield where, one


def _event(where: str, one: list[Any], spans: dict[str, SpanMark], places: Places) -> FrameMark:
    """Return an event: [token of its trigger, label], then [first token, last token, role] of each end.

    Its trigger is the name that begins there, if there is one; of no other word more than one token is told.
    """
    trigger, *ends = one
    if not isinstance(trigger, list) or len(trigger) < 2:
        raise Fault(where, f"it is {kind_of(trigger)}, it has to begin with [token of the trigger, label]")
    last, label = (trigger[0], trigger[1]) if isinstance(trigger[1], str) else (trigger[1], trigger[-1])
    begins = next((key for key in spans if key.split(" ", 1)[0] == str(trigger[0])), "")
    cue = begins or _put(spans, places, (trigger[0], last), _TRIGGER, where)
    roles = [EndMark("trigger", cue)]
    for at, end in enumerate(ends, 1):
        here = f"{where}[{at}]"
        if not isinstance(end, list) or len(end) < 3:
            raise Fault(here, f"it is {kind_of(end)}, it has to be [first token, last token, role]")
        role = label_of(end[2], here)
        key = f"{end[0]} {end[1]}"
        known = key if key in spans else _put(spans, places, (end[0], end[1]), role, here)
        roles.append(EndMark(role, known))
    return FrameMark(where, label_of(label, where), tuple(roles))


def _put(
    spans: dict[str, SpanMark], places: Places, tokens: tuple[object, object], label: str, where: str
) -> str:
    """Add a span for words that have no label of their own; return its key."""
    key = f"{tokens[0]} {tokens[1]}"
    spans[key] = SpanMark(key, label, (place_of(*tokens, places, where),))
    return key


def _clusters(values: Mapping[str, Any], spans: Mapping[str, SpanMark]) -> tuple[list[FrameMark], int]:
    """Return clusters of mentions as frames, and how many mentions have no label to be told by."""
    frames, lost = [], 0
    for at, some in enumerate(list_of(dict(values), "clusters")):
        where = f"clusters[{at}]"
        if not isinstance(some, list) or not all(isinstance(one, list) and len(one) == 2 for one in some):
            raise Fault(where, f"it is {kind_of(some)}, it has to be a list of [first token, last token]")
        keys = [key for one in some if (key := f"{one[0]} {one[1]}") in spans]
        lost += len(some) - len(keys)
        frames += [same(where, keys)] if len(keys) > 1 else []
    return frames, lost
