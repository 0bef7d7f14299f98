"""How far what is said reaches: to the end of the sentence, of the clause, of the words that name it."""

from __future__ import annotations

from annotator.model.cue_lexicon import SURE, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.before import group_start, subject_before
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence

_MARKS = (",", ";", ":", "-")
_NARROWING = frozenset(("while", "although", "though", "because", "as"))
_BEFORE_AS = frozenset(("such", "well", "same", "far", "long", "much", "many", "as", "just"))
_LEADING = frozenset(
    ("while", "although", "though", "as", "when", "if", "because", "after", "asked", "amid", "despite")
)
_SPOKEN = frozenset(("s", "q"))
_LINKS = frozenset(("that", ":", "whether", "if", "why", "how", "what", "who"))
_SELVES = frozenset(("himself", "herself", "itself", "themselves"))
"""Behind a noun at the end they stress the source: "doubted the readings herself"."""
_NO_SHARED = frozenset(("say", "think", "tell", "ask", "want"))
_NAMED_BEFORE = frozenset(("NN", "CAP", "SUB", "RB", ")", "OBJ", "SC", "DT", "WH", "NUM", "q", ","))
_NO_TAIL = frozenset(("VG", "^", ".", "WH", "SC", "CC"))
_NO_TAIL_WORDS = frozenset(("according", "who", "which", "citing", "in", "during", "after"))


def clause_end(s: Sentence, first: int, *, is_narrow: bool = False) -> int:
    """Return where a clause ends that begins at an item: before another report, or with the sentence."""
    last = s.last()
    for at in range(first + 1, last):
        if _ends_clause(s, first, at) or (is_narrow and _ends_narrow(s, at)):
            return at
    return _bare(s, first, last)


def _ends_clause(s: Sentence, first: int, at: int) -> bool:
    tag = s.tag(at)
    if s.tag(at - 1) in ("Q", "q") and _ends_with_comma(s, at - 1):
        return finite_behind(s, at)
    if tag == ",":
        return _is_new_report(s, at + 1) or _is_main_clause(s, first, at)
    if tag == "CC":
        return s.tag(at - 1) != "," and (_is_shared_cue(s, at + 1) or _reports_soon(s, at + 1, most=5))
    return tag == ";" or (tag == ")" and not _is_opened(s, first, at))


def _ends_with_comma(s: Sentence, quote: int) -> bool:
    inside = s.line.quotes[quote].inside[1]
    return s.line.text[inside - 1] == ","


def _is_main_clause(s: Sentence, first: int, at: int) -> bool:
    """Tell the comma that ends "While Quill says ...," before the main clause; also ", even as"."""
    if s.word(at + 1) == "even" and s.word(at + 2) == "as":
        return True
    is_led = s.word(s.first) in _LEADING and not any(s.tag(one) == "," for one in range(s.first, first))
    return is_led and s.tag(at + 1) in ("CAP", "SUB", "DT", "PS", "NN") and finite_behind(s, at + 1)


def _ends_narrow(s: Sentence, at: int) -> bool:
    tag = s.tag(at)
    if tag == ",":
        return s.tag(at + 1) in ("SC", "VG", "WH") and s.word(at + 1) != "that"
    is_like = s.word(at) == "as" and not (s.word(at - 1) not in _BEFORE_AS and finite_behind(s, at + 1))
    return (tag == "-" and s.word(at) != "-") or (tag == "SC" and s.word(at) in _NARROWING and not is_like)


def noun_end(s: Sentence, first: int) -> int:
    """Return where words that name what is meant end: with their clause, before "in a statement"."""
    last = s.last()
    for at in range(first + 1, last):
        if _ends_words(s, first, at):
            return at
    end = _bare(s, first, last)
    return end - 1 if end > first + 1 and s.word(end - 1) in _SELVES and s.tag(end - 2) == "NN" else end


def _also_reports(s: Sentence, at: int) -> bool:
    """Tell "and at the same time asked", "and in the next breath said"."""
    if s.tag(at) != "IN":
        return False
    verb = next((place for place in range(at + 1, min(s.end, at + 6)) if s.tag(place) in VERBAL), -1)
    return verb > 0 and _is_good(s, verb) and s.tag(verb - 1) == "NN"


def _ends_words(s: Sentence, first: int, at: int) -> bool:
    tag, word = s.tag(at), s.word(at)
    if tag in (",", ";", ":"):
        is_place = s.tag(at - 1) == s.tag(at + 1) == "CAP" and s.tag(at + 2) in (",", ".", "^")
        return not (is_place or s.word(at + 1) in ("who", "including") or _is_list(s, at))
    if word == "as":
        return s.tag(at + 1) == "SUB"
    if tag in ("SC", "IN"):
        return (
            word in grammar()["ending words"] or (word == "by" and s.tag(at + 1) == "VG") or _says_when(s, at)
        )
    if tag == "CC":
        return s.tag(at + 1) in VERBAL or _also_reports(s, at + 1)
    return (tag == "-" and word != "-") or (tag == ")" and not _is_opened(s, first, at))


def _bare(s: Sentence, first: int, end: int) -> int:
    while end > first + 1 and s.tag(end - 1) in _MARKS:
        end -= 1
    return end


def _is_opened(s: Sentence, first: int, at: int) -> bool:
    depth = 0
    for place in range(max(first, at - 40), at):
        depth += (s.tag(place) == "(") - (s.tag(place) == ")")
    return depth > 0


def _is_new_report(s: Sentence, at: int) -> bool:
    """Tell whether another report begins behind a comma: ", but Quill said", ", adding that"."""
    if s.word(at) == "according":
        return True
    if s.tag(at) == "CC" or s.word(at) in ("while", "although", "though"):
        at += 1
    if s.tag(at) == "RB":
        at += 1
    if s.tag(at) == "VG":
        forms = cue_lexicon().verbs.get(s.word(at), ())
        return any(verb.group and verb.governs & _SPOKEN for _, verb in forms)
    if s.tag(at) == "VD" and s.tag(at - 1) in ("CC", "RB"):
        return _is_good(s, at)
    return _reports_soon(s, at)


def _reports_soon(s: Sentence, at: int, most: int = 9) -> bool:
    for place in range(at, min(s.end, at + most)):
        tag = s.tag(place)
        if tag in ("VB", "VD"):
            return _is_good(s, place) and subject_before(s, group_start(s, place)) is not None
        if tag in ("SC", "Q", ",", ":", ";", ".", "WH"):
            return False
    return False


def _is_good(s: Sentence, at: int) -> bool:
    """Tell whether a verb is a cue that holds a clause or quotation here."""
    for _, verb in cue_lexicon().verbs.get(s.word(at), ()):
        if verb.group and verb.governs & _SPOKEN:
            behind = at + 2 if s.tag(at + 1) == "RB" else at + 1
            return verb.strength == SURE or s.word(behind) in _LINKS or s.tag(behind) in (".", "Q", "^")
    return False


def _is_shared_cue(s: Sentence, at: int) -> bool:
    while s.tag(at) in ("RB", "AUX"):
        at += 1
    return s.tag(at) in ("VD", "VB") and s.word(at) not in _NO_SHARED and _is_good(s, at)


def _says_when(s: Sentence, at: int) -> bool:
    if s.word(at) not in ("in", "on", "at"):
        return False
    words = grammar()
    near = [s.word(at + step) for step in range(1, 5)]
    is_medium = near[0] in ("a", "an", "his", "her", "its", "their") and any(
        one in words["medium"] for one in near
    )
    return near[0] in words["time"] or is_medium


def _is_list(s: Sentence, at: int) -> bool:
    """Tell a comma between members of a list from one that ends the words."""
    for place in range(at + 1, min(s.end, at + 9)):
        tag = s.tag(place)
        if tag == "CC":
            is_and = s.word(place) in ("and", "or") and s.tag(place + 1) not in ("VD", "VB", "AUX", "SUB")
            return is_and and s.tag(place - 1) in (",", "NN", "CAP") and not finite_behind(s, place + 1)
        if tag in ("VB", "VD", "AUX", "SC", "WH", "Q", "."):
            return False
    return False


def finite_behind(s: Sentence, first: int) -> bool:
    """Tell whether a clause with its verb begins at an item."""
    if s.tag(first) == "IN":
        return s.has_verb(first, min(s.end, first + 25))
    if s.tag(first) in ("VB", "VD", "AUX", "TO", ".", "^", ":"):
        return False
    is_relative = False
    for at in range(first, min(s.end, first + 30)):
        if _is_finite(s, at):
            if not is_relative:
                return at > first
            is_relative = s.tag(at + 1) in ("VB", "VD", "AUX", "RB")
        elif s.tag(at) == "Q" and at > first:
            return at + 1 >= s.last() and holds_verb(s, at)
        elif s.tag(at) == "WH" or (at > first and s.word(at) == "that"):
            is_relative = True
        elif (
            (s.tag(at) == "," and s.tag(at + 1) in ("CC", "VD", "VB") and not is_relative)
            or s.tag(at) in (";", ":", ".")
            or (s.tag(at) in ("SC", "TO") and at > first and not is_relative)
        ):
            return False
    return False


def _is_finite(s: Sentence, at: int) -> bool:
    tag = s.tag(at)
    return tag in ("AUX", "VB") or (tag == "VD" and s.tag(at - 1) in _NAMED_BEFORE)


def holds_verb(s: Sentence, at: int) -> bool:
    """Tell whether a quotation holds a verb."""
    inner = s.line.inner.get(at)
    return inner is not None and any(tag in VERBAL for tag in inner.tags)


def quotes_from(s: Sentence, first: int) -> tuple[Items, ...]:
    """Return the quotations that follow one another from an item on, with the rest of a clause."""
    at = first
    while s.tag(at) in ("Q", "q"):
        at += 1
    if at == first + 1 and s.tag(at) not in (".", "^", ",", ";"):
        return ((first, max(at, clause_end(s, first))),)
    return tuple((one, one + 1) for one in range(first, at))


def left_quote(s: Sentence, edge: int) -> Items | None:
    """Return the quotation that ends right before an item, with the clause that it is a part of."""
    at = edge - 1
    if s.tag(at) in (",", "-", "RB"):
        at -= 1
    if s.tag(at) not in ("Q", "q"):
        return None
    end = first = at + 1
    while s.tag(first - 1) in ("Q", "q"):
        first -= 1
    is_alone = s.tag(first - 1) in ("^", ":", ".") or (
        s.tag(first - 1) in (",", "CC") and first - 1 <= s.first + 1
    )
    clause = None if is_alone else left_clause(s, end)
    if clause is not None:
        return clause
    return (first, end) if s.tag(at) == "Q" else None


def left_clause(s: Sentence, edge: int) -> Items | None:
    """Return the clause that ends right before an item."""
    end = edge
    while end > s.first and s.tag(end - 1) in (",", "-", "RB"):
        end -= 1
    if end <= s.first or (end == edge and s.tag(end - 1) not in ("Q", "q")):
        return None
    first = next((at + 1 for at in range(end - 1, s.first - 1, -1) if s.tag(at) in (";", ":")), s.first)
    while first < end and s.tag(first) in ("CC", "-", ","):
        first += 1
    return (first, end) if end > first else None


def tail(s: Sentence, behind: int) -> Items | None:
    """Return the second half of a clause that the words about who says it break: ", Quill said, ..."."""
    first = behind + 1
    if s.tag(behind) != "," or s.tag(first) in _NO_TAIL or s.word(first) in _NO_TAIL_WORDS:
        return None
    return (first, clause_end(s, first)) if first < s.last() and not _is_new_report(s, first) else None
