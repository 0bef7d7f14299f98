"""Format `markdown`: a Markdown file is one article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.exchange.encoding import MARK, decode
from annotator.exchange.files import TEXT_FILE_LIMIT, read_bytes, storable
from annotator.exchange.one_article import OneArticle
from annotator.model.errors import UserError
from annotator.model.formats import Draft, Format, ImportOptions

if TYPE_CHECKING:
    from markdown_it.token import Token

SUFFIXES = (".md", ".markdown")
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FACT = re.compile(r"^(\w+):[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)[T ].*")
_FACTS = {"author": "byline", "byline": "byline", "date": "published", "outlet": "outlet", "source": "outlet"}


def read_markdown(path: Path, options: ImportOptions) -> tuple[Draft, str]:
    """Return the article of a file without its marks: the words that a reader of the page would see."""
    found = decode(read_bytes(path, TEXT_FILE_LIMIT), options.encoding)
    text = found.text.removeprefix(MARK).replace("\r\n", "\n")
    front = _FRONT.match(text)
    facts = {name.lower(): value for name, value in _FACT.findall(front[1])} if front else {}
    paragraphs, notes = _paragraphs(text[front.end() :] if front else text)
    if not paragraphs:
        raise UserError("there is no text in the file")
    title = facts.get("title", "")
    if title and paragraphs[0] != title:
        paragraphs.insert(0, title)
    meta = {_FACTS[name]: _DAY.sub(r"\1", value) for name, value in facts.items() if name in _FACTS and value}
    draft = Draft(
        storable(path.name), "\n\n".join(paragraphs), title, meta=meta, notes=(*found.notes, *notes)
    )
    return draft, found.encoding


def _paragraphs(text: str) -> tuple[list[str], tuple[str, ...]]:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - loaded when the first file comes

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    kinds = {inner.type for token in tokens for inner in token.children or ()} | {one.type for one in tokens}
    notes = [
        "HTML in it was left out" if kinds & {"html_block", "html_inline"} else "",
        "pictures were left out" if "image" in kinds else "",
    ]
    found = (one.strip() for one in _blocks(tokens))
    return [one for one in found if one], tuple(one for one in notes if one)


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the paragraphs, headings, cells and pieces of code as plain text."""
    for token in tokens:
        if token.type == "inline":
            yield "".join(_words(token.children or ()))
        elif token.type in ("fence", "code_block"):
            yield token.content


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
