"""Imports while files are being looked into once more: what was shown before does not come in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from picking import pick
from PySide6.QtWidgets import QWidget

from annotator.model.formats import ImportOptions
from annotator.model.job import Job, Progress
from annotator.ui import problems
from annotator.ui.panels import import_dialog, import_look
from annotator.ui.panels.import_dialog import ImportDialog
from annotator.ui.panels.import_look import Look, Looked


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Return what lets files be looked into; as long as it is closed, that takes its time."""
    is_open, look_again = Event(), import_look.look_again
    is_open.set()

    def wait(one: Looked) -> Looked:
        assert is_open.wait(60)
        return look_again(one)

    monkeypatch.setattr(import_look, "look_again", wait)
    yield is_open
    is_open.set()


def opened(world: Any, window: QWidget, *paths: Path) -> ImportDialog:
    dialog = ImportDialog(world.session, paths, window)
    dialog.show()
    world.qtbot.waitUntil(lambda: bool(dialog.looked.files))
    dialog.files.go_to(paths[-1])
    return dialog


def options(dialog: ImportDialog, name: str) -> ImportOptions:
    return next(one for one in dialog.looked.files if one.name == name).options


def test_import_waits_until_the_other_encoding_is_looked_at(
    world: Any, window: QWidget, sources: Path, gate: Event
) -> None:
    dialog = opened(world, window, sources / "a.txt")
    assert dialog.ok.isEnabled()
    gate.clear()
    pick(dialog.view.encoding, "cp1251")
    assert not dialog.ok.isEnabled()
    pick(dialog.view.encoding, "cp1252")
    gate.set()
    world.qtbot.waitUntil(dialog.ok.isEnabled)
    assert options(dialog, "a.txt").encoding == "cp1252"
    dialog.reject()


def test_a_choice_during_a_look_does_not_undo_the_one_before(
    world: Any, window: QWidget, sources: Path, gate: Event
) -> None:
    dialog = opened(world, window, sources / "d.csv")
    gate.clear()
    pick(dialog.view.encoding, "cp1252")
    pick(dialog.view.table.cellWidget(2, 1), "text")
    gate.set()
    world.qtbot.waitUntil(dialog.ok.isEnabled)
    found = options(dialog, "d.csv")
    assert (found.encoding, found.columns["words"]) == ("cp1252", "text")
    dialog.reject()


def test_another_choice_takes_back_what_was_agreed_to(
    world: Any, window: QWidget, sources: Path, gate: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared, changed_since = Event(), import_dialog.changed_since

    def compare(found: Look) -> Job[tuple[str, ...]]:
        assert compared.wait(60)
        return (yield from changed_since(found))

    monkeypatch.setattr(import_dialog, "changed_since", compare)
    dialog = opened(world, window, sources / "a.txt")
    dialog.ok.click()
    pick(dialog.view.encoding, "cp1252")
    compared.set()
    world.qtbot.waitUntil(dialog.ok.isEnabled)
    assert dialog.isVisible(), "what would come in now was not seen yet"
    dialog.ok.click()
    world.qtbot.waitUntil(lambda: not dialog.isVisible())
    (group,) = dialog.groups
    assert group.options.encoding == "cp1252"


def test_a_look_that_fails_leaves_the_window_usable(
    world: Any, window: QWidget, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(world, window, sources / "a.txt")
    told: list[Exception] = []
    monkeypatch.setattr(problems, "show", lambda _, error: told.append(error))

    def fail(_: object) -> Job[tuple[Looked, ...]]:
        yield Progress(0, 1)
        raise RuntimeError("no look")

    monkeypatch.setattr(import_dialog, "look_all_again", fail)
    pick(dialog.view.encoding, "cp1252")
    world.qtbot.waitUntil(lambda: bool(told))
    assert dialog.ok.isEnabled()
    dialog.reject()


def _endless(*_: object) -> Job[None]:
    while True:
        yield Progress(0, 1)


def _stop(world: Any) -> None:
    assert world.session.long_work.stop_shown()
    world.qtbot.waitUntil(lambda: not world.session.long_work.is_busy)


def test_a_first_look_that_is_stopped_is_said_to_be(
    world: Any, window: QWidget, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_dialog, "look", _endless)
    dialog = ImportDialog(world.session, [sources / "a.txt"], window)
    dialog.show()
    assert dialog.progress.isVisible()
    _stop(world)
    assert dialog.summary.text() == "Stopped."
    assert not dialog.progress.isVisible()
    assert not dialog.ok.isEnabled()
    dialog.reject()


@pytest.mark.parametrize("what", ["look_all_again", "changed_since"])
def test_a_later_look_that_is_stopped_leaves_the_import_to_be_chosen(
    world: Any, window: QWidget, sources: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    dialog = opened(world, window, sources / "a.txt")
    world.settle()
    with monkeypatch.context() as for_now:
        for_now.setattr(import_dialog, what, _endless)
        if what == "changed_since":
            dialog.ok.click()
        else:
            pick(dialog.view.encoding, "cp1252")
        assert not dialog.ok.isEnabled()
        _stop(world)
    assert dialog.ok.isEnabled()
    dialog.ok.click()
    world.qtbot.waitUntil(lambda: not dialog.isVisible())


def test_closing_the_dialog_stops_its_look(
    world: Any, window: QWidget, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_dialog, "look", _endless)
    dialog = ImportDialog(world.session, [sources / "a.txt"], window)
    dialog.show()
    dialog.reject()
    world.qtbot.waitUntil(lambda: not world.session.long_work.is_busy)
