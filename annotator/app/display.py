"""Where a window could appear: is there a display, and what does Qt have to be told."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

NO_DISPLAY = (
    "There is no display to open a window on{why}. These commands need none: new, import, suggest, export, "
    "check, info, render (see `annotator --help`). "
    "To get the window: run this on a desktop, or add `--platform vnc` and connect a VNC viewer."
)
UNSEEN = ("offscreen", "minimal")
VNC_PORTS = range(5900, 6000)
_XCB_NEEDS = (
    "libxcb-cursor.so.0",
    "libxkbcommon-x11.so.0",
    "libxcb-icccm.so.4",
    "libxcb-image.so.0",
    "libxcb-keysyms.so.1",
    "libxcb-randr.so.0",
    "libxcb-render-util.so.0",
    "libxcb-shape.so.0",
    "libX11-xcb.so.1",
)


def why_no_display(environ: Mapping[str, str], system: str = sys.platform) -> str:
    """Return why no window can be shown, in words; empty when one can."""
    chosen = environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if chosen:
        return f"QT_QPA_PLATFORM is {chosen}" if chosen in UNSEEN else ""
    if not system.startswith("linux"):
        return ""
    return _why_not_linux(environ, answers, lacking_libraries)


def _why_not_linux(
    environ: Mapping[str, str], is_answering: Callable[[str], bool], lacking: Callable[[], list[str]]
) -> str:
    wayland = environ.get("WAYLAND_DISPLAY")
    if wayland and (Path(environ.get("XDG_RUNTIME_DIR", "/")) / wayland).exists():
        return ""
    display = environ.get("DISPLAY")
    if not display:
        return "neither DISPLAY nor WAYLAND_DISPLAY is set"
    if not is_answering(display):
        return f"nothing answers at DISPLAY {display}"
    missing = lacking()
    return f"Qt lacks system libraries for it, {', '.join(missing)}" if missing else ""


def answers(display: str) -> bool:
    """Tell if an X server of this machine answers; one elsewhere is taken for granted."""
    host, _, number = display.rpartition(":")
    number = number.partition(".")[0]
    if host not in ("", "unix") or not hasattr(socket, "AF_UNIX"):
        return True
    return any(_connects(prefix + f"/tmp/.X11-unix/X{number}") for prefix in ("", "\0"))  # noqa: S108


def _connects(address: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(address)
        except OSError:
            return False
    return True


def lacking_libraries() -> list[str]:
    """Return the libraries that Qt needs for a window on X and the system does not have."""
    return [name for name in _XCB_NEEDS if not _loads(name)]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def choose_platform(name: str) -> str:
    """Tell Qt where the window appears (empty: as Qt finds it); return what a person has to know, if any."""
    if not name:
        return ""
    if name != "vnc":
        os.environ["QT_QPA_PLATFORM"] = name
        return ""
    port = next((port for port in VNC_PORTS if is_free(port)), VNC_PORTS[0])
    os.environ["QT_QPA_PLATFORM"] = f"vnc:size=1440x900:port={port}"
    return (
        f"The window is served to VNC viewers: connect one to localhost:{port} (display :{port - 5900}). "
        f"It asks for no password. From another machine: ssh -L {port}:localhost:{port} THIS-MACHINE"
    )


def unknown_platform(name: str) -> str:
    """Return what is wrong with the name of a platform, which would end Qt and us with it; else nothing."""
    if name in ("", "vnc"):
        return ""
    from PySide6.QtCore import QLibraryInfo, QPluginLoader  # noqa: PLC0415 - not needed but for this

    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforms")
    known: set[str] = set()
    for one in plugins.iterdir() if plugins.is_dir() else ():
        said = QPluginLoader(str(one)).metaData().get("MetaData")
        known |= set(said.get("Keys", ())) if isinstance(said, dict) else set()
    if not known or all(one.partition(":")[0] in known for one in name.split(";")):
        return ""
    return f"There is no platform {name!r}; there are: {', '.join(sorted(known))}."


def is_free(port: int) -> bool:
    """Tell if nothing listens on this port of the machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
