"""Reads the lists that programs leave in cells of tables: as JSON, as Python shows them, as numpy does."""

from __future__ import annotations

import ast
import re
import warnings
from typing import Any

import orjson

LABEL_MARK = "__label__"
"""Stands before labels, as fastText has them."""
_LONGEST = 200_000
"""Characters of a list as Python shows it; reading one takes some fifty times its size."""
_ITEM = r"'(?:[^'\\]|\\.)*+'|\"(?:[^\"\\]|\\.)*+\"|-?[0-9]++"
_NUMPY = re.compile(rf"\[\s*+(?:{_ITEM})(?:\s++(?:{_ITEM}))*+\s*+\]")
_ITEMS = re.compile(_ITEM)
_ARRAY = re.compile(r"\barray\((\[[^()\[\]]*+\])(?:, dtype=[\w.<>'\"]++)?\)")


def list_in(cell: str) -> Any:
    """Return the list or object that a cell holds; None where it holds none that can be read."""
    text = cell.strip()
    if text[:1] not in ("[", "{", "("):
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return _shown_by_python(text) if len(text) <= _LONGEST else None


def classes_in(cell: str) -> list[str]:
    """Return the classes of a cell, which may be a list of them, or several as fastText has them."""
    value = list_in(cell)
    is_list = isinstance(value, list) and all(isinstance(one, str) for one in value)
    found = value if is_list else cell.split() if cell.lstrip().startswith(LABEL_MARK) else [cell]
    return [own for one in found if (own := one.strip().removeprefix(LABEL_MARK))]


def _shown_by_python(text: str) -> Any:
    is_numpy = _NUMPY.fullmatch(text) is not None
    whole = ",".join(_ITEMS.findall(text)).join("[]") if is_numpy else _ARRAY.sub(r"\1", text)
    try:
        with warnings.catch_warnings():  # Python warns of "C:\dir" in a literal, and reads it
            warnings.simplefilter("ignore")
            found = _plain(ast.literal_eval(whole))
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
    return found if isinstance(found, list | dict) else None


def _plain(value: Any) -> Any:
    """Return what Python shows with its tuples as lists, as JSON has them; a set says no order."""
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return sorted(map(_plain, value), key=str) if isinstance(value, set) else value
