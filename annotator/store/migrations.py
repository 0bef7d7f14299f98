"""Brings an older project file up to this version: an ordered list of plain functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from annotator.model.errors import ProjectDamaged
from annotator.store import schema, sqlite


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: from the version before `version` to it."""

    version: int
    run: Callable[[Connection], None]


MIGRATIONS: tuple[Migration, ...] = ()


def due(version: int, steps: Sequence[Migration] | None = None) -> tuple[Migration, ...]:
    """Return the steps that a file of this version still needs, in order."""
    known = MIGRATIONS if steps is None else steps
    return tuple(step for step in sorted(known, key=lambda one: one.version) if step.version > version)


def migrate(connection: Connection, version: int) -> None:
    """Run the steps that are due in one transaction; all of them hold, or none.

    The schema that comes out is compared with the one this program makes before anything counts.
    """
    with sqlite.transaction(connection):
        for step in due(version):
            step.run(connection)
        faults = sqlite.schema_faults(connection)
        if faults:
            raise ProjectDamaged(
                "The project could not be brought up to date: {faults}. It is unchanged.", faults=faults[0]
            )
        sqlite.mark(connection, schema.VERSION, schema.MIN_READER)
