"""Export, datasets, new project: shown before anything is written, said afterwards what came of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from picking import followers, pick
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QWidget

from annotator.model.formats import Written
from annotator.model.splitting import Split
from annotator.services.datasets import Dataset
from annotator.services.datasets_kept import SPLIT
from annotator.ui import problems
from annotator.ui.panels.dataset_dialog import DatasetDialog, dataset_outcome, make_dataset
from annotator.ui.panels.export_dialog import ExportDialog, export_articles, written_outcome
from annotator.ui.panels.new_project import NewProjectDialog, presets

OK = QDialogButtonBox.StandardButton.Ok


# Export


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Answers given to questions, in order."""
    given: list[int] = []
    monkeypatch.setattr(problems, "ask", lambda *_, **__: given.pop(0))
    return given


def exporting(world: Any, window: QWidget) -> ExportDialog:
    dialog = export_articles(world.session, window)
    world.qtbot.waitUntil(lambda: dialog.what.format.count() > 0)
    return dialog


def dataset(world: Any, window: QWidget) -> DatasetDialog:
    dialog = make_dataset(world.session, window)
    world.qtbot.waitUntil(dialog.buttons.button(OK).isEnabled)
    return dialog


def test_an_export_says_what_was_written_and_verified(world: Any, window: QWidget, tmp_path: Path) -> None:
    dialog = exporting(world, window)
    assert dialog.what.format.value == "jsonl"
    assert dialog.place.path.text().endswith("flood.jsonl")
    assert [dialog.what.annotator.itemText(at) for at in range(dialog.what.annotator.count())][:2] == [
        "Everybody’s",
        "Ada",
    ]
    dialog.place.path.setText(str(tmp_path / "out.jsonl"))
    dialog.suggestions.setChecked(True)
    heard: list[Any] = []
    world.session.exported.connect(lambda *given: heard.append(given))
    dialog.buttons.button(OK).click()
    world.qtbot.waitUntil(lambda: bool(heard))
    outcome = written_outcome(*heard[0])
    assert outcome.headline.startswith("Exported and compared: 2 articles, ")
    assert outcome.headline.endswith(" in out.jsonl.")
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8").count("\n") == 2


def test_formats_are_called_what_is_written(world: Any, window: QWidget) -> None:
    dialog = exporting(world, window)
    titles = [dialog.what.format.itemText(at) for at in range(dialog.what.format.count())]
    assert {"Table (CSV)", "Table (TSV)", "Workbook (XLSX)"} <= {*titles}
    assert not [one for one in titles if "is read" in one]


def test_the_labels_have_the_room_that_is_there(world: Any, window: QWidget) -> None:
    dialog = dataset(world, window)
    dialog.resize(1100, 700)
    world.qtbot.waitUntil(lambda: dialog.what.labels.height() > 700 // 2)


def test_an_export_begins_with_the_last_format(world: Any, window: QWidget, tmp_path: Path) -> None:
    dialog = exporting(world, window)
    pick(dialog.what.format, "csv")
    dialog.reject()
    dialog = exporting(world, window)
    assert dialog.what.format.value == "jsonl", "nothing was exported"
    pick(dialog.what.format, "csv")
    dialog.place.path.setText(str(tmp_path / "out.csv"))
    with world.qtbot.waitSignal(world.session.exported):
        dialog.buttons.button(OK).click()
    dialog = exporting(world, window)
    assert (dialog.what.format.value, list(dialog.what.options.fields)) == ("csv", ["table", "formulas"])
    assert dialog.place.path.text().endswith("flood.csv")
    assert dataset(world, window).what.format.value == "jsonl", "a dataset is for something else"


def test_a_table_without_labels_says_which_one_has_them(world: Any, window: QWidget) -> None:
    dialog = exporting(world, window)
    said = dialog.preview.left_out
    pick(dialog.what.format, "csv")
    world.qtbot.waitUntil(lambda: said.text().startswith("This table has no labels"))
    assert "spans: " in said.text()
    tables = dialog.what.options.fields["table"]
    assert f"“{tables.itemText(tables.findData('spans'))}”" in said.text()
    pick(tables, "spans")
    world.qtbot.waitUntil(lambda: said.text().startswith("This table does not hold, though another one may:"))
    pick(dialog.what.format, "xlsx")
    world.qtbot.waitUntil(lambda: said.text().startswith("The format cannot hold: "))
    dialog.reject()


def test_an_existing_file_is_asked_about(
    world: Any, window: QWidget, tmp_path: Path, answers: list[int]
) -> None:
    (tmp_path / "out.jsonl").write_text("old", encoding="utf-8")
    dialog = exporting(world, window)
    dialog.place.path.setText(str(tmp_path / "out.jsonl"))
    answers.append(1)
    dialog.buttons.button(OK).click()
    assert answers == []
    assert dialog.isVisible()
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Choose a name"),
        ("/", "Choose a name"),
        ("/no/such/folder/x.jsonl", "There is no folder"),
        ("~nobody of that name/x.jsonl", "There is no folder ~nobody of that name"),
        (f"/{'long' * 99}/x.jsonl", "There is no folder"),
    ],
)
def test_a_bad_place_is_said_in_a_sentence(world: Any, window: QWidget, typed: str, words: str) -> None:
    dialog = exporting(world, window)
    dialog.place.path.setText(typed)
    dialog.buttons.button(OK).click()
    assert words in dialog.problem.text()
    assert dialog.isVisible()


def test_a_folder_that_is_there_is_called_one(
    world: Any, window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there").mkdir()
    asked: list[str] = []
    monkeypatch.setattr(problems, "ask", lambda _, question, *__, **___: asked.append(question) or 1)
    for dialog in (exporting(world, window), dataset(world, window)):
        dialog.place.path.setText(str(tmp_path / "there"))
        dialog.buttons.button(OK).click()
        assert dialog.isVisible()
    assert asked == ["There is a folder there already. Replace it?"] * 2


def test_another_format_changes_the_ending_and_nothing_else_of_a_name(world: Any, window: QWidget) -> None:
    dialog = exporting(world, window)
    place = dialog.place.path
    for typed, format_name, then in (
        ("/t/round.2.jsonl", "csv", "/t/round.2.csv"),
        ("/t/round.2.csv", "brat", "/t/round.2-brat"),
        ("/t/round.2-brat", "spacy", "/t/round.2-spacy"),
        ("/t/mine", "brat", "/t/mine"),
        ("/t/mine", "doccano", "/t/mine.jsonl"),
        ("/t/mine.jsonl", "prodigy", "/t/mine.jsonl"),
        ("/t/round.2-prodigy.jsonl", "jsonl", "/t/round.2.jsonl"),
        ("/t/mine-doccano.jsonl", "doccano", "/t/mine-doccano.jsonl"),
        ("/t/mine.txt", "csv", "/t/mine.txt"),
    ):
        place.setText(typed)
        pick(dialog.what.format, format_name)
        assert place.text() == then


def test_labels_are_ticked_all_at_once_and_one_at_least(world: Any, window: QWidget, tmp_path: Path) -> None:
    dialog = exporting(world, window)
    dialog.place.path.setText(str(tmp_path / "out.jsonl"))
    dialog.what.none.click()
    assert "Tick at least one" in dialog.problem.text()
    dialog.buttons.button(OK).click()
    assert dialog.isVisible()
    dialog.what.labels.item(1).setCheckState(Qt.CheckState.Checked)
    assert dialog.problem.text() == ""
    assert dialog._choice().labels == {dialog.what.labels.item(1).data(Qt.ItemDataRole.UserRole)}
    assert dialog.what.labels.item(1).text() == "Source"
    dialog.what.all.click()
    assert dialog._choice().labels == frozenset()


def test_the_project_itself_is_never_overwritten(world: Any, window: QWidget) -> None:
    dialog = exporting(world, window)
    dialog.place.path.setText(str(world.session.path))
    dialog.buttons.button(OK).click()
    assert "the project itself" in dialog.problem.text()


def test_what_a_format_cannot_hold_is_counted() -> None:
    outcome = written_outcome(Path("x.txt"), Written(3, 1200, 40, {"long_notes": 2, "frames": 0}))
    counts = "3 articles, 1,200 spans, 40 frames"
    assert outcome.headline == f"Exported and compared: {counts}, less what the format cannot hold, in x.txt."
    assert "• long notes: 2" in outcome.details
    assert "• frames" not in outcome.details
    outcome = written_outcome(Path("x.txt"), Written(3, 1200, 40))
    assert outcome.headline == f"Exported and compared: {counts} in x.txt."


# New project


@pytest.fixture
def make(qtbot: Any, tmp_path: Path, themed: Any) -> Callable[..., NewProjectDialog]:
    def made(**given: Any) -> NewProjectDialog:
        dialog = NewProjectDialog(annotator="Ada", folder=tmp_path, **given)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return made


def test_defaults_make_a_project_with_one_key(make: Callable[..., NewProjectDialog], sources: Path) -> None:
    dialog = make(sources=[sources])
    dialog.accept()
    assert dialog.chosen is not None
    assert dialog.chosen.sources == (sources,)
    assert dialog.chosen.path == sources.parent / "wire.annot"
    assert (dialog.chosen.scheme.name, dialog.chosen.annotator) == ("default", "Ada")


def test_presets_are_offered_the_usual_one_first(make: Callable[..., NewProjectDialog]) -> None:
    assert next(iter(presets())) == "default"
    dialog = make()
    assert dialog.scheme.count() == len(presets()) + 1
    pick(dialog.scheme, "quotations")
    assert dialog.about.text().startswith("Mark who says what")
    dialog.accept()
    assert dialog.chosen is not None
    assert dialog.chosen.scheme.name == presets()["quotations"].name


def test_a_taken_name_is_never_proposed(make: Callable[..., NewProjectDialog], tmp_path: Path) -> None:
    (tmp_path / "Articles.annot").touch()
    assert make().path.text() == str(tmp_path / "Articles 2.annot")


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("annotator", "  ", "Who annotates?"),
        ("sources", "/no/such/file.txt", "There is nothing at"),
        ("path", "", "Where is the project to be kept?"),
        ("path", "/", "Where is the project to be kept?"),
        ("path", "/no/such/folder/x", "There is no folder"),
        ("path", "~nobody of that name/x", "There is no folder ~nobody of that name"),
        ("path", f"/{'long' * 99}/x", "There is no folder"),
        ("sources", "~nobody of that name/x", "There is nothing at ~nobody of that name/x"),
    ],
)
def test_what_is_missing_is_said(
    make: Callable[..., NewProjectDialog], field: str, text: str, words: str
) -> None:
    dialog = make()
    getattr(dialog, field).setText(text)
    if field == "sources":
        dialog.path.setText(str(dialog._folder / "x"))
    dialog.accept()
    assert words in dialog.problem.text()
    assert dialog.focusWidget() is getattr(dialog, field), "what is to be put right has the keys"
    assert dialog.chosen is None


def test_more_files_than_fit_into_one_path_are_taken_in(
    make: Callable[..., NewProjectDialog], tmp_path: Path
) -> None:
    files = [tmp_path / f"{number}{'long' * 50}.txt" for number in range(30)]
    for one in files:
        one.touch()
    dialog = make(sources=files)
    dialog.accept()
    assert dialog.chosen is not None
    assert dialog.chosen.sources == tuple(files)


def test_an_existing_file_is_not_replaced(make: Callable[..., NewProjectDialog], tmp_path: Path) -> None:
    (tmp_path / "mine.annot").touch()
    dialog = make()
    dialog.path.setText(str(tmp_path / "mine"))
    dialog.accept()
    assert "already" in dialog.problem.text()


def test_a_typed_place_is_kept_when_articles_are_chosen(
    make: Callable[..., NewProjectDialog], qtbot: Any, sources: Path
) -> None:
    dialog = make()
    dialog.path.clear()
    qtbot.keyClicks(dialog.path, str(sources.parent / "own"))
    dialog.sources.setText(str(sources))
    dialog.accept()
    assert dialog.chosen is not None
    assert dialog.chosen.path.name == "own.annot"


def test_buttons_choose_files_folder_and_place(
    make: Callable[..., NewProjectDialog], monkeypatch: pytest.MonkeyPatch, sources: Path, tmp_path: Path
) -> None:
    files = [str(sources / "a.txt"), str(sources / "d.csv")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (files, ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(sources))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "p.annot"), ""))
    dialog = make()
    dialog.files.click()
    assert dialog._sources() == tuple(Path(name) for name in files)
    dialog.choose_folder.click()
    assert dialog._sources() == (sources,)
    dialog.place.click()
    dialog.accept()
    assert dialog.chosen is not None
    assert dialog.chosen.path == tmp_path / "p.annot"


def test_a_scheme_file_is_taken_or_refused_in_words(
    make: Callable[..., NewProjectDialog], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    good, bad = tmp_path / "own.toml", tmp_path / "bad.toml"
    good.write_text('name = "own"\n[[labels]]\nname = "THING"\n', encoding="utf-8")
    bad.write_text("name = ", encoding="utf-8")
    dialog = make()
    for path in (bad, good):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, path=path: (str(path), ""))
        pick(dialog.scheme, "")
        assert bool(dialog.problem.text()) == (path == bad)
    dialog.accept()
    assert dialog.chosen is not None
    assert dialog.chosen.scheme.name == "own"


def test_a_dataset_is_made_from_what_the_dialog_says(
    world: Any, window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    world.session.do(lambda project: project.add_span(project.article_ids()[1], "CUE", [(0, 3)]), made.append)
    world.qtbot.waitUntil(lambda: bool(made))
    dialog = make_dataset(world.session, window)
    ok = dialog.buttons.button(OK)
    world.qtbot.waitUntil(ok.isEnabled)
    assert dialog.place.path.text().endswith("flood-dataset")
    pick(dialog.what.options.fields["offsets"], "bytes")
    dialog.place.path.setText(str(tmp_path / "d"))
    dialog.shares[0].setValue(50)
    ok.click()
    assert "70 %" in dialog.problem.text()
    dialog.shares[1].setValue(0)
    assert dialog.problem.text() == "", "it is being put right"
    dialog.shares[2].setValue(50)
    for box in dialog.together.values():
        box.setChecked(False)
    heard: list[Any] = []
    refused: list[None] = []
    world.session.long_work.dataset_made.connect(lambda *given: heard.append(given))
    world.session.long_work.failed.connect(lambda: refused.append(None))
    ok.click()
    world.qtbot.waitUntil(lambda: bool(heard or refused))
    outcome = dataset_outcome(*heard[0])
    assert outcome.headline.startswith("Made a dataset in d; articles: train 1, test 1")
    assert any("near copy" in note for note in outcome.notes)
    assert "`offsets=bytes`" in (tmp_path / "d" / "dataset_card.md").read_text("utf-8")
    world.qtbot.waitUntil(lambda: window.findChild(DatasetDialog) is None)
    told = json.loads((tmp_path / "d" / SPLIT).read_text("utf-8"))
    train, test = told["articles"].values()
    told["articles"] = {"train": test, "test": train}
    (tmp_path / "d" / SPLIT).write_text(json.dumps(told), encoding="utf-8")
    dialog = dataset(world, window)
    for one, share in zip(dialog.shares, (50, 0, 50), strict=True):
        one.setValue(share)
    for box in dialog.together.values():
        box.setChecked(False)
    dialog.place.path.setText(str(tmp_path / "d"))
    said = dialog.preview.said
    world.qtbot.waitUntil(lambda: "had in the dataset before: 2." in said.text())
    dialog.place.path.setText(str(tmp_path / "e"))
    world.qtbot.waitUntil(lambda: "had in the dataset before" not in said.text())
    dialog.like.path.setText(str(tmp_path / "none"))
    assert "none is no dataset of this program that tells its split." in said.text()
    dialog.accept()
    assert "tells its split" in dialog.problem.text()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "d"))
    dialog.like.choose.click()
    world.qtbot.waitUntil(lambda: "had in the dataset before: 2." in said.text())
    dialog.reject()


def shown_parts(dialog: DatasetDialog) -> list[list[str]]:
    return [line.split("\t") for line in dialog.preview.table.as_text().split("\n")]


def test_a_dataset_shows_what_each_part_would_hold(world: Any, window: QWidget) -> None:
    made: list[Any] = []
    world.session.do(lambda project: project.add_span(project.article_ids()[1], "CUE", [(0, 3)]), made.append)
    world.qtbot.waitUntil(lambda: bool(made))
    dialog = dataset(world, window)
    preview = dialog.preview
    world.qtbot.waitUntil(lambda: preview.table.rowCount() > 0)
    assert "There is nothing for" in preview.said.text(), "three parts of two articles"
    dialog.shares[1].setValue(0)
    assert "90 %" in preview.said.text()
    assert preview.table.rowCount() == 0
    dialog.shares[2].setValue(20)
    world.qtbot.waitUntil(lambda: preview.table.rowCount() > 0)
    heads, articles, spans, *_ = shown_parts(dialog)
    assert (heads[1:], articles) == (["train", "dev", "test"], ["Articles", "1", "0", "1"])
    assert min((spans[1], spans[3]), key=int) == "1"
    assert any(line[0].strip() == "Cue" for line in shown_parts(dialog))
    assert "near copy" in preview.said.text()
    dialog.what.none.click()
    assert "Tick at least one" in preview.said.text()
    for at in range(dialog.what.labels.count()):
        item = dialog.what.labels.item(at)
        is_cue = item.data(Qt.ItemDataRole.UserRole) == "CUE"
        item.setCheckState(Qt.CheckState.Checked if is_cue else Qt.CheckState.Unchecked)
    world.qtbot.waitUntil(lambda: len(shown_parts(dialog)) == 4)
    assert [line[0].strip() for line in shown_parts(dialog)[1:]] == ["Articles", "Spans", "Cue"]
    dialog.reject()


def test_a_dataset_of_one_part_is_told_to_hold_nothing_out(tmp_path: Path) -> None:
    made = Dataset({"train": Written(2, 0, 0, {"frames": 3})}, Split({}, 2, 1, ()))
    outcome = dataset_outcome(tmp_path / "d", made)
    assert "Nothing is held out: all articles are in train." in outcome.notes
    assert outcome.left_out == ("frames: 3",)


def test_a_dataset_has_the_options_and_labels_of_an_export(world: Any, window: QWidget) -> None:
    dialog = dataset(world, window)
    assert dialog.what.annotator.findData("each") < 0, "one annotator's work, or everybody's"
    pick(dialog.what.format, "hugging_face")
    fields = dialog.what.options.fields
    assert fields
    name, field = next(iter(fields.items()))
    pick(field, field.itemData(1))
    dialog.what.none.click()
    dialog.buttons.button(OK).click()
    assert "Tick at least one" in dialog.problem.text()
    dialog.what.labels.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.what.inner.setChecked(True)
    choice = dialog.what.choice()
    assert (choice.format_name, choice.inner) == ("hugging_face", True)
    assert choice.chosen[name] == field.itemData(1)
    assert choice.labels == {dialog.what.labels.item(0).data(Qt.ItemDataRole.UserRole)}
    rows = dialog.what.form.rowCount()
    pick(dialog.what.format, "spacy_json")
    pick(dialog.what.format, "hugging_face")
    assert dialog.what.form.rowCount() == rows
    assert dialog.place.path.text().endswith("flood-dataset"), "a folder, whatever the format"


def test_a_refused_dataset_says_why_before_its_dialog_closes(
    world: Any, window: QWidget, tmp_path: Path
) -> None:
    dialog = make_dataset(world.session, window)
    ok = dialog.buttons.button(OK)
    world.qtbot.waitUntil(ok.isEnabled)
    dialog.place.path.setText(str(tmp_path / "d"))
    dialog.what.annotator.setFocus()
    ok.click()
    assert not ok.isEnabled()
    assert "being made" in dialog.problem.text()
    world.qtbot.waitUntil(ok.isEnabled)
    assert "There is nothing for" in dialog.problem.text()
    what = dialog.what
    assert what.labels.geometry().bottom() < what.all.geometry().top(), "covered by what was said"
    assert dialog.isVisible()
    assert dialog.place.path.isEnabled()
    assert dialog.focusWidget() is dialog.what.annotator, "Enter would else close what is to be changed"
    assert ok.isDefault()
    ok.click()
    dialog.reject()
    world.qtbot.waitUntil(lambda: not world.session.long_work.is_busy)
    assert not (tmp_path / "d").exists()


def test_keys_go_through_a_window_from_the_top(world: Any, window: QWidget) -> None:
    dialog = exporting(world, window)
    pick(dialog.what.format, "doccano")
    options = dialog.what.options.fields
    pick(dialog.what.format, "spacy")
    assert options != dialog.what.options.fields
    wanted = [dialog.what.format, *dialog.what.options.fields.values(), dialog.what.annotator]
    assert [one for one in followers(dialog.what.format) if one in wanted] == wanted
    boxes = [
        dialog.what.none,
        dialog.suggestions,
        dialog.with_rejected,
        dialog.what.finished_only,
        dialog.what.inner,
        dialog.preview.sample,
        dialog.place.path,
    ]
    assert [one for one in followers(boxes[0]) if one in boxes] == boxes
    assert dialog.what.format.accessibleDescription() == "Format"
    titles = [dialog.what.format.itemText(at) for at in range(dialog.what.format.count())]
    assert titles == sorted(titles, key=str.casefold)


def test_an_export_is_shown_before_it_runs(world: Any, window: QWidget, tmp_path: Path) -> None:
    dialog = exporting(world, window)
    pick(dialog.what.format, "doccano")
    world.qtbot.waitUntil(lambda: '"entities"' in dialog.preview.sample.toPlainText())
    assert dialog.preview.counts.text().startswith("Would be written: 2 articles")
    assert dialog.preview.counts.text().endswith("less what is named here")
    assert "frames that do not link two spans" in dialog.preview.left_out.text()
    pick(dialog.what.options.fields["shape"], "labels")
    world.qtbot.waitUntil(lambda: '"label":[[' in dialog.preview.sample.toPlainText())
    for at in range(dialog.what.labels.count()):
        item = dialog.what.labels.item(at)
        item.setCheckState(Qt.CheckState.Checked if item.text() == "Source" else Qt.CheckState.Unchecked)
    dialog.what.inner.setChecked(True)
    choice = dialog._choice()
    assert (choice.labels, choice.inner, choice.chosen) == ({"SOURCE"}, True, {"shape": "labels"})
    pick(dialog.what.annotator, "each")
    assert dialog._choice().each
    dialog.reject()


def test_a_new_project_tells_what_its_scheme_is_for(
    make: Callable[..., NewProjectDialog], qtbot: Any
) -> None:
    dialog = make()
    about = dialog.about
    assert about.text() == "Say who claims what, and who stands where."
    pick(dialog.scheme, "article_stance")
    assert about.text().startswith("Say for an article and a claim card whether")
    qtbot.waitUntil(lambda: about.height() >= about.heightForWidth(about.width()))


def test_a_folder_that_takes_nothing_is_refused_while_the_dialog_is_open(
    world: Any,
    window: QWidget,
    make: Callable[..., NewProjectDialog],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = f"Nothing can be written in {tmp_path}: choose another folder."
    export, new = exporting(world, window), make()
    export.place.path.setText(str(tmp_path / "out.jsonl"))
    new.path.setText(str(tmp_path / "new.annot"))
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    for dialog in (export, new):
        dialog.accept()
        assert dialog.isVisible()
        assert dialog.problem.text() == words
    monkeypatch.undo()
    export.accept()
    world.qtbot.waitUntil(lambda: not world.session.long_work.is_busy)
    assert (tmp_path / "out.jsonl").exists()
