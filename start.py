#!/usr/bin/env python3
"""Sets up and starts the program, or sets up and checks it, from a fresh checkout.

    python3 start.py                   set up, then open the window (without a display: do the main job)
    python3 start.py --platform vnc    the same, with the window served to a VNC viewer
    python3 start.py test              set up, then run every check
    python3 start.py setup             only set up
    python3 start.py cli ...            the program's command line, e.g. `cli info my.annot`

Standard library only, and written so that an old Python can still read it and say what is missing.
"""

import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "annotator-setup.json"
UNFINISHED = VENV / "annotator-unfinished"
VERSIONS = ((3, 11), (3, 12), (3, 13))

# Libraries that Qt needs and does not bring: shared object -> package of Debian and Ubuntu.
ANY_PLATFORM = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
}
REAL_WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
TEST_TOOLS = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool"}


class SetupFailed(Exception):
    """Set-up cannot go on; its text says why and what to do."""


class Missing(NamedTuple):
    """System parts that are not there: for any use of Qt, for a real window, for the window's tests."""

    any_platform: "dict[str, str]"
    real_window: "dict[str, str]"
    tools: "dict[str, str]"

    @property
    def packages(self) -> "list[str]":
        """Return the Debian packages that bring them all."""
        return sorted({**self.any_platform, **self.real_window, **self.tools}.values())


def main(argv: "list[str]") -> int:
    """Run one of the commands of the first lines of this file and return its exit code."""
    commands = {"test": run_checks, "setup": say_ready, "cli": run_cli}
    if argv and argv[0] in ("-h", "--help"):
        print(__doc__)
        return 0
    named = bool(argv) and argv[0] in commands
    run, rest = (commands[argv[0]], argv[1:]) if named else (start, argv)
    try:
        set_up("test" if run is run_checks else "start")
        return run(rest)
    except SetupFailed as error:
        talk(str(error))
        return 1
    except KeyboardInterrupt:
        talk("Stopped. The same command goes on from here.")
        return 130


def talk(text: str) -> None:
    """Tell the person something; never on standard output, which belongs to the commands."""
    print(text, file=sys.stderr, flush=True)


# --- the stamp: what is set up, so that nothing is done twice


def digest(*paths: Path) -> str:
    """Return one hash over the contents of files."""
    found = hashlib.sha256()
    for path in paths:
        found.update(path.read_bytes() + b"\0")
    return found.hexdigest()


def requirements(kind: str) -> Path:
    """Return the file of pinned packages for `start` or `test`."""
    return ROOT / "resources" / "requirements" / (kind + ".txt")


def wanted_stamp(kind: str, python: str) -> "dict[str, str]":
    """Return the stamp of a finished set-up of this checkout with this Python."""
    return {
        "python": python,
        "kind": kind,
        "packages": digest(requirements(kind)),
        "checkout": digest(ROOT / "pyproject.toml") + " " + str(ROOT),
    }


def read_stamp(path: Path) -> "dict[str, str]":
    """Return the stamp of the last finished set-up, empty when there is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def has_packages(stamp: "dict[str, str]", wanted: "dict[str, str]") -> bool:
    """Tell if what is installed holds what is wanted (everything to start is also in what tests need)."""
    if stamp.get("python") != wanted["python"]:
        return False
    if stamp.get("kind") == "test" and wanted["kind"] == "start":
        return stamp.get("packages") == digest(requirements("test"))
    return stamp.get("kind") == wanted["kind"] and stamp.get("packages") == wanted["packages"]


def write_stamp(stamp: "dict[str, str]") -> None:
    """Keep the stamp, whole or not at all."""
    aside = STAMP.with_suffix(".new")
    aside.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    aside.replace(STAMP)


# --- set-up


def set_up(kind: str) -> None:
    """Bring `.venv` to what `kind` needs; quick when it is there already."""
    version = venv_version(VENV)
    stamp = read_stamp(STAMP)
    if version and has_packages(stamp, wanted_stamp(kind, version)) and not UNFINISHED.exists():
        wanted = wanted_stamp(stamp["kind"], version)
    else:
        version = make_venv()
        wanted = wanted_stamp(kind, version)
        talk("Installing the pinned packages (the first time a download of about 200 MB) …")
        # seqeval, which only the checks use, is published as source alone.
        wheels = ("--only-binary=:all:", "--no-binary=seqeval")
        pip("install", "--require-hashes", *wheels, "-r", str(requirements(kind)))
        stamp = {}
    if stamp.get("checkout") != wanted["checkout"]:
        pip("install", "--no-deps", "--no-build-isolation", "--force-reinstall", "-e", str(ROOT))
    if stamp.get("system") != kind:
        wanted["system"] = kind if bring_system_parts(kind) else ""
    else:
        wanted["system"] = kind
    if stamp != wanted:
        write_stamp(wanted)
    if not stamp:
        talk("Everything is set up; the next start takes no set-up.")


def venv_python(venv: Path) -> Path:
    """Return where an environment keeps its Python."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def venv_version(venv: Path) -> str:
    """Return the version of an environment's Python, empty when it has none that fits."""
    try:
        lines = (venv / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    found = [line.partition("=")[2].strip() for line in lines if line.startswith("version")]
    fits = bool(found) and fitting(found[0]) and venv_python(venv).exists()
    return found[0] if fits else ""


def make_venv() -> str:
    """Make the environment, or make it anew when an earlier set-up was cut off; return its version."""
    version = venv_version(VENV)
    if version and not UNFINISHED.exists() and answers(str(venv_python(VENV)), "import pip"):
        return version
    python = find_python()
    if not answers(python, "import ensurepip, venv"):
        bring_venv_package(python)
    try:
        if VENV.exists():
            talk("The environment .venv is not whole; it is made anew.")
            shutil.rmtree(str(VENV))
        VENV.mkdir()
        UNFINISHED.touch()
    except OSError as error:
        raise SetupFailed(f"The folder {VENV} cannot be written: {error.strerror}.") from error
    talk("Making the environment .venv …")
    code, words = outcome([python, "-m", "venv", str(VENV)])
    if code != 0 or not venv_version(VENV):
        raise SetupFailed("The environment .venv could not be made:\n" + words)
    return venv_version(VENV)


def outcome(command: "list[str]", shown: bool = False, **settings: str) -> "tuple[int, str]":
    """Run a program to its end; return its exit code and what it said (or only complained of, if `shown`)."""
    out, err = (sys.stderr, subprocess.PIPE) if shown else (subprocess.PIPE, subprocess.STDOUT)
    try:
        done = subprocess.run(command, check=False, stdout=out, stderr=err, env=dict(os.environ, **settings))
    except OSError as error:
        return 127, str(error)
    return done.returncode, (done.stdout or done.stderr or b"").decode(errors="replace").strip()


def answers(python: str, code: str) -> bool:
    """Tell if a Python runs this code without an error."""
    return outcome([python, "-c", code])[0] == 0


def fitting(version: str) -> bool:
    """Tell if a Python of this version can run the program."""
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit()) in VERSIONS


def candidates() -> "list[str]":
    """Return the Pythons to try: this one, then those on the path."""
    names = [f"python3.{minor}" for _, minor in reversed(VERSIONS)] + ["python3", "python"]
    return [sys.executable] + [path for path in map(shutil.which, names) if path]


def find_python() -> str:
    """Return a Python that fits; raises SetupFailed that names what was found instead."""
    seen = []
    for path in candidates():
        code, version = outcome([path, "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"])
        if code == 0 and fitting(version):
            return path
        seen.append(version if code == 0 else path)
    raise SetupFailed(
        f"This program needs Python 3.11, 3.12 or 3.13; this is Python {seen[0]}, and no other was found. "
        "Install one so that `python3.12` (or .11, .13) can be called, then run the same command again."
    )


def bring_venv_package(python: str) -> None:
    """Install Debian's package for environments; raises SetupFailed that names it where it cannot."""
    package = outcome([python, "-c", "import sys; print('python%d.%d-venv' % sys.version_info[:2])"])[1]
    if apt_install([package]) and answers(python, "import ensurepip, venv"):
        return
    raise SetupFailed(
        "This Python cannot make environments (no ensurepip). On Debian or Ubuntu: "
        f"`sudo apt-get install {package}`, then run the same command again."
    )


def pip(*arguments: str) -> None:
    """Run the environment's pip; raises SetupFailed with a sentence and pip's last words."""
    UNFINISHED.touch()
    command = [str(venv_python(VENV)), "-I", "-m", "pip", *arguments]
    seen = sys.stderr.isatty()  # a download of minutes shows how far it is
    code, words = outcome(command, shown=seen, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1")
    if code >= 0:  # pip ended by itself: whatever is installed is whole
        UNFINISHED.unlink()
    if code != 0:
        raise SetupFailed(why_pip_failed(words))


def why_pip_failed(words: str) -> str:
    """Return a sentence for a failed installation, with pip's last lines below it."""
    last = "\n".join("    " + line for line in words.splitlines()[-6:])
    signs = (
        "NewConnectionError",
        "Temporary failure",
        "Network is unreachable",
        "ConnectionError",
        "timed out",
    )
    if any(sign in words for sign in signs):
        reason = "The packages could not be downloaded: the network or the package registry is out of reach."
    elif "No space left" in words:
        reason = "The packages could not be installed: the disk is full."
    elif "No matching distribution" in words or "DO NOT MATCH THE HASHES" in words:
        reason = "The package registry does not offer the pinned packages for this machine and Python."
    else:
        reason = "The packages could not be installed."
    return f"{reason} Run the same command again to go on. pip says:\n{last}"


# --- parts of the system


def loads(name: str) -> bool:
    """Tell if the system finds a shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing_parts(kind: str, is_there=loads, which=shutil.which) -> Missing:  # type: ignore[no-untyped-def]
    """Return what Qt (and for `test` the window's tests) need and the system lacks."""
    return Missing(
        {name: package for name, package in ANY_PLATFORM.items() if not is_there(name)},
        {name: package for name, package in REAL_WINDOW.items() if not is_there(name)},
        {name: package for name, package in TEST_TOOLS.items() if kind == "test" and not which(name)},
    )


def bring_system_parts(kind: str) -> bool:
    """Install what is missing, or name it; tell if all is there; raises SetupFailed without the least."""
    if not sys.platform.startswith("linux"):
        return True
    missing = missing_parts(kind)
    if missing.packages and apt_install(missing.packages):
        missing = missing_parts(kind)
    if missing.any_platform:
        raise SetupFailed(name_missing(missing))
    if missing.packages:
        talk(name_missing(missing))
    return not missing.packages


def name_missing(missing: Missing) -> str:
    """Return sentences that name the missing parts and how to get them."""
    libraries = {**missing.any_platform, **missing.real_window}
    lines = []
    if libraries:
        use = "run at all" if missing.any_platform else "show a window on this display"
        lines.append(f"Qt lacks system libraries to {use}: {', '.join(sorted(libraries))}.")
    if missing.tools:
        lines.append(f"Tests of the real window are left out without {', '.join(sorted(missing.tools))}.")
    lines.append("On Debian or Ubuntu: sudo apt-get install " + " ".join(missing.packages))
    return "\n".join(lines)


def apt_install(packages: "list[str]") -> bool:
    """Install Debian packages where this is possible (as root, with apt-get); tell if it went well."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not (is_root and shutil.which("apt-get")):
        return False
    talk(f"Installing system packages: {' '.join(packages)} …")
    outcome(["apt-get", "update", "-q"])
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    code, words = outcome(install, DEBIAN_FRONTEND="noninteractive")
    if code != 0:
        talk("They could not be installed: " + words[-400:])
    return code == 0


# --- the commands


def say_ready(rest: "list[str]") -> int:
    """Only say that set-up is done."""
    talk("Ready. `python3 start.py` starts the program, `python3 start.py test` checks it.")
    return 0 if not rest else 2


def run_cli(rest: "list[str]") -> int:
    """Pass the arguments to the program's command line."""
    return hand_over(["-m", "annotator.app", *(rest or ["--help"])])


def start(rest: "list[str]") -> int:
    """Start the program: in a window, or without a display the main job."""
    return hand_over(["-m", "annotator.app", "start", "--out", str(ROOT / "out"), *rest])


def run_checks(rest: "list[str]") -> int:
    """Run every check; `rest` goes to pytest."""
    return hand_over([str(ROOT / "tests" / "checks.py"), *rest])


def hand_over(arguments: "list[str]") -> int:
    """Run the environment's Python in place of this one and return its exit code."""
    command = [str(venv_python(VENV)), *arguments]
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 (no shell is wanted)
    return subprocess.call(command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
