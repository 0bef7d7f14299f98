"""The page on several annotators, command by command: annotated apart, brought together, decided."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from annotator.model.records import Fragment, RoleEnd, Span
from annotator.services.project import Project

PAGE = Path(__file__).parents[2] / "docs" / "several-annotators.md"
TEXT = "The mayor said that the bridge is safe. A clerk said that nobody had asked."
CLAIMS = ("the bridge is safe", "nobody had asked")


def commands() -> list[list[str]]:
    lines = re.findall(r"^    annotator (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return [shlex.split(one) for one in lines]


def work(path: Path, name: str, claims: tuple[str, ...]) -> None:
    """Label claims as attributions, and mark the article as done."""
    with closing(Project.open(path)) as project:
        project.people.work_as(name)
        (article,) = project.article_ids()
        for words in claims:
            at = TEXT.index(words)
            changes = project.add_span(article, "CLAIM", [Fragment(at, at + len(words))])
            (made,) = [one.record for one in changes.of(Span)]
            project.add_frame(article, "ATTRIBUTION", [RoleEnd("claim", "span", made.id)])
        project.set_reading(article, "done")


def decide(path: Path) -> None:
    """Decide for the first attribution of each, as Enter does."""
    with closing(Project.open(path)) as project:
        assert project.annotator.name == "Lea"
        (article,) = project.article_ids()
        frames = project.content(article).frames
        first = {one.annotator: one.id for one in reversed(frames)}
        project.people.decide_for(first.popitem()[1])


def test_the_page_leads_to_a_dataset_of_what_was_decided(
    annotator: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "bridge.txt").write_text(TEXT, encoding="utf-8")
    for one in commands():
        if one[0] == "export":
            name = Path(one[1]).stem
            work(tmp_path / one[1], name.capitalize(), CLAIMS if name == "ada" else CLAIMS[:1])
        if "--adjudicated" in one:
            decide(tmp_path / "debate.annot")
            one = [*one[:-1], "100"]
        done = annotator(*one)
        assert (done.code, done.err) == (0, ""), one
        if one[0] == "agreement":
            assert "Ada and Ben, 1 article\n" in done.out
    gold = (tmp_path / "gold" / "dataset_card.md").read_text(encoding="utf-8")
    assert "(Ada and Ben 1)" in gold
    assert "| `CLAIM` | 2 | 1 | 0.667 | 0.667 |" in gold
    with closing(Project.open(tmp_path / "debate.annot")) as project:
        (article,) = project.article_ids()
        mine = [one for one in project.content(article).frames if one.annotator == project.annotator.id]
    assert len(mine) == 1
    (part,) = (tmp_path / "gold").glob("train*")
    assert part.read_text(encoding="utf-8").count('"label":"ATTRIBUTION"') == 1
