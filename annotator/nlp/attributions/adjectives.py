"""Attributions by an adjective: "is confident that", "was critical of", "remains opposed to"."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.cue_lexicon import Noun, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.before import subject_before
from annotator.nlp.attributions.claims import clause_end
from annotator.nlp.attributions.clauses import finite_behind
from annotator.nlp.attributions.cues import is_negation
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.naming import named
from annotator.nlp.attributions.noun_links import Link, link_behind
from annotator.nlp.attributions.people import is_person
from annotator.nlp.attributions.sentences import HELPING, Items, Sentence
from annotator.nlp.attributions.sharing import clause_subject

_SCORE = 0.6
_ASKING = frozenset(("why", "how", "if", "where", "when", "who", "what"))
_CLAUSES = _ASKING | frozenset(("that", "whether"))
_DRAWN = "drawn"
"""Who "would not be drawn on" something declines to speak of it; "was drawn" says nothing of the kind."""
_SURE = frozenset(("clear", "certain", "sure"))
_OPEN = frozenset(("that", "about"))
"""Behind these any adjective shows what people think."""


def by_adjectives(s: Sentence) -> Iterator[Found]:
    """Yield the attributions of a sentence that an adjective shows."""
    adjectives = cue_lexicon().adjectives
    open_ = (at - 1 for at in s.among(_OPEN, s.first + 2) if s.line.tags[at - 1] == "NN")
    for at in sorted({*s.among(adjectives.keys(), s.first + 1), *open_}):
        adjective = adjectives.get(s.word(at))
        if adjective is None:
            adjective = Noun(s.word(at), "believes", "open", _OPEN)
            found = _by_adjective(s, at, adjective, is_known=False)
        else:
            found = _by_adjective(s, at, adjective)
        if found is not None:
            yield found


def _by_adjective(s: Sentence, at: int, adjective: Noun, *, is_known: bool = True) -> Found | None:
    first = _start(s, at)
    if first == at:
        return _behind_noun(s, at, adjective) if is_known else None
    link = _link(s, at, adjective)
    source = subject_before(s, first) if link is not None else None
    if link is not None and source is None and s.tag(first - 1) == "CC":
        # "is a farmer, but has been critical of the dam"
        source = clause_subject(s, first)
    is_sure = is_known and adjective.lemma not in ("set", _DRAWN)
    if adjective.lemma == _DRAWN and not any(is_negation(s.word(one)) for one in range(first, at)):
        return None
    if link is None or source is None or not (is_sure or _may_think(s, source)):
        return None
    is_open = s.word(source[0]) in ("it", "that")
    if is_open and not (s.word(source[0]) == "it" and adjective.group == "doubts" and link.word in _CLAUSES):
        return None
    first = source[0] if is_open else first
    found = _found(s, at, adjective, link, cue=(first, link.cue_end), source=None if is_open else source)
    found.score -= 0 if is_known else 0.12
    return found


def _link(s: Sentence, at: int, adjective: Noun) -> Link | None:
    link = link_behind(s, adjective, at + 1)
    is_asking = s.word(at + 1) in _ASKING or s.word(at + 1) == "whether"
    if link is None and is_asking and (adjective.group == "doubts" or _is_unclear(s, at)):
        return Link(s.word(at + 1), (at + 1, clause_end(s, at + 1)), at + 1)
    is_bare = link is None and "that" in adjective.links
    if is_bare and s.tag(at + 1) in ("SUB", "DT", "CAP") and finite_behind(s, at + 1):
        # as in "is sure he will"
        return Link("that", (at + 1, clause_end(s, at + 1)), at + 1)
    return link


def _is_unclear(s: Sentence, at: int) -> bool:
    """Tell "we are not sure why"; what "is not clear" is seldom taken for somebody's doubt."""
    return s.word(at) in _SURE and any(is_negation(s.word(one)) for one in range(_start(s, at), at))


def _may_think(s: Sentence, source: Items) -> bool:
    """Tell people from "it", "the plan", of which other adjectives speak."""
    last = source[1] - 1
    is_named = s.tag(last) == "CAP" or (s.tag(last) == "NN" and is_person(s, last))
    return is_named or s.word(last) in ("he", "she", "they", "we", "i", "who")


def _behind_noun(s: Sentence, at: int, adjective: Noun) -> Found | None:
    """Return "officials angry about the plan", "Quill, wary of the plan, left"."""
    link = link_behind(s, adjective, at + 1)
    comma = at - 1 if s.tag(at - 1) == "," else at
    if link is None or s.tag(comma - 1) not in ("NN", "CAP", "OBJ") or s.tag(link.claim[0] - 1) == ":":
        return None
    source = named(s, comma - 1)
    if source is None or not _may_think(s, source):
        return None
    found = _found(s, at, adjective, link, cue=(at, link.cue_end), source=source)
    found.score -= 0.15
    return found


def _found(s: Sentence, at: int, adjective: Noun, link: Link, *, cue: Items, source: Items | None) -> Found:
    return Found(
        "adjective", adjective.group, s.bounds(cue), s.bounds(source) if source is not None else None,
        (s.bounds(link.claim),), _SCORE, f"“{adjective.lemma}” behind “is” or the like",
        paragraph=s.line.paragraph, depth=s.line.depth, presents=adjective.presents,
        lemma=adjective.lemma, kind="thought", how="before",
        is_negated=any(is_negation(s.word(one)) for one in range(cue[0], at)),
    )  # fmt: skip


def _start(s: Sentence, at: int) -> int:
    """Return where "is", "has never felt" and the like begin before an adjective, or its own place."""
    words = grammar()
    first = at
    while s.tag(first - 1) in HELPING or s.word(first - 1) in words["linking"]:
        first -= 1
    has_verb = any(
        s.word(one) in words["being"] or s.word(one) in words["linking"] for one in range(first, at)
    )
    return first if has_verb else at
