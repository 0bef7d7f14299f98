"""Reads ids as files write them: 8-4-4-4-12 hexadecimal digits; many at once where all are sound."""

from __future__ import annotations

from binascii import unhexlify
from collections.abc import Sequence
from operator import itemgetter
from struct import unpack
from typing import Any

from annotator.exchange.record_faults import Fault, kind_of
from annotator.model.ids import Id

_WRITTEN = 36
_DASHES = (8, 13, 18, 23)


def id_of(value: object, field: str) -> Id:
    """Return the id in a field; raises Fault when it is none."""
    if isinstance(value, str) and len(value) == _WRITTEN and all(value[at] == "-" for at in _DASHES):
        try:
            found = bytes.fromhex(value.replace("-", ""))
        except ValueError:
            found = b""
        if len(found) == 16:
            return Id(found)
    raise Fault(field, f"it is {kind_of(value)}, it has to be an id (a UUID: 8-4-4-4-12 hexadecimal digits)")


def ids_of(rows: Sequence[dict[str, Any]], where: str) -> list[Id]:
    """Return the ids of records, in order; raises Fault with the first that is none."""
    return written_and_read(rows, where)[1]


def written_and_read(rows: Sequence[dict[str, Any]], where: str) -> tuple[list[Any], list[Id]]:
    """Return the ids of records as the file has them, and what they are; raises Fault like `ids_of`."""
    if not rows:
        return [], []
    values = id_values(rows)
    data = _at_once(values)
    if data is None:
        return values, [id_of(value, f"{where}[{at}].id") for at, value in enumerate(values)]
    return values, [*unpack("16s" * len(values), data)]


def id_values(rows: Sequence[dict[str, Any]]) -> list[Any]:
    """Return the ids of records as the file has them, None where there is none."""
    if not rows:
        return []
    # The name as it stands in a record: the reader uses it again, and the same one needs no comparing.
    name = next((one for one in rows[0] if one == "id"), "id")
    try:
        return [*map(itemgetter(name), rows)]
    except KeyError:
        return [one.get(name) for one in rows]


def _at_once(values: Sequence[object]) -> bytes | None:
    """Return all ids joined as bytes, or None when even one of them needs a closer look."""
    try:
        joined = "".join(values).encode("ascii")  # type: ignore[arg-type]
        first, *others = [joined[at::_WRITTEN] for at in _DASHES]
        is_even = {*map(len, values)} <= {_WRITTEN}  # type: ignore[arg-type]
        if is_even and first == b"-" * len(values) and others == [first] * len(others):
            data = unhexlify(joined.translate(None, b"-"))
            return data if len(data) == 16 * len(values) else None
    except (TypeError, ValueError):
        pass
    return None
