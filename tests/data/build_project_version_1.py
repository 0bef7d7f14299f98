"""Builds `project_version_1.annot`, the project that every later version must be able to open.

Run it only while 1 is the version of the file; afterwards the file stays as it is.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.model.formats import ImportOptions
from annotator.model.job import run
from annotator.model.records import Fragment, RoleEnd
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.suggesting import Proposals, ProposedSpan
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known
from annotator.services.project import Project
from annotator.services.suggesting import SuggestionPlan
from annotator.store import schema

TEXTS = {
    "harbour.txt": "Harbour opens\n\nMayor Ada Ortiz 😀 said the bridge “is safe”. We doubt it.\n",
    "empty.txt": "Nothing is claimed here.\n",
}


def build(path: Path) -> None:
    """Build the project at `path`, where no file may be yet."""
    scheme = read_scheme(resource("schemes/default.toml"))
    with closing(Project.create(path, scheme, "Anna")) as project, TemporaryDirectory() as folder:
        for name, text in TEXTS.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        files = [Path(folder) / name for name in TEXTS]
        project.write_import(run(plan_import(files, ImportOptions(), Known(scheme))))
        _annotate(project)


def _annotate(project: Project) -> None:
    harbour, empty = project.article_ids()
    text = project.content(harbour).article.text

    def at(words: str) -> tuple[Fragment, ...]:
        return (Fragment(text.index(words), text.index(words) + len(words)),)

    project.add_attribution(
        harbour, claim=at("the bridge “is safe”"), source=at("Mayor Ada Ortiz"), cue=at("said")
    )
    claim, source = sorted(project.content(harbour).spans, key=lambda one: one.start)[::2][::-1]
    project.change_span(claim.id, note="twice said")
    target = RoleEnd("target", "span", claim.id)
    project.add_stance(harbour, holder=None, holder_mention=source.id, target=target, value="support")
    project.add_claim_card("The bridge is safe.", [claim.id])
    project.record_nothing(empty, "all", None)
    project.set_reading(empty, "done")
    found = Proposals((ProposedSpan("PERSON", tuple(at("Ada Ortiz")), 0.75, "a title before it"),))
    project.write_suggestions(
        SuggestionPlan("entities 1", ("entities",), ((harbour, found),)), undoable=False
    )


if __name__ == "__main__":
    assert schema.VERSION == 1, "the file is of version 1, and so it stays"
    target = Path(__file__).with_name("project_version_1.annot")
    target.unlink(missing_ok=True)
    build(target)
