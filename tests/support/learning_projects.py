"""Projects of short articles to learn from, beside short rules that learn fast."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import short_rules

from annotator.model.formats import ImportOptions
from annotator.model.job import run
from annotator.model.records import Fragment
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.plugins import door
from annotator.services import learning
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known
from annotator.services.project import Project

SCHEME = read_scheme(resource("schemes/default.toml"))


def put_in_place(monkeypatch: pytest.MonkeyPatch, config: Path) -> None:
    """Let the short rules be the built-in ones, here and in the process."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config))
    monkeypatch.setenv("PYTHONPATH", str(Path(short_rules.__file__).parent))
    real = learning.entry_point
    monkeypatch.setattr(
        learning, "entry_point", lambda name: short_rules.POINT if name == "attributions" else real(name)
    )
    found = {**door.suggesters(), "attributions": short_rules.PLUGIN}
    monkeypatch.setattr(door, "suggesters", lambda: found)
    monkeypatch.setattr(learning, "suggesters", lambda: found)


@contextmanager
def imported(folder: Path) -> Iterator[Project]:
    """Make a project of twelve articles, at which Ada works."""
    paths = [folder / f"{seed}.txt" for seed in range(12)]
    for seed, path in enumerate(paths):
        path.write_text(short_rules.text(seed), "utf-8")
    with closing(Project.create(folder / "p.annot", SCHEME, "Ada")) as found:
        found.write_import(run(plan_import(paths, ImportOptions(), Known(SCHEME))))
        yield found


def label(project: Project, count: int = 10) -> None:
    """Label the first articles as people would, and mark them as done."""
    for one in project.article_ids()[:count]:
        for name, pieces in short_rules.marked(project.content(one).article.text):
            project.add_span(one, name, [Fragment(*piece) for piece in pieces])
        project.set_reading(one, "done")
