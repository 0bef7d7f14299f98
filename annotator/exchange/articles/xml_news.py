"""Finds the articles in XML of news and texts: headline, byline, outlet, day, language, paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from annotator.exchange.articles.web_page import read_shown
from annotator.exchange.articles.written_days import written_day
from annotator.model.errors import UserError
from annotator.model.formats import Draft

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ARTICLES = ("item", "newsitem", "article", "doc", "document", "entry", "story", "record", "reuters")
_BODIES = ("body.content", "body", "encoded", "text", "datacontent", "inlinexml", "inlinedata")
"""Where the text of an article stands, the surest first."""
_SHORT = ("content", "description", "summary")
"""Where it stands, unless another element ends with `text` and has most of its words."""
_TAIL = "tailparagraphs"
_IN_PARTS = frozenset({"leadparagraph", _TAIL})
"""Where it stands in several parts, as Factiva has it."""
_SURE = ("body.content", "body", "text")
"""Where all of it stands, the beginning too."""
_ROLES = frozenset({"title", "headline", "lead", "main", "body", "text", "maintext"})
"""What NewsML calls the parts that are the text of an article; others are captions, tables and the like."""
_TITLES = ("headline", "hl1", "title", "hedline", "head")
_FACTS = {
    "byline": ("byline", "bytag", "author", "authors", "creator", "byttl"),
    "outlet": (
        *("sourcename", "source", "publisher", "publication", "distributor", "provider", "pubdata"),
        "publishername",
    ),
    "published": (
        *("date.issue", "pubdata", "date.release", "pubdate", "date", "published"),
        *("publishdate", "publicationdate", "datepublished"),
        *("versioncreated", "firstcreated", "contentcreated", "updated", "story.date"),
    ),
}
_SAID_IN = {
    "byline": (),
    "outlet": ("name", "literal"),
    "published": ("norm", "when", "date.publication"),
}
"""Attributes that say a fact more surely than the words of their element."""
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_MARKUP = re.compile(
    r"</?(?:p|br|hr|div|span|a|b|i|em|strong|ul|ol|h[1-6]|blockquote)\b[^<>]*>", re.IGNORECASE
)
_KIND_OF_ENTRY = "post_type"
"""What WordPress calls the kind of an entry; a site may have more kinds of texts than posts and pages."""
_NO_TEXTS = frozenset({"attachment", "nav_menu_item", "revision", "custom_css", "wp_global_styles"})
"""Its kinds that are no texts."""
_ABOUT_ITEM = "itemmeta"
"""What NewsML-G2 says first of each item, also of those that hold no text."""
_PARTS = ("include", "entry-point")
_LOOKS = frozenset(
    {
        *_PARTS,
        *("a", "b", "big", "br", "em", "emph", "font", "hi", "hlt", "i", "img", "lb", "link", "milestone"),
        *("note", "p", "pb", "ptr", "q", "ref", "s", "small", "span", "strong", "sub", "sup", "tt", "u"),
    }
)
"""Elements in the words of a text that say how it looks, or point elsewhere."""
_ASIDE = frozenset({"gap", "header", "nav", "script", "style"})
"""What stands beside a text: the header of a page repeats the headline, a gap says why words are missing."""
_SPEAKERS = ("u", "sp")
"""What is said by one speaker, as TEI has it."""
_ORIGINAL = "sourcedesc"
"""Where TEI says of what a text is taken; around it, it tells of the corpus."""
_LANGUAGES = ("{http://www.w3.org/XML/1998/namespace}lang", "lang", "baselang")
_TWICE, _WHOLE = "lead_paragraph", "full_text"
"""Blocks of one text in NITF: its beginning, which the other holds too."""


def name_of(one: Element) -> str:
    """Return the name of an element in small letters, without its namespace."""
    return str(one.tag).rpartition("}")[2].lower()


def articles_of(root: Element) -> list[Element]:
    """Return the elements that are an article each: those of one name side by side, or the outermost."""
    for kind in _ARTICLES if name_of(root) != "tei" else ():
        for parent in root.iter():
            found = [one for one in parent if name_of(one) == kind]
            if len(found) > 1 or (found and kind in ("item", "newsitem", "entry", "reuters")):
                return found
    return next(filter(None, map(_wrapped, root.iter())), [root])


def _wrapped(parent: Element) -> list[Element]:
    """Return the articles in elements of one name side by side, one in each, as Factiva has them."""
    found = [inner for one in parent for inner in one if name_of(inner) in _ARTICLES]
    is_list = len(found) == len(parent) > 1 and len({*map(name_of, parent)}) == 1
    return found if is_list else []


def number_of(article: Element) -> str:
    """Return what collections call a document, where its first element says that."""
    said = next((_words(one) for one in article if name_of(one) == "docno"), "")
    return said or article.get("id", "") if name_of(article) == "doc" else ""


def is_no_text(article: Element) -> bool:
    """Tell whether an entry of a site is a picture, a menu or the like, as its kind says."""
    return any(name_of(one) == _KIND_OF_ENTRY and _words(one) in _NO_TEXTS for one in article)


def draft_of(article: Element, name: str) -> Draft:
    """Return the article that an element is; raises UserError when there is no text in it."""
    named: dict[str, list[Element]] = {}
    for one in article.iter():
        named.setdefault(name_of(one), []).append(one)
    title = next(filter(None, (_words(one) for kind in _TITLES for one in named.get(kind, ()))), "")
    bodies = _bodies(article, named)
    paragraphs = _printed(article) or [line for body in bodies for line in _text(body)]
    if not paragraphs:
        raise UserError("there is no text in it")
    if title and title not in paragraphs:
        paragraphs.insert(0, title)
    included = "parts that it includes from elsewhere were not loaded"
    notes = (
        *([included] if set(named) & set(_PARTS) else []),
        *_labels(bodies),
    )
    text = "\n\n".join(paragraphs)
    return Draft(name, text, title, _language(article), _facts(article, named), notes=notes)


def _printed(article: Element) -> list[str]:
    """Return the blocks of a page of print as ALTO has it, whose words are attributes of their places."""
    blocks = (_printed_words(one) for one in article.iter() if name_of(one) == "textblock")
    return [line for line in map(" ".join, blocks) if line.strip()]


def _printed_words(block: Element) -> list[str]:
    """Return the words of a block; one that the end of a line parts is whole where it begins."""
    found: list[str] = []
    is_parted = False
    for one in block.iter():
        if name_of(one) == "hyp":
            is_parted = True
        elif name_of(one) == "string":
            word, kind, whole = one.get("CONTENT", ""), one.get("SUBS_TYPE"), one.get("SUBS_CONTENT")
            if whole and kind == "HypPart2":
                word = ""
            elif whole and kind == "HypPart1":
                word = whole
            elif is_parted and found:
                word = found.pop() + word
            found += [word] if word else []
            is_parted = False
    return found


def _bodies(article: Element, named: dict[str, list[Element]]) -> list[Element]:
    """Return the elements that hold the text of an article: one, unless it stands in parts."""
    parts = [one for one in article.iter() if name_of(one) in _IN_PARTS] or [*_parts_of_newsml(article)]
    is_beginning = (
        parts and _TAIL not in named and any(_words(one) for kind in _SURE for one in named.get(kind, ()))
    )
    if any(map(_words, parts)) and not is_beginning:
        return parts
    bodies = [one for kind in _BODIES for one in named.get(kind, ())]
    if not bodies:
        most = len(_words(article)) / 2
        ending = [one for kind, some in named.items() if kind.endswith("text") for one in some]
        bodies = [one for one in ending if len(_words(one)) > most]
        bodies += [one for kind in _SHORT for one in named.get(kind, ())]
    if _ABOUT_ITEM in named and not bodies:
        raise UserError("there is no text in it")  # but facts alone, of a film or of another item
    return [*filter(_words, bodies)][:1] if bodies else [article]


def _parts_of_newsml(article: Element) -> Iterator[Element]:
    """Yield what the components of one story hold whose role is to be its text, where there are several."""
    for parent in article.iter():
        found = [
            inner
            for one in parent
            if any(name_of(said) == "role" and said.get("FormalName", "").lower() in _ROLES for said in one)
            for item in one
            for inner in item
            if name_of(inner) == "datacontent"
        ]
        if len(found) > 1:
            yield from found
            return


def _labels(bodies: list[Element]) -> tuple[str, ...]:
    """Return notes on elements that label words of the text, or say who speaks; none is read."""
    found: Counter[str] = Counter()
    for one in (one for body in bodies for one in body.iter()):
        is_mixed = any(said and said.strip() for said in (one.text, *(inner.tail for inner in one)))
        found.update(name_of(inner) for inner in one if is_mixed and name_of(inner) not in _LOOKS)
    listed = ", ".join(f"{count:,} × {name}" for name, count in sorted(found.items()))
    turns = sum(name_of(one) in _SPEAKERS and bool(one.get("who")) for body in bodies for one in body.iter())
    return (
        *([f"elements that label words were not read: {listed}"] if listed else []),
        *([f"who speaks was not read, at {turns:,} turns"] if turns else []),
    )


def _language(article: Element) -> str:
    """Return the language that an article says it is in, as its short code."""
    named = (one.text for one in article if name_of(one) == "baselanguage")
    said = next(filter(None, [*map(article.get, _LANGUAGES), *named]), "") or ""
    return said.split("-")[0].lower() if re.fullmatch(r"[A-Za-z]{2,3}(-\w+)*", said) else ""


def _facts(article: Element, named: dict[str, list[Element]]) -> dict[str, str]:
    found = {}
    for fact, kinds in _FACTS.items():
        said = [article.get("date", "")] if fact == "published" else []
        inner = (one for outer in named.get(_ORIGINAL, ()) for one in outer.iter() if name_of(one) in kinds)
        for one in (*inner, *(one for kind in kinds for one in named.get(kind, ()))):
            said += [*(one.get(where, "") for where in _SAID_IN[fact]), _words(one, " ")]
            said += [part.get("FormalName", "") for part in one if fact != "published"]
        found[fact] = next(filter(None, map(_day, said) if fact == "published" else said), "")
    return {fact: value for fact, value in found.items() if value}


def _day(said: str) -> str:
    """Return a day as YYYY-MM-DD, of ISO 8601, as mails and feeds write it, or with its month in words."""
    found = _DAY.match(said)
    if found:
        return "-".join(found.groups())
    if written := written_day(said.replace("-", " ")):
        return written
    try:
        return parsedate_to_datetime(said).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""


def _words(one: Element, between: str = "") -> str:
    return " ".join(between.join(one.itertext()).split())


def _text(body: Element) -> list[str]:
    """Return the paragraphs of a body, which may hold a web page as mere characters."""
    if len(body) == 0 and body.text and _MARKUP.search(body.text):
        return read_shown(body.text).text.split("\n\n")
    blocks = {one.get("class", ""): one for one in body if name_of(one) == "block"}
    if _WHOLE in blocks and _TWICE in blocks:
        body.remove(blocks[_TWICE])
    return _paragraphs(body)


def _paragraphs(body: Element) -> list[str]:
    """Return the texts of a body; an element beside words belongs to their paragraph, others end it."""
    lines: list[list[str]] = [[]]
    steps: list[tuple[Element, bool] | str | None] = [(body, False)]
    while steps:
        step = steps.pop()
        if step is None:
            lines.append([])
        elif isinstance(step, str):
            lines[-1].append(step)
        else:
            one, is_inline = step
            between = "" if is_inline else None
            beside = (one.text, *(inner.tail for inner in one))
            is_mixed = any(said and said.strip() for said in beside)
            after: list[tuple[Element, bool] | str | None] = [between, one.text or ""]
            for inner in one:
                is_aside = name_of(inner) in _ASIDE and not is_mixed
                after += ["" if is_aside else (inner, is_mixed), inner.tail or ""]
            steps += reversed([*after, between])
    folded = (_SPACES.sub(" ", "".join(line)).strip(" ") for line in lines)
    return [line for line in folded if line]
