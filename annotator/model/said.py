"""Sentences that are made below the window, and still can be said in the window's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import ascii_lowercase


class Said(str):
    """A sentence in English that keeps its pattern, its count and the values in it."""

    __slots__ = ("number", "pattern", "values")

    pattern: str
    number: int | None
    values: Mapping[str, object]

    def __str__(self) -> str:
        return self


def say(pattern: str, count: int | None = None, /, **values: object) -> Said:
    """Return a pattern with its values in place of `{name}`.

    With a count `{n}` stands for it, and `(s)` for the ending of more than one, as in Qt's translations.
    """
    said = Said(filled(pattern, count, values))
    # What an error holds besides its text may be too much for a pipe between processes.
    plain = {name: str(one) if isinstance(one, Exception) else one for name, one in values.items()}
    said.pattern, said.number, said.values = pattern, count, plain
    return said


def filled(pattern: str, count: int | None, values: Mapping[str, object]) -> str:
    """Return a pattern with count and values in it, and `(s)` as English has it."""
    if count is None:
        return pattern.format(**values)
    return pattern.replace("(s)", "" if count == 1 else "s").format(n=f"{count:,}", **values)


def joined(*parts: str, between: str = " ") -> Said:
    """Return sentences or parts of one, one after another, without the empty ones."""
    given = {f"part{at}": one for at, one in enumerate(one for one in parts if one)}
    return say(between.join(f"{{{name}}}" for name in given), **given)


def readable(text: str, most: int = 600) -> str:
    """Return a text that people can read: of a long one, such as part of a file, the start and the end."""
    start = most * 2 // 3
    return text if len(text) <= most else f"{text[:start]} … {text[start - most :]}"


def ended(text: str) -> str:
    """Return what somebody else says with a mark at its end, so that a sentence may follow."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


_QUOTED = re.compile("“([^”]+)”")


def reason_said(reason: str) -> Said:
    """Return why something is suggested, as the store keeps it, with what it quotes as its values.

    “after “Mr.”” becomes the pattern “after “{a}””, so that few patterns stand for all reasons.
    """
    quoted = _QUOTED.findall(reason)[: len(ascii_lowercase)]
    names = iter(ascii_lowercase)
    plain = reason.replace("{", "{{").replace("}", "}}")
    pattern = _QUOTED.sub(lambda _: f"“{{{next(names)}}}”", plain, count=len(ascii_lowercase))
    return say(pattern, **dict(zip(ascii_lowercase, quoted, strict=False)))
