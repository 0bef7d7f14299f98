"""What a dataset holds and how it is split, as it is chosen: loads nothing of what makes one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from annotator.model.splitting import Part
from annotator.services.datasets_groups import USUAL
from annotator.services.exporting_choice import ExportChoice

_PARTS = (Part("train", 0.8), Part("dev", 0.1), Part("test", 0.1))


@dataclass(frozen=True, slots=True)
class DatasetChoice:
    """What a dataset holds and how it is split."""

    export: ExportChoice = field(default_factory=ExportChoice)
    parts: tuple[Part, ...] = _PARTS
    together: tuple[str, ...] = USUAL
    """Of `datasets_groups.KINDS`: articles with the same one of these share a part."""
    seed: int = 1
    before: Path | None = None
    """The folder that is replaced: a dataset there that was asked alike gives its split."""
    like: Path | None = None
    """The folder of a dataset that gives its split, however it was asked."""
