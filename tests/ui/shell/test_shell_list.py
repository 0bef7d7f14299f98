"""The list of articles: order, filter, search, pages; and 100,000 of them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from annotator.model.changes import Changes
from annotator.model.ids import Id, new_ids
from annotator.model.records import Fragment
from annotator.model.scheme_edits import Place, RenameItem
from annotator.model.suggesting import Proposals, ProposedSpan
from annotator.services.suggesting import SuggestionPlan
from annotator.store import made
from annotator.ui import article_model
from annotator.ui.article_model import ROW, ArticleModel


def titles(desk) -> list[str]:
    model = desk.window.articles.model
    for row in range(model.rowCount()):
        model.data(model.index(row, 0), ROW)
    desk.settle()
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def test_rows_come_when_they_are_asked_for(desk) -> None:
    assert titles(desk)[0].startswith("Start here")
    model = desk.window.articles.model
    facts = [model.data(model.index(0, column)) for column in range(model.columnCount())]
    assert facts[2:4] == ["2024-03-18", "new"]
    assert model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole).startswith("Start here")
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) == "Title"


def test_order_by_title_and_date(desk) -> None:
    articles = desk.window.articles
    given = titles(desk)
    articles.sort.setCurrentIndex(2)
    desk.settle()
    by_title = titles(desk)
    assert sorted(by_title) == sorted(given)
    assert by_title != given
    articles.sort.setCurrentIndex(1)
    desk.settle()
    model = articles.model
    titles(desk)
    dates = [model.data(model.index(row, 2)) for row in range(model.rowCount())]
    assert dates == sorted(dates)
    assert desk.session.order == model.ids


def ordered(desk, name: str) -> list[Id]:
    """Choose an order that is computed, and wait for it."""
    articles = desk.window.articles
    at = articles.sort.findData(name)
    with desk.qtbot.waitSignal(articles.model.loaded):
        articles.sort.setCurrentIndex(at)
        articles.sort.activated.emit(at)
    desk.settle()
    return list(articles.model.ids)


def test_orders_that_are_computed_in_a_job_keep_every_article(desk) -> None:
    given = list(desk.window.articles.model.ids)
    for name in ("worth", "useful", "copies"):
        found = ordered(desk, name)
        assert sorted(found) == sorted(given)
        assert desk.session.order == desk.window.articles.model.ids
    assert not desk.session.long_work.is_busy


def test_a_done_article_is_not_useful_any_more_once_the_order_is_chosen_again(desk) -> None:
    first = ordered(desk, "useful")[0]
    desk.window.session.do(lambda project: project.set_reading(first, "done"))
    desk.settle()
    assert desk.window.articles.model.ids[0] == first
    assert ordered(desk, "useful")[0] != first


def test_a_filter_keeps_the_computed_order_and_another_order_ends_it(desk) -> None:
    articles = desk.window.articles
    given = list(articles.model.ids)
    found = ordered(desk, "worth")
    articles.filter.setCurrentIndex(articles.filter.findText("With suggestions"))
    desk.settle()
    assert list(articles.model.ids) == [one for one in found if one in set(articles.model.ids)]
    articles.filter.setCurrentIndex(0)
    articles.sort.setCurrentIndex(0)
    desk.settle()
    assert list(articles.model.ids) == given


def test_another_project_starts_as_given(desk) -> None:
    ordered(desk, "worth")
    desk.session.close_project()
    desk.settle()
    assert desk.window.articles.sort.currentData() == "given"


def test_what_others_labelled_and_finished_is_shown_alone(desk, monkeypatch) -> None:
    monkeypatch.setattr(made, "_SLICE", 20)  # as in a large project, which is asked again and again
    articles, order = desk.window.articles, list(desk.session.order)
    desk.qtbot.waitUntil(lambda: articles.model.rowCount() == len(order))
    assert articles.filter.findText("Labelled by Ada") < 0, "nobody but her is there"

    def bea_works(project: Any) -> Any:
        project.add_span(order[1], "CLAIM", (Fragment(0, 4),))
        project.set_reading(order[2], "done")
        return project.people.work_as("Ada")

    desk.session.do(lambda project: project.people.work_as("Bea"))
    desk.session.do(bea_works)
    desk.qtbot.waitUntil(lambda: articles.filter.findText("Labelled by Bea") > 0)
    for words, shown in (("Labelled by Bea", [order[1]]), ("Done by Bea", [order[2]])):
        articles.filter.setCurrentIndex(articles.filter.findText(words))
        desk.qtbot.waitUntil(lambda shown=shown: list(articles.model.ids) == shown)
    desk.session.do(lambda project: project.schemes.change(RenameItem(Place("CLAIM"), "SAID")))
    desk.settle()
    assert articles.filter.currentText() == "Done by Bea", "what is shown stays when labels change"
    assert list(articles.model.ids) == [order[2]]


def test_what_is_to_be_decided_is_shown_alone_to_who_decides(desk) -> None:
    articles, order = desk.window.articles, list(desk.session.order)
    desk.qtbot.waitUntil(lambda: articles.model.rowCount() == len(order))

    def two_work(project: Any) -> Any:
        for name in ("Bea", "Ben"):
            project.people.work_as(name)
            for article in order[1:3]:
                project.set_reading(article, "done")
        return project.people.work_as("Lea")

    desk.session.do(two_work)
    desk.settle()
    assert articles.filter.findText("To decide") < 0
    mine = desk.session.annotator.id
    desk.session.do(lambda project: project.people.set_adjudicators({mine}))
    desk.qtbot.waitUntil(lambda: articles.filter.findText("To decide") > 0)
    articles.filter.setCurrentIndex(articles.filter.findText("To decide"))
    desk.qtbot.waitUntil(lambda: list(articles.model.ids) == order[1:3])
    desk.session.do(lambda project: project.set_reading(order[1], "done"))
    desk.session.do(lambda project: project.people.work_as("Bea"))
    desk.qtbot.waitUntil(lambda: articles.filter.findText("To decide") < 0)
    desk.qtbot.waitUntil(lambda: len(articles.model.ids) == len(order))


def test_filter_by_progress_suggestions_and_label(desk) -> None:
    articles = desk.window.articles
    assert articles.filter.itemText(0) == "All articles"
    counts = {}
    for row in range(articles.filter.count()):
        if articles.filter.itemText(row):
            articles.filter.setCurrentIndex(row)
            desk.settle()
            counts[articles.filter.itemText(row)] = articles.model.rowCount()
    assert counts["All articles"] == counts["New"] + counts["Begun"] + counts["Done"] == 5
    assert 0 < counts["With suggestions"] < 5
    assert 0 < counts["With Claim"] <= 5


def test_search_looks_into_the_texts(desk) -> None:
    articles = desk.window.articles
    articles.search.setFocus()
    desk.qtbot.keyClicks(articles.search, "patience")
    desk.qtbot.keyClick(articles.search, Qt.Key.Key_Return)
    desk.settle()
    assert [one[:10] for one in titles(desk)] == ["Start here"]
    articles.search.setText("no such word anywhere")
    desk.qtbot.keyClick(articles.search, Qt.Key.Key_Return)
    desk.settle()
    assert articles.model.rowCount() == 0


def test_an_empty_list_says_why(desk) -> None:
    articles = desk.window.articles
    assert not articles.none.isVisible()
    articles.search.setFocus()
    articles.search.setText("no such word anywhere")
    desk.qtbot.keyClick(articles.search, Qt.Key.Key_Return)
    desk.settle()
    assert articles.none.isVisible()
    assert articles.none.text().startswith("No article is like that")
    articles.search.clear()
    desk.qtbot.keyClick(articles.search, Qt.Key.Key_Return)
    desk.settle()
    assert not articles.none.isVisible()
    ids = list(articles.model.ids)
    desk.session.do(lambda project: project.articles.remove(ids))
    desk.settle()
    assert articles.none.isVisible()
    assert articles.none.text() == "No articles yet."


def test_a_change_renews_the_row(desk) -> None:
    titles(desk)
    model = desk.window.articles.model
    assert model.data(model.index(0, 3)) == "new"
    desk.drag("readers would have the patience")
    desk.press("c")
    desk.settle()
    assert model.data(model.index(0, 3)) == "begun"


def test_a_change_reads_one_row_and_many_changes_leave_the_place(desk, monkeypatch) -> None:
    titles(desk)
    model, asked = desk.window.articles.model, []
    real = article_model._rows
    monkeypatch.setattr(article_model, "_rows", lambda *args: asked.append(args[1]) or real(*args))
    article = desk.content.article.id
    desk.session.do(lambda project: project.set_reading(article, "begun"))
    desk.settle()
    assert asked == [[article]]
    assert model.data(model.index(model.row_of(article), 3)) == "begun"
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    model._on_changed(Changes("Suggest entities", many=True))
    model._on_changed(Changes("Suggest entities", many=True))
    desk.settle()
    assert not resets
    model.data(model.index(0, 0), ROW)
    desk.settle()
    assert asked[-1] == tuple(model.ids)


def test_click_and_enter_open_an_article(desk) -> None:
    view = desk.window.articles.view
    place = view.visualRect(desk.window.articles.model.index(2, 0)).center()
    desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.settle()
    assert desk.content.article.id == desk.session.order[2]
    view.setFocus()
    view.selectRow(3)
    desk.qtbot.keyClick(view, Qt.Key.Key_Return)
    desk.settle()
    assert desk.content.article.id == desk.session.order[3]
    assert desk.window.view.hasFocus()


def test_removed_articles_go_and_come_back(desk) -> None:
    model = desk.window.articles.model
    first = desk.content.article.id
    desk.window.articles.view.selectRow(0)
    desk.do("remove_articles")
    assert first not in model.ids
    assert desk.content.article.id != first
    desk.do("undo")
    assert first in model.ids


def test_a_hundred_thousand_rows_read_only_what_is_seen(desk) -> None:
    model: ArticleModel = desk.window.articles.model
    asked: list[int] = []
    model._read = asked.append
    model._take(model._turn, new_ids(100_000))
    view = desk.window.articles.view
    desk.qtbot.wait(20)
    view.grab()
    view.scrollToBottom()
    view.grab()
    assert model.rowCount() == 100_000
    assert set(asked) <= {0, 780, 781}
    assert model.row_of(model.ids[99_999]) == 99_999
    model._take(model._turn, [])


def test_entities_that_the_person_hides_wait_for_nobody(desk) -> None:
    """What is not shown is neither counted in the list nor a reason to open an article."""
    window, session = desk.window, desk.session
    ids = tuple(session.order)
    session.do(lambda project: project.reject(waiting_in(project, ids)))
    session.open_article(ids[0])
    desk.settle()
    only = Proposals((ProposedSpan("PERSON", ((0, 5),), 0.9, "a test"),))
    plan = SuggestionPlan("test 1", ("entities",), ((ids[2], only),))
    session.do(lambda project: project.write_suggestions(plan, undoable=True))
    desk.settle()
    titles(desk)
    assert counts(desk)[2] == "1"
    window.settings.show_labels(["PERSON"], shown=False)
    desk.settle()
    titles(desk)
    assert counts(desk) == [""] * len(ids)
    desk.do("next_suggestion")
    assert session.content.article.id == ids[0]
    assert desk.said[-1] == "No suggestions wait any more, here and further on."
    window.articles.filter.setCurrentText("With suggestions")
    desk.settle()
    assert list(window.articles.model.ids) == []
    window.settings.show_labels(["PERSON"], shown=True)
    desk.settle()
    assert list(window.articles.model.ids) == [ids[2]]


def counts(desk) -> list[str]:
    model = desk.window.articles.model
    return [model.data(model.index(row, 4)) for row in range(model.rowCount())]


def waiting_in(project, ids) -> list[Id]:
    contents = [project.content(one) for one in ids]
    return [one.id for content in contents for one in (*content.suggested_frames, *content.suggested_spans)]


def test_another_article_is_the_only_chosen_row_whatever_keys_are_held(desk) -> None:
    first, third = desk.content.article.id, desk.session.order[2]
    desk.qtbot.keyPress(desk.window.view, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    desk.session.open_article(third)
    desk.settle()
    assert desk.window.articles.selected() == [third]
    desk.qtbot.keyPress(desk.window.view, Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier)
    desk.session.open_article(first)
    desk.settle()
    assert desk.window.articles.selected() == [first]
    desk.qtbot.keyRelease(desk.window.view, Qt.Key.Key_Shift)
