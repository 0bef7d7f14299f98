"""Writes the card of a dataset: what it holds, how it was made, and how to tell that it is unchanged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from annotator import __version__
from annotator.model.formats import Written
from annotator.model.ids import Id
from annotator.model.left_out import frames_gone, spans_gone
from annotator.model.scoring import Score
from annotator.model.splitting import Splittable
from annotator.services.agreement import Agreement
from annotator.services.exporting_choice import DECIDED_TWICE, LABELLED_TWICE, NOT_ADJUDICATED, ExportChoice
from annotator.services.project import Project

CARD = "dataset_card.md"


@dataclass(slots=True)
class Looked:
    """What is seen of the exported articles before they are split."""

    agreed: Agreement
    found: list[Splittable] = field(default_factory=list)
    """What splitting looks at."""
    made_by: Counter[Id] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)


def card(
    project: Project,
    choice: ExportChoice,
    rule: Iterable[str],
    written: Mapping[str, Written],
    looked: Looked,
    *,
    labels: Mapping[str, Mapping[str, int]],
    files: Mapping[str, str],
) -> str:
    """Return the card as Markdown; the same data gives the same card."""
    parts = {
        "": [f"# {project.scheme.title or project.scheme.name}", "", *_about(project, choice)],
        "Counts": list(_counts(written, labels)),
        "Split": [f"- {line}" for line in rule],
        "Annotators": list(_annotators(project, looked.made_by, looked.remarks)),
        "Agreement": list(_agreement(looked.agreed, choice)),
        "Left out": list(_left_out(choice, written, looked.remarks)),
        "Scheme": list(_scheme(project)),
        "Files": list(
            _table(("file", "SHA-256"), ([f"`{name}`", f"`{hash_}`"] for name, hash_ in files.items()))
        ),
    }
    return (
        "\n\n".join(
            "\n".join([*([f"## {title}", ""] if title else []), *lines]) for title, lines in parts.items()
        )
        + "\n"
    )


def _about(project: Project, choice: ExportChoice) -> Iterator[str]:
    options = ", ".join(f"`{name}={value}`" for name, value in sorted(choice.chosen.items()))
    chosen = f" with {options}" if options else ""
    yield f"Made by annotator {__version__} in the format `{choice.format_name}`{chosen}."
    if choice.adjudicated:
        yield "It holds the adjudicated labels: those of the annotators who decide between the others."
    if choice.inner:
        yield "Spans stand without the quotation marks around them."
    if "offsets" not in choice.chosen:
        yield "Where the format leaves a choice, offsets count Unicode code points from 0, the end exclusive."
    yield f"The scheme is version {project.schemes.number()} of the project."


def _counts(written: Mapping[str, Written], labels: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    names = list(written)
    rows = [
        [what, *(f"{getattr(written[name], what):,}" for name in names)]
        for what in ("articles", "spans", "frames")
    ]
    known = sorted(set().union(*labels.values())) if labels else []
    of_labels = [[f"`{label}`", *(f"{labels[name].get(label, 0):,}" for name in names)] for label in known]
    if not any(spans_gone(one.left_out) or frames_gone(one.left_out) for one in written.values()):
        yield from _table(("", *names), [*rows, *of_labels])
        return
    yield from _table(("", *names), rows)
    yield ""
    yield "In the project these articles have more than the format can hold:"
    yield ""
    yield from _table(("label", *names), of_labels)


def _annotators(project: Project, made_by: Mapping[Id, int], remarks: Mapping[str, int]) -> Iterator[str]:
    rows = [
        [_cell(one.name), one.kind, f"{made_by[one.id]:,}"]
        for one in project.annotators()
        if made_by.get(one.id)
    ]
    yield from _table(("annotator", "kind", "spans and frames in the project"), rows)
    for what in (DECIDED_TWICE, LABELLED_TWICE):
        if count := remarks.get(what):
            yield ""
            yield f"There are {count:,} {what}; what two of them made stands twice."


def _agreement(found: Agreement, choice: ExportChoice) -> Iterator[str]:
    if not found.articles:
        yield (
            "Not known: no article of this dataset was labelled by two annotators."
            if choice.annotator is None
            else "Not known: this dataset holds the work of one annotator."
        )
        return
    named = ((_cell(one), _cell(other), count) for (one, other), count in sorted(found.pairs.items()))
    pairs = ", ".join(f"{one} and {other} {count:,}" for one, other, count in named)
    yield f"Articles that two annotators or more labelled: {found.articles:,} ({pairs})."
    yield ""
    yield "F1 of all pairs of annotators together, in the articles that both labelled or said to be done;"
    yield "adjudicators are left out of it."
    yield "Strict: the same label and characters; of frames, the same value and characters in every role; of"
    yield "labels of articles, the same values."
    yield "Overlap: the same label and a word in common; of frames, the same value and roles, and a word in"
    yield "common in each."
    yield ""
    rows = (
        [f"`{label}`", *_counted(one.strict), f"{one.strict.f1:.3f}", f"{one.overlap.f1:.3f}"]
        for label, one in sorted(found.scores.items())
    )
    yield from _table(("label", "by the first", "by the second", "strict F1", "overlap F1"), rows)


def _counted(score: Score) -> tuple[str, str]:
    return f"{score.proposed:,}", f"{score.wanted:,}"


def _left_out(
    choice: ExportChoice, written: Mapping[str, Written], remarks: Mapping[str, int]
) -> Iterator[str]:
    lines = [
        f"Labels other than {', '.join(sorted(choice.labels))}." if choice.labels else "",
        "Articles that are not marked as done." if choice.finished else "",
        "Articles in which nothing was made." if choice.touched else "",
        "" if choice.suggestions else "Suggestions that nobody decided on.",
        "" if choice.rejected else "Suggestions that were rejected.",
    ]
    yield from (f"- {line}" for line in lines if line)
    left = sum((Counter(one.left_out) for one in written.values()), Counter())
    left_articles = Counter({NOT_ADJUDICATED: remarks.get(NOT_ADJUDICATED, 0)})
    yield from (f"- {what}: {count:,}" for what, count in sorted((left + left_articles).items()))


def _scheme(project: Project) -> Iterator[str]:
    scheme = project.scheme
    yield scheme.guideline.strip() or "No guideline is written."
    for label in scheme.labels:
        if not label.retired:
            yield ""
            yield f"### {label.title or label.name} (`{label.name}`)"
            yield ""
            yield label.guideline.strip() or "No guideline is written."


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    columns = list(head)
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")
