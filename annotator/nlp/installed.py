"""The suggester that runs a spaCy pipeline which the person has installed, or keeps in a folder."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.model.errors import UserError
from annotator.model.job import run
from annotator.model.said import ended, joined, say
from annotator.model.suggesting import Proposals, ProposedSpan, SuggestInput
from annotator.nlp.cutting import pieces
from annotator.nlp.pipelines import FOLDER, META, TRUST, fingerprint, look_at, names, version_warning

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SCORE = 0.8
"""What a pipeline's entities are worth; spaCy gives none."""
LONGEST = 500_000
"""Characters of a piece: parsers and recognisers need about 1 GB for 100,000 words."""
_BATCH = 16
_NO_FACTORY = re.compile(r"\[E002\] Can't find factory for '([^']*)'")
_SAID = 300
"""Characters of what spaCy says when a pipeline does not work."""


class Installed:
    """Proposes what a spaCy pipeline finds as entities."""

    def __init__(self, nlp: Language, name: str, version: str, reason: str) -> None:
        self.name = name
        self.version = version
        self._nlp = nlp
        self._reason = reason

    def suggest(self, texts: Iterable[SuggestInput]) -> Iterator[Proposals]:
        """Yield the proposals of each text, in order."""
        cut = (
            (piece, (number, start))
            for number, one in enumerate(texts)
            for start, piece in pieces(one.text, LONGEST)
        )
        spans: list[ProposedSpan] = []
        at: int | None = None
        for doc, (number, start) in self._nlp.pipe(cut, as_tuples=True, batch_size=_BATCH):
            if at is not None and number != at:
                yield Proposals(tuple(spans))
                spans = []
            at = number
            spans += self._spans(doc, start)
        if at is not None:
            yield Proposals(tuple(spans))

    def _spans(self, doc: Doc, start: int) -> Iterator[ProposedSpan]:
        for found in doc.ents:
            text = found.text
            first = found.start_char + len(text) - len(text.lstrip())
            end = found.end_char - (len(text) - len(text.rstrip()))
            if first < end:
                yield ProposedSpan(found.label_, ((start + first, start + end),), SCORE, self._reason)


@dataclass(frozen=True, slots=True)
class InstalledPlugin:
    """The entry point of the suggester of installed pipelines."""

    name: str = "spaCy pipeline"
    version: str = "1"
    layers: tuple[str, ...] = ("entities",)

    def load(self, choice: str) -> Installed:
        """Load the pipeline of that name, or of a trusted folder; raises UserError when it cannot be."""
        return Installed(*load_pipeline(choice))


SUGGESTER = InstalledPlugin()


@lru_cache(maxsize=1)
def load_pipeline(choice: str) -> tuple[Language, str, str, str]:
    """Return a pipeline, its name, its version, and the reason that its suggestions give.

    `choice` is the name of an installed one or `trust:FINGERPRINT:PATH`; a folder whose files are not those
    of the fingerprint is refused before any of it runs, and so is a folder without one.
    """
    if choice.startswith(TRUST):
        expected, _, path = choice.removeprefix(TRUST).partition(":")
        return _load(_unchanged(Path(path), expected))
    if not choice:
        raise UserError(
            "No spaCy pipeline was chosen: name an installed one, or choose the built-in suggester."
        )
    if choice.startswith(FOLDER) or Path(choice).is_dir():
        raise UserError(
            "The pipeline in the folder {folder} was not loaded: a pipeline can run any program"
            " code, and this one was not allowed to.",
            folder=choice.removeprefix(FOLDER),
        )
    if choice not in names():
        look_at(choice)  # raises UserError, but for a package of before spaCy 3: spaCy says what is wrong
    return _load(choice)


def _unchanged(folder: Path, expected: str) -> Path:
    if not (folder / META).is_file():
        raise UserError(
            "The folder {folder} holds no spaCy pipeline (there is no {meta} in it).",
            folder=folder,
            meta=META,
        )
    if run(fingerprint(folder)) != expected:
        raise UserError(
            "The pipeline in the folder {folder} was not loaded: its files are not those that"
            " were allowed to run. Choose it again if you trust what it is now.",
            folder=folder,
        )
    return folder


def _load(which: str | Path) -> tuple[Language, str, str, str]:
    import spacy  # noqa: PLC0415 - takes a second to import

    try:
        with warnings.catch_warnings():
            # Made for another version of spaCy: that is said in words of our own.
            warnings.simplefilter("ignore")
            nlp = spacy.load(which)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, ImportError, RuntimeError) as error:
        raise UserError(
            joined(
                say("The spaCy pipeline {which} could not be loaded.", which=which),
                _another_version(which),
                _missing(error) or ended(_said(error)),
            )
        ) from error
    meta: dict[str, Any] = nlp.meta
    name, version = f"{meta.get('lang', '')}_{meta.get('name', '')}", str(meta.get("version", ""))
    wrong = version_warning(str(meta.get("spacy_version", "")))
    return nlp, name, version, " ".join([f"found by {name} {version}", *([f"({wrong})"] if wrong else [])])


def _another_version(which: str | Path) -> str:
    """Return for which version of spaCy a pipeline was made, where it is another than this one."""
    try:
        return look_at(f"{FOLDER}{which}" if isinstance(which, Path) else which).made_for
    except UserError:
        return ""


def _missing(error: Exception) -> str:
    """Return which component of a pipeline no installed package brings, when that is what is wrong."""
    found = _NO_FACTORY.search(str(error))
    if found is None:
        return ""
    return say("It needs the component “{name}”, which no installed package brings.", name=found[1])


def _said(error: Exception) -> str:
    said = " ".join(str(error).split())
    return (said if len(said) <= _SAID else said[:_SAID].rstrip() + "…") or type(error).__name__
