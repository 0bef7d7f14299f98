"""Turns of the event loop: work that many ask for is done in order, and keys and painting come between."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from annotator.ui import motion, turns
from annotator.ui.key_hint import KeyHint
from annotator.ui.panels.when_seen import WhenSeen
from annotator.ui.turns import turns_of
from annotator.ui.worker import Worker


@pytest.fixture
def noted(qapp: object) -> Iterator[list[str]]:
    """What is done, with a dot for every turn of the event loop."""
    assert qapp
    found: list[str] = []
    loop = QTimer(interval=0)
    loop.timeout.connect(lambda: found.append("."))
    loop.start()
    yield found
    loop.stop()


@pytest.fixture
def owner(qapp: object) -> QObject:
    """Whose turns they are."""
    assert qapp
    return QObject()


class Slow(QObject):
    """Takes a whole turn for what it does."""

    def __init__(self, name: str, noted: list[str]) -> None:
        super().__init__()
        self.name, self.noted = name, noted

    def work(self) -> None:
        """Do it."""
        time.sleep(0.003)
        self.noted.append(self.name)


def words(noted: list[str]) -> list[str]:
    """Return what was done in the same turns."""
    return [one for one in "".join(noted).split(".") if one]


def test_what_takes_long_is_spread_over_turns_in_its_order(qtbot: QtBot, noted, owner, monkeypatch) -> None:
    monkeypatch.setattr(turns, "_TURN", 0.001)
    many = [Slow(name, noted) for name in "abcd"]
    for one in many:
        turns_of(owner).later(one.work)
    turns_of(owner).later(many[0].work)
    qtbot.waitUntil(lambda: "d" in noted)
    assert words(noted) == ["a", "b", "c", "d"]


def test_what_is_quick_is_done_in_one_turn(qtbot: QtBot, noted, owner, monkeypatch) -> None:
    monkeypatch.setattr(turns, "_TURN", 60.0)
    many = [Slow(name, noted) for name in "abcd"]
    for one in many:
        turns_of(owner).later(one.work)
    qtbot.waitUntil(lambda: "d" in noted)
    assert words(noted) == ["abcd"]


def test_what_is_to_be_done_now_waits_only_behind_others(qtbot: QtBot, noted, owner, monkeypatch) -> None:
    monkeypatch.setattr(turns, "_TURN", 0.001)
    many = [Slow(name, noted) for name in "abc"]
    for one in many:
        turns_of(owner).now(one.work)
    assert words(noted) == ["a"]
    qtbot.waitUntil(lambda: "c" in noted)
    assert words(noted) == ["a", "b", "c"]


def test_what_is_to_be_done_now_or_soon_comes_first(qtbot: QtBot, noted, owner, monkeypatch) -> None:
    monkeypatch.setattr(turns, "_TURN", 0.001)
    soon, now, later = (Slow(name, noted) for name in "abc")
    turns_of(owner).later(later.work)
    turns_of(owner).soon(soon.work)
    turns_of(owner).now(now.work)
    assert "b" not in noted
    qtbot.waitUntil(lambda: "c" in noted)
    assert words(noted) == ["a", "b", "c"]


def test_a_turn_gives_way_to_painting_before_the_next(qtbot: QtBot, noted, owner, monkeypatch) -> None:
    monkeypatch.setattr(turns, "_TURN", 0.001)
    for one in (Slow(name, noted) for name in "abc"):
        turns_of(owner).later(one.work)
    qtbot.waitUntil(lambda: "c" in noted)
    assert "b..c" in "".join(noted)


def test_a_window_has_one_queue_for_its_threads_and_parts_and_dialogs(desk) -> None:
    window = desk.window
    dialog = QWidget(window, Qt.WindowType.Dialog)
    seen = WhenSeen(QLabel(dialog), lambda: None)
    of_all = {id(turns_of(one)) for one in (window, window.session, window.view, seen)}
    assert len(of_all) == len(window.findChildren(turns.Turns)) == 1


def test_a_dialog_holds_up_nobody_else(qtbot: QtBot, owner, monkeypatch) -> None:
    """Qt does not call a timer again while it is being heard: each call has one of its own."""
    monkeypatch.setattr(turns, "_TURN", 0.0)
    noted: list[str] = []
    dialog = QEventLoop()
    for work in (lambda: noted.append(f"closed {dialog.exec()}"), lambda: noted.append("other"), dialog.quit):
        turns_of(owner).later(work)
    qtbot.waitUntil(lambda: len(noted) == 2)
    assert noted == ["other", "closed 0"]


def test_a_mistake_holds_up_nobody_else(qtbot: QtBot, owner) -> None:
    noted: list[str] = []
    turns_of(owner).later(lambda: noted.append(str(1 // 0)))
    turns_of(owner).later(lambda: noted.append("other"))
    with qtbot.captureExceptions() as mistakes:
        qtbot.waitUntil(lambda: noted == ["other"])
    assert [kind for kind, _, _ in mistakes] == [ZeroDivisionError]


def test_who_is_gone_is_asked_for_nothing(qtbot: QtBot, owner) -> None:
    noted: list[str] = []
    gone, there = Slow("gone", noted), Slow("there", noted)
    turns_of(owner).later(gone.work)
    turns_of(owner).later(there.work)
    Shiboken.delete(gone)
    qtbot.waitUntil(lambda: noted == ["there"])


def test_parts_of_a_window_are_shown_in_turns_of_their_own(qtbot: QtBot, noted, owner, monkeypatch) -> None:
    monkeypatch.setattr(turns, "_TURN", 0.001)
    window = QWidget()
    layout = QVBoxLayout(window)
    seen = []
    for name in "abc":
        part = QLabel(name)
        layout.addWidget(part)
        seen.append(WhenSeen(part, Slow(name, noted).work))
    qtbot.addWidget(window)
    window.show()
    for one in (*seen, *seen):
        one.ask()
    qtbot.waitUntil(lambda: "c" in noted)
    assert words(noted) == ["a", "b", "c"]


def test_answers_of_two_threads_are_given_in_turns(qtbot: QtBot, noted, owner, monkeypatch) -> None:
    monkeypatch.setattr(turns, "_TURN", 0.001)
    workers = [Worker(name, owner) for name in ("store", "jobs")]
    slow = [Slow(name, noted) for name in "abcd"]
    for at, one in enumerate(slow):
        workers[at % 2].answer(one.work)
    qtbot.waitUntil(lambda: "d" in noted)
    assert words(noted) == ["a", "b", "c", "d"]
    for one in workers:
        assert one.stop()


def test_how_far_work_is_does_not_paint_at_once(qtbot: QtBot) -> None:
    """Qt would paint all that waits to be painted in the window, in the middle of what is going on."""
    window, painted = QWidget(), []

    class Part(QWidget):
        def paintEvent(self, _: object) -> None:
            painted.append(bar.value())

    bar, part = QProgressBar(), Part()
    layout = QVBoxLayout(window)
    layout.addWidget(bar)
    layout.addWidget(part)
    part.setMinimumSize(20, 20)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: bool(painted))
    painted.clear()
    part.update()
    motion.show_progress(bar, 40, 100)
    motion.show_progress(bar, 80, 100)
    assert (bar.value(), painted) == (80, [])
    qtbot.waitUntil(lambda: painted == [80])


def test_keys_that_are_said_again_are_not_painted_again(qtbot: QtBot) -> None:
    hint, painted = KeyHint(), []

    class Watch(QObject):
        def eventFilter(self, _: QObject, event) -> bool:
            painted.append(event.type().name)
            return False

    qtbot.addWidget(hint)
    hint.resize(400, 30)
    with qtbot.waitExposed(hint):
        hint.show()
    hint.show_keys("c claim   s source")
    qtbot.wait(1)
    watch = Watch()
    hint.installEventFilter(watch)
    hint.show_keys("c claim   s source")
    qtbot.wait(1)
    assert "Paint" not in painted
    hint.show_sentence("c claim   s source")
    qtbot.waitUntil(lambda: "Paint" in painted)
    assert hint.textFormat() == Qt.TextFormat.PlainText
