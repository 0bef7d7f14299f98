"""Attributions by where somebody stands: "is in favour of", "is a critic of", "To Quill, ..."."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.grammar import grammar
from annotator.nlp.attributions.before import group_start, subject_before
from annotator.nlp.attributions.behind import subject_after
from annotator.nlp.attributions.claims import clause_end
from annotator.nlp.attributions.clauses import finite_behind
from annotator.nlp.attributions.cues import is_negation
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.naming import named
from annotator.nlp.attributions.noun_ends import noun_end
from annotator.nlp.attributions.pointers import read_pointer
from annotator.nlp.attributions.sentences import HELPING, Items, Sentence

_SCORE = 0.55
_OPENING = frozenset(("in", "at", "against", "for", "a", "an", "no", "the", "one"))
_SIDES = frozenset(("side", "defence", "defense"))
_TAKING = frozenset(("take", "takes", "took", "taken", "taking"))
_COMING = frozenset((
    "come", "comes", "came", "jump", "jumped", "leap", "leaps", "leaped", "leapt", "sprang", "rush", "rushed",
    "rose",
))  # fmt: skip
_LONGEST_OWNER = 4
_RATHER = frozenset(("rather", "sooner"))
_VOTING = frozenset(("vote", "votes", "voted", "voting"))
_BEFORE_KIND = frozenset(("NN", "VD", "VG", "RB"))
_SHOWING = _OPENING | _SIDES | _RATHER
_WOULD = frozenset(("would", "'d", "’d"))
_LEADING = frozenset(("to", "for"))


def by_standing(s: Sentence) -> Iterator[Found]:
    """Yield the attributions of a sentence that are made by what somebody is."""
    for at in s.among(_SHOWING, s.first + 1):
        if s.line.words[at] in _OPENING:
            group, link = _stand(s, at)
            found = _standing(s, at, group, link) if group else None
            if found is not None:
                yield found
        elif s.line.words[at] in _SIDES:
            found = _on_side(s, at)
            if found is not None:
                yield found
        found = _would_rather(s, at) if s.line.words[at] in _RATHER else None
        if found is not None:
            yield found
    found = _to_somebody(s)
    if found is not None:
        yield found


def _stand(s: Sentence, at: int) -> tuple[str, int]:
    """Return the group of "in favour of", "against" or "a critic of" from an item on, and the item behind."""
    words, word = grammar(), s.word(at)
    if word == "in" and s.word(at + 1) in ("favor", "favour", "support") and s.word(at + 2) == "of":
        return "supports", at + 3
    if word == "against" and s.tag(at + 1) in ("DT", "PS", "NN", "CAP", "VG", "OBJ", "SUB"):
        return "criticises", at + 1
    if word == "for" and s.tag(at + 1) in ("DT", "SUB", "CAP") and s.word(at + 2) not in grammar()["moments"]:
        return "supports", at + 1
    if word in ("in", "at", "against", "for"):
        is_at_odds = (s.word(at + 1), s.word(at + 2)) == ("odds", "with") and _takes_up(s, at + 3)
        return ("denies", at + 3) if is_at_odds else ("", at)
    is_kind = not words["siding"].isdisjoint(s.line.words[at + 1 : at + 5])
    kind = (
        next((one for one in range(at + 1, at + 5) if s.word(one) in words["siding"]), -1) if is_kind else -1
    )
    if (
        kind < 0
        or s.word(kind + 1) != "of"
        or any(s.tag(one) not in _BEFORE_KIND and s.word(at) != "one" for one in range(at + 1, kind))
    ):
        return "", at
    return ("criticises" if s.word(kind) in words["opposing"] else "supports"), kind + 2


def _takes_up(s: Sentence, at: int) -> bool:
    """Tell "at odds with that claim" from "at odds with the party"."""
    start, end = s.bounds((at, s.last()))
    return read_pointer(s.line.text, start, end) is not None


def _standing(s: Sentence, at: int, group: str, link: int) -> Found | None:
    first = at
    while s.tag(first - 1) in HELPING or s.word(first - 1) in grammar()["linking"]:
        first -= 1
    words = grammar()
    is_being = any(
        s.word(one) in words["being"] or s.word(one) in words["linking"] for one in range(first, at)
    )
    voted = _voted(s, at)
    first = voted if voted > 0 else first
    source = subject_before(s, first) if is_being or voted > 0 else None
    end = noun_end(s, link) if link < s.last() else link
    if source is None and s.word(link - 1) == "of":
        source = _beside(s, at, end)
    if source is None or end <= link or s.word(source[0]) in ("it", "that", "this", "there"):
        return None
    is_here = s.word(at - 1) in ("here", "there")
    if s.word(at) == "for" and (is_here or s.tag(source[1] - 1) not in ("CAP", "SUB")):
        # "the money is for the dam"
        return None
    return Found(
        "standing", group, s.bounds((first, link)), s.bounds(source), (s.bounds((link, end)),), _SCORE,
        f"“{s.word(link - 2)} {s.word(link - 1)}”: where somebody stands",
        paragraph=s.line.paragraph, depth=s.line.depth, kind="stance", how="before",
        is_negated=any(is_negation(s.word(one)) for one in range(first, at)),
    )  # fmt: skip


def _voted(s: Sentence, at: int) -> int:
    """Return where "voted" begins in "voted 29 to 4 | in favour of", or -1."""
    verb = at - 1
    while s.tag(verb) in ("NUM", "RB", "-") or s.word(verb) == "to":
        verb -= 1
    return group_start(s, verb) if verb < at - 1 and s.word(verb) in _VOTING else -1


def _beside(s: Sentence, at: int, end: int) -> Items | None:
    """Return who is named in "Ivo Kerrin, a critic of the dam,"."""
    is_beside = s.tag(at - 1) == "," and s.tag(at - 2) == "CAP" and s.tag(end) in (",", ".")
    return named(s, at - 2) if is_beside else None


def _on_side(s: Sentence, at: int) -> Found | None:
    """Return "came to her defence", "has taken the minister's side": on what these said."""
    owner = at - 1
    first = owner
    while s.tag(first - 1) in ("DT", "CAP", "NN") and owner - first < _LONGEST_OWNER:
        first -= 1
    is_to = s.tag(first - 1) == "TO"
    verb = first - 1 - is_to
    if (
        s.tag(owner) != "PS"
        or s.tag(at + 1) in ("NN", "CAP", "VB", "VD", "VG")
        or s.word(verb) not in (_COMING if is_to else _TAKING)
    ):
        return None
    begin = verb
    while s.tag(begin - 1) in HELPING:
        begin -= 1
    source = subject_before(s, begin)
    if source is None:
        return None
    return Found(
        "preposition", "supports", s.bounds((begin, first)), s.bounds(source), (s.bounds((first, at + 1)),),
        _SCORE,
        f"“{s.word(verb)}” with “{s.word(at)}”: on whose side somebody is",
        paragraph=s.line.paragraph, depth=s.line.depth, lemma="side", kind="stance", how="before",
        is_negated=any(is_negation(s.word(one)) for one in range(begin, verb)),
    )  # fmt: skip


def _would_rather(s: Sentence, at: int) -> Found | None:
    """Return "would rather see"."""
    source = subject_before(s, at - 1) if s.word(at - 1) in _WOULD and s.tag(at + 1) == "VB" else None
    if source is None:
        return None
    claim = (at + 1, clause_end(s, at + 1, is_narrow=True))
    return Found(
        "standing", "believes", s.bounds((at - 1, at + 1)), s.bounds(source), (s.bounds(claim),), _SCORE,
        f"“{s.word(at - 1)} {s.word(at)}”: what somebody likes better",
        paragraph=s.line.paragraph, depth=s.line.depth, kind="thought", how="before",
    )  # fmt: skip


def _to_somebody(s: Sentence) -> Found | None:
    """Return "To Quill, the dam is a danger"."""
    at = s.first
    source: Items | None = subject_after(s, at + 1, is_bare=True) if s.word(at) in _LEADING else None
    if source is None or s.tag(source[1]) != "," or not finite_behind(s, source[1] + 1):
        return None
    is_named = all(s.tag(one) == "CAP" for one in range(*source))
    if not (is_named or s.word(source[1] - 1) in grammar()["bare people"]) or source[1] - source[0] > 5:
        return None
    first = source[1] + 1
    return Found(
        "standing", "believes", s.bounds((at, at + 1)), s.bounds(source),
        (s.bounds((first, clause_end(s, first))),), 0.45, f"“{s.word(at)}” somebody",
        paragraph=s.line.paragraph, depth=s.line.depth, kind="thought",
    )  # fmt: skip
