"""What speaks for a label: the words of an unknown name and the words around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from annotator.nlp.kinds import kind_after, kind_before
from annotator.nlp.page import Name, Page

THRESHOLD = 0.5
_LONGEST_UNKNOWN = 3


class Verdict(NamedTuple):
    """A label with its score and what spoke for it; without a label, that it is no name."""

    label: str
    score: float
    reason: str


_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}")
_ROMAN = re.compile("[IVX]+")
_ABSTRACT = ("tion", "ment", "ness", "ity", "ism", "ship", "ance", "ence", "age")
"""Endings of nouns that are no names at the start of a sentence."""
_NO_NAME = Verdict("", 0.0, "")


@dataclass(slots=True)
class Clues:
    """All that is known of a name of no list."""

    page: Page
    first: int
    end: int
    words: list[str]
    """Its capitalised words, as they are usually written."""
    common: list[bool]
    """Which of them are everyday words."""
    before: str
    after: str
    is_loud: bool
    is_opening: bool

    def is_known(self, at: int) -> bool:
        """Tell whether a word is a listed first name or surname."""
        lexicon = self.page.lexicon
        return self.words[at] in lexicon.first_names or self.words[at] in lexicon.last_names


Rule = Callable[[Clues], Verdict | None]


def judge(page: Page, first: int, end: int) -> Name | None:
    """Return a name of no list with the best label, or None when too little speaks for one."""
    while (
        first < end - 1
        and page.layout.opening[first]
        and _is_everyday(page, first)
        and not is_inner(page, first + 1)
    ):
        first += 1
    while end > first + 1 and is_inner(page, end - 1):
        end -= 1
    words = [word for word in map(page.word, range(first, end)) if word != word.lower()]
    if not words:
        return None
    clues = Clues(
        page,
        first,
        end,
        words,
        [page.lexicon.is_common(word) for word in words],
        page.before(first),
        page.after(end),
        page.is_loud(first),
        page.layout.opening[first],
    )
    for rule in _OF_SEVERAL if len(words) > 1 else _OF_ONE:
        verdict = rule(clues)
        if verdict is not None:
            return Name(first, end, *verdict) if verdict.score >= THRESHOLD else None
    return None


def is_inner(page: Page, at: int) -> bool:
    """Tell whether a token stands inside names only, never at their end."""
    word = page.tokens.words[at]
    return word in ("-", "–", "&") or page.is_cue("PARTICLES", word)


def role_before(page: Page, first: int) -> str:
    """Return what one person is, where it stands before a name, with a comma or without: her classmate."""
    role = page.before(first - (page.before(first) == ","))
    is_role = page.is_cue("ROLES", role) or page.is_cue("KIN", role)
    return role if is_role and not page.is_loud(first) else ""


def _is_everyday(page: Page, at: int) -> bool:
    word = page.word(at)
    return page.lexicon.is_common(word) or word.lower() in page.layout.small


def _called(clues: Clues) -> Verdict | None:
    """Judge a name by the noun beside it that says what it is."""
    page = clues.page
    before = kind_before(page, clues.first)
    if before is not None:
        return Verdict(before.label, 0.8, f"after “{before.word}”")
    after = kind_after(page, clues.end)
    return Verdict(after.label, 0.75, f"before “{after.word}”") if after is not None else None


def _partners(clues: Clues) -> Verdict | None:
    """Judge a firm of several names: Kranz & Sons."""
    lexicon = clues.page.lexicon
    is_firm = "&" in clues.page.tokens.words[clues.first : clues.end] and not clues.is_loud
    is_couple = any(word in lexicon.first_names for word in clues.words) and clues.before != "at"
    if clues.common[0] or is_couple:
        return None
    return Verdict("ORG", 0.75, "joined by “&”") if is_firm else None


def _loud_person(clues: Clues) -> Verdict | None:
    if not clues.is_loud:
        return None
    lexicon = clues.page.lexicon
    is_person = clues.words[0] in lexicon.first_names and clues.words[-1] in lexicon.last_names
    return (
        Verdict("PERSON", 0.75, "first name and surname") if is_person and not all(clues.common) else _NO_NAME
    )


def _first_name(clues: Clues) -> Verdict | None:
    lexicon = clues.page.lexicon
    has_surname = clues.words[-1] in lexicon.last_names
    if clues.words[0] not in lexicon.first_names or (all(clues.common) and not has_surname):
        return None
    return Verdict("PERSON", 0.9 if has_surname else 0.85, "first name")


def _person_shape(clues: Clues) -> Verdict | None:
    has_initial = any(_INITIALS.fullmatch(word) for word in clues.words[:-1])
    inside = clues.page.tokens.words[clues.first + 1 : clues.end]
    cues = clues.page.lexicon.cues
    has_particle = any(word in cues["PARTICLES"] or word in cues["SYLLABLES"] for word in inside)
    return Verdict("PERSON", 0.8, "shape of a person's name") if has_initial or has_particle else None


def _surname(clues: Clues) -> Verdict | None:
    is_surname = clues.words[-1] in clues.page.lexicon.last_names and not any(clues.common[:-1])
    if _ROMAN.fullmatch(clues.words[-1]):
        return None
    return Verdict("PERSON", 0.75, "surname") if is_surname else None


def _part_of_place(clues: Clues) -> Verdict | None:
    """Judge a name that begins with a part of a place, as in North Bridgeford."""
    page = clues.page
    is_part = page.is_cue("PARTS", clues.words[0]) and len(clues.words) == 2 and not clues.is_opening
    if not is_part or clues.common[1] or page.is_cue("PERSONAL", clues.after):
        return None
    return Verdict("GPE", 0.6, f"begins with {clues.words[0]}")


def _capital_person(clues: Clues) -> Verdict | None:
    """Judge a name all in capitals, as those who speak have in a transcript."""
    is_person = clues.words[0].capitalize() in clues.page.lexicon.first_names
    is_capital = all(word.isupper() and len(word) > 1 for word in clues.words)
    return Verdict("PERSON", 0.75, "first name in capitals") if is_person and is_capital else None


def _designation(clues: Clues) -> Verdict | None:
    if any(char.isdigit() for word in clues.words for char in word):
        return Verdict("PRODUCT", 0.6, "capitals and digits")
    return Verdict("ORG", 0.6, "holds an acronym") if any(map(is_acronym, clues.words)) else None


def _unknown_words(clues: Clues) -> Verdict | None:
    if any(clues.common):
        return None
    if clues.before == "the":
        return Verdict("ORG", 0.55, "unknown name with the article")
    if clues.page.is_cue("IN", clues.before) and clues.after in (",", ".", ""):
        return Verdict("GPE", 0.6, f"after “{clues.before}”")
    return Verdict(
        "PERSON", 0.6 if len(clues.words) <= _LONGEST_UNKNOWN else 0.45, "unknown words in capitals"
    )


def _mixed_words(clues: Clues) -> Verdict | None:
    if not all(clues.common) and clues.page.is_cue("PERSONAL", clues.after):
        return Verdict("PERSON", 0.6, f"before “{clues.after}”")
    is_inside = clues.page.is_cue("WITH", clues.before) and not clues.is_opening
    return Verdict("ORG", 0.55, "capitals in running text") if is_inside else _NO_NAME


def _in_state(clues: Clues) -> Verdict | None:
    """Judge a town that its state or country follows, as in Flint, Michigan."""
    page = clues.page
    listed = page.listed.get(clues.end + 1)
    if clues.after != "," or not listed or listed.label != "GPE" or page.layout.breaks[clues.end + 1]:
        return None
    if clues.is_loud or page.is_cue("SAYS", page.before(clues.first)) or page.before(clues.first) == "and":
        return None
    return Verdict("GPE", 0.75, f"before “, {page.text(clues.end + 1, listed.end)}”")


def _nothing_said(clues: Clues) -> Verdict | None:
    """Capitals of a single word say nothing in headlines, nor on an everyday word that opens a sentence."""
    is_everyday = clues.common[0] or clues.words[0].lower() in clues.page.layout.small
    return _NO_NAME if clues.is_loud or (clues.is_opening and is_everyday) else None


def _acronym(clues: Clues) -> Verdict | None:
    page, word = clues.page, clues.words[0]
    if not is_acronym(word) or page.lexicon.is_common(word.replace(".", "")):
        return None
    after_party = clues.before == "-" and page.is_cue("PARTY", page.word(clues.first - 2))
    if page.is_cue("POSTAL", word) and (clues.before == "," or after_party):
        return Verdict("GPE", 0.85, "state")
    return Verdict("ORG", 0.65, "acronym")


def _of_party(clues: Clues) -> Verdict | None:
    """Judge the town behind a party's letter: R-Minot."""
    is_behind = clues.before == "-" and clues.page.is_tight(clues.first)
    is_party = is_behind and clues.page.is_cue("PARTY", clues.page.word(clues.first - 2))
    return Verdict("GPE", 0.75, "behind a party's letter") if is_party else None


def _weak_place(clues: Clues) -> Verdict | None:
    """Judge a town whose name many people bear."""
    page = clues.page
    listed = page.listed.get(clues.first)
    if not listed or listed.label != "GPE":
        return None
    if page.is_cue("IN", clues.before) or page.is_cue("TOWARDS", clues.before):
        return Verdict("GPE", 0.7, f"listed town after “{clues.before}”")
    if page.is_cue("PERSONAL", clues.after):
        return Verdict("PERSON", 0.65, f"before “{clues.after}”")
    return Verdict("GPE", 0.5, "listed town")


def _head_alone(clues: Clues) -> Verdict | None:
    """Judge a head noun in capitals: the League, where a league was named in full."""
    word = clues.words[0]
    if word not in clues.page.lexicon.heads:
        return None
    is_short = word in clues.page.bodies and clues.before == "the" and not clues.is_opening
    return Verdict("ORG", 0.6, "short for a body named in the article") if is_short else _NO_NAME


def _arabic(clues: Clues) -> Verdict | None:
    if clues.end - clues.first < 2 or not clues.page.is_cue(
        "PARTICLES", clues.page.tokens.words[clues.first]
    ):
        return None
    if clues.page.is_cue("PERSONAL", clues.after):
        return Verdict("PERSON", 0.6, f"before “{clues.after}”")
    return Verdict("ORG", 0.5, "name with a particle")


def _speaker(clues: Clues) -> Verdict | None:
    is_speaker = clues.page.is_cue("PERSONAL", clues.after) and not clues.common[0]
    return Verdict("PERSON", 0.65, f"before “{clues.after}”") if is_speaker else None


def _place_after(clues: Clues) -> Verdict | None:
    is_place = clues.page.is_cue("IN", clues.before) and not clues.common[0]
    is_first_name = clues.words[0] in clues.page.lexicon.first_names
    if is_place and not is_first_name and clues.before == "at":
        return Verdict("ORG", 0.55, "after “at”")
    return Verdict("GPE", 0.6, f"after “{clues.before}”") if is_place and not is_first_name else None


def _known_person(clues: Clues) -> Verdict | None:
    if not clues.is_known(0):
        return None
    if clues.common[0] or _is_plural(clues):
        return _NO_NAME
    return Verdict("PERSON", 0.5 if clues.is_opening else 0.6, "listed first name or surname")


def _is_plural(clues: Clues) -> bool:
    """Tell whether a sentence begins with several of an everyday thing: Governments."""
    word = clues.words[0]
    return clues.is_opening and word.endswith("s") and clues.page.lexicon.is_common(word[:-1])


def _with_capital_the(clues: Clues) -> Verdict | None:
    """Judge a name whose article has a capital in the middle of a sentence: by The Orlazone."""
    page, at = clues.page, clues.first - 1
    is_so = clues.before == "the" and page.tokens.words[at] == "The" and not page.layout.opening[at]
    is_name = is_so and not (clues.common[0] or clues.is_loud or clues.is_opening)
    return Verdict("ORG", 0.55, "behind “The” with a capital") if is_name else None


def _inner_capital(clues: Clues) -> Verdict | None:
    word = clues.words[0]
    is_mixed = any(char.isupper() for char in word[1:]) and word[1:2].islower()
    # Ctrl+Z is a key.
    is_camel = is_mixed and "+" not in word
    return Verdict("ORG", 0.6, "capital inside the word") if is_camel else None


def _doer(clues: Clues) -> Verdict | None:
    is_noun = clues.is_opening and clues.words[0].endswith(_ABSTRACT)
    is_doer = clues.page.is_cue("SAYS", clues.after) and not (clues.common[0] or is_noun or _is_plural(clues))
    return Verdict("PERSON", 0.5, f"before “{clues.after}”") if is_doer else None


_OF_SEVERAL: tuple[Rule, ...] = (
    _called,
    _partners,
    _loud_person,
    _first_name,
    _person_shape,
    _in_state,
    _part_of_place,
    _surname,
    _capital_person,
    _designation,
    _unknown_words,
    _mixed_words,
)
_OF_ONE: tuple[Rule, ...] = (
    _called,
    _nothing_said,
    _acronym,
    _of_party,
    _in_state,
    _weak_place,
    _head_alone,
    _arabic,
    _speaker,
    _place_after,
    _with_capital_the,
    _known_person,
    _inner_capital,
    _doer,
)


def is_acronym(word: str) -> bool:
    """Tell whether a word has the shape of an acronym."""
    letters = word.replace(".", "").replace("&", "")
    is_short = 2 <= len(letters) <= 6 and letters.isalnum() and letters.isupper()
    return is_short and sum(map(str.isalpha, letters)) >= 2
