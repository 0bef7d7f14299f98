"""Where real articles and files of other tools lie; tests that need them skip where they are not."""

from __future__ import annotations

import os
from pathlib import Path

SHARED = Path(os.environ.get("ANNOTATOR_SHARED") or Path(__file__).resolve().parents[3] / "shared")
DATA = SHARED / "data"
