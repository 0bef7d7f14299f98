"""Reads ids as files write them: 8-4-4-4-12 hexadecimal digits; many at once where all are sound."""

from __future__ import annotations

from collections.abc import Sequence
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
    if not rows:
        return []
    values = [one.get("id") for one in rows]
    data = _at_once(values)
    if data is None:
        return [id_of(value, f"{where}[{at}].id") for at, value in enumerate(values)]
    return [Id(data[start : start + 16]) for start in range(0, len(data), 16)]


def _at_once(values: Sequence[object]) -> bytes | None:
    """Return all ids joined as bytes, or None when even one of them needs a closer look."""
    try:
        joined = "".join(values)  # type: ignore[arg-type]
        is_even = set(map(len, values)) <= {_WRITTEN}  # type: ignore[arg-type]
        dashes = "-" * len(values)
        if is_even and all(joined[at::_WRITTEN] == dashes for at in _DASHES):
            data = bytes.fromhex(joined.replace("-", ""))
            return data if len(data) == 16 * len(values) else None
    except (TypeError, ValueError):
        pass
    return None
