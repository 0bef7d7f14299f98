"""Projects and files: recent ones, a second program, drops, import, export, what is remembered."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog

from annotator.model.resources import seeds
from annotator.services import exporting
from annotator.services.exporting_choice import ExportChoice
from annotator.services.importing import formats_in
from annotator.ui import files
from annotator.ui.files import ENDINGS
from annotator.ui.panels.export_dialog import ExportDialog
from annotator.ui.panels.import_dialog import ImportDialog
from annotator.ui.panels.new_project import NewProjectDialog
from annotator.ui.panels.result_sheet import ResultSheet
from annotator.ui.settings import Place, Settings

HOLD = """
import sys
from pathlib import Path
from annotator.services.project import Project
project = Project.open(Path(sys.argv[1]), "Anna")
print("open", flush=True)
sys.stdin.readline()
project.close()
"""


@pytest.fixture
def held(sample: Path) -> Iterator[Path]:
    """Return a project that another program has open."""
    command = [sys.executable, "-c", HOLD, str(sample)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        yield sample
        other.communicate("\n")


def test_a_project_in_use_is_named_and_a_copy_opens(open_desk, told, held: Path) -> None:
    desk = open_desk()
    told.answers[:] = [0]
    desk.open(held)
    assert "sample.annot is open since" in told.asked[0]
    assert desk.session.path == held.with_name("sample copy.annot")
    assert len(desk.session.order) == 5


def test_a_project_in_use_may_be_left_alone(open_desk, told, held: Path) -> None:
    desk = open_desk()
    told.answers[:] = [1]
    desk.session.open_project(held)
    desk.qtbot.waitUntil(lambda: bool(told.asked))
    assert desk.session.path is None
    assert not held.with_name("sample copy.annot").exists()


def test_reading_only_is_in_the_title_and_refuses_labels(open_desk, sample: Path) -> None:
    desk = open_desk()
    desk.session.open_project(sample, read_only=True)
    desk.qtbot.waitUntil(lambda: desk.session.content is not None)
    assert "(reading only)" in desk.window.windowTitle()
    before = desk.content
    desk.drag("readers would have the patience")
    desk.press("c")
    assert desk.content == before
    assert any("reading only" in one for one in desk.said)


def test_what_there_is_to_know_about_a_project_stays_until_it_is_hidden(open_desk, sample: Path) -> None:
    sample.with_name(sample.name + ".lock").write_text("")  # as a program leaves it that was killed
    desk = open_desk()
    desk.session.open_project(sample)
    desk.qtbot.waitUntil(lambda: desk.session.content is not None)
    desk.settle()
    desk.press("c")
    banner = desk.window.banner
    assert "was not closed properly the last time" in banner.text.text()
    assert banner.isVisible()
    assert not banner.button.isVisible()
    banner.close_button.click()
    assert not banner.isVisible()
    desk.window.banner.say("Two articles came in.", "Details", lambda: None)
    assert banner.button.isVisible()


def test_dropped_articles_are_looked_at_then_imported(desk) -> None:
    source = desk.session.path.parent / "news.txt"
    source.write_text("Harbour opens\n\nThe mayor said that it was safe.\n", encoding="utf-8")
    drop(desk, source)
    dialog = desk.window.findChild(ImportDialog)
    desk.qtbot.waitUntil(dialog.ok.isEnabled)
    dialog.accept()
    desk.qtbot.waitUntil(lambda: len(desk.session.order) == 6)
    desk.do("undo")
    desk.qtbot.waitUntil(lambda: len(desk.session.order) == 5)


def test_a_folder_is_imported_by_key(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = desk.session.path.parent / "news"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "a.txt").write_text("Harbour opens\n\nThe mayor said so.\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    desk.press("i", Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = desk.window.findChild(ImportDialog)
    desk.qtbot.waitUntil(dialog.ok.isEnabled)
    assert [row.text for row in dialog.files.rows] == ["a.txt"]
    dialog.reject()


def test_the_endings_offered_are_those_of_all_formats() -> None:
    known = {ending for one in formats_in().values() for ending in one.suffixes}
    assert known | {".zip"} <= {one.removeprefix("*") for one in ENDINGS.split()}


def test_articles_dropped_while_a_project_opens_are_for_that_one(open_desk, sample: Path) -> None:
    desk = open_desk()
    article = sample.with_name("late.txt")
    article.write_text("Snow fell early. The pass is closed.")
    desk.session.open_project(sample)
    desk.window.files.take([article])
    desk.qtbot.waitUntil(lambda: bool(desk.window.findChildren(ImportDialog)))
    assert desk.session.path == sample.resolve()
    assert not desk.window.findChildren(NewProjectDialog)
    for one in desk.window.findChildren(ImportDialog):
        one.reject()


def test_articles_dropped_for_a_project_that_does_not_open_are_let_go(open_desk, told, sample: Path) -> None:
    desk = open_desk()
    article = sample.with_name("late.txt")
    article.write_text("Snow fell early. The pass is closed.")
    desk.session.open_project(sample.with_name("none.annot"))
    desk.window.files.take([article])
    desk.qtbot.waitUntil(lambda: bool(told.told))
    assert desk.said == ["Nothing was imported: the project could not be opened."]
    desk.open(sample)
    assert not desk.window.findChildren(ImportDialog)


def test_a_project_opens_where_its_folder_was_moved_to(open_desk, sample: Path, tmp_path: Path) -> None:
    desk = open_desk()
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    desk.open(sample.rename(before / "p.annot"))
    before.rename(after)
    desk.window.files.open_path(after / "p.annot")
    desk.qtbot.waitUntil(lambda: desk.session.path == after / "p.annot")
    desk.settle()
    count = len(desk.session.order)
    desk.session.do(lambda project: project.articles.remove([desk.session.order[0]]))
    desk.settle()
    assert (count, desk.session.unsaved) == (5, [])


def test_many_dropped_files_are_not_looked_into(open_desk, sample: Path, monkeypatch) -> None:
    looked_into: list[Path] = []
    monkeypatch.setattr(files, "is_project", lambda path, _: looked_into.append(path))
    desk = open_desk()
    desk.window.files.take([*(sample.with_name(f"{number}.txt") for number in range(50)), sample])
    desk.qtbot.waitUntil(lambda: desk.session.content is not None)
    assert desk.session.path == sample.resolve()
    assert looked_into == []


@pytest.mark.parametrize("name", ["sample.annot", "sample.annotator", "sample"])
def test_a_dropped_project_is_opened(open_desk, sample: Path, name: str) -> None:
    desk = open_desk()
    project = sample.rename(sample.with_name(name))
    drop(desk, project)
    desk.qtbot.waitUntil(lambda: desk.session.content is not None)
    assert desk.session.path == project


def drop(desk, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    desk.window.dropEvent(event)
    desk.qtbot.wait(30)


def test_export_goes_on_while_labelling(desk, tmp_path: Path) -> None:
    out = tmp_path / "sample.jsonl"
    before = desk.content
    desk.do("export")
    dialog = desk.window.findChild(ExportDialog)
    desk.qtbot.waitUntil(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled)
    dialog.place.path.setText(str(out))
    desk.drag("readers would have the patience")
    dialog.accept()
    desk.do("label.CLAIM")
    desk.qtbot.waitUntil(out.exists)
    desk.settle()
    assert len(desk.new(before)[0]) == 1
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 5
    desk.qtbot.waitUntil(desk.window.banner.isVisible)
    assert desk.window.banner.text.text().startswith("Exported and compared: 5 articles")
    assert not any("Exported" in one for one in desk.said)
    desk.window.banner.button.click()
    (sheet,) = desk.window.findChildren(ResultSheet)
    assert "• unused actors: 5" in sheet.details.toPlainText()
    assert not sheet.isModal()
    assert not desk.window.banner.isVisible()


def test_panels_come_back_in_turns_with_a_project_and_the_window_is_painted(desk, sample: Path) -> None:
    docks = desk.window.panels.docks
    shown = {name: dock.isVisible() for name, dock in docks.items()}
    desk.session.close_project()
    desk.settle()
    assert not any(dock.isVisible() for dock in docks.values())
    desk.open(sample)
    assert {name: dock.isVisible() for name, dock in docks.items()} == shown
    desk.qtbot.waitUntil(desk.window.updatesEnabled)


def test_panels_that_come_back_are_painted_one_by_one(desk, sample: Path) -> None:
    """The first painting of all of them at once would take longer than the window may."""
    desk.session.close_project()
    desk.settle()
    docks = {name: desk.window.panels.docks[name] for name in ("list", "inspector")}
    noted: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                noted.append(watched.objectName())
            return False

    watch, turn = Watch(), QTimer(interval=0)
    turn.timeout.connect(lambda: noted.append("."))
    for dock in docks.values():
        dock.installEventFilter(watch)
    turn.start()
    desk.open(sample)
    desk.qtbot.waitUntil(lambda: set(docks) <= set(noted))
    turn.stop()
    assert all(dock.updatesEnabled() for dock in docks.values())
    assert "." in noted[noted.index("list") : noted.index("inspector")]


def test_panels_stay_away_when_the_project_is_closed_again_at_once(desk) -> None:
    panels = desk.window.panels
    desk.session.close_project()
    desk.settle()
    panels.bring_back_soon()
    panels.send_away()
    desk.settle()
    desk.qtbot.waitUntil(desk.window.updatesEnabled)
    assert not any(dock.isVisible() for dock in panels.docks.values())


def test_article_only_before_the_panels_have_come_back_gives_them_back_afterwards(desk) -> None:
    panels = desk.window.panels
    shown = {name: dock.isVisible() for name, dock in panels.docks.items()}
    desk.session.close_project()
    desk.settle()
    panels.bring_back_soon()
    panels.show_alone(is_alone=True)
    desk.settle()
    desk.qtbot.waitUntil(desk.window.updatesEnabled)
    assert not any(dock.isVisible() for dock in panels.docks.values())
    panels.show_alone(is_alone=False)
    assert {name: dock.isVisible() for name, dock in panels.docks.items()} == shown


class Held:
    """Holds up an export in the middle of an article."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_there, self.gate = threading.Event(), threading.Event()
        chosen = exporting._Source._chosen

        def held(*values, **named):
            self.hold()
            return chosen(*values, **named)

        monkeypatch.setattr(exporting._Source, "_chosen", held)

    def hold(self) -> None:
        """Wait until the export may go on."""
        self.is_there.set()
        assert self.gate.wait(60)


def test_a_label_is_saved_in_the_middle_of_an_export_and_is_not_in_it(
    desk, tmp_path: Path, monkeypatch
) -> None:
    held, out, before = Held(monkeypatch), tmp_path / "sample.jsonl", desk.content
    desk.session.export_to(out, ExportChoice())
    assert held.is_there.wait(60)
    desk.drag("readers would have the patience")
    desk.do("label.CLAIM")
    desk.settle()
    assert len(desk.new(before)[0]) == 1
    assert not out.exists()
    held.gate.set()
    desk.qtbot.waitUntil(out.exists)
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [len(one["spans"]) for one in rows if one["text"] == desk.text] == [len(before.spans)]
    desk.qtbot.waitUntil(lambda: not desk.session.long_work.is_busy)  # the file is there a moment before


def test_an_export_of_a_project_that_is_closed_leaves_nothing(
    desk, told, tmp_path: Path, monkeypatch
) -> None:
    held, out = Held(monkeypatch), tmp_path / "sample.jsonl"
    desk.session.export_to(out, ExportChoice())
    assert held.is_there.wait(60)
    desk.session.close_project()
    held.gate.set()
    desk.qtbot.waitUntil(lambda: not desk.session.long_work.is_busy)
    assert not [one for one in tmp_path.iterdir() if "sample.jsonl" in one.name or one.suffix == ".part"]
    assert told.told == []


def test_what_is_said_of_an_import_goes_when_that_is_undone(desk, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ferry stays.", encoding="utf-8")
    articles = desk.window.articles.model.rowCount
    before = articles()
    desk.session.import_paths([tmp_path / "a.txt"])
    desk.qtbot.waitUntil(lambda: articles() == before + 1)
    desk.settle()
    desk.go("readers")
    desk.do("label.CLAIM")
    desk.window.files.offered.emit("Articles imported: 1", lambda: None)
    desk.do("undo")
    assert desk.window.banner.isVisible()
    desk.do("undo")
    desk.qtbot.waitUntil(lambda: not desk.window.banner.isVisible())


def test_save_a_copy(desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    copy = tmp_path / "other.annot"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    desk.do("copy")
    desk.qtbot.waitUntil(copy.exists)
    desk.qtbot.waitUntil(lambda: any("other.annot" in one for one in desk.said))


def dialog_of(desk, path: Path) -> NewProjectDialog:
    desk.window.files.new()
    (dialog,) = desk.window.findChildren(NewProjectDialog)
    dialog.path.setText(str(path))
    return dialog


def test_new_project_from_seeds(open_desk, tmp_path: Path) -> None:
    desk = open_desk()
    desk.window.actions_["new"].trigger()
    dialog = desk.window.findChild(NewProjectDialog)
    dialog.sources.setText(str(seeds()))
    dialog.annotator.setText("Anna")
    dialog.path.setText(str(tmp_path / "mine.annot"))
    dialog.accept()
    desk.qtbot.waitUntil(lambda: desk.window.findChild(ImportDialog) is not None)
    files = desk.window.findChild(ImportDialog)
    desk.qtbot.waitUntil(files.ok.isEnabled)
    files.accept()
    desk.qtbot.waitUntil(lambda: desk.session.content is not None)
    assert len(desk.session.order) == 5
    assert desk.window.status.annotator.text() == "At work: Anna"


def test_nothing_else_is_opened_while_a_new_project_is_being_made(
    open_desk, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk()
    monkeypatch.setattr(files, "sample_path", lambda: sample)
    new = tmp_path / "mine.annot"
    dialog_of(desk, new).accept()
    for open_another in (desk.window.files.sample, lambda: desk.window.files.open_path(sample)):
        open_another()
        assert desk.said[-1] == "mine.annot is just being made: try again once it is open."
    desk.qtbot.waitUntil(lambda: desk.session.path == new)
    desk.settle()
    assert desk.session.path == new
    desk.window.files.sample()
    desk.qtbot.waitUntil(lambda: desk.session.path == sample)


def test_recent_projects_are_on_the_start_page(open_desk, sample: Path) -> None:
    first = open_desk()
    first.open(sample)
    first.close()
    second = open_desk()
    assert second.window.settings.recent == (sample,)
    second.window.start.recent_wanted.emit(sample)
    second.qtbot.waitUntil(lambda: second.session.content is not None)


def test_place_layout_and_text_size_come_back(open_desk, sample: Path) -> None:
    first = open_desk()
    first.open(sample)
    first.session.open_article(first.session.order[2])
    first.settle()
    first.do("larger")
    first.do("inspector_panel")
    first.do("history_panel")
    first.window.view.restore_position((6, 0.0))
    place = first.window.view.position()
    first.close()
    second = open_desk()
    second.open(sample)
    assert second.content.article.id == second.session.order[2]
    assert second.window.view.text_size() == 14
    assert second.window.panels.docks["inspector"].isHidden()
    assert not second.window.panels.docks["history"].isHidden()
    assert second.window.view.position()[0] == place[0]


def test_the_article_alone_and_back(desk) -> None:
    docks = desk.window.panels.docks
    desk.do("alone")
    assert all(dock.isHidden() for dock in docks.values())
    desk.do("alone")
    assert not docks["list"].isHidden()
    assert not docks["inspector"].isHidden()


def test_settings_survive_nonsense(tmp_path: Path) -> None:
    path = tmp_path / "settings.ini"
    path.write_text(
        "[General]\nrecent=nonsense\nkeys=[\n[article]\ntext_size=huge\ncolumn=9999\n", encoding="utf-8"
    )
    settings = Settings(path)
    assert settings.recent == ()
    assert settings.keys == {}
    assert settings.text_size == 13.0
    assert settings.column == 200
    assert settings.place(tmp_path / "none.annot") is None
    settings.keep_place(tmp_path / "a b.annot", Place("x", 3, 0.5))
    assert settings.place(tmp_path / "a b.annot") == Place("x", 3, 0.5)


def test_entities_are_suggested_for_the_article_in_view_first(open_desk, tmp_path: Path) -> None:
    from annotator.model.resources import resource
    from annotator.model.scheme import read_scheme

    desk = open_desk()
    desk.session.proposer.is_automatic = True
    desk.session.create_project(tmp_path / "new.annot", read_scheme(resource("schemes/default.toml")), "Anna")
    desk.qtbot.waitUntil(lambda: desk.session.path is not None)
    desk.session.import_paths(sorted(seeds().glob("*.txt")))
    desk.qtbot.waitUntil(lambda: desk.session.content is not None)
    desk.qtbot.waitUntil(lambda: bool(desk.content.suggested_spans))
    undo: list[str | None] = []
    desk.session.ask(lambda project: project.undo_name(), undo.append)
    desk.qtbot.waitUntil(lambda: bool(undo))
    assert undo[0] is not None
    assert "uggest" not in undo[0]


def test_what_was_typed_for_a_project_that_cannot_be_made_is_there_again(
    open_desk, told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk()
    desk.window.actions_["new"].trigger()
    first = desk.window.findChild(NewProjectDialog)
    first.sources.setText(str(seeds()))
    first.annotator.setText("Grace")
    first.scheme.setCurrentIndex(1)
    first.path.setText(str(tmp_path / "mine.annot"))
    scheme = first.scheme.currentText()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "touch", full)
        first.accept()
        desk.qtbot.waitUntil(lambda: bool(others(desk, first)))
    again = others(desk, first)[0]
    assert "the disk is full. Make room" in again.problem.text()
    assert told.told == []
    assert again.sources.text() == str(seeds())
    assert (again.annotator.text(), again.scheme.currentText()) == ("Grace", scheme)
    assert again.path.text() == str(tmp_path / "mine.annot")
    again.sources.setText("")
    again.accept()
    desk.qtbot.waitUntil(lambda: desk.session.path == tmp_path / "mine.annot")
    desk.settle()
    assert desk.session.annotator.name == "Grace"


def others(desk, first: NewProjectDialog) -> list[NewProjectDialog]:
    """Return the dialogs that are shown beside one that is done."""
    found = desk.window.findChildren(NewProjectDialog)
    return [one for one in found if one is not first and one.isVisible()]
