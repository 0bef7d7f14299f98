"""What `annotator export` says of what it wrote, and which places it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_projects import bring, project_in

from annotator.cli.command import Doors
from annotator.cli.main import run
from annotator.model.records import Fragment, RoleEnd


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("Ada Rask said no.", "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.txt")
        (article,) = project.article_ids()
        claim = project.add_span(article, "CLAIM", (Fragment(14, 16),)).changes[0].record
        project.add_frame(article, "TELLS", [RoleEnd("claim", "span", claim.id)])
        project.people.work_as("Ben")
        project.add_span(article, "PERSON", (Fragment(0, 8),))
        return project.path


def told(capsys: pytest.CaptureFixture[str], *args: object) -> Iterator[str]:
    assert run(["export", *map(str, args)], Doors(lambda *_: 0, lambda _: None)) == 0
    yield from capsys.readouterr().out.splitlines()


def test_counts_are_not_called_written_where_something_is_lost(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "o.jsonl"
    assert list(told(capsys, path, "--out", out)) == [
        f"Wrote {out}: 1 article, 2 spans, 1 frame; read again and compared."
    ]
    out = tmp_path / "o.csv"
    first, *more = told(capsys, path, "--out", out, "--format", "csv")
    held = "what the format can hold of 1 article, 2 spans, 1 frame"
    assert first == f"Wrote {out}: {held}; read again and compared."
    assert "Left out, because the format cannot hold it: 2 × spans" in more
    first, *_ = told(capsys, path, "--format", "csv", "--dry-run")
    assert first == f"Would write {held}; nothing was written."


def test_files_of_each_annotator_are_named_as_they_are(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "each.jsonl"
    files = [tmp_path / "each.Anna.jsonl", tmp_path / "each.Ben.jsonl"]
    first, *_ = told(capsys, path, "--out", out, "--each")
    assert first.startswith(f"Wrote {files[0]}, {files[1]}: 2 articles, 2 spans, 1 frame;")
    assert all(one.is_file() for one in files)
    (line,) = told(capsys, path, "--out", out, "--each", "--json")
    assert json.loads(line)["files"] == [str(one) for one in files]
    (line,) = told(capsys, path, "--out", tmp_path / "done.jsonl", "--each", "--finished")
    assert line == "Wrote nothing: nobody has annotated what was chosen."
    assert not list(tmp_path.glob("done*"))


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no such place on this system")
def test_a_pipe_is_refused_by_its_own_name(path: Path) -> None:
    command = [sys.executable, "-m", "annotator.app", "export", path, "--out", "/dev/stdout"]
    for more in ([], ["--format", "brat"]):
        done = subprocess.run([*command, *more], capture_output=True, check=False, text=True)
        assert done.returncode == 1
        assert done.stderr.startswith("/dev/stdout is not a plain file but a pipe or a device, and what is")
        assert done.stdout == ""


def test_whose_labels_are_adjudicated_is_said_listed_and_exported(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doors, out = Doors(lambda *_: 0, lambda _: None), tmp_path / "o.jsonl"
    assert run(["export", str(path), "--out", str(out), "--adjudicated"], doors) == 1
    assert "Nobody's labels are the adjudicated ones yet" in capsys.readouterr().err
    assert run(["annotators", str(path), "--adjudicator", "Ben"], doors) == 0
    assert capsys.readouterr().out.splitlines() == [
        "      person  Anna: labelled 1 article, marked 0 as done",
        " adjudicator  Ben: labelled 1 article, marked 0 as done",
    ]
    wrote = f"Wrote {out}: 1 article, 1 span, 0 frames; read again and compared."
    assert list(told(capsys, path, "--out", out, "--adjudicated")) == [wrote]
    assert list(told(capsys, path, "--out", out, "--adjudicated")) == [
        wrote,
        f"It took the place of what was there: {out}",
    ]
    assert run(["annotators", str(path), "--adjudicator", "Anna", "--no-adjudicator", "Ben"], doors) == 0
    said = capsys.readouterr().out.splitlines()
    assert [one.split(":")[0] for one in said] == [" adjudicator  Anna", "      person  Ben"]
    assert run(["annotators", str(path), "--adjudicator", "Cid"], doors) == 2
    assert "Nobody named Cid" in capsys.readouterr().err


def test_articles_that_nobody_decided_on_are_counted(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doors = Doors(lambda *_: 0, lambda _: None)
    assert run(["annotators", str(path), "--adjudicator", "Ben"], doors) == 0
    (tmp_path / "b.txt").write_text("Nobody read this one.", "utf-8")
    assert run(["import", str(path), str(tmp_path / "b.txt")], doors) == 0
    capsys.readouterr()
    left = "Articles left out, as no adjudicator labelled them or marked them as done: 1"
    assert left in told(capsys, path, "--dry-run", "--adjudicated")
    folder = ["dataset", str(path), "--out", str(tmp_path / "d"), "--adjudicated", "--shares", "100"]
    assert run(folder, doors) == 0
    assert left in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("also", [["--annotator", "Ben"], ["--each"]])
def test_adjudicated_labels_are_not_those_of_one_or_each(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], also: list[str]
) -> None:
    doors = Doors(lambda *_: 0, lambda _: None)
    line = ["export", str(path), "--out", str(tmp_path / "o.jsonl"), "--adjudicated", *also]
    assert run(line, doors) == 2
    assert capsys.readouterr().err.startswith("Choose: --")
