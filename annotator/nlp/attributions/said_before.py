"""What was said before a verb: "The dam leaks, Quill said", “It leaks,” said Quill."""

from __future__ import annotations

from annotator.model.cue_lexicon import SURE, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.before import group_start, is_whole, subject_before
from annotator.nlp.attributions.behind import heard, over_place, skip_when, subject_after
from annotator.nlp.attributions.claims import clause_end, left_clause, left_quote, quotes_from, tail
from annotator.nlp.attributions.clauses import before_second_verb, finite_behind, relative_end
from annotator.nlp.attributions.cues import SPOKEN, TO_WHOM, VerbCue, quoting
from annotator.nlp.attributions.main_verbs import inside_relative
from annotator.nlp.attributions.naming import is_amount
from annotator.nlp.attributions.objects import Said
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence
from annotator.nlp.attributions.subject_edges import is_called

_ANSWERED = frozenset(("asked", "pressed", "questioned"))
_ANSWERS = frozenset(
    (
        "no",
        "not",
        "yes",
        "wrong",
        "right",
        "true",
        "false",
        "never",
        "nonsense",
        "absolutely",
        "maybe",
        "perhaps",
    )
)
_SEEING = frozenset(("see", "know", "understand", "mind"))
"""“The dam, you see, leaks” is nobody's view."""
_SUBJECT_CLAUSES = frozenset(("whether", "how", "what", "why", "whoever", "whatever", "where"))
_SCOPES = frozenset(("like", "unlike", "without", "under", "despite", "among", "beyond", "given", "because"))
"""What they lead belongs to what is said: "Under the plan, Quill said, taxes fall"."""
_OVERALL = frozenset(("overall", "ultimately", "eventually", "nationally", "statewide", "generally"))
_CONCEDING = frozenset(("although", "though", "while", "whereas"))
_GOING_ON = frozenset(("and", "so", "when", "after", "before", "until"))
"""Words with which the second half of a clause goes on with the first."""
_EDGES = frozenset((".", "^", ",", ";", "-", ")", "SC", "VG", "CC"))


def said_before(s: Sentence, cue: VerbCue, subject: Items | None) -> Said | None:
    """Return what was said before a verb."""
    if not cue.entry.governs & SPOKEN or cue.is_infinitive or cue.entry.lemma == "hold":
        return None
    is_quoted = cue.is_gerund and quoting(s, cue.verb) > 0
    return _as_saying(s, cue, subject) if is_quoted else _before(s, cue, subject)


def _before(s: Sentence, cue: VerbCue, subject: Items | None) -> Said | None:
    may_invert = cue.entry.lemma != "see" and (subject is None or s.tag(cue.first - 1) in ("Q", ",", "-"))
    inverted = _inverted(s, cue) if may_invert else None
    if inverted is not None and subject is not None and _is_head(s, subject, cue.first):
        # "The poll, taken in May, found Quill ahead"
        inverted = None
    source = inverted or subject
    if (
        source is None
        or (inverted is None and cue.is_gerund)
        or s.tag(source[0]) == "WH"
        or s.word(source[0]) == "that"
        or (s.word(source[0]) == "you" and cue.entry.lemma in _SEEING)
    ):
        return None
    told = heard(s, cue.end) if "a" in cue.entry.governs and inverted is None else None
    behind = skip_when(s, inverted[1] if inverted else told[1] if told else cue.end)
    place = over_place(s, behind)
    # "It leaks, Quill said in Orla, Ohio, and must go"
    behind = place - (place > behind and s.tag(place - 1) == ",")
    edge = cue.first if inverted else source[0]
    quoted = left_quote(s, edge) if not is_called(s, edge - 1) else None
    # "Although he called it a “setback,” she said there have been gains": that is said behind.
    is_led = quoted is not None and s.word(quoted[0]) in _CONCEDING and finite_behind(s, behind)
    if quoted is not None and not is_led:
        pattern = "quote-inverted" if inverted else "quote"
        said = Said(pattern, (quoted, *_second_half(s, behind)), cue.end, source, told)
        return None if _is_of_another(s, cue, said) else said
    if inverted is None and "s" in cue.entry.governs and _is_relative(s, cue, edge):
        said = Said("relative", ((edge - 1, edge), (cue.end, clause_end(s, cue.end))), cue.end, source)
        return inside_relative(s, said)
    # "said in a report sent to the mayor"
    is_edge = s.tag(behind) in _EDGES or s.word(behind) == "without"
    is_edge |= s.tag(behind) == "VD" and behind > cue.end and s.tag(behind - 1) == "NN"
    if "s" not in cue.entry.governs or s.word(edge - 1) == "as" or not is_edge:
        return None
    return _clause_before(s, cue, source, told, (edge, behind))


def _is_head(s: Sentence, subject: Items, verb: int) -> bool:
    """Tell who does it around an aside from a clause with its verb before "said Quill"."""
    comma = s.find(",", subject[0], verb - subject[0])
    is_aside = subject[1] == verb and s.tag(verb - 1) == "," and 0 < comma < verb - 1
    # “It leaks,” Anna Quill, 43, said Monday.
    is_led = s.tag(comma + 1) == "VD" or (s.tag(subject[0] - 1) == "Q" and is_whole(s, subject[0] - 1))
    return is_aside and is_led and not s.has_verb(subject[0], comma)


def _as_saying(s: Sentence, cue: VerbCue, subject: Items | None) -> Said | None:
    """Return what was said in “It leaks,” the Herald quoted a farmer as saying."""
    reporter = subject_before(s, group_start(s, quoting(s, cue.verb)))
    quoted = left_quote(s, reporter[0]) if reporter is not None else None
    return Said("quote", (quoted,), cue.end, subject) if quoted is not None and subject is not None else None


def _is_of_another(s: Sentence, cue: VerbCue, said: Said) -> bool:
    """Tell "Asked whether it was “safe,” most said no", "called it “poisoned,” denounced her rivals"."""
    first, end = said.claim[0]
    # "Pool to close ‘for good’, vows councillor"
    is_headline = s.tag(cue.verb) == "VB" and s.tag(s.last()) == "^" and s.line.paragraph == 0
    is_weak = said.pattern == "quote-inverted" and cue.entry.strength != SURE and not is_headline
    is_clause = s.tag(first) not in ("Q", "q") and s.has_verb(first, end)
    return s.word(first) in _ANSWERED or (is_weak and is_clause)


def _clause_before(
    s: Sentence, cue: VerbCue, source: Items, told: Items | None, around: Items
) -> Said | None:
    clause, rest = left_clause(s, around[0]), tail(s, around[1])
    if clause is not None and rest is not None and s.tag(rest[0]) in VERBAL:
        return Said("interposed", (clause, rest), cue.end, source, told)
    if s.tag(source[0] - 1) in ("IN", "TO"):
        # "according to a plan announced Friday"
        return None
    # "If it leaks, she said, it must go": the first half is said as well.
    is_half = clause is not None and rest is not None and s.tag(clause[0]) == "SC" and s.has_verb(*clause)
    is_clause = clause is not None and (is_half or _is_main(s, clause, around[1]))
    if rest is not None and not is_clause and s.word(rest[0]) in _GOING_ON:
        # "as we told them, and it leaks": no first half to go on with
        rest = None
    if rest is not None and not is_clause and source[0] < cue.first and finite_behind(s, rest[0]):
        scope = _scope(s, clause, source[0])
        # "And yet, aides say, it remains": nothing stands before, all of it behind.
        pattern, before = ("clause", ()) if scope is None else ("interposed", (scope,))
        return Said(pattern, (*before, rest), cue.end, source)
    if clause is not None and is_clause and rest is not None:
        if s.tag(clause[0]) == "WH":
            # "the gate, which is, Quill says, old, fell"
            rest = rest[0], relative_end(s, clause, *rest)
        return Said("interposed", (clause, rest), cue.end, source, told)
    is_place = clause is not None and s.tag(clause[0]) == "IN" and not s.has_verb(*clause)
    # "Though it leaks, farmers don't say"
    is_led = clause is not None and s.tag(clause[0]) == "SC" and not is_clause
    is_led |= clause is not None and s.word(clause[0]) in _ANSWERED
    is_answer = clause is not None and s.word(clause[0]) in _ANSWERS
    if (
        clause is None
        or is_place
        or is_led
        or (s.tag(around[1]) == "," and not (is_clause and (is_answer or s.has_verb(*clause))))
    ):
        # as in "In Orla, nobody said so"
        return None
    return Said("clause-before", (clause,), cue.end, source, told)


def _scope(s: Sentence, clause: Items | None, edge: int) -> Items | None:
    """Return "Without a deal" in "Without a deal, Quill said, it would close", but not "In Orla"."""
    first = s.first
    if s.word(first) in _OVERALL and edge == first + 2:
        return first, first + 1
    if clause is None or clause[0] != first:
        return None
    if s.tag(first) != "IN" or s.has_verb(*clause):
        return None
    words = {s.word(at).rstrip(".") for at in range(*clause)}
    is_when = not words.isdisjoint(grammar()["time"]) or not words.isdisjoint(grammar()["medium"])
    is_kind = s.word(first) == "in" and s.word(first + 1) in ("a", "an")
    return clause if s.word(first) in _SCOPES or (is_kind and not is_when) else None


def _is_main(s: Sentence, clause: Items, behind: int) -> bool:
    """Tell a clause that was said from "While it leaks," and "In a letter sent by his office," before it."""
    first, end = clause
    if s.word(first) == "according":
        return False
    if not s.has_verb(first, end):
        is_answer = s.word(first) in _ANSWERS
        return is_answer or (end - first > 2 and s.tag(behind) in (".", "^"))
    if s.word(first) in _SUBJECT_CLAUSES and before_second_verb(s, first, end) < end:
        # "Whether it holds is another matter, said Quill"
        return True
    commas = [at for at in range(first, end) if s.tag(at) == ","]
    if s.tag(first) == "SC" and s.word(first) != "that":
        return any(finite_behind(s, at + 1) for at in commas)
    if s.tag(first) == "IN" and not commas and not is_amount(s, first):
        return any(
            s.tag(at) in ("AUX", "VB") or (s.tag(at) == "VD" and s.tag(at + 1) != "IN")
            for at in range(first, end)
        )
    return True


def _is_relative(s: Sentence, cue: VerbCue, edge: int) -> bool:
    """Tell "the plan that Quill said was late": what is said lies around who says it."""
    opens = s.word(edge - 1) in ("which", "that", "who", "whom", "what")
    noun = cue_lexicon().nouns.get(s.word(edge - 2))
    if s.word(edge - 1) == "that" and noun is not None and "that" in noun.links:
        # "the charge that Quill lied has hurt him"
        opens = cue.entry.strength == SURE
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
    has_helper = any(s.tag(at) == "AUX" for at in range(cue.first, cue.verb))
    is_none = cue.is_gerund or has_helper or is_called(s, cue.first - 1)
    if before not in ("Q", ",", "^", "-", "q", ".") or is_none:
        return None
    if cue.entry.lemma in TO_WHOM:
        # It names to whom: "“It leaks,” a farmer from Orla told the Herald."
        return None
    found = subject_after(s, cue.end)
    if found is None or s.tag(cue.end) == "WH":
        return None
    goes_on = s.tag(found[1]) in ("VB", "VD", "AUX", "SC")
    # "called it “late,” said she would leave"
    is_clause = goes_on and s.tag(found[0]) == "SUB"
    return None if is_clause or (goes_on and before != "Q") else found
