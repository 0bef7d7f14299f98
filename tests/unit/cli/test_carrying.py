"""`annotator carry`, told in words and as an answer for scripts."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from annotator.cli.command import Doors
from annotator.cli.main import run
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.services.project import Project

WORDS = "the office said on Monday that the boat to the island would be late for strong wind from the north"


def test_labels_are_carried_to_near_copies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.annot"

    def told(command: str, *args: object) -> str:
        capsys.readouterr()
        assert run([command, str(path), *map(str, args)], Doors(lambda *_: 0, lambda _: None)) == 0
        return capsys.readouterr().out

    Project.create(path, read_scheme(resource("schemes/default.toml")), "Ada").close()
    for name, last in (("wire", "noon"), ("copy", "dusk")):
        (tmp_path / f"{name}.txt").write_text(f"{WORDS}, and not before {last}.", encoding="utf-8")
        told("import", tmp_path / f"{name}.txt")
    assert told("carry") == "No article without labels is a near copy of one with labels.\n"
    project = Project.open(path)
    wire = project.find_article("wire.txt")
    assert wire is not None
    project.add_span(wire, "SOURCE", [(0, 10)])
    project.add_span(wire, "CLAIM", [(80, len(WORDS) + len(", and not before noon"))])
    project.close()
    (one,) = json.loads(told("carry", "--dry-run", "--json"))["copies"]
    assert (one["annotator"], one["spans"], one["frames"], len(one["not_carried"])) == ("Ada", 1, 0, 1)
    assert json.loads(told("info", "--json"))["suggestions"] == 0
    first, where, last = told("carry").splitlines()
    assert first == "Suggested 1 span and 0 frames in 1 near copy of labelled articles."
    assert where.startswith("copy.txt: 1 span and 0 frames of wire.txt, by Ada (")
    assert last.startswith("  not carried: Claim: “")
    assert json.loads(told("info", "--json"))["suggestions"] == 1
    again = "Suggested before: 1 span and 0 frames in 1 near copy of labelled articles."
    assert told("carry").splitlines()[0] == again
    assert take_back(path, "CLAIM", "SOURCE", add=(4, 10)) == 1
    assert told("carry").splitlines()[-1] == (
        "  not carried: suggested before, and taken back as it is no longer so here: 1"
    )
    assert take_back(path, "SOURCE") == 1
    assert told("carry").splitlines() == [
        "What was carried before stays in 1 article, though nothing is labelled where it came from:",
        "  copy.txt",
        "No article without labels is a near copy of one with labels.",
    ]


def take_back(path: Path, *labels: str, add: tuple[int, int] | None = None) -> int:
    """Remove what is labelled so in the wire, and label other words; return how much is suggested."""
    with closing(Project.open(path)) as project:
        wire = project.find_article("wire.txt")
        assert wire is not None
        gone = [one.id for one in project.content(wire).spans if one.label in labels]
        project.remove(gone)
        if add is not None:
            project.add_span(wire, "SOURCE", [add])
        return sum(one.suggestions for one in project.article_rows(project.article_ids()))
