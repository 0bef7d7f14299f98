"""Tells whether a project lies where files are safe, and whether its file still lies there."""

from __future__ import annotations

import sys
from pathlib import Path

from annotator.model.errors import NotSaved

NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "davfs", "fuse.rclone"}
)
SYNCED = (
    "Dropbox",
    "OneDrive",
    "Nextcloud",
    "ownCloud",
    "Google Drive",
    "iCloud Drive",
    "Seafile",
    "SynologyDrive",
)
_MOUNTS = Path("/proc/mounts")


def notices(path: Path, mounts: Path = _MOUNTS) -> list[str]:
    """Return a sentence of warning for a place that is not safe, else nothing."""
    kind = file_system(path, mounts)
    if kind in NETWORK or str(path).startswith(("\\\\", "//")):
        return [
            (
                f"{path.name} lies on a network drive ({kind or 'share'}). If the connection breaks, the "
                "file can be damaged: better work on a copy on this computer and put it back at the end."
            )
        ]
    synced = next((part for part in path.parts for name in SYNCED if part.startswith(name)), None)
    if synced is not None:
        return [
            (
                f"{path.name} lies in a synced folder ({synced}). Do not open it on two computers, "
                "and close it before the folder syncs; “Save a copy” makes a whole copy at any time."
            )
        ]
    return []


def file_system(path: Path, mounts: Path = _MOUNTS) -> str:
    """Return the type of the file system that a path lies on; empty where the system does not say."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, found = -1, ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(fields[1].replace("\\040", " "))
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, found = len(point.parts), fields[2]
    return found


def file_at(path: Path) -> tuple[int, int] | None:
    """Return which file lies at a path, as the system knows it; None when none does."""
    try:
        found = path.stat()
    except OSError:
        return None
    # Windows lets nobody move an open project away, and may number its files anew.
    return (0, 0) if sys.platform == "win32" else (found.st_dev, found.st_ino)


def gone(path: Path) -> NotSaved:
    """Return the refusal to write into a file that is not at its place any more: nobody would find it."""
    return NotSaved(
        "{name} is not where it was: it was moved, renamed, deleted or replaced. Put it back, then try again;"
        " or save a copy, which holds all that was saved before.",
        name=path.name,
    )


def overwritten(path: Path) -> NotSaved:
    """Return the refusal to write into a file in which another program has put something else."""
    return NotSaved(
        "{name} was overwritten by another program while it was open. Nothing more is written into it. Close"
        " it: it holds what that program put there; what was saved here before is in the backups in"
        " “{name}.backups”, as far as there are any.",
        name=path.name,
    )


def unread(path: Path) -> NotSaved:
    """Return the refusal to write into a file that changed and cannot be looked into just now."""
    return NotSaved(
        "{name} was changed or touched by another program, and cannot be read again just now to see which."
        " Nothing is written into it until then. Try again in a moment.",
        name=path.name,
    )
