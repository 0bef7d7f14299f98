"""Reads JSON of corpora and other tools: a text, and beside it what is said of stretches of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, TypeGuard

from annotator.exchange.json_lines import Row
from annotator.exchange.json_records import as_sure, facts_in, facts_of, label_of, stretch_of, triples, unkept
from annotator.exchange.record_faults import Fault, key_of, kind_of, list_of, objects_of
from annotator.model.formats import Draft
from annotator.model.marks import ArticleMark, EndMark, FrameMark, Marks, Proposal, SpanMark, Unit

SENTENCES_AND_WORDS = frozenset({"Sentence", "SpaceToken", "Split", "Token"})
"""What GATE marks in every text, and nobody labelled."""
MARKUP = "Original markups"
"""GATE's set of what was markup in the file that it read."""
_IS_SO = "yes"
"""The value of what is only said, as of BioNLP's modifications."""
_RESPONSES = ".responses"
_NOT_GIVEN = ("discarded", "draft")
"""What answers of Argilla are that whoever gave them did not let stand, or has not finished."""
_PARTS = (("Source", "sources"), ("Cue", "cue"), ("Content", "contents"))


def draft_of(
    row: Row, file: str, text_field: str, marks: Marks, *, but: Sequence[str], notes: Sequence[str] = ()
) -> Draft:
    """Return the article of a record; fields that are one value are facts, but for those that are read."""
    text = row.values.get(text_field)
    if not isinstance(text, str):
        raise Fault(text_field, f"{text_field!r} is {kind_of(text)}, it has to be text")
    own, known = key_of(row.values.get("id")), frozenset({text_field, "id", "name", *but})
    name = key_of(row.values.get("name")) or f"{file}:{own or row.line}"
    said = (*notes, *unkept(row.values, but=known))
    facts = facts_of(row.values, but=known)
    return Draft(name, text, meta=facts, line=row.line, notes=said, key=own, marks=marks)


def with_text(row: Row, text: str | None) -> Row:
    """Return a record with this text."""
    return row._replace(values={**row.values, "text": text})


def citron(row: Row, file: str, known_as: Mapping[str, str]) -> Draft:
    """Return an article of Citron: quotes with source, cue and content, called as PolNeAR calls them."""
    spans: dict[tuple[str, object], SpanMark] = {}
    frames = []
    for at, quote in enumerate(objects_of(row.values, "quotes")):
        where = f"quotes[{at}]"
        ends = []
        proposal = _guessed(quote.get("confidence"))
        for label, field in _PARTS:
            given = quote.get(field)
            pieces = [given] if isinstance(given, dict) else objects_of(quote, field, f"{where}.")
            # What is said may be broken by who says it: it is one span all the same.
            for some in [pieces] if pieces and label == "Content" else [[one] for one in pieces]:
                mark = _joined(label, some, f"{where}.{field}")._replace(proposal=proposal)
                key = spans.setdefault((label, mark.fragments), mark).key
                ends.append(EndMark(label, key))
        key = f"quote {quote.get('id', at)}"
        frames.append(FrameMark(key, "Attribution", tuple(ends), proposal=proposal))
    marks = Marks([*spans.values()], frames, known_as=known_as)
    return draft_of(row, file, "text", marks, but=("quotes",))


def _guessed(confidence: object) -> Proposal | None:
    """Return that something is what a model found, where it says how sure it is."""
    return Proposal("Citron", _share(confidence)) if _is_number(confidence) else None


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _share(score: object) -> float:
    """Return how sure a proposal is, as a share; wholly where that is not said."""
    return max(0.0, min(1.0, float(score))) if _is_number(score) else 1.0


def _joined(label: str, pieces: Sequence[Mapping[str, Any]], where: str) -> SpanMark:
    """Return one span of some stretches."""
    ordered = sorted((stretch_of(one, where), one.get("text")) for one in pieces)
    quotes = [quote for _, quote in ordered if isinstance(quote, str)]
    quote = " ".join(quotes) if len(quotes) == len(ordered) else None
    return SpanMark(f"{where} {label}", label, tuple(pair for pair, _ in ordered), quote)


def gate(row: Row, file: str) -> Draft:
    """Return an article of GATE's own JSON: sets of annotations, each of which an annotator may have made."""
    sets = row.values.get("annotation_sets")
    if not isinstance(sets, dict):
        raise Fault("annotation_sets", f"it is {kind_of(sets)}, it has to be an object with named fields")
    spans, left_out = list[SpanMark](), Counter[str]()
    for name, one in sets.items():
        where = f"annotation_sets.{name}"
        if not isinstance(one, dict):
            raise Fault(where, f"it is {kind_of(one)}, it has to be an object with named fields")
        for at, mark in enumerate(objects_of(one, "annotations", f"{where}.")):
            here = f"{where}.annotations[{at}]"
            label = label_of(mark.get("type"), f"{here}.type")
            if name == MARKUP or label in SENTENCES_AND_WORDS:
                left_out[name if name == MARKUP else label] += 1
                continue
            features = facts_in(mark.get("features"))
            key = f"{name} {mark.get('id', at)}"
            spans.append(SpanMark(key, label, (stretch_of(mark, here),), attributes=features, by=name))
    unit: Unit = "utf16" if row.values.get("offset_type") == "j" else "characters"
    own = row._replace(values={**facts_in(row.values.get("features")), **row.values})
    marks = Marks(spans, unit=unit)
    but = ("annotation_sets", "features", "offset_type")
    return draft_of(own, file, "text", marks, but=but, notes=dropped(left_out))


def dropped(left_out: Mapping[str, int]) -> tuple[str, ...]:
    """Return a note on kinds of marks that were not read, if there are any."""
    listed = ", ".join(f"{count:,} × {name}" for name, count in sorted(left_out.items()))
    return (f"left out: {listed}",) if listed else ()


def pubannotation(row: Row, file: str) -> Draft:
    """Return an article of PubAnnotation: denotations, relations and attributes, also of several projects."""
    spans, frames, left_out = list[SpanMark](), list[FrameMark](), Counter[str]()
    tracks = [row.values, *objects_of(row.values, "tracks")]
    for track in tracks:
        by = "" if track is row.values else key_of(track.get("project"))
        said = _attributes(track)
        own = list(_denotations(track, by, said))
        keys = {one.key for one in own}
        spans += own
        for at, one in enumerate(objects_of(track, "relations")):
            key = f"{by} {one.get('id', f'relation {at}')}"
            pairs = (("from", f"{by} {one.get('subj')}"), ("to", f"{by} {one.get('obj')}"))
            ends = tuple(EndMark(role, end, "span" if end in keys else "frame") for role, end in pairs)
            label = label_of(one.get("pred"), f"relations[{at}].pred")
            attributes = said.pop(key_of(one.get("id")), {})
            frames.append(FrameMark(key, label, ends, attributes, by=by, is_ordered=True))
        left_out["attributes of what is not there"] += sum(map(len, said.values()))
    but = ("blocks", "denotations", "relations", "attributes", "modifications", "tracks")
    return draft_of(row, file, "text", Marks(spans, frames), but=but, notes=dropped(+left_out))


def _attributes(track: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return what is said of denotations and relations, by their ids."""
    said: dict[str, dict[str, str]] = {}
    for at, one in enumerate(objects_of(track, "attributes")):
        name = label_of(one.get("pred"), f"attributes[{at}].pred")
        said.setdefault(key_of(one.get("subj")), {})[name] = str(one.get("obj"))
    for at, one in enumerate(objects_of(track, "modifications")):
        name = label_of(one.get("pred"), f"modifications[{at}].pred")
        said.setdefault(key_of(one.get("obj")), {})[name] = _IS_SO
    return said


def _denotations(track: dict[str, Any], by: str, said: dict[str, dict[str, str]]) -> Iterator[SpanMark]:
    """Yield what is labelled, with what is said of it, which is taken out of that."""
    for field in ("blocks", "denotations"):
        for at, one in enumerate(objects_of(track, field)):
            where = f"{field}[{at}]"
            given = one.get("span")
            pieces = objects_of({"span": given if isinstance(given, list) else [given]}, "span", f"{where}.")
            places = tuple(stretch_of(piece, f"{where}.span", ("begin", "end")) for piece in pieces)
            own = one.get("id", where)
            label = label_of(one.get("obj"), f"{where}.obj")
            yield SpanMark(f"{by} {own}", label, places, attributes=said.pop(key_of(own), {}), by=by)


def ubiai(row: Row, file: str) -> Draft:
    """Return an article of UBIAI: labelled words, and relations by the number of their first token."""
    spans, frames = list[SpanMark](), list[FrameMark]()
    for at, one in enumerate(objects_of(row.values, "tokens")):
        where = f"tokens[{at}]"
        label = label_of(one.get("entityLabel"), f"{where}.entityLabel")
        quote = one.get("text")
        key = f"token {one.get('token_start', where)}"
        spans.append(
            SpanMark(key, label, (stretch_of(one, where),), quote if isinstance(quote, str) else None)
        )
    for at, one in enumerate(objects_of(row.values, "relations")):
        label = label_of(one.get("relationLabel"), f"relations[{at}].relationLabel")
        ends = (EndMark("from", f"token {one.get('head')}"), EndMark("to", f"token {one.get('child')}"))
        frames.append(FrameMark(f"relation {at}", label, ends, is_ordered=True))
    return draft_of(row, file, "document", Marks(spans, frames), but=("tokens", "relations"))


def presidio(row: Row, file: str) -> Draft:
    """Return an article of Presidio's evaluator: spans whose fields bear longer names."""
    spans = []
    for at, one in enumerate(objects_of(row.values, "spans")):
        where = f"spans[{at}]"
        place = stretch_of(one, where, ("start_position", "end_position"))
        quote = one.get("entity_value")
        label = label_of(one.get("entity_type"), f"{where}.entity_type")
        spans.append(SpanMark(where, label, (place,), quote if isinstance(quote, str) else None))
    return draft_of(row, file, "full_text", Marks(spans), but=("spans", "masked", "tokens", "tags"))


def argilla_1(row: Row, file: str) -> Draft:
    """Return an article of Argilla 1: labels as people set them, and as a model proposed them."""
    values = row.values
    spans, labels, left_out = list[SpanMark](), list[ArticleMark](), Counter[str]()
    for field, agent in (("annotation", "annotation_agent"), ("prediction", "prediction_agent")):
        by, given = key_of(values.get(agent)), values.get(field)
        is_model = field == "prediction"
        found = [given] if isinstance(given, str) else [*map(_as_list, list_of(values, field))]
        if found and all(isinstance(one, list) and len(one) > 2 for one in found):
            for one, given_with in zip(triples([[*x[1:3], x[0]] for x in found], field), found, strict=True):
                score = given_with[3] if len(given_with) > 3 else None
                proposal = Proposal(by or "Argilla", _share(score)) if is_model else None
                spans.append(one._replace(by="" if is_model else by, proposal=proposal))
        elif not is_model:
            labels += [ArticleMark(label_of(one, field), by=by) for one in found]
        else:
            left_out["proposed label of the text"] += len(found)
    but = (
        *("tokens", "annotation", "prediction", "annotation_agent", "prediction_agent", "inputs", "vectors"),
        *("metadata", "metrics", "multi_label"),
    )
    notes = dropped(+left_out)
    inputs, facts = values.get("inputs"), facts_in(values.get("metadata"))
    if values.get("text") is None and isinstance(inputs, dict):
        texts = [one for one in inputs.values() if isinstance(one, str)]
        values = {**values, "text": "\n\n".join(texts) or None}
    own = row._replace(values={**facts, **values})
    return draft_of(own, file, "text", Marks(spans, labels=labels), but=but, notes=notes)


def _as_list(one: Any) -> Any:
    """Return a label with its place, which is written as an object or as a list, as a list."""
    if isinstance(one, dict) and one.keys() >= {"label", "start", "end"}:
        return [one["label"], one["start"], one["end"], one.get("score")]
    return one


def is_flat_argilla(values: Mapping[str, Any]) -> bool:
    """Tell whether a record is one of Argilla 2 as its data sets have it: a field for each thing it says."""
    return any(name.endswith(_RESPONSES) and f"{name}.users" in values for name in values)


def flat_argilla(row: Row, file: str, in_words: Collection[str] = ()) -> Draft:
    """Return an article of such a record."""
    responses: dict[str, Any] = {}
    suggestions: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    values = row.values
    for name, given in values.items():
        question, dot, rest = name.rpartition(".")
        if f".{rest}" == _RESPONSES:
            answers = list_of(values, name)
            told = [list_of(values, f"{name}.{one}")[: len(answers)] for one in ("users", "status")]
            responses[question] = [
                {"value": value, "user_id": user, "status": status}
                for value, user, status in zip_longest(answers, *told)
            ]
        elif rest == "suggestion" and given is not None:
            more = {one: values.get(f"{name}.{one}") for one in ("agent", "score")}
            suggestions[question] = {"value": given, **more}
        elif not dot and name not in ("id", "status") and not name.startswith("_"):
            fields[name] = given
    whole = {"id": values.get("id"), "fields": fields, "responses": responses, "suggestions": suggestions}
    return argilla(row._replace(values=whole), file, in_words)


def dataturks(row: Row, file: str) -> Draft:
    """Return an article of DataTurks, whose stretches end with their last character, or a label of it all."""
    spans, labels = list[SpanMark](), list[ArticleMark]()
    given = row.values.get("annotation")
    if isinstance(given, dict):
        labels += [ArticleMark(label_of(one, "annotation.labels")) for one in list_of(given, "labels")]
    for at, one in enumerate(() if isinstance(given, dict) else objects_of(row.values, "annotation")):
        where = f"annotation[{at}]"
        for number, point in enumerate(objects_of(one, "points", f"{where}.")):
            start, last = stretch_of(point, f"{where}.points[{number}]")
            quote = point.get("text")
            for named in list_of(one, "label", f"{where}."):
                label = label_of(named, f"{where}.label")
                text = quote if isinstance(quote, str) else None
                spans.append(SpanMark(f"{where} {number} {label}", label, ((start, last + 1),), text))
    but = ("annotation", "extras", "metadata")
    return draft_of(row, file, "content", Marks(spans, labels=labels), but=but)


def argilla(row: Row, file: str, in_words: Collection[str] = ()) -> Draft:
    """Return an article of Argilla 2: what people answered to its questions, and what a model proposed.

    Answers to questions that are answered `in_words` are remarks, and no labels.
    """
    given = row.values.get("fields")
    fields = given if isinstance(given, dict) else {}
    texts = [name for name, value in fields.items() if isinstance(value, str)]
    text_field = "text" if "text" in texts else next(iter(texts), "fields")
    spans, labels, remarks = list[SpanMark](), list[ArticleMark](), list[str]()
    left_out = Counter[str]()
    asked = {field: _by_question(row.values, field, left_out) for field in ("responses", "suggestions")}
    for question, by, value, proposal in _answers(asked, left_out):
        where = f"{question} of {by}" if by else f"{question} proposed"
        found = [value] if isinstance(value, str) else value
        if question in in_words and isinstance(value, str) and proposal is None:
            remarks.append(f"{question}, {by}: {value}" if by else f"{question}: {value}")
        elif (
            isinstance(found, list)
            and found
            and all(isinstance(one, dict) and "start" in one for one in found)
        ):
            for at, one in enumerate(found):
                label = label_of(one.get("label"), f"{where}[{at}].label")
                place = stretch_of(one, f"{where}[{at}]")
                sure = as_sure(proposal, one)
                spans.append(SpanMark(f"{where} {at}", label, (place,), by=by, proposal=sure))
        elif isinstance(found, list) and proposal is None and all(isinstance(one, str) for one in found):
            labels += [ArticleMark(label_of(one, where), by=by) for one in found]
        elif value is not None:
            left_out[f"answer to {question}" if proposal is None else f"proposal for {question}"] += 1
    meta = facts_in(row.values.get("metadata"))
    values = {**fields, **meta, "id": row.values.get("id"), text_field: fields.get(text_field)}
    marks = Marks(spans, labels=labels)
    return draft_of(
        row._replace(values=values), file, text_field, marks, but=(), notes=(*remarks, *dropped(+left_out))
    )


def asked_in_words(settings: object) -> frozenset[str]:
    """Return the questions of a data set of Argilla, by its settings, that are answered in free words."""
    questions = settings.get("questions") if isinstance(settings, dict) else None
    found = [one for one in questions if isinstance(one, dict)] if isinstance(questions, list) else []
    kinds = {key_of(one.get("name")): one.get("settings") for one in found}
    return frozenset(
        name for name, kind in kinds.items() if isinstance(kind, dict) and kind.get("type") == "text"
    )


def _by_question(values: dict[str, Any], field: str, left_out: Counter[str]) -> object:
    """Return answers or proposals by their questions, also those of a list that says these of each."""
    given = values.get(field)
    if not isinstance(given, list):
        return given
    found: dict[str, Any] = {}
    for one in objects_of(values, field):
        answers, alone = one.get("values"), key_of(one.get("question_name"))
        of_all = answers if isinstance(answers, dict) else {alone: one.get("value")} if alone else {}
        left_out[f"{field} in a list that say no question"] += not of_all
        for question, value in of_all.items():
            held = value.get("value", value) if isinstance(value, dict) else value
            answer = {**one, "value": held}
            if field == "suggestions":
                found[question] = answer
            else:
                found.setdefault(question, []).append(answer)
    return found


def _answers(
    values: dict[str, Any], left_out: Counter[str]
) -> Iterator[tuple[str, str, object, Proposal | None]]:
    """Yield each answer that stands with its question, who gave it, and whether a model only proposed it."""
    responses, suggestions = values.get("responses"), values.get("suggestions")
    for question in responses if isinstance(responses, dict) else {}:
        for one in objects_of(responses or {}, question, "responses."):
            if one.get("status") in _NOT_GIVEN:
                left_out[f"{one['status']} answer to {question}"] += 1
            else:
                yield question, key_of(one.get("user_id")), one.get("value"), None
    for question, one in (suggestions if isinstance(suggestions, dict) else {}).items():
        if isinstance(one, dict):
            score = one.get("score")
            score = score[0] if isinstance(score, list) and len({*map(str, score)}) == 1 else score
            proposal = Proposal(key_of(one.get("agent")) or "Argilla", _share(score))
            yield question, "", one.get("value"), proposal
