"""Tells whether those whom an answer is for are still there when it comes from another thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import CellType, FunctionType, MethodType
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import Shiboken


def are_there(then: Callable[..., Any]) -> bool:
    """Tell whether all windows and parts of them that `then` speaks to still exist: pages may be gone."""
    return all(Shiboken.isValid(one) for one in _spoken_to(then, set()))


def _spoken_to(then: Callable[..., Any], seen: set[int]) -> Iterator[QObject]:
    """Yield whose method it is, and what a function takes along from where it was made."""
    seen.add(id(then))
    taken = map(_held, (then.__closure__ or ()) if isinstance(then, FunctionType) else ())
    for one in (getattr(then, "__self__", None), *taken):
        if isinstance(one, QObject):
            yield one
        elif isinstance(one, FunctionType | MethodType) and id(one) not in seen:
            yield from _spoken_to(one, seen)


def _held(cell: CellType) -> object:
    """Return what a function took along; None of what was not there yet."""
    try:
        return cell.cell_contents
    except ValueError:
        return None
