"""The top-level hook: a mistake is written down and told, one at a time, and not for ever."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.app import window
from annotator.app.window import MOST_REPORTS, Ending, Mistakes, write_down
from annotator.ui import problems


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    seen: list[BaseException] = []
    monkeypatch.setattr(window.problems, "report", lambda _, error: seen.append(error))
    return seen


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "data"))
    return tmp_path / "data" / "reports.log"


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    found = QWidget()
    qtbot.addWidget(found)
    found.show()
    return found


def caught(mistakes: Mistakes, error: BaseException) -> None:
    mistakes.caught(type(error), error, error.__traceback__)


def test_a_mistake_is_written_down_and_told(
    parent: QWidget, told: list[BaseException], log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    error = ValueError("wrong number")
    caught(Mistakes(parent), error)
    assert told == [error]
    assert "ValueError: wrong number" in log.read_text(encoding="utf-8")
    assert "ValueError: wrong number" in capsys.readouterr().err


def test_after_a_few_only_the_file_hears_of_it(parent: QWidget, told: list[BaseException], log: Path) -> None:
    mistakes = Mistakes(parent)
    for number in range(MOST_REPORTS + 2):
        caught(mistakes, ValueError(f"number {number}"))
    assert len(told) == MOST_REPORTS
    assert log.read_text(encoding="utf-8").count("ValueError: number") == MOST_REPORTS + 2


def test_a_mistake_behind_the_dialog_opens_no_second_one(
    parent: QWidget, monkeypatch: pytest.MonkeyPatch, log: Path
) -> None:
    mistakes = Mistakes(parent)
    told: list[BaseException] = []

    def _report(_: QWidget, error: BaseException) -> None:
        told.append(error)
        caught(mistakes, ValueError("while it is shown"))

    monkeypatch.setattr(window.problems, "report", _report)
    caught(mistakes, ValueError("first"))
    assert [str(error) for error in told] == ["first"]
    assert "while it is shown" in log.read_text(encoding="utf-8")


def test_a_dialog_that_fails_itself_does_not_silence_the_next(
    parent: QWidget, monkeypatch: pytest.MonkeyPatch, log: Path
) -> None:
    mistakes = Mistakes(parent)

    def _fails(_: QWidget, error: BaseException) -> None:
        raise RuntimeError(str(error))

    monkeypatch.setattr(window.problems, "report", _fails)
    for number in range(2):
        with pytest.raises(RuntimeError, match=str(number)):
            caught(mistakes, ValueError(str(number)))
    assert log.exists()


def test_control_c_closes_the_window(parent: QWidget, told: list[BaseException]) -> None:
    caught(Mistakes(parent), KeyboardInterrupt())
    assert not parent.isVisible()
    assert told == []


def test_a_mistake_on_another_thread_is_written_down(
    parent: QWidget, told: list[BaseException], log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "excepthook", Mistakes(parent).caught_in_thread)
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    assert told == []


def test_a_report_that_cannot_be_written_is_said(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log.parent.write_text("a file where the folder should be", encoding="utf-8")
    write_down(ValueError("wrong"))
    assert "could not be written down" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a terminal")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGTERM)])
def test_a_signal_closes_the_window(parent: QWidget, qtbot: QtBot, number: signal.Signals) -> None:
    before = signal.signal(number, signal.default_int_handler)  # under nohup it is ignored
    try:
        with closing(Ending(parent)):
            signal.raise_signal(number)
            qtbot.waitUntil(lambda: not parent.isVisible())
        assert signal.getsignal(number) is signal.default_int_handler
    finally:
        signal.signal(number, before)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a terminal")
def test_what_is_to_outlive_its_terminal_goes_on_to(parent: QWidget) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with closing(Ending(parent)):
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_what_is_told_has_an_answer_without_a_picture(qtbot: QtBot) -> None:
    box = problems.telling(None, "The disk is full.")
    qtbot.addWidget(box)
    (ok,) = box.buttons()
    assert ok.icon().isNull()
    box.show()
    ok.click()
    assert not box.isVisible()
