"""Reads records of tokens with spans and relations, as data sets of relation extraction have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from annotator.exchange.corpora.corpora_json import draft_of, dropped, with_text
from annotator.exchange.json_lines import Row
from annotator.exchange.json_records import label_of
from annotator.exchange.record_faults import Fault, key_of, kind_of, list_of, objects_of, offset_of
from annotator.model.formats import Draft
from annotator.model.marks import EndMark, FrameMark, Marks, SpanMark

SAME = "COREFERENCE"
"""The label of frames that say that their members are one thing."""
_MEMBER = "member"
_SUBJECT, _OBJECT = "subj", "obj"
_WHICH = "it is {}, it has to be the number of a sentence, counted from 0; there are {}"
Places = Sequence[tuple[int, int]]


def together(sentences: Sequence[Any], where: str) -> tuple[str, list[tuple[int, int]], list[int]]:
    """Return a line for each sentence, where tokens lie, and the number of each sentence's first token."""
    text, places, firsts = "", list[tuple[int, int]](), list[int]()
    for at, sentence in enumerate(sentences):
        if not isinstance(sentence, list):
            raise Fault(f"{where}[{at}]", f"it is {kind_of(sentence)}, it has to be a list of tokens")
        odd = next((each for each in enumerate(sentence) if not isinstance(each[1], str)), None)
        if odd is not None:
            raise Fault(f"{where}[{at}][{odd[0]}]", f"it is {kind_of(odd[1])}, it has to be a token, as text")
        firsts.append(len(places))
        for number, token in enumerate(sentence):
            text += " " if number else ""
            places.append((len(text), len(text) + len(token)))
            text += token
        text += "\n"
    return text, places, firsts


def place_of(first: object, last: object, places: Places, where: str) -> tuple[int, int]:
    """Return where tokens lie, of which the last one is included."""
    begin, end = offset_of(first, where), offset_of(last, where)
    if not 0 <= begin <= end < len(places):
        raise Fault(where, f"tokens {begin} to {end} are not there; there are {len(places):,}")
    return places[begin][0], places[end][1]


def same(key: str, members: Sequence[str]) -> FrameMark:
    """Return the frame that says that spans are one thing."""
    return FrameMark(key, SAME, tuple(EndMark(_MEMBER, one) for one in members))


def _link(key: str, label: str, start: str, end: str) -> FrameMark:
    return FrameMark(key, label, (EndMark("from", start), EndMark("to", end)), is_ordered=True)


def gliner(row: Row, file: str) -> Draft:
    """Return the sentence of a record of GLiNER: tokens, and spans from token to token, the last included."""
    text, places, _ = together([row.values["tokenized_text"]], "tokenized_text")
    spans = []
    for at, one in enumerate(list_of(row.values, "ner")):
        where = f"ner[{at}]"
        if not isinstance(one, list) or len(one) != 3:
            raise Fault(where, f"it is {kind_of(one)}, it has to be [first token, last token, label]")
        place = place_of(one[0], one[1], places, where)
        spans.append(SpanMark(str(at), label_of(one[2], where), (place,), text[slice(*place)]))
    return draft_of(with_text(row, text), file, "text", Marks(spans), but=("tokenized_text", "ner"))


def spert(row: Row, file: str) -> Draft:
    """Return the sentence of a record of SpERT: entities end before a token, relations say their numbers."""
    text, places, _ = together([row.values["tokens"]], "tokens")
    spans, frames = [], []
    for at, one in enumerate(objects_of(row.values, "entities")):
        where = f"entities[{at}]"
        after = offset_of(one.get("end"), f"{where}.end")
        place = place_of(one.get("start"), after - 1, places, where)
        spans.append(SpanMark(str(at), label_of(one.get("type"), f"{where}.type"), (place,)))
    for at, one in enumerate(objects_of(row.values, "relations")):
        label = label_of(one.get("type"), f"relations[{at}].type")
        frames.append(_link(f"relations[{at}]", label, str(one.get("head")), str(one.get("tail"))))
    return draft_of(
        with_text(row, text), file, "text", Marks(spans, frames), but=("tokens", "entities", "relations")
    )


def tacred(row: Row, file: str) -> Draft:
    """Return the sentence of a record of TACRED: a relation of two stretches, their last token included."""
    values, spans = row.values, []
    text, places, _ = together([values["token"]], "token")
    for one in (_SUBJECT, _OBJECT):
        place = place_of(values[f"{one}_start"], values[f"{one}_end"], places, one)
        label = label_of(values.get(f"{one}_type", one.upper()), f"{one}_type")
        spans.append(SpanMark(one, label, (place,), text[slice(*place)]))
    frame = _link("relation", label_of(values["relation"], "relation"), _SUBJECT, _OBJECT)
    ends = (f"{one}_{what}" for one in (_SUBJECT, _OBJECT) for what in ("start", "end", "type"))
    made = [name for name in values if name.startswith("stanford_")]
    return draft_of(
        with_text(row, text), file, "text", Marks(spans, [frame]), but=("token", "relation", *ends, *made)
    )


def open_nre(row: Row, file: str) -> Draft:
    """Return the sentence of a record of OpenNRE: tokens or a text, and a relation from `h` to `t`."""
    values, spans = row.values, []
    tokens = values.get("token")
    text, places = values.get("text"), list[tuple[int, int]]()
    if tokens is not None:
        text, places, _ = together([tokens], "token")
    for name in ("h", "t"):
        held = values[name] if isinstance(values[name], dict) else {}
        pair = held.get("pos")
        if not isinstance(pair, list) or len(pair) != 2:
            raise Fault(f"{name}.pos", f"it is {kind_of(pair)}, it has to be [start, end]")
        start, end = (offset_of(one, f"{name}.pos") for one in pair)
        place = (start, end) if tokens is None else place_of(start, end - 1, places, f"{name}.pos")
        label = held.get("type")
        spans.append(SpanMark(name, label if isinstance(label, str) and label else "ENTITY", (place,)))
    frame = _link("relation", label_of(values["relation"], "relation"), "h", "t")
    return draft_of(
        with_text(row, text), file, "text", Marks(spans, [frame]), but=("token", "h", "t", "relation")
    )


def few_rel(row: Row, file: str) -> Draft:
    """Return the sentence of a record of FewRel: its ends are a name, an id, and numbers of tokens."""
    values, spans = row.values, list[SpanMark]()
    text, places, _ = together([values["tokens"]], "tokens")
    relation = values.get("relation")
    for name in ("h", "t"):
        held = values[name]
        runs = held[2] if isinstance(held, list) and len(held) == 3 else None
        if not isinstance(runs, list) or not runs or not all(isinstance(one, list) and one for one in runs):
            raise Fault(name, f"it is {kind_of(held)}, it has to be [name, id, [[token, …], …]]")
        label = "ENTITY" if relation else name
        for at, one in enumerate(runs):
            place = place_of(one[0], one[-1], places, name)
            spans.append(SpanMark(f"{name} {at}" if at else name, label, (place,), note=key_of(held[1])))
    frames = [_link("relation", label_of(relation, "relation"), "h", "t")] if relation else []
    return draft_of(
        with_text(row, text), file, "text", Marks(spans, frames), but=("tokens", "h", "t", "relation")
    )


def docred(row: Row, file: str) -> Draft:
    """Return an article of DocRED: sentences, what is mentioned where in them, and relations of that."""
    text, places, firsts = together(list_of(row.values, "sents"), "sents")
    spans: dict[str, SpanMark] = {}
    frames, heads = [], list[str]()
    for at, some in enumerate(list_of(row.values, "vertexSet")):
        where = f"vertexSet[{at}]"
        mentions = [*_mentions(objects_of({where: some}, where), where, places, firsts)]
        keys = [spans.setdefault(one.key, one).key for one in mentions]
        heads.append(keys[0] if keys else "")
        frames += [same(where, [*dict.fromkeys(keys)])] if len({*keys}) > 1 else []
    for at, one in enumerate(objects_of(row.values, "labels")):
        ends = [one.get(name) for name in ("h", "t")]
        if not all(type(end) is int and 0 <= end < len(heads) for end in ends):
            raise Fault(f"labels[{at}]", f"h and t have to be numbers of vertexSet, which has {len(heads)}")
        label = label_of(one.get("r"), f"labels[{at}].r")
        frames.append(_link(f"labels[{at}]", label, *(heads[end] for end in ends if type(end) is int)))
    count = sum(bool(one.get("evidence")) for one in objects_of(row.values, "labels"))
    but = ("sents", "vertexSet", "labels")
    notes = dropped({"evidence of relations": count} if count else {})
    return draft_of(
        with_text(row, text), file, "text", Marks([*spans.values()], frames), but=but, notes=notes
    )


def _mentions(
    some: Sequence[Mapping[str, Any]], where: str, places: Places, firsts: Sequence[int]
) -> Iterator[SpanMark]:
    for at, one in enumerate(some):
        here = f"{where}[{at}]"
        number, pair = one.get("sent_id"), one.get("pos")
        if type(number) is not int or not 0 <= number < len(firsts):
            raise Fault(f"{here}.sent_id", _WHICH.format(kind_of(number), len(firsts)))
        if not isinstance(pair, list) or len(pair) != 2:
            raise Fault(f"{here}.pos", f"it is {kind_of(pair)}, it has to be [first token, the one after]")
        start, after = (offset_of(each, f"{here}.pos") + firsts[number] for each in pair)
        place = place_of(start, after - 1, places, f"{here}.pos")
        label = label_of(one.get("type"), f"{here}.type")
        yield SpanMark(f"{label} {place[0]} {place[1]}", label, (place,))
