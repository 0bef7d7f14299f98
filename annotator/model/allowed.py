"""What this person allowed on this machine; kept with their settings, never in a project file."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from annotator.model.disk import unwritten
from annotator.model.errors import UserError
from annotator.model.personal import personal_folder

_FILE = "allowed.json"


def allowed(kind: str) -> Mapping[str, str]:
    """Return what was allowed of a kind: what it is about, and with what it was allowed."""
    return {str(key): str(value) for key, value in _table(_read(), kind).items()}


def allow(kind: str, about: str, value: str) -> None:
    """Remember that something is allowed; raises UserError when that cannot be written."""
    _write(lambda data: {**data, kind: {**_table(data, kind), about: value}})


def withdraw(kind: str, about: str) -> None:
    """Forget that something was allowed."""
    _write(lambda data: {**data, kind: {key: one for key, one in _table(data, kind).items() if key != about}})


def _table(data: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
    found = data.get(kind)
    return found if isinstance(found, dict) else {}


def _read() -> dict[str, Any]:
    """Return the file; one that cannot be read allows nothing."""
    try:
        return _held()
    except OSError:
        return {}


def _held() -> dict[str, Any]:
    try:
        found = json.loads(_path().read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(change: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
    path = _path()
    try:
        data = change(_held())  # what cannot be read is not written over: keys would be lost
        path.parent.mkdir(parents=True, exist_ok=True)
        # In one piece, and for this person's eyes alone.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_FILE)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, indent=1, sort_keys=True)
        Path(name).replace(path)
    except OSError as error:
        raise UserError(
            "Your answer could not be kept in {path}: {reason}.",
            path=path,
            reason=unwritten(error),
        ) from error


def _path() -> Path:
    return personal_folder() / _FILE
