"""Builds the sample project: the seed articles with annotations of every kind."""

from __future__ import annotations

import os
import tempfile
import tomllib
from pathlib import Path

from annotator.model.disk import remedy, unwritten
from annotator.model.errors import UserError
from annotator.model.formats import ImportOptions
from annotator.model.job import run
from annotator.model.resources import resource, seeds
from annotator.model.scheme import read_scheme
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known
from annotator.services.project import Project
from annotator.services.sample_gold import Gold

ANNOTATOR = "Ada"
"""The colleague whose work the sample is."""


def build_sample(path: Path, *, whole: bool = False) -> None:
    """Build the sample project at `path`, where no file may be yet; raises UserError when it cannot.

    The tour is left to practise on, with suggestions; `whole` annotates it as well.  The project is
    built aside and put there in one step: a failure midway leaves nothing that looks like a sample.
    """
    if os.path.lexists(path):
        raise UserError("{path} exists already. Choose another name, or open it.", path=path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".sample-", dir=path.parent) as folder:
            aside = Path(folder) / path.name
            _build(aside, whole)
            aside.replace(path)
    except OSError as error:
        raise UserError(
            "The sample {path} could not be built: {reason}. {remedy}",
            path=path,
            reason=unwritten(error),
            remedy=remedy(error),
        ) from error


def _build(path: Path, whole: bool) -> None:
    scheme = read_scheme(resource("schemes/default.toml"))
    project = Project.create(path, scheme, ANNOTATOR)
    try:
        files = sorted(seeds().glob("*.txt"))
        plan = run(plan_import(files, ImportOptions(), Known(scheme)))
        project.write_import(plan, undoable=False)
        articles = (project.content(one).article for one in project.article_ids())
        gold = Gold(read_annotations(), {article.name: article for article in articles}, whole)
        project.write_import(gold, undoable=False)
    finally:
        project.close()


def read_annotations() -> dict[str, object]:
    """Return the sample's annotations as the file has them."""
    return tomllib.loads(resource("sample/annotations.toml").read_text(encoding="utf-8"))
