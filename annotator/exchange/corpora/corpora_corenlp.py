"""Reads what Stanford CoreNLP says of a text: its names, and its quotations with who says them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.exchange.corpora.corpora_json import draft_of
from annotator.exchange.json_lines import Row
from annotator.exchange.json_records import label_of, stretch_of
from annotator.exchange.record_faults import Fault, key_of, objects_of
from annotator.model.formats import Draft
from annotator.model.marks import EndMark, FrameMark, Marks, Proposal, SpanMark
from annotator.model.text import TEXT_LIMIT

_BEGIN, _END = "characterOffsetBegin", "characterOffsetEnd"
_MODEL = "CoreNLP"
_UNKNOWN = "Unknown"
_LEFT_OUT = "syntax, coreference and what else stands in it was left out"


def is_corenlp(values: Mapping[str, Any]) -> bool:
    """Tell whether a record is of CoreNLP: sentences of tokens that say where they lie."""
    sentences = values.get("sentences")
    if not isinstance(sentences, list) or not sentences or not isinstance(sentences[0], dict):
        return False
    tokens = sentences[0].get("tokens")
    return isinstance(tokens, list) and bool(tokens) and isinstance(tokens[0], dict) and _BEGIN in tokens[0]


def corenlp(row: Row, file: str, known_as: Mapping[str, str]) -> Draft:
    """Return the article: words where they lay, names and quotations as the model's proposals."""
    proposal = Proposal(_MODEL)
    sentences = objects_of(row.values, "sentences")
    text = _text(sentences)
    spans = [*_names(sentences, proposal)]
    frames = list[FrameMark]()
    for at, one in enumerate(objects_of(row.values, "quotes")):
        place = stretch_of(one, f"quotes[{at}]", ("beginIndex", "endIndex"))
        mark = SpanMark(f"quote {at}", "Content", (place,), proposal=proposal)
        speaker = key_of(one.get("canonicalSpeaker")) or key_of(one.get("speaker"))
        spans.append(mark)
        if speaker and speaker != _UNKNOWN:
            ends = (EndMark("Content", mark.key), EndMark("implicit_source", speaker, "actor"))
            frames.append(FrameMark(f"attribution {at}", "Attribution", ends, proposal=proposal))
    values = {"text": text, "id": row.values.get("docId"), "date": row.values.get("docDate")}
    marks = Marks(spans, frames, unit="utf16", known_as=known_as)
    return draft_of(row._replace(values=values), file, "text", marks, but=(), notes=(_LEFT_OUT,))


def _text(sentences: list[dict[str, Any]]) -> str:
    """Return the text of tokens: what stood before each, then its words as they were written."""
    pieces, at = list[str](), 0
    for number, sentence in enumerate(sentences):
        for count, token in enumerate(objects_of(sentence, "tokens", f"sentences[{number}].")):
            where = f"sentences[{number}].tokens[{count}]"
            start, _end = stretch_of(token, where, (_BEGIN, _END))
            before, word = token.get("before"), token.get("originalText") or token.get("word")
            if not isinstance(word, str) or not at <= start <= TEXT_LIMIT:
                raise Fault(where, "it is no word that lies behind the one before it")
            gap = before if isinstance(before, str) and len(before) == start - at else " " * (start - at)
            pieces += [gap, word]
            at = start + len(word.encode("utf-16-le")) // 2
    return "".join(pieces)


def _names(sentences: list[dict[str, Any]], proposal: Proposal) -> Iterator[SpanMark]:
    for number, sentence in enumerate(sentences):
        for count, one in enumerate(objects_of(sentence, "entitymentions", f"sentences[{number}].")):
            where = f"sentences[{number}].entitymentions[{count}]"
            place = stretch_of(one, where, (_BEGIN, _END))
            quote = one.get("text")
            words = quote if isinstance(quote, str) else None
            label = label_of(one.get("ner"), f"{where}.ner")
            yield SpanMark(where, label, (place,), words, proposal=proposal)
