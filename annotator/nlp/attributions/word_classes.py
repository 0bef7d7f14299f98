"""The rough class of each word of a line, by little words, verb forms and the words around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from annotator.model.cue_lexicon import BASE, GERUND, PAST, PRESENT, SURE, Verb, cue_lexicon
from annotator.model.grammar import grammar

_MARKS = {
    ",": ",", ";": ";", ":": ":", ".": ".", "!": ".", "?": ".", "…": ".",
    "(": "(", ")": ")", "[": "(", "]": ")", "'s": "PS", "’s": "PS",
}  # fmt: skip
_SIGNS = frozenset("$€£#@&")
_DASHES = "-–—―"
_OWNING = frozenset(("NN", "CAP", "q", "NUM", "DT", "VB", "VD", "S", "x"))
_COUNTED = frozenset(("DT", "PS", "NUM"))
_SENTENCE_STARTS = frozenset(("^", ".", ":", "Q", "-"))
_BEHIND_VERB = frozenset((",", ".", "that", "by", "to", "the", "a", "an"))
_OBJECTS = frozenset(
    ("the", "a", "an", "that", "he", "she", "it", "they", "we", "i", "his", "her", "its", "their", "whether")
)
_NO_NAMES = frozenset(("new", "early", "recent", "latest", "other", "more", "such", "initial", "final"))
_OF = frozenset(("of", "by", "from", "against", "about"))
_BEHIND_NOUN = _OF | frozenset(
    (
        "for",
        "among",
        "in",
        "on",
        "at",
        "with",
        "and",
        "or",
        ",",
        ".",
        "was",
        "were",
        "is",
        "are",
        "has",
        "had",
    )
)
_ORDER = (
    ("determiner", "DT"), ("preposition", "IN"), ("opening clauses", "SC"), ("joining", "CC"),
    ("adverb", "RB"), ("subject", "SUB"), ("object", "OBJ"), ("relative", "WH"), ("negation", "NO"),
    ("helper", "AUX"), ("possessive", "PS"),
)  # fmt: skip
_OWN_CLASS = {"to": "TO", "both": "DT", "all": "DT", "there": "SUB", "used": "VD"}


class _Spot(NamedTuple):
    """A word that may be a verb, with what stands around it."""

    word: str
    forms: tuple[tuple[str, Verb], ...]
    before: str
    """The class of the word before."""
    previous: str
    earlier: str
    """The word before the one before."""
    after: str

    @property
    def is_noun(self) -> bool:
        """Tell whether the word is a noun of the lexicon as well."""
        return self.word in cue_lexicon().nouns

    @property
    def is_noun_too(self) -> bool:
        """Tell whether the word is as often a noun as a verb."""
        return self.is_noun or any(verb.is_noun_too for _, verb in self.forms)


@lru_cache(maxsize=1)
def _little_words() -> Mapping[str, str]:
    words = grammar()
    found = {word: tag for section, tag in _ORDER for word in words[section]}
    return found | _OWN_CLASS


def word_classes(
    text: str, words: Sequence[str], starts: Sequence[int], quotes: Mapping[int, str]
) -> list[str]:
    """Return a class per item; `quotes` gives those of the items that are quotations."""
    little = _little_words()
    tags: list[str] = []
    before = "^"
    for at, word in enumerate(words):
        known = little.get(word)
        if word in _MARKS:
            before = _mark(word, before)
        elif known is not None:
            before = known if not _is_named(text, starts[at], word, before) else "CAP"
        elif not word:
            before = quotes[at]
        elif not word[0].isalnum():
            before = _sign(word)
        else:
            before = _open_class(text, words, starts, at, before)
        tags.append(before)
    return tags


def _is_named(text: str, start: int, word: str, before: str) -> bool:
    """Tell "US" from "us", and "Theresa May" from "may"."""
    if word in ("us", "who", "it"):
        return text[start : start + len(word)].isupper()
    return word in ("may", "will", "mark") and text[start].isupper() and before not in _SENTENCE_STARTS


def _mark(word: str, before: str) -> str:
    tag = _MARKS[word]
    return "AUX" if tag == "PS" and before not in _OWNING else tag


def _sign(word: str) -> str:
    if word[0] in _DASHES:
        return "-"
    if word[0] == ".":
        return "."
    return "S" if word[0] in _SIGNS else "x"


def _open_class(text: str, words: Sequence[str], starts: Sequence[int], at: int, before: str) -> str:
    word, first = words[at], text[starts[at]]
    if first.isdigit():
        return "NUM"
    forms = cue_lexicon().verbs.get(word)
    if first.isupper() and (
        forms is None or (before not in _SENTENCE_STARTS and not _title_case(text, starts, at))
    ):
        return "RB" if before in ("^", ".") and _is_adverb(word) else "CAP"
    if forms is None:
        return _by_ending(word, before)
    spot = _Spot(
        word, forms, before, words[at - 1] if at else "", words[at - 2] if at > 1 else "",
        words[at + 1] if at + 1 < len(words) else "",
    )  # fmt: skip
    return _verb_class(spot)


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and len(word) > 4 and word not in grammar()["no adverb"]


def _by_ending(word: str, before: str) -> str:
    if _is_adverb(word):
        return "RB"
    if word.endswith("ed") and len(word) > 4 and before in ("SUB", "WH", "CAP", "AUX", "RB"):
        return "VD"
    return "VG" if word.endswith("ing") and len(word) > 5 and before in ("AUX", ",") else "NN"


def _title_case(text: str, starts: Sequence[int], at: int) -> bool:
    """Tell whether the words around are capitalised as in a headline."""
    if len(starts) >= 40:
        return False
    near = [text[starts[one]] for one in range(max(0, at - 4), min(len(starts), at + 5)) if one != at]
    letters = [one for one in near if one.isalpha()]
    return sum(one.isupper() for one in letters) >= max(3, 0.6 * len(letters))


def _verb_class(spot: _Spot) -> str:
    """Tell verb from noun and adjective by the words around."""
    kinds = {kind for kind, _ in spot.forms}
    if GERUND in kinds and spot.word.endswith("ing"):
        is_noun = spot.before in ("DT", "PS") or (spot.before == "NN" and spot.after == "of")
        return "NN" if is_noun else "VG"
    if kinds <= {BASE, PRESENT} and BASE in kinds:
        return "VB" if _is_base_verb(spot) else "NN"
    if kinds == {PRESENT}:
        return "VB" if _is_present_verb(spot) else "NN"
    # Past and participle; some are base forms as well (cut, put, read).
    if BASE in kinds and spot.before not in ("SUB", "WH", "CAP", "AUX", "TO", "RB"):
        return "NN" if spot.before in _COUNTED or spot.before == "IN" else "VD"
    is_speech = any(verb.strength == SURE and "s" in verb.governs for _, verb in spot.forms)
    if spot.previous in ("a", "an"):
        return "NN"
    is_adjective = not is_speech and spot.before in _COUNTED and spot.after and spot.after not in _BEHIND_VERB
    return "NN" if is_adjective and spot.previous not in grammar()["plural subject"] else "VD"


def _is_base_verb(spot: _Spot) -> bool:
    words = grammar()
    people = words["bare people"]
    if spot.previous in words["before a base form"] or spot.before in ("SUB", "WH", "AUX", "NO"):
        return True
    if spot.before == "RB":
        is_led = any(
            spot.earlier in words[one] for one in ("before a base form", "subject", "bare people", "relative")
        )
        return is_led or (spot.earlier.endswith("s") and not spot.is_noun)
    if spot.previous in people or (spot.before in ("NN", "CAP") and _is_plural(spot.previous)):
        return not spot.is_noun or spot.after not in _BEHIND_NOUN
    return (
        not spot.is_noun and (not spot.is_noun_too or spot.before in ("CC", "^", ".")) and _may_be_verb(spot)
    )


def _may_be_verb(spot: _Spot) -> bool:
    if spot.before in (",", ")") and not spot.is_noun_too:
        return any(verb.group for _, verb in spot.forms)
    is_led = spot.before in (",", ")", "NN", "CAP", "q") and any(
        verb.strength == SURE or ("s" in verb.governs and not verb.is_noun_too) for _, verb in spot.forms
    )
    return is_led or spot.before in ("CC", "^", ".")


def _is_plural(word: str) -> bool:
    return word.endswith("s") and len(word) > 3


def _is_said(word: str) -> bool:
    """Tell a form of "say" and the like that follows its subject."""
    forms = cue_lexicon().verbs.get(word, ())
    return any(
        kind in (BASE, PAST) and verb.strength == SURE and not verb.is_noun_too for kind, verb in forms
    )


def _is_present_verb(spot: _Spot) -> bool:
    if spot.before in ("SUB", "WH"):
        return True
    if spot.before == "IN" or _is_said(spot.after) or spot.previous in _NO_NAMES:
        # "sponsors say", "new figures showed"
        return False
    if spot.before in ("DT", "PS", "NUM", "TO"):
        return spot.previous in grammar()["singular subject"]
    if not spot.is_noun_too:
        return True
    is_topic = spot.after in ("about", "against") and spot.before in ("CAP", "RB", ")", "Q")
    if spot.before in ("VB", "VD", "VG", "AUX", "SC") or (spot.after in _OF and not is_topic):
        return False
    return spot.before in ("CAP", "RB", ",", ")", "Q", "CC") or spot.after in _OBJECTS
