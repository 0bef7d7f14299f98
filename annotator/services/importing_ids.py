"""Finds records of an import whose id another record has: these get ids of their own, and it is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotator.model.columns import Columns
from annotator.model.formats import Range
from annotator.model.ids import Id, id_text, new_ids
from annotator.model.records import ArticleContent, Record
from annotator.services.importing_entries import Entry

_PARTS = (
    ("blocks", "part of its text"),
    ("spans", "span"),
    ("frames", "frame"),
    ("labels", "label of the article"),
    ("nothing_here", "mark that nothing is here"),
    ("readings", "mark of reading"),
    ("suggested_spans", "suggested span"),
    ("suggested_frames", "suggested frame"),
)


def range_of(content: ArticleContent) -> Range | None:
    """Return the lowest and the highest id of an article's own records."""
    ids = ids_of(content)
    return (min(ids), max(ids)) if ids else None


def find_twins(entries: Mapping[int, Entry], data: Callable[[int], bytes]) -> Iterator[str]:
    """Keep with each article which of its records have the id of one before, and yield it in words.

    Articles whose ids lie apart from those of all others, as most do, are not looked into.
    """
    for numbers in _close(entries):
        met: set[Id] = set()
        for number in numbers:
            entry = entries[number]
            content = entry.content(data(number))
            own = frozenset(ids_of(content))
            if twins := own & met:
                yield keep_twins(entry, content, twins, "of a record of an article before it")
            met |= own


def keep_twins(entry: Entry, content: ArticleContent, twins: frozenset[Id], whose: str) -> str:
    """Keep which records of an article need other ids; returns it in words."""
    entry.twins |= twins
    first, what = next(
        (one.id, what) for part, what in _PARTS for one in getattr(content, part) if one.id in twins
    )
    more = f" (and {len(twins) - 1:,} more)" if len(twins) > 1 else ""
    return f"{entry.place}: the {what} {id_text(first)}{more} has the id {whose}; it gets a new one"


def renewed(content: ArticleContent, twins: Collection[Id]) -> ArticleContent:
    """Return the same with new ids for some of its records, and all that points to them with these."""
    if not twins:
        return content
    new = dict(zip(sorted(twins), new_ids(len(twins)), strict=True))
    parts: dict[str, Any] = {
        part: tuple(_renewed(one, new) for one in getattr(content, part)) for part, _ in _PARTS
    }
    return replace(content, **parts)


def _renewed(record: Any, new: Mapping[Id, Id]) -> Record:
    changed: dict[str, object] = {}
    if record.id in new:
        changed["id"] = new[record.id]
    if any(end.end in new for end in getattr(record, "roles", ())):
        changed["roles"] = tuple(end._replace(end=new.get(end.end, end.end)) for end in record.roles)
    made: Record = replace(record, **changed) if changed else record
    return made


def ids_of(content: ArticleContent) -> list[Id]:
    """Return the ids of an article's own records."""
    found: list[Id] = []
    for part, _ in _PARTS:
        records = getattr(content, part)
        found += records.ids if isinstance(records, Columns) else [one.id for one in records]
    return found


def _close(entries: Mapping[int, Entry]) -> Iterator[Sequence[int]]:
    """Yield the numbers of articles whose ids may be the same, in the order of the files."""
    ranges = sorted((entry.ids, number) for number, entry in entries.items() if entry.ids is not None)
    last, numbers = bytes(16), list[int]()
    for (low, high), number in ranges:
        if low > last and numbers:
            if len(numbers) > 1:
                yield sorted(numbers)
            numbers = []
        numbers.append(number)
        last = max(last, high)
    if len(numbers) > 1:
        yield sorted(numbers)
