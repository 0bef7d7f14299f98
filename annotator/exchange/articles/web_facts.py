"""What a web page says of its article: title, byline, outlet, day; nothing is loaded from anywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import islice
from typing import TYPE_CHECKING, Any

from annotator.exchange.articles.web_days import shown_day

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BEHIND = re.compile(r"[-–—|·•:»]")
"""What stands between a headline and the outlet's name."""
_BETWEEN = re.compile(r"\s+[-–—|·•»]+\s+")
_NOT_LETTERS = re.compile(r"[\W_]+")
_NO_NAME = re.compile(
    r"(?:user ?name|admin|account|submitted|posted|comment|logged|log ?in|sign ?in|e-?mail)\b|name$"
    r"|\w{0,2}$",
    re.IGNORECASE,
)
"""How what stands where names do begins, when it is none but a word of a menu."""
_MONTH = re.compile(
    r"(?:^|[\s,]+)(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\.?$",
    re.IGNORECASE,
)
"""What is left of a date behind a name."""
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d+(?:[a-z]{2}_)?/")
"""What the Wayback Machine puts before an address."""
_WRITTEN = re.compile(r"Article|Posting")
_MACHINES = "script[@type='application/ld+json']"
"""Where a page tells machines what it is."""
_MADE_BY = re.compile(r"^(?:(?:by|von|par|por|door|di)\s+|(?:作者|记者|記者)\s*[:：]\s*)", re.IGNORECASE)
_BYLINE = re.compile(r"(?:By|BY|Von|Par|Por|Door|Di)\s+([^\W\d_][^|•·@(\d]{2,60}+)")
_NAMING = re.compile(r"\b(?:byline|author)", re.IGNORECASE)
_UNTITLED = "- no title specified"
"""What LibreOffice calls a page that has no title."""
_PIECES = 12
"""Pieces of text at the start of an element in which a byline is looked for."""
_LONGEST = 1_000
"""Characters of all names together."""
_NAME_PIECES = 9
"""Pieces of text of a part that may be a name: comments in comments are large on the outside."""
_SITE = re.compile(r"\s*(?:[\w-]+\.)+[a-z]{2,}\s*", re.IGNORECASE)
"""What some pages name in place of a writer, and what reads such facts takes for a name of words."""
_RIGHTS = re.compile(
    r"^(?:copyright\b|©|\(c\))[\s\d,–-]*|\s*(?:版权所有|版權所有|all rights reserved\.?)$", re.IGNORECASE
)
"""What stands around the name of an outlet in what a page says of its rights."""
_SITE_BEHIND = re.compile(
    r"(?<=[^\x00-\x7f—])[-_|—]++[^-_|—\s]{1,12}(?:网|網|新闻|新聞|报|報|频道|客户端|在线)$"
)
"""An outlet behind a headline in Chinese, where no blanks stand around the mark between them."""
_ADDRESS = re.compile(r"https?://(?:www\.)?([^/]+).*")


def said_of(tree: HtmlElement) -> tuple[str, dict[str, str]]:
    """Return the title of a page's article, and its `byline`, `outlet` and `published`, where they are told.

    Days are taken from where days are told; any number in a page, as of its copyright, is none.
    """
    from trafilatura import extract_metadata  # noqa: PLC0415 - takes a third of a second to load

    said = extract_metadata(deepcopy(tree), extensive=False)
    outlet = _RIGHTS.sub("", _ADDRESS.sub(r"\1", _ARCHIVED.sub("", _line(said.sitename))))
    if _ARCHIVED.match(f"https://{outlet}/web/1/"):
        kept = next(iter(tree.xpath("//link[@rel='canonical']/@href")), "")
        outlet = _ADDRESS.sub(r"\1", _ARCHIVED.sub("", kept)) if _ARCHIVED.match(kept) else ""
    title = _SITE_BEHIND.sub("", _title(tree, said, outlet))
    if title and title in outlet:
        # Some pages call the outlet what they call themselves.
        outlet = outlet.partition(title)[0].strip(" -–—|·•:»")
    day = _line(said.date) or shown_day(tree)
    found = {"byline": _byline(tree, said, outlet), "outlet": outlet, "published": day}
    return title, {name: value for name, value in found.items() if value}


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def letters(text: str) -> str:
    """Return a text in small letters and digits alone."""
    return _NOT_LETTERS.sub("", text).casefold()


def _title(tree: HtmlElement, said: Any, outlet: str) -> str:
    """Return the title: a headline of the page, or without the outlet's name where that is told."""
    shown = _line(tree.findtext(".//title"))
    title = _line(said.title) or shown
    if title == _UNTITLED:
        return ""
    for told in (title, shown):
        for one in _headlines(tree, told):
            return one
    bare = _without_outlet(shown, outlet)
    # What reads such facts cuts a title at a dash, also where the outlet stands before it.
    return bare if title in shown and bare != shown else _without_outlet(title, outlet)


def _headlines(tree: HtmlElement, title: str) -> Iterator[str]:
    """Yield headlines that a title begins with, and behind which only an outlet or a section is named."""
    for one in tree.iter("h1", "h2", "h3"):
        headline = _line(one.text_content())
        is_first = one.tag == "h1" or 2 * len(headline) > len(title)
        if headline and is_first and title.startswith(headline) and _ends(title, headline):
            yield headline


def _ends(title: str, headline: str) -> bool:
    """Tell whether behind a headline only the name of an outlet or a section is left."""
    rest = title.removeprefix(headline).strip()
    return not rest or _BEHIND.match(rest) is not None


def _without_outlet(title: str, outlet: str) -> str:
    name = letters(outlet)
    breaks = list(_BETWEEN.finditer(title))
    if not name or not breaks:
        return title
    first, last = title[: breaks[0].start()], title[breaks[-1].end() :]
    if letters(last) == name or ("|" in breaks[-1][0] and last.startswith(outlet)):
        return title[: breaks[-1].start()]
    return title[breaks[0].end() :] if letters(first) == name else title


def _byline(tree: HtmlElement, said: Any, outlet: str) -> str:
    """Return who wrote it: as machines are told, else as the page shows it."""
    told = _line(said.author) or "; ".join(_told_to_machines(tree))
    parts = [_name(one) for one in told[:_LONGEST].split(";")]
    sites = {letters(one) for one in tree.xpath("//meta[@name='author']/@content") if _SITE.fullmatch(one)}
    names = [one for one in parts if one and not _NO_NAME.match(one) and letters(one) not in sites]
    rights = letters(" ".join(tree.xpath("//meta[@name='copyright']/@content")))
    comments = tree.xpath("//*[contains(@class, 'comment')]")
    readers = {letters("".join(islice(one.itertext(), _NAME_PIECES))) for one in comments}
    names = [one for one in names if letters(one) not in readers]
    firms = [one for one in names if letters(outlet).startswith(letters(one)) or letters(one) in rights]
    people = [one for one in names if one not in firms]
    return "; ".join(people or names) or next(_shown_bylines(tree), "")


def _told_to_machines(tree: HtmlElement) -> Iterator[str]:
    """Yield the people whom a page names to machines as the writers of its article."""
    scripts = tree.iterfind(f".//{_MACHINES}")
    writers = next(filter(None, (_article_in(one.text or "") for one in scripts)), {}).get("author")
    every = writers if isinstance(writers, list) else [writers]
    return (_line(one["name"]) for one in every if isinstance(one, dict) and _is_person(one))


def _article_in(words: str) -> dict[str, Any]:
    """Return what is said of an article in what machines are told; nothing where none is, or it is torn."""
    try:
        steps = [json.loads(words, strict=False)]
    except (ValueError, RecursionError):
        return {}
    while steps:
        said = steps.pop()
        if isinstance(said, dict) and _WRITTEN.search(str(said.get("@type"))):
            return said
        steps += said.values() if isinstance(said, dict) else said if isinstance(said, list) else ()
    return {}


def _is_person(said: Mapping[str, Any]) -> bool:
    return said.get("@type") == "Person" and type(said.get("name")) is str


def _shown_bylines(tree: HtmlElement) -> Iterator[str]:
    for one in tree.iter():
        if _NAMING.search(f"{one.get('class', '')} {one.get('itemprop', '')} {one.get('rel', '')}"):
            found = _BYLINE.match(_line("".join(islice(one.itertext(), _PIECES))))
            if found:
                yield _name(found[1])


def _name(text: str) -> str:
    """Return a name without the word before it and what is left of a date behind it."""
    return _MONTH.sub("", _MADE_BY.sub("", text.strip(" ,;–—-")))
