"""How far what is said reaches: to the end of the sentence, of the clause, of the words that name it."""

from __future__ import annotations

from annotator.model.cue_lexicon import PARTICIPLE, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.before import ends_with_comma
from annotator.nlp.attributions.reports import begins_report, joins_report
from annotator.nlp.attributions.sentences import VERBAL, Items, Sentence

_MARKS = (",", ";", ":", "-")
_NARROWING = frozenset(("while", "although", "though", "because", "as"))
_BEFORE_AS = frozenset(("such", "well", "same", "far", "long", "much", "many", "as", "just"))
_LEADING = frozenset(
    (
        "while",
        "although",
        "though",
        "as",
        "when",
        "if",
        "because",
        "after",
        "asked",
        "amid",
        "despite",
        "since",
        "given",
        "following",
        "before",
        "until",
        "unless",
        "with",
        "without",
        "whereas",
    )
)
_SELVES = frozenset(("himself", "herself", "itself", "themselves"))
"""Behind a noun at the end they stress the source: "doubted the readings herself"."""
_NAMED_BEFORE = frozenset(("NN", "CAP", "SUB", "RB", "NO", ")", "OBJ", "SC", "DT", "WH", "NUM", "q", ","))
_BEHIND_QUOTED = frozenset(("VG", "WH", "SC"))
_NO_TAIL = frozenset(("VG", "^", ".", "WH", "SC", "CC"))
_NO_TAIL_WORDS = frozenset(("according", "who", "which", "citing", "in", "during", "after"))


def clause_end(s: Sentence, first: int, *, is_narrow: bool = False) -> int:
    """Return where a clause ends that begins at an item: before another report, or with the sentence."""
    last = s.last()
    for at in range(first + 1, last):
        if _ends_clause(s, first, at) or (is_narrow and _ends_narrow(s, at)):
            return _bare(s, first, at)
    return _bare(s, first, last)


def _ends_clause(s: Sentence, first: int, at: int) -> bool:
    tag = s.tag(at)
    if s.tag(at - 1) in ("Q", "q") and ends_with_comma(s, at - 1):
        return tag in VERBAL or finite_behind(s, at)
    if tag in (",", "-"):
        return begins_report(s, at + 1) or (tag == "," and _is_main_clause(s, first, at))
    if tag == "CC":
        return joins_report(s, at)
    return tag == ";" or (tag == ")" and not _is_opened(s, first, at))


def _is_main_clause(s: Sentence, first: int, at: int) -> bool:
    """Tell the comma that ends "While Quill says ...," before the main clause; also ", even as"."""
    if s.word(at + 1) == "even" and s.word(at + 2) == "as":
        return True
    is_led = s.word(s.first) in _LEADING and not any(s.tag(one) == "," for one in range(s.first, first))
    return is_led and s.tag(at + 1) in ("CAP", "SUB", "DT", "PS", "NN") and finite_behind(s, at + 1)


def _ends_narrow(s: Sentence, at: int) -> bool:
    tag = s.tag(at)
    if tag == ",":
        is_aside = s.tag(at + 1) in ("DT", "RB") or s.word(at + 1) == "but"
        ends = s.tag(at + 1) in ("SC", "VG", "WH") and s.word(at + 1) != "that"
        return ends or (is_aside and not _is_list(s, at))
    is_like = s.word(at) == "as" and not (s.word(at - 1) not in _BEFORE_AS and finite_behind(s, at + 1))
    return (tag == "-" and s.word(at) != "-") or (tag == "SC" and s.word(at) in _NARROWING and not is_like)


def noun_end(s: Sentence, first: int) -> int:
    """Return where words that name what is meant end: with their clause, before "in a statement"."""
    last = s.last()
    for at in range(first + 1, last):
        if _ends_words(s, first, at):
            return at
    end = _bare(s, first, last)
    if end > first + 2 and s.word(end - 2) == "as" and s.word(end - 1) == "well":
        return end - 2
    return end - 1 if end > first + 1 and s.word(end - 1) in _SELVES and s.tag(end - 2) == "NN" else end


def _ends_words(s: Sentence, first: int, at: int) -> bool:
    tag, word = s.tag(at), s.word(at)
    if tag in _BEHIND_QUOTED and s.tag(at - 1) in ("Q", "q") and ends_with_comma(s, at - 1):
        return True
    if tag in (",", ";", ":"):
        is_place = s.tag(at - 1) == s.tag(at + 1) == "CAP" and s.tag(at + 2) in (",", ".", "^")
        is_inside = (
            is_place or s.word(at + 1) in ("who", "including") or _parts_adjectives(s, at) or _is_date(s, at)
        )
        return not (is_inside or _is_list(s, at))
    if word == "as":
        return s.tag(at + 1) == "SUB"
    if tag in ("SC", "IN"):
        return (
            word in grammar()["ending words"]
            or (word == "by" and s.tag(at + 1) == "VG")
            or (_says_when(s, at) and not any(s.tag(one) == "WH" for one in range(first, at)))
        )
    if tag == "CC":
        return s.tag(at + 1) in VERBAL or joins_report(s, at)
    is_dash = tag == "-" and (word != "-" or begins_report(s, at + 1))
    return is_dash or (tag == ")" and not _is_opened(s, first, at))


def _bare(s: Sentence, first: int, end: int) -> int:
    while end > first + 1 and s.tag(end - 1) in _MARKS:
        end -= 1
    return end


def _is_opened(s: Sentence, first: int, at: int) -> bool:
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
    return near[0] in words["time"] or is_medium


def _parts_adjectives(s: Sentence, comma: int) -> bool:
    """Tell "a lawless, divided nation" from "the plan, officials said"."""
    before = comma - 2
    while s.tag(before) == "RB":
        before -= 1
    if s.tag(comma) != "," or s.tag(before) not in ("DT", "PS") or s.tag(comma - 1) not in ("NN", "VD", "VG"):
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


def _is_date(s: Sentence, comma: int) -> bool:
    """Tell the commas in "the Sept. 11, 2001, attacks"."""
    is_year = _is_year(s, comma + 1) and s.tag(comma - 1) == "NUM"
    return is_year or (_is_year(s, comma - 1) and s.tag(comma - 2) == "," and s.tag(comma - 3) == "NUM")


def _is_year(s: Sentence, at: int) -> bool:
    word = s.word(at)
    return len(word) == 4 and word.isdigit()


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
            return at + 1 >= s.last() and holds_verb(s, at) and not is_naming(s, at - 1)
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
    if tag == "VD" and (not is_past(s.word(at)) or is_naming(s, at)):
        # "a written statement", "a song titled “It Leaks”"
        return False
    return tag in ("AUX", "VB") or (tag == "VD" and s.tag(at - 1) in _NAMED_BEFORE)


def is_naming(s: Sentence, verb: int) -> bool:
    """Tell "a firm called Kerrin Partners" from "the farmer called it old"."""
    naming = grammar()["naming"]
    is_verb = any(one.lemma in naming for _, one in cue_lexicon().verbs.get(s.word(verb), ()))
    return is_verb and s.tag(verb - 1) == "NN" and s.tag(verb + 1) in ("CAP", "q", "Q", "x")


def is_past(word: str) -> bool:
    """Tell whether a form needs no helper: "wrote", not "written"."""
    forms = cue_lexicon().verbs.get(word, ())
    return not forms or any(kind != PARTICIPLE for kind, _ in forms)


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
    first = next((at + 1 for at in range(end - 1, s.first - 1, -1) if _opens_clause(s, at, end)), s.first)
    while first < end and s.tag(first) in ("CC", "-", ","):
        first += 1
    first = behind_link(s, first)
    return (first, end) if end > first else None


def behind_link(s: Sentence, first: int) -> int:
    """Return where a clause begins behind "However," or "In fact," at the start of its sentence."""
    links = grammar()["linking sentences"]
    for length in (1, 2, 3, 4):
        if s.tag(first + length) == ",":
            is_link = "_".join(s.word(at) for at in range(first, first + length)) in links
            return first + length + 1 if is_link else first
    return first


def _opens_clause(s: Sentence, at: int, end: int) -> bool:
    return s.tag(at) in (";", ":") or (s.tag(at) == "(" and s.find(")", at, end - at) < 0)


def tail(s: Sentence, behind: int) -> Items | None:
    """Return the second half of a clause that the words about who says it break: ", Quill said, ..."."""
    first = behind + 1
    if s.tag(behind) != "," or s.tag(first) in _NO_TAIL or s.word(first) in _NO_TAIL_WORDS:
        return None
    return (first, clause_end(s, first)) if first < s.last() and not begins_report(s, first) else None
