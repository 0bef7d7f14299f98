"""Says before a dataset is made how it would be split: articles and labels of each part, groups, leaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.model.errors import UserError
from annotator.model.job import Job, Progress
from annotator.model.splitting import Split, Splittable
from annotator.services.datasets import labels_of, why_not
from annotator.services.datasets_choice import DatasetChoice
from annotator.services.datasets_groups import COMPARING, Gathering
from annotator.services.datasets_kept import divided
from annotator.services.exporting_choice import ExportChoice
from annotator.services.exporting_survey import of_one_moment
from annotator.services.moment import Ask, Moment

_STEP = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of the articles that a choice takes; dealing them out anew needs no more."""

    choice: ExportChoice
    found: Sequence[Splittable]
    remarks: Mapping[str, int]

    def is_of(self, choice: ExportChoice) -> bool:
        """Tell whether another choice takes the same of the project, in whatever format."""
        return self.choice == _without_format(choice)


@dataclass(frozen=True, slots=True)
class PartSurvey:
    """What a part would hold."""

    articles: int
    labels: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DatasetSurvey:
    """How a dataset would be split, and what would refuse it."""

    seen: Seen
    parts: Mapping[str, PartSurvey]
    split: Split
    problem: UserError | None


def surveyed_split(ask: Ask, choice: DatasetChoice, seen: Seen | None = None) -> Job[DatasetSurvey]:
    """Look at what a dataset would hold, on any thread; of what was seen before nothing is read again."""
    if seen is None or not seen.is_of(choice.export):
        export = _without_format(choice.export)
        seen = yield from of_one_moment(ask, export, lambda moment: _seen(moment, export))
    dealt = divided(seen.found, choice)
    problem = why_not(dealt, len(seen.found), is_adjudicated=choice.export.adjudicated)
    parts = {name: PartSurvey(len(ids), labels_of(seen.found, ids)) for name, ids in dealt.parts.items()}
    return DatasetSurvey(seen, parts, dealt, problem)


def _without_format(choice: ExportChoice) -> ExportChoice:
    return replace(choice, format_name="", chosen={}, inner=False)


def _seen(moment: Moment, choice: ExportChoice) -> Job[Seen]:
    gathering = Gathering(choice, moment.scheme)
    for number, content in enumerate(moment.contents(), 1):
        gathering.take(content)
        if number % _STEP == 0:
            yield Progress(number, len(moment), COMPARING)
    return Seen(choice, (yield from gathering.found()), gathering.remarks)
