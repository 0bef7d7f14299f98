"""What suggesters are asked, as far as the store's thread has to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.ids import Id
from annotator.model.job import Job
from annotator.model.scheme import Scheme
from annotator.model.suggesting import SuggestInput

if TYPE_CHECKING:
    from annotator.services.project import Project
    from annotator.services.suggesters import Chosen

Inputs = list[tuple[Id, SuggestInput]]


@dataclass(frozen=True, slots=True)
class Task:
    """What one suggester is to look at in one go."""

    who: Chosen
    articles: tuple[Id, ...]
    is_urgent: bool = False
    """Whether it is for the article in view, to which all others give way."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What all suggesters are asked about all articles, and the settings of the project that say so."""

    who: tuple[Chosen, ...]
    inputs: Inputs
    scheme: Scheme
    settings: tuple[str, ...]


def chosen_in(project: Project) -> tuple[Chosen, ...]:
    """Return who suggests in a project."""
    from annotator.services.suggesters import chosen  # noqa: PLC0415 - late: looks at what is installed

    return chosen(project)


def inputs_of(project: Project, articles: Sequence[Id], who: Chosen) -> Inputs:
    """Return the texts of those articles that a suggester has not looked at."""
    from annotator.services.suggesters import inputs_for  # noqa: PLC0415 - late as above

    return inputs_for(project, articles, who)


def asked_of_all(project: Project) -> Job[Asked]:
    """Return what is asked about all articles; who, and which cues, is read before the first slice ends."""
    from annotator.services.suggesters import all_inputs, asked_of, chosen  # noqa: PLC0415 - late as above

    who, settings = chosen(project), asked_of(project)
    return Asked(who, (yield from all_inputs(project)), project.scheme, settings)


def holds(project: Project, asked: Asked) -> bool:
    """Tell whether the project would still ask in that way, and those: more may have been learned."""
    from annotator.services.suggesters import asked_of, chosen  # noqa: PLC0415 - late as above

    return asked_of(project) == asked.settings and chosen(project) == asked.who
