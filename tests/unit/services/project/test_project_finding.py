"""Search in all articles in batches, and labels for what was found, as one step."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from annotator.model.ids import Id
from annotator.model.job import run
from annotator.model.matching import Place, Wanted
from annotator.model.records import Span, SuggestedSpan
from annotator.services.project import Project
from annotator.services.project_finding import Found


def found(desk: Any, *wanted: Any, limit: int = 99, **how: Any) -> list[Found]:
    finder, query = desk.project.finder, Wanted(*wanted, **how)
    return [one for batch in finder.batches(query) for one in finder.look(query, batch, limit)]


def hits(desk: Any, *wanted: Any, **how: Any) -> list[str]:
    return [hit.text for one in found(desk, *wanted, **how) for hit in one.hits]


def places(desk: Any, *wanted: Any, **how: Any) -> dict[Id, list[Place]]:
    return {one.article: [(hit.start, hit.end) for hit in one.hits] for one in found(desk, *wanted, **how)}


def test_hits_come_with_their_articles_and_stand_where_they_say(desk: Any) -> None:
    both = found(desk, "quist")
    assert [(one.article, one.title) for one in both] == [
        (desk.bridge, "Bridge is safe: mayor"),
        (desk.copy, desk.content(desk.copy).article.title or "copy.txt"),
    ]
    for one in both:
        text = desk.content(one.article).article.text
        for hit in one.hits:
            assert text[hit.start : hit.end] == hit.text == "Quist"
            assert text.startswith(hit.before + hit.text + hit.after, hit.start - len(hit.before))


def test_each_manner_looks_where_it_has_to(desk: Any) -> None:
    assert hits(desk, "safe bridge") == ["Bridge", "safe", "safe", "bridge"]
    assert hits(desk, "is safe", "phrase") == ["is safe", "is safe"]
    assert hits(desk, "afe", whole=False) == ["afe", "afe", "afe"]
    assert hits(desk, "😀") == ["😀"]
    assert hits(desk, "radio six", "phrase", case=True) == []
    assert hits(desk, "quist", article=desk.copy) == ["Quist"]
    assert hits(desk, "zebra") == []
    assert desk.project.finder.batches(Wanted("  ")) == ()


def test_patterns_get_all_texts(desk: Any) -> None:
    (batch,) = desk.project.finder.batches(Wanted("x+", "pattern"))
    texts = desk.project.finder.texts(batch)
    assert [one.article for one in texts] == [desk.bridge, desk.copy, desk.empty]
    (one,) = desk.project.finder.found(texts, [[], [(0, 3)], []])
    assert (one.article, [hit.text for hit in one.hits]) == (desk.copy, ["“It"])


def test_a_limit_holds_over_a_batch(desk: Any) -> None:
    assert sum(len(one.hits) for one in found(desk, "e", limit=5, whole=False)) == 5


def test_a_removed_article_is_not_looked_at(desk: Any) -> None:
    (batch,) = desk.project.finder.batches(Wanted("quist"))
    desk.project.articles.remove([desk.copy])
    assert [one.article for one in desk.project.finder.look(Wanted("quist"), batch, 9)] == [desk.bridge]
    assert [one.article for one in found(desk, "quist")] == [desk.bridge]


def test_what_is_labelled_already_is_known_place_by_place(desk: Any) -> None:
    desk.span("PERSON", "Ada Quist")
    desk.span("SOURCE", "Mayor Ada Quist")
    (first,) = found(desk, "ada quist", "phrase", article=desk.bridge)
    (standing,) = first.standings
    assert standing.same == {"PERSON"}
    assert standing.overlaps
    (clerk,) = found(desk, "clerk")
    assert (clerk.standings[0].same, clerk.standings[0].overlaps) == (frozenset(), False)


def test_labels_are_put_in_one_step_and_twins_are_left_out(desk: Any) -> None:
    desk.span("PERSON", "Quist")
    wanted = places(desk, "quist")
    plan = run(desk.project.finder.plan("PERSON", wanted))
    assert (plan.count, plan.articles) == (2, 2)
    changes = desk.one_step(lambda: desk.project.finder.write(plan))
    assert changes.operation == "Label 2 places as person"
    assert len(list(changes.of(Span))) == 2
    people = [one for one in desk.everything()["span"].values() if one.label == "PERSON"]
    assert sorted((one.article, one.start) for one in people) == sorted(
        (article, start) for article, those in wanted.items() for start, _ in those
    )
    assert {one.annotator for one in people} == {desk.project.annotator.id}
    desk.refuses(
        "already", lambda: desk.project.finder.write(run(desk.project.finder.plan("PERSON", wanted)))
    )


def test_what_is_suggested_so_is_accepted(desk: Any) -> None:
    same = desk.suggested("ORG", "Radio Six", attributes={})
    other = desk.suggested("PERSON", "Radio Six", article=desk.copy)
    desk.propose(same, other)
    plan = run(desk.project.finder.plan("ORG", places(desk, "radio six", "phrase")))
    changes = desk.one_step(lambda: desk.project.finder.write(plan))
    (accepted,) = [one.after for one in changes.of(SuggestedSpan)]
    assert (accepted.id, accepted.state) == (same.id, "accepted")
    span = desk.get(accepted.became)
    assert (span.article, span.origin, span.fragments) == (desk.bridge, "suggestion", same.fragments)
    assert desk.get(other.id).state == "open"


def test_a_plan_that_is_old_is_made_anew(desk: Any) -> None:
    wanted = places(desk, "quist")
    plan = run(desk.project.finder.plan("PERSON", wanted))
    desk.span("PERSON", "Quist")
    desk.project.articles.remove([desk.copy])
    assert len(list(desk.project.finder.write(plan).of(Span))) == 1
    people = [(one.start, one.end) for one in desk.content().spans if one.label == "PERSON"]
    assert sorted(people) == wanted[desk.bridge]


def test_the_same_place_asked_for_twice_is_labelled_once(desk: Any) -> None:
    plan = run(desk.project.finder.plan("PERSON", {desk.bridge: [(0, 6), (0, 6), (5, 9999), (4, 4)]}))
    assert plan.free == ((desk.bridge, (0, 6)),)
    assert desk.project.finder.write(plan).operation == "Add person"


@pytest.mark.parametrize("label", ["ATTRIBUTION", "ARTICLE_KIND", "NO_SUCH", "WORK_OF_ART"])
def test_only_labels_of_spans_that_are_offered_are_put(desk: Any, label: str) -> None:
    desk.refuses(".", lambda: run(desk.project.finder.plan(label, {desk.bridge: [(0, 6)]})))


def test_nothing_is_put_in_a_project_for_reading_only(desk: Any, tmp_path: Path) -> None:
    wanted = places(desk, "quist")
    desk.project.close()
    copy = tmp_path / "copy.annot"
    shutil.copyfile(desk.path, copy)
    desk.project = Project.open(copy, read_only=True)
    plan = run(desk.project.finder.plan("PERSON", wanted))
    desk.refuses("reading only", lambda: desk.project.finder.write(plan))


def test_leaving_a_plan_half_made_leaves_no_trace(desk: Any) -> None:
    count = len(desk.project.history(10_000))
    job = desk.project.finder.plan("PERSON", places(desk, "quist"))
    next(job)
    job.close()
    assert len(desk.project.history(10_000)) == count
