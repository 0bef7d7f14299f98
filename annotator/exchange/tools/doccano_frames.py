"""Says beside the relations of doccano which frames they are parts of, in a field that doccano keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from annotator.exchange.flat import Link, Stretch
from annotator.exchange.record_faults import objects_of
from annotator.model.marks import EndMark, FrameMark, SpanMark

FIELD = "frames"
"""What doccano does not know it keeps beside the text, and gives it back: fields of relations it drops."""
_Place = tuple[int, int, str]
"""Where a span lies, and its label: its number is a new one in doccano."""


class Parts(NamedTuple):
    """A frame of several relations: their label, and the ends with their roles, the common one first."""

    label: str
    ends: list[tuple[str, _Place]]


def frame_records(links: Iterable[Link], stretches: Iterable[Stretch]) -> list[dict[str, Any]]:
    """Return what is to be said of the frames that their relations alone do not tell."""
    places = {one.id: [one.start, one.end, one.label] for one in stretches}
    found: dict[int, dict[str, Any]] = {}
    for one in links:
        if not one.is_whole:
            first = [one.roles[0], *places[one.start]]
            record = found.setdefault(one.number, {"type": one.label, "ends": [first]})
            record["ends"].append([one.roles[1], *places[one.end]])
    return list(found.values())


def frame_parts(values: dict[str, Any]) -> list[Parts] | None:
    """Return what a record says of frames; None where its field of this name is another one."""
    records = values.get(FIELD)
    if not isinstance(records, list) or not all(map(_is_own, records)):
        return None
    return [
        Parts(one["type"], [(role, (start, end, label)) for role, start, end, label in one["ends"]])
        for one in objects_of(values, FIELD)
    ]


def _is_own(record: object) -> bool:
    if not isinstance(record, dict) or {*record} != {"type", "ends"} or not isinstance(record["type"], str):
        return False
    ends = record["ends"]
    return isinstance(ends, list) and len(ends) > 1 and all(map(_is_end, ends))


def _is_end(end: object) -> bool:
    return isinstance(end, list) and [*map(type, end)] == [str, int, int, str]


def put_together(
    links: Sequence[FrameMark], parts: Iterable[Parts], spans: Iterable[SpanMark]
) -> list[FrameMark]:
    """Return links with those that are parts of a frame as that frame, with the ends still there."""
    places = {one.key: (*one.fragments[0], one.label) for one in spans}
    left: defaultdict[object, list[FrameMark]] = defaultdict(list)
    for one in reversed(links):
        left[one.label, *(places.get(end.key) for end in one.ends)].append(one)
    whole: dict[str, FrameMark] = {}
    gone: set[str] = set()
    for label, ((role, hub), *others) in parts:
        found = [(there.pop(), own) for own, place in others if (there := left.get((label, hub, place)))]
        if not found:
            continue
        first = found[0][0]
        ends = (EndMark(role, first.ends[0].key), *(EndMark(own, one.ends[1].key) for one, own in found))
        whole[first.key] = first._replace(ends=ends, is_ordered=False)
        gone.update(one.key for one, _ in found[1:])
    return [whole.get(one.key, one) for one in links if one.key not in gone]
