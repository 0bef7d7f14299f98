"""The file of settings: written a little after a choice, which stands in a file beside it until then."""

from __future__ import annotations

import base64
import contextlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSettings, QTimer

_CALM = 500
"""Milliseconds that a choice waits for more of them before the file is written."""


class SettingsFile(QSettings):
    """An ini file whose owner calls `sync` when `calm` says that no more choices come for a while.

    Writing it waits for the disk, so each choice is appended to a file beside it at once, which does not:
    who starts the program after it was killed meanwhile finds the choices there.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), QSettings.Format.IniFormat)
        self.calm = QTimer(self, singleShot=True, interval=_CALM)
        self._beside = path.with_name(f"{path.name}.{os.getpid()}.new")
        """Of this run of the program alone: what another one noted is not to go with what this one writes."""
        self._take(path.parent.glob(f"{path.name}.*.new"))

    def event(self, event: QEvent) -> bool:
        """Put off what Qt would write at once."""
        if event.type() == QEvent.Type.UpdateRequest:
            self.calm.start()
            return True
        return super().event(event)

    def keep(self, key: str, value: str | QByteArray) -> None:
        """Set it, and note it until the file is written."""
        self.setValue(key, value)
        self.note(key, value)

    def forget(self, key: str) -> None:
        """Remove it, and note that until the file is written."""
        self.remove(key)
        self.note(key, None)

    def note(self, key: str, value: str | QByteArray | None) -> None:
        """Note what is set here before the file is written the next time."""
        kept = base64.b64encode(value.data()).decode() if isinstance(value, QByteArray) else value
        line = json.dumps([key, kept, isinstance(value, QByteArray)])
        # Where nothing can be written beside the file, it cannot be written either.
        with contextlib.suppress(OSError):
            self._beside.parent.mkdir(parents=True, exist_ok=True)
            with self._beside.open("a", encoding="utf-8") as file:
                file.write(line + "\n")

    def sync(self) -> None:
        """Write the file now."""
        self._write(self._beside)

    def _take(self, noted: Iterable[Path]) -> None:
        """Write what runs that were killed could not, the latest last."""
        for path in sorted(noted, key=_changed):
            with contextlib.suppress(OSError):
                for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                    self._set_noted(line)
                self._write(path)

    def _write(self, noted: Path) -> None:
        """Write the file, and where it could be, drop what was noted of it."""
        super().sync()
        if self.status() == QSettings.Status.NoError:
            with contextlib.suppress(OSError):
                noted.unlink(missing_ok=True)

    def _set_noted(self, line: str) -> None:
        with contextlib.suppress(ValueError, TypeError):  # it may be torn
            key, kept, is_bytes = json.loads(line)
            if kept is None:
                self.remove(key)
            else:
                self.setValue(key, QByteArray(base64.b64decode(kept)) if is_bytes else kept)


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:  # another run has taken it
        return 0
