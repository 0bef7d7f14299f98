"""The collector: garbage goes on the window's thread, and only there."""

from __future__ import annotations

import gc
import sys
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from annotator.app import collector as collector_module
from annotator.app.collector import Collector


class Loop:
    """Garbage that only a collector finds."""

    def __init__(self) -> None:
        self.me = self


def test_no_other_thread_collects_and_the_window_does(qtbot: QtBot) -> None:
    owner = QObject()
    collector = Collector(owner)
    ended_on: list[int] = []
    weakref.finalize(Loop(), lambda: ended_on.append(threading.get_ident()))
    hoard: list[list[int]] = []
    worker = threading.Thread(target=lambda: hoard.extend([] for _ in range(50_000)))
    worker.start()
    worker.join()
    assert not ended_on
    qtbot.waitUntil(lambda: bool(ended_on))
    assert ended_on == [threading.get_ident()]
    collector.close()


def test_what_was_loaded_is_not_looked_at(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector_module, "_LOADED", 20_000)
    owner = QObject()
    collector = Collector(owner)
    settled = gc.get_freeze_count()
    modules = [[] for _ in range(30_000)]
    qtbot.waitUntil(lambda: gc.get_freeze_count() > settled + len(modules))
    collector.close()


def test_what_is_held_for_long_is_not_looked_at_again_and_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collector_module, "_LOADED", 20_000)
    monkeypatch.setattr(collector_module, "_EVERY", 5)
    monkeypatch.setattr(gc, "get_threshold", lambda: (700, 1, 1))
    owner = QObject()
    collector = Collector(owner)
    settled = gc.get_freeze_count()
    looked_at: list[int] = []

    def keep(phase: str, _: dict[str, int]) -> None:
        if phase == "start":
            looked_at.append(len(gc.get_objects()))

    gc.callbacks.append(keep)
    held: list[list[list[int]]] = []
    for _ in range(20):  # each is few enough to be looked at
        held.append([[] for _ in range(8_000)])
        qtbot.waitUntil(lambda: gc.get_count()[0] < 8_000)
    gc.callbacks.remove(keep)
    collector.close()
    assert gc.get_freeze_count() > settled + 100_000
    assert looked_at
    assert max(looked_at) < 60_000, "what is older than the generation counts here too"


def test_counting_leaves_alone_what_another_thread_is_making() -> None:
    failed: list[SystemError] = []

    def make_tuples() -> None:
        try:
            for _ in range(40_000):
                tuple(str(one) for one in range(20))
        except SystemError as error:
            failed.append(error)

    owner = QObject()
    collector = Collector(owner)
    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    worker = threading.Thread(target=make_tuples)
    worker.start()
    while worker.is_alive():
        collector_module._looked_at(2)
    sys.setswitchinterval(often)
    collector.close()
    assert not failed


def test_closing_gives_collecting_back() -> None:
    owner = QObject()
    collector = Collector(owner)
    assert not gc.isenabled()
    collector.close()
    assert gc.isenabled()


def test_older_garbage_waits_while_something_is_awaited_but_not_for_ever(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, collected, awaited = QObject(), list[int](), [True]
    collector = Collector(owner, lambda: awaited[0])
    collector._timer.stop()
    with monkeypatch.context() as patched:
        patched.setattr(gc, "collect", collected.append)
        patched.setattr(gc, "get_count", lambda: (0, 10_000, 0))
        for _ in range(collector_module._LONGEST):
            collector._on_timeout()
        assert collected == []
        collector._on_timeout()
        assert collected == [1]
        collector._on_timeout()
        assert collected == [1]
        awaited[0] = False
        collector._on_timeout()
        assert collected == [1, 1]
        awaited[0] = True
        patched.setattr(gc, "get_count", lambda: (10_000, 0, 0))
        collector._on_timeout()
        assert collected == [1, 1, 0]
    collector.close()
