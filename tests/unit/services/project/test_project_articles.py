"""Articles: reading, emptiness, labels, paragraphs, facts; each one step, every refusal."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.model.article_filter import ArticleFilter
from annotator.model.ids import new_id
from annotator.model.records import ArticleLabel, Fragment


def reading(desk: Any, article: Any = None) -> list[str]:
    rows = desk.project.article_rows([article or desk.bridge])
    return [row.reading for row in rows]


def test_the_first_operation_begins_an_article_and_is_no_step(desk: Any) -> None:
    assert reading(desk) == ["new"]
    desk.span("CLAIM", "It is safe")
    assert reading(desk) == ["begun"]
    assert reading(desk, desk.copy) == ["new"]
    assert desk.project.undo_name() == "Add claim"
    desk.project.undo()
    assert reading(desk) == ["begun"]
    assert desk.project.undo_name() == "Import 3 articles"


def test_the_note_that_an_article_is_begun_comes_with_the_changes(desk: Any) -> None:
    first = desk.project.add_span(desk.bridge, "CLAIM", [(0, 3)])
    second = desk.project.add_span(desk.bridge, "CLAIM", [(3, 5)])
    assert [type(one.record).__name__ for one in first.changes] == ["Span", "ArticleReading"]
    assert len(second.changes) == 1


def test_reading_states_are_steps(desk: Any) -> None:
    desk.one_step(lambda: desk.project.set_reading(desk.bridge, "done"))
    assert reading(desk) == ["done"]
    desk.one_step(lambda: desk.project.set_reading(desk.bridge, "begun"))
    assert desk.project.set_reading(desk.bridge, "begun").changes == ()
    desk.project.undo()
    assert reading(desk) == ["done"]
    desk.project.undo()
    assert reading(desk) == ["new"]
    desk.refuses("This article is not", lambda: desk.project.set_reading(new_id(), "done"))
    desk.refuses("no state of reading 'finished'", lambda: desk.project.set_reading(desk.bridge, "finished"))


def test_readings_are_each_annotators_own(desk: Any) -> None:
    desk.project.set_reading(desk.bridge, "done")
    desk.project.people.work_as("Bea")
    assert reading(desk) == ["new"]
    desk.span("CLAIM", "It is safe")
    assert reading(desk) == ["begun"]
    desk.project.people.work_as("Ann")
    assert reading(desk) == ["done"]
    done = ArticleFilter(reading="done")
    assert desk.project.article_ids(where=done) == [desk.bridge]


def test_nothing_here(desk: Any) -> None:
    stretch = Fragment(0, 10)
    desk.one_step(lambda: desk.project.record_nothing(desk.empty, "attributions", stretch))
    desk.one_step(lambda: desk.project.record_nothing(desk.empty, "attributions", None))
    desk.one_step(lambda: desk.project.record_nothing(desk.empty, "stances", stretch))
    found = [(one.layer, one.stretch) for one in desk.content(desk.empty).nothing_here]
    assert found == [("attributions", stretch), ("attributions", None), ("stances", stretch)]
    desk.refuses(
        "recorded for this place already", lambda: desk.project.record_nothing(desk.empty, "stances", stretch)
    )
    desk.refuses("outside", lambda: desk.project.record_nothing(desk.empty, "all", Fragment(0, 999)))
    desk.refuses("This article is not", lambda: desk.project.record_nothing(new_id(), "all"))
    desk.project.people.work_as("Bea")
    desk.one_step(lambda: desk.project.record_nothing(desk.empty, "stances", stretch))


def test_labels_of_articles(desk: Any) -> None:
    desk.one_step(lambda: desk.project.articles.add_label(desk.bridge, "ARTICLE_KIND", {"kind": "interview"}))
    (label,) = desk.content().labels
    change = desk.project.articles.change_label
    desk.one_step(lambda: change(label.id, attributes={"kind": "report"}))
    desk.one_step(lambda: change(label.id, note="sure"))
    (changed,) = desk.content().labels
    assert (changed.attributes, changed.note) == ({"kind": "report"}, "sure")
    assert change(label.id, label="ARTICLE_KIND", note="sure").changes == ()
    desk.refuses("for stretches of text", lambda: change(label.id, label="CLAIM"))
    desk.refuses("not a value of kind", lambda: change(label.id, attributes={"kind": "song"}))
    desk.refuses("article label is not", lambda: change(new_id(), note="x"))
    desk.refuses("no label “ECHO”", lambda: desk.project.articles.add_label(desk.bridge, "ECHO"))
    desk.refuses("This article is not", lambda: desk.project.articles.add_label(new_id(), "ARTICLE_KIND"))
    assert isinstance(label, ArticleLabel)


def blocks(desk: Any, article: Any = None) -> list[tuple[int, int, str]]:
    return [(one.start, one.end, one.kind) for one in desk.content(article or desk.empty).blocks]


def test_the_kind_of_a_paragraph_is_corrected(desk: Any) -> None:
    headline = desk.content().blocks[0]
    desk.one_step(
        lambda: desk.project.articles.set_block(desk.bridge, headline.start, headline.end, "caption")
    )
    assert desk.content().blocks[0].id == headline.id
    assert desk.content().blocks[0].kind == "caption"
    again = desk.project.articles.set_block(desk.bridge, headline.start, headline.end, "caption")
    assert again.changes == ()


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 26, [(0, 26, "question"), (27, 46, "body")]),
        (27, 46, [(0, 26, "body"), (27, 46, "question")]),
        (4, 11, [(0, 3, "body"), (4, 11, "question"), (12, 46, "body")]),
        (0, 46, [(0, 46, "question")]),
    ],
)
def test_a_new_paragraph_makes_room(desk: Any, start: int, end: int, expected: list[Any]) -> None:
    assert blocks(desk) == [(0, 46, "body")]
    desk.one_step(lambda: desk.project.articles.set_block(desk.empty, start, end, "question"))
    assert blocks(desk) == expected


def test_a_paragraph_swallows_smaller_ones(desk: Any) -> None:
    before = blocks(desk, desk.bridge)
    start, end = before[0][0] + 7, before[2][1]
    desk.one_step(lambda: desk.project.articles.set_block(desk.bridge, start, end, "body"))
    assert blocks(desk, desk.bridge) == [(0, 6, "headline"), (start, end, "body")]


def test_paragraphs_that_are_refused(desk: Any) -> None:
    desk.refuses(
        "not a kind of paragraph", lambda: desk.project.articles.set_block(desk.empty, 0, 4, "chorus")
    )
    desk.refuses("outside", lambda: desk.project.articles.set_block(desk.empty, 0, 999, "body"))
    desk.refuses("empty", lambda: desk.project.articles.set_block(desk.empty, 4, 4, "body"))
    desk.refuses("This article is not", lambda: desk.project.articles.set_block(new_id(), 0, 4, "body"))


def test_facts_of_an_article(desk: Any) -> None:
    text = desk.content().article.text
    change = desk.project.articles.change
    desk.one_step(lambda: change(desk.bridge, title="The bridge", language="de"))
    desk.one_step(lambda: change(desk.bridge, meta={"outlet": "Radio Six", "byline": ""}))
    article = desk.content().article
    assert (article.title, article.language, article.text) == ("The bridge", "de", text)
    assert article.meta == {"published": "2024-05-01", "outlet": "Radio Six"}
    assert change(desk.bridge, title="The bridge").changes == ()
    desk.refuses("This article is not", lambda: change(new_id(), title="x"))
    assert desk.project.find_article("The bridge") == desk.bridge
