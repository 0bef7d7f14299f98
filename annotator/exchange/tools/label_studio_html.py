"""Reads HTML of a Label Studio task as text, and finds the places in it that its paths name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from annotator.exchange.record_faults import Fault, Faults, offset_of
from annotator.model.text import Utf16Map

_TAG = re.compile(r"\s*<(?:!doctype|[a-z][a-z0-9]*)\b[^>]*>", re.IGNORECASE)
_WHOLE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure"),
        *("footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p"),
        *("pre", "section", "table", "td", "th", "tr", "ul"),
    }
)
_UNSEEN = frozenset({"script", "style", "head", "title"})
_DIGITS = 9
"""More are the number of nothing in any page, and thousands of them no number that Python reads."""
_STEP = re.compile(r"/(text\(\)|[a-z0-9]+)(?:\[(\d+)\])?", re.IGNORECASE)


def page_of(text: str, *, is_page: bool = False) -> Page | None:
    """Return the page that a text is, which then begins with a tag or is known; nothing where it is none."""
    from lxml.etree import ParserError  # noqa: PLC0415 - late: hardly any task is a page

    if not is_page and _TAG.match(text) is None:
        return None
    try:
        return Page(text)
    except (ParserError, RecursionError):
        return None


class Page:
    """The text of a page, its blocks on lines of their own, and where each piece of it stands."""

    def __init__(self, html: str) -> None:
        from lxml.etree import ParserError  # noqa: PLC0415 - late as above
        from lxml.html import HTMLParser, document_fromstring, fragment_fromstring  # noqa: PLC0415 - as above

        parser = HTMLParser(huge_tree=True)  # else what is nested deeper than 255 would be left out
        is_whole = _WHOLE.search(html) is not None
        whole, part = document_fromstring, fragment_fromstring
        self._body = whole(html, parser).body if is_whole else part(html, "body", parser=parser)
        if self._body is None:
            raise ParserError("there is no body")
        self._pieces: dict[tuple[Any, int], tuple[int, str]] = {}
        """By element and number of a text in it: where it begins in the text, and what it is."""
        self._lines: list[str] = []
        self._size = self._seen = 0
        self._afters: list[int] = []
        """How many characters of the page stand up to the end of each text."""
        self._counts: list[tuple[int, str]] = []
        """Where each text begins, and what it is."""
        self._same: dict[tuple[Any, str], list[tuple[int, Any]]] = {}
        self._units: dict[tuple[Any, int], Utf16Map] = {}
        self._take(self._body)
        self.text = "".join(self._lines)

    def place(self, value: Mapping[str, Any], where: str, words: str | None = None) -> tuple[int, int]:
        """Return where a region lies, as it is counted or else as its paths say, whichever has its words.

        Raises Fault where the page has no such place.
        """
        counted = value.get("globalOffsets")
        ways = [(self._counted, counted)] if isinstance(counted, dict) else []
        faults, found = Faults(), list[tuple[int, int]]()
        for way, said in (*ways, (self._named, value)):
            with faults:
                start, end = way(said, "start", where), way(said, "end", where)
                if not words or self.text[start:end].split() == words.split():
                    return start, end
                found.append((start, end))
        if not found:
            raise faults.found[0]
        return found[0]

    def _take(self, element: Any) -> None:
        is_block = element.tag in _BLOCKS
        if is_block:
            self._break()
        if element.tag == "br":
            self._seen += 1
        for number, text in enumerate(_texts(element)):
            if isinstance(text, str):
                self._add(element, number, text)
            elif text.tag == "style":
                self._seen += len(text.text or "")
            elif isinstance(text.tag, str) and text.tag not in _UNSEEN:
                self._take(text)
        if is_block:
            self._break()

    def _add(self, element: Any, number: int, text: str) -> None:
        self._pieces[element, number] = (self._size, text)
        self._seen += len(text)
        self._afters.append(self._seen)
        self._counts.append((self._size, text))
        self._lines.append(text)
        self._size += len(text)

    def _break(self) -> None:
        if self._lines and not self._lines[-1].endswith("\n"):
            self._lines.append("\n")
            self._size += 1

    def _named(self, value: Mapping[str, Any], name: str, where: str) -> int:
        """Return the place that a path to a text and an offset in it name."""
        path, offset = value.get(name), offset_of(value.get(f"{name}Offset"), f"{where}.{name}Offset")
        element = self._body
        for tag, number in _STEP.findall(path) if isinstance(path, str) else ():
            same = self._same_in(element, tag.lower())
            wanted = int(number[:_DIGITS] or 1)
            if not 1 <= wanted <= len(same):
                break
            at, one = same[wanted - 1]
            if isinstance(one, str):
                begin, text = self._pieces[element, at]
                units = self._units_of(element, at, text)
                if 0 <= offset <= units.to_16(len(text)):
                    return begin + units.from_16(offset)
                break
            element = one
        raise Fault(f"{where}.{name}", f"the page has no place {path!r} with {offset} characters before it")

    def _same_in(self, element: Any, tag: str) -> list[tuple[int, Any]]:
        """Return what is of a kind in an element; found once, as many places may lead through it."""
        if (element, tag) not in self._same:
            self._same[element, tag] = [*_like(element, tag)]
        return self._same[element, tag]

    def _units_of(self, element: Any, at: int, text: str) -> Utf16Map:
        if (element, at) not in self._units:
            self._units[element, at] = Utf16Map(text)
        return self._units[element, at]

    def _counted(self, whole: Mapping[str, Any], name: str, where: str) -> int:
        """Return the place with so many characters before it; those of styles count, and a <br> is one."""
        wanted = offset_of(whole.get(name), f"{where}.globalOffsets.{name}")
        find = bisect_left if name == "end" else bisect_right
        number = find(self._afters, wanted)
        if wanted >= 0 and number < len(self._afters):
            at, text = self._counts[number]
            return at + max(wanted - self._afters[number] + len(text), 0)
        raise Fault(
            f"{where}.globalOffsets.{name}", f"{wanted} lies beyond the page of {self._seen} characters"
        )


def _like(element: Any, tag: str) -> Iterator[tuple[int, Any]]:
    """Yield the elements of a kind in an element, or its texts, with their numbers among all."""
    for number, one in enumerate(_texts(element)):
        if (tag == "text()") if isinstance(one, str) else one.tag == tag:
            yield number, one


def _texts(element: Any) -> Iterator[Any]:
    """Yield the texts and elements in an element, in their order."""
    if element.text:
        yield element.text
    for one in element:
        yield one
        if one.tail:
            yield one.tail
