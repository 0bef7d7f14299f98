"""What the window remembers between two runs: what a person chose, place, layout, recent projects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QStandardPaths, Signal

from annotator.ui.settings_file import SettingsFile

_RECENT = 12
DELIVERED: Mapping[str, str | float | bool] = {
    "theme": "system",
    "window_font": "",
    "window_size": 100,
    "text_font": "",
    "text_size": 13.0,
    "line_space": 1.0,
    "column": 75,
    "enter": "next",
    "enter_idle": "say",
    "pass_names": False,
    "reduced_motion": False,
    "label_bar": True,
    "worth_marks": True,
    "learning": True,
}
"""What each choice is as the program comes; an empty font is the one that the theme names."""
LIMITS: Mapping[str, tuple[float, float]] = {
    "window_size": (75, 250),
    "text_size": (8.0, 32.0),
    "line_space": (0.6, 3.0),
    "column": (30, 200),
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "theme": ("system", "light", "dark", "contrast"),
    "enter": ("next", "across", "stay"),
    "enter_idle": ("say", "walk", "pick"),
}
_PLACES: Mapping[str, str] = {
    "text_font": "article/font",
    "text_size": "article/text_size",
    "line_space": "article/line_space",
    "column": "article/column",
    "window_font": "window/font",
    "window_size": "window/text_size",
}
"""Where in the file a choice is kept; the others under their own names."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader was in a project: the article (its id as text), paragraph and fraction."""

    article: str
    paragraph: int = 0
    fraction: float = 0.0


class Settings(QObject):
    """The settings file of the window; give a path to keep it anywhere else, as tests do."""

    changed = Signal(str)
    """Name of a choice, or `keys`, `label_colours`, `hidden_labels`, that is another one now."""

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._store = SettingsFile(path or default_path())
        self._store.calm.timeout.connect(self.sync)
        self._read: dict[Path, Place] = {}
        """Where the reader came to since the file was written: each write of it makes the window wait."""

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window; empty at the first start."""
        return self._bytes("window/geometry")

    @property
    def layout(self) -> QByteArray:
        """Where the panels are; empty at the first start."""
        return self._bytes("window/layout")

    @property
    def panels(self) -> Mapping[str, Any]:
        """What a person wants of the panels, whatever the window had room for."""
        return self._table("window/panels")

    def keep_window(self, geometry: QByteArray, layout: QByteArray, panels: Mapping[str, Any]) -> None:
        """Remember place and layout, where they are others than before."""
        values: Mapping[str, str | QByteArray] = {
            "geometry": geometry,
            "layout": layout,
            "panels": json.dumps(panels),
        }
        for name, value in values.items():
            if self._store.value(f"window/{name}") != value:
                self._store.keep(f"window/{name}", value)

    def text(self, name: str) -> str:
        """Return a choice that is a word: what the file holds, or as delivered when that is nonsense."""
        delivered = str(DELIVERED[name])
        found = self._text(_PLACES.get(name, name), delivered)
        return found if found in CHOICES.get(name, (found,)) else delivered

    def number(self, name: str) -> float:
        """Return a choice that is a number, within its limits."""
        return self._number(_PLACES[name], float(DELIVERED[name]), *LIMITS[name])

    def is_on(self, name: str) -> bool:
        """Tell whether a choice of yes or no is yes."""
        return self._text(name, "true" if DELIVERED[name] else "false") == "true"

    def choose(self, name: str, value: str | float | bool) -> None:
        """Keep a choice; nothing is said when it was the same before."""
        if name in LIMITS:
            least, most = LIMITS[name]
            value = min(most, max(least, float(value)))
        before = self._store.value(_PLACES.get(name, name))
        self._store.keep(_PLACES.get(name, name), _written(value))
        if before != _written(value):
            self.changed.emit(name)

    def is_as_delivered(self, name: str) -> bool:
        """Tell whether a choice is as the program comes."""
        now = (
            self.is_on(name)
            if isinstance(DELIVERED[name], bool)
            else self.number(name)
            if name in LIMITS
            else self.text(name)
        )
        return now == DELIVERED[name]

    def put_back(self, name: str) -> None:
        """Make a choice as delivered again."""
        self._store.forget(_PLACES.get(name, name))
        self.changed.emit(name)

    @property
    def theme(self) -> str:
        """One of `CHOICES["theme"]`."""
        return self.text("theme")

    @theme.setter
    def theme(self, name: str) -> None:
        self.choose("theme", name)

    @property
    def text_size(self) -> float:
        """Size of the article's text in points."""
        return self.number("text_size")

    @text_size.setter
    def text_size(self, points: float) -> None:
        self.choose("text_size", points)

    @property
    def line_space(self) -> float:
        """Space between the lines of the article; 1 is the usual one."""
        return self.number("line_space")

    @line_space.setter
    def line_space(self, factor: float) -> None:
        self.choose("line_space", factor)

    @property
    def column(self) -> int:
        """Width of the article's column in characters."""
        return round(self.number("column"))

    @column.setter
    def column(self, characters: int) -> None:
        self.choose("column", characters)

    @property
    def label_colours(self) -> dict[str, str]:
        """Colours that the person gave to labels: name of the label to `#rrggbb`."""
        return {name: str(colour) for name, colour in self._table("label_colours").items()}

    def set_label_colour(self, label: str, colour: str | None) -> None:
        """Give a label a colour; None gives it back its own."""
        self._set_in_table("label_colours", label, colour)

    @property
    def hidden_labels(self) -> frozenset[str]:
        """Entity labels that the person does not want to see."""
        return frozenset(self._list("hidden_labels"))

    def show_labels(self, labels: Iterable[str], *, shown: bool) -> None:
        """Show labels, or hide them."""
        hidden = self.hidden_labels.difference(labels) if shown else self.hidden_labels.union(labels)
        self._store.keep("hidden_labels", json.dumps(sorted(hidden)))
        self.changed.emit("hidden_labels")

    @property
    def recent(self) -> tuple[Path, ...]:
        """Projects opened lately, newest first."""
        return tuple(Path(one) for one in self._list("recent"))

    def add_recent(self, path: Path) -> None:
        """Put a project on top of the recent ones."""
        self._write_places()
        kept = [str(path), *(str(one) for one in self.recent if one != path)]
        self._store.keep("recent", json.dumps(kept[:_RECENT]))

    def forget_recent(self, path: Path) -> None:
        """Take a project off the list of recent ones."""
        self._store.keep("recent", json.dumps([str(one) for one in self.recent if one != path]))

    def place(self, project: Path) -> Place | None:
        """Where the reader was in this project."""
        if project in self._read:
            return self._read[project]
        try:
            data = json.loads(self._text(_place_name(project), ""))
            return Place(str(data[0]), int(data[1]), float(data[2]))
        except (ValueError, IndexError, TypeError, KeyError):
            return None

    def keep_place(self, project: Path, place: Place) -> None:
        """Remember where the reader was in this project."""
        self._read[project] = place
        self._store.note(_place_name(project), _place_text(place))

    @property
    def keys(self) -> dict[str, list[str]]:
        """Keys that the person changed: action id to key sequences."""
        table = self._table("keys")
        return {name: [str(key) for key in keys] for name, keys in table.items() if isinstance(keys, list)}

    def set_keys(self, action: str, keys: Sequence[str] | None) -> None:
        """Change the keys of an action; None gives it back its own."""
        self._set_in_table("keys", action, None if keys is None else list(keys))

    def forget_keys(self) -> None:
        """Give all actions back their own keys."""
        self._store.forget("keys")
        self.changed.emit("keys")

    @property
    def folder(self) -> Path:
        """The folder of the last file dialog."""
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        kept = Path(self._text("folder", home or str(Path.home())))
        return kept if kept.is_dir() else Path.home()

    @folder.setter
    def folder(self, path: Path) -> None:
        self._store.keep("folder", str(path))

    def sync(self) -> None:
        """Write it now."""
        self._write_places()
        self._store.sync()

    def _write_places(self) -> None:
        for project, place in self._read.items():
            self._store.keep(_place_name(project), _place_text(place))
        self._read.clear()

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
        data = self._data(name)
        return [str(one) for one in data] if isinstance(data, list) else []

    def _table(self, name: str) -> dict[str, Any]:
        data = self._data(name)
        return {str(key): value for key, value in data.items()} if isinstance(data, dict) else {}

    def _set_in_table(self, name: str, key: str, value: object) -> None:
        table = self._table(name)
        table.pop(key, None)
        if value is not None:
            table[key] = value
        self._store.keep(name, json.dumps(table))
        self.changed.emit(name)

    def _data(self, name: str) -> object:
        try:
            return json.loads(self._text(name, "null"))
        except ValueError:
            return None


def default_path() -> Path:
    """Return where the settings of this person are kept."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(folder) / "annotator" / "annotator.ini"


def sample_path() -> Path:
    """Return where this person's copy of the sample project is kept."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(folder) / "annotator" / "sample.annot"


def _written(value: str | float | bool) -> str:
    """Return a choice as the file holds it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _place_name(project: Path) -> str:
    return "places/" + project.as_posix().replace("/", "|").replace("\\", "|")


def _place_text(place: Place) -> str:
    return json.dumps([place.article, place.paragraph, place.fraction])
