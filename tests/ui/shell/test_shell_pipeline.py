"""Choosing what suggests entities: what is there is listed, and a folder's code is asked about first."""

from __future__ import annotations

import json
from pathlib import Path

import marking_pipeline
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from annotator.model.allowed import allow
from annotator.model.errors import UserError
from annotator.services import pipelines
from annotator.services.pipelines import PipelineFacts, folder_choice
from annotator.ui.panels.pipeline_dialog import PipelineDialog

OWN = PipelineFacts("en_own", "en_own", "3.1", "en", ("tagger", "ner"), "It was made for spaCy 2.")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def suggested(desk, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Return what notes each time that suggestions are asked for."""
    asked: list[bool] = []
    monkeypatch.setattr(desk.session.proposer, "suggest_all", lambda: asked.append(True))
    return asked


@pytest.fixture
def dialog(desk, suggested, monkeypatch: pytest.MonkeyPatch) -> PipelineDialog:
    monkeypatch.setattr(pipelines, "installed", lambda: (OWN,))
    return opened(desk)


def opened(desk) -> PipelineDialog:
    desk.do("pipeline")
    found: PipelineDialog = desk.window.findChildren(PipelineDialog)[-1]
    desk.qtbot.waitUntil(lambda: len(found.list.rows) > 0)
    return found


def chosen(desk) -> str:
    found: list[str] = []
    desk.session.ask(lambda project: project.setting("pipeline"), found.append)
    desk.settle()
    return found[0]


def go(dialog: PipelineDialog, value: str) -> None:
    at = next(at for at, row in enumerate(dialog.list.rows) if row.value == value)
    dialog.list.setCurrentIndex(dialog.list.model().index(at, 0))


def use(desk, dialog: PipelineDialog) -> None:
    desk.qtbot.mouseClick(dialog.buttons.button(dialog.buttons.StandardButton.Ok), Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: not desk.session.long_work.is_busy)
    desk.settle()


def test_what_is_there_is_listed_and_the_one_in_use_is_current(dialog) -> None:
    assert [one.text for one in dialog.list.rows] == ["Built in", "en_own 3.1"]
    assert dialog.list.current() == ""
    assert dialog.list.rows[1].detail == "tagger, ner · It was made for spaCy 2."


def test_an_installed_one_is_used_with_a_word_about_its_version(desk, dialog, suggested) -> None:
    go(dialog, "en_own")
    assert dialog.problem.text() == "It was made for spaCy 2."
    use(desk, dialog)
    assert chosen(desk) == "en_own"
    assert suggested == [True]
    again = opened(desk)
    assert again.list.current() == "en_own"
    go(again, "")
    use(desk, again)
    assert chosen(desk) == ""


def test_cancel_and_the_same_again_change_nothing(desk, dialog, suggested) -> None:
    use(desk, dialog)
    opened(desk).reject()
    assert chosen(desk) == ""
    assert suggested == []


def test_a_folder_is_asked_about_and_cancel_runs_nothing(
    desk, dialog, told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = marking_pipeline.build(tmp_path)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(made.folder))
    dialog.folder.click()
    desk.qtbot.waitUntil(lambda: len(dialog.list.rows) == 3)
    assert dialog.list.current() == folder_choice(made.folder)
    assert str(made.folder) in dialog.list.rows[2].detail
    told.answers[:] = [1]
    use(desk, dialog)
    assert "program code" in told.asked[0]
    assert dialog.isVisible()
    assert chosen(desk) == ""
    told.answers[:] = [0]
    use(desk, dialog)
    desk.qtbot.waitUntil(lambda: not desk.window.findChildren(PipelineDialog))
    desk.settle()
    assert chosen(desk) == folder_choice(made.folder)
    assert not made.marker.exists()


def test_a_folder_that_was_allowed_is_not_asked_about_again(desk, dialog, told, tmp_path: Path) -> None:
    made = marking_pipeline.build(tmp_path)
    list(pipelines.trust(folder_choice(made.folder)))
    dialog.look_into(made.folder)
    desk.qtbot.waitUntil(lambda: len(dialog.list.rows) == 3)
    use(desk, dialog)
    assert told.asked == []
    assert chosen(desk) == folder_choice(made.folder)


def test_a_folder_without_a_pipeline_is_refused_in_words(desk, dialog, tmp_path: Path) -> None:
    dialog.look_into(tmp_path)
    desk.qtbot.waitUntil(lambda: "holds no spaCy pipeline" in dialog.problem.text())
    assert len(dialog.list.rows) == 2


def test_the_one_in_use_that_is_gone_is_named(desk, suggested, tmp_path: Path) -> None:
    gone = folder_choice(tmp_path / "gone")
    desk.session.do(lambda project: project.set_setting("pipeline", gone))
    desk.settle()
    dialog = opened(desk)
    assert dialog.problem.text() == f"There is no folder {tmp_path / 'gone'}."
    (tmp_path / "gone").mkdir()
    (tmp_path / "gone" / "meta.json").write_text(json.dumps({"lang": "en", "name": "back"}))
    dialog.reject()
    assert opened(desk).list.current() == gone


@pytest.fixture
def started_over(desk, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    found: list[bool] = []
    monkeypatch.setattr(desk.session.proposer, "start_over", lambda: found.append(True))
    return found


def test_trust_in_the_folder_in_use_is_withdrawn(desk, suggested, started_over, tmp_path: Path) -> None:
    choice = folder_choice(marking_pipeline.build(tmp_path).folder)
    list(pipelines.trust(choice))
    desk.session.do(lambda project: project.set_setting("pipeline", choice))
    desk.settle()
    dialog = opened(desk)
    assert dialog.list.current() == choice
    desk.qtbot.mouseClick(dialog.withdraw, Qt.MouseButton.LeftButton)
    desk.settle()
    assert pipelines.trusted() == ()
    assert chosen(desk) == ""
    assert started_over == [True]
    assert not dialog.withdraw.isEnabled()
    assert "asked again" in dialog.problem.text()


def test_folders_that_may_run_are_listed_and_withdrawn_also_when_gone(
    desk, suggested, started_over, tmp_path: Path, told
) -> None:
    made = marking_pipeline.build(tmp_path)
    list(pipelines.trust(folder_choice(made.folder)))
    allow("pipelines", str(tmp_path / "gone"), "1")
    dialog = opened(desk)
    go(dialog, "")
    assert not dialog.withdraw.isEnabled()
    go(dialog, f"folder:{tmp_path / 'gone'}")
    assert "may not work" in dialog.problem.text()
    dialog.withdraw.click()
    assert pipelines.trusted() == (folder_choice(made.folder),)
    go(dialog, folder_choice(made.folder))
    dialog.withdraw.click()
    assert pipelines.trusted() == ()
    told.answers[:] = [1]
    use(desk, dialog)
    assert "program code" in told.asked[0]
    assert chosen(desk) == ""


def test_trust_that_cannot_be_withdrawn_is_said(desk, suggested, started_over, tmp_path, monkeypatch) -> None:
    choice = folder_choice(marking_pipeline.build(tmp_path).folder)
    list(pipelines.trust(choice))
    dialog = opened(desk)
    go(dialog, choice)

    def _refuse(_: str) -> None:
        raise UserError("No space left.")

    monkeypatch.setattr(pipelines, "withdraw_trust", _refuse)
    dialog.withdraw.click()
    assert dialog.problem.text() == "No space left."
    assert (pipelines.trusted(), started_over) == ((choice,), [])
    assert dialog.withdraw.isEnabled()
