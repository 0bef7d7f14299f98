"""Format `prodigy`: JSONL as Prodigy reads and writes it: tokens, spans, relations, answers."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec

from annotator.exchange import flat as flats
from annotator.exchange.file_names import Turns
from annotator.exchange.json_records import covered
from annotator.exchange.token_proof import but_tokens
from annotator.exchange.tools.prodigy_in import NAME, SUFFIXES, ProdigyImporter
from annotator.exchange.training.spacy_tokens import spacy_tokens
from annotator.exchange.whose import WHOSE
from annotator.model.errors import UserError
from annotator.model.formats import ExportSource, Format, Target
from annotator.model.ids import Id, id_text
from annotator.model.proof import Piece
from annotator.model.records import ArticleContent, Fragment, Span, SuggestedSpan
from annotator.model.tokens import ends_of


class _Token(msgspec.Struct, gc=False):
    """A token as a task has it; there are hundreds in each."""

    text: str
    start: int
    end: int
    id: int
    ws: bool


class ProdigyExporter:
    """Writes one task per article and annotator, and one for what was suggested and decided."""

    suffix = ".jsonl"
    needs_texts = False

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what tasks cannot hold."""
        left_out = sum((found.left_out for *_, found in source.once(_parts, content)), Counter[str]())
        proposed = content.suggested_spans
        left_out[flats.PIECES] += sum(len(one.fragments) > 1 for one in proposed)
        left_out["suggested frames"] += len(content.suggested_frames)
        left_out["who suggested a span, and how sure"] += sum(
            (one.suggester, one.score) != (NAME, 1.0) for one in proposed
        )
        return +left_out

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write all tasks, yielding how many articles are written."""
        file = target.open()
        turns = Turns()
        for count, content in enumerate(source.contents, 1):
            is_again = turns.next_of(content.article.text) > 0
            for task, pieces in _tasks(content, source):
                if is_again:
                    task["meta"]["id"] = id_text(content.article.id)
                number = len(source.proof)
                if not _fits(task):
                    raise UserError(
                        "The tokens of task {number} are not those of its spans; nothing was put in place.",
                        number=number + 1,
                    )
                line = msgspec.json.encode(task) + b"\n"
                file.write(line)
                source.proof.wrote(str(number), content.article.text, pieces)
            yield count

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the file, yielding how many tasks agree."""
        count = 0
        with path.open("rb") as file:
            for count, line in enumerate(file, 1):
                task = but_tokens(line)
                text = task["text"]
                pieces = [(one["label"], [covered(text, one["start"], one["end"])]) for one in task["spans"]]
                source.proof.check(str(count - 1), text, pieces)
                yield count
        source.proof.check_count(count)


def _fits(task: Mapping[str, Any]) -> bool:
    """Tell whether spans are from token to token as they say, and relations end in them."""
    tokens = task["tokens"]
    for one in task["spans"]:
        if (tokens[one["token_start"]].start, tokens[one["token_end"]].end) != (one["start"], one["end"]):
            return False
    spans = {(one["start"], one["end"], one["token_end"]) for one in task["spans"]}
    ends = ((one[end], one[f"{end}_span"]) for one in task["relations"] for end in ("head", "child"))
    return all(at == one["token_end"] and (one["start"], one["end"], at) in spans for at, one in ends)


def _parts(content: ArticleContent, source: ExportSource) -> list[flats.Part]:
    keeps = (flats.MADE_BY, flats.SUGGESTIONS, flats.ARTICLE_LABELS)
    return flats.flat_parts(content, source.scheme, keeps)


def _tasks(content: ArticleContent, source: ExportSource) -> Iterator[tuple[dict[str, Any], list[Piece]]]:
    text = content.article.text
    for own, part, found in source.once(_parts, content):
        name = source.annotators[own].name if own is not None else ""
        record = _task(part, found, name, "accept" if own is not None or _is_done(content) else "")
        if part.labels:
            names = flats.names_of(part.labels)
            record["options"] = [{"id": one, "text": one} for one in names]
            record["accept"] = names
        yield record, list(flats.pieces(found.stretches, text))
    for state, answer in (("open", ""), ("rejected", "reject")):
        proposed = [_as_span(one) for one in content.suggested_spans if one.state == state]
        if proposed:
            bare = replace(content, spans=proposed, frames=(), labels=())
            found = flats.flat(bare, source.scheme)
            yield _task(bare, found, "", answer), list(flats.pieces(found.stretches, text))


def _is_done(content: ArticleContent) -> bool:
    return any(one.state == "done" for one in content.readings)


def _as_span(one: SuggestedSpan) -> Span:
    fragments: tuple[Fragment, ...] = one.fragments
    return Span(one.id, one.article, one.label, fragments, one.id, one.created)


def _task(content: ArticleContent, found: flats.Flat, by: str, answer: str) -> dict[str, Any]:
    text = content.article.text
    if any(text[one.start].isspace() or text[one.end - 1].isspace() for one in found.stretches):
        # Prodigy takes no span that does not begin and end with a token; blanks are such for spaCy, too.
        words, starts, spaces = spacy_tokens(text, found.stretches)
        ends, blanks = ends_of(words, starts), map(bool, spaces)
    else:
        words, starts = flats.words_of(text, found.stretches)
        ends = ends_of(words, starts)
        closed = f"{text}\n"  # so that every token has a character after it
        blanks = map(" ".__eq__, map(closed.__getitem__, ends))
    spans = {one.id: _span(one, starts) for one in found.stretches}
    record: dict[str, Any] = {
        "text": text,
        "meta": {**dict(sorted(content.article.meta.items())), "name": content.article.name},
        "tokens": [*map(_Token, words, starts, ends, itertools.count(), blanks)],
        "spans": list(spans.values()),
        "relations": [
            {
                "head": spans[one.start]["token_end"],
                "child": spans[one.end]["token_end"],
                "head_span": spans[one.start],
                "child_span": spans[one.end],
                "label": one.label,
                **one.more,
            }
            for one in found.links
        ],
    }
    if by:
        record["_annotator_id"] = by.replace("%", "%25") if unquote(by) != by else by
    if answer:
        record["answer"] = answer
    return record


def _span(one: flats.Stretch, starts: Sequence[int]) -> dict[str, Any]:
    """Return a span with the tokens it begins and ends in."""
    first = bisect_left(starts, one.start)
    last = max(first, bisect_left(starts, one.end) - 1)
    return {"start": one.start, "end": one.end, "token_start": first, "token_end": last, "label": one.label}


FORMAT = Format(
    "prodigy",
    "Prodigy JSONL",
    SUFFIXES,
    ProdigyImporter(),
    ProdigyExporter(),
    about=(
        "Tasks as Prodigy reads and writes them, one per line: text, tokens, spans, relations, answer. "
        "Positions are characters; token_end is the last token, included. What was answered with reject "
        "comes in as rejected suggestions, what was not answered as open ones. A frame of other than two "
        "ends is several relations, which say in `frame` and `roles` what they are parts of. Of a task that "
        "was reviewed, the versions of its annotators come in as theirs, and what was decided as an "
        "adjudicator's. A span may have an answer of its own. Each page of a task with pages is an article. "
        "Arcs of old versions are relations."
    ),
    example=(
        '{"text":"No.","tokens":[{"text":"No","start":0,"end":2,"id":0,"ws":false},'
        '{"text":".","start":2,"end":3,"id":1,"ws":false}],"spans":[{"start":0,"end":2,"token_start":0,'
        '"token_end":0,"label":"CLAIM"}],"relations":[],"answer":"accept"}'
    ),
    lost=(
        "gaps in spans: a span in pieces is written as one stretch",
        "frames that do not link two spans, and ends of others that are no spans",
        "attributes, notes, actors, claim cards, when a record was made",
        "recorded emptiness, suggested frames, who suggested a span and how sure",
    ),
    options_in=(WHOSE,),
)
