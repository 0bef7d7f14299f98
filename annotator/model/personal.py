"""Where this person's own files are, whoever's project is open."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def personal_folder() -> Path:
    """Return the folder of this person's settings of the program; it need not be there yet."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Preferences")
    else:
        base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "annotator"
