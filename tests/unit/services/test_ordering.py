"""Orders of articles that are computed in a job."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_projects import Plan

from annotator.model.ids import new_id
from annotator.model.job import run
from annotator.model.records import Article
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.text import sha256_of
from annotator.services.ordering import order_articles
from annotator.services.project import Project

TEXTS = {
    "views.txt": "I think it may be so. You could ask. What do you want?",
    "facts.txt": "Crime fell by 40 percent in 2015. The mayor spent $3 million on the dam in May.",
    "some.txt": "The dam was closed by Ada Quist in 2015. You may ask.",
}


def articles(texts):
    """Return a plan that adds articles."""
    return Plan([Article(new_id(), name, name, text, sha256_of(text)) for name, text in texts.items()])


@pytest.fixture
def project(tmp_path: Path):
    made = Project.create(tmp_path / "p.annot", read_scheme(resource("schemes/default.toml")), "Ann")
    made.write_import(articles(TEXTS))
    yield made
    made.close()


def names(project, order):
    found = run(order_articles(project, order))
    return [project.content(one).article.name for one in found]


def test_by_what_is_worth_checking(project):
    assert names(project, "worth") == ["facts.txt", "some.txt", "views.txt"]


def test_by_what_is_useful_next_with_done_ones_last(project):
    project.set_reading(project.find_article("facts.txt"), "done")
    assert names(project, "useful")[-1] == "facts.txt"
    assert len(names(project, "useful")) == 3


def test_near_copies_stand_together_before_all_others(project):
    words = "the office said on Monday that the boat to the island would be late because of strong wind"
    copies = {f"{at}.txt": f"{words} from the north and not before {at}." for at in ("noon", "dusk")}
    project.write_import(articles({"lone.txt": "Rain fell.", **copies}))
    assert names(project, "copies") == ["noon.txt", "dusk.txt", *TEXTS, "lone.txt"]


@pytest.mark.parametrize("order", ["worth", "useful", "copies"])
def test_it_goes_article_by_article_and_one_that_went_is_left_out(project, order):
    job = order_articles(project, order)
    progress = next(job)
    assert (progress.done, progress.total) == (0, 3)
    project.articles.remove([project.find_article("some.txt")])
    assert len(run(job)) == 2
