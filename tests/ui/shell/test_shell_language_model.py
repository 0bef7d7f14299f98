"""Asking a language model in the window: set up, agreed to, asked, withdrawn."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import ModelServer, Reply, model_server, refused, said
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from annotator.model.allowed import allowed
from annotator.model.errors import NotAllowed
from annotator.services import language_models
from annotator.services.project import Project
from annotator.ui.panels.language_model_dialog import LanguageModelDialog


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with model_server(said({"spans": [{"label": "CUE", "text": "the"}]})) as found:
        yield found


def opened(desk) -> LanguageModelDialog:
    desk.do("ask_model")
    desk.qtbot.waitUntil(lambda: dialog_of(desk)._project is not None)
    return dialog_of(desk)


def dialog_of(desk) -> LanguageModelDialog:
    found: LanguageModelDialog = desk.window.findChildren(LanguageModelDialog)[-1]
    return found


def fill(dialog: LanguageModelDialog, server: ModelServer, key: str = "") -> None:
    dialog.address.setText(server.address)
    dialog.model.setText("tiny")
    dialog.key.setText(key)


def press(desk, dialog: LanguageModelDialog) -> None:
    ok = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    desk.qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)


def asked(desk, told, server: ModelServer) -> None:
    """Let a model be asked, with the consent that is wanted first."""
    dialog = opened(desk)
    fill(dialog, server)
    told.answers[:] = [0]
    press(desk, dialog)


def suggested(desk) -> list[str]:
    return [one.suggester for one in desk.content.suggested_spans if one.label == "CUE"]


def test_nothing_is_sent_before_the_person_agreed_to_the_address(desk, told, server) -> None:
    dialog = opened(desk)
    fill(dialog, server)
    told.answers[:] = [1]
    press(desk, dialog)
    assert server.address in told.asked[0]
    assert "the text of 1 article " in told.asked[0]
    assert dialog.isVisible()
    assert server.connections == 0
    told.answers[:] = [0]
    press(desk, dialog)
    desk.qtbot.waitUntil(lambda: "tiny 1" in suggested(desk))
    desk.qtbot.waitUntil(lambda: any("100 + 20 tokens" in one for one in desk.said))
    assert server.asked[0]["messages"][1]["content"].startswith(desk.text[:40])


def test_what_is_proposed_again_is_said_to_be_nothing_new(desk, told, server) -> None:
    for _ in range(2):
        dialog = opened(desk)
        fill(dialog, server)
        told.answers[:] = [0]
        before = len(desk.said)
        press(desk, dialog)
        desk.qtbot.waitUntil(lambda before=before: any("proposed" in one for one in desk.said[before:]))
        desk.settle()
    first, again = (one for one in desk.said if "proposed" in one)
    assert "new" not in first
    assert again.endswith(" s). Nothing new.")


def test_consent_is_remembered_until_it_is_withdrawn(desk, told, server) -> None:
    dialog = opened(desk)
    fill(dialog, server, key="secret")
    told.answers[:] = [1]
    press(desk, dialog)
    assert "Your key goes with them." in told.asked.pop()
    assert allowed("keys") == {}
    told.answers[:] = [0]
    press(desk, dialog)
    desk.qtbot.waitUntil(lambda: len(server.asked) > 0 and not desk.session.long_work.is_busy)
    desk.settle()
    again = opened(desk)
    assert (again.address.text(), again.model.text(), again.key.text()) == (server.address, "tiny", "")
    assert server.keys[0] == "Bearer secret"
    assert "You agreed" in again.known.text()
    again.address.setText("http://127.0.0.1:9/v1")
    assert not again.withdraw.isEnabled()
    again.address.setText(server.address)
    desk.qtbot.mouseClick(again.withdraw, Qt.MouseButton.LeftButton)
    assert allowed("consents") == {}
    assert allowed("keys") == {}
    assert "you are asked" in again.known.text()
    told.answers[:] = [1]
    press(desk, again)
    assert len(told.asked) == 2
    again.reject()


def test_all_articles_are_asked_for_when_chosen(desk, told, server) -> None:
    dialog = opened(desk)
    fill(dialog, server)
    dialog.articles.setCurrentIndex(dialog.articles.findData("all"))
    told.answers[:] = [0]
    press(desk, dialog)
    desk.qtbot.waitUntil(lambda: len(server.asked) >= len(desk.session.order))
    assert f"the text of {len(desk.session.order)} articles" in told.asked[0]
    desk.qtbot.waitUntil(lambda: not desk.session.long_work.is_busy)
    desk.settle()


@pytest.mark.parametrize(("address", "model", "says"), [("x", "m", "no address"), ("http://h", "", "Which")])
def test_what_is_missing_is_said_in_the_dialog(desk, told, address: str, model: str, says: str) -> None:
    dialog = opened(desk)
    dialog.address.setText(address)
    dialog.model.setText(model)
    press(desk, dialog)
    assert says in dialog.problem.text()
    assert told.asked == []
    dialog.reject()


def test_what_is_proposed_is_said_once_it_is_written(desk, told, server, monkeypatch) -> None:
    def refuse(self, *plans, undoable):
        raise NotAllowed("not today")

    monkeypatch.setattr(Project, "write_suggestions", refuse)
    asked(desk, told, server)
    desk.qtbot.waitUntil(lambda: "not today" in desk.said)
    desk.settle()
    assert not any("proposed" in one for one in desk.said)


def test_the_list_is_read_where_the_project_is(desk, told, server, monkeypatch) -> None:
    """A long list makes its ids while it is gone through, which takes too long for the window's thread."""
    threads = set()

    class Listed(list):
        def __iter__(self):
            threads.add(threading.current_thread())
            return super().__iter__()

    desk.session.order = Listed(desk.session.order)
    dialog = opened(desk)
    fill(dialog, server)
    dialog.articles.setCurrentIndex(dialog.articles.findData("all"))
    told.answers[:] = [0]
    press(desk, dialog)
    desk.qtbot.waitUntil(lambda: bool(server.asked) and not desk.session.long_work.is_busy)
    assert threads
    assert threading.main_thread() not in threads


def test_a_failure_is_said(desk, told, server) -> None:
    server.replies[:] = [refused(401)]
    asked(desk, told, server)
    desk.qtbot.waitUntil(lambda: bool(told.told))
    assert "does not know the key" in told.told[0]
    assert suggested(desk).count("tiny 1") == 0


def test_a_key_is_not_shown(desk) -> None:
    dialog = opened(desk)
    assert dialog.key.echoMode() == QLineEdit.EchoMode.Password
    dialog.reject()


def waiting(desk) -> str:
    """Return what is shown of the job."""
    found: str = desk.window.status.job.name.text()
    return found


@pytest.fixture
def silent() -> Iterator[ModelServer]:
    with model_server(Reply(is_held=True)) as found:
        yield found


def test_who_waits_for_an_answer_sees_for_how_long_and_stops_at_once(
    desk, told, silent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language_models, "_LONG", 0)
    asked(desk, told, silent)
    desk.qtbot.waitUntil(lambda: bool(silent.asked))
    desk.qtbot.waitUntil(lambda: "waiting for" in waiting(desk))
    assert re.fullmatch(r"Asking tiny: waiting for \d+ s, 0 tokens", waiting(desk))
    assert desk.session.long_work.stop_shown()
    desk.qtbot.waitUntil(lambda: not desk.session.long_work.is_busy)
    assert desk.said[-1] == "Asking tiny: stopped."
    assert len(silent.asked) == 1
    assert "tiny 1" not in suggested(desk)


def test_a_model_that_never_answers_is_given_up_and_that_is_said(
    desk, told, silent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language_models, "TIMEOUT", 0.2)
    asked(desk, told, silent)
    desk.qtbot.waitUntil(lambda: bool(told.told))
    assert "did not answer in time (0 s). Is the model loaded, and the machine up to it?" in told.told[0]
    assert not desk.session.long_work.is_busy


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("localhost:8080/v1", "Did you mean http://localhost:8080/v1?"),
        ("http://me:secret@localhost/v1", "Leave name and password out of the address"),
    ],
)
def test_an_address_that_was_mistyped_is_told_in_the_dialog(desk, told, address: str, says: str) -> None:
    dialog = opened(desk)
    dialog.address.setText(address)
    dialog.model.setText("tiny")
    press(desk, dialog)
    assert says in dialog.problem.text()
    assert "secret" not in dialog.problem.text()
    assert (told.asked, allowed("language_models")) == ([], {})


def test_blanks_around_an_address_do_no_harm(desk, told, server) -> None:
    dialog = opened(desk)
    fill(dialog, server)
    dialog.address.setText(f"  {server.address} ")
    told.answers[:] = [0]
    press(desk, dialog)
    desk.qtbot.waitUntil(lambda: bool(server.asked))
    desk.qtbot.waitUntil(lambda: not desk.session.long_work.is_busy)
    assert f"Send to {server.address} (" in told.asked[0]


def with_suggestions(desk) -> int:
    """Return in how many articles the model proposed something."""
    found: list[int] = []

    def _count(project: Project) -> int:
        made = ([span.suggester for span in one.suggested_spans] for one in project.contents())
        return sum("tiny 1" in names for names in made)

    desk.session.ask(_count, found.append)
    desk.qtbot.waitUntil(lambda: bool(found))
    return found[0]


def test_what_came_before_the_server_died_stays_and_is_one_step(desk, told, server) -> None:
    first = server.replies[0]
    server.replies[:] = [first, first, Reply(goes_away=True)]
    articles = len(desk.session.order)
    dialog = opened(desk)
    fill(dialog, server)
    dialog.articles.setCurrentIndex(dialog.articles.findData("all"))
    told.answers[:] = [0]
    press(desk, dialog)
    desk.qtbot.waitUntil(lambda: any("for 2 articles" in one for one in desk.said))
    assert f"{articles - 2} articles failed: " in desk.said[-1]
    assert "went away before it answered. Did the server stop, or run out of memory?" in desk.said[-1]
    assert told.told == []
    assert with_suggestions(desk) == 2
    desk.do("undo")
    assert with_suggestions(desk) == 0
