"""Finds formats and suggesters by entry point, ours and other people's alike; a faulty one harms nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType
from typing import Any, cast

from annotator.model.errors import UserError
from annotator.model.formats import Format
from annotator.model.suggesting import SuggesterPlugin

IMPORTERS = "annotator.importers"
EXPORTERS = "annotator.exporters"
SUGGESTERS = "annotator.suggesters"
OWN = "annotator"
"""The distribution whose plugins win when two have the same name."""


@dataclass(frozen=True, slots=True)
class PluginFault:
    """A plugin that could not be used, and why."""

    name: str
    reason: str

    def __str__(self) -> str:
        """Return it as one sentence for a person."""
        return f"The plugin {self.name} is left out: {self.reason}."


@dataclass(frozen=True, slots=True)
class Found:
    """What one group of entry points gave."""

    plugins: Mapping[str, Any]
    faults: tuple[PluginFault, ...]


def importers() -> Mapping[str, Format]:
    """Return the formats that can be read by name, in the order of their names."""
    return _found(IMPORTERS).plugins


def exporters() -> Mapping[str, Format]:
    """Return the formats that can be written by name, in the order of their names."""
    return _found(EXPORTERS).plugins


def suggesters() -> Mapping[str, SuggesterPlugin]:
    """Return the suggesters by name, in the order of their names."""
    return _found(SUGGESTERS).plugins


def faults() -> tuple[PluginFault, ...]:
    """Return the plugins that could not be used, each with its reason."""
    found = (fault for group in (IMPORTERS, EXPORTERS, SUGGESTERS) for fault in _found(group).faults)
    return tuple(dict.fromkeys(found))


@cache
def _found(group: str) -> Found:
    return load_all(entry_points(group=group), group)


def load_all(points: Iterable[EntryPoint], group: str) -> Found:
    """Load plugins one by one; one that fails, is no plugin, or takes a name twice becomes a fault."""
    plugins: dict[str, Any] = {}
    wrong: list[PluginFault] = []
    for point in sorted(points, key=_own_first):
        try:
            plugin = _load(point, group, taken=point.name in plugins)
        except UserError as error:
            wrong.append(PluginFault(f"{point.name} ({point.value})", str(error)))
        else:
            plugins[point.name] = plugin
    return Found(MappingProxyType(dict(sorted(plugins.items()))), tuple(wrong))


def _own_first(point: EntryPoint) -> tuple[bool, str, str]:
    distribution = getattr(point, "dist", None)
    return (distribution is None or distribution.name != OWN, point.name, point.value)


def _load(point: EntryPoint, group: str, taken: bool) -> object:
    if taken:
        raise UserError("the name {name} is taken already", name=point.name)
    try:
        plugin = point.load()
        wrong = _why_not(plugin, group)
    except (Exception, SystemExit) as error:
        raise UserError(
            "it cannot be loaded ({name}: {error})", name=type(error).__name__, error=error
        ) from error
    if wrong:
        raise UserError(wrong)
    return cast("object", plugin)


def _why_not(plugin: object, group: str) -> str:
    if group in (IMPORTERS, EXPORTERS):
        if not isinstance(plugin, Format):
            return "it is no Format"
        if group == IMPORTERS:
            return "" if plugin.importer else "it does not read"
        return "" if plugin.exporter else "it does not write"
    lacking = [name for name in ("name", "version", "layers", "load") if not hasattr(plugin, name)]
    return f"it is no suggester (no {', '.join(lacking)})" if lacking else ""
