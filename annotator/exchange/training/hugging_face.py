"""Format `hugging_face`: JSON lines to train on: tags of tokens, which are read too, relations, or pairs."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import orjson

from annotator.exchange import flat as flats
from annotator.exchange.conll.tags import cell, edged, stretches_of, tags_of
from annotator.exchange.json_records import covered, other_words
from annotator.exchange.training.hugging_face_in import SUFFIXES, HuggingFaceImporter
from annotator.model import left_out as gone
from annotator.model.formats import ExportSource, Format, Option, Target
from annotator.model.ids import Id, id_from_text, id_text
from annotator.model.proof import Piece
from annotator.model.records import ArticleContent

_TOKENS, _RELATIONS, _PAIRS = "tokens", "relations", "pairs"
_SENTENCE, _ARTICLE = "sentence", "article"
_SIZES = {_SENTENCE: 1, "128": 128, "256": 256, "512": 512, _ARTICLE: sys.maxsize}
"""Words of a record at most; a sentence is never cut."""
_VALUE = "value"
"""The attribute that says which side a stance takes."""
_ARROW = "→"
"""Stands before each end in what a relation is held against."""
Made = tuple[list[dict[str, Any]], list[Piece]]
"""The records of an article, and what they are meant to cover."""
_OF_ARTICLE = slice(len('{"id":"'), len('{"id":"') + 36)
"""Where the id of its article stands in a line, which every id of a record begins with."""
_OVERLAPS = gone.OVERLAPS
_UNLINKED = gone.UNLINKED


class HuggingFaceExporter:
    """Writes one record per sentence, per relation, or per pair of linked texts."""

    suffix = ".jsonl"

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what such records cannot hold."""
        found, left_out = source.once(_flat, content), Counter[str]()
        left_out.update(found.left_out)
        if _task(source) == _TOKENS:
            left_out[_OVERLAPS] += len(found.stretches) - len(source.once(_longest, content))
        else:
            joined = {end for one in found.links for end in (one.start, one.end)}
            left_out[_UNLINKED] += len(found.stretches) - len(joined)
        if _task(source) == _PAIRS:
            left_out[flats.ATTRIBUTES] -= sum(_VALUE in one.attributes for one in found.frames)
        return +left_out

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write all records, yielding how many articles are written."""
        file = target.open()
        for count, content in enumerate(source.contents, 1):
            records, meant = _records(content, source)
            if records:
                file.writelines([orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE) for one in records])
                source.proof.wrote(id_text(content.article.id), "", meant)
            yield count

    def verify(self, path: Path, texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read all records, comparing every word with the text of its article."""
        count = 0
        with path.open("rb") as file:
            for _, group in groupby(file, itemgetter(_OF_ARTICLE)):
                records = orjson.loads(b"[%b]" % b",".join(group))
                article = records[0]["article"]
                text = texts[id_from_text(article)]
                words, starts = _tokens_of(records)
                if len(words) != len(starts) or not all(map(text.startswith, words, starts)):
                    raise other_words(article)
                said = filter(_says_any, records)
                source.proof.check(article, "", (piece for one in said for piece in _read(one, text)))
                count += 1
                yield count
        source.proof.check_count(count)


def _says_any(record: Mapping[str, Any]) -> bool:
    """Tell whether a record has more to say than that no token has a label, as most have not."""
    tags = record.get("tags")
    return tags is None or tags.count("O") < len(tags)


def _task(source: ExportSource) -> str:
    return source.chosen.get("task", _TOKENS)


def _most(source: ExportSource) -> int:
    return _SIZES[source.chosen.get("window", _SENTENCE)]


def _windows(sentences: Iterable[tuple[int, int]], most: int) -> Iterator[tuple[int, int]]:
    """Yield stretches of whole sentences, of as many words at most as there can be; a longer one is alone."""
    first = last = 0
    for begin, after in sentences:
        if first < last and after - first > most:
            yield first, last
            first = begin
        last = after
    if first < last:
        yield first, last


def _records(content: ArticleContent, source: ExportSource) -> Made:
    found = source.once(_flat, content)
    if _task(source) == _PAIRS:
        return _pair_records(content, found)
    tokens = _tokens(content, found)
    if _task(source) == _RELATIONS:
        return _relation_records(tokens, found, _most(source))
    column = flats.in_tokens(source.once(_longest, content), tokens.starts)
    tags = tags_of(len(tokens.words), edged(column, "bio"))
    records = []
    sentences = flats.token_sentences(tokens.text, tokens.starts, found.stretches)
    for number, (first, after) in enumerate(_windows(sentences, _most(source))):
        record = tokens.record(number, first, after)
        record["tags"] = tags[first:after]
        records.append(record)
    return records, [(cell(one.label), tokens.words[first:after]) for first, after, one in column]


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The tokens of one article: what they are, and where they start."""

    article: str
    text: str
    words: Sequence[str]
    starts: Sequence[int]

    def record(self, number: int, first: int, after: int) -> dict[str, Any]:
        """Return the record of one sentence, but its tags."""
        return {
            "id": f"{self.article}-{number}",
            "article": self.article,
            "tokens": self.words[first:after],
            "starts": self.starts[first:after],
        }


def _tokens(content: ArticleContent, found: flats.Flat) -> _Tokens:
    text = content.article.text
    return _Tokens(id_text(content.article.id), text, *flats.words_of(text, found.stretches))


def _flat(content: ArticleContent, source: ExportSource) -> flats.Flat:
    """Return what has words: a span of blanks has no token, and what it joins no place."""
    return flats.flat(content, source.scheme, links=_task(source) != _TOKENS, blanks=False)


def _longest(content: ArticleContent, source: ExportSource) -> list[flats.Stretch]:
    return flats.longest_first(source.once(_flat, content).stretches)


def _relation_records(tokens: _Tokens, found: flats.Flat, most: int) -> Made:
    """Return a record for each link, with its sentence; as in TACRED, ends are the last token, included."""
    sentences = flats.token_sentences(tokens.text, tokens.starts, flats.kept_whole(found))
    windows = list(_windows(sentences, most))
    lasts = [after for _, after in windows]
    by_id = {one.id: (start, end, one) for start, end, one in flats.in_tokens(found.stretches, tokens.starts)}
    records: list[dict[str, Any]] = []
    pieces: list[Piece] = []
    for at, link in enumerate(found.links):
        ends = by_id[link.start], by_id[link.end]
        number = bisect_right(lasts, ends[0][0])
        first, after = windows[number]
        record = tokens.record(number, first, after)
        record |= {"id": f"{record['id']}-{at}", "frame": id_text(link.id), "relation": link.label}
        meant: list[str] = []
        for name, (start, end, one), role in zip(("subj", "obj"), ends, link.roles, strict=True):
            record[f"{name}_start"], record[f"{name}_end"] = start - first, end - 1 - first
            record[f"{name}_type"], record[f"{name}_role"] = one.label, role
            meant += [_ARROW, *tokens.words[start:end]]
        records.append(record)
        pieces.append((link.label, meant))
    return records, pieces


def _pair_records(content: ArticleContent, found: flats.Flat) -> Made:
    by_id = {one.id: one for one in found.stretches}
    article, text = id_text(content.article.id), content.article.text
    records: list[dict[str, Any]] = []
    pieces: list[Piece] = []
    for number, link in enumerate(found.links):
        ends = (by_id[link.start], by_id[link.end])
        words = [text[one.start : one.end] for one in ends]
        label = link.frame.attributes.get(_VALUE, link.label)
        pieces.append((label, words))
        records.append(
            {
                "id": f"{article}-{number}",
                "article": article,
                "text_a": words[0],
                "text_b": words[1],
                "places": [[one.start, one.end] for one in ends],
                "roles": list(link.roles),
                "frame": id_text(link.id),
                "label": label,
            }
        )
    return records, pieces


def _tokens_of(records: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[int]]:
    """Return all tokens of some records, those without a label too, and where they start; none of pairs."""
    tokens = [one for one in records if "tokens" in one]
    words = [*chain.from_iterable(map(itemgetter("tokens"), tokens))]
    return words, [*chain.from_iterable(map(itemgetter("starts"), tokens))]


def _read(record: Mapping[str, Any], text: str) -> list[Piece]:
    """Return what a record says is covered; raises UserError where the text has other words there."""
    if "tokens" not in record:
        words = [covered(text, start, end) for start, end in record["places"]]
        if words != [record["text_a"], record["text_b"]]:
            raise other_words(record["id"])
        return [(record["label"], words)]
    words = record["tokens"]
    if "tags" in record:
        return [(label, words[first : last + 1]) for first, last, label in stretches_of(record["tags"])]
    ends = [words[record[f"{name}_start"] : record[f"{name}_end"] + 1] for name in ("subj", "obj")]
    return [(record["relation"], [_ARROW, *ends[0], _ARROW, *ends[1]])]


FORMAT = Format(
    "hugging_face",
    "Hugging Face JSON (tokens, relations, pairs)",
    SUFFIXES,
    HuggingFaceImporter(),
    HuggingFaceExporter(),
    about=(
        'Lines that load with `datasets.load_dataset("json", data_files=…)`: sentences, or as many as you '
        "choose, with a BIO tag per token; or a record per relation, its ends the first and last token, "
        "included; or pairs of texts. A frame of more than two ends is several relations, from its first "
        "span to each other one, with the same `frame`. `article` and `starts` lead back to the place in the "
        "article, in characters. Read are tokens with tags of any dataset; what tags that are numbers stand "
        "for is told by labels.txt (a name per line) or dataset_info.json beside."
    ),
    example=(
        '{"id":"019b8d0e-5100-7000-8000-00000000000a-0","article":"019b8d0e-5100-7000-8000-00000000000a",'
        '"tokens":["She","said","no","."],"starts":[0,4,9,11],"tags":["B-SOURCE","O","B-CLAIM","O"]}'
    ),
    lost=(
        "of spans that overlap, all but the longest (tokens); spans that no link joins (relations, pairs)",
        "frames that do not link two spans, and ends of others that are no spans; gaps in spans",
        "attributes (but the value of a stance in pairs), notes, actors, claim cards, labels of articles",
        "recorded emptiness, suggestions, who made a record and when; facts of the article",
    ),
    options_out=(
        Option(
            "task",
            "Task",
            (_TOKENS, _RELATIONS, _PAIRS),
            ("tags of tokens", "relations (as in TACRED)", "pairs of linked texts"),
        ),
        Option(
            "window",
            "Text of a record",
            tuple(_SIZES),
            (
                "one sentence",
                "sentences of up to 128 words",
                "sentences of up to 256 words",
                "sentences of up to 512 words",
                "the whole article",
            ),
        ),
    ),
)
