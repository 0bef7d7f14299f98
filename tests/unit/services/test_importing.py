"""Imports: what is stored, what is named and left out, and that a stop leaves no trace."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys

import orjson
import pytest
from shared_data import DATA

from annotator.model.changes import Add, AddMany
from annotator.model.errors import EncodingRefused, UserError
from annotator.model.ids import id_text, new_id
from annotator.model.job import run
from annotator.model.records import Article, Block, Fragment
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.text import TEXT_LIMIT, sha256_of
from annotator.services.exporting import export_job
from annotator.services.importing import ImportOptions, formats_in, plan_import, preview
from annotator.services.importing_known import Known, known_of
from annotator.services.importing_stored import join_job
from annotator.services.project import Project

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared texts are not at hand")


@pytest.fixture(scope="module")
def scheme():
    return read_scheme(resource("schemes/default.toml"))


@pytest.fixture
def project(tmp_path, scheme):
    found = Project.create(tmp_path / "p.annot", scheme, "Anna")
    yield found
    found.close()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    return made


def job(project, *paths, encoding=None, format_name="", **options):
    return plan_import(paths, ImportOptions(encoding, **options), known_of(project), format_name)


def bring(project, *paths, **options):
    """Plan and write an import; return its summary."""
    plan = run(join_job(project, run(job(project, *paths, **options))))
    project.write_import(plan)
    plan.close()
    return plan.summary


def articles(project):
    return [content.article for content in project.contents()]


def test_a_text_is_settled_hashed_and_divided(project, folder):
    (folder / "ferry.txt").write_bytes(
        "\ufeffThe ferry stays\r\n\r\nBy Ida Rask\r\nMay 3, 2024\r\n\r\nIt floats 😀.".encode()
    )
    summary = bring(project, folder / "ferry.txt")
    assert summary.articles == 1
    (content,) = project.contents()
    article = content.article
    assert article.text == "The ferry stays\n\nBy Ida Rask\nMay 3, 2024\n\nIt floats 😀."
    assert article.sha256 == sha256_of(article.text)
    assert (article.name, article.title, article.language) == ("ferry.txt", "The ferry stays", "en")
    assert dict(article.meta) == {"byline": "Ida Rask", "published": "2024-05-03"}
    assert article.notes == ("leading byte-order mark dropped", "line ends changed to LF")
    assert [(one.kind, article.text[one.start : one.end]) for one in content.blocks] == [
        ("headline", "The ferry stays"),
        ("byline", "By Ida Rask"),
        ("date", "May 3, 2024"),
        ("body", "It floats 😀."),
    ]
    assert article.created > 0
    assert any("line ends" in note for note in summary.notes)


def test_the_language_is_told_or_left_open(project, folder):
    (folder / "a.txt").write_text("המעבורת נשארת\n\nהמועצה תשמור על המעבורת, אמר ראש המועצה.", "utf-8")
    (folder / "b.txt").write_text("Brandt 12, Holt 11", "utf-8")
    (folder / "c.csv").write_text("text,lang\nThe ferry stays on the river.,de\n", "utf-8")
    bring(project, folder)
    assert [content.article.language for content in project.contents()] == ["he", "und", "de"]


def test_folders_are_walked_in_order_and_oddities_left_out(project, folder):
    for name in ("b.txt", "a.txt", ".hidden.txt", "~$lock.txt", "c.txt~", "notes.xyz", "Thumbs.db"):
        (folder / name).write_text(f"Text of {name}.", "utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "a.txt").write_text("Another.", "utf-8")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.txt").write_text("Never.", "utf-8")
    (folder / "round").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe.txt")
    (folder / "gone.txt").symlink_to(folder / "not-there")
    summary = bring(project, folder)
    assert [one.name for one in articles(project)] == ["a.txt", "b.txt", "sub/a.txt"]
    assert {one.file for one in summary.problems} == {"pipe.txt", "gone.txt"}
    assert any("1 × .xyz" in note for note in summary.notes)


def test_problems_and_articles_are_named_with_their_folders(project, tmp_path):
    for folder in ("north", "south"):
        own = tmp_path / "all" / folder
        own.mkdir(parents=True)
        (own / "set.jsonl").write_text(
            json.dumps({"text": f"Ada left {folder}.", "label": []}) + '\n{"label": []}\n'
        )
        (own / "doc.txt").write_text(f"Ada went {folder}.")
        (own / "doc.ann").write_text("T1\tPERSON 0 3\tAda\nT2\tPERSON 0 99\tAda\n")
        (own / "articles.csv").write_text(f"id,text\n1,Ben went {folder}.\n")
        (own / "labels.csv").write_text("article,label,text\n1,PERSON,Nobody\n")
    summary = bring(project, tmp_path / "all", new_labels="add")
    files = sorted({one.file for one in summary.problems})
    names = ("doc.ann", "labels.csv", "set.jsonl")
    assert files == [f"{folder}/{name}" for folder in ("north", "south") for name in names]
    assert sorted(one.name for one in articles(project)) == [
        f"{folder}/{name}"
        for folder in ("north", "south")
        for name in ("articles.csv:1", "doc.txt", "set.jsonl:1")
    ]


def test_an_empty_folder_is_a_problem(project, folder):
    plan = run(job(project, folder))
    assert "there is no file in the folder" in str(plan.summary.problems[0])
    assert list(plan.edits(new_id())) == []


def test_bad_files_are_named_and_the_others_go_on(project, folder):
    (folder / "good.txt").write_text("Fine.", "utf-8")
    (folder / "latin.txt").write_bytes(b"caf\xe9")
    (folder / "nul.txt").write_bytes(b"a\0b and more text")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "long.txt").write_bytes(b"x" * (TEXT_LIMIT + 1))
    summary = bring(project, folder, folder / "absent.txt", folder / "good.docx")
    assert summary.articles == 1
    reasons = {one.file: one.reason for one in summary.problems}
    assert "Windows-1252" in reasons["latin.txt"]
    assert "NUL" in reasons["nul.txt"]
    assert "empty" in reasons["empty.txt"]
    assert "4,000,001 characters, and 4,000,000 is the limit; split it" in reasons["long.txt"]
    assert "does not exist" in reasons["absent.txt"]
    assert "does not exist" in reasons["good.docx"]


def test_a_file_that_nobody_reads_is_named_with_the_known_endings(project, folder):
    (folder / "a.wpd").write_bytes(b"x")
    summary = bring(project, folder / "a.wpd")
    assert ".wpd" in summary.problems[0].reason
    assert ".txt" in summary.problems[0].reason


WRITE = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('begin immediate')"


@pytest.mark.parametrize("format_name", ["", "text"])
def test_an_open_project_is_not_read_and_stays_locked(project, tmp_path, format_name):
    (tmp_path / "a.txt").write_text("The dam leaks.", "utf-8")
    opened = tmp_path / "p.annot"
    summary = bring(project, opened, tmp_path, format_name=format_name)
    assert summary.articles == 1
    assert [one.reason for one in summary.problems] == [
        "it is a project that is open; import what was exported from it"
    ]
    other = subprocess.run([sys.executable, "-c", WRITE, opened], capture_output=True, text=True, check=False)
    assert "database is locked" in other.stderr


def test_a_format_can_be_named(project, folder):
    (folder / "a.log").write_text("Fine.", "utf-8")
    assert bring(project, folder / "a.log", format_name="text").articles == 1
    with pytest.raises(UserError, match="no format 'wpd'"):
        run(job(project, folder, format_name="wpd"))


def test_an_encoding_can_be_chosen(project, folder):
    (folder / "a.txt").write_bytes("café".encode("cp1252"))
    assert bring(project, folder / "a.txt", encoding="windows-1252").articles == 1
    assert articles(project)[0].text == "café"


def test_copies_are_recognised_here_and_in_the_project(project, folder):
    (folder / "a.txt").write_text("The same.\n", "utf-8")
    (folder / "b.txt").write_bytes(b"The same.\r\n")
    first = bring(project, folder)
    assert first.articles == 1
    assert first.copies == ("b.txt has the same text as a.txt",)
    again = bring(project, folder)
    assert again.articles == 0
    assert len(again.copies) == 2
    assert all("already in the project" in one for one in again.copies)


def test_rows_with_ids_of_their_own_are_kept_even_if_equal(project, folder):
    (folder / "a.csv").write_text("id,text\n1,same\n2,same\n", "utf-8")
    summary = bring(project, folder / "a.csv")
    assert summary.articles == 2
    assert "both are kept" in summary.kept_copies[0]
    assert not summary.copies
    assert bring(project, folder / "a.csv").articles == 0


def added(plan):
    """Return the records that a plan would add."""
    edits = plan.edits(new_id())
    return [one for edit in edits for one in (edit.records if isinstance(edit, AddMany) else (edit.record,))]


def test_a_plan_writes_the_same_twice_but_never_before_it_is_asked(project, folder):
    (folder / "a.txt").write_text("Fine.", "utf-8")
    plan = run(job(project, folder))
    assert project.counts().articles == 0
    first, second = added(plan), added(plan)
    assert [type(one) for one in first] == [type(one) for one in second] == [Article, Block]
    assert plan.operation == "Import 1 article"


def test_a_stop_leaves_no_trace(project, folder):
    """T-61."""
    for number in range(120):
        (folder / f"{number:03}.txt").write_text(f"Text {number}.", "utf-8")
    before = project.path.stat().st_mtime_ns
    started = job(project, folder)
    for _step in range(30):
        next(started)
    started.close()
    assert project.path.stat().st_mtime_ns == before
    plan = run(job(project, folder))

    def cut(edits):
        for number, edit in enumerate(edits):
            if number == 100:
                raise UserError("stopped")
            yield edit

    class Cut:
        operation = "Import"

        def edits(self, annotator):
            return cut(plan.edits(annotator))

    with pytest.raises(UserError, match="stopped"):
        project.write_import(Cut())
    assert project.counts().articles == 0
    assert project.undo_name() is None


def test_what_is_written_is_counted_by_article(project, folder):
    (folder / "a.csv").write_text("id,text\n" + "".join(f"{n},text {n}\n" for n in range(30)), "utf-8")
    reports = []
    plan = run(job(project, folder))
    with project.telling(lambda done, total: reports.append((done, total))):
        project.write_import(plan)
    assert [done for done, _ in reports] == sorted(done for done, _ in reports)
    assert {total for _, total in reports} == {30}
    assert {done for done, _ in reports} == set(range(31))


def test_progress_rises_to_the_end(project, folder):
    (folder / "a.csv").write_text("id,text\n" + "".join(f"{n},text {n}\n" for n in range(500)), "utf-8")
    (folder / "b.txt").write_text("Fine.", "utf-8")
    steps = []
    run(job(project, folder), steps.append)
    done = [one.done for one in steps]
    assert done == sorted(done)
    assert steps[-1].done == steps[-1].total == sum(one.stat().st_size for one in folder.iterdir())
    assert {one.what for one in steps} == {"a.csv", "b.txt"}
    assert len(steps) > 10


def test_an_import_is_one_step_that_can_be_undone_and_done_again(project, folder):
    (folder / "a.txt").write_text("One.", "utf-8")
    (folder / "b.txt").write_text("Two.", "utf-8")
    bring(project, folder)
    assert project.undo_name() == "Import 2 articles"
    project.undo()
    assert project.counts().articles == 0
    project.redo()
    assert project.counts().articles == 2


@pytest.fixture
def labelled(project, folder):
    """A project with one labelled article, and its export."""
    (folder / "a.txt").write_text("Léa Ortiz 😀 said it is safe.\n\nIt is.", "utf-8")
    bring(project, folder / "a.txt")
    (article,) = project.article_ids()
    project.add_attribution(
        article, claim=[Fragment(17, 27)], source=[Fragment(0, 9)], cue=[Fragment(12, 16)]
    )
    card = project.add_claim_card("It is safe.")
    assert card.changes
    out = folder.parent / "out.jsonl"
    run(export_job(project, out))
    return out


def test_whole_articles_keep_their_ids_and_are_known_again(project, labelled, tmp_path, scheme):
    other = Project.create(tmp_path / "other.annot", scheme, "Berta")
    assert bring(other, labelled).articles == 1
    assert other.article_ids() == project.article_ids()
    assert {one.name for one in other.annotators()} == {"Anna", "Berta"}
    out = tmp_path / "again.jsonl"
    run(export_job(other, out))
    assert out.read_bytes() == labelled.read_bytes()
    again = bring(other, labelled)
    assert (again.articles, len(again.copies), again.problems) == (0, 1, ())
    other.close()


def test_an_annotator_of_the_same_name_is_the_same(labelled, tmp_path, scheme):
    other = Project.create(tmp_path / "other.annot", scheme, "Anna")
    bring(other, labelled)
    assert [one.name for one in other.annotators()] == ["Anna"]
    out = tmp_path / "again.jsonl"
    run(export_job(other, out))
    assert out.read_bytes() == labelled.read_bytes()
    other.close()


def test_the_same_id_with_another_text_is_refused(project, labelled):
    row = orjson.loads(labelled.read_bytes())
    text = "Another text."
    row |= {"text": text, "sha256": sha256_of(text), "spans": [], "frames": [], "blocks": []}
    labelled.write_bytes(orjson.dumps(row))
    (problem,) = bring(project, labelled).problems
    assert (problem.field, problem.line) == ("id", 1)
    assert "another text" in problem.reason


def test_a_refused_record_adds_nothing_and_the_others_go_on(labelled, tmp_path, scheme):
    """T-61."""
    row = orjson.loads(labelled.read_bytes())
    bad = orjson.loads(labelled.read_bytes())
    bad["spans"][0]["text"] = ["other"]
    bad["id"] = id_text(new_id())
    labelled.write_bytes(orjson.dumps(bad) + b"\n" + orjson.dumps(row) + b"\n{\n")
    other = Project.create(tmp_path / "other.annot", scheme, "Berta")
    summary = bring(other, labelled)
    assert summary.articles == 1
    assert [(one.line, one.field) for one in summary.problems] == [(1, "spans[0].text[0]"), (3, "")]
    assert other.counts().spans == 3
    assert run(other.check()) == ()
    other.close()


def test_simple_spans_are_the_importing_annotators(project, folder):
    row = {"text": "It is safe.", "spans": [{"start": 0, "end": 2, "label": "CLAIM"}]}
    (folder / "a.jsonl").write_bytes(orjson.dumps(row))
    bring(project, folder / "a.jsonl")
    (content,) = project.contents()
    assert content.spans[0].annotator == project.annotator.id
    assert content.blocks


def test_the_preview_shows_before_anything_is_read(folder):
    (folder / "a.csv").write_text("id;text\n1;hello\n", "utf-8")
    found = preview(folder / "a.csv", ImportOptions())
    assert [(one.name, one.use) for one in found.columns] == [("id", "name"), ("text", "text")]
    (folder / "b.txt").write_bytes(b"caf\xe9")
    with pytest.raises(EncodingRefused, match=r"^b\.txt: ") as caught:
        preview(folder / "b.txt", ImportOptions())
    assert "cp1252" in caught.value.likely
    with pytest.raises(UserError, match="does not exist"):
        preview(folder / "absent.txt", ImportOptions())


def test_the_formats_that_can_be_imported():
    assert {"article_jsonl", "brat", "csv", "jsonl", "text"} <= set(formats_in())


@needs_data
def test_the_seed_articles_and_political_news(project):
    summary = bring(project, DATA / "seeds", DATA / "polnear/text")
    assert (summary.articles, summary.copies, summary.problems) == (113, (), ())
    titles = [one.title for one in articles(project)]
    assert titles[0] == "Russian Foreign Minister defends airstrikes in Syria"
    assert titles[1] == "Russia is striking same targets in Syria as US: Lavrov"
    for content in project.contents():
        for block in content.blocks:
            assert content.article.text[block.start : block.end].strip()
    assert run(project.check()) == ()


@needs_data
def test_the_bodies_of_fnc_1(project):
    path = DATA / "fnc1/train_bodies.csv"
    csv.field_size_limit(1 << 24)
    with path.open(encoding="utf-8", newline="") as file:
        bodies = list(csv.DictReader(file))
    summary = bring(project, path)
    assert summary.problems == ()
    assert summary.articles == len(bodies) == 1683
    assert len(summary.kept_copies) == len(bodies) - len({one["articleBody"] for one in bodies}) == 14
    texts = {one.name: one.text for one in articles(project)}
    for one in bodies:
        expected = one["articleBody"].replace("\r\n", "\n").replace("\r", "\n")
        assert texts[f"train_bodies.csv:{one['Body ID']}"] == expected


def test_edits_are_all_additions(project, labelled, folder):
    plan = run(plan_import([labelled], ImportOptions(), Known(project.scheme)))
    edits = list(plan.edits(new_id()))
    assert len(edits) > 3
    assert all(isinstance(edit, Add | AddMany) for edit in edits)


def test_what_is_nearly_an_article_of_the_project_is_told(project, tmp_path):
    lines = [f"Line {at} of an article on ferries {at}a, {at}b and {at}c alone." for at in range(10)]
    (tmp_path / "old.txt").write_text("\n".join(lines), encoding="utf-8")
    bring(project, tmp_path / "old.txt")
    for name, more in (("new.txt", "More of it, at the end."), ("next.txt", "Other words, and more to say.")):
        (tmp_path / name).write_text("\n".join([*lines, more]), encoding="utf-8")
    (tmp_path / "else.txt").write_text("A heron stood in the shallow water below the mill.", encoding="utf-8")
    read = run(job(project, tmp_path / "new.txt", tmp_path / "next.txt", tmp_path / "else.txt"))
    assert read.needs_project
    plan = run(join_job(project, read))
    assert not plan.needs_project
    told = [re.sub(r" \(\d+%\)", "", one) for one in plan.summary.near_copies]
    assert told == [  # a sentence for each article, however many it is like
        "new.txt is nearly the same as old.txt of the project",
        "next.txt is nearly the same as new.txt and old.txt of the project",
    ]
    plan.close()
