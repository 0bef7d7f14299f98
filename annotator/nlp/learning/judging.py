"""Which of the rules' frames people would not mark at all: learned from what they did mark."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from annotator.model.cue_lexicon import cue_lexicon
from annotator.model.learning import Marked
from annotator.model.suggesting import ACTOR, Proposals, ProposedFrame, ProposedSpan
from annotator.nlp.learning.choosing import Choice, Features, Weights, chance, learn, yes_or_no
from annotator.nlp.learning.pairing import paired, plain
from annotator.nlp.learning.words import Line

TRIES = (0.15, 0.25, 0.35)
"""Shares of a frame that have to be right, as far as can be told, for it to stay: what is tried."""
PARENT = "parent"
BESIDE = 2
"""Which weights are those of `learn_beside`, behind those of `learn_judging`."""
RIGHT = 0.3
"""How likely a frame has to be right at all for it to stay, told beside the rules' own score."""
_HOLD, _HOLD_BESIDE = 2.0, 25.0
_SHORT = 3
"""Words up to which the whole of a span tells something."""
_MOST = 6
_BESIDE = 24
_LONG, _STEM = 5, 6
"""Letters from which a word tells what it is about, and by which it is known again."""
_TOPIC, _HALF = "on ", "half "
"""Begin what tells of the topic of a span, hundreds of words of which most tell nothing, and of the score."""
_SURE = 0.98
_SCORES: Weights = {"": 0.0} | {
    f"score {at}": round(math.log(sure / (1 - sure)), 4)
    for at in range(11)
    for sure in (min(_SURE, max(1 - _SURE, at / 10)),)
}
"""What the rules' own score says of a frame, before anything is learned."""
_WORD = re.compile(r"[^\W\d_]+")
_OPENING = re.compile(
    "(?:I|An?|The|Th(?:is|at|ese|ose)|S?[Hh]e|It|They|We|You|His|Her|Its|Their|Our|There|Some|Many|If|In|On|At"
    "|For|But|And|Or|As|When|While|After)$"
)
"""Words that have a capital because something begins with them."""


Told = dict[int, Features]
"""What may tell whether people mark a frame, by its number; filled as it is needed."""


def features(text: str, proposals: Proposals, frame: ProposedFrame) -> Features:
    """Return what may tell whether people mark a frame."""
    why = plain(frame.reason)
    found = ["", f"score {round(frame.score * 10)}", f"half {frame.score >= 0.5}", why]
    for role, number in frame.roles:
        found += _of_span(text, role, proposals.spans[number], why)
    found += (f"no {role}" for role, _ in frame.actors)
    start = min((proposals.spans[number].fragments[0][0] for _, number in frame.roles), default=0)
    found.append(f"part {4 * start // max(1, len(text))}")
    if not text[:start].strip() or "\n" not in text[:start].strip():
        found.append("in the first paragraph")
    return found


def _of_span(text: str, role: str, span: ProposedSpan, why: str) -> Iterator[str]:
    words = " ".join(text[start:end] for start, end in span.fragments).lower().split()
    start, end = span.fragments[0][0], span.fragments[-1][1]
    yield from (f"{role} {name} {value}" for name, value in span.attributes.items() if name != ACTOR)
    yield f"{role} long {min(_MOST, int(math.log2(len(words) + 1)))}"
    yield f"{role} begins {words[0]}"
    yield f"{role} ends {words[-1][-3:]}"
    yield f"{role} looks {_look(text[start])}"
    yield from _topics(text, role, span)
    if len(words) <= _SHORT:
        yield f"{role} is {' '.join(words)}"
        before, after = text[max(0, start - _BESIDE) : start].split(), text[end : end + _BESIDE].split()
        yield f"{role} behind {before[-1].lower() if before else ''}"
        yield f"{role} before {after[0].lower() if after else ''}"
    for group in {group for word in words[:_MOST] for group in _groups(word)} if len(words) <= _MOST else ():
        yield f"{role} group {group}"
        yield f"{role} group {group} {why}"


def _topics(text: str, role: str, span: ProposedSpan) -> Iterator[str]:
    """Yield whether anything is named, and of what it is spoken: names, and the stems of longer words."""
    words = [match.group() for piece in span.fragments for match in _WORD.finditer(text, *piece)]
    names = {one for one in words if one[0].isupper() and not _OPENING.match(one)}
    stems = {one.lower()[:_STEM] for one in words if len(one) >= _LONG}
    yield f"{role} names {bool(names)}"
    yield from (f"{_TOPIC}{role} {one}" for one in sorted(names))
    yield from (f"{_TOPIC}{role} -{one}" for one in sorted(stems))


def _look(letter: str) -> str:
    return "A" if letter.isupper() else "a" if letter.isalpha() else "0" if letter.isdigit() else letter


def _groups(word: str) -> Iterator[str]:
    """Yield what the lexicon of cues says of a word."""
    known = cue_lexicon()
    for _, verb in known.verbs.get(word, ())[:1]:
        if verb.group:
            yield verb.group
            yield verb.lemma
    if word in known.nouns:
        yield known.nouns[word].group


def known(text: str, proposals: Proposals, number: int, told: Told) -> Features:
    """Return what may tell whether people mark a frame, by its number, also for the next time."""
    if number not in told:
        told[number] = features(text, proposals, proposals.frames[number])
    return told[number]


def choices(text: str, proposals: Proposals, shares: Mapping[int, float], told: Told) -> Iterator[Choice]:
    """Yield for each frame, by its number, how much of it people marked."""
    for number, share in shares.items():
        yield yes_or_no(known(text, proposals, number, told), share)


def shares(
    proposals: Proposals, marked: Sequence[Marked], frames: Collection[str], known: Sequence[Line]
) -> dict[int, float]:
    """Return how much of each outer frame in labelled paragraphs people marked, by its number.

    Half for the same words in every role, all for the same edges too.
    """
    return {
        number: _share(proposals, frame, marked)
        for number, frame in enumerate(proposals.frames)
        if frame.label in frames
        and frame.roles
        and not is_inner(frame)
        and _is_known(proposals, frame, known)
    }


def _is_known(proposals: Proposals, frame: ProposedFrame, known: Sequence[Line]) -> bool:
    """Tell whether a frame stands in a labelled paragraph."""
    place = proposals.spans[frame.roles[0][1]].fragments[0][0]
    at = bisect_left(known, place, key=lambda one: one.bounds[1] - 1)
    return at < len(known) and known[at].bounds[0] <= place


def _share(proposals: Proposals, frame: ProposedFrame, marked: Sequence[Marked]) -> float:
    made = [(span.label, span.fragments) for span in (proposals.spans[number] for _, number in frame.roles)]
    labels = {label for label, _ in marked}
    made = [one for one in made if one[0] in labels]
    met = paired(made, marked)
    exact = sum(made[number] == marked[other] for number, other in met.items())
    # A frame is worth what its worst part is: the words of speaking tell what a claim alone does not.
    return (len(met) == len(made)) * (1 + exact / len(made)) / 2 if made else 0.0


def _parents(frame: ProposedFrame) -> list[int]:
    return [number for role, number in frame.links if role == PARENT]


def is_inner(frame: ProposedFrame) -> bool:
    """Tell whether a frame lies inside another one."""
    return bool(_parents(frame))


def learn_judging(found: Sequence[Choice]) -> tuple[Weights, Weights]:
    """Return the weights without and with those of topics."""
    return learn((_without(one, _TOPIC) for one in found), _HOLD), learn(found, _HOLD)


def learn_beside(found: Iterable[tuple[Features, bool]]) -> Weights:
    """Return weights that tell whether a frame is right: as its own score says, unless much speaks else."""
    choices = (_without(yes_or_no(known, is_right), _TOPIC, _HALF) for known, is_right in found)
    return learn(choices, _HOLD_BESIDE, _SCORES)


def _without(one: Choice, *kinds: str) -> Choice:
    candidates = (tuple(name for name in each if not name.startswith(kinds)) for each in one.candidates)
    return replace(one, candidates=tuple(candidates))


def kept(
    text: str,
    proposals: Proposals,
    weights: Weights,
    least: float,
    frames: Collection[str],
    *,
    told: Told | None = None,
) -> Proposals:
    """Return proposals without the frames of which people would mark too little.

    What lies inside a frame that goes is judged as one that stands alone; frames of other labels go with
    the spans that they are about.  `told` holds the features of frames by number, for the next time.
    """
    told = {} if told is None else told
    gone: set[int] = set()
    judged: set[int] = set()
    while True:
        alone = [
            number
            for number, frame in enumerate(proposals.frames)
            if number not in judged
            and frame.label in frames
            and frame.roles
            and all(one in gone for one in _parents(frame))
        ]
        if not alone:
            break
        judged.update(alone)
        gone.update(
            number for number in alone if chance(weights, known(text, proposals, number, told)) < least
        )
    return _left(proposals, gone, frames) if gone else proposals


def outermost(proposals: Proposals, frames: Collection[str]) -> Proposals:
    """Return proposals without the frames that lie inside others."""
    inner = {number for number, one in enumerate(proposals.frames) if one.label in frames and _parents(one)}
    return _left(proposals, inner, frames) if inner else proposals


def _left(proposals: Proposals, gone: set[int], frames: Collection[str]) -> Proposals:
    stay = [number for number in range(len(proposals.frames)) if number not in gone]
    held = {
        span
        for number in stay
        if proposals.frames[number].label in frames
        for _, span in proposals.frames[number].roles
    }
    lost = {span for number in gone for _, span in proposals.frames[number].roles} - held
    stay = [one for one in stay if lost.isdisjoint(span for _, span in proposals.frames[one].roles)]
    spans = [number for number in range(len(proposals.spans)) if number not in lost]
    new_frames, new_spans = ({old: new for new, old in enumerate(one)} for one in (stay, spans))
    return replace(
        proposals,
        spans=tuple(proposals.spans[number] for number in spans),
        frames=tuple(_renumbered(proposals.frames[number], new_spans, new_frames) for number in stay),
    )


def _renumbered(frame: ProposedFrame, spans: dict[int, int], frames: dict[int, int]) -> ProposedFrame:
    return replace(
        frame,
        roles=tuple((role, spans[number]) for role, number in frame.roles),
        links=tuple((role, frames[number]) for role, number in frame.links if number in frames),
    )
