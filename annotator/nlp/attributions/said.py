"""What is said, before or behind a verb, as rules that are tried in turn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotator.model.cue_lexicon import SURE, WEAK, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.behind import heard, skip_topic, skip_when, subject_after
from annotator.nlp.attributions.claims import (
    clause_end,
    finite_behind,
    left_clause,
    left_quote,
    noun_end,
    quotes_from,
    tail,
)
from annotator.nlp.attributions.cues import VerbCue
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence

_SPOKEN = frozenset(("s", "q"))
_QUESTIONS = frozenset(("how", "what", "why", "who", "where", "when"))
_LINKED = frozenset(("whether", "how", "what", "why", "if", "who"))
_CLAUSE_STARTS = frozenset(("DT", "PS", "CAP", "NN", "NUM", "SUB", "q", "S", "OBJ", "VG"))
_SUBORDINATE = frozenset(("if", "while", "when", "although", "because"))
_WORD_STARTS = frozenset(("DT", "PS", "CAP", "NN", "NUM", "OBJ", "q", "S", "SUB", "VG"))
_UNSEEN_STARTS = frozenset(("DT", "CAP", "NN", "SUB", "PS", "NUM"))
_OBJECTS_BEFORE = frozenset(("that", "which", "whom"))
_CLAUSE_ENDS = frozenset((".", ",", "^", ")", "CC", "SC", "IN"))
_BASES = frozenset(("VB", "AUX", "NN", "RB", "VD"))
_EDGES = frozenset((".", "^", ",", ";", "-", ")", "SC", "VG", "CC"))


@dataclass(frozen=True, slots=True)
class Said:
    """What a pattern takes for said, and the other parts it saw on the way; items of a sentence."""

    pattern: str
    claim: tuple[Items, ...]
    cue_end: int
    source: Items | None = None
    addressee: Items | None = None


def said_behind(s: Sentence, cue: VerbCue, subject: Items | None) -> Said | None:
    """Return what is said behind a verb."""
    if s.tag(cue.end) == ":":
        return _colon(s, cue, cue.end, subject)
    if subject is None or (
        s.tag(cue.end) in ("VB", "VD", "AUX") and s.word(subject[0] - 1) in ("which", "that", "who", "what")
    ):
        return None
    for rule in (
        _declined,
        _linked,
        _to_somebody,
        _here,
        _late,
        _somebody_to,
        _words,
        _object_before,
        _unseen,
        _seeming,
    ):
        found = rule(s, cue, subject)
        if found is not None:
            return _with_relative(s, _inside_relative(s, found))
    return None


def _colon(
    s: Sentence, cue: VerbCue, at: int, subject: Items | None, told: Items | None = None
) -> Said | None:
    if not cue.entry.governs & _SPOKEN or at + 1 >= s.last():
        return None
    claim = quotes_from(s, at + 1) if s.tag(at + 1) == "Q" else ((at + 1, s.last()),)
    cue_end = at + 1 if at == cue.end else cue.end
    return Said("colon", claim, cue_end, subject, told)


def _linked(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return what follows a preposition that the verb takes: "called for talks"."""
    at = cue.end + (s.tag(cue.end) == "RB")
    if s.word(at) not in cue.entry.prepositions:
        return None
    first = at + 1
    if s.tag(first) in (",", ".", "^"):
        return None
    end = clause_end(s, first) if s.word(first) in _LINKED else noun_end(s, first)
    return Said("preposition", ((first, end),), first, subject) if end > first else None


def _to_somebody(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return what is said behind the one to whom: "told reporters that"."""
    told = heard(s, cue.end) if "a" in cue.entry.governs else None
    if told is None:
        return None
    after = skip_when(s, told[1])
    if s.tag(after) == ":":
        return _colon(s, cue, after, subject, told)
    found = _at(s, cue, after)
    if found is not None and found[0] == "to" and "o" in cue.entry.governs:
        return None
    if found is None:
        is_to = "o" in cue.entry.governs and s.tag(after) == "TO" and cue.entry.lemma == "tell"
        return Said("object-to", ((after, clause_end(s, after)),), cue.end, subject, told) if is_to else None
    pattern, claim = found
    return Said("addressee" if pattern == "clause" else pattern, claim, cue.end, subject, told)


def _here(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    found = _at(s, cue, cue.end) if cue.entry.lemma != "tell" else None
    return Said(*found, cue.end, subject) if found is not None else None


def _late(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return what is said behind words that say when and where: "said on Monday that"."""
    at = max(skip_when(s, cue.end), skip_topic(s, cue.end))
    if at == cue.end and s.tag(at) == "," and s.tag(at + 1) in ("IN", "RB"):
        # "described, in harsh terms, a set of"
        at = s.find(",", at + 1, 12) + 1 or cue.end
    if at == cue.end or cue.entry.lemma == "tell":
        return None
    if s.tag(at) == ":":
        return _colon(s, cue, at, subject)
    found = _at(s, cue, at, is_late=True)
    if found is None and s.tag(at - 1) == "," and "n" in cue.entry.governs and s.tag(at) in ("DT", "PS"):
        found = "words", ((at, noun_end(s, at)),)
    return Said(*found, cue.end, subject) if found is not None else None


def _somebody_to(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return who is to do what: "urged members to vote"."""
    first = cue.end
    who = heard(s, first) if "o" in cue.entry.governs and cue.entry.lemma != "tell" else None
    if who is None:
        return None
    for at in range(who[1], min(s.end, who[1] + 8)):
        if s.tag(at) == "TO" and s.tag(at + 1) in _BASES:
            return Said("object-to", ((first, clause_end(s, first)),), first, subject)
        if s.tag(at) in (",", ".", "VB", "VD", "AUX", "SC", "Q"):
            return None
    return None


def _words(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return words that name what is meant: "criticised the plan"."""
    first = cue.end
    if "n" not in cue.entry.governs or cue.entry.lemma == "tell" or s.tag(first) not in _WORD_STARTS:
        return None
    if skip_when(s, first) > first:
        return None
    end = noun_end(s, first)
    return Said("words", ((first, end),), first, subject) if end > first else None


def _object_before(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return "that" in "a charge that she denied", "whom he described as"."""
    before, first = subject[0] - 1, cue.end
    if "n" not in cue.entry.governs or cue.entry.strength == WEAK or s.word(before) not in _OBJECTS_BEFORE:
        return None
    if s.tag(before - 1) not in ("NN", "CAP", ",", "IN") or s.tag(first) not in _CLAUSE_ENDS | {"Q", "q"}:
        return None
    if s.tag(first) in ("Q", "q"):
        return Said("object-before", ((before, before + 1), (first, first + 1)), first, subject)
    more = ((first, noun_end(s, first)),) if s.word(first) == "as" and first + 1 < s.last() else ()
    return Said("object-before", ((before, before + 1), *more), first, subject)


def _unseen(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return a clause whose verb is not known, behind a verb that nearly always has one."""
    first, entry = cue.end, cue.entry
    is_thought = entry.group == "believes" and "n" not in entry.governs and entry.strength != WEAK
    if "s" not in entry.governs or entry.lemma == "tell" or not (entry.strength == SURE or is_thought):
        return None
    if subject[1] != cue.first or skip_when(s, first) > first or s.tag(first) not in _UNSEEN_STARTS:
        return None
    end = clause_end(s, first)
    return Said("unseen", ((first, end),), first, subject) if end - first > 2 else None


def _seeming(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return what seems to be, to nobody in particular: "the plan appears to work"."""
    first = cue.end
    if (
        "j" not in cue.entry.governs
        or s.tag(first) not in ("TO", "NN", "RB", "VD")
        or s.tag(subject[0]) == "WH"
    ):
        return None
    return Said("seems", (subject, (first, clause_end(s, first, is_narrow=True))), first)


def _at(s: Sentence, cue: VerbCue, at: int, *, is_late: bool = False) -> tuple[str, tuple[Items, ...]] | None:
    """Return what is said when it begins right here, with the pattern."""
    return (
        _quote_at(s, cue, at)
        or _that_at(s, cue, at)
        or _question_at(s, cue, at)
        or _verb_at(s, cue, at, is_late)
        or _clause_at(s, cue, at, is_late)
    )


def _quote_at(s: Sentence, cue: VerbCue, at: int) -> tuple[str, tuple[Items, ...]] | None:
    if not cue.entry.governs & _SPOKEN:
        return None
    if s.tag(at) == "Q":
        return "quote-behind", ((at, max(clause_end(s, at), at + 1)),)
    if s.tag(at) == "q" and s.tag(at + 1) in (".", "^"):
        return "quote-behind", ((at, at + 1),)
    if s.tag(at) == "," and s.tag(at + 1) == "Q":
        return "quote-behind", quotes_from(s, at + 1)
    return None


def _that_at(s: Sentence, cue: VerbCue, at: int) -> tuple[str, tuple[Items, ...]] | None:
    first = at + (s.tag(at) == ",")
    if "s" not in cue.entry.governs or s.word(first) != "that":
        return None
    if s.tag(first + 1) in (".", ",", "^"):
        return None
    # "says that doesn't mean": here "that" is who the clause is about.
    is_subject = s.tag(first + 1) in ("VB", "AUX")
    return "clause" if is_subject else "that", ((first, clause_end(s, first)),)


def _question_at(s: Sentence, cue: VerbCue, at: int) -> tuple[str, tuple[Items, ...]] | None:
    is_question = "w" in cue.entry.governs and (s.word(at) in ("whether", "if") or s.word(at) in _QUESTIONS)
    return ("whether", ((at, clause_end(s, at)),)) if is_question else None


def _declined(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return what somebody declines to comment on; "declined to comment" alone says what is declined."""
    verb = cue.end + 1
    if cue.entry.group != "declines" or s.tag(cue.end) != "TO" or s.word(verb) not in grammar()["commenting"]:
        return None
    after = verb + 1
    first = after if s.tag(after) in ("IN", "SC", "WH") or s.word(after) == "that" else -1
    if first < 0 or (skip_when(s, first) > first and s.word(first) not in ("on", "about")):
        return None
    return Said("to", ((first, clause_end(s, first, is_narrow=True)),), after, subject)


def _verb_at(s: Sentence, cue: VerbCue, at: int, is_late: bool) -> tuple[str, tuple[Items, ...]] | None:
    governs = cue.entry.governs
    if "i" in governs and not is_late and s.tag(at) == "TO" and s.tag(at + 1) in _BASES:
        return "to", ((at, clause_end(s, at, is_narrow=True)),)
    return ("ing", ((at, noun_end(s, at)),)) if "g" in governs and s.tag(at) == "VG" else None


def _inside_relative(s: Sentence, said: Said) -> Said:
    """End what "Quill, who says it holds, called ..." says with the relative clause."""
    subject = said.source
    if subject is None or s.tag(subject[0]) != "WH" or s.tag(subject[0] - 1) != ",":
        return said
    first, end = said.claim[0]
    closing = next((at for at in range(first, end) if s.tag(at) == "," and s.tag(at + 1) in VERBAL), end)
    return replace(said, claim=((first, closing),)) if closing > first else said


def _with_relative(s: Sentence, said: Said) -> Said:
    """Give "that" to what is said in "the plan that Quill said would fail"."""
    subject = said.source
    before = subject[0] - 1 if subject is not None else -1
    is_noun = s.tag(before - 1) in ("NN", "CAP", ",") and s.word(before - 1) not in cue_lexicon().nouns
    if said.pattern != "clause" or s.word(before) not in ("that", "which") or not is_noun:
        return said
    return Said("relative", ((before, before + 1), *said.claim), said.cue_end, said.source, said.addressee)


def _clause_at(s: Sentence, cue: VerbCue, at: int, is_late: bool) -> tuple[str, tuple[Items, ...]] | None:
    if "s" not in cue.entry.governs or not finite_behind(s, at):
        return None
    may_start = s.tag(at) in _CLAUSE_STARTS or (s.word(at) in _SUBORDINATE and not is_late)
    return ("clause", ((at, clause_end(s, at)),)) if may_start else None


def said_before(s: Sentence, cue: VerbCue, subject: Items | None) -> Said | None:
    """Return what was said before a verb."""
    if not cue.entry.governs & _SPOKEN or cue.is_infinitive:
        return None
    inverted = _inverted(s, cue) if subject is None or s.tag(cue.first - 1) in ("Q", ",", "-") else None
    source = inverted or subject
    if (
        source is None
        or (inverted is None and cue.is_gerund)
        or s.tag(source[0]) == "WH"
        or s.word(source[0]) == "that"
    ):
        return None
    told = heard(s, cue.end) if "a" in cue.entry.governs and inverted is None else None
    behind = skip_when(s, inverted[1] if inverted else told[1] if told else cue.end)
    edge = cue.first if inverted else source[0]
    quoted = left_quote(s, edge)
    if quoted is not None:
        pattern = "quote-inverted" if inverted else "quote"
        return Said(pattern, (quoted, *_second_half(s, behind)), cue.end, source, told)
    if inverted is None and _is_relative(s, cue, edge):
        return Said("relative", ((edge - 1, edge), (cue.end, clause_end(s, cue.end))), cue.end, source)
    if "s" not in cue.entry.governs or s.word(edge - 1) == "as" or s.tag(behind) not in _EDGES:
        return None
    return _clause_before(s, cue, source, told, (edge, behind))


def _clause_before(
    s: Sentence, cue: VerbCue, source: Items, told: Items | None, around: Items
) -> Said | None:
    clause, rest = left_clause(s, around[0]), tail(s, around[1])
    if clause is not None and rest is not None and s.tag(rest[0]) in VERBAL:
        return Said("interposed", (clause, rest), cue.end, source, told)
    is_clause = clause is not None and (s.has_verb(*clause) or clause[1] - clause[0] > 2)
    if clause is None or not is_clause:
        # "And yet, aides say, it remains": nothing stands before, all of it behind.
        is_behind = rest is not None and source[0] < cue.first and finite_behind(s, rest[0])
        if rest is not None and is_behind:
            return Said("clause", (rest,), cue.end, source)
        return (
            Said("clause-before", (clause,), cue.end, source, told)
            if clause and s.tag(around[1]) != ","
            else None
        )
    if rest is not None:
        return Said("interposed", (clause, rest), cue.end, source, told)
    if s.has_verb(*clause) or s.tag(around[1]) != ",":
        return Said("clause-before", (clause,), cue.end, source, told)
    return None


def _is_relative(s: Sentence, cue: VerbCue, edge: int) -> bool:
    """Tell "the plan that Quill said was late": what is said lies around who says it."""
    opens = s.word(edge - 1) in ("which", "that", "who", "whom", "what")
    return opens and s.tag(cue.end) in ("VB", "VD", "AUX", "RB")


def _second_half(s: Sentence, behind: int) -> tuple[Items, ...]:
    first = behind + 1
    if s.tag(behind) not in (",", ":", ";", "-"):
        return ()
    if s.tag(behind) == "," and s.word(first) in ("and", "but"):
        first += 1
    return quotes_from(s, first) if s.tag(first) == "Q" else ()


def _inverted(s: Sentence, cue: VerbCue) -> Items | None:
    """Return who is named right behind the verb, when what is said stands before it."""
    before = s.tag(cue.first - 1)
    if before not in ("Q", ",", "^", "-", "q", ".") or cue.is_gerund:
        return None
    found = subject_after(s, cue.end)
    if found is None or s.tag(cue.end) == "WH":
        return None
    goes_on = s.tag(found[1]) in ("VB", "VD", "AUX", "SC")
    return None if goes_on and before != "Q" else found
