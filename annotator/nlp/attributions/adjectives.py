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
from annotator.nlp.attributions.nouns import Link, link_behind
from annotator.nlp.attributions.sentences import Items, Sentence
from annotator.nlp.attributions.sharing import clause_subject

_SCORE = 0.6
_ASKING = frozenset(("why", "how", "if", "where", "when", "who", "what"))
_CLAUSES = _ASKING | frozenset(("that", "whether"))
_HELPING = frozenset(("AUX", "RB", "NO"))


def by_adjectives(s: Sentence) -> Iterator[Found]:
    """Yield the attributions of a sentence that an adjective shows."""
    adjectives = cue_lexicon().adjectives
    for at in range(s.first + 1, s.end):
        adjective = adjectives.get(s.line.words[at])
        if adjective is not None:
            found = _by_adjective(s, at, adjective)
            if found is not None:
                yield found


def _by_adjective(s: Sentence, at: int, adjective: Noun) -> Found | None:
    first = _start(s, at)
    link = link_behind(s, adjective, at + 1) if first < at else None
    if link is None and first < at and adjective.group == "doubts" and s.word(at + 1) in _ASKING:
        link = Link(s.word(at + 1), (at + 1, clause_end(s, at + 1)), at + 1)
    is_bare = link is None and first < at and "that" in adjective.links
    if is_bare and s.tag(at + 1) in ("SUB", "DT", "CAP"):
        # as in "is sure he will"
        link = Link("that", (at + 1, clause_end(s, at + 1)), at + 1) if finite_behind(s, at + 1) else None
    if link is None:
        return None
    source: Items | None = subject_before(s, first)
    if source is None and s.tag(first - 1) in ("CC", ","):
        source = clause_subject(s, first)
    is_open = s.word(source[0]) in ("it", "that") if source is not None else False
    if source is None or (
        is_open and not (s.word(source[0]) == "it" and adjective.group == "doubts" and link.word in _CLAUSES)
    ):
        return None
    first = source[0] if is_open else first
    return Found(
        "adjective", adjective.group, s.bounds((first, link.cue_end)), None if is_open else s.bounds(source),
        (s.bounds(link.claim),), _SCORE, f"“{adjective.lemma}” behind “is” or the like",
        paragraph=s.line.paragraph, depth=s.line.depth, presents=adjective.presents,
        lemma=adjective.lemma, kind="thought", how="before",
        is_negated=any(is_negation(s.word(one)) for one in range(first, at)),
    )  # fmt: skip


def _start(s: Sentence, at: int) -> int:
    """Return where "is", "has never felt" and the like begin before an adjective, or its own place."""
    words = grammar()
    first = at
    while s.tag(first - 1) in _HELPING or s.word(first - 1) in words["linking"]:
        first -= 1
    has_verb = any(
        s.word(one) in words["being"] or s.word(one) in words["linking"] for one in range(first, at)
    )
    return first if has_verb else at
