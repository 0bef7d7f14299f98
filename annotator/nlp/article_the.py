"""Which names take the article “the” into their span, as OntoNotes counts it."""

from __future__ import annotations

import re

from annotator.nlp.page import Name, Page

_ORDINAL = re.compile(
    "[0-9]{1,3}(?:st|nd|rd|th|d)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth"
)
_WITH_ARTICLE = frozenset(("ORG", "GPE", "LOC", "FAC", "EVENT", "LAW"))


def with_article(page: Page, name: Name) -> Name:
    """Return the name with the article and the ordinal number before it, where they count in."""
    at = name.first - 1
    if at >= 0 and page.is_cue("UNITS", page.word(name.end - 1)) and _ORDINAL.fullmatch(page.word(at)):
        name = name._replace(first=at)
        at -= 1
    if name.label not in _WITH_ARTICLE or at < 0 or page.layout.breaks[name.first]:
        return name
    if page.tokens.words[at].lower() != "the" or not _takes_article(page, name):
        return name
    return name._replace(first=at)


def _takes_article(page: Page, name: Name) -> bool:
    cues = page.lexicon.cues
    words = page.text(name.first, name.end).split()
    if name.label == "GPE":
        alone = len(words) > 1 or words[0] in cues["ARTICLE PLACES ALONE"]
        return alone and not cues["ARTICLE PLACES"].isdisjoint(words)
    if len(words) < 2:
        # A newspaper: The Times.
        is_title = page.tokens.words[name.first - 1] == "The" and not page.layout.opening[name.first - 1]
        return name.label == "ORG" and is_title and not page.is_loud(name.first)
    return not (name.label == "ORG" and words[-1] in cues["NO ARTICLE"] and "of" not in words)
