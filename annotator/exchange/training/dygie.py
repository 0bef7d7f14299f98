"""Format `dygie`: JSON lines for DyGIE++: names, relations and events by tokens; only written."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from annotator.exchange import flat as flats
from annotator.exchange.files import BUFFER
from annotator.exchange.json_records import other_words
from annotator.model.formats import ExportSource, Format, Target
from annotator.model.ids import Id, id_from_text, id_text
from annotator.model.proof import Piece
from annotator.model.records import ArticleContent

_TRIGGERS = ("trigger", "cue")
"""Roles whose words show a frame; with one of them filled, the frame is an event."""
_MORE_WORDS = "words of triggers after the first one, which stands for all"
_FIELDS = ("ner", "relations", "events")
Ends = list[tuple[str, Id]]


class DygieExporter:
    """Writes one record per article, its sentences never cut through what belongs together."""

    suffix = ".jsonl"

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what such records cannot hold."""
        found, tokens = source.once(_in_tokens, content)
        left_out = Counter(found.left_out)
        for one in tokens.frames:
            if one.trigger is not None:
                first, last = tokens.last(one.trigger)
                left_out[_MORE_WORDS] += last - first
        return +left_out

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write all records, yielding how many are written."""
        file = target.open()
        for count, content in enumerate(source.contents, 1):
            found, tokens = source.once(_in_tokens, content)
            record = _record(content, source.scheme.name, found, tokens)
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
            source.proof.wrote(record["doc_key"], "", _meant(found, tokens))
            yield count

    def verify(self, path: Path, texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read all records, comparing every word with the text of its article."""
        count = 0
        with path.open("rb", BUFFER) as file:
            for line in file:
                record = orjson.loads(line)
                text = texts[id_from_text(record["doc_key"])]
                source.proof.check(record["doc_key"], "", _read(record, text))
                count += 1
                yield count
        source.proof.check_count(count)


class _Frame(NamedTuple):
    """A frame: its label, the words that show it, where there are some, and its other ends."""

    label: str
    trigger: Id | None
    ends: Ends


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The tokens of an article: their words, where they start, those of each span, and its frames."""

    words: Sequence[str]
    starts: Sequence[int]
    of: Mapping[Id, tuple[int, int]]
    """First token, and the one after the last."""
    sentences: Sequence[tuple[int, int]]
    frames: Sequence[_Frame]

    def last(self, span: Id) -> tuple[int, int]:
        """Return a span's first and last token."""
        first, after = self.of[span]
        return first, after - 1


def _in_tokens(content: ArticleContent, source: ExportSource) -> tuple[flats.Flat, _Tokens]:
    found = flats.flat(content, source.scheme, blanks=False)
    return found, _tokens(content.article.text, found)


def _frames(found: flats.Flat) -> Iterator[_Frame]:
    """Yield the frames that links make up, the first end of each first."""
    for _, group in groupby(found.links, attrgetter("number")):
        first, *others = group
        pairs = ((one.roles[1], one.end) for one in others)
        ends = [(first.roles[0], first.start), (first.roles[1], first.end), *pairs]
        role = _shown(ends)
        if role:
            yield _Frame(first.label, *_apart(ends, role))
        else:
            yield _Frame(first.label, None, ends)


def _shown(ends: Ends) -> str:
    """Return the role of a frame's trigger, or nothing where no words show it."""
    roles = [role for role, _ in ends]
    return next((one for one in _TRIGGERS if one in roles), "")


def _tokens(text: str, found: flats.Flat) -> _Tokens:
    words, starts = flats.words_of(text, found.stretches)
    of = {one.id: (first, after) for first, after, one in flats.in_tokens(found.stretches, starts)}
    sentences = flats.token_sentences(text, starts, flats.kept_whole(found))
    parts = [one for one in sentences if one[0] < one[1]]
    return _Tokens(words, starts, of, parts, [*_frames(found)])


def _record(content: ArticleContent, dataset: str, found: flats.Flat, tokens: _Tokens) -> dict[str, Any]:
    lasts = [after for _, after in tokens.sentences]
    parts: dict[str, list[list[Any]]] = {name: [[] for _ in lasts] for name in _FIELDS}

    def _put(name: str, span: Id, one: list[Any]) -> None:
        parts[name][bisect_right(lasts, tokens.of[span][0])].append(one)

    for stretch in found.stretches:
        _put("ner", stretch.id, [*tokens.last(stretch.id), stretch.label])
    for label, trigger, ends in tokens.frames:
        if trigger is None:
            for _, end in ends[1:]:
                _put("relations", ends[0][1], [*tokens.last(ends[0][1]), *tokens.last(end), label])
            continue
        arguments = [[*tokens.last(end), name] for name, end in ends]
        _put("events", trigger, [[tokens.of[trigger][0], label], *arguments])
    return {
        "doc_key": id_text(content.article.id),
        "dataset": dataset,
        "sentences": [tokens.words[first:after] for first, after in tokens.sentences],
        **parts,
        "_name": content.article.name,
        "_starts": [tokens.starts[first:after] for first, after in tokens.sentences],
    }


def _apart(ends: Ends, role: str) -> tuple[Id, Ends]:
    """Return the trigger, and the other ends."""
    at = next(at for at, (name, _) in enumerate(ends) if name == role)
    return ends[at][1], ends[:at] + ends[at + 1 :]


def _meant(found: flats.Flat, tokens: _Tokens) -> Iterator[Piece]:
    """Yield what a record is meant to cover: of each part the label, then the words of its ends."""

    def _words(span: Id) -> str:
        first, after = tokens.of[span]
        return " ".join(tokens.words[first:after])

    for one in found.stretches:
        yield f"ner {one.label}", [_words(one.id)]
    for label, trigger, ends in tokens.frames:
        if trigger is None:
            for _, end in ends[1:]:
                yield f"relations {label}", [_words(ends[0][1]), _words(end)]
            continue
        said = chain(*((name, _words(end)) for name, end in ends))
        yield f"events {label}", [tokens.words[tokens.of[trigger][0]], *said]


def _read(record: Mapping[str, Any], text: str) -> Iterator[Piece]:
    """Yield what a record covers in the text; raises UserError where the text has other words there."""
    words = [*chain.from_iterable(record["sentences"])]
    starts = [*chain.from_iterable(record["_starts"])]
    if len(starts) != len(words) or not all(map(text.startswith, words, starts)):
        raise other_words(record["doc_key"])

    def _words(first: int, last: int) -> str:
        return " ".join(words[first : last + 1])

    for first, last, label in chain.from_iterable(record["ner"]):
        yield f"ner {label}", [_words(first, last)]
    for first, last, other, end, label in chain.from_iterable(record["relations"]):
        yield f"relations {label}", [_words(first, last), _words(other, end)]
    for (trigger, label), *arguments in chain.from_iterable(record["events"]):
        said = chain(*((role, _words(first, last)) for first, last, role in arguments))
        yield f"events {label}", [words[trigger], *said]


FORMAT = Format(
    "dygie",
    "DyGIE++ JSON lines (names, relations, events)",
    (".jsonl",),
    exporter=DygieExporter(),
    about=(
        "One article per line, as DyGIE++, PURE and other readers of SciERC take it: sentences of tokens; "
        "spans as [first token, last token, label]; frames as relations, or as events where a cue or trigger "
        "shows them. Tokens are counted through the article, the last one included. A sentence is never cut "
        "through a span or a frame. `doc_key` is the article's id; `_starts` say where tokens begin in its "
        "text."
    ),
    example=(
        '{"doc_key":"019b8d0e-5100-7000-8000-00000000000a","dataset":"default",'
        '"sentences":[["She","said","no","."]],'
        '"ner":[[[0,0,"SOURCE"],[1,1,"CUE"],[2,2,"CLAIM"]]],"relations":[[]],'
        '"events":[[[[1,"ATTRIBUTION"],[2,2,"claim"],[0,0,"source"]]]],'
        '"_name":"a.txt","_starts":[[0,4,9,11]]}'
    ),
    lost=(
        "gaps in spans; frames that do not link two spans, and ends of others that are no spans",
        "words of triggers after the first one",
        "attributes, notes, actors, claim cards, labels of articles, recorded emptiness, suggestions",
        "who made a record and when; title and facts of the article",
    ),
)
