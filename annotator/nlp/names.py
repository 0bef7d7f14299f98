"""Names in a run of capitalised words: titles and nationality cut off, the rest labelled by evidence."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.nlp.article_the import with_article
from annotator.nlp.evidence import judge, role_before
from annotator.nlp.kinds import kind_before
from annotator.nlp.lexicons import SURE, WEAK
from annotator.nlp.page import Listed, Name, Page
from annotator.nlp.persons import (
    begins_person,
    is_before_person,
    is_full_person,
    is_initials,
    is_named_like_place,
    is_person_word,
    person_end,
)
from annotator.nlp.runs import runs

LISTED, SURNAME = "listed name", "known surname"
"""Reasons of names on a list."""
_SMALL = frozenset(("of", "and", "for", "on", "the", "&", "+", "-", "–", "'s", "’s", "/"))
_OFFICES = frozenset(("House", "Hall"))
"""Buildings that name an office when \"of\" follows."""
_INNER = frozenset(("the", "de", "la", "and"))
_LONGEST = 20
"""Tokens of any name."""
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
    if at in page.listed or at in page.titled:
        return False
    word = page.word(at)
    if page.is_cue("PARTICLES", word):
        return at + 1 >= end
    if (
        page.layout.opening[at]
        and word.endswith("ed")
        and _is_sure(page, at + 1)
        and not is_person_word(page, at)
    ):
        return True
    return word in _SMALL or not page.capital[at]


def _is_sure(page: Page, at: int) -> bool:
    return at in page.listed and page.listed[at].sure == SURE


def _next(page: Page, at: int, end: int) -> tuple[Name | None, int]:
    """Return the name that starts at a token, if one does, and where to go on."""
    listed = page.listed.get(at)
    length = page.titled.get(at, 0)
    if length and not (listed and listed.end > at + length):
        return _after_title(page, at, at + length, end)
    person = _plain_person(page, at, end, listed)
    if person is not None:
        return person, person.end
    if listed is None and is_before_person(page, at, end):
        return None, at + 1
    head = _head(page, at, end)
    if head is not None and not (listed and listed.end >= head.end):
        return head, head.end
    part = _part_of_place(page, at, end)
    if part is not None:
        return part, part.end
    is_firm = listed is not None and listed.label == "PERSON" and page.word(listed.end) == "&"
    return _unlisted(page, at, end) if listed is None or is_firm else _listed(page, at, end, listed)


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
    if is_named_like_place(page, at, end):
        return Name(at, at + 2, "PERSON", 0.75, "first name, of a person by the words around")
    is_open = listed is None or listed.sure < SURE
    if is_open and begins_person(page, at, end) and is_initials(page.word(at + 1)):
        return Name(at, person_end(page, at, end), "PERSON", 0.9, "first name and initial")
    return None


def _unlisted(page: Page, at: int, end: int) -> tuple[Name | None, int]:
    lead = page.lexicon.leads.get(page.word(at), "")
    if lead and at + 1 < end and page.capital[at + 1]:
        stop = page.listed[at + 1].end if at + 1 in page.listed else _plain_end(page, at, end)
        return Name(at, stop, lead, 0.8, f"begins with {page.word(at)}"), stop
    stop = person_end(page, at, end) if begins_person(page, at, end) else _plain_end(page, at, end)
    return judge(page, at, stop), stop


def _after_title(page: Page, at: int, name_at: int, end: int) -> tuple[Name | None, int]:
    head = None if page.word(name_at - 1).endswith(".") else _head(page, at, end)
    if head is not None and name_at + page.titled.get(name_at, 0) >= head.end:
        return None, name_at
    if head is not None and not is_person_word(page, name_at):
        return head, head.end
    while name_at < end and page.word(name_at) in ("-", "&", "and"):
        name_at += 1
    more = page.titled.get(name_at, 0) if name_at < end else 0
    if name_at >= end or more or page.tokens.words[name_at] in _SMALL:
        return None, max(name_at, at + 1)
    is_speaking = page.after(name_at + 1) == ":"
    if page.is_loud(name_at) and not is_speaking and not is_person_word(page, name_at):
        return None, name_at
    listed = page.listed.get(name_at)
    if listed and listed.label != "PERSON" and not _could_be_person(page, name_at, listed, end):
        return None, name_at
    stop = person_end(page, name_at, end)
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
    return is_person_word(page, at) and (listed.end < end or listed.sure < SURE)


def _listed(page: Page, at: int, end: int, listed: Listed) -> tuple[Name | None, int]:
    stop = listed.end
    if listed.label == "PERSON":
        if stop == at + 1:
            stop = person_end(page, at, end)
        return Name(at, stop, "PERSON", 0.85, SURNAME), stop
    is_name_too = listed.sure < SURE or page.word(at + 1) in page.lexicon.last_names
    if listed.end == at + 1 and is_name_too and begins_person(page, at, end):
        stop = person_end(page, at, end)
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
    if not page.capital[stop] or page.titled.get(stop, 0) or is_person_word(page, stop):
        return None
    return Name(at, _plain_end(page, stop, end), "ORG", 0.55, "capitals after a place or people")


def _head(page: Page, at: int, end: int) -> Name | None:
    """Return the longest name from a token that ends with a head noun, or has one before "of"."""
    best: Name | None = None
    place = at
    end = min(end, at + _LONGEST)
    while place < end:
        titled = page.titled.get(place, 0) if place > at else 0
        if titled > 1 or (titled and not _is_in_name(page, place)):
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
    if first in page.lexicon.first_names and name.end - at > 2 and is_initials(page.word(at + 1)):
        return False
    if name.end - at == 2 and name.label in _HEADS_ALSO_NAMES and first in page.lexicon.first_names:
        is_surname = last in page.lexicon.last_names or _is_met(page, at, name) or role_before(page, at)
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
        if is_full_person(page, place, end):
            break
        is_apart = page.layout.opening[at] or page.is_loud(at) or page.lexicon.is_common(page.word(at))
        is_other = listed and listed.sure == SURE and (listed.label != "PERSON" or is_apart)
        if is_other or not _is_plain(page, place):
            break
        place += 1
    return place
