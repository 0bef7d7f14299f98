"""The plans of an import: of all groups of files, and joined with what the project has already."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.model.changes import Changes
from annotator.model.formats import ImportOptions
from annotator.model.ids import Id
from annotator.model.job import Job
from annotator.services.importing_known import Known, planned

if TYPE_CHECKING:
    from annotator.services.importing import ImportPlan
    from annotator.services.project import Project


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


def written(project: Project, plan: ImportPlan, by: Id | None) -> Changes:
    """Store what a plan brings, `by` an annotator."""
    from annotator.services.importing_stored import write  # noqa: PLC0415 - late: loads formats

    return write(project, plan, by=by)
