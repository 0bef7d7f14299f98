"""Reads what a Markdown file says of itself at its start: YAML between `---`, or TOML between `+++`."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence

_YAML = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_SETS = re.compile(r"^[ \t]*[\w\".-]{1,100}[ \t]*=", re.MULTILINE)
"""What TOML has, and news between lines of pluses have not."""
_KEY = re.compile(r"([\w-]+(?: [\w-]+){0,3})[ \t]*:(?:[ \t]+(.*)|)$")
_BELOW = re.compile(r"[ \t]|[-\]}](?:[ \t]|$)|#|$")
"""How lines begin that belong to the name above them, or are a remark."""
_FOLDED = re.compile(r"[|>][+-]?\d?[ \t]*$")
_REMARK = re.compile(r"(?:^|[ \t]+)#.*")
_ITEM = re.compile(r"[ \t]*-[ \t]+")
_LIMIT = 100_000
"""Characters of such a start; of a longer one nothing is taken."""


def front_of(text: str) -> tuple[Mapping[str, str] | None, str]:
    """Return what a text says of itself, by names in small letters, and the text behind that.

    None stands for a start that is one, but cannot be read or is too long.
    """
    toml = _TOML.match(text)
    if toml is not None and _SETS.search(toml[1]):
        return _from_toml(toml[1]), text[toml.end() :]
    yaml = _YAML.match(text)
    names = _names(yaml[1].split("\n")) if yaml else None
    if yaml is None or names is None:
        return {}, text
    facts = {name: _value(value, below) for name, value, below in names} if len(yaml[1]) <= _LIMIT else None
    return facts, text[yaml.end() :]


def _from_toml(lines: str) -> dict[str, str] | None:
    if len(lines) > _LIMIT:
        return None
    try:
        values = tomllib.loads(lines)
    except (RecursionError, ValueError):
        return None
    return {name.lower(): _joined(value) for name, value in values.items() if not isinstance(value, dict)}


def _joined(value: object) -> str:
    values = value if isinstance(value, list) else [value]
    return "; ".join(str(one) for one in values if not isinstance(one, dict | list))


def _names(lines: Sequence[str]) -> list[tuple[str, str, list[str]]] | None:
    """Return each name with its value and the lines below it; None for text between lines of dashes."""
    found: list[tuple[str, str, list[str]]] = []
    for line in lines:
        key = _KEY.match(line)
        if key is not None:
            found.append((key[1].lower(), (key[2] or "").strip(), []))
        elif not _BELOW.match(line) or (line.strip() and not line.startswith("#") and not found):
            return None
        elif found:
            found[-1][2].append(line)
    return found or None


def _value(value: str, below: Sequence[str]) -> str:
    """Return a value as it is meant; of a list, with semicolons between its values."""
    lines = [one for one in below if one.strip()]
    if _FOLDED.match(value):
        return " ".join(one.strip() for one in lines)
    if value.startswith("["):
        inner = " ".join([value, *lines]).strip()[1:].partition("]")[0]
        return "; ".join(filter(None, (_plain(one.strip()) for one in inner.split(","))))
    if not _REMARK.sub("", value):
        items = [_plain(_ITEM.sub("", one, count=1).strip()) for one in lines if _ITEM.match(one)]
        return "; ".join(one for one in items if one)
    return _plain(value)


def _plain(value: str) -> str:
    """Return a value without its quotation marks or the remark behind it."""
    if value.startswith('"'):
        try:
            plain, _end = json.JSONDecoder().raw_decode(value)
        except ValueError:
            return value.strip('"')
        return str(plain)
    if value.startswith("'"):
        inner, end, _ = value[1:].replace("''", "\0").partition("'")
        return inner.replace("\0", "'") if end else value.strip("'")
    return _REMARK.sub("", value).strip()
