"""Finds the page in an archive that a browser saved (MHT, MHTML): a message of parts, one of which it is."""

from __future__ import annotations

import codecs
import quopri
import re
from collections.abc import Sequence
from email.message import EmailMessage
from typing import NamedTuple

from annotator.exchange.articles.mime import is_cut, payload_of, read_message
from annotator.exchange.other_kinds import refuse_other_kinds
from annotator.model.errors import UserError

_PAGES = ("text/html", "application/xhtml+xml")
_ANY = "application/octet-stream"
_BEGINS = re.compile(
    rb"\s*+(?:<!--.{0,500}?-->\s*+)?<(?:!doctype\s+html|html|\?xml)\b", re.IGNORECASE | re.DOTALL
)
"""How a page begins."""
_HEAD = re.compile(rb"\s*+(?:[\w-]{1,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n)*+){1,40}", re.ASCII)
_SAVED = re.compile(
    rb"^(?:content-type:\s*multipart/related|snapshot-content-location:)", re.IGNORECASE | re.MULTILINE
)
_START = 8_192
_QUOTED = re.compile(rb"=3D[\"']|=\r?\n")
"""What hardly any page has that is not in quoted-printable."""
_ANEW = "save the page anew"


class Saved(NamedTuple):
    """A page as it was saved: its bytes, the encoding that is said of it, and what is to be noted."""

    page: bytes
    encoding: str = ""
    notes: tuple[str, ...] = ()


def page_of(data: bytes, *, is_archive: bool) -> Saved:
    """Return the page in an archive, or the page that the bytes are; raises UserError where there is none."""
    data = data.removeprefix(codecs.BOM_UTF8) if is_archive else data
    if not (is_archive or _is_archive(data)):
        return Saved(data)
    if _BEGINS.match(data[:_START]):
        return Saved(data)
    refuse_other_kinds(data[:_START].strip())
    message = read_message(data.lstrip(b"\r\n\t "))
    pages = [part for part in message.walk() if isinstance(part, EmailMessage) and _is_page(part)]
    found = _first(message, pages)
    if found is None:
        raise _no_page(message)
    page = _decoded(found)
    if not page.strip():
        raise UserError("it is cut off before its page begins; {anew}", anew=_ANEW)
    notes = [
        "it has no end: the file is cut off, and words of the page may be missing" if is_cut(message) else "",
        f"other pages in it (frames, advertisements) were left out: {len(pages) - 1}" if pages[1:] else "",
    ]
    return Saved(page, found.get_content_charset() or "", tuple(one for one in notes if one))


def _is_archive(data: bytes) -> bool:
    """Tell whether a file is an archive that has another ending."""
    head = _HEAD.match(data[:_START])
    return head is not None and _SAVED.search(head[0]) is not None


def _is_page(part: EmailMessage) -> bool:
    kind = part.get_content_type()
    return kind in _PAGES or (kind == _ANY and _BEGINS.match(payload_of(part)[:_START]) is not None)


def _first(message: EmailMessage, pages: Sequence[EmailMessage]) -> EmailMessage | None:
    """Return the page that the archive is of: as it says itself, else its first one."""
    for field, said in (
        ("content-id", message.get_param("start") if "content-type" in message else None),
        ("content-location", message.get("snapshot-content-location")),
    ):
        wanted = str(said or "").strip()
        named = (one for one in pages if wanted and str(one.get(field, "")).strip() == wanted)
        if (found := next(named, None)) is not None:
            return found
    return next(iter(pages), None)


def _no_page(message: EmailMessage) -> UserError:
    if not message.keys():
        return UserError("it is no saved web page: it begins neither with a head nor with a page")
    if is_cut(message) or (message.get_content_maintype() == "multipart" and not message.is_multipart()):
        return UserError("it is cut off or damaged before its page begins; {anew}", anew=_ANEW)
    if message.get_body(("plain",)) is not None:
        return UserError("there is no web page in it, but plain text: give it the ending .eml")
    return UserError("there is no web page in it; {anew}", anew=_ANEW)


def _decoded(part: EmailMessage) -> bytes:
    """Return the bytes of a page, also where it does not say that it is in quoted-printable."""
    page = payload_of(part)
    is_said = bool(str(part.get("content-transfer-encoding", "")).strip())
    is_quoted = not is_said and len(_QUOTED.findall(page[: 4 * _START])) > 1
    return quopri.decodestring(page) if is_quoted else page
