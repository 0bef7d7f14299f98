"""What is said behind a verb, as rules that are tried in turn."""

from __future__ import annotations

from dataclasses import replace

from annotator.model.cue_lexicon import SURE, WEAK, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.behind import heard, is_day, is_told_day, over_place, skip_topic, skip_when
from annotator.nlp.attributions.claims import clause_end, left_clause, quotes_from
from annotator.nlp.attributions.clauses import finite_behind, is_naming
from annotator.nlp.attributions.cues import SPOKEN, TO_WHOM, VerbCue, is_tried
from annotator.nlp.attributions.declining import declined
from annotator.nlp.attributions.far_that import (
    behind_scope,
    far_that,
    over_relative,
    points_back,
    that_alone,
    that_behind_when,
)
from annotator.nlp.attributions.found import TAKING_SIDES
from annotator.nlp.attributions.main_verbs import inside_relative, with_relative, without_main_verb
from annotator.nlp.attributions.modifying import is_day_first, is_described, is_late_one, is_modifier
from annotator.nlp.attributions.naming import is_amount
from annotator.nlp.attributions.noun_ends import noun_end, over_aside
from annotator.nlp.attributions.noun_links import is_relative
from annotator.nlp.attributions.objects import (
    Said,
    bare_object_before,
    called,
    object_before,
    parted,
    quoted_words,
    summed_before,
)
from annotator.nlp.attributions.report_nouns import TELLING
from annotator.nlp.attributions.reports import leaves_infinitive
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence
from annotator.nlp.attributions.told import asks_when, is_done_to, is_phoned, told_to
from annotator.nlp.attributions.topics import linked, told_of

_QUESTIONS = frozenset(("how", "what", "why", "who", "whom", "where", "when", "which"))
_CLAUSE_STARTS = frozenset(("DT", "PS", "CAP", "NN", "NUM", "SUB", "q", "S", "OBJ", "VG"))
_SUBORDINATE = frozenset(("if", "while", "when", "although", "because", "unless", "though"))
WORD_STARTS = frozenset(("DT", "PS", "CAP", "NN", "NUM", "OBJ", "q", "S", "SUB", "VG"))
_UNSEEN_STARTS = frozenset(("DT", "CAP", "NN", "SUB", "PS", "NUM", "q"))
_BASES = frozenset(("VB", "AUX", "NN", "RB", "VD", "q", "Q"))
_ADVERBIAL = frozenset(("IN", "SC", "RB", "VG", "VD", "TO"))
_ASIDES = frozenset(("IN", "TO", "RB", "NO", "VG", "SC"))
_ANSWER_ENDS = frozenset((".", ",", "^", "SC", "CC", "IN", "TO"))
_FINDING_OUT = frozenset(("know", "hear", "see", "learn"))
_JUDGING = frozenset(("NN", "VD", "VG", "RB", "CC", ",", "q", "Q"))
_SHORT = 12
"""Items that an aside has at most."""


def said_behind(s: Sentence, cue: VerbCue, subject: Items | None) -> Said | None:
    """Return what is said behind a verb."""
    if s.tag(cue.end) == ":":
        return _colon(s, cue, cue.end, subject)
    if subject is None or (
        s.tag(cue.end) in VERBAL and s.word(subject[0] - 1) in ("which", "that", "who", "what")
    ):
        return None
    if that_behind_when(s, cue) > 0:
        return _late(s, cue, subject)
    for rule in (
        declined,
        summed_before,
        _held,
        linked,
        _to_somebody,
        told_of,
        _finds_out,
        _here,
        _late,
        _somebody_to,
        parted,
        _words,
        object_before,
        bare_object_before,
        called,
        quoted_words,
        _unseen,
    ):
        found = rule(s, cue, subject)
        if found is not None:
            found = without_main_verb(s, cue, _with_first_half(s, found))
            return inside_relative(s, with_relative(s, found))
    return None


def _with_first_half(s: Sentence, said: Said) -> Said:
    """Give what stands before it to a quotation that goes on with it: "The dam, she said, “leaks.”"."""
    subject, first = said.source, said.claim[0][0]
    if said.pattern != "quote-behind" or subject is None or s.tag(first) != "Q" or s.tag(first - 1) != ",":
        return said
    letter = s.line.text[s.line.quotes[first].inside[0]]
    half = left_clause(s, subject[0]) if letter.islower() else None
    if half is None or s.tag(half[0]) in _ADVERBIAL or any(s.tag(at) == "Q" for at in range(*half)):
        return said
    return replace(said, claim=(half, *said.claim))


def _colon(
    s: Sentence, cue: VerbCue, at: int, subject: Items | None, told: Items | None = None
) -> Said | None:
    if not cue.entry.governs & SPOKEN or at + 1 >= s.last():
        return None
    claim = quotes_from(s, at + 1) if s.tag(at + 1) == "Q" else ((at + 1, s.last()),)
    cue_end = at + 1 if at == cue.end else cue.end
    return Said("colon", claim, cue_end, subject, told)


def _held(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return the clause in "clings to the hope that it holds", when the noun does not take a side."""
    first = cue.end + (s.word(cue.end) in cue.entry.prepositions)
    if cue.entry.group in TAKING_SIDES | {"names"} or s.tag(first) not in ("DT", "PS"):
        return None
    at = next((one for one in range(first + 1, first + 4) if s.word(one + 1) == "that"), first)
    noun = cue_lexicon().nouns.get(s.word(at))
    # "presented a resolution that would" tells more of what is presented.
    if noun is None or "that" not in noun.links or s.tag(at + 2) in VERBAL or is_relative(s, at + 1):
        return None
    return Said("that", ((at + 1, clause_end(s, at + 1)),), at + 1, subject)


def _to_somebody(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return what is said behind the one to whom: "told reporters that"."""
    is_asked = cue.entry.group == "asks"
    told = told_to(s, cue.end, is_asked=is_asked) if "a" in cue.entry.governs else None
    if told is None:
        return None
    after = told[1] if is_asked and asks_when(s, told[1]) else skip_when(s, told[1])
    after = over_relative(s, after) if after > told[1] else after
    if s.tag(after) == "," and s.tag(after + 1) in ("RB", "NO", "IN"):
        # "asked him, not unreasonably, what"
        after = max(after, s.find(",", after + 1, _SHORT) + 1)
    elif s.tag(after) == "," and s.tag(after + 1) in ("DT", "PS", "WH", "CAP"):
        # "told Quill, the mayor, that"
        closed = s.find(",", after + 1, _SHORT) + 1
        after = closed if s.word(closed) == "that" else after
    after = over_place(s, after)
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
    found = _at(s, cue, cue.end) if cue.entry.lemma not in TO_WHOM else None
    if s.word(cue.verb) in ("told", "tells") and s.word(cue.end) == "how":
        # "told how they had left"
        found = "whether", ((cue.end, clause_end(s, cue.end)),)
    return Said(*found, cue.end, subject) if found is not None else None


def _late(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return what is said behind words that say when and where: "said on Monday that"."""
    at = max(skip_when(s, cue.end), skip_topic(s, cue.end))
    far = max(far_that(s, cue), that_behind_when(s, cue))
    if far > 0:
        return Said("that", ((far, clause_end(s, far)),), cue.end, subject)
    at = over_place(s, _behind_aside(s, cue, at))
    if at == cue.end or cue.entry.lemma == "tell" or (s.word(cue.end) == "as" and s.tag(at) in ("Q", "q")):
        return None
    if s.tag(at) == ":":
        return _colon(s, cue, at, subject)
    if s.tag(at - 1) == "," and s.word(at) != "that" and cue.entry.strength != SURE and s.tag(at) != "Q":
        # "The clerk testified on Monday, two farmers said."
        found = None
    else:
        found = _at(s, cue, at, is_late=True)
    if found is None and s.tag(at - 1) == "," and "n" in cue.entry.governs and s.tag(at) in ("DT", "PS"):
        found = "words", ((at, noun_end(s, at)),)
    return Said(*found, cue.end, subject) if found is not None else None


def _behind_aside(s: Sentence, cue: VerbCue, at: int) -> int:
    """Return the item behind an aside that begins at one, the end of the cue where it may be none."""
    if s.tag(at) == "-":
        # "said - wrongly - that", "claimed - without evidence - that"
        closed = s.find("-", at + 1, _SHORT) + 1
        if closed and s.word(closed) in ("that", "whether"):
            return closed
        at = cue.end
    is_though = s.word(at + 1) == "though" and s.tag(at + 2) == ","
    is_led = is_though or s.word(at + 1) == "most" or s.tag(at + 1) in _ASIDES
    if at != cue.end or s.tag(at) != "," or not is_led:
        return at
    # "described, in harsh terms, a set of", "reported, citing officials, that"
    closed = s.find(",", at + 1, _SHORT) + 1
    is_far = s.tag(at + 1) in ("VG", "SC")
    return closed if closed and (not is_far or s.word(closed) == "that") else cue.end


def _finds_out(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return what somebody "wants to know"."""
    if s.tag(cue.end) != "TO" or "i" not in cue.entry.governs or s.word(cue.end + 1) not in _FINDING_OUT:
        return None
    first = cue.end + 2
    is_asked = s.word(first) in _QUESTIONS or s.word(first) in ("if", "whether")
    return Said("whether", ((first, clause_end(s, first)),), first, subject) if is_asked else None


def _somebody_to(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return who is to do what: "urged members to vote"."""
    first = cue.end
    who = heard(s, first) if "o" in cue.entry.governs and cue.entry.lemma != "tell" else None
    if who is None:
        return None
    behind = who[1]
    if s.tag(behind) == "," and s.tag(behind + 1) in ("WH", "DT", "PS"):
        # "urged Quill, who leads the polls, to debate"
        closed = s.find(",", behind + 1, _SHORT) + 1
        behind = closed if s.tag(closed) == "TO" else behind
    for at in range(behind, min(s.end, behind + 8)):
        if s.tag(at) == "TO" and s.tag(at + 1) in _BASES:
            end = leaves_infinitive(s, at, clause_end(s, first))
            return Said("object-to", ((first, end),), first, subject)
        if s.tag(at) in (",", ".", "VB", "VD", "AUX", "SC", "Q"):
            return None
    return None


def _words(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return words that name what is meant: "criticised the plan"."""
    first = behind_as(s, cue)
    governs = cue.entry.governs & ({"n"} if first == cue.end else {"n", "p"})
    if not governs or cue.entry.lemma == "tell":
        return None
    if s.word(first) in _QUESTIONS and s.word(first) != "when":
        # "praised what he called a success"
        return Said("words", ((first, clause_end(s, first, is_narrow=True)),), first, subject)
    if s.tag(first) not in WORD_STARTS and not is_modifier(s, first):
        return that_alone(s, cue, subject)
    if is_naming(s, cue.verb) or is_phoned(s, cue) or (cue.is_gerund and s.word(first) == "comment"):
        # "calls seeking comment"
        return None
    late = skip_when(s, first)
    # "announced Monday a plan to mend it"
    start = late if is_day_first(s, first, late) else first
    if (late > start and not is_late_one(s, first)) or is_done_to(s, cue, first):
        return None
    is_blamed = cue.entry.group in TAKING_SIDES and not cue.is_gerund
    end = over_aside(s, start, is_blamed=is_blamed, is_named=cue.entry.group == "names")
    if s.tag(end) == ":" and end + 1 < s.last() and _explains(cue):
        end = s.last()
    # "quoted a farmer as saying" has the farmer as its source.
    is_source = s.word(end - 1) == "saying" and s.word(end - 2) == "as"
    return Said("words", ((start, end),), first, subject) if end > start and not is_source else None


def _explains(cue: VerbCue) -> bool:
    """Tell "stressed the need for talks: they must meet", all of it said, from "criticised the plan:"."""
    return bool(cue.entry.governs & SPOKEN) and cue.entry.group not in TAKING_SIDES and not cue.is_gerund


def behind_as(s: Sentence, cue: VerbCue) -> int:
    """Return where the claims begin in "dismissed as rumours claims by farmers", or the end of the cue."""
    if s.word(cue.end) != "as":
        return cue.end
    at = cue.end + 2
    while s.tag(at) in _JUDGING and s.word(at) not in cue_lexicon().nouns and at - cue.end < _SHORT:
        # "described as false and one-sided | a report"
        at += 1
    is_noun = s.word(at) in cue_lexicon().nouns and s.tag(at) in ("NN", "VB")
    return at if s.tag(cue.end + 1) in _JUDGING and (is_noun or s.tag(at) in ("DT", "PS")) else cue.end


def _unseen(s: Sentence, cue: VerbCue, subject: Items) -> Said | None:
    """Return a clause whose verb is not known, behind a verb that nearly always has one."""
    first, entry = cue.end, cue.entry
    is_thought = entry.group == "believes" and "n" not in entry.governs and entry.strength != WEAK
    if "s" not in entry.governs or entry.lemma == "tell" or not (entry.strength == SURE or is_thought):
        return None
    if subject[1] != cue.first or skip_when(s, first) > first or s.tag(first) not in _UNSEEN_STARTS:
        return None
    end = clause_end(s, first)
    if s.tag(cue.first - 1) == "," and end == s.last() and s.has_verb(s.first, subject[0]):
        # "It leaks, said people from the valley": what follows is who says it.
        return None
    is_clause = end - first > 2 and not any(is_naming(s, at) for at in range(first, end))
    # "wrote a letter urging the mayor to sign"
    is_clause &= not any(s.word(at) in TELLING and s.tag(at + 1) == "VG" for at in range(first, first + 4))
    return Said("unseen", ((first, end),), first, subject) if is_clause else None


def _at(s: Sentence, cue: VerbCue, at: int, *, is_late: bool = False) -> tuple[str, tuple[Items, ...]] | None:
    """Return what is said when it begins right here, with the pattern."""
    return (
        _quote_at(s, cue, at)
        or _answer_at(s, cue, at)
        or _that_at(s, cue, at)
        or _question_at(s, cue, at)
        or _verb_at(s, cue, at, is_late)
        or _clause_at(s, cue, at, is_late)
    )


def _quote_at(s: Sentence, cue: VerbCue, at: int) -> tuple[str, tuple[Items, ...]] | None:
    if not cue.entry.governs & SPOKEN or cue.entry.lemma == "hold" or is_naming(s, cue.verb):
        return None
    tag, after = s.tag(at), s.tag(at + 1)
    if tag == "Q":
        return "quote-behind", ((at, max(clause_end(s, at), at + 1)),)
    if tag == "q" and (after in (".", "^") or (after == "CC" and s.tag(at + 2) in VERBAL)):
        return "quote-behind", ((at, at + 1),)
    return ("quote-behind", quotes_from(s, at + 1)) if tag == "," and after == "Q" else None


def _answer_at(s: Sentence, cue: VerbCue, at: int) -> tuple[str, tuple[Items, ...]] | None:
    """Return "yes" in "said yes"."""
    is_answer = cue.entry.strength == SURE and "q" in cue.entry.governs and s.word(at) in ("yes", "no")
    return ("clause", ((at, at + 1),)) if is_answer and s.tag(at + 1) in _ANSWER_ENDS else None


def _that_at(s: Sentence, cue: VerbCue, at: int) -> tuple[str, tuple[Items, ...]] | None:
    first = at + (s.tag(at) == ",")
    governs = cue.entry.governs
    if s.word(first) != "that":
        return None
    # "snapped that it leaks"
    is_told = "q" in governs and "n" not in governs and s.tag(first + 1) in _UNSEEN_STARTS and at == cue.end
    # but "suspicions persist that it leaks"
    is_told = is_told and finite_behind(s, first + 1) and s.word(cue.first - 1) not in cue_lexicon().nouns
    if not ("s" in governs or is_told) or s.tag(first + 1) in (".", "^") or points_back(s, first):
        return None
    # "says that doesn't mean": here "that" is who the clause is about.
    is_subject = s.tag(first + 1) in ("VB", "AUX")
    return "clause" if is_subject else "that", ((first, clause_end(s, first)),)


def _question_at(s: Sentence, cue: VerbCue, at: int) -> tuple[str, tuple[Items, ...]] | None:
    governs = cue.entry.governs
    if s.word(at) == "when" and s.tag(at + 1) == "VD":
        # "declined to say when asked"
        return None
    is_question = "w" in governs and (s.word(at) in ("whether", "if") or s.word(at) in _QUESTIONS)
    # "did not clarify whether": what takes "that" takes this as well.
    is_question = is_question or ("s" in governs and s.word(at) == "whether")
    return ("whether", ((at, clause_end(s, at)),)) if is_question else None


def _verb_at(s: Sentence, cue: VerbCue, at: int, is_late: bool) -> tuple[str, tuple[Items, ...]] | None:
    governs = cue.entry.governs
    # "claimed on Monday to have won"
    first, at = at, at + (s.word(at) == "not")
    is_base = s.tag(at + 1) in _BASES if not is_late else governs & {"s"} or _is_counted(s, cue)
    is_base = is_base and (not is_late or s.tag(at + 1) in VERBAL)
    if "i" in governs and s.tag(at) == "TO" and is_base:
        if not is_late and is_tried(s, cue.verb, at + 1):
            return None
        # "declined to comment | Monday"
        is_over = s.word(at + 1) in grammar()["commenting"] and s.word(at + 2) != "further"
        is_over &= cue.entry.group == "declines" or is_day(s, at + 2)
        end = leaves_infinitive(s, at, clause_end(s, at, is_narrow=True))
        return "to", ((first, at + 2 if is_over else end),)
    return ("ing", ((first, noun_end(s, at)),)) if "g" in governs and s.tag(at) == "VG" else None


def _is_counted(s: Sentence, cue: VerbCue) -> bool:
    """Tell "voted 5-2 to close it", and "declined on Monday to leave", from "asked on Monday to leave"."""
    return cue.entry.group == "declines" or (cue.entry.lemma == "vote" and s.tag(cue.end) == "NUM")


def _may_lead(s: Sentence, cue: VerbCue, at: int) -> bool:
    """Tell "said when it rains it leaks" from "were driving home when it rained", "to answer when asked"."""
    return s.word(at) != "when" or not (cue.entry.particle or s.tag(at + 1) == "VD")


def _clause_at(s: Sentence, cue: VerbCue, at: int, is_late: bool) -> tuple[str, tuple[Items, ...]] | None:
    # "said having a dam helps"
    is_doing = s.word(at) in ("having", "being") or is_described(s, cue, at)
    if "s" not in cue.entry.governs or cue.entry.lemma == "hold" or not finite_behind(s, at + is_doing):
        return None
    scope = behind_scope(s, at) if not is_late and cue.entry.strength == SURE else -1
    if scope > 0:
        return "clause", ((at, clause_end(s, scope)),)
    behind = skip_when(s, at)
    # "said last week that the dam leaks", "said Monday the dam leaks"
    if behind > at and (s.word(behind) == "that" or s.tag(behind) == "SUB" or is_told_day(s, at, behind)):
        return None
    may_start = (
        s.tag(at) in _CLAUSE_STARTS
        or is_doing
        or is_amount(s, at)
        or (s.word(at) == "between" and s.word(at + 1).rstrip(".") in grammar()["time"])
        or s.word(at) in ("none", "nobody", "nothing", "no", "much", "whoever", "whatever")
        or (s.word(at) in _SUBORDINATE and not is_late and _may_lead(s, cue, at))
    )
    return ("clause", ((at, clause_end(s, at)),)) if may_start else None
