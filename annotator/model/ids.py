"""Ids of records: UUIDv7, unique everywhere, sorted by the time they were made, never reused."""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Sequence
from typing import NewType, cast

Id = NewType("Id", bytes)
"""Sixteen bytes of a UUIDv7; comparing two ids compares the times they were made."""

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
_RANDOM_BITS = 62


def new_id() -> Id:
    """Return a fresh id (RFC 9562 §6.2, method 3: twelve bits of a millisecond's fraction)."""
    return new_ids(1)[0]


def new_ids(count: int) -> list[Id]:
    """Return `count` fresh ids in ascending order; a run of them differs only in its last bits."""
    nanoseconds = time.time_ns()
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    fraction = rest * 4096 // 1_000_000
    # One bit of head room, so that counting up never leaves the random field.
    first = secrets.randbits(_RANDOM_BITS - 1)
    start = ((milliseconds << 80) | _VERSION | (fraction << 64) | _VARIANT) + first
    return cast("list[Id]", [(start + step).to_bytes(16, "big") for step in range(count)])


def id_text(record_id: Id) -> str:
    """Return the id as it is written in files: 8-4-4-4-12 hexadecimal digits."""
    text = record_id.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def id_texts(ids: Sequence[Id]) -> list[str]:
    """Return ids as they are written in files; those of one run, which share their first half, quickly."""
    if not ids or min(ids)[:10] != max(ids)[:10]:
        return [id_text(one) for one in ids]
    first = id_text(ids[0])[:24]
    return [first + one[10:].hex() for one in ids]


def id_from_text(text: str) -> Id:
    """Return the id that `text` writes; raises ValueError when it writes none."""
    return Id(uuid.UUID(text).bytes)


def id_time(record_id: Id) -> int:
    """Return when the id was made, in microseconds since 1970 (UTC)."""
    return int.from_bytes(record_id[:6], "big") * 1000
