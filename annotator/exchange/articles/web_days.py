"""Finds the day of an article that a page shows, where nothing on the page says another one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from annotator.exchange.articles.written_days import WRITTEN, day_of, written_day

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PUBLISHED = re.compile(
    r"(?:first\s+)?(?:published|posted)(?:\s+(?:on|at))?|publi[ée]e?\s+le|veröffentlicht(?:\s+am)?"
    r"|erschienen(?:\s+am)?|publicado(?:\s+(?:el|em))?|pubblicato(?:\s+il)?|gepubliceerd(?:\s+op)?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"[:,\s]*(?:[^\W\d_]{2,12}\.?,?\s+)?(?:the\s+)?(?=\d|[^\W\d_])", re.IGNORECASE)
"""What may stand between that word and the day: a colon, the day of the week."""
_SMALL = re.compile(r"\b[^\W\d_A-Z]{2,}\b")
_STOP = re.compile(r"[^\W\d_]{2,}[.!?…][\"'”’»)]?\s*$")
"""Words in small letters, and how a sentence ends: what goes on so only begins with a day."""
_NAMED = re.compile(
    r"\b(?:date-?published|pub-?date|published?(?:-?(?:date|on|time))?|(?:article|entry|post|story)-?(?:date|time)"
    r"|dateline|by-?line)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r"updat|modif|comment|related|sidebar|footer|teaser|copyright|event", re.IGNORECASE)
"""What days that are not of the article stand in."""
_ABOUT = re.compile(
    r"\b(?:born|died|since|until|till|updat\w*|modif\w*|correct\w*|amended|revised|edited|review\w*|last|next"
    r"|archiv\w*|snapshot|retrieved|accessed|captured|expires|deadline|valid|events?|meetings?|doors|opens?"
    r"|clos\w+|photo\w*|pictured?|taken|comments?|copyright|founded|joined|was on|geboren|seit"
    r"|aktualisiert|geändert|gestorben|née?|depuis|mise? à jour|nacid[oa]|desde|actualizad[oa])\b",
    re.IGNORECASE,
)
"""Words of which one before a day tells that it is none of publishing: of a life, a change, an event."""
_APART = re.compile(r"[|·•/]")
_RUNS_ON = re.compile(
    r",?\s+(?!(?:at|um|by|in|von|par|por|di|alle|as|o|om|e|et|and|und|h|uhr|am|pm|to)\b)[a-zà-ÿ]{2,}"
)
"""How a sentence goes on behind a day that it only begins with, or names."""
_SHORT = 120
"""Characters of an element that says little but a day."""
_PIECES = 12
_HUGE = 25_000
"""Elements of a page above which no day is looked for."""


def shown_day(tree: HtmlElement) -> str:
    """Return the day that a page shows as its article's, as YYYY-MM-DD; nothing where places on it differ.

    The most telling places come first; one where several days stand tells none, and ends the search.
    """
    elements = [*islice(tree.iter(), _HUGE + 1)]
    if len(elements) > _HUGE:
        return ""
    for days in (_told(elements), _published(elements), _named(elements)):
        found = {one for one in days if one}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def _told(elements: Iterable[HtmlElement]) -> Iterator[str]:
    """Yield the days that are told as those of publishing: to machines, in elements anywhere on the page."""
    for one in elements:
        if "datepublished" in one.get("itemprop", "").lower() or "pubdate" in one.attrib:
            yield written_day(one.get("content") or one.get("datetime") or _text(one))


def _published(elements: Iterable[HtmlElement]) -> Iterator[str]:
    """Yield the days behind "Published" at the start of what an element shows."""
    for one in elements:
        text = _text(one)
        found = _PUBLISHED.match(text) if not _is_other(one) else None
        if found and not _goes_on(f"{text}{one.tail or ''}"):
            behind = _WEEKDAY.match(text, found.end())
            places = (found.end(), behind.end() if behind else found.end())
            yield next(filter(None, (written_day(text[at:].lstrip(": ")) for at in places)), "")


def _goes_on(text: str) -> bool:
    """Tell whether a sentence goes on behind the first day in it: then it may be about anything."""
    day = WRITTEN.search(text)
    behind = text[day.end() :] if day else ""
    return _STOP.search(behind) is not None and len(_SMALL.findall(behind)) > 1


def _named(elements: Iterable[HtmlElement]) -> Iterator[str]:
    """Yield the days in elements that are named after the day or the byline of an article."""
    for one in elements:
        if not _NAMED.search(one.get("class", "").replace("_", "-")) or _is_other(one):
            continue
        text = _text(one)
        days = {day_of(found) for found in WRITTEN.finditer(text) if _is_own(text, found)}
        moments = {written_day(inner.get("datetime", "")) for inner in one.iter("time")}
        if text and (days or not _ABOUT.search(text)):
            yield from days or moments


def _is_own(text: str, found: re.Match[str]) -> bool:
    """Tell whether a day beside a byline may be the article's, by the words before and behind it."""
    before = _APART.split(text[: found.start()])[-1]
    return not (_ABOUT.search(before) or _RUNS_ON.match(text, found.end()))


def _is_other(one: HtmlElement) -> bool:
    """Tell whether an element, or one around it, is about something else."""
    around = (one, *islice(one.iterancestors(), 4))
    return any(_OTHER.search(f"{each.get('class', '')} {each.get('id', '')}") for each in around)


def _text(one: HtmlElement) -> str:
    """Return what a small element shows; nothing of a large one."""
    if not isinstance(one.tag, str) or one.tag in ("script", "style", "head", "html", "body"):
        return ""
    text = " ".join("".join(islice(one.itertext(), _PIECES))[: 2 * _SHORT].split())
    return text if len(text) <= _SHORT else ""
