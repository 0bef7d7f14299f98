"""Reads Datasaur's JSON: lines of tokens, and labels from a character of a token to one of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotator.exchange.corpora.corpora_json import draft_of, dropped, with_text
from annotator.exchange.json_lines import Row
from annotator.exchange.json_records import label_of
from annotator.exchange.record_faults import Fault, kind_of, list_of, objects_of
from annotator.model.formats import Draft
from annotator.model.marks import Marks, SpanMark

_SPAN = "SPAN"
Tokens = Sequence[Sequence[tuple[int, int]]]
"""Where the tokens of each line lie in the text."""


def datasaur(row: Row, file: str) -> Draft:
    """Return an article of Datasaur: its cells are the lines, in which tokens and characters are counted."""
    values = row.values
    text, lines, places = _together(objects_of(values, "cells"), "cells")
    names = dict(_names(values.get("labelSets")))
    spans, others = [], 0
    for at, one in enumerate(objects_of(values, "labels")):
        where = f"labels[{at}]"
        if one.get("type", _SPAN) != _SPAN:
            others += 1
            continue
        ends = [
            [one.get(f"{edge}{what}") for what in ("CellLine", "TokenIndex", "CharIndex")]
            for edge in ("start", "end")
        ]
        start, end = (_point(end, lines, places, where) for end in ends)
        own = one.get("labelSetItemId", one.get("labelName"))
        label = label_of(names.get(str(own), own), f"{where}.labelSetItemId")
        spans.append(SpanMark(where, label, ((start, end + 1),)))
    but = ("cells", "labels", "labelSets", "type", "comments")
    notes = dropped({"labels that are no spans": others} if others else {})
    return draft_of(with_text(row, text), file, "text", Marks(spans), but=but, notes=notes)


def datasaur_sentences(row: Row, file: str) -> Draft:
    """Return an article of Datasaur's older JSON, in which each sentence has its labels."""
    sentences = objects_of(row.values, "sentences")
    text, lines, places = _together(sentences, "sentences")
    names = dict(_names(row.values.get("labelSets")))
    spans = []
    for at, sentence in enumerate(sentences):
        for number, one in enumerate(objects_of(sentence, "labels", f"sentences[{at}].")):
            where = f"sentences[{at}].labels[{number}]"
            ends = [one.get(edge) for edge in ("start", "end")]
            points = [
                [end.get(what) for what in ("sentenceId", "tokenId", "charId")]
                if isinstance(end, dict)
                else []
                for end in ends
            ]
            start, end = (_point(each, lines, places, where) for each in points)
            label = label_of(names.get(str(one.get("l")), one.get("l")), f"{where}.l")
            spans.append(SpanMark(where, label, ((start, end + 1),)))
    return draft_of(with_text(row, text), file, "text", Marks(spans), but=("sentences", "labelSets"))


def _together(rows: Sequence[Mapping[str, Any]], where: str) -> tuple[str, dict[int, int], Tokens]:
    """Return the text, which row each line of the file's numbers is, and where the tokens lie."""
    text, lines, places = "", dict[int, int](), []
    for at, one in enumerate(rows):
        content, tokens = one.get("content"), list_of(dict(one), "tokens", f"{where}[{at}].")
        if not isinstance(content, str):
            raise Fault(f"{where}[{at}].content", f"it is {kind_of(content)}, it has to be text")
        number = one.get("line", one.get("id", at))
        lines.setdefault(number if type(number) is int else at, at)
        places.append([*_words(content, tokens, len(text), f"{where}[{at}].tokens")])
        text += f"{content}\n"
    return text, lines, places


def _words(content: str, tokens: Sequence[Any], before: int, where: str) -> Iterator[tuple[int, int]]:
    at = 0
    for token in tokens:
        start = content.find(token, at) if isinstance(token, str) else -1
        if start < 0:
            raise Fault(where, f"{kind_of(token)} does not stand in its line where the tokens before it end")
        at = start + len(token)
        yield before + start, before + at


def _point(values: Sequence[Any], lines: Mapping[int, int], places: Tokens, where: str) -> int:
    """Return the place of a character, by its line, its token and its number in that."""
    if len(values) == 3 and all(type(one) is int for one in values):
        line, token, char = (int(one) for one in values)
        row = places[lines[line]] if line in lines else ()
        if 0 <= token < len(row) and 0 <= char < row[token][1] - row[token][0]:
            return row[token][0] + char
    raise Fault(where, f"line, token and character {values} are not those of a token")


def _names(sets: object) -> Iterator[tuple[str, str]]:
    """Yield ids of labels with their names."""
    for one in sets if isinstance(sets, list) else ():
        held = one if isinstance(one, dict) else {}
        items = held.get("labelItems") or held.get("labelSetItems")
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict) and isinstance(item.get("labelName"), str):
                yield str(item.get("id")), item["labelName"]
