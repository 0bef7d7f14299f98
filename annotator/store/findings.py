"""What a check of a project finds, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from annotator.model.ids import Id


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be; `article` and `record` say where, if that is known."""

    kind: Literal["error", "warning"]
    article: Id | None
    record: Id | None
    text: str
