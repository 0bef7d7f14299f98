"""Format `eml`: a saved mail (a newsletter, a press release) is one article."""

from __future__ import annotations

import email.errors
import re
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from pathlib import Path

from annotator.exchange.articles.mime import cut_fields, is_cut, payload_of, read_message
from annotator.exchange.articles.one_article import OneArticle
from annotator.exchange.articles.web_page import read_shown
from annotator.exchange.files import OLD_OFFICE, read_bytes, storable
from annotator.exchange.other_kinds import refuse_other_kinds
from annotator.model.errors import UserError
from annotator.model.formats import Draft, Format, ImportOptions

SUFFIXES = (".eml",)
Body = tuple[str, str, tuple[str, ...]]
"""A text, its language, and what to note of it."""
LIMIT = 100_000_000
"""Bytes of a file, attachments included."""
_BEGINS = re.compile(
    rb"(?:(?:Delivered-To|Received|Return-Path|X-[\w-]{1,40}|Message-ID|MIME-Version|Date|From|To|Subject|DKIM"
    rb"-Signature|ARC-[\w-]{1,40}|Authentication-Results): [^\n]{0,500}\n(?:[ \t][^\n]{0,500}\n)*+){4}",
    re.IGNORECASE,
)
"""Fields of a head, at least four of them."""
_CUT = "it has no end: the file is cut off, and words may be missing"
_NAMED, _LONGEST = 20, 200
"""Attachments that are named, and characters of their names."""


def read_mail(path: Path, options: ImportOptions) -> tuple[Draft, str]:  # noqa: ARG001 - a mail names its own
    """Return the article of a mail; its text part, else its page.  Raises UserError when it holds no text."""
    data = read_bytes(path, LIMIT)
    if data.startswith(OLD_OFFICE):
        raise UserError("it is a mail as Outlook alone reads it (.msg); open it there and save it as .eml")
    whole = read_message(data)
    if not whole.keys():
        refuse_other_kinds(data[:1024])
        raise UserError("it is no mail: it begins with no head (From, Date, Subject)")
    mail, (text, language, notes) = _read(whole)
    title = " ".join(str(mail["subject"] or "").split())
    cut = (_CUT,) if is_cut(whole) else ()
    notes = (*notes, *_attached(mail), *cut_fields(mail, "from", "subject"), *cut)
    body = f"{title}\n\n{text}" if title and not text.startswith(title) else text
    return Draft(storable(path.name), body, title, language, _facts(mail), notes=notes), ""


def _attached(mail: EmailMessage) -> Iterator[str]:
    """Yield what to note of the files in a mail: the names of the first ones."""
    attached = list(mail.iter_attachments()) if mail.is_multipart() else []
    names = [(one.get_filename() or "without a name")[:_LONGEST] for one in attached[:_NAMED]]
    if len(attached) > _NAMED:
        names.append(f"and {len(attached) - _NAMED:,} more")
    if names:
        yield f"attachments were left out: {', '.join(names)}"


def _read(mail: EmailMessage) -> tuple[EmailMessage, Body]:
    """Return a mail with what is to be read of it; the first that it forwards, where it says nothing."""
    for one in (mail, *_forwarded(mail)):
        body = _body(one)
        if body is not None:
            text, language, notes = body
            said = () if one is mail else ("the mail that it forwards was read",)
            return one, (text, language, (*notes, *said))
    raise UserError("there is no text in the mail")


def _forwarded(mail: EmailMessage) -> Iterator[EmailMessage]:
    for part in mail.walk():
        inner = part.get_payload() if part.get_content_type() == "message/rfc822" else []
        if isinstance(inner, list):
            yield from (one for one in inner if isinstance(one, EmailMessage))


def _body(mail: EmailMessage) -> Body | None:
    """Return text, language and notes of a mail: its text, or else its page."""
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        text = _content(part) if part is not None else ""
        if part is None or not text.strip():
            continue
        notes = ("some characters do not fit its encoding and show as �",) if "\ufffd" in text else ()
        if kind == "plain":
            return _unfolded(text, part), "", notes
        page = read_shown(text)
        return page.text, page.language, (*notes, *page.notes)
    return None


def _content(part: MIMEPart) -> str:
    """Return the text of a part: in the encoding it names, or in UTF-8 where it is that and not the other."""
    try:
        text = str(part.get_content())
        if part.defects:  # cut, it is taken for plain text
            text = payload_of(part).decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, ValueError) as error:
        raise UserError(
            "its text is in an encoding that is not known: {charset}",
            charset=part.get_content_charset(),
        ) from error
    if "\ufffd" not in text:
        return text
    try:
        return bytes(part.get_payload(decode=True)).decode()
    except UnicodeDecodeError:
        return text


def _unfolded(text: str, part: MIMEPart) -> str:
    """Return a text without the line ends that were only put in to send it (RFC 3676)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text.strip()
    kept = -1 if str(part.get_param("delsp", "")).lower() == "yes" else None
    pieces: list[str] = []
    is_open = False
    for line in text.splitlines():
        is_quoted = line.startswith(">")
        words = line.removeprefix(" ")
        goes_on = is_open and line.strip() and not is_quoted
        is_open = words.endswith(" ") and words != "-- " and not is_quoted
        words = words[:kept] if is_open else words.rstrip()
        pieces += ["" if goes_on else "\n", words]
    return "\n".join(line.rstrip() for line in "".join(pieces).split("\n")).strip()


def _facts(mail: EmailMessage) -> dict[str, str]:
    facts = {}
    try:
        addresses = getattr(mail["from"], "addresses", ())
    except (AttributeError, IndexError, email.errors.MessageError):  # what Python makes of a torn address
        addresses = ()
    sender = next((one.display_name or one.addr_spec.strip("<>") for one in addresses), "")
    if sender:
        facts["byline"] = sender
    try:
        sent = parsedate_to_datetime(str(mail["date"]))
    except (TypeError, ValueError, OverflowError):  # no day, or a year of many figures
        return facts
    return facts | {"published": sent.date().isoformat()}


FORMAT = Format(
    "eml",
    "Mail, one article each",
    SUFFIXES,
    importer=OneArticle(SUFFIXES, read_mail, is_slow=True, begins=_BEGINS),
    about="A mail with its subject, sender and date; also a text file that begins with the head of one.",
)
