"""Turns of a transcript: a name in capitals, a colon, and what is said, up to where telling goes on."""

from __future__ import annotations

import re

from annotator.model.cue_lexicon import cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.clauses import is_past
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.headline_topics import is_topic
from annotator.nlp.attributions.reading import Line
from annotator.nlp.attributions.sentences import VERBAL, Sentence, sentences

_TURN = re.compile(r"[^\W\d_a-zà-ÿ][^\Wa-zà-ÿ.’'\- ]*(?:[ .’'\-][^\Wa-zà-ÿ]*){0,5}:")
_SPEAKING = frozenset(
    (
        "i",
        "we",
        "you",
        "me",
        "us",
        "my",
        "our",
        "your",
        "mine",
        "ours",
        "yours",
        "myself",
        "ourselves",
        "yourself",
    )
)
"""Words of who speaks and who is spoken to."""
_SHORT = frozenset(mark + end for mark in "'’" for end in ("re", "ve", "ll", "m", "d"))
_PAST = frozenset(("was", "were", "had", "did"))
_SHORTEST = 8
"""Items of a sentence that tells what happened."""


def turn(line: Line) -> Found | None:
    """Return a turn of a transcript: a name in capitals, a colon, and the rest of the paragraph."""
    match = _TURN.match(line.text, line.start, line.end)
    if match is None or not match.group().isupper() or line.depth:
        return None
    if len(match.group()) < 3 and match.group() not in ("Q:", "A:"):
        return None
    words = match.group().lower().rstrip(":").split()
    if words[-1] in grammar()["no source"] or words[0] in grammar()["opening a label"]:
        return None
    colon = match.end() - 1
    named = len(match.group()[:-1].rstrip())
    start, end = match.end(), line.end
    while start < end and line.text[start].isspace():
        start += 1
    end = _spoken_end(line, end)
    while end > start and line.text[end - 1].isspace():
        end -= 1
    if line.text.count(" ", start, end) < 1 or _is_topic(line):
        return None
    return Found(
        "turn", "asserts", (colon, colon + 1), (line.start, line.start + named), ((start, end),), 0.82,
        "turn of a transcript", paragraph=line.paragraph, form="transcript", kind="punctuation",
    )  # fmt: skip


def _is_topic(line: Line) -> bool:
    """Tell the matter of a headline: "VAT: Quill threatens to close shops"."""
    s = sentences(line)[0]
    colon = s.find(":", s.first, s.end)
    return not line.paragraph and colon > 0 and is_topic(s, (s.first, colon), colon + 1)


def _spoken_end(line: Line, end: int) -> int:
    """Return where what is said ends: before sentences that a reporter tells, glued behind it."""
    parts = sentences(line)
    spoken = len(parts)
    while spoken > 1 and _is_told(parts[spoken - 1]):
        spoken -= 1
    return end if spoken == len(parts) else line.ends[parts[spoken - 1].end - 1]


def _is_told(s: Sentence) -> bool:
    """Tell what a reporter writes: in the past, of others, with a day or as a report."""
    if s.end - s.first < _SHORTEST or s.tag(s.first) in ("SUB", "WH", "RB", "CC"):
        return False
    if any(_is_spoken(s, at) for at in range(s.first, s.end)):
        return False
    verb = next((at for at in range(s.first, s.end) if s.tag(at) in VERBAL), -1)
    is_told = s.word(verb) in _PAST or (s.tag(verb) == "VD" and is_past(s.word(verb)))
    return verb > 0 and is_told and (_has_day(s) or _reports(s, verb))


def _is_spoken(s: Sentence, at: int) -> bool:
    """Tell "we", "don't" and the like, as people speak."""
    word = s.word(at)
    return (word in _SPEAKING and s.tag(at) != "CAP") or word in _SHORT or word.endswith(("n't", "n’t"))


def _has_day(s: Sentence) -> bool:
    times = grammar()["time"]
    return any(s.tag(at) == "CAP" and s.word(at) in times for at in range(s.first, s.end))


def _reports(s: Sentence, verb: int) -> bool:
    forms = cue_lexicon().verbs.get(s.word(verb), ())
    return s.word(verb + 1) in ("that", "whether") and any("s" in one.governs for _, one in forms)
