"""Copies of a project that annotators hand back: in any order, by whatever clocks, the same comes of them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from made_projects import Plan, all_facts, bring, export, project_in

from annotator.model.ids import new_id
from annotator.model.job import run
from annotator.model.records import Article, Fragment
from annotator.model.text import sha256_of

TEXT = "The mayor said the old bridge is safe for now. Rask-Holt said no, and the mayor said yes."
YEARS = 20 * 365 * 86_400 * 10**9
CLOCKS = {"Ben": -YEARS, "Cem": 0, "Dora": YEARS}
"""How far the clocks of those who got copies are wrong."""


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """What went to them, by their names, as it comes back; under "start" as it went out."""
    start = tmp_path / "start.jsonl"
    files = {name: tmp_path / f"{name}.jsonl" for name in CLOCKS}
    right = time.time_ns
    with project_in(tmp_path, "start") as project:
        article = Article(new_id(), "ferry.txt", "Ferry", TEXT, sha256_of(TEXT), "en")
        project.write_import(Plan([article]))
        project.add_span(article.id, "CLAIM", [Fragment(15, 45)])
        export(project, start, "jsonl")
    for number, (name, wrong) in enumerate(CLOCKS.items()):
        monkeypatch.setattr(time, "time_ns", lambda wrong=wrong: right() + wrong)
        with project_in(tmp_path, name) as project:
            project.people.work_as(name)
            bring(project, start)
            project.add_span(article.id, "CLAIM", [Fragment(15, 45)])
            project.add_span(article.id, "SOURCE", [Fragment(number, 9)], note=name)
            project.set_reading(article.id, "done")
            export(project, files[name], "jsonl")
    monkeypatch.setattr(time, "time_ns", right)
    return {"start": start, **files}


def test_whatever_the_order_and_the_clocks_the_same_comes_of_them(
    copies: dict[str, Path], tmp_path: Path
) -> None:
    """T-43, T-45; what was brought last is undone first, whatever its clock."""
    ends = []
    for order in (("Ben", "Cem", "Dora"), ("Dora", "Ben", "Cem")):
        with project_in(tmp_path, f"lead of {order[0]}") as project:
            states = [bring(project, copies["start"]) and all_facts(project)]
            for name in order:
                assert bring(project, copies[name]).spans == 2
                states.append(all_facts(project))
            assert run(project.check()) == ()
            ends.append(states.pop())
            for before in reversed(states):
                project.undo()
                assert all_facts(project) == before
    assert ends[0] == ends[1]
    assert sum(ends[0][TEXT]["spans"].values()) == 7
