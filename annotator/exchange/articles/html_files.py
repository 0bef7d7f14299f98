"""Format `html`: a saved web page is one article."""

from __future__ import annotations

import re
from pathlib import Path

from annotator.exchange.articles.mht_pages import page_of
from annotator.exchange.articles.news_exports import taken_apart, text_of_page
from annotator.exchange.articles.one_article import OneArticle
from annotator.exchange.articles.web_page import read_page
from annotator.exchange.encoding import MARK, Decoded, decode, encoding_title
from annotator.exchange.files import read_bytes, storable
from annotator.model.errors import UserError
from annotator.model.formats import Draft, Format, ImportOptions
from annotator.model.language import settled_language

ARCHIVES = (".mht", ".mhtml")
"""A page with all its parts in one file, as browsers save it: a mail that is a page."""
SUFFIXES = (".html", ".htm", ".xhtml", *ARCHIVES)
LIMIT = 40_000_000
"""Bytes of a page; pictures in the page itself make it large."""
_START = 2048
_FEW = 20
"""Characters for each NUL that a page may hold, as browsers pass over; what has more is no page."""
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


def decode_page(data: bytes, encoding: str | None, said: str = "") -> Decoded:
    """Return a page as text: in the chosen encoding, as its mark says, as is said of it, or UTF-8."""
    said = "" if encoding or data.startswith(_MARKS) else said or _declared(data)
    if said and _is_utf8(data):
        # Whoever saved the page wrote it anew, and left in it what was said before.
        said = ""
    found = decode(data, encoding or said or None)
    if not said or found.encoding == "utf-8":
        return found
    return Decoded(
        found.text, found.encoding, (f"read as {encoding_title(found.encoding)}, as the page says",)
    )


def _is_utf8(data: bytes) -> bool:
    """Tell whether there are letters beyond ASCII, and all of them are UTF-8; hardly by chance."""
    try:
        return not data.isascii() and bool(data.decode())
    except UnicodeDecodeError:
        return False


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_START])
    name = found[1].decode("ascii", "replace").lower() if found else ""
    return _AS_BROWSERS.get(name, name)


def read_html(path: Path, options: ImportOptions) -> tuple[Draft, str]:
    """Return the article of a page, and its encoding; raises UserError when there is none."""
    saved = page_of(read_bytes(path, LIMIT), is_archive=path.suffix.lower() in ARCHIVES)
    found = decode_page(saved.page, options.encoding, saved.encoding)
    start = found.text[:_START]
    if start.count("\0") * _FEW > len(start):
        raise UserError("it is no web page, whatever its name says: it begins with bytes that are no text")
    text = found.text.removeprefix(MARK)
    if several := text_of_page(text):
        return Draft(storable(path.name), several, notes=(*saved.notes, *found.notes)), found.encoding
    page = read_page(text)
    draft = Draft(
        storable(path.name),
        page.text,
        page.title,
        settled_language(page.language, page.text),
        page.facts,
        notes=(*saved.notes, *found.notes, *page.notes),
    )
    return draft, found.encoding


FORMAT = Format(
    "html",
    "Web page, one article each",
    SUFFIXES,
    importer=OneArticle(SUFFIXES, read_html, is_slow=True, apart=taken_apart),
    about="Saved web pages: the article in them is found, with title, byline and date; nothing is loaded. Of "
    "a page that LexisNexis or Factiva made, each article.",
)
