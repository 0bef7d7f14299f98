"""Format `prodigy`: JSONL as Prodigy reads and writes it: tokens, spans, relations, answers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from annotator.exchange import flat as flats
from annotator.exchange.file_names import Turns
from annotator.exchange.json_lines import Row, first_record, preview_records
from annotator.exchange.json_records import (
    WHOSE,
    covered,
    facts_in,
    facts_of,
    joined,
    label_of,
    read_drafts,
    stretch_of,
    unkept,
    whose,
)
from annotator.exchange.record_faults import Fault, choice_of, key_of, list_of, objects_of, text_of
from annotator.exchange.token_proof import but_tokens, whole
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ExportSource, Format, ImportOptions, Item, Preview, Target
from annotator.model.ids import Id, id_text
from annotator.model.marks import ANY_SUGGESTER, ArticleMark, EndMark, FrameMark, Marks, Proposal, SpanMark
from annotator.model.proof import Piece
from annotator.model.records import ArticleContent, Fragment, Span, SuggestedSpan
from annotator.model.tokens import ends_of

SUFFIXES = (".jsonl", ".json")
_OWN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The id of an article, which the second of the same text has: by its text it is not told from the first."""
_OWN_FIELDS = ("_input_hash", "_task_hash", "_view_id", "_session_id", "answer")
_OWN = frozenset(
    {
        *("text", "tokens", "spans", "relations", "answer", "meta"),
        *("options", "accept", "label", "config", "score", "priority"),
        *("versions", "sessions", "view_id"),
    }
)
"""Fields that are read, or that only say how a task was shown."""
_ANSWERS = ("accept", "reject", "ignore")
_NAME = ANY_SUGGESTER
WORDS = "WORDS"
"""The label of words that relations join and that have none of their own."""


class ProdigyImporter:
    """Reads tasks and their answers; what was rejected comes as a rejected suggestion."""

    def recognises(self, path: Path) -> bool:
        """Tell by the fields of the first record."""
        if path.suffix.lower() not in SUFFIXES:
            return False
        first = first_record(path)
        has_tokens = all(isinstance(first.get(name), list) for name in ("tokens", "spans"))
        has_tokens = has_tokens and {*map(type, first["tokens"])} != {str}  # as displaCy has them
        return isinstance(first.get("text"), str) and (
            has_tokens or any(name in first for name in _OWN_FIELDS)
        )

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return how many records there are, and the start of the first text."""
        return preview_records(path, options)

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield the text of each task with its labels; tasks of one text are joined later."""
        by = whose(path, options)
        return read_drafts(path, options, lambda row, file: _draft(row, file, by))


def _draft(row: Row, file: str, whose_file: str) -> Draft:
    values = row.values
    answer = values.get("answer")
    if answer is not None:
        choice_of(answer, _ANSWERS, "answer")
    proposal = _proposal(answer)
    by = values.get("_annotator_id") or values.get("_session_id") or ""
    by = by if isinstance(by, str) and by else whose_file
    spans = _spans(values, by, proposal)
    frames = _relations(values, spans, by, proposal)
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
    adjudicators = _add_versions(values, by, spans, frames, labels)
    marks = Marks(spans, frames, labels, is_unbroken=True, adjudicators=adjudicators)
    return Draft(title, text, meta=facts, line=row.line, notes=tuple(notes), key=key, marks=marks)


def _proposal(answer: object) -> Proposal | None:
    if answer == "accept":
        return None
    return Proposal(_NAME, state="rejected" if answer == "reject" else "open")


def _spans(values: dict[str, Any], by: str, proposal: Proposal | None) -> list[SpanMark]:
    found = []
    for at, one in enumerate(objects_of(values, "spans")):
        where = f"spans[{at}]"
        if "label" in one and one["label"] is None:
            continue  # words that were only joined; relations find them by their place
        quote = one.get("text")
        found.append(
            SpanMark(
                f"span {at}",
                label_of(one.get("label", values.get("label")), f"{where}.label"),
                (stretch_of(one, where),),
                quote if isinstance(quote, str) else None,
                by=by,
                proposal=proposal,
            )
        )
    return found


def _end(
    values: dict[str, Any], relation: Mapping[str, Any], field: str, where: str
) -> tuple[tuple[int, int], str]:
    """Return where an end of a relation lies, and its label: as it says itself, or by its last token."""
    end = relation.get(f"{field}_span")
    if isinstance(end, dict):
        return stretch_of(end, f"{where}_span"), str(end.get("label"))
    number = relation.get(field)
    of_spans = [one for one in objects_of(values, "spans") if one.get("token_end", -1) == number]
    of_tokens = [one for one in objects_of(values, "tokens") if one.get("id", -1) == number]
    found = next(iter((*of_spans, *of_tokens)), None)
    if type(number) is not int or found is None:
        raise Fault(f"{where}_span", f"there is no {field}_span that says where the end lies")
    return stretch_of(found, where), str(found.get("label"))


def _relations(
    values: dict[str, Any], spans: list[SpanMark], by: str, proposal: Proposal | None
) -> list[FrameMark]:
    """Return relations; their ends are spans, told by where these lie."""
    keys = {(one.fragments[0], one.label): one.key for one in spans}
    places = {one.fragments[0]: one.key for one in reversed(spans)}
    found = []
    for at, one in enumerate(objects_of(values, "relations")):
        ends = []
        for role, field in (("from", "head"), ("to", "child")):
            pair, name = _end(values, one, field, f"relations[{at}].{field}")
            key = keys.get((pair, name)) or places.get(pair)
            if key is None:
                key = places[pair] = f"the words {pair[0]} to {pair[1]}"
                spans.append(SpanMark(key, WORDS, (pair,), by=by, proposal=proposal))
            ends.append(EndMark(role, key))
        label = label_of(one.get("label"), f"relations[{at}].label")
        key = f"relation {at}"
        mark = FrameMark(key, label, tuple(ends), by=by, proposal=proposal, is_ordered=True)
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
    spans: list[SpanMark],
    frames: list[FrameMark],
    labels: list[ArticleMark],
) -> frozenset[str]:
    """Add what others had answered to a task that was reviewed; return who reviewed it, if that is said."""
    versions = objects_of(values, "versions")
    for at, one in enumerate(versions):
        if one.get("text", values.get("text")) != values.get("text") or one.get("answer") == "ignore":
            continue
        proposal = _proposal(one.get("answer", "accept"))
        for name in map(key_of, list_of(one, "sessions", f"versions[{at}].")):
            here = f"versions[{at}] of {name} "
            own = _spans(one, name, proposal)
            links = _relations(one, own, name, proposal)
            spans += [mark._replace(key=here + mark.key) for mark in own]
            frames += [
                mark._replace(
                    key=here + mark.key, ends=tuple(end._replace(key=here + end.key) for end in mark.ends)
                )
                for mark in links
            ]
            labels += _labels(one, name) if proposal is None else []
    return frozenset({by} if versions and by else ())


class ProdigyExporter:
    """Writes one task per article and annotator, and one for what was suggested and decided."""

    suffix = ".jsonl"

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what tasks cannot hold."""
        left_out = sum((found.left_out for *_, found in source.once(_parts, content)), Counter[str]())
        proposed = content.suggested_spans
        left_out[flats.PIECES] += sum(len(one.fragments) > 1 for one in proposed)
        left_out["suggested frames"] += len(content.suggested_frames)
        left_out["who suggested a span, and how sure"] += sum(
            (one.suggester, one.score) != (_NAME, 1.0) for one in proposed
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
                line = orjson.dumps(task, option=orjson.OPT_APPEND_NEWLINE)
                file.write(line)
                source.proof.wrote(str(number), content.article.text, [*pieces, whole(line)])
            yield count

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the file, yielding how many tasks agree."""
        count = 0
        with path.open("rb") as file:
            for count, line in enumerate(file, 1):
                task = but_tokens(line)
                text = task["text"]
                pieces = [(one["label"], [covered(text, one["start"], one["end"])]) for one in task["spans"]]
                source.proof.check(str(count - 1), text, [*pieces, whole(line)])
                yield count
        source.proof.check_count(count)


def _fits(task: Mapping[str, Any]) -> bool:
    """Tell whether spans are, but for blanks, from token to token as they say, and relations end in them."""
    text, tokens = task["text"], task["tokens"]
    for one in task["spans"]:
        words = text[one["start"] : one["end"]].strip()
        if words:
            first, last = tokens[one["token_start"]], tokens[one["token_end"]]
            # A blank that a joiner follows can be a token of its own, as the first or the last of a span.
            if text[first["start"] : last["end"]].strip() != words:
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
            record["options"] = [{"id": one.label, "text": one.label} for one in part.labels]
            record["accept"] = [one.label for one in part.labels]
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
    words, starts = flats.words_of(text, found.stretches)
    spans = {one.id: _span(one, starts) for one in found.stretches}
    ends = ends_of(words, starts)
    closed = f"{text}\n"  # so that every token has a character after it
    blanks = map(" ".__eq__, map(closed.__getitem__, ends))
    record: dict[str, Any] = {
        "text": text,
        "meta": {**dict(sorted(content.article.meta.items())), "name": content.article.name},
        "tokens": [
            {"text": word, "start": start, "end": end, "id": at, "ws": blank}
            for at, (word, start, end, blank) in enumerate(zip(words, starts, ends, blanks, strict=True))
        ],
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
        record["_annotator_id"] = by
    if answer:
        record["answer"] = answer
    return record


def _span(one: flats.Stretch, starts: Sequence[int]) -> dict[str, Any]:
    """Return a span with the tokens it begins and ends in; its own ends are ends of tokens, or blanks."""
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
        "adjudicator's."
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
