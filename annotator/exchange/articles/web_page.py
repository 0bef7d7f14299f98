"""Finds the article in a web page: title, byline, outlet, day, text; nothing is loaded from anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import TYPE_CHECKING

from annotator.exchange.articles.web_facts import letters, said_of
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SHORT = 200
"""Characters below which what the extractor found is taken for a miss, when the page shows more."""
_PROSE = 80
"""Characters from which a paragraph is taken for prose; half of the prose has to be in the article."""
_LARGE = 10_000
"""Elements of a page above which an article is looked for once, in one way: others take minutes."""
_HUGE = 25_000
"""Elements of a page above which it is not looked for at all: that can take the square of their number."""
_LOOSE = 40
"""Characters from which words between blocks are made a paragraph."""
_DEAD = re.compile(
    "script|style|title|noscript|template|svg|math|iframe|object|embed|video|audio|canvas|map|head"
    "|button|select|option|textarea|input"
)
"""Elements whose words a reader of the page does not see as part of the text."""
_BREAKING = re.compile(
    "address|article|aside|blockquote|body|br|caption|center|dd|details|dialog|div|dl|dt|fieldset|figcaption"
    "|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|td|th|tr|ul"
)
_PLAIN = {"head": "h2", "item": "li", "lb": "br", "quote": "blockquote"}
"""What the extractor calls elements, and what a page calls them."""
_SPACES = re.compile(r"[ \t\n\f\r]+")
_LINE_ENDS = re.compile(r"\n+")
_UNSEEN = str.maketrans("", "", "\xad\ufeff")
"""Where a word may be broken, and a mark that got into the text."""
_NOTICE = re.compile(r"\b(?:cookie|consent|gdpr|onetrust)", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?<![^\W_])(?:comments|comment[-_]?(?:area|list|section|text|thread)|comentarios|disqus|recirc)(?![^\W_])",
    re.IGNORECASE,
)
"""What parts are called that hold words of readers, or lists of other articles."""
_NOTICE_LIMIT = 2_000
"""Characters of a notice about cookies at most; what is longer only bears its name."""
_ASIDE = re.compile(
    r"(?:read (?:more|also|next)|also read|see also|more on this|lire aussi|à lire(?: aussi)?|lesen sie auch"
    r"|mehr zum thema|lea también|leggi anche)\s*:.{0,200}|advertis(?:ement|ing)|anzeige|publicité"
    r"|(?:yuk, )?(?:simak|baca) juga\b.{0,100}|[📲📱👉🔔📩].{0,150}|(?:[^\W\d_]+(?: [^\W\d_]+)?:\s*){2,9}",
    re.IGNORECASE,
)
"""Paragraphs in the middle of an article that lead away from it."""
_LEAD = 60
"""Letters that tell one paragraph from others."""
_LINKS, _LINK = 4, 12
"""Paragraphs side by side that are mere links, which lead to other articles; letters of such a link."""
_ABOVE, _BELOW = 3, 3
"""Paragraphs above a title, and from where it stands once more at the end."""
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
    tree = parsed(text)
    title, facts = said_of(tree)
    notes = _without_hidden(tree)
    _break_lines(tree)
    whole = _whole(tree)
    _without_others(tree)
    _without_notices(tree)
    _without_tables(tree)
    article, size = _article(tree)
    article = _without_links(tree, article)
    if size > _HUGE:
        notes = (
            *notes,
            f"it has more than {_HUGE:,} elements, so no article was looked for but what it marks",
        )
    if not article:
        return WebPage(whole, title, facts, _language(tree), notes)
    left = len(whole) - len(article)
    if left > _SHORT:
        notes = (*notes, f"{left:,} characters around the article (menus, links, notices) were left out")
    article = _between_titles(_without_last_headings(tree, article), title)
    article = f"{_lead(tree, whole, article)}{article}"
    body = article if not title or article.startswith(title) else f"{title}\n\n{article}"
    return WebPage(body, title, facts, _language(tree), notes)


def _lead(tree: HtmlElement, whole: str, article: str) -> str:
    """Return the paragraph that the page tells of itself with, where it stands before the article only."""
    told = [letters(one)[:_LEAD] for one in tree.xpath("//meta[contains(@name, 'description')]/@content")]
    begins = whole.find(article.split("\n", 1)[0])
    above = whole[: max(begins, 0)].split("\n\n")
    found = [one for one in above if len(one) >= _PROSE and letters(one)[:_LEAD] in told]
    return f"{found[-1]}\n\n" if found and letters(found[-1])[:_LEAD] not in letters(article) else ""


def read_shown(text: str) -> WebPage:
    """Return everything that a page shows; raises UserError when that is nothing."""
    tree = parsed(text)
    notes = _without_hidden(tree)
    return WebPage(_whole(tree), language=_language(tree), notes=notes)


def parsed(text: str) -> HtmlElement:
    """Return a page as a tree, without comments; raises UserError when it is none."""
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
    folded = (_SPACES.sub(" ", one.translate(_UNSEEN)).strip(" ") for one in lines)
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


def _whole(tree: HtmlElement) -> str:
    whole = shown_text(tree)
    if not whole:
        raise UserError("there is no text in the page; it may be made by a script when a browser shows it")
    return whole


def _called(one: HtmlElement) -> str:
    return f"{one.get('id', '')} {one.get('class', '')}"


def _without_others(tree: HtmlElement) -> None:
    """Take out words of readers and lists of other articles, unless they are half of what is told."""
    from lxml import etree  # noqa: PLC0415 - loaded when the first page comes

    parts, told = ("aside", "div", "section", "ul", "ol"), 0
    within: dict[HtmlElement, int] = {}
    for event, one in etree.iterwalk(tree, events=("start", "end"), tag=(*parts, "p", "blockquote")):
        told += _length(one) if event == "start" and one.tag not in parts else 0
        within[one] = told - within.get(one, 0)
    for one in list(tree.iter(*parts)):
        if not _OTHERS.search(_called(one)) or next(one.iter("article", "h1", "main"), None) is not None:
            continue
        if within[one] < told / 2:
            one.drop_tree()


def _without_notices(tree: HtmlElement) -> None:
    """Take out what asks for consent to cookies, unless there is more in it than that."""
    for one in list(tree.iter("aside", "div", "section")):
        if _NOTICE.search(_called(one).replace("_", " ")):
            # Notices in notices are large on the outside: what is short is looked through alone.
            is_short = len("".join(islice(one.itertext(), _NOTICE_LIMIT))) <= _NOTICE_LIMIT
            if is_short and next(one.iter("article", "h1", "main"), None) is None:
                one.drop_tree()


def _without_tables(tree: HtmlElement) -> None:
    """Make blocks of tables, which lay out many a page: a cell is a paragraph, unless it holds blocks."""
    for one in list(tree.iter("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption")):
        is_cell = one.tag in ("td", "th", "caption")
        holds_blocks = any(_BREAKING.fullmatch(inner.tag) for inner in one.iterdescendants())
        one.tag = "p" if is_cell and not holds_blocks else "div"


def _without_links(tree: HtmlElement, article: str) -> str:
    """Return an article without lists of links to others: paragraphs side by side that are a link each."""
    links = {letters(one.text_content()) for one in tree.iter("a")}
    lines = article.split("\n\n")
    are_links = [len(words := letters(one)) >= _LINK and words in links for one in lines]
    kept: list[str] = []
    for is_link, run in groupby(zip(are_links, lines, strict=True), key=lambda one: one[0]):
        texts = [line for _, line in run]
        kept += [] if is_link and len(texts) >= _LINKS else texts
    return "\n\n".join(kept)


def _without_last_headings(tree: HtmlElement, article: str) -> str:
    """Return an article without headings at its end, below which nothing is left of what they were over."""
    headings = {letters(one.text_content()) for one in tree.iter("h2", "h3", "h4", "h5", "h6")}
    lines = article.split("\n\n")
    while len(lines) > 1 and letters(lines[-1]) in headings:
        lines.pop()
    return "\n\n".join(lines)


def _between_titles(article: str, title: str) -> str:
    """Return an article without what stands above its title, such as a section, or below it once more."""
    lines = article.split("\n\n")
    found = [at for at, one in enumerate(lines) if title and one == title]
    first = next((at for at in found if at <= _ABOVE and max(map(len, lines[:at]), default=0) < _PROSE), 0)
    again = next((at for at in found if at > first and at >= len(lines) - _BELOW), len(lines))
    return "\n\n".join(lines[first:again])


def _wrap_loose(tree: HtmlElement) -> None:
    """Make paragraphs of words that stand loose between blocks, which the extractor would lose."""
    for block in list(tree.iter("article", "blockquote", "body", "div", "main", "section")):
        runs: list[tuple[HtmlElement | None, list[HtmlElement]]] = [(None, [])]
        for one in block:
            if _is_block(one):
                runs.append((one, []))
            else:
                runs[-1][1].append(one)
        if len(runs) > 1:
            for before, run in runs:
                _wrap(block, before, run)


def _wrap(block: HtmlElement, before: HtmlElement | None, run: list[HtmlElement]) -> None:
    """Put a run of words and inner elements, which stands behind a block or first of all, in a paragraph."""
    words = (block.text if before is None else before.tail) or ""
    if len(words) + sum(len(one.text_content()) + len(one.tail or "") for one in run) <= _LOOSE:
        return
    paragraph = block.makeelement("p")
    paragraph.text = words
    if before is None:
        block.text = None
        block.insert(0, paragraph)
    else:
        before.tail = None
        before.addnext(paragraph)
    paragraph.extend(run)


def _is_block(one: HtmlElement) -> bool:
    return one.tag != "br" and _BREAKING.fullmatch(one.tag) is not None


def _break_lines(tree: HtmlElement) -> None:
    """Make breaks of the line ends that a page shows."""
    for one in [inner for outer in tree.iter("pre") for inner in outer.iter()]:
        one.text, *lines = _LINE_ENDS.split(one.text or "")
        for line in reversed(lines):
            one.insert(0, _break(one, line))
        if one.tag != "pre":
            one.tail, *lines = _LINE_ENDS.split(one.tail or "")
            for line in reversed(lines):
                one.addnext(_break(one, line))


def _break(tree: HtmlElement, behind: str) -> HtmlElement:
    made = tree.makeelement("br")
    made.tail = behind
    return made


def _article(tree: HtmlElement) -> tuple[str, int]:
    """Return the article of a page, empty where none can be told from the rest, and how many elements it has.

    What the extractor finds is taken where half of the prose is in it: that of the one part which the page
    marks as its article, else that of the whole page; not where it ran paragraphs of a short one together.
    """
    marked = _marked(tree)
    enough = max(_SHORT, _prose(tree if marked is None else marked) / 2)
    _wrap_loose(tree)
    size = sum(1 for _ in tree.iter())
    for is_generous in () if size > _HUGE else (False,) if size > _LARGE else (False, True):
        article = _extracted(tree, is_generous, size > _LARGE)
        is_run_together = "\n\n" not in article and article not in shown_text(tree).split("\n\n")
        if len(article) >= enough and not is_run_together:
            return article, size
    return "" if marked is None else shown_text(marked), size


def _marked(tree: HtmlElement) -> HtmlElement | None:
    """Return the one part of a page that it marks as its article."""
    for name in ("article", "main"):
        found = list(tree.iter(name))
        if len(found) == 1:
            return found[0]
    return None


def _prose(tree: HtmlElement) -> int:
    """Return how many characters stand in paragraphs that are no mere link or button."""
    return sum(map(_length, tree.iter("p", "blockquote")))


def _length(paragraph: HtmlElement) -> int:
    """Return how long a paragraph is; nothing of a link or a button."""
    length = len(" ".join(paragraph.text_content().split()))
    return length if length > _PROSE else 0


def _extracted(tree: HtmlElement, is_generous: bool, is_fast: bool) -> str:
    from trafilatura import bare_extraction  # noqa: PLC0415 - takes a third of a second to load

    found = bare_extraction(
        deepcopy(tree),
        fast=is_fast,
        favor_recall=is_generous,
        include_comments=False,
        include_formatting=False,
    )
    body = getattr(found, "body", None)
    if body is None:
        return ""
    for one in body.iter(*_PLAIN):
        one.tag = _PLAIN[one.tag]
    paragraphs = shown_text(body).split("\n\n")
    return "\n\n".join(one for one in paragraphs if not _ASIDE.fullmatch(one))


def _language(tree: HtmlElement) -> str:
    """Return the language that the page says it is in, as its short code."""
    said = tree.get("lang", "") or tree.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    return said.split("-")[0].lower() if re.fullmatch(r"[A-Za-z]{2,3}(-\w+)*", said) else ""
