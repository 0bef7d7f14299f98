"""Exports: written aside, proved, swapped in; whatever goes wrong, the old file stays whole."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_projects import Plan

from annotator.exchange.jsonl.annotator_jsonl import AnnotatorJsonlExporter
from annotator.model.errors import UserError
from annotator.model.formats import Written
from annotator.model.ids import new_ids
from annotator.model.job import run
from annotator.model.records import Article, Fragment, Frame, RoleEnd, Span, SuggestedSpan
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.text import sha256_of
from annotator.services.exporting import export_job, formats_out
from annotator.services.exporting_choice import SUGGESTED, ExportChoice
from annotator.services.importing import ImportOptions, plan_import
from annotator.services.importing_known import Known
from annotator.services.moment import Overtaken
from annotator.services.project import Project
from annotator.services.spool import Spool

TEXT = "Léa 😀 said\u2028it is safe.\n\nקול e\u0301 end."


@pytest.fixture(scope="module")
def scheme():
    return read_scheme(resource("schemes/default.toml"))


@pytest.fixture
def project(tmp_path, scheme):
    found = Project.create(tmp_path / "p.annot", scheme, "Anna")
    ids = new_ids(6)
    anna = found.annotator.id
    article = Article(ids[0], "a.txt", "T", TEXT, sha256_of(TEXT))
    claim = Span(ids[1], ids[0], "CLAIM", (Fragment(11, 13), Fragment(17, 21)), anna, 5)
    source = Span(ids[2], ids[0], "SOURCE", (Fragment(0, 3),), anna, 6)
    roles = (RoleEnd("claim", "span", claim.id), RoleEnd("source", "span", source.id))
    frame = Frame(ids[3], ids[0], "ATTRIBUTION", roles, anna, 7)
    proposed = SuggestedSpan(ids[4], ids[0], "PERSON", (Fragment(0, 3),), 0.9, "entities", "", 8)
    found.write_import(Plan([article, claim, source, frame, proposed]))
    yield found
    found.close()


def import_two_more(project, folder):
    for name in ("b", "c"):
        (folder / f"{name}.txt").write_text(f"Mayor Ada Ortiz of {name} spoke.", "utf-8")
        plan = run(plan_import([folder / f"{name}.txt"], ImportOptions(), Known(project.scheme)))
        project.write_import(plan)


def rows(path):
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def leftovers(folder):
    return [one.name for one in folder.iterdir() if one.name.endswith(".part")]


def test_an_export_counts_and_holds_everything(project, tmp_path):
    out = tmp_path / "out.jsonl"
    steps = []
    written = run(export_job(project, out), steps.append)
    assert written == Written(1, 2, 1)
    (row,) = rows(out)
    assert [one["text"] for one in row["spans"]] == [["Léa"], ["it", "safe"]]
    assert "suggestions" not in row
    assert steps[-1].done == steps[-1].total
    assert leftovers(tmp_path) == []


def test_suggestions_are_there_when_asked_for(project, tmp_path):
    written = run(export_job(project, tmp_path / "out.jsonl", ExportChoice(suggestions=True)))
    (row,) = rows(tmp_path / "out.jsonl")
    assert [one["label"] for one in row["suggestions"]["spans"]] == ["PERSON"]
    assert written.remarks == {SUGGESTED: 1}
    each = run(export_job(project, tmp_path / "each.jsonl", ExportChoice(suggestions=True, each=True)))
    assert each.remarks == {SUGGESTED: len(each.places)} != {SUGGESTED: 0}


def test_twice_the_same_bytes(project, tmp_path):
    run(export_job(project, tmp_path / "one.jsonl"))
    run(export_job(project, tmp_path / "two.jsonl"))
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_what_changes_meanwhile_is_not_in_it(project, tmp_path, monkeypatch):
    """Of everybody's work and of one annotator's: spans, frames and all that was there is as it was."""
    monkeypatch.setattr("annotator.services.exporting._STEP", 1)
    import_two_more(project, tmp_path)
    first, *_, last = project.article_ids()
    kept = project.add_span(last, "CLAIM", (Fragment(0, 3),)).changes[0].record.id
    project.add_frame(last, "STANCE", (RoleEnd("target", "span", kept),), attributes={"value": "support"})
    names = iter(["Berta", "Carl", "Dora", "Emil", "Frida", "Gerd"])

    def change(progress):
        if progress.what == "writing":
            project.people.work_as(next(names))
            project.add_span(last, "CLAIM", (Fragment(0, 4 + len(project.content(last).spans)),))
            project.change_span(kept, fragments=(Fragment(1, 3 + len(project.content(last).spans)),))
            project.record_nothing(first, "all")
            project.set_reading(last, "done")
            project.undo()

    out = tmp_path / "out.jsonl"
    for choice in (ExportChoice(), ExportChoice(annotator=project.annotator.id)):
        run(export_job(project, out, choice))
        before = out.read_bytes()
        assert run(export_job(project, out, choice), change).articles == 3
        assert out.read_bytes() == before
        run(export_job(project, out, choice))
        assert out.read_bytes() != before


@pytest.mark.parametrize("number", [1, 9])
def test_what_cannot_be_taken_back_is_in_it_whole(project, tmp_path, monkeypatch, number):
    """Actors and facts of articles: it begins anew, and the last time it is written as it is at the end."""
    monkeypatch.setattr("annotator.services.exporting._STEP", 1)
    import_two_more(project, tmp_path)
    last = project.article_ids()[-1]
    names = iter(range(number))

    def change(progress):
        if progress.what == "writing" and (name := next(names, None)) is not None:
            project.add_actor(f"Actor {name}")
            project.articles.change(last, title=f"Title {name}")

    written = run(export_job(project, tmp_path / "out.jsonl"), change)
    assert written.articles == 3
    run(export_job(project, tmp_path / "after.jsonl"))
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "after.jsonl").read_bytes()
    assert rows(tmp_path / "out.jsonl")[-1]["title"].startswith("Title")


def test_a_part_of_it_is_never_taken_for_the_whole(project, tmp_path, monkeypatch):
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"before")

    def overtaken(_moment):
        raise Overtaken

    monkeypatch.setattr("annotator.services.exporting.Moment.contents", overtaken)
    with pytest.raises(Overtaken):
        run(export_job(project, out))
    assert (out.read_bytes(), leftovers(tmp_path)) == (b"before", [])


@pytest.mark.parametrize("name", sorted(formats_out()))
def test_what_is_written_a_second_time_is_what_is_proved(project, tmp_path, monkeypatch, name):
    monkeypatch.setattr("annotator.services.exporting._STEP", 1)
    import_two_more(project, tmp_path)
    first, *_, last = project.article_ids()
    changes = iter([first, last])

    def change(progress):
        if progress.what == "writing" and (article := next(changes, None)):
            project.add_span(article, "CUE", (Fragment(0, 2),))
            project.add_actor("Somebody")

    assert run(export_job(project, tmp_path / "out", ExportChoice(name)), change).articles == 3
    assert next(changes, None) is None


def test_what_no_article_refers_to_is_counted_as_left_out(project, tmp_path):
    project.add_actor("Nobody")
    project.add_claim_card("The bridge is safe.")
    written = run(export_job(project, tmp_path / "out.jsonl"))
    assert written.left_out == {"unused actors": 1, "unused claim cards": 1}
    own = run(export_job(project, tmp_path / "own.jsonl", ExportChoice(annotator=project.annotator.id)))
    assert own.left_out == {}


@pytest.mark.parametrize(
    "name", ["-o", "with space 😀.jsonl", "new\nline", "%s{0}$(x)", "\u202egnp.exe", "a'b\"c;&"]
)
def test_odd_names_are_only_names(project, tmp_path, name):
    run(export_job(project, tmp_path / name))
    assert len(rows(tmp_path / name)) == 1
    assert not leftovers(tmp_path)


def test_places_that_cannot_be_written_are_refused(project, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(project.path)
    cases = {
        project.path: "belongs to the open project",
        tmp_path / "link": "belongs to the open project",
        tmp_path / "folder" / ".." / "p.annot": "belongs to the open project",
        Path(f"{project.path}-journal"): "belongs to the open project",
        folder: "is a folder",
        tmp_path / "absent" / "out.jsonl": "does not exist",
        tmp_path / "pipe": "not a plain file",
        tmp_path / "a\0b": "no place for a file",
        tmp_path / ("x" * 300): "no place for a file",
    }
    before = project.path.stat()
    for place, words in cases.items():
        with pytest.raises(UserError, match=words):
            run(export_job(project, place))
    assert (project.path.stat().st_size, project.path.stat().st_mtime_ns) == (
        before.st_size,
        before.st_mtime_ns,
    )
    assert leftovers(tmp_path) == []
    with pytest.raises(UserError, match="no format 'pdf'"):
        run(export_job(project, tmp_path / "o", ExportChoice("pdf")))


def test_a_planted_difference_is_found_and_the_old_file_stays(project, tmp_path, monkeypatch):
    out = tmp_path / "out.jsonl"
    out.write_text("old", "utf-8")
    honest = AnnotatorJsonlExporter.write

    def planted(self, source, target):
        yield from honest(self, source, target)
        file = target.open()
        data = file.tell()
        file.seek(0)
        file.truncate()
        assert data > 0
        row = orjson.loads(self.kept)
        row["spans"][0]["fragments"] = [[1, 4]]
        source.proof.__init__()
        source.proof.wrote_row([orjson.dumps(row)])
        file.write(orjson.dumps(row))

    run(export_job(project, tmp_path / "honest.jsonl"))
    monkeypatch.setattr(
        AnnotatorJsonlExporter, "kept", (tmp_path / "honest.jsonl").read_bytes(), raising=False
    )
    monkeypatch.setattr(AnnotatorJsonlExporter, "write", planted)
    with pytest.raises(UserError, match="does not cover the text"):
        run(export_job(project, out))
    assert out.read_text("utf-8") == "old"
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("call", ["fsync", "write"])
def test_a_full_disk_leaves_the_old_file(project, tmp_path, monkeypatch, call):
    out = tmp_path / "out.jsonl"
    out.write_text("old", "utf-8")

    def full(*_given):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if call == "fsync":
        monkeypatch.setattr(os, "fsync", full)
        words = "the disk is full"
    else:
        monkeypatch.setattr(AnnotatorJsonlExporter, "write", full)
        words = "was not written"
    with pytest.raises(UserError, match=words):
        run(export_job(project, out))
    assert out.read_text("utf-8") == "old"
    assert leftovers(tmp_path) == []


def test_a_stop_leaves_the_old_file_and_nothing_beside_it(project, tmp_path, monkeypatch):
    monkeypatch.setattr("annotator.services.exporting._STEP", 1)
    out = tmp_path / "out.jsonl"
    out.write_text("old", "utf-8")
    for steps in (1, 2):
        job = export_job(project, out)
        for _step in range(steps):
            next(job)
        job.close()
        assert out.read_text("utf-8") == "old"
        assert leftovers(tmp_path) == []


def test_a_kill_leaves_the_old_file(project, tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("old", "utf-8")
    run(project.copy_to(tmp_path / "copy.annot"))
    program = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from annotator.services import exporting\nfrom annotator.services.project import Project\n"
        "exporting._STEP = 1\n"
        "job = exporting.export_job(Project.open(Path(sys.argv[1])), Path(sys.argv[2]))\n"
        "next(job); next(job)\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, tmp_path / "copy.annot", out], check=False)
    assert done.returncode < 0
    assert out.read_text("utf-8") == "old"


def test_the_rights_of_the_old_file_are_kept_and_links_followed(project, tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("old", "utf-8")
    out.chmod(0o640)
    (tmp_path / "link.jsonl").symlink_to(out)
    run(export_job(project, tmp_path / "link.jsonl"))
    assert (tmp_path / "link.jsonl").is_symlink()
    assert len(rows(out)) == 1
    assert stat.S_IMODE(out.stat().st_mode) == 0o640


def test_the_formats_that_can_be_exported():
    assert {"brat", "jsonl"} <= set(formats_out())


WORDS = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\r")
    | st.sampled_from("😀\u2028e\u0301שa \n"),
    min_size=2,
    max_size=60,
).filter(lambda text: text.strip() and not text.startswith("\ufeff"))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_out_and_in_again_is_the_same(tmp_path_factory, scheme, data):
    folder = tmp_path_factory.mktemp("round")
    project = Project.create(folder / "a.annot", scheme, "Anna")
    records = []
    for text in data.draw(st.lists(WORDS, min_size=1, max_size=3, unique=True)):
        ids = iter(new_ids(20))
        article = Article(next(ids), "n", "t", text, sha256_of(text), meta={"url": "x"}, notes=("odd",))
        records.append(article)
        spans = []
        for _number in range(data.draw(st.integers(0, 4))):
            cuts = data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=5, unique=True))
            ends = sorted(cuts)
            pairs = tuple(Fragment(*pair) for pair in zip(ends[::2], ends[1::2], strict=False))
            label = data.draw(st.sampled_from(["CLAIM", "SOURCE"]))
            made = data.draw(st.integers(0, 4_000_000_000_000_000))
            spans.append(Span(next(ids), article.id, label, pairs, project.annotator.id, made, note=text[:3]))
        ends = tuple(RoleEnd(one.label.lower(), "span", one.id) for one in spans)
        records += [*spans, Frame(next(ids), article.id, "ATTRIBUTION", ends, project.annotator.id, 1)]
    project.write_import(Plan(records))
    run(export_job(project, folder / "one.jsonl"))
    other = Project.create(folder / "b.annot", scheme, "Anna")
    plan = run(
        plan_import(
            [folder / "one.jsonl"],
            ImportOptions(),
            Known(scheme, annotators={one.name: one.id for one in other.annotators()}),
        )
    )
    assert plan.summary.problems == ()
    other.write_import(plan)
    run(export_job(other, folder / "two.jsonl"))
    assert (folder / "one.jsonl").read_bytes() == (folder / "two.jsonl").read_bytes()
    assert run(other.check()) == ()
    project.close()
    other.close()


@pytest.mark.parametrize(("name", "kept"), [("jsonl", 0), ("dygie", 1)])
def test_texts_are_kept_only_for_proofs_that_look_them_up(
    project, tmp_path, monkeypatch: pytest.MonkeyPatch, name, kept
):
    texts = []
    put = Spool.put
    monkeypatch.setattr(Spool, "put", lambda spool, data: (texts.append(data), put(spool, data)))
    run(export_job(project, tmp_path / "out.jsonl", ExportChoice(name)))
    assert texts == [TEXT.encode()] * kept
