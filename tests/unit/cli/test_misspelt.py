"""What a person misspells on the command line: nothing is guessed in silence, the near names are offered."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.cli.command import Doors
from annotator.cli.main import run
from annotator.model.listed import meant
from annotator.services.project import Project

TEXT = "The mayor said the bridge is safe."
Said = tuple[int, str, str]


@pytest.fixture
def say(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Said]:
    """Run a command in a folder with a project and a file of standoff; return code, answer and refusals."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "a.ann").write_text(
        "T1\tContent 15 33\tthe bridge is safe\nT2\tDiscuss 0 9\tThe mayor\n", "utf-8"
    )

    def command(line: str) -> Said:
        capsys.readouterr()
        code = run(line.split(), Doors(lambda *_: 0, lambda _: None))
        told = capsys.readouterr()
        return code, told.out, told.err

    assert command("new p.annot --annotator Ada")[0] == 0
    return command


@pytest.mark.parametrize(
    ("given", "names", "question"),
    [
        ("conl", ["conll", "csv", "brat"], "Did you mean conll?"),
        ("lea", ["Lea", "Ben"], "Did you mean Lea?"),
        ("CLAIMZ", ["CLAIM", "CLAIMS", "CUE"], "Did you mean CLAIM or CLAIMS?"),
        ("odd", ["CLAIM", "CUE"], ""),
        ("", ["CLAIM"], ""),
        ("x" * 300, ["x" * 290], f"Did you mean {'x' * 59}…?"),
    ],
)
def test_near_names_are_asked_about(given: str, names: list[str], question: str) -> None:
    assert meant(given, names) == question


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("import p.annot artcles", 1, "There is nothing at artcles. Did you mean articles?"),
        ("import p.annot odd", 1, "There is nothing at odd."),
        ("info q.annot", 1, "There is no file q.annot. Did you mean p.annot?"),
        ("export p.annot --out o --format jsnol", 2, "Did you mean jsonl?"),
        ("export p.annot --out o --labels SORCE", 2, "Did you mean SOURCE?"),
        ("export p.annot --out o --annotator Adda", 2, "Did you mean Ada?"),
        ("import p.annot articles --format bart", 2, "Did you mean brat?"),
        ("import p.annot articles --option whos=folder", 2, "Did you mean whose?"),
    ],
)
def test_a_wrong_name_is_answered_with_the_near_one(
    say: Callable[[str], Said], line: str, code: int, says: str
) -> None:
    found, out, error = say(line)
    assert (found, out) == (code, "")
    assert error.strip().endswith(says)


def test_a_label_that_the_scheme_does_not_have_is_not_made_by_a_slip(say: Callable[[str], Said]) -> None:
    code, out, error = say("import p.annot articles --labels Discuss=CLAIMZ")
    assert (code, out, "Did you mean CLAIM?" in error) == (2, "", True)
    with closing(Project.open(Path("p.annot"))) as project:
        assert (project.scheme.label("CLAIMZ"), project.article_ids()) == (None, [])
    assert say("import p.annot articles --labels Discuss=TOPIC --new-labels add")[0] == 0
    with closing(Project.open(Path("p.annot"))) as project:
        assert project.scheme.label("TOPIC") is not None


def test_a_label_may_be_named_as_people_see_it(say: Callable[[str], Said]) -> None:
    assert say("import p.annot articles --labels Discuss=source")[0] == 0
    with closing(Project.open(Path("p.annot"))) as project:
        (content,) = project.contents()
        assert {one.label for one in content.spans} == {"CLAIM", "SOURCE"}
    code, out, _ = say("export p.annot --out o.jsonl --labels claim")
    assert (code, "1 article, 1 span" in out) == (0, True)


def test_a_choice_for_a_label_that_no_file_has_is_told(say: Callable[[str], Said]) -> None:
    _, out, _ = say("import p.annot articles --labels span:Contnet=CLAIM --labels Discuss= --dry-run")
    assert out.endswith("The files have no label Contnet. Did you mean Content?\n")
    assert "no label Discuss" not in out


def test_why_a_label_is_one_of_the_scheme_is_told_in_words(say: Callable[[str], Said]) -> None:
    _, out, _ = say("import p.annot articles --labels Discuss=source --dry-run")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "1 × span Content: CLAIM (known to mean it)" in lines
    assert "1 × span Discuss: SOURCE (chosen)" in lines
