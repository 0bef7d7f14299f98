"""Where words end that name what is meant: "criticised the plan", "her doubts about the dam"."""

from __future__ import annotations

from annotator.model.cue_lexicon import cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.asides import breaks, names_on
from annotator.nlp.attributions.before import ends_with
from annotator.nlp.attributions.behind import SPANS, is_day
from annotator.nlp.attributions.clauses import (
    awaits_verb,
    finite_behind,
    has_finite,
    leaves_headline,
    shares_passive,
)
from annotator.nlp.attributions.leaving import reports_beside, sums_up
from annotator.nlp.attributions.naming import bracket_start
from annotator.nlp.attributions.report_nouns import SAME
from annotator.nlp.attributions.reports import (
    begins_clause,
    begins_report,
    is_any_cue,
    is_cue,
    joins_doing,
    joins_report,
)
from annotator.nlp.attributions.sentences import VERBAL, Sentence

_MARKS = (",", ";", ":", "-")
_SELVES = frozenset(("himself", "herself", "itself", "themselves"))
"""Behind a noun at the end they stress the source: "doubted the readings herself"."""
_BEHIND_QUOTED = frozenset(("VG", "WH", "SC"))
_PLACING = frozenset(("in", "at", "during", "among", "within", "after", "before", "since"))
_AIRED = {
    "on": ("twitter", "facebook", "instagram", "television", "tv", "radio", "cnn", "fox", "msnbc"),
    "in": ("statements", "interviews", "tweets", "speeches"),
    "at": ("rallies",),
}
_SOON = frozenset(("shortly", "soon", "just", "minutes", "moments", "immediately"))
_ASIDE = 14
_NEAR = 6
_ASIDES = frozenset(("WH", "VD", "DT", "PS", "NO", "CAP"))
_BLAMED = frozenset(("VG", "DT", "PS", "NN"))
_REMARK = 5
"""Items in brackets from which on the writer may speak there."""
_DOING = VERBAL | {"VG"}
_GESTURES = frozenset(("wave", "shrug", "laugh", "smile", "grin", "nod", "wink", "smirk", "chuckle", "sigh"))


def noun_end(s: Sentence, first: int) -> int:
    """Return where words that name what is meant end: with their clause, before "in a statement"."""
    last = s.last()
    for at in range(first + 1, last):
        if _ends_words(s, first, at):
            # "was proud of it and, pointing to her, left"
            return _before_day(s, first, at - (s.tag(at - 1) == "CC" and at > first + 1))
    end = _before_day(s, first, bare(s, first, last))
    if end > first + 2 and s.word(end - 2) == "as" and s.word(end - 1) == "well":
        return end - 2
    return end - 1 if end > first + 1 and s.word(end - 1) in _SELVES and s.tag(end - 2) == "NN" else end


def over_aside(s: Sentence, first: int, *, is_blamed: bool = False, is_named: bool = False) -> int:
    """Return where words end that go on behind an aside: "the talks, which lasted two hours, as cordial".

    `is_blamed` says that "of" and "for" go on as well: "accused the clerk, who came late, of lying";
    `is_named` that a name for it does: "called Quill, his rival, a liar".
    """
    end = noun_end(s, first)
    if s.tag(end) != ",":
        return end
    is_aside = is_blamed or s.tag(end + 1) in _ASIDES
    # "the clerk, who came late,"
    is_closed = any(s.tag(at) == "," for at in range(first, end))
    for behind in (end + 1 if is_closed else -1, s.find(",", end + 1, _ASIDE) + 1 if is_aside else -1):
        goes_on = s.word(behind) == "as" and not finite_behind(s, behind + 1)
        goes_on |= is_blamed and s.word(behind) in ("of", "for") and s.tag(behind + 1) in _BLAMED
        goes_on |= is_named and s.word(behind) in ("a", "an")
        if behind > 0 and goes_on:
            return noun_end(s, behind)
    return end


def _before_day(s: Sentence, first: int, end: int) -> int:
    """Return the end before a day that says when it was said: "called it “false” | Monday"."""
    is_last = end > first + 1 and is_day(s, end - 1) and s.tag(end - 2) in ("NN", "q", "Q")
    return end - 1 if is_last else end


def _ends_words(s: Sentence, first: int, at: int) -> bool:
    tag, word = s.tag(at), s.word(at)
    is_over = s.tag(at - 1) in ("Q", "q") and ends_with(s, at - 1, ",") and _leaves(s, at)
    is_over |= tag in ("RB", "NN", "NUM", "DT") and _tells_after(s, first, at)
    if is_over or (tag in (",", "-") and awaits_verb(s, first, at)):
        return is_over
    if tag in (",", ";", ":"):
        is_report = tag == "," and begins_report(s, at + 1)
        return is_report or not (_is_inside(s, first, at) or is_list(s, at))
    if word == "as":
        return s.tag(at + 1) == "SUB" or leaves_headline(s, first, at)
    if tag in ("SC", "IN"):
        return (
            word in grammar()["ending words"]
            or (word == "in" and s.word(at + 2) == "same" and s.word(at + 3) in SAME)
            or (word == "with" and reports_beside(s, at))
            or (word in _PLACING and _is_mere_name(s, first, at))
            or _tells_how(s, first, at)
            or (word in ("after", "before") and s.tag(at + 1) in ("CAP", "SUB") and finite_behind(s, at + 1))
            or (_says_when(s, at) and not _goes_on_over(s, first, at))
            or (word == "during" and _says_during(s, first, at))
        )
    if tag == "CC":
        # "welcomed the talks and that they would be short"
        is_clause = s.word(at + 1) == "that" and s.tag(at + 2) != "NN" and finite_behind(s, at + 2)
        is_clause &= not any(s.word(one) == "that" for one in range(first, at))
        is_clause |= s.tag(first - 1) == "VG" and joins_doing(s, at)
        return is_clause or _joins_verb(s, first, at)
    is_dash = tag == "-" and (begins_report(s, at + 1) or breaks(s, first, at))
    return is_dash or (tag == ")" and not is_opened(s, first, at))


def _is_inside(s: Sentence, first: int, at: int) -> bool:
    """Tell a mark inside words that name what is meant: of a date, a place, an aside or a second name."""
    is_place = s.tag(at - 1) == s.tag(at + 1) == "CAP" and s.tag(at + 2) in (",", ".", "^")
    return (
        is_place
        or s.word(at + 1) in ("who", "including")
        or (s.word(at + 1) == "rather" and s.word(at + 2) == "than")
        or (s.word(at + 2) == "well" and s.word(at + 3) == "as")
        or _parts_adjectives(s, at)
        or _is_date(s, at)
        or names_on(s, at)
        or _is_behind_who(s, first, at)
    )


def _tells_after(s: Sentence, first: int, at: int) -> bool:
    """Tell "called for talks | hours after the vote", "conceded defeat | shortly before midnight"."""
    if s.tag(at - 1) not in ("NN", "CAP", "q", "Q") or s.has_verb(first, at):
        return False
    times = grammar()["time"]
    if s.word(at) in ("last", "this", "earlier", "later") and s.word(at + 1) in times | {"in"}:
        # "praised the deal | last week", "| earlier in the day"
        near = at + 2 if s.word(at + 1) in times else at + 4
        return s.tag(near) in (".", "^", ",") and (
            s.word(at + 1) in times or s.word(at + 3) in times | {"day"}
        )
    span = at if s.word(at) in _SOON or s.word(at) in SPANS else at + 1
    is_span = s.word(span) in SPANS or (span == at and s.word(at) in _SOON)
    is_counted = span == at or s.tag(at) == "NUM" or s.word(at) in grammar()["number"]
    if is_span and is_counted and s.word(span + 1) in ("later", "earlier"):
        # "walked back his words | hours later"
        return s.tag(span + 2) in (".", "^", ",")
    return is_span and is_counted and s.word(span + 1) in ("after", "before")


def _tells_how(s: Sentence, first: int, at: int) -> bool:
    """Tell "dismissed them | with a wave", "lobbied for money | for years"."""
    is_pronoun = s.tag(first) in ("SUB", "OBJ") and at == first + 1
    is_span = s.word(at) == "for" and s.word(at + 1) in SPANS and not s.has_verb(first, at)
    near = [s.word(at + step) for step in range(1, 4)]
    # "dismissed the poll | with a shrug", "passed the plan | by a vote of 7 to 2"
    is_gesture = s.word(at) == "with" and near[0] in ("a", "an") and not _GESTURES.isdisjoint(near)
    is_count = s.word(at) in ("by", "on") and near[0] in ("a", "an") and "vote" in near
    return (is_span or is_gesture or is_count) or (
        is_pronoun and s.word(at) in ("in", "with", "during", "since")
    )


def _leaves(s: Sentence, at: int) -> bool:
    """Tell what follows a quotation with its comma when the writer speaks again: "which", "and she left"."""
    is_clause = s.tag(at) == "CC" and (finite_behind(s, at + 1) or _is_apposed(s, at + 1))
    is_clause |= s.tag(at) in ("VB", "VD") and is_cue(s, at)
    return is_clause or s.tag(at) in _BEHIND_QUOTED or s.tag(at) == "IN" or sums_up(s, at)


def _is_apposed(s: Sentence, first: int) -> bool:
    """Tell "a spokesman, Rob Hale, said", a clause whose subject has an aside behind it."""
    opened = s.find(",", first, _NEAR) if s.tag(first) in ("DT", "PS", "CAP") else -1
    closed = s.find(",", opened + 1, _ASIDE) if opened > 0 else -1
    return closed > 0 and s.tag(closed + 1) in VERBAL and not s.has_verb(first, opened)


def _is_mere_name(s: Sentence, first: int, end: int) -> bool:
    """Tell "Quill", which no place or time belongs to, from "the farmers" and "Orlans"."""
    is_plural = s.word(end - 1).endswith("s") and s.tag(end - 1) == "CAP"
    if is_plural or s.word(first - 1) in grammar()["showing"]:
        # "shows her in the lead"
        return False
    return all(s.tag(at) == "CAP" for at in range(first, end))


def _leads(s: Sentence, first: int) -> str:
    """Return the class of the verb right before what is meant."""
    before = range(first - 1, max(s.first - 1, first - 5), -1)
    return next((s.tag(at) for at in before if s.tag(at) in _DOING), "")


def _joins_verb(s: Sentence, first: int, joined: int) -> bool:
    """Tell whether "and" joins another verb to the one before what is meant, not to one inside it."""
    tag = s.tag(joined + 1)
    lead = _leads(s, first)
    if tag == "VB":
        # as in "asked them to come and help", "access and influence", "left the town and says he"
        # "condemned the raid and says that", but "the plan and demands that"
        is_told = s.word(joined + 2) == "that" and s.word(joined + 1) not in cue_lexicon().nouns
        if (s.tag(joined + 2) == "SUB" or is_told) and is_cue(s, joined + 1):
            return True
        is_open = any(s.tag(at) in ("WH", "SC", "SUB") for at in range(first, joined))
        is_third = lead == "VD" and s.word(joined + 1).endswith("s") and not is_open
        return is_third or (lead == "VB" and not any(s.tag(at) == "TO" for at in range(first, joined)))
    if _goes_on_inside(s, first, joined):
        return False
    if tag == "VD" and not is_cue(s, joined + 1):
        # as in "a mayor who came and stayed"
        relative = next((at for at in range(first, joined) if s.tag(at) == "WH"), joined)
        return not any(s.tag(at) == "VD" for at in range(relative, joined))
    if tag == "VG":
        return lead == "VG"
    is_clause = s.word(joined) == "and" and not s.has_verb(first, joined) and begins_clause(s, joined + 1)
    return tag in VERBAL or is_clause or joins_report(s, joined)


def _goes_on_inside(s: Sentence, first: int, joined: int) -> bool:
    """Tell "and" before a verb that goes on with one inside what is meant: "a mayor who cares and is"."""
    tag = s.tag(joined + 1)
    if tag == "AUX":
        return any(s.tag(at) == "WH" or s.word(at) == "that" for at in range(first, joined))
    if tag == "VG":
        return s.tag(joined + 2) in (".", "^") and _includes(s, joined)
    # as in "claims that it has signed or agreed"
    is_shared = s.word(joined) == "or" and has_finite(s, first, joined)
    return tag == "VD" and (is_shared or shares_passive(s, first, joined))


def bare(s: Sentence, first: int, end: int) -> int:
    """Return the end without marks before it, nor a remark in brackets: "(which the mayor called late)"."""
    # "rejected that claim, however, saying"
    end -= 2 * (s.word(end - 1) == "however" and s.tag(end - 2) == "," and end > first + 2)
    while end > first + 1 and (s.tag(end - 1) in _MARKS or s.tag(end - 1) == "CC"):
        end -= 1
    opened = bracket_start(s, end - 1) if s.tag(end - 1) == ")" else end
    is_remark = end - opened > _REMARK and s.tag(opened + 1) in ("WH", "SUB")
    return opened if is_remark and opened > first else end


def is_opened(s: Sentence, first: int, at: int) -> bool:
    """Tell whether a bracket that opens behind an item is still open."""
    depth = 0
    for place in range(max(first, at - 40), at):
        depth += (s.tag(place) == "(") - (s.tag(place) == ")")
    return depth > 0


def _says_when(s: Sentence, at: int) -> bool:
    if s.word(at) not in ("in", "on", "at"):
        return False
    words = grammar()
    near = [s.word(at + step) for step in range(1, 5)]
    is_medium = near[0] in ("a", "an", "his", "her", "its", "their") and any(
        one in words["medium"] for one in near
    )
    is_span = near[0] in ("recent", "past", "coming") or (
        near[0] == "the" and near[1] in ("last", "past", "coming")
    )
    is_aired = near[0] in _AIRED[s.word(at)] or (near[:2] == ["social", "media"])
    return near[0] in words["time"] or is_medium or is_span or is_aired


def _goes_on_over(s: Sentence, first: int, when: int) -> bool:
    """Tell "a farmer who left in May", "the delays in recent weeks and the cost" from "the delays in May"."""
    if any(s.tag(at) == "WH" for at in range(first, when)):
        return True
    joined = next((at for at in range(when + 2, when + _NEAR) if s.tag(at) == "CC"), -1)
    end = next((at for at in range(when, s.end) if s.tag(at) in (",", ".", ";", ":", "SC", "WH")), s.end)
    return joined > 0 and joined < end and s.tag(joined + 1) in ("DT", "PS") and not s.has_verb(when, end)


def _says_during(s: Sentence, first: int, at: int) -> bool:
    """Tell "praised the deal | during a rally" from "the plan she praised during a rally"."""
    is_led = s.word(at + 1) in ("a", "an", "his", "her", "their") or s.word(at + 1) in grammar()["time"]
    near = {s.word(at + step) for step in range(2, 6)}
    return is_led and not near.isdisjoint(grammar()["medium"]) and not s.has_verb(first, at)


def _parts_adjectives(s: Sentence, comma: int) -> bool:
    """Tell "a lawless, divided nation" from "the plan, officials said"."""
    before = comma - 2
    while s.tag(before) == "RB":
        before -= 1
    if s.tag(comma) != "," or s.tag(before) not in ("DT", "PS") or s.tag(comma - 1) not in ("NN", "VD", "VG"):
        return False
    if s.tag(comma + 1) == "VG" and is_any_cue(s, comma + 1):
        # "denied the request, citing Chapter 9"
        return False
    at = comma + 1
    while s.tag(at) in ("NN", "RB", "VD", "VG", "CAP"):
        at += 1
    return (
        at - comma > 2
        and s.tag(comma + 1) != "CAP"
        and s.tag(at) not in VERBAL
        and s.tag(at - 1) in ("NN", "CAP")
    )


def _is_behind_who(s: Sentence, first: int, comma: int) -> bool:
    """Tell the commas around an aside in "a native of Orla who, among other names, went by Hale"."""
    if s.tag(comma - 1) == "WH":
        return s.find(",", comma + 1, _ASIDE) > 0
    opened = next((at for at in range(comma - 1, first, -1) if s.tag(at) == ","), -1)
    return opened > first and s.tag(opened - 1) == "WH" and s.tag(comma + 1) in VERBAL | {"RB"}


def _is_date(s: Sentence, comma: int) -> bool:
    """Tell the commas in "the Sept. 11, 2001, attacks"."""
    is_year = _is_year(s, comma + 1) and s.tag(comma - 1) == "NUM"
    return is_year or (_is_year(s, comma - 1) and s.tag(comma - 2) == "," and s.tag(comma - 3) == "NUM")


def _is_year(s: Sentence, at: int) -> bool:
    word = s.word(at)
    return len(word) == 4 and word.isdigit()


def _includes(s: Sentence, at: int) -> bool:
    """Tell whether "including" opened a list right before an item."""
    return any(s.word(one) == "including" for one in range(at - 8, at))


def is_list(s: Sentence, at: int) -> bool:
    """Tell a comma between members of a list from one that ends the words."""
    for place in range(at + 1, min(s.end, at + _ASIDE)):
        tag = s.tag(place)
        if tag == "CC":
            is_and = s.word(place) in ("and", "or") and s.tag(place + 1) not in ("VD", "VB", "AUX", "SUB")
            return is_and and s.tag(place - 1) in (",", "NN", "CAP") and not finite_behind(s, place + 1)
        if tag == "VD" and s.tag(place - 1) == "," and s.tag(place + 1) == "NN" and _includes(s, at):
            # "including rape, forced labour and theft"
            continue
        if tag in ("VB", "VD", "AUX", "SC", "WH", "Q", "."):
            return False
    return False
