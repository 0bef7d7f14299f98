"""Reads messages of parts, as mails and saved pages with their pictures are, within bounds."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage

from annotator.model.errors import UserError

PARTS = 1_000
_HEAD = re.compile(rb"^content-type[ \t]*:", re.IGNORECASE | re.MULTILINE)
"""What the head of hardly any part is without."""


def read_message(data: bytes) -> EmailMessage:
    """Return a message; raises UserError where its parts are too many or nested too deep to be read."""
    too_many = UserError("it has more than {limit:,} parts, which is the limit", limit=PARTS)
    if sum(1 for _, _ in zip(_HEAD.finditer(data), range(PARTS + 2), strict=False)) > PARTS + 1:
        raise too_many
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        parts = sum(1 for _, _ in zip(message.walk(), range(PARTS + 1), strict=False))
    except RecursionError as error:
        raise UserError("its parts are nested too deep: no program of mail writes so") from error
    if parts > PARTS:
        raise too_many
    return message
