"""Agreement of annotators who labelled the same articles, against figures made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from made_projects import Plan, project_in

from annotator.exchange.jsonl.record_out import distinct_names
from annotator.model.errors import UserError
from annotator.model.ids import new_ids
from annotator.model.job import run
from annotator.model.records import (
    Annotator,
    Article,
    ArticleLabel,
    ArticleReading,
    Fragment,
    Frame,
    RoleEnd,
    Span,
)
from annotator.model.text import sha256_of
from annotator.services.agreement import Agreement, differing_job
from annotator.services.datasets import dataset_job
from annotator.services.datasets_choice import DatasetChoice
from annotator.services.datasets_survey import surveyed_split
from annotator.services.exporting_choice import LABELLED_TWICE, ExportChoice
from annotator.services.moment import at_hand
from annotator.services.project import Project

TEXT = "The mayor said the old bridge is safe. Nobody asked."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, "p") as found:
        yield found


class Work:
    """Articles and what annotators made in them."""

    def __init__(self, project: Project, *names: str) -> None:
        self.by = {"Anna": project.annotator.id}
        self.records: list[Any] = []
        for name in names:
            (own,) = new_ids(1)
            self.by[name] = own
            self.records.append(Annotator(own, name))

    def article(self, number: int) -> bytes:
        (own,) = new_ids(1)
        text = f"{TEXT} {' '.join(f'w{number}x{at}' for at in range(40))}"
        self.records.append(Article(own, f"{number}.txt", "", text, sha256_of(text)))
        return own

    def span(self, article: bytes, by: str, label: str, start: int, end: int) -> bytes:
        (own,) = new_ids(1)
        self.records.append(Span(own, article, label, (Fragment(start, end),), self.by[by], 5))
        return own

    def label(self, article: bytes, by: str, value: str) -> None:
        (own,) = new_ids(1)
        self.records.append(ArticleLabel(own, article, "TOPIC", self.by[by], 5, {"words": value}))

    def frame(self, article: bytes, by: str, claim: bytes, source: bytes) -> None:
        (own,) = new_ids(1)
        roles = (RoleEnd("claim", "span", claim), RoleEnd("source", "span", source))
        self.records.append(Frame(own, article, "TELLS", roles, self.by[by], 5))


def scores(found: Agreement) -> dict[str, tuple[float, float]]:
    return {label: (round(one.strict.f1, 3), round(one.overlap.f1, 3)) for label, one in found.scores.items()}


def agreement(project: Project, articles: set[bytes]) -> Agreement:
    found = Agreement(distinct_names({one.id: one for one in project.annotators()}))
    for content in project.contents():
        if content.article.id in articles:
            found.add(content)
    return found


def test_figures_made_by_hand(project):
    work = Work(project, "Ben", "Cleo")
    article, alone, read = work.article(1), work.article(2), work.article(3)
    same = [(by, work.span(article, by, "SOURCE", 0, 9)) for by in ("Anna", "Ben")]
    claims = [work.span(article, "Anna", "CLAIM", 15, 37), work.span(article, "Ben", "CLAIM", 19, 37)]
    for (by, source), claim in zip(same, claims, strict=True):
        work.frame(article, by, claim, source)
    work.span(article, "Anna", "CLAIM", 39, 51)
    work.span(alone, "Anna", "CLAIM", 0, 3)
    work.span(read, "Anna", "CLAIM", 0, 3)
    (own,) = new_ids(1)
    work.records.append(ArticleReading(own, read, work.by["Cleo"], "done", 5))
    project.write_import(Plan(work.records))
    found = agreement(project, {article, alone, read})
    assert found.articles == 2
    assert dict(found.pairs) == {("Anna", "Ben"): 1, ("Anna", "Cleo"): 1}
    # CLAIM: Anna made 3 where others looked too, Ben 1 and Cleo none; one of them overlaps.
    # TELLS: the same source, and claims that overlap.
    assert scores(found) == {"SOURCE": (1.0, 1.0), "CLAIM": (0.0, 0.5), "TELLS": (0.0, 1.0)}
    assert agreement(project, {alone}).articles == 0


def test_labels_of_articles_agree_strictly_with_the_same_values(project):
    work = Work(project, "Ben")
    for number, values in enumerate((("news", "news"), ("news", "opinion"), ("news", None))):
        article = work.article(number)
        for by, value in zip(("Anna", "Ben"), values, strict=True):
            if value:
                work.label(article, by, value)
    project.write_import(Plan(work.records))
    found = agreement(project, set(project.article_ids()))
    assert found.articles == 2  # in the third Ben did nothing
    assert scores(found) == {"TOPIC": (0.5, 1.0)}


def test_two_annotators_of_one_name_are_two(project):
    work = Work(project)
    article = work.article(1)
    (other,) = new_ids(1)
    work.by["Other"] = other
    work.records.append(Annotator(other, "Anna"))
    work.span(article, "Anna", "CLAIM", 0, 3)
    work.span(article, "Other", "CLAIM", 0, 3)
    project.write_import(Plan(work.records))
    found = agreement(project, {article})
    assert list(found.pairs) == [("Anna", "Anna (2)")]
    assert scores(found) == {"CLAIM": (1.0, 1.0)}


def test_the_card_of_a_dataset_tells_it(project, tmp_path):
    work = Work(project, "Ben | two")
    for number in range(12):
        article = work.article(number)
        work.span(article, "Anna", "CLAIM", 15, 37)
        if number % 2:
            work.span(article, "Ben | two", "CLAIM", 15 + number % 4, 37)
    project.write_import(Plan(work.records))
    choice = DatasetChoice(export=ExportChoice(touched=True), together=())
    made = run(dataset_job(project, tmp_path / "d", choice))
    assert run(surveyed_split(at_hand(project), choice)).seen.remarks == made.remarks == {LABELLED_TWICE: 6}
    card = (tmp_path / "d" / "dataset_card.md").read_text("utf-8")
    assert "There are 6 articles with the labels of several annotators, which all go in; what two" in card
    assert "Articles that two annotators or more labelled: 6 (Anna and Ben \\| two 6)." in card
    assert "| `CLAIM` | 6 | 6 | 0.000 | 1.000 |" in card
    with_one = DatasetChoice(export=ExportChoice(touched=True, annotator=project.annotator.id), together=())
    run(dataset_job(project, tmp_path / "e", with_one))
    assert "holds the work of one annotator" in (tmp_path / "e" / "dataset_card.md").read_text("utf-8")


def test_without_a_second_annotator_nothing_is_known(project, tmp_path):
    work = Work(project)
    for number in range(12):
        work.span(work.article(number), "Anna", "CLAIM", 15, 37)
    project.write_import(Plan(work.records))
    run(dataset_job(project, tmp_path / "d", DatasetChoice(together=())))
    card = (tmp_path / "d" / "dataset_card.md").read_text("utf-8")
    assert "Not known: no article of this dataset was labelled by two annotators." in card


def test_who_is_not_compared_any_more_differs_from_nobody(project):
    with pytest.raises(UserError, match="Lea is compared with nobody: adjudicators are not"):
        run(differing_job(project, ("Anna", "Lea")))
