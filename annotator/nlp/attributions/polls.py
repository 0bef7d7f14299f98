"""What polls find without saying so: "a poll has Quill ahead", "gave her a lead"."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.grammar import grammar
from annotator.nlp.attributions.before import group_start, subject_before
from annotator.nlp.attributions.claims import clause_end
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.sentences import Items, Sentence

_GIVING = frozenset(("gave", "give", "gives"))
_PLACING = _GIVING | {"put", "puts", "has", "have", "had", "showed"}
_OBJECTS = frozenset(("CAP", "NN", "DT", "PS", "OBJ", "NUM"))
_FAR = 9
"""Items between who is placed and where."""


def by_polls(s: Sentence) -> Iterator[Found]:
    """Yield what polls find in a sentence, when where somebody stands shows it."""
    for at in s.among(_PLACING, s.first + 1):
        if s.tag(at + 1) in _OBJECTS:
            subject = subject_before(s, group_start(s, at))
            if subject is not None and _is_poll(s, subject) and _places(s, at):
                yield _found(s, subject, at)


def _is_poll(s: Sentence, subject: Items) -> bool:
    """Tell "a poll of voters", "Polls" from "the poll workers"."""
    polls = grammar()["polls"]
    first, end = subject
    inside = range(first, end)
    head = next((at for at in inside if at + 1 == end or s.tag(at + 1) not in ("NN", "CAP", "NUM")), first)
    return s.word(head) in polls


def _places(s: Sentence, verb: int) -> bool:
    """Tell "has Quill ahead of Moss", "gives Quill a lead" from "has limits", "gave no answer"."""
    places = grammar()["leading" if s.word(verb) in _GIVING else "placed"]
    near = range(verb + 2, min(s.last(), verb + _FAR))
    stop = next((at for at in near if s.tag(at) in (",", "Q", "SC", "WH", ";", ":")), near.stop)
    return any(s.word(at) in places for at in range(verb + 2, stop))


def _found(s: Sentence, subject: Items, verb: int) -> Found:
    cue, claim = (group_start(s, verb), verb + 1), (verb + 1, clause_end(s, verb + 1, is_narrow=True))
    return Found(
        "taken-as", "asserts", s.bounds(cue), s.bounds(subject), (s.bounds(claim),),
        0.7, f"a poll and “{s.word(verb)}”, with where somebody stands",
        paragraph=s.line.paragraph, depth=s.line.depth,
    )  # fmt: skip
