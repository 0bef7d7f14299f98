"""Where another report begins, before which what is said ends: ", but Quill said", "and warned"."""

from __future__ import annotations

from annotator.model.cue_lexicon import BASE, PAST, PRESENT, SURE, WEAK, Verb, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.before import before_when, group_start, subject_before
from annotator.nlp.attributions.behind import skip_when, subject_after
from annotator.nlp.attributions.clauses import is_past
from annotator.nlp.attributions.cues import SPOKEN, has_particle, is_tried
from annotator.nlp.attributions.found import TAKING_SIDES
from annotator.nlp.attributions.sentences import HELPING, VERBAL, Sentence

_LINKS = frozenset(("that", ":", "whether", "if", "why", "how", "what", "who"))
_CLAUSE_STARTS = frozenset(("SUB", "PS", "DT", "CAP", "NN"))
_NO_SUBJECT = frozenset((",", ".", "SC", "WH", "Q", "q", ":", ";", "-", "CC", "TO"))
_OBJECTS = frozenset(("DT", "PS", "OBJ", "SUB"))
_SHIFTED = frozenset(("would", "could", "might"))
_CONTRASTING = frozenset(("while", "although", "though", "whereas"))
_SEEMING = frozenset(("appear", "appears", "appeared", "seem", "seems", "seemed"))
_AGAINST = frozenset(("but", "while", "although", "though"))
_TOLD = frozenset(("say", "comment", "elaborate", "name", "identify", "discuss", "disclose", "release"))
_GOING_ON = frozenset(("is", "are", "was", "were", "had", "would", "could", "will"))
"""Helpers behind "but" with which what is said goes on."""
_POINTING_TO = frozenset(("pointing", "referring", "alluding"))
_FEW, _SOME, _FAR = 5, 9, 20
"""Items among which the verb of the other report stands."""


def begins_report(s: Sentence, at: int) -> bool:
    """Tell whether another report begins behind a comma: ", but Quill said", ", adding that"."""
    if s.word(at) == "according":
        return True
    if tells_last(s, at):
        return True
    at += s.word(at) == "even" and s.word(at + 1) in _CONTRASTING
    is_joined = s.tag(at) == "CC" or s.word(at) in _CONTRASTING
    at += is_joined
    at += s.tag(at) == "RB"
    if s.tag(at) == "VG":
        # ", adding that", ", refusing to acknowledge that"
        is_tried_here = s.tag(at + 1) == "TO" and is_tried(s, at, at + 2)
        # ", taking pains to stress that", ", speaking on condition of"
        is_tried_here |= s.tag(at + 2) == "TO" and is_cue(s, at + 3)
        return (
            is_tried_here
            or s.word(at) == "speaking"
            or (s.word(at) in _POINTING_TO and s.word(at + 1) == "to")
            or _expresses(s, at)
            or any(
                one.group and (one.governs & SPOKEN or _names(s, at, one)) and has_particle(s, at, one)
                for _, one in cue_lexicon().verbs.get(s.word(at), ())
            )
        )
    if s.tag(at) == "VD":
        # "said the man - identified as Kerrin - fled"
        # "said the plan, rejected by voters, would help"
        return s.tag(at - 1) != "-" and s.word(at + 1) != "by" and is_cue(s, at)
    return reports_soon(s, at, _SOME, is_against=s.word(at - 1) in _AGAINST)


def _expresses(s: Sentence, at: int) -> bool:
    """Tell ", expressing hope that", which who reports does as well."""
    near = (s.word(one) for one in range(at + 1, at + 1 + _FEW))
    return s.word(at) in ("expressing", "voicing") and any(word in cue_lexicon().nouns for word in near)


def _names(s: Sentence, at: int, entry: Verb) -> bool:
    """Tell ", calling it old", which who reports says as well, from ", and calling it old"."""
    return entry.group == "names" and s.tag(at - 1) == ","


def tells_last(s: Sentence, at: int) -> bool:
    """Tell who says it at the end: "it leaks, | says every farmer in the valley"."""
    if s.tag(at) not in ("VB", "VD") or s.tag(at + 1) in ("SUB", "WH"):
        return False
    teller = subject_after(s, at + 1)
    if teller is None:
        return False
    if is_good(s, at):
        goes_on = s.tag(teller[1]) == "," and s.tag(teller[1] + 1) in ("IN", "Q")
        return s.tag(teller[1]) in (".", "^") or goes_on
    # ", tweeted Mayor Adam Quill.", ", noted Adam Quill, whose staff counts the visits."
    name = subject_after(s, at + 1, is_bare=True) or teller
    is_named = s.tag(at + 1) == s.tag(name[1] - 1) == "CAP" and s.tag(teller[1]) in (".", "^")
    return is_named and any(
        one.strength > WEAK and "q" in one.governs and has_particle(s, at, one)
        for _, one in cue_lexicon().verbs.get(s.word(at), ())
    )


def joins_report(s: Sentence, at: int) -> bool:
    """Tell whether "and" or "but" joins another report: "and warned", "and at once asked"."""
    verb = at + 1
    if s.word(at) == "but" and s.tag(verb) in VERBAL:
        if s.tag(verb + 2) == "TO" and s.word(verb + 1) in ("unable", "unwilling", "reluctant"):
            # "said it leaks but was unable to say where"
            return is_cue(s, verb + 3)
        # "said it leaks but had held for years", and not "but would not say where"
        is_refused = s.tag(verb + 1) == "NO" and s.word(verb + 2) in _TOLD
        # "said it worked but needed more rain": no report begins with a verb of anything else.
        is_other = s.word(verb) not in _GOING_ON and (s.tag(verb) == "AUX" or is_any_cue(s, verb))
        return s.tag(at - 1) == "," or is_other or is_refused
    if s.tag(verb) == "," and s.tag(verb + 1) in ("IN", "TO", "SC"):
        # "and, to loud boos, mocked it"
        verb = s.find(",", verb + 1, _FAR) + 1
    while s.tag(verb) in HELPING:
        verb += 1
    if s.tag(verb) == "VG" and s.tag(at + 1) == "NO":
        # "said she is hopeful but not counting on it"
        return False
    if s.tag(verb) in ("VD", "VB", "VG"):
        # "and is presumed lost" goes on with what is said
        is_passive = s.tag(verb) == "VD" and any(s.word(one) in grammar()["being"] for one in range(at, verb))
        goes_on = is_passive and s.word(verb) != "quoted"
        is_other = (is_cue(s, verb) and _takes_what_follows(s, verb)) or _refuses(s, verb)
        return is_other and not goes_on and not _is_base(s, at, verb)
    if s.tag(verb) == "IN":
        later = next((one for one in range(verb, min(s.end, verb + 6)) if s.tag(one) in VERBAL), -1)
        return later > 0 and is_cue(s, later) and s.tag(later - 1) == "NN"
    is_predicate = s.tag(at + 1) == "AUX"
    return not is_predicate and reports_soon(s, at + 1, _FEW, is_against=s.word(at) == "but")


def _takes_what_follows(s: Sentence, verb: int) -> bool:
    """Tell "prayed for rain" from "prayed at home": a verb that only takes words behind a preposition."""
    forms = [one for _, one in cue_lexicon().verbs.get(s.word(verb), ()) if has_particle(s, verb, one)]
    return any(one.governs or s.word(verb + 1) in one.prepositions for one in forms)


def begins_clause(s: Sentence, first: int) -> bool:
    """Tell "its editor resigned" behind "and" from "the way it was written", "families hit by it"."""
    near = range(first + (s.tag(first) != "SUB"), min(s.end, first + _SOME))
    verb = next((at for at in near if s.tag(at) in VERBAL or s.tag(at) in _NO_SUBJECT), -1)
    if s.tag(verb) not in VERBAL or s.tag(first) not in _CLAUSE_STARTS:
        return False
    if s.tag(verb) == "VD" and (not is_past(s.word(verb)) or s.tag(verb + 1) in ("IN", "TO")):
        return False
    found = subject_before(s, group_start(s, verb))
    # "criticised the plan and Orr defended it"
    is_pair = found is not None and found[0] < first - 1 and s.tag(verb + 1) in _OBJECTS
    is_main = is_pair and not any(s.tag(at) == "WH" for at in range(s.first, first))
    return found is not None and (found[0] == first or is_main)


def leaves_infinitive(s: Sentence, first: int, end: int) -> int:
    """Return where "to" and a verb end before "and" with a verb that is no infinitive: "to go | and left"."""
    for at in range(first + 2, end):
        if s.tag(at) in ("SC", "WH", "SUB", "Q", "q", ":"):
            return end
        if s.tag(at) == "VG" and before_when(s, at) < at and is_good(s, at):
            # "to leave on Monday | claiming that it leaks"
            return at
        verb = at + 1 + (s.tag(at + 1) == "RB")
        if s.word(at) == "and" and (_is_finite(s, verb) or begins_clause(s, skip_when(s, at + 1))):
            return at - (s.tag(at - 1) == ",")
    return end


def _is_finite(s: Sentence, verb: int) -> bool:
    """Tell "left", "remains" and "has" from "send", "sent" and other forms that "to" may lead to."""
    kinds = {kind for kind, _ in cue_lexicon().verbs.get(s.word(verb), ())}
    if s.tag(verb) == "VD":
        return PAST in kinds and BASE not in kinds
    return (s.tag(verb) == "VB" and PRESENT in kinds) or s.word(verb) in _GOING_ON | {"has", "did", "does"}


def _is_base(s: Sentence, joined: int, verb: int) -> bool:
    """Tell "and call" behind "wants to drain", which is a part of what is wanted."""
    kinds = {kind for kind, _ in cue_lexicon().verbs.get(s.word(verb), ())}
    before = range(max(s.first, joined - _FAR), joined)
    is_led = any(s.tag(at) == "TO" or s.word(at) in grammar()["before a base form"] for at in before)
    return BASE in kinds and PRESENT not in kinds and is_led


def reports_soon(s: Sentence, at: int, most: int, *, is_against: bool = False) -> bool:
    """Tell whether who is named from an item on reports; behind "but" any cue shows it."""
    for place in range(at, min(s.end, at + most)):
        tag = s.tag(place)
        is_going_on = tag == "VG" and s.tag(place - 1) == "AUX" and s.word(place + 1) in _LINKS
        if tag in ("VB", "VD") or is_going_on:
            if not is_against and s.word(place - 1) in _SHIFTED:
                # "said it was late and her team would appeal"
                return False
            shows = is_cue(s, place) if is_against else is_good(s, place) or _refuses(s, place)
            # "although it did not appear that"
            is_seeming = s.word(at) == "it" and s.word(place) in _SEEMING
            return shows and not is_seeming and subject_before(s, group_start(s, place)) is not None
        if is_against and s.word(place) == "yet" and s.tag(place + 1) == "TO":
            # "although officials have yet to confirm it"
            return is_cue(s, place + 2)
        if tag == "," and s.tag(place + 1) == "WH":
            # "others, who claimed to have stayed, said"
            verb = s.find(",", place + 2, _FAR) + 1
            return s.tag(verb) in ("VB", "VD") and is_good(s, verb)
        if tag in ("SC", "Q", ",", ":", ";", ".", "WH"):
            return False
    return False


def joins_doing(s: Sentence, joined: int) -> bool:
    """Tell "with Quill calling it late | and the mayor saying it leaks"."""
    first = joined + 1
    near = range(first, min(s.end, first + _SOME))
    verb = next((at for at in near if s.tag(at) not in ("DT", "PS", "NN", "CAP", "NUM")), first)
    return verb > first and s.tag(verb) == "VG" and is_good(s, verb)


def _refuses(s: Sentence, at: int) -> bool:
    """Tell "declined to elaborate"."""
    return s.word(at) in grammar()["refusing"] and s.tag(at + 1) == "TO"


def is_cue(s: Sentence, at: int) -> bool:
    """Tell whether a verb is a cue of some strength."""
    return any(
        one.group and one.strength > WEAK and has_particle(s, at, one)
        for _, one in cue_lexicon().verbs.get(s.word(at), ())
    )


def is_any_cue(s: Sentence, at: int) -> bool:
    """Tell whether a verb is ever a cue."""
    return any(one.group and has_particle(s, at, one) for _, one in cue_lexicon().verbs.get(s.word(at), ()))


def takes_side(s: Sentence, at: int) -> bool:
    """Tell whether a verb by itself is for or against what it speaks of."""
    found = cue_lexicon().verbs.get(s.word(at), ())
    return any(one.group in TAKING_SIDES and not one.particle for _, one in found)


def is_good(s: Sentence, at: int) -> bool:
    """Tell whether a verb is a cue that holds a clause or quotation here."""
    for _, one in cue_lexicon().verbs.get(s.word(at), ()):
        if one.group and one.governs & SPOKEN and has_particle(s, at, one):
            behind = at + 1 + len(one.particle)
            behind += s.tag(behind) == "RB"
            return one.strength == SURE or s.word(behind) in _LINKS or s.tag(behind) in (".", "Q", "^")
    return False
