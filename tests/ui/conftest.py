"""What holds for every test with widgets: they are collected on their own thread."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication


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
