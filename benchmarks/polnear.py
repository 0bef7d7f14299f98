"""The articles of PolNeAR with their attributions as plain values."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Bounds = tuple[int, int]
_ANNOTATOR = re.compile(r"_[0-9a-f]{4}$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what by which words; each part in text order, pieces beside one another joined."""

    source: tuple[Bounds, ...]
    cue: tuple[Bounds, ...]
    claim: tuple[Bounds, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One text with what each of its annotators marked."""

    name: str
    text: str
    annotations: tuple[tuple[Attribution, ...], ...]

    @property
    def is_for_tuning(self) -> bool:
        """Tell whether rules may be made with this article; all annotators of one article go together."""
        return self._digest[0] < 208

    @property
    def is_unread(self) -> bool:
        """Tell whether no maker of rules reads this article, so that it shows how they fare."""
        return not self.is_for_tuning and self._digest[1] % 2 == 0

    @property
    def _digest(self) -> bytes:
        return hashlib.md5(self.name.encode(), usedforsecurity=False).digest()


def read_articles(folder: Path) -> Iterator[Article]:
    """Yield the articles in order of their names."""
    files: dict[str, list[Path]] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        files.setdefault(_ANNOTATOR.sub("", path.stem), []).append(path)
    for name, paths in files.items():
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        yield Article(name, text, tuple(tuple(_attributions(path, text)) for path in paths))


def _attributions(path: Path, text: str) -> Iterator[Attribution]:
    spans: dict[str, tuple[Bounds, ...]] = {}
    events: list[list[tuple[str, str]]] = []
    for line in path.read_bytes().decode("utf-8").split("\n"):
        key, _, rest = line.partition("\t")
        if re.fullmatch(r"T\d+", key):
            _, _, offsets = rest.partition("\t")[0].partition(" ")
            spans[key] = tuple((int(a), int(b)) for a, b in (one.split() for one in offsets.split(";")))
        elif re.fullmatch(r"E\d+", key):
            pairs = [one.partition(":") for one in rest.split()[1:]]
            events.append([(role.rstrip("0123456789"), span) for role, _, span in pairs])
    for event in events:
        parts = [
            joined(text, (one for role, span in event if role == wanted for one in spans.get(span, ())))
            for wanted in ("Source", "Cue", "Content")
        ]
        if parts[2]:
            yield Attribution(*parts)


def joined(text: str, pieces: Iterator[Bounds]) -> tuple[Bounds, ...]:
    """Return pieces in order, those with only white space between them as one, and none around."""
    found: list[Bounds] = []
    for start, end in sorted(pieces):
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return tuple(found)
