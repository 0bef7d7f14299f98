"""What an import is planned with: what the project holds already, read for the thread that reads files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.model.formats import ImportOptions
from annotator.model.ids import Id
from annotator.model.job import Job
from annotator.model.scheme import Scheme
from annotator.model.scheme_history import Former, former_names

if TYPE_CHECKING:
    from annotator.services.importing import ImportPlan
    from annotator.services.project import Project


@dataclass(frozen=True, slots=True)
class Known:
    """What a plan of an import has to know of the project."""

    scheme: Scheme
    texts: Mapping[str, Id] = field(default_factory=dict)
    """Articles by the hash of their text."""
    annotators: Mapping[str, Id] = field(default_factory=dict)
    shared: Collection[Id] = frozenset()
    """Ids of the actors and claim cards that are stored."""
    actors: Mapping[str, Id] = field(default_factory=dict)
    """Actors by name; authors belong to their articles."""
    cards: Mapping[str, Id] = field(default_factory=dict)
    """Claim cards by wording."""
    stored: Sequence[tuple[Id, str, str]] = ()
    """Articles: id, hash of the text, name."""
    former: Former = field(default_factory=dict)
    """What the scheme called otherwise before."""


def known_of(project: Project) -> Known:
    """Read it."""
    actors, cards = project.actors(), project.claim_cards()
    return Known(
        project.scheme,
        project.known_texts(),
        {one.name: one.id for one in project.annotators()},
        frozenset({one.id for one in actors} | {one.id for one in cards}),
        {one.name: one.id for one in actors if one.article is None},
        {one.wording: one.id for one in cards},
        tuple(project.stored_articles()),
        former_names([one.scheme for one in reversed(project.schemes.versions())]),
    )


def planned(paths: Sequence[Path], options: ImportOptions, format_name: str, known: Known) -> Job[ImportPlan]:
    """Return the plan of an import, nothing of it written."""
    from annotator.services.importing import plan_import  # noqa: PLC0415 - late: loads formats

    return plan_import(paths, options, known, format_name)
