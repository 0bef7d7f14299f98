"""spaCy pipelines on this machine, looked at without importing spaCy or running anything of theirs."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from annotator.model.disk import unread
from annotator.model.errors import UserError, WrongChoice
from annotator.model.job import Job, Progress
from annotator.model.listed import listed
from annotator.model.said import joined, say

FOLDER = "folder:"
"""Begins the choice of a pipeline in a folder."""
TRUST = "trust:"
"""Begins what the process is told of a folder whose code may run: `trust:FINGERPRINT:PATH`."""
META = "meta.json"
_OLD = ("1.", "2.", "0.")
_GROUP = "spacy_models"
_WITHOUT_ENTITIES = frozenset({
    "tok2vec", "transformer", "tagger", "morphologizer", "parser", "senter", "sentencizer", "attribute_ruler",
    "lemmatizer", "trainable_lemmatizer", "span_finder", "spancat", "spancat_singlelabel", "textcat",
    "textcat_multilabel",
})  # fmt: skip
"""Components of spaCy that leave the entities of a text alone."""


@dataclass(frozen=True, slots=True)
class PipelineFacts:
    """What a pipeline says of itself in its `meta.json`."""

    choice: str
    name: str
    version: str
    language: str
    components: tuple[str, ...]
    warning: str
    """A sentence when it was made for another version of spaCy, or finds no entities, else ""."""
    made_for: str = ""
    """The same without what may come of it."""


def names() -> tuple[str, ...]:
    """Return the names of the installed pipelines."""
    return tuple(sorted({point.name for point in importlib.metadata.entry_points(group=_GROUP)}))


def look_at(choice: str) -> PipelineFacts:
    """Return what a pipeline says of itself; raises UserError where there is none."""
    file = _meta_file(choice)
    try:
        meta = json.loads(file.read_text(encoding="utf-8")) if file is not None else None
    except (OSError, ValueError):
        meta = None
    if isinstance(meta, dict):
        return _facts(choice, meta)
    if not choice.startswith(FOLDER):
        raise WrongChoice(
            "There is no installed spaCy pipeline named {choice} (installed: {known}).",
            choice=choice,
            known=listed(names()),
        )
    folder = choice.removeprefix(FOLDER)
    if not Path(folder).is_dir():
        raise UserError("There is no folder {folder}.", folder=folder)
    raise UserError(
        "The folder {folder} holds no spaCy pipeline (there is no {meta} in it that can be read).",
        folder=folder,
        meta=META,
    )


def _facts(choice: str, meta: dict[str, Any]) -> PipelineFacts:
    language, name = str(meta.get("lang", "")), str(meta.get("name", ""))
    steps, wanted = meta.get("pipeline"), str(meta.get("spacy_version", ""))
    components = tuple(map(str, steps)) if isinstance(steps, list) else ()
    warnings = version_warning(wanted), _entity_warning(components) if isinstance(steps, list) else ""
    return PipelineFacts(
        choice,
        "_".join(part for part in (language, name) if part) or choice,
        str(meta.get("version", "")),
        language,
        components,
        joined(*warnings) if any(warnings) else "",
        _made_for(wanted),
    )


def _entity_warning(components: Sequence[str]) -> str:
    """Return a sentence when no component can find an entity; what others made is given the benefit."""
    if not set(components) <= _WITHOUT_ENTITIES:
        return ""
    return say("No part of it finds entities: with it, none are suggested.")


def version_warning(wanted: str) -> str:
    """Return a sentence when this is not the version of spaCy that a pipeline wants, else ""."""
    made_for = _made_for(wanted)
    return joined(made_for, say("Its results may be wrong.")) if made_for else ""


def _made_for(wanted: str) -> str:
    if not wanted:
        return ""
    here = importlib.metadata.version("spacy")
    try:
        fits = SpecifierSet(wanted).contains(here, prereleases=True) and _is_of_today(wanted)
    except InvalidSpecifier:
        fits = False
    return "" if fits else say("It was made for spaCy {wanted}; this is {here}.", wanted=wanted, here=here)


def _is_of_today(wanted: str) -> bool:
    """Tell that from ">=2.0.0", which no pipeline of before 3.0 lives up to."""
    least = (one.version for one in SpecifierSet(wanted) if one.operator in (">=", ">"))
    return not any(one.startswith(_OLD) for one in least)


def _meta_file(choice: str) -> Path | None:
    if choice.startswith(FOLDER):
        return Path(choice.removeprefix(FOLDER)) / META
    for point in importlib.metadata.entry_points(group=_GROUP):
        if point.name == choice and point.dist is not None:
            return Path(str(point.dist.locate_file(f"{choice}/{META}")))
    return _old_package(choice)


def _old_package(name: str) -> Path | None:
    """Return the facts of a package made before spaCy knew pipelines by entry points."""
    try:
        file = Path(str(importlib.metadata.distribution(name).locate_file(f"{name}/{META}")))
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return None
    return file if file.is_file() else None


def fingerprint(folder: Path) -> Job[str]:
    """Return the SHA-256 of all files of a folder with their names; raises UserError."""
    whole = hashlib.sha256()
    try:
        files = sorted(_files(folder), key=lambda path: path.relative_to(folder).as_posix())
        for number, path in enumerate(files):
            yield Progress(number, len(files), path.name)
            name = path.relative_to(folder).as_posix()
            whole.update(f"{len(name)}:{name}:{_digest(path)}".encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise UserError(
            "The folder {folder} could not be read: {reason}.",
            folder=folder,
            reason=unread(error),
        ) from error
    return whole.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder, onerror=_raise):
        if any((Path(root) / one).is_symlink() for one in folders):
            raise UserError(
                "The folder {folder} holds a link to another folder, so that it cannot be checked.",
                folder=folder,
            )
        yield from (Path(root) / name for name in files)


def _raise(error: OSError) -> None:
    raise error


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
