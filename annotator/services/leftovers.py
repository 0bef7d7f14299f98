"""Names the files that exports write aside, so that those of a killed program are known and cleared away."""

from __future__ import annotations

import contextlib
import hashlib
import re
import secrets
import shutil
from pathlib import Path

from annotator.exchange.files import ASIDE
from annotator.store.locking import Holder, here, is_stale

_NAME = re.compile(r"\.annotator-([0-9a-f]{8})-([0-9]+)-([0-9]+)-[0-9a-f]{12}(?:\.[a-z.]+)?\.part")


def name() -> str:
    """Return a fresh name that says which process, on which machine, is writing."""
    own = here()
    return f".annotator-{_machine(own)}-{own.pid}-{own.started}-{secrets.token_hex(6)}{ASIDE}"


def clear(folder: Path) -> None:
    """Remove what exports into this folder left there when they were killed.

    Only what a process of this very machine was writing that is surely gone: no process has its number,
    or the one that has it started at another time.  All others may be in use, and stay.
    """
    own = here()
    with contextlib.suppress(OSError):
        for path in list(folder.glob(".annotator-*.part")):
            found = _NAME.fullmatch(path.name)
            if found is None or found[1] != _machine(own):
                continue
            if is_stale(Holder("", own.host, int(found[2]), int(found[3]), 0)):
                with contextlib.suppress(OSError):
                    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _machine(holder: Holder) -> str:
    return hashlib.sha256(holder.host.encode()).hexdigest()[:8]
