"""Tells whose labels are that do not say so themselves: by what their file or its folder is called."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from annotator.exchange.files import storable
from annotator.model.formats import ImportOptions, Option
from annotator.model.marks import Marks

BY_FILE, BY_NAME, BY_FOLDER = "file", "file_name", "folder"
AS_NAMED = "as_named"
WHOSE = Option(
    "annotator",
    "Annotator",
    ("importing", BY_FILE),
    ("as the file says, else whoever imports", "what the file is called, as in an archive by user"),
)
WHOSE_STANDOFF = Option(
    "whose",
    "Whose labels (brat)",
    (AS_NAMED, "importer", BY_NAME, BY_FOLDER),
    (
        "of whoever imports; of text_NAME.ann that has only a text.txt, of NAME",
        "of whoever imports",
        "of the annotator whose name ends the file's (text_NAME.ann)",
        "of the annotator whose name the folder has (NAME/text.ann)",
    ),
)


def whose(path: Path, options: ImportOptions) -> str:
    """Return whose labels those of a file are that does not say so: "" for whoever imports."""
    if options.chosen.get(WHOSE_STANDOFF.name) == BY_FOLDER:
        return storable(path.absolute().parent.name)
    return path.stem if options.chosen.get(WHOSE.name) == BY_FILE else ""


def how_apart(options: Collection[Option]) -> str:
    """Return how to take labels of one text for several annotators'; nothing where there is no way."""
    if WHOSE in options:
        return f" (option {WHOSE.name}={BY_FILE} takes each file for another annotator's)"
    if WHOSE_STANDOFF in options:
        return f" (option {WHOSE_STANDOFF.name}={BY_FOLDER} takes each folder for another annotator's)"
    return ""


def made_by(marks: Marks, by: str) -> Marks:
    """Return marks with an annotator for all that say none themselves."""
    if not by:
        return marks
    spans = [one._replace(by=one.by or by) for one in marks.spans]
    frames = [one._replace(by=by) for one in marks.frames]
    labels = [one._replace(by=one.by or by) for one in marks.labels]
    return replace(marks, spans=spans, frames=frames, labels=labels)
