"""What the window remembers between two runs: place, layout, theme, text size, recent projects."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

_RECENT = 12
TEXT_SIZES = (8.0, 32.0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader was in a project: the article (its id as text), paragraph and fraction."""

    article: str
    paragraph: int = 0
    fraction: float = 0.0


class Settings:
    """The settings file of the window; give a path to keep it anywhere else, as tests do."""

    def __init__(self, path: Path | None = None) -> None:
        self._store = QSettings(str(path or default_path()), QSettings.Format.IniFormat)

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window; empty at the first start."""
        return self._bytes("window/geometry")

    @property
    def layout(self) -> QByteArray:
        """Where the panels are; empty at the first start."""
        return self._bytes("window/layout")

    def keep_window(self, geometry: QByteArray, layout: QByteArray) -> None:
        """Remember place and layout."""
        self._store.setValue("window/geometry", geometry)
        self._store.setValue("window/layout", layout)

    @property
    def theme(self) -> str:
        """One of `system`, `light`, `dark`."""
        return self._text("theme", "system")

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def text_size(self) -> float:
        """Size of the article's text in points."""
        return self._number("article/text_size", 13.0, *TEXT_SIZES)

    @text_size.setter
    def text_size(self, points: float) -> None:
        self._store.setValue("article/text_size", points)

    @property
    def line_space(self) -> float:
        """Space between the lines of the article; 1 is the usual one."""
        return self._number("article/line_space", 1.0, 0.6, 3.0)

    @line_space.setter
    def line_space(self, factor: float) -> None:
        self._store.setValue("article/line_space", factor)

    @property
    def column(self) -> int:
        """Width of the article's column in characters."""
        return int(self._number("article/column", 75, 30, 200))

    @column.setter
    def column(self, characters: int) -> None:
        self._store.setValue("article/column", characters)

    @property
    def recent(self) -> tuple[Path, ...]:
        """Projects opened lately, newest first."""
        return tuple(Path(one) for one in self._list("recent"))

    def add_recent(self, path: Path) -> None:
        """Put a project on top of the recent ones."""
        kept = [str(path), *(str(one) for one in self.recent if one != path)]
        self._store.setValue("recent", json.dumps(kept[:_RECENT]))

    def forget_recent(self, path: Path) -> None:
        """Take a project off the list of recent ones."""
        self._store.setValue("recent", json.dumps([str(one) for one in self.recent if one != path]))

    def place(self, project: Path) -> Place | None:
        """Where the reader was in this project."""
        try:
            data = json.loads(self._text(f"places/{_key(project)}", ""))
            return Place(str(data[0]), int(data[1]), float(data[2]))
        except (ValueError, IndexError, TypeError, KeyError):
            return None

    def keep_place(self, project: Path, place: Place) -> None:
        """Remember where the reader was in this project."""
        data = [place.article, place.paragraph, place.fraction]
        self._store.setValue(f"places/{_key(project)}", json.dumps(data))

    @property
    def keys(self) -> dict[str, list[str]]:
        """Keys that the person changed: action id to key sequences."""
        try:
            data = json.loads(self._text("keys", "{}"))
        except ValueError:
            return {}
        return {str(name): [str(key) for key in keys] for name, keys in data.items()}

    def set_keys(self, action: str, keys: Sequence[str] | None) -> None:
        """Change the keys of an action; None gives it back its own."""
        changed = self.keys
        changed.pop(action, None)
        if keys is not None:
            changed[action] = list(keys)
        self._store.setValue("keys", json.dumps(changed))

    @property
    def folder(self) -> Path:
        """The folder of the last file dialog."""
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kept = Path(self._text("folder", home or str(Path.home())))
        return kept if kept.is_dir() else Path.home()

    @folder.setter
    def folder(self, path: Path) -> None:
        self._store.setValue("folder", str(path))

    def sync(self) -> None:
        """Write it now."""
        self._store.sync()

    def _text(self, name: str, default: str) -> str:
        value = self._store.value(name, default)
        return value if isinstance(value, str) else default

    def _bytes(self, name: str) -> QByteArray:
        value = self._store.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def _number(self, name: str, default: float, least: float, most: float) -> float:
        value = self._store.value(name, default)
        try:
            return min(most, max(least, float(value)))  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return default

    def _list(self, name: str) -> list[str]:
        try:
            data = json.loads(self._text(name, "[]"))
        except ValueError:
            return []
        return [str(one) for one in data] if isinstance(data, list) else []


def default_path() -> Path:
    """Return where the settings of this person are kept."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(folder) / "annotator" / "annotator.ini"


def sample_path() -> Path:
    """Return where this person's copy of the sample project is kept."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(folder) / "annotator" / "sample.annot"


def _key(project: Path) -> str:
    return project.as_posix().replace("/", "|").replace("\\", "|")
