"""What the words around a name say once, for all places where the text has it: Orla's foreign minister."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from annotator.nlp.lexicons import SURE
from annotator.nlp.page import Page

_OWNED = ("'s", "’s")
_DASHES = frozenset(("-", "–", "—", "--"))
_SMALL = frozenset(("for", "of", "the", "and", "in", "to"))
_MOST_LETTERS = 6
"""Letters by which a body is called for short, at the most."""
_LONGEST = 3
"""Words of a name that is read from the words around it."""
_TURNS = 2
"""How often who speaks stands before a colon in a transcript, at the least."""
_LEAST_TURN = 4
_FARTHEST = 12
"""Words between the start of a sentence and the name of the company that it begins with."""
_STRONG = frozenset(("PERSON", "PRODUCT", "ORG", "NORP"))
"""Labels whose hints are surer than the shape of a name."""
_ENDINGS = ("n", "an", "ian", "ean", "ese", "i")
"""What makes a people's name of a place's."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The text, with what the rules ask of it."""

    page: Page
    all: frozenset[str]
    """Each token of the text once."""

    def small(self, at: int) -> str:
        """Return a token on the same line as the one before, empty where there is none."""
        words = self.page.tokens.words
        return words[at] if 0 <= at < len(words) and not self.page.layout.breaks[at] else ""

    def is_cue(self, kind: str, at: int) -> bool:
        """Tell whether a token is one of a section of the cues."""
        return self.small(at) in self.page.lexicon.cues[kind]

    def name_to(self, end: int) -> str:
        """Return the unknown name that ends before a token."""
        first = end
        while first > max(0, end - _LONGEST) and self._is_part(first - 1) and self._goes_on(first, end):
            first -= 1
        while first < end - 1 and self._is_describing(first):
            first += 1
        return self._text(first, end)

    def single(self, end: int) -> str:
        """Return the one word with a capital before a token, which may be an everyday word too."""
        page = self.page
        is_one = end > 0 and page.capital[end - 1] and not page.is_loud(end - 1)
        return page.text(end - 1, end) if is_one and not (end > 1 and page.capital[end - 2]) else ""

    def name_from(self, first: int) -> str:
        """Return the unknown name that starts with a token."""
        end = first
        while end < first + _LONGEST and self._is_part(end) and (end == first or self._goes_on(end, end + 1)):
            end += 1
        return self._text(first, end)

    def joined_to(self, name: str, first: int) -> str:
        """Return the name that "and" joins to one that starts with a token."""
        after = first + len(name.split())
        return self.name_from(after + 1) if name and self.small(after) == "and" else ""

    def _goes_on(self, at: int, end: int) -> bool:
        return at == end or not self.page.layout.breaks[at]

    def _is_part(self, at: int) -> bool:
        page = self.page
        if not 0 <= at < len(page.tokens.words) or not page.capital[at] or page.taken[at]:
            return False
        listed = page.listed.get(at)
        return (listed is None or listed.sure < SURE) and not page.titled.get(at, 0)

    def _is_describing(self, at: int) -> bool:
        """Tell whether a word at the start of a sentence only describes: Embattled Orla mayor."""
        word = self.page.tokens.words[at]
        is_taken = self.page.lexicon.is_common(word) or word.endswith(("ed", "ing"))
        return self.page.layout.opening[at] and is_taken

    def _text(self, first: int, end: int) -> str:
        page = self.page
        if first >= end or any(map(page.is_loud, range(first, end))):
            return ""
        words = page.tokens.words[first:end]
        is_known = any(word in page.lexicon.heads for word in words[:-1])
        return "" if all(map(page.lexicon.is_common, words)) or is_known else page.text(first, end)


Hint = tuple[str, str]
Rule = Callable[[_Words, int], Iterator[Hint]]


def hints(page: Page) -> dict[str, str]:
    """Return the names that the words around them make clear, each with its label."""
    words = _Words(page, frozenset(page.tokens.words))
    found = dict(_turns(words))
    cues = page.lexicon.cues
    rules: dict[str, Rule] = dict.fromkeys(_OWNED, _owned)
    rules |= {
        "in": _of_company,
        "for": _spelled_out,
        "at": _of_company,
        "of": _governed,
        "the": _with_the,
        "The": _with_the,
        ")": _dateline,
        "himself": _person,
    }
    rules |= {"herself": _person, **dict.fromkeys(cues["PUBLISHED"], _published)}
    rules |= dict.fromkeys(cues["NEIGHBOURS"], _neighbour)
    rules |= {"to": _served, **dict.fromkeys(cues["RUNNING"], _running)}
    rules |= {"Western": _western, **dict.fromkeys(("mayor", "union"), _called)}
    for at, word in enumerate(page.tokens.words):
        rule = rules.get(word)
        if rule is not None:
            found |= {name: label for name, label in rule(words, at) if name}
    for at in page.titled:
        if page.word(at) in cues["BOSSES"]:
            name = words.name_to(at)
            found |= {name: "ORG"} if name and not _is_personal(words, name) else {}
    return found | dict(_peoples(words, found))


def agreed(hinted: Mapping[str, str], remembered: Mapping[str, str]) -> dict[str, str]:
    """Return what is known of the names: a hint counts where no clear name says otherwise."""
    # "Embattled Lindau Falls" is no name where "Lindau Falls mayor" tells which town it is.
    told = {name for name, label in hinted.items() if label == "GPE"}
    found = {name: label for name, label in remembered.items() if name.partition(" ")[2] not in told}
    return found | {
        name: label
        for name, label in hinted.items()
        if label in _STRONG or remembered.get(name, "LOC") == "LOC"
    }


def _owned(words: _Words, at: int) -> Iterator[Hint]:
    """Yield whose minister, parliament or mother it is."""
    noun = at + 1 + words.is_cue("OWN", at + 1)
    if words.is_cue("KIN", noun):
        yield words.single(at), "PERSON"
    is_firm = words.is_cue("COMPANY OWNED", noun) or (
        words.small(noun) == "chief" and words.is_cue("CHIEF OF", noun + 1)
    )
    if is_firm and not _is_personal(words, words.name_to(at)):
        yield words.name_to(at), "ORG"
    is_office = words.is_cue("STATE MANNER", noun) and words.is_cue("STATE OFFICES", noun + 1)
    is_staff = words.small(noun) == "general" and words.small(noun + 1) == "staff"
    if is_office or is_staff or words.is_cue("STATE OWNED", noun):
        name = words.name_to(at)
        if not _is_personal(words, name):
            yield name, "GPE"


def _governed(words: _Words, at: int) -> Iterator[Hint]:
    """Yield the company that is spoken of, and the towns of mayors."""
    yield from _of_company(words, at)
    if words.is_cue("GOVERNED", at - 1):
        name = words.name_from(at + 1)
        yield name, "GPE"
        yield words.joined_to(name, at + 1), "GPE"


def _of_company(words: _Words, at: int) -> Iterator[Hint]:
    """Yield the company whose shares or executives are spoken of, with the one that "and" joins to it."""
    page = words.page
    if not at or page.tokens.words[at - 1].lower() not in page.lexicon.cues["COMPANY PARTS"]:
        return
    name = words.name_from(at + 1)
    if name and not _is_personal(words, name):
        yield name, "ORG"
        yield words.joined_to(name, at + 1), "ORG"


def _with_the(words: _Words, at: int) -> Iterator[Hint]:
    """Yield newspapers, the daily X, the X capital, and ships."""
    page = words.page
    follows = at + 1
    name = words.name_from(follows)
    is_apposed = words.small(at - 1) == "," and words.is_cue("VESSEL", at - 2)
    is_ship = (
        words.is_cue("VESSEL", at - 1)
        or is_apposed
        or (words.small(at - 1) == "of" and words.is_cue("VESSEL", at - 2))
    )
    if is_ship:
        yield name, "PRODUCT"
    elif words.small(follows) in ("daily", "weekly"):
        yield words.name_from(follows + 1), "ORG"
    elif name and words.small(follows + len(name.split())) == "capital" and not _is_personal(words, name):
        yield name, "GPE"
    elif words.small(follows).endswith("day") and words.is_cue("PAPERS", follows + 1):
        yield page.text(follows, follows + 2), "ORG"
    elif words.is_cue("PAPERS", follows) and page.capital[follows] and not page.is_loud(follows):
        stop = follows + 1 >= len(page.capital) or not page.capital[follows + 1]
        yield page.text(follows, follows + 1) if stop else "", "ORG"
    elif page.layout.opening[at] and page.lexicon.kinds.get(words.small(follows)) == "ORG":
        yield _apposed(words, follows), "ORG"


def _apposed(words: _Words, noun: int) -> str:
    """Return the name between commas behind a company that does something: The firm that …, X, said."""
    if words.small(noun + 1) not in ("that", "which", "behind"):
        return ""
    for at in range(noun + 2, noun + _FARTHEST):
        if words.small(at) == ",":
            name = words.name_from(at + 1)
            return name if name and words.small(at + 1 + len(name.split())) == "," else ""
    return ""


def _dateline(words: _Words, at: int) -> Iterator[Hint]:
    """Yield the town before an agency in brackets and a dash that open a paragraph: BREMOND (MNA) -."""
    page = words.page
    if words.small(at + 1) not in _DASHES:
        return
    first = at
    while first > max(0, at - 2 * _LONGEST) and not page.layout.breaks[first]:
        first -= 1
    end = first
    while page.tokens.words[end].isupper() and page.tokens.words[end].isalpha():
        end += 1
    if page.layout.breaks[first] and first < end and page.tokens.words[end] in ("(", ","):
        town = page.text(first, end)
        yield town, "GPE"
        yield town.title(), "GPE"
        opening = at - 1
        while opening > end and page.tokens.words[opening] != "(":
            opening -= 1
        agency = words.name_from(opening + 1)
        if opening + 1 + len(agency.split()) == at:
            yield agency, "ORG"


def _published(words: _Words, at: int) -> Iterator[Hint]:
    name = words.name_to(at)
    if not _is_personal(words, name) and words.small(at - 1 - len(name.split())) != "and":
        yield name, "ORG"


def _called(words: _Words, at: int) -> Iterator[Hint]:
    """Yield the town of a mayor, and a union by its name."""
    name = words.name_to(at)
    if name and not _is_personal(words, name):
        is_union = words.small(at) == "union"
        before = at - 1 - len(name.split())
        is_alone = before < 0 or words.page.layout.breaks[before + 1]
        if (words.page.tokens.words[before] in ("the", "The") and not is_alone) if is_union else not is_alone:
            yield name, "ORG" if is_union else "GPE"


def _neighbour(words: _Words, at: int) -> Iterator[Hint]:
    yield words.name_from(at + 1), "GPE"


def _person(words: _Words, at: int) -> Iterator[Hint]:
    yield words.single(at), "PERSON"


def _running(words: _Words, at: int) -> Iterator[Hint]:
    """Yield who runs for an office: the Oakes campaign, Oakes's campaign."""
    end = at - words.small(at - 1).endswith(_OWNED)
    name = words.name_to(end)
    if name and (end < at or words.page.tokens.words[end - 2] in ("the", "The")):
        yield name if " " not in name else "", "PERSON"


def _served(words: _Words, at: int) -> Iterator[Hint]:
    if words.small(at - 1) in ("aides", "aide"):
        name = words.name_from(at + 1)
        yield name if " " not in name else "", "PERSON"


def _western(words: _Words, at: int) -> Iterator[Hint]:
    """Yield "Western" before those who are: Western diplomats."""
    follows = words.small(at + 1)
    if (
        words.page.layout.opening[at]
        and follows.islower()
        and follows.isalpha()
        and not words.page.is_loud(at)
    ):
        yield "Western", "NORP"


def _turns(words: _Words) -> Iterator[Hint]:
    """Yield who speaks in a transcript: capitals before a colon that open several lines."""
    page = words.page
    counts: dict[str, int] = {}
    for at, is_break in enumerate(page.layout.breaks[:-1]):
        word = page.tokens.words[at]
        if is_break and words.small(at + 1) == ":" and len(word) > 1 and word.isupper() and word.isalpha():
            counts[word] = counts.get(word, 0) + 1
    for word, count in counts.items():
        usual = word.capitalize()
        if count >= _TURNS and not page.lexicon.is_common(word) and usual not in page.lexicon.heads:
            is_name = usual in page.lexicon.last_names or usual in page.lexicon.first_names
            if is_name or len(word) >= _LEAST_TURN or usual in page.tokens.words:
                yield word, "PERSON"


def _peoples(words: _Words, found: Mapping[str, str]) -> Iterator[Hint]:
    """Yield the peoples named after places that the text alone makes known: Orlan of Orla."""
    places = [name for name, label in found.items() if label == "GPE" and " " not in name]
    made = {stem + ending for name in places for stem in (name, name[:-1]) for ending in _ENDINGS}
    made -= found.keys()
    for word in made.intersection(words.page.tokens.words) if made else ():
        yield word, "NORP"


def _spelled_out(words: _Words, at: int) -> Iterator[Hint]:
    """Yield names with "for" in them whose first letters stand alone elsewhere: People for … (PET)."""
    page = words.page
    capital, first = page.capital, at - 1
    is_name = 0 < at < len(capital) - 2 and capital[first] and (capital[at + 1] or capital[at + 2])
    while is_name and first > max(0, at - _LONGEST) and capital[first - 1] and words.small(first):
        first -= 1
    letters, place = "", first
    while is_name and place < len(capital) and len(letters) < _MOST_LETTERS and words.small(place):
        if capital[place]:
            letters += page.word(place)[0]
            if place > at and len(letters) > 2 and letters in words.all:
                yield page.text(first, place + 1), "ORG"
                yield letters, "ORG"
        elif words.small(place) not in _SMALL:
            break
        place += 1


def _is_personal(words: _Words, name: str) -> bool:
    lexicon = words.page.lexicon
    first, _, others = name.partition(" ")
    return first in lexicon.first_names or (not others and first in lexicon.last_names)
