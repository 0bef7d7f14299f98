"""Import: shown before anything is written, said afterwards what came of it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from import_dialogs import opened, tried
from picking import followers, pick
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from shared_data import DATA

from annotator.model.job import run
from annotator.ui.panels.awaiting import ResultOf
from annotator.ui.panels.import_dialog import ImportDialog
from annotator.ui.panels.import_look import look
from annotator.ui.panels.import_run import import_files
from annotator.ui.panels.result_sheet import Outcome, ResultSheet

OK = QDialogButtonBox.StandardButton.Ok
LATIN = "Café in Münster “opens”, the owner said.\n\nMore of it.\n"


def go_to(dialog: ImportDialog, name: str) -> None:
    at = next(at for at, row in enumerate(dialog.files.rows) if row.text.endswith(name))
    dialog.files.setCurrentIndex(dialog.files.model().index(at))


def looked(dialog: ImportDialog, name: str) -> Any:
    return next(one for one in dialog.looked.files if one.name == name)


def count(world: Any) -> int:
    return len(world.fetch(lambda project: project.article_ids()))


# Import


def test_every_file_is_named_with_what_it_is_and_nothing_is_written(world: Any, sources: Path) -> None:
    dialog = opened(world, [sources])
    texts = [row.text for row in dialog.files.rows]
    assert texts == ["a.txt", "✗ b_latin.txt", "✗ c.txt", "✗ d.csv"]
    assert "PNG" in dialog.files.rows[2].detail
    assert "choose the column" in dialog.files.rows[3].detail
    assert dialog.summary.text() == "Files: 1 to import · 3 cannot be read"
    dialog.reject()
    assert count(world) == 2


def test_a_file_is_left_out_and_taken_back(world: Any, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "deeper"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("A text of its own.", encoding="utf-8")
    (folder / "licence.txt").write_text("Whoever reads this may copy it.", encoding="utf-8")
    dialog = opened(world, [tmp_path])
    tried(world, dialog, "2 articles")
    assert [one.text for one in dialog.files.rows] == ["a.txt", "licence.txt"]
    assert dialog.files.rows[0].detail.endswith("deep/deeper"), "the name is what must not be cut off"
    dialog.files.go_to(folder / "licence.txt")
    pick(dialog.view.format, "")
    tried(world, dialog, "1 article")
    assert "1 to import · 1 left out" in dialog.summary.text()
    assert (dialog.files.rows[1].text, dialog.files.rows[1].detail) == ("✗ licence.txt", "left out")
    assert [one.paths for one in dialog.groups] == [(folder / "a.txt",)]
    dialog.files.go_to(folder / "a.txt")
    pick(dialog.view.format, "")
    world.qtbot.waitUntil(lambda: not dialog.ok.isEnabled())
    assert dialog.groups == []
    assert not dialog.trial.isVisible()
    pick(dialog.view.format, "text")
    world.qtbot.waitUntil(dialog.ok.isEnabled)
    tried(world, dialog, "1 article")
    assert dialog.trial.headline.text() == "Would come in: 1 article"


def test_the_file_that_needs_an_answer_stays_in_sight(world: Any, tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"a{number:02}.txt").write_text(f"Text {number}.", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(LATIN.encode("cp1252"))
    dialog = opened(world, [tmp_path])
    tried(world, dialog, "20 articles")
    assert dialog.files.current() == tmp_path / "b.txt"
    port = dialog.files.viewport()
    world.qtbot.waitUntil(lambda: port.rect().contains(dialog.files.visualRect(dialog.files.currentIndex())))


def test_near_copies_are_told_of_afterwards_as_before(world: Any, window: QWidget, tmp_path: Path) -> None:
    words = "the office said on Monday that the boat to the island would be late because of strong wind"
    for name, last in (("a", "noon"), ("b", "dusk")):
        text = f"{words} from the north and nobody should come before {last}."
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    offered: list[str] = []
    dialog = import_files(world.session, [tmp_path], window, lambda said, _show: offered.append(said))
    tried(world, dialog, "near copies, taken in: 1")
    assert "Near copies, taken in\n• b.txt is nearly" in dialog.trial.details.toPlainText()
    dialog.accept()
    world.qtbot.waitUntil(lambda: bool(offered))
    assert offered == ["Articles imported: 2 · near copies, taken in: 1"]


def test_an_encoding_is_chosen_with_a_live_sample(world: Any, sources: Path) -> None:
    dialog = opened(world, [sources])
    go_to(dialog, "b_latin.txt")
    assert not dialog.view.sample.isVisible()
    assert dialog.view.encoding.findData("cp1252") >= 0
    pick(dialog.view.encoding, "cp1252")
    world.qtbot.waitUntil(lambda: not looked(dialog, "b_latin.txt").refused)
    assert "Café in Münster" in dialog.view.sample.toPlainText()
    assert dialog.files.rows[1].text == "b_latin.txt"
    assert dialog.files.current() == sources / "b_latin.txt"


def test_one_encoding_is_used_for_all_refused_files(world: Any, sources: Path) -> None:
    (sources / "e_latin.txt").write_bytes(LATIN.replace("More", "Less").encode("cp1252"))
    dialog = opened(world, [sources])
    go_to(dialog, "b_latin.txt")
    assert dialog.view.for_all.isVisible()
    combo = dialog.view.encoding
    combo.setCurrentIndex(combo.findData("cp1252"))
    world.qtbot.mouseClick(dialog.view.for_all, Qt.MouseButton.LeftButton)
    world.qtbot.waitUntil(lambda: not looked(dialog, "e_latin.txt").refused)
    assert looked(dialog, "a.txt").options.encoding is None
    assert {one.options.encoding: len(one.paths) for one in dialog.groups} == {None: 3, "cp1252": 2}


def test_columns_are_shown_with_their_first_values_and_changed(world: Any, sources: Path) -> None:
    dialog = opened(world, [sources])
    go_to(dialog, "d.csv")
    table = dialog.view.table
    assert [table.item(at, 0).text() for at in range(3)] == ["key", "head", "words"]
    assert "The first of all." in table.item(2, 2).text()
    pick(dialog.view.table.cellWidget(2, 1), "text")
    world.qtbot.waitUntil(lambda: looked(dialog, "d.csv").is_ready)
    pick(dialog.view.table.cellWidget(1, 1), "title")
    world.qtbot.waitUntil(lambda: looked(dialog, "d.csv").options.columns.get("head") == "title")


def test_the_format_is_shown_and_can_be_another(world: Any, tmp_path: Path) -> None:
    rows = ["Ada B-PERSON", "said O", "no O", ". O"]
    (tmp_path / "train.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("A text of its own.", encoding="utf-8")
    dialog = opened(world, [tmp_path / "a.txt", tmp_path / "train.txt"])
    tried(world, dialog, "2 articles · 1 span")
    go_to(dialog, "train.txt")
    combo = dialog.view.format
    assert combo.value == "conll"
    fitting = {combo.itemData(at) for at in range(combo.count()) if "(fits)" in combo.itemText(at)}
    assert fitting == {"conll", "text"}
    assert "column" in dialog.trial.options.fields
    pick(combo, "text")
    world.qtbot.waitUntil(lambda: "span" not in dialog.trial.headline.text())
    assert not dialog.trial.options.fields
    assert looked(dialog, "train.txt").format_name == "text"
    assert "Text file" in dialog.files.rows[1].detail
    assert sorted((one.format_name, len(one.paths)) for one in dialog.groups) == [("", 1), ("text", 1)]
    pick(combo, "html")
    pick(combo, "docx")
    world.qtbot.waitUntil(lambda: bool(looked(dialog, "train.txt").refused))
    assert dialog.files.rows[1].text == "✗ train.txt"
    pick(combo, "conll")
    world.qtbot.waitUntil(lambda: not looked(dialog, "train.txt").refused)
    dialog.reject()


PART = {"start": 0, "end": 3, "label": "SOURCE"}
RECORDS = {
    "doccano.jsonl": {
        "text": "Ada said no.",
        "entities": [{"id": 1, "label": "SOURCE", "start_offset": 0, "end_offset": 3}],
        "relations": [],
    },
    "prodigy.jsonl": {"text": "Ada said no, twice.", "spans": [PART], "answer": "accept"},
    "studio.jsonl": {"data": {"text": "Ben said no."}, "annotations": [{"result": []}]},
}


def test_files_of_other_tools_are_ready_with_nothing_to_choose(world: Any, tmp_path: Path) -> None:
    for name, record in RECORDS.items():
        (tmp_path / name).write_text(json.dumps(record) + "\n", encoding="utf-8")
    dialog = opened(world, [tmp_path / name for name in RECORDS])
    assert {one.name: one.format_name for one in dialog.looked.files} == {
        "doccano.jsonl": "doccano",
        "prodigy.jsonl": "prodigy",
        "studio.jsonl": "label_studio",
    }
    assert all(one.is_ready for one in dialog.looked.files)
    assert dialog.summary.text() == "Files: 3 to import"
    go_to(dialog, "studio.jsonl")
    assert not dialog.view.table.isVisible()
    assert "Ben said no." in dialog.view.sample.toPlainText()
    tried(world, dialog, "3 articles · 2 spans")


TOOLS = DATA / "tools"


@pytest.mark.skipif(not TOOLS.is_dir(), reason="the shared files are not at hand")
@pytest.mark.parametrize("tool", ["doccano", "label_studio", "prodigy"])
def test_real_files_of_other_tools_are_looked_into(tool: str) -> None:
    found = run(look([TOOLS / tool]))
    texts = [one for one in found.files if one.lacks_text]
    assert len(found.files) > len(texts)
    assert {one.format_name for one in texts} <= {"csv", "article_jsonl"}


def test_an_archive_is_looked_into_and_imported(world: Any, tmp_path: Path, window: QWidget) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as packed:
        packed.writestr("a.txt", "A text in an archive.")
        packed.writestr("b.ann", "T1\tSOURCE 0 3\tAda\n")
        packed.writestr("b.txt", "Ada said no.")
    said: list[str] = []
    dialog = import_files(
        world.session, [tmp_path / "export.zip"], window, lambda words, _: said.append(words)
    )
    tried(world, dialog, "2 articles · 1 span")
    assert [row.text for row in dialog.files.rows] == ["a.txt", "b.ann"]
    dialog.ok.click()
    del dialog
    world.qtbot.waitUntil(lambda: count(world) == 4)


def test_two_columns_are_never_used_for_the_same(world: Any, sources: Path) -> None:
    dialog = opened(world, [sources])
    go_to(dialog, "d.csv")
    pick(dialog.view.table.cellWidget(1, 1), "text")
    pick(dialog.view.table.cellWidget(2, 1), "text")
    assert list(dialog.view.uses.values()).count("text") == 1
    assert dialog.view.uses["words"] == "text"


def test_nothing_to_import_leaves_the_button_grey(world: Any, sources: Path) -> None:
    dialog = opened(world, [sources / "c.txt", sources / "gone.txt"])
    assert not dialog.ok.isEnabled()
    assert len(dialog.looked.files) == 2


def test_the_whole_import_and_its_sheet(world: Any, sources: Path, window: QWidget) -> None:
    dialog = import_files(world.session, [sources], window, lambda *_: pytest.fail("not good"))
    world.qtbot.waitUntil(lambda: bool(dialog.looked.files))
    go_to(dialog, "b_latin.txt")
    pick(dialog.view.encoding, "cp1252")
    world.qtbot.waitUntil(lambda: not looked(dialog, "b_latin.txt").refused)
    go_to(dialog, "d.csv")
    pick(dialog.view.table.cellWidget(2, 1), "text")
    world.qtbot.waitUntil(lambda: looked(dialog, "d.csv").is_ready)
    dialog.ok.click()
    world.qtbot.waitUntil(lambda: bool(window.findChildren(ResultSheet)))
    (sheet,) = window.findChildren(ResultSheet)
    assert sheet.headline.text() == "Articles imported: 4 · refused: 1"
    assert "c.txt" in sheet.details.toPlainText()
    assert count(world) == 6
    assert not sheet.isModal()
    sheet.copy.click()
    assert "c.txt" in QGuiApplication.clipboard().text()


def test_a_good_import_is_said_where_it_is_not_in_the_way(world: Any, sources: Path, window: QWidget) -> None:
    def take(path: Path, offer: Any) -> None:
        dialog = import_files(world.session, [path], window, offer)
        world.qtbot.waitUntil(dialog.ok.isEnabled)
        dialog.ok.click()

    take(sources / "a.txt", lambda *_: pytest.fail("there is no more to say"))
    world.qtbot.waitUntil(lambda: "Articles imported: 1" in world.said)
    offered: list[Any] = []
    take(sources / "a.txt", lambda *given: offered.append(given))
    world.qtbot.waitUntil(lambda: bool(offered))
    ((sentence, show),) = offered
    assert sentence == "Articles imported: 0 · copies left out: 1"
    assert window.findChildren(ResultSheet) == []
    show()
    (sheet,) = window.findChildren(ResultSheet)
    assert "a.txt" in sheet.details.toPlainText()


def test_a_cancelled_job_does_not_speak_for_the_next_one(world: Any) -> None:
    heard: list[Any] = []
    ResultOf(world.session, world.session.imported).arrived.connect(heard.append)
    world.session.progress.emit("reading")
    world.session.progress.emit(None)
    world.settle()
    world.session.imported.emit("of the next one")
    assert heard == []


def test_a_job_that_has_not_begun_is_waited_for(world: Any) -> None:
    heard: list[Any] = []
    ResultOf(world.session, world.session.imported).arrived.connect(heard.append)
    world.session.progress.emit(None)
    world.settle()
    world.session.imported.emit("summary")
    world.session.imported.emit("of the next one")
    assert heard == [("summary",)]


def test_outcomes_add_up() -> None:
    outcome = Outcome(2, labels=1000, copies=("x",), refused=("y: bad",), notes=("n",)) + Outcome(
        1,
        labels=4,
        labelled=1,
        joined=("w: 1 new",),
        kept_copies=("t is s",),
        near_copies=("v is nearly u",),
        refused=("z: bad",),
        notes=("n",),
    )
    assert outcome.headline == (
        "Articles imported: 3 · labels: 1,004 · articles there already that got labels: 1"
        " · copies left out: 1 · copies, taken in: 1 · near copies, taken in: 1 · refused: 2"
    )
    assert outcome.details == (
        "Refused\n• y: bad\n• z: bad\n\nLabels for articles that are there already\n• w: 1 new\n\n"
        "Copies, left out\n• x\n\nCopies, taken in\n• t is s\n\nNear copies, taken in\n• v is nearly u\n\n"
        "Notes\n• n"
    )


# What would come in


ANN = "T1\tSource 0 9\tThe mayor\nT2\tMood 15 17\tno\nT3\tGone 0 99\tno such\n"


def test_labels_of_files_are_shown_and_chosen_for(world: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said no.", encoding="utf-8")
    (tmp_path / "a.ann").write_text(ANN, encoding="utf-8")
    dialog = opened(world, [tmp_path / "a.ann"])
    tried(world, dialog, "1 article · 2 spans · 1 refused")
    assert "lies beyond the text" in dialog.trial.details.toPlainText()
    fields = {dialog.trial.table.item(at, 0).text(): field for at, field in enumerate(dialog.trial._fields)}
    assert {name: field.currentText() for name, field in fields.items()} == {
        "Gone (span)": "add it to the scheme",
        "Mood (span)": "add it to the scheme",
        "Source (span)": "Source",
    }
    trial = dialog.trial
    wanted = [*trial.options.fields.values(), trial.table, *trial._fields, trial.find_words, dialog.ok]
    assert [one for one in followers(wanted[0]) if one in wanted] == wanted
    pick(fields["Mood (span)"], "CLAIM")
    pick(fields["Gone (span)"], "")
    tried(world, dialog, "2 spans")
    world.qtbot.waitUntil(lambda: "refused" not in dialog.trial.headline.text())
    assert dialog.trial.options.fields["whose"].value == "as_named"
    (group,) = dialog.groups
    assert group.options.labels == {"span:Mood": "CLAIM", "span:Gone": ""}
    assert (group.options.new_labels, group.options.chosen) == ("add", {"whose": "as_named"})
    before = count(world)
    world.session.import_paths(group.paths, group.options)
    world.qtbot.waitUntil(lambda: count(world) == before + 1)


def test_labels_for_an_article_that_is_there_are_told_before_and_after(
    world: Any, tmp_path: Path, window: QWidget
) -> None:
    (tmp_path / "a.txt").write_text("The mayor said no.", encoding="utf-8")
    world.session.import_paths([tmp_path / "a.txt"])
    world.qtbot.waitUntil(lambda: count(world) == 3)
    (tmp_path / "a.ann").write_text("T1\tSource 0 9\tThe mayor\n", encoding="utf-8")
    for headline, after in (
        (
            "1 span · labels for 1 article already there",
            "Labels: 1 · articles there already that got labels: 1",
        ),
        ("1 label there already · copies left out: 1", "Articles imported: 0 · copies left out: 1"),
    ):
        heard: list[str] = []
        dialog = import_files(
            world.session, [tmp_path / "a.ann"], window, lambda said, _, heard=heard: heard.append(said)
        )
        tried(world, dialog, headline)
        dialog.ok.click()
        world.qtbot.waitUntil(lambda heard=heard: bool(heard))
        assert after in heard[0]
    assert count(world) == 3
    assert world.fetch(lambda project: project.counts().spans) > 0


def test_plain_articles_bring_nothing_to_choose(world: Any, sources: Path) -> None:
    dialog = opened(world, [sources / "a.txt"])
    tried(world, dialog, "Would come in: 1 article")
    assert not dialog.trial.table.isVisible()
    assert not dialog.trial.options.fields


def test_enter_imports_from_the_list_of_files_too_and_a_double_click_does_not(
    world: Any, sources: Path
) -> None:
    dialog = opened(world, [sources / "a.txt"])
    world.qtbot.waitUntil(dialog.ok.isEnabled)
    dialog.files.setFocus()
    dialog.files.doubleClicked.emit(dialog.files.model().index(0, 0))
    assert (dialog.isVisible(), dialog.ok.isEnabled()) == (True, True)
    world.qtbot.keyClick(dialog.files, Qt.Key.Key_Return)
    world.qtbot.waitUntil(lambda: not dialog.isVisible())
    assert dialog.result() == dialog.DialogCode.Accepted


def test_a_preview_that_is_cut_ends_in_dots(world: Any, tmp_path: Path) -> None:
    text = "The owner said it opens on Monday. " * 100
    (tmp_path / "long.txt").write_text(text, "utf-8")
    (tmp_path / "short.txt").write_text(text[:100], "utf-8")
    dialog = opened(world, [tmp_path / "long.txt", tmp_path / "short.txt"])
    for name, cut in (("long.txt", True), ("short.txt", False)):
        go_to(dialog, name)
        shown = dialog.view.sample.toPlainText()
        assert (shown.endswith(" …"), shown.startswith(text[:90])) == (cut, True)


def test_another_project_ends_the_import_into_the_one_before(world: Any, sources: Path) -> None:
    dialog = opened(world, [sources / "a.txt"])
    world.session.project_changed.emit()
    assert (dialog.isVisible(), dialog.result()) == (False, dialog.DialogCode.Rejected)
