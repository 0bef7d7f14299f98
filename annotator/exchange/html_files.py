"""Format `html`: a saved web page is one article."""

from __future__ import annotations

import re
from pathlib import Path

from annotator.exchange.encoding import MARK, Decoded, decode, encoding_title
from annotator.exchange.files import read_bytes, storable
from annotator.exchange.one_article import OneArticle
from annotator.exchange.web_page import read_page
from annotator.model.formats import Draft, Format, ImportOptions

SUFFIXES = (".html", ".htm", ".xhtml")
LIMIT = 40_000_000
"""Bytes of a page; pictures in the page itself make it large."""
_START = 2048
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_AS_BROWSERS = {
    "iso-8859-1": "windows-1252",
    "latin-1": "windows-1252",
    "latin1": "windows-1252",
    "us-ascii": "windows-1252",
}
"""What browsers read where a page says so."""
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def decode_page(data: bytes, encoding: str | None) -> Decoded:
    """Return a page as text: in the chosen encoding, as its mark says, as the page says, or UTF-8."""
    said = "" if encoding or data.startswith(_MARKS) else _declared(data)
    found = decode(data, encoding or said or None)
    if not said or found.encoding == "utf-8":
        return found
    return Decoded(
        found.text, found.encoding, (f"read as {encoding_title(found.encoding)}, as the page says",)
    )


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_START])
    name = found[1].decode("ascii", "replace").lower() if found else ""
    return _AS_BROWSERS.get(name, name)


def read_html(path: Path, options: ImportOptions) -> tuple[Draft, str]:
    """Return the article of a page, and its encoding; raises UserError when there is none."""
    found = decode_page(read_bytes(path, LIMIT), options.encoding)
    page = read_page(found.text.removeprefix(MARK))
    draft = Draft(
        storable(path.name),
        page.text,
        page.title,
        page.language,
        page.facts,
        notes=(*found.notes, *page.notes),
    )
    return draft, found.encoding


FORMAT = Format(
    "html",
    "Web page, one article each",
    SUFFIXES,
    importer=OneArticle(SUFFIXES, read_html),
    about="Saved web pages: the article in them is found, with title, byline and date; nothing is loaded.",
)
