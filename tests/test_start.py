"""Set-up: what counts as ready, which Python is taken, what is said when something is missing."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def start() -> ModuleType:
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_only_the_standard_library() -> None:
    tree = ast.parse((ROOT / "start.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_an_old_python_can_read_it() -> None:
    ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def pins(kind: str) -> set[str]:
    text = (ROOT / "resources" / "requirements" / f"{kind}.txt").read_text(encoding="utf-8")
    return {line.partition(";")[0].rstrip(" \\") for line in text.splitlines() if re.match(r"[a-z0-9]", line)}


def test_what_the_tests_need_holds_what_the_program_needs() -> None:
    assert pins("start") <= pins("test")


def test_every_package_is_pinned_with_hashes() -> None:
    for kind in ("start", "test"):
        text = (ROOT / "resources" / "requirements" / f"{kind}.txt").read_text(encoding="utf-8")
        assert pins(kind)
        assert all("==" in pin for pin in pins(kind))
        assert all("--hash=sha256:" in part for part in re.split(r"\n(?=[a-z0-9])", text) if "==" in part)


# --- the stamp


def test_the_same_files_and_python_are_ready(start: ModuleType) -> None:
    wanted = start.wanted_stamp("start", "3.12.1")
    assert start.has_packages(wanted, wanted)


@pytest.mark.parametrize(
    "other", [{"python": "3.12.2"}, {"packages": "0"}, {"kind": "other"}, {"python": "", "packages": ""}]
)
def test_anything_else_is_not(start: ModuleType, other: dict[str, str]) -> None:
    wanted = start.wanted_stamp("start", "3.12.1")
    assert not start.has_packages({**wanted, **other}, wanted)
    assert not start.has_packages({}, wanted)


def test_a_set_up_for_tests_is_enough_to_start_but_not_the_other_way_round(start: ModuleType) -> None:
    for_start, for_tests = (start.wanted_stamp(kind, "3.12.1") for kind in ("start", "test"))
    assert start.has_packages(for_tests, for_start)
    assert not start.has_packages(for_start, for_tests)
    assert not start.has_packages({**for_tests, "packages": "0"}, for_start)


def test_a_moved_checkout_is_put_in_anew(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    before = start.wanted_stamp("start", "3.12.1")
    (pyproject,) = [start.ROOT / "pyproject.toml"]
    monkeypatch.setattr(start, "ROOT", Path("elsewhere"))
    monkeypatch.setattr(start, "digest", lambda *_: "same")
    assert start.wanted_stamp("start", "3.12.1")["checkout"] != before["checkout"]
    assert pyproject.is_file()


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "\0"])
def test_a_broken_stamp_counts_as_none(start: ModuleType, tmp_path: Path, text: str) -> None:
    stamp = tmp_path / "stamp.json"
    assert start.read_stamp(stamp) == {}
    stamp.write_text(text, encoding="utf-8")
    assert start.read_stamp(stamp) == {}


# --- which Python


@pytest.mark.parametrize("version", ["3.11.0", "3.12.1", "3.13.0", "3.13.0rc1"])
def test_pythons_that_fit(start: ModuleType, version: str) -> None:
    assert start.fitting(version)


@pytest.mark.parametrize("version", ["2.7.18", "3.10.13", "3.14.0", "4.11", "", "no Python here"])
def test_pythons_that_do_not(start: ModuleType, version: str) -> None:
    assert not start.fitting(version)


def fake_python(folder: Path, name: str, version: str) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\necho {version}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(os.name != "posix", reason="the stand-ins are shell scripts")
def test_a_fitting_python_on_the_path_is_found(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = fake_python(tmp_path, "python3", "3.9.2")
    fit = fake_python(tmp_path, "python3.12", "3.12.9")
    monkeypatch.setattr(start.sys, "executable", old)
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + os.environ["PATH"])
    monkeypatch.setattr(start, "candidates", lambda: [old, fit])
    assert start.find_python() == fit


@pytest.mark.skipif(os.name != "posix", reason="the stand-ins are shell scripts")
def test_without_one_a_sentence_says_so(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pythons = [fake_python(tmp_path, "python3", "3.14.1"), str(tmp_path / "gone")]
    monkeypatch.setattr(start, "candidates", lambda: pythons)
    with pytest.raises(
        start.SetupFailed, match=r"needs Python 3\.11, 3\.12 or 3\.13; this is Python 3\.14\.1"
    ):
        start.find_python()


def test_an_environment_is_known_by_its_file_and_its_python(start: ModuleType, tmp_path: Path) -> None:
    assert start.venv_version(tmp_path) == ""
    (tmp_path / "pyvenv.cfg").write_text("home = x\nversion = 3.12.1\n", encoding="utf-8")
    assert start.venv_version(tmp_path) == "", "its Python is gone"
    python = start.venv_python(tmp_path)
    python.parent.mkdir()
    python.touch()
    assert start.venv_version(tmp_path) == "3.12.1"
    (tmp_path / "pyvenv.cfg").write_text("version_info = 3.10.2\n", encoding="utf-8")
    assert start.venv_version(tmp_path) == "", "a Python that does not fit"


# --- what is missing


def test_nothing_missing_needs_no_packages(start: ModuleType) -> None:
    assert start.missing_parts("test", lambda _: True, lambda name: name).packages == []


def test_missing_libraries_are_named_with_their_packages(start: ModuleType) -> None:
    missing = start.missing_parts("start", lambda name: name != "libEGL.so.1", lambda _: None)
    assert missing.packages == ["libegl1"]
    text = start.name_missing(missing)
    assert "run at all: libEGL.so.1" in text
    assert text.endswith("sudo apt-get install libegl1")


def test_a_real_window_needs_more(start: ModuleType) -> None:
    missing = start.missing_parts("start", lambda name: not name.startswith("libxcb"), lambda _: None)
    assert not missing.any_platform
    assert "show a window on this display: libxcb-cursor.so.0" in start.name_missing(missing)


def test_tools_of_the_window_tests_count_only_for_tests(start: ModuleType) -> None:
    assert start.missing_parts("start", lambda _: True, lambda _: None).packages == []
    missing = start.missing_parts("test", lambda _: True, lambda _: None)
    assert missing.packages == ["openbox", "xdotool", "xvfb"]
    assert "left out without Xvfb, openbox, xdotool" in start.name_missing(missing)


def test_without_the_least_set_up_stops(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = start.Missing({"libEGL.so.1": "libegl1"}, {}, {})
    monkeypatch.setattr(start.sys, "platform", "linux")
    monkeypatch.setattr(start, "missing_parts", lambda _: lacking)
    monkeypatch.setattr(start, "apt_install", lambda _: False)
    with pytest.raises(start.SetupFailed, match="apt-get install libegl1"):
        start.bring_system_parts("start")


def test_what_only_a_window_lacks_is_said_and_set_up_goes_on(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking = start.Missing({}, {"libxcb-cursor.so.0": "libxcb-cursor0"}, {})
    monkeypatch.setattr(start.sys, "platform", "linux")
    monkeypatch.setattr(start, "missing_parts", lambda _: lacking)
    monkeypatch.setattr(start, "apt_install", lambda _: False)
    assert start.bring_system_parts("start") is False
    captured = capsys.readouterr()
    assert "libxcb-cursor0" in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("NewConnectionError: Temporary failure in name resolution", "network or the package registry"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: No matching distribution found for x", "does not offer"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "does not offer"),
        ("something else", "could not be installed"),
    ],
)
def test_pip_failures_become_sentences(start: ModuleType, words: str, sentence: str) -> None:
    said = start.why_pip_failed(words)
    assert sentence in said
    assert said.endswith(words)


# --- the commands, as a person calls them


def test_help_sets_nothing_up(tmp_path: Path) -> None:
    alone = tmp_path / "a folder with spaces"
    alone.mkdir()
    (alone / "start.py").write_bytes((ROOT / "start.py").read_bytes())
    done = subprocess.run(
        [sys.executable, "start.py", "--help"], cwd=alone, capture_output=True, text=True, check=True
    )
    assert "python3 start.py test" in done.stdout
    assert sorted(path.name for path in alone.iterdir()) == ["start.py"]
