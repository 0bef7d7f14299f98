"""Names in a run of capitalised words: titles and nationality cut off, the rest labelled by evidence."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.nlp.article_the import with_article
from annotator.nlp.evidence import is_inner, judge
from annotator.nlp.kinds import kind_before
from annotator.nlp.lexicons import SURE, WEAK
from annotator.nlp.page import Listed, Name, Page
from annotator.nlp.runs import runs

LISTED, SURNAME = "listed name", "known surname"
"""Reasons of names on a list."""
_SMALL = frozenset(("of", "and", "for", "on", "the", "&", "+", "-", "–", "'s", "’s", "/"))
_OFFICES = frozenset(("House", "Hall"))
"""Buildings that name an office when \"of\" follows."""
_INNER = frozenset(("the", "de", "la", "and"))
_NICKNAME = {'"': '"', "“": "”", "''": "''", "‘": "’"}
_LONGEST_PERSON = 5
_LONGEST = 20
"""Parts of a person's name, and tokens of any name."""
_HEADS_ALSO_NAMES = frozenset(("ORG", "FAC", "LOC", "EVENT"))
_TOLD = frozenset(("ORG", "FAC", "LOC", "EVENT", "LAW", "PRODUCT"))
_DOUBTFUL = 0.85
"""Labels, and the best score, of names that the noun before them may tell better."""
_GROUPS = frozenset(("NORP", "GPE"))


def names(page: Page) -> Iterator[Name]:
    """Yield the names of the text, with the article that belongs to them, in order."""
    for first, end in runs(page):
        for name in _split(page, first, end):
            yield with_article(page, name)


def _split(page: Page, first: int, end: int) -> Iterator[Name]:
    at = first
    while at < end:
        if _is_filler(page, at, end):
            at += 1
            continue
        name, at = _next(page, at, end)
        if name is not None:
            yield _as_told(page, name) if name.label in _TOLD and name.score <= _DOUBTFUL else name


def _is_filler(page: Page, at: int, end: int) -> bool:
    """Tell whether no name starts at a token of a run."""
    if at in page.listed:
        return False
    word = page.word(at)
    if page.is_cue("PARTICLES", word):
        return at + 1 >= end
    return word in _SMALL or not page.capital[at]


def _next(page: Page, at: int, end: int) -> tuple[Name | None, int]:
    """Return the name that starts at a token, if one does, and where to go on."""
    listed = page.listed.get(at)
    length = page.titled.get(at, 0)
    if length and not (listed and listed.end > at + length):
        return _after_title(page, at, at + length, end)
    person = _plain_person(page, at, end, listed)
    if person is not None:
        return person, person.end
    if listed is None and _is_before_person(page, at, end):
        return None, at + 1
    head = _head(page, at, end)
    if head is not None and not (listed and listed.end >= head.end):
        return head, head.end
    part = _part_of_place(page, at, end)
    if part is not None:
        return part, part.end
    return _listed(page, at, end, listed) if listed is not None else _unlisted(page, at, end)


def _as_told(page: Page, name: Name) -> Name:
    """Return a name with the label that the noun before it tells: the band Quellin Park."""
    kind = kind_before(page, name.first)
    return name if kind is None else name._replace(label=kind.label, reason=f"after “{kind.word}”")


def _part_of_place(page: Page, at: int, end: int) -> Name | None:
    """Return a place with the part of it that is meant: South Florida."""
    whole = page.listed.get(at + 1) if at + 1 < end and at not in page.listed else None
    if whole is None or whole.label not in ("GPE", "LOC") or whole.sure < SURE or page.is_loud(at):
        return None
    if not page.is_cue("PARTS", page.word(at)) or not page.capital[at]:
        return None
    return Name(at, whole.end, whole.label, 0.8, f"part of {page.text(at + 1, whole.end)}")


def _plain_person(page: Page, at: int, end: int, listed: Listed | None) -> Name | None:
    """Return a person's name that no noun after it can make part of another name."""
    if listed is not None and listed.label == "PERSON" and listed.end in page.listed:
        return Name(at, listed.end, "PERSON", 0.85, SURNAME)
    is_open = listed is None or listed.sure < SURE
    if is_open and _begins_person(page, at, end) and _is_initials(page.word(at + 1)):
        return Name(at, _person_end(page, at, end), "PERSON", 0.9, "first name and initial")
    return None


def _unlisted(page: Page, at: int, end: int) -> tuple[Name | None, int]:
    lead = page.lexicon.leads.get(page.word(at), "")
    if lead and at + 1 < end and page.capital[at + 1]:
        stop = page.listed[at + 1].end if at + 1 in page.listed else _plain_end(page, at, end)
        return Name(at, stop, lead, 0.8, f"begins with {page.word(at)}"), stop
    stop = _person_end(page, at, end) if _begins_person(page, at, end) else _plain_end(page, at, end)
    return judge(page, at, stop), stop


def _after_title(page: Page, at: int, name_at: int, end: int) -> tuple[Name | None, int]:
    head = None if page.word(name_at - 1).endswith(".") else _head(page, at, end)
    if head is not None and name_at + page.titled.get(name_at, 0) >= head.end:
        return None, name_at
    if head is not None and not _is_person_word(page, name_at):
        return head, head.end
    while name_at < end and page.word(name_at) in ("-", "&", "and"):
        name_at += 1
    more = page.titled.get(name_at, 0) if name_at < end else 0
    if name_at >= end or more or page.tokens.words[name_at] in _SMALL:
        return None, max(name_at, at + 1)
    if page.is_loud(name_at) and not _is_person_word(page, name_at):
        return None, name_at
    listed = page.listed.get(name_at)
    if listed and listed.label != "PERSON" and not _could_be_person(page, name_at, listed, end):
        return None, name_at
    stop = _person_end(page, name_at, end)
    if stop == name_at + 1 and page.word(name_at) in page.lexicon.first_names:
        stop = _with_place_name(page, stop, end)
    return Name(name_at, stop, "PERSON", 0.95, f"title before: {page.text(at, name_at)}"), stop


def _with_place_name(page: Page, at: int, end: int) -> int:
    """Return where a titled first name ends: with a town's name behind it too (Gen. Manuel Belgrano)."""
    listed = page.listed.get(at) if at < end else None
    is_town = listed is not None and listed.label == "GPE" and listed.end == at + 1
    return at + 1 if is_town and not page.tokens.words[at].isupper() else at


def _could_be_person(page: Page, at: int, listed: Listed, end: int) -> bool:
    """Tell whether a listed place or people may be a person's name after a title."""
    if listed.sure == SURE and (listed.end - at > 1 or listed.end in page.titled):
        return False
    if listed.label in ("NORP", "ORG") and listed.sure == SURE:
        return False
    return _is_person_word(page, at) and (listed.end < end or listed.sure < SURE)


def _listed(page: Page, at: int, end: int, listed: Listed) -> tuple[Name | None, int]:
    stop = listed.end
    if listed.label == "PERSON":
        if stop == at + 1:
            stop = _person_end(page, at, end)
        return Name(at, stop, "PERSON", 0.85, SURNAME), stop
    is_name_too = listed.sure < SURE or page.word(at + 1) in page.lexicon.last_names
    if listed.end == at + 1 and is_name_too and _begins_person(page, at, end):
        stop = _person_end(page, at, end)
        if stop > listed.end:
            return Name(at, stop, "PERSON", 0.8, "first name"), stop
    if listed.sure == WEAK:
        return judge(page, at, max(stop, _plain_end(page, at, end))), max(stop, _plain_end(page, at, end))
    if page.is_cue("POSTAL", page.word(at)) and page.before(at) == ",":
        return Name(at, stop, "GPE", 0.85, "state"), stop
    joined = _joined_to_list(page, at, stop, end, listed)
    if joined is not None:
        return joined, joined.end
    score = 0.95 if listed.sure == SURE else 0.8
    return Name(at, stop, listed.label, score, LISTED), stop


def _joined_to_list(page: Page, at: int, stop: int, end: int, listed: Listed) -> Name | None:
    """Return a longer name that begins with a listed people or place, as American Crossroads does."""
    if listed.label not in _GROUPS or stop >= end or page.is_loud(at):
        return None
    following = page.listed.get(stop)
    if following is not None:
        is_team = following.end == stop + 1 and not page.tokens.words[stop].isupper()
        is_part = listed.label == "GPE" and following.label == "ORG" and (is_team or following.sure < SURE)
        return Name(at, following.end, "ORG", 0.7, "organisation of a place") if is_part else None
    if not page.capital[stop] or page.titled.get(stop, 0) or _is_person_word(page, stop):
        return None
    return Name(at, _plain_end(page, stop, end), "ORG", 0.55, "capitals after a place or people")


def _head(page: Page, at: int, end: int) -> Name | None:
    """Return the longest name from a token that ends with a head noun, or has one before "of"."""
    best: Name | None = None
    place = at
    end = min(end, at + _LONGEST)
    while place < end:
        if place > at and page.titled.get(place, 0) and not _is_in_name(page, place):
            break
        label = (
            page.lexicon.heads.get(page.word(place), "")
            if page.capital[place] or place in page.listed
            else ""
        )
        if label and (place > at or _goes_on(page, place, end)):
            stop = _tail(page, place + 1, end)
            label = "ORG" if page.word(place) in _OFFICES and stop > place + 1 else label
            if stop - at > 1:
                best = Name(at, stop, label, 0.85, f"head noun: {page.word(place)}")
                place = stop - 1
        place += 1
    return best if best is not None and _is_whole(page, at, best) else None


def _is_in_name(page: Page, place: int) -> bool:
    """Tell whether a title word is part of an organisation's name, as in General Assembly."""
    return page.word(place) in page.lexicon.heads or place in page.listed


def _goes_on(page: Page, place: int, end: int) -> bool:
    return (
        place + 2 < end + 1
        and page.tokens.words[place + 1 : place + 2] in (["of"], ["for"], ["on"])
        and place + 2 < end
    )


def _tail(page: Page, at: int, end: int) -> int:
    """Return where a name ends whose head noun lies just before `at`."""
    words = page.tokens.words
    while at + 1 < end and words[at] in ("of", "for", "on", "and"):
        if words[at] == "and" and words[at - 1] not in words[max(0, at - 6) : at]:
            break
        step = at + 1
        while step < end and (step in page.listed or words[step] in _INNER or _is_plain(page, step)):
            step = page.listed[step].end if step in page.listed else step + 1
        at = step if step > at + 1 else at + 2
    if at < end and page.is_cue("NUMBERED", page.word(at - 1)) and page.word(at).isdigit():
        at += 1
    return at


def _is_plain(page: Page, at: int) -> bool:
    return page.capital[at] and not page.titled.get(at, 0)


def _is_whole(page: Page, at: int, name: Name) -> bool:
    """Tell whether a name with a head noun is one name rather than a person or two names."""
    first, last = page.word(at), page.word(name.end - 1)
    if first in page.lexicon.first_names and name.end - at > 2 and _is_initials(page.word(at + 1)):
        return False
    if name.end - at == 2 and name.label in _HEADS_ALSO_NAMES and first in page.lexicon.first_names:
        is_surname = last in page.lexicon.last_names or _is_met(page, at, name)
        if is_surname and not page.lexicon.is_common(first) and at not in page.listed:
            return False
    if (
        page.layout.opening[at]
        and page.lexicon.is_common(first)
        and name.end - at == 2
        and at not in page.listed
    ):
        return first not in page.lexicon.function_words and first.lower() not in page.layout.small
    if not page.is_loud(at):
        return True
    words = [page.word(one) for one in range(at, name.end)]
    return (name.label == "ORG" or not page.lexicon.is_common(last)) and not all(
        map(page.lexicon.is_common, words)
    )


def _is_met(page: Page, at: int, name: Name) -> bool:
    """Tell whether a first name before Bay or Hill is a person's: no word before it speaks of a place."""
    before = page.before(at)
    is_placed = page.is_cue("IN", before) or before in ("the", "of", "to", "on", "for")
    return name.label == "LOC" and not is_placed


def _is_person_word(page: Page, at: int) -> bool:
    word = page.word(at)
    if at in page.listed and page.listed[at].label == "PERSON":
        return True
    return word in page.lexicon.first_names or word in page.lexicon.last_names


def _begins_person(page: Page, at: int, end: int) -> bool:
    """Tell whether a first name and what may be a surname start here."""
    word, after = page.word(at), page.word(at + 1)
    if at + 1 >= end or not (word in page.lexicon.first_names or _is_initials(word)):
        return False
    if _nickname(page, at + 1, end):
        return True
    if page.lexicon.is_common(word) and (page.layout.opening[at] or page.is_loud(at)):
        is_surname = after in page.lexicon.last_names or (at + 1 not in page.listed and not page.is_loud(at))
        return is_surname and page.capital[at + 1] and not page.lexicon.is_common(after)
    if page.is_cue("PARTICLES", after) or _is_initials(after) or _is_person_word(page, at + 1):
        return True
    following = page.listed.get(at + 1)
    if following is not None:
        return following.label == "GPE" and following.end == at + 2 and after in page.lexicon.last_names
    return page.capital[at + 1] and not page.titled.get(at + 1, 0) and not page.lexicon.is_common(after)


def _is_before_person(page: Page, at: int, end: int) -> bool:
    """Tell whether a word in capitals only goes before a person's name, as in Engineer John Smith."""
    if _begins_person(page, at, end) or not _begins_person(page, at + 1, end):
        return False
    is_name = page.word(at) in page.lexicon.first_names or page.word(at) in page.lexicon.last_names
    if is_name or page.is_cue("OF", page.word(at)):
        return False
    return page.lexicon.is_common(page.word(at)) or not page.lexicon.is_common(page.word(at + 1))


def _is_initials(word: str) -> bool:
    return len(word) <= 4 and word.endswith(".") and word.replace(".", "").isupper() and len(word) % 2 == 0


def _person_end(page: Page, at: int, end: int) -> int:
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
        if place > at and page.is_loud(place) and not _is_person_word(page, place):
            break
        if listed and place > at and listed.label != "PERSON" and not _is_surname(page, place, listed):
            break
        place = listed.end if listed and listed.label == "PERSON" else place + 1
        parts += 1
    while place > at + 1 and is_inner(page, place - 1):
        place -= 1
    return place


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
    return listed.end == at + 1 and page.word(at) in page.lexicon.last_names


def _is_full_person(page: Page, at: int, end: int) -> bool:
    """Tell whether a first name and a surname that are no other words begin inside a run of capitals."""
    lexicon, first = page.lexicon, page.word(at)
    last = page.word(at + 1) if at + 1 < end else ""
    if first not in lexicon.first_names or last not in lexicon.last_names:
        return False
    is_in_order = first not in lexicon.last_names or last not in lexicon.first_names
    return is_in_order and not (lexicon.is_common(first) or lexicon.is_common(last))


def _plain_end(page: Page, at: int, end: int) -> int:
    """Return where an unknown name ends: before a title, a listed name, or a small word."""
    place = at + 1
    end = min(end, at + _LONGEST)
    while place < end:
        if page.tokens.words[place] in ("-", "–", "&") and place + 1 < end:
            place += 2
            continue
        if page.is_cue("PARTICLES", page.tokens.words[place]):
            place += 1
            continue
        listed = page.listed.get(place)
        if _is_full_person(page, place, end):
            break
        is_apart = page.layout.opening[at] or page.is_loud(at) or page.lexicon.is_common(page.word(at))
        is_other = listed and listed.sure == SURE and (listed.label != "PERSON" or is_apart)
        if is_other or not _is_plain(page, place):
            break
        place += 1
    return place
