"""Which spaCy pipelines there are, and which folders' pipelines this person allowed to run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from annotator.model.allowed import allow, allowed, withdraw
from annotator.model.errors import UserError
from annotator.model.job import Job
from annotator.model.said import Said, say
from annotator.nlp.pipelines import FOLDER, TRUST, PipelineFacts, fingerprint, look_at, names

__all__ = [
    "FOLDER",
    "SETTING",
    "PipelineFacts",
    "allowed_choice",
    "choice_of",
    "folder_choice",
    "installed",
    "is_allowed",
    "is_there",
    "is_trusted",
    "known_names",
    "look_at",
    "told_of",
    "trust",
    "trusted",
    "warning",
    "withdraw_trust",
]

SETTING = "pipeline"
"""The setting of a project that names its pipeline."""
_KIND = "pipelines"


def installed() -> tuple[PipelineFacts, ...]:
    """Return the installed pipelines that say what they are; neither spaCy nor they are imported."""
    return tuple(map(told_of, names()))


def told_of(choice: str) -> PipelineFacts:
    """Return what a pipeline says of itself; of one that says nothing, that it may not work."""
    try:
        return look_at(choice)
    except UserError:
        name = Path(choice.removeprefix(FOLDER)).name
        return PipelineFacts(choice, name, "", "", (), say("It does not say what it is; it may not work."))


def is_there(choice: str) -> bool:
    """Tell whether a pipeline can be looked at; one that was uninstalled cannot."""
    try:
        look_at(choice)
    except UserError:
        return False
    return True


def known_names() -> Iterator[str]:
    """Yield the names by which pipelines suggest here: those installed, and those in allowed folders."""
    for choice in (*names(), *(folder_choice(Path(one)) for one in allowed(_KIND))):
        with suppress(UserError):
            yield look_at(choice).name


def choice_of(text: str) -> str:
    """Return the choice that a person means by a name or a path."""
    if text.startswith(FOLDER) or not text:
        return text
    return folder_choice(Path(text)) if os.sep in text or "/" in text or Path(text).is_dir() else text


def folder_choice(folder: Path) -> str:
    """Return the choice of the pipeline in a folder."""
    return f"{FOLDER}{folder.expanduser().resolve()}"


def warning(facts: PipelineFacts) -> Said:
    """Return what a person has to know before the pipeline in a folder may run."""
    return say(
        "The folder {folder} holds the pipeline {name} {version}."
        " A pipeline is program code: loading it can do on this machine whatever you can do."
        " Nothing of it has run so far."
        " Let it run only if you trust where it comes from. Your answer holds for its files as they are now.",
        folder=facts.choice.removeprefix(FOLDER),
        name=facts.name,
        version=facts.version,
    )


def trust(choice: str) -> Job[str]:
    """Remember that the pipeline in a folder may run as it is now, and return its fingerprint."""
    look_at(choice)
    path = choice.removeprefix(FOLDER)
    found = yield from fingerprint(Path(path))
    allow(_KIND, path, found)
    return found


def trusted() -> tuple[str, ...]:
    """Return the choices of the folders whose pipelines this person allowed to run, in order."""
    return tuple(f"{FOLDER}{path}" for path in sorted(allowed(_KIND)))


def withdraw_trust(choice: str) -> None:
    """Take back that the pipeline in a folder may run; raises UserError when that cannot be kept."""
    withdraw(_KIND, choice.removeprefix(FOLDER))


def is_trusted(choice: str) -> Job[bool]:
    """Tell whether the pipeline in a folder may run as it is now; installed ones may."""
    if not choice.startswith(FOLDER):
        return True
    path = choice.removeprefix(FOLDER)
    known = allowed(_KIND).get(path)
    return known is not None and known == (yield from fingerprint(Path(path)))


def is_allowed(choice: str) -> bool:
    """Tell whether a pipeline may be loaded, as far as can be told without looking at its files."""
    return not choice.startswith(FOLDER) or choice.removeprefix(FOLDER) in allowed(_KIND)


def allowed_choice(choice: str) -> str:
    """Return a choice as the process is told it; raises UserError for a folder that was not allowed."""
    if not choice.startswith(FOLDER):
        # What the process takes as trust comes from this person's own file, never from a project.
        return choice.removeprefix(TRUST)
    path = choice.removeprefix(FOLDER)
    known = allowed(_KIND).get(path)
    if known is None:
        raise UserError(
            "The pipeline in the folder {path} was not loaded: a pipeline can run any program"
            " code, and you have not allowed this one to.",
            path=path,
        )
    return f"{TRUST}{known}:{path}"
