"""Reads XML of corpora and other tools: GATE's documents, MAE's standoff, graphs of arguments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from annotator.exchange.corpora.corpora_json import MARKUP, SENTENCES_AND_WORDS, dropped
from annotator.exchange.xml_tree import tree_of
from annotator.model.errors import UserError
from annotator.model.formats import Draft
from annotator.model.marks import ArticleMark, EndMark, FrameMark, Marks, SpanMark

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SPAN = re.compile(r"(-?\d+)\s*~\s*(-?\d+)")
_LINK = re.compile(r"(\w+?)ID\Z")
_PAIR, _MEMBER = ("from", "to"), "member"
_LONGEST = 2000
_PLACE = ("id", "spans", "start", "end", "text")


def gate(root: Element, name: str) -> Draft:
    """Return the article of a document of GATE: sets of annotations between nodes of its text."""
    text = root.find("TextWithNodes")
    if text is None:
        raise UserError("there is no element TextWithNodes, so there is no text in it")
    nodes, words = dict[str, int](), [text.text or ""]
    at = len(words[0])
    for node in text:
        nodes[node.get("id", "")] = at
        words.append(node.tail or "")
        at += len(words[-1])
    spans, left_out = list[SpanMark](), Counter[str]()
    keys: dict[str, str] = {}
    for some in root.iter("AnnotationSet"):
        by = some.get("Name", "")
        for one in some.iter("Annotation"):
            label = one.get("Type", "")
            if by == MARKUP or label in SENTENCES_AND_WORDS:
                left_out[by if by == MARKUP else label] += 1
                continue
            ends = [nodes.get(one.get(field, ""), -1) for field in ("StartNode", "EndNode")]
            key = f"{by} {one.get('Id', len(spans))}".strip()
            keys.setdefault(one.get("Id", key), key)
            spans.append(SpanMark(key, label, ((ends[0], ends[1]),), attributes=_features(one), by=by))
    frames = [*_relations(root, keys)]
    left_out["Relation"] += sum(1 for _ in root.iter("Relation")) - len(frames)
    facts = root.find("GateDocumentFeatures")
    meta = {} if facts is None else _features(facts)
    return Draft(name, "".join(words), meta=meta, notes=dropped(+left_out), marks=Marks(spans, frames))


def _relations(root: Element, keys: Mapping[str, str]) -> Iterator[FrameMark]:
    """Yield relations of which all members are there: of two a link, of more members of one frame."""
    for some in root.iter("RelationSet"):
        for at, one in enumerate(some.iter("Relation")):
            members = [keys.get(each, "") for each in one.get("Members", "").split(";")]
            if len(members) < 2 or not all(members):
                continue
            roles = _PAIR if len(members) == len(_PAIR) else (_MEMBER,) * len(members)
            ends = tuple(EndMark(role, key) for role, key in zip(roles, members, strict=True))
            by, label = some.get("Name", ""), one.get("Type") or "relation"
            key = f"{by} relation {one.get('Id', at)}".strip()
            yield FrameMark(key, label, ends, _features(one), by=by, is_ordered=True)


def _features(one: Element) -> dict[str, str]:
    """Return the features that are plain values, or lists of them; others are trees of Java's objects."""
    said = {
        feature.findtext("Name", "").strip(): _said(feature.find("Value")) for feature in one.iter("Feature")
    }
    return {name: value for name, value in said.items() if value and len(value) <= _LONGEST}


def _said(value: Element | None) -> str:
    """Return what a value says: a list, which stands in it as XML, with signs between what it holds."""
    if value is None or "ObjectWrapper" not in value.get("className", ""):
        return "" if value is None else (value.text or "").strip()
    try:
        held = tree_of((value.text or "").encode()).find("value")
    except UserError:
        return ""
    parts = [] if held is None else [*held]
    said = [(one.text or "").strip() for one in parts]
    return "" if any(map(len, parts)) else "; ".join(filter(None, said))


def is_mae(root: Element) -> bool:
    """Tell whether XML is as MAE writes it, and i2b2's tasks have it: a text, and tags about it."""
    return root.find("TEXT") is not None and root.find("TAGS") is not None


def mae(root: Element, name: str) -> Draft:
    """Return the article of a file of MAE: tags with places, links between tags, tags of the whole text."""
    spans, frames, labels = list[SpanMark](), list[FrameMark](), list[ArticleMark]()
    placed = {one.tag for one in root.findall("TAGS/*") if _places(one)}
    left_out = Counter[str]()
    for at, one in enumerate(root.findall("TAGS/*")):
        key = one.get("id") or f"{one.tag} {at}"
        ends = [(match[1], value) for name, value in one.items() if (match := _LINK.match(name)) and value]
        others = {field: value for field, value in one.items() if field not in _PLACE and value}
        places = _places(one)
        if len(ends) > 1:
            linked = {role for role, _ in ends}
            said = {
                field: value
                for field, value in others.items()
                if not any(field in (f"{role}ID", f"{role}Text") for role in linked)
            }
            frames.append(FrameMark(key, one.tag, tuple(EndMark(*end) for end in ends), said))
        elif places:
            quote = one.get("text") if len(places) == 1 else None
            spans.append(SpanMark(key, one.tag, places, quote, others))
        elif one.tag in placed:
            left_out[f"{one.tag} without a place"] += 1
        else:
            labels.append(ArticleMark(one.tag, others))
    notes = dropped(left_out)
    return Draft(name, root.findtext("TEXT", ""), notes=notes, marks=Marks(spans, frames, labels))


def _places(one: Element) -> tuple[tuple[int, int], ...]:
    pairs = _SPAN.findall(one.get("spans", "")) or [(one.get("start", ""), one.get("end", ""))]
    try:
        found = tuple((int(start), int(end)) for start, end in pairs)
    except ValueError:
        return ()
    return tuple(pair for pair in found if pair[1] >= 0)  # MAE: -1 is no place


def arguments(root: Element, name: str) -> Draft:
    """Return the article of a graph of arguments: its stretches, labelled by their side, and how they act."""
    sides = {one.get("id", ""): one.get("type", "") for one in root.iter("adu")}
    edges = list(root.iter("edge"))
    parts: dict[str, list[str]] = {}
    for one in edges:
        if one.get("type") == "seg":
            parts.setdefault(one.get("trg", ""), []).append(one.get("src", ""))
    text, places = "", dict[str, tuple[int, int]]()
    for edu in root.iter("edu"):
        text += " " if text else ""
        said = (edu.text or "").strip()
        places[edu.get("id", "")] = (len(text), len(text) + len(said))
        text += said
    spans = [
        SpanMark(key, sides.get(key) or "adu", tuple(places[one] for one in own if one in places))
        for key, own in parts.items()
    ]
    frames = [_edge(one, sides) for one in edges if one.get("type") != "seg"]
    meta = {field: value for field, value in root.items() if field != "id" and value}
    return Draft(name, text, meta=meta, marks=Marks(spans, frames))


def _edge(one: Element, sides: Mapping[str, str]) -> FrameMark:
    pairs = zip(_PAIR, (one.get("src", ""), one.get("trg", "")), strict=True)
    ends = tuple(EndMark(role, key, "span" if key in sides else "frame") for role, key in pairs)
    return FrameMark(one.get("id", ""), one.get("type") or "edge", ends, is_ordered=True)
