"""Where two annotators differ in an article: what one of them alone has, and what both have otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from annotator.model.alike import Outline, outline, share_words, twin_of
from annotator.model.ids import Id
from annotator.model.records import ArticleContent, ArticleLabel, Fragment, Frame, Span
from annotator.model.text import words_at

Kind = Literal["missing", "label", "value", "words", "edges"]
CALLED: Mapping[Kind, str] = {
    "missing": "only one has it",
    "label": "other label",
    "value": "other value",
    "words": "other words",
    "edges": "other edges",
}
KINDS: tuple[Kind, ...] = tuple(CALLED)
_LONGEST = 80
"""Characters of the words that are told."""
_Shaped = tuple[Outline, Frame]


@dataclass(frozen=True, slots=True)
class Difference:
    """One point in which two differ: a frame or span that one lacks, or its label, value, words or edges."""

    kind: Kind
    label: str
    said: tuple[str, str]
    """What each of the two has there: words, a value or a label; empty where one has nothing."""
    start: int
    """Where it stands, in code points."""
    role: str = ""
    """Of a frame that both have: the role whose words, or the label of these, differ."""
    words: str = ""
    """On which words it stands, where `said` has a label or value."""


def differences(content: ArticleContent, one: Id, other: Id) -> list[Difference]:
    """Return in what two annotators differ, in the order of the text.

    A frame is the same when a word of its cue and of its claim is, or of two other roles; those whose value
    differs count as one that both have.  Spans of frames are compared with these, others by themselves.
    """
    found = [*_labels(content, one, other), *_frames(content, one, other), *_spans(content, one, other)]
    return sorted(found, key=lambda each: (each.start, KINDS.index(each.kind)))


def _frames(content: ArticleContent, one: Id, other: Id) -> Iterator[Difference]:
    left = _shaped(content, other)
    for shape, frame in _shaped(content, one):
        same = (
            (_blank(each), (each, theirs))
            for each, theirs in left
            if shape.words or _ends_same(frame, theirs)
        )
        twin = twin_of(_blank(shape), same)
        if twin is None:
            yield Difference("missing", frame.label, (_all(shape, content), ""), _start(shape))
        else:
            left.remove(twin)
            yield from _between(frame.label, shape, twin[0], content)
            yield from _ends(frame, twin[1], content)
    for shape, frame in left:
        yield Difference("missing", frame.label, ("", _all(shape, content)), _start(shape))


def _ends_same(one: Frame, other: Frame) -> bool:
    """Tell whether two frames without words, such as those on a claim card, are on the same."""
    return {*one.roles} == {*other.roles}


def _shaped(content: ArticleContent, by: Id) -> list[_Shaped]:
    places = {span.id: span.fragments for span in content.spans}
    return [
        (outline(frame.label, frame.attributes, frame.roles, places), frame)
        for frame in content.frames
        if frame.annotator == by
    ]


def _blank(shape: Outline) -> Outline:
    return replace(shape, value="", actors=None)


def _between(label: str, one: Outline, other: Outline, content: ArticleContent) -> Iterator[Difference]:
    """Yield what differs in a frame that both have."""
    start, text = min(_start(one), _start(other)), content.article.text
    if one.value != other.value:
        yield Difference("value", label, (one.value, other.value), start, words=_all(one, content))
    for role in sorted(one.words.keys() | other.words.keys()):
        mine, theirs = one.words.get(role, frozenset()), other.words.get(role, frozenset())
        if mine != theirs:
            kind: Kind = "edges" if share_words(mine, theirs) else "words"
            yield Difference(kind, label, (_words(mine, text), _words(theirs, text)), start, role)


def _ends(one: Frame, other: Frame, content: ArticleContent) -> Iterator[Difference]:
    """Yield what has the same words in the same role of both frames, but another label."""
    spans = {span.id: span for span in content.spans}
    theirs = {(end.role, spans[end.end].fragments): spans[end.end] for end in other.roles if end.end in spans}
    for end in one.roles:
        mine = spans.get(end.end)
        same = None if mine is None else theirs.get((end.role, mine.fragments))
        if mine is not None and same is not None and mine.label != same.label:
            words = _words([mine.fragments], content.article.text)
            yield Difference("label", one.label, (mine.label, same.label), mine.start, end.role, words)


def _spans(content: ArticleContent, one: Id, other: Id) -> Iterator[Difference]:
    """Yield what differs in spans that belong to no frame of whoever made them."""
    text, left = content.article.text, _alone(content, other)
    ours = []
    for span in _alone(content, one):
        same = next(
            (each for each in left if (each.label, each.fragments) == (span.label, span.fragments)), None
        )
        if same is None:
            ours.append(span)
        else:
            left.remove(same)
    for span in ours:
        words = _words([span.fragments], text)
        twin = next((each for each in left if _is_near(span, each)), None)
        if twin is None:
            yield Difference("missing", span.label, (words, ""), span.start)
            continue
        left.remove(twin)
        if twin.label != span.label:
            yield Difference("label", span.label, (span.label, twin.label), span.start, words=words)
        else:
            yield Difference("edges", span.label, (words, _words([twin.fragments], text)), span.start)
    yield from (
        Difference("missing", each.label, ("", _words([each.fragments], text)), each.start) for each in left
    )


def _labels(content: ArticleContent, one: Id, other: Id) -> Iterator[Difference]:
    """Yield what differs in labels of the whole article."""
    ours, theirs = (
        {each.label: _values(each) for each in content.labels if each.annotator == by} for by in (one, other)
    )
    for label in sorted(ours.keys() | theirs.keys()):
        if label not in ours or label not in theirs:
            has = _called(content)
            yield Difference(
                "missing", label, (has if label in ours else "", has if label in theirs else ""), 0
            )
        elif ours[label] != theirs[label]:
            yield Difference("value", label, (ours[label], theirs[label]), 0)


def _alone(content: ArticleContent, by: Id) -> list[Span]:
    parts = {end.end for frame in content.frames if frame.annotator == by for end in frame.roles}
    return [one for one in content.spans if one.annotator == by and one.id not in parts]


def _is_near(one: Span, other: Span) -> bool:
    """Tell whether two spans are one with other edges, or with another label."""
    if one.label != other.label:
        return one.fragments == other.fragments
    return share_words([one.fragments], [other.fragments])


def _start(shape: Outline) -> int:
    return min((piece.start for spans in shape.words.values() for span in spans for piece in span), default=0)


def _all(shape: Outline, content: ArticleContent) -> str:
    """Return the words of a frame as they stand in the text; without any, how its article is called."""
    spans = {span for spans in shape.words.values() for span in spans}
    return _words(spans, content.article.text) if spans else _called(content)


def _called(content: ArticleContent) -> str:
    return content.article.title or content.article.name


def _values(label: ArticleLabel) -> str:
    return ", ".join(value for _, value in sorted(label.attributes.items()))


def _words(spans: Iterable[Sequence[Fragment]], text: str) -> str:
    pieces = sorted({piece for span in spans for piece in span})
    return _both_ends(words_at(pieces, text))


def _both_ends(words: str) -> str:
    """Return words that may be long with both their ends: two may differ in either."""
    if len(words) <= _LONGEST:
        return words
    half = _LONGEST // 2
    return f"{words[:half].rpartition(' ')[0] or words[:half]} … {words[-half:].partition(' ')[2]}"
