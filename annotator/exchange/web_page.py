"""Finds the article in a web page: title, byline, outlet, day, text; nothing is loaded from anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotator.model.errors import UserError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SHORT = 200
"""Characters below which what the extractor found is taken for a miss, when the page shows more."""
_PROSE = 80
"""Characters from which a paragraph is taken for prose; half of the prose has to be in the article."""
_DEAD = re.compile(
    "script|style|title|noscript|template|svg|math|iframe|object|embed|video|audio|canvas|map|head"
    "|button|select|option|textarea|input"
)
"""Elements whose words a reader of the page does not see as part of the text."""
_BREAKING = re.compile(
    "address|article|aside|blockquote|body|br|caption|center|dd|details|dialog|div|dl|dt|fieldset|figcaption"
    "|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|td|th|tr|ul"
)
_SPACES = re.compile(r"[ \t\n\f\r]+")
_BEHIND = re.compile(r"[-–—|·•:»]")
"""What stands between a headline and the outlet's name."""
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WebPage:
    """What was found in a page."""

    text: str
    title: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    """`byline`, `outlet`, `published` (YYYY-MM-DD), where the page says them."""
    language: str = ""
    notes: tuple[str, ...] = ()


def read_page(text: str) -> WebPage:
    """Return the article of a page that is decoded already; raises UserError when there is none.

    What a reader of the page would not see (scripts, hidden parts, comments) is left out.  Where no article
    can be told from what stands around it, everything that the page shows is the text.
    """
    tree = _parsed(text)
    said = _said(tree)
    title, facts = _title(tree, said), _facts(said)
    notes = _without_hidden(tree)
    whole = _whole(tree)
    _without_tables(tree)
    article = _spaced(_extracted(tree))
    if len(article) < max(_SHORT, _prose(tree) / 2):
        article = _marked(tree)
        if not article:
            return WebPage(whole, title, facts, _language(tree), notes)
    left = len(whole) - len(article)
    if left > _SHORT:
        notes = (*notes, f"{left:,} characters around the article (menus, links, notices) were left out")
    body = article if not title or article.startswith(title) else f"{title}\n\n{article}"
    return WebPage(body, title, facts, _language(tree), notes)


def read_shown(text: str) -> WebPage:
    """Return everything that a page shows; raises UserError when that is nothing."""
    tree = _parsed(text)
    notes = _without_hidden(tree)
    return WebPage(_whole(tree), language=_language(tree), notes=notes)


def _parsed(text: str) -> HtmlElement:
    from lxml import etree, html  # noqa: PLC0415 - loaded when the first page comes

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        tree: HtmlElement = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise UserError("there is no text in the page") from error
    if any("depth" in one.message for one in parser.error_log):
        raise UserError("its elements are nested too deep (more than 256): it is no page of an article")
    return tree


def _without_hidden(tree: HtmlElement) -> tuple[str, ...]:
    """Take out of a page what a reader does not see, and return what to note of it."""
    scripts = hidden = pictures = 0
    for one in list(tree.iter()):
        if one.getparent() is None or not isinstance(one.tag, str):
            continue
        if one.tag in ("script", "iframe", "object", "embed"):
            scripts += 1
            one.drop_tree()
        elif one.tag == "noscript" or "hidden" in one.attrib or _HIDING.search(one.get("style", "")):
            hidden += bool(one.text_content().strip())
            one.drop_tree()
        elif one.tag in ("img", "picture"):
            pictures += one.tag == "img"
            one.drop_tree()
    return tuple(
        f"{count} {what} left out"
        for count, what in (
            (scripts, "scripts and embedded objects"),
            (hidden, "hidden parts"),
            (pictures, "pictures"),
        )
        if count
    )


def shown_text(tree: HtmlElement) -> str:
    """Return everything that a page shows, a line per block."""
    lines: list[str] = []
    line: list[str] = []
    for piece in _pieces(tree):
        if piece is None:
            lines.append("".join(line))
            line = []
        else:
            line.append(piece)
    lines.append("".join(line))
    folded = (_SPACES.sub(" ", one).strip(" ") for one in lines)
    return _spaced("\n".join(one for one in folded if one))


def _pieces(tree: HtmlElement) -> Iterator[str | None]:
    """Yield the texts of a page in order, and None where a block or a line ends."""
    from lxml import etree  # noqa: PLC0415 - loaded when the first page comes

    dead = 0
    for event, one in etree.iterwalk(tree, events=("start", "end")):
        is_dead = _DEAD.fullmatch(one.tag) is not None
        is_breaking = _BREAKING.fullmatch(one.tag) is not None
        if event == "start":
            dead += is_dead
            if is_breaking:
                yield None
            if not dead and one.text:
                yield one.text
            continue
        dead -= is_dead
        if is_breaking:
            yield None
        if not dead and one.tail:
            yield one.tail


def _spaced(text: str) -> str:
    """Return lines as paragraphs, with an empty line between them."""
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())


def _prose(tree: HtmlElement) -> int:
    """Return how many characters stand in paragraphs that are no mere link or button."""
    lengths = (len(one.text_content()) for one in tree.iter("p", "blockquote"))
    return sum(length for length in lengths if length > _PROSE)


def _whole(tree: HtmlElement) -> str:
    whole = shown_text(tree)
    if not whole:
        raise UserError("there is no text in the page; it may be made by a script when a browser shows it")
    return whole


def _without_tables(tree: HtmlElement) -> None:
    """Make blocks of tables, which lay out many a page: a cell is a paragraph, unless it holds blocks."""
    for one in list(tree.iter("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption")):
        is_cell = one.tag in ("td", "th", "caption")
        holds_blocks = any(_BREAKING.fullmatch(inner.tag) for inner in one.iterdescendants())
        one.tag = "p" if is_cell and not holds_blocks else "div"


def _marked(tree: HtmlElement) -> str:
    """Return what the one part of a page shows that it marks as its article; empty where there is none."""
    for name in ("article", "main"):
        found = list(tree.iter(name))
        if len(found) == 1:
            return shown_text(found[0])
    return ""


def _extracted(tree: HtmlElement) -> str:
    from trafilatura import bare_extraction  # noqa: PLC0415 - takes a third of a second to load

    found = bare_extraction(
        deepcopy(tree), favor_recall=True, include_comments=False, include_formatting=False
    )
    return (getattr(found, "text", "") or "").strip()


def _said(tree: HtmlElement) -> Any:
    """Return what a page says of itself, in its head, to machines in scripts, and around its article.

    Days are taken from where days are told; any number in a page, as of its copyright, is none.
    """
    from trafilatura import extract_metadata  # noqa: PLC0415 - takes a third of a second to load

    return extract_metadata(deepcopy(tree), extensive=False)


def _facts(said: Any) -> dict[str, str]:
    named = {"byline": said.author, "outlet": said.sitename, "published": said.date}
    return {name: " ".join(value.split()) for name, value in named.items() if value}


def _title(tree: HtmlElement, said: Any) -> str:
    """Return the title: without the outlet's name at its end, where a headline of the page is that."""
    headlines = [" ".join(one.text_content().split()) for one in tree.iter("h1")]
    title = " ".join((said.title or tree.findtext(".//title") or "").split())
    inner = (one for one in headlines if one and (not title or (title.startswith(one) and _ends(title, one))))
    return next(inner, title)


def _ends(title: str, headline: str) -> bool:
    """Tell whether behind a headline only the name of an outlet or a section is left."""
    rest = title.removeprefix(headline).strip()
    return not rest or _BEHIND.match(rest) is not None


def _language(tree: HtmlElement) -> str:
    """Return the language that the page says it is in, as its short code."""
    said = tree.get("lang", "") or tree.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    return said.split("-")[0].lower() if re.fullmatch(r"[A-Za-z]{2,3}(-\w+)*", said) else ""
