"""Reads tasks of Prodigy: tokens, spans, relations and answers, of whoever gave them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from annotator.exchange.files import shown
from annotator.exchange.json_lines import Row, first_record, preview_records
from annotator.exchange.json_records import (
    as_sure,
    facts_in,
    facts_of,
    joined,
    label_of,
    read_drafts,
    stretch_of,
    unkept,
)
from annotator.exchange.record_faults import Fault, Faults, choice_of, key_of, list_of, objects_of, text_of
from annotator.exchange.unread import Value
from annotator.exchange.unread_fields import json_fields
from annotator.exchange.whose import whose
from annotator.model.formats import Draft, ImportOptions, Item, Note, Preview, Problem
from annotator.model.marks import ANY_SUGGESTER, ArticleMark, EndMark, FrameMark, Marks, Proposal, SpanMark
from annotator.model.said import say

SUFFIXES = (".jsonl", ".json")
_OWN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The id of an article, which the second of the same text has: by its text it is not told from the first."""
_OWN_FIELDS = ("_input_hash", "_task_hash", "_view_id", "_session_id", "answer")
_OWN = frozenset(
    {
        *("text", "tokens", "spans", "relations", "arcs", "arc", "answer", "meta"),
        *("options", "accept", "label", "config", "score", "priority"),
        *("versions", "sessions", "view_id"),
    }
)
"""Fields that are read, or that only say how a task was shown."""
_OFFERED = ("config", "options", "accept")
_ANSWERS = ("accept", "reject", "ignore")
_SEEN = ("image", "audio", "video")
"""How the names of interfaces begin in which no words are marked."""
_PAGES, _BLOCKS = "pages", "blocks"
_WORDS = 3
"""Words of a text at least, where its name does not tell it."""
NAME = ANY_SUGGESTER
_NOBODYS = (
    "whose answers they are is not said in {n} task(s) (no _annotator_id, no _session_id): they count as "
    "those of whoever imports (option annotator=file: as those of whom the file is named after)"
)
WORDS = "WORDS"
"""The label of words that relations join and that have none of their own."""


class ProdigyImporter:
    """Reads tasks and their answers; what was rejected comes as a rejected suggestion."""

    @staticmethod
    def fields(path: Path, options: ImportOptions) -> Iterator[Value]:
        """Yield the fields of tasks, but for what only was offered; what was chosen is read or named."""
        return (one for one in json_fields(path, options) if one[0].partition(".")[0] not in _OFFERED)

    def recognises(self, path: Path) -> bool:
        """Tell by the fields of the first record."""
        if path.suffix.lower() not in SUFFIXES:
            return False
        first = first_record(path)
        has_tokens = all(isinstance(first.get(name), list) for name in ("tokens", "spans"))
        has_tokens = has_tokens and {*map(type, first["tokens"])} != {str}  # as displaCy has them
        links = first["relations"] if isinstance(first.get("relations"), list) else []
        has_links = any(isinstance(one, dict) and one.keys() >= {"head", "child"} for one in links)
        is_own = has_tokens or has_links or any(name in first for name in _OWN_FIELDS)
        return is_own and (isinstance(first.get("text"), str) or bool(_pages(first) or _shown_in(first)))

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return how many records there are, and the start of the first text."""
        return preview_records(path, options)

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield the text of each task with its labels; tasks of one text are joined later."""
        by, nobodys = whose(path, options), 0
        for item in read_drafts(path, options, lambda row, file: _drafts(row, file, by)):
            nobodys += isinstance(item, Draft) and item.marks is not None and _is_nobodys(item.marks)
            yield item
        if nobodys:
            yield Note(shown(path.name), say(_NOBODYS, nobodys))


def _shown_in(values: Mapping[str, Any]) -> str:
    """Return the field of a task of blocks that was shown as its text, where none is called so."""
    if values.get("_view_id") != _BLOCKS or "text" in values:
        return ""
    # What was asked is written behind what was shown.
    texts = {name: one for name, one in values.items() if isinstance(one, str) and not name.startswith("_")}
    return next((name for name, one in texts.items() if len(one.split()) >= _WORDS), "")


def _pages(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the pages of a task that has several texts."""
    pages = values.get(_PAGES)
    is_some = isinstance(pages, list) and all(isinstance(one, dict) and "text" in one for one in pages)
    return pages if is_some and isinstance(pages, list) and "text" not in values else []


def _drafts(row: Row, file: str, whose_file: str) -> list[Draft | Problem]:
    """Return the article of a task, or of each of its pages, to all of which its answer was given."""
    pages, faults = _pages(row.values), Faults()
    if field := _shown_in(row.values):
        rest = {name: one for name, one in row.values.items() if name != field}
        found = _drafts(row._replace(values={**rest, "text": row.values[field]}), file, whose_file)
        said = f"{_BLOCKS}: the field {field!r} was taken for the text"
        return [one if isinstance(one, Problem) else replace(one, notes=(*one.notes, said)) for one in found]
    _refuse_seen(row.values)
    if not pages:
        made = [_draft(row, file, whose_file, faults)]
    else:
        task = {name: one for name, one in row.values.items() if name != _PAGES}
        texts = [_draft(row._replace(values={**task, **one}), file, whose_file, faults) for one in pages]
        made = [replace(one, name=f"{one.name} (page {number})") for number, one in enumerate(texts, 1)]
    every = dict.fromkeys((str(one), one.field) for one in faults.found)  # once for all of one version
    return [*(Problem(shown(file), why, row.line, field) for why, field in every), *made]


def _refuse_seen(values: Mapping[str, Any]) -> None:
    """Refuse a task in which no words are marked: its text is the name of a file."""
    view = str(values.get("_view_id"))
    if view.startswith(_SEEN):
        raise Fault(
            "_view_id", f"the task is one of {view}: read are tasks in which words of a text are marked"
        )


def _is_nobodys(marks: Marks) -> bool:
    """Tell whether there are answers of which nothing says who gave them."""
    spans = any(not (one.by or one.proposal) for one in marks.spans)
    frames = any(not (one.by or one.proposal) for one in marks.frames)
    return spans or frames or any(not one.by for one in marks.labels)


def _draft(row: Row, file: str, whose_file: str, faults: Faults) -> Draft:
    values = row.values
    answer = values.get("answer")
    if answer is not None:
        choice_of(answer, _ANSWERS, "answer")
    proposal = _proposal(answer)
    by = values.get("_annotator_id") or values.get("_session_id") or ""
    by = unquote(by) if isinstance(by, str) and by else whose_file
    spans = _spans(values, by, proposal, faults)
    frames = _relations(values, spans, by, proposal, faults)
    meta = values.get("meta")
    facts = facts_of(values, but=_OWN)
    facts |= facts_in(meta, but=frozenset({"name"}))
    name, own = (meta.get("name"), meta.get("id")) if isinstance(meta, dict) else (None, None)
    key = own if isinstance(own, str) and _OWN_ID.fullmatch(own) else ""
    if key:
        del facts["id"]
    labels = _labels(values, by)
    notes = list(unkept(values, but=_OWN))
    if labels and answer != "accept":
        labels, notes = (
            [],
            [f"left out: {len(labels)} × labels of the whole text that were not accepted", *notes],
        )
    text = text_of(values, "text")
    title = name if isinstance(name, str) and name else f"{file}:{row.line}"
    adjudicators = _add_versions(values, by, (spans, frames, labels), faults)
    marks = Marks(spans, frames, labels, is_unbroken=True, adjudicators=adjudicators)
    return Draft(title, text, meta=facts, line=row.line, notes=tuple(notes), key=key, marks=marks)


def _proposal(answer: object) -> Proposal | None:
    if answer == "accept":
        return None
    return Proposal(NAME, state="rejected" if answer == "reject" else "open")


def _spans(values: dict[str, Any], by: str, proposal: Proposal | None, faults: Faults) -> list[SpanMark]:
    found = []
    for at, one in enumerate(objects_of(values, "spans")):
        where = f"spans[{at}]"
        if "label" in one and one["label"] is None:
            continue  # words that were only joined; relations find them by their place
        quote = one.get("text")
        with faults:
            label = label_of(one.get("label", values.get("label")), f"{where}.label")
            places = (stretch_of(one, where),)
            words = quote if isinstance(quote, str) else None
            answer = choice_of(one.get("answer", "accept"), _ANSWERS, f"{where}.answer")
            own = as_sure(proposal or _proposal(answer), one)
            found.append(SpanMark(f"span {at}", label, places, words, by=by, proposal=own))
    return found


def _end(
    values: dict[str, Any], relation: Mapping[str, Any], field: str, where: str
) -> tuple[tuple[int, int], str]:
    """Return where an end of a relation lies, and its label: as it says itself, or by its last token."""
    end = relation.get(f"{field}_span")
    if isinstance(end, dict):
        return stretch_of(end, f"{where}_span"), str(end.get("label") or WORDS)
    number = relation.get(field)
    of_spans = [one for one in objects_of(values, "spans") if one.get("token_end", -1) == number]
    of_tokens = [one for one in objects_of(values, "tokens") if one.get("id", -1) == number]
    found = next(iter((*of_spans, *of_tokens)), None)
    if type(number) is not int or found is None:
        raise Fault(f"{where}_span", f"there is no {field}_span that says where the end lies")
    return stretch_of(found, where), str(found.get("label") or WORDS)


def _relations(
    values: dict[str, Any], spans: list[SpanMark], by: str, proposal: Proposal | None, faults: Faults
) -> list[FrameMark]:
    """Return relations, also arcs of old versions; their ends are spans, told by where these lie."""
    keys = {(one.fragments[0], one.label): one.key for one in spans}
    places = {one.fragments[0]: one.key for one in reversed(spans)}
    found = []
    arc = {"arcs": [values["arc"]]} if "arc" in values and "arcs" not in values else values
    links = [
        (f"{name}[{at}]", one)
        for name, of in (("relations", values), ("arcs", arc))
        for at, one in enumerate(objects_of(of, name))
    ]
    for where, one in links:
        with faults:
            pairs = [_end(values, one, field, f"{where}.{field}") for field in ("head", "child")]
            label, ends = label_of(one.get("label"), f"{where}.label"), []
            for role, (pair, name) in zip(("from", "to"), pairs, strict=True):
                key = keys.get((pair, name)) or places.get(pair)
                if key is None:
                    key = places[pair] = f"the words {pair[0]} to {pair[1]}"
                    spans.append(SpanMark(key, name, (pair,), by=by, proposal=proposal))
                ends.append(EndMark(role, key))
            mark = FrameMark(where, label, tuple(ends), by=by, proposal=proposal, is_ordered=True)
            found.append((mark, one))
    return joined(found)


def _labels(values: dict[str, Any], by: str) -> list[ArticleMark]:
    """Return labels of the whole text: those accepted among options, or the one that was asked about."""
    accepted = values.get("accept")
    if accepted is not None:
        texts = {
            one["id"]: one.get("text") for one in objects_of(values, "options") if type(one.get("id")) is int
        }
        accepted = accepted if isinstance(accepted, list) else [accepted]
        return [ArticleMark(_option(one, texts), by=by) for one in accepted]
    label = values.get("label")
    is_of_spans = bool(values.get("spans"))
    return [ArticleMark(label, by=by)] if isinstance(label, str) and label and not is_of_spans else []


def _option(chosen: object, texts: Mapping[Any, Any]) -> str:
    """Return the label of an option: its id, or where that is a number, its text."""
    is_number = isinstance(chosen, int) and not isinstance(chosen, bool)
    return label_of(texts.get(chosen) or str(chosen) if is_number else chosen, "accept")


def _add_versions(
    values: dict[str, Any],
    by: str,
    made: tuple[list[SpanMark], list[FrameMark], list[ArticleMark]],
    faults: Faults,
) -> frozenset[str]:
    """Add what others had answered to a task that was reviewed; return who reviewed it, if that is said."""
    spans, frames, labels = made
    versions = objects_of(values, "versions")
    for at, one in enumerate(versions):
        if one.get("text", values.get("text")) != values.get("text") or one.get("answer") == "ignore":
            continue
        proposal = _proposal(one.get("answer", "accept"))
        for name in map(unquote, map(key_of, list_of(one, "sessions", f"versions[{at}]."))):
            here = f"versions[{at}] of {name} "
            own = _spans(one, name, proposal, faults)
            links = _relations(one, own, name, proposal, faults)
            spans += [mark._replace(key=here + mark.key) for mark in own]
            frames += [
                mark._replace(
                    key=here + mark.key, ends=tuple(end._replace(key=here + end.key) for end in mark.ends)
                )
                for mark in links
            ]
            labels += _labels(one, name) if proposal is None else []
    return frozenset({by} if versions and by else ())
