"""Whether a clause with its verb begins somewhere, and which words that look like its verb are none."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.cue_lexicon import BASE, PARTICIPLE, PRESENT, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.sentences import HELPING, POINTING, VERBAL, Items, Sentence

_NAMED_BEFORE = frozenset(("NN", "CAP", "SUB", "RB", "NO", ")", "OBJ", "SC", "DT", "WH", "NUM", "q", ","))
_PARTICLES = frozenset(("up", "down", "out", "off", "away", "back"))
_SHIFTED = frozenset(("had", "would", "could"))
"""Helpers of what was said in the past."""
_BEHIND_VERB = frozenset(("DT", "PS", "OBJ", "IN", "SUB", ".", "^"))
_ONLY = frozenset(("just", "only", "merely", "simply"))
_HEADLINE = 20
"""Items that a headline has at most."""
_NEAR = 16
NOMINAL = frozenset(("DT", "PS", "NN", "CAP", "NUM", "IN", "OBJ"))
_MOST = 6
ONE = frozenset(("is", "was", "has", "does"))
MANY = frozenset(("are", "were", "have", "do"))
_TENSES = dict.fromkeys(("was", "were", "had", "did"), "past") | dict.fromkeys(
    ("be", "am", "is", "are", "has", "have", "do", "does", "'s", "'re", "'m", "'ve"), "present"
)


def finite_behind(s: Sentence, first: int) -> bool:
    """Tell whether a clause with its verb begins at an item."""
    # "said she “misspoke”"
    is_quoted = s.tag(first) == "SUB" and s.tag(first + 1) in ("q", "Q")
    if s.tag(first) == "IN" or is_quoted:
        return is_quoted or s.has_verb(first, min(s.end, first + 25))
    # "believe me, it leaks", "she regrets it, has tried"
    is_pronoun = s.tag(first) in ("OBJ", "SUB") and s.tag(first + 1) == ","
    if is_pronoun or s.tag(first) in ("VB", "VD", "AUX", "TO", ".", "^", ":"):
        return False
    is_relative = has_verb = False
    for at in _telling(s, first):
        if s.tag(at) == "," and has_verb:
            # "the plan, which he had drawn up himself, was sound"
            is_relative = has_verb = False
        if _is_finite(s, at):
            if not is_relative:
                return at > first
            is_relative = has_verb = s.tag(at + 1) in ("VB", "VD", "AUX", "RB")
        elif s.tag(at) == "Q" and at > first:
            # "statistics “can be made to lie” and left"
            is_over = at + 1 >= s.last() or (s.tag(at + 1) == "CC" and s.tag(at + 2) in VERBAL)
            is_over |= s.tag(at + 1) in ("VG", "SC") and s.line.text[s.line.quotes[at].inside[1] - 1] == ","
            return is_over and holds_verb(s, at) and not is_naming(s, at - 1)
        elif s.tag(at) == "WH" or (at > first and s.word(at) == "that" and s.tag(at - 1) != "VG"):
            is_relative = True
        elif (
            (at > first and not is_relative and _joins_main(s, at))
            or (s.tag(at) == "," and _joins_behind(s, at + 1) and not is_relative)
            or s.tag(at) in (";", ":", ".")
            or (s.tag(at) == "-" and s.tag(at + 1) == "CC" and not is_relative)
            or (_leaves_off(s, at, first) and at > first and not is_relative)
        ):
            return False
    return False


def _closes_late(s: Sentence, comma: int) -> bool:
    """Tell the comma before a participle with "by" or "in" that another one closes before a verb."""
    # "announced today by"
    if s.tag(comma + 1) != "VD" or s.tag(comma + 2 + (s.tag(comma + 2) == "RB")) != "IN":
        return False
    closed = s.find(",", comma + 2, _NEAR)
    is_open = closed > 0 and not s.has_verb(comma + 2, closed)
    return is_open and s.tag(closed + 1) in VERBAL


def _telling(s: Sentence, first: int) -> Iterator[int]:
    """Yield the next items that may tell whether a clause begins, those that only name left out."""
    stop = min(s.end, first + 30)
    for at, tag in enumerate(s.line.tags[first:stop], first):
        if tag not in NOMINAL or s.line.words[at] == "that":
            yield at


def _joins_main(s: Sentence, at: int) -> bool:
    """Tell "denied the charges and remains free", where no clause begins, from "the old and tired farmer"."""
    verb = s.tag(at + 1)
    is_main = verb == "VB" or (verb == "VD" and is_past(s.word(at + 1)) and s.tag(at + 2) in _BEHIND_VERB)
    return s.tag(at) == "CC" and is_main


def _joins_behind(s: Sentence, at: int) -> bool:
    """Tell what goes on behind a comma without a clause of its own: ", and", ", came", ", yet came"."""
    return s.tag(at) in ("CC", "VD", "VB") or s.word(at) == "yet"


def _leaves_off(s: Sentence, at: int, first: int) -> bool:
    """Tell words behind which no verb of the clause follows: "because", "to leave", but not "to Orla"."""
    # "said cutting that output must help"
    is_object = s.word(at) == "that" and s.tag(first) == "VG" and at == first + 1
    is_clause = s.tag(at) == "SC" and not is_object
    is_thing = s.tag(at + 1) in ("DT", "PS") and s.tag(at - 1) in ("NN", "CAP") and s.tag(first) != "VG"
    is_many = s.tag(at + 1) == "NN" and s.word(at + 1).endswith("s") and s.word(at + 1)[-2:] != "ss"
    is_reached = s.tag(at + 1) == "CAP" or is_thing or is_many
    return is_clause or (s.tag(at) == "TO" and not is_reached and not _is_for_subject(s, at))


def _is_for_subject(s: Sentence, to: int) -> bool:
    """Tell "the plan to close the gate is late" from "told the clerk to close the gate"."""
    if s.tag(to - 1) != "NN" or s.tag(to + 1) != "VB":
        return False
    taking = [one for _, one in cue_lexicon().verbs.get(s.word(to + 1), ())]
    end = to + 2
    while s.tag(end) in NOMINAL and end < to + _NEAR:
        end += 1
    is_thing = s.tag(end - 1) in ("NN", "CAP", "OBJ") and s.tag(end) == "AUX"
    return is_thing and not any("s" in one.governs for one in taking)


def _is_finite(s: Sentence, at: int) -> bool:
    tag = s.tag(at)
    if tag == ",":
        # "the firm, owned by Quill, needs money"
        return _closes_late(s, at)
    if tag == "VD" and (not is_past(s.word(at)) or is_naming(s, at) or _is_posted(s, at)):
        # "a written statement", "a song titled “It Leaks”"
        return False
    # "said spending fell"
    is_doing = s.tag(at - 1) == "VG" and tag == "VD" and not _may_be_participle(s.word(at))
    return tag in ("AUX", "VB") or (tag == "VD" and (s.tag(at - 1) in _NAMED_BEFORE or is_doing))


def _may_be_participle(word: str) -> bool:
    return any(kind == PARTICIPLE for kind, _ in cue_lexicon().verbs.get(word, ()))


def is_naming(s: Sentence, verb: int) -> bool:
    """Tell "a firm called Kerrin Partners" from "the farmer called it old"."""
    if s.tag(verb - 1) != "NN" or s.tag(verb + 1) not in ("CAP", "q", "Q", "x"):
        return False
    naming = grammar()["naming"]
    return any(one.lemma in naming for _, one in cue_lexicon().verbs.get(s.word(verb), ()))


def is_past(word: str) -> bool:
    """Tell whether a form needs no helper: "wrote", not "written"."""
    forms = cue_lexicon().verbs.get(word, ())
    return not forms or any(kind != PARTICIPLE for kind, _ in forms)


def holds_verb(s: Sentence, at: int) -> bool:
    """Tell whether a quotation holds a verb."""
    inner = s.line.inner.get(at)
    if inner is None:
        return False
    # "the law “sweeps too broadly”"
    forms = cue_lexicon().verbs.get(inner.words[0], ()) if inner.words else ()
    return any(tag in VERBAL for tag in inner.tags) or any(kind == PRESENT for kind, _ in forms)


def goes_on_in_tense(s: Sentence, first: int, joined: int) -> bool:
    """Tell by their tenses that a verb behind "and" goes on with what is said: "said it leaks and needs"."""
    verb = joined + 1
    while s.tag(verb) == "RB":
        verb += 1
    if s.tag(verb) == "VG":
        return any(s.tag(at) == "VG" for at in range(first, joined))
    if (s.word(verb) in _SHIFTED and s.tag(verb + 1) != "CC") or s.tag(verb) in ("VB", "VD"):
        # "said it had never leaked and had asked for help", "said farmers wanted rain and wanted it soon"
        before = (s.word(at) for at in range(s.first, first))
        is_inside = any(s.word(at) == s.word(verb) for at in range(first, joined))
        if is_inside and s.word(verb) not in before:
            return True
    if _needs_other(s, first, verb):
        return True
    tense = _tense(s, verb)
    is_shared = s.word(joined) == "or" or report_tense(s, first) == "present"
    if shares_passive(s, first, joined):
        return True
    if s.tag(verb) == "VD" and is_shared and _has_participle(s, first, joined):
        # as in "says it has signed and agreed", "said it had signed or agreed"
        return True
    return bool(tense) and report_tense(s, first) not in ("", tense) and _has_tense(s, first, joined, tense)


def _needs_other(s: Sentence, first: int, verb: int) -> bool:
    """Tell "spread" in "says he will go on and spread the word": who "says" would "spreads"."""
    near = range(first - 1, max(s.first - 1, first - _MOST), -1)
    said = next((at for at in near if s.tag(at) in VERBAL), -1)
    kinds = {kind for kind, _ in cue_lexicon().verbs.get(s.word(verb), ())}
    is_one = s.tag(said) == "VB" and s.word(said).endswith("s")
    return is_one and BASE in kinds and PRESENT not in kinds and _has_tense(s, first, verb, "modal")


def shares_passive(s: Sentence, first: int, joined: int) -> bool:
    """Tell "had been held and questioned": nothing stands behind the last verb, so it is passive as well."""
    is_last = s.tag(joined + 2) in (".", "^") or s.word(joined + 2) == "by"
    if s.tag(joined + 1) != "VD" or not is_last:
        return False
    being = grammar()["being"]
    passive = [at for at in range(first + 1, joined) if s.tag(at) == "VD"]
    return any(s.word(at - 1 - (s.tag(at - 1) == "RB")) in being for at in passive)


def contrasts(s: Sentence, first: int, joined: int) -> bool:
    """Tell "it is not just plated, but made of gold", one clause, from "it leaks, but Quill says so"."""
    only = next((at for at in range(first + 1, joined) if s.word(at) in _ONLY), -1)
    is_not = s.tag(only - 1) == "NO" or s.word(only - 1).endswith(("n't", "n’t"))
    return s.word(joined) == "but" and only > 0 and is_not


def leaves_by_tense(s: Sentence, first: int, joined: int) -> bool:
    """Tell by the tenses that the writer speaks behind "but", "and": "have said it would hold, but it is"."""
    verb = next((at for at in range(joined + 1, min(s.end, joined + _NEAR)) if _tense(s, at)), -1)
    tense = _tense(s, verb)
    told = report_tense(s, first)
    # "said it could help, and he wants it", but "said it was sold, and that is the last she knew"
    is_shift = told == "past" and tense == "present" and s.word(joined + 1) not in POINTING
    is_against = s.word(joined) == "but" or told == tense or is_shift
    return is_against and tense in ("past", "present") and not _has_tense(s, first, joined, tense)


def breaks_tense(s: Sentence, first: int, joined: int) -> bool:
    """Tell "said he would go | and then attacked it", "insisted it had held | and has refused to go"."""
    verb = joined + 1
    while s.tag(verb) == "RB":
        verb += 1
    inside = {_tense(s, at) for at in range(first, joined)} - {""}
    if any(s.tag(at) in ("WH", "SC") for at in range(first + 1, joined)) or len(inside) != 1:
        return False
    if s.tag(verb) == "VD":
        is_done = is_past(s.word(verb)) and s.tag(verb + 1) in ("DT", "PS", "OBJ")
        return inside == {"modal"} and is_done and not _needs_other(s, first, verb)
    is_present = s.word(verb) in ("has", "have", "is", "are")
    return is_present and inside == {"past"} and report_tense(s, first) == "past"


def report_tense(s: Sentence, first: int) -> str:
    """Return the tense of the verb that reports what begins at an item."""
    before = range(first - 1, max(s.first - 1, first - _NEAR), -1)
    return next((_tense(s, at) for at in before if _tense(s, at)), "")


def leaves_headline(s: Sentence, first: int, at: int) -> bool:
    """Tell "as" behind which a headline goes on with something else: "Mayor blames clerk | as dam breaks"."""
    is_line = s.line.paragraph == 0 and s.end - s.first == len(s.line.words) < _HEADLINE
    return is_line and report_tense(s, first) == "present" and finite_behind(s, at + 1)


def _has_participle(s: Sentence, first: int, end: int) -> bool:
    """Tell whether a stretch holds "has signed", "is held", whose helper a participle behind it may share."""
    return any(s.tag(at) == "VD" and s.tag(at - 1) in HELPING for at in range(first + 1, end))


def _has_tense(s: Sentence, first: int, end: int, tense: str) -> bool:
    return any(_tense(s, at) == tense for at in range(first, end))


def _tense(s: Sentence, at: int) -> str:
    """Return "past", "present" or "modal" for a finite verb, and nothing for other words."""
    tag, word = s.tag(at), s.word(at)
    if tag == "AUX":
        return _TENSES.get(word.replace("’", "'").removesuffix("n't"), "modal")
    before = at - 1
    while s.tag(before) == "RB":
        before -= 1
    if s.tag(before) in ("AUX", "TO", "NO"):
        return ""
    return "past" if tag == "VD" and is_past(word) else "present" if tag == "VB" else ""


def before_second_verb(s: Sentence, first: int, end: int, *, has_verb: bool = True) -> int:
    """Return where a clause ends before a second verb that none of its words belongs to."""
    verb = _first_verb(s, first, end) if has_verb else first
    while verb < end and s.tag(verb) in HELPING:
        verb += 1
    for at in range(verb + 1, end):
        if s.tag(at) == ",":
            return min(end, closing_comma(s, at))
        is_infinitive = s.tag(at) == "TO" and s.tag(at + 1) in VERBAL
        if is_infinitive or s.tag(at) in ("SC", "WH", "SUB", "Q"):
            return end
        if s.tag(at - 1) != "CC" and _is_second(s, at):
            return before_adverbs(s, at)
    return end


def is_third(s: Sentence, at: int) -> bool:
    """Tell "raises" behind a name or an adverb, before what it takes, from a noun in -s."""
    is_verb = s.tag(at) == "VB" and s.word(at).endswith("s") and s.tag(at + 1) in ("DT", "PS", "OBJ")
    return is_verb and s.tag(at - 1) in ("NN", "CAP", "RB")


def _is_posted(s: Sentence, at: int) -> bool:
    """Tell "posted" in "claimed the attack in a message posted online"."""
    is_said_where = s.word(at + 1) == "online" or s.tag(at + 1) in ("IN", "TO")
    return s.word(at - 1) in grammar()["medium"] and is_said_where


def before_adverbs(s: Sentence, verb: int) -> int:
    """Return where "once again raises" begins, but behind "soon" in "to leave soon | came too late"."""
    at = verb
    while is_third(s, verb) and s.tag(at - 1) == "RB":
        at -= 1
    return at


def _first_verb(s: Sentence, first: int, end: int) -> int:
    """Return the verb of a clause that begins at an item, over that of "who": "people who left | have"."""
    verb = next((at for at in range(first + 1, end) if s.tag(at) in VERBAL), end)
    if s.word(verb - 1) != "who" or s.tag(verb - 2) not in ("NN", "CAP", "DT") or verb - 2 <= first:
        return verb
    main = (at for at in range(verb + 1, end) if s.tag(at) == "AUX" and s.tag(at - 1) in ("NN", "CAP"))
    return next(main, verb)


def closing_comma(s: Sentence, comma: int) -> int:
    """Return the comma that closes what another one opens, or that one: "to sue Quill, a farmer, is"."""
    at = comma + 1
    while s.tag(at) in NOMINAL and at < comma + _MOST:
        at += 1
    return at if s.tag(at) == "," and at > comma + 1 else comma


def _is_second(s: Sentence, at: int) -> bool:
    tag = s.tag(at)
    # "that the dam leaks | comes a day before the vote", "that they shut the gate | come days before"
    is_present = tag == "VB" and s.tag(at - 1) in ("NN", "VB", "VD") and s.word(at).endswith("s")
    # "to blur the face of Quill once again | raises the question"
    is_present |= is_third(s, at)
    # "rumors that he left | circulated on the web"
    is_present |= s.word(at) in grammar()["spreading"] and s.word(at).endswith("ed") and at > s.first + 1
    is_present |= s.word(at) == "come" and s.tag(at - 1) in ("NN", "CAP") and s.tag(at + 1) in ("RB", "DT")
    is_past_verb = (
        tag == "VD" and s.tag(at + 1) in ("DT", "PS", "OBJ", "TO", "NN", "CAP") and is_past(s.word(at))
    )
    is_moving = tag == "VD" and s.tag(at - 1) in ("NN", "CAP") and s.word(at + 1) in _PARTICLES
    return tag == "AUX" or is_present or is_past_verb or is_moving


def has_finite(s: Sentence, first: int, end: int) -> bool:
    """Tell whether a stretch holds a verb that is no infinitive."""
    return any(_tense(s, at) for at in range(first, end))


def awaits_verb(s: Sentence, first: int, at: int) -> bool:
    """Tell whether "that" or "which" opened a clause whose verb is still to come: "that farmers, once"."""
    for place in range(at - 1, first, -1):
        if s.tag(place) in VERBAL and (s.tag(place) != "VD" or is_past(s.word(place))):
            return False
        if s.word(place) == "that" and s.tag(place) == "SC":
            return place < at - 1
    return False


def relative_end(s: Sentence, subject: Items, first: int, end: int, *, has_verb: bool = True) -> int:
    """Return where what "who" says ends: with its clause, before the verb of the one who is meant."""
    is_led = s.tag(subject[0]) == "WH" or s.word(subject[0]) == "whose" or s.word(subject[1] - 1) == "whom"
    opened = subject[0] if is_led else subject[0] - 1
    if s.word(opened) in ("what", "which", "whom") and s.tag(opened - 1) == "IN":
        # "Quill, in what aides said was a choice, left"
        is_led, opened = True, opened - 1
    mark = s.tag(opened - 1)
    if mark in ("NN", "CAP", "DT") and s.tag(subject[0]) == "WH":
        comma = next((at for at in range(opened, s.first - 1, -1) if s.tag(at) == ","), s.first)
        is_late = s.has_verb(comma, opened)
        return end if is_late else before_second_verb(s, first, end, has_verb=has_verb)
    is_led |= s.tag(opened) == "WH" or s.word(opened) == "that"
    if mark not in (",", "-") or not is_led:
        return end
    return next((at for at in range(first, end) if s.tag(at) == mark and s.tag(at + 1) in VERBAL), end)
