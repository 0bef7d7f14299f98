"""Makes the pictures of the guide: the real window on the sample project, offscreen."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

PICTURES = Path(__file__).resolve().parent / "pictures"
SHOWN = {"window.png": ("01_wire_report.txt", "light"), "window-dark.png": ("01_wire_report.txt", "dark")}


def main() -> int:
    """Write all pictures."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # Late: Qt has to be told first that there is no display.
    from annotator.app.render import render  # noqa: PLC0415
    from annotator.cli.command import Picture  # noqa: PLC0415
    from annotator.services.sample import build_sample  # noqa: PLC0415

    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "sample.annot"
        build_sample(project)
        for name, (article, theme) in SHOWN.items():
            render(Picture(project, article, PICTURES / name, 1400, 900, theme))
    return 0


if __name__ == "__main__":
    sys.exit(main())
