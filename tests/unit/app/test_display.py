"""Is there a display: decided from the environment, said in words."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from pathlib import Path

import pytest

from annotator.app import display


def why(environ: Mapping[str, str], *, answering: bool = True, lacking: tuple[str, ...] = ()) -> str:
    return display._why_not_linux(environ, lambda _: answering, lambda: list(lacking))


def test_a_display_that_answers() -> None:
    assert why({"DISPLAY": ":0"}) == ""


def test_none_at_all() -> None:
    assert why({}) == "neither DISPLAY nor WAYLAND_DISPLAY is set"
    assert why({"DISPLAY": ""}) == "neither DISPLAY nor WAYLAND_DISPLAY is set"


def test_one_that_is_gone() -> None:
    assert why({"DISPLAY": ":7"}, answering=False) == "nothing answers at DISPLAY :7"


def test_libraries_that_lack() -> None:
    assert "libxcb-cursor.so.0" in why({"DISPLAY": ":0"}, lacking=("libxcb-cursor.so.0",))


def test_wayland(tmp_path: Path) -> None:
    environ = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert why(environ) != ""
    (tmp_path / "wayland-0").touch()
    assert why(environ) == ""


@pytest.mark.parametrize(
    ("platform", "words"),
    [("offscreen", "offscreen"), ("minimal", "minimal"), ("vnc:port=5901", ""), ("xcb", ""), ("wayland", "")],
)
def test_what_was_chosen_for_qt_counts(platform: str, words: str) -> None:
    found = display.why_no_display({"QT_QPA_PLATFORM": platform}, "linux")
    assert words in found
    assert bool(found) == bool(words)


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_elsewhere_there_is_always_one(system: str) -> None:
    assert display.why_no_display({}, system) == ""


def test_a_server_elsewhere_is_taken_for_granted() -> None:
    assert display.answers("desk.example:0")


def test_a_server_here_is_asked() -> None:
    assert not display.answers(":4242")


def test_vnc_takes_a_free_port_and_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(display, "VNC_PORTS", range(port, port + 20))
        words = display.choose_platform("vnc")
    chosen = os.environ["QT_QPA_PLATFORM"]
    found = int(chosen.rpartition("=")[2])
    assert found > port
    assert chosen.startswith("vnc:size=")
    assert f"localhost:{found}" in words
    assert "no password" in words


def test_any_other_platform_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "")
    assert display.choose_platform("") == ""
    assert os.environ["QT_QPA_PLATFORM"] == ""
    assert display.choose_platform("xcb") == ""
    assert os.environ["QT_QPA_PLATFORM"] == "xcb"
