"""Attributions by a verb: who, which words show it, and what is said before or behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from annotator.model.cue_lexicon import SURE, WEAK
from annotator.model.grammar import grammar
from annotator.nlp.attributions.before import group_start, is_whole, subject_before
from annotator.nlp.attributions.behind import skip_when
from annotator.nlp.attributions.clauses import finite_behind
from annotator.nlp.attributions.cues import SPOKEN, VerbCue, quoting, verb_cues
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.long_subjects import all_before, behind_quote
from annotator.nlp.attributions.main_verbs import inside_relative
from annotator.nlp.attributions.naming import named
from annotator.nlp.attributions.objects import Said, second_name
from annotator.nlp.attributions.passives import is_asked, is_held, is_issued, is_taken, said_passively
from annotator.nlp.attributions.reports import is_any_cue, is_cue, tells_last
from annotator.nlp.attributions.said import said_behind
from annotator.nlp.attributions.said_before import said_before
from annotator.nlp.attributions.sentences import POINTING, VERBAL, Items, Sentence
from annotator.nlp.attributions.sharing import (
    TAKING,
    beside_who,
    clause_subject,
    head_with_clause,
    inner_subject,
    nearest_before_when,
    subject_behind_comma,
    who_does,
    who_takes,
)
from annotator.nlp.attributions.subject_edges import behind_with
from annotator.nlp.attributions.taken_for import felt, is_compound, seeming, seems_so, taken_as

_SCORES = {
    "quote": 0.95, "quote-inverted": 0.95, "quote-behind": 0.93, "colon": 0.93, "that": 0.9, "clause": 0.8,
    "clause-before": 0.88, "interposed": 0.88, "relative": 0.8, "whether": 0.75, "to": 0.6, "declined": 0.75,
    "object-to": 0.65, "words": 0.5, "preposition": 0.6, "addressee": 0.8, "passive": 0.6, "ing": 0.5,
    "unseen": 0.66, "object-before": 0.5, "seems": 0.55, "taken-as": 0.7, "felt": 0.65,
}  # fmt: skip
_REASONS = {
    "quote": "“{}” and a name behind the quotation",
    "quote-inverted": "“{}” behind the quotation, then a name",
    "quote-behind": "name and “{}” before the quotation",
    "colon": "“{}” with a colon",
    "that": "“{}” with “that”",
    "clause": "“{}” before a clause",
    "unseen": "“{}” before what may be a clause",
    "clause-before": "“{}” and a name behind a clause",
    "interposed": "“{}” and a name in the middle of a clause",
    "relative": "“{}” in a clause with “that”, “who” or “which”",
    "object-before": "“{}” behind “that”, “which” or “whom”",
    "whether": "“{}” before a question",
    "to": "“{}” before “to” and a verb",
    "declined": "“{}” before what is not told",
    "object-to": "“{}”, somebody, “to” and a verb",
    "words": "“{}” before words that name what is meant",
    "preposition": "“{}” with its preposition",
    "addressee": "“{}”, to whom, and a clause",
    "passive": "“{}” in the passive",
    "ing": "“{}” before a form in -ing",
    "taken-as": "“{}”, somebody or something, “as” or “at”",
    "felt": "“{}”, and who feels it",
    "seems": "“{}”: the author says how it seems",
}
_QUOTED = frozenset(("quote", "quote-inverted", "quote-behind", "colon"))
_ALIKE = _QUOTED | {"seems"}
"""Patterns that are as good with any verb."""
_SHARING = frozenset((",", "CC", "-", "Q", ")", "IN", "SC"))
_BEFORE_GERUND = frozenset(("IN", "TO", "NN", "CAP", "DT", "PS", "NUM", "RB", "OBJ", "NO"))
_FARTHEST = 10
"""Items between a verb and the form in -ing that goes on with it."""
_WAY_ENDS = frozenset((",", ".", ";", ":", "-", "(", ")", "Q", "q", "SC", "WH"))
_NAMING = frozenset(("words", "taken-as"))
_SIGNS = {
    "that": "s", "clause": "s", "unseen": "s", "addressee": "s", "clause-before": "s", "interposed": "s",
    "object-to": "o", "ing": "g", "whether": "w", "taken-as": "p",
}  # fmt: skip
"""Pattern -> the sign of what a verb governs there, as `cue_verbs.txt` explains it."""
_ASKED_TO_DO = frozenset(("that", "to", "object-to"))
_HELD = frozenset(("know", "list", "rumor", "rumour"))
"""What one "is known for" somebody holds; "was required to close" and "was named" need not be said."""
_MODALS = frozenset(("should", "could", "may", "might", "must", "can"))
_DOING = frozenset(("try", "struggle", "prepare"))
"""What people do, rather than say that they want to."""
_MADE = frozenset(("according", "plan", "plans", "decision", "decisions", "decided"))
"""Behind these "to" and a verb say neither what is said nor what is wanted."""
_TELLING = frozenset(("denies", "doubts", "declines"))
"""What speakers say of their own saying is worth marking in these groups."""
_STRENGTH = {SURE: 0.06, WEAK: -0.2}


def by_verbs(s: Sentence) -> Iterator[Found]:
    """Yield the attributions of a sentence that a verb shows."""
    for cue in verb_cues(s):
        if cue.is_passive or (cue.is_participle and _is_passive_alone(s, cue)):
            said = said_passively(s, cue)
            if said is not None:
                yield _found(s, cue, said, "none")
            continue
        subject, how = subject_of(s, cue)
        said = _said(s, cue, subject, how)
        if said is None and subject is not None:
            said = seeming(s, cue, subject)
        is_accused = cue.entry.lemma == "find" and s.word(cue.end) in grammar()["selves"]
        if said is None or is_accused or _asks_who_and_what(s, said):
            continue
        if "j" in cue.entry.governs and seems_so(s, said):
            said = replace(said, pattern="seems", source=None)
        if said.source is not None or said.pattern == "seems":
            yield _found(s, cue, said, how if said.source == subject else "behind")


def _asks_who_and_what(s: Sentence, said: Said) -> bool:
    """Tell "asked who said what", where nobody says anything, from "farmers who know what it means"."""
    if said.source is None or s.word(said.source[0]) != "who":
        return False
    return all(s.word(first) == "what" and not s.has_verb(first, end) for first, end in said.claim)


def _is_passive_alone(s: Sentence, cue: VerbCue) -> bool:
    is_accused = cue.entry.lemma == "accuse" and s.word(cue.end) == "of"
    return (
        is_accused
        or s.word(cue.end) == "by"
        or is_asked(s, cue)
        or is_taken(s, cue)
        or is_issued(s, cue)
        or is_held(s, cue)
    )


def _said(s: Sentence, cue: VerbCue, subject: Items | None, how: str) -> Said | None:
    first = subject[0] if subject is not None else cue.first
    if how == "shared" and s.tag(cue.first - 1) == "," and tells_last(s, cue.first):
        # "The dam has a leak, reports the Herald."
        return said_before(s, cue, None)
    is_quoted = s.tag(first - 1) == "Q" or (s.tag(first - 1) in (",", "-") and s.tag(first - 2) == "Q")
    is_quoted = is_quoted and not _holds_that(s, cue) and (s.tag(cue.end) in (",", ".") or _closes(s, first))
    if is_quoted and not (subject is not None and second_name(s, subject) > subject[0]):
        return said_before(s, cue, subject) or said_behind(s, cue, subject)
    return _said_of(s, cue, subject) or said_behind(s, cue, subject) or said_before(s, cue, subject)


def _said_of(s: Sentence, cue: VerbCue, subject: Items | None) -> Said | None:
    if subject is None and s.word(cue.first - 1) == "that" and s.tag(cue.first - 2) == "^":
        # "That angered farmers."
        return felt(s, cue, (cue.first - 1, cue.first))
    if subject is None:
        return None
    taken = taken_as(s, cue, subject)
    return inside_relative(s, taken) if taken is not None else felt(s, cue, subject)


def _holds_that(s: Sentence, cue: VerbCue) -> bool:
    """Tell "In a “joint policy,” Quill announced Monday that it holds" from “It holds,” Quill announced."""
    link = skip_when(s, cue.end)
    return s.word(link) == "that" and finite_behind(s, link + 1)


def _closes(s: Sentence, first: int) -> bool:
    """Tell whether a quotation ends as one that was said: “It leaks,” Quill said on Monday."""
    at = first - 1 if s.tag(first - 1) == "Q" else first - 2
    return is_whole(s, at)


def subject_of(s: Sentence, cue: VerbCue) -> tuple[Items | None, str]:
    """Return who does it, and whether that stands right there or is shared with another verb."""
    before = s.tag(cue.first - 1)
    is_joined = before in _SHARING or (before == "RB" and s.tag(cue.first - 2) in (",", "CC"))
    if cue.is_gerund:
        return _subject_of_gerund(s, cue, is_joined=is_joined)
    if cue.is_infinitive:
        taken = who_takes(s, cue.first)
        return (taken, "behind") if taken is not None else (clause_subject(s, cue.first), "shared")
    found = behind_quote(s, subject_before(s, cue.first))
    is_shared = is_joined or _joins_over_time(s, cue.first)
    is_list = before == "Q" and _goes_on_behind(s, cue)
    if is_list:
        found = found or _subject_of_list(s, cue)
    if found is None and is_shared and before not in ("Q", "IN", "SC"):
        found = beside_who(s, cue.first) or clause_subject(s, cue.first)
        if found is not None and s.tag(found[0] - 1) in ("SC", "AUX"):
            # "A farmer who met her, when they were both at school, said"
            found = head_with_clause(s, cue.first) or found
        if found is not None:
            return found, "shared"
        return head_with_clause(s, cue.first) or all_before(s, cue), "before"
    return found or head_with_clause(s, cue.first) or all_before(s, cue), "before"


def _goes_on_behind(s: Sentence, cue: VerbCue) -> bool:
    """Tell "called it “late,” said that it leaks and left" from “It is late,” said Quill."""
    quote = cue.first - 1
    is_comma = is_whole(s, quote) and s.has_verb(s.first, quote)
    # "called it “late,” promised to mend it"
    is_vow = s.tag(cue.end) == "TO" and "i" in cue.entry.governs
    is_more = s.tag(cue.end) in ("SUB", "PS", "SC") or s.word(cue.end) in ("the", "a", "that")
    return is_comma and (is_vow or is_more)


def _subject_of_list(s: Sentence, cue: VerbCue) -> Items | None:
    """Return who does what the last cue before a verb tells."""
    verb = next((at for at in range(cue.first - 2, s.first, -1) if s.tag(at) in VERBAL and is_cue(s, at)), -1)
    found = (subject_before(s, group_start(s, verb)) or clause_subject(s, verb)) if verb > 0 else None
    # "Quill, who called it “late,” plans to leave"
    is_over = found is not None and s.tag(found[0]) == "WH" and s.tag(cue.end) == "TO"
    return None if is_over else found


def _subject_of_gerund(s: Sentence, cue: VerbCue, *, is_joined: bool) -> tuple[Items | None, str]:
    quoted = quoting(s, cue.verb)
    if quoted > 0:
        # "quoted the mayor as saying", "Quill was also quoted as saying"
        named_there = (quoted + 1, cue.first - 1)
        is_passive = named_there[0] == named_there[1]
        return (subject_before(s, group_start(s, quoted)) if is_passive else named_there), "before"
    is_opening = s.tag(cue.first - 1) in ("IN", "SC") and not s.has_verb(s.first, cue.first)
    is_opening &= bool(cue.entry.governs & {"s", "w"})
    if s.tag(cue.first - 1) == "^" or is_opening:
        # "Asking why, Quill left", "After years of saying that it holds, Quill left"
        return subject_behind_comma(s, cue.end), "shared"
    if s.word(cue.first - 1) in grammar()["going on"] and s.tag(cue.first - 1) in ("VB", "VD"):
        # "Quill just starts talking about"
        return subject_before(s, group_start(s, cue.first - 1)), "before"
    if is_joined:
        is_beside = s.tag(cue.first - 1) == "," and bool(cue.entry.governs & SPOKEN)
        beside = behind_with(s, cue.first) if is_beside else None
        found = beside or inner_subject(s, cue.first) or clause_subject(s, cue.first)
        # "The mayor, citing the rain, left."
        is_aside = found is None and s.tag(cue.first - 1) == "," and cue.entry.lemma in ("cite", "quote")
        return (found or named(s, cue.first - 2) if is_aside else found), "shared"
    doing = who_does(s, cue.first)
    if doing is not None:
        return doing, "shared"
    found = nearest_before_when(s, cue.first)
    if found is not None and s.word(found[0]) in grammar()["selves"]:
        # "Quill found himself defending"
        found = subject_before(s, group_start(s, found[0] - 1))
    return found, "before"


def _joins_over_time(s: Sentence, first: int) -> bool:
    """Tell "and at the same time asked"."""
    at = first - 1
    while first - at < 5 and s.tag(at) in ("NN", "DT", "PS"):
        at -= 1
    return s.tag(at) == "IN" and s.tag(at - 1) == "CC"


def _doubt(s: Sentence, cue: VerbCue, said: Said) -> float:
    """Return what speaks against it: "if you said", "what he wants", "it shows", "should remember"."""
    subject = said.source
    if subject is None or said.pattern in _QUOTED:
        return 0
    helpers = s.line.words[cue.first : cue.verb]
    is_modal = any(word in _MODALS for word in helpers)
    # "the plan would raise pay"
    is_modal |= "would" in helpers and cue.entry.strength == WEAK and not cue.is_negated
    is_alone = subject[1] - subject[0] == 1
    # "It lays out the plan": a report does so as well.
    is_empty = is_alone and s.word(subject[0]) in (("that", "this") if said.pattern in _NAMING else POINTING)
    is_anyone = said.pattern == "words" and s.word(subject[0]) == "you"
    is_nobody = said.pattern == "words" and s.word(subject[0]) == "nobody"
    is_own = s.line.depth > 0 and s.word(subject[0]) in ("i", "we") and not _is_own_telling(cue)
    return (
        0.3 * (is_own or is_nobody or is_anyone)
        + 0.15 * _is_supposed(s, subject)
        + 0.1 * is_modal
        + 0.1 * is_empty
        + 0.3 * (said.pattern == "words" and is_compound(s, cue, said))
    )


def _is_own_telling(cue: VerbCue) -> bool:
    """Tell "we deny that", "we do not consider it a danger" from "I think that"."""
    return cue.entry.group in _TELLING or (cue.is_negated and cue.entry.lemma in grammar()["judging verbs"])


def _is_used(s: Sentence, cue: VerbCue) -> bool:
    """Tell "used her speech to call for talks"."""
    verb = next(
        (at for at in range(cue.first - 1, max(s.first, cue.first - 9), -1) if s.tag(at) in VERBAL), -1
    )
    # "took to the floor to denounce it"
    is_taking = s.word(verb) in TAKING and s.word(verb + 1) == "to"
    return (is_taking or s.word(verb) in ("use", "used", "uses")) and cue.entry.strength > WEAK


def _least(s: Sentence, cue: VerbCue, said: Said, first: int) -> float:
    """Return how sure one is at least: people who do something "to condemn the plan" may well condemn it."""
    source = said.source
    if not cue.is_infinitive or said.pattern not in _NAMING or source is None or _is_supposed(s, source):
        return 0.05
    is_person = s.tag(source[1] - 1) == "CAP" or s.word(source[0]) in ("he", "she")
    # "used her speech to condemn it", "little evidence to support it", but "a vote to condemn it"
    is_verb = first < cue.first and s.word(cue.first - 1) not in _MADE
    is_verb |= s.word(cue.first - 1) in ("evidence", "reason", "proof")
    return 0.31 if is_person and is_verb and s.line.depth == 0 else 0.05


def _is_supposed(s: Sentence, source: Items) -> bool:
    return s.word(source[0] - 1) in ("if", "unless", "what", "whatever")


def _cue_start(s: Sentence, cue: VerbCue, source: Items | None, how: str) -> int:
    """Let a cue with "to" begin right behind whose it is: "used her speech to offer"."""
    outer = _outer(s, cue, source) if source is not None and cue.is_gerund else -1
    if outer > 0:
        return outer
    if source is None or how != "shared" or not cue.is_infinitive or source[1] > cue.first:
        return cue.first
    # "performed a scan | only to discover": what was done first is not how it was said.
    way = range(source[1], cue.first)
    is_open = s.tag(cue.first) == "TO" and not any(_stops_way(s, at) for at in way)
    return source[1] if is_open else cue.first


def _outer(s: Sentence, cue: VerbCue, source: Items) -> int:
    """Return where a cue begins that "in" or "of" joins: "has a habit of saying", or -1."""
    at = cue.first - 1
    if s.word(at) not in ("in", "of") or s.tag(at - 1) in ("VB", "VD"):
        # "came in saying"
        return -1
    while cue.first - at < _FARTHEST and s.tag(at) in _BEFORE_GERUND:
        at -= 1
    first = group_start(s, at + (s.tag(at) == "AUX"))
    is_verb = s.tag(at) == "AUX" or (s.tag(at) in VERBAL and not is_any_cue(s, at))
    return first if is_verb and subject_before(s, first) == source else -1


def _stops_way(s: Sentence, at: int) -> bool:
    """Tell a mark, another clause or another cue on the way to "to"; "goes on to say" is one cue."""
    return s.tag(at) in _WAY_ENDS or (is_cue(s, at) and s.word(at + 1) != "on")


def _cue_end(s: Sentence, said: Said) -> int:
    """Return where the cue ends, with the adverb in "said angrily"."""
    end = said.cue_end
    is_adverb = s.tag(end) == "RB" and s.word(end).endswith("ly")
    return end + 1 if is_adverb and not any(first <= end < last for first, last in said.claim) else end


def _group(s: Sentence, cue: VerbCue, said: Said) -> str:
    """Return what the source does: who "asked that", "asked Quill to" demands, and does not question."""
    group = cue.entry.group_with(_governed(s, said))
    return "demands" if group == "asks" and said.pattern in _ASKED_TO_DO else group


def _governed(s: Sentence, said: Said) -> str:
    """Return the preposition or the sign of what the verb governs here, as the lexicon writes it."""
    first, end = said.claim[0]
    if said.pattern == "preposition":
        return s.word(first - 1)
    if said.pattern == "passive" and len(said.claim) > 1:
        return "p" if s.tag(said.claim[1][0]) != "TO" else ""
    if said.pattern == "words" and _is_taken_for(s, first, end):
        return "p"
    return _SIGNS.get(said.pattern, "")


def _is_taken_for(s: Sentence, first: int, end: int) -> bool:
    """Tell "considers it safe", "considers the dam a danger" from "considers a new dam"."""
    if s.tag(first) == "OBJ":
        return end - first > 1
    return any(s.word(at) in ("a", "an") and s.tag(at - 1) in ("NN", "CAP") for at in range(first + 1, end))


def _found(s: Sentence, cue: VerbCue, said: Said, how: str) -> Found:
    entry = cue.entry
    score = _SCORES[said.pattern] + (0 if said.pattern in _ALIKE else _STRENGTH.get(entry.strength, 0))
    score -= 0.1 * (how == "shared") + 0.1 * (said.source is None)
    score -= (0.4 if said.pattern == "preposition" else 0.2) * (cue.is_infinitive and not _is_used(s, cue))
    score -= _doubt(s, cue, said) + 0.15 * (said.pattern == "to" and entry.lemma in _DOING)
    score += 0.2 * (cue.is_refused and entry.strength == WEAK)
    score += 0.05 * (said.pattern == "passive" and entry.strength == WEAK and entry.lemma in _HELD)
    if said.pattern == "quote" and s.tag(said.claim[0][0]) != "Q" and entry.strength != SURE:
        score -= 0.2
    first = _cue_start(s, cue, said.source, how)
    return Found(
        said.pattern, _group(s, cue, said), s.bounds((first, _cue_end(s, said))),
        s.bounds(said.source) if said.source else None,
        tuple(s.bounds(one) for one in map(s.bare, said.claim) if one[1] > one[0]),
        max(_least(s, cue, said, first), min(0.98, score)),
        _REASONS[said.pattern].format(s.word(cue.verb)),
        paragraph=s.line.paragraph, depth=s.line.depth, presents=entry.presents, lemma=entry.lemma,
        is_negated=cue.is_negated, is_hedged=cue.is_hedged, is_refused=cue.is_refused,
        addressee=s.bounds(said.addressee) if said.addressee else None,
        how=how,
    )  # fmt: skip
