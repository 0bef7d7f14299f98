"""Runs of capitalised words, with the small words that may stand inside a name."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.nlp.page import LONGEST_NAME, Page

_NICKNAME = {'"': '"', "“": "”", "''": "''", "‘": "’"}
_JOINED = {"of": "OF", "for": "FOR", "on": "ON"}


def runs(page: Page) -> Iterator[tuple[int, int]]:
    """Yield (first token, end) of every run that may hold names."""
    end = 0
    for at in page.candidates:
        word = page.tokens.words[at]
        if at >= end and (
            page.capital[at] or at in page.listed or at in page.titled or _is_particle(page, at, word)
        ):
            end = _end(page, at)
            yield at, end


def _is_particle(page: Page, at: int, word: str) -> bool:
    """Tell whether a name starts with this small word, as al-Sisi and de Blasio do."""
    if not page.is_cue("PARTICLES", word) or page.taken[at]:
        return False
    if page.is_cue("ARABIC", word):
        return _is_hyphen(page, at + 1) and page.is_tight(at + 1) and _is_capital(page, at + 2)
    return page.is_cue("STARTERS", word) and _is_capital(page, at + 1)


def _end(page: Page, first: int) -> int:
    listed = page.listed.get(first)
    end = listed.end if listed else max(first + 1, first + page.titled.get(first, 0))
    count = len(page.tokens.words)
    while end < count and not page.layout.breaks[end]:
        listed = page.listed.get(end)
        if page.taken[end] and not (page.is_cue("NUMBERED", page.word(end - 1)) and page.word(end).isdigit()):
            break
        if listed:
            end = listed.end
        elif page.capital[end]:
            end = max(end + 1, end + page.titled.get(end, 0))
        else:
            step = _inside(page, first, end)
            if not step:
                break
            end += step
    return end


def _inside(page: Page, first: int, at: int) -> int:
    """Return how many tokens from a small word on belong to the name around it; 0 for none."""
    word, before = page.tokens.words[at], page.word(at - 1)
    if word in ("-", "–") or word in _NICKNAME:
        return _nickname(page, first, at) if word in _NICKNAME else _hyphen(page, at)
    if word in _JOINED and page.is_cue(_JOINED[word], before):
        if _is_capital(page, at + 1):
            return 2
        return 3 if page.word(at + 1) == "the" and _is_capital(page, at + 2) else 0
    if page.is_cue("PARTICLES", word):
        return _particles(page, at)
    if word.isdigit():
        return int(page.is_cue("NUMBERED", before))
    return 2 if _is_capital(page, at + 1) and _is_joint(page, first, at) else 0


def _is_joint(page: Page, first: int, at: int) -> bool:
    """Tell whether a small word joins the capitals on both sides of it."""
    word = page.tokens.words[at]
    if word in ("'s", "’s"):
        return page.is_cue("OWNERS", page.word(at - 1))
    if word == "and":
        return at + 1 not in page.listed and any(
            page.tokens.words[one] in _JOINED for one in range(max(first, at - LONGEST_NAME), at)
        )
    return word in ("&", "+")


def _nickname(page: Page, first: int, at: int) -> int:
    """Return how many tokens a nickname between a first name and a surname has, with the surname."""
    lexicon, words = page.lexicon, page.tokens.words
    if page.word(first) not in lexicon.first_names:
        return 0
    for place in range(at + 2, min(at + 4, len(words) - 1)):
        if words[place] == _NICKNAME[words[at]]:
            is_name = _is_capital(page, place + 1) and not lexicon.is_common(page.word(place + 1))
            return place + 2 - at if is_name and page.capital[at + 1] else 0
    return 0


def _hyphen(page: Page, at: int) -> int:
    if not (page.is_tight(at) and page.is_tight(at + 1)):
        return 0
    after = page.word(at + 1)
    if _is_capital(page, at + 1) or page.is_cue("SYLLABLES", after):
        return 2
    more = _particles(page, at + 1) if page.is_cue("PARTICLES", after) else 0
    return 1 + more if more else 0


def _particles(page: Page, at: int) -> int:
    end = at
    while page.is_cue("PARTICLES", page.word(end)) or (
        end > at and _is_hyphen(page, end) and page.is_tight(end)
    ):
        end += 1
        if end > at + 4:
            return 0
    return end + 1 - at if _is_capital(page, end) and not page.layout.breaks[end] else 0


def _is_capital(page: Page, at: int) -> bool:
    return at < len(page.capital) and (page.capital[at] or at in page.listed) and not page.layout.breaks[at]


def _is_hyphen(page: Page, at: int) -> bool:
    return page.word(at) in ("-", "–")
