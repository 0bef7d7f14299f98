"""What an import is planned with: what the project holds already, read for the thread that reads files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.model.formats import ImportOptions
from annotator.model.ids import Id
from annotator.model.job import Job
from annotator.model.scheme import Scheme

if TYPE_CHECKING:
    from annotator.services.importing import ImportPlan
    from annotator.services.project import Project


@dataclass(frozen=True, slots=True)
class Known:
    """What a plan of an import has to know of the project."""

    texts: dict[str, Id]
    scheme: Scheme
    annotators: dict[str, Id]
    shared: frozenset[Id]
    """Ids of the actors and claim cards that are stored."""
    actors: dict[str, Id]
    """Actors by name; authors belong to their articles."""
    cards: dict[str, Id]
    """Claim cards by wording."""
    stored: tuple[tuple[Id, str, str], ...]
    """Articles: id, hash of the text, name."""


def known_of(project: Project) -> Known:
    """Read it."""
    annotators = {one.name: one.id for one in project.annotators()}
    actors = {one.name: one.id for one in project.actors() if one.article is None}
    cards = {one.wording: one.id for one in project.claim_cards()}
    # Two of them may have one name.
    shared = frozenset({one.id for one in project.actors()} | {one.id for one in project.claim_cards()})
    stored = tuple(project.stored_articles())
    return Known(project.known_texts(), project.scheme, annotators, shared, actors, cards, stored)


def planned(paths: Sequence[Path], options: ImportOptions, format_name: str, known: Known) -> Job[ImportPlan]:
    """Return the plan of an import, nothing of it written."""
    from annotator.services.importing import plan_import  # noqa: PLC0415 - late: loads formats

    return plan_import(
        paths,
        options,
        format_name=format_name,
        known=known.texts,
        scheme=known.scheme,
        annotators=known.annotators,
        shared=known.shared,
        actors=known.actors,
        cards=known.cards,
        stored=known.stored,
    )


def tried(groups: Sequence[tuple[Sequence[Path], ImportOptions, str]], known: Known) -> Job[list[ImportPlan]]:
    """Return a plan for each group of files that are read in one way."""
    found: list[ImportPlan] = []
    for paths, options, format_name in groups:
        found += [(yield from planned(paths, options, format_name, known))]
    return found


def joined(plans: Sequence[ImportPlan], project: Project) -> Job[list[ImportPlan]]:
    """Return the plans, joined with the articles that the project has already."""
    from annotator.services.importing_stored import join_job  # noqa: PLC0415 - late: loads formats

    found: list[ImportPlan] = []
    for plan in plans:
        found += [(yield from join_job(project, plan))]
    return found
