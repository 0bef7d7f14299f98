"""What the program's arguments start: the window, the main job, or the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from annotator.app import __main__ as entry
from annotator.app import display, headless


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return what was started, in order; nothing of it really is."""
    seen: list[object] = []

    def _window(paths: Sequence[Path], platform: str, sample: bool = False) -> int:
        seen.append(("window", [*paths], platform, sample))
        return 0

    def _line(args: Sequence[str]) -> int:
        seen.append(("command", *args))
        return 0

    def _job(out: Path, why: str, _: object) -> int:
        seen.append(("main job", out, why))
        return 0

    monkeypatch.setattr(entry, "open_window", _window)
    monkeypatch.setattr(entry, "command_line", _line)
    monkeypatch.setattr(headless, "main_job", _job)
    return seen


def test_no_arguments_open_the_window(started: list[object]) -> None:
    assert entry.main([]) == 0
    assert started == [("window", [], "", False)]


def test_open_takes_a_project(started: list[object]) -> None:
    entry.main(["open", "p.annot", "--platform", "vnc"])
    assert started == [("window", [Path("p.annot")], "vnc", False)]


@pytest.mark.parametrize("words", [["p.annotator"], ["a.txt", "b.txt"], ["texts/"], ["./new"]])
def test_files_open_the_window_without_a_command(words: list[str], started: list[object]) -> None:
    entry.main(words)
    assert started == [("window", [Path(one) for one in words], "", False)]


def test_anything_else_is_for_the_command_line(started: list[object]) -> None:
    entry.main(["info", "p.annot"])
    entry.main(["--help"])
    entry.main(["imprt", "p.annot"])
    assert started == [("command", "info", "p.annot"), ("command", "--help"), ("command", "imprt", "p.annot")]


def test_start_with_a_display_opens_the_window_on_the_sample(
    started: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display, "why_no_display", lambda _: "")
    entry.main(["start", "--out", "x"])
    assert started == [("window", [], "", True)]


def test_start_without_one_does_the_main_job(started: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "why_no_display", lambda _: "no screen")
    entry.main(["start", "--out", "x"])
    assert started == [("main job", Path("x"), "no screen")]


def test_start_with_a_platform_opens_the_window_there(
    started: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display, "why_no_display", lambda _: "no screen")
    entry.main(["start", "--platform", "vnc"])
    assert started == [("window", [], "vnc", True)]


@pytest.mark.parametrize("args", [["open", "--fly"], ["a.txt", "--fly"], ["start", "--fly"]])
def test_wrong_usage(args: list[str], started: list[object]) -> None:
    with pytest.raises(SystemExit) as end:
        entry.main(args)
    assert end.value.code == 2
    assert started == []


def test_stopped_before_a_command_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    def _stop(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("annotator.cli.main.run", _stop)
    assert entry.command_line(["info", "p.annot"]) == 130
