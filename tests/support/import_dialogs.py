"""Opens the dialog of an import, and waits for what it says of trying it out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from annotator.ui.panels.import_dialog import ImportDialog


def opened(world: Any, paths: Sequence[Path]) -> ImportDialog:
    """Return the dialog, once it has looked at the files."""
    dialog = ImportDialog(world.session, paths)
    world.qtbot.addWidget(dialog)
    dialog.show()
    world.qtbot.waitUntil(lambda: bool(dialog.looked.files))
    return dialog


def tried(world: Any, dialog: ImportDialog, words: str) -> None:
    """Wait until the line above says these words."""
    world.qtbot.waitUntil(lambda: words in dialog.trial.headline.text())
