"""What suggesters are asked, as far as the store's thread has to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.ids import Id
from annotator.model.job import Job
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


def chosen_in(project: Project) -> tuple[Chosen, ...]:
    """Return who suggests in a project."""
    from annotator.services.suggesters import chosen  # noqa: PLC0415 - late: looks at what is installed

    return chosen(project)


def inputs_of(project: Project, articles: Sequence[Id], who: Chosen) -> Inputs:
    """Return the texts of those articles that a suggester has not looked at."""
    from annotator.services.suggesters import inputs_for  # noqa: PLC0415 - late as above

    return inputs_for(project, articles, who)


def all_inputs(project: Project) -> Job[Inputs]:
    """Return the texts of all articles."""
    from annotator.services.suggesters import all_inputs as texts_of_all  # noqa: PLC0415 - late as above

    return texts_of_all(project)
