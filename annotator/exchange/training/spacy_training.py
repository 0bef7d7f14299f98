"""Reads what spaCy 2 trained on: documents of paragraphs of sentences of tokens, each with its tag."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from annotator.exchange.conll.tags import stretches_of
from annotator.exchange.json_lines import Row
from annotator.exchange.json_records import label_of
from annotator.exchange.record_faults import Fault, key_of, kind_of, objects_of, short, text_of
from annotator.model.formats import Draft
from annotator.model.marks import ArticleMark, Marks, SpanMark

PARAGRAPHS = "paragraphs"
_BETWEEN = "\n\n"
_SEEN = re.compile(r"\S")
_MISSING = ("-", "", None)
"""What stands for a tag that nobody gave."""
_STAND_INS = {
    "``": '"',
    "''": '"',
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
}
"""What treebanks write for marks."""
_Entity = tuple[int, int, str]


def is_training(values: Mapping[str, Any]) -> bool:
    """Tell whether a record is a document of paragraphs with sentences."""
    parts = values.get(PARAGRAPHS)
    return isinstance(parts, list) and all(isinstance(one, dict) and "sentences" in one for one in parts)


def training_drafts(row: Row, file: str) -> list[Draft]:
    """Return a document as an article, its paragraphs parted by an empty line.

    Where paragraphs have categories, they are texts of their own.
    """
    own = key_of(row.values.get("id"))
    parts = objects_of(row.values, PARAGRAPHS)
    read = [(*_paragraph(one, f"{PARAGRAPHS}[{at}]"), _categories(one, at)) for at, one in enumerate(parts)]
    are_texts = len(parts) > 1 and any(labels for *_, labels in read)
    groups = [[one] for one in read] if are_texts else [read]
    found = []
    for number, group in enumerate(groups, 1):
        more = f", {number}" if are_texts else ""
        notes = _syntax(parts[number - 1 : number] if are_texts else parts)
        name, key = f"{file}:{own or row.line}{more}", own + more if own else ""
        found.append(_draft(group, name, key, row.line, notes))
    return found


def _draft(
    group: Sequence[tuple[str, list[_Entity], list[str]]],
    name: str,
    key: str,
    line: int,
    notes: tuple[str, ...],
) -> Draft:
    text = ""
    spans: list[SpanMark] = []
    for paragraph, found, _ in group:
        text += _BETWEEN if text else ""
        for start, end, label in found:
            pair = (len(text) + start, len(text) + end)
            spans.append(SpanMark(f"entity {len(spans) + 1}", label, (pair,), paragraph[start:end]))
        text += paragraph
    labels = dict.fromkeys(label for *_, labels in group for label in labels)
    marks = Marks(spans, (), [*map(ArticleMark, labels)], is_unbroken=True)
    return Draft(name, text, notes=notes, line=line, key=key, marks=marks)


def _syntax(parts: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return what is said of tokens and not taken: their kinds, and what they depend on."""
    tokens = (
        token for one in parts for each in one.get("sentences") or () for token in each.get("tokens") or ()
    )
    count = sum(not {"tag", "dep"}.isdisjoint(one) for one in tokens)
    return (f"left out: {count} × tags and dependencies of tokens",) if count else ()


def _paragraph(values: dict[str, Any], where: str) -> tuple[str, list[_Entity]]:
    """Return the text of a paragraph, and its entities."""
    sentences = [
        objects_of(one, "tokens", f"{where}.sentences[{at}].")
        for at, one in enumerate(objects_of(values, "sentences", f"{where}."))
    ]
    words = [text_of(token, "orth", where=f"{where}.") for one in sentences for token in one]
    raw = values.get("raw")
    if raw is not None and not isinstance(raw, str):
        raise Fault(f"{where}.raw", f"it is {kind_of(raw)}, it has to be text")
    text = raw or " ".join(words)
    places = places_of(text, words, f"{where}.raw")
    found, first = [], 0
    for tokens in sentences:
        tags = [
            "O" if one.get("ner") in _MISSING else text_of(one, "ner", where=f"{where}.") for one in tokens
        ]
        for begin, last, label in stretches_of(tags):
            found.append((places[first + begin][0], places[first + last][1], label))
        first += len(tokens)
    return text, found


def places_of(text: str, words: Sequence[str], field: str) -> list[tuple[int, int]]:
    """Return where each word stands; raises Fault where more than blanks stands between them."""
    found, at = [], 0
    for word in words:
        if not word.strip():
            found.append((at, at))
            continue
        next_one = _SEEN.search(text, at)
        rest = next_one.start() if next_one else len(text)
        written = next(
            (one for one in (word, _STAND_INS.get(word, word)) if text.startswith(one, rest)), None
        )
        if written is None:
            raise Fault(field, f"its tokens are not its words: {short(word)} does not come next")
        at = rest + len(written)
        found.append((rest, at))
    return found


def _categories(values: dict[str, Any], at: int) -> list[str]:
    where = f"{PARAGRAPHS}[{at}].cats"
    return [
        label_of(one.get("label"), f"{where}.label")
        for one in objects_of(values, "cats", f"{PARAGRAPHS}[{at}].")
        if isinstance(one.get("value", 1), int | float) and one.get("value", 1) >= 0.5
    ]
