"""The rough class of each word of a line, by little words, verb forms and the words around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotator.model.cue_lexicon import BASE, PAST, PRESENT, SURE, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.of_many import follows_many, is_of_two
from annotator.nlp.attributions.verb_spots import ALL_OBJECTS, Forms, Spot, little_words, verb_class

_MARKS = {
    ",": ",", ";": ";", ":": ":", ".": ".", "!": ".", "?": ".", "…": ".",
    "(": "(", ")": ")", "[": "(", "]": ")", "'s": "PS", "’s": "PS",
}  # fmt: skip
_SIGNS = frozenset("$€£#@&")
_DASHES = "-–—―"
_OWNING = frozenset(("NN", "CAP", "q", "NUM", "DT", "VB", "VD", "S", "x"))
_NAMES_TOO = frozenset(("may", "will", "mark", "first"))
_OPENS_CLAUSE = frozenset((".", ",", "and", "but", "that", "while", "because", "as", ";", ":"))
_BEFORE_THAT = frozenset((
    "from", "of", "at", "on", "by", "for", "with", "since", "during", "after", "before", "over", "against",
    "through", "into", "under",
))  # fmt: skip
_AMONG = frozenset(("in", "of", "on", "at", "from", "within", "inside"))
_MANY = frozenset(
    ("many", "some", "most", "few", "several", "others", "those", "members", "people", "both", "all")
)
_TELLING = ("ly", "ed", "ing")
"""Endings by which a word may be no noun."""
_MAKING = ("ize", "ise", "ify")
"""Endings of verbs."""
_OWNED = frozenset(("my", "your", "his", "her", "its", "our", "their"))
_SENTENCE_STARTS = frozenset(("^", ".", ":", "Q", "-"))


def word_classes(
    text: str, words: Sequence[str], starts: Sequence[int], quotes: Mapping[int, str]
) -> list[str]:
    """Return a class per item; `quotes` gives those of the items that are quotations."""
    little, verbs = little_words(), cue_lexicon().verbs
    tags: list[str] = []
    before = "^"
    for at, word in enumerate(words):
        known = little.get(word)
        if word in _MARKS:
            if before == "RB" and word in ("'s", "’s") and words[at - 1] in grammar()["time"]:
                # "yesterday's meeting"
                before = tags[-1] = "NN"
            before = _mark(word, before)
        elif word in ("'", "’") and at and words[at - 1].endswith("s") and before in _OWNING:
            before = "PS"
        elif word == "back" and _supports(text, words, starts, at, before):
            before = "VB"
        elif known is not None:
            is_named = text[starts[at]].isupper() and _names_too(text, words, starts, at, before)
            # "has since said"
            before = "CAP" if is_named else "RB" if word == "since" and before == "AUX" else known
            if word == "that" and at and words[at - 1] in _BEFORE_THAT and words[at + 1 : at + 2] != [","]:
                # "friends from that time"
                before = "DT"
        elif not word:
            before = quotes[at]
        elif not word[0].isalnum():
            before = _sign(word)
        else:
            before = _open_class(text, words, starts, at, tags, forms=verbs.get(word))
        tags.append(before)
    return tags


def _names_too(text: str, words: Sequence[str], starts: Sequence[int], at: int, before: str) -> bool:
    """Tell whether a little word with a capital is, or belongs to, a name."""
    word = words[at]
    is_named = (
        _is_named(text, starts[at], word, before)
        or _is_acronym(text, words, starts, at)
        or (word == "will" and _is_will(text, words, starts, at))
    )
    is_adverb = little_words()[word] == "RB"
    if before == "CAP" and (is_adverb or word in grammar()["number"]):
        # "the group Move Now", "Radio Six"
        return is_named or not _title_case(text, starts, at)
    is_led = is_adverb and before in ("IN", "TO", "DT")
    return is_named or (is_led and _leads_name(text, words, starts, at))


def _is_named(text: str, start: int, word: str, before: str) -> bool:
    """Tell "US" from "us", "Theresa May" from "may", and the First Lady from the first one."""
    if word == "am":
        # "Pan Am"
        return text[start].isupper() and before == "CAP"
    if word in ("us", "who", "it"):
        return text[start : start + len(word)].isupper()
    return word in _NAMES_TOO and text[start].isupper() and before not in _SENTENCE_STARTS


def _leads_name(text: str, words: Sequence[str], starts: Sequence[int], at: int) -> bool:
    """Tell "of Long Beach" from "of long walks"."""
    is_paired = at + 1 < len(words) and text[starts[at + 1]].isupper()
    return is_paired and not _title_case(text, starts, at)


def _supports(text: str, words: Sequence[str], starts: Sequence[int], at: int, before: str) -> bool:
    """Tell "most voters back the plan", "45 percent back Quill" from "they came back Monday"."""
    after = words[at + 1] if at + 1 < len(words) else ""
    is_many = before in ("NN", "CAP", "SUB", "WH") and at > 0 and _may_back(words[at - 1])
    is_named = bool(after) and text[starts[at + 1]].isupper() and after not in grammar()["time"]
    return (is_many or before in ("TO", "AUX")) and (
        is_named or little_words().get(after) in ("DT", "PS", "OBJ")
    )


def _may_back(word: str) -> bool:
    is_many = word.endswith("s") or word in ("percent", "people", "they", "we", "who", "i", "you")
    return is_many and word not in grammar()["time"]


def _is_will(text: str, words: Sequence[str], starts: Sequence[int], at: int) -> bool:
    """Tell "Will Stroud said", "Will Stroud, a farmer," from "Will Stroud run?"."""
    if text[starts[at] : starts[at] + 2] != "Wi" or at + 2 >= len(words):
        return False
    verbs = cue_lexicon().verbs.get(words[at + 2], ())
    is_finite = (
        any(kind in (PAST, PRESENT) for kind, _ in verbs) or little_words().get(words[at + 2]) == "AUX"
    )
    return text[starts[at + 1]].isupper() and (words[at + 2] == "," or is_finite)


def _is_acronym(text: str, words: Sequence[str], starts: Sequence[int], at: int) -> bool:
    """Tell "IS", "WHO" and "OR" from little words: all in capitals between words that are not."""
    word = words[at]
    if len(word) < 2 or not text[starts[at] : starts[at] + len(word)].isupper():
        return False
    near = [one for one in (at - 1, at + 1) if 0 <= one < len(words) and words[one].isalpha()]
    return any(text[starts[one] : starts[one] + len(words[one])].islower() for one in near)


def _mark(word: str, before: str) -> str:
    tag = _MARKS[word]
    return "AUX" if tag == "PS" and before not in _OWNING else tag


def _sign(word: str) -> str:
    if word[0] in _DASHES:
        return "-"
    if word[0] == ".":
        return "."
    if len(word) > 1:
        # a company's sign: "Kerrin plc <KRN.L>"
        return "CAP"
    return "S" if word[0] in _SIGNS else "x"


def _open_class(
    text: str,
    words: Sequence[str],
    starts: Sequence[int],
    at: int,
    tags: Sequence[str],
    *,
    forms: Forms | None,
) -> str:
    word, first = words[at], text[starts[at]]
    before = tags[-1] if at else "^"
    if first.isdigit():
        if word.endswith("-old"):
            # "the 26-year-old said"
            return "NN"
        end = starts[at] + len(word)
        return "CAP" if any(one.isupper() for one in text[starts[at] : end]) else "NUM"
    after = words[at + 1] if at + 1 < len(words) else ""
    if first.isupper():
        if forms is not None and (
            _opens_name(text, words, starts, at, before) or _opens_office(text, words, starts, at, before)
        ):
            return "CAP"
        if forms is None or (before not in _SENTENCE_STARTS and not _title_case(text, starts, at)):
            is_adverb = before in ("^", ".") and _is_adverb(word)
            return "RB" if is_adverb and not _may_speak(after) else "CAP"
    if forms is None:
        is_base = before == "TO" and _is_base(word, after)
        return "VB" if is_base else _by_ending(word, before, after) if word.endswith(_TELLING) else "NN"
    is_office = before == "CC" and words[at - 1] == "and" and is_of_two(words, at)
    spot = Spot(
        word, forms, before, words[at - 1] if at else "", words[at - 2] if at > 1 else "",
        after,
        is_name_after=bool(after) and text[starts[at + 1]].isupper(),
        is_of_many=at > 3 and words[at - 3] in _AMONG and words[at - 4] in _MANY,
        is_of_several=before in ("NN", "CAP") and after in ALL_OBJECTS and follows_many(words, tags, at),
        opens=at == 2 or (at > 2 and words[at - 3] in _OPENS_CLAUSE),
    )  # fmt: skip
    return "NN" if is_office else verb_class(spot)


def _may_speak(after: str) -> bool:
    """Tell "Healy said", "Daly's" from "Clearly the dam"."""
    forms = cue_lexicon().verbs.get(after, ())
    is_said = any(kind in (PAST, PRESENT) and verb.strength == SURE for kind, verb in forms)
    return after in ("'s", "’s") or is_said


def _is_base(word: str, after: str) -> bool:
    """Tell a verb that is not known behind "to": "to standardize prices", "to ditch the plan"."""
    return word.endswith(_MAKING) or little_words().get(after) in ("DT", "OBJ") or after in _OWNED


def _opens_name(text: str, words: Sequence[str], starts: Sequence[int], at: int, before: str) -> bool:
    """Tell "Rob Kerrin" from a verb at the start of a sentence."""
    is_first = before in ("^", ".") and at + 1 < len(words)
    return is_first and text[starts[at + 1]].isupper() and not _title_case(text, starts, at)


def _opens_office(text: str, words: Sequence[str], starts: Sequence[int], at: int, before: str) -> bool:
    """Tell "Bank of Orla officials" from a verb at the start of a sentence."""
    if before not in ("^", ".") or words[at + 1 : at + 2] != ["of"] or at + 2 >= len(words):
        return False
    return text[starts[at + 2]].isupper() and any(kind == BASE for kind, _ in cue_lexicon().verbs[words[at]])


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and len(word) > 4 and word not in grammar()["no adverb"]


def _by_ending(word: str, before: str, after: str) -> str:
    if _is_adverb(word):
        return "RB"
    if (
        word.endswith("ed")
        and len(word) > 4
        and not (word.startswith("un") and before == "CAP")
        and (
            before in ("SUB", "WH", "CAP", "AUX", "RB")
            or (before == "NN" and little_words().get(after) in ("DT", "PS", "OBJ"))
        )
    ):
        return "VD"
    is_gerund = word.endswith("ing") and len(word) > 5 and before in ("AUX", ",")
    return "VG" if is_gerund and word not in grammar()["no gerund"] else "NN"


def _title_case(text: str, starts: Sequence[int], at: int) -> bool:
    """Tell whether the words of a line are capitalised as in a headline."""
    if len(starts) >= 40:
        return False
    near = [text[starts[one]] for one in range(len(starts)) if one != at]
    letters = [one for one in near if one.isalpha()]
    return sum(one.isupper() for one in letters) >= max(3, 0.6 * len(letters))
