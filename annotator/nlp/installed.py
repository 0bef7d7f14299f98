"""The suggester that runs a spaCy pipeline which the person has installed, or keeps in a folder."""

from __future__ import annotations

import importlib.metadata
import json
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from annotator.model.errors import UserError
from annotator.model.suggesting import Proposals, ProposedSpan, SuggestInput

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

TRUST = "trust:"
"""Begins the choice of a folder whose code the person allowed to run."""
SCORE = 0.8
"""What a pipeline's entities are worth; spaCy gives none."""
LONGEST = 500_000
"""Characters of a piece: parsers and recognisers need about 1 GB for 100,000 words."""
_BATCH = 16


class Installed:
    """Proposes what a spaCy pipeline finds as entities."""

    def __init__(self, nlp: Language, name: str, version: str, reason: str) -> None:
        self.name = name
        self.version = version
        self._nlp = nlp
        self._reason = reason

    def suggest(self, texts: Iterable[SuggestInput]) -> Iterator[Proposals]:
        """Yield the proposals of each text, in order."""
        pieces = (
            (piece, (number, start)) for number, one in enumerate(texts) for start, piece in _pieces(one.text)
        )
        spans: list[ProposedSpan] = []
        at: int | None = None
        for doc, (number, start) in self._nlp.pipe(pieces, as_tuples=True, batch_size=_BATCH):
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


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut a text that is too long for a pipeline between paragraphs, else words, or where it must be."""
    start = 0
    while len(text) - start > LONGEST:
        end = start + LONGEST
        cut = text.rfind("\n", start + 1, end) + 1 or text.rfind(" ", start + 1, end) + 1 or end
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]


@dataclass(frozen=True, slots=True)
class InstalledPlugin:
    """The entry point of the suggester of installed pipelines."""

    name: str = "spaCy pipeline"
    version: str = "1"
    layers: tuple[str, ...] = ("entities",)

    def load(self, choice: str) -> Installed:
        """Load the pipeline of that name, or of `trust:FOLDER`; raises UserError when it cannot be."""
        if choice.startswith(TRUST):
            return _load(_folder(choice.removeprefix(TRUST)))
        if not choice:
            raise UserError(
                "No spaCy pipeline was chosen: name an installed one, or choose the built-in suggester."
            )
        if Path(choice).is_dir():
            raise UserError(
                f"The pipeline in the folder {choice} was not loaded: a pipeline can run any program code."
                f" If you trust where it comes from, choose “{TRUST}{choice}”."
            )
        if choice not in names():
            known = ", ".join(names()) or "none"
            raise UserError(f"There is no installed spaCy pipeline named {choice} (installed: {known}).")
        return _load(choice)


SUGGESTER = InstalledPlugin()


def names() -> tuple[str, ...]:
    """Return the names of the installed pipelines."""
    return tuple(sorted({point.name for point in importlib.metadata.entry_points(group="spacy_models")}))


def _folder(text: str) -> Path:
    folder = Path(text)
    if not (folder / "meta.json").is_file():
        raise UserError(f"The folder {folder} holds no spaCy pipeline (there is no meta.json in it).")
    return folder


def _load(which: str | Path) -> Installed:
    import spacy  # noqa: PLC0415 - takes a second to import

    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            nlp = spacy.load(which)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, ImportError, RuntimeError) as error:
        raise UserError(f"The spaCy pipeline {which} could not be loaded: {_said(error)}") from error
    meta: dict[str, Any] = nlp.meta
    name, version = f"{meta.get('lang', '')}_{meta.get('name', '')}", str(meta.get("version", ""))
    mismatch = [_version_note(meta, spacy.__version__)] if _is_version_warning(caught) else []
    return Installed(nlp, name, version, "; ".join([f"found by {name} {version}", *mismatch]))


def _is_version_warning(caught: list[warnings.WarningMessage]) -> bool:
    return any("[W095]" in str(warning.message) or "[W094]" in str(warning.message) for warning in caught)


def _version_note(meta: dict[str, Any], version: str) -> str:
    return f"it was made for spaCy {meta.get('spacy_version', 'of another version')}, this is {version}"


def version_warning(choice: str) -> str:
    """Return a sentence when a pipeline was made for another version of spaCy, else ""; does not load it."""
    meta = _meta(choice)
    wanted = str(meta.get("spacy_version", ""))
    if not wanted:
        return ""
    here = importlib.metadata.version("spacy")
    try:
        fits = SpecifierSet(wanted).contains(here, prereleases=True)
    except InvalidSpecifier:
        fits = False
    if fits:
        return ""
    return f"The pipeline {choice} was made for spaCy {wanted}; this is {here}. Its results may be wrong."


def _meta(choice: str) -> dict[str, Any]:
    folder = Path(choice.removeprefix(TRUST))
    file = folder / "meta.json"
    if not choice.startswith(TRUST):
        for point in importlib.metadata.entry_points(group="spacy_models"):
            if point.name == choice and point.dist is not None:
                file = Path(str(point.dist.locate_file(f"{choice}/meta.json")))
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
