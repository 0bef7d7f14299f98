"""What formats of JSON records share: fields read strictly, marks joined with the text, faults named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from annotator.exchange.encoding import ENDS_ONCE
from annotator.exchange.files import shown
from annotator.exchange.json_lines import Row, read_rows
from annotator.exchange.record_faults import Fault, as_text, kind_of, offset_of
from annotator.exchange.tables.column_names import NAMES
from annotator.exchange.tables.columns import plain_name
from annotator.exchange.tables.csv_lines import open_csv
from annotator.model.errors import UserError
from annotator.model.formats import Draft, Importer, ImportOptions, Item, Note, Problem
from annotator.model.marks import FrameMark, Proposal, SpanMark
from annotator.model.proof import Proof
from annotator.model.tokens import NO_BLANKS

_LONGEST = 2000
_plain = lru_cache(4096)(plain_name)


def read_drafts(
    path: Path,
    options: ImportOptions,
    draft_of: Callable[[Row, str], Draft | Iterable[Draft | Problem]],
    *,
    has_pairs: bool = False,
    rows: Iterable[Row | Note | Problem] | None = None,
) -> Iterator[Item]:
    """Yield the drafts of each record; a record with a fault is a problem that names line and field.

    `rows` are the records of a file that is not JSON.
    """
    name = shown(path.name)
    for found in read_rows(path, options, has_pairs=has_pairs) if rows is None else rows:
        if not isinstance(found, Row):
            yield found
            continue
        try:
            made = draft_of(found, path.name)
            drafts = (made,) if isinstance(made, Draft) else (*made,)
            drafts = (*map(_titled, drafts),)
        except Fault as fault:
            yield Problem(name, str(fault), found.line, fault.field)
        else:
            yield from drafts


def _titled(item: Draft | Problem) -> Draft | Problem:
    """Return an article with the title that a fact of its record gives it; the fact stays."""
    if isinstance(item, Problem) or item.title:
        return item
    plain = {_plain(name): value for name, value in item.meta.items()}
    title = next((plain[name] for name in NAMES["title"] if name in plain), "")
    return replace(item, title=" ".join(title.split())) if title else item


def as_sure(proposal: Proposal | None, *said: Mapping[str, Any]) -> Proposal | None:
    """Return a proposal as sure as the first of some objects says that has its own score."""
    if proposal is None:
        return None
    scores = (one.get(name) for one in said for name in ("score", "confidence"))
    known = (one for one in scores if isinstance(one, int | float) and not isinstance(one, bool))
    sure = next((one for one in known if 0 <= one <= 1), None)
    return proposal if sure is None else replace(proposal, score=float(sure))


def rows_as_records(
    path: Path, options: ImportOptions, record_of: Callable[[dict[str, str]], dict[str, Any]]
) -> Iterator[Row | Note | Problem]:
    """Yield each row of a table as the record that says the same."""
    table, name = open_csv(path, options), shown(path.name)
    yield from (Note(name, note) for note in table.notes)
    for found in table.checked(name):
        yield found if isinstance(found, Problem) else Row(found[0], b"", record_of(found[1]))


def covered(text: str, start: int, end: int) -> str:
    """Return what a stretch covers; raises UserError for one outside of the text, which a slice would cut."""
    if not 0 <= start <= end <= len(text):
        raise UserError(
            "{start} to {end} lies outside of a text of {size} characters; nothing was put in place.",
            start=start,
            end=end,
            size=len(text),
        )
    return text[start:end]


def with_line_ends(text: str, spans: Iterable[SpanMark]) -> tuple[str, list[str]]:
    """Return a text as spans of it count, and what is to be said: web pages take CR LF for one character."""
    if "\r\n" in text:
        placed, other = [*spans], text.replace("\r\n", "\n")
        if sum(_badly_placed(other, one) for one in placed) < sum(_badly_placed(text, one) for one in placed):
            return other, [ENDS_ONCE]
    return text, []


def _badly_placed(text: str, span: SpanMark) -> int:
    """Count ends of a span that lie inside a word, beside a blank within, or outside the text.

    Where it says what it covers, these words alone tell.
    """
    if span.quote is not None:
        there = " ".join(text[max(start, 0) : max(end, 0)] for start, end in span.fragments)
        return 0 if there.split() == span.quote.split() else 2 * len(span.fragments)
    count = 0
    for start, end in span.fragments:
        if not 0 <= start < end <= len(text):
            count += 2
            continue
        count += text[start].isspace() + text[end - 1].isspace()
        count += is_inside_word(text, start) + is_inside_word(text, end)
    return count


def is_inside_word(text: str, at: int) -> bool:
    """Tell whether a place lies in the middle of a word, in a script that has blanks between words."""
    return (
        0 < at < len(text) and text[at - 1 : at + 1].isalnum() and not NO_BLANKS.search(text, at - 1, at + 1)
    )


def other_words(name: object) -> UserError:
    """Return the refusal of a record that, read again, has other words than its article."""
    return UserError(
        "The record {name} does not have the words of its article; nothing was put in place.", name=name
    )


def check_drafts(importer: Importer, path: Path, proof: Proof) -> Iterator[int]:
    """Re-read a file with its importer, yielding how many articles agree with what was meant."""
    count = 0
    for item in importer.read(path, ImportOptions()) if len(proof) else ():
        if isinstance(item, Note):
            continue
        if not isinstance(item, Draft):
            raise ValueError(str(item))
        count += 1
        spans, text = item.marks.spans if item.marks else (), item.text
        pieces = ((one.label, [covered(text, *pair) for pair in one.fragments]) for one in spans)
        proof.check(str(count), text, pieces)
        yield count
    proof.check_count(count)


def stretch_of(
    one: Mapping[str, Any], where: str, names: tuple[str, str] = ("start", "end")
) -> tuple[int, int]:
    """Return the two offsets of a record; raises Fault where one is missing or no whole number."""
    start, end = one.get(names[0]), one.get(names[1])
    if type(start) is type(end) is int:  # as nearly always
        return start, end
    for name in names:
        if name not in one:
            raise Fault(f"{where}.{name}", f"there is no {name}")
    return offset_of(one[names[0]], f"{where}.{names[0]}"), offset_of(one[names[1]], f"{where}.{names[1]}")


def label_of(value: object, where: str) -> str:
    """Return a label, which has to be text."""
    if isinstance(value, str) and value.strip():
        return value
    raise Fault(where, f"it is {kind_of(value)}, it has to be the name of a label")


def triples(values: object, where: str) -> list[SpanMark]:
    """Return spans that are written as [start, end, label]."""
    found = []
    if values is not None and not isinstance(values, list):
        raise Fault(where, f"it is {kind_of(values)}, it has to be a list")
    for at, one in enumerate(values or []):
        place = f"{where}[{at}]"
        if not isinstance(one, list) or len(one) != 3:
            raise Fault(place, f"it is {kind_of(one)}, it has to be [start, end, label]")
        start, end = offset_of(one[0], f"{place}.start"), offset_of(one[1], f"{place}.end")
        found.append(SpanMark(place, label_of(one[2], f"{place}.label"), ((start, end),)))
    return found


def joined(relations: Iterable[tuple[FrameMark, Mapping[str, Any]]]) -> list[FrameMark]:
    """Return relations as frames; those whose records name the same `frame` are one, with their `roles`."""
    found: dict[object, FrameMark] = {}
    for mark, record in relations:
        frame, roles = record.get("frame"), record.get("roles")
        is_pair = isinstance(roles, list) and [type(one) for one in roles] == [str, str]
        if not is_pair or not isinstance(frame, int | str):
            found[len(found), ""] = mark
            continue
        key = (mark.label, frame)
        first, second = (end._replace(role=role) for role, end in zip(roles or (), mark.ends, strict=True))
        before = found.get(key, mark._replace(ends=(first,), is_ordered=False))
        found[key] = before._replace(ends=(*before.ends, second))
    return list(found.values())


def unkept(values: Mapping[str, Any], *, but: frozenset[str]) -> tuple[str, ...]:
    """Return a note on the fields that say something and are no facts of an article, if there are any."""
    kept = facts_of(values, but=but)
    names = [
        name
        for name, value in values.items()
        if value not in (None, "", [], {})
        and name not in kept
        and name not in but
        and not name.startswith("_")
    ]
    return (f"fields that are no plain, short value were left out: {', '.join(names)}",) if names else ()


def facts_of(values: Mapping[str, Any], *, but: frozenset[str]) -> dict[str, str]:
    """Return the fields that are one plain value, as facts of an article."""
    found: dict[str, str] = {}
    for name, value in values.items():
        if name in but or name.startswith("_"):
            continue
        if isinstance(value, str | int | float):
            text = as_text(value).strip()
            if text and len(text) <= _LONGEST:
                found[name] = text
    return found


def facts_in(value: object, *, but: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return the same of what may be an object; none of anything else."""
    return facts_of(value, but=but) if isinstance(value, dict) else {}
