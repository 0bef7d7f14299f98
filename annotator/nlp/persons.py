"""Persons' names in a run of capitalised words: where they begin, go on and end."""

from __future__ import annotations

from annotator.nlp.evidence import is_inner
from annotator.nlp.page import Listed, Page

_NICKNAME = {'"': '"', "“": "”", "''": "''", "‘": "’"}
_LONGEST_PERSON = 5
"""Parts of a person's name."""
_LONGEST_ACRONYM = 5


def is_person_word(page: Page, at: int) -> bool:
    """Tell whether a token is a known first name or surname."""
    word = page.word(at)
    if at in page.listed and page.listed[at].label == "PERSON":
        return True
    return word in page.lexicon.first_names or word in page.lexicon.last_names


def begins_person(page: Page, at: int, end: int) -> bool:
    """Tell whether a first name and what may be a surname start here."""
    word, after = page.word(at), page.word(at + 1)
    if at + 1 >= end or not (word in page.lexicon.first_names or is_initials(word)):
        return False
    if _nickname(page, at + 1, end):
        return True
    if page.lexicon.is_common(word) and (page.layout.opening[at] or page.is_loud(at)):
        is_surname = after in page.lexicon.last_names or (at + 1 not in page.listed and not page.is_loud(at))
        return is_surname and page.capital[at + 1] and not page.lexicon.is_common(after)
    if page.is_cue("PARTICLES", after) or is_initials(after) or is_person_word(page, at + 1):
        return True
    following = page.listed.get(at + 1)
    if following is not None:
        return following.end == at + 2 and _may_be_surname(page, at, following.label)
    return page.capital[at + 1] and not page.titled.get(at + 1, 0) and not page.lexicon.is_common(after)


def _may_be_surname(page: Page, at: int, label: str) -> bool:
    """Tell whether a listed name behind a first name is a surname: Stacey Abrams is no tank."""
    if label == "PRODUCT":
        return not page.lexicon.is_common(page.word(at)) and not page.tokens.words[at + 1].isupper()
    return label == "GPE" and page.word(at + 1) in page.lexicon.last_names


def is_named_like_place(page: Page, at: int, end: int) -> bool:
    """Tell whether a town's name is a first name here: the auditor Milan Drobny, or Drobny is known."""
    listed, following = page.listed.get(at), page.listed.get(at + 1)
    is_single = listed is not None and listed.label == "GPE" and listed.end == at + 1 < end
    if not is_single or page.word(at) not in page.lexicon.first_names or page.is_loud(at):
        return False
    if not page.capital[at + 1] or page.tokens.words[at + 1].isupper() or page.titled.get(at + 1, 0):
        return False
    if following is not None:
        return following.label == "PERSON" and following.end == at + 2 and not _is_placed(page, at)
    surname = page.word(at + 1)
    # No person is called Paintings or Accounting.
    is_word = page.lexicon.is_common(surname) or page.lexicon.is_common(surname.removesuffix("s"))
    is_doing = surname.endswith("ing") and surname not in page.lexicon.last_names
    is_plain = not (is_word or is_doing) and surname not in page.lexicon.heads
    role = at - 2 if page.before(at) == "," else at - 1
    is_told = role >= 0 and page.tokens.words[role] in page.lexicon.cues["ROLES"]
    return is_told and is_plain and end == at + 2


def _is_placed(page: Page, at: int) -> bool:
    """Tell whether a word before a town's name says that something is there."""
    before = page.before(at)
    return page.is_cue("IN", before) or page.is_cue("TOWARDS", before)


def is_before_person(page: Page, at: int, end: int) -> bool:
    """Tell whether a word in capitals only goes before a person's name, as in Engineer John Smith."""
    if begins_person(page, at, end) or not begins_person(page, at + 1, end):
        return False
    is_name = page.word(at) in page.lexicon.first_names or page.word(at) in page.lexicon.last_names
    if is_name or page.is_cue("OF", page.word(at)):
        return False
    return page.lexicon.is_common(page.word(at)) or not page.lexicon.is_common(page.word(at + 1))


def is_initials(word: str) -> bool:
    """Tell whether a word is one or two initials."""
    return len(word) <= 4 and word.endswith(".") and word.replace(".", "").isupper() and len(word) % 2 == 0


def person_end(page: Page, at: int, end: int) -> int:
    """Return where a person's name ends that starts at a token."""
    place, parts = at, 0
    while place < end and parts < _LONGEST_PERSON:
        word = page.tokens.words[place]
        if page.is_cue("PARTICLES", word) or word in ("-", "–"):
            place += 1
            continue
        nickname = _nickname(page, place, end) if place > at else 0
        if nickname:
            place += nickname
            continue
        listed = page.listed.get(place)
        if place > at and (_is_title(page, place, end) or not page.capital[place] or word == "&"):
            place += word in page.lexicon.suffixes
            break
        if place > at and page.is_loud(place) and not _is_surname_in_headline(page, at, place):
            break
        if place > at and _is_shouted_word(page, at, place):
            break
        if listed and place > at and listed.label != "PERSON" and not _is_surname(page, place, listed):
            break
        place = listed.end if listed and listed.label == "PERSON" else place + 1
        parts += 1
    while place > at + 1 and is_inner(page, place - 1):
        place -= 1
    return place


def _is_surname_in_headline(page: Page, at: int, place: int) -> bool:
    """Tell whether a capital that says nothing goes on a name: a known one, or the one before a comma."""
    word = page.word(place)
    is_unknown = (
        place == at + 1 and page.word(at) in page.lexicon.first_names and page.after(place + 1) in (",", ":")
    )
    return is_person_word(page, place) or (is_unknown and not page.lexicon.is_common(word))


def _is_shouted_word(page: Page, at: int, place: int) -> bool:
    """Tell whether a word behind a name is only stressed by its capitals: Tara Orr SECRETLY wed."""
    word = page.tokens.words[place]
    is_stressed = word.isupper() and len(word) > _LONGEST_ACRONYM and not page.tokens.words[at].isupper()
    return is_stressed and not is_person_word(page, place)


def _is_title(page: Page, at: int, end: int) -> bool:
    """Tell whether a title stands inside a run rather than a surname at its end, as in Amy Pope."""
    length = page.titled.get(at, 0)
    return bool(length) and (at + length < end or page.word(at) not in page.lexicon.last_names)


def _nickname(page: Page, at: int, end: int) -> int:
    """Return how many tokens a nickname in quotation marks has that a surname follows; 0 for none."""
    words = page.tokens.words
    closing = _NICKNAME.get(words[at], "")
    for place in range(at + 2, min(at + 4, end - 1)) if closing else ():
        if words[place] == closing and page.capital[place + 1]:
            return place + 1 - at
    return 0


def _is_surname(page: Page, at: int, listed: Listed) -> bool:
    is_name = page.word(at) in page.lexicon.last_names or listed.label == "PRODUCT"
    return listed.end == at + 1 and is_name and not page.tokens.words[at].isupper()


def is_full_person(page: Page, at: int, end: int) -> bool:
    """Tell whether a first name and a surname that are no other words begin inside a run of capitals."""
    lexicon, first = page.lexicon, page.word(at)
    last = page.word(at + 1) if at + 1 < end else ""
    if first not in lexicon.first_names or last not in lexicon.last_names:
        return False
    is_in_order = first not in lexicon.last_names or last not in lexicon.first_names
    return is_in_order and not (lexicon.is_common(first) or lexicon.is_common(last))
