"""Format `markdown`: a Markdown file is one article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.exchange.articles.markdown_front import front_of
from annotator.exchange.articles.markdown_notes import with_plain_notes
from annotator.exchange.articles.one_article import OneArticle
from annotator.exchange.articles.web_page import read_shown
from annotator.exchange.articles.written_days import written_day
from annotator.exchange.encoding import MARK, decode
from annotator.exchange.files import TEXT_FILE_LIMIT, read_bytes, storable
from annotator.model.errors import UserError
from annotator.model.formats import Draft, Format, ImportOptions

if TYPE_CHECKING:
    from markdown_it.token import Token

SUFFIXES = (".md", ".markdown")
MARKS, BRACKETS = 500_000, 20_000
"""Signs that may be marks, and brackets among them: each is looked at again and again."""
_SIGNS = "*_`[<!&|\\>~"
_DEEP = 100
"""Quotations and lists in each other."""
_BLOCKS = 1_000
"""Pieces of HTML that are looked into."""
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_NO_FRONT = "what the file says of itself at its start was left out: it cannot be read, or is too long"
_REMARKS = re.compile(r"\s*(?:<!--.*?-->\s*)*", re.DOTALL)
_LINE_ENDS = re.compile(r"\r\n?")
_FACTS = {
    **dict.fromkeys(("author", "authors", "byline", "by"), "byline"),
    **dict.fromkeys(("date", "published", "pubdate", "publishdate", "date published"), "published"),
    **dict.fromkeys(("outlet", "source", "publisher", "publication"), "outlet"),
}


def read_markdown(path: Path, options: ImportOptions) -> tuple[Draft, str]:
    """Return the article of a file without its marks: the words that a reader of the page would see."""
    found = decode(read_bytes(path, TEXT_FILE_LIMIT), options.encoding)
    text = _LINE_ENDS.sub("\n", found.text.removeprefix(MARK))
    if "\0" in text:
        raise UserError("it is no text: it holds a NUL at character {at:,}", at=text.index("\0"))
    front, body = front_of(text)
    facts = {} if front is None else front
    unread = (_NO_FRONT,) if front is None else ()
    paragraphs, notes = _paragraphs(body)
    if not paragraphs:
        raise UserError("there is no text in the file")
    title = facts.get("title", "")
    if title and paragraphs[0] != title:
        paragraphs.insert(0, title)
    meta = {_FACTS[name]: value for name, value in facts.items() if name in _FACTS and value}
    if "published" in meta:
        meta["published"] = written_day(meta["published"]) or meta["published"]
    draft = Draft(
        storable(path.name), "\n\n".join(paragraphs), title, meta=meta, notes=(*found.notes, *unread, *notes)
    )
    return draft, found.encoding


def _paragraphs(text: str) -> tuple[list[str], tuple[str, ...]]:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - loaded when the first file comes

    _refuse_crowded(text)
    reader = MarkdownIt("commonmark", {"maxNesting": _DEEP}).enable(["table", "strikethrough"])
    tokens = reader.parse(with_plain_notes(text))
    kinds = {inner.type for token in tokens for inner in token.children or ()} | {one.type for one in tokens}
    is_deep = any(one.level >= _DEEP - 1 for one in tokens)
    pieces = sum(one.type == "html_block" for one in tokens)
    found = [one for one in (one.strip() for one in _blocks(tokens)) if one]
    if is_deep and not found:
        raise UserError("its quotations and lists are nested too deep (more than {limit})", limit=_DEEP)
    notes = [
        "of HTML in it only the words were read" if kinds & {"html_block", "html_inline"} else "",
        f"of its pieces of HTML only the first {_BLOCKS:,} were read" if pieces > _BLOCKS else "",
        "pictures were left out" if "image" in kinds else "",
        f"what is nested more than {_DEEP} deep was left out" if is_deep else "",
    ]
    return found, tuple(one for one in notes if one)


def _refuse_crowded(text: str) -> None:
    count, brackets = sum(map(text.count, _SIGNS)), text.count("[")
    if count > MARKS or brackets > BRACKETS:
        raise UserError(
            "it has {count:,} marks and {brackets:,} brackets, and {marks:,} and {most:,} are the limits for "
            "one article; split it",
            count=count,
            brackets=brackets,
            marks=MARKS,
            most=BRACKETS,
        )


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the paragraphs, headings, cells and pieces of code and HTML as plain text."""
    left = _BLOCKS
    for token in tokens:
        if token.type == "inline":
            yield "".join(_words(token.children or ()))
        elif token.type in ("fence", "code_block"):
            yield token.content
        elif token.type == "html_block" and left:
            left -= 1
            yield _shown(token.content)


def _shown(piece: str) -> str:
    """Return what a piece of HTML shows."""
    if _REMARKS.fullmatch(piece):
        return ""
    try:
        return read_shown(piece).text
    except UserError:
        return ""


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            yield token.content
        elif token.type == "softbreak":
            yield " "
        elif token.type == "hardbreak" or _BREAK.fullmatch(token.content):
            yield "\n"


FORMAT = Format(
    "markdown",
    "Markdown, one article each",
    SUFFIXES,
    importer=OneArticle(SUFFIXES, read_markdown),
    about="Text with Markdown's marks, which are taken away.",
)
