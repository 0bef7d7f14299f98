"""Asides inside what is said: those that go on with it, and those in which the writer speaks again."""

from __future__ import annotations

from annotator.model.grammar import grammar
from annotator.nlp.attributions.before import group_start, subject_before
from annotator.nlp.attributions.clauses import finite_behind
from annotator.nlp.attributions.sentences import VERBAL, Sentence

_ADDING = frozenset(("DT", "SC", "VG", "VD", "SUB", "NUM", "PS"))
"""What stands behind a dash when the writer adds something."""
_ADDING_WORDS = frozenset(("then", "all", "none"))
_NOT_ADDING = frozenset(("that", "because", "if", "unless"))
_STRESSING = frozenset(("IN", "RB", "TO", "q"))
"""What stands behind a dash when the words only become more exact: "- especially farmers"."""
_GOING_ON = frozenset(("WH", "IN", "TO", "NUM"))
_CLOSED_BY = frozenset(("for", "as", "of", "that"))
_VERB_OR_BREAK = VERBAL | {";", ":", "Q"}
_FAR = 20


def is_dash(s: Sentence, at: int) -> bool:
    """Tell a dash from the hyphen in "35-30"."""
    if s.tag(at) != "-":
        return False
    text, start, end = s.line.text, s.line.starts[at], s.line.ends[at]
    return s.word(at) != "-" or (text[start - 1 : start].isspace() and text[end : end + 1].isspace())


def _dashes(s: Sentence, first: int, end: int) -> int:
    return sum(is_dash(s, at) for at in range(first, end))


def goes_on_over(s: Sentence, dash: int) -> bool:
    """Tell "that if all buy one - assuming they can - it would", which goes on behind an aside."""
    closed = next((at for at in range(dash + 2, min(s.end, dash + _FAR)) if is_dash(s, at)), -1)
    is_doing = s.tag(dash + 1) == "VG" and closed > 0
    return is_doing and (s.tag(closed + 1) in VERBAL or finite_behind(s, closed + 1))


def closes(s: Sentence, first: int, at: int) -> bool:
    """Tell whether a dash closes an aside that what is said from an item on stands in."""
    return _dashes(s, s.first, first) % 2 == 1 and not _dashes(s, first, at)


def adds(s: Sentence, first: int, at: int) -> bool:
    """Tell the dash behind which the writer adds something: "says the dam is safe - a claim few believe"."""
    if not is_dash(s, at):
        return False
    if closes(s, first, at):
        return True
    is_pair = _dashes(s, at + 1, s.end) > 0 or _dashes(s, first, at) % 2 == 1
    word = s.word(at + 1)
    is_adding = (s.tag(at + 1) in _ADDING and word not in _NOT_ADDING) or word in _ADDING_WORDS
    return is_adding and not is_pair


def breaks(s: Sentence, first: int, at: int) -> bool:
    """Tell whether words that name what is meant end at a dash: with their clause, or before an addition."""
    if not is_dash(s, at):
        return False
    before, after = _dashes(s, first, at), _dashes(s, at + 1, s.end)
    if before % 2 == 1 or closes(s, first, at):
        # the second of two
        return closes(s, first, at) or (s.tag(at + 2) in VERBAL and s.tag(at + 1) not in _GOING_ON)
    if after:
        return s.tag(at + 1) == "WH"
    return s.tag(at + 1) not in _STRESSING or finite_behind(s, at + 1)


def names_on(s: Sentence, comma: int) -> bool:
    """Tell the commas of "a judge, Anna Quill, for" and "Quill, Kerrin" from one before a clause."""
    at = comma + 1
    if s.tag(comma) == "," and s.word(at) in _CLOSED_BY:
        opened = comma - 1
        while s.tag(opened) == "CAP":
            opened -= 1
        return opened < comma - 1 and s.tag(opened) == ","
    if s.tag(comma) != "," or s.tag(at) != "CAP" or s.word(at) in grammar()["time"]:
        return False
    near = range(at, min(s.end, at + _FAR))
    verb = next((one for one in near if s.tag(one) in _VERB_OR_BREAK), -1)
    if s.tag(verb) not in VERBAL:
        return True
    subject = subject_before(s, group_start(s, verb))
    return subject is None or subject[0] > at
