"""How a dataset would be split: articles and labels of each part, groups, what leaks, what refuses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator.model.scheme import LABEL_KINDS, Scheme
from annotator.model.splitting import PARTS
from annotator.ui.panels.export_preview import remarked
from annotator.ui.panels.figures import FiguresTable
from annotator.ui.panels.latest import Latest
from annotator.ui.panels.widgets import SMALL, PlainLabel, column
from annotator.ui.panels.words import begun, label_titles, tr
from annotator.ui.saying import translated
from annotator.ui.session import Session
from annotator.ui.worker import Running

if TYPE_CHECKING:
    from annotator.services.datasets_choice import DatasetChoice
    from annotator.services.datasets_survey import DatasetSurvey, PartSurvey, Seen

_LINES = 5
"""Lines of the table that are always there."""


class DatasetPreview(QWidget):
    """Looks at the project in the background; dealing anew what was seen already takes no time."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._seen: Seen | None = None
        self._latest: Latest[DatasetChoice] = Latest(self, self._look)
        self.said = PlainLabel(self.tr("Looking at the project…"))
        self.table = FiguresTable(self.tr("What each part would hold"), [self.tr("In each part"), *PARTS])
        header = self.table.horizontalHeader()
        line = self.table.verticalHeader().defaultSectionSize()
        self.table.setMinimumHeight(header.sizeHint().height() + _LINES * line)
        layout = column(self, spacing=SMALL)
        layout.addWidget(self.said)
        layout.addWidget(self.table, 1)

    def look_at(self, choice: DatasetChoice) -> None:
        """Show what this choice would hold, soon."""
        self._latest.look_at(choice)

    def show_refusal(self, words: str) -> None:
        """Say why there is nothing to be looked at."""
        self.stop()
        self.said.show_text(words)
        self.table.show_rows([])

    def stop(self) -> None:
        """Look no longer."""
        self._latest.stop()

    def _look(self, choice: DatasetChoice) -> Running:
        return self._session.long_work.survey_dataset(
            choice, self._seen, lambda found: self._on_found(choice, found)
        )

    def _on_found(self, choice: DatasetChoice, found: DatasetSurvey) -> None:
        self._seen = found.seen
        scheme = self._session.scheme
        if choice == self._latest.choice and scheme is not None:
            problem = [translated(found.problem)] if found.problem is not None else []
            said = [
                *problem,
                *map(begun, remarked(found.seen.remarks)),
                *map(translated, found.split.said()),
            ]
            self.said.show_text("\n".join(said))
            self.table.show_rows([*_rows(found.parts, scheme)] if found.seen.found else [])


def _rows(parts: Mapping[str, PartSurvey], scheme: Scheme) -> Iterator[tuple[str, ...]]:
    """Yield the articles of each part, all its spans and frames, and each label that stands in any."""
    held = [parts.get(name) for name in PARTS]
    labels = [one.labels if one is not None else {} for one in held]
    yield (tr("Articles"), *_cells(one.articles if one is not None else 0 for one in held))
    for kind, words in zip(LABEL_KINDS, (tr("Spans"), tr("Frames"), tr("Labels of articles")), strict=True):
        known = scheme.of(kind)
        totals = [sum(one.get(label.name, 0) for label in known) for one in labels]
        if any(totals):
            yield (words, *_cells(totals))
            for name, title in label_titles(known).items():
                counts = [one.get(name, 0) for one in labels]
                if any(counts):
                    yield (f"    {title}", *_cells(counts))


def _cells(counts: Iterable[int]) -> Iterator[str]:
    return (f"{one:,}" for one in counts)
