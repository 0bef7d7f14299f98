"""Where the run-time files are: inside the wheel, or at the top of the checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource(name: str) -> Path:
    """Return the path of a run-time file or folder, e.g. `schemes/default.toml`."""
    packed = _PACKAGE / "_resources"
    return (packed if packed.is_dir() else _PACKAGE.parent / "resources") / name


def seeds() -> Path:
    """Return the folder of sample articles."""
    packed = _PACKAGE / "_resources" / "seeds"
    return packed if packed.is_dir() else _PACKAGE.parent / "seeds"
