"""Reads messages of parts, as mails and saved pages with their pictures are, within bounds."""

from __future__ import annotations

import base64
import email
import email.errors
import re
from collections.abc import Sequence
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from itertools import islice
from typing import Any, cast

from annotator.model.errors import UserError

PARTS = 1_000
HEADER = 10_000
"""Characters of one field of a head (a subject, a sender) that are read."""
_CONTENT = 2_000
"""Characters of a field that says what a part is, which is read again and again."""
HEADS = 1_000_000
"""Characters of all heads together."""
_HEAD = re.compile(rb"^content-type[ \t]*:", re.IGNORECASE | re.MULTILINE)
"""What the head of hardly any part is without."""
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_CUT = (email.errors.CloseBoundaryNotFoundDefect, email.errors.StartBoundaryNotFoundDefect)
_BRACKETS = dict.fromkeys(map(ord, "()<>[]:"), " ")
"""What fields nest without end."""


def _bounded() -> EmailPolicy[EmailMessage]:
    """Return how to read one message: with a bound, since to read a field takes its length squared."""
    left = HEADS

    class Bounded(EmailPolicy):
        def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
            nonlocal left
            left -= sum(map(len, sourcelines))
            if left < 0:
                raise UserError(
                    "its heads have more than {limit:,} characters, which is the limit", limit=HEADS
                )
            name, value = super().header_source_parse(list(sourcelines))
            return name, value[: _CONTENT if name.lower().startswith("content-") else HEADER]

        def header_fetch_parse(self, name: str, value: str) -> Any:
            try:
                return super().header_fetch_parse(name, value)
            except RecursionError:
                return super().header_fetch_parse(name, value.translate(_BRACKETS))

    return cast("EmailPolicy[EmailMessage]", Bounded())


def cut_fields(message: EmailMessage, *names: str) -> list[str]:
    """Return a note for each of these fields of a head that is not read to its end."""
    fields = ((name.lower(), value) for name, value in message.raw_items())
    cut = {name for name, value in fields if name in names and len(value) >= HEADER}
    return [f"of the field {name!r} only the first {HEADER:,} characters were read" for name in sorted(cut)]


def payload_of(part: MIMEPart) -> bytes:
    """Return the bytes of a part, as far as they are there: a cut one is not taken for plain text."""
    way = str(part.get("content-transfer-encoding", "")).strip().lower()
    if way != "base64":
        return bytes(part.get_payload(decode=True) or b"")
    coded = _NOT_BASE64.sub(b"", str(part.get_payload()).encode("ascii", "ignore"))
    rest = len(coded) % 4
    whole = coded if rest != 1 else coded[:-1]
    return base64.b64decode(whole + b"=" * (-len(whole) % 4))


def is_cut(message: EmailMessage) -> bool:
    """Tell whether the end of a message, or of a message in it, is not there."""
    parts = islice(message.walk(), PARTS + 1)
    return any(isinstance(one, _CUT) for part in parts for one in part.defects)


def read_message(data: bytes) -> EmailMessage:
    """Return a message; raises UserError where its parts are too many or nested too deep to be read."""
    too_many = UserError("it has more than {limit:,} parts, which is the limit", limit=PARTS)
    if sum(1 for _, _ in zip(_HEAD.finditer(data), range(PARTS + 2), strict=False)) > PARTS + 1:
        raise too_many
    try:
        message = email.message_from_bytes(data, policy=_bounded())
        parts = sum(1 for _, _ in zip(message.walk(), range(PARTS + 1), strict=False))
    except RecursionError as error:
        raise UserError("its parts are nested too deep: no program of mail writes so") from error
    if parts > PARTS:
        raise too_many
    return message
