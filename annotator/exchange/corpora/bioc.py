"""Reads BioC, in XML and in JSON, and PubTator: passages of documents, and marks in them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.exchange.files import read_start
from annotator.exchange.inception.xmi_types import kind_of_xml
from annotator.exchange.json_records import facts_in, label_of, stretch_of
from annotator.exchange.record_faults import Fault, key_of, objects_of
from annotator.exchange.xml_tree import XML_LIMIT
from annotator.model.formats import Draft, Problem
from annotator.model.marks import EndMark, FrameMark, Marks, SpanMark

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BETWEEN = "\n\n"
_TITLE = re.compile(r"(\w+)\|([ta])\|(.*)\Z")
_WHOLE = re.compile(r"\s*(-?[0-9]{1,18})\s*")
_COLLECTION, _PASSAGE = "collection", b"<passage"
_LISTS = ("documents", "PubTator3")
_UNTYPED, _UNNAMED = "annotation", "relation"
_TYPE = frozenset({"type"})


class _Piece(NamedTuple):
    """Words that stand together: where they begin in the document, where in the text here, how many."""

    said: int
    begins: int
    length: int


_SAID = attrgetter("said")


def is_bioc(path: Path) -> bool:
    """Tell whether XML is a collection of documents with passages, as far as it is looked at."""
    is_collection = kind_of_xml(read_start(path)) == _COLLECTION
    return is_collection and _PASSAGE in read_start(path, XML_LIMIT)


def collection_of(root: Element) -> dict[str, Any]:
    """Return what a collection in XML holds, as it stands in JSON."""
    return {"documents": [_whole(one) for one in root.iter("document")]}


def _whole(one: Element) -> dict[str, Any]:
    passages = [
        {
            **_common(passage),
            "sentences": [_common(sentence) for sentence in passage.findall("sentence")],
        }
        for passage in one.findall("passage")
    ]
    return {"id": one.findtext("id", ""), **_common(one), "passages": passages}


def _common(one: Element) -> dict[str, Any]:
    """Return what documents, passages and sentences alike may hold."""
    found: dict[str, Any] = {
        "infons": _infons(one),
        "annotations": [
            {
                "id": mark.get("id"),
                "infons": _infons(mark),
                "text": mark.findtext("text"),
                "locations": [
                    {field: _number(place.get(field)) for field in ("offset", "length")}
                    for place in mark.findall("location")
                ],
            }
            for mark in one.findall("annotation")
        ],
        "relations": [
            {
                "id": relation.get("id"),
                "infons": _infons(relation),
                "nodes": [dict(node.items()) for node in relation.findall("node")],
            }
            for relation in one.findall("relation")
        ],
    }
    if (offset := one.findtext("offset")) is not None:
        found["offset"] = _number(offset)
    if (text := one.findtext("text")) is not None:
        found["text"] = text
    return found


def _infons(one: Element) -> dict[str, str]:
    return {infon.get("key", ""): infon.text or "" for infon in one.findall("infon")}


def _number(value: str | None) -> int | str | None:
    match = _WHOLE.fullmatch(value) if value is not None else None
    return int(match[1]) if match else value


def list_name(values: Mapping[str, Any]) -> str:
    """Return what the list of documents of a collection in JSON is called; nothing where there is none.

    PubTator calls it after itself, and writes documents without a collection as well.
    """
    return next((name for name in _LISTS if isinstance(values.get(name), list)), "")


def is_whole(values: object) -> bool:
    """Tell whether a record is one text by itself: passages, each with where it begins."""
    passages = values.get("passages") if isinstance(values, dict) else None
    is_list = isinstance(passages, list) and bool(passages)
    return is_list and all(isinstance(one, dict) and "offset" in one for one in passages or ())


def drafts_of(values: Mapping[str, Any], file: str, line: int | None = None) -> Iterator[Draft | Problem]:
    """Yield an article per document of a collection; a document, or the place of a mark, may be a problem."""
    name = list_name(values)
    records = objects_of(dict(values), name) if name else [dict(values)]
    for at, record in enumerate(records):
        faults: list[Fault] = []
        try:
            yield _draft(record, f"{file}:{key_of(record.get('id')) or at + 1}", line, faults)
        except Fault as fault:
            faults = [fault]
        for one in (fault.inside(f"documents[{at}]") for fault in faults):
            yield Problem(file, str(one), line, one.field)


def _draft(record: dict[str, Any], name: str, line: int | None, lost: list[Fault]) -> Draft:
    """Return the article of a document; what is wrong with places of its marks is added to `lost`."""
    spans, frames, text, every = list[SpanMark](), list[FrameMark](), "", list[_Piece]()
    for at, passage in enumerate(objects_of(record, "passages")):
        where, pieces = f"passages[{at}]", list[_Piece]()
        for begins, words in _words(passage, where):
            text += _gap(pieces[-1], begins) if pieces else _BETWEEN if text else ""
            pieces.append(_Piece(begins, len(text), len(words)))
            text += words
        every += pieces
        for one in (passage, *objects_of(passage, "sentences", f"{where}.")):
            spans += _spans(one, pieces, f"{where}.", lost)
            frames += _frames(one, f"{where}.")
    spans += _spans(record, sorted(every), "", lost)
    frames += _frames(record, "")
    keys = {one.key for one in spans}
    whole = [
        one._replace(
            ends=tuple(end._replace(kind="span" if end.key in keys else "frame") for end in one.ends)
        )
        for one in frames
    ]
    facts = facts_in(record.get("infons"))
    own = key_of(record.get("id"))
    return Draft(name, text, meta=facts, line=line, key=own, marks=Marks(spans, whole))


def _words(passage: dict[str, Any], where: str) -> Iterator[tuple[int, str]]:
    """Yield where the words of a passage, or else those of its sentences, begin in the document, and them."""
    begins = passage.get("offset", 0)
    if type(begins) is not int:
        raise Fault(f"{where}.offset", "it has to be a whole number")
    if isinstance(passage.get("text"), str) and passage["text"]:
        yield begins, passage["text"]
        return
    for at, one in enumerate(objects_of(passage, "sentences", f"{where}.")):
        own, words = one.get("offset"), one.get("text")
        if not isinstance(words, str):
            continue
        if type(own) is not int or own < begins:
            raise Fault(f"{where}.sentences[{at}].offset", f"it has to be a whole number from {begins:,} on")
        yield own, words
        begins = own + len(words)


def _gap(before: _Piece, begins: int) -> str:
    """Return the blanks between sentences: as many as there are, but no more than between passages."""
    return " " * min(begins - before.said - before.length, len(_BETWEEN))


def _placed(start: int, end: int, pieces: Sequence[_Piece]) -> tuple[int, int] | None:
    """Return where a stretch of the document stands in the text; None for one that is not in words."""
    first = bisect_right(pieces, start, key=_SAID) - 1
    last = bisect_left(pieces, end, key=_SAID) - 1
    if first < 0 or last < 0:
        return None
    (said, begins, length), (last_said, last_begins, last_length) = pieces[first], pieces[last]
    if start - said >= length or end - last_said > last_length:
        return None
    return begins + start - said, last_begins + end - last_said


def _spans(
    one: dict[str, Any], pieces: Sequence[_Piece], where: str, lost: list[Fault]
) -> Iterator[SpanMark]:
    for at, mark in enumerate(objects_of(one, "annotations", where)):
        here = f"{where}annotations[{at}]"
        infons = mark.get("infons")
        said = facts_in(infons, but=_TYPE)
        label = label_of((infons.get("type") if isinstance(infons, dict) else None) or _UNTYPED, here)
        try:
            places = [*_places(mark, here, pieces)]
        except Fault as fault:
            lost.append(fault)
            continue
        quote = mark.get("text") if len(places) == 1 else None
        key = key_of(mark.get("id")) or here
        yield SpanMark(key, label, tuple(sorted(places)), quote if isinstance(quote, str) else None, said)


def _places(mark: dict[str, Any], here: str, pieces: Sequence[_Piece]) -> Iterator[tuple[int, int]]:
    for place in objects_of(mark, "locations", f"{here}."):
        start, length = stretch_of(place, f"{here}.locations", ("offset", "length"))
        found = _placed(start, start + length, pieces)
        if found is None:
            raise Fault(f"{here}.locations", f"{start} to {start + length} is not in the words of a passage")
        yield found


def _frames(one: dict[str, Any], where: str) -> Iterator[FrameMark]:
    for at, relation in enumerate(objects_of(one, "relations", where)):
        here = f"{where}relations[{at}]"
        infons = relation.get("infons")
        given = infons.get("type") if isinstance(infons, dict) else None
        nodes = objects_of(relation, "nodes", f"{here}.")
        ends = tuple(EndMark(str(node.get("role") or "arg"), str(node.get("refid"))) for node in nodes)
        label = given if isinstance(given, str) and given else _UNNAMED
        yield FrameMark(key_of(relation.get("id")) or here, label, ends, facts_in(infons, but=_TYPE))


def is_pubtator(start: str, *, alone: bool = True) -> bool:
    """Tell whether a text begins as PubTator does: a number and the title; more of it, if not `alone`."""
    first, second, *_ = [*start.lstrip("\n").split("\n", 2), ""]
    match = _TITLE.match(first.rstrip("\r"))
    if match is None or match[2] != "t":
        return False
    return alone or second.startswith((f"{match[1]}|a|", f"{match[1]}\t"))


def pubtator(lines: Iterable[str], file: str) -> Iterator[Draft | Problem]:
    """Yield an article per document of PubTator, which begins with its title, then abstract and marks."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate((*lines, ""), 1):
        if block and (not line.strip() or is_pubtator(line)):
            yield from _of_block(block, file)
            block = []
        if line.strip():
            block.append((number, line.rstrip("\r\n")))


def _of_block(block: list[tuple[int, str]], file: str) -> Iterator[Draft | Problem]:
    words, own, spans, left_out = dict[str, str](), "", list[SpanMark](), 0
    for number, line in block:
        match = _TITLE.match(line)
        cells = line.split("\t")
        if match:
            own, words[match[2]] = match[1], match[3]
        elif len(cells) > 4 and all(map(_WHOLE.fullmatch, cells[1:3])):
            place, said = (int(cells[1]), int(cells[2])), {"id": cells[5]} if any(cells[5:6]) else {}
            spans.append(SpanMark(f"line {number}", cells[4], (place,), cells[3], said, line=number))
        elif len(cells) > 2:
            left_out += 1
        else:
            yield Problem(file, f"{line[:40]!r} is no line of PubTator", number)
    notes = (f"relations between concepts were left out: {left_out:,}",) if left_out else ()
    text = "\n".join(words[part] for part in ("t", "a") if part in words)
    title = words.get("t", "")
    yield Draft(f"{file}:{own}", text, title, line=block[0][0], notes=notes, key=own, marks=Marks(spans))
