"""What holds for every test with widgets: usual letters, collected on their own thread, patient waits."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import partialmethod

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.box_style import fit_style
from annotator.ui.style import apply_font

PATIENCE = 60_000
"""Milliseconds until a test gives up waiting; never a measure of speed."""


@pytest.fixture(scope="session")
def _frozen(qapp: QApplication) -> Iterator[None]:
    """Take everything loaded so far out of what is collected: it takes a tenth of a second each time."""
    assert qapp
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _collect_on_this_thread(_frozen: None) -> Iterator[None]:
    """Let no other thread collect widgets: Qt ends their timers on their own thread only."""
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def _usual_letters(qapp: QApplication) -> None:
    """Begin with letters and boxes of the usual size, whatever the test before has left."""
    apply_font(qapp, "", 100)
    fit_style(qapp)


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test fail because the machine was busy with something else for some seconds."""
    for name in ("waitUntil", "waitSignal", "waitSignals", "waitExposed", "waitActive"):
        monkeypatch.setattr(QtBot, name, partialmethod(getattr(QtBot, name), timeout=PATIENCE))
