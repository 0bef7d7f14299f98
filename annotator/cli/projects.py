"""Opens projects for commands, and passes on what they have to say about themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from annotator.cli.talk import Talk
from annotator.model.errors import WrongChoice
from annotator.model.listed import listed
from annotator.services.project import Project


def no_article(name: str, project: Project) -> WrongChoice:
    """Return what to raise for a name that no article has."""
    return WrongChoice(
        "There is no article {name} in {project}; there are: {names}.",
        name=name,
        project=project.path,
        names=listed(one for _, _, one in project.stored_articles()),
    )


@contextmanager
def opened(path: Path, talk: Talk, annotator: str = "") -> Iterator[Project]:
    """Open a project, as that annotator where one is named; close it in the end."""
    with closing(Project.open(path, annotator)) as project:
        talk.tell(project.notices)
        yield project
