"""Reads records that tell quotations by their words: what is said, who says it, and by which verb."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.exchange.corpora.corpora_corenlp import corenlp, is_corenlp
from annotator.exchange.corpora.corpora_json import draft_of, dropped
from annotator.exchange.corpora.corpora_relations import together
from annotator.exchange.json_lines import Row
from annotator.exchange.record_faults import Fault, is_pair, kind_of, list_of, objects_of
from annotator.exchange.tables.cell_kinds import places_of, runs
from annotator.exchange.tables.column_names import FACTS
from annotator.exchange.tables.columns import choose_uses, plain_name
from annotator.model.errors import UserError
from annotator.model.formats import Draft
from annotator.model.marks import EndMark, FrameMark, Marks, SpanMark
from annotator.model.text import paragraphs_at

_LISTS = ("quotes", "quotations", "attributions", "citations", "statements", "claims")
"""Fields of a record that may hold quotations."""
_PARTS: Mapping[str, tuple[str, ...]] = {
    "Content": ("quote", "quotation", "content", "claim", "quotetext", "statement", "text"),
    "Source": ("speaker", "source", "holder", "claimer", "speakername", "globaltopspeaker"),
    "Cue": ("verb", "cue", "cueverb", "reportingverb"),
}
_PLACE = re.compile(r"\(?\[?\s*([0-9]{1,9})\s*[,:-]\s*([0-9]{1,9})\s*\]?\)?")
_PLACES = ("index", "span", "offsets")
"""What the field of a place is called, behind the name of what lies there."""
_TOKEN = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")
_FLOATING = "words of quotations that stand nowhere in the text, or in several places"
_SPKATT = frozenset({"Sentences", "Annotations"})
_ROLES: Mapping[str, str] = {"Message": "Content", "Source": "Source", "Cue": "Cue", "PTC": "Cue"}
"""What this program and PolNeAR call parts of the annotations of speaker attribution."""


def reader_of(values: Mapping[str, Any]) -> Callable[[Row, str, Mapping[str, str]], Draft] | None:
    """Return what reads a record whose quotations are told by their words or tokens; None for any other."""
    if _is_spkatt(values):
        return _spkatt
    if is_corenlp(values):
        return corenlp
    return None if _list_field(values) is None or _text_field(values) is None else _quotes


def _text_field(values: Mapping[str, Any]) -> str | None:
    try:
        found = choose_uses([one for one, value in values.items() if isinstance(value, str)], {})
    except UserError:
        return None
    return found.column("text")


def _list_field(values: Mapping[str, Any]) -> str | None:
    for name, held in values.items():
        is_some = plain_name(name) in _LISTS and isinstance(held, list) and held
        if is_some and all(isinstance(one, dict) and _is_quote(one) for one in held):
            return name
    return None


def _is_quote(one: Mapping[str, Any]) -> bool:
    content = _said(one, "Content")
    beside = [_said(one, part) for part in ("Source", "Cue")]
    return bool(content) and any(beside)


def _said(one: Mapping[str, Any], part: str) -> str:
    """Return the words of a part; spaCy's tokens stand in a list."""
    plain = {plain_name(name): value for name, value in one.items()}
    held = next((plain[name] for name in _PARTS[part] if plain.get(name)), None)
    if isinstance(held, list) and held and all(isinstance(each, str) for each in held):
        return " ".join(held)
    return held if isinstance(held, str) else ""


def _told_place(one: Mapping[str, Any], part: str) -> tuple[int, int] | None:
    """Return where a part lies, as fields beside it tell, called after it."""
    plain = {plain_name(name): value for name, value in one.items()}
    for name in _PARTS[part]:
        held = next((plain[f"{name}{end}"] for end in _PLACES if f"{name}{end}" in plain), None)
        if is_pair(held):
            return held[0], held[1]
        found = _PLACE.fullmatch(held.strip()) if isinstance(held, str) else None
        if found is not None:
            return int(found[1]), int(found[2])
        start, end = plain.get(f"{name}start"), plain.get(f"{name}end")
        if type(start) is type(end) is int:
            return start, end
    return None


@dataclass(slots=True)
class _Found:
    """What is found of quotations in a text."""

    text: str
    spans: dict[tuple[str, tuple[int, int]], SpanMark] = field(default_factory=dict)
    frames: list[FrameMark] = field(default_factory=list)
    floating: int = 0

    def take(self, one: Mapping[str, Any], at: int) -> None:
        """Take in a quotation: what is said first, near which the rest is looked for."""
        ends: list[EndMark] = []
        around: tuple[int, int] | None = None
        for part in _PARTS:
            words = _said(one, part)
            told = _told_place(one, part) if words else None
            place = told or self._place(words, around)
            if place is None:
                self.floating += bool(words)
                continue
            around = around or place
            quote = words if told else None
            mark = SpanMark(f"{part} {place[0]} {place[1]}", part, (place,), quote)
            ends.append(EndMark(part, self.spans.setdefault((part, place), mark).key))
        if len(ends) > 1 and ends[0].role == "Content":
            self.frames.append(FrameMark(f"quote {at}", "Attribution", tuple(ends)))

    def _place(self, words: str, around: tuple[int, int] | None) -> tuple[int, int] | None:
        """Return the only place of words, in the text or in the paragraph of what is said."""
        stands = places_of(words, self.text)
        if len(stands) > 1 and around is not None:
            start, end = paragraphs_at(*around, self.text)
            stands = [one for one in stands if start <= one[0] and one[1] <= end]
        return stands[0] if len(stands) == 1 else None


def _quotes(row: Row, file: str, known_as: Mapping[str, str]) -> Draft:
    """Return an article with its quotations as attributions."""
    text_field, listed = _text_field(row.values), _list_field(row.values)
    if text_field is None or listed is None:
        raise Fault("", "it has no text with quotations")
    found = _Found(row.values[text_field])
    for at, one in enumerate(objects_of(row.values, listed)):
        found.take(one, at)
    marks = Marks([*found.spans.values()], found.frames, known_as=known_as)
    notes = dropped({_FLOATING: found.floating} if found.floating else {})
    draft = draft_of(row, file, text_field, marks, but=(listed,), notes=notes)
    meta = {FACTS.get(plain_name(name), name): value for name, value in draft.meta.items()}
    return replace(draft, title=meta.pop("title", ""), meta=meta)


def _is_spkatt(values: Mapping[str, Any]) -> bool:
    """Tell whether a record is one of the shared task on speaker attribution (SpkAtt-2023)."""
    held = values.get("Sentences")
    return (
        values.keys() >= _SPKATT
        and isinstance(held, list)
        and all(isinstance(one, dict) and isinstance(one.get("Tokens"), list) for one in held)
    )


def _spkatt(row: Row, file: str, known_as: Mapping[str, str]) -> Draft:
    """Return an article of that task: parts of an attribution are tokens, each as sentence:token."""
    sentences = objects_of(row.values, "Sentences")
    text, places, firsts = together([one.get("Tokens") for one in sentences], "Sentences")
    spans: dict[tuple[str, tuple[tuple[int, int], ...]], SpanMark] = {}
    frames, left_out = list[FrameMark](), dict[str, int]()
    for at, one in enumerate(objects_of(row.values, "Annotations")):
        ends, held = list[EndMark](), dict[str, list[int]]()
        for name in one:
            where = f"Annotations[{at}].{name}"
            tokens = _numbers(list_of(one, name, f"Annotations[{at}]."), firsts, len(places), where)
            if name not in _ROLES:
                left_out[name] = left_out.get(name, 0) + bool(tokens)
            else:
                held.setdefault(_ROLES[name], []).extend(tokens)
        for part, tokens in held.items():  # a particle of the cue is a piece of it
            if pieces := tuple((places[at][0], places[end - 1][1]) for at, end in runs(sorted({*tokens}))):
                mark = SpanMark(f"Annotations[{at}].{part}", part, pieces)
                ends.append(EndMark(part, spans.setdefault((part, pieces), mark).key))
        frames += [FrameMark(f"annotation {at}", "Attribution", tuple(ends))] if ends else []
    own = row._replace(values={**row.values, "text": text, "name": row.values.get("FileName")})
    marks = Marks([*spans.values()], frames, known_as=known_as)
    notes = dropped({name: count for name, count in left_out.items() if count})
    return draft_of(own, file, "text", marks, but=(*_SPKATT, "FileName"), notes=notes)


def _numbers(told: Sequence[Any], firsts: Sequence[int], count: int, where: str) -> list[int]:
    """Return the numbers of tokens in the text, in their order."""
    found = set[int]()
    for one in told:
        token = _TOKEN.fullmatch(one) if isinstance(one, str) else None
        is_there = token is not None and int(token[1]) < len(firsts)
        number = firsts[int(token[1])] + int(token[2]) if token is not None and is_there else count
        if number >= count:
            raise Fault(where, f"it is {kind_of(one)}, it has to be a token that is there, as sentence:token")
        found.add(number)
    return sorted(found)
