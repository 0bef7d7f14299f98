"""What the positions of a file count, for a person to choose: characters, UTF-16 units or bytes."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.model.formats import Option
from annotator.model.marks import UNITS, Unit

OFFSETS = Option(
    "offsets",
    "Positions count",
    UNITS,
    ("characters (Unicode code points)", "UTF-16 units", "bytes of UTF-8"),
)


def unit_chosen(chosen: Mapping[str, str]) -> Unit:
    """Return what positions count, as it was chosen; characters where nothing was."""
    return next((one for one in UNITS if one == chosen.get(OFFSETS.name)), UNITS[0])
