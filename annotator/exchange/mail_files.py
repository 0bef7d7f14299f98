"""Format `eml`: a saved e-mail (a newsletter, a press release) is one article."""

from __future__ import annotations

import email
import email.errors
import email.policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from annotator.exchange.files import read_bytes, storable
from annotator.exchange.one_article import OneArticle
from annotator.exchange.web_page import read_page
from annotator.model.errors import UserError
from annotator.model.formats import Draft, Format, ImportOptions

SUFFIXES = (".eml",)
LIMIT = 100_000_000
"""Bytes of a file, attachments included."""
_PARTS = 1_000


def read_mail(path: Path, options: ImportOptions) -> tuple[Draft, str]:  # noqa: ARG001 - a mail names its own
    """Return the article of a mail; its text part, else its page.  Raises UserError when it holds no text."""
    mail = email.message_from_bytes(read_bytes(path, LIMIT), policy=email.policy.default)
    if not mail.keys():
        raise UserError("it is no e-mail: it begins with no head (From, Date, Subject)")
    parts = sum(1 for _, _ in zip(mail.walk(), range(_PARTS + 1), strict=False))
    if parts > _PARTS:
        raise UserError("it has more than {limit:,} parts, which is the limit", limit=_PARTS)
    text, language, notes = _body(mail)
    title = " ".join(str(mail["subject"] or "").split())
    attached = (
        [one.get_filename() or "without a name" for one in mail.iter_attachments()]
        if mail.is_multipart()
        else []
    )
    if attached:
        notes = (*notes, f"attachments were left out: {', '.join(attached)}")
    body = f"{title}\n\n{text}" if title and not text.startswith(title) else text
    return Draft(storable(path.name), body, title, language, _facts(mail), notes=notes), ""


def _body(mail: EmailMessage) -> tuple[str, str, tuple[str, ...]]:
    """Return text, language and notes of what is to be read of a mail."""
    part = mail.get_body(("plain", "html"))
    if part is None:
        raise UserError("there is no text in the e-mail")
    try:
        content = part.get_content()
    except (LookupError, ValueError) as error:
        raise UserError(
            "its text is in an encoding that is not known: {charset}",
            charset=part.get_content_charset(),
        ) from error
    text = str(content)
    notes = ("some characters do not fit its encoding and show as �",) if "\ufffd" in text else ()
    if part.get_content_subtype() == "html":
        page = read_page(text)
        return page.text, page.language, (*notes, *page.notes)
    if not text.strip():
        raise UserError("there is no text in the e-mail")
    return text.strip(), "", notes


def _facts(mail: EmailMessage) -> dict[str, str]:
    facts = {}
    try:
        addresses = getattr(mail["from"], "addresses", ())
    except (IndexError, email.errors.MessageError):  # what Python makes of a torn address
        addresses = ()
    if addresses:
        facts["byline"] = addresses[0].display_name or str(addresses[0].addr_spec)
    try:
        sent = parsedate_to_datetime(str(mail["date"]))
    except (TypeError, ValueError):
        return facts
    return facts | {"published": sent.date().isoformat()}


FORMAT = Format(
    "eml",
    "E-mail, one article each",
    SUFFIXES,
    importer=OneArticle(SUFFIXES, read_mail),
    about="An e-mail with its subject, sender and date.",
)
