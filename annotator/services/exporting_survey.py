"""Says before an export what it will hold, what its format cannot hold, and how its first record looks."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, TypeVar

from annotator.model.formats import Exporter, ExportSource
from annotator.model.ids import Id
from annotator.model.job import Job, Progress
from annotator.model.records import ArticleContent
from annotator.services.exporting import chosen_exporter, export_source, unused
from annotator.services.exporting_choice import ExportChoice, chosen_content
from annotator.services.moment import Ask, Moment, Overtaken, at_hand
from annotator.services.project import Project

T = TypeVar("T")
_STEP = 20
_SAMPLE = 6000
"""Characters of each file that are shown."""
_RICH_ENOUGH = 3
"""Records of an article that are enough to show how they will look."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What an export would write, and what its format could not hold, with counts."""

    articles: int = 0
    spans: int = 0
    frames: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    sample: str = ""
    """The record of one article, as it would be written."""
    remarks: Mapping[str, int] = field(default_factory=dict)
    """What else is to be known of the choice, with counts."""


def survey_job(project: Project, choice: ExportChoice) -> Job[Survey]:
    """Look at everything that would be exported, in short slices; nothing is written."""
    return surveyed(at_hand(project), choice)


def surveyed(ask: Ask, choice: ExportChoice) -> Job[Survey]:
    """Look at everything that would be exported of the project that is asked, on any thread."""
    return of_one_moment(ask, choice, lambda moment: _surveyed(moment, choice))


def of_one_moment(ask: Ask, choice: ExportChoice, look: Callable[[Moment], Job[T]]) -> Job[T]:
    """Look at a project as it is at one moment; anew where what is written meanwhile changes too much."""
    while True:
        moment = Moment(ask, choice)
        try:
            return (yield from look(moment))
        except Overtaken:
            yield Progress(0, len(moment), "counting")
        finally:
            moment.close()


def _surveyed(moment: Moment, choice: ExportChoice) -> Job[Survey]:
    kind, exporter = chosen_exporter(choice.format_name)
    source = export_source(moment, choice, kind, ())
    left_out: Counter[str] = Counter()
    remarks: Counter[str] = Counter()
    counts = Counter(articles=0, spans=0, frames=0)
    above: set[Id] = set()
    shown: ArticleContent | None = None
    richness = (-1, -1)
    for number, content in enumerate(moment.contents(), 1):
        chosen = chosen_content(content, choice, source.scheme, left_out, remarks)
        if chosen is not None:
            counts.update(articles=1, spans=len(chosen.spans), frames=len(chosen.frames))
            above.update(one.id for one in chosen.actors)
            above.update(one.id for one in chosen.claim_cards)
            lost = exporter.losses(chosen, source)
            left_out += lost
            found = _richness(chosen, lost.total())
            if found > richness:
                shown, richness = chosen, found
        if number % _STEP == 0:
            yield Progress(number, len(moment), "counting")
    if choice.is_whole:
        left_out += unused(moment, above)
    sample = "" if shown is None else _sample(export_source(moment, choice, kind, (shown,)), exporter, shown)
    return Survey(**counts, left_out=dict(left_out), sample=sample, remarks=dict(remarks))


def _richness(content: ArticleContent, lost: int) -> tuple[int, int]:
    """Return how well an article shows what the format makes of records: by those kept, then by its spans."""
    kept = len(content.spans) + len(content.frames) + len(content.labels) - lost
    return min(_RICH_ENOUGH, max(kept, 0)), min(_RICH_ENOUGH, len(content.spans))


def _sample(source: ExportSource, exporter: Exporter, content: ArticleContent) -> str:
    shown = getattr(exporter, "sample", None)
    if shown is not None:
        words: str = shown(content, source)
        return words[:_SAMPLE]
    target = _Memory()
    for _count in exporter.write(source, target):
        pass
    return target.text()


class _Memory:
    """Takes what would be files."""

    def __init__(self) -> None:
        self._files: dict[str, io.BytesIO] = {}

    def open(self, name: str = "") -> BinaryIO:
        return self._files.setdefault(name, io.BytesIO())

    def text(self) -> str:
        """Return the files one after another, each below its name."""
        parts = []
        for name, file in self._files.items():
            words = file.getvalue()[: 4 * _SAMPLE].decode("utf-8", "replace")[:_SAMPLE]
            parts.append(f"{name}\n{'─' * len(name)}\n{words}" if name else words)
        return "\n".join(parts)
