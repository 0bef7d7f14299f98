"""Finds labels in records of tools that are not known by name: by stretches of a text with a label each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotator.exchange.json_records import facts_of
from annotator.exchange.record_faults import is_pair, key_of
from annotator.exchange.tables.columns import plain_name, text_column
from annotator.model.marks import ArticleMark, EndMark, FrameMark, SpanMark

# Names are compared as those of columns: small letters and digits alone; the first one that is there holds.
_STARTS = (
    *("start", "begin", "startoffset", "startchar", "charstart", "startindex", "startposition", "startpos"),
    *("beginoffset", "regionoffset", "from", "offset", "spanstart"),
)
_ENDS = (
    *("end", "stop", "endoffset", "endchar", "charend", "endindex", "endposition", "endpos", "to"),
    *("spanend",),
)
_PAIRS = ("indices", "pos", "span", "offsets", "position", "positions", "range", "location", "locations")
_LENGTHS = ("length", "len")
_LABELS = (
    *("label", "labels", "labelname", "tag", "tags", "entitytype", "entitylabel", "entitygroup", "classname"),
    *("class", "category", "displayname", "annotation", "ner", "type", "entity", "slot", "name"),
)
_CALLED = "normalized_text"
"""How posts name what their labels cover."""
_OF_TEXTS = frozenset({"blocks", "lines", "pages", "paragraphs", "sections", "sentences", "tokens", "words"})
"""What parts of a text are called, which have a type or a tag without anybody having labelled them."""
WORDS = frozenset({"tokens", "words"})
"""What lists of words are called."""
_OWN_LABELS = ("label", "labels", "labelname")
_QUOTES = ("text", "value", "word", "words", "surface", "quote", "exact", "mention", "span", "name")
_IDS = ("id", "annotationid", "entityid", "uid", "key", "uuid")
_MAKERS = (
    *("annotator", "annotators", "annotatedby", "annotatorname", "user", "username", "author"),
    *("createdby", "labeler", "labeledby", "coder", "completedby"),
)
_NAMES = ("name", "annotator", "username", "email", "user", "id")
_NOTES = ("note", "comment", "extradata")
_SAID = ("attributes", "properties", "features")
_ENDS_OF_LINKS = (
    *(("from", "to"), ("head", "tail"), ("head", "child"), ("source", "target"), ("subject", "object")),
    *(("subj", "obj"), ("arg1", "arg2"), ("h", "t")),
)
_END_WORD = re.compile("(?<=.)(?:(?:entity|span|mention|node)(?:id|idx|index)?|id|idx|index)$")
"""What names of ends say beside which end it is, as in `source_entity_id`."""
_HOLDERS = frozenset({"annotations", "entities", "highlights", "labels", "mentions", "rationales", "spans"})
"""What is called so holds stretches, so that lists beside or below it are called after their label."""
_LINKS = (
    *("label", "type", "relation", "relationtype", "relationlabel", "predicate", "pred", "name", "tag", "r"),
)
_OF_WHOLE = ("classifications",)
"""Lists of labels that are about the whole text."""
_DIGITS = re.compile("[0-9]{1,12}")
_DEPTH = 4
_NOT_READ = "fields of labels that were not read: {}"
_INCLUDED = "ends of labels count the last character, as their words show"
Place = tuple[tuple[int, int], ...]


class _Mark(NamedTuple):
    """A labelled stretch, as one object tells it."""

    own: str
    labels: Sequence[str]
    place: Place
    quote: str | None
    by: Sequence[str]
    values: Mapping[str, Any]


@dataclass(slots=True)
class Shaped:
    """A record with its text, its labels, and the fields that are left."""

    rest: dict[str, Any]
    spans: list[SpanMark] = field(default_factory=list)
    frames: list[FrameMark] = field(default_factory=list)
    labels: list[ArticleMark] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def shaped(values: Mapping[str, Any]) -> Shaped | None:
    """Return a record whose labels can be told by their shape; None for any other."""
    lists = [*_lists(values, (), _DEPTH)]
    marks = {path: found for path, rows in lists if (found := _marks(rows, path))}
    if not marks:
        return None
    every = [one for found in marks.values() for one in found]
    named = _text_of(values, every)
    if named is None:
        return None
    text_path, text = named
    rest = {name: one for name, one in values.items() if name not in {path[0] for path in marks}}
    if len(text_path) > 1 or "text" in rest:
        rest = {name: one for name, one in rest.items() if name != text_path[0]}
    else:
        rest.pop(text_path[0])
    for path in (text_path, *marks):
        rest = {**_beside(values, path, text), **rest}
    made = Shaped({**rest, "text": text})
    is_included = _counts_last(every, text)
    made.notes += [_INCLUDED] if is_included else []
    keys: dict[str, str] = {}
    for at, one in enumerate(every):
        made.spans += _spans(one, f"{at}", keys, is_included)
    for path, rows in lists:
        frames = [] if path in marks else _frames(rows, keys)
        said = [] if path in marks or path[-1] not in _OF_WHOLE else [*_of_whole(rows)]
        if frames or said:
            made.frames += frames
            made.labels += said
            made.rest.pop(path[0], None)
    if unread := sorted({name for one in every for name in _unread(one)}):
        made.notes.append(_NOT_READ.format(", ".join(unread)))
    return made


def worded(one: Mapping[str, Any]) -> list[str]:
    """Return the words and the label of an object that says both, and no place; nothing of any other."""
    values = _flat(one)
    labels = [] if place_of(one) else _label(values, _LABELS)
    quotes = (values[name] for name in (*_QUOTES, "entity") if isinstance(values.get(name), str))
    return next(([each, labels[0]] for each in quotes if len(labels) == 1 and each not in labels), [])


def _beside(values: Mapping[str, Any], path: Sequence[str], text: str) -> dict[str, Any]:
    """Return the plain values that stand beside what lies inside of a field, as facts of their own."""
    found: dict[str, Any] = {}
    inner: Any = values
    for name in path[:-1]:
        inner = inner[name]
        plain = {key: one for key, one in inner.items() if isinstance(one, str | int | float) and one != text}
        found = {**found, **plain}
    return found


def _of_whole(rows: Sequence[Mapping[str, Any]]) -> Iterator[ArticleMark]:
    """Yield labels of the whole text where all objects of a list are such."""
    named = [(_label(_flat(one), _LABELS), _makers(one)) for one in rows if not place_of(one)]
    if len(named) == len(rows) and all(labels for labels, _ in named):
        yield from (
            ArticleMark(label, by=by) for labels, makers in named for label in labels for by in makers
        )


def _lists(
    values: Mapping[str, Any], path: tuple[str, ...], depth: int
) -> Iterator[tuple[tuple[str, ...], Sequence[Mapping[str, Any]]]]:
    """Yield lists of objects, and the fields that lead to them."""
    for name, one in values.items():
        if isinstance(one, list) and one and all(isinstance(each, dict) for each in one):
            yield (*path, name), one
        elif isinstance(one, dict) and depth:
            yield from _lists(one, (*path, name), depth - 1)


def _marks(rows: Sequence[Mapping[str, Any]], path: Sequence[str]) -> list[_Mark]:
    """Return labelled stretches where all objects of a list are such, else none.

    Lists of an object, as of `{"Person": [...]}`, may be called after their label. Of parts of the text,
    such as paragraphs, only what is called a label is one.
    """
    found = []
    is_of_text = plain_name(path[-1]) in _OF_TEXTS
    is_held = len(path) > 1 and not is_of_text and not _HOLDERS.isdisjoint(map(plain_name, path))
    label = next((name for name in reversed(path) if plain_name(name) not in _HOLDERS), path[-1])
    for one in rows:
        place = place_of(one)
        values = _flat(one)
        labels = _label(values, _OWN_LABELS if is_of_text else _LABELS)
        if place and not is_of_text:
            is_named = is_held or any(isinstance(values.get(name), list) for name in _PAIRS)
            labels = labels or ([label] if is_named else [])
        quotes = (values[name] for name in _QUOTES if isinstance(values.get(name), str))
        quote = next((each for each in quotes if each not in labels), None)
        if place and not labels and not is_of_text:
            quoted, named = _told(rows)
            quote, labels = values.get(quoted), _label(values, [named])
        if not (place and labels):
            return []
        own = next((key for name in _IDS if (key := key_of(values.get(name)))), "")
        found.append(_Mark(own, labels, place, quote, _makers(one), one))
    return found


def _told(rows: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """Return the fields of the words and of the label of stretches, of two texts that no name tells.

    The words are as long as their stretch.
    """
    found = [(_flat(one), sum(end - start for start, end in place_of(one))) for one in rows]
    known = {*_STARTS, *_ENDS, *_LENGTHS, *_IDS, *_MAKERS, *_NOTES}
    names = [name for name in found[0][0] if name not in known and _are_words(name, found)]
    quotes = [name for name in names if all(len(values[name]) == size for values, size in found)]
    labels = [name for name in names if name not in quotes]
    return (quotes[0], labels[0]) if len(quotes) == len(labels) == 1 else ("", "")


def _are_words(name: str, found: Sequence[tuple[Mapping[str, Any], int]]) -> bool:
    return all(isinstance(one := values.get(name), str) and one.strip() for values, _ in found)


def _flat(one: Mapping[str, Any], depth: int = _DEPTH) -> dict[str, Any]:
    """Return the fields of an object, by plain names, with those of objects in it, its own before these."""
    found = {plain_name(name): value for name, value in one.items() if not isinstance(value, dict)}
    for value in one.values():
        if isinstance(value, dict) and depth:
            found = {**_flat(value, depth - 1), **found}
    return found


def place_of(one: Mapping[str, Any], depth: int = 1) -> Place:
    """Return where an object says that it lies; nothing where it says no such thing."""
    values = _flat(one)
    for name in _PAIRS:
        held = values.get(name)
        if isinstance(held, list) and held:
            pieces = [held] if type(held[0]) is int else held
            if all(map(is_pair, pieces)):
                return tuple((each[0], each[1]) for each in pieces)
            placed = [
                place_of(each, depth - 1) if isinstance(each, dict) and depth else () for each in pieces
            ]
            if all(placed):
                return tuple(each[0] for each in placed)
    start = _number(values, _STARTS)
    end = _number(values, _ENDS)
    length = _number(values, _LENGTHS)
    if start is not None and end is None and length is not None:
        end = start + length
    return () if start is None or end is None else ((start, end),)


def _number(values: Mapping[str, Any], names: Iterable[str]) -> int | None:
    """Return the first number of these, which may stand in quotation marks."""
    held = (_whole(values.get(name)) for name in names)
    return next((one for one in held if one is not None), None)


def _whole(value: object) -> int | None:
    if isinstance(value, str):
        return int(value) if _DIGITS.fullmatch(value) else None
    return value if type(value) is int else None


def _label(values: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    for name in names:
        held = values.get(name)
        if isinstance(held, str) and held.strip():
            return [held]
        if isinstance(held, list) and held and all(isinstance(each, str) and each.strip() for each in held):
            return held
    return []


def _makers(one: Mapping[str, Any]) -> list[str]:
    """Return who made a mark, as far as that is said."""
    values = {plain_name(name): value for name, value in one.items()}
    held = next((values[name] for name in _MAKERS if values.get(name)), None)
    names = (_name(each) for each in (held if isinstance(held, list) else [held]))
    return list(dict.fromkeys(filter(None, names))) or [""]


def _name(maker: object) -> str:
    if isinstance(maker, dict):
        return next((key for name in _NAMES if (key := key_of(maker.get(name)))), "")
    return key_of(maker)


def _text_of(values: Mapping[str, Any], marks: Sequence[_Mark]) -> tuple[tuple[str, ...], str] | None:
    """Return the field with the text that the marks lie in, and the text; the longest that fits."""
    known = text_column([*values])
    if known is not None and isinstance(values[known], str):
        return ((known,), values[known]) if _fits(values[known], marks) else None
    found = [one for one in _texts(values, (), 2) if _fits(one[1], marks)]
    return max(found, key=lambda one: len(one[1]), default=None)


def _texts(
    values: Mapping[str, Any], path: tuple[str, ...], depth: int
) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, one in values.items():
        if isinstance(one, str):
            yield (*path, name), one
        elif isinstance(one, dict) and depth:
            yield from _texts(one, (*path, name), depth - 1)


def _fits(text: str, marks: Sequence[_Mark]) -> bool:
    """Tell whether any mark lies in a text."""
    return any(0 <= start < end <= len(text) for one in marks for start, end in one.place)


def _counts_last(marks: Sequence[_Mark], text: str) -> bool:
    """Tell whether all words that are quoted end one character further than their marks say.

    What a name is called elsewhere is no quote, and shows it all the same where it stands there.
    """
    said = [(one, one.values.get(_CALLED) if one.quote is None else one.quote) for one in marks]
    places = [(one.place[0], quote) for one, quote in said if quote is not None and len(one.place) == 1]
    return bool(places) and all(
        text[start : end + 1] == quote and text[start:end] != quote for (start, end), quote in places
    )


def _spans(one: _Mark, at: str, keys: dict[str, str], is_included: bool) -> Iterator[SpanMark]:
    """Yield a span for each label and annotator of a mark; its first is what its id stands for."""
    place = tuple((start, end + is_included) for start, end in one.place)
    values = {plain_name(name): value for name, value in one.values.items()}
    given = (values[name] for name in _SAID if isinstance(values.get(name), dict))
    said: Mapping[str, Any] = next(given, {})
    note = next((values[name] for name in _NOTES if isinstance(values.get(name), str)), "")
    keys.setdefault(one.own or at, at)
    for number, (label, by) in enumerate((label, by) for label in one.labels for by in one.by):
        key = at if number == 0 else f"{at} ({number + 1})"
        facts = facts_of(said, but=frozenset())
        # Of a stretch in pieces, not all tools quote the words alike.
        quote = one.quote if len(place) == 1 else None
        yield SpanMark(key, label, place, quote, facts, note, by)


def _unread(mark: _Mark) -> Iterator[str]:
    """Yield the fields of a mark that are plain values and say something of it, but were not read."""
    nothing: Sequence[Any] = (None, "", [], {}, mark.quote, *mark.labels)
    read = {
        *_STARTS,
        *_ENDS,
        *_PAIRS,
        *_LENGTHS,
        *_LABELS,
        *_QUOTES,
        *_IDS,
        *_MAKERS,
        *_NOTES,
        *_SAID,
    }
    said = (name for name, one in mark.values.items() if one not in nothing and not isinstance(one, dict))
    return (name for name in said if plain_name(name) not in read)


def _frames(rows: Sequence[Mapping[str, Any]], keys: Mapping[str, str]) -> list[FrameMark]:
    """Return links where all objects of a list are such, else none."""
    found = []
    for at, row in enumerate(rows):
        one = {plain_name(name): value for name, value in row.items()}
        label = next((one[name] for name in _LINKS if isinstance(one.get(name), str)), "")
        ids = {_END_WORD.sub("", name): value for name, value in one.items() if _END_WORD.search(name)}
        ends = _ends(one | ids, keys) or _ends(one, keys)
        if not label or not ends:
            return []
        made = tuple(EndMark(role, end) for role, end in zip(("from", "to"), ends, strict=True))
        found.append(FrameMark(f"link {at}", label, made, is_ordered=True, by=_makers(row)[0]))
    return found


def _ends(one: Mapping[str, Any], keys: Mapping[str, str]) -> list[str]:
    """Return the marks that a link joins; nothing where an end is none that is known."""
    pair = next((names for names in _ENDS_OF_LINKS if one.keys() >= {*names}), ())
    found = [keys.get(_name(one[name])) for name in pair]
    return [] if None in found else [end or "" for end in found]
