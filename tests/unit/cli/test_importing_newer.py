"""`annotator import --newer`: labels of an annotator as a newer file of theirs has them."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from annotator.cli.main import Doors, run
from annotator.services.project import Project


def test_a_newer_file_of_an_annotator_takes_the_place_of_what_was_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def span(*, end: int) -> None:
        with closing(Project.open(path, "Ada")) as project:
            (content,) = project.contents()
            if content.spans:
                project.change_span(content.spans[0].id, fragments=[(0, end)])
            else:
                project.add_span(content.article.id, "CLAIM", [(0, end)])

    def ask(*args: object) -> str:
        capsys.readouterr()
        assert run([*map(str, args)], Doors(lambda *_: 0, lambda _: None)) == 0
        return capsys.readouterr().out

    path, file = tmp_path / "p.annot", tmp_path / "ada.jsonl"
    (tmp_path / "a.txt").write_text("Ada said no. Ben said yes.", "utf-8")
    ask("new", path, "--annotator", "Ada")
    ask("import", path, tmp_path / "a.txt")
    span(end=3)
    ask("export", path, "--out", file)
    span(end=8)
    told = {"annotator": "Ada", "changed": 1, "removed": 0, "is_taken": False}
    assert json.loads(ask("import", path, file, "--dry-run", "--json"))["revised"] == [told]
    assert run(["import", str(path), str(file), "--newer", "Adda"], Doors(lambda *_: 0, lambda _: None)) == 2
    assert "(there are: Ada)" in capsys.readouterr().err
    words = "Ada: 1 label otherwise in the file, 0 not in it; --newer Ada takes them as they are there."
    assert words in ask("import", path, file).splitlines()
    assert "Ada: 1 label changed, 0 removed, as the file has them." in ask(
        "import", path, file, "--newer", "Ada"
    )
    with closing(Project.open(path)) as project:
        (content,) = project.contents()
        assert [one.fragments for one in content.spans] == [((0, 3),)]
