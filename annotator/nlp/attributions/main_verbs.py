"""Where the main verb stands behind what its subject says or wants: "a plan to mend it | would cost more"."""

from __future__ import annotations

from dataclasses import replace

from annotator.model.cue_lexicon import PARTICIPLE, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.clauses import (
    before_adverbs,
    before_second_verb,
    closing_comma,
    is_third,
    relative_end,
)
from annotator.nlp.attributions.cues import VerbCue, has_particle
from annotator.nlp.attributions.objects import Said
from annotator.nlp.attributions.sentences import HELPING, OPEN_VERBS, VERBAL, Sentence

_NAMED = frozenset(("words", "taken-as", "preposition"))
"""Patterns of words that hold no verb of their own."""
_WORDS = frozenset(("words", "preposition", "ing", "taken-as", "to", "object-to"))
_CLAUSES = frozenset(("that", "clause", "unseen", "whether", "addressee"))
_STOPS = frozenset(("SC", "WH", "SUB", "Q", "q", "CC", ";", ":", "-", "("))
"""Behind these a clause may follow to which the next verb belongs."""
_BOUNDS = frozenset((",", ";", ":", "-", "Q", "SC"))
_NO_SUBJECT = frozenset(("IN", "TO", "AUX", "NO", "DT", "PS"))
_DEPENDENT = frozenset(("be", "being", "been", "having", "am", "'s", "’s", "'d", "’d"))
_LINKS = frozenset(("so", "whereby"))
_MAKES_TENSES = frozenset(("is", "are", "was", "were", "has", "have", "had", "does", "do", "did"))
_BEHIND_HELPER = VERBAL | {"NO"}


def without_main_verb(s: Sentence, cue: VerbCue, said: Said) -> Said:
    """End what is said before the verb of its source: "farmers who want the gate | have come"."""
    first, end = said.claim[-1]
    if said.pattern in _WORDS:
        closing = before_outer_verb(s, first + (s.tag(first) == "TO"), end)
    elif said.pattern in _CLAUSES and cue.is_gerund and _modifies_subject(s, cue.first):
        closing = _before_late_verb(s, first, end)
    else:
        return said
    return replace(said, claim=(*said.claim[:-1], (first, closing))) if closing != end else said


def before_main(s: Sentence, first: int, end: int) -> int:
    """Return where a clause ends that belongs to the subject: "fears that it would break | have driven"."""
    if not s.has_verb(s.first, first - 1):
        return before_second_verb(s, first, end)
    if s.tag(first) == "TO":
        return before_outer_verb(s, first + 1, end)
    return _before_late_verb(s, first, end)


def before_outer_verb(s: Sentence, first: int, end: int) -> int:
    """Return where words or "to" and a verb end before a verb that none of them can be the subject of."""
    for at in range(first, end):
        is_open = s.tag(at) in _STOPS or s.word(at) in _LINKS
        if is_open or _takes_clause(s, at) or _is_second_name(s, first, at):
            return end
        comma = s.tag(at) == ","
        if at > first and (_is_finite(s, at + comma) or is_third(s, at)):
            return before_adverbs(s, at)
        if comma:
            # "to sue another farmer, Quill, | is"
            closing = closing_comma(s, at)
            return closing if closing > at and _is_finite(s, closing + 1) else end
    return end


def _before_late_verb(s: Sentence, first: int, end: int) -> int:
    """Return where a clause with a helper ends before a second one: "that it has closed | could not be"."""
    verb = next((at for at in range(first + 1, end) if s.tag(at) in VERBAL or s.tag(at) in _STOPS), end)
    if s.tag(verb) == "SUB":
        verb += 1
    if s.tag(verb) in ("VB", "VD") and s.tag(verb + 1) == "AUX" and verb + 1 < end:
        # "a note saying that it leaks | was ignored"
        return verb + 1
    if not (s.tag(verb) == "AUX" and verb + 1 < end):
        return end
    while s.tag(verb) in HELPING:
        verb += 1
    return before_outer_verb(s, verb, end) if verb < end else end


def _modifies_subject(s: Sentence, verb: int) -> bool:
    """Tell whether a form in -ing belongs to a noun whose own verb is still to come: "a note saying"."""
    start = next((at + 1 for at in range(verb - 1, s.first - 1, -1) if s.tag(at) in _BOUNDS), s.first)
    return s.tag(verb - 1) in ("NN", "CAP") and not s.has_verb(start, verb)


def _takes_clause(s: Sentence, at: int) -> bool:
    """Tell a verb behind which a clause may follow: "to say the dam is old"."""
    return s.tag(at) in OPEN_VERBS and any(
        verb.governs & {"s", "w"} and has_particle(s, at, verb)
        for _, verb in cue_lexicon().verbs.get(s.word(at), ())
    )


def _is_second_name(s: Sentence, first: int, at: int) -> bool:
    """Tell "the plan | the mayor had made", where the next verb belongs to the second noun."""
    if at <= first or s.tag(at - 1) not in ("NN", "CAP"):
        return False
    is_led = s.tag(at) in ("DT", "PS") and s.word(at)[0].isalpha()
    return is_led or (s.tag(at) == "CAP" and s.tag(at - 1) == "NN") or s.word(at) in grammar()["bare people"]


def _is_finite(s: Sentence, at: int) -> bool:
    word, tag = s.word(at), s.tag(at)
    if s.tag(at - 1) in _NO_SUBJECT or s.tag(at + 1) == "SUB":
        return False
    if tag == "VD":
        kinds = {kind for kind, _ in cue_lexicon().verbs.get(word, ())}
        return bool(kinds) and PARTICIPLE not in kinds
    if tag != "AUX" or word in _DEPENDENT:
        return False
    # "the plan should further rain come" asks for nothing
    after = s.tag(at + 1 + (s.tag(at + 1) == "RB"))
    return word in _MAKES_TENSES or after in _BEHIND_HELPER


def inside_relative(s: Sentence, said: Said) -> Said:
    """End what "Quill, who says it holds, called ..." says with the relative clause."""
    if said.source is None:
        return said
    first, end = said.claim[-1]
    closing = relative_end(s, said.source, first, end, has_verb=said.pattern not in _NAMED)
    is_shorter = first < closing != end
    return replace(said, claim=(*said.claim[:-1], (first, closing))) if is_shorter else said


def with_relative(s: Sentence, said: Said) -> Said:
    """Give "that" to what is said in "the plan that Quill said would fail"."""
    if said.pattern != "clause":
        return said
    subject = said.source
    before = subject[0] - 1 if subject is not None else -1
    is_noun = s.tag(before - 1) in ("NN", "CAP", ",") and s.word(before - 1) not in cue_lexicon().nouns
    if s.word(before) not in ("that", "which") or not is_noun:
        return said
    return Said("relative", ((before, before + 1), *said.claim), said.cue_end, said.source, said.addressee)
