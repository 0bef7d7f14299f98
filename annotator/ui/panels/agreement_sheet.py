"""Says how far annotators agree, on a sheet: F1 by label, strict and by overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annotator.model.job import Job
from annotator.model.scheme import Scheme
from annotator.ui.panels.result_sheet import Outcome, ResultSheet
from annotator.ui.panels.words import label_title, tr
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.agreement import Agreement
    from annotator.services.project import Project


def compare_annotators(session: Session, parent: QWidget) -> None:
    """Compare the annotators of the project in the background, and show what comes of it."""

    def _show(found: Agreement) -> None:
        if session.scheme is not None:
            outcome = agreement_outcome(found, session.scheme)
            sheet = ResultSheet(tr("How far annotators agree"), outcome, parent)
            sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            sheet.show()

    session.long_work.run_on_project(tr("Comparing annotators"), _compared, _show)


def agreement_outcome(found: Agreement, scheme: Scheme) -> Outcome:
    """Return what is said of it: who was compared, then the labels in the order of the scheme."""
    if not found.articles:
        return Outcome(
            title=tr("Nothing to compare yet: no two annotators labelled, or marked as done, one article."),
            notes=(tr("Adjudicators are left out: they know what the others said."),),
        )
    pairs = (
        tr("{one} and {other}: {count:,}").format(one=one, other=other, count=count)
        for (one, other), count in sorted(found.pairs.items())
    )
    order = [label.name for label in scheme.labels]
    labels = sorted(found.scores, key=lambda one: (order.index(one) if one in order else len(order), one))
    line = tr("{label}: F1 {overlap:.2f} by overlap, {strict:.2f} strict ({first:,} and {second:,} marked)")
    return Outcome(
        title=tr("Articles that two annotators or more labelled: {count:,}").format(count=found.articles),
        notes=(
            *pairs,
            tr("Strict: the same characters, and of frames the same value. By overlap: a word in common."),
            tr("Adjudicators are left out: they know what the others said."),
            *(
                line.format(
                    label=label_title(scheme, label),
                    overlap=found.scores[label].overlap.f1, strict=found.scores[label].strict.f1,
                    first=found.scores[label].strict.proposed, second=found.scores[label].strict.wanted,
                )
                for label in labels
            ),
        ),
    )  # fmt: skip


def _compared(project: Project) -> Job[Agreement]:
    # Late: loads the store, which the window does without until then.
    from annotator.services.agreement import agreement_job  # noqa: PLC0415

    return agreement_job(project)
