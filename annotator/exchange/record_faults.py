"""Says what is wrong with a record that is refused: the field, what it holds, what would fit."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from typing import Any, TypeGuard

from annotator.model.errors import UserError
from annotator.model.text import Utf16Map, cut

_LONGEST = 40


class Fault(UserError):
    """What is wrong with a record, and in which field."""

    def __init__(self, field: str, reason: str, *, is_unknown: bool = False) -> None:
        super().__init__(reason)
        self.field = field
        self.is_unknown = is_unknown
        """That something is only not in the scheme."""

    def inside(self, where: str) -> Fault:
        """Return the same fault, its field named from further out."""
        self.field = f"{where}.{self.field}" if self.field else where
        return self


class Faults:
    """What is wrong with single parts of a record: `with faults:` keeps it, and the rest is taken."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, field: str, reason: str) -> None:
        """Keep what is wrong with a part."""
        self.found.append(Fault(field, reason))

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if isinstance(error, Fault):
            self.found.append(error)
        return isinstance(error, Fault)


def text_of(values: dict[str, Any], field: str, default: str | None = None, where: str = "") -> str:
    """Return a field that must be text; without a default it must be there."""
    value = values.get(field, default)
    if value is None and default is not None:
        value = default
    if isinstance(value, str):
        return value
    if field not in values:
        raise Fault(where + field, f"there is no field {field!r}")
    raise Fault(where + field, f"{field!r} is {kind_of(value)}, it has to be text")


def key_of(value: object) -> str:
    """Return what names a record or a user, a text or a whole number, as text; nothing for other values."""
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""


def as_text(value: object) -> str:
    """Return a plain value as text, what is so or not as JSON writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def list_of(values: dict[str, Any], field: str, where: str = "") -> list[Any]:
    """Return a field that must be a list; an absent one is empty."""
    value = values.get(field)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Fault(where + field, f"{field!r} is {kind_of(value)}, it has to be a list")
    return value


def objects_of(values: dict[str, Any], field: str, where: str = "") -> list[dict[str, Any]]:
    """Return a field that must be a list of objects with named fields."""
    found = list_of(values, field, where)
    if not found or {*map(type, found)} == {dict}:
        return found
    for at, one in enumerate(found):
        if not isinstance(one, dict):
            raise Fault(
                f"{where}{field}[{at}]", f"it is {kind_of(one)}, it has to be an object with named fields"
            )
    return found


def texts_of(values: object, where: str) -> dict[str, str]:
    """Return an object whose values must all be text."""
    if not isinstance(values, dict):
        raise Fault(where, f"it is {kind_of(values)}, it has to be an object with named fields")
    for name, value in values.items():
        if not isinstance(value, str):
            raise Fault(f"{where}.{name}", f"it is {kind_of(value)}, it has to be text")
    return values


def choice_of(value: object, allowed: Collection[str], where: str) -> str:
    """Return a field that must be one of a few words."""
    if isinstance(value, str) and value in allowed:
        return value
    raise Fault(where, f"it is {kind_of(value)}, expected one of {', '.join(sorted(allowed))}")


def offset_of(value: object, where: str) -> int:
    """Return an offset, which must be a whole number, written as one."""
    if type(value) is int:
        return value
    if isinstance(value, float):
        reason = f"{value} is no offset: offsets are whole numbers without a point, within the text"
        raise Fault(where, reason)
    raise Fault(where, f"an offset has to be a number, this is {kind_of(value)}")


def is_pair(value: object) -> TypeGuard[list[int]]:
    """Tell whether a value is a place alone: a list of a start and an end."""
    return isinstance(value, list) and [*map(type, value)] == [int, int]


def check_stretch(start: int, end: int, size: int, where: str) -> None:
    """Refuse a stretch that is empty, reversed or outside a text of `size` characters."""
    if start < 0:
        raise Fault(where, f"start {start} lies before the text")
    if end > size:
        raise Fault(where, f"end {end} lies beyond the text of {size} characters")
    if start >= end:
        what = "is empty" if start == end else "ends before it starts"
        raise Fault(where, f"the stretch {start} to {end} {what}; end is exclusive and comes after start")


def check_quote(text: str, start: int, end: int, quote: object, where: str) -> None:
    """Refuse a covered text that is not the article's, saying which reading of the offsets would fit."""
    if not isinstance(quote, str):
        raise Fault(where, f"the covered text is {kind_of(quote)}, it has to be text")
    covered = text[start:end]
    if quote == covered:
        return
    raise Fault(
        where,
        f"the covered text is {short(quote)}, but the article has {short(covered)} "
        f"at {start} to {end}{_other_reading(text, start, end, quote)}",
    )


def other_reading_of(text: str, start: int, end: int, quote: object) -> str:
    """Return which reading of offsets that lie outside the text would fit, as the end of a sentence."""
    return _other_reading(text, start, end, quote) if isinstance(quote, str) else ""


def _other_reading(text: str, start: int, end: int, quote: str) -> str:
    positions, data = Utf16Map(text), text.encode()
    ends = (positions.to_16(len(text)), len(data), len(text))
    in_units, in_bytes, in_points = (end <= one for one in ends)  # a slice would end where the text does
    if in_units and text[positions.from_16(start) : positions.from_16(end)] == quote:
        return "; it fits if the offsets are UTF-16 units: give them in code points"
    if in_bytes and data[start:end] == quote.encode("utf-8", "surrogatepass"):
        return "; it fits if the offsets are bytes of UTF-8: give them in code points"
    is_same = unicodedata.normalize("NFC", quote) == unicodedata.normalize("NFC", text[start:end])
    if in_points and is_same:
        return "; they are the same after Unicode normalisation: give it as the article has it"
    return ""


def kind_of(value: object) -> str:
    """Return what a value is, as a person would say it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return f"{str(value).lower()} (true or false)"
    kinds = {
        int: "a number",
        float: "a number",
        str: f"text ({short(str(value))})",
        list: "a list",
        dict: "an object",
    }
    return kinds.get(type(value), type(value).__name__)


def short(text: str) -> str:
    """Return a text in quotation marks, cut when it is long, with stand-ins for what does not show."""
    return repr(cut(text, _LONGEST))
